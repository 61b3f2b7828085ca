//! [`Definition`]s -> one table of every literal and anchor, and lazily built regexes.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};

use super::CatalogueError;
use super::definition::Definition;
use super::needs::{Needs, longest_match};
use super::patterns::Patterns;
use crate::document::Normalised;

/// Largest compiled size of one regex, in bytes: refuses patterns with huge repetitions.
const REGEX_SIZE_LIMIT: usize = 1 << 20;
/// Most bytes either side of an anchor that its regexes are run on; fewer where no match can be as long.
const MAX_REACH: usize = 400;

/// What a pattern that is found is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use {
    /// Index of the entry.
    pub entry: u32,
    /// Index of its literal; `None` for an anchor of its regexes.
    pub literal: Option<u32>,
    /// A word must begin here.
    pub left: bool,
    /// A word must end here.
    pub right: bool,
}

/// A regex of an entry, once it is needed.
#[derive(Debug, Default)]
pub(super) struct Slot {
    needs: OnceLock<Needs>,
    regex: OnceLock<Option<Regex>>,
}

/// The compiled entries.
pub(super) struct Compiled {
    /// The entries, in file order.
    pub entries: Vec<Definition>,
    /// Regexes of each entry, built when their first anchor is met.
    pub regexes: Vec<Vec<Slot>>,
    /// Bytes either side of an anchor that can belong to a match of its entry, once they are needed.
    reaches: Vec<OnceLock<usize>>,
    /// For each entry, the indices of the entries it requires.
    pub requires: Vec<Vec<usize>>,
    patterns: Patterns,
    /// Pattern -> its uses.
    uses: Vec<Vec<Use>>,
}

impl std::fmt::Debug for Compiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Compiled")
            .field("entries", &self.entries.len())
            .field("patterns", &self.uses.len())
            .finish_non_exhaustive()
    }
}

impl Compiled {
    /// Compiles entries. Regexes are not built here (most are never needed); see [`check_regexes`].
    pub(super) fn new(entries: Vec<Definition>) -> Result<Self, Vec<CatalogueError>> {
        let mut patterns: BTreeMap<String, Vec<Use>> = BTreeMap::new();
        for (entry, index) in entries.iter().zip(0u32..) {
            for (literal, at) in entry.literals.iter().zip(0u32..) {
                let folded = fold(literal);
                let edge = |c: Option<char>| entry.whole_word && c.is_some_and(latin_letter);
                patterns.entry(folded).or_default().push(Use {
                    entry: index,
                    literal: Some(at),
                    left: edge(literal.chars().next()),
                    right: edge(literal.chars().next_back()),
                });
            }
            for anchor in &entry.anchors {
                patterns.entry(fold(anchor)).or_default().push(Use {
                    entry: index,
                    literal: None,
                    left: false,
                    right: false,
                });
            }
        }
        patterns.remove("");
        let requires = requirements(&entries)?;
        Ok(Self {
            regexes: entries
                .iter()
                .map(|entry| entry.regexes.iter().map(|_| Slot::default()).collect())
                .collect(),
            reaches: entries.iter().map(|_| OnceLock::new()).collect(),
            requires,
            patterns: Patterns::new(patterns.keys().map(String::as_str)),
            uses: patterns.into_values().collect(),
            entries,
        })
    }

    /// Calls `found(start, end, use)` for every use of every pattern in `folded`, in order of `end`.
    pub(super) fn matches(&self, folded: &str, mut found: impl FnMut(usize, usize, Use)) {
        self.patterns.find(folded.as_bytes(), |start, end, number| {
            for used in self.uses.get(number as usize).into_iter().flatten() {
                found(start, end, *used);
            }
        });
    }

    /// How far from its anchor a match of an entry can begin or end, in bytes: at most [`MAX_REACH`].
    pub(super) fn reach(&self, entry: usize) -> usize {
        let longest = || {
            let entry = self.entries.get(entry);
            let patterns = entry.into_iter().flat_map(|entry| &entry.regexes);
            let lengths = patterns.map(|pattern| longest_match(&ascii_classes(pattern)).unwrap_or(MAX_REACH));
            lengths.max().unwrap_or(0).min(MAX_REACH)
        };
        self.reaches
            .get(entry)
            .map_or(0, |reach| *reach.get_or_init(longest))
    }

    /// Whether a regex of an entry may match in a normalised text, given in lower case as well.
    pub(super) fn may_match(&self, entry: usize, at: usize, text: &str, folded: &str) -> bool {
        let Some(slot) = self.regexes.get(entry).and_then(|slots| slots.get(at)) else {
            return false;
        };
        let needs = slot.needs.get_or_init(|| {
            let entry = self.entries.get(entry);
            let pattern = entry.and_then(|entry| entry.regexes.get(at));
            let case_sensitive = entry.is_some_and(|entry| entry.case_sensitive);
            Needs::of(&ascii_classes(pattern.map_or("", String::as_str)), case_sensitive)
        });
        needs.hold(text, folded)
    }

