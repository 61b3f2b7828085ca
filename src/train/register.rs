//! Rows weighed so that the register of a text says less about who wrote it.
//!
//! Casual prose in the corpora is mostly by people (forums, blogs, reviews, pupils' essays), formal prose mostly by machines, and a
//! classifier learns that first: it then doubts a person's abstract and believes a machine that chats. Every row is weighed by the
//! inverse of how probable its label is by register alone (propensity score; Rosenbaum & Rubin 1983), raised to a power below 1,
//! because among pupils' essays, say, the register *is* a sign. A register has two sides, weighed apart: long words are a sign more often
//! than a chatty voice is, which a machine puts on when asked.

use std::ops::Range;

use super::propensity::Classes;
use super::row::{Label, Row};

/// What is taken as the register: how long the words are; who speaks, to whom, and whether in contractions.
pub const REGISTER: [&str; 5] = [
    "shape.word_length_mean",
    "readability.polysyllable_share",
    "person.first_singular",
    "person.second",
    "person.contraction",
];

/// Its sides, as places in [`REGISTER`]: length of words, and voice.
const SIDES: [Range<usize>; 2] = [0..2, 2..5];

/// Classes of each of them, by quantiles of the rows.
const CLASSES: usize = 8;
/// Most, and least by its inverse, that a row may count by one side against what it counted.
const LIMIT: f64 = 6.0;

/// What each row counts by its register, on top of `counted`: 1 for one whose register says nothing about the label. `powers`: of each
/// side, 0 for one that shall not count.
#[must_use]
pub fn weights(rows: &[&Row], counted: &[f64], powers: [f64; SIDES.len()]) -> Vec<f64> {
    let mut all = vec![1.0; rows.len()];
    for (side, power) in SIDES.into_iter().zip(powers).filter(|(_, power)| *power > 0.0) {
        for (weight, own) in all.iter_mut().zip(by_side(rows, counted, side, power)) {
            *weight *= own;
        }
    }
    all
}

/// The same by one side.
fn by_side(rows: &[&Row], counted: &[f64], side: Range<usize>, power: f64) -> Vec<f64> {
    let mut classes = Classes::of_rows(rows.len());
    for at in side {
        let figure = |row: &&Row| row.register.get(at).copied().unwrap_or(0.0);
        classes = classes.with_quantiles(&rows.iter().map(figure).collect::<Vec<_>>(), CLASSES);
    }
    let by_machine: Vec<bool> = rows.iter().map(|row| row.label == Label::Machine).collect();
    let machine = classes.propensities(&by_machine, counted);
    let inverse = |(machine, &is): (f64, &bool)| {
        let own = if is { machine } else { 1.0 - machine };
        (0.5 / own.max(1e-9)).powf(power).clamp(1.0 / LIMIT, LIMIT)
    };
    machine.into_iter().zip(&by_machine).map(inverse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn register_says_nothing_once_it_is_weighed_in_full_and_less_by_half() {
        // Of four rows with short words three are human, of four with long words one.
        let rows: Vec<Row> = (0..800)
            .map(|at| {
                let short = at % 2 == 0;
                let human = (at / 2 % 4 == 0) != short;
                Row {
                    label: if human { Label::Human } else { Label::Machine },
                    register: [if short { 3.0 } else { 6.0 }, 0.0, 0.0, 0.0, 0.0],
                    ..Row::default()
                }
            })
            .collect();
        let rows: Vec<&Row> = rows.iter().collect();
        let share = |power: f64| {
            let weights = weights(&rows, &vec![1.0; rows.len()], [power, 0.0]);
            let of = |keep: &dyn Fn(&Row) -> bool| -> f64 {
                let kept = rows.iter().zip(&weights).filter(|(row, _)| keep(row));
                kept.map(|(_, weight)| weight).sum()
            };
            of(&|row| row.label == Label::Human && row.register[0] < 4.0) / of(&|row| row.register[0] < 4.0)
        };
        assert!((share(0.0) - 0.75).abs() < 1e-9);
        assert!((share(1.0) - 0.5).abs() < 0.01, "{}", share(1.0));
        assert!((0.6..0.67).contains(&share(0.5)), "{}", share(0.5));
    }
}
