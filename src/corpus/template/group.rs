//! Units that may be of one skeleton: those that share several word 3-grams, names and figures masked.

use super::{Place, Unit};
use crate::corpus::text::{Token, gram};

/// Words of a key.
const KEY_WORDS: usize = 3;
/// Stands for any number.
const NUMBER: u64 = 1;
/// Stands for any name.
const NAME: u64 = 2;
/// Fewest keys that two units of one group share: one is a stock phrase.
const SHARED_KEYS: usize = 2;
/// The same in biographies and headings, which are shorter.
const SHARED_KEYS_SHORT: usize = 1;
/// Units of one key that are all held against one another; of more, each is held against the next only, which keeps the cost
/// near linear.
const MAX_ALL_PAIRS: usize = 24;

/// Groups of units of one place, each of at least two documents, in order of their first unit.
pub(super) fn groups(units: &[Unit], place: Place) -> Vec<Vec<Unit>> {
    let mut keys: Vec<(u64, u32)> = Vec::new();
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| unit.place == place) {
        let Ok(at) = u32::try_from(at) else { break };
        let masked: Vec<(u64, bool)> = unit.tokens.iter().map(|token| masked(token, place)).collect();
        let mut own: Vec<u64> = masked
            .windows(KEY_WORDS)
            .filter(|words| words.iter().any(|word| word.1))
            .map(|words| gram(words.iter().map(|word| word.0)))
            .collect();
        own.sort_unstable();
        own.dedup();
        keys.extend(own.into_iter().map(|key| (key, at)));
    }
    keys.sort_unstable();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for group in keys.chunk_by(|x, y| x.0 == y.0) {
        let all = group.len() <= MAX_ALL_PAIRS;
        for (first, (_, unit)) in group.iter().enumerate() {
            let others = group.iter().skip(first + 1);
            pairs.extend(
                others
                    .take(if all { group.len() } else { 1 })
                    .map(|(_, other)| (*unit, *other)),
            );
        }
    }
    pairs.sort_unstable();
    let document = |unit: u32| units.get(unit as usize).map(|unit| unit.document);
    let enough = if place == Place::Body {
        SHARED_KEYS
    } else {
        SHARED_KEYS_SHORT
    };
    let mut sets = Sets::new(units.len());
    for pair in pairs.chunk_by(|x, y| x == y) {
        if let Some(&(a, b)) = pair.first()
            && pair.len() >= enough
            && document(a) != document(b)
        {
            sets.join(a as usize, b as usize);
        }
    }
    sets.groups()
        .into_iter()
        .map(|group| one_a_document(units, &group))
        .filter(|group| group.len() > 1)
        .collect()
}

/// A token's masked form, and whether it is a word that can tell a skeleton.
fn masked(token: &Token, place: Place) -> (u64, bool) {
    if token.number {
        (NUMBER, false)
    } else if token.name && place == Place::Body {
        (NAME, false)
    } else {
        (token.hash, !token.common)
    }
}

/// The first unit of each document.
fn one_a_document(units: &[Unit], group: &[usize]) -> Vec<Unit> {
    let mut kept: Vec<Unit> = Vec::new();
    for unit in group.iter().filter_map(|at| units.get(*at)) {
        if kept.last().is_none_or(|last| last.document != unit.document) {
            kept.push(unit.clone());
        }
    }
    kept
}

/// Disjoint sets (Galler & Fischer 1964).
#[derive(Debug)]
pub(in crate::corpus) struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    pub fn new(count: usize) -> Self {
        Self {
            parents: (0..count).collect(),
        }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while let Some(&parent) = self.parents.get(at) {
            if parent == at {
                break;
            }
            let above = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.parents.get_mut(at) {
                *slot = above;
            }
            at = above;
        }
        at
    }

    /// Joins the sets of two items; the smaller index leads.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(parent) = self.parents.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
    }

    /// Sets of two or more, items and sets in order.
    pub fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut all: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
        for at in 0..self.parents.len() {
            let root = self.root(at);
            all.entry(root).or_default().push(at);
        }
        all.into_values().filter(|set| set.len() > 1).collect()
    }
}
