//! From raw scores of left-out rows to log-odds and p-values.

use std::collections::BTreeMap;

use linfa::ParamGuard;
use linfa::composing::platt_scaling::{PlattParams, platt_newton_method};
use linfa::prelude::*;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2};

use super::TrainError;
use super::crossfit::balanced;
use super::dense::quantile;
use super::row::{Label, Row};
use super::sets::FAMILIES;
use super::surprisal;
use crate::model::{Calibration, Conformal, Joined, Surprise, Usual, join, length};

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
    let scores: Array1<f64> = sample.iter().map(|pair| pair.1).collect();
    let labels: Array1<bool> = sample.iter().map(|pair| pair.2).collect();
    let params = PlattParams::<f64, ()>::default()
        .check()
        .map_err(|error| TrainError::Fit(error.to_string()))?;
    let (a, b) = platt_newton_method(scores.view(), labels.view(), &params)
        .map_err(|error| TrainError::Fit(format!("calibration: {error}")))?;
    // linfa: p = 1 / (1 + exp(a * f + b)).
    rising(Calibration {
        slope: -a,
        offset: -b,
        ..Calibration::IDENTITY
    })
}

/// How an expert's scores become log-odds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stacked {
    /// Of the dense and the n-gram score.
    pub calibration: Calibration,
    /// Of the mean surprisal, if the expert hears it and the rows have one.
    pub surprise: Option<Surprise>,
}

impl Stacked {
    /// Log-odds of a text of so many words by its dense score, its n-gram score and its mean surprisal.
    #[must_use]
    pub fn log_odds(&self, words: u32, dense: f64, ngram: f64, mean: Option<f64>) -> f64 {
        let heard = self.surprise.zip(mean);
        let surprise = heard.map_or(0.0, |(surprise, mean)| surprise.part(mean, words));
        self.calibration.log_odds(dense, ngram, words) + surprise
    }
}

/// An expert's calibration: linfa's logistic regression on its left-out dense score, its left-out n-gram score, the length
/// and the products of the scores with it; for the expert that hears the language model also on how far the left-out mean surprisal lies below
/// and above what is usual.
///
/// # Errors
/// [`TrainError::Fit`] if linfa fails or the slope of the dense score is not positive.
fn stack(scored: &[(&Row, f64)], expert: usize) -> Result<Stacked, TrainError> {
    let machine = |row: &Row| row.label == Label::Machine;
    let sample = balanced(scored, &machine, CALIBRATION_ROWS);
    let human = sample
        .iter()
        .filter(|(.., machine)| !machine)
        .map(|(row, ..)| *row);
    let usual = (expert == surprisal::FAMILY)
        .then(|| usual_surprisal(human))
        .flatten();
    let width = if usual.is_some() { 9 } else { 5 };
    let mut design = Array2::<f64>::zeros((sample.len(), width));
    for (mut cells, &(row, score, _)) in design.rows_mut().into_iter().zip(&sample) {
        let (long, ngram) = (length(row.words), row.ngram_score(expert));
        let mut line = vec![score, ngram, long, score * long, ngram * long];
        if let Some(usual) = usual {
            let sides = row
                .surprisal
                .map_or([0.0; 2], |mean| Surprise::sides(usual.mean, mean));
            line.extend(sides);
            line.extend(sides.map(|side| side * long));
        }
        cells.assign(&Array1::from(line));
    }
    let labels: Array1<bool> = sample.iter().map(|pair| pair.2).collect();
    let fitted = LogisticRegression::default()
        .fit(&Dataset::new(design, labels))
        .map_err(|error| TrainError::Fit(format!("calibration: {error}")))?;
    let sign = if fitted.labels().pos.class { 1.0 } else { -1.0 };
    let weight = |at: usize| sign * fitted.params().get(at).copied().unwrap_or(0.0);
    let calibration = rising(Calibration {
        slope: weight(0),
        ngram: weight(1).max(0.0),
        offset: sign * fitted.intercept(),
        slope_by_length: weight(3),
        ngram_by_length: if weight(1) > 0.0 { weight(4) } else { 0.0 },
        offset_by_length: weight(2),
    })?;
    Ok(Stacked {
        calibration,
        surprise: usual.map(|usual| Surprise {
            usual,
            slopes: [weight(5), weight(6)],
            by_length: [weight(7), weight(8)],
        }),
    })
}

