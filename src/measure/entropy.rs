//! Entropy and compression: how predictable characters, words and their skeleton are.

use super::class::FUNCTION;
use super::stats::{entropy, mean};
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
    // Words joined by one space: neither line breaks nor punctuation habits can reach it.
    let mut symbols = Vec::with_capacity(CHARACTERS * MAX_WINDOWS + 64);
    for word in view.words {
        symbols.extend(view.document.lower(word).bytes().filter_map(symbol));
        symbols.push(SPACE);
        if symbols.len() >= CHARACTERS * MAX_WINDOWS {
            break;
        }
    }
    let (mut phrases, mut characters) = (vec![], vec![]);
    for window in symbols.chunks_exact(CHARACTERS).take(MAX_WINDOWS) {
        phrases.push(lz78(window) as f64 / CHARACTERS as f64);
        characters.extend(conditional(window));
    }
    slots.set_some("entropy.lz78", mean(&phrases));
    slots.set_some("entropy.character", mean(&characters));

    let mut counts = vec![0_usize; view.types];
    let mut pairs: Vec<u64> = Vec::with_capacity(WORDS);
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
        words.extend(entropy(
            ids.iter()
                .filter_map(|id| counts.get_mut(*id as usize).map(std::mem::take)),
        ));
        pairs.clear();
        let mut previous = None;
        for (id, classes) in ids.iter().zip(classes) {
            let bone = if classes.any(FUNCTION) {
                u64::from(*id) + 1
            } else {
                0
            };
            if let Some(before) = previous {
                pairs.push(before << 32 | bone);
            }
            previous = Some(bone);
        }
        pairs.sort_unstable();
        skeletons.extend(entropy(pairs.chunk_by(|a, b| a == b).map(<[u64]>::len)));
    }
    slots.set_some("entropy.word", mean(&words));
    slots.set_some("entropy.skeleton", mean(&skeletons));
}

/// The symbol of a byte of lower-case text; none for the later bytes of a character.
fn symbol(byte: u8) -> Option<u8> {
    match byte {
        b'a'..=b'z' => Some(byte - b'a'),
        b'0'..=b'9' => Some(27 + byte - b'0'),
        b'\'' => Some(37),
        b'-' => Some(38),
        0x80..=0xBF => None,
        _ => Some(39),
    }
}

/// Number of phrases of the LZ78 parse (Ziv & Lempel 1978): each is the longest known phrase and one symbol
/// more; an unfinished last one counts.
fn lz78(window: &[u8]) -> usize {
    // Children of each phrase, by symbol; 0 is "none", as the empty phrase is nobody's child.
    let mut children: Vec<[u16; SYMBOLS]> = Vec::with_capacity(window.len() / 2);
    children.push([0; SYMBOLS]);
    let mut here = 0_u16;
    let mut phrases = 0;
    for symbol in window {
        let next = children.len();
        let Some(child) = children
            .get_mut(here as usize)
            .and_then(|all| all.get_mut(*symbol as usize))
        else {
            continue;
        };
        if *child == 0 {
            *child = u16::try_from(next).unwrap_or(u16::MAX);
            children.push([0; SYMBOLS]);
            phrases += 1;
            here = 0;
        } else {
            here = *child;
        }
    }
    phrases + usize::from(here != 0)
}

/// Entropy in bits of a symbol given the one before.
fn conditional(window: &[u8]) -> Option<f64> {
    let mut pairs = [0_usize; SYMBOLS * SYMBOLS];
    let mut firsts = [0_usize; SYMBOLS];
    for (a, b) in window.iter().zip(window.iter().skip(1)) {
        let (a, b) = (*a as usize, *b as usize);
        if let (Some(pair), Some(first)) = (pairs.get_mut(a * SYMBOLS + b), firsts.get_mut(a)) {
            *pair += 1;
            *first += 1;
        }
    }
    // Rounding may leave a tiny negative value for a constant text.
    Some((entropy(pairs)? - entropy(firsts)?).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::super::tests::value_in;
    use super::*;

    fn symbols(text: &str) -> Vec<u8> {
        text.bytes().filter_map(symbol).collect()
    }

    #[test]
    fn lz78_by_hand() {
        // a|b|ab|aba|bb|b: the last one is unfinished.
        assert_eq!(lz78(&symbols("ababababbb")), 6);
        // a|aa|aaa|a: the last one is unfinished.
        assert_eq!(lz78(&symbols("aaaaaaa")), 4);
        assert_eq!(lz78(&symbols("aaaaaa")), 3);
        assert_eq!(lz78(&symbols("abcdef")), 6);
        assert_eq!(lz78(&[]), 0);
    }

    #[test]
    fn conditional_entropy_by_hand() {
        // a b a b a: the next is always certain.
        assert!(conditional(&symbols("ababa")).unwrap().abs() < 1e-12);
        // aabba: after a: a, b; after b: b, a; one bit each.
        assert!((conditional(&symbols("aabba")).unwrap() - 1.0).abs() < 1e-12);
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
