//! What gives a label away that is not style: a model that is shown nothing but length, digits or quotation marks.
//!
//! Each is trained and left out by folds exactly as the additive part of the dense stage is, without trees. On a mix that leaks nothing its AUROC is .5. (Layout cannot leak:
//! texts are read with white space collapsed, and features that layout reaches are in no table.)

use super::TrainError;
use super::crossfit::training_rows;
use super::dense::{self, Column, FEATURE_QUANTILES};
use super::metrics::{Scored, auroc, bootstrap};
use super::row::{Columns, Label, Row};
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

fn left_out(
    rows: &[Row],
    columns: &Columns,
    expert: usize,
    length: bool,
    names: &[&str],
) -> Result<Vec<Scored>, TrainError> {
    let machine = |row: &Row| row.label == Label::Machine;
    let shown = || {
        let of = |(at, column): (usize, &super::row::Column)| {
            names
                .iter()
                .any(|name| column.name == *name)
                .then(|| super::crossfit::feature_column(at, column))
        };
        let mut shown: Vec<Column<'_>> = columns.all.iter().enumerate().filter_map(of).collect();
        if length {
            shown.push(Column {
                name: "words".to_owned(),
                version: 1,
                value: Box::new(|row: &Row| Some(f64::from(row.words).ln())),
                quantiles: FEATURE_QUANTILES,
            });
        }
        shown
    };
    let mut scored: Vec<(&Row, f64)> = Vec::new();
    for fold in 0..FOLDS {
        let shown = shown();
        let head = dense::fit(
            &training_rows(rows.iter().filter(|row| row.fold != fold), expert),
            &shown,
            "machine",
            &machine,
        )?;
        let of = |row: &Row| -> Vec<Option<f64>> { shown.iter().map(|column| (column.value)(row)).collect() };
        // The mix that was left out, drawn as for training.
        let mine = training_rows(rows.iter().filter(|row| row.fold == fold), expert).into_iter();
        scored.extend(mine.map(|row| (row, head.additive(&of(row)))));
    }
    let group = |row: &Row| crate::document::word_hash(&format!("{}\0{}", row.set, row.group)) as usize;
    let scored = scored.into_iter().map(|(row, score)| Scored {
        score,
        probability: 0.5,
        positive: machine(row),
        flagged: false,
        group: group(row),
    });
    Ok(scored.collect())
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
