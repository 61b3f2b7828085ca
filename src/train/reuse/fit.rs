//! Table -> the pair model: two linfa regressions on standardised features, exported as plain weights.

use linfa::ParamGuard;
use linfa::composing::platt_scaling::{PlattParams, platt_newton_method};
use linfa::prelude::*;
use linfa_logistic::{LogisticRegression, MultiLogisticRegression};
use ndarray::{Array1, Array2, Axis};

use super::PairRow;
use crate::corpus::Level;
use crate::corpus::judge::{Fitted, LEVELS, Probe, SPECS, Term, pair_features};
use crate::document::word_hash;
use crate::train::TrainError;

/// L2 penalty of the binary model.
const PENALTY: f64 = 10.0;
/// L2 penalty of the levels' model; its classes have few sources each.
const LEVEL_PENALTY: f64 = 1.0;
/// Iterations of L-BFGS, enough to converge on a few thousand rows.
const ITERATIONS: u64 = 200;
/// How often a row of a level that is not `unrelated` is repeated: linfa knows no weights, and unlike pairs are many.
const LEVEL_REPEATS: usize = 6;
/// How often rows of these sets are repeated in the binary model: pairs judged by people, or written or made for the purpose.
/// Most others are easy (duplicates and strangers), and the border runs between these.
const REPEATS: [(&str, usize); 3] = [("clough_stevenson", 10), ("rewrites", 4), ("made", 2)];
/// Parts of the cross-fit that the calibration hears.
const FOLDS: u64 = 5;
/// Largest difference allowed between our score and linfa's probability.
const AGREEMENT: f64 = 1e-9;
/// Smallest standard deviation that a feature is divided by.
const LEAST_DEVIATION: f64 = 1e-6;

/// Trains on the rows that train, calibration included.
///
/// # Errors
/// [`TrainError::Fit`] if linfa fails or its result cannot be trusted.
pub fn train(rows: &[PairRow], digest: &str) -> Result<Fitted, TrainError> {
    let all: Vec<&PairRow> = rows.iter().collect();
    let mut fitted = fit(&all)?;
    digest.clone_into(&mut fitted.data);
    (fitted.slope, fitted.offset) = calibration(&all)?;
    for (name, a, b) in PROBES {
        fitted.probe.push(Probe {
            name: (*name).to_owned(),
            a: (*a).to_owned(),
            b: (*b).to_owned(),
            log_odds: fitted.log_odds(&pair_features(a, b).values),
        });
    }
    Ok(fitted)
}

/// Fits on all rows that train, and calibrates on rows left out by their groups: the same as [`train`] for part of the data.
///
/// # Errors
/// See [`train`].
pub fn without(rows: &[PairRow], left_out: &dyn Fn(&PairRow) -> bool) -> Result<Fitted, TrainError> {
    let kept: Vec<&PairRow> = rows.iter().filter(|row| !left_out(row)).collect();
    let mut fitted = fit(&kept)?;
    (fitted.slope, fitted.offset) = calibration(&kept)?;
    Ok(fitted)
}

/// The weights alone, uncalibrated.
fn fit(rows: &[&PairRow]) -> Result<Fitted, TrainError> {
    let training: Vec<&PairRow> = rows.iter().copied().filter(|row| row.trains).collect();
    let mut fitted = Fitted::new("pairs-1");
    fitted.pairs = training.len();
    fitted.term = terms(&training);
    binary(&mut fitted, &training)?;
    levels(&mut fitted, &training)?;
    Ok(fitted)
}

fn terms(rows: &[&PairRow]) -> Vec<Term> {
    let term = |(at, spec): (usize, &crate::corpus::judge::Spec)| {
        let values: Vec<f64> = rows
            .iter()
            .filter_map(|row| row.values.get(at).copied().flatten())
            .collect();
        let count = values.len().max(1) as f64;
        let mean = values.iter().sum::<f64>() / count;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
        Term {
            feature: spec.name.to_owned(),
            version: spec.version,
            mean,
            deviation: variance.sqrt().max(LEAST_DEVIATION),
            copied: 0.0,
            levels: vec![0.0; LEVELS.len()],
        }
    };
    SPECS.iter().enumerate().map(term).collect()
}

