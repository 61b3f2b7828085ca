//! Two texts -> the passages that stand in both, word for word or nearly.
//!
//! Runs of equal words are found through shared word 4-grams and laid as tiles, the longest first (greedy string tiling:
//! Wise 1993); tiles that follow one another in both texts with a few words between them are joined and the words between them
//! aligned (Myers 1986, by `similar`).

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::text::{Text, Token, gram};

/// Words of a seed: shorter runs are met by chance in any two texts on one subject.
pub(super) const SEED_WORDS: usize = 4;
/// Places of one seed in one text beyond which it is a refrain and passed over; bounds the work.
const MAX_PLACES: usize = 6;
/// Words that may stand between two tiles of one passage, in either text: an editor's change is shorter.
const GAP_WORDS: usize = 6;
/// Fewest words of a passage that agree: stock phrases run to five or six ("for the first time in years").
pub(super) const MIN_WORDS: usize = 8;
/// Fewest content words of the author's own in a passage; names, numbers and quoted speech are common to all who report.
const MIN_PLAIN: usize = 4;
/// Words from which a passage needs no words of one's own: nobody repeats a list that long by chance.
const LONG_WORDS: usize = 20;
/// Least similarity of a near passage: below half the words no reader would call it the same.
const MIN_SIMILARITY: f64 = 0.6;
/// Share of a passage's words, in either text, from which it counts as quoted speech.
const QUOTED_SHARE: f64 = 0.8;

/// A text made ready for matching.
#[derive(Debug)]
pub(super) struct Prepared<'t> {
    pub text: &'t Text,
    /// Words that do not count: the house's shell.
    pub masked: Vec<bool>,
    /// (hash of a seed, place of its first word), sorted.
    seeds: Vec<(u64, u32)>,
}

impl<'t> Prepared<'t> {
    /// Prepares a text; `masked` may be shorter than the text (the rest counts). Cost: one sort of its words.
    pub fn new(text: &'t Text, masked: Vec<bool>) -> Self {
        let mut made = Self {
            text,
            masked,
            seeds: Vec::new(),
        };
        made.seeds = text
            .tokens
            .windows(SEED_WORDS)
            .enumerate()
            .filter(|(at, _)| (*at..at + SEED_WORDS).all(|at| !made.is_masked(at)))
            .filter_map(|(at, words)| {
                let at = u32::try_from(at).ok()?;
                Some((gram(words.iter().map(|word| word.hash)), at))
            })
            .collect();
        made.seeds.sort_unstable();
        made
    }

    fn is_masked(&self, at: usize) -> bool {
        self.masked.get(at).copied().unwrap_or(false)
    }

    /// Winnowed seeds: what candidate pairs are found by.
    pub fn fingerprints(&self) -> Vec<u64> {
        let mut in_order: Vec<(u32, u64)> = self.seeds.iter().map(|&(hash, at)| (at, hash)).collect();
        in_order.sort_unstable();
        let seeds: Vec<u64> = in_order.into_iter().map(|seed| seed.1).collect();
        super::candidates::winnowed(&seeds)
    }

    /// Words that count.
    pub fn counted(&self) -> usize {
        self.text.len() - self.masked.iter().filter(|masked| **masked).count()
    }
}

/// A passage in two texts, as ranges of words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Match {
    pub a: Range<usize>,
    pub b: Range<usize>,
    /// Words that agree.
    pub words: usize,
    /// Share of the words that agree, 0 to 1: 2 x agreeing / all words of both.
    pub similarity: f64,
    /// Mostly quoted speech in both texts.
    pub quoted: bool,
}

impl Match {
    /// Word for word.
    pub fn exact(&self) -> bool {
        self.words == self.a.len() && self.words == self.b.len()
    }
}

/// A run of equal words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tile {
    pub a: usize,
    pub b: usize,
    pub len: usize,
}

/// The passages of two texts, the longest first. Cost: near linear in their words.
pub(super) fn matches(a: &Prepared<'_>, b: &Prepared<'_>) -> Vec<Match> {
    joined(a.text, b.text, &tiles(a, b))
}

