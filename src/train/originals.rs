//! Whether a text stands word for word in the collection that it is said to come from.
//!
//! A set of essays "by people" may hold versions that somebody, or something, has improved. Where the originals are at hand,
//! containment (Broder 1997) of a text's word 4-grams among theirs tells a copy from a rewording: of the essays of
//! `gede_essays_2025` that are labelled human, hardly any lies between the two.

use std::collections::HashSet;

use crate::document::word_hash;

/// Words of a shingle.
const SHINGLE: usize = 4;
/// Least containment of a copy.
const COPY: f64 = 0.9;

/// Shingles of the originals.
#[derive(Debug, Default)]
pub struct Originals {
    shingles: HashSet<u64>,
}

impl Originals {
    /// Adds an original.
    pub fn add(&mut self, text: &str) {
        self.shingles.extend(shingles(text));
    }

    /// Whether a text stands in the originals word for word.
    #[must_use]
    pub fn hold(&self, text: &str) -> bool {
        let all = shingles(text);
        let found = all
            .iter()
            .filter(|shingle| self.shingles.contains(shingle))
            .count();
        found as f64 >= COPY * all.len() as f64
    }
}

fn shingles(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(|word| word_hash(&word.to_lowercase()))
        .collect();
    let sum = |window: &[u64]| window.iter().fold(0_u64, |sum, word| sum.rotate_left(17) ^ word);
    words.windows(SHINGLE).map(sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The mill closed in the spring. Nobody in the village had expected it, least of all the men who worked there.";

    #[test]
    fn a_copy_is_held_whatever_its_white_space_and_a_rewording_is_not() {
        let mut originals = Originals::default();
        originals.add(TEXT);
        assert!(originals.hold(&TEXT.replace(". ", ".").replace(' ', "\n")));
        assert!(!originals.hold(
            "The mill shut its gates in the spring, which nobody in the village had foreseen, least of all its own workers."
        ));
    }
}
