//! [`Definition`]s -> one table of every literal and anchor, and lazily built regexes.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::CatalogueError;
use super::definition::Definition;
use super::needs::{Needs, longest};
use super::patterns::Patterns;
use crate::document::{Matcher, Normalised, Pattern, PatternError, Reading};

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

/// The regexes of an entry, once they are needed.
#[derive(Debug)]
struct Slots {
    known: OnceLock<Known>,
    matchers: Vec<OnceLock<Option<Matcher>>>,
}

/// What is known of an entry's matches before its regexes are built.
#[derive(Debug, Default)]
struct Known {
    /// Bytes either side of an anchor that can belong to a match.
    reach: usize,
    /// What stands in every match, regex by regex.
    needs: Vec<Needs>,
}

/// The compiled entries.
pub(super) struct Compiled {
    /// The entries, in file order.
    pub entries: Vec<Definition>,
    /// Regexes of each entry.
    regexes: Vec<Slots>,
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
                .map(|entry| Slots {
                    known: OnceLock::new(),
                    matchers: entry.regexes.iter().map(|_| OnceLock::new()).collect(),
                })
                .collect(),
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
        self.known(entry).map_or(0, |known| known.reach)
    }

    /// Whether a regex of an entry may match in a normalised text, given in lower case as well.
    pub(super) fn may_match(&self, entry: usize, at: usize, text: &str, folded: &str) -> bool {
        let needs = self.known(entry).and_then(|known| known.needs.get(at));
        needs.is_some_and(|needs| needs.hold(text, folded))
    }

    fn known(&self, entry: usize) -> Option<&Known> {
        let definition = self.entries.get(entry)?;
        let known = || {
            let mut known = Known::default();
            for pattern in &definition.regexes {
                let read = Pattern::new(pattern)
                    .ok()
                    .and_then(|pattern| pattern.as_written());
                let reach = read.as_ref().and_then(longest).unwrap_or(MAX_REACH);
                known.reach = known.reach.max(reach.min(MAX_REACH));
                let needs = read.map(|read| Needs::of(&read, definition.case_sensitive));
                known.needs.push(needs.unwrap_or_default());
            }
            known
        };
        Some(self.regexes.get(entry)?.known.get_or_init(known))
    }

    /// A regex of an entry, built on first use; `None` if it is not a regex.
    pub(super) fn matcher(&self, entry: usize, at: usize) -> Option<&Matcher> {
        let slot = self.regexes.get(entry)?.matchers.get(at)?;
        slot.get_or_init(|| {
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

/// Builds a regex. Where the pattern allows it, `.` and `[^...]` stand for bytes: matches are found in the same places, but a length
/// such as `{1,80}` then counts a non-ASCII letter for each of its bytes.
fn build(pattern: &str, case_sensitive: bool) -> Result<Matcher, PatternError> {
    let pattern = Pattern::new(pattern)?;
    let with = |characters: bool| {
        let reading = Reading {
            case_sensitive,
            multi_line: true,
            characters,
        };
        Matcher::new([&pattern], reading)
    };
    if pattern.is_ascii()
        && let Ok(matcher) = with(false)
    {
        return Ok(matcher);
    }
    with(true)
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
