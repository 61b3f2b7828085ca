//! The evaluation: every data set scored by a model, calibration and threshold that never saw it.

use std::collections::BTreeMap;
use std::io;

use super::TrainError;
use super::calibrate::{conformal, platt};
use super::crossfit::{machine_head, scores};
use super::metrics::{Scored, auroc, bootstrap, calibration_error, share, tpr_at};
use super::row::{Columns, Label, Row};
use super::sets::{FOLDS, SETS};
use crate::model::sigmoid;

/// Raw scores of all rows, each by a head that left the row's fold out. Two folds are fitted at a time.
///
/// # Errors
/// See [`machine_head`].
pub fn left_out_scores(
    rows: &[Row],
    columns: &Columns,
    say: &(dyn Fn(&str) + Sync),
) -> Result<Vec<f64>, TrainError> {
    let one = |fold: usize| {
        let head = machine_head(rows, columns, Some(fold))?;
        say(&format!("dense stage without fold {fold}"));
        Ok(scores(&head, rows, columns, fold))
    };
    let half = FOLDS / 2;
    let several = |folds: std::ops::Range<usize>| folds.map(one).collect::<Result<Vec<_>, TrainError>>();
    let (left, right) = std::thread::scope(|scope| {
        let other = scope.spawn(|| several(half..FOLDS));
        (several(0..half), other.join())
    });
    let right = right.map_err(|_| TrainError::Fit("a fold stopped half-way".to_owned()))?;
    let mut raw = vec![0.0; rows.len()];
    for (at, score) in left?.into_iter().chain(right?).flatten() {
        if let Some(slot) = raw.get_mut(at) {
            *slot = score;
        }
    }
    Ok(raw)
}

/// When a text counts as flagged: the thresholds of the policy in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold {
    /// Largest p-value.
    pub p_value: f64,
    /// Smallest probability.
    pub probability: f64,
    /// Fewest words; shorter texts abstain.
    pub min_words: u32,
}

/// One row of the evaluation table.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Data set, or a pool of them.
    pub set: String,
    /// Human and machine texts.
    pub texts: [usize; 2],
    /// AUROC with its 95 % interval, where the set has both classes.
    pub auroc: Option<[f64; 3]>,
    /// TPR at 1 % and 5 % FPR: against the set's own human texts, else against those of all sets.
    pub tpr: Option<[f64; 2]>,
    /// FPR at the shipped threshold with its 95 % interval.
    pub fpr: Option<[f64; 3]>,
    /// TPR at the shipped threshold with its 95 % interval.
    pub hits: Option<[f64; 3]>,
    /// Expected calibration error.
    pub calibration: Option<f64>,
}

/// Evaluates left-out scores: one line a data set, one for each set's unattacked part where that differs, one for all.
///
/// # Errors
/// See [`platt`].
pub fn lines(rows: &[Row], raw: &[f64], threshold: Threshold) -> Result<Vec<Line>, TrainError> {
    let known: Vec<(&Row, f64)> = rows
        .iter()
        .zip(raw.iter().copied())
        .filter(|(row, _)| row.label != Label::Unknown)
        .collect();
    let mut scored: Vec<(&Row, Scored)> = Vec::with_capacity(known.len());
    let mut groups: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for fold in 0..FOLDS {
        let others: Vec<(&Row, f64)> = known
            .iter()
            .copied()
            .filter(|(row, _)| row.fold != fold)
            .collect();
        let calibration = platt(&others, &|row| row.label == Label::Machine)?;
        let tail = conformal(&others, &|row| row.label == Label::Human);
        for (row, raw) in known.iter().filter(|(row, _)| row.fold == fold) {
            let next = groups.len();
            let probability = sigmoid(calibration.log_odds(*raw));
            let flagged = row.words >= threshold.min_words
                && probability >= threshold.probability
                && tail.p_value(row.words, *raw) <= threshold.p_value;
            let group = *groups.entry((row.set, &row.group)).or_insert(next);
            scored.push((
                row,
                Scored {
                    score: *raw,
                    probability,
                    positive: row.label == Label::Machine,
                    flagged,
                    group,
                },
            ));
        }
    }
    let humans: Vec<f64> = scored
        .iter()
        .filter(|(_, s)| !s.positive)
        .map(|(_, s)| s.score)
        .collect();
    let mut lines = Vec::new();
    for (index, set) in SETS.iter().enumerate().filter(|(_, set)| set.machine) {
        let mine: Vec<(&Row, Scored)> = scored
            .iter()
            .copied()
            .filter(|(row, _)| row.set == index)
            .collect();
        lines.push(line(
            set.name,
            &mine.iter().map(|pair| pair.1).collect::<Vec<_>>(),
            &humans,
        ));
        let clean: Vec<Scored> = mine
            .iter()
            .filter(|(row, _)| !row.attacked)
            .map(|pair| pair.1)
            .collect();
        if clean.len() < mine.len() && clean.iter().any(|s| s.positive) {
            lines.push(line(&format!("{} (unattacked)", set.name), &clean, &humans));
        }
    }
    lines.push(line(
        "all",
        &scored.iter().map(|pair| pair.1).collect::<Vec<_>>(),
        &humans,
    ));
    Ok(lines)
}

