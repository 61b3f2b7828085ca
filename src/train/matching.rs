//! Rows weighed so that length, figures and quotation marks say as little as can be about who wrote a row.
//!
//! Machine texts come from other genres than human ones, and a classifier would learn the genre: how long a text is, how many
//! numbers it has, whether it quotes. Every row counts by how probable the *other* label is for a text of its length, figures and
//! quotation marks (overlap weights; Li, Morgan & Zack 2018): texts of which both kinds are met count most, those that only people
//! or only machines write hardly at all, and within what counts both labels have the same shares of every class.

use super::propensity::Classes;
use super::row::{Label, Row};
use crate::document::word_hash;

/// Features that are matched beside length: numbers, years, sums of money and percentages per 100 words, and the share in quotation
/// marks.
pub const MATCHED: [&str; 5] = [
    "figures.number",
    "figures.year",
    "figures.money",
    "figures.percentage",
    "quotation.quoted_share",
];

/// Classes of each of them and of the length, by quantiles of the rows.
const CLASSES: usize = 12;

/// What is matched together, not only each for itself. Upper ends of the classes of length (words), of numbers per 100 words and of the
/// share in quotation marks.
const LENGTHS: &[f64] = &[80.0, 130.0, 200.0, 320.0, 500.0];
/// See [`LENGTHS`].
const NUMBERS: &[f64] = &[0.01, 0.4, 0.8, 1.3, 2.0, 3.0, 4.5, 7.0];
/// See [`LENGTHS`].
const QUOTES: &[f64] = &[0.005, 0.1];

/// What each row counts; 1 on average among the rows of a label.
#[must_use]
pub fn weights(rows: &[&Row]) -> Vec<f64> {
    let words = |row: &&Row| f64::from(row.words);
    let words: Vec<f64> = rows.iter().map(words).collect();
    let figure = |at: usize| -> Vec<f64> {
        let of = |row: &&Row| row.matched.get(at).copied().unwrap_or(0.0);
        rows.iter().map(of).collect()
    };
    let mut classes = Classes::of_rows(rows.len()).with_quantiles(&words, CLASSES);
    for at in 0..MATCHED.len() {
        classes = classes.with_quantiles(&figure(at), CLASSES);
    }
    let classes = classes.with(&rows.iter().map(|row| cell(row)).collect::<Vec<_>>());
    let by_machine: Vec<bool> = rows.iter().map(|row| row.label == Label::Machine).collect();
    let machine = classes.propensities(&by_machine, &vec![1.0; rows.len()]);
    let other = |(machine, &is): (f64, &bool)| if is { 1.0 - machine } else { machine };
    let weights: Vec<f64> = machine.into_iter().zip(&by_machine).map(other).collect();
    let mean = |label: bool| {
        let mine = by_machine.iter().zip(&weights).filter(|(is, _)| **is == label);
        let (count, sum) = mine.fold((0.0, 0.0), |(count, sum), (_, weight)| {
            (count + 1.0, sum + weight)
        });
        f64::max(sum, f64::MIN_POSITIVE) / f64::max(count, 1.0)
    };
    let (of_people, of_machines) = (mean(false), mean(true));
    let against_mean = |(weight, &is): (&f64, &bool)| weight / if is { of_machines } else { of_people };
    weights.iter().zip(&by_machine).map(against_mean).collect()
}

/// The cell of a row by length, numbers and quotation marks together.
fn cell(row: &Row) -> usize {
    let [numbers, .., quoted] = row.matched;
    let of = [
        (LENGTHS, f64::from(row.words)),
        (NUMBERS, numbers),
        (QUOTES, quoted),
    ];
    of.into_iter().fold(0, |cell, (ends, value)| {
        cell * (ends.len() + 1) + ends.partition_point(|&end| end <= value)
    })
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

    fn row(id: usize, label: Label, words: u32, numbers: f64) -> Row {
        Row {
            id: id.to_string(),
            label,
            words,
            matched: [numbers, 0.0, 0.0, 0.0, 0.0],
            ..Row::default()
        }
    }

    /// Nine in ten human rows have no numbers, one in ten machine rows; of the long ones it is the other way round.
    fn rows() -> Vec<Row> {
        let row = |at: usize| {
            let label = if at < 2000 { Label::Human } else { Label::Machine };
            let long = at.is_multiple_of(2);
            let few = (at / 2).is_multiple_of(10) == (long == (label == Label::Human));
            row(
                at,
                label,
                if long { 400 } else { 100 },
                if few { 0.0 } else { 5.0 },
            )
        };
        (0..4000).map(row).collect()
    }

    #[test]
    fn length_and_numbers_together_say_nothing_about_the_label() {
        let rows = rows();
        let rows: Vec<&Row> = rows.iter().collect();
        let weights = weights(&rows);
        let share = |label: Label| {
            let of = |keep: &dyn Fn(&Row) -> bool| -> f64 {
                let mine = rows.iter().zip(&weights);
                let mine = mine.filter(|(row, _)| row.label == label && keep(row));
                mine.map(|(_, weight)| weight).sum()
            };
            of(&|row| row.words > 200 && row.matched[0] > 1.0) / of(&|row| row.words > 200)
        };
        let (human, machine) = (share(Label::Human), share(Label::Machine));
        assert!((human - machine).abs() < 0.01, "{human} {machine}");
        assert!((weights.iter().sum::<f64>() / 4000.0 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn rows_are_repeated_as_often_as_they_count() {
        let rows = rows();
        let rows: Vec<&Row> = rows.iter().collect();
        let counted = weights(&rows);
        let copies = repeated(&rows);
        let share = |label: Label| copies.iter().filter(|row| row.label == label).count() as f64 / 4000.0;
        assert!((share(Label::Human) - 1.0).abs() < 0.05 && (share(Label::Machine) - 1.0).abs() < 0.05);
        let of = |id: &str| copies.iter().filter(|row| row.id == id).count();
        for (row, weight) in rows.iter().zip(counted).step_by(97) {
            let times = of(&row.id) as f64;
            assert!((times - weight * COPIES).abs() < 1.0, "{times} {weight}");
        }
    }
}
