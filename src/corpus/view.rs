//! An [`Entry`] made ready for comparison.

use super::Entry;
use super::bio::{BioLine, bio_lines, pen_name};
use super::text::Text;
use crate::document::{Document, Span};

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

    /// Words that count for no passage: those outside of the running text, and lines about the author at its ends.
    pub fn aside(&self) -> Vec<bool> {
        aside(&self.entry.document, &self.text, &self.bios)
    }

    /// Words of lines about the author.
    pub fn about_author(&self) -> Vec<bool> {
        about_author(&self.text, &self.bios)
    }

    /// The text as it was read, at a span of the normalised text.
    pub fn original(&self, span: Span) -> &'e str {
        let document = &self.entry.document;
        document.to_original(span).of(&document.raw().text)
    }
}

/// See [`View::about_author`].
pub(super) fn about_author(text: &Text, bios: &[BioLine]) -> Vec<bool> {
    let about = |span: Span| bios.iter().any(|line| line.span.contains(span));
    text.tokens.iter().map(|token| about(token.span)).collect()
}

/// Units at the end of a text, and at its start, among which a line that names somebody may be about the author.
const CLOSING_UNITS: usize = 3;
const OPENING_UNITS: usize = 2;

/// See [`View::aside`].
pub(super) fn aside(document: &Document, text: &Text, bios: &[BioLine]) -> Vec<bool> {
    let mut aside = text.edges(document);
    let running = |aside: &[bool], at: usize| !aside.get(at).copied().unwrap_or(false);
    let units: Vec<_> = text
        .units
        .iter()
        .filter(|unit| running(&aside, unit.start))
        .cloned()
        .collect();
    let closing = units.len().saturating_sub(CLOSING_UNITS);
    for (at, unit) in units.iter().enumerate() {
        let near = at < OPENING_UNITS || at >= closing;
        let about = text
            .span(unit)
            .is_some_and(|span| bios.iter().any(|line| line.span.overlaps(span)));
        if near && about && units.len() > CLOSING_UNITS + OPENING_UNITS {
            aside.resize(text.len(), false);
            aside
                .iter_mut()
                .skip(unit.start)
                .take(unit.len())
                .for_each(|word| *word = true);
        }
    }
    aside
}
