//! The words that an entry is written in, and their defaults.

use super::definition::ExamplePlace;
use super::{Axis, Kind, Polarity, Scope, Strength};

/// Edit distance up to which a wrong word is answered with "did you mean", and letters for each step of it: "text" is no "head".
const NEAR_WORD: usize = 3;
const LETTERS_A_STEP: usize = 3;

/// Letters that say where an entry's fact comes from.
pub(super) const SOURCES: &[char] = &['S', 'W', 'K', 'P', 'N', 'M', 'C'];
/// Bytes either side of a sign that `near` and `excludes` look at, unless the entry says otherwise.
pub(super) const WITHIN_DEFAULT: usize = 80;
/// Most bytes either side that an entry may ask for: keeps the scan linear.
pub(super) const WITHIN_MAX: i64 = 500;
/// Largest value of the count conditions: counting stops far above it.
pub(super) const COUNT_MAX: i64 = 1000;

/// Keys of an entry.
pub(super) const KEYS: &[&str] = &[
    "id",
    "summary",
    "kind",
    "axis",
    "scope",
    "strength",
    "polarity",
    "producer",
    "group",
    "literal",
    "regex",
    "anchors",
    "counter",
    "reader",
    "case_sensitive",
    "whole_word",
    "skip",
    "requires",
    "excludes",
    "near",
    "within",
    "min_count",
    "min_patterns",
    "per_words",
    "lang",
    "since",
    "fp_note",
    "source",
    "verified",
    "hit",
    "miss",
];

pub(super) const KINDS: &[(&str, Kind)] = &[
    ("declared", Kind::Declared),
    ("leak", Kind::Leak),
    ("template", Kind::Template),
    ("syndication", Kind::Syndication),
    ("provenance", Kind::Provenance),
    ("tamper", Kind::Tamper),
    ("lexical", Kind::Lexical),
];
pub(super) const AXES: &[(&str, Axis)] = &[
    ("declared", Axis::Declared),
    ("machine", Axis::Machine),
    ("syndicated", Axis::Syndicated),
    ("none", Axis::None),
];
pub(super) const STRENGTHS: &[(&str, Strength)] = &[
    ("weak", Strength::Weak),
    ("medium", Strength::Medium),
    ("strong", Strength::Strong),
    ("decisive", Strength::Decisive),
];
pub(super) const POLARITIES: &[(&str, Polarity)] = &[
    ("machine", Polarity::Machine),
    ("syndicated", Polarity::Syndicated),
    ("human", Polarity::Human),
    ("neutral", Polarity::Neutral),
];
pub(super) const SCOPES: &[(&str, Scope)] = &[
    ("any", Scope::Any),
    ("head", Scope::Head),
    ("tail", Scope::Tail),
    ("title", Scope::Title),
    ("byline", Scope::Byline),
    ("url", Scope::Url),
    ("markup", Scope::Markup),
];

/// Which axis a kind speaks to unless the entry says otherwise.
pub(super) fn default_axis(kind: Kind) -> Axis {
    match kind {
        Kind::Declared | Kind::Leak | Kind::Provenance => Axis::Declared,
        Kind::Syndication | Kind::Template => Axis::Syndicated,
        Kind::Tamper => Axis::None,
        Kind::Lexical => Axis::Machine,
    }
}

/// Where an example given as a plain string is put.
pub(super) fn home(scopes: &[Scope]) -> ExamplePlace {
    if scopes
        .iter()
        .any(|scope| matches!(scope, Scope::Any | Scope::Head | Scope::Tail))
    {
        return ExamplePlace::Text;
    }
    match scopes.first() {
        Some(Scope::Title) => ExamplePlace::Title,
        Some(Scope::Byline) => ExamplePlace::Byline,
        Some(Scope::Url) => ExamplePlace::Url,
        Some(Scope::Markup) => ExamplePlace::Markup,
        _ => ExamplePlace::Text,
    }
}

pub(super) fn lower(list: Vec<String>) -> Vec<String> {
    list.into_iter().map(|item| item.to_ascii_lowercase()).collect()
}

pub(super) fn well_formed(id: &str) -> bool {
    id.contains('.')
        && id.split('.').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
        })
}

/// What those letters stand for.
pub(super) const SOURCES_MEAN: &str = "S the seed articles, W Wikipedia, K Kobak et al., P another tool's list, N news and vendors' pages, \
     C a corpus, M general knowledge";

/// The known word nearest to a wrong one, if any is near.
pub(super) fn nearest<'k>(given: &str, known: &[&'k str]) -> Option<&'k str> {
    known
        .iter()
        .map(|word| (distance(given, word), *word))
        .min()
        .filter(|(distance, _)| *distance <= NEAR_WORD.min(given.len() / LETTERS_A_STEP))
        .map(|(_, word)| word)
}

/// Levenshtein distance in bytes.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (y, above) in b.bytes().zip(row.iter().skip(1)) {
            left = (left + 1).min(above + 1).min(diagonal + usize::from(x != y));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// Byte offset -> line.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    pub(super) fn of(&self, offset: usize) -> u64 {
        self.0.partition_point(|&newline| newline < offset) as u64 + 1
    }
}

/// What may stand for a key of an entry, as the end of a message; empty where that is free.
pub(super) fn choices(key: &str) -> String {
    fn of<T>(words: &[(&str, T)]) -> String {
        let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
        format!(": one of {}", names.join(", "))
    }
    match key {
        "kind" => of(KINDS),
        "strength" => of(STRENGTHS),
        "polarity" => of(POLARITIES),
        _ => String::new(),
    }
}
