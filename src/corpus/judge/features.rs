//! Two texts -> the named features of a pair: how much of one stands in the other, in what wording and in what order.

use super::order::{Place, agreement, places, rising};
use crate::corpus::passage::{Match, Prepared, Tile, tiles};
use crate::corpus::text::{Text, Token, gram};

/// A pair feature. Changing what one measures raises its version, and a model trained on the old one is refused.
#[derive(Debug)]
pub struct Spec {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: u16,
    /// What it measures, in words.
    pub about: &'static str,
}

macro_rules! specs {
    ($($name:literal, $version:literal, $about:literal;)*) => {
        /// Every pair feature, in order. It does not matter which text is first; shares are 0 to 1.
        pub const SPECS: &[Spec] = &[$(Spec { name: $name, version: $version, about: $about }),*];
    };
}

specs! {
    "passages.more", 1, "Share of the words of the text that has more of them in shared passages, quoted speech left out.";
    "passages.less", 1, "The same of the other text.";
    "passages.longest", 1, "Words of the longest shared passage (logarithm).";
    "passages.verbatim", 1, "Words in a row, up to forty, that the longest passage without quoted speech holds word for word, as a share of forty.";
    "runs.share", 1, "Share of the shorter text's words in runs of four or more that stand in the other text.";
    "words.content", 1, "Share of the shorter text's content words (stems) that the other text has.";
    "words.plain", 1, "The same without names, numbers and quoted speech.";
    "words.bigrams", 1, "Share of the shorter text's pairs of neighbouring words that the other text has.";
    "words.trigrams", 1, "The same of three neighbouring words.";
    "words.fourgrams", 1, "The same of four neighbouring words.";
    "words.content_bigrams", 1, "Share of the shorter text's pairs of neighbouring content words (stems) that the other text has.";
    "words.once", 1, "Share of the content words that the shorter text has just once, names and numbers aside, that the other has just once as well.";
    "words.order", 1, "How far beyond chance the content words that both texts have just once stand in the same order (logarithm; below 0: in the reverse order).";
    "words.near", 1, "Share of the shorter text's pairs of content words that stand near one another and do so in the other text.";
    "words.grammar", 1, "Share of the shorter text's runs of six words of grammar, content words left out, that the other text has.";
    "sentences.best", 1, "How much of a sentence's content words the most alike sentence of the other text has, on average over the shorter text.";
    "sentences.half", 1, "Share of the shorter text's sentences of which the most alike one of the other text has half the content words.";
    "sentences.order", 2, "Share of the shorter text's sentences whose most alike sentences of the other text, a fifth of the content words in common or more, follow one another there too.";
    "sentences.gathered", 1, "Of the content words that the shorter text's sentences have in common with the other text, the share that stands in the one most alike sentence of it.";
    "facts.numbers", 1, "Share of the numbers that the text with fewer has in common with the other.";
    "facts.shared_numbers", 1, "How many different numbers both texts give (logarithm).";
    "facts.names", 1, "Share of the names that the text with fewer has in common with the other.";
    "facts.order", 1, "Share of the names and numbers of one text that follow one another in the other in the same order.";
    "quotes.share", 1, "Share of the shared runs that is quoted speech.";
    "length.ratio", 1, "Words of the shorter text for each word of the longer.";
}

/// The features of a pair, in the order of [`SPECS`]; `None` where a text has nothing to measure.
#[derive(Debug, Clone, PartialEq)]
pub struct PairFeatures {
    /// Values.
    pub values: Vec<Option<f64>>,
}

