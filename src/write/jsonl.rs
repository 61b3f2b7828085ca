//! One JSON object a line.

use std::io;

use serde::Serialize;

use super::kit::Unread;
use super::{Output, Writer};
use crate::document::Document;
use crate::verdict::Verdict;

/// The format.
pub const OUTPUT: Output = Output {
    name: "jsonl",
    shows_errors: true,
    shows_parts: false,
    writer: |_| Box::new(Jsonl::default()),
};

#[derive(Default)]
struct Jsonl {
    /// The line in the making: one write to the sink is quicker than hundreds of small ones.
    line: Vec<u8>,
}

impl Jsonl {
    fn write(&mut self, out: &mut dyn io::Write, object: &impl Serialize) -> io::Result<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, object)?;
        self.line.push(b'\n');
        out.write_all(&self.line)
    }
}

impl Writer for Jsonl {
    fn document(&mut self, out: &mut dyn io::Write, _: &Document, verdict: &Verdict) -> io::Result<()> {
        self.write(out, verdict)
    }

    fn error(&mut self, out: &mut dyn io::Write, id: &str, message: &str) -> io::Result<()> {
        self.write(out, &Unread { id, error: message })
    }
}
