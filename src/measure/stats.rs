//! Small statistics that several families share.

use std::sync::LazyLock;

/// Mean and population standard deviation of a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moments {
    /// Arithmetic mean.
    pub(super) mean: f64,
    /// Population standard deviation.
    pub(super) sd: f64,
}

/// Moments of a sample, or `None` if it is empty.
pub(super) fn moments(sample: &[f64]) -> Option<Moments> {
    if sample.is_empty() {
        return None;
    }
    let n = sample.len() as f64;
    let mean = sample.iter().sum::<f64>() / n;
    let sd = (sample.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
    Some(Moments { mean, sd })
}

/// Skewness, the third standardised moment, of a sample with these moments; not finite for a constant one.
pub(super) fn skew(sample: &[f64], all: Moments) -> f64 {
    let third = sample.iter().map(|x| (x - all.mean).powi(3)).sum::<f64>() / sample.len() as f64;
    third / all.sd.powi(3)
}

/// Mean of a sample, or `None` if it is empty.
pub(super) fn mean(sample: &[f64]) -> Option<f64> {
    (!sample.is_empty()).then(|| sample.iter().sum::<f64>() / sample.len() as f64)
}

/// The `q` quantile of a sorted sample, linear between order statistics (type 7 of Hyndman & Fan 1996).
pub(super) fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = q * last as f64;
    let low = *sorted.get(place.floor() as usize)?;
    let high = *sorted.get(place.ceil() as usize)?;
    Some(low + (high - low) * place.fract())
}

/// Lag-one autocorrelation; not finite for a constant sample.
pub(super) fn autocorrelation(sample: &[f64]) -> Option<f64> {
    let all = moments(sample)?;
    let products: f64 = sample
        .iter()
        .zip(sample.iter().skip(1))
        .map(|(a, b)| (a - all.mean) * (b - all.mean))
        .sum();
    Some(products / (all.sd * all.sd * sample.len() as f64))
}

/// Largest count whose `n log2 n` is tabulated: the longest window, in characters.
const TABULATED: usize = 2048;

static N_LOG_N: LazyLock<Vec<f64>> = LazyLock::new(|| {
    (0..=TABULATED)
        .map(|n| if n == 0 { 0.0 } else { n as f64 * (n as f64).log2() })
        .collect()
});

/// `n log2 n`, 0 for 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct NLogN(&'static [f64]);

impl NLogN {
    pub(super) fn new() -> Self {
        Self(&N_LOG_N)
    }

    /// The same for a count of at most [`TABULATED`].
    pub(super) fn tabulated(self, n: usize) -> f64 {
        debug_assert!(n <= TABULATED, "a count beyond the table");
        self.0.get(n).copied().unwrap_or(0.0)
    }

    pub(super) fn of(self, n: usize) -> f64 {
        self.0
            .get(n)
            .copied()
            .unwrap_or_else(|| n as f64 * (n as f64).log2())
    }
}

/// Shannon entropy in bits of a distribution given by counts; `None` if all are 0.
pub(super) fn entropy(counts: impl IntoIterator<Item = usize>) -> Option<f64> {
    let n_log_n = NLogN::new();
    let (total, sum) = counts.into_iter().fold((0, 0.0), |(total, sum), count| {
        (total + count, sum + n_log_n.of(count))
    });
    entropy_of(total, sum)
}

/// Entropy from the sum of the counts and that of their `n log2 n`. Counts of 0 and 1 add nothing to the latter.
pub(super) fn entropy_of(total: usize, sum: f64) -> Option<f64> {
    // Rounding may leave a tiny negative value for a single symbol.
    (total > 0).then(|| ((total as f64).log2() - sum / total as f64).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_by_hand() {
        let m = moments(&[1.0, 2.0, 6.0]).unwrap();
        // Mean 3; deviations -2, -1, 3: variance 14/3; third moment (-8 - 1 + 27)/3 = 6.
        assert!((m.mean - 3.0).abs() < 1e-12);
        assert!((m.sd - (14.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert!((skew(&[1.0, 2.0, 6.0], m) - 6.0 / (14.0_f64 / 3.0).powf(1.5)).abs() < 1e-12);
        assert!(moments(&[]).is_none());
    }

    #[test]
    fn quantiles_by_hand() {
        assert_eq!(quantile(&[1.0, 2.0, 3.0, 10.0], 0.5), Some(2.5));
        assert_eq!(quantile(&[1.0, 2.0, 3.0, 10.0], 1.0), Some(10.0));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn alternation_correlates_negatively() {
        // Mean 2, deviations -1 1 -1 1: products -1 -1 -1 over 4.
        assert_eq!(autocorrelation(&[1.0, 3.0, 1.0, 3.0]), Some(-0.75));
    }

    #[test]
    fn entropies_by_hand() {
        assert_eq!(entropy([1, 1, 1, 1]), Some(2.0));
        assert_eq!(entropy([5]), Some(0.0));
        assert_eq!(entropy([0, 0]), None);
        assert!((entropy([3, 1]).unwrap() - 0.811_278_124_459_132_8).abs() < 1e-12);
    }
}
