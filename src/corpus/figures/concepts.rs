//! Words that reports use for one another.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::document::word_hash;

/// The words, a line each concept.
const TEXT: &str = include_str!("../../../models/figures/concepts.txt");
/// Letters by which forms of one word are the same ("subscriber", "subscribers", "subscription").
const STEM_LETTERS: usize = 5;

/// The concepts: the words of each.
fn concepts() -> impl Iterator<Item = impl Iterator<Item = &'static str>> {
    let lines = TEXT.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::split_whitespace)
}

/// All words of a concept.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    concepts().flatten()
}

/// A word by its first letters, and a word of a concept by those of the concept's first word.
pub(in crate::corpus) fn stem(word: &str) -> u64 {
    concept_of(word).map_or_else(|| opening(word), |concept| concept.stem)
}

/// A word, or what else is said for it, letter by letter: for words that are told apart by their ends, or that an index keeps as numbers.
pub(super) fn concept(word: &str) -> u64 {
    concept_of(word).map_or_else(|| word_hash(word), |concept| concept.word)
}

/// A concept by its first word.
#[derive(Clone, Copy)]
struct Concept {
    stem: u64,
    word: u64,
}

/// The concept of a word of the list; other forms of it are other words ("invest", "investigate").
fn concept_of(word: &str) -> Option<Concept> {
    static TABLE: OnceLock<HashMap<u64, Concept>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = HashMap::new();
        for words in concepts() {
            let words: Vec<&str> = words.collect();
            let Some(first) = words.first() else {
                continue;
            };
            let concept = Concept {
                stem: opening(first),
                word: word_hash(first),
            };
            table.extend(words.iter().map(|word| (word_hash(word), concept)));
        }
        table
    });
    table.get(&word_hash(word)).copied()
}

fn opening(word: &str) -> u64 {
    let end = word
        .char_indices()
        .nth(STEM_LETTERS)
        .map_or(word.len(), |(at, _)| at);
    word_hash(word.get(..end).unwrap_or(word))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn words_of_a_concept_are_one() {
        assert_eq!(stem("costs"), stem("budgeted"));
        assert_eq!(stem("vessel"), stem("boats"));
        assert_ne!(stem("vessel"), stem("costs"));
        assert_eq!(stem("subscription"), stem("members"));
        assert_eq!(stem("walrus"), opening("walru"));
        assert_eq!(concept("costs"), concept("budgeted"));
        assert_ne!(concept("contract"), concept("control"));
    }

    #[test]
    fn no_word_is_of_two_concepts() {
        let mut of: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, words) in concepts().enumerate() {
            for word in words {
                assert_eq!(word, word.to_lowercase());
                assert!(of.insert(word, at).is_none(), "{word}");
            }
        }
        assert!(of.len() > 200, "{}", of.len());
    }
}
