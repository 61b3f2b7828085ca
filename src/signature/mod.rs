//! The signature catalogue: `Document` -> [`Sign`]s.
//!
//! Signatures are data: `models/signatures/*.toml`, compiled once into a [`Catalogue`], whose
//! literals and anchors are all found in one pass. A file holds `[[signature]]` tables:
//!
//! ```toml
//! [[signature]]
//! id = "decl.example-bot"            # dotted lower case, unique over all files
//! summary = "Closing note of the Example bot"
//! kind = "declared"                  # declared leak template syndication provenance tamper lexical
//! axis = "declared"                  # optional; declared machine syndicated none (default: by kind)
//! scope = ["head", "tail"]           # any head tail title byline url markup; default any
//! strength = "decisive"              # weak medium strong decisive
//! polarity = "machine"               # machine syndicated human neutral
//! producer = "Example bot"           # optional
//! group = "bot_note"                 # optional; entries of one group are counted together
//! literal = ["compiled by the example bot"]
//! regex = ['compiled by the \w+ bot']  # needs anchors
//! anchors = ["compiled by the"]      # lower case; one of them stands in every match
//! case_sensitive = false             # default false
//! whole_word = true                  # default true: no letter or digit beside a literal's letter
//! skip = ["quoted", "code", "url"]   # places in the text where it does not count
//! requires = ["other.id"]            # all of these must be found in the document too
//! near = ["robot"]                   # one of these must stand within `within` bytes
//! excludes = ["film"]                # none of these may
//! within = 80                        # bytes either side for `near` and `excludes`, at most 500
//! min_count = 1                      # fewest occurrences
//! min_patterns = 1                   # fewest different patterns of this entry
//! per_words = 0                      # with min_count = 3, per_words = 1000: three in 1,000 words
//! reader = "notice"                  # instead of a pattern: sentences near an anchor are read; needs anchors
//! counter = "confusable"             # instead of a pattern: counted in the text as read
//! lang = "en"                        # information only, as are since, fp_note, source
//! source = "N: where the fact is from"  # S the seed articles, W Wikipedia, K Kobak et al., P another tool's list,
//!                                    # N news and vendors' pages, C the corpora, M general knowledge
//! verified = true                    # default: unless source is M; unverified is at most "strong"
//! hit = ["This page was compiled by the Example bot."]      # each must be found
//! miss = [{ title = "A bot compiled by the example" }]      # each must not be found
//! ```
//!
//! *Head* is the first tenth of the text, at least its first 600 bytes; *tail* the last fifth,
//! at least the last 1,500 bytes; *any* is the text, the title and the byline. Matching is on
//! the normalised text (straight quotes, one form of dash, no invisible characters) without
//! regard to ASCII case; regexes see the text within 400 bytes of an anchor (less where no match can be
//! as long), `^` and `$` match at line borders, `\b \d \s \w` are ASCII, and in a pattern without
//! non-ASCII letters `.` and `[^...]` stand for bytes. Page metadata is searched as lines
//! `name: value` of the markup.

mod beside;
mod check;
mod compile;
mod counter;
mod definition;
mod needs;
mod notice;
mod parse;
mod patterns;
mod reported;
mod scan;
mod shipped;
mod surroundings;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::sync::{Arc, OnceLock};

use crate::document::{Document, Span};
use compile::{Compiled, check_ids, check_regexes};
use definition::Definition;

pub use scan::MAX_REPORTS;

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

/// Which side a sign speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// For a machine.
    Machine,
    /// For text taken from elsewhere.
    Syndicated,
    /// For a human ("written without AI").
    Human,
    /// For neither.
    Neutral,
}

/// Where an entry looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The whole text, the title and the byline.
    Any,
    /// The first tenth of the text, at least its first 600 bytes.
    Head,
    /// The last fifth of the text, at least its last 1,500 bytes.
    Tail,
    /// The title.
    Title,
    /// The byline: the page's, and byline blocks in the text.
    Byline,
    /// The page's address.
    Url,
    /// The markup and the metadata lines.
    Markup,
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
    /// Whether it stands in quoted speech or a quotation, in a reader's comment or another article's headline, or the sentence tells,
    /// supposes or denies it as others' words (such a sign never declares).
    pub quoted: bool,
}

/// What is public about a catalogue entry.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct EntryInfo {
    /// Unique id, dotted lower case.
    pub id: String,
    /// Name of its file.
    pub file: String,
    /// What it finds, in one line for a moderator.
    pub summary: String,
    /// What it is a sign of.
    pub kind: Kind,
    /// Which answer it speaks to.
    pub axis: Axis,
    /// Where it looks.
    pub scopes: Vec<Scope>,
    /// How much it weighs.
    pub strength: Strength,
    /// Which side it speaks for.
    pub polarity: Polarity,
    /// Who made the text, where the sign names it.
    pub producer: Option<String>,
    /// Entries of one group are counted together.
    pub group: Option<String>,
    /// ISO 639-1 language it is written in, where it is.
    pub lang: Option<String>,
    /// Since when the sign has been seen.
    pub since: Option<String>,
    /// What innocent text may carry it.
    pub fp_note: Option<String>,
    /// Where the fact is from; the first letter is its class.
    pub source: String,
    /// Whether the wording was checked against a live text.
    pub verified: bool,
    /// Hex SHA-256 of everything that decides what the entry finds and how it counts.
    pub digest: String,
}

