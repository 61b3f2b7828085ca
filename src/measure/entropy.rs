//! Entropy and compression: how predictable characters, words and their skeleton are.

use super::class::FUNCTION;
use super::stats::{NLogN, entropy_of, mean};
use super::{Family, Slots, Spec, View};

/// The family.
pub static FAMILY: Family = Family {
    name: "entropy",
    doc: "How predictable the characters, the words and the skeleton of function words are.",
    specs: SPECS,
    measure,
};

static SPECS: &[Spec] = &[
    Spec::new(
        "entropy.lz78",
        "per character",
        (0.0, 1.0),
        150,
        "Phrases of the LZ78 parse of 1,500 characters, over the characters; mean over at most three such windows.",
        "Ziv & Lempel 1978",
    ),
    Spec::new(
        "entropy.character",
        "bits",
        (0.0, 5.33),
        150,
        "Entropy of a character given the one before, in 1,500 characters; mean over at most three such windows.",
        "Shannon 1951",
    ),
    Spec::new(
        "entropy.word",
        "bits",
        (0.0, 7.65),
        200,
        "Entropy of the words in 200 words; mean over such windows.",
        "Shannon 1951",
    ),
    Spec::new(
        "entropy.skeleton",
        "bits",
        (0.0, 7.65),
        200,
        "Entropy of neighbouring pairs in 200 words when all content words are taken for one word; mean over such windows.",
        "byline",
    ),
];

/// Characters in a window: about 250 words.
const CHARACTERS: usize = 1500;
/// Most windows of characters that are looked at, to bound the cost.
const MAX_WINDOWS: usize = 3;
/// Words in a window.
const WORDS: usize = 200;
/// Symbols: 26 letters, the space, ten digits, apostrophe, hyphen, everything else.
const SYMBOLS: usize = 40;
const SPACE: u8 = 26;

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let symbols = symbols(view);
    let windows: Vec<&[u8]> = symbols.chunks_exact(CHARACTERS).take(MAX_WINDOWS).collect();
    // The windows of a text side by side, as the steps of one parse wait for each other.
    let phrases = match windows.as_slice() {
        [a, b, c] => phrases([*a, *b, *c]).to_vec(),
        [a, b] => phrases([*a, *b]).to_vec(),
        [a] => phrases([*a]).to_vec(),
        _ => Vec::new(),
    };
    let phrases: Vec<f64> = phrases
        .iter()
        .map(|found| *found as f64 / CHARACTERS as f64)
        .collect();
    let mut follow = Follow::default();
    let characters: Vec<f64> = windows
        .iter()
        .filter_map(|window| follow.entropy(window))
        .collect();
    slots.set_some("entropy.lz78", mean(&phrases));
    slots.set_some("entropy.character", mean(&characters));

    let mut counts = vec![0_usize; view.types.len()];
    let mut pairs = Pairs::default();
    let n_log_n = NLogN::new();
    let (mut words, mut skeletons) = (vec![], vec![]);
    for (ids, classes) in view
        .ids()
        .chunks_exact(WORDS)
        .zip(view.all_classes().chunks_exact(WORDS))
    {
        for id in ids {
            if let Some(count) = counts.get_mut(*id as usize) {
                *count += 1;
            }
        }
        // Each word's count is taken once and put back to 0 for the next window.
        let counted = ids
            .iter()
            .filter_map(|id| counts.get_mut(*id as usize).map(std::mem::take));
        words.extend(entropy_of(
            WORDS,
            counted.fold(0.0, |sum, count| sum + n_log_n.tabulated(count)),
        ));
        let bones = ids.iter().zip(classes).map(|(id, classes)| {
            if classes.any(FUNCTION) {
                u64::from(*id) + 1
            } else {
                0
            }
        });
        skeletons.extend(pairs.entropy(bones));
    }
    slots.set_some("entropy.word", mean(&words));
    slots.set_some("entropy.skeleton", mean(&skeletons));
}

