//! The embedded lexicons, compiled once into one hash table.
//!
//! A lexicon file holds one entry a line, lower case, in sections `[name]`; `#` starts a comment.
//! `(a|b)` stands for either, `(a|)` for `a` or nothing. An entry of several words is a phrase;
//! one with a hyphen also matches when written with a space.

use std::sync::LazyLock;

use super::class::{Class, Classes};
use crate::document::word_hash;

/// Name and text of every lexicon, in a fixed order, for the model to bind to.
static FILES: &[(&str, &str)] = &[
    (
        "attribution",
        include_str!("../../models/lexicons/attribution.txt"),
    ),
    ("business", include_str!("../../models/lexicons/business.txt")),
    ("chat_words", include_str!("../../models/lexicons/chat_words.txt")),
    ("cliches", include_str!("../../models/lexicons/cliches.txt")),
    (
        "connectives",
        include_str!("../../models/lexicons/connectives.txt"),
    ),
    (
        "contractions",
        include_str!("../../models/lexicons/contractions.txt"),
    ),
    (
        "excess_words",
        include_str!("../../models/lexicons/excess_words.txt"),
    ),
    ("fiction", include_str!("../../models/lexicons/fiction.txt")),
    ("figures", include_str!("../../models/lexicons/figures.txt")),
    (
        "function_words",
        include_str!("../../models/lexicons/function_words.txt"),
    ),
    (
        "participles",
        include_str!("../../models/lexicons/participles.txt"),
    ),
    ("person", include_str!("../../models/lexicons/person.txt")),
    ("rhetoric", include_str!("../../models/lexicons/rhetoric.txt")),
    ("stance", include_str!("../../models/lexicons/stance.txt")),
    ("wire", include_str!("../../models/lexicons/wire.txt")),
    (
        "words_in_ing",
        include_str!("../../models/lexicons/words_in_ing.txt"),
    ),
];

/// Name and text of every lexicon that features are measured with, sorted by name.
/// A model stores a digest of them, so that a changed list is noticed.
#[must_use]
pub fn lexicons() -> &'static [(&'static str, &'static str)] {
    FILES
}

/// A phrase after its first word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Hashes of the words after the first.
    pub(super) rest: Vec<u64>,
    /// Classes it belongs to.
    pub(super) classes: Classes,
}

/// What the table knows of a word.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// One bit for some hashes: those of the second words of the phrases are among them.
    seconds: u64,
    /// Classes of the word by itself.
    pub(super) classes: Classes,
    /// Phrases that begin with it, longest first.
    pub(super) phrases: Vec<Phrase>,
}

impl Entry {
    /// Whether a phrase may go on with the word with this hash; most words that begin a phrase do not.
    pub(super) fn may_go_on(&self, second: u64) -> bool {
        self.seconds & bit(second) != 0
    }
}

fn bit(hash: u64) -> u64 {
    1 << ((hash ^ (hash >> 32)) & 63)
}

/// Open-addressing table over the hashes of (first) words.
#[derive(Debug)]
pub(super) struct Table {
    /// Hash and place in `entries`, from 1; 0 for an empty slot.
    slots: Vec<(u64, u32)>,
    entries: Vec<Entry>,
    mask: u64,
    /// Classes that hold phrases.
    pub(super) phrased: Classes,
}

/// The table of all shipped lexicons.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(FILES));

impl Table {
    fn new(files: &[(&str, &str)]) -> Self {
        let entries: Vec<(Class, String)> = files.iter().flat_map(|(name, text)| parse(name, text)).collect();
        // A quarter full at most: a miss, the common case, is then almost always the first probe.
        let size = (entries.len() * 4).next_power_of_two();
        let mut table = Self {
            slots: vec![(0, 0); size],
            entries: Vec::new(),
            phrased: Classes::default(),
            mask: size as u64 - 1,
        };
        for (class, entry) in &entries {
            table.insert(*class, entry);
        }
        for entry in &mut table.entries {
            let seconds = entry.phrases.iter().filter_map(|phrase| phrase.rest.first());
            entry.seconds = seconds.fold(0, |bits, hash| bits | bit(*hash));
            entry
                .phrases
                .sort_by(|a, b| b.rest.len().cmp(&a.rest.len()).then_with(|| a.rest.cmp(&b.rest)));
        }
        table
    }

    fn place(&self, hash: u64) -> usize {
        let mut at = hash & self.mask;
        // Ends: the table is never full.
        while self
            .slots
            .get(at as usize)
            .is_some_and(|slot| slot.1 != 0 && slot.0 != hash)
        {
            at = (at + 1) & self.mask;
        }
        at as usize
    }

