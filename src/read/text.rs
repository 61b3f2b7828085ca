//! Plain text: one document an input.

use std::io::BufRead;

use super::{Documents, Position, ReadError, ReadOptions, Reader};
use crate::document::{Format, RawDocument};

/// The plain-text reader.
pub const READER: Reader = Reader {
    format: Format::Text,
    extensions: &["txt", "text"],
    open,
};

fn open<'a>(mut input: Box<dyn BufRead + 'a>, options: &ReadOptions) -> Documents<'a> {
    let mut bytes = Vec::new();
    let _ = input.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let item = if text.trim().is_empty() {
        Err(ReadError::Empty(Position {
            name: options.name.clone(),
            line: None,
            byte: None,
        }))
    } else {
        Ok(RawDocument {
            id: options.name.clone(),
            text,
            ..RawDocument::default()
        })
    };
    Box::new(std::iter::once(item))
}
