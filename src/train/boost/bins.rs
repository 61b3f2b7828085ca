//! The inputs of the trees as bins: what lies between two cuts is one to a tree.

use crate::model::{Node, bin};
use crate::train::dense::quantile;
use crate::train::row::Row;

/// Cuts of the n-gram score.
const NGRAM_CUTS: usize = 63;

/// The inputs of the rows, by input: the bin of each row; the last bin of an input is that of unmeasurable values.
pub(super) struct Bins {
    cuts: Vec<Vec<f64>>,
    bins: Vec<Vec<u8>>,
}

impl Bins {
    /// The bins of the terms of a head (whose columns are `columns` of the rows' values) and, with `ngram`, of that expert's n-gram score.
    pub(super) fn of(rows: &[&Row], columns: &[(usize, &[f64])], ngram: Option<usize>) -> Self {
        let mut cuts: Vec<Vec<f64>> = columns.iter().map(|(_, levels)| between(levels)).collect();
        let value = |row: &Row, column: usize| row.values.get(column).copied().flatten();
        let mut bins: Vec<Vec<u8>> = columns
            .iter()
            .zip(&cuts)
            .map(|(&(column, _), cuts)| rows.iter().map(|row| place(cuts, value(row, column))).collect())
            .collect();
        if let Some(expert) = ngram {
            let mut scores: Vec<f64> = rows.iter().map(|row| row.ngram_score(expert)).collect();
            scores.sort_by(f64::total_cmp);
            let share = |at: usize| at as f64 / (NGRAM_CUTS + 1) as f64;
            let mut mine: Vec<f64> = (1..=NGRAM_CUTS)
                .filter_map(|at| quantile(&scores, share(at)))
                .collect();
            mine.dedup();
            bins.push(
                rows.iter()
                    .map(|row| place(&mine, Some(row.ngram_score(expert))))
                    .collect(),
            );
            cuts.push(mine);
        }
        Self { cuts, bins }
    }

    /// Number of inputs.
    pub(super) fn inputs(&self) -> usize {
        self.bins.len()
    }

    /// The bin of each row at an input.
    pub(super) fn at(&self, input: usize) -> &[u8] {
        self.bins.get(input).map_or(&[], Vec::as_slice)
    }

    pub(super) fn into_cuts(self) -> Vec<Vec<f64>> {
        self.cuts
    }

    /// Bins of an input, that of unmeasurable values included.
    pub(super) fn width(&self, input: usize) -> usize {
        self.cuts.get(input).map_or(0, |cuts| cuts.len() + 2)
    }

    /// Whether a row goes left where this is asked.
    pub(super) fn goes_left(&self, row: usize, input: usize, cut: usize, none_left: bool) -> bool {
        let bin = usize::from(self.at(input).get(row).copied().unwrap_or_default());
        if bin + 1 >= self.width(input) {
            none_left
        } else {
            bin <= cut
        }
    }

    /// Value of the leaf that a row reaches in a tree.
    pub(super) fn value(&self, tree: &[Node], row: usize) -> i32 {
        let mut at = 0;
        while let Some(node) = tree.get(at) {
            if node.right == 0 {
                return node.value;
            }
            let left = self.goes_left(row, node.input.into(), node.cut.into(), node.none_left);
            at = if left { at + 1 } else { node.right.into() };
        }
        0
    }
}

/// The cuts between levels.
fn between(levels: &[f64]) -> Vec<f64> {
    let pairs = levels.iter().zip(levels.iter().skip(1));
    pairs.map(|(low, high)| low + (high - low) / 2.0).collect()
}

/// The bin of a value, the one behind the last for an unmeasurable one. Inputs have far fewer than 255 cuts.
fn place(cuts: &[f64], value: Option<f64>) -> u8 {
    bin(cuts, value).map_or(cuts.len() as u8 + 1, |bin| bin as u8)
}
