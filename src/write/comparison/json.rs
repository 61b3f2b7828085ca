//! One JSON object on one line: the stable form, see [`crate::corpus`].

use std::io;

use super::ComparisonOutput;
use crate::corpus::Comparison;

/// The format.
pub const OUTPUT: ComparisonOutput = ComparisonOutput { name: "json", write };

fn write(out: &mut dyn io::Write, comparison: &Comparison, _: bool) -> io::Result<()> {
    serde_json::to_writer(&mut *out, comparison)?;
    out.write_all(b"\n")
}
