//! The telling words of a text, and how far two texts have them in common.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use crate::corpus::text::Text;
use crate::document::word_hash;

/// How rare the stems of English reports are: `LEVEL stem stem ...` a line, LEVEL being the natural logarithm of how many texts there are
/// for each that has the stem. Written by `byline train --reuse CORPORA`.
const BACKGROUND: &str = include_str!("../../../models/reuse/background.txt");
/// Rareness of a stem that the list does not hold: it stands in fewer than one of so many texts (e to this power).
pub(in crate::corpus) const UNLISTED: f64 = 7.0;
/// Rareness below which a stem says nothing of what a text is about: one text in seven has it.
const COMMON: f64 = 2.0;
/// Sum of common weights that is half believed: two short texts of one form ("shr 12 cts vs 10 cts") have little in common, though it is most
/// of what they are.
const HALF_BELIEVED: f64 = 50.0;
/// So many documents may tell one story without its words becoming common.
const STORY: f64 = 8.0;
/// A corpus is taken to have at least so many documents: in a small one that all have a word says little about the word.
const SMALLEST_CORPUS: f64 = 200.0;

/// The stems of English reports, each with how rare it is: the natural logarithm of how many texts there are for each that has it.
pub(in crate::corpus) fn background() -> impl Iterator<Item = (&'static str, f64)> {
    BACKGROUND.lines().flat_map(|line| {
        let mut words = line.split(' ');
        let level = words.next().and_then(|level| level.parse::<f64>().ok());
        words.filter_map(move |stem| Some((stem, level?)))
    })
}

fn table() -> &'static HashMap<u64, f64> {
    static TABLE: OnceLock<HashMap<u64, f64>> = OnceLock::new();
    TABLE.get_or_init(|| {
        background()
            .map(|(stem, level)| (word_hash(stem), level))
            .collect()
    })
}

/// How many documents of a corpus have each stem, of those that two have at least.
#[derive(Debug, Clone, Default)]
pub(in crate::corpus) struct Spread {
    documents: usize,
    carriers: HashMap<u64, u32>,
}

impl Spread {
    /// Counts the documents. Cost: linear in their distinct words.
    pub fn of<'w>(all: impl Iterator<Item = &'w Words>) -> Self {
        let mut spread = Self::default();
        for words in all {
            spread.documents += 1;
            for (stem, _) in &words.list {
                *spread.carriers.entry(*stem).or_insert(0) += 1;
            }
        }
        spread.carriers.retain(|_, count| *count > 1);
        spread
    }

    /// What is left of a stem's weight: the more documents have it, beyond those of one story, the less.
    fn left(&self, stem: u64) -> f64 {
        let carriers = self.carriers.get(&stem).map_or(1.0, |count| f64::from(*count));
        let corpus = (self.documents as f64).max(SMALLEST_CORPUS);
        (1.0 - (carriers / STORY).max(1.0).ln() / (corpus / STORY).ln()).max(0.0)
    }
}

/// The stems of a text, each with its weight: how often it stands there, and how rare it is elsewhere.
#[derive(Debug, Clone, Default)]
pub(in crate::corpus) struct Words {
    /// Sorted by stem.
    list: Vec<(u64, f64)>,
}

impl Words {
    /// The words of a body but for the `masked` ones. Numbers are left to the figures. Cost: a sort of its words.
    pub fn of(text: &Text, masked: &[bool]) -> Self {
        let mut count: BTreeMap<u64, f64> = BTreeMap::new();
        for (at, token) in text.tokens.iter().enumerate() {
            if !token.common && !token.number && !masked.get(at).copied().unwrap_or(false) {
                *count.entry(token.stem).or_insert(0.0) += 1.0;
            }
        }
        let rare = table();
        Self::weighed(count, |stem| rare.get(&stem).copied().unwrap_or(UNLISTED))
    }

    /// The stems that stand so often, by how rare they are.
    pub fn weighed(count: BTreeMap<u64, f64>, rareness: impl Fn(u64) -> f64) -> Self {
        let weight = |stem, count: f64| (1.0 + count.ln()) * (rareness(stem) - COMMON).max(0.0);
        let weighed = count.into_iter().map(|(stem, count)| (stem, weight(stem, count)));
        Self {
            list: weighed.filter(|(_, weight)| *weight > 0.0).collect(),
        }
    }

    /// How far two texts are about the same, 0 to 1: the cosine of their weights (Salton & Buckley 1988), held back where little is
    /// in common in all.
    pub fn alike(&self, other: &Self, spread: &Spread) -> f64 {
        let weight = |(stem, weight): &(u64, f64)| weight * spread.left(*stem);
        let norm = |words: &Self| {
            words
                .list
                .iter()
                .map(|word| weight(word).powi(2))
                .sum::<f64>()
                .sqrt()
        };
        let (mut ours, mut theirs) = (self.list.iter().peekable(), other.list.iter().peekable());
        let mut common = 0.0;
        while let (Some(one), Some(two)) = (ours.peek(), theirs.peek()) {
            match one.0.cmp(&two.0) {
                std::cmp::Ordering::Less => drop(ours.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    common += weight(one) * weight(two);
                    ours.next();
                    theirs.next();
                }
            }
        }
        let norms = norm(self) * norm(other);
        if norms > 0.0 {
            common / norms * common / (common + HALF_BELIEVED)
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, RawDocument};

    fn words(text: &str) -> Words {
        let document = Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        });
        Words::of(&Text::of(&document), &[])
    }

    const MILL: &str = "The Corvane mill at Tarnwell grinds oats and spelt for bakers in the valley. Its miller, Orsk, dammed the brook \
        last spring, and the trout went upstream.";
    const DAM: &str = "Trout are back below the dam at Tarnwell. Since Orsk opened the sluice of the Corvane mill, anglers have been \
        seen on the brook again, and bakers still get their spelt.";
    const TAX: &str = "The council will raise the tax on houses in April. It says that roads and schools need money, and that \
        the government has paid less than it had said it would.";

    #[test]
    fn texts_about_one_thing_share_rare_words() {
        let (mill, dam, tax) = (words(MILL), words(DAM), words(TAX));
        let nothing = Spread::default();
        let alike = mill.alike(&dam, &nothing);
        assert!(alike > 0.2, "{alike}");
        assert!(mill.alike(&tax, &nothing) < 0.02);
        assert!((alike - dam.alike(&mill, &nothing)).abs() < 1e-12);
        assert_eq!(mill.alike(&words(""), &nothing), 0.0);
    }

    #[test]
    fn short_texts_of_one_form_have_little_in_common() {
        let nothing = Spread::default();
        let brief = |net: &str| {
            words(&format!(
                "Shr {net} cts. Net {net} mln. Revs {net} mln. Year shr {net} cts."
            ))
        };
        let alike = brief("12").alike(&brief("31"), &nothing);
        assert!(alike < 0.5, "{alike}");
        assert!(alike < words(MILL).alike(&words(MILL), &nothing));
    }

    #[test]
    fn what_a_whole_corpus_has_tells_less() {
        let all: Vec<Words> = (0..40).map(|at| words(&format!("{MILL} Number{at}."))).collect();
        let (one, other) = (words(MILL), words(DAM));
        assert!(one.alike(&other, &Spread::of(all.iter())) < one.alike(&other, &Spread::default()));
    }

    #[test]
    fn the_list_is_read() {
        assert!(table().len() > 1_000);
        assert!(table().values().all(|level| (0.0..=UNLISTED).contains(level)));
    }
}
