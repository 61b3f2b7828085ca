//! Bytes -> [`RawDocument`]: one file a format, all listed in [`READERS`].
//!
//! A reader takes a buffered stream and yields documents one by one, so memory does
//! not grow with their number. An unreadable document is one `Err`, and reading goes on
//! where that is possible.

mod csv;
mod encoding;
mod error;
mod html;
mod jsonl;
mod markdown;
mod record;
mod sniff;
mod text;
mod transcode;
mod whole;

use std::io::BufRead;

pub use self::error::{Position, ReadError};
use crate::document::{Format, RawDocument};

/// How to read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Name of the input in ids and errors: the path as given, or `"-"`.
    pub name: String,
    /// Field that holds the text in JSON lines and CSV. Default `"text"`.
    pub text_field: String,
    /// Largest text of one document, in bytes; also the longest line of a JSON lines
    /// file and the largest record of a CSV file. Default [`crate::document::MAX_TEXT_BYTES`].
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
pub static READERS: &[Reader] = &[
    text::READER,
    markdown::READER,
    html::READER,
    jsonl::READER,
    csv::READER,
];

/// Opens an input: with the given format, else with the one that its name's ending
/// stands for, else with the one that its first bytes suggest.
///
/// Never fails by itself: an input that cannot be read yields its error as the first item.
#[must_use]
pub fn read<'a>(
    input: Box<dyn BufRead + 'a>,
    format: Option<Format>,
    options: &ReadOptions,
) -> Documents<'a> {
    let (format, input) = match format.or_else(|| sniff::by_name(&options.name)) {
        Some(format) => (format, input),
        None => match sniff::peek(input, sniff::HEAD) {
            Ok((head, input)) => (sniff::by_head(&head, &options.text_field), input),
            Err(source) => {
                let at = Position::byte(&options.name, 0);
                return whole::once(Err(ReadError::Io { at, source }));
            }
        },
    };
    let reader = READERS
        .iter()
        .find(|reader| reader.format == format)
        .unwrap_or(&text::READER);
    (reader.open)(input, options)
}

#[cfg(test)]
mod tests;