/// Runs of at least [`SEED_WORDS`] equal words, none sharing a word with another, in the order of `a`.
pub(super) fn tiles(a: &Prepared<'_>, b: &Prepared<'_>) -> Vec<Tile> {
    let mut runs = runs(&meetings(&a.seeds, &b.seeds));
    runs.sort_by_key(|tile| (std::cmp::Reverse(tile.len), tile.a, tile.b));
    let (mut used_a, mut used_b) = (vec![false; a.text.len()], vec![false; b.text.len()]);
    let mut kept = Vec::new();
    for run in runs {
        // What is left of the run once longer ones have taken their words.
        let free = |at: usize| {
            let taken = |used: &[bool], at: usize| used.get(at).copied().unwrap_or(true);
            !taken(&used_a, run.a + at) && !taken(&used_b, run.b + at)
        };
        let mut parts = Vec::new();
        let mut start = None;
        for at in 0..=run.len {
            match (start, at < run.len && free(at)) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    parts.push((from, at - from));
                    start = None;
                }
                _ => {}
            }
        }
        for (from, len) in parts.into_iter().filter(|(_, len)| *len >= SEED_WORDS) {
            let tile = Tile {
                a: run.a + from,
                b: run.b + from,
                len,
            };
            take(&mut used_a, tile.a, len);
            take(&mut used_b, tile.b, len);
            kept.push(tile);
        }
    }
    kept.sort_by_key(|tile| (tile.a, tile.b));
    kept
}

fn take(used: &mut [bool], from: usize, len: usize) {
    used.iter_mut().skip(from).take(len).for_each(|used| *used = true);
}

/// Places of equal seeds: a join of two sorted lists, refrains left out.
fn meetings(a: &[(u64, u32)], b: &[(u64, u32)]) -> Vec<(i64, u32)> {
    let mut met = Vec::new();
    let mut groups_b = b.chunk_by(|x, y| x.0 == y.0).peekable();
    for group in a.chunk_by(|x, y| x.0 == y.0) {
        let Some(&(hash, _)) = group.first() else { continue };
        while groups_b
            .next_if(|other| other.first().is_some_and(|&(h, _)| h < hash))
            .is_some()
        {}
        let Some(other) = groups_b.next_if(|other| other.first().is_some_and(|&(h, _)| h == hash)) else {
            continue;
        };
        if group.len() > MAX_PLACES || other.len() > MAX_PLACES {
            continue;
        }
        for &(_, at_a) in group {
            for &(_, at_b) in other {
                met.push((i64::from(at_a) - i64::from(at_b), at_a));
            }
        }
    }
    met.sort_unstable();
    met
}

/// Seeds on one diagonal that follow one another are one run.
fn runs(met: &[(i64, u32)]) -> Vec<Tile> {
    let follows = |x: &(i64, u32), y: &(i64, u32)| x.0 == y.0 && y.1 - x.1 <= 1;
    met.chunk_by(follows)
        .filter_map(|run| {
            let (&(diagonal, first), &(_, last)) = (run.first()?, run.last()?);
            Some(Tile {
                a: first as usize,
                b: usize::try_from(i64::from(first) - diagonal).ok()?,
                len: (last - first) as usize + SEED_WORDS,
            })
        })
        .collect()
}

fn joined(a: &Text, b: &Text, tiles: &[Tile]) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    let mut open: Option<(Range<usize>, Range<usize>, usize)> = None;
    let mut close = |passage: Option<(Range<usize>, Range<usize>, usize)>| {
        found.extend(passage.and_then(|(in_a, in_b, pure)| judged(a, b, in_a, in_b, pure)));
    };
    for tile in tiles {
        let (in_a, in_b) = (tile.a..tile.a + tile.len, tile.b..tile.b + tile.len);
        open = match open.take() {
            Some((oa, ob, pure))
                if in_b.start >= ob.end
                    && in_a.start - oa.end <= GAP_WORDS
                    && in_b.start - ob.end <= GAP_WORDS =>
            {
                let pure = if in_a.start == oa.end && in_b.start == ob.end {
                    pure + tile.len
                } else {
                    0
                };
                Some((oa.start..in_a.end, ob.start..in_b.end, pure))
            }
            before => {
                close(before);
                Some((in_a, in_b, tile.len))
            }
        };
    }
    close(open);
    found.sort_by_key(|passage| (std::cmp::Reverse(passage.words), passage.a.start, passage.b.start));
    found
}

/// A passage, if it is long and telling enough. `pure`: its words, if all of them agree in order.
fn judged(a: &Text, b: &Text, in_a: Range<usize>, in_b: Range<usize>, pure: usize) -> Option<Match> {
    let (words_a, words_b) = (a.slice(in_a.clone()), b.slice(in_b.clone()));
    let agreeing: Vec<&Token> = if pure == in_a.len() && pure == in_b.len() {
        words_a.iter().collect()
    } else {
        equal_words(words_a, words_b)
    };
    let words = agreeing.len();
    let plain = agreeing.iter().filter(|word| word.plain()).count();
    let quoted = share_quoted(words_a).min(share_quoted(words_b)) >= QUOTED_SHARE;
    let telling = plain >= MIN_PLAIN || words >= LONG_WORDS || quoted;
    let similarity = 2.0 * words as f64 / (in_a.len() + in_b.len()).max(1) as f64;
    (words >= MIN_WORDS && telling && similarity >= MIN_SIMILARITY).then_some(Match {
        a: in_a,
        b: in_b,
        words,
        similarity,
        quoted,
    })
}

