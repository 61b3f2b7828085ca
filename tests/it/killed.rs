//! A writer that is killed at any moment leaves an index that opens and holds every document it had acknowledged.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use byline::corpus::index::{Index, Redb};

use crate::random::Random;

/// How often a writer is killed.
const KILLS: u32 = 60;
/// Documents of a transaction: few, so that many of them are under way.
const BATCH: &str = "16";
/// Longest a writer lives: start-up and some batches with their merges.
const LONGEST_MS: u64 = 700;
/// Bounds the test on a machine that is busy with other things.
const MOST_SECONDS: u64 = 90;

/// A document as a JSON line; every tenth one is a copy of its forerunner, so that there are clusters to find.
fn line(number: u64) -> String {
    let mut random = Random((number - number % 10 / 9) * 7919 + 1);
    let words: Vec<String> = (0..120).map(|_| format!("w{}", random.below(4000))).collect();
    format!(
        "{{\"id\":\"d{number}\",\"text\":\"The {} end.\"}}\n",
        words.join(" ")
    )
}

/// Feeds a writer documents from `from` on until it is killed after `life`; gives the ids it acknowledged.
fn run_and_kill(folder: &Path, from: u64, life: Duration) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_byline"))
        .args([
            "index", "add", "--from", "jsonl", "--to", "jsonl", "--batch", BATCH, "--index",
        ])
        .arg(folder)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let feeder = std::thread::spawn(move || {
        let mut number = from;
        while input.write_all(line(number).as_bytes()).is_ok() {
            number += 1;
        }
    });
    let output = child.stdout.take().unwrap();
    let (send, receive) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let _ = send.send(line);
        }
    });
    std::thread::sleep(life);
    // SIGKILL on Unix: nothing of the program runs any more.
    child.kill().unwrap();
    child.wait().unwrap();
    feeder.join().unwrap();
    reader.join().unwrap();
    receive
        .iter()
        .filter_map(|line| {
            // The last line may have been cut off: then it acknowledges nothing.
            let line: serde_json::Value = serde_json::from_str(&line).ok()?;
            assert_ne!(line["added"], serde_json::Value::Null, "{line}");
            Some(line["id"].as_str()?.to_owned())
        })
        .collect()
}

fn check(folder: &Path, acknowledged: &BTreeSet<String>) {
    let mut index = Redb::open(folder).unwrap();
    let verified = index.verify().unwrap();
    assert_eq!(verified.problems, 0, "{verified:?}");
    let mut there = BTreeSet::new();
    index
        .each(&mut |record| {
            there.insert(record.id);
            true
        })
        .unwrap();
    assert_eq!(there.len() as u64, verified.documents);
    let lost: Vec<&String> = acknowledged.difference(&there).collect();
    assert!(
        lost.is_empty(),
        "{} acknowledged documents are lost: {lost:?}",
        lost.len()
    );
}

#[test]
fn a_killed_writer_loses_nothing_that_it_acknowledged() {
    let folder = std::env::temp_dir().join(format!("byline-killed-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let mut random = Random(20_261_125);
    let mut acknowledged = BTreeSet::new();
    let mut fruitful = 0;
    let started = Instant::now();
    for kill in 0..KILLS {
        let life = Duration::from_millis(random.below(LONGEST_MS) + 1);
        let from = acknowledged.len() as u64;
        let before = acknowledged.len();
        acknowledged.extend(run_and_kill(&folder, from, life));
        fruitful += u32::from(acknowledged.len() > before);
        if folder.join("index.redb").is_file() {
            check(&folder, &acknowledged);
        } else {
            assert!(acknowledged.is_empty());
        }
        assert!(
            started.elapsed().as_secs() < MOST_SECONDS || kill >= 50,
            "only {kill} kills in {MOST_SECONDS} s"
        );
    }
    assert!(
        fruitful >= KILLS / 4,
        "only {fruitful} writers lived to acknowledge anything"
    );
    assert!(!Redb::read(&folder).unwrap().clusters().unwrap().pairs.is_empty());
    std::fs::remove_dir_all(&folder).unwrap();
}
