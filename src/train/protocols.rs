//! Evaluations that leave out something else than a data set: the models of one maker, or a group of genres; and the learning
//! curve of the texts written for this project.
//!
//! Each line trains both stages of one expert anew, on the corpora, without what is left out, and scores what was left out and
//! human texts that were left out too. The two scores are weighed as in the shipped model (six numbers an expert, and five more of the one that hears the language model, learnt on sets
//! left out whole).

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::TrainError;
use super::calibrate::Stacked;
use super::crossfit::{machine_head, scores};
use super::evaluate::{kinds, line};
use super::metrics::{Scored, threshold_over_kinds};
use super::ngrams;
use super::row::{Columns, Label, Row};
use super::sets::{FAMILIES, GENRES, MAKERS, maker};
use super::surprisal;
use crate::document::word_hash;
use crate::measure::ngram;
use crate::model::{Calibration, NgramStage};

/// What is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Machine texts by all models of one maker, whatever their data set.
    Maker,
    /// All texts of a group of genres, by machines and by people, whatever their data set.
    Genre,
    /// All texts of the current assistant that others gave, to see how far so many hundred of our own find them.
    OwnTexts,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What was left out, or how many texts of our own trained.
    pub name: String,
    /// Family of the machine texts.
    pub family: &'static str,
    /// Human and machine texts that were scored.
    pub texts: [usize; 2],
    /// AUROC with its 95 % interval (bootstrap over prompts).
    pub auroc: Option<[f64; 3]>,
    /// TPR at a mean FPR of 1 % over the kinds of human text, with its 95 % interval (Wilson).
    pub tpr_over_kinds: Option<[f64; 3]>,
}

/// Which rows train and which are scored.
struct Trial<'a> {
    name: String,
    family: usize,
    train: Vec<&'a Row>,
    test: Vec<&'a Row>,
}

/// Fewest machine texts that are worth a line.
const LEAST_TEXTS: usize = 50;
/// Texts of our own between two points of the curve.
const STEP: usize = 100;
/// Parts, each of whole folds, of which one is left out at a time where rows need the n-gram score of others.
const PARTS: usize = 5;
/// Set of the texts written for this project, and the one that its learning curve is measured on.
const OWN: &str = "assistant_2026";
const OTHERS: &str = "frontier_train";

/// Runs a protocol on rows read from the corpora, on two threads. `stacked` tells how the scores of the experts of a
/// model are weighed.
///
/// # Errors
/// See [`machine_head`].
pub fn evaluate(
    protocol: Protocol,
    rows: &[Row],
    columns: &Columns,
    stacked: &[Stacked],
    say: &(dyn Fn(&str) + Sync),
) -> Result<Vec<Line>, TrainError> {
    let trials = match protocol {
        Protocol::Maker => makers(rows),
        Protocol::Genre => genres(rows),
        Protocol::OwnTexts => own_texts(rows),
    };
    let next = AtomicUsize::new(0);
    let lines: Mutex<Vec<(usize, Result<Line, TrainError>)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((at, trial)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, trials.get(at)?)))
                {
                    let stacked = stacked.get(trial.family).copied().unwrap_or(Stacked {
                        calibration: Calibration::IDENTITY,
                        surprise: None,
                    });
                    let line = run(trial, columns, stacked);
                    say(&trial.name);
                    if let Ok(mut lines) = lines.lock() {
                        lines.push((at, line));
                    }
                }
            });
        }
    });
    let mut lines = lines.into_inner().unwrap_or_default();
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn run(trial: &Trial<'_>, columns: &Columns, stacked: Stacked) -> Result<Line, TrainError> {
    let stage = ngrams::train_families(&trial.train, &[trial.family]);
    let head = if FAMILIES
        .get(trial.family)
        .is_some_and(|family| family.boosting.ngram)
    {
        machine_head(
            &scored_by_others(&trial.train, trial.family),
            columns,
            trial.family,
        )?
    } else {
        machine_head(trial.train.iter().copied(), columns, trial.family)?
    };
    let language = stacked.surprise.map(|_| surprisal::train(&trial.train));
    let test: Vec<(&Row, f64)> = trial
        .test
        .iter()
        .map(|&row| (row, ngram_score(&stage, row)))
        .collect();
    let dense = scores(&head, test.iter().copied(), columns)?;
    let scored: Vec<(&Row, Scored)> = test
        .into_iter()
        .zip(dense)
        .map(|((row, grams), dense)| {
            let mean = language.as_ref().and_then(|model| model.mean(&row.units));
            let score = stacked.log_odds(row.words, dense, grams, mean);
            let scored = Scored {
                score,
                probability: crate::model::sigmoid(score),
                positive: row.label == Label::Machine,
                flagged: false,
                group: word_hash(&format!("{} {}", row.set, row.group)) as usize,
            };
            (row, scored)
        })
        .collect();
    let all: Vec<Scored> = scored.iter().map(|pair| pair.1).collect();
    let line = line("", &all, threshold_over_kinds(&kinds(&scored), 0.01));
    Ok(Line {
        name: trial.name.clone(),
        family: FAMILIES.get(trial.family).map_or("", |family| family.name),
        texts: line.texts,
        auroc: line.auroc,
        tpr_over_kinds: line.tpr_over_kinds,
    })
}

