//! The trees of an expert's dense stage ([`crate::model::Trees`]): gradient boosting on the logistic loss (Friedman 2001), with
//! second-order steps and leaf values (Chen & Guestrin 2016), grown leaf by leaf on histograms (Ke et al. 2017).
//!
//! linfa's trees classify and know no gradients, so this stage has its own trainer. It begins where linfa's additive stage ends: the
//! trees are fitted on what the terms leave. The values of the tables are levels already, and a cut lies half-way between two.

mod bins;
mod grow;

use bins::Bins;
use grow::Grower;

use super::TrainError;
use super::matching;
use super::random::Random;
use super::row::{Label, Row};
use crate::model::{Forest, Head, Node, TREE_STEPS, Trees, sigmoid};

/// How the trees of an expert are grown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Boosting {
    /// Number of trees.
    pub trees: usize,
    /// Whether they hear the expert's n-gram score beside the measures.
    pub ngram: bool,
}

/// Shares of the rows and of the inputs, in thousandths, of which a tree hears (Friedman 2002).
const ROWS: usize = 700;
const INPUTS: usize = 300;

/// Grows the trees of a head on the rows that train it. `columns` are the place of each of its terms among the rows' values, with
/// its levels; `expert` is whose n-gram scores may be heard. Rows are matched ([`matching`]) and both classes weigh alike.
///
/// Cost: about a second a hundred trees for 25,000 rows and 170 inputs.
///
/// # Errors
/// See [`ready`].
pub fn fit(
    head: &Head,
    rows: &[&Row],
    columns: &[(usize, &[f64])],
    boosting: Boosting,
    expert: usize,
) -> Result<Trees, TrainError> {
    let bins = Bins::of(rows, columns, boosting.ngram.then_some(expert));
    let weights = balanced(rows);
    let targets: Vec<f64> = rows
        .iter()
        .map(|row| f64::from(u8::from(row.label == Label::Machine)))
        .collect();
    let values = |row: &Row| -> Vec<Option<f64>> {
        let places = columns.iter().map(|&(at, _)| at);
        places.map(|at| row.values.get(at).copied().flatten()).collect()
    };
    let mut scores: Vec<f64> = rows.iter().map(|row| head.additive(&values(row))).collect();
    let mut random = Random::new(11);
    let mut trees: Vec<Vec<Node>> = Vec::with_capacity(boosting.trees);
    for _ in 0..boosting.trees {
        let slopes: Vec<(f64, f64)> = scores
            .iter()
            .zip(&targets)
            .zip(&weights)
            .map(|((&score, target), weight)| {
                let probability = sigmoid(score);
                (
                    weight * (probability - target),
                    weight * probability * (1.0 - probability),
                )
            })
            .collect();
        let order: Vec<usize> = (0..rows.len()).filter(|_| random.below(1000) < ROWS).collect();
        let heard = (0..bins.inputs()).filter(|_| random.below(1000) < INPUTS);
        let tree = Grower::new(&bins, heard, &slopes, order).grow();
        for (row, score) in scores.iter_mut().enumerate() {
            *score += f64::from(bins.value(&tree, row)) / TREE_STEPS;
        }
        trees.push(tree);
    }
    let mut trees = Trees {
        usual: vec![0.0; bins.inputs()],
        cuts: bins.into_cuts(),
        trees,
    };
    let forest = ready(&trees, head)?;
    let mut sums = vec![0.0; trees.cuts.len()];
    let mut all = 0.0;
    let human = rows
        .iter()
        .zip(&weights)
        .filter(|(row, _)| row.label == Label::Human);
    for (row, weight) in human {
        let leaves = forest.leaves(&values(row), Some(row.ngram_score(expert)));
        for (sum, part) in sums.iter_mut().zip(forest.parts(&leaves)) {
            *sum += weight * part;
        }
        all += weight;
    }
    let usual = sums.iter().map(|sum| super::row::round(sum / f64::max(all, 1.0)));
    trees.usual = usual.collect();
    Ok(trees)
}

/// The trees of a head, ready for scoring.
///
/// # Errors
/// [`TrainError::Fit`] if they are malformed.
pub fn ready(trees: &Trees, head: &Head) -> Result<Forest, TrainError> {
    Forest::of(trees, head.terms.len()).ok_or_else(|| TrainError::Fit("malformed trees".to_owned()))
}

