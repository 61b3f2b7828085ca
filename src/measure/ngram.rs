//! Hashed n-grams of the style stream: the input of the model's sparse stage.
//!
//! Two channels, chosen because each still tells machine from human when a whole data set is left out
//! (`models/default/card.md` says which were tried and dropped):
//! - **masked words**, 1- to 3-grams of lower-case words in which names and numbers are replaced by a mark and
//!   percent words are dropped, so that topics and typing habits ("%" or "percent", "£") weigh little;
//! - **skeleton**, 2- to 5-grams in which function words and punctuation marks stay and every other word is
//!   reduced to its class by suffix (Stamatatos 2009 calls such features syntactic; they carry over to new topics best).
//!
//! Both begin with a mark for the start of the sentence, and no n-gram crosses its end. Grams are hashed
//! (Weinberger et al. 2009) into [`BUCKETS`] buckets, one half for each channel.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use crate::document::{Case, Document, HashedMap, Span, Word, WordKind, word_hash};

/// Version of the extraction; raised whenever the same text may give other buckets.
pub const VERSION: u16 = 3;

/// Number of hash buckets, a power of two: half of them for each channel. A model has weights for the few in which an n-gram falls
/// that training met often; the more buckets there are, the fewer other n-grams share one of those.
pub const BUCKETS: u32 = 1 << 22;

/// Number of different n-grams that are told apart, a power of two: far more than training meets, so that how often each
/// occurs can be counted. A bucket is a run of [`BUCKETS`] of these numbers.
pub const GRAMS: u32 = 1 << 28;

/// One n-gram of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gram {
    /// Its number, a hash below [`GRAMS`].
    pub number: u32,
    /// Index of its first word in [`Document::words`].
    pub first: u32,
    /// Index of its last word.
    pub last: u32,
}

/// One place of the running text, as the language model reads it: a word, a punctuation mark or the start of a sentence. Unlike
/// n-grams, which are distinct, places repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// The masked word, below [`UNITS`].
    pub word: u32,
    /// What it is taken for if the model does not know the word: its class by suffix.
    pub class: u32,
}

/// Number of different units that are told apart, a power of two: far more than there are words.
pub const UNITS: u32 = 1 << 30;

impl Unit {
    /// The start of a sentence.
    pub const START: Self = Self { word: 0, class: 0 };

    fn of(word: u64, class: u64) -> Self {
        Self {
            word: unit(word),
            class: unit(class),
        }
    }
}

