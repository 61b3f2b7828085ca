//! From raw scores of left-out rows to log-odds and p-values.

use std::collections::BTreeMap;

use linfa::ParamGuard;
use linfa::composing::platt_scaling::{PlattParams, platt_newton_method};
use ndarray::Array1;

use super::TrainError;
use super::crossfit::balanced;
use super::row::Row;
use crate::model::{Calibration, Conformal};

/// Rows of a data set and class that the calibration hears.
const CALIBRATION_ROWS: usize = 400;

/// Least words of the length bands: below 100 words a score says much less than above 400.
pub const BANDS: &[u32] = &[60, 100, 160, 260, 420];

/// Platt's two numbers (Platt 1999; Lin, Lin & Weng 2007) on scores of rows that the weights never saw, both classes alike
/// frequent: a probability is to be read as "before anything else is known, machine and human are equally likely".
///
/// # Errors
/// [`TrainError::Fit`] if linfa fails or the slope is not positive.
pub fn platt(scored: &[(&Row, f64)], positive: &dyn Fn(&Row) -> bool) -> Result<Calibration, TrainError> {
    let sample = balanced(scored, positive, CALIBRATION_ROWS);
    let scores: Array1<f64> = sample.iter().map(|pair| pair.0).collect();
    let labels: Array1<bool> = sample.iter().map(|pair| pair.1).collect();
    let params = PlattParams::<f64, ()>::default()
        .check()
        .map_err(|error| TrainError::Fit(error.to_string()))?;
    let (a, b) = platt_newton_method(scores.view(), labels.view(), &params)
        .map_err(|error| TrainError::Fit(format!("calibration: {error}")))?;
    // linfa: p = 1 / (1 + exp(a * f + b)).
    let calibration = Calibration {
        slope: -a,
        offset: -b,
    };
    if calibration.slope > 0.0 {
        Ok(calibration)
    } else {
        Err(TrainError::Fit(format!("calibration slope is {}", -a)))
    }
}

/// Conformal p-values from left-out rows of the negative class. A data set weighs with the root of its size.
#[must_use]
pub fn conformal(scored: &[(&Row, f64)], negative: &dyn Fn(&Row) -> bool) -> Conformal {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    let human: Vec<&(&Row, f64)> = scored.iter().filter(|(row, _)| negative(row)).collect();
    for (row, _) in &human {
        *sizes.entry(row.set).or_default() += 1;
    }
    let weight = |row: &Row| {
        sizes
            .get(&row.set)
            .map_or(1.0, |&size| 1.0 / (size as f64).sqrt())
    };
    let texts: Vec<(u32, f64, f64)> = human
        .iter()
        .map(|(row, score)| (row.words, *score, weight(row)))
        .collect();
    Conformal::fit(&texts, BANDS)
}