    fn insert(&mut self, class: Class, entry: &str) {
        let mut words = entry.split(' ').filter(|word| !word.is_empty());
        let Some(first) = words.next() else { return };
        let hash = word_hash(first);
        let rest: Vec<u64> = words.map(word_hash).collect();
        let place = self.place(hash);
        let Some(slot) = self.slots.get_mut(place) else {
            return;
        };
        if slot.1 == 0 {
            self.entries.push(Entry::default());
            *slot = (hash, u32::try_from(self.entries.len()).unwrap_or(0));
        }
        let Some(slot) = self.entries.get_mut((slot.1 as usize).wrapping_sub(1)) else {
            return;
        };
        let bits = Classes::of(&[class]).0;
        if !rest.is_empty() {
            self.phrased.0 |= bits;
        }
        if rest.is_empty() {
            slot.classes.0 |= bits;
        } else if let Some(known) = slot.phrases.iter_mut().find(|phrase| phrase.rest == rest) {
            known.classes.0 |= bits;
        } else {
            slot.phrases.push(Phrase {
                rest,
                classes: Classes(bits),
            });
        }
    }

    /// What is known of the word with this hash.
    pub(super) fn get(&self, hash: u64) -> Option<&Entry> {
        let (_, at) = self.slots.get(self.place(hash))?;
        self.entries.get((*at as usize).checked_sub(1)?)
    }
}

/// The entries of one file with their classes. A section that no class names yields nothing
/// (a test shows that there is none).
fn parse(name: &str, text: &str) -> Vec<(Class, String)> {
    let mut found = Vec::new();
    let mut section = name.to_owned();
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = format!("{name}.{header}");
            continue;
        }
        let Some((class, _)) = Class::ALL.iter().find(|(_, known)| *known == section) else {
            continue;
        };
        for variant in expand(line) {
            if variant.contains('-') {
                found.push((*class, variant.replace('-', " ")));
            }
            found.push((*class, variant));
        }
    }
    found
}

/// All readings of an entry with `(a|b)` groups, which do not nest.
fn expand(entry: &str) -> Vec<String> {
    let parts = entry
        .split_once('(')
        .and_then(|(before, rest)| rest.split_once(')').map(|(group, after)| (before, group, after)));
    let Some((before, group, after)) = parts else {
        return vec![entry.split_whitespace().collect::<Vec<_>>().join(" ")];
    };
    group
        .split('|')
        .flat_map(|choice| expand(&format!("{before}{choice}{after}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_expand_to_every_reading() {
        assert_eq!(expand("a (b|c) d (e|)"), ["a b d e", "a b d", "a c d e", "a c d"]);
    }

    #[test]
    fn every_section_has_a_class_and_every_class_entries() {
        for (name, text) in lexicons() {
            let has_sections = text.lines().any(|line| line.starts_with('['));
            for line in text.lines() {
                let section = match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                    Some(header) => format!("{name}.{header}"),
                    None if has_sections => continue,
                    None => (*name).to_owned(),
                };
                assert!(Class::ALL.iter().any(|(_, known)| *known == section), "{section}");
            }
        }
        let all: Vec<Class> = lexicons()
            .iter()
            .flat_map(|(name, text)| parse(name, text))
            .map(|(class, _)| class)
            .collect();
        for (class, name) in Class::ALL {
            assert!(all.contains(class), "{name} has no entries");
        }
    }

    #[test]
    fn files_are_sorted_name_their_source_and_hold_lower_case_entries() {
        assert!(lexicons().windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (name, text) in lexicons() {
            let head: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
            assert!(head.join(" ").contains("Source: "), "{name}");
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                assert_eq!(line, line.to_lowercase(), "{name}");
                assert_eq!(line, line.trim(), "{name}");
                assert_eq!(
                    line.matches('(').count(),
                    line.matches(')').count(),
                    "{name}: {line}"
                );
            }
        }
    }

    #[test]
    fn words_and_phrases_are_found() {
        let the = TABLE.get(word_hash("the")).unwrap();
        assert!(the.classes.has(Class::The) && the.classes.has(Class::Determiner));
        let according = TABLE.get(word_hash("according")).unwrap();
        assert!(according.phrases.iter().any(|p| p.rest == [word_hash("to")]));
        let lengths: Vec<usize> = according.phrases.iter().map(|p| p.rest.len()).collect();
        assert!(lengths.is_sorted_by(|a, b| a >= b));
        assert!(TABLE.get(word_hash("xyzzy")).is_none());
    }
}
