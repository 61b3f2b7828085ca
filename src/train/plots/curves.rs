//! Scores -> points.

use super::super::metrics::Scored;

/// A line of a plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// What the legend says.
    pub name: String,
    /// Its points, left to right.
    pub points: Vec<(f64, f64)>,
}

impl Curve {
    /// A curve of `texts` texts; the legend tells how many, where there are some.
    pub fn named(name: &str, texts: usize, points: Vec<(f64, f64)>) -> Self {
        let name = if texts > 0 {
            format!("{name} ({texts} texts)")
        } else {
            name.to_owned()
        };
        Self { name, points }
    }
}

/// A human text's score and what it weighs.
#[derive(Debug, Clone, Copy)]
pub struct Negative {
    /// Higher speaks for machine.
    pub score: f64,
    /// Its weight; they need not add up to 1.
    pub weight: f64,
}

/// Finest step of a drawn curve, as a share: below it a line on the screen does not change. The first points, where
/// false alarms are rare and the axis is wide, are all kept.
const STEP: f64 = 0.002;
const KEPT_BELOW: f64 = 0.02;

/// The ROC curve (weighted share of negatives, share of positives that lie above a threshold), from (0, 0) to (1, 1).
pub fn roc(positives: &[f64], negatives: &[Negative]) -> Vec<(f64, f64)> {
    let total: f64 = negatives.iter().map(|negative| negative.weight).sum();
    if positives.is_empty() || total <= 0.0 {
        return Vec::new();
    }
    // (score, weight of a negative, weight of a positive)
    let mut all: Vec<(f64, f64, f64)> = negatives
        .iter()
        .map(|n| (n.score, n.weight / total, 0.0))
        .collect();
    all.extend(
        positives
            .iter()
            .map(|score| (*score, 0.0, 1.0 / positives.len() as f64)),
    );
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut points = vec![(0.0, 0.0)];
    let (mut fpr, mut tpr) = (0.0_f64, 0.0_f64);
    let mut rest = all.iter().peekable();
    while let Some((score, negative, positive)) = rest.next() {
        fpr += negative;
        tpr += positive;
        // Texts with one score pass the threshold together.
        if rest.peek().is_some_and(|next| next.0 == *score) {
            continue;
        }
        let last = points.last().copied().unwrap_or_default();
        if (fpr < KEPT_BELOW && fpr > last.0) || fpr - last.0 >= STEP || tpr - last.1 >= STEP {
            points.push((fpr.min(1.0), tpr.min(1.0)));
        }
    }
    points.push((1.0, 1.0));
    points
}

/// Bins of the reliability diagram, of equal width: those of the calibration error.
const BINS: usize = 10;
/// Fewest texts of a bin that is drawn.
const BIN_TEXTS: usize = 20;

/// Mean probability and share of machine texts in bins of the probability, both classes weighing alike.
pub fn reliability(scored: &[Scored]) -> Vec<(f64, f64)> {
    let positives = scored.iter().filter(|s| s.positive).count();
    let negatives = scored.len() - positives;
    if positives == 0 || negatives == 0 {
        return Vec::new();
    }
    // Texts, mass, mass times probability, mass of positives.
    let mut bins = [(0_usize, 0.0_f64, 0.0_f64, 0.0_f64); BINS];
    for s in scored {
        let weight = 1.0 / if s.positive { positives } else { negatives } as f64;
        let index = ((s.probability * BINS as f64) as usize).min(BINS - 1);
        if let Some((texts, mass, predicted, observed)) = bins.get_mut(index) {
            *texts += 1;
            *mass += weight;
            *predicted += weight * s.probability;
            *observed += if s.positive { weight } else { 0.0 };
        }
    }
    bins.iter()
        .filter(|(texts, ..)| *texts >= BIN_TEXTS)
        .map(|(_, mass, predicted, observed)| (predicted / mass, observed / mass))
        .collect()
}

/// Quantiles of sorted values by linear interpolation (type 7 of Hyndman & Fan 1996); `None` without values.
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let at = share.clamp(0.0, 1.0) * sorted.len().checked_sub(1)? as f64;
    let low = *sorted.get(at.floor() as usize)?;
    let high = *sorted.get(at.ceil() as usize)?;
    Some(low + (high - low) * at.fract())
}
