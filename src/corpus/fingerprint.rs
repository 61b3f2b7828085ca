//! `Document` -> [`Fingerprint`]: a small sample of a text's wording that finds copies, edited copies, trims and excerpts.
//!
//! The body without its furniture is cut into overlapping runs of four words (Broder 1997); each run is hashed, and the hashes
//! whose last bits are zero are kept. Whether a run is kept depends on its own words alone, so two texts that share a run both
//! keep it or both drop it, however different the rest is. That makes the share of common hashes an estimate of *containment*,
//! which a fixed-size sketch (MinHash) cannot give: an excerpt of 50 words is found in a text of 2,000. (Mod-sampling: Manber
//! 1994; scaled sketches: Irber et al. 2022.) Long texts keep a smaller share, and since the kept sets are nested, texts of
//! any two lengths are compared at the coarser of their two rates.

use unicode_segmentation::UnicodeSegmentation;

use crate::document::{BlockKind, Document, word_hash};

/// Version of everything in this file: two fingerprints can be compared if it is the same.
pub const FINGERPRINT_VERSION: u32 = 1;

/// Words of a run. At 10 % of words edited a run of four survives with probability 0.66 (five: 0.59, and an excerpt of few words
/// is found by fewer runs); runs of three are shared by too many texts that have nothing to do with one another.
pub const SHINGLE_WORDS: usize = 4;

/// Bits of a kept hash: among the runs of a million texts of news length one lookup in some thousand meets another run's hash.
pub const KEY_BITS: u32 = 40;

/// Number of sampling levels: at level `n`, one run in `2^n` is kept.
pub const LEVELS: usize = 5;

/// Most words of a text at each level but the last, which takes all longer ones: a text keeps 40 to 160 hashes, so that its
/// place in an index stays under 2 KB, and no text is sampled so thinly that an excerpt of 60 words would leave no trace.
const LEVEL_WORDS: [usize; LEVELS - 1] = [80, 160, 640, 1280];

/// A kept run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shingle {
    /// Its hash, [`KEY_BITS`] bits; the number of zero bits at its end is the highest level that keeps it.
    pub key: u64,
    /// Place of its first word, counted in words of the body from 0.
    pub place: u32,
}

impl Shingle {
    /// The highest level at which the run is kept.
    #[must_use]
    pub fn level(&self) -> u8 {
        key_level(self.key)
    }
}

/// The highest level at which a key is kept.
#[must_use]
pub fn key_level(key: u64) -> u8 {
    let zeros = key.trailing_zeros().min(LEVELS as u32 - 1);
    u8::try_from(zeros).unwrap_or(0)
}

/// What is kept of a text's wording. See the [module](self).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fingerprint {
    words: u32,
    level: u8,
    shingles: Vec<Shingle>,
}

impl Fingerprint {
    /// The fingerprint of a document's body. Linear in its length; 3 us for 800 words beside the document's own 80 us.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        Self::of_words(&body_words(document))
    }

    /// The fingerprint of a text given as the [hashes](word_hash) of its lower-case words, in order.
    #[must_use]
    pub fn of_words(words: &[u64]) -> Self {
        let level = LEVEL_WORDS
            .iter()
            .position(|most| words.len() <= *most)
            .unwrap_or(LEVELS - 1);
        let level = u8::try_from(level).unwrap_or(0);
        let mask = (1_u64 << level) - 1;
        let mut shingles: Vec<Shingle> = words
            .windows(SHINGLE_WORDS)
            .zip(0..)
            .map(|(run, place)| Shingle { key: key(run), place })
            .filter(|shingle| shingle.key & mask == 0)
            .collect();
        // A run that comes again counts once, where it stands first.
        shingles.sort_unstable_by_key(|shingle| (shingle.key, shingle.place));
        shingles.dedup_by_key(|shingle| shingle.key);
        shingles.sort_unstable_by_key(|shingle| shingle.place);
        Self {
            words: u32::try_from(words.len()).unwrap_or(u32::MAX),
            level,
            shingles,
        }
    }

    /// Words of the body.
    #[must_use]
    pub fn words(&self) -> u32 {
        self.words
    }

    /// Its sampling level: one run in `2^level` is kept.
    #[must_use]
    pub fn level(&self) -> u8 {
        self.level
    }

    /// The kept runs in order of the text, each hash once.
    #[must_use]
    pub fn shingles(&self) -> &[Shingle] {
        &self.shingles
    }

    /// How many runs are kept at each level; those below its own are those of its own.
    #[must_use]
    pub fn counts(&self) -> [u32; LEVELS] {
        let mut counts = [0; LEVELS];
        for shingle in &self.shingles {
            for count in counts.iter_mut().take(usize::from(shingle.level()) + 1) {
                *count += 1;
            }
        }
        counts
    }
}

