//! Prints `models/lexicons/small_words.txt`: words that people write small inside a sentence, counted in the human texts of the corpora.
//!
//! `cargo run --release --example small_words -- CORPORA > models/lexicons/small_words.txt`

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for a terminal"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use support::{field, records};

mod support;

/// Fewest times that a word stands small between small words.
const FEWEST: usize = 120;
/// Fewest of them for one that stands there with a capital.
const SMALL_FOR_ONE: usize = 400;
/// Fewest sets of texts that have it.
const SETS: usize = 8;

/// How a word is written between two small words.
#[derive(Default)]
struct Written {
    small: usize,
    capital: usize,
    sets: usize,
    last: usize,
}

fn main() -> ExitCode {
    let Some(corpora) = std::env::args().nth(1) else {
        eprintln!("usage: small_words CORPORA");
        return ExitCode::from(2);
    };
    match counts(Path::new(&corpora)) {
        Ok(words) => {
            print(&words);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{corpora}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn counts(corpora: &Path) -> Result<BTreeMap<String, Written>, Box<dyn std::error::Error>> {
    let mut files: Vec<_> = std::fs::read_dir(corpora)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| path.to_string_lossy().ends_with(".jsonl.gz"));
    files.sort();
    let mut words: BTreeMap<String, Written> = BTreeMap::new();
    for (set, path) in files.iter().enumerate() {
        for record in records(path)? {
            if field(&record, "label") == "human"
                && record.get("attack").is_none_or(serde_json::Value::is_null)
            {
                count(field(&record, "text"), set + 1, &mut words);
            }
        }
    }
    Ok(words)
}

/// Counts the words that stand between two small ones, with a space on both sides.
fn count(text: &str, set: usize, words: &mut BTreeMap<String, Written>) {
    let parts: Vec<&str> = text.split(' ').collect();
    for three in parts.windows(3) {
        let [before, word, after] = three else { continue };
        let bare = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase()) && !word.is_empty();
        let before = before.strip_suffix(',').unwrap_or(before);
        let after = after.strip_suffix([',', '.']).unwrap_or(after);
        let rest = word.get(1..).unwrap_or("");
        if !bare(before)
            || !bare(after)
            || !bare(rest)
            || !word.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            continue;
        }
        let written = words.entry(word.to_ascii_lowercase()).or_default();
        if word.starts_with(|c: char| c.is_ascii_lowercase()) {
            written.small += 1;
            written.sets += usize::from(written.last != set);
            written.last = set;
        } else {
            written.capital += 1;
        }
    }
}

fn print(words: &BTreeMap<String, Written>) {
    println!(
        "# Words that people write small inside a sentence: at least {FEWEST} times between two small words in the human texts of the"
    );
    println!(
        "# corpora, in at least {SETS} sets of texts, and with a capital at most once for every {SMALL_FOR_ONE} times without. Written by"
    );
    println!("# `cargo run --release --example small_words -- CORPORA`.");
    for (word, written) in words {
        if written.small >= FEWEST && written.sets >= SETS && written.capital * SMALL_FOR_ONE <= written.small
        {
            println!("{word}");
        }
    }
}