/// The first symbols of a text: its words joined by one space, so that neither line breaks nor punctuation habits can reach it.
fn symbols(view: &View<'_>) -> Vec<u8> {
    let mut symbols = Vec::with_capacity(CHARACTERS * MAX_WINDOWS + 64);
    for word in view.words {
        let lower = view.document.lower(word);
        if lower.is_ascii() {
            symbols.extend(lower.bytes().map(symbol));
        } else {
            symbols.extend(lower.bytes().map(symbol).filter(|symbol| *symbol != NONE));
        }
        symbols.push(SPACE);
        if symbols.len() >= CHARACTERS * MAX_WINDOWS {
            break;
        }
    }
    symbols
}

/// No symbol: a later byte of a character.
const NONE: u8 = u8::MAX;

const SYMBOL: [u8; 256] = {
    let mut symbols = [0; 256];
    let mut rest: &mut [u8] = &mut symbols;
    let mut byte = 0_u8;
    while let Some((first, after)) = rest.split_first_mut() {
        *first = match byte {
            b'a'..=b'z' => byte - b'a',
            b'0'..=b'9' => 27 + byte - b'0',
            b'\'' => 37,
            b'-' => 38,
            0x80..=0xBF => NONE,
            _ => 39,
        };
        rest = after;
        byte = byte.wrapping_add(1);
    }
    symbols
};

/// The symbol of a byte of lower-case text.
fn symbol(byte: u8) -> u8 {
    SYMBOL.get(usize::from(byte)).copied().unwrap_or(NONE)
}

/// Most phrases of a window: all symbols by themselves, then two symbols a phrase.
const PHRASES: usize = (CHARACTERS + SYMBOLS) / 2 + 1;

/// Number of phrases of the LZ78 parse (Ziv & Lempel 1978) of each window of at most [`CHARACTERS`] symbols: each phrase is the
/// longest known phrase and one symbol more; an unfinished last one counts.
fn phrases<const N: usize>(windows: [&[u8]; N]) -> [usize; N] {
    // For each phrase the places of its children by symbol; 0 is "none", as the empty phrase is nobody's child.
    let mut children = vec![0_u16; N * (PHRASES + 1) * SYMBOLS];
    let mut next = [SYMBOLS as u16; N];
    let mut here = [0_u16; N];
    let longest = windows.iter().map(|window| window.len()).max().unwrap_or(0);
    for at in 0..longest {
        let states = here.iter_mut().zip(&mut next);
        let tables = children.chunks_exact_mut((PHRASES + 1) * SYMBOLS);
        for (((here, next), table), window) in states.zip(tables).zip(&windows) {
            let Some(symbol) = window.get(at) else { continue };
            let Some(child) = table.get_mut(usize::from(*here) + usize::from(*symbol)) else {
                continue;
            };
            // Without a branch: whether a phrase ends is anybody's guess.
            let known = *child;
            let ends = known == 0;
            *child = if ends { *next } else { known };
            *next += if ends { SYMBOLS as u16 } else { 0 };
            *here = known;
        }
    }
    let mut found = [0; N];
    for ((found, next), here) in found.iter_mut().zip(next).zip(here) {
        *found = usize::from(next) / SYMBOLS - 1 + usize::from(here != 0);
    }
    found
}

/// Counts of a symbol and the one after it.
#[derive(Debug)]
struct Follow {
    pairs: Vec<[u16; SYMBOLS]>,
}

impl Default for Follow {
    fn default() -> Self {
        Self {
            pairs: vec![[0; SYMBOLS]; SYMBOLS],
        }
    }
}

impl Follow {
    /// Entropy in bits of a symbol given the one before, in a window of at most [`CHARACTERS`] symbols.
    fn entropy(&mut self, window: &[u8]) -> Option<f64> {
        self.pairs.fill([0; SYMBOLS]);
        for (a, b) in window.iter().zip(window.iter().skip(1)) {
            let row = self.pairs.get_mut(usize::from(*a));
            if let Some(pair) = row.and_then(|row| row.get_mut(usize::from(*b))) {
                *pair += 1;
            }
        }
        let n_log_n = NLogN::new();
        let (mut all, mut pairs, mut firsts) = (0, 0.0, 0.0);
        for row in &self.pairs {
            let first: usize = row.iter().map(|count| usize::from(*count)).sum();
            if first > 0 {
                all += first;
                firsts += n_log_n.tabulated(first);
                // One by one: the order of a sum decides its last bits.
                pairs = row
                    .iter()
                    .fold(pairs, |sum, count| sum + n_log_n.tabulated(usize::from(*count)));
            }
        }
        // Rounding may leave a tiny negative value for a constant text.
        Some((entropy_of(all, pairs)? - entropy_of(all, firsts)?).max(0.0))
    }
}

