//! Which pairs of texts `byline::corpus::facts_in_common` says tell the same facts: sibling articles and their controls, Wikinews stories and
//! their sources, Reuters stories of one day and of one author.
//!
//! `cargo run --release --example same_facts -- FOLDER [--values]`, where FOLDER holds `corpora/`; `--values` prints each pair's evidence.
//!
//! A story and its source do tell the same facts, so there the share says how much is found, and not how much is wrong; that no wording was
//! taken is another question (`models/reuse/eval.csv`).

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for a terminal"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use byline::corpus::{Entry, facts_in_common};
use byline::{Detector, Document, RawDocument};
use serde_json::Value;
use support::{field, lines, records};

mod support;

/// Pairs of stories drawn for each set.
const PAIRS: usize = 2_000;
/// Seed of the draw.
const SEED: u64 = 20_260_102;

fn entry(detector: &Detector, record: &Value) -> Entry {
    detector.entry(Document::new(RawDocument {
        id: field(record, "id").to_owned(),
        text: field(record, "text").to_owned(),
        ..RawDocument::default()
    }))
}

/// Counts the pairs of a kind that are said to tell the same facts.
struct Count {
    values: bool,
    kinds: BTreeMap<String, (usize, usize)>,
}

impl Count {
    fn pair(&mut self, kind: &str, a: &Entry, b: &Entry) {
        let found = facts_in_common(a, b);
        let count = self.kinds.entry(kind.to_owned()).or_default();
        count.1 += 1;
        count.0 += usize::from(found.log_odds > 0.0);
        if self.values {
            let parts: Vec<String> = found
                .evidence
                .iter()
                .filter_map(|part| part.observed.map(|value| format!("{value:.3}")))
                .collect();
            let id = |entry: &Entry| entry.document.raw().id.clone();
            println!(
                "{kind}\t{}\t{}\t{:.2}\t{}",
                id(a),
                id(b),
                found.log_odds,
                parts.join("\t")
            );
        }
    }
}

fn siblings(detector: &Detector, path: &Path, name: &str, count: &mut Count) -> Result<(), String> {
    let articles = records(path)?;
    let entries: Vec<Entry> = articles.iter().map(|article| entry(detector, article)).collect();
    let control = |article: &Value| field(article, "role") == "control";
    for (at, (one, a)) in articles.iter().zip(&entries).enumerate() {
        for (other, b) in articles.iter().zip(&entries).skip(at + 1) {
            let kind = match (
                field(one, "cluster") == field(other, "cluster"),
                control(one) || control(other),
            ) {
                (true, false) => "siblings",
                (true, true) => "with the control",
                (false, _) => "of two clusters",
            };
            count.pair(&format!("{name}: {kind}"), a, b);
        }
    }
    Ok(())
}

fn wikinews(detector: &Detector, corpora: &Path, count: &mut Count) -> Result<(), String> {
    let texts = records(&corpora.join("wikinews_sources.jsonl.gz"))?;
    let by_id: BTreeMap<&str, &Value> = texts.iter().map(|text| (field(text, "id"), text)).collect();
    for line in lines(&corpora.join("wikinews_sources.pairs.csv"))?.iter().skip(1) {
        let mut ids = line.split(',');
        let mut next = || ids.next().and_then(|id| by_id.get(id));
        if let (Some(one), Some(other)) = (next(), next()) {
            count.pair(
                "wikinews_sources: a story and its source",
                &entry(detector, one),
                &entry(detector, other),
            );
        }
    }
    Ok(())
}

/// A small generator (splitmix64): the draw must be the same everywhere.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Pairs drawn from the texts of a set that have one key in common.
fn drawn(
    detector: &Detector,
    corpora: &Path,
    (set, what): (&str, &str),
    key: impl Fn(&Value) -> String,
    count: &mut Count,
) -> Result<(), String> {
    let rows = records(&corpora.join(format!("{set}.jsonl.gz")))?;
    let mut groups: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for row in &rows {
        groups.entry(key(row)).or_default().push(row);
    }
    let groups: Vec<Vec<&Value>> = groups.into_values().filter(|list| list.len() > 1).collect();
    let mut state = SEED;
    let mut draw = |below: usize| (next(&mut state) % below.max(1) as u64) as usize;
    let mut found = 0;
    while found < PAIRS && !groups.is_empty() {
        let Some(list) = groups.get(draw(groups.len())) else {
            continue;
        };
        let (one, other) = (draw(list.len()), draw(list.len()));
        if let (Some(a), Some(b)) = (list.get(one), list.get(other))
            && one != other
        {
            count.pair(
                &format!("{set}: {what}"),
                &entry(detector, a),
                &entry(detector, b),
            );
            found += 1;
        }
    }
    Ok(())
}

fn run(folder: &Path, values: bool) -> Result<(), String> {
    let detector = Detector::shipped().map_err(|error| error.to_string())?;
    let corpora = folder.join("corpora");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/siblings_2026/texts.jsonl");
    let mut count = Count {
        values,
        kinds: BTreeMap::new(),
    };
    siblings(
        &detector,
        &corpora.join("siblings.jsonl.gz"),
        "siblings",
        &mut count,
    )?;
    siblings(&detector, &own, "siblings_2026", &mut count)?;
    wikinews(&detector, &corpora, &mut count)?;
    let day = |row: &Value| field(row, "date").chars().take(11).collect::<String>();
    drawn(&detector, &corpora, ("reuters21578", "one day"), day, &mut count)?;
    let author = |row: &Value| field(row, "author").to_owned();
    drawn(
        &detector,
        &corpora,
        ("reuters_c50", "one author"),
        author,
        &mut count,
    )?;
    for (kind, (found, all)) in &count.kinds {
        println!(
            "{kind}: {found} of {all} pairs ({:.1} %) tell the same facts",
            100.0 * *found as f64 / (*all).max(1) as f64
        );
    }
    Ok(())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(folder) = arguments.iter().find(|argument| !argument.starts_with("--")) else {
        eprintln!("usage: same_facts FOLDER [--values]   (FOLDER holds corpora/)");
        return ExitCode::from(2);
    };
    match run(
        Path::new(folder),
        arguments.iter().any(|argument| argument == "--values"),
    ) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("same_facts: {error}");
            ExitCode::from(2)
        }
    }
}
