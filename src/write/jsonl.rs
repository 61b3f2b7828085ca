//! One JSON object a line.

use std::io;

use super::kit::Unread;
use super::{Output, Writer};
use crate::document::Document;
use crate::verdict::Verdict;

/// The format.
pub const OUTPUT: Output = Output {
    name: "jsonl",
    shows_errors: true,
    shows_parts: false,
    writer: |_| Box::new(Jsonl),
};

struct Jsonl;

impl Writer for Jsonl {
    fn document(&mut self, out: &mut dyn io::Write, _: &Document, verdict: &Verdict) -> io::Result<()> {
        serde_json::to_writer(&mut *out, verdict)?;
        out.write_all(b"\n")
    }

    fn error(&mut self, out: &mut dyn io::Write, id: &str, message: &str) -> io::Result<()> {
        serde_json::to_writer(&mut *out, &Unread { id, error: message })?;
        out.write_all(b"\n")
    }
}
