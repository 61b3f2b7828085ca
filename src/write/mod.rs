//! Verdicts -> text: one file a format, all listed in [`WRITERS`].
//!
//! A writer is a stream: `begin`, `document` or `error` once for each document in input
//! order, `end`. It writes to any `io::Write`.

mod comparison;
mod csv;
mod html;
mod human;
mod json;
mod jsonl;
mod kit;
mod sarif;

use std::io;

pub use comparison::{COMPARISON_WRITERS, ComparisonOutput, comparison};
pub use kit::clean;

use crate::document::Document;
use crate::verdict::Verdict;

/// Writes verdicts one after another.
pub trait Writer {
    /// Once, first.
    ///
    /// # Errors
    /// What the sink says.
    fn begin(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }

    /// One judged document.
    ///
    /// # Errors
    /// What the sink says.
    fn document(&mut self, out: &mut dyn io::Write, document: &Document, verdict: &Verdict)
    -> io::Result<()>;

    /// One document that could not be read.
    ///
    /// # Errors
    /// What the sink says.
    fn error(&mut self, out: &mut dyn io::Write, id: &str, message: &str) -> io::Result<()>;

    /// Once, last.
    ///
    /// # Errors
    /// What the sink says.
    fn end(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }
}

/// An output format.
#[derive(Clone, Copy)]
pub struct Output {
    /// The name used by `--to`.
    pub name: &'static str,
    /// Whether [`Writer::error`] puts the error into the output; if not, the caller has to tell it.
    pub shows_errors: bool,
    /// Whether the parts of a document are wanted without being asked for: they take several times the time.
    pub shows_parts: bool,
    /// A fresh writer; `color` asks for terminal colours where the format has them.
    pub writer: fn(color: bool) -> Box<dyn Writer>,
}

/// Every output format.
pub static WRITERS: &[Output] = &[
    human::OUTPUT,
    jsonl::OUTPUT,
    json::OUTPUT,
    csv::OUTPUT,
    sarif::OUTPUT,
    html::OUTPUT,
];

/// The long form for people: everything about a document, as `byline explain` shows it.
#[must_use]
pub fn explanation(color: bool) -> Box<dyn Writer> {
    human::long(color)
}

#[cfg(test)]
mod tests;
