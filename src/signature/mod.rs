//! The signature catalogue: `Document` -> [`Sign`]s.
//!
//! Signatures are data (`models/signatures/*.toml`), compiled once into a [`Catalogue`].

use std::sync::Arc;

use crate::document::{Document, Span};

/// What a signature is a sign of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// The text says that a machine wrote it.
    Declared,
    /// A chat assistant's or pipeline's leftover.
    Leak,
    /// A template or agent pipeline's artefact.
    Template,
    /// A mark of syndication: wire credit, press-release shell, republish note.
    Syndication,
    /// Provenance metadata (C2PA, digitalSourceType, generator).
    Provenance,
    /// A trace of tampering.
    Tamper,
    /// A word or phrase that machines overuse.
    Lexical,
}

/// Which of the three answers a sign speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Axis {
    /// Does the text say so?
    Declared,
    /// Does it read so?
    Machine,
    /// Was it taken?
    Syndicated,
    /// Speaks to none (a human-made declaration, a neutral mark): reported only.
    None,
}

/// How much a sign weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// Counts as a density only.
    Weak,
    /// Counts in clusters.
    Medium,
    /// Strong: two different ones decide.
    Strong,
    /// Decides alone.
    Decisive,
}

/// Where a sign was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// In the text; the sign has a span.
    Text,
    /// In the title.
    Title,
    /// In the byline.
    Byline,
    /// In the page's address.
    Url,
    /// In the page's markup or metadata.
    Markup,
}

/// One sign found in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Sign {
    /// The entry's id.
    pub id: Arc<str>,
    /// What it is a sign of.
    pub kind: Kind,
    /// Which answer it speaks to.
    pub axis: Axis,
    /// How much it weighs here.
    pub strength: Strength,
    /// Who made the text, where the sign names it.
    pub producer: Option<Arc<str>>,
    /// Group of entries that a head counts together ("dateline", "press_shell").
    pub group: Option<Arc<str>>,
    /// Where it was found.
    pub place: Place,
    /// Range in the text as it was read; `None` unless `place` is `Text`.
    pub span: Option<Span>,
    /// The matched text, as it was read.
    pub text: String,
    /// Whether it stands in quoted speech or a quotation (such a sign never declares).
    pub quoted: bool,
}

/// The compiled catalogue. Immutable, `Send + Sync`.
#[derive(Debug)]
pub struct Catalogue {}

/// What is wrong with a catalogue file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {entry}{message}", entry = entry.as_ref().map(|e| format!("entry `{e}`: ")).unwrap_or_default())]
pub struct CatalogueError {
    /// File name.
    pub file: String,
    /// Entry id, where the error is inside one.
    pub entry: Option<String>,
    /// Line in the file, from 1, where known.
    pub line: Option<u64>,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl Catalogue {
    /// The catalogue that byline ships.
    ///
    /// # Errors
    /// Never in a released build (every entry is tested); the shipped files are data all the same.
    pub fn shipped() -> Result<Self, Vec<CatalogueError>> {
        Self::compile(&[])
    }

    /// Compiles catalogue files given as (file name, TOML text).
    ///
    /// # Errors
    /// All that is wrong, in file order: bad TOML, unknown keys, duplicate ids, bad patterns.
    pub fn compile(files: &[(String, String)]) -> Result<Self, Vec<CatalogueError>> {
        let _ = files;
        Ok(Self {})
    }

    /// All signs in a document, in order of position (text first, then title, byline, url, markup).
    #[must_use]
    pub fn scan(&self, document: &Document) -> Vec<Sign> {
        let _ = document;
        Vec::new()
    }
}
