//! JSON lines: one document a line, streamed.
//!
//! Memory is one line. A bad line is one error and never costs the lines after it.

mod line;

use std::io::{self, BufRead};

use self::line::{Content, parse};
use super::error::{Position, ReadError};
use super::{Documents, ReadOptions, Reader, encoding, html, record, transcode, whole};
use crate::document::{Format, RawDocument};

/// The JSON lines reader.
pub const READER: Reader = Reader {
    format: Format::Jsonl,
    extensions: &["jsonl", "ndjson"],
    open,
};

fn open<'a>(input: Box<dyn BufRead + 'a>, options: &ReadOptions) -> Documents<'a> {
    let (input, transcoded) = match transcode::utf16(input) {
        Ok(opened) => opened,
        Err(source) => {
            let at = Position::byte(&options.name, 0);
            return whole::once(Err(ReadError::Io { at, source }));
        }
    };
    Box::new(Lines {
        input,
        transcoded,
        options: options.clone(),
        buffer: Vec::new(),
        line: 0,
        byte: 0,
        any: false,
        done: false,
    })
}

/// What reading a line came to.
enum Line {
    /// The line is in the buffer.
    Whole,
    /// It is longer than the limit; its bytes were counted and dropped.
    TooLong(u64),
    /// End of input.
    End,
}

struct Lines<'a> {
    input: Box<dyn BufRead + 'a>,
    transcoded: bool,
    options: ReadOptions,
    /// The current line, with its line feed.
    buffer: Vec<u8>,
    /// Number of the current line.
    line: u64,
    /// Byte offset of the next line.
    byte: u64,
    /// Whether a line that is not blank was seen.
    any: bool,
    done: bool,
}

impl Lines<'_> {
    /// Reads up to the next line feed, buffering no more than the limit.
    fn next_line(&mut self) -> io::Result<Line> {
        self.buffer.clear();
        let mut length = 0u64;
        let mut too_long = false;
        loop {
            let available = match self.input.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', available);
            let used = end.map_or(available.len(), |at| at + 1);
            if !too_long && self.buffer.len() + used > self.options.max_bytes.saturating_add(1) {
                too_long = true;
                self.buffer = Vec::new();
            }
            if !too_long {
                self.buffer
                    .extend_from_slice(available.get(..used).unwrap_or_default());
            }
            length += u64::try_from(used).unwrap_or(u64::MAX);
            self.input.consume(used);
            if end.is_some() {
                break;
            }
        }
        if length == 0 {
            return Ok(Line::End);
        }
        self.line += 1;
        self.byte += length;
        Ok(if too_long {
            Line::TooLong(length)
        } else {
            Line::Whole
        })
    }

    /// Position `offset` bytes into the line that starts at `start`.
    fn at(&self, start: u64, offset: usize) -> Position {
        let offset = u64::try_from(offset).unwrap_or(u64::MAX);
        Position {
            name: self.options.name.clone(),
            line: Some(self.line),
            byte: (!self.transcoded).then(|| start.saturating_add(offset)),
        }
    }

    fn document(&self, start: u64) -> Result<RawDocument, ReadError> {
        let options = &self.options;
        let mut line = self.buffer.as_slice();
        let mut skipped = 0;
        if start == 0
            && let Some(rest) = line.strip_prefix("\u{feff}".as_bytes())
        {
            line = rest;
            skipped = self.buffer.len() - rest.len();
        }
        let at = self.at(start, skipped);
        if start == 0
            && let Some(looks_like) = encoding::binary_kind(line)
        {
            return Err(ReadError::Binary { at, looks_like });
        }
        let record = parse(line, &options.text_field, |offset| {
            self.at(start, skipped + offset)
        })?;
        let check = |text: &str| whole::check(text, || at.clone(), options);
        match record.content {
            Content::Text(text) => {
                check(&text)?;
                Ok(record::document(text, record.fields, &at, Format::Jsonl, options))
            }
            Content::Markup(markup) => {
                check(&markup)?;
                let mut raw = html::document(markup, at.clone(), options)?;
                record.fields.fill(&mut raw, &at);
                Ok(raw)
            }
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<RawDocument, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let start = self.byte;
            match self.next_line() {
                Err(source) => {
                    self.done = true;
                    self.line += 1;
                    let at = self.at(start, 0);
                    return Some(Err(ReadError::Io { at, source }));
                }
                Ok(Line::End) => {
                    self.done = true;
                    let whole = Position::whole(&self.options.name);
                    return (!self.any).then_some(Err(ReadError::Empty(whole)));
                }
                Ok(Line::TooLong(seen)) => {
                    self.any = true;
                    return Some(Err(ReadError::TooLarge {
                        at: self.at(start, 0),
                        limit: u64::try_from(self.options.max_bytes).unwrap_or(u64::MAX),
                        seen,
                    }));
                }
                Ok(Line::Whole) if is_blank(&self.buffer) => {}
                Ok(Line::Whole) => {
                    self.any = true;
                    return Some(self.document(start));
                }
            }
        }
        None
    }
}

/// ASCII white space only, or a byte-order mark alone.
fn is_blank(line: &[u8]) -> bool {
    let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
    line.iter().all(u8::is_ascii_whitespace)
}

#[cfg(test)]
mod tests;
