//! The syndicated head, judged by the document alone: marks of wire copy and press releases, and the habits of their prose.

use super::TrainError;
use super::calibrate::{conformal, platt};
use super::crossfit::{feature_column, scores};
use super::dense;
use super::row::{Columns, Label, Row};
use super::sets::{FOLDS, SETS};
use crate::model::{Bank, Calibration, Expert, Head, SIGN_PREFIX};

/// Families whose features may speak for wire copy: what is reported, who said it and when. The rest of the stylometry is left
/// out, or the head would learn what news is about.
const FAMILIES: &[&str] = &["wire.", "quotation.", "figures.", SIGN_PREFIX];

/// Whether the head may use a column.
#[must_use]
pub fn uses(name: &str) -> bool {
    FAMILIES.iter().any(|family| name.starts_with(family))
}

/// Rows of a data set that train the head.
const ROWS_OF_A_SET: usize = 500;

/// Whether a row's set is known to be syndicated; a machine text is not (it was not taken from a wire).
fn label(row: &Row) -> Option<bool> {
    let set = SETS.get(row.set)?;
    if row.label == Label::Machine {
        Some(false)
    } else {
        set.syndicated
    }
}

fn positive(row: &Row) -> bool {
    label(row) == Some(true)
}

fn rows_without(rows: &[Row], fold: Option<usize>) -> Vec<&Row> {
    let mut taken = vec![0_usize; SETS.len()];
    rows.iter()
        .filter(|row| label(row).is_some() && Some(row.fold) != fold)
        .filter(|row| match taken.get_mut(row.set) {
            Some(count) => {
                *count += 1;
                *count <= ROWS_OF_A_SET
            }
            None => false,
        })
        .collect()
}

fn fit(rows: &[&Row], columns: &Columns) -> Result<Head, TrainError> {
    let chosen = columns
        .all
        .iter()
        .enumerate()
        .filter(|(_, column)| uses(&column.name));
    let chosen: Vec<_> = chosen.map(|(at, column)| feature_column(at, column)).collect();
    dense::fit(rows, &chosen.iter().collect::<Vec<_>>(), "syndicated", &positive)
}

/// Left-out raw scores of the labelled rows.
///
/// # Errors
/// See [`dense::fit`].
pub fn left_out<'a>(rows: &'a [Row], columns: &Columns) -> Result<Vec<(&'a Row, f64)>, TrainError> {
    let mut all = Vec::new();
    for fold in 0..FOLDS {
        let head = fit(&rows_without(rows, Some(fold)), columns)?;
        let mine = || rows.iter().filter(|row| row.fold == fold && label(row).is_some());
        all.extend(mine().zip(scores(&head, mine().map(|row| (row, 0.0)), columns)?));
    }
    Ok(all)
}

/// The head, calibrated on left-out scores.
///
/// # Errors
/// See [`dense::fit`] and [`platt`].
pub fn train(rows: &[Row], columns: &Columns) -> Result<(Bank, [usize; 2]), TrainError> {
    let kept = rows_without(rows, None);
    let mut head = fit(&kept, columns)?;
    let left_out = left_out(rows, columns)?;
    head.calibration = platt(&left_out, &positive)?;
    let said: Vec<(&Row, f64)> = left_out
        .iter()
        .map(|(row, raw)| (*row, head.calibration.log_odds(*raw, 0.0, row.words)))
        .collect();
    let yes = kept.iter().filter(|row| positive(row)).count();
    let bank = Bank {
        experts: vec![Expert {
            name: "document".to_owned(),
            prior: 1.0,
            weak: None,
            head,
            ngram: None,
            surprise: None,
        }],
        calibration: Calibration::IDENTITY,
        conformal: conformal(&said, &|row| !positive(row)),
    };
    Ok((bank, [kept.len() - yes, yes]))
}

/// AUROC of each syndicated set against all rows that are not, left out: (set, rows, AUROC).
///
/// # Errors
/// See [`left_out`].
pub fn evaluate(rows: &[Row], columns: &Columns) -> Result<Vec<(&'static str, usize, f64)>, TrainError> {
    let scored = left_out(rows, columns)?;
    let one = |(row, score): &(&Row, f64), group: usize| super::metrics::Scored {
        score: *score,
        probability: 0.5,
        positive: positive(row),
        flagged: false,
        group,
    };
    let figure = |(index, set): (usize, &super::sets::Set)| {
        let mine = scored
            .iter()
            .enumerate()
            .filter(|(_, (row, _))| !positive(row) || row.set == index);
        let mine: Vec<_> = mine.map(|(group, pair)| one(pair, group)).collect();
        let count = mine.iter().filter(|s| s.positive).count();
        super::metrics::auroc(&mine).map(|auc| (set.name, count, auc))
    };
    Ok(SETS
        .iter()
        .enumerate()
        .filter(|(_, set)| set.syndicated == Some(true))
        .filter_map(figure)
        .collect())
}
