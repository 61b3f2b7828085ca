//! Near copies at scale: speed, recall by kind of edit, precision, memory and size of the index.
//!
//! See `benches/README.md` for how to run and read it.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "a measuring program: it prints, and stops where an expectation fails"
)]

#[path = "support/copies.rs"]
mod copies;

use std::collections::{BTreeMap, HashMap};
use std::io::BufReader;
use std::path::Path;
use std::time::Instant;

use byline::corpus::Entry;
use byline::corpus::fingerprint::Fingerprint;
use byline::corpus::index::{Index, Item, Memory, Record, Redb};
use byline::corpus::near::Size;
use byline::document::{Format, word_hash};
use byline::read::{ReadOptions, read};
use byline::{Document, RawDocument};
use copies::{DOCUMENTS, Language, Random, truth_path};

/// Documents added at once.
const BATCH: usize = 10_000;
/// Documents of the large index.
const MILLION: usize = 1_000_000;
/// Questions put to it.
const QUESTIONS: usize = 1_000;
/// Of the documents of the large index, one in so many is a copy of an earlier one with a tenth of its words edited.
const COPY_EVERY: usize = 50;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<usize>().expect("a number of documents");
    match arguments.as_slice() {
        [] => {
            let path = std::env::temp_dir().join("byline-near-duplicates.jsonl");
            copies::write(&path, DOCUMENTS);
            near(&path);
        }
        ["generate", path] => copies::write(Path::new(path), DOCUMENTS),
        ["generate", path, documents] => copies::write(Path::new(path), number(documents)),
        ["run", path] => near(Path::new(path)),
        ["disk", path, folder] => disk(Path::new(path), Path::new(folder)),
        ["query", folder] => query(Path::new(folder), MILLION),
        ["query", folder, documents] => query(Path::new(folder), number(documents)),
        ["ask", folder] => ask(&Language::new(), Path::new(folder)),
        other => panic!("unknown arguments {other:?}; see benches/README.md"),
    }
}

/// CPU seconds of this process so far (Linux).
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or("").split(' ').collect();
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|field| field.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    // User and system time are fields 14 and 15, in hundredths of a second.
    (ticks(11) + ticks(12)) / 100.0
}

/// Peak resident memory of this process in MB (Linux).
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap_or("");
    let kb: f64 = line
        .split_whitespace()
        .nth(1)
        .and_then(|kb| kb.parse().ok())
        .unwrap_or(0.0);
    kb / 1024.0
}

fn documents(path: &Path) -> impl Iterator<Item = RawDocument> {
    let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let options = ReadOptions {
        name: path.display().to_string(),
        ..ReadOptions::default()
    };
    let input = Box::new(BufReader::with_capacity(1 << 18, file));
    read(input, Some(Format::Jsonl), &options).map(|document| document.expect("a document"))
}

fn item(raw: RawDocument) -> Item {
    Item::new(&Entry {
        document: Document::new(raw),
        figures: Vec::new(),
        signs: Vec::new(),
        declared: None,
        reads_machine: false,
    })
}

/// From the file to the pairs, in memory, one thread.
fn near(path: &Path) {
    let started = cpu();
    let mut index = Memory::new();
    let mut batch = Vec::with_capacity(BATCH);
    let mut count = 0;
    for raw in documents(path) {
        batch.push(item(raw));
        count += 1;
        if batch.len() == BATCH {
            index.add(&batch).expect("there is room");
            batch.clear();
        }
    }
    index.add(&batch).expect("there is room");
    let read = cpu();
    let clusters = index.clusters().expect("memory");
    let (end, peak) = (cpu(), peak_mb());
    let pairs: Vec<(String, String)> = clusters
        .pairs
        .iter()
        .map(|pair| {
            let id = |at: u32| clusters.records[at as usize].id.clone();
            (id(pair.a), id(pair.b))
        })
        .collect();
    println!(
        "byline, memory: {count} documents, {:.0} a CPU second ({:.1} s read and indexed, {:.1} s pairs), peak {peak:.0} MB, \
         index {} bytes a document",
        count as f64 / (end - started),
        read - started,
        end - read,
        index.stats().expect("memory").bytes / count
    );
    score(path, &pairs);
}

