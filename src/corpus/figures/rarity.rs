//! How telling a figure is.

use std::collections::BTreeMap;

use crate::figure::{Figure, Kind};

/// How many documents of a corpus give each figure.
#[derive(Debug, Clone, Default)]
pub struct Rarity {
    documents: usize,
    given: BTreeMap<Key, u32>,
}

/// What two figures have in common that count as the same here: unit and value to three digits.
type Key = (String, i64, i64);

/// Significant digits by which figures are counted as the same: what most figures are printed to.
const KEY_DIGITS: i32 = 3;
/// A corpus is taken to have at least so many documents: in a small one that everybody gives a figure says little about the figure.
const SMALLEST_CORPUS: f64 = 50.0;
/// Least weight of a shared figure: it is listed, and tells nothing.
const LEAST: f64 = 0.01;

impl Rarity {
    /// The table of these documents.
    #[must_use]
    pub fn of<'a>(documents: impl IntoIterator<Item = &'a [Figure]>) -> Self {
        let mut table = Self::default();
        for figures in documents {
            table.add(figures);
        }
        table
    }

    /// Counts one more document.
    pub fn add(&mut self, figures: &[Figure]) {
        self.documents += 1;
        let mut keys: Vec<Key> = figures.iter().map(key).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            *self.given.entry(key).or_insert(0) += 1;
        }
    }

    /// Takes a document out again: the figures that [`Rarity::add`] was given.
    pub fn remove(&mut self, figures: &[Figure]) {
        self.documents = self.documents.saturating_sub(1);
        let mut keys: Vec<Key> = figures.iter().map(key).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            if let Some(count) = self.given.get_mut(&key) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    self.given.remove(&key);
                }
            }
        }
    }

    /// How many documents give this figure (to three digits).
    #[must_use]
    pub fn documents(&self, figure: &Figure) -> usize {
        self.given.get(&key(figure)).map_or(0, |count| *count as usize)
    }

    /// How telling the figure is, 0 (everybody has it) to 1 (rare and exact): what its form says, less the more documents give it.
    #[must_use]
    pub fn weight(&self, figure: &Figure) -> f64 {
        let prior = prior(figure);
        // The two documents that are compared say nothing about how common it is.
        let others = (self.documents(figure) as f64 - 1.0).max(1.0);
        let corpus = (self.documents as f64).max(SMALLEST_CORPUS);
        (prior * (1.0 - others.ln() / corpus.ln())).max(LEAST.min(prior))
    }

    /// Weight of all different figures of a document; a conversion counts with what it converts.
    #[must_use]
    pub fn total(&self, figures: &[Figure]) -> f64 {
        let mut keys: BTreeMap<Key, f64> = BTreeMap::new();
        let mut last: Option<&Figure> = None;
        for figure in figures {
            let converts =
                figure.paired_with.is_some() && last.is_some_and(|last| last.paired_with.is_some());
            if converts {
                last = None;
                continue;
            }
            last = Some(figure);
            keys.insert(key(figure), self.weight(figure));
        }
        keys.values().sum()
    }
}

fn key(figure: &Figure) -> Key {
    // The noun of a count is left out: the same number is counted in other words.
    let unit = match figure.kind {
        Kind::Count | Kind::Magnitude => "#",
        _ => figure.unit.as_str(),
    };
    (unit.to_owned(), rounded(figure.low), rounded(figure.high))
}

/// Three digits and the power of ten, in one number.
fn rounded(value: f64) -> i64 {
    if value == 0.0 || !value.is_finite() {
        return 0;
    }
    let power = value.abs().log10().floor() as i32 - (KEY_DIGITS - 1);
    let digits = (value / 10_f64.powi(power)).round();
    (f64::from(power) * 10_000.0 + digits) as i64
}

/// Digits of the value that are no closing zeros: 1 for "400", 2 for "26", 4 for "33.41 billion".
fn digits(value: f64, printed: u8) -> u8 {
    if value == 0.0 || !value.is_finite() {
        return 1;
    }
    let mut digits = printed.clamp(1, 9);
    let power = value.abs().log10().floor() as i32;
    let mut whole = (value.abs() / 10_f64.powi(power - i32::from(digits) + 1)).round();
    while digits > 1 && whole % 10.0 == 0.0 {
        whole /= 10.0;
        digits -= 1;
    }
    digits
}

/// What a figure's form says of how rarely it comes up by chance, 0 to 1, by kind (rows) and significant digits (1, 2, 3, 4 and
/// more): money takes more values than percentages, and lengths of time are few. Set by hand from how often figures of that
/// form are shared by Reuters stories of one day that have nothing to do with one another.
fn prior(figure: &Figure) -> f64 {
    let row = match figure.kind {
        Kind::Money => [0.08, 0.45, 0.9, 1.0],
        Kind::Percent => [0.02, 0.15, 0.55, 0.9],
        Kind::Count => [0.04, 0.3, 0.75, 0.95],
        Kind::Ratio => [0.01, 0.2, 0.5, 0.7],
        Kind::Duration => [0.01, 0.06, 0.3, 0.5],
        Kind::Ordinal => [0.05, 0.15, 0.3, 0.3],
        Kind::Magnitude => [0.02; 4],
    };
    let of = |value| {
        let at = usize::from(digits(value, figure.precision).clamp(1, 4)) - 1;
        row.get(at).copied().unwrap_or(0.0)
    };
    let weight: f64 = if figure.low < figure.high {
        // A range has two chances to differ.
        1.0 - (1.0 - of(figure.low)) * (1.0 - of(figure.high))
    } else {
        of(figure.low)
    };
    // Small counts are everywhere, whatever they count.
    if figure.kind == Kind::Count && figure.high <= SMALL_COUNT {
        return weight.min(SMALL_WEIGHT);
    }
    weight
}

/// Counts up to this one are common in any text.
const SMALL_COUNT: f64 = 12.0;
/// What such a count tells.
const SMALL_WEIGHT: f64 = 0.02;
