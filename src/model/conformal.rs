//! Conformal p-values (Vovk, Gammerman & Shafer 2005) from held-out human texts, by length.

use serde::{Deserialize, Serialize};

/// Tail shares of held-out human scores, by length band.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Conformal {
    /// Bands by ascending `min_words`.
    pub bands: Vec<Band>,
}

/// One length band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Fewest words.
    pub min_words: u32,
    /// Human texts that it rests on.
    pub texts: usize,
    /// Smallest p-value that so many texts can show.
    pub floor: f64,
    /// (raw score, share of human texts that score at least this high), scores ascending, shares descending.
    pub points: Vec<(f64, f64)>,
}

/// Points closer than this ratio of shares are merged; the loss does not show in two digits.
const STEP: f64 = 1.02;

impl Conformal {
    /// From (words, raw score, weight) of held-out human texts. `starts` are the bands' least words; the first band
    /// also serves shorter texts. Weights let every data set count alike whatever its size.
    #[must_use]
    pub fn fit(texts: &[(u32, f64, f64)], starts: &[u32]) -> Self {
        let bands = starts
            .iter()
            .enumerate()
            .map(|(at, &min_words)| {
                let from = if at == 0 { 0 } else { min_words };
                let to = starts.get(at + 1).copied().unwrap_or(u32::MAX);
                let inside = texts.iter().filter(|text| (from..to).contains(&text.0));
                Band::fit(min_words, inside.map(|text| (text.1, text.2)).collect())
            })
            .collect();
        Self { bands }
    }

    /// Share of human texts of like length that score at least `raw`, above 0 and at most 1.
    #[must_use]
    pub fn p_value(&self, words: u32, raw: f64) -> f64 {
        let band = self
            .bands
            .iter()
            .rev()
            .find(|band| words >= band.min_words)
            .or(self.bands.first());
        band.map_or(1.0, |band| band.p_value(raw))
    }
}

impl Band {
    fn fit(min_words: u32, mut scored: Vec<(f64, f64)>) -> Self {
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let total: f64 = scored.iter().map(|text| text.1).sum();
        let heaviest = scored.iter().map(|text| text.1).fold(0.0, f64::max);
        // The text in question counts as one more human text (of the heaviest weight, to err on the safe side).
        let floor = if total > 0.0 {
            heaviest / (total + heaviest)
        } else {
            1.0
        };
        let mut points: Vec<(f64, f64)> = Vec::new();
        let mut above = 0.0;
        let mut opened = 0.0;
        for &(score, weight) in &scored {
            above += weight;
            let share = (above + heaviest) / (total + heaviest);
            match points.last_mut() {
                // Merged into a higher score: its share then covers both, which errs on the safe side.
                Some(last) if last.0 == score || share <= opened * STEP => last.1 = share,
                _ => {
                    opened = share;
                    points.push((score, share));
                }
            }
        }
        points.reverse();
        Self {
            min_words,
            texts: scored.len(),
            floor,
            points,
        }
    }

    fn p_value(&self, raw: f64) -> f64 {
        let at = self.points.partition_point(|point| point.0 < raw);
        self.points.get(at).map_or(self.floor, |point| point.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_values_are_tail_shares_with_the_text_itself_counted() {
        let texts: Vec<(u32, f64, f64)> = (0..99).map(|n| (100, f64::from(n), 1.0)).collect();
        let conformal = Conformal::fit(&texts, &[50]);
        assert!((conformal.p_value(100, 98.0) - 0.02).abs() < 1e-9);
        assert!((conformal.p_value(100, 200.0) - 0.01).abs() < 1e-9);
        assert!((conformal.p_value(100, -5.0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn p_values_err_on_the_safe_side_and_never_rise_with_the_score() {
        let texts: Vec<(u32, f64, f64)> = (0..5000u32)
            .map(|n| (100, f64::from(n * 7919 % 5000), 1.0))
            .collect();
        let conformal = Conformal::fit(&texts, &[50]);
        let mut last = 1.0;
        for step in 0..500 {
            let score = f64::from(step) * 10.0;
            let p = conformal.p_value(100, score);
            let exact = (5000.0 - score + 1.0) / 5001.0;
            assert!(
                p >= exact - 1e-9 && p <= exact * 1.03 + 1e-9,
                "{score}: {p} against {exact}"
            );
            assert!(p <= last);
            last = p;
        }
    }

    #[test]
    fn bands_are_chosen_by_length_and_the_first_serves_shorter_texts() {
        let texts = [(100, 1.0, 1.0), (300, 5.0, 1.0)];
        let conformal = Conformal::fit(&texts, &[60, 200]);
        assert_eq!(conformal.p_value(10, 2.0), conformal.p_value(100, 2.0));
        assert!(conformal.p_value(300, 2.0) > conformal.p_value(100, 2.0));
    }
}
