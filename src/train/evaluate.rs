//! The evaluation: every data set scored by a model, calibration and threshold that never saw it.

use std::collections::BTreeMap;
use std::io;

use super::TrainError;
use super::calibrate::Calibrated;
use super::crossfit::{machine_head, scores};
use super::metrics::{Scored, auroc, bootstrap, calibration_error, share, threshold_over_kinds, tpr_at};
use super::pipeline::MIN_WORDS;
use super::row::{Columns, Label, Row};
use super::sets::{FAMILIES, FOLDS, KINDS, SETS, stage_of};
use crate::model::sigmoid;

/// For each row the raw dense score of every expert, each by a head that left the row's fold out.
pub type LeftOut = Vec<Vec<f64>>;

/// Fits every stage once without each fold, on two threads, and scores the rows of that fold.
///
/// # Errors
/// See [`machine_head`].
pub fn left_out_scores(
    rows: &[Row],
    columns: &Columns,
    say: &(dyn Fn(&str) + Sync),
) -> Result<LeftOut, TrainError> {
    let stages: Vec<usize> = (0..FAMILIES.len())
        .filter(|&expert| stage_of(expert) == expert)
        .collect();
    let pairs: Vec<(usize, usize)> = (0..FOLDS)
        .flat_map(|fold| stages.iter().map(move |&expert| (fold, expert)))
        .collect();
    let one = |&(fold, expert): &(usize, usize)| {
        let head = machine_head(rows.iter().filter(|row| row.fold != fold), columns, expert)?;
        say(&format!("dense stage of expert {expert} without fold {fold}"));
        let at = (0..rows.len()).filter(|&at| rows.get(at).is_some_and(|row| row.fold == fold));
        let left_out = rows.iter().filter(|row| row.fold == fold);
        let left_out = left_out.map(|row| (row, row.ngram_score(expert)));
        let left_out = scores(&head, left_out, columns)?;
        Ok((expert, at.zip(left_out).collect::<Vec<_>>()))
    };
    let several = |jobs: &[(usize, usize)]| jobs.iter().map(one).collect::<Result<Vec<_>, TrainError>>();
    let (first, second) = pairs.split_at(pairs.len() / 2);
    let (left, right) = std::thread::scope(|scope| {
        let other = scope.spawn(|| several(second));
        (several(first), other.join())
    });
    let right = right.map_err(|_| TrainError::Fit("a fold stopped half-way".to_owned()))?;
    let mut raw = vec![vec![0.0; FAMILIES.len()]; rows.len()];
    for (expert, scored) in left?.into_iter().chain(right?) {
        for (at, score) in scored {
            for (other, slot) in raw.get_mut(at).into_iter().flatten().enumerate() {
                if stage_of(other) == expert {
                    *slot = score;
                }
            }
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
    /// TPR at 1 % and 5 % FPR against the set's own human texts.
    pub tpr: Option<[f64; 2]>,
    /// TPR at a mean FPR of 1 % over the kinds of human text.
    pub tpr_over_kinds: Option<[f64; 3]>,
    /// FPR at the shipped threshold with its 95 % interval.
    pub fpr: Option<[f64; 3]>,
    /// TPR at the shipped threshold with its 95 % interval.
    pub hits: Option<[f64; 3]>,
    /// Expected calibration error.
    pub calibration: Option<f64>,
}

/// Whether a row's set tests the machine axis, but its own label is not to be trusted; see [`super::sets::Set::originals`].
fn in_doubt(row: &Row) -> bool {
    row.label == Label::Unknown && SETS.get(row.set).is_some_and(|set| set.machine)
}

/// Scores every labelled row with a calibration and a tail that its fold had no part in.
///
/// # Errors
/// See [`Calibrated::fit`].
pub fn judged<'a>(
    rows: &'a [Row],
    raw: &LeftOut,
    threshold: Threshold,
) -> Result<Vec<(&'a Row, Scored)>, TrainError> {
    // Texts whose label is in doubt are scored, but nothing is learnt from them.
    let known: Vec<(&Row, &[f64])> = rows
        .iter()
        .zip(raw.iter().map(Vec::as_slice))
        .filter(|(row, _)| row.label != Label::Unknown || in_doubt(row))
        .collect();
    let mut scored: Vec<(&Row, Scored)> = Vec::with_capacity(known.len());
    let mut groups: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for fold in 0..FOLDS {
        let others: Vec<(&Row, &[f64])> = known
            .iter()
            .copied()
            .filter(|(row, _)| row.fold != fold && row.label != Label::Unknown)
            .collect();
        let calibrated = Calibrated::fit(&others)?;
        for (row, raw) in known.iter().filter(|(row, _)| row.fold == fold) {
            let next = groups.len();
            let joined = calibrated.join(row, raw).all;
            let probability = sigmoid(calibrated.joined.log_odds(joined, 0.0, row.words));
            let flagged = row.words >= threshold.min_words
                && probability >= threshold.probability
                && calibrated.tail.p_value(row.words, joined) <= threshold.p_value;
            let group = *groups.entry((row.set, &row.group)).or_insert(next);
            scored.push((
                row,
                Scored {
                    score: joined,
                    probability,
                    positive: row.label == Label::Machine,
                    flagged,
                    group,
                },
            ));
        }
    }
    // Back to the order of `rows`, in which they lie in memory.
    scored.sort_by_key(|(row, _)| std::ptr::from_ref(*row));
    Ok(scored)
}

/// The evaluation: one line a data set, one for each set's unattacked part where that differs, one for all.
#[must_use]
pub fn lines(scored: &[(&Row, Scored)]) -> Vec<Line> {
    let threshold = threshold_over_kinds(&kinds(scored), 0.01);
    let all = |keep: &dyn Fn(&Row) -> bool| -> Vec<Scored> {
        let kept = scored.iter().filter(|(row, _)| keep(row));
        kept.map(|pair| pair.1).collect()
    };
    let of = |keep: &dyn Fn(&Row) -> bool| all(&|row| !in_doubt(row) && keep(row));
    let mut lines = Vec::new();
    for (index, set) in SETS.iter().enumerate().filter(|(_, set)| set.machine) {
        let mine = of(&|row| row.set == index);
        let clean = of(&|row| row.set == index && !row.attacked);
        lines.push(line(set.name, &mine, threshold));
        if set.originals.is_some() {
            let labelled = all(&|row| row.set == index);
            lines.push(line(&format!("{} (as labelled)", set.name), &labelled, threshold));
        }
        let whole = of(&|row| row.set == index && !row.cut);
        if whole.len() < mine.len() {
            lines.push(line(&format!("{} (whole)", set.name), &whole, threshold));
        }
        if clean.len() < mine.len() && clean.iter().any(|s| s.positive) {
            lines.push(line(&format!("{} (unattacked)", set.name), &clean, threshold));
        }
    }
    for (kind, sets) in KINDS {
        let named = |row: &Row| SETS.get(row.set).is_some_and(|set| sets.contains(&set.name));
        let human = of(&|row| row.label == Label::Human && named(row));
        lines.push(line(&format!("human: {kind}"), &human, threshold));
    }
    for (index, family) in FAMILIES.iter().enumerate() {
        let trained = of(&|row| row.trains && row.family() == Some(index));
        lines.push(line(&format!("machine: {}", family.name), &trained, threshold));
    }
    for (at, &least) in LENGTHS.iter().enumerate() {
        let most = LENGTHS.get(at + 1).copied().unwrap_or(u32::MAX);
        let inside = |row: &Row| row.trains && (least..most).contains(&row.words);
        let mut line = line(&format!("words: {least} and more"), &of(&inside), threshold);
        // What a length does, without what the choice of sets does to it.
        line.auroc = mean_over_sets(&|set| of(&|row| row.set == set && inside(row))).map(|mean| [mean; 3]);
        lines.push(line);
    }
    lines.push(line("all", &of(&|_| true), threshold));
    lines
}

/// Least words of the length bands of the table and the plots.
pub(super) const LENGTHS: &[u32] = &[40, 50, 101, 200, 400];

/// Fewest texts of each class with which a set counts in a mean.
const MEAN_TEXTS: usize = 25;

/// Mean AUROC over the sets with enough texts of both classes.
fn mean_over_sets(of: &dyn Fn(usize) -> Vec<Scored>) -> Option<f64> {
    let figures: Vec<f64> = (0..SETS.len())
        .map(of)
        .filter(|scored| {
            let machine = scored.iter().filter(|s| s.positive).count();
            machine >= MEAN_TEXTS && scored.len() - machine >= MEAN_TEXTS
        })
        .filter_map(|scored| auroc(&scored))
        .collect();
    (!figures.is_empty()).then(|| figures.iter().sum::<f64>() / figures.len() as f64)
}

/// Scores of the human texts long enough to be judged, by kind.
pub(super) fn kinds(scored: &[(&Row, Scored)]) -> Vec<Vec<f64>> {
    let of = |sets: &[&str]| {
        let named = |row: &Row| SETS.get(row.set).is_some_and(|set| sets.contains(&set.name));
        let human = scored.iter().filter(|(row, s)| {
            row.label == Label::Human && !s.positive && row.words >= MIN_WORDS && named(row)
        });
        human.map(|(_, s)| s.score).collect()
    };
    KINDS.iter().map(|(_, sets)| of(sets)).collect()
}

pub(super) fn line(name: &str, scored: &[Scored], threshold: Option<f64>) -> Line {
    let of = |positive: bool| scored.iter().filter(move |s| s.positive == positive);
    let flagged = |positive: bool| share(of(positive).filter(|s| s.flagged).count(), of(positive).count());
    let positives: Vec<f64> = of(true).map(|s| s.score).collect();
    let own: Vec<f64> = of(false).map(|s| s.score).collect();
    let tpr = if own.len() >= OWN_TEXTS {
        tpr_at(&positives, &own, 0.01)
            .zip(tpr_at(&positives, &own, 0.05))
            .map(|(one, five)| [one, five])
    } else {
        None
    };
    let found = threshold.map(|least| positives.iter().filter(|&&score| score > least).count());
    let auc = auroc(scored).map(|auc| {
        let [low, high] = bootstrap(scored, &auroc).unwrap_or([auc, auc]);
        [auc, low, high]
    });
    Line {
        set: name.to_owned(),
        texts: [own.len(), positives.len()],
        auroc: auc,
        tpr,
        tpr_over_kinds: found.and_then(|found| share(found, positives.len())),
        fpr: flagged(false),
        hits: flagged(true),
        calibration: calibration_error(scored),
    }
}

/// Fewest human texts of a set whose 1 % is worth telling.
const OWN_TEXTS: usize = 50;

/// Writes one line a text: what every stage said of it without having seen its fold.
///
/// # Errors
/// What the sink says.
pub fn write_scores(
    rows: &[Row],
    raw: &LeftOut,
    scored: &[(&Row, Scored)],
    out: &mut dyn io::Write,
) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(out);
    let mut header: Vec<String> = [
        "set",
        "id",
        "label",
        "fold",
        "words",
        "cut",
        "attacked",
        "generator",
    ]
    .map(str::to_owned)
    .to_vec();
    for stage in ["dense", "ngram"] {
        header.extend((0..FAMILIES.len()).map(|expert| format!("{stage}_{expert}")));
    }
    header.extend(["surprisal", "joined", "probability", "flagged"].map(str::to_owned));
    writer.write_record(&header)?;
    let known = rows
        .iter()
        .zip(raw)
        .filter(|(row, _)| row.label != Label::Unknown || in_doubt(row));
    for ((row, dense), (_, scored)) in known.zip(scored) {
        let mut record = vec![
            SETS.get(row.set).map_or("", |set| set.name).to_owned(),
            row.id.clone(),
            row.label.name().to_owned(),
            row.fold.to_string(),
            row.words.to_string(),
            u8::from(row.cut).to_string(),
            u8::from(row.attacked).to_string(),
            row.generator.clone(),
        ];
        let cell = |n: &f64| format!("{n:.4}");
        record.extend(dense.iter().chain(&row.ngram).map(cell));
        record.push(row.surprisal.as_ref().map_or(String::new(), cell));
        record.extend([&scored.score, &scored.probability].map(cell));
        record.push(u8::from(scored.flagged).to_string());
        writer.write_record(&record)?;
    }
    writer.flush()?;
    Ok(())
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
        "tpr_at_mean_fpr_1",
        "tpr_at_mean_fpr_1_low",
        "tpr_at_mean_fpr_1_high",
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
        record.extend((0..3).map(|at| cell(line.tpr_over_kinds.and_then(|v| v.get(at).copied()))));
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
        "{:<34} {:>6} {:>7}  {:<20} {:>6} {:>6} {:>6}  {:<23} {:>6} {:>6}\n",
        "data set left out",
        "human",
        "machine",
        "AUROC (95 %)",
        "TPR@1",
        "TPR@5",
        "kinds",
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
            "{:<34} {:>6} {:>7}  {:<20} {:>6} {:>6} {:>6}  {:<23} {:>6} {:>6}\n",
            line.set,
            line.texts[0],
            line.texts[1],
            three(line.auroc),
            one(line.tpr.map(|t| t[0])),
            one(line.tpr.map(|t| t[1])),
            one(line.tpr_over_kinds.map(|t| t[0])),
            four(line.fpr),
            one(line.hits.map(|h| h[0])),
            one(line.calibration),
        ));
    }
    out
}
