//! One entry as its file states it, and its canonical digest.

use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{Axis, EntryInfo, Kind, Polarity, Scope, Strength};

/// Where a sign must not stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Skip {
    /// Inside quotation marks or a set-off quotation.
    pub quoted: bool,
    /// Inside program code.
    pub code: bool,
    /// Inside a web address.
    pub url: bool,
}

/// Signs that are counted in the text as read, not found by a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counter {
    /// Invisible characters inside words.
    InvisibleInWord,
    /// Letters of another script inside Latin words.
    Confusable,
    /// Control and private-use characters.
    Control,
    /// Narrow no-break spaces (U+202F) between Latin letters or digits.
    NarrowSpace,
    /// Runs of spaces inside a line between words.
    DoubleSpace,
    /// Full-width or mathematical letters and other compatibility forms.
    Compatibility,
    /// Words with a capital in the middle and no pattern to it.
    RandomCapital,
    /// Tag characters (U+E0000 block), which carry hidden text.
    TagCharacter,
    /// A C2PA manifest written into the text as variation selectors.
    C2paText,
    /// Words parted by a citation wrapper of private-use characters.
    CitationWrapper,
}

/// Names of the counters in catalogue files.
pub(super) const COUNTERS: &[(&str, Counter)] = &[
    ("invisible_in_word", Counter::InvisibleInWord),
    ("confusable", Counter::Confusable),
    ("control", Counter::Control),
    ("narrow_space", Counter::NarrowSpace),
    ("double_space", Counter::DoubleSpace),
    ("compatibility", Counter::Compatibility),
    ("random_capital", Counter::RandomCapital),
    ("tag_character", Counter::TagCharacter),
    ("c2pa_text", Counter::C2paText),
    ("citation_wrapper", Counter::CitationWrapper),
];

/// What is found by reading sentences, not by a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// A sentence that says of its own text that a machine wrote it.
    Notice,
}

/// Names of the readers in catalogue files.
pub(super) const READERS: &[(&str, Reader)] = &[("notice", Reader::Notice)];

/// An example of an entry: where it is put, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Example {
    /// Line in the file, from 1.
    pub line: u64,
    /// The places filled, in the order of the file; the key is a [`Scope`] word or `text`.
    pub parts: Vec<(ExamplePlace, String)>,
}

/// What part of a document an example fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ExamplePlace {
    /// The text.
    Text,
    /// The title.
    Title,
    /// The byline.
    Byline,
    /// The address.
    Url,
    /// The markup.
    Markup,
}

/// Names of the example places in catalogue files.
pub(super) const EXAMPLE_PLACES: &[(&str, ExamplePlace)] = &[
    ("text", ExamplePlace::Text),
    ("title", ExamplePlace::Title),
    ("byline", ExamplePlace::Byline),
    ("url", ExamplePlace::Url),
    ("markup", ExamplePlace::Markup),
];

/// An entry as its file states it.
#[derive(Debug, Clone)]
pub(super) struct Definition {
    pub id: Arc<str>,
    pub file: Arc<str>,
    pub line: u64,
    pub summary: String,
    pub kind: Kind,
    pub axis: Axis,
    pub scopes: Vec<Scope>,
    pub strength: Strength,
    pub polarity: Polarity,
    pub producer: Option<Arc<str>>,
    pub group: Option<Arc<str>>,
    pub literals: Vec<String>,
    pub regexes: Vec<String>,
    pub anchors: Vec<String>,
    pub counter: Option<Counter>,
    pub reader: Option<Reader>,
    pub case_sensitive: bool,
    pub whole_word: bool,
    pub skip: Skip,
    pub requires: Vec<String>,
    pub excludes: Vec<String>,
    pub near: Vec<String>,
    pub within: usize,
    pub min_count: u32,
    pub min_patterns: u32,
    pub per_words: u32,
    pub lang: Option<String>,
    pub since: Option<String>,
    pub fp_note: Option<String>,
    pub source: String,
    pub verified: bool,
    pub hit: Vec<Example>,
    pub miss: Vec<Example>,
}

impl Definition {
    /// What is public about the entry. Costs one SHA-256 of about 1 KB.
    pub(super) fn info(&self) -> EntryInfo {
        EntryInfo {
            id: self.id.to_string(),
            file: self.file.to_string(),
            summary: self.summary.clone(),
            kind: self.kind,
            axis: self.axis,
            scopes: self.scopes.clone(),
            strength: self.strength,
            polarity: self.polarity,
            producer: self.producer.as_deref().map(str::to_owned),
            group: self.group.as_deref().map(str::to_owned),
            lang: self.lang.clone(),
            since: self.since.clone(),
            fp_note: self.fp_note.clone(),
            source: self.source.clone(),
            verified: self.verified,
            digest: self.digest(),
        }
    }

    /// Hex SHA-256 over everything that decides what the entry finds and how it counts, each part
    /// with its length before it. Examples, summary, notes and the file's name are left out: they
    /// can change without the model having to be trained again.
    fn digest(&self) -> String {
        let mut hash = Sha256::new();
        let mut put = |part: &str| {
            hash.update(part.len().to_le_bytes());
            hash.update(part.as_bytes());
        };
        put(&self.id);
        put(&format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {} {} {} {} {} {}",
            self.kind,
            self.axis,
            self.scopes,
            self.strength,
            self.polarity,
            self.counter,
            self.skip,
            self.case_sensitive,
            self.whole_word,
            self.within,
            self.min_count,
            self.min_patterns,
            self.per_words,
        ));
        put(self.producer.as_deref().unwrap_or(""));
        put(self.group.as_deref().unwrap_or(""));
        for list in [
            &self.literals,
            &self.regexes,
            &self.anchors,
            &self.requires,
            &self.excludes,
            &self.near,
        ] {
            put(&list.len().to_string());
            list.iter().for_each(|item| put(item));
        }
        // Only where there is one: the digests of the other entries stand in models.
        if let Some(reader) = self.reader {
            put(&format!("{reader:?}"));
        }
        let mut hex = String::with_capacity(64);
        for byte in hash.finalize() {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    }
}
