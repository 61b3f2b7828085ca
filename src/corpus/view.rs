//! An [`Entry`] made ready for comparison.

use super::Entry;
use super::bio::{BioLine, bio_lines, pen_name};
use super::text::Text;
use crate::document::Span;

/// A document with the views that the stages share.
#[derive(Debug)]
pub(super) struct View<'e> {
    pub entry: &'e Entry,
    /// Words of the body.
    pub text: Text,
    /// Sentences about the author.
    pub bios: Vec<BioLine>,
    /// The author's name, and where it stands in the normalised text.
    pub author: Option<(String, Option<Span>)>,
}

impl<'e> View<'e> {
    /// Cost: linear in the length of the document.
    pub fn of(entry: &'e Entry) -> Self {
        Self {
            entry,
            text: Text::of(&entry.document),
            bios: bio_lines(&entry.document),
            author: pen_name(&entry.document),
        }
    }

    /// The text as it was read, at a span of the normalised text.
    pub fn original(&self, span: Span) -> &'e str {
        let document = &self.entry.document;
        document.to_original(span).of(&document.raw().text)
    }
}