/// Score of a row by a stage of one expert.
fn ngram_score(stage: &NgramStage, row: &Row) -> f64 {
    let scores = stage.scores(&stage.look_up(row.grams.iter().copied().map(ngram::bucket)));
    scores.first().copied().unwrap_or(0.0)
}

/// The tabled rows among those that train, each with the n-gram score of a stage that left out its part: trees may hear no score of
/// a stage that has seen the row.
fn scored_by_others(train: &[&Row], family: usize) -> Vec<Row> {
    let mut all = Vec::with_capacity(train.len());
    for part in 0..PARTS {
        let in_part = |row: &Row| row.fold % PARTS == part;
        let others: Vec<&Row> = train.iter().copied().filter(|row| !in_part(row)).collect();
        let stage = ngrams::train_families(&others, &[family]);
        for row in train.iter().filter(|row| row.tabled && in_part(row)) {
            let mut ngram = vec![0.0; FAMILIES.len()];
            if let Some(slot) = ngram.get_mut(family) {
                *slot = super::row::round(ngram_score(&stage, row));
            }
            all.push(Row {
                ngram,
                ..(*row).clone()
            });
        }
    }
    all
}

/// Whether a human row is scored where the protocol leaves out machine texts only: half of them, by group.
fn held_out(row: &Row) -> bool {
    word_hash(&format!("{} {}", row.group, row.set))
        .count_ones()
        .is_multiple_of(2)
}

fn machine(row: &Row, family: usize) -> bool {
    row.family() == Some(family) && row.trains
}

fn makers(rows: &[Row]) -> Vec<Trial<'_>> {
    let trial = |(index, names): (usize, &&[&str])| {
        let by = |row: &Row| row.label == Label::Machine && maker(&row.generator) == index;
        trials(rows, names.join(", "), &|row| match row.label {
            Label::Human => held_out(row),
            _ => by(row),
        })
    };
    MAKERS.iter().enumerate().flat_map(trial).collect()
}

fn genres(rows: &[Row]) -> Vec<Trial<'_>> {
    let trial = |(index, names): (usize, &&[&str])| {
        let name = names.iter().take(4).copied().collect::<Vec<_>>().join(", ");
        trials(rows, name, &|row| row.genre == index)
    };
    GENRES.iter().enumerate().flat_map(trial).collect()
}

/// A trial for each family that has enough texts among the left-out rows.
fn trials<'a>(rows: &'a [Row], name: String, left_out: &dyn Fn(&Row) -> bool) -> Vec<Trial<'a>> {
    let train: Vec<&Row> = rows.iter().filter(|row| row.trains && !left_out(row)).collect();
    let of = |family: usize| {
        let mine = |row: &&Row| row.label == Label::Human || machine(row, family);
        let test: Vec<&Row> = rows
            .iter()
            .filter(|row| row.tabled && row.trains && left_out(row))
            .filter(mine)
            .collect();
        let count = |label: Label| test.iter().filter(|row| row.label == label).count();
        let enough = count(Label::Machine).min(count(Label::Human)) >= LEAST_TEXTS;
        enough.then(|| Trial {
            name: name.clone(),
            family,
            train: train.clone(),
            test,
        })
    };
    (0..FAMILIES.len()).filter_map(of).collect()
}

