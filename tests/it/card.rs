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

/// A table: for each line its cells by column, under the cells of some columns.
fn table(name: &str, keys: &[&str]) -> BTreeMap<Vec<String>, BTreeMap<String, String>> {
    let table = read(name);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = header.iter().zip(record.iter());
        let cells: BTreeMap<String, String> = cells.map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        (keys.iter().map(|key| cells[*key].clone()).collect(), cells)
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

/// A table of the card whose header begins with `set` names columns of `eval.csv`, one that begins with `spliced` columns of
/// `spliced.csv`, one that begins with `attack` columns of the lines `all` of `attacks.csv`; its cells must be that file's, rounded to as
/// many digits as the card shows. One that begins with `left_out` has the lines of `makers.csv` and `genres.csv`, with the family behind a colon; one that
/// begins with `texts` has those of `learning.csv`.
#[test]
fn the_cards_tables_are_the_evaluations() {
    let one = |name: &str, key: &str| -> BTreeMap<String, BTreeMap<String, String>> {
        let rows = table(name, &["set", key]).into_iter();
        rows.filter(|(keys, _)| key == "set" || keys[0] == "all")
            .map(|(keys, cells)| (keys[1].clone(), cells))
            .collect()
    };
    let left_out = |name: &str| {
        let rows = table(name, &["left_out", "family"]).into_iter();
        rows.map(|(keys, cells)| (keys.join(": "), cells))
    };
    let tables = BTreeMap::from([
        ("set", one("eval.csv", "set")),
        ("spliced", one("spliced.csv", "set")),
        ("attack", one("attacks.csv", "attack")),
        (
            "left_out",
            left_out("makers.csv").chain(left_out("genres.csv")).collect(),
        ),
        (
            "texts",
            table("learning.csv", &["texts"])
                .into_iter()
                .map(|(keys, cells)| (keys[0].clone(), cells))
                .collect(),
        ),
    ]);
    let card = read("card.md");
    let mut columns: Vec<String> = Vec::new();
    let mut compared: BTreeMap<&str, usize> = BTreeMap::new();
    let mut current = None;
    for line in card.lines() {
        let Some(inner) = line.strip_prefix("| ").and_then(|rest| rest.strip_suffix(" |")) else {
            if !line.starts_with("|---") {
                columns.clear();
            }
            continue;
        };
        let cells: Vec<&str> = inner.split(" | ").map(str::trim).collect();
        if let Some(found) = tables.get_key_value(cells[0]) {
            current = Some(found);
            columns = cells.iter().map(|cell| (*cell).to_owned()).collect();
            continue;
        }
        if columns.is_empty() {
            continue;
        }
        let (name, rows) = current.unwrap();
        let row = rows
            .get(cells[0])
            .unwrap_or_else(|| panic!("the table of `{name}` has no line `{}`", cells[0]));
        for (column, told) in columns.iter().zip(&cells).skip(1) {
            let Some(exact) = row.get(column) else {
                panic!("the table of `{name}` has no column `{column}`");
            };
            let digits = told.split_once('.').map_or(0, |(_, digits)| digits.len());
            let rounded = match exact.parse::<f64>() {
                Ok(number) => format!("{number:.digits$}"),
                Err(_) => String::new(),
            };
            assert_eq!(*told, rounded, "{} {column}", cells[0]);
            *compared.entry(name).or_default() += 1;
        }
    }
    for (name, least) in [
        ("set", 100),
        ("spliced", 40),
        ("attack", 50),
        ("left_out", 100),
        ("texts", 20),
    ] {
        assert!(
            compared[name] >= least,
            "{name}: only {} figures compared",
            compared[name]
        );
    }
}