/// A text with what the features of its pairs have in common: measured once for all pairs.
#[derive(Debug)]
pub(in crate::corpus) struct Profile {
    grams: [Vec<u64>; 3],
    content_bigrams: Vec<u64>,
    /// Plain stems that stand once.
    once: Vec<u64>,
    /// Content stems that stand once, names and numbers too, with their places.
    places: Vec<Place>,
    /// Pairs of content stems within [`NEAR`] content words, in either order.
    near: Vec<u64>,
    /// Runs of [`GRAMMAR`] words of grammar.
    grammar: Vec<u64>,
    stems: Vec<u64>,
    plain: Vec<u64>,
    numbers: Vec<u64>,
    names: Vec<u64>,
    /// Names and numbers where they first stand, in order.
    facts: Vec<u64>,
    /// Distinct content stems of each unit that has enough of them.
    sentences: Vec<Vec<u64>>,
    words: usize,
}

/// Fewest content words of a sentence that is compared: in shorter ones one word decides.
const SENTENCE_CONTENT: usize = 4;
/// Share of a sentence's content words from which it is alike another.
const ALIKE: f64 = 0.5;
/// Share from which it counts for the order of sentences: a reworded sentence keeps little more, and only a run in order counts.
const FOLLOWS: f64 = 0.2;
/// Fewest sentences of the shorter text of which the order says anything: two stand in order by chance, and where there are few,
/// one of them is bound to have what is shared.
const FEWEST_SENTENCES: usize = 4;
/// Most sentences that are compared each with each: bounds the work on very long texts.
const MAX_SENTENCES: usize = 400;
/// Most names and numbers whose order is compared; bounds the work likewise.
const MAX_FACTS: usize = 600;
/// Fewest items of which a share says anything.
const FEWEST: usize = 2;

impl Profile {
    /// Measures a text. `masked` words do not count. Cost: a few sorts of its words.
    pub fn of(text: &Text, masked: &[bool]) -> Self {
        let counts = |at: &usize| !masked.get(*at).copied().unwrap_or(false);
        let tokens: Vec<&Token> = text
            .tokens
            .iter()
            .enumerate()
            .filter(|(at, _)| counts(at))
            .map(|(_, token)| token)
            .collect();
        let grams = |n: usize| distinct(tokens.windows(n).map(|words| gram(words.iter().map(|w| w.hash))));
        let content: Vec<&&Token> = tokens.iter().filter(|token| token.content()).collect();
        let stems_of = |keep: &dyn Fn(&Token) -> bool| {
            distinct(tokens.iter().filter(|token| keep(token)).map(|token| token.stem))
        };
        let mut facts: Vec<u64> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for token in tokens.iter().filter(|token| token.name || token.number) {
            if seen.insert(token.hash) && facts.len() < MAX_FACTS {
                facts.push(token.hash);
            }
        }
        let sentences = tokens
            .chunk_by(|a, b| a.unit == b.unit)
            .map(|unit| {
                distinct(
                    unit.iter()
                        .filter(|token| token.content())
                        .map(|token| token.stem),
                )
            })
            .filter(|stems| stems.len() >= SENTENCE_CONTENT)
            .take(MAX_SENTENCES)
            .collect();
        Self {
            grams: [grams(2), grams(3), grams(4)],
            content_bigrams: distinct(content.windows(2).map(|words| gram(words.iter().map(|w| w.stem)))),
            once: once(
                tokens
                    .iter()
                    .filter(|token| token.plain())
                    .map(|token| token.stem),
            ),
            places: places(content.iter().map(|token| token.stem)),
            near: near(&content.iter().map(|token| token.stem).collect::<Vec<_>>()),
            grammar: distinct(
                tokens
                    .iter()
                    .filter(|token| token.common)
                    .map(|token| token.hash)
                    .collect::<Vec<_>>()
                    .windows(GRAMMAR)
                    .map(|run| gram(run.iter().copied())),
            ),
            stems: stems_of(&|token| token.content()),
            plain: stems_of(&|token| token.plain()),
            numbers: distinct(tokens.iter().filter(|t| t.number).map(|t| t.hash)),
            names: stems_of(&|token| token.name && !token.number),
            facts,
            sentences,
            words: tokens.len(),
        }
    }

