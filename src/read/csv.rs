//! CSV with a header: one document a row, streamed.
//!
//! Memory is one record. A bad record is one error and the rows after it go on.

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
    budget: Rc<source::Left>,
    columns: Vec<Column>,
    record: ByteRecord,
    options: ReadOptions,
    transcoded: bool,
    any: bool,
    done: bool,
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
    let budget = Rc::new(source::Left::new(options.max_bytes));
    let mut csv = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(source::delimiter(&opened.head))
        .from_reader(Budget::new(opened.input, Rc::clone(&budget)));
    let mut record = ByteRecord::new();
    let read = csv.read_byte_record(&mut record);
    let mut rows = Rows {
        csv,
        budget,
        columns: Vec::new(),
        record,
        options: options.clone(),
        transcoded: opened.transcoded,
        any: false,
        done: false,
    };
    match read {
        Err(error) => Err(rows.stopped(error)),
        Ok(false) => Err(ReadError::Empty(Position::whole(&options.name))),
        Ok(true) => rows.header().map(|()| rows),
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
            line: position.map(::csv::Position::line),
            byte: position
                .filter(|_| !self.transcoded)
                .map(|p| p.byte().saturating_add(offset)),
        }
    }

    /// What stopped the parser: the budget for one record, or the input itself.
    fn stopped(&mut self, error: ::csv::Error) -> ReadError {
        self.done = true;
        let start = self.csv.position();
        let at = Position {
            name: self.options.name.clone(),
            line: Some(start.line()),
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

    fn document(&self) -> Result<RawDocument, ReadError> {
        let at = self.at(0);
        if self.record.len() != self.columns.len() {
            return Err(ReadError::FieldCount {
                last_line: self
                    .csv
                    .position()
                    .line()
                    .saturating_sub(1)
                    .max(at.line.unwrap_or(1)),
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
            Ok(true) => {
                self.any = true;
                Some(self.document())
            }
            Ok(false) => {
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
