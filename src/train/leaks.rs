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
///
/// # Errors
/// [`TrainError::Fit`] if the tables lack a column: less would be tried than the answer says.
fn showing(
    rows: &[Row],
    columns: &Columns,
    length: bool,
    names: &[&str],
) -> Result<(Vec<Row>, Columns), TrainError> {
    let place = |name: &&str| {
        let missing = || TrainError::Fit(format!("the tables have no column {name}"));
        columns.index(name).ok_or_else(missing)
    };
    let places: Vec<usize> = names.iter().map(place).collect::<Result<_, _>>()?;
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
    Ok((tabled().map(show).collect(), Columns { all: shown }))
}

fn left_out(
    rows: &[Row],
    columns: &Columns,
    expert: usize,
    length: bool,
    names: &[&str],
) -> Result<Vec<Scored>, TrainError> {
    let (rows, columns) = showing(rows, columns, length, names)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str) -> Column {
        Column {
            name: name.to_owned(),
            version: 1,
            levels: vec![0.0, 1.0],
        }
    }

    /// Three columns, of which the first tells the label; as do the lengths and the n-gram scores.
    fn rows() -> (Vec<Row>, Columns) {
        let row = |at: usize| {
            let machine = at % 2 == 1;
            let tells = f64::from(u8::from(machine));
            Row {
                fold: at / 2 % FOLDS,
                label: if machine { Label::Machine } else { Label::Human },
                tabled: true,
                trains: true,
                group: at.to_string(),
                words: if machine { 300 } else { 100 },
                values: vec![
                    Some(tells),
                    // Next to nothing: linfa's regression of nothing at all ends without weights.
                    Some(if at % 44 == 1 { 1.0 } else { (at / 2 % 2) as f64 }),
                    None,
                ],
                ngram: vec![tells; FAMILIES.len()],
                ..Row::default()
            }
        };
        let columns = ["a", "b", "c"].map(column).to_vec();
        ((0..1200).map(row).collect(), Columns { all: columns })
    }

    #[test]
    fn a_row_shows_what_it_is_asked_for_and_nothing_else() {
        let (mut all, columns) = rows();
        all[0].tabled = false;
        let (shown, kept) = showing(&all, &columns, true, &["b"]).unwrap();
        assert_eq!(shown.len(), all.len() - 1);
        let names: Vec<&str> = kept.all.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["b", "words"]);
        assert_eq!(kept.all[1].levels, [4.6, 5.7]);
        assert_eq!(shown[0].values, [Some(1.0), Some(5.7)]);
        assert!(shown.iter().all(|row| row.ngram.is_empty()));
        assert!(showing(&all, &columns, false, &["d"]).is_err());
    }

    #[test]
    fn a_column_that_tells_is_found_out_and_one_that_does_not_is_not() {
        let (all, columns) = rows();
        let figure = |names: &[&str]| auroc(&left_out(&all, &columns, 0, false, names).unwrap()).unwrap();
        assert!(figure(&["a"]) > 0.99);
        assert!((figure(&["b"]) - 0.5).abs() < 0.05);
    }
}