fn design(fitted: &Fitted, rows: &[&PairRow]) -> Array2<f64> {
    let mut design = Array2::<f64>::zeros((rows.len(), fitted.term.len()));
    for (mut cells, row) in design.rows_mut().into_iter().zip(rows) {
        for ((cell, term), value) in cells.iter_mut().zip(&fitted.term).zip(&row.values) {
            *cell = term.standardised(*value);
        }
    }
    design
}

fn binary(fitted: &mut Fitted, rows: &[&PairRow]) -> Result<(), TrainError> {
    let repeated: Vec<&PairRow> = rows
        .iter()
        .filter(|row| row.copied.is_some())
        .flat_map(|row| std::iter::repeat_n(*row, repeats(row)))
        .collect();
    let labels: Array1<bool> = repeated.iter().map(|row| row.copied == Some(true)).collect();
    let dataset = Dataset::new(design(fitted, &repeated), labels);
    let model = LogisticRegression::default()
        .alpha(PENALTY)
        .max_iterations(ITERATIONS)
        .fit(&dataset)
        .map_err(|error| TrainError::Fit(format!("copied: {error}")))?;
    // linfa 0.8 calls the more frequent class positive; the fitted labels say which one that is.
    let sign = if model.labels().pos.class { 1.0 } else { -1.0 };
    fitted.intercept = sign * model.intercept();
    for (term, weight) in fitted.term.iter_mut().zip(model.params()) {
        term.copied = sign * weight;
    }
    if fitted.term.iter().all(|term| term.copied == 0.0) {
        return Err(TrainError::Fit("copied: all weights are zero".to_owned()));
    }
    let probabilities = model.predict_probabilities(dataset.records());
    for (row, probability) in repeated.iter().zip(&probabilities) {
        let linfa = if sign > 0.0 {
            *probability
        } else {
            1.0 - *probability
        };
        let ours = 1.0 / (1.0 + (-fitted.raw(&row.values)).exp());
        if (ours - linfa).abs() > AGREEMENT {
            return Err(TrainError::Fit(format!("copied: {ours}, linfa says {linfa}")));
        }
    }
    Ok(())
}

fn repeats(row: &PairRow) -> usize {
    let set = REPEATS.iter().find(|set| set.0 == row.data_set());
    set.map_or(1, |set| set.1)
}

/// Place of a level in [`LEVELS`].
fn index(level: Level) -> usize {
    LEVELS.iter().position(|other| *other == level).unwrap_or(0)
}

fn levels(fitted: &mut Fitted, rows: &[&PairRow]) -> Result<(), TrainError> {
    let repeated: Vec<(&PairRow, usize)> = rows
        .iter()
        .filter_map(|row| Some((*row, row.level?)))
        .flat_map(|(row, level)| {
            let times = if level == Level::Unrelated {
                1
            } else {
                LEVEL_REPEATS
            };
            std::iter::repeat_n((row, index(level)), times)
        })
        .collect();
    let design = design(fitted, &repeated.iter().map(|pair| pair.0).collect::<Vec<_>>());
    let labels: Array1<usize> = repeated.iter().map(|pair| pair.1).collect();
    let model = MultiLogisticRegression::default()
        .alpha(LEVEL_PENALTY)
        .max_iterations(ITERATIONS)
        .fit(&Dataset::new(design.clone(), labels))
        .map_err(|error| TrainError::Fit(format!("levels: {error}")))?;
    fitted.level_intercepts = vec![f64::NEG_INFINITY; LEVELS.len()];
    for (column, class) in model.classes().iter().enumerate() {
        if let Some(constant) = fitted.level_intercepts.get_mut(*class) {
            *constant = model.intercept().get(column).copied().unwrap_or(0.0);
        }
        for (term, weights) in fitted.term.iter_mut().zip(model.params().axis_iter(Axis(0))) {
            if let (Some(slot), Some(weight)) = (term.levels.get_mut(*class), weights.get(column)) {
                *slot = *weight;
            }
        }
    }
    let zero = |term: &Term| term.levels.iter().all(|weight| *weight == 0.0);
    if fitted.term.iter().all(zero) || !fitted.level_intercepts.iter().all(|c| c.is_finite()) {
        return Err(TrainError::Fit("levels: a class without weights".to_owned()));
    }
    let said = model.predict(&design);
    let disagree = repeated
        .iter()
        .zip(&said)
        .filter(|((row, _), linfa)| index(fitted.level(&row.values)) != **linfa)
        .count();
    if disagree > 0 {
        return Err(TrainError::Fit(format!(
            "levels: {disagree} rows differ from linfa"
        )));
    }
    Ok(())
}

