//! Figures of merit, with bootstrap intervals over groups.

use std::collections::BTreeMap;

use super::random::Random;

/// A scored text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored {
    /// Higher speaks for machine.
    pub score: f64,
    /// Calibrated probability.
    pub probability: f64,
    /// Whether it is of the positive class.
    pub positive: bool,
    /// Whether the shipped policy would flag it.
    pub flagged: bool,
    /// Number of its group: a bootstrap draws groups, not texts.
    pub group: usize,
}

/// Area under the ROC curve (Mann & Whitney 1947), ties counted half; `None` without both classes.
#[must_use]
pub fn auroc(scored: &[Scored]) -> Option<f64> {
    let mut sorted: Vec<&Scored> = scored.iter().collect();
    sorted.sort_by(|a, b| a.score.total_cmp(&b.score));
    let positives = scored.iter().filter(|s| s.positive).count() as f64;
    let negatives = scored.len() as f64 - positives;
    if positives == 0.0 || negatives == 0.0 {
        return None;
    }
    let (mut ranks, mut at) = (0.0, 0);
    while at < sorted.len() {
        let tie = sorted
            .iter()
            .skip(at)
            .take_while(|s| Some(s.score) == sorted.get(at).map(|f| f.score))
            .count()
            .max(1);
        let rank = at as f64 + (tie as f64 + 1.0) / 2.0;
        ranks += rank * sorted.iter().skip(at).take(tie).filter(|s| s.positive).count() as f64;
        at += tie;
    }
    Some((ranks - positives * (positives + 1.0) / 2.0) / (positives * negatives))
}

/// Share of positives above the score that at most `fpr` of `negatives` reach.
#[must_use]
pub fn tpr_at(positives: &[f64], negatives: &[f64], fpr: f64) -> Option<f64> {
    if positives.is_empty() || negatives.is_empty() {
        return None;
    }
    let mut sorted = negatives.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let allowed = (fpr * sorted.len() as f64).floor() as usize;
    let threshold = sorted.get(allowed).copied().unwrap_or(f64::NEG_INFINITY);
    Some(positives.iter().filter(|&&score| score > threshold).count() as f64 / positives.len() as f64)
}

/// The lowest of the scores of human texts at which the share of false alarms, averaged over the kinds of human text, is at
/// most `fpr`; `None` without scores.
#[must_use]
pub fn threshold_over_kinds(kinds: &[Vec<f64>], fpr: f64) -> Option<f64> {
    let mut sorted: Vec<Vec<f64>> = kinds.iter().filter(|kind| !kind.is_empty()).cloned().collect();
    for kind in &mut sorted {
        kind.sort_by(f64::total_cmp);
    }
    let mut all: Vec<f64> = sorted.iter().flatten().copied().collect();
    all.sort_by(f64::total_cmp);
    let above = |kind: &Vec<f64>, score: f64| {
        (kind.len() - kind.partition_point(|&own| own <= score)) as f64 / kind.len() as f64
    };
    let mean = |score: f64| sorted.iter().map(|kind| above(kind, score)).sum::<f64>() / sorted.len() as f64;
    let at = all.partition_point(|&score| mean(score) > fpr);
    all.get(at).copied()
}

/// Expected calibration error over ten bins of equal width (Naeini, Cooper & Hauskrecht 2015), classes weighing alike.
#[must_use]
pub fn calibration_error(scored: &[Scored]) -> Option<f64> {
    let positives = scored.iter().filter(|s| s.positive).count() as f64;
    let negatives = scored.len() as f64 - positives;
    if positives == 0.0 || negatives == 0.0 {
        return None;
    }
    let mut bins = [[0.0_f64; 3]; 10];
    for s in scored {
        let weight = if s.positive {
            0.5 / positives
        } else {
            0.5 / negatives
        };
        let index = ((s.probability * 10.0) as usize).min(9);
        if let Some([mass, predicted, observed]) = bins.get_mut(index) {
            *mass += weight;
            *predicted += weight * s.probability;
            *observed += if s.positive { weight } else { 0.0 };
        }
    }
    Some(
        bins.iter()
            .map(|[_, predicted, observed]| (predicted - observed).abs())
            .sum(),
    )
}