    /// Its content stems, sorted.
    pub fn stems(&self) -> &[u64] {
        &self.stems
    }

    /// Numbers it gives, sorted.
    pub fn numbers(&self) -> &[u64] {
        &self.numbers
    }
}

/// Content words apart within which two stand near one another: a clause.
const NEAR: usize = 4;
/// Words of grammar in a run: their order outlives a change of content words (Stamatatos 2011, who takes eight and more).
const GRAMMAR: usize = 6;

/// Hashes that stand just once, sorted: words that a text is not about, and so the more telling (hapax legomena; Clough et al.
/// 2002).
fn once(hashes: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut all: Vec<u64> = hashes.collect();
    all.sort_unstable();
    all.chunk_by(|x, y| x == y)
        .filter(|group| group.len() == 1)
        .filter_map(|group| group.first().copied())
        .collect()
}

fn near(stems: &[u64]) -> Vec<u64> {
    let pairs = stems.iter().enumerate().flat_map(|(at, one)| {
        let following = stems
            .iter()
            .skip(at + 1)
            .take(NEAR)
            .filter(move |other| *other != one);
        following.map(move |other| gram([*one.min(other), *one.max(other)].into_iter()))
    });
    distinct(pairs)
}

fn distinct(hashes: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut all: Vec<u64> = hashes.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Items that two sorted lists have in common.
pub(in crate::corpus) fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut count = 0;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                count += 1;
                a.next();
                b.next();
            }
        }
    }
    count
}

/// Share of the shorter list that the other has.
fn overlap(a: &[u64], b: &[u64]) -> Option<f64> {
    let fewer = a.len().min(b.len());
    (fewer >= FEWEST).then(|| common(a, b) as f64 / fewer as f64)
}

