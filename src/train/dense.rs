//! The dense stage: linfa's logistic regression on tent coordinates of the features.

use linfa::prelude::*;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2, ShapeBuilder};

use super::TrainError;
use super::row::Row;
use crate::model::{Calibration, Head, Term, locate, sigmoid};

/// How to get a column's value of a row.
pub type Value<'a> = Box<dyn Fn(&Row) -> Option<f64> + 'a>;

/// A column of the stage: how to get a row's value, and the quantiles at which its knots lie.
pub struct Column<'a> {
    /// Feature name.
    pub name: String,
    /// Feature version.
    pub version: u16,
    /// Value of a row.
    pub value: Value<'a>,
    /// Quantiles of its knots, ascending.
    pub quantiles: &'static [f64],
}

/// Quantiles of a feature's knots.
pub const FEATURE_QUANTILES: &[f64] = &[0.03, 0.25, 0.5, 0.75, 0.97];

/// L2 penalty of linfa's logistic regression.
const PENALTY: f64 = 60.0;
/// Iterations of L-BFGS; more change nothing that shows (linfa's stop test sums the loss over rows, so it runs on).
const ITERATIONS: u64 = 18;
/// Largest difference allowed between our score and linfa's probability.
const AGREEMENT: f64 = 1e-9;

/// Fits a head on `rows`; `positive` tells which rows belong to the class `class`.
///
/// The knots are quantiles of the rows; a row without a value has all coordinates 0, and each coordinate is centred on the
/// mean of the rows that have one, so "unmeasurable" speaks for neither side. The exported weights are oriented so that + is
/// always `class`, and must reproduce linfa's own probabilities on every training row.
///
/// # Errors
/// [`TrainError::Fit`] if linfa fails, returns zero weights, or disagrees with the export.
pub fn fit(
    rows: &[&Row],
    columns: &[&Column<'_>],
    class: &str,
    positive: &dyn Fn(&Row) -> bool,
) -> Result<Head, TrainError> {
    let values: Vec<Vec<Option<f64>>> = columns
        .iter()
        .map(|c| rows.iter().map(|row| (c.value)(row)).collect())
        .collect();
    let knots: Vec<Vec<f64>> = columns
        .iter()
        .zip(&values)
        .map(|(c, v)| knots(v, c.quantiles))
        .collect();
    let width: usize = knots.iter().map(Vec::len).sum();
    // Column by column, as it is filled and as linfa's products run fastest.
    let mut design = Array2::<f64>::zeros((rows.len(), width).f());
    let mut start = 0;
    let mut centres: Vec<Vec<f64>> = Vec::with_capacity(columns.len());
    for (knots, values) in knots.iter().zip(&values) {
        let centre = centre(knots, values);
        for (mut cells, value) in design.rows_mut().into_iter().zip(values) {
            let Some(value) = value else { continue };
            for (offset, mean) in centre.iter().enumerate() {
                if let Some(cell) = cells.get_mut(start + offset) {
                    *cell = -mean;
                }
            }
            let (below, share) = locate(knots, *value);
            if let Some(cell) = cells.get_mut(start + below) {
                *cell += 1.0 - share;
            }
            if share > 0.0
                && let Some(cell) = cells.get_mut(start + below + 1)
            {
                *cell += share;
            }
        }
        start += knots.len();
        centres.push(centre);
    }
    let labels: Array1<bool> = rows.iter().map(|row| positive(row)).collect();
    let dataset = Dataset::new(design, labels);
    let fitted = LogisticRegression::default()
        .alpha(PENALTY)
        .max_iterations(ITERATIONS)
        .fit(&dataset)
        .map_err(|error| TrainError::Fit(format!("{class}: {error}")))?;

    // linfa 0.8 calls the more frequent class positive; the fitted labels say which one that is.
    let sign = if fitted.labels().pos.class { 1.0 } else { -1.0 };
    let weights: Vec<f64> = fitted.params().iter().map(|weight| weight * sign).collect();
    if weights.iter().all(|&weight| weight == 0.0) {
        return Err(TrainError::Fit(format!("{class}: all weights are zero")));
    }
    let mut head = export(
        columns,
        knots,
        &centres,
        &weights,
        fitted.intercept() * sign,
        class,
    );
    let probabilities = fitted.predict_probabilities(dataset.records());
    for (at, (_, probability)) in rows.iter().zip(&probabilities).enumerate() {
        let row: Vec<Option<f64>> = values.iter().map(|v| v.get(at).copied().flatten()).collect();
        let linfa = if sign > 0.0 {
            *probability
        } else {
            1.0 - *probability
        };
        let ours = sigmoid(head.additive(&row));
        if (ours - linfa).abs() > AGREEMENT {
            return Err(TrainError::Fit(format!(
                "{class}: row {at} scores {ours}, linfa says {linfa}"
            )));
        }
    }
    describe(&mut head, rows, &values, positive);
    Ok(head)
}

/// Distinct quantiles of the measured values.
fn knots(values: &[Option<f64>], quantiles: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let mut knots: Vec<f64> = quantiles.iter().filter_map(|&q| quantile(&sorted, q)).collect();
    // A mostly constant value (a count that is nearly always 0) has its quantiles in one place: its largest value is then
    // the second knot, so that the rare case can be told apart.
    knots.dedup();
    if let (1, Some(&top), Some(&only)) = (knots.len(), sorted.last(), knots.first())
        && top > only
    {
        knots.push(quantile(&sorted, 0.999).filter(|&q| q > only).unwrap_or(top));
    }
    if knots.is_empty() { vec![0.0] } else { knots }
}

/// A quantile of sorted values (nearest rank).
pub(super) fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    sorted.get((share * last as f64).round() as usize).copied()
}

