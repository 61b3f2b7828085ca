//! Undoes attacks on the case of letters: "tHe miLl", "SHOUTED TEXT", "the Of mill".
//!
//! Length and place of every byte stay, so the map of the normalised text stays true. Ordinary text is to be left as it is, so
//! each rule has a limit that names, acronyms and a shouted word do not reach.

mod capitals;

use std::collections::HashSet;

use super::Changes;
use capitals::{Capitals, NEVER_NAMES, capitals, follows_small, is_small};

/// A word of ASCII letters in the text.
#[derive(Clone, Copy)]
struct Word<'t> {
    at: usize,
    text: &'t str,
}

/// Gives the letters of an attacked text the case that they had, as far as that can be told; counts the words changed.
pub(super) fn recase(text: String, changes: &mut Changes) -> String {
    let capitals = capitals(&text);
    if capitals == Capitals::Ordinary {
        return text;
    }
    let small: HashSet<&str> = words(&text)
        .map(|word| word.text)
        .filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()))
        .collect();
    let mut bytes = text.as_bytes().to_vec();
    let mut count = 0;
    for word in words(&text) {
        let lower = word.text.to_ascii_lowercase();
        let right = if opens_sentence(&text, word.at) || lower == "i" {
            titled(&lower)
        } else {
            inner(&text, word, &lower, capitals, &small)
        };
        if right != word.text {
            count += 1;
            for (slot, byte) in bytes.iter_mut().skip(word.at).zip(right.bytes()) {
                *slot = byte;
            }
        }
    }
    if capitals == Capitals::Shouted {
        changes.shouted = count;
    } else {
        changes.odd_case = count;
    }
    // Only ASCII letters were put in place of ASCII letters.
    String::from_utf8(bytes).unwrap_or(text)
}

/// The case of a word inside a sentence.
fn inner(text: &str, word: Word<'_>, lower: &str, capitals: Capitals, small: &HashSet<&str>) -> String {
    let Word { at, text: word } = word;
    let title = is_title(word);
    let upper = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let no_name = lower.len() == 1
        || NEVER_NAMES.contains(&lower)
        || small.contains(lower)
        || (title && is_small(lower) && stands_alone(text, at, word.len()));
    if capitals == Capitals::Shouted || capitals == Capitals::Random || no_name {
        return lower.to_owned();
    }
    if title || upper {
        return word.to_owned();
    }
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        titled(lower)
    } else {
        lower.to_owned()
    }
}

/// Whether no name is around a word: "Department of Public Health" keeps its capitals.
fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let mut next = text.get(at + length..).unwrap_or("").chars();
    let ends = match next.next() {
        Some(' ') => next.next().is_some_and(|c| c.is_ascii_lowercase()),
        Some(mark) => matches!(mark, ',' | '.' | ';' | ':' | '?' | '!'),
        None => true,
    };
    ends && follows_small(text, at)
}

fn titled(lower: &str) -> String {
    let mut letters = lower.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn is_title(word: &str) -> bool {
    let mut bytes = word.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_uppercase()) && bytes.all(|byte| byte.is_ascii_lowercase())
}

/// Runs of ASCII letters, in order.
fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    text.split(|c: char| !c.is_ascii_alphabetic())
        .filter_map(move |word| {
            let start = at;
            // Past the word and the separator behind it.
            at = start + word.len();
            at += text
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
            (!word.is_empty()).then_some(Word {
                at: start,
                text: word,
            })
        })
}

/// Whether what stands before ends a sentence or is the start of the text.
fn opens_sentence(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    let bare = before.trim_end_matches(['"', '\'', '(', '[', '*', '_']);
    let spaced = bare.trim_end();
    spaced.is_empty()
        || (spaced.len() < bare.len()
            && spaced
                .trim_end_matches(['"', '\'', ')'])
                .ends_with(['.', '!', '?']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recased(text: &str) -> (String, Changes) {
        let mut changes = Changes::default();
        (recase(text.to_owned(), &mut changes), changes)
    }

    #[test]
    fn ordinary_text_stays() {
        let texts = [
            "YouTube and iPhone makers met McCoy of OpenAI, PayPal, eBay and LinkedIn in the SoHo of McAllen. They ate.",
            "He read The Mill on Monday. NATO was not there, and the EU was late.",
            "and Then he said And But The mill was Closed and We went.",
        ];
        for text in texts {
            let (same, changes) = recased(&text.repeat(3));
            assert_eq!(same, text.repeat(3));
            assert_eq!(changes, Changes::default());
        }
    }

    #[test]
    fn alternating_letters_are_put_right() {
        let plain =
            "The mill sold flour to the baker. He paid for it and i went home after the long day there. "
                .repeat(2);
        let mut upper = false;
        let attacked: String = plain
            .chars()
            .map(|c| {
                upper = !upper;
                if upper {
                    c.to_ascii_uppercase()
                } else {
                    c.to_ascii_lowercase()
                }
            })
            .collect();
        let (text, changes) = recased(&attacked);
        assert_eq!(text, plain.replace(" i ", " I "));
        assert!(changes.odd_case > 10);
    }

    #[test]
    fn shouted_text_is_calmed() {
        let (text, changes) = recased(&"THE MILL SOLD FLOUR TO A BAKER. HE PAID FOR IT. ".repeat(6));
        assert!(text.starts_with("The mill sold flour to a baker. He paid for it."));
        assert!(changes.shouted > 30);
        assert_eq!(changes.odd_case, 0);
    }

    #[test]
    fn misplaced_capitals_of_words_that_are_no_names_go() {
        let text = "The mill Of Tarnwell sold flour to a baker. Ober Lund Was the owner, and it Is said that he ran it With care.";
        let (text, changes) = recased(text);
        assert_eq!(
            text,
            "The mill of Tarnwell sold flour to a baker. Ober Lund was the owner, and it is said that he ran it with care."
        );
        assert_eq!(changes.odd_case, 4);
    }

    #[test]
    fn capitals_of_everyday_words_go_and_names_keep_theirs() {
        let text = "The mill Sold flour to a baker whose Recent orders came from the Department of Public Health, which Also paid. Ober Lund ran it.";
        let (text, changes) = recased(text);
        assert_eq!(
            text,
            "The mill sold flour to a baker whose recent orders came from the Department of Public Health, which also paid. Ober Lund ran it."
        );
        assert_eq!(changes.odd_case, 3);
    }

    #[test]
    fn two_capitals_on_everyday_words_are_a_habit() {
        let text = "The mill Sold flour to a baker whose Recent orders came from the Department of Public Health, which paid. Ober Lund ran it.";
        assert_eq!(recased(text), (text.to_owned(), Changes::default()));
    }
}
