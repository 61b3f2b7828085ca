//! Tests of the document stage, one file a concern.

mod normal;
mod segment;

use super::{Document, RawDocument};

/// A plain-text document.
fn document(text: &str) -> Document {
    Document::new(RawDocument {
        text: text.to_owned(),
        ..RawDocument::default()
    })
}
