//! Speed of every stage in MB/s of text, beside bare word splitting of the same text.
//!
//! See `benches/README.md` for how to run and read it.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a measuring program: it prints, and stops where an expectation fails"
)]

#[path = "support/generate.rs"]
mod generate;
#[path = "support/process.rs"]
mod process;

use std::hint::black_box;
use std::io::BufReader;
use std::time::{Duration, Instant};

use byline::document::Format;
use byline::read::{ReadOptions, read};
use byline::signature::Catalogue;
use byline::write::WRITERS;
use byline::{Detector, Document, RawDocument, Verdict, measure};
use unicode_segmentation::UnicodeSegmentation;

/// Time spent on each stage; the best round counts, so that a busy machine disturbs little.
const TIME_PER_STAGE: Duration = Duration::from_millis(1_500);
/// Fewest rounds of a stage, however slow.
const MIN_ROUNDS: usize = 3;

/// Documents judged at a time, as by `byline score` (`faces/cli/pipeline.rs`).
const BATCH: usize = 16;

/// Articles of the generated set.
const GENERATED_DOCUMENTS: usize = 300;
/// Bytes of text in the generated set: states that the generator has not changed.
const GENERATED_BYTES: usize = 1_860_000;
/// Tolerance on bytes and words, as a share: sentences differ in length.
const TOLERANCE: f64 = 0.05;
/// Words of the generated set, as bare word splitting counts them.
const GENERATED_WORDS: usize = 338_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.first().map(String::as_str) {
        Some("memory") => process::memory(),
        Some("start") => process::start(),
        Some(path) => {
            let jsonl = std::fs::read(path).unwrap_or_else(|e| panic!("{path}: {e}"));
            let documents = parse(&jsonl);
            stages(path, &jsonl, &documents);
        }
        None => {
            let jsonl = generate::jsonl(GENERATED_DOCUMENTS);
            let documents = parse(jsonl.as_bytes());
            let bytes: usize = documents.iter().map(|d| d.text.len()).sum();
            let words: usize = documents.iter().map(|d| d.text.unicode_words().count()).sum();
            assert_eq!(documents.len(), GENERATED_DOCUMENTS, "documents read back");
            expect("bytes of text", bytes, GENERATED_BYTES);
            expect("words", words, GENERATED_WORDS);
            stages("generated articles", jsonl.as_bytes(), &documents);
            process::start();
        }
    }
}

/// A bench that measures something else than it says is worse than none.
fn expect(what: &str, found: usize, expected: usize) {
    let off = (found as f64 - expected as f64).abs() / expected as f64;
    assert!(off <= TOLERANCE, "{what}: {found}, expected about {expected}");
}

fn parse(jsonl: &[u8]) -> Vec<RawDocument> {
    let options = ReadOptions {
        name: "bench.jsonl".to_owned(),
        ..ReadOptions::default()
    };
    read(Box::new(BufReader::new(jsonl)), Some(Format::Jsonl), &options)
        .filter_map(Result::ok)
        .collect()
}

fn stages(name: &str, jsonl: &[u8], raws: &[RawDocument]) {
    let detector = Detector::shipped().expect("the shipped detector");
    let catalogue = Catalogue::shipped().expect("the shipped catalogue");
    let documents: Vec<Document> = raws.iter().cloned().map(Document::new).collect();
    let verdicts: Vec<Verdict> = documents.iter().map(|d| detector.examine(d)).collect();
    let bytes: usize = raws.iter().map(|raw| raw.text.len()).sum();
    let words: usize = documents.iter().map(|d| d.words().len()).sum();
    assert_eq!(
        verdicts.iter().map(|v| v.words).sum::<usize>(),
        words,
        "verdicts count the documents' words"
    );
    println!(
        "{name}: {} documents, {:.2} MB of text, {words} words of prose, {:.0} bytes a document",
        raws.len(),
        mega(bytes),
        bytes as f64 / raws.len().max(1) as f64
    );
    println!("{:<34} {:>9} {:>16}", "stage", "MB/s", "us a document");

    let row = |stage: &str, work: &mut dyn FnMut() -> usize| {
        let seconds = best(work);
        println!(
            "{stage:<34} {:>9.1} {:>16.1}",
            mega(bytes) / seconds,
            seconds * 1e6 / raws.len().max(1) as f64
        );
    };
    row("(bare unicode word splitting)", &mut || {
        raws.iter().map(|raw| raw.text.unicode_words().count()).sum()
    });
    row("read jsonl", &mut || parse(jsonl).len());
    row("document (with a copy of the text)", &mut || {
        raws.iter()
            .cloned()
            .map(|raw| Document::new(raw).words().len())
            .sum()
    });
    row("measure", &mut || {
        documents.iter().map(|d| measure::measure(d).values().len()).sum()
    });
    row("signatures", &mut || {
        documents.iter().map(|d| catalogue.scan(d).len()).sum()
    });
    row("figures", &mut || {
        documents.iter().map(|d| byline::figure::figures(d).len()).sum()
    });
    row("examine (measure, signs, model)", &mut || {
        documents.iter().map(|d| detector.examine(d).words).sum()
    });
    for output in WRITERS
        .iter()
        .filter(|output| ["jsonl", "html"].contains(&output.name))
    {
        row(&format!("write {}", output.name), &mut || {
            let mut out = Vec::new();
            let mut writer = (output.writer)(false);
            writer.begin(&mut out).expect("memory");
            for (document, verdict) in documents.iter().zip(&verdicts) {
                writer.document(&mut out, document, verdict).expect("memory");
            }
            writer.end(&mut out).expect("memory");
            out.len()
        });
    }
    let jsonl_output = WRITERS
        .iter()
        .find(|output| output.name == "jsonl")
        .expect("jsonl");
    row("all: jsonl to jsonl, one thread", &mut || {
        let mut out = Vec::new();
        let mut writer = (jsonl_output.writer)(false);
        let mut raws = parse(jsonl).into_iter().peekable();
        while raws.peek().is_some() {
            let documents: Vec<Document> = raws.by_ref().take(BATCH).map(Document::new).collect();
            let verdicts: Vec<Verdict> = documents.iter().map(|d| detector.examine(d)).collect();
            for (document, verdict) in documents.iter().zip(&verdicts) {
                writer.document(&mut out, document, verdict).expect("memory");
            }
        }
        out.len()
    });
    println!();
}

/// Seconds of the best round.
fn best(work: &mut dyn FnMut() -> usize) -> f64 {
    let started = Instant::now();
    let mut best = f64::INFINITY;
    let mut rounds = 0;
    let mut answer = None;
    while rounds < MIN_ROUNDS || started.elapsed() < TIME_PER_STAGE {
        let round = Instant::now();
        let found = black_box(work());
        best = best.min(round.elapsed().as_secs_f64());
        assert_eq!(*answer.get_or_insert(found), found, "every round gives the same");
        rounds += 1;
    }
    best
}

fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
