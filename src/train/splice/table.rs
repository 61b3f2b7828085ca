//! The table of the spliced documents.

use std::io;

/// One line of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Kind of text, or layout, or all.
    pub name: String,
    /// Documents.
    pub documents: usize,
    /// True borders.
    pub borders: usize,
    /// Share of the true borders with a found one within so many words of it.
    pub found: Option<[f64; 3]>,
    /// Median distance in words of the true borders to the nearest found one, among documents where one was found.
    pub median: Option<f64>,
    /// AUROC of the sentences, machine against human, by the log-odds of the windows that hold them and of the part.
    pub sentences: Option<[f64; 2]>,
    /// Share cut of the texts by one person, with its 95 % interval.
    pub cut_human: Option<[f64; 3]>,
    /// Of those by two people, where a change of style is a fact, but not one of kind.
    pub cut_people: Option<[f64; 3]>,
    /// Of those by one machine.
    pub cut_machine: Option<[f64; 3]>,
}

/// The columns of the table.
const COLUMNS: [&str; 18] = [
    "set",
    "documents",
    "borders",
    "found_within_25",
    "found_within_50",
    "found_within_100",
    "median_words",
    "sentence_auroc_windows",
    "sentence_auroc_parts",
    "cut_one_human",
    "cut_one_human_low",
    "cut_one_human_high",
    "cut_two_humans",
    "cut_two_humans_low",
    "cut_two_humans_high",
    "cut_one_machine",
    "cut_one_machine_low",
    "cut_one_machine_high",
];

/// Writes the table as CSV.
///
/// # Errors
/// What the sink says.
pub fn write_csv(lines: &[Line], out: &mut dyn io::Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for line in lines {
        writer.write_record(cells(line))?;
    }
    writer.flush()?;
    Ok(())
}

fn cells(line: &Line) -> Vec<String> {
    let cell = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.5}"));
    let three = |value: Option<[f64; 3]>| (0..3).map(move |at| cell(value.and_then(|v| v.get(at).copied())));
    let mut cells = vec![
        line.name.clone(),
        line.documents.to_string(),
        line.borders.to_string(),
    ];
    cells.extend(three(line.found));
    cells.push(line.median.map_or(String::new(), |words| words.to_string()));
    cells.extend((0..2).map(|at| cell(line.sentences.and_then(|v| v.get(at).copied()))));
    cells.extend(
        [line.cut_human, line.cut_people, line.cut_machine]
            .into_iter()
            .flat_map(three),
    );
    cells
}

/// The table for a terminal.
#[must_use]
pub fn text(lines: &[Line]) -> String {
    let mut out = format!(
        "{:<38} {:>5} {:>7}  {:>5} {:>5} {:>5} {:>6}  {:>8} {:>8}  {:>9} {:>10} {:>11}\n",
        "spliced",
        "docs",
        "borders",
        "<=25",
        "<=50",
        "<=100",
        "median",
        "windows",
        "parts",
        "cut human",
        "two humans",
        "cut machine"
    );
    let one = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.3}"));
    for line in lines {
        let found = |at: usize| one(line.found.and_then(|v| v.get(at).copied()));
        let area = |at: usize| one(line.sentences.and_then(|v| v.get(at).copied()));
        out.push_str(&format!(
            "{:<38} {:>5} {:>7}  {:>5} {:>5} {:>5} {:>6}  {:>8} {:>8}  {:>9} {:>10} {:>11}\n",
            line.name,
            line.documents,
            line.borders,
            found(0),
            found(1),
            found(2),
            line.median.map_or(String::new(), |words| words.to_string()),
            area(0),
            area(1),
            one(line.cut_human.map(|v| v[0])),
            one(line.cut_people.map(|v| v[0])),
            one(line.cut_machine.map(|v| v[0])),
        ));
    }
    out
}
