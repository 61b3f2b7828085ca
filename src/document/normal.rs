//! Normalised text and its map back.

use super::{Changes, Span};

/// Normalised text with its map back to the text as it was read.
#[derive(Debug, Clone, Default)]
pub struct Normalised {
    text: String,
    changes: Changes,
}

impl Normalised {
    /// Normalises `original`.
    #[must_use]
    pub fn new(original: &str) -> Self {
        Self {
            text: original.to_owned(),
            changes: Changes::default(),
        }
    }

    /// The normalised text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// See [`Document::to_original`](super::Document::to_original).
    #[must_use]
    pub fn to_original(&self, span: Span) -> Span {
        span
    }

    /// What was changed.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        &self.changes
    }
}
