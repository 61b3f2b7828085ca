//! Comparisons -> text: one file a format, all listed in [`COMPARISON_WRITERS`].
//!
//! Unlike verdicts, a comparison comes at once: a writer is one function. The formats for people show the pairs' findings
//! put together (a figure that five documents give is one row, not ten pairs); that is the work of `facts` and `ties`.

mod diff;
mod facts;
mod html;
mod human;
mod json;
#[cfg(test)]
mod tests;
mod ties;
mod words;

use std::io;

use crate::corpus::Comparison;

/// An output format of comparisons.
#[derive(Clone, Copy)]
pub struct ComparisonOutput {
    /// The name used by `--to`.
    pub name: &'static str,
    /// Writes the whole of it; `color` asks for terminal colours where the format has them.
    ///
    /// # Errors
    /// What the sink says.
    pub write: fn(out: &mut dyn io::Write, comparison: &Comparison, color: bool) -> io::Result<()>,
}

/// Every output format of comparisons.
pub static COMPARISON_WRITERS: &[ComparisonOutput] = &[human::OUTPUT, json::OUTPUT, html::OUTPUT];

/// The writer of a format by its `--to` name.
#[must_use]
pub fn comparison(name: &str) -> Option<ComparisonOutput> {
    COMPARISON_WRITERS
        .iter()
        .find(|output| output.name == name)
        .copied()
}
