//! One JSON array, streamed: an element a document.

use std::io;

use super::kit::Unread;
use super::{Output, Writer};
use crate::document::Document;
use crate::verdict::Verdict;

/// The format.
pub const OUTPUT: Output = Output {
    name: "json",
    shows_errors: true,
    shows_parts: true,
    writer: |_| Box::new(Json { first: true }),
};

struct Json {
    first: bool,
}

impl Json {
    fn element(&mut self, out: &mut dyn io::Write, value: &impl serde::Serialize) -> io::Result<()> {
        out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        serde_json::to_writer(out, value)?;
        Ok(())
    }
}

impl Writer for Json {
    fn begin(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn document(&mut self, out: &mut dyn io::Write, _: &Document, verdict: &Verdict) -> io::Result<()> {
        self.element(out, verdict)
    }

    fn error(&mut self, out: &mut dyn io::Write, id: &str, message: &str) -> io::Result<()> {
        self.element(out, &Unread { id, error: message })
    }

    fn end(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"\n]\n")
    }
}
