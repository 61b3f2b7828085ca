//! Recall and precision of `byline::figure::figures` on the texts annotated in `datasets/figures`.
//!
//! `cargo run --release --example figures_gold -- FOLDER [--errors]`, where FOLDER holds `seeds/` and `corpora/`.
//! A figure counts as found when a printed one overlaps it and has the same value and unit.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for a terminal"
)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::ExitCode;

use byline::figure::{Figure, figures};
use byline::{Document, RawDocument, Span};
use serde::Deserialize;

/// One annotated text.
#[derive(Deserialize)]
struct Annotated {
    file: Option<String>,
    set: Option<String>,
    id: Option<String>,
    cut: Option<usize>,
    figures: Vec<Gold>,
}

/// One annotated figure.
#[derive(Deserialize)]
struct Gold {
    start: u32,
    end: u32,
    surface: String,
    kind: String,
    low: f64,
    high: f64,
    unit: String,
}

/// What is counted for one set.
#[derive(Default)]
struct Count {
    gold: usize,
    found: usize,
    right: usize,
    kind: usize,
}

/// Values may differ by so much, as a share: two thirds are written with ten digits.
const TOLERANCE: f64 = 1e-8;

fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= TOLERANCE * one.abs().max(other.abs())
}

fn agree(gold: &Gold, figure: &Figure) -> bool {
    let span = Span {
        start: gold.start,
        end: gold.end,
    };
    span.overlaps(figure.span)
        && same(gold.low, figure.low)
        && same(gold.high, figure.high)
        && gold.unit == figure.unit
}

fn kind(figure: &Figure) -> String {
    format!("{:?}", figure.kind).to_lowercase()
}

fn record(folder: &Path, set: &str, id: &str) -> Result<String, String> {
    let path = folder.join("corpora").join(format!("{set}.jsonl.gz"));
    let file = std::fs::File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    for line in BufReader::new(flate2::read::MultiGzDecoder::new(file)).lines() {
        let line = line.map_err(|error| format!("{}: {error}", path.display()))?;
        let record: serde_json::Value =
            serde_json::from_str(&line).map_err(|error| format!("{}: {error}", path.display()))?;
        if record.get("id").and_then(|value| value.as_str()) == Some(id) {
            let text = record.get("text").and_then(|text| text.as_str()).unwrap_or("");
            return Ok(text.to_owned());
        }
    }
    Err(format!("{}: no record {id}", path.display()))
}

fn text(folder: &Path, annotated: &Annotated) -> Result<String, String> {
    let text = match (&annotated.file, &annotated.set, &annotated.id) {
        (Some(file), _, _) => {
            let path = folder.join("seeds").join(file);
            let mut text = String::new();
            std::fs::File::open(&path)
                .and_then(|mut file| file.read_to_string(&mut text))
                .map_err(|error| format!("{}: {error}", path.display()))?;
            text
        }
        (None, Some(set), Some(id)) => record(folder, set, id)?,
        _ => return Err("an annotated text has neither file nor set and id".to_owned()),
    };
    Ok(annotated
        .cut
        .and_then(|cut| text.get(..cut))
        .unwrap_or(&text)
        .to_owned())
}

fn run(folder: &Path, list: &str, errors: bool) -> Result<(), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("datasets/figures")
        .join(list);
    let annotations =
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for line in annotations.lines() {
        let annotated: Annotated = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let text = text(folder, &annotated)?;
        let document = Document::new(RawDocument {
            text,
            ..RawDocument::default()
        });
        let found = figures(&document);
        let mut free = vec![true; found.len()];
        let name = annotated.set.or(annotated.file).unwrap_or_default();
        let count = counts.entry(name.clone()).or_default();
        count.gold += annotated.figures.len();
        count.found += found.len();
        for gold in &annotated.figures {
            let hit = found
                .iter()
                .zip(&mut free)
                .find(|(figure, free)| **free && agree(gold, figure));
            match hit {
                Some((figure, free)) => {
                    *free = false;
                    count.right += 1;
                    count.kind += usize::from(kind(figure) == gold.kind);
                }
                None if errors => println!(
                    "missed  {name}: {:?} {} {} {:?}",
                    gold.surface, gold.low, gold.high, gold.unit
                ),
                None => {}
            }
        }
        for (figure, _) in found.iter().zip(&free).filter(|(_, free)| **free && errors) {
            println!(
                "false   {name}: {:?} {} {} {:?} {}",
                figure.surface,
                figure.low,
                figure.high,
                figure.unit,
                kind(figure)
            );
        }
    }
    println!(
        "{list:<24} {:>5} {:>5} {:>7} {:>9} {:>5}",
        "gold", "found", "recall", "precision", "kind"
    );
    let mut total = Count::default();
    for (name, count) in &counts {
        print_row(name, count);
        total.gold += count.gold;
        total.found += count.found;
        total.right += count.right;
        total.kind += count.kind;
    }
    print_row("total", &total);
    Ok(())
}

fn print_row(name: &str, count: &Count) {
    let share = |part: usize, of: usize| if of == 0 { 1.0 } else { part as f64 / of as f64 };
    println!(
        "{name:<24.24} {:>5} {:>5} {:>7.3} {:>9.3} {:>5.3}",
        count.gold,
        count.found,
        share(count.right, count.gold),
        share(count.right, count.found),
        share(count.kind, count.right)
    );
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let errors = arguments.iter().any(|argument| argument == "--errors");
    let Some(folder) = arguments.iter().find(|argument| !argument.starts_with("--")) else {
        eprintln!("usage: figures_gold FOLDER [--errors]   (FOLDER holds seeds/ and corpora/)");
        return ExitCode::from(2);
    };
    let lists: Vec<&str> = match arguments.iter().any(|argument| argument == "--seeds") {
        true => vec!["seeds.jsonl"],
        false => vec!["seeds.jsonl", "articles.jsonl"],
    };
    for list in lists {
        if let Err(error) = run(Path::new(folder), list, errors) {
            eprintln!("figures_gold: {error}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
