//! The model card speaks of the model that is shipped, with figures of its evaluation.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::Digest;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models/default")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap()
}

/// The evaluation: for each line its cells by column.
fn evaluation() -> BTreeMap<String, BTreeMap<String, String>> {
    let table = read("eval.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = header.iter().zip(record.iter());
        let cells: BTreeMap<String, String> = cells.map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        (cells["set"].clone(), cells)
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn the_card_names_the_shipped_model_by_its_digest() {
    let model = std::fs::read(folder().join("default.model")).unwrap();
    let digest = byline::model::hex(&sha2::Sha256::digest(&model));
    assert!(
        read("card.md").contains(&digest),
        "models/default/card.md does not speak of the model with SHA-256 {digest}"
    );
}

/// Every table of the card whose header begins with `set` names columns of `eval.csv`; its cells must be that file's, rounded
/// to as many digits as the card shows.
#[test]
fn the_cards_tables_are_the_evaluations() {
    let evaluation = evaluation();
    let card = read("card.md");
    let mut columns: Vec<String> = Vec::new();
    let mut compared = 0;
    for line in card.lines() {
        let Some(inner) = line.strip_prefix("| ").and_then(|rest| rest.strip_suffix(" |")) else {
            if !line.starts_with("|---") {
                columns.clear();
            }
            continue;
        };
        let cells: Vec<&str> = inner.split(" | ").map(str::trim).collect();
        if cells[0] == "set" {
            columns = cells.iter().map(|cell| (*cell).to_owned()).collect();
            continue;
        }
        if columns.is_empty() {
            continue;
        }
        let row = evaluation
            .get(cells[0])
            .unwrap_or_else(|| panic!("eval.csv has no line `{}`", cells[0]));
        for (column, told) in columns.iter().zip(&cells).skip(1) {
            let Some(exact) = row.get(column) else {
                panic!("eval.csv has no column `{column}`");
            };
            let digits = told.split_once('.').map_or(0, |(_, digits)| digits.len());
            let rounded = match exact.parse::<f64>() {
                Ok(number) => format!("{number:.digits$}"),
                Err(_) => String::new(),
            };
            assert_eq!(*told, rounded, "{} {column}", cells[0]);
            compared += 1;
        }
    }
    assert!(compared >= 100, "only {compared} figures compared");
}