fn share_quoted(words: &[Token]) -> f64 {
    words.iter().filter(|word| word.quoted).count() as f64 / words.len().max(1) as f64
}

/// The words of `a` that stand in `b` in the same order.
pub(super) fn equal_words<'w>(a: &'w [Token], b: &[Token]) -> Vec<&'w Token> {
    let hashes = |words: &[Token]| words.iter().map(|word| word.hash).collect::<Vec<u64>>();
    capture_diff_slices(Algorithm::Myers, &hashes(a), &hashes(b))
        .iter()
        .filter_map(|op| match *op {
            DiffOp::Equal { old_index, len, .. } => a.get(old_index..old_index + len),
            _ => None,
        })
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{Document, RawDocument};

    fn document(text: &str) -> Document {
        Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        })
    }

    fn found(a: &str, b: &str) -> Vec<(String, String, bool, bool)> {
        let (a, b) = (document(a), document(b));
        let (text_a, text_b) = (Text::of(&a), Text::of(&b));
        let passages = matches(
            &Prepared::new(&text_a, Vec::new()),
            &Prepared::new(&text_b, Vec::new()),
        );
        passages
            .iter()
            .map(|m| {
                let of = |d: &Document, t: &Text, r: &Range<usize>| d.slice(t.span(r).unwrap()).to_owned();
                (of(&a, &text_a, &m.a), of(&b, &text_b, &m.b), m.exact(), m.quoted)
            })
            .collect()
    }

    const LEDE: &str = "Tarnwell Grid will replace four thousand meters along the northern line before the heating season starts, its board decided.";

    #[test]
    fn a_copied_sentence_is_found_whole_and_word_for_word() {
        let a = format!("The week was quiet in Corvane. {LEDE} Nobody objected.");
        let b = format!("{LEDE} Residents were told by letter, and some had doubts about the noise.");
        let found = found(&a, &b);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, LEDE.trim_end_matches('.'));
        assert!(found[0].2 && !found[0].3);
    }

    #[test]
    fn an_edited_sentence_is_a_near_passage() {
        let b = LEDE
            .replace("four thousand", "4,000")
            .replace("its board decided", "the board has decided");
        let found = found(LEDE, &b);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(!found[0].2);
    }

    #[test]
    fn stock_phrases_names_and_numbers_are_no_passage() {
        let a = "Shares of Corvane Steel rose for the first time in three years on Monday, a trader said.";
        let b =
            "Rain fell for the first time in three years on Monday, and the farmers of the valley danced.";
        assert!(found(a, b).is_empty());
    }

    #[test]
    fn quoted_speech_is_marked() {
        let quote = "\"We will not sell a single acre of this land to anybody who asks for it\"";
        let a = format!("{quote}, Mara Quill said at the gate. The crowd cheered loudly.");
        let b = format!("Asked by our reporter, Ms Quill was blunt. {quote}, she said.");
        let found = found(&a, &b);
        assert_eq!(found.len(), 1);
        assert!(found[0].3);
    }

    #[test]
    fn a_swapped_order_gives_two_passages() {
        let one = "The harbour board wants cranes that can lift two boxes at once from the larger ships.";
        let two = "Fishermen on the eastern quay fear that dredging will drive the herring further out.";
        assert_eq!(found(&format!("{one} {two}"), &format!("{two} {one}")).len(), 2);
    }

    proptest! {
        #[test]
        fn passages_lie_inside_both_texts(a in "([a-d ]{0,60}[.\n]){0,6}", b in "([a-d ]{0,60}[.\n]){0,6}", c in "\\PC{0,200}") {
            let left = document(&format!("{a}{c}"));
            let right = document(&format!("{c}{b}"));
            let (ta, tb) = (Text::of(&left), Text::of(&right));
            for m in matches(&Prepared::new(&ta, Vec::new()), &Prepared::new(&tb, vec![true; 3])) {
                prop_assert!(m.a.end <= ta.len() && m.b.end <= tb.len());
                prop_assert!(m.words <= m.a.len() && m.words <= m.b.len());
                prop_assert!(m.similarity > 0.0 && m.similarity <= 1.0);
            }
        }
    }
}
