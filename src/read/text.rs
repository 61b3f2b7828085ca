//! Plain text: one document an input.

use std::io::BufRead;

use super::error::{Position, ReadError};
use super::{Documents, ReadOptions, Reader, encoding, whole};
use crate::document::{Format, RawDocument};

/// The plain-text reader.
pub const READER: Reader = Reader {
    format: Format::Text,
    extensions: &["txt", "text"],
    open,
};

fn open<'a>(mut input: Box<dyn BufRead + 'a>, options: &ReadOptions) -> Documents<'a> {
    whole::once(document(&mut *input, options))
}

fn document(input: &mut dyn BufRead, options: &ReadOptions) -> Result<RawDocument, ReadError> {
    let bytes = whole::bytes(input, options)?;
    let text = encoding::decode(bytes, None, &options.name)?;
    whole::check(&text, || Position::whole(&options.name), options)?;
    Ok(RawDocument {
        text,
        ..whole::document(Format::Text, options)
    })
}
