//! The evaluation as pictures: SVG files that are the same, byte for byte, for the same scores.
//!
//! | file | what it shows |
//! |---|---|
//! | `roc_families.svg` | share of each family's machine texts found against the mean false-alarm rate over the kinds of human text |
//! | `roc_lengths.svg` | the same by length |
//! | `reliability.svg` | how often a probability is right, by length |
//! | `scores_by_set.svg` | where the texts of every left-out set lie |
//! | `learning.svg` | a learning curve, if one is given |

mod curves;
mod draw;
mod sets;

use std::path::{Path, PathBuf};

use self::curves::{Curve, Negative, reliability, roc};
use super::TrainError;
use super::evaluate::LENGTHS;
use super::metrics::{Scored, calibration_error};
use super::pipeline::MIN_WORDS;
use super::row::{Label, Row};
use super::sets::{FAMILIES, KINDS, SETS};

/// Draws the left-out scores of [`super::evaluate::judged`] into a folder, which is made if it is missing. `flag_from` is the
/// probability from which the policy flags; `learning` is a CSV file with a learning curve: first column the number of texts,
/// every other column a curve. Returns the files written.
///
/// # Errors
/// A folder or file that cannot be read or written, or a learning curve that is none.
pub fn write(
    folder: &Path,
    scored: &[(&Row, Scored)],
    flag_from: f64,
    learning: Option<&Path>,
) -> Result<Vec<PathBuf>, TrainError> {
    let learnt = learning.map(read_learning).transpose()?;
    std::fs::create_dir_all(folder).map_err(|error| fail(folder, &error))?;
    let mut plots = vec![
        (
            "roc_families.svg",
            draw::roc(
                "Found against falsely accused, by family of machine texts",
                &families(scored),
            ),
        ),
        (
            "roc_lengths.svg",
            draw::roc(
                "Found against falsely accused, by words of prose",
                &lengths(scored),
            ),
        ),
        ("reliability.svg", draw::reliability(&reliabilities(scored))),
        ("scores_by_set.svg", sets::draw(&sets::spreads(scored), flag_from)),
    ];
    if let Some((axis, curves)) = &learnt {
        plots.push(("learning.svg", draw::learning(axis, curves)));
    }
    let mut written = Vec::new();
    for (name, plot) in plots {
        let path = folder.join(name);
        let svg = plot.map_err(|message| fail(&path, &message))?;
        std::fs::write(&path, svg).map_err(|error| fail(&path, &error))?;
        written.push(path);
    }
    Ok(written)
}

fn fail(path: &Path, error: &dyn std::fmt::Display) -> TrainError {
    TrainError::Plot {
        path: path.to_owned(),
        message: error.to_string(),
    }
}

/// Human texts that `keep` keeps, every kind weighing alike: a kind with many texts must not drown the others.
fn humans(scored: &[(&Row, Scored)], keep: &dyn Fn(&Row) -> bool) -> Vec<Negative> {
    let mut all = Vec::new();
    for (_, sets) in KINDS {
        let named = |row: &Row| SETS.get(row.set).is_some_and(|set| sets.contains(&set.name));
        let scores: Vec<f64> = scored
            .iter()
            .filter(|(row, _)| row.label == Label::Human && named(row) && keep(row))
            .map(|(_, scored)| scored.score)
            .collect();
        let weight = 1.0 / scores.len().max(1) as f64;
        all.extend(scores.into_iter().map(|score| Negative { score, weight }));
    }
    all
}

fn machines(scored: &[(&Row, Scored)], keep: &dyn Fn(&Row) -> bool) -> Vec<f64> {
    let kept = scored
        .iter()
        .filter(|(row, _)| row.label == Label::Machine && keep(row));
    kept.map(|(_, scored)| scored.score).collect()
}

/// One curve a family: at 1 % it shows the column `tpr_at_mean_fpr_1` of the table.
fn families(scored: &[(&Row, Scored)]) -> Vec<Curve> {
    let humans = humans(scored, &|row| row.words >= MIN_WORDS);
    let of = |(index, family): (usize, &super::sets::Family)| {
        let found = machines(scored, &|row| row.trains && row.family() == Some(index));
        Curve::named(family.name, found.len(), roc(&found, &humans))
    };
    FAMILIES.iter().enumerate().map(of).collect()
}

/// The bands of [`LENGTHS`], with their names.
fn bands() -> Vec<(String, std::ops::Range<u32>)> {
    let ends = LENGTHS.iter().skip(1).map(|end| Some(*end)).chain([None]);
    LENGTHS
        .iter()
        .zip(ends)
        .map(|(&least, end)| match end {
            Some(end) => (format!("{least} to {} words", end - 1), least..end),
            None => (format!("{least} words and more"), least..u32::MAX),
        })
        .collect()
}

fn lengths(scored: &[(&Row, Scored)]) -> Vec<Curve> {
    let of = |(name, band): (String, std::ops::Range<u32>)| {
        let inside = |row: &Row| row.trains && band.contains(&row.words);
        let found = machines(scored, &inside);
        Curve::named(&name, found.len(), roc(&found, &humans(scored, &inside)))
    };
    bands().into_iter().map(of).collect()
}

fn reliabilities(scored: &[(&Row, Scored)]) -> Vec<Curve> {
    let of = |name: &str, keep: &dyn Fn(&Row) -> bool| {
        let kept: Vec<Scored> = scored
            .iter()
            .filter(|(row, _)| keep(row))
            .map(|pair| pair.1)
            .collect();
        let error = calibration_error(&kept).map_or(String::new(), |error| format!(", error {error:.3}"));
        Curve::named(&format!("{name}{error}"), kept.len(), reliability(&kept))
    };
    let mut curves = vec![of("all", &|_| true)];
    curves.extend(
        bands()
            .into_iter()
            .filter(|(_, band)| band.end > MIN_WORDS)
            .map(|(name, band)| of(&name, &|row| row.trains && band.contains(&row.words))),
    );
    curves
}

/// Largest number of a learning curve: beyond it the ticks of an axis would be counted for ever.
const LARGEST: f64 = 1e9;

/// A learning curve: the name of its axis, and one curve a column.
fn read_learning(path: &Path) -> Result<(String, Vec<Curve>), TrainError> {
    let said = |error: &dyn std::fmt::Display| fail(path, error);
    let mut reader = csv::Reader::from_path(path).map_err(|error| said(&error))?;
    let header = reader.headers().map_err(|error| said(&error))?.clone();
    let mut curves: Vec<Curve> = header
        .iter()
        .skip(1)
        .map(|name| Curve::named(name, 0, Vec::new()))
        .collect();
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|error| said(&error))?;
        let number = |cell: &str| {
            let value = cell
                .trim()
                .parse::<f64>()
                .ok()
                .filter(|value| value.abs() <= LARGEST);
            value.ok_or_else(|| {
                said(&format!(
                    "row {}: {cell:?} is not a number that can be drawn",
                    at + 1
                ))
            })
        };
        let texts = number(record.get(0).unwrap_or_default())?;
        for (curve, cell) in curves.iter_mut().zip(record.iter().skip(1)) {
            if !cell.trim().is_empty() {
                curve.points.push((texts, number(cell)?));
            }
        }
    }
    curves.retain(|curve| !curve.points.is_empty());
    if curves.is_empty() {
        return Err(said(
            &"no curve: the first column is the number of texts, every other column a curve",
        ));
    }
    Ok((header.get(0).unwrap_or_default().to_owned(), curves))
}

#[cfg(test)]
mod tests;
