//! Undoes attacks on the case of letters: "tHe miLl", "SHOUTED TEXT", "the Of mill".
//!
//! Length and place of every byte stay, so the map of the normalised text stays true. Ordinary text is to be left as it is, so
//! each rule has a limit that names, acronyms and a shouted word do not reach.

use std::collections::HashSet;

use super::Changes;

/// Fewest letters of a text that is judged by its share of capitals.
const FEWEST_LETTERS: usize = 200;
/// Share of capitals among the letters, in per cent, from which a text is shouted as a whole: prose has 2 to 6.
const SHOUTED: usize = 70;
/// Fewest words with a capital after a small letter, fewest different ones, and their fewest per hundred words: names such as
/// "YouTube" and "McCoy" make one in a hundred, mostly the same ones.
const ODD: usize = 8;
const ODD_SHARE: usize = 5;
/// Fewest words of [`INNER`] with a capital inside a sentence, fewest different ones, and their fewest per thousand words.
const MISPLACED: usize = 3;
const MISPLACED_SHARE: usize = 6;
/// The same for words of [`NEVER_NAMES`], with which careless writers begin clauses.
const MISPLACED_ANY: usize = 4;
const MISPLACED_ANY_SHARE: usize = 12;

/// Words that open no clause, so that a careless writer does not capitalise them either.
const INNER: &[&str] = &[
    "of", "to", "is", "was", "with", "be", "are", "by", "have", "has", "had", "were", "an", "or", "than",
    "been", "from", "into",
];
/// Words that are no names.
const NEVER_NAMES: &[&str] = &[
    "the", "of", "and", "to", "in", "that", "is", "was", "for", "it", "with", "as", "be", "are", "this",
    "by", "from", "have", "not", "but", "they", "which", "you", "his", "her", "had", "has", "were", "on",
    "at", "an", "or", "we", "he", "she", "their", "its", "so", "if", "no", "there", "what", "when", "who",
    "into", "than", "then", "these", "those", "my", "your", "our", "can", "would", "could", "been", "all",
    "more", "one", "about", "out", "up", "after",
];

/// A word of ASCII letters in the text.
#[derive(Clone, Copy)]
struct Word<'t> {
    at: usize,
    text: &'t str,
}

/// How capitals stand in a text.
#[derive(Clone, Copy, PartialEq)]
enum Capitals {
    Ordinary,
    Shouted,
    Misplaced,
    Random,
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
            inner(word.text, &lower, capitals, &small)
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
fn inner(word: &str, lower: &str, capitals: Capitals, small: &HashSet<&str>) -> String {
    let title = is_title(word);
    let upper = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let no_name = lower.len() == 1 || NEVER_NAMES.contains(&lower) || small.contains(lower);
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

fn titled(lower: &str) -> String {
    let mut letters = lower.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn is_title(word: &str) -> bool {
    let mut bytes = word.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_uppercase()) && bytes.all(|byte| byte.is_ascii_lowercase())
}

/// How many neighbouring bytes are so. In runs that a byte can count, which lets the compiler compare many at once.
fn count(bytes: &[u8], so: impl Fn(u8, u8) -> bool) -> usize {
    let others = bytes.get(1..).unwrap_or(&[]);
    let runs = bytes.chunks(RUN).zip(others.chunks(RUN));
    runs.map(|(ones, others)| {
        let pairs = ones.iter().zip(others);
        usize::from(pairs.fold(0_u8, |sum, (one, other)| sum + u8::from(so(*one, *other))))
    })
    .sum()
}

/// Fewer than a byte can count, and whole registers.
const RUN: usize = 128;

/// Looks for attacks; ordinary text costs a few fast passes over its bytes.
fn capitals(text: &str) -> Capitals {
    let bytes = text.as_bytes();
    let turns = count(bytes, |one, other| {
        one.is_ascii_lowercase() & other.is_ascii_uppercase()
    });
    let after_space = count(bytes, |one, other| (one == b' ') & other.is_ascii_uppercase());
    let first = bytes.first().is_some_and(u8::is_ascii_uppercase);
    let upper = count(bytes, |_, other| other.is_ascii_uppercase()) + usize::from(first);
    if upper * 100 >= FEWEST_LETTERS * SHOUTED {
        let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        if letters >= FEWEST_LETTERS && upper * 100 >= letters * SHOUTED {
            return Capitals::Shouted;
        }
    }
    let first = bytes.first() == Some(&b' ');
    let all = count(bytes, |_, other| other == b' ') + usize::from(first) + 1;
    if turns >= ODD && turns * 100 >= all * ODD_SHARE {
        let odd = words(text).filter(|word| word.text.len() > 1 && is_odd(word.text));
        let odd: Vec<String> = odd.map(|word| word.text.to_ascii_lowercase()).collect();
        let different: HashSet<&String> = odd.iter().collect();
        if different.len() >= ODD && odd.len() * 100 >= all * ODD_SHARE {
            return Capitals::Random;
        }
    }
    if after_space >= MISPLACED && after_space * 1000 >= all * MISPLACED_SHARE {
        // A word with a capital behind a small letter or a comma and a space, and before a small letter.
        let inside = |place: &[u8]| match place {
            [before, b' ', first] => {
                (before.is_ascii_lowercase() || *before == b',') && first.is_ascii_uppercase()
            }
            _ => false,
        };
        let word_at = |at: usize| {
            let rest = text.get(at..)?;
            let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            let word = rest.get(..length).filter(|word| is_title(word))?;
            let next = rest.as_bytes().get(length + 1)?;
            let lower = next.is_ascii_lowercase().then(|| word.to_ascii_lowercase())?;
            NEVER_NAMES.contains(&lower.as_str()).then_some(lower)
        };
        let found: Vec<String> = bytes
            .windows(3)
            .zip(2..)
            .filter(|(place, _)| inside(place))
            .filter_map(|(_, at)| word_at(at))
            .collect();
        let enough = |found: &[&String], least: usize, share: usize| {
            let different: HashSet<&&String> = found.iter().collect();
            different.len() >= least && found.len() * 1000 >= all * share
        };
        let every: Vec<&String> = found.iter().collect();
        let inner: Vec<&String> = found
            .iter()
            .filter(|word| INNER.contains(&word.as_str()))
            .collect();
        if enough(&inner, MISPLACED, MISPLACED_SHARE) || enough(&every, MISPLACED_ANY, MISPLACED_ANY_SHARE) {
            return Capitals::Misplaced;
        }
    }
    Capitals::Ordinary
}

/// Neither small, nor capitals, nor one capital in front; "McCoy" is no odder than "Coy".
fn is_odd(word: &str) -> bool {
    let rest = word
        .strip_prefix("Mc")
        .or(word.strip_prefix("Mac"))
        .unwrap_or(word);
    let bytes = rest.as_bytes();
    let small = bytes.iter().all(u8::is_ascii_lowercase);
    let capital = bytes.iter().all(u8::is_ascii_uppercase);
    !small && !capital && !is_title(rest)
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
}
