//! How far the pair model can be trusted on pairs it never saw.

use std::collections::{BTreeMap, BTreeSet};

use super::PairRow;
use super::fit::without;
use crate::corpus::Level;
use crate::corpus::judge::{Fitted, LEVELS};
use crate::train::TrainError;

/// One figure of the evaluation.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What was measured, on which pairs.
    pub name: String,
    /// Pairs.
    pub pairs: usize,
    /// The figure.
    pub value: f64,
}

/// A row with what a model that never saw its group says of it.
struct Judged<'r> {
    row: &'r PairRow,
    copied: bool,
    level: Level,
}

fn judged<'r>(row: &'r PairRow, fitted: &Fitted) -> Judged<'r> {
    Judged {
        row,
        copied: fitted.log_odds(&row.values) >= 0.0,
        level: fitted.level(&row.values),
    }
}

/// Evaluates: clough_stevenson with each task and with each pair left out, rewrites with each source left out, every other set left out whole.
///
/// # Errors
/// See [`without`].
pub fn evaluate(rows: &[PairRow]) -> Result<Vec<Figure>, TrainError> {
    let mut figures = Vec::new();
    let of = |set: &str| {
        rows.iter()
            .filter(|row| row.data_set() == set)
            .collect::<Vec<_>>()
    };
    let clough = by_group(rows, &of("clough_stevenson"))?;
    figures.push(accuracy(
        "clough_stevenson, task left out: copied or not, accuracy",
        &clough,
    ));
    // A pair's task stays in training here, with the same source and other answers: the easier question of the two.
    figures.push(accuracy(
        "clough_stevenson, one pair left out: copied or not, accuracy",
        &one_by_one(rows, &of("clough_stevenson"))?,
    ));
    let known: Vec<Judged<'_>> = clough
        .iter()
        .filter(|judged| judged.row.trains)
        .map(|judged| Judged { ..*judged })
        .collect();
    figures.push(accuracy(
        "clough_stevenson, task left out, without two mislabelled pairs: accuracy",
        &known,
    ));
    figures.extend(shares(&clough));
    let rewrites = by_group(rows, &of("rewrites"))?;
    figures.extend(levels(&rewrites));
    figures.extend(shares(&rewrites));
    figures.extend(
        shares(&by_group(rows, &of("wikinews_sources"))?)
            .into_iter()
            .map(|figure| Figure {
                name: format!("{}, story left out", figure.name),
                ..figure
            }),
    );
    let others: BTreeSet<&str> = rows
        .iter()
        .map(PairRow::data_set)
        .filter(|set| !["clough_stevenson", "rewrites"].contains(set))
        .collect();
    for set in others {
        let fitted = without(rows, &|row| row.data_set() == set)?;
        let all: Vec<Judged<'_>> = of(set).into_iter().map(|row| judged(row, &fitted)).collect();
        figures.extend(shares(&all));
    }
    Ok(figures)
}

/// Judges rows by models that saw none of their groups.
fn by_group<'r>(rows: &'r [PairRow], wanted: &[&'r PairRow]) -> Result<Vec<Judged<'r>>, TrainError> {
    let groups: BTreeSet<&str> = wanted.iter().map(|row| row.groups[1].as_str()).collect();
    let mut all = Vec::new();
    for group in groups {
        let fitted = without(rows, &|row| row.groups.iter().any(|other| other == group))?;
        let mine = wanted.iter().filter(|row| row.groups[1] == group);
        all.extend(mine.map(|row| judged(row, &fitted)));
    }
    Ok(all)
}

/// Judges rows by models that saw all rows but the one judged.
fn one_by_one<'r>(rows: &'r [PairRow], wanted: &[&'r PairRow]) -> Result<Vec<Judged<'r>>, TrainError> {
    let judge = |row: &&'r PairRow| {
        let fitted = without(rows, &|other| std::ptr::eq(other, *row))?;
        Ok(judged(row, &fitted))
    };
    wanted.iter().map(judge).collect()
}

fn accuracy(name: &str, judged: &[Judged<'_>]) -> Figure {
    let labelled: Vec<&Judged<'_>> = judged.iter().filter(|j| j.row.copied.is_some()).collect();
    let right = labelled.iter().filter(|j| j.row.copied == Some(j.copied)).count();
    Figure {
        name: name.to_owned(),
        pairs: labelled.len(),
        value: right as f64 / labelled.len().max(1) as f64,
    }
}

/// Share called copied, for each kind of pair.
fn shares(judged: &[Judged<'_>]) -> Vec<Figure> {
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for one in judged {
        let (all, copied) = kinds.entry(&one.row.set).or_default();
        *all += 1;
        *copied += usize::from(one.copied);
    }
    kinds
        .into_iter()
        .map(|(kind, (all, copied))| Figure {
            name: format!("{kind}: share called copied"),
            pairs: all,
            value: copied as f64 / all.max(1) as f64,
        })
        .collect()
}

/// F1 of each level and their mean.
fn levels(judged: &[Judged<'_>]) -> Vec<Figure> {
    let labelled: Vec<&Judged<'_>> = judged.iter().filter(|j| j.row.level.is_some()).collect();
    let mut figures = Vec::new();
    let mut sum = 0.0;
    for level in LEVELS {
        let count = |test: &dyn Fn(&Judged<'_>) -> bool| labelled.iter().filter(|j| test(j)).count() as f64;
        let right = count(&|j| j.level == *level && j.row.level == Some(*level));
        let said = count(&|j| j.level == *level);
        let are = count(&|j| j.row.level == Some(*level));
        let f1 = 2.0 * right / (said + are).max(1.0);
        sum += f1;
        figures.push(Figure {
            name: format!("rewrites, source left out: F1 of {level:?}").to_lowercase(),
            pairs: are as usize,
            value: f1,
        });
    }
    figures.push(Figure {
        name: "rewrites, source left out: macro-F1".to_owned(),
        pairs: labelled.len(),
        value: sum / LEVELS.len() as f64,
    });
    figures
}

/// The figures as CSV.
#[must_use]
pub fn csv(figures: &[Figure]) -> String {
    let mut text = String::from("figure,pairs,value\n");
    for figure in figures {
        let name = format!("\"{}\"", figure.name.replace('"', "\"\""));
        text.push_str(&format!("{name},{},{:.4}\n", figure.pairs, figure.value));
    }
    text
}