/// Mean coordinate at each knot over the rows that have a value.
fn centre(knots: &[f64], values: &[Option<f64>]) -> Vec<f64> {
    let mut sums = vec![0.0; knots.len()];
    let mut count = 0.0_f64;
    for value in values.iter().flatten() {
        let (below, share) = locate(knots, *value);
        count += 1.0;
        for (at, part) in [(below, 1.0 - share), (below + 1, share)] {
            if let Some(sum) = sums.get_mut(at) {
                *sum += part;
            }
        }
    }
    sums.iter().map(|sum| sum / count.max(1.0)).collect()
}

fn export(
    columns: &[&Column<'_>],
    knots: Vec<Vec<f64>>,
    centres: &[Vec<f64>],
    weights: &[f64],
    intercept: f64,
    class: &str,
) -> Head {
    let mut rest = weights;
    let mut terms = Vec::with_capacity(columns.len());
    for ((column, knots), centre) in columns.iter().zip(knots).zip(centres) {
        let (mine, after) = rest.split_at_checked(knots.len()).unwrap_or((rest, &[]));
        rest = after;
        // Centring moves every knot's part by one constant, because a row's coordinates sum to 1.
        let shift: f64 = mine.iter().zip(centre).map(|(weight, mean)| weight * mean).sum();
        terms.push(Term {
            feature: column.name.clone(),
            version: column.version,
            weights: mine.iter().map(|weight| weight - shift).collect(),
            knots,
            usual: 0.0,
            typical: [0.0, 0.0],
        });
    }
    Head {
        positive: class.to_owned(),
        intercept,
        terms,
        trees: None,
        calibration: Calibration::IDENTITY,
    }
}

/// Fills in what is usual among the rows of the other class.
fn describe(head: &mut Head, rows: &[&Row], values: &[Vec<Option<f64>>], positive: &dyn Fn(&Row) -> bool) {
    for (term, values) in head.terms.iter_mut().zip(values) {
        let other: Vec<Option<f64>> = rows
            .iter()
            .zip(values)
            .filter(|(row, _)| !positive(row))
            .map(|(_, v)| *v)
            .collect();
        let parts: f64 = other.iter().map(|&value| term.part(value)).sum();
        term.usual = parts / (other.len().max(1) as f64);
        let mut sorted: Vec<f64> = other.into_iter().flatten().collect();
        sorted.sort_by(f64::total_cmp);
        if let (Some(low), Some(high)) = (quantile(&sorted, 0.25), quantile(&sorted, 0.75)) {
            term.typical = [low, high];
        }
    }
}