/// The hash of a run: the words' hashes folded in order, then mixed so that every bit depends on all of them
/// (the finaliser of `MurmurHash3`, Appleby 2011).
fn key(run: &[u64]) -> u64 {
    const FOLD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = run.iter().fold(0_u64, |hash, word| {
        (hash.rotate_left(23) ^ word).wrapping_mul(FOLD)
    });
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^= hash >> 33;
    hash & ((1 << KEY_BITS) - 1)
}

/// Hashes of the words of the body in order: all blocks but site furniture, so that a text whose layout was lost on the way
/// has the words of the one that still has it.
fn body_words(document: &Document) -> Vec<u64> {
    let mut hashes = Vec::with_capacity(document.words().len());
    let mut prose = document.words().iter().peekable();
    for block in document.blocks() {
        match block.kind {
            BlockKind::Furniture(_) => {}
            BlockKind::Prose => {
                while let Some(word) = prose.next_if(|word| word.span.start < block.span.end) {
                    hashes.push(word.hash);
                }
            }
            _ => {
                let words = document.slice(block.span).unicode_words();
                hashes.extend(words.map(|word| word_hash(&word.to_lowercase())));
            }
        }
    }
    hashes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::RawDocument;

    fn of(text: &str) -> Fingerprint {
        Fingerprint::of(&Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        }))
    }

    fn invented(from: usize, to: usize) -> Vec<u64> {
        (from..to).map(|n| word_hash(&format!("w{n}"))).collect()
    }

    #[test]
    fn case_quotes_and_layout_do_not_matter() {
        let one = of(
            "The ferry to Skarholm was \u{201c}late again\u{201d} on Monday, the harbour office said in a note.",
        );
        let other =
            of("the ferry to SKARHOLM was \"late again\" on Monday,\nthe harbour office said in a note.");
        assert!(one.shingles().len() > 5);
        assert_eq!(one, other);
    }

    #[test]
    fn other_words_give_other_hashes() {
        let one = of("The ferry to Skarholm was late again on Monday, the harbour office said.");
        let other = of("A bakery in Tarnwell gave away four hundred loaves before the street was closed.");
        assert!(
            one.shingles()
                .iter()
                .all(|a| other.shingles().iter().all(|b| a.key != b.key))
        );
    }

    #[test]
    fn too_few_words_leave_no_hash() {
        assert!(of("").shingles().is_empty());
        assert!(of("Three words only.").shingles().is_empty());
    }

    #[test]
    fn the_keys_are_fixed() {
        // Indexes on disk hold them: another value here needs another FINGERPRINT_VERSION.
        let keys: Vec<u64> = Fingerprint::of_words(&invented(0, 6))
            .shingles()
            .iter()
            .map(|shingle| shingle.key)
            .collect();
        assert_eq!(keys, [230_391_705_066, 1_095_499_555_819, 172_527_697_207]);
    }

    #[test]
    fn long_texts_are_sampled_at_about_their_rate() {
        for (words, level) in [(80, 0), (160, 1), (640, 2), (1280, 3), (10_000, 4)] {
            let print = Fingerprint::of_words(&invented(0, words));
            assert_eq!(print.level(), level);
            let expected = words as f64 / f64::from(1 << level);
            let off = (print.shingles().len() as f64 - expected).abs();
            assert!(off < 4.0 * expected.sqrt(), "{words}: {}", print.shingles().len());
            assert_eq!(
                print.counts()[usize::from(level)] as usize,
                print.shingles().len()
            );
        }
    }

    proptest! {
        #[test]
        fn a_part_keeps_what_the_whole_keeps(start in 0_usize..2000, length in 10_usize..1500) {
            let words = invented(0, 3500);
            let whole = Fingerprint::of_words(&words);
            let part = Fingerprint::of_words(&words[start..start + length]);
            let level = whole.level().max(part.level());
            let coarse: Vec<u64> = part.shingles().iter().filter(|s| s.level() >= level).map(|s| s.key).collect();
            let inside: Vec<u64> = whole
                .shingles()
                .iter()
                .filter(|s| s.level() >= level)
                .filter(|s| (start..start + length - SHINGLE_WORDS + 1).contains(&(s.place as usize)))
                .map(|s| s.key)
                .collect();
            prop_assert_eq!(coarse, inside);
        }

        #[test]
        fn any_text_gives_a_fingerprint(text in "\\PC{0,400}") {
            let print = of(&text);
            prop_assert!(print.shingles().windows(2).all(|pair| pair[0].place < pair[1].place));
        }
    }
}