/// What each row counts: matched, both classes alike, 1 on average.
fn balanced(rows: &[&Row]) -> Vec<f64> {
    let weights = matching::weights(rows);
    let mass = |label: Label| -> f64 {
        let mine = rows.iter().zip(&weights).filter(|(row, _)| row.label == label);
        mine.map(|(_, weight)| weight).sum()
    };
    let (human, machine) = (mass(Label::Human), mass(Label::Machine));
    let half = rows.len() as f64 / 2.0;
    let share = |row: &Row| {
        if row.label == Label::Machine {
            machine
        } else {
            human
        }
    };
    rows.iter()
        .zip(&weights)
        .map(|(row, weight)| half * weight / share(row).max(f64::MIN_POSITIVE))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Calibration, Term};

    const LEVELS: &[f64] = &[0.0, 1.0];
    const PLAIN: Boosting = Boosting {
        trees: 200,
        ngram: false,
    };

    /// Two inputs of two levels, each measurable in nine rows of ten, and an n-gram score; the label is what `machine` says of them.
    fn rows(machine: impl Fn(bool, bool, usize) -> bool) -> Vec<Row> {
        (0..4000)
            .map(|at| {
                let (a, b) = (at % 2 == 1, at / 2 % 2 == 1);
                let value = |set: bool, none: bool| (!none).then_some(f64::from(u8::from(set)));
                Row {
                    id: at.to_string(),
                    label: if machine(a, b, at) {
                        Label::Machine
                    } else {
                        Label::Human
                    },
                    words: 100,
                    values: vec![value(a, at % 10 == 3), value(b, at % 10 == 6)],
                    ngram: vec![at as f64 / 4000.0],
                    ..Row::default()
                }
            })
            .collect()
    }

    /// A head whose terms say nothing.
    fn head() -> Head {
        let term = |feature: &str| Term {
            feature: feature.to_owned(),
            version: 1,
            knots: vec![0.0],
            weights: vec![0.0],
            usual: 0.0,
            typical: [0.0, 1.0],
        };
        Head {
            positive: "machine".to_owned(),
            intercept: 0.0,
            terms: vec![term("a"), term("b")],
            trees: None,
            calibration: Calibration::IDENTITY,
        }
    }

    fn fitted(rows: &[Row], boosting: Boosting) -> Trees {
        let rows: Vec<&Row> = rows.iter().collect();
        fit(&head(), &rows, &[(0, LEVELS), (1, LEVELS)], boosting, 0).unwrap()
    }

    fn raw(trees: &Trees, values: [Option<f64>; 2], ngram: Option<f64>) -> f64 {
        let forest = ready(trees, &head()).unwrap();
        forest.raw(&forest.leaves(&values, ngram))
    }

    #[test]
    fn what_two_inputs_say_only_together_is_found() {
        let trees = fitted(&rows(|a, b, _| a != b), PLAIN);
        for (a, b) in [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)] {
            let raw = raw(&trees, [Some(a), Some(b)], None);
            assert!(if a == b { raw < -1.0 } else { raw > 1.0 }, "{a} {b}: {raw}");
        }
    }

    #[test]
    fn rows_that_the_terms_already_explain_leave_nothing_to_the_trees() {
        let rows = rows(|a, _, at| a && at % 10 != 3);
        let mut head = head();
        head.intercept = -20.0;
        if let Some(term) = head.terms.first_mut() {
            (term.knots, term.weights) = (LEVELS.to_vec(), vec![0.0, 40.0]);
        }
        let rows: Vec<&Row> = rows.iter().collect();
        let trees = fit(&head, &rows, &[(0, LEVELS), (1, LEVELS)], PLAIN, 0).unwrap();
        assert!(raw(&trees, [Some(1.0), Some(0.0)], None).abs() < 0.1);
        let alone = fit(&self::head(), &rows, &[(0, LEVELS), (1, LEVELS)], PLAIN, 0).unwrap();
        assert!(raw(&alone, [Some(1.0), Some(0.0)], None) > 1.0);
    }

    #[test]
    fn an_unmeasurable_value_is_a_value_of_its_own() {
        let trees = fitted(&rows(|_, _, at| at % 10 == 3), PLAIN);
        assert!(raw(&trees, [None, Some(1.0)], None) > 1.0);
        for value in [0.0, 1.0] {
            assert!(raw(&trees, [Some(value), Some(1.0)], None) < -1.0);
        }
    }

    #[test]
    fn the_ngram_score_is_heard_only_where_it_shall_be() {
        let high = rows(|_, _, at| at >= 2000);
        let heard = Boosting { ngram: true, ..PLAIN };
        let trees = fitted(&high, heard);
        assert_eq!(trees.cuts.len(), 3);
        assert!(raw(&trees, [Some(1.0), Some(1.0)], Some(0.9)) > 1.0);
        assert!(raw(&trees, [Some(1.0), Some(1.0)], Some(0.1)) < -1.0);
        let deaf = fitted(&high, PLAIN);
        assert_eq!(deaf.cuts.len(), 2);
        assert!(raw(&deaf, [Some(1.0), Some(1.0)], Some(0.9)).abs() < 0.5);
    }

    #[test]
    fn a_leaf_has_enough_rows() {
        // One row in a hundred is a machine's, by nothing but its n-gram score: too few for a leaf of their own.
        let trees = fitted(
            &rows(|_, _, at| at < 40),
            Boosting {
                trees: 1,
                ngram: true,
            },
        );
        let scores: Vec<f64> = rows(|_, _, _| false)
            .iter()
            .map(|row| row.ngram_score(0))
            .collect();
        let raw = |score: f64| raw(&trees, [Some(1.0), Some(1.0)], Some(score));
        let like_the_first = scores.iter().filter(|&&score| raw(score) >= raw(0.0)).count();
        assert!(like_the_first >= grow::MIN_ROWS as usize, "{like_the_first}");
    }

    #[test]
    fn equal_rows_give_equal_trees() {
        let rows = rows(|a, b, at| (a && b) != (at % 7 == 0));
        assert_eq!(fitted(&rows, PLAIN), fitted(&rows, PLAIN));
    }

    #[test]
    fn what_rows_are_matched_by_tells_the_trees_little() {
        // Nine in ten machine rows have figures, one in ten human rows; the first input says so.
        let gap = |matched: bool| {
            let mut rows = rows(|_, _, at| at / 2 % 2 == 0);
            for (at, row) in rows.iter_mut().enumerate() {
                let figures = (at / 4 % 10 == 0) != (row.label == Label::Machine);
                row.values = vec![Some(f64::from(u8::from(figures))), None];
                row.matched[0] = if figures && matched { 5.0 } else { 0.0 };
            }
            let trees = fitted(&rows, PLAIN);
            raw(&trees, [Some(1.0), None], None) - raw(&trees, [Some(0.0), None], None)
        };
        assert!(
            gap(false) > 2.0 && gap(true) < gap(false) / 2.0,
            "{} {}",
            gap(false),
            gap(true)
        );
    }
}
