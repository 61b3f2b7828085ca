//! How capitals stand in a text, and whether somebody has misplaced them.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::super::hash::{HashedSet, ascii_lower_hash};
use super::{is_title, words};

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
/// The same for words of [`SMALL_WORDS`] behind a small word, that open no clause as far as [`NEVER_NAMES`] knows.
const MISPLACED_SMALL: usize = 3;
const MISPLACED_SMALL_SHARE: usize = 10;

/// Words that open no clause, so that a careless writer does not capitalise them either.
const INNER: &[&str] = &[
    "of", "to", "is", "was", "with", "be", "are", "by", "have", "has", "had", "were", "an", "or", "than",
    "been", "from", "into",
];
/// Words that people write small inside a sentence: at most one in four hundred stands there with a capital. Written by
/// `cargo run --release --example small_words -- CORPORA`.
const SMALL_WORDS: &str = include_str!("../../../models/lexicons/small_words.txt");
/// Words that are no names.
pub(super) const NEVER_NAMES: &[&str] = &[
    "the", "of", "and", "to", "in", "that", "is", "was", "for", "it", "with", "as", "be", "are", "this",
    "by", "from", "have", "not", "but", "they", "which", "you", "his", "her", "had", "has", "were", "on",
    "at", "an", "or", "we", "he", "she", "their", "its", "so", "if", "no", "there", "what", "when", "who",
    "into", "than", "then", "these", "those", "my", "your", "our", "can", "would", "could", "been", "all",
    "more", "one", "about", "out", "up", "after",
];

/// How capitals stand in a text.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Capitals {
    Ordinary,
    Shouted,
    Misplaced,
    Random,
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
pub(super) fn capitals(text: &str) -> Capitals {
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
    if after_space >= MISPLACED && after_space * 1000 >= all * MISPLACED_SHARE && misplaced(text, all) {
        return Capitals::Misplaced;
    }
    Capitals::Ordinary
}

/// Whether enough words of a text of `all` words have a capital inside a sentence that people do not give them there.
fn misplaced(text: &str, all: usize) -> bool {
    let bytes = text.as_bytes();
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
        rest.as_bytes()
            .get(length + 1)?
            .is_ascii_lowercase()
            .then_some((at, word))
    };
    let places = bytes.windows(3).zip(2..);
    let found = places
        .filter(|(place, _)| inside(place))
        .filter_map(|(_, at)| word_at(at));
    let mut inner = Tally::default();
    let mut any = Tally::default();
    let mut small = Tally::default();
    for (at, word) in found {
        let lower = word.to_ascii_lowercase();
        let never = NEVER_NAMES.contains(&lower.as_str());
        let opens_none = INNER.contains(&lower.as_str());
        if never {
            any.add(word);
        }
        if opens_none {
            inner.add(word);
        }
        if opens_none || (!never && is_small(word) && follows_small(text, at)) {
            small.add(word);
        }
    }
    inner.reaches(MISPLACED, MISPLACED_SHARE, all)
        || any.reaches(MISPLACED_ANY, MISPLACED_ANY_SHARE, all)
        || small.reaches(MISPLACED_SMALL, MISPLACED_SMALL_SHARE, all)
}

/// How many words were found, and which.
#[derive(Default)]
struct Tally {
    count: usize,
    different: HashedSet,
}

impl Tally {
    fn add(&mut self, word: &str) {
        self.count += 1;
        self.different.insert(ascii_lower_hash(word.as_bytes()));
    }

    /// Whether they are as many different ones and as many in a thousand words.
    fn reaches(&self, least: usize, share: usize, all: usize) -> bool {
        self.different.len() >= least && self.count * 1000 >= all * share
    }
}

/// Whether people write a word small inside a sentence.
pub(super) fn is_small(word: &str) -> bool {
    static SMALL: OnceLock<HashedSet> = OnceLock::new();
    let words = SMALL_WORDS.lines().filter(|line| !line.starts_with('#'));
    let small = SMALL.get_or_init(|| words.map(|word| ascii_lower_hash(word.as_bytes())).collect());
    small.contains(&ascii_lower_hash(word.as_bytes()))
}

/// Whether a small word and a space stand before.
pub(super) fn follows_small(text: &str, at: usize) -> bool {
    let before = text
        .get(..at)
        .and_then(|before| before.strip_suffix(' '))
        .unwrap_or("");
    let letters = before.bytes().rev().take_while(u8::is_ascii_alphabetic);
    letters.last().is_some_and(|first| first.is_ascii_lowercase())
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