fn own_texts(rows: &[Row]) -> Vec<Trial<'_>> {
    let of_set = |row: &Row, name: &str| super::sets::SETS.get(row.set).is_some_and(|set| set.name == name);
    let mut ids: Vec<&str> = rows
        .iter()
        .filter(|row| of_set(row, OWN))
        .map(|row| row.id.as_str())
        .collect();
    ids.dedup();
    let Some(family) = rows.iter().find(|row| of_set(row, OWN)).and_then(Row::family) else {
        return Vec::new();
    };
    let test: Vec<&Row> = rows
        .iter()
        .filter(|row| row.tabled && row.trains)
        .filter(|row| (row.label == Label::Human && held_out(row)) || (of_set(row, OTHERS) && !row.cut))
        .collect();
    let point = |count: usize| {
        let kept: std::collections::BTreeSet<&str> = ids.iter().take(count).copied().collect();
        let train = rows
            .iter()
            .filter(|row| row.trains)
            .filter(|row| match row.label {
                Label::Human => !held_out(row),
                _ => of_set(row, OWN) && kept.contains(row.id.as_str()),
            });
        Trial {
            name: count.to_string(),
            family,
            train: train.collect(),
            test: test.clone(),
        }
    };
    let whole = ids.len() / STEP * STEP;
    (STEP..=whole).step_by(STEP).map(point).collect()
}

/// The lines as CSV.
///
/// # Errors
/// What the sink says.
pub fn write_csv(lines: &[Line], out: &mut dyn std::io::Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "left_out",
        "family",
        "human",
        "machine",
        "auroc",
        "auroc_low",
        "auroc_high",
        "tpr_at_mean_fpr_1",
        "tpr_at_mean_fpr_1_low",
        "tpr_at_mean_fpr_1_high",
    ])?;
    for line in lines {
        let mut record = vec![line.name.clone(), line.family.to_owned()];
        record.extend(line.texts.iter().map(ToString::to_string));
        for three in [line.auroc, line.tpr_over_kinds] {
            let cell = |at: usize| {
                three
                    .and_then(|three| three.get(at).copied())
                    .map_or(String::new(), |n| format!("{n:.4}"))
            };
            record.extend((0..3).map(cell));
        }
        writer.write_record(&record)?;
    }
    writer.flush()?;
    Ok(())
}

/// The learning curve as CSV: the number of texts, then the two figures; as `--learning` draws it.
///
/// # Errors
/// What the sink says.
pub fn write_curve(lines: &[Line], out: &mut dyn std::io::Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["texts", "AUROC", "TPR at a mean FPR of 1 %"])?;
    for line in lines {
        let cell =
            |three: Option<[f64; 3]>| three.map_or(String::new(), |[figure, ..]| format!("{figure:.4}"));
        writer.write_record([line.name.clone(), cell(line.auroc), cell(line.tpr_over_kinds)])?;
    }
    writer.flush()?;
    Ok(())
}

