//! Which data sets are used, for what, and in which fold.
//!
//! Whole sets are left out. The sets of one fold are *unlike* one another, so that leaving out the fold is much like
//! leaving out each of its sets alone: what is like a left-out set stays in training, but never a text of it (texts that stand in
//! two sets are dropped by `human_overlaps.csv` and by their first words). Sets of machine text without human partners that
//! are few of their kind are dealt out by the maker of the generator or by genre.

mod deal;
mod kinds;
mod list;

pub use deal::{GENRES, MAKERS, genre, maker};
pub use kinds::KINDS;
pub use list::{ALL, SETS, UNUSED};

use sha2::{Digest, Sha256};

use super::boost::Boosting;
use crate::model::{Weak, hex};

/// Number of folds.
pub const FOLDS: usize = 10;

/// A family of machine texts: the bank has an expert for each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Family {
    /// What the verdict says that a text resembles.
    pub name: &'static str,
    /// Weight in the bank, chosen on left-out sets: a family that few texts show weighs less.
    pub prior: f64,
    /// Where its opinion counts less, chosen on left-out sets: the families that few texts show have none of the others' texts, and
    /// their doubts would only disturb the order of those.
    pub weak: Option<Weak>,
    /// Families whose machine texts train its dense stage. Stylometry carries over from one generation to the next better than
    /// n-grams do, so that the two older ones share a stage.
    pub dense: &'static [usize],
    /// The trees of its dense stage; families that share a stage have the same.
    pub boosting: Boosting,
    /// Whether its sets bring human texts of their own. Where they do, the n-gram stage is not matched ([`super::matching`]): left-out
    /// sets are then ranked worse.
    pub partners: bool,
    /// Powers with which the n-gram stage is weighed by the sides of the register ([`super::register`]), length of words and voice,
    /// chosen on left-out sets; 0 weighs none.
    pub register: [f64; 2],
}

/// See [`Family::weak`].
const DOUBT: Option<Weak> = Some(Weak {
    below: 3.0,
    times: 2.0,
});

/// The trees of the stage that the two older families share: few, because more of them rank the text of generators before chat
/// assistants (flan-t5 in `outfox`) among that of people, though they rank most other sets better.
const SHARED: Boosting = Boosting {
    trees: 80,
    ngram: false,
};

/// The families, by the generation of the models.
pub static FAMILIES: &[Family] = &[
    Family {
        name: "chat assistants of 2022-2024",
        prior: 0.5,
        weak: None,
        dense: &[EARLY, RECENT],
        boosting: SHARED,
        partners: true,
        register: [0.4, 0.7],
    },
    Family {
        name: "models of 2025-2026",
        prior: 0.15,
        weak: DOUBT,
        dense: &[EARLY, RECENT],
        boosting: SHARED,
        partners: false,
        register: [0.0, 0.0],
    },
    Family {
        name: "a current assistant (2026)",
        prior: 0.35,
        weak: DOUBT,
        dense: &[CURRENT],
        boosting: Boosting {
            trees: 1200,
            ngram: true,
        },
        partners: false,
        register: [0.5, 0.5],
    },
];

/// The first expert whose dense stage is that of `expert`: families that train on the same rows share one.
#[must_use]
pub fn stage_of(expert: usize) -> usize {
    let dense = FAMILIES.get(expert).map(|family| family.dense);
    let same = |family: &Family| Some(family.dense) == dense;
    FAMILIES.iter().position(same).unwrap_or(expert)
}

/// Index of the family of chat assistants up to 2024.
const EARLY: usize = 0;
/// Index of the family of 2025 and 2026.
const RECENT: usize = 1;
/// Index of the family of the assistant that wrote this project's own texts.
const CURRENT: usize = 2;

/// How a set's rows are dealt to folds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// The whole set stands in one fold.
    Whole(usize),
    /// By the maker of the generator, so that a maker is left out whole.
    Maker,
    /// By groups of genres, beginning at this fold.
    Genre(usize),
}

/// Sets that hold the originals of a set's human texts: one that stands in none of them word for word was reworded, by nobody
/// knows whom, and is taken as unlabelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The sets.
    pub sets: &'static [&'static str],
    /// The domain whose texts come from them, or `None`: all.
    pub domain: Option<&'static str>,
}

impl Origin {
    /// Whether a text of this domain should stand in the originals.
    #[must_use]
    pub fn covers(&self, domain: Option<&str>) -> bool {
        self.domain.is_none() || self.domain == domain
    }
}

/// How a set is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    /// Name: the file is `NAME.jsonl.gz` in the corpora, or `NAME/texts.jsonl` here if it is our own.
    pub name: &'static str,
    /// Its folds.
    pub split: Split,
    /// Whether its human and machine rows train and test the machine axis.
    pub machine: bool,
    /// Whether it trains; a set that only tests is told apart here, with the reason.
    pub trains: bool,
    /// Family of its machine texts: index in [`FAMILIES`].
    pub family: usize,
    /// Its label for the syndicated head, or `None` where that is not known.
    pub syndicated: Option<bool>,
    /// Most rows of each label in the feature tables.
    pub rows: usize,
    /// Whether half of its texts are cut at a random length, so that length says nothing and short texts are learnt too. Sets
    /// on which figures are promised stay whole in the tables.
    pub cut: bool,
    /// Where the originals of its human texts stand, if they are at hand.
    pub originals: Option<Origin>,
    /// Whether its texts were written for this project and stand in this repository.
    pub own: bool,
}

/// SHA-256 of the list, so that a model names the split it was made with.
#[must_use]
pub fn digest() -> String {
    let lines: Vec<String> = SETS
        .iter()
        .map(|s| {
            format!(
                "{},{:?},{},{},{},{:?},{},{},{:?}",
                s.name, s.split, s.machine, s.trains, s.family, s.syndicated, s.rows, s.cut, s.originals
            )
        })
        .collect();
    hex(&Sha256::digest(lines.join("\n").as_bytes()))
}

/// Finds a set by name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Set> {
    SETS.iter().chain(UNUSED).find(|set| set.name == name)
}
