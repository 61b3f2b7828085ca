//! What JSON lines and CSV share: the fields of one record.

use super::ReadOptions;
use super::error::Position;
use super::whole;
use crate::document::{Format, RawDocument};

/// Fields of a record that byline knows.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Fields {
    /// `id`.
    pub id: Option<String>,
    /// `title`.
    pub title: Option<String>,
    /// `byline` or `author`, whichever comes last.
    pub byline: Option<String>,
    /// `url`.
    pub url: Option<String>,
    /// `publisher`.
    pub publisher: Option<String>,
    /// `date`.
    pub date: Option<String>,
}

impl Fields {
    /// The slot for a field name, if byline knows it.
    pub(super) fn slot(&mut self, name: &str) -> Option<&mut Option<String>> {
        match name {
            "id" => Some(&mut self.id),
            "title" => Some(&mut self.title),
            "byline" | "author" => Some(&mut self.byline),
            "url" => Some(&mut self.url),
            "publisher" => Some(&mut self.publisher),
            "date" => Some(&mut self.date),
            _ => None,
        }
    }

    /// Puts the fields into a document; what the record says wins over what its page says.
    pub(super) fn fill(self, raw: &mut RawDocument, at: &Position) {
        raw.id = self.id.filter(|id| !id.trim().is_empty()).unwrap_or_else(|| {
            let line = at.line.unwrap_or_default();
            format!("{}:{line}", at.name)
        });
        let put = |slot: &mut Option<String>, value: Option<String>| {
            if let Some(value) = value.filter(|v| !v.trim().is_empty()) {
                *slot = Some(value);
            }
        };
        put(&mut raw.title, self.title);
        put(&mut raw.byline, self.byline);
        put(&mut raw.url, self.url);
        put(&mut raw.publisher, self.publisher);
        put(&mut raw.date, self.date);
    }
}

/// A record's document.
pub(super) fn document(
    text: String,
    fields: Fields,
    at: &Position,
    format: Format,
    options: &ReadOptions,
) -> RawDocument {
    let mut raw = RawDocument {
        source: whole::source(options),
        format,
        text,
        ..RawDocument::default()
    };
    fields.fill(&mut raw, at);
    raw
}
