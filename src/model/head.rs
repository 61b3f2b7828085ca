//! One head: piecewise-linear terms, an intercept, trees, a calibration.

use serde::{Deserialize, Serialize};

use super::Trees;

/// A score of one axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Name of the class that positive log-odds speak for.
    pub positive: String,
    /// Constant of the raw score.
    pub intercept: f64,
    /// The terms.
    pub terms: Vec<Term>,
    /// Trees on the same features, fitted on what the terms leave; `None` for a head that has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trees: Option<Trees>,
    /// From raw score to log-odds.
    pub calibration: Calibration,
}

/// One feature's part in the raw score: a piecewise-linear function through (`knots`, `weights`), constant beyond
/// the outermost knots and 0 where the feature could not be measured.
///
/// The knots are quantiles of the training data, so a logistic model on their "tent" coordinates (1 at a knot, falling
/// linearly to 0 at its neighbours) is at once additive and non-linear: quantile bins without their jumps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Feature name.
    pub feature: String,
    /// Version of the feature at training time.
    pub version: u16,
    /// Ascending, at least one.
    pub knots: Vec<f64>,
    /// Value of the part at each knot.
    pub weights: Vec<f64>,
    /// Mean of the part among the human (or not syndicated) training rows: evidence is told against it.
    pub usual: f64,
    /// First and third quartile among the same rows.
    pub typical: [f64; 2],
}

/// From an expert's two scores to log-odds (Platt 1999; stacking: Wolpert 1992): a slope for the head's raw score, one for
/// the score of the n-gram stage, and an offset, each moving with the length of the text: what a score of 80 words says is
/// less than what the same score of 800 words says.
///
/// `log_odds = (slope + slope_by_length * l) * raw + (ngram + ngram_by_length * l) * ngram_score + offset +
/// offset_by_length * l`, with `l` of [`length`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Of the raw score; above 0.
    pub slope: f64,
    /// Of the n-gram score; at least 0, and 0 for an axis without n-grams.
    pub ngram: f64,
    /// In log-odds.
    pub offset: f64,
    /// Change of `slope` with the length.
    pub slope_by_length: f64,
    /// Change of `ngram` with the length.
    pub ngram_by_length: f64,
    /// Change of `offset` with the length.
    pub offset_by_length: f64,
}

/// Words between which the calibration follows the length; beyond, it stays as at the end.
const LENGTHS: (u32, u32) = (40, 600);
/// Length at which `slope` and `offset` stand by themselves.
const MIDDLE: f64 = 150.0;
/// Smallest share of `slope` that any length leaves: a higher score never speaks less.
const LEAST_SLOPE: f64 = 0.1;

/// Logarithm of a length in words against [`MIDDLE`] words, within [`LENGTHS`].
#[must_use]
pub fn length(words: u32) -> f64 {
    (f64::from(words.clamp(LENGTHS.0, LENGTHS.1)) / MIDDLE).ln()
}

impl Calibration {
    /// A calibration that changes nothing.
    pub const IDENTITY: Self = Self {
        slope: 1.0,
        ngram: 0.0,
        offset: 0.0,
        slope_by_length: 0.0,
        ngram_by_length: 0.0,
        offset_by_length: 0.0,
    };

    /// Slope of the raw score for a text of so many words, above 0.
    #[must_use]
    pub fn slope_at(self, words: u32) -> f64 {
        moved(self.slope, self.slope_by_length, words)
    }

    /// Slope of the n-gram score for a text of so many words, at least 0.
    #[must_use]
    pub fn ngram_at(self, words: u32) -> f64 {
        moved(self.ngram, self.ngram_by_length, words)
    }

    /// Log-odds of a raw score and an n-gram score of a text of so many words.
    #[must_use]
    pub fn log_odds(self, raw: f64, ngram: f64, words: u32) -> f64 {
        let offset = self.offset_by_length.mul_add(length(words), self.offset);
        self.slope_at(words).mul_add(raw, self.ngram_at(words) * ngram) + offset
    }
}

fn moved(slope: f64, by_length: f64, words: u32) -> f64 {
    by_length.mul_add(length(words), slope).max(slope * LEAST_SLOPE)
}

/// The position of a value among ascending knots: index of the knot below and the share, 0 to 1, of the knot above.
#[must_use]
pub fn locate(knots: &[f64], value: f64) -> (usize, f64) {
    let above = knots.partition_point(|&knot| knot <= value);
    let Some(below) = above.checked_sub(1) else {
        return (0, 0.0);
    };
    match (knots.get(below), knots.get(above)) {
        (Some(&low), Some(&high)) if high > low => (below, (value - low) / (high - low)),
        _ => (below, 0.0),
    }
}

impl Term {
    /// The part of a value; 0 for an unmeasurable one.
    #[must_use]
    pub fn part(&self, value: Option<f64>) -> f64 {
        let Some(value) = value else { return 0.0 };
        let (below, share) = locate(&self.knots, value);
        let at = |index: usize| self.weights.get(index).copied().unwrap_or(0.0);
        if share > 0.0 {
            (1.0 - share) * at(below) + share * at(below + 1)
        } else {
            at(below)
        }
    }
}

impl Head {
    /// Raw score of the terms from their values, in their order; the trees' ([`super::Forest`]) comes on top. Summed in that order, so equal
    /// input gives equal bits.
    #[must_use]
    pub fn additive(&self, values: &[Option<f64>]) -> f64 {
        self.terms
            .iter()
            .zip(values)
            .fold(self.intercept, |sum, (term, value)| sum + term.part(*value))
    }
}

/// Probability of log-odds.
#[must_use]
pub fn sigmoid(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term() -> Term {
        Term {
            feature: "a.b".into(),
            version: 1,
            knots: vec![1.0, 2.0, 4.0],
            weights: vec![-1.0, 0.0, 3.0],
            usual: 0.0,
            typical: [1.0, 2.0],
        }
    }

    #[test]
    fn a_part_runs_through_its_knots_and_is_constant_beyond() {
        let expected = [
            (0.0, -1.0),
            (1.0, -1.0),
            (1.5, -0.5),
            (2.0, 0.0),
            (3.0, 1.5),
            (4.0, 3.0),
            (9.0, 3.0),
        ];
        for (value, part) in expected {
            assert!((term().part(Some(value)) - part).abs() < 1e-12, "{value}");
        }
    }

    #[test]
    fn an_unmeasurable_value_has_no_part() {
        assert_eq!(term().part(None), 0.0);
    }

    #[test]
    fn a_single_knot_is_a_constant() {
        assert_eq!(locate(&[5.0], 7.0), (0, 0.0));
        assert_eq!(locate(&[5.0], 3.0), (0, 0.0));
    }
}