/// Platt's two numbers (Platt 1999) on scores that the weights never saw: parts are left out by their groups.
fn calibration(rows: &[&PairRow]) -> Result<(f64, f64), TrainError> {
    let part = |row: &PairRow| row.groups.each_ref().map(|group| word_hash(group) % FOLDS);
    let (mut scores, mut labels) = (Vec::new(), Vec::new());
    for fold in 0..FOLDS {
        let kept: Vec<&PairRow> = rows
            .iter()
            .copied()
            .filter(|row| !part(row).contains(&fold))
            .collect();
        let fitted = fit(&kept)?;
        for row in rows.iter().filter(|row| row.trains && part(row)[0] == fold) {
            if let Some(copied) = row.copied {
                let score = fitted.raw(&row.values);
                scores.extend(std::iter::repeat_n(score, repeats(row)));
                labels.extend(std::iter::repeat_n(copied, repeats(row)));
            }
        }
    }
    let params = PlattParams::<f64, ()>::default()
        .check()
        .map_err(|error| TrainError::Fit(error.to_string()))?;
    let (scores, labels) = (Array1::from(scores), Array1::from(labels));
    let (a, b) = platt_newton_method(scores.view(), labels.view(), &params)
        .map_err(|error| TrainError::Fit(format!("calibration: {error}")))?;
    if a < 0.0 {
        Ok((-a, -b))
    } else {
        Err(TrainError::Fit(format!("calibration slope is {}", -a)))
    }
}

/// Pairs of our own making whose scores the model file freezes: a copy, an edited one, two paraphrases, strangers.
const PROBES: &[(&str, &str, &str)] = &[
    ("copy", STORY, STORY),
    (
        "edited",
        STORY,
        "The harbour board of Corvane voted on Monday to buy two electric cranes for 14 million crowns, its chair said. \
         The cranes replace a pair built in 1971 that stopped 40 times last winter. \
         Dockers welcomed the decision but asked for training before the machines arrive in May.",
    ),
    (
        "paraphrase",
        STORY,
        "Corvane's port authority will spend 14 million crowns on a pair of electrically driven cranes, Monday's ballot decided. \
         Two machines from 1971, which broke down 40 times in the cold months, are to go. \
         Those who work on the quay were glad, though they want lessons first; delivery is due in May.",
    ),
    (
        "retold",
        "Tarnwell's last cinema shut its doors on Sunday after ninety years. Some 240 people came to a final showing of a silent comedy. \
         The owner, Dessa Quill, blamed the roof, which would have cost 60,000 crowns. A carpenter has bid for the seats and the piano. \
         The council wants to turn the hall into a library by the autumn.",
        "After nine decades the only picture house left in Tarnwell closed on Sunday. For its last evening 240 visitors watched a comedy without sound. \
         Dessa Quill, to whom it belongs, said that mending the roof for 60,000 crowns was beyond her. Both piano and seats may go to a carpenter. \
         By autumn, if the council has its way, the hall will hold a library.",
    ),
    (
        "strangers",
        STORY,
        "Cherry growers in the upper valley lit fires between the rows on Friday night. \
         The frost came all the same and took half of the crop. Nobody in the village remembers a colder May.",
    ),
];

/// The text that the probes are made from.
const STORY: &str = "The harbour board of Corvane voted on Monday to buy two electric cranes for 14 million crowns. \
    The new cranes replace a pair built in 1971 that stopped 40 times last winter, the board's chair said. \
    Dockers welcomed the decision but asked for training before the machines arrive in May.";
