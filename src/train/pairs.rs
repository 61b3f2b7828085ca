//! Human and machine texts of one kind that no model was trained on: what parts and attacks are measured with.

use std::collections::BTreeMap;
use std::path::Path;

use super::TrainError;
use super::corpus::{self, Untrained};
use super::row::Label;
use super::sets;

/// Human and machine texts of one kind: set and domain of each (an empty domain takes all).
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// Name in the tables.
    pub name: &'static str,
    human: (&'static str, &'static str),
    machine: (&'static str, &'static str),
}

const fn pair(
    name: &'static str,
    human: (&'static str, &'static str),
    machine: (&'static str, &'static str),
) -> Pair {
    Pair { name, human, machine }
}

/// Kinds with enough texts that did not train.
pub static PAIRS: &[Pair] = &[
    pair("news, 2023", ("detectrl_test", "news"), ("detectrl_test", "news")),
    pair(
        "stories, 2023",
        ("detectrl_test", "story"),
        ("detectrl_test", "story"),
    ),
    pair(
        "abstracts, 2023",
        ("detectrl_test", "abstract"),
        ("detectrl_test", "abstract"),
    ),
    pair(
        "reviews, 2023",
        ("detectrl_test", "review"),
        ("detectrl_test", "review"),
    ),
    pair(
        "answers, 2023-2024",
        ("para_lfqa_dipper", ""),
        ("alpaca_eval_outputs", ""),
    ),
    pair(
        "news with essays, 2025",
        ("reuters_c50", ""),
        ("slop_score_modern", "essay"),
    ),
    pair(
        "stories, 2025",
        ("detectrl_test", "story"),
        ("slop_score_modern", "story"),
    ),
];

/// The texts of all pairs.
#[derive(Debug)]
pub struct Texts(BTreeMap<&'static str, Vec<Untrained>>);

impl Texts {
    /// Reads them.
    ///
    /// # Errors
    /// [`TrainError::Corpora`].
    pub fn read(corpora: &Path, own: &Path) -> Result<Self, TrainError> {
        let mut read = BTreeMap::new();
        for name in PAIRS.iter().flat_map(|pair| [pair.human.0, pair.machine.0]) {
            if let (false, Some(set)) = (read.contains_key(name), sets::find(name)) {
                read.insert(name, corpus::untrained(corpora, own, set)?);
            }
        }
        Ok(Self(read))
    }

    /// The texts of one side of a pair, in the order of the sample.
    #[must_use]
    pub fn of(&self, pair: &Pair, label: Label) -> Vec<&Untrained> {
        let (set, domain) = if label == Label::Human {
            pair.human
        } else {
            pair.machine
        };
        self.0
            .get(set)
            .into_iter()
            .flatten()
            .filter(|text| text.label == label && (domain.is_empty() || text.domain == domain))
            .collect()
    }
}
