//! Words for events, and words that say whether one is still to come.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::read::Word;

/// Words for events, by kind.
const EVENTS: &str = include_str!("../../../models/figures/events.txt");

/// Kinds of event of which a report has one plan as a rule: texts that tell the same facts mean the same one.
const PLANNED_ONCE: [&str; 6] = ["start", "delivery", "completion", "closing", "expiry", "listing"];
/// Kinds of which it has one at all, past or planned.
const ONCE: [&str; 3] = ["completion", "founding", "listing"];
/// Kinds that are one thing in two words: a line is opened, or handed over.
const BEGINNINGS: [&str; 2] = ["start", "delivery"];
/// Kinds that say which part of a deal is meant.
const PARTS_OF_A_DEAL: [&str; 2] = ["completion", "signing"];

/// Words by which an event is still to come.
const TO_COME: [&str; 16] = [
    "will",
    "should",
    "due",
    "scheduled",
    "expected",
    "expects",
    "expect",
    "set",
    "slated",
    "planned",
    "plans",
    "targeted",
    "targets",
    "pencilled",
    "to",
    "promised",
];
/// Words by which it is past.
const PAST: [&str; 7] = ["was", "were", "had", "did", "since", "ago", "after"];
/// Past tenses that do not end in "ed".
const PAST_TENSES: [&str; 9] = [
    "began", "begun", "became", "broke", "bought", "sold", "took", "shut", "went",
];

/// A word for an event, or words that follow one another.
struct Name {
    words: Vec<&'static str>,
    /// Whether the last one is but a beginning.
    open: bool,
    /// Its kinds, a bit each.
    kinds: u32,
}

impl Name {
    /// Whether it stands at a place of a sentence.
    fn stands(&self, words: &[Word<'_>], at: usize) -> bool {
        let last = self.words.len() - 1;
        self.words.iter().enumerate().all(|(index, name)| {
            words
                .get(at + index)
                .is_some_and(|word| match self.open && index == last {
                    true => word.lower.starts_with(name),
                    false => word.lower == *name,
                })
        })
    }
}

/// The file, read.
struct Names {
    /// In the order of their lines.
    kinds: Vec<&'static str>,
    names: Vec<Name>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let (mut kinds, mut words) = (Vec::new(), BTreeMap::new());
    let lines = EVENTS.lines().filter(|line| !line.starts_with('#'));
    for (kind, of_kind) in lines.filter_map(|line| line.split_once(": ")) {
        let bit = kinds.iter().position(|known| *known == kind).unwrap_or_else(|| {
            kinds.push(kind);
            kinds.len() - 1
        });
        for word in of_kind.split(' ') {
            *words.entry(word).or_insert(0) |= 1 << bit;
        }
    }
    let name = |(word, kinds): (&'static str, u32)| Name {
        words: word.trim_end_matches('*').split('_').collect(),
        open: word.ends_with('*'),
        kinds,
    };
    Names {
        kinds,
        names: words.into_iter().map(name).collect(),
    }
});

/// The kinds of event that the words at a place of a sentence name, a bit each; 0 for none.
pub(super) fn kinds_at(words: &[Word<'_>], at: usize) -> u32 {
    let names = NAMES.names.iter().filter(|name| name.stands(words, at));
    names.fold(0, |kinds, name| kinds | name.kinds)
}

/// The name of the first of some kinds.
pub(super) fn name_of(kinds: u32) -> Option<&'static str> {
    NAMES.kinds.get(kinds.trailing_zeros() as usize).copied()
}

/// The kinds of some names, a bit each.
fn bits(names: &[&str]) -> u32 {
    let kinds = NAMES.kinds.iter().enumerate();
    kinds
        .filter(|(_, kind)| names.contains(kind))
        .fold(0, |kinds, (at, _)| kinds | 1 << at)
}

/// The kinds of which a report has one event as a rule, of those that are planned or of all.
pub(super) fn told_once(planned: bool) -> u32 {
    bits(if planned { &PLANNED_ONCE } else { &ONCE })
}

/// The kinds that two events have in common, be it in two words.
pub(super) fn in_common(one: u32, other: u32) -> u32 {
    let wide = |kinds: u32| {
        if kinds & bits(&BEGINNINGS) == 0 {
            kinds
        } else {
            kinds | bits(&BEGINNINGS)
        }
    };
    wide(one) & wide(other)
}

/// Without the deal as a whole where its signing or its completion is meant.
pub(super) fn narrowed(kinds: u32) -> u32 {
    if kinds & bits(&PARTS_OF_A_DEAL) == 0 {
        kinds
    } else {
        kinds & !bits(&["deal"])
    }
}

/// Whether an event is still to come, by the word for it (at a place of `near`) and those around.
pub(super) fn is_planned(near: &[Word<'_>], at: usize) -> bool {
    let has = |list: &[&str]| near.iter().any(|word| list.contains(&word.lower.as_str()));
    let word = near.get(at).map_or("", |word| word.lower.as_str());
    let past_tense = word.ends_with("ed") || PAST_TENSES.contains(&word);
    has(&TO_COME) || !past_tense && !has(&PAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_is_planned_once_is_in_the_file() {
        for kind in PLANNED_ONCE.iter().chain(&ONCE).chain(&PARTS_OF_A_DEAL) {
            assert!(NAMES.kinds.contains(kind), "{kind}");
        }
        assert_ne!(bits(&["deal"]), 0);
        assert!(NAMES.kinds.len() < u32::BITS as usize);
    }
}
