//! Rows weighed so that the register of a text says less about who wrote it.
//!
//! Casual prose in the corpora is mostly by people (forums, blogs, reviews, pupils' essays), formal prose mostly by machines, and a
//! classifier learns that first: it then doubts a person's abstract and believes a machine that chats. Every row is weighed by the
//! inverse of how probable its label is by register alone (propensity score; Rosenbaum & Rubin 1983), raised to a power below 1,
//! because among pupils' essays, say, the register *is* a sign. A register has two sides, weighed apart: long words are a sign more often
//! than a chatty voice is, which a machine puts on when asked.

use super::row::{Label, Row};

use std::ops::Range;

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
/// Steps of the regression of the label on the classes.
const STEPS: usize = 60;
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
    let figures = |row: &Row| row.register.get(side.clone()).unwrap_or(&[]).to_vec();
    let ends: Vec<Vec<f64>> = side
        .clone()
        .map(|at| {
            ends(
                rows.iter()
                    .map(|row| row.register.get(at).copied().unwrap_or(0.0))
                    .collect(),
            )
        })
        .collect();
    // A row's class of each figure, as an index among all classes.
    let classes: Vec<Vec<usize>> = rows
        .iter()
        .map(|row| {
            let mut first = 0;
            let class = |(ends, value): (&Vec<f64>, f64)| {
                let class = first + ends.partition_point(|&end| end <= value);
                first += ends.len() + 1;
                class
            };
            ends.iter().zip(figures(row)).map(class).collect()
        })
        .collect();
    let by_machine: Vec<bool> = rows.iter().map(|row| row.label == Label::Machine).collect();
    let mass = |machine: bool| -> f64 {
        let mine = by_machine.iter().zip(counted).filter(|(is, _)| **is == machine);
        mine.map(|(_, weight)| weight).sum::<f64>().max(1e-12)
    };
    let (by_people, by_machines) = (mass(false), mass(true));
    let propensity = Propensity::fit(&classes, &by_machine, |at| {
        let is = by_machine.get(at).copied().unwrap_or(false);
        counted.get(at).copied().unwrap_or(0.0) / if is { by_machines } else { by_people }
    });
    let inverse = |(class, &is): (&Vec<usize>, &bool)| {
        let machine = propensity.of(class);
        let own = if is { machine } else { 1.0 - machine };
        (0.5 / own.max(1e-9)).powf(power).clamp(1.0 / LIMIT, LIMIT)
    };
    classes.iter().zip(&by_machine).map(inverse).collect()
}

/// Ends of the classes of some values.
fn ends(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    let quantile = |class: usize| values.get(values.len() * class / CLASSES).copied();
    let mut ends: Vec<f64> = (1..CLASSES).filter_map(quantile).collect();
    ends.dedup();
    ends
}

/// Logistic regression of the label on the classes, by diagonal Newton steps: for a weight, not for a verdict, and each class is met
/// by thousands of rows.
struct Propensity {
    slopes: Vec<f64>,
    offset: f64,
}

impl Propensity {
    fn fit(classes: &[Vec<usize>], by_machine: &[bool], weight: impl Fn(usize) -> f64) -> Self {
        let figures = classes.first().map_or(0, Vec::len);
        let mut found = Self {
            slopes: vec![0.0; CLASSES * figures],
            offset: 0.0,
        };
        for _ in 0..STEPS {
            // Gradient and curvature of each class, and of the offset.
            let mut sums = vec![(0.0, 1e-3); found.slopes.len()];
            let mut all = (0.0, 1e-3);
            for (at, (class, &is)) in classes.iter().zip(by_machine).enumerate() {
                let (weight, machine) = (weight(at), found.of(class));
                let slope = (machine - f64::from(u8::from(is))) * weight;
                let curve = weight * machine * (1.0 - machine) * figures as f64;
                for &class in class {
                    if let Some(sum) = sums.get_mut(class) {
                        *sum = (sum.0 + slope, sum.1 + curve);
                    }
                }
                all = (all.0 + slope, all.1 + curve);
            }
            for (value, (slope, curve)) in found.slopes.iter_mut().zip(&sums) {
                *value -= slope / curve;
            }
            found.offset -= all.0 / all.1;
        }
        found
    }

    /// Probability that a row of these classes is by a machine.
    fn of(&self, class: &[usize]) -> f64 {
        let slopes = class.iter().filter_map(|&class| self.slopes.get(class));
        1.0 / (1.0 + (-self.offset - slopes.sum::<f64>()).exp())
    }
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