/// The mean surprisal of human rows: its median, where the two slopes meet, and its quartiles; `None` if no row has one.
fn usual_surprisal<'a>(human: impl Iterator<Item = &'a Row>) -> Option<Usual> {
    let mut means: Vec<f64> = human.filter_map(|row| row.surprisal).collect();
    means.sort_by(f64::total_cmp);
    Some(Usual {
        mean: quantile(&means, 0.5)?,
        typical: [quantile(&means, 0.25)?, quantile(&means, 0.75)?],
    })
}

/// An expert's n-gram score among human rows, left out.
#[must_use]
pub fn usual_ngram(rows: &[Row], expert: usize) -> Usual {
    let mut scores: Vec<f64> = rows
        .iter()
        .filter(|row| row.label == Label::Human && row.trains)
        .map(|row| row.ngram_score(expert))
        .collect();
    scores.sort_by(f64::total_cmp);
    let at = |share: f64| quantile(&scores, share).unwrap_or(0.0);
    Usual {
        mean: scores.iter().sum::<f64>() / scores.len().max(1) as f64,
        typical: [at(0.25), at(0.75)],
    }
}

fn rising(calibration: Calibration) -> Result<Calibration, TrainError> {
    if calibration.slope > 0.0 {
        Ok(calibration)
    } else {
        Err(TrainError::Fit(format!(
            "calibration slope is {}",
            calibration.slope
        )))
    }
}

/// The calibration of a bank: of each expert, of what they say together, and its tail among human texts.
#[derive(Debug, Clone)]
pub struct Calibrated {
    /// Of each expert, in their order.
    pub experts: Vec<Stacked>,
    /// Of the joined score.
    pub joined: Calibration,
    /// Tail of the joined score.
    pub tail: Conformal,
}

impl Calibrated {
    /// Calibrates on left-out scores: for each row that of every expert.
    ///
    /// # Errors
    /// See [`platt`]; an expert's calibration fails likewise.
    pub fn fit(scored: &[(&Row, &[f64])]) -> Result<Self, TrainError> {
        let machine = |row: &Row| row.label == Label::Machine;
        let expert = |expert: usize| {
            let own: Vec<(&Row, f64)> = scored
                .iter()
                .filter(|(row, _)| row.label == Label::Human || (row.trains && row.family() == Some(expert)))
                .filter_map(|(row, scores)| Some((*row, *scores.get(expert)?)))
                .collect();
            stack(&own, expert)
        };
        let mut all = Self {
            experts: (0..FAMILIES.len())
                .map(expert)
                .collect::<Result<_, TrainError>>()?,
            joined: Calibration::IDENTITY,
            tail: Conformal::default(),
        };
        let joined: Vec<(&Row, f64)> = scored
            .iter()
            .map(|(row, scores)| (*row, all.join(row, scores).all))
            .collect();
        all.joined = platt(&joined, &machine)?;
        all.tail = conformal(&joined, &|row| row.label == Label::Human);
        Ok(all)
    }

    /// Joins the dense scores of the experts with the row's n-gram scores.
    #[must_use]
    pub fn join(&self, row: &Row, scores: &[f64]) -> Joined {
        let said: Vec<f64> = self
            .experts
            .iter()
            .zip(scores)
            .enumerate()
            .map(|(expert, (stacked, &score))| {
                stacked.log_odds(row.words, score, row.ngram_score(expert), row.surprisal)
            })
            .collect();
        join(FAMILIES.iter().map(|family| (family.prior, family.weak)), &said)
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