/// The compiled catalogue. Immutable, `Send + Sync`.
#[derive(Debug)]
pub struct Catalogue {
    compiled: Compiled,
    /// What is public about the entries, worked out when first asked for.
    infos: OnceLock<Vec<EntryInfo>>,
}

/// What is wrong with a catalogue file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{file}{line}: {entry}{message}",
    line = line.map(|line| format!(":{line}")).unwrap_or_default(),
    entry = entry.as_ref().map(|e| format!("entry `{e}`: ")).unwrap_or_default()
)]
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
    /// The catalogue that byline ships. Regexes are built when they are first needed.
    ///
    /// # Errors
    /// Never in a released build (every entry is tested); the shipped files are data all the same.
    pub fn shipped() -> Result<Self, Vec<CatalogueError>> {
        Self::build(parse_all(shipped::FILES.iter().copied())?)
    }

    /// The shipped files as (file name, TOML text), for [`check`](Self::check) and for reading.
    #[must_use]
    pub fn shipped_files() -> &'static [(&'static str, &'static str)] {
        shipped::FILES
    }

    /// Compiles catalogue files given as (file name, TOML text). No files give a catalogue that
    /// finds nothing.
    ///
    /// # Errors
    /// All that is wrong, in file order: bad TOML, unknown keys, duplicate ids, bad patterns.
    /// Examples are not run: that is [`check`](Self::check).
    pub fn compile(files: &[(String, String)]) -> Result<Self, Vec<CatalogueError>> {
        Self::build(parse_strictly(files)?)
    }

    /// This catalogue with the entries of more files, for instance of a folder of one's own.
    ///
    /// # Errors
    /// As [`compile`](Self::compile); an id that is already taken is an error.
    pub fn extend(&self, files: &[(String, String)]) -> Result<Self, Vec<CatalogueError>> {
        let mut entries = self.compiled.entries.clone();
        entries.extend(parse_strictly(files)?);
        Self::build(entries)
    }

    /// Everything that is wrong with catalogue files, in file and line order: what
    /// [`compile`](Self::compile) reports, and every `hit` example that is not found, every `miss`
    /// example that is, and every regex match without an anchor. Empty means the files are good.
    #[must_use]
    pub fn check(files: &[(String, String)]) -> Vec<CatalogueError> {
        let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        check::check(&files)
    }

    /// The entries, in file order. The first call costs one SHA-256 of about 1 KB an entry, later ones a copy.
    pub fn entries(&self) -> impl Iterator<Item = EntryInfo> + '_ {
        self.infos().iter().cloned()
    }

    /// The entry with an id. Costs a comparison of ids an entry, after the first call.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&EntryInfo> {
        self.infos().iter().find(|entry| entry.id == id)
    }

    fn infos(&self) -> &[EntryInfo] {
        self.infos
            .get_or_init(|| self.compiled.entries.iter().map(Definition::info).collect())
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.compiled.entries.len()
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.compiled.entries.is_empty()
    }

    /// All signs in a document, in order of position (text first, then title, byline, url, markup),
    /// at most [`MAX_REPORTS`] an entry. Time is linear in the length of the document.
    #[must_use]
    pub fn scan(&self, document: &Document) -> Vec<Sign> {
        scan::scan(&self.compiled, document)
    }

    fn build(entries: Vec<Definition>) -> Result<Self, Vec<CatalogueError>> {
        let mut errors = Vec::new();
        check_ids(&entries, &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self {
            compiled: Compiled::new(entries)?,
            infos: OnceLock::new(),
        })
    }
}

/// The parsed entries of files whose regexes are built here, so that a bad one is an error.
fn parse_strictly(files: &[(String, String)]) -> Result<Vec<Definition>, Vec<CatalogueError>> {
    let entries = parse_all(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
    let mut errors = Vec::new();
    check_regexes(&entries, &mut errors);
    if errors.is_empty() {
        Ok(entries)
    } else {
        Err(errors)
    }
}

fn parse_all<'f>(
    files: impl Iterator<Item = (&'f str, &'f str)>,
) -> Result<Vec<Definition>, Vec<CatalogueError>> {
    let mut errors = Vec::new();
    let mut entries = Vec::new();
    for (name, text) in files {
        entries.extend(parse::parse(name, text, &mut errors));
    }
    if errors.is_empty() {
        Ok(entries)
    } else {
        Err(errors)
    }
}
