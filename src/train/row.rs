//! Rows: what training knows of a text. Numbers only, never the text.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::sets::SETS;
use crate::measure::{self, Features};
use crate::model::{SIGN_CAP, SIGN_PREFIX};

/// Who wrote a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// A person, known or by date.
    Human,
    /// A machine.
    Machine,
    /// Nobody has checked; serves the syndicated head only.
    Unknown,
}

impl Label {
    /// The name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Machine => "machine",
            Self::Unknown => "unknown",
        }
    }

    /// The label of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Human, Self::Machine, Self::Unknown]
            .into_iter()
            .find(|label| label.name() == name)
    }
}

/// One text.
#[derive(Debug, Clone)]
pub struct Row {
    /// Index in [`super::sets::SETS`].
    pub set: usize,
    /// Its fold.
    pub fold: usize,
    /// Id in the corpus.
    pub id: String,
    /// Who wrote it.
    pub label: Label,
    /// Whether it stands in the feature tables; the others train the n-gram stage only.
    pub tabled: bool,
    /// Whether it trains at all; see [`super::sets::Set::trains`].
    pub trains: bool,
    /// Whether it was paraphrased, perturbed or prompted to evade.
    pub attacked: bool,
    /// Whether it was cut at a random length.
    pub cut: bool,
    /// Model that wrote it, or empty.
    pub generator: String,
    /// Rows of one group (prompt, author, document) are resampled together.
    pub group: String,
    /// Words of prose.
    pub words: u32,
    /// Values of [`Columns`], rounded as in the tables.
    pub values: Vec<Option<f64>>,
    /// Hash buckets of its n-grams; empty for rows read from tables.
    pub grams: Vec<u32>,
    /// Hash of its first words, for finding the same text twice.
    pub fingerprint: u64,
    /// What the stages found, until [`Columns::fill`] has turned it into `values`.
    pub observed: Option<(Features, Vec<Arc<str>>)>,
    /// Score of each expert's n-gram stage that left the row's fold out.
    pub ngram: Vec<f64>,
}

impl Row {
    /// Family of a machine row that trains.
    #[must_use]
    pub fn family(&self) -> Option<usize> {
        SETS.get(self.set)
            .filter(|_| self.label == Label::Machine)
            .map(|set| set.family)
    }

    /// Score of an expert's n-gram stage that left the row's fold out.
    #[must_use]
    pub fn ngram_score(&self, expert: usize) -> f64 {
        self.ngram.get(expert).copied().unwrap_or(0.0)
    }
}

/// The columns of the dense stage: every feature that layout cannot reach, then the counts of sign groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// (name, version); the version of a sign group is 1.
    pub names: Vec<(String, u16)>,
}

/// Significant digits of a value in the tables: far finer than any knot, and small files.
const DIGITS: usize = 3;

/// Rounds to [`DIGITS`] significant digits, exactly as writing and reading a table does.
#[must_use]
pub fn round(value: f64) -> f64 {
    format!("{value:.*e}", DIGITS - 1).parse().unwrap_or(value)
}

impl Columns {
    /// The columns of this build; `groups` are the groups that the syndicated head counts.
    #[must_use]
    pub fn of_build(groups: &BTreeSet<String>) -> Self {
        let features = measure::specs()
            .filter(|spec| !spec.layout)
            .map(|spec| (spec.name.to_owned(), spec.version));
        let signs = groups.iter().map(|group| (format!("{SIGN_PREFIX}{group}"), 1));
        Self {
            names: features.chain(signs).collect(),
        }
    }

    /// Turns what was observed into the row's values; `group_of` maps signature ids to groups.
    pub fn fill(&self, row: &mut Row, group_of: &BTreeMap<String, String>) {
        let Some((features, signs)) = row.observed.take() else {
            return;
        };
        let groups: Vec<&String> = signs.iter().filter_map(|id| group_of.get(&**id)).collect();
        let value = |name: &str| match name.strip_prefix(SIGN_PREFIX) {
            Some(group) => Some((groups.iter().filter(|g| **g == group).count() as f64).min(SIGN_CAP)),
            None => features.get(name).map(round),
        };
        row.values = self.names.iter().map(|(name, _)| value(name)).collect();
    }

    /// Index of a column.
    #[must_use]
    pub fn index(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|(n, _)| n == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_survives_a_table() {
        for value in [0.0, 1.0, 12.3456789, 0.000123456, -98765.4321] {
            let rounded = round(value);
            assert_eq!(rounded.to_string().parse::<f64>(), Ok(rounded));
            assert_eq!(round(rounded), rounded);
            assert!((rounded - value).abs() <= value.abs() * 0.006);
        }
    }
}
