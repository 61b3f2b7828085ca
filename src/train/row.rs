//! Rows: what training knows of a text. Numbers only, never the text.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::levels;
use super::matching::MATCHED;
use super::register::REGISTER;
use super::sets::SETS;
use crate::measure::ngram::Unit;
use crate::measure::{self, Features};
use crate::model::{SIGN_CAP, SIGN_PREFIX};

/// Who wrote a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Label {
    /// A person, known or by date.
    Human,
    /// A machine.
    Machine,
    /// Nobody has checked; serves the syndicated head only.
    #[default]
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
#[derive(Debug, Clone, Default)]
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
    /// Group of its genre ([`super::sets::GENRES`]); 0 for rows read from tables, which do not tell.
    pub genre: usize,
    /// Rows of one group (prompt, author, document) are resampled together.
    pub group: String,
    /// Words of prose.
    pub words: u32,
    /// What [`super::matching`] matches beside the length; 0 where unmeasurable.
    pub matched: [f64; MATCHED.len()],
    /// What [`super::register`] weighs by; 0 where unmeasurable, and for rows read from tables.
    pub register: [f64; REGISTER.len()],
    /// Values of [`Columns`], each one of its column's levels.
    pub values: Vec<Option<f64>>,
    /// Numbers of its n-grams; empty for rows read from tables.
    pub grams: Vec<u32>,
    /// Its units, where [`super::surprisal`] needs them; empty for rows read from tables.
    pub units: Vec<Unit>,
    /// Hash of its first words, for finding the same text twice.
    pub fingerprint: u64,
    /// What the stages found, until [`Columns::fill`] has turned it into `values`.
    pub observed: Option<(Features, Vec<Arc<str>>)>,
    /// Score of each expert's n-gram stage that left the row's fold out.
    pub ngram: Vec<f64>,
    /// Mean surprisal by a language model that left the row's fold out; `None` if there was none.
    pub surprisal: Option<f64>,
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

/// The columns of the tables: features that layout cannot reach, then the counts of sign groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// In the order of the rows' values.
    pub all: Vec<Column>,
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Name of the feature or, behind [`SIGN_PREFIX`], of the sign group.
    pub name: String,
    /// Version of the feature; 1 for a sign group.
    pub version: u16,
    /// The values that it can have in the tables, ascending; see [`levels`].
    pub levels: Vec<f64>,
}

/// Significant digits of a number in the tables.
const DIGITS: usize = 3;

/// Rounds to [`DIGITS`] significant digits, exactly as writing and reading a table does.
#[must_use]
pub fn round(value: f64) -> f64 {
    format!("{value:.*e}", DIGITS - 1).parse().unwrap_or(value)
}

impl Columns {
    /// Turns what was observed in the tabled rows into their values. The columns are those of this build, less those that repeat
    /// another; `group_of` maps signature ids to the groups that the syndicated head counts. Columns that `always` names stay.
    #[must_use]
    pub fn fill(
        rows: &mut [Row],
        group_of: &BTreeMap<String, String>,
        always: &dyn Fn(&str) -> bool,
    ) -> Self {
        let groups: BTreeSet<&String> = group_of.values().collect();
        let features = measure::specs()
            .filter(|spec| !spec.layout)
            .map(|spec| (spec.name.to_owned(), spec.version));
        let signs = groups
            .into_iter()
            .map(|group| (format!("{SIGN_PREFIX}{group}"), 1));
        let names: Vec<(String, u16)> = features.chain(signs).collect();
        let mut tabled: Vec<(&mut Row, Features, Vec<Arc<str>>)> = rows
            .iter_mut()
            .filter_map(|row| {
                let (features, signs) = row.observed.take()?;
                Some((row, features, signs))
            })
            .collect();
        let mut all = Vec::with_capacity(names.len());
        let mut letters: Vec<Vec<u8>> = Vec::with_capacity(names.len());
        for (name, version) in names {
            let value = |(_, features, signs): &(&mut Row, Features, Vec<Arc<str>>)| match name
                .strip_prefix(SIGN_PREFIX)
            {
                Some(group) => {
                    let found = signs
                        .iter()
                        .filter(|id| group_of.get(&***id).is_some_and(|g| g == group));
                    Some((found.count() as f64).min(SIGN_CAP))
                }
                None => features.get(&name).map(round),
            };
            let values: Vec<Option<f64>> = tabled.iter().map(value).collect();
            let levels = levels::of(&values);
            letters.push(
                values
                    .iter()
                    .map(|value| levels::letter(value.and_then(|value| levels::nearest(&levels, value))))
                    .collect(),
            );
            all.push(Column {
                name,
                version,
                levels,
            });
        }
        let kept = levels::independent(&letters, &|at| {
            all.get(at).is_some_and(|column: &Column| always(&column.name))
        });
        for (at, (row, ..)) in tabled.iter_mut().enumerate() {
            row.values = kept
                .iter()
                .map(|&column| {
                    let letter = *letters.get(column)?.get(at)?;
                    levels::value(&all.get(column)?.levels, letter).flatten()
                })
                .collect();
        }
        let all = kept.iter().filter_map(|&at| all.get(at).cloned()).collect();
        Self { all }
    }

    /// Index of a column.
    #[must_use]
    pub fn index(&self, name: &str) -> Option<usize> {
        self.all.iter().position(|column| column.name == name)
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
