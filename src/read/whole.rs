//! Formats of one document an input: reading all of it, within the limit.

use std::io::{BufRead, Read};

use super::error::{Position, ReadError};
use super::{Documents, ReadOptions};
use crate::document::{Format, RawDocument};

/// Reads an input whole: at most one byte beyond the limit is taken from it.
pub(super) fn bytes(input: &mut dyn BufRead, options: &ReadOptions) -> Result<Vec<u8>, ReadError> {
    let limit = u64::try_from(options.max_bytes).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let result = input.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    let seen = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    match result {
        Err(source) => Err(ReadError::Io {
            at: Position::byte(&options.name, seen),
            source,
        }),
        Ok(_) if seen > limit => Err(ReadError::TooLarge {
            at: Position::whole(&options.name),
            limit,
            seen,
        }),
        Ok(_) => Ok(bytes),
    }
}

/// Checks decoded text: transcoding may have made it larger than the limit, or it is blank.
pub(super) fn check(text: &str, at: impl Fn() -> Position, options: &ReadOptions) -> Result<(), ReadError> {
    if text.len() > options.max_bytes {
        return Err(ReadError::TooLarge {
            at: at(),
            limit: u64::try_from(options.max_bytes).unwrap_or(u64::MAX),
            seen: u64::try_from(text.len()).unwrap_or(u64::MAX),
        });
    }
    if is_blank(text) {
        return Err(ReadError::Empty(at()));
    }
    Ok(())
}

/// White space and byte-order marks only.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == '\u{feff}')
}

/// A document with what every reader fills in.
pub(super) fn document(format: Format, options: &ReadOptions) -> RawDocument {
    RawDocument {
        id: options.name.clone(),
        source: source(options),
        format,
        ..RawDocument::default()
    }
}

/// The input's name, unless it is standard input.
pub(super) fn source(options: &ReadOptions) -> Option<String> {
    (options.name != "-").then(|| options.name.clone())
}

/// The documents of an input that holds one.
pub(super) fn once<'a>(item: Result<RawDocument, ReadError>) -> Documents<'a> {
    Box::new(std::iter::once(item))
}