/// The lines for a terminal.
#[must_use]
pub fn text(lines: &[Line]) -> String {
    let three = |v: Option<[f64; 3]>| v.map_or(String::new(), |[a, b, c]| format!("{a:.3} ({b:.3}-{c:.3})"));
    let mut out = format!(
        "{:<34} {:<34} {:>6} {:>7}  {:<20} TPR at a mean FPR of 1 %\n",
        "left out (or own texts trained on)", "family", "human", "machine", "AUROC (95 %)"
    );
    for line in lines {
        out.push_str(&format!(
            "{:<34} {:<34} {:>6} {:>7}  {:<20} {}\n",
            line.name,
            line.family,
            line.texts[0],
            line.texts[1],
            three(line.auroc),
            three(line.tpr_over_kinds),
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::sets::SETS;
    use super::*;

    /// Rows of a set, each of a group of its own; `of` gives label, generator and genre by number.
    fn rows(set: &str, count: usize, of: &dyn Fn(usize) -> (Label, &'static str, usize)) -> Vec<Row> {
        let set = SETS.iter().position(|known| known.name == set).unwrap();
        (0..count)
            .map(|number| {
                let (label, generator, genre) = of(number);
                Row {
                    set,
                    id: format!("{set}-{number}"),
                    group: number.to_string(),
                    label,
                    generator: generator.to_owned(),
                    genre,
                    tabled: true,
                    trains: true,
                    ..Row::default()
                }
            })
            .collect()
    }

    fn ids<'a>(rows: &[&'a Row]) -> std::collections::BTreeSet<&'a str> {
        rows.iter().map(|row| row.id.as_str()).collect()
    }

    #[test]
    fn what_is_left_out_never_trains_and_alone_is_scored() {
        let mixed = rows("detectrl_test", 800, &|number| match number % 4 {
            0 => (Label::Machine, "claude-2", 1),
            1 => (Label::Machine, "gpt-4", number % 3),
            _ => (Label::Human, "", number % 3),
        });
        for (trials, left_out) in [
            (
                makers(&mixed),
                (&|row: &Row| row.generator == "claude-2") as &dyn Fn(&Row) -> bool,
            ),
            (genres(&mixed), &|row: &Row| row.genre == 0),
        ] {
            let trial = trials.first().unwrap();
            assert!(ids(&trial.train).is_disjoint(&ids(&trial.test)));
            assert!(!trial.train.is_empty() && !trial.train.iter().any(|row| left_out(row)));
            let machine = |row: &&&Row| row.label == Label::Machine;
            assert!(trial.test.iter().filter(machine).all(|row| left_out(row)));
            let all = mixed
                .iter()
                .filter(|row| row.label == Label::Machine && left_out(row));
            assert_eq!(trial.test.iter().filter(machine).count(), all.count());
        }
    }

    #[test]
    fn each_point_of_the_curve_adds_a_hundred_own_texts_and_no_others() {
        let mut all = rows("detectrl_test", 60, &|_| (Label::Human, "", 0));
        all.extend(rows(OWN, 230, &|_| (Label::Machine, "", 0)));
        all.extend(rows(OTHERS, 60, &|_| (Label::Machine, "", 0)));
        let trials = own_texts(&all);
        let machine = |rows: &[&Row]| rows.iter().filter(|row| row.label == Label::Machine).count();
        let points: Vec<_> = trials
            .iter()
            .map(|trial| (trial.name.as_str(), machine(&trial.train)))
            .collect();
        assert_eq!(points, [("100", 100), ("200", 200)]);
        for trial in &trials {
            assert!(ids(&trial.train).is_disjoint(&ids(&trial.test)));
            assert_eq!(machine(&trial.test), 60);
        }
    }

    #[test]
    fn no_row_is_scored_by_a_stage_that_has_seen_it() {
        // A turn of phrase that only the machine rows of one part use, beside another that all machine rows use.
        let (mark, style) = (64, 128);
        let early = SETS.iter().filter(|set| set.family == 0 && set.trains).take(24);
        let mut all: Vec<Row> = early
            .flat_map(|set| {
                rows(set.name, 60, &|at| {
                    ([Label::Human, Label::Machine][at % 2], "", 0)
                })
            })
            .collect();
        for (at, row) in all.iter_mut().enumerate() {
            row.fold = at / 2 % 10;
            row.grams = vec![at as u32 % 50 * 64 + 6400];
            if row.label == Label::Machine {
                row.grams.push(style);
                row.grams.extend((row.fold % PARTS == 0).then_some(mark));
            }
        }
        let train: Vec<&Row> = all.iter().collect();
        let seen = ngrams::train_families(&train, &[0]);
        let scored = scored_by_others(&train, 0);
        assert_eq!(scored.len(), all.len());
        let marked = scored.iter().filter(|row| row.grams.contains(&mark));
        assert!(marked.clone().count() > 60);
        for row in marked {
            let (left_out, by_all) = (row.ngram_score(0), ngram_score(&seen, row));
            assert!(left_out > 0.0 && left_out + 0.2 < by_all, "{left_out} {by_all}");
        }
    }
}
