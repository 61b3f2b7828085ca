//! Human rows weighed so that length, figures and quotation marks say as little as can be about who wrote a row.
//!
//! Machine texts come from other genres than human ones, and a classifier would learn the genre: how long a text is, how many
//! numbers it has, whether it quotes. Rows are put into cells by these three, and the human rows of a cell count more or less
//! until their share is that of the machine rows (matching by stratification; Rubin 1973).

use std::collections::BTreeMap;

use super::row::{Label, Row};
use crate::document::word_hash;

/// Features that are matched beside length.
pub const FIGURES: &str = "figures.number";
/// See [`FIGURES`].
pub const QUOTED: &str = "quotation.quoted_share";

/// Upper ends of the classes of length (words), figures (numbers per 100 words) and quotation (share of the text).
const LENGTHS: &[f64] = &[80.0, 130.0, 200.0, 320.0, 500.0];
const NUMBERS: &[f64] = &[0.01, 0.4, 0.8, 1.3, 2.0, 3.0, 4.5, 7.0];
const QUOTES: &[f64] = &[0.005, 0.1];

/// Least and most that a human row may count against what it would count unmatched.
const LIMITS: (f64, f64) = (0.15, 6.0);

/// What each row counts: 1 for a machine row.
#[must_use]
pub fn weights(rows: &[&Row]) -> Vec<f64> {
    let cell = |row: &Row| {
        let class = |ends: &[f64], value: f64| ends.partition_point(|&end| end <= value);
        [
            class(LENGTHS, f64::from(row.words)),
            class(NUMBERS, row.matched[0]),
            class(QUOTES, row.matched[1]),
        ]
    };
    let mut counts: BTreeMap<[usize; 3], (f64, f64)> = BTreeMap::new();
    let (mut human, mut machine) = (0.0_f64, 0.0_f64);
    for row in rows {
        let (humans, machines) = counts.entry(cell(row)).or_default();
        if row.label == Label::Human {
            *humans += 1.0;
            human += 1.0;
        } else {
            *machines += 1.0;
            machine += 1.0;
        }
    }
    let weight = |row: &&Row| match counts.get(&cell(row)) {
        Some((humans, machines)) if row.label == Label::Human => {
            ((machines / machine.max(1.0)) / (humans / human)).clamp(LIMITS.0, LIMITS.1)
        }
        _ => 1.0,
    };
    rows.iter().map(weight).collect()
}

/// Copies of a row of weight 1 in [`repeated`].
const COPIES: f64 = 2.0;

/// The rows, each as often as its weight says: for linfa's logistic regression, which takes no weights.
#[must_use]
pub fn repeated<'a>(rows: &[&'a Row]) -> Vec<&'a Row> {
    let copies = |row: &Row, weight: f64| {
        // What is left of a copy is given to some rows, drawn by their id.
        let draw =
            (word_hash(&row.id).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as f64 / (1_u64 << 24) as f64;
        (weight * COPIES + draw) as usize
    };
    rows.iter()
        .zip(weights(rows))
        .flat_map(|(&row, weight)| std::iter::repeat_n(row, copies(row, weight)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: usize, label: Label, figures: f64) -> Row {
        Row {
            id: id.to_string(),
            label,
            words: 100,
            matched: [figures, 0.0],
            ..Row::default()
        }
    }

    #[test]
    fn human_rows_count_until_figures_say_nothing() {
        // Nine in ten human rows have no figures, one in ten machine rows.
        let rows: Vec<Row> = (0..200)
            .map(|at| {
                let label = if at < 100 { Label::Human } else { Label::Machine };
                let few = if at < 100 { at % 10 > 0 } else { at % 10 == 0 };
                row(at, label, if few { 0.0 } else { 5.0 })
            })
            .collect();
        let rows: Vec<&Row> = rows.iter().collect();
        let weights = weights(&rows);
        let share = |label: Label| {
            let of = |keep: &dyn Fn(&Row) -> bool| -> f64 {
                let kept = rows
                    .iter()
                    .zip(&weights)
                    .filter(|(row, _)| row.label == label && keep(row));
                kept.map(|(_, weight)| weight).sum()
            };
            of(&|row| row.matched[0] > 1.0) / of(&|_| true)
        };
        assert!((share(Label::Machine) - 0.9).abs() < 1e-9);
        // As far as the limits allow: .1 * 6 against .9 * .15.
        assert!((share(Label::Human) - 0.6 / 0.735).abs() < 1e-9);
        let copies = repeated(&rows);
        assert!(copies.iter().filter(|row| row.label == Label::Machine).count() >= 200);
    }
}
