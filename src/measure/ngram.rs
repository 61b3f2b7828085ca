//! Hashed n-grams of the style stream: the input of the model's sparse stage.
//!
//! Three channels, each chosen because it says *how* rather than *what about*:
//! - **masked words**, 1- to 3-grams of lower-case words in which names and numbers are replaced by
//!   a mark, so that topics and typing habits ("%" or "percent", "£") weigh little;
//! - **skeleton**, 3- to 5-grams in which only function words stay and every other word is reduced to its
//!   class by suffix (Stamatatos 2009 calls such features syntactic; they carry over to new topics best);
//! - **openers**, the first one to three words of a sentence in either form.
//!
//! N-grams do not cross sentence borders. Grams are hashed (Weinberger et al. 2009) into [`BUCKETS`] buckets.
//! Cost: about 25 ns a word and channel.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::document::{Case, Document, Word, WordKind, word_hash};

/// Version of the extraction; raised whenever the same text may give other buckets.
pub const VERSION: u16 = 1;

/// Number of hash buckets, a power of two.
pub const BUCKETS: u32 = 1 << 19;

/// One n-gram of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gram {
    /// Its bucket, below [`BUCKETS`].
    pub bucket: u32,
    /// Index of its first word in [`Document::words`].
    pub first: u32,
    /// Index of its last word.
    pub last: u32,
}

/// Name and text of the lexicon of this stage.
pub const LEXICON: (&str, &str) = ("skeleton.txt", include_str!("../../models/lexicons/skeleton.txt"));

/// Marks for masked tokens; any fixed values that no word hashes to by chance.
const NAME: u64 = 0x9E37_79B9_7F4A_7C15;
const NUMBER: u64 = 0xC2B2_AE3D_27D4_EB4F;
const START: u64 = 0x1656_67B1_9E37_79F9;

/// How a listed word is treated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    /// A function word: stays in the skeleton.
    Function,
    /// A number in words or a unit of numbers: masked as a number.
    Number,
    /// A percent word: dropped, because other texts write a sign instead.
    Percent,
}

static LISTED: LazyLock<HashMap<u64, Listed>> = LazyLock::new(|| {
    let mut class = Listed::Function;
    let mut map = HashMap::new();
    for line in LEXICON.1.lines().map(str::trim) {
        match line {
            "" => {}
            "[function]" => class = Listed::Function,
            "[number]" => class = Listed::Number,
            "[percent]" => class = Listed::Percent,
            _ if line.starts_with('#') => {}
            _ => {
                for word in line.split_whitespace() {
                    map.insert(word_hash(word), class);
                }
            }
        }
    }
    map
});

/// Suffix classes of the skeleton, longest first.
static SUFFIXES: &[&str] = &[
    "tion", "sion", "ment", "ness", "ance", "ence", "able", "ible", "less", "ship", "ing", "ity", "ous",
    "ive", "ful", "ism", "ist", "est", "ize", "ise", "ate", "ly", "ed", "al", "ic", "er", "or", "en", "s",
    "y",
];

#[derive(Clone, Copy)]
struct Token {
    word: u64,
    skeleton: u64,
    first: u32,
    last: u32,
}

/// The distinct n-grams of a document, sorted by bucket; of equal buckets the first occurrence stays.
#[must_use]
pub fn grams(document: &Document) -> Vec<Gram> {
    let mut out = Vec::with_capacity(document.words().len() * 7);
    let mut tokens: Vec<Token> = Vec::with_capacity(64);
    for sentence in document.sentences() {
        tokens.clear();
        tokens.push(Token {
            word: START,
            skeleton: START,
            first: sentence.words.start,
            last: sentence.words.start,
        });
        let mut opening = true;
        for (word, index) in document.words_of(sentence).iter().zip(sentence.words.start..) {
            if let Some(token) = token(document, word, index, opening) {
                push(&mut tokens, token);
            }
            opening = false;
        }
        channel(&tokens, &mut out);
    }
    out.sort_unstable();
    out.dedup_by_key(|gram| gram.bucket);
    out
}

fn token(document: &Document, word: &Word, index: u32, opening: bool) -> Option<Token> {
    let both = |mark: u64| {
        Some(Token {
            word: mark,
            skeleton: mark,
            first: index,
            last: index,
        })
    };
    match LISTED.get(&word.hash) {
        Some(Listed::Percent) => return None,
        Some(Listed::Number) => return both(NUMBER),
        Some(Listed::Function) => return both(word.hash),
        None => {}
    }
    if word.kind != WordKind::Letters {
        return both(NUMBER);
    }
    if word.case != Case::Lower && !opening {
        return both(NAME);
    }
    let lower = document.lower(word);
    let class = SUFFIXES
        .iter()
        .position(|suffix| lower.len() > suffix.len() + 2 && lower.ends_with(suffix));
    let skeleton = class.map_or(u64::from(word.chars > 6) + 1, |at| at as u64 + 16);
    Some(Token {
        word: word.hash,
        skeleton: mix(NAME, skeleton),
        first: index,
        last: index,
    })
}

/// Appends a token; runs of names or numbers become one.
fn push(tokens: &mut Vec<Token>, token: Token) {
    if let Some(last) = tokens.last_mut()
        && last.word == token.word
        && (token.word == NAME || token.word == NUMBER)
    {
        last.last = token.last;
        return;
    }
    tokens.push(token);
}

/// Length of the masked-word grams and of the skeleton grams.
const WORD_GRAMS: std::ops::RangeInclusive<usize> = 1..=3;
const SKELETON_GRAMS: std::ops::RangeInclusive<usize> = 3..=5;

fn channel(tokens: &[Token], out: &mut Vec<Gram>) {
    for at in 0..tokens.len() {
        let rest = tokens.get(at..).unwrap_or(&[]);
        let (mut word, mut skeleton) = (1, 2);
        for (length, token) in (1..=*SKELETON_GRAMS.end()).zip(rest) {
            word = mix(word, token.word);
            skeleton = mix(skeleton, token.skeleton);
            let first = rest.first().map_or(token.first, |t| t.first);
            if WORD_GRAMS.contains(&length) {
                out.push(Gram {
                    bucket: bucket(word),
                    first,
                    last: token.last,
                });
            }
            if SKELETON_GRAMS.contains(&length) {
                out.push(Gram {
                    bucket: bucket(skeleton),
                    first,
                    last: token.last,
                });
            }
        }
    }
}

/// One step of a multiply-rotate hash.
fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(23) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The top bits, folded to the number of buckets.
fn bucket(hash: u64) -> u32 {
    ((hash ^ (hash >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> (64 - BUCKETS.trailing_zeros())) as u32
}