    /// A regex of an entry, built on first use; `None` if it is not a regex.
    pub(super) fn regex(&self, entry: usize, at: usize) -> Option<&Regex> {
        let slot = self.regexes.get(entry)?.get(at)?;
        slot.regex
            .get_or_init(|| {
                let definition = self.entries.get(entry)?;
                build(definition.regexes.get(at)?, definition.case_sensitive).ok()
            })
            .as_ref()
    }
}

/// Reports every regex that cannot be built.
pub(super) fn check_regexes(entries: &[Definition], errors: &mut Vec<CatalogueError>) {
    for entry in entries {
        for pattern in &entry.regexes {
            if let Err(error) = build(pattern, entry.case_sensitive) {
                errors.push(CatalogueError {
                    file: entry.file.to_string(),
                    entry: Some(entry.id.to_string()),
                    line: Some(entry.line),
                    message: format!("bad regex `{pattern}`: {error}"),
                });
            }
        }
    }
}

/// Reports ids that occur twice.
pub(super) fn check_ids(entries: &[Definition], errors: &mut Vec<CatalogueError>) {
    let mut seen: BTreeMap<&str, &Definition> = BTreeMap::new();
    for entry in entries {
        if let Some(first) = seen.get(&*entry.id) {
            errors.push(CatalogueError {
                file: entry.file.to_string(),
                entry: Some(entry.id.to_string()),
                line: Some(entry.line),
                message: format!("id is already taken in {} at line {}", first.file, first.line),
            });
        } else {
            seen.insert(&entry.id, entry);
        }
    }
}

fn requirements(entries: &[Definition]) -> Result<Vec<Vec<usize>>, Vec<CatalogueError>> {
    let places: BTreeMap<&str, usize> = entries.iter().zip(0..).map(|(e, at)| (&*e.id, at)).collect();
    let mut errors = Vec::new();
    let mut all = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut mine = Vec::with_capacity(entry.requires.len());
        for id in &entry.requires {
            match places.get(id.as_str()) {
                Some(at) => mine.push(*at),
                None => errors.push(CatalogueError {
                    file: entry.file.to_string(),
                    entry: Some(entry.id.to_string()),
                    line: Some(entry.line),
                    message: format!("`requires` names `{id}`, which no entry has"),
                }),
            }
        }
        all.push(mine);
    }
    if errors.is_empty() { Ok(all) } else { Err(errors) }
}

/// Builds a regex. Where the pattern allows it, `.` and `[^...]` stand for bytes, not characters: that makes the compiled
/// regex many times smaller and quicker to build. Matches are found in the same places, but a length such as `{1,80}` then
/// counts a non-ASCII letter for each of its bytes.
fn build(pattern: &str, case_sensitive: bool) -> Result<Regex, regex::Error> {
    let pattern = ascii_classes(pattern);
    let with = |unicode: bool| {
        RegexBuilder::new(&pattern)
            .case_insensitive(!case_sensitive)
            .multi_line(true)
            .unicode(unicode)
            .size_limit(REGEX_SIZE_LIMIT)
            .build()
    };
    if pattern.is_ascii()
        && let Ok(regex) = with(false)
    {
        return Ok(regex);
    }
    with(true)
}

/// Reads `\b`, `\d`, `\s` and `\w` as their ASCII forms: the Unicode ones make the compiled
/// regex ten times larger and put it off its fast path wherever a text has a non-ASCII letter.
fn ascii_classes(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('b') => out.push_str("(?-u:\\b)"),
            Some('d') => out.push_str("[0-9]"),
            Some('s') => out.push_str("[ \\t\\r\\n]"),
            Some('w') => out.push_str("[0-9A-Za-z_]"),
            Some(other) => {
                out.push('\\');
                out.push(other);
            }
            None => out.push('\\'),
        }
    }
    out
}

/// A pattern as it stands in folded, normalised text.
pub(super) fn fold(pattern: &str) -> String {
    let mut folded = normal(pattern);
    folded.make_ascii_lowercase();
    folded
}

/// A pattern as it stands in normalised text.
pub(super) fn normal(pattern: &str) -> String {
    if pattern.is_ascii() {
        pattern.to_owned()
    } else {
        Normalised::new(pattern).text().to_owned()
    }
}

/// Letters that take part in words parted by spaces: the Latin blocks, not CJK.
pub(super) fn latin_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (c > '\u{bf}' && c < '\u{250}')
}