/// Counts of neighbouring pairs in a window of [`WORDS`] words.
#[derive(Debug)]
struct Pairs {
    /// Pair and its count; a count of 0 is an empty place.
    places: Vec<(u64, usize)>,
    /// Places in use.
    used: Vec<usize>,
}

/// Places for pairs: a power of two, more than twice the window.
const PLACES: usize = 512;
/// Odd multiplier that spreads pairs over 64 bits (the golden ratio's fraction).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl Default for Pairs {
    fn default() -> Self {
        Self {
            places: vec![(0, 0); PLACES],
            used: Vec::with_capacity(WORDS),
        }
    }
}

impl Pairs {
    /// Entropy in bits of the neighbouring pairs of at most [`WORDS`] symbols below 2^32.
    fn entropy(&mut self, symbols: impl Iterator<Item = u64>) -> Option<f64> {
        let mut total = 0;
        let mut previous = None;
        for symbol in symbols {
            if let Some(before) = previous {
                self.add((before << 32) | symbol);
                total += 1;
            }
            previous = Some(symbol);
        }
        let mut repeated: Vec<(u64, usize)> = self
            .used
            .drain(..)
            .filter_map(|at| self.places.get_mut(at).map(std::mem::take))
            .filter(|(_, count)| *count > 1)
            .collect();
        // A sum in a fixed order; what occurs once adds nothing to it.
        repeated.sort_unstable();
        let n_log_n = NLogN::new();
        entropy_of(
            total,
            repeated
                .iter()
                .fold(0.0, |sum, (_, count)| sum + n_log_n.tabulated(*count)),
        )
    }

    fn add(&mut self, pair: u64) {
        let mut at = (pair.wrapping_mul(SPREAD) >> 40) as usize % PLACES;
        while let Some(place) = self.places.get_mut(at) {
            if place.1 == 0 {
                place.0 = pair;
                self.used.push(at);
            }
            if place.0 == pair {
                place.1 += 1;
                return;
            }
            at = (at + 1) % PLACES;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::value_in;
    use super::*;

    fn symbols(text: &str) -> Vec<u8> {
        text.bytes().map(symbol).collect()
    }

    #[test]
    fn lz78_by_hand() {
        // a|b|ab|aba|bb|b: the last one is unfinished.
        assert_eq!(phrases([&symbols("ababababbb")]), [6]);
        // a|aa|aaa|a: the last one is unfinished.
        assert_eq!(phrases([&symbols("aaaaaaa")]), [4]);
        assert_eq!(phrases([&symbols("aaaaaa")]), [3]);
        assert_eq!(phrases([&symbols("abcdef")]), [6]);
        assert_eq!(phrases([&[]]), [0]);
        assert_eq!(phrases([&symbols("aaaaaa"), &symbols("abcdef")]), [3, 6]);
    }

    #[test]
    fn conditional_entropy_by_hand() {
        // a b a b a: the next is always certain.
        assert!(Follow::default().entropy(&symbols("ababa")).unwrap().abs() < 1e-12);
        // aabba: after a: a, b; after b: b, a; one bit each.
        assert!((Follow::default().entropy(&symbols("aabba")).unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn word_and_skeleton_entropies_by_hand() {
        // 4 words 50 times each: 2 bits. Skeleton: "the" x "the" x ...: pairs 100 and 99 of 199.
        let text = "the stone the river ".repeat(50);
        let words = value_in(&text, "entropy.word").unwrap();
        // the 100, stone 50, river 50: 1.5 bits.
        assert!((words - 1.5).abs() < 1e-12, "{words}");
        let p: f64 = 100.0 / 199.0;
        let expected = -(p * p.log2() + (1.0 - p) * (1.0 - p).log2());
        assert!((value_in(&text, "entropy.skeleton").unwrap() - expected).abs() < 1e-12);
    }
}
