//! What gives a label away that is not style: a model that is shown nothing but length, digits or quotation marks.
//!
//! Each is trained and left out by folds exactly as the dense stage is, trees and all, but that these hear no n-gram score. On a mix that
//! leaks nothing its AUROC is .5. (Layout cannot leak: texts are read with white space collapsed, and features that layout reaches are
//! in no table.)

use super::TrainError;
use super::crossfit::{machine_head, scores, training_rows};
use super::metrics::{Scored, auroc, bootstrap};
use super::row::{Column, Columns, Label, Row};
use super::sets::{FAMILIES, FOLDS};

/// What the models are shown: a name, whether length is among it, and the beginnings of the columns.
static SHOWN: &[(&str, bool, &[&str])] = &[
    ("length", true, &[]),
    (
        "digits",
        false,
        &[
            "figures.number",
            "figures.year",
            "figures.money",
            "figures.percentage",
        ],
    ),
    ("quotation marks", false, &["quotation.quoted_share"]),
    (
        "all of these",
        true,
        &[
            "figures.number",
            "figures.year",
            "figures.money",
            "figures.percentage",
            "quotation.quoted_share",
        ],
    ),
];

/// One line of the check.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Family of machine texts.
    pub family: &'static str,
    /// What the model is shown.
    pub shown: &'static str,
    /// Texts of each class that were scored.
    pub texts: usize,
    /// AUROC with its 95 % interval (bootstrap over prompts).
    pub auroc: [f64; 3],
}

/// Trains and measures a model for every family and everything in [`SHOWN`].
///
/// # Errors
/// See [`dense::fit`]; [`TrainError::Fit`] if a family has no texts.
pub fn evaluate(rows: &[Row], columns: &Columns) -> Result<Vec<Line>, TrainError> {
    let mut lines = Vec::new();
    for (expert, family) in FAMILIES.iter().enumerate() {
        for &(shown, length, names) in SHOWN {
            let scored = left_out(rows, columns, expert, length, names)?;
            let figure = auroc(&scored)
                .ok_or_else(|| TrainError::Fit(format!("{}: no texts of both classes", family.name)))?;
            let [low, high] = bootstrap(&scored, &auroc).unwrap_or([figure, figure]);
            lines.push(Line {
                family: family.name,
                shown,
                texts: scored.iter().filter(|text| text.positive).count(),
                auroc: [figure, low, high],
            });
        }
    }
    Ok(lines)
}

/// The logarithm of a length in words, to a tenth: trees cut between few levels.
fn log_words(row: &Row) -> f64 {
    (f64::from(row.words.max(1)).ln() * 10.0).round() / 10.0
}

/// Rows of the tables that show nothing but these columns and, with `length`, how many words they have.
fn showing(rows: &[Row], columns: &Columns, length: bool, names: &[&str]) -> (Vec<Row>, Columns) {
    let places: Vec<usize> = names.iter().filter_map(|name| columns.index(name)).collect();
    let mut shown: Vec<Column> = places
        .iter()
        .filter_map(|at| columns.all.get(*at).cloned())
        .collect();
    let tabled = || rows.iter().filter(|row| row.tabled);
    if length {
        let mut levels: Vec<f64> = tabled().map(log_words).collect();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        shown.push(Column {
            name: "words".to_owned(),
            version: 1,
            levels,
        });
    }
    let show = |row: &Row| {
        let values = places.iter().map(|at| row.values.get(*at).copied().flatten());
        Row {
            values: values.chain(length.then(|| Some(log_words(row)))).collect(),
            ngram: Vec::new(),
            ..row.clone()
        }
    };
    (tabled().map(show).collect(), Columns { all: shown })
}

fn left_out(
    rows: &[Row],
    columns: &Columns,
    expert: usize,
    length: bool,
    names: &[&str],
) -> Result<Vec<Scored>, TrainError> {
    let (rows, columns) = showing(rows, columns, length, names);
    let mut scored: Vec<Scored> = Vec::new();
    for fold in 0..FOLDS {
        let head = machine_head(rows.iter().filter(|row| row.fold != fold), &columns, expert)?;
        // The mix that was left out, drawn as for training.
        let mine = training_rows(rows.iter().filter(|row| row.fold == fold), expert);
        let found = scores(&head, mine.iter().map(|row| (*row, 0.0)), &columns)?;
        let group = |row: &Row| crate::document::word_hash(&format!("{}\0{}", row.set, row.group)) as usize;
        scored.extend(mine.into_iter().zip(found).map(|(row, score)| Scored {
            score,
            probability: 0.5,
            positive: row.label == Label::Machine,
            flagged: false,
            group: group(row),
        }));
    }
    Ok(scored)
}

/// The lines for a terminal.
#[must_use]
pub fn text(lines: &[Line]) -> String {
    let mut out = format!("{:<34} {:<16} {:>6}  AUROC (95 %)\n", "family", "shown", "texts");
    for Line {
        family,
        shown,
        texts,
        auroc: [figure, low, high],
    } in lines
    {
        out.push_str(&format!(
            "{family:<34} {shown:<16} {texts:>6}  {figure:.3} ({low:.3}-{high:.3})\n"
        ));
    }
    out
}
