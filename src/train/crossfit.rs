//! Scores of rows by stages that did not see them.
//!
//! Folds are groups of whole data sets. A row's n-gram score comes from stages that left the row's fold out, and so does its
//! dense score; how the two are weighed against one another is learnt on these left-out scores alone
//! ([`super::calibrate`]). A stage that has seen a text thinks better of itself than it should, so weights that were learnt on
//! scores of seen texts lean on the wrong stage.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::TrainError;
use super::bagging;
use super::boost;
use super::dense::{Column, FEATURE_QUANTILES};
use super::matching::repeated;
use super::ngrams;
use super::random::shuffled;
use super::row::{self, Columns, Label, Row};
use super::sets::{FAMILIES, FOLDS};
use crate::measure::ngram;
use crate::model::{Head, NgramStage};

/// What a stage trained without each fold finds in the rows of that fold, by their place: `find` is given the rows that train and the
/// left-out ones. As many folds at a time as there are processors.
pub(super) fn left_out<'a, T: Send>(
    rows: &'a [Row],
    stage: &str,
    say: &(dyn Fn(&str) + Sync),
    find: impl Fn(&[&'a Row], &[(usize, &'a Row)]) -> Vec<(usize, T)> + Sync,
) -> BTreeMap<usize, T> {
    let next = AtomicUsize::new(0);
    let found: Mutex<BTreeMap<usize, T>> = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let fold = next.fetch_add(1, Ordering::Relaxed);
                    if fold >= FOLDS {
                        break;
                    }
                    let kept: Vec<&Row> = rows.iter().filter(|row| row.fold != fold).collect();
                    let out = rows.iter().enumerate().filter(|(_, row)| row.fold == fold);
                    let mine = find(&kept, &out.collect::<Vec<_>>());
                    say(&format!("{stage} without fold {fold}"));
                    if let Ok(mut found) = found.lock() {
                        found.extend(mine);
                    }
                }
            });
        }
    });
    found.into_inner().unwrap_or_default()
}

/// Trains the n-gram stages without each fold, fills every row's `ngram` scores, and returns the stage of all rows.
#[must_use]
pub fn ngram_scores(rows: &mut [Row], say: &(dyn Fn(&str) + Sync)) -> NgramStage {
    let scores = left_out(rows, "n-gram stage", say, |kept, out| {
        let stage = ngrams::train(kept);
        let scores = |row: &Row| stage.scores(&stage.look_up(row.grams.iter().copied().map(ngram::bucket)));
        out.iter().map(|&(at, row)| (at, scores(row))).collect()
    });
    for (at, row) in rows.iter_mut().enumerate() {
        row.ngram = scores.get(&at).filter(|scores| !scores.is_empty()).map_or_else(
            || vec![0.0; FAMILIES.len()],
            |scores| scores.iter().copied().map(super::row::round).collect(),
        );
    }
    let all: Vec<&Row> = rows.iter().collect();
    ngrams::train(&all)
}

/// Whether the machine texts of `family` train the dense stage of `expert`.
fn shares(expert: usize, family: usize) -> bool {
    FAMILIES
        .get(expert)
        .is_some_and(|expert| expert.dense.contains(&family))
}

/// Those of some rows that train an expert's dense stage.
fn own_rows<'a>(rows: impl IntoIterator<Item = &'a Row>, expert: usize) -> Vec<&'a Row> {
    rows.into_iter()
        .filter(|row| row.trains && row.tabled)
        .filter(|row| row.label == Label::Human || row.family().is_some_and(|family| shares(expert, family)))
        .collect()
}

/// [`own_rows`] as linfa's logistic regression needs them, which takes no weights.
#[must_use]
pub fn training_rows<'a>(rows: impl IntoIterator<Item = &'a Row>, expert: usize) -> Vec<&'a Row> {
    balanced_rows(&own_rows(rows, expert))
}

/// Rows matched ([`super::matching`]), those of the smaller class several times.
fn balanced_rows<'a>(rows: &[&'a Row]) -> Vec<&'a Row> {
    let kept = repeated(rows);
    let machine = kept
        .iter()
        .filter(|row| row.label == Label::Machine)
        .count()
        .max(1);
    let times = (kept.len() - machine.min(kept.len())) / machine;
    let times = times.clamp(1, MOST_TIMES);
    kept.into_iter()
        .flat_map(|row| {
            let times = if row.label == Label::Machine { times } else { 1 };
            std::iter::repeat_n(row, times)
        })
        .collect()
}

/// Most often that a row of the smaller class is repeated.
const MOST_TIMES: usize = 6;

/// Fits an expert's head on those of some rows that train it: the terms by linfa, then the trees on what they leave.
///
/// # Errors
/// See [`bagging::fit`].
pub fn machine_head<'a>(
    rows: impl IntoIterator<Item = &'a Row>,
    columns: &Columns,
    expert: usize,
) -> Result<Head, TrainError> {
    let own = own_rows(rows, expert);
    let kept = balanced_rows(&own);
    let features = || {
        let all = columns.all.iter().enumerate();
        all.filter(|(_, column)| !column.name.starts_with(crate::model::SIGN_PREFIX))
    };
    let all: Vec<Column<'_>> = features()
        .map(|(at, column)| feature_column(at, column))
        .collect();
    let mut head = bagging::fit(&kept, &all, "machine", &|row| row.label == Label::Machine)?;
    if let Some(family) = FAMILIES.get(expert) {
        let levels: Vec<(usize, &[f64])> = features().map(|(at, column)| (at, &*column.levels)).collect();
        head.trees = Some(boost::fit(&head, &own, &levels, family.boosting, expert)?);
    }
    Ok(head)
}

/// A measured feature as a column.
pub(super) fn feature_column(at: usize, column: &row::Column) -> Column<'static> {
    Column {
        name: column.name.clone(),
        version: column.version,
        value: Box::new(move |row: &Row| row.values.get(at).copied().flatten()),
        quantiles: FEATURE_QUANTILES,
    }
}

/// Raw scores of some rows by the head of an expert, in their order; each row is given with its n-gram score by that expert.
///
/// # Errors
/// See [`boost::ready`].
pub fn scores<'a>(
    head: &Head,
    rows: impl IntoIterator<Item = (&'a Row, f64)>,
    columns: &Columns,
) -> Result<Vec<f64>, TrainError> {
    let at: Vec<Option<usize>> = head
        .terms
        .iter()
        .map(|term| columns.index(&term.feature))
        .collect();
    let value = |row: &Row, at: Option<usize>| row.values.get(at?).copied().flatten();
    let trees = head.trees.as_ref();
    let forest = trees.map(|trees| boost::ready(trees, head)).transpose()?;
    let score = |(row, ngram): (&Row, f64)| {
        let values: Vec<Option<f64>> = at.iter().map(|&at| value(row, at)).collect();
        let trees = forest.as_ref();
        let trees = trees.map_or(0.0, |forest| forest.raw(&forest.leaves(&values, Some(ngram))));
        head.additive(&values) + trees
    };
    Ok(rows.into_iter().map(score).collect())
}

/// A sample in which both classes weigh alike and no data set more than `cap` rows: (row, score, is positive).
#[must_use]
pub fn balanced<'a>(
    scored: &[(&'a Row, f64)],
    positive: &dyn Fn(&Row) -> bool,
    cap: usize,
) -> Vec<(&'a Row, f64, bool)> {
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
                yes.push((*row, *score, true))
            } else {
                no.push((*row, *score, false))
            }
        }
    }
    let size = yes.len().min(no.len());
    yes.truncate(size);
    no.truncate(size);
    yes.append(&mut no);
    yes
}