/// Share of a count with its Wilson 95 % interval (Wilson 1927).
#[must_use]
pub fn share(count: usize, of: usize) -> Option<[f64; 3]> {
    if of == 0 {
        return None;
    }
    let (z, n) = (1.96_f64, of as f64);
    let p = count as f64 / n;
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    Some([p, (centre - half).max(0.0), (centre + half).min(1.0)])
}

/// Rounds of the bootstrap (Efron 1979); enough for two digits of an interval.
const ROUNDS: u64 = 200;

/// 95 % interval of a figure by resampling groups.
#[must_use]
pub fn bootstrap(scored: &[Scored], figure: &dyn Fn(&[Scored]) -> Option<f64>) -> Option<[f64; 2]> {
    let mut groups: BTreeMap<usize, Vec<Scored>> = BTreeMap::new();
    for s in scored {
        groups.entry(s.group).or_default().push(*s);
    }
    let groups: Vec<Vec<Scored>> = groups.into_values().collect();
    let mut figures: Vec<f64> = (0..ROUNDS)
        .filter_map(|round| {
            let mut random = Random::new(round);
            let drawn = (0..groups.len())
                .filter_map(|_| groups.get(random.below(groups.len())))
                .flatten()
                .copied();
            figure(&drawn.collect::<Vec<_>>())
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    Some([
        super::dense::quantile(&figures, 0.025)?,
        super::dense::quantile(&figures, 0.975)?,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(pairs: &[(f64, bool)]) -> Vec<Scored> {
        let one = |(group, &(score, positive))| Scored {
            score,
            probability: score,
            positive,
            flagged: false,
            group,
        };
        pairs.iter().enumerate().map(one).collect()
    }

    #[test]
    fn auroc_counts_ties_half() {
        assert_eq!(auroc(&scored(&[(0.1, false), (0.2, true)])), Some(1.0));
        assert_eq!(auroc(&scored(&[(0.3, false), (0.2, true)])), Some(0.0));
        assert_eq!(auroc(&scored(&[(0.2, false), (0.2, true)])), Some(0.5));
        assert_eq!(
            auroc(&scored(&[(0.1, false), (0.2, true), (0.3, false), (0.4, true)])),
            Some(0.75)
        );
        assert_eq!(auroc(&scored(&[(0.1, false)])), None);
    }

    #[test]
    fn tpr_is_taken_above_the_allowed_false_alarms() {
        let negatives: Vec<f64> = (0..100).map(f64::from).collect();
        assert_eq!(tpr_at(&[98.5, 99.5], &negatives, 0.01), Some(1.0));
        assert_eq!(tpr_at(&[97.5, 99.5], &negatives, 0.01), Some(0.5));
    }

    #[test]
    fn kinds_of_human_text_weigh_alike_whatever_their_size() {
        let large: Vec<f64> = (0..1000).map(f64::from).collect();
        let small = vec![5000.0, 1.0];
        assert_eq!(
            threshold_over_kinds(std::slice::from_ref(&large), 0.01),
            Some(989.0)
        );
        // Half of the small kind lies above 989: it must come down to a quarter of the mean.
        assert_eq!(threshold_over_kinds(&[large, small], 0.01), Some(5000.0));
        assert_eq!(threshold_over_kinds(&[], 0.01), None);
    }

    #[test]
    fn calibration_error_is_zero_for_right_probabilities_and_large_for_wrong_ones() {
        let right = scored(&[(0.75, true), (0.75, true), (0.75, true), (0.75, false)]);
        let wrong = scored(&[(0.95, false), (0.05, true)]);
        assert!(calibration_error(&right).unwrap() < 0.3);
        assert!(calibration_error(&wrong).unwrap() > 0.9);
    }

    #[test]
    fn wilson_interval_of_nothing_seen_is_not_nothing() {
        let [p, low, high] = share(0, 100).unwrap();
        assert_eq!((p, low), (0.0, 0.0));
        assert!(high > 0.03 && high < 0.04);
    }
}
