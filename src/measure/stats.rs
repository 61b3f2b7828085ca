//! Small statistics that several families share.

use std::sync::LazyLock;

/// Mean, population standard deviation and skewness of a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moments {
    /// Arithmetic mean.
    pub(super) mean: f64,
    /// Population standard deviation.
    pub(super) sd: f64,
    /// Third standardised moment; not finite for a constant sample.
    pub(super) skew: f64,
}

/// Moments of a sample, or `None` if it is empty.
pub(super) fn moments(sample: &[f64]) -> Option<Moments> {
    if sample.is_empty() {
        return None;
    }
    let n = sample.len() as f64;
    let mean = sample.iter().sum::<f64>() / n;
    let central = |power: i32| sample.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / n;
    let sd = central(2).sqrt();
    Some(Moments {
        mean,
        sd,
        skew: central(3) / sd.powi(3),
    })
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
pub(super) fn n_log_n(n: usize) -> f64 {
    N_LOG_N
        .get(n)
        .copied()
        .unwrap_or_else(|| n as f64 * (n as f64).log2())
}

/// Shannon entropy in bits of a distribution given by counts; `None` if all are 0.
pub(super) fn entropy(counts: impl IntoIterator<Item = usize>) -> Option<f64> {
    let (total, sum) = counts.into_iter().fold((0, 0.0), |(total, sum), count| {
        (total + count, sum + n_log_n(count))
    });
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
        assert!((m.skew - 6.0 / (14.0_f64 / 3.0).powf(1.5)).abs() < 1e-12);
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
