//! CSV with a header: one document a row, streamed.
//!
//! Memory is one record, and twice one with a quotation mark that is never closed. A bad record is one error and the rows after it go on;
//! behind an open quotation mark only if what it has swallowed is rows.

mod source;

use std::io;
use std::rc::Rc;

use ::csv::{ByteRecord, ReaderBuilder};
use std::io::BufRead;

use self::source::Budget;
use super::error::{Position, ReadError};
use super::record::{self, Fields};
use super::{Documents, ReadOptions, Reader, encoding, whole};
use crate::document::{Format, RawDocument};

/// The CSV reader.
pub const READER: Reader = Reader {
    format: Format::Csv,
    extensions: &["csv", "tsv"],
    open,
};

/// Column names listed in the error about a missing text column.
const LISTED_COLUMNS: usize = 40;

fn open<'a>(input: Box<dyn BufRead + 'a>, options: &ReadOptions) -> Documents<'a> {
    match rows(input, options) {
        Ok(rows) => Box::new(rows),
        Err(error) => whole::once(Err(error)),
    }
}

/// What a column means.
enum Column {
    Text,
    /// A field known by this name.
    Field(&'static str),
    Other,
}

struct Rows<'a> {
    csv: ::csv::Reader<Budget<'a>>,
    delimiter: u8,
    budget: Rc<source::Left>,
    columns: Vec<Column>,
    record: ByteRecord,
    options: ReadOptions,
    transcoded: bool,
    /// Lines of the file before what the parser reads.
    lines_before: u64,
    /// Lines end with two bytes, of which the parser takes the second for the beginning of the next record.
    crlf: bool,
    any: bool,
    done: bool,
}

/// How every parser reads: a header is a record like others, and records may be of any length.
fn builder(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter);
    builder
}

/// The parser over an input.
fn parser<'a>(
    input: Box<dyn BufRead + 'a>,
    delimiter: u8,
    budget: &Rc<source::Left>,
) -> ::csv::Reader<Budget<'a>> {
    builder(delimiter).from_reader(Budget::new(input, Rc::clone(budget)))
}

fn rows<'a>(input: Box<dyn BufRead + 'a>, options: &ReadOptions) -> Result<Rows<'a>, ReadError> {
    let io_error = |source| ReadError::Io {
        at: Position::byte(&options.name, 0),
        source,
    };
    let opened = source::open(input).map_err(io_error)?;
    if let Some(looks_like) = encoding::binary_kind(&opened.head) {
        let at = Position::byte(&options.name, 0);
        return Err(ReadError::Binary { at, looks_like });
    }
    let delimiter = source::delimiter(&opened.head);
    let budget = Rc::new(source::Left::new(options.max_bytes, delimiter));
    let mut csv = parser(opened.input, delimiter, &budget);
    let mut record = ByteRecord::new();
    let read = csv.read_byte_record(&mut record);
    let mut rows = Rows {
        csv,
        delimiter,
        budget,
        columns: Vec::new(),
        record,
        options: options.clone(),
        transcoded: opened.transcoded,
        lines_before: 0,
        crlf: memchr::memchr(b'\n', &opened.head)
            .is_some_and(|at| opened.head.get(..at).is_some_and(|line| line.ends_with(b"\r"))),
        any: false,
        done: false,
    };
    match read {
        Err(error) => Err(rows.stopped(error)),
        Ok(true) if !rows.is_last() => match rows.open_field() {
            Some(open) => Err(open),
            None => rows.header().map(|()| rows),
        },
        Ok(_) => Err(ReadError::Empty(Position::whole(&options.name))),
    }
}

/// The name of a known field, with a life of its own.
fn known(name: &str) -> Option<&'static str> {
    ["id", "title", "byline", "author", "url", "publisher", "date"]
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(name))
}