fn line(name: &str, scored: &[Scored], all_humans: &[f64]) -> Line {
    let of = |positive: bool| scored.iter().filter(move |s| s.positive == positive);
    let flagged = |positive: bool| share(of(positive).filter(|s| s.flagged).count(), of(positive).count());
    let positives: Vec<f64> = of(true).map(|s| s.score).collect();
    let own: Vec<f64> = of(false).map(|s| s.score).collect();
    let humans = if own.len() >= 50 {
        own.as_slice()
    } else {
        all_humans
    };
    let tpr = tpr_at(&positives, humans, 0.01)
        .zip(tpr_at(&positives, humans, 0.05))
        .map(|(one, five)| [one, five]);
    let auc = auroc(scored).map(|auc| {
        let [low, high] = bootstrap(scored, &auroc).unwrap_or([auc, auc]);
        [auc, low, high]
    });
    Line {
        set: name.to_owned(),
        texts: [own.len(), positives.len()],
        auroc: auc,
        tpr,
        fpr: flagged(false),
        hits: flagged(true),
        calibration: calibration_error(scored),
    }
}

/// Writes the table as CSV; an empty cell is a figure that the set cannot give.
///
/// # Errors
/// What the sink says.
pub fn write_csv(lines: &[Line], out: &mut dyn io::Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "set",
        "human",
        "machine",
        "auroc",
        "auroc_low",
        "auroc_high",
        "tpr_at_fpr_1",
        "tpr_at_fpr_5",
        "fpr",
        "fpr_low",
        "fpr_high",
        "tpr",
        "tpr_low",
        "tpr_high",
        "calibration_error",
    ])?;
    for line in lines {
        let mut record = vec![
            line.set.clone(),
            line.texts[0].to_string(),
            line.texts[1].to_string(),
        ];
        let cell = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.4}"));
        record.extend((0..3).map(|at| cell(line.auroc.and_then(|v| v.get(at).copied()))));
        record.extend((0..2).map(|at| cell(line.tpr.and_then(|v| v.get(at).copied()))));
        record.extend((0..3).map(|at| cell(line.fpr.and_then(|v| v.get(at).copied()))));
        record.extend((0..3).map(|at| cell(line.hits.and_then(|v| v.get(at).copied()))));
        record.push(cell(line.calibration));
        writer.write_record(&record)?;
    }
    writer.flush()?;
    Ok(())
}

/// The table for a terminal.
#[must_use]
pub fn text(lines: &[Line]) -> String {
    let mut out = format!(
        "{:<34} {:>6} {:>7}  {:<20} {:>6} {:>6}  {:<20} {:>6} {:>6}\n",
        "data set left out",
        "human",
        "machine",
        "AUROC (95 %)",
        "TPR@1",
        "TPR@5",
        "FPR, shipped (95 %)",
        "TPR",
        "ECE"
    );
    for line in lines {
        let three =
            |v: Option<[f64; 3]>| v.map_or(String::new(), |[a, b, c]| format!("{a:.3} ({b:.3}-{c:.3})"));
        let four =
            |v: Option<[f64; 3]>| v.map_or(String::new(), |[a, b, c]| format!("{a:.4} ({b:.4}-{c:.4})"));
        let one = |v: Option<f64>| v.map_or(String::new(), |v| format!("{v:.3}"));
        out.push_str(&format!(
            "{:<34} {:>6} {:>7}  {:<20} {:>6} {:>6}  {:<23} {:>6} {:>6}\n",
            line.set,
            line.texts[0],
            line.texts[1],
            three(line.auroc),
            one(line.tpr.map(|t| t[0])),
            one(line.tpr.map(|t| t[1])),
            four(line.fpr),
            one(line.hits.map(|h| h[0])),
            one(line.calibration),
        ));
    }
    out
}