/// Recall by kind and precision, against the truth beside the file.
fn score(path: &Path, pairs: &[(String, String)]) {
    let truth = std::fs::read_to_string(truth_path(path)).expect("the truth stands beside the file");
    let mut family: HashMap<&str, (&str, &str)> = HashMap::new();
    let mut members: HashMap<&str, usize> = HashMap::new();
    for line in truth.lines().skip(1) {
        let mut cells = line.split(',');
        let (id, of, kind) = (
            cells.next().unwrap(),
            cells.next().unwrap(),
            cells.next().unwrap(),
        );
        family.insert(id, (of, kind));
        *members.entry(of).or_default() += 1;
    }
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for (of, kind) in family.values() {
        match *kind {
            "original" | "shell" => {}
            // Every pair of a crowd, each member with its share.
            "crowd" => *all.entry(kind).or_default() += members[of] - 1,
            _ => *all.entry(kind).or_default() += 2,
        }
    }
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    let mut right = 0;
    let mut shells = Vec::new();
    for (a, b) in pairs {
        let ((of_a, kind_a), (of_b, kind_b)) = (family[a.as_str()], family[b.as_str()]);
        if of_a == of_b {
            right += 1;
            let kind = if kind_a == "original" { kind_b } else { kind_a };
            *found.entry(kind).or_default() += 2;
        } else if kind_a == "shell" && kind_b == "shell" {
            shells.push((a, b));
        }
    }
    let recall: Vec<String> = all
        .iter()
        .map(|(kind, all)| {
            format!(
                "{kind} {:.3}",
                found.get(kind).copied().unwrap_or(0) as f64 / *all as f64
            )
        })
        .collect();
    println!("  recall: {}", recall.join(", "));
    println!(
        "  precision {:.4} ({} of {} pairs); {} pairs of pages that share a shell{}",
        right as f64 / pairs.len().max(1) as f64,
        right,
        pairs.len(),
        shells.len(),
        shells
            .first()
            .map(|(a, b)| format!(" (such as {a} and {b})"))
            .unwrap_or_default()
    );
}

/// The same through the index on disk.
fn disk(path: &Path, folder: &Path) {
    let started = cpu();
    let mut index = Redb::create(folder).expect("an empty folder");
    let mut batch = Vec::new();
    for raw in documents(path) {
        batch.push(item(raw));
        if batch.len() == BATCH {
            index.add(&batch).expect("added");
            batch.clear();
        }
    }
    index.add(&batch).expect("added");
    let read = cpu();
    let clusters = index.clusters().expect("readable");
    let end = cpu();
    let before = index.stats().expect("readable").bytes;
    index.compact().expect("compacted");
    let stats = index.stats().expect("readable");
    println!(
        "byline, disk: {} documents, {:.0} a CPU second ({:.1} s read and indexed, {:.1} s pairs), {} pairs, peak {:.0} MB, \
         index {} bytes a document, {} after compaction, {} words and {} keys a document",
        stats.documents,
        stats.documents as f64 / (end - started),
        read - started,
        end - read,
        clusters.pairs.len(),
        peak_mb(),
        before / stats.documents,
        stats.bytes / stats.documents,
        stats.words / stats.documents,
        stats.postings / stats.documents,
    );
}