impl Rows<'_> {
    /// Takes the header from the current record.
    fn header(&mut self) -> Result<(), ReadError> {
        let names: Vec<String> = self
            .record
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim().to_owned())
            .collect();
        let wanted = &self.options.text_field;
        let text = names
            .iter()
            .position(|name| name == wanted)
            .or_else(|| names.iter().position(|name| name.eq_ignore_ascii_case(wanted)));
        if names.iter().all(String::is_empty) {
            return Err(ReadError::Empty(Position::whole(&self.options.name)));
        }
        if text.is_none() {
            return Err(ReadError::MissingColumn {
                at: self.at(0),
                field: wanted.clone(),
                columns: names.into_iter().take(LISTED_COLUMNS).collect(),
            });
        }
        self.columns = names
            .iter()
            .enumerate()
            .map(|(index, name)| match known(name) {
                _ if Some(index) == text => Column::Text,
                Some(field) => Column::Field(field),
                None => Column::Other,
            })
            .collect();
        Ok(())
    }

    /// Position of the current record, or of `offset` bytes after its start.
    fn at(&self, offset: usize) -> Position {
        let position = self.record.position();
        let offset = u64::try_from(offset).unwrap_or(u64::MAX);
        Position {
            name: self.options.name.clone(),
            line: position.map(|p| self.lines_before + p.line() + u64::from(self.crlf && p.byte() > 0)),
            byte: position
                .filter(|_| !self.transcoded)
                .map(|p| p.byte().saturating_add(offset)),
        }
    }

    /// Line on which the current record ends.
    fn last_line(&self) -> u64 {
        let next = self.csv.position().line() + self.lines_before + u64::from(self.crlf);
        next.saturating_sub(1).max(self.at(0).line.unwrap_or(1))
    }

    /// What stopped the parser: the budget for one record, or the input itself.
    fn stopped(&mut self, error: ::csv::Error) -> ReadError {
        self.done = true;
        let start = self.csv.position();
        let at = Position {
            name: self.options.name.clone(),
            line: Some(start.line() + self.lines_before),
            byte: (!self.transcoded).then(|| start.byte()),
        };
        if self.budget.is_spent() {
            let limit = u64::try_from(self.options.max_bytes).unwrap_or(u64::MAX);
            // The parser does not say how far it came; what was granted is what it saw.
            return ReadError::TooLarge {
                at,
                limit,
                seen: limit.saturating_add(1),
            };
        }
        let source = match error.into_kind() {
            ::csv::ErrorKind::Io(source) => source,
            other => io::Error::other(format!("{other:?}")),
        };
        ReadError::Io { at, source }
    }

    /// Whether the current record is the row behind the last one.
    fn is_last(&self) -> bool {
        let row = source::LAST_ROW.trim_ascii();
        self.budget.is_over() && self.record.len() == 1 && self.record.get(0) == Some(row)
    }

    /// If the last field of the current record runs on to the end of the input, an error for the row in which it begins; the rows
    /// that it has swallowed are read next, if rows they are.
    fn open_field(&mut self) -> Option<ReadError> {
        if !self.budget.is_over() {
            return None;
        }
        let field = self.record.get(self.record.len().checked_sub(1)?)?;
        let (row, behind) = match memchr::memchr2(b'\n', b'\r', field.strip_suffix(source::LAST_ROW)?) {
            Some(at) if field.get(at..at + 2) == Some(b"\r\n") => field.split_at_checked(at + 2)?,
            Some(at) => field.split_at_checked(at + 1)?,
            None => (field, &[][..]),
        };
        // Lines are counted back from the end: where a record begins the parser tells but roughly.
        let newlines = |bytes: &[u8]| memchr::memchr_iter(b'\n', bytes).count() as u64;
        let end = self.lines_before + self.csv.position().line();
        let lines_before = end.saturating_sub(1 + newlines(behind).max(1));
        let line = end.saturating_sub(newlines(behind) + newlines(row));
        let at = self.at(0);
        let byte = at.byte.filter(|_| at.line == Some(line));
        let at = Position {
            line: Some(line),
            byte,
            ..at
        };
        // A mark within an open field stands for two in the file.
        let behind = behind.strip_suffix(source::LAST_ROW).unwrap_or(&[]);
        let mut swallowed = Vec::with_capacity(behind.len());
        for byte in behind {
            swallowed.extend(std::iter::repeat_n(*byte, if *byte == b'"' { 2 } else { 1 }));
        }
        self.done = !self.are_rows(&swallowed);
        if !self.done {
            self.lines_before = lines_before;
            self.crlf &= swallowed.windows(2).any(|pair| pair == b"\r\n");
            self.budget = Rc::new(source::Left::new(self.options.max_bytes, self.delimiter));
            self.csv = parser(Box::new(io::Cursor::new(swallowed)), self.delimiter, &self.budget);
            // Bytes are counted anew from here.
            self.transcoded = true;
        }
        Some(ReadError::OpenQuote { at, rest: !self.done })
    }

    /// Whether some bytes are rows: nearly all have as many fields as the header, at least two, and no empty line stands between them, as
    /// between the paragraphs of a text that was cut short.
    fn are_rows(&self, bytes: &[u8]) -> bool {
        let gaps = memchr::memmem::find(bytes, b"\n\n").or_else(|| memchr::memmem::find(bytes, b"\n\r\n"));
        if self.columns.len() < 2 || gaps.is_some() {
            return false;
        }
        let mut csv = builder(self.delimiter).from_reader(bytes);
        let mut record = ByteRecord::new();
        let (mut rows, mut all) = (0_usize, 0_usize);
        while csv.read_byte_record(&mut record).unwrap_or(false) {
            all += 1;
            rows += usize::from(record.len() == self.columns.len());
        }
        rows > 0 && rows * 10 >= all * 9
    }

    fn document(&self) -> Result<RawDocument, ReadError> {
        let at = self.at(0);
        if self.record.len() != self.columns.len() {
            return Err(ReadError::FieldCount {
                last_line: self.last_line(),
                at,
                expected: self.columns.len(),
                found: self.record.len(),
            });
        }
        let mut text = String::new();
        let mut fields = Fields::default();
        for (column, value) in self.columns.iter().zip(&self.record) {
            let slot = match column {
                Column::Other => continue,
                Column::Text => None,
                Column::Field(name) => fields.slot(name),
            };
            let value = std::str::from_utf8(value).map_err(|_| ReadError::Encoding {
                at: at.clone(),
                encoding: "UTF-8",
                malformed: encoding::utf8_slips(value).malformed,
            })?;
            match slot {
                None => value.clone_into(&mut text),
                Some(slot) => *slot = Some(value.trim().to_owned()),
            }
        }
        if memchr::memchr(0, text.as_bytes()).is_some() {
            let looks_like = "binary data (it holds a zero byte)";
            return Err(ReadError::Binary { at, looks_like });
        }
        whole::check(&text, || at.clone(), &self.options)?;
        Ok(record::document(text, fields, &at, Format::Csv, &self.options))
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<RawDocument, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        self.budget.renew();
        match self.csv.read_byte_record(&mut self.record) {
            Ok(true) if !self.is_last() => {
                self.any = true;
                let closed = self.budget.is_closed_by_another(self.csv.position().byte());
                let open = self.open_field().or_else(|| {
                    closed.then(|| ReadError::StrayQuote {
                        at: self.at(0),
                        last_line: self.last_line(),
                    })
                });
                Some(open.map_or_else(|| self.document(), Err))
            }
            Ok(_) => {
                self.done = true;
                let whole = Position::whole(&self.options.name);
                (!self.any).then_some(Err(ReadError::Empty(whole)))
            }
            Err(error) => Some(Err(self.stopped(error))),
        }
    }
}

#[cfg(test)]
mod tests;