/// A hash in the range of units; 0 is the start of a sentence.
fn unit(hash: u64) -> u32 {
    ((mix(0, hash) >> (64 - UNITS.trailing_zeros())) as u32).max(1)
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

static LISTED: LazyLock<HashedMap<Listed>> = LazyLock::new(|| {
    let mut class = Listed::Function;
    let mut map = HashedMap::default();
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

/// For each last letter, the places of the suffixes that end with it, so that few need comparing.
static BY_LAST: LazyLock<[Vec<usize>; 256]> = LazyLock::new(|| {
    std::array::from_fn(|byte| {
        let ends = |suffix: &str| {
            suffix
                .as_bytes()
                .last()
                .is_some_and(|&last| usize::from(last) == byte)
        };
        (0..SUFFIXES.len())
            .filter(|&at| SUFFIXES.get(at).is_some_and(|suffix| ends(suffix)))
            .collect()
    })
});

/// The suffix class of a lower-case word: the first suffix of the list that leaves at least three bytes.
fn suffix(lower: &str) -> Option<usize> {
    let last = lower.as_bytes().last()?;
    let places = BY_LAST.get(usize::from(*last))?;
    places.iter().copied().find(|&at| {
        SUFFIXES
            .get(at)
            .is_some_and(|suffix| lower.len() > suffix.len() + 2 && lower.ends_with(suffix))
    })
}

/// One unit of a channel: its hash and the word it stands at.
#[derive(Clone, Copy)]
struct Token {
    hash: u64,
    first: u32,
    last: u32,
}

/// A channel: lengths of its n-grams, seed of their hashes, and the half of the numbers that is its own.
struct Channel {
    lengths: RangeInclusive<usize>,
    seed: u64,
    half: u32,
}

const WORDS: Channel = Channel {
    lengths: 1..=3,
    seed: 1,
    half: 0,
};
const SKELETON: Channel = Channel {
    lengths: 2..=5,
    seed: 3,
    half: 1,
};

/// What a document gives to the model's two stages that read words.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The distinct n-grams in order of first occurrence.
    pub grams: Vec<Gram>,
    /// Every unit in order.
    pub units: Vec<Unit>,
}

/// Reads a document. O(words).
#[must_use]
pub fn read(document: &Document) -> Reading {
    let mut out = Out::of(document.words().len());
    let mut units = Vec::with_capacity(document.words().len() * 5 / 4);
    let (mut words, mut skeleton) = (Vec::with_capacity(64), Vec::with_capacity(96));
    for sentence in document.sentences() {
        words.clear();
        skeleton.clear();
        let first = sentence.words.start;
        let start = Token {
            hash: START,
            first,
            last: first,
        };
        words.push(start);
        skeleton.push(start);
        units.push(Unit::START);
        let mut gap = sentence.span.start;
        for (word, index) in document.words_of(sentence).iter().zip(first..) {
            let before = document.slice(Span {
                start: gap,
                end: word.span.start.max(gap),
            });
            gap = word.span.end;
            let Some((masked, shape)) = forms(document, word, index == first) else {
                continue;
            };
            // A run of names or numbers is one.
            if (masked == NAME || masked == NUMBER)
                && let Some(last) = words.last_mut().filter(|last| last.hash == masked)
            {
                last.last = index;
                if let Some(last) = skeleton.last_mut() {
                    last.last = index;
                }
                continue;
            }
            let token = |hash| Token {
                hash,
                first: index,
                last: index,
            };
            words.push(token(masked));
            if let Some(mark) = mark(before) {
                let mark = u64::from(u32::from(mark));
                skeleton.push(token(mark));
                units.push(Unit::of(mark, mark));
            }
            skeleton.push(token(shape));
            units.push(Unit::of(masked, shape));
        }
        let after = document.slice(Span {
            start: gap,
            end: sentence.span.end.max(gap),
        });
        if let Some(mark) = mark(after) {
            let mark = u64::from(u32::from(mark));
            units.push(Unit::of(mark, mark));
        }
        out.channel(&WORDS, &words);
        out.channel(&SKELETON, &skeleton);
    }
    out.grams.truncate(out.count);
    Reading {
        grams: out.grams,
        units,
    }
}

/// The n-grams alone.
#[must_use]
pub fn grams(document: &Document) -> Vec<Gram> {
    read(document).grams
}

/// The first punctuation mark between two words; signs of money and percent are typing habits.
fn mark(gap: &str) -> Option<char> {
    if gap == " " {
        return None;
    }
    gap.chars()
        .find(|mark| !mark.is_whitespace() && !matches!(mark, '%' | '$' | '£' | '€' | '¥'))
}

/// The masked and the skeleton form of a word; `None` for one that is dropped.
fn forms(document: &Document, word: &Word, opening: bool) -> Option<(u64, u64)> {
    match LISTED.get(&word.hash) {
        Some(Listed::Percent) => return None,
        Some(Listed::Number) => return Some((NUMBER, NUMBER)),
        Some(Listed::Function) => return Some((word.hash, word.hash)),
        None => {}
    }
    if word.kind != WordKind::Letters {
        return Some((NUMBER, NUMBER));
    }
    if word.case != Case::Lower && !opening {
        return Some((NAME, NAME));
    }
    let class = suffix(document.lower(word)).map_or(u64::from(word.chars > 6) + 1, |at| at as u64 + 16);
    Some((word.hash, mix(NAME, class)))
}

/// Places of the table of distinct n-grams for each word to begin with: prose has about five n-grams a word.
const PLACES_PER_WORD: usize = 12;

/// Collects distinct n-grams.
struct Out {
    /// Those found, and room behind them.
    grams: Vec<Gram>,
    /// How many were found.
    count: usize,
    /// Open addressing with linear probing: number + 1, or 0 for a free place. A power of two long and at most half full.
    seen: Vec<u32>,
}

impl Out {
    fn of(words: usize) -> Self {
        let places = (words * PLACES_PER_WORD).next_power_of_two();
        Self {
            grams: vec![Gram::default(); words * 6],
            count: 0,
            seen: vec![0; places.max(64)],
        }
    }

    fn channel(&mut self, channel: &Channel, tokens: &[Token]) {
        let most = tokens.len() * channel.lengths.clone().count();
        self.make_room(most);
        let mut count = self.count;
        for at in 0..tokens.len() {
            let rest = tokens.get(at..).unwrap_or(&[]);
            let first = rest.first().map_or(0, |token| token.first);
            let mut hash = channel.seed;
            for (length, token) in (1..=*channel.lengths.end()).zip(rest) {
                hash = mix(hash, token.hash);
                if length >= *channel.lengths.start() {
                    let number = number(hash, channel.half);
                    // Without a branch: whether an n-gram is new is anybody's guess.
                    if let Some(slot) = self.grams.get_mut(count) {
                        *slot = Gram {
                            number,
                            first,
                            last: token.last,
                        };
                    }
                    count += usize::from(enter(&mut self.seen, number));
                }
            }
        }
        self.count = count;
    }

    /// Makes room for so many more n-grams.
    fn make_room(&mut self, more: usize) {
        let most = self.count + more;
        if self.grams.len() < most {
            self.grams.resize(most.max(self.grams.len() * 2), Gram::default());
        }
        if most > self.seen.len() / 2 {
            self.seen = vec![0; (most * 2).next_power_of_two().max(self.seen.len() * 2)];
            for gram in self.grams.iter().take(self.count) {
                enter(&mut self.seen, gram.number);
            }
        }
    }
}

/// Enters a number into a table with a free place; whether it was new.
fn enter(seen: &mut [u32], number: u32) -> bool {
    let mask = seen.len() - 1;
    let mut at = number as usize & mask;
    while let Some(place) = seen.get_mut(at) {
        let before = *place;
        if before == 0 || before == number + 1 {
            *place = number + 1;
            return before == 0;
        }
        at = (at + 1) & mask;
    }
    false
}

/// The bucket, below [`BUCKETS`], in which the n-gram of a number falls.
#[must_use]
pub const fn bucket(number: u32) -> u32 {
    number / (GRAMS / BUCKETS)
}

/// One step of a multiply-rotate hash.
fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(23) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The top bits, folded to the numbers of one half.
fn number(hash: u64, half: u32) -> u32 {
    let own = (GRAMS / 2).trailing_zeros();
    let top = (hash ^ (hash >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> (64 - own);
    (half << own) | top as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::RawDocument;

    fn document(text: &str) -> Document {
        Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        })
    }

    #[test]
    fn names_figures_and_percent_words_do_not_change_the_grams() {
        let buckets = |text: &str| {
            grams(&document(text))
                .iter()
                .map(|g| g.number)
                .collect::<Vec<_>>()
        };
        let one = buckets("The mill in Tarnwell sold 12 percent more flour to Ober Lund, it said.");
        let other = buckets("The mill in Brask sold 31.5% more flour to Ann, it said.");
        assert_eq!(one, other);
        assert_ne!(
            one,
            buckets("The mill in Brask sold 31.5% more flour to Ann it said."),
            "marks count"
        );
    }

    #[test]
    fn grams_are_distinct_and_stay_within_a_sentence() {
        let document = document("The mill closed. The mill closed. It had been open for years.");
        let found = grams(&document);
        let distinct: std::collections::BTreeSet<u32> = found.iter().map(|g| g.number).collect();
        assert_eq!(distinct.len(), found.len());
        let sentence = |word: u32| document.words()[word as usize].sentence;
        assert!(found.iter().all(|g| sentence(g.first) == sentence(g.last)));
    }

    #[test]
    fn units_repeat_keep_marks_and_begin_every_sentence() {
        let units = read(&document("The mill closed, it said. The mill closed.")).units;
        let starts: Vec<usize> = (0..units.len()).filter(|&at| units[at] == Unit::START).collect();
        // START the mill closed , it said . START the mill closed .
        assert_eq!((units.len(), starts), (13, vec![0, 8]));
        assert_eq!(units[1..4], units[9..12]);
        assert_eq!(units[7], units[12]);
        assert!(units.iter().all(|unit| unit.word < UNITS && unit.class < UNITS));
        let other = read(&document("The mall closed, it said. The mall closed.")).units;
        assert_ne!(units[2].word, other[2].word);
        assert_eq!(
            units[2].class, other[2].class,
            "both are short nouns without a suffix"
        );
    }

    #[test]
    fn a_suffix_leaves_a_stem() {
        assert_eq!(suffix("nation"), suffix("motion"));
        assert_eq!(suffix("walking").map(|at| SUFFIXES[at]), Some("ing"));
        assert_eq!(suffix("king"), None);
        assert_eq!(suffix("sing"), None);
    }
}