/// The features of a pair with its passages. Cost: linear in the words, but for the product of the numbers of sentences.
pub(in crate::corpus) fn measure(
    (a, pa): (&Prepared<'_>, &Profile),
    (b, pb): (&Prepared<'_>, &Profile),
    matches: &[Match],
) -> PairFeatures {
    let tiles = tiles(a, b);
    let contained = containment(a, b, matches);
    let longest = matches
        .iter()
        .filter(|passage| !passage.quoted)
        .map(|passage| passage.words)
        .max()
        .unwrap_or(0);
    let shorter = pa.words.min(pb.words);
    let tiled: usize = tiles.iter().map(|tile| tile.len).sum();
    let [bi, tri, four] = [0, 1, 2].map(|n: usize| {
        let (a, b) = (pa.grams.get(n)?, pb.grams.get(n)?);
        overlap(a, b)
    });
    let (small, large) = if (pa.sentences.len(), pa.words) <= (pb.sentences.len(), pb.words) {
        (pa, pb)
    } else {
        (pb, pa)
    };
    let alike = alike(small, large);
    let shared_numbers = common(&pa.numbers, &pb.numbers);
    let ratio = shorter as f64 / pa.words.max(pb.words).max(1) as f64;
    let values = vec![
        Some(contained[0].max(contained[1])),
        Some(contained[0].min(contained[1])),
        Some((longest as f64).ln_1p()),
        Some(verbatim(a.text, &tiles)),
        (shorter > 0).then(|| (tiled as f64 / shorter as f64).min(1.0)),
        overlap(&pa.stems, &pb.stems),
        overlap(&pa.plain, &pb.plain),
        bi,
        tri,
        four,
        overlap(&pa.content_bigrams, &pb.content_bigrams),
        overlap(&pa.once, &pb.once),
        Some(agreement(&pa.places, &pb.places)),
        overlap(&pa.near, &pb.near),
        overlap(&pa.grammar, &pb.grammar),
        alike.best,
        alike.half,
        alike.order,
        alike.gathered,
        overlap(&pa.numbers, &pb.numbers),
        Some((shared_numbers as f64).ln_1p()),
        overlap(&pa.names, &pb.names),
        facts_order(pa, pb),
        quoted(a.text, b.text, &tiles),
        Some(ratio),
    ];
    PairFeatures { values }
}

/// Words in a row beyond which a copy is no more certain than before.
const CERTAIN_WORDS: usize = 40;

/// The longest run without quoted speech, as a share of [`CERTAIN_WORDS`].
fn verbatim(a: &Text, tiles: &[Tile]) -> f64 {
    let longest = tiles
        .iter()
        .flat_map(|tile| {
            a.slice(tile.a..tile.a + tile.len)
                .chunk_by(|x, y| x.quoted == y.quoted)
                .filter(|run| run.first().is_some_and(|word| !word.quoted))
                .map(<[Token]>::len)
        })
        .max()
        .unwrap_or(0);
    longest.min(CERTAIN_WORDS) as f64 / CERTAIN_WORDS as f64
}

/// Share of each text's words that stand in passages, quoted speech left out of the passages.
pub(in crate::corpus) fn containment(a: &Prepared<'_>, b: &Prepared<'_>, matches: &[Match]) -> [f64; 2] {
    let own = || matches.iter().filter(|passage| !passage.quoted);
    let share = |words: usize, of: usize| (words as f64 / of.max(1) as f64).min(1.0);
    let mut covered_b = vec![false; b.text.len()];
    for passage in own() {
        let words = covered_b.iter_mut().skip(passage.b.start).take(passage.b.len());
        words.for_each(|covered| *covered = true);
    }
    [
        share(own().map(|passage| passage.a.len()).sum(), a.counted()),
        share(covered_b.iter().filter(|covered| **covered).count(), b.counted()),
    ]
}

fn quoted(a: &Text, b: &Text, tiles: &[Tile]) -> Option<f64> {
    let words = || {
        tiles.iter().flat_map(|tile| {
            let (in_a, in_b) = (tile.a..tile.a + tile.len, tile.b..tile.b + tile.len);
            a.slice(in_a).iter().chain(b.slice(in_b))
        })
    };
    let all = words().count();
    (all > 0).then(|| words().filter(|word| word.quoted).count() as f64 / all as f64)
}

#[derive(Default)]
struct Alike {
    best: Option<f64>,
    half: Option<f64>,
    order: Option<f64>,
    gathered: Option<f64>,
}

fn alike(small: &Profile, large: &Profile) -> Alike {
    if small.sentences.is_empty() || large.sentences.is_empty() {
        return Alike::default();
    }
    let mut sum = 0.0;
    let mut half = 0_u32;
    let mut order = Vec::new();
    let (mut gathered, mut shared) = (0, 0);
    for sentence in &small.sentences {
        let mut best = (0, 0);
        for (at, other) in large.sentences.iter().enumerate() {
            let words = common(sentence, other);
            if words > best.0 {
                best = (words, at);
            }
        }
        let share = best.0 as f64 / sentence.len().max(1) as f64;
        sum += share;
        half += u32::from(share >= ALIKE);
        if share >= FOLLOWS {
            order.push(best.1);
        }
        gathered += best.0;
        shared += sentence
            .iter()
            .filter(|stem| large.stems.binary_search(stem).is_ok())
            .count();
    }
    let all = small.sentences.len() as f64;
    let enough = small.sentences.len() >= FEWEST_SENTENCES;
    Alike {
        best: Some(sum / all),
        half: Some(f64::from(half) / all),
        order: enough.then(|| rising(&order) as f64 / all),
        gathered: (enough && shared >= FEWEST).then(|| gathered as f64 / shared as f64),
    }
}

/// How much of the shorter list of facts stands in the other in the same order.
fn facts_order(a: &Profile, b: &Profile) -> Option<f64> {
    let places: std::collections::HashMap<u64, usize> =
        b.facts.iter().enumerate().map(|(at, fact)| (*fact, at)).collect();
    let order: Vec<usize> = a
        .facts
        .iter()
        .filter_map(|fact| places.get(fact).copied())
        .collect();
    let fewer = a.facts.len().min(b.facts.len());
    (fewer >= FEWEST).then(|| rising(&order) as f64 / fewer as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::passage::matches;
    use crate::document::{Document, RawDocument};

    fn features(a: &str, b: &str) -> PairFeatures {
        let text = |text: &str| {
            Text::of(&Document::new(RawDocument {
                text: text.to_owned(),
                ..RawDocument::default()
            }))
        };
        let (a, b) = (text(a), text(b));
        let (pa, pb) = (Prepared::new(&a, Vec::new()), Prepared::new(&b, Vec::new()));
        let found = matches(&pa, &pb);
        measure((&pa, &Profile::of(&a, &[])), (&pb, &Profile::of(&b, &[])), &found)
    }

    fn value(features: &PairFeatures, name: &str) -> Option<f64> {
        let at = SPECS.iter().position(|spec| spec.name == name).unwrap();
        features.values[at]
    }

    const STORY: &str = "The Corvane mill burned 120 tons of straw in March. Engineers from Tarnwell measured the smoke at 14 points. \
        Farmers in the valley sold their straw at 30 crowns a bale before the mill opened.";

    #[test]
    fn names_are_unique_and_every_feature_has_a_value_slot() {
        let mut names: Vec<_> = SPECS.iter().map(|spec| spec.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), SPECS.len());
        assert_eq!(features(STORY, STORY).values.len(), SPECS.len());
    }

    #[test]
    fn a_text_and_itself_share_everything() {
        let same = features(STORY, STORY);
        for name in [
            "passages.more",
            "passages.less",
            "runs.share",
            "words.content",
            "words.fourgrams",
            "facts.numbers",
            "facts.order",
            "sentences.best",
            "length.ratio",
        ] {
            assert_eq!(value(&same, name), Some(1.0), "{name}");
        }
        assert_eq!(value(&same, "facts.shared_numbers"), Some(4.0_f64.ln()));
    }

    #[test]
    fn sentences_in_order_count_where_there_are_enough_of_them() {
        let few = features(STORY, STORY);
        assert_eq!(value(&few, "sentences.order"), None);
        assert_eq!(value(&few, "sentences.gathered"), None);
        let sentences = [
            "Straw smoke drifted over the Corvane orchards.",
            "Seven judges tasted plums behind the stable.",
            "Thieves took copper pipes from the chapel roof.",
            "Nobody repaired the ferry landing last winter.",
        ];
        let text = sentences.join(" ");
        let backwards: Vec<&str> = sentences.iter().rev().copied().collect();
        let (same, reverse) = (features(&text, &text), features(&text, &backwards.join(" ")));
        assert_eq!(value(&same, "sentences.order"), Some(1.0));
        assert_eq!(value(&reverse, "sentences.order"), Some(0.25));
        assert_eq!(value(&reverse, "sentences.gathered"), Some(1.0));
        assert!(value(&same, "words.order") > Some(1.0));
        assert!(value(&reverse, "words.order") < Some(0.0));
    }

    #[test]
    fn features_do_not_depend_on_which_text_is_first() {
        let other = "Straw fetched 30 crowns a bale in the valley, say farmers. The mill at Corvane is new.";
        let (one, two) = (features(STORY, other), features(other, STORY));
        for (spec, (x, y)) in SPECS.iter().zip(one.values.iter().zip(&two.values)) {
            assert_eq!(x.is_some(), y.is_some(), "{}", spec.name);
            assert!(
                (x.unwrap_or(0.0) - y.unwrap_or(0.0)).abs() < 1e-9,
                "{}",
                spec.name
            );
        }
    }

    #[test]
    fn empty_texts_have_nothing_to_measure() {
        let empty = features("", STORY);
        assert_eq!(value(&empty, "words.bigrams"), None);
        assert_eq!(value(&empty, "passages.more"), Some(0.0));
    }
}
