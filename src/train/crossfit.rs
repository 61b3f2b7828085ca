//! Scores of rows by stages that did not see them.
//!
//! Folds are groups of whole data sets. For the shipped model, a row's n-gram score comes from a stage that left the row's
//! fold out. For the evaluation of fold `x`, every score that its dense stage is trained on comes from a stage that left
//! out both the row's fold *and* fold `x`; otherwise fold `x` would reach its own evaluation through those scores.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::TrainError;
use super::dense::{self, Column, FEATURE_QUANTILES, NGRAM_QUANTILES};
use super::ngrams::{self, Sparse};
use super::random::shuffled;
use super::row::{Columns, Label, Row};
use super::sets::FOLDS;
use crate::measure::ngram;
use crate::model::{Head, NGRAM_TERM, NgramStage};

/// For each pair of left-out folds the scores of their rows, as (row index, score).
type ScoresByPair = BTreeMap<(usize, usize), Vec<(usize, f64)>>;

/// Trains all n-gram stages, fills every row's `ngram` scores, and returns the stage trained on all rows.
#[must_use]
pub fn ngram_scores(rows: &mut [Row], say: &(dyn Fn(&str) + Sync)) -> NgramStage {
    for row in rows.iter_mut() {
        row.ngram = vec![0.0; FOLDS];
    }
    let pairs: Vec<(usize, usize)> = (0..FOLDS).flat_map(|a| (a..FOLDS).map(move |b| (a, b))).collect();
    let next = AtomicUsize::new(0);
    let scores: Mutex<ScoresByPair> = Mutex::new(BTreeMap::new());
    let shared: &[Row] = rows;
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(&(a, b)) = pairs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let kept: Vec<&Row> = shared
                        .iter()
                        .filter(|row| row.fold != a && row.fold != b)
                        .collect();
                    let stage = Sparse::train(&kept).quantise();
                    let left_out = shared
                        .iter()
                        .enumerate()
                        .filter(|(_, row)| row.fold == a || row.fold == b);
                    let scored = left_out
                        .map(|(at, row)| (at, ngrams::score(&stage, &row.grams)))
                        .collect();
                    say(&format!("n-gram stage without folds {a} and {b}"));
                    if let Ok(mut scores) = scores.lock() {
                        scores.insert((a, b), scored);
                    }
                }
            });
        }
    });
    for ((a, b), scored) in scores.into_inner().unwrap_or_default() {
        for (at, score) in scored {
            let Some(row) = rows.get_mut(at) else { continue };
            // The stage without folds a and b scores a row of fold a for the evaluation of fold b, and the other way round.
            let other = if row.fold == a { b } else { a };
            if let Some(slot) = row.ngram.get_mut(other) {
                *slot = super::row::round(score);
            }
        }
    }
    let all: Vec<&Row> = rows.iter().collect();
    Sparse::train(&all).quantise()
}

/// Most rows that one data set gives to the dense stage, of each label.
const ROWS_OF_A_SET: usize = 500;

/// The rows that train the machine head's dense stage when fold `without` is left out.
#[must_use]
pub fn training_rows(rows: &[Row], without: Option<usize>) -> Vec<&Row> {
    let mut taken: BTreeMap<(usize, Label), usize> = BTreeMap::new();
    rows.iter()
        .filter(|row| row.label != Label::Unknown && row.trains && Some(row.fold) != without)
        .filter(|row| {
            let count = taken.entry((row.set, row.label)).or_default();
            *count += 1;
            *count <= ROWS_OF_A_SET
        })
        .collect()
}

/// Fits the machine head; with `without` given, on all but that fold and with n-gram scores that never saw it.
///
/// # Errors
/// See [`dense::fit`].
pub fn machine_head(rows: &[Row], columns: &Columns, without: Option<usize>) -> Result<Head, TrainError> {
    let kept = training_rows(rows, without);
    let mut all: Vec<Column<'_>> = columns
        .names
        .iter()
        .enumerate()
        .filter(|(_, (name, _))| !name.starts_with(crate::model::SIGN_PREFIX))
        .map(|(at, (name, version))| feature_column(at, name, *version))
        .collect();
    all.push(Column {
        name: NGRAM_TERM.to_owned(),
        version: ngram::VERSION,
        value: Box::new(move |row: &Row| row.ngram.get(without.unwrap_or(row.fold)).copied()),
        quantiles: NGRAM_QUANTILES,
    });
    dense::fit(&kept, &all, "machine", &|row| row.label == Label::Machine)
}

/// A measured feature as a column.
pub(super) fn feature_column(at: usize, name: &str, version: u16) -> Column<'static> {
    Column {
        name: name.to_owned(),
        version,
        value: Box::new(move |row: &Row| row.values.get(at).copied().flatten()),
        quantiles: FEATURE_QUANTILES,
    }
}

/// Raw scores of the rows of fold `fold` by a head that never saw it, as (row index, score).
#[must_use]
pub fn scores(head: &Head, rows: &[Row], columns: &Columns, fold: usize) -> Vec<(usize, f64)> {
    let at: Vec<Option<usize>> = head
        .terms
        .iter()
        .map(|term| columns.index(&term.feature))
        .collect();
    let value = |row: &Row, at: Option<usize>| match at {
        Some(at) => row.values.get(at).copied().flatten(),
        None => row.ngram.get(fold).copied(),
    };
    rows.iter()
        .enumerate()
        .filter(|(_, row)| row.fold == fold)
        .map(|(index, row)| {
            (
                index,
                head.raw(&at.iter().map(|&at| value(row, at)).collect::<Vec<_>>()),
            )
        })
        .collect()
}

/// A sample in which both classes weigh alike and no data set more than `cap` rows: (score, is positive).
#[must_use]
pub fn balanced(scored: &[(&Row, f64)], positive: &dyn Fn(&Row) -> bool, cap: usize) -> Vec<(f64, bool)> {
    let mut taken: BTreeMap<(usize, bool), usize> = BTreeMap::new();
    let (mut yes, mut no) = (Vec::new(), Vec::new());
    for at in shuffled(scored.len(), 7) {
        let Some((row, score)) = scored.get(at) else {
            continue;
        };
        let class = positive(row);
        let count = taken.entry((row.set, class)).or_default();
        *count += 1;
        if *count <= cap {
            if class {
                yes.push((*score, true))
            } else {
                no.push((*score, false))
            }
        }
    }
    let size = yes.len().min(no.len());
    yes.truncate(size);
    no.truncate(size);
    yes.append(&mut no);
    yes
}