/// Questions to a large index on disk, one thread.
fn query(folder: &Path, documents: usize) {
    let language = Language::new();
    let mut index = Redb::create(folder).expect("a folder for the index");
    let mut number = usize::try_from(index.stats().expect("readable").documents).unwrap();
    let started = Instant::now();
    while number < documents {
        let batch: Vec<Item> = (number..(number + BATCH).min(documents))
            .map(|number| generated(&language, number))
            .collect();
        index.add(&batch).expect("added");
        number += batch.len();
        if number % 100_000 == 0 {
            println!(
                "  {number} documents after {:.0} s",
                started.elapsed().as_secs_f64()
            );
        }
    }
    drop(index);
    println!("as it grew:");
    ask(&language, folder);
    let begun = Instant::now();
    Redb::open(folder)
        .expect("the index")
        .compact()
        .expect("compacted");
    println!(
        "after `byline index compact` ({:.0} s):",
        begun.elapsed().as_secs_f64()
    );
    ask(&language, folder);
}

/// Puts the questions.
fn ask(language: &Language, folder: &Path) {
    let index = Redb::read(folder).expect("the index");
    let stats = index.stats().expect("readable");
    let documents = usize::try_from(stats.documents).unwrap();
    println!(
        "{} documents, {} keys in {} segments, {:.0} MB, {} bytes a document",
        stats.documents,
        stats.postings,
        stats.segments,
        stats.bytes as f64 / 1e6,
        stats.bytes / stats.documents
    );
    let mut random = Random::new(3);
    for (what, copies) in [("of new documents", false), ("of edited copies", true)] {
        let mut times = Vec::with_capacity(QUESTIONS);
        let mut found = 0;
        for question in 0..QUESTIONS {
            let source = random.below(documents as u64) as usize;
            let mut asked = if copies {
                edited(language, source)
            } else {
                generated(language, documents + question)
            };
            asked.record.id = "asked".to_owned();
            let begun = Instant::now();
            let answer = index.ask(&asked).expect("an answer");
            times.push(begun.elapsed().as_secs_f64() * 1e3);
            found += usize::from(answer.wording.iter().any(|near| near.near));
        }
        times.sort_by(f64::total_cmp);
        println!(
            "{QUESTIONS} questions {what}: median {:.2} ms, 95 % under {:.2} ms, longest {:.1} ms; {found} with a near copy; peak {:.0} MB",
            times[QUESTIONS / 2],
            times[QUESTIONS * 95 / 100],
            times[QUESTIONS - 1],
            peak_mb()
        );
    }
}

/// A document of the large index by number.
fn generated(language: &Language, number: usize) -> Item {
    if number % COPY_EVERY == COPY_EVERY - 1 {
        return named(
            number,
            &language.edited(&words(language, number / 2), 10, &mut Random::new(number as u64)),
        );
    }
    named(number, &words(language, number))
}

fn words(language: &Language, number: usize) -> Vec<String> {
    let mut random = Random::new(number as u64 + 1000);
    let length = 200 + random.below(201) as usize;
    language.text(length, &mut random)
}

/// A copy of a document with a tenth of its words edited.
fn edited(language: &Language, number: usize) -> Item {
    let source = if number % COPY_EVERY == COPY_EVERY - 1 {
        number / 2
    } else {
        number
    };
    named(
        0,
        &language.edited(&words(language, source), 10, &mut Random::new(number as u64 + 7)),
    )
}

/// The words go straight into the fingerprint: what is measured is the index, not the reading of a million texts.
fn named(number: usize, words: &[String]) -> Item {
    let hashes: Vec<u64> = words
        .iter()
        .map(|word| {
            word_hash(
                &word
                    .trim_end_matches(|c: char| !c.is_alphanumeric())
                    .to_lowercase(),
            )
        })
        .collect();
    let fingerprint = Fingerprint::of_words(&hashes);
    Item {
        printed: Vec::new(),
        record: Record {
            id: format!("m{number}"),
            source: Some("generated.jsonl".to_owned()),
            date: Some("2026-11-25".to_owned()),
            url: Some(format!("https://news.example/2026/11/25/story-number-{number}")),
            size: Size::of(&fingerprint),
            ..Record::default()
        },
        fingerprint,
    }
}
