//! A damaged index is told in words: a line on standard error and exit code 2, never the report of a panic.

use std::process::Command;

use byline::corpus::index::{Index, Item, Redb};
use byline::{Document, RawDocument};

use crate::random::Random;

/// Damaged files that are looked at.
const ROUNDS: u64 = 48;
/// Bytes of junk in each: enough to hit what a page says of itself.
const JUNK: usize = 64;

fn filled(folder: &std::path::Path) {
    let mut random = Random(5);
    let items: Vec<Item> = (0..120)
        .map(|number| {
            let words: Vec<String> = (0..150).map(|_| format!("w{}", random.below(3000))).collect();
            let document = Document::new(RawDocument {
                id: format!("d{number}"),
                text: format!("The {} end.", words.join(" ")),
                ..RawDocument::default()
            });
            Item::of(&document, &[], None)
        })
        .collect();
    let mut index = Redb::create(folder).unwrap();
    for batch in items.chunks(30) {
        index.add(batch).unwrap();
    }
}

#[test]
fn damage_is_told_without_the_report_of_a_panic() {
    let folder = std::env::temp_dir().join(format!("byline-damaged-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    filled(&folder);
    let file = folder.join("index.redb");
    let whole = std::fs::read(&file).unwrap();
    let mut random = Random(77);
    let mut told = 0;
    for round in 0..ROUNDS {
        let mut damaged = whole.clone();
        // Half of them at the start of a page, where it says what it is.
        let mut at = random.below((whole.len() - JUNK) as u64) as usize;
        if round % 2 == 0 {
            at -= at % 4096;
        }
        for byte in &mut damaged[at..at + JUNK] {
            *byte = random.below(256) as u8;
        }
        std::fs::write(&file, &damaged).unwrap();
        for command in ["verify", "clusters"] {
            let output = Command::new(env!("CARGO_BIN_EXE_byline"))
                .args(["index", command, "--index"])
                .arg(&folder)
                .output()
                .unwrap();
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(!errors.contains("panicked"), "{command}, byte {at}: {errors}");
            match output.status.code() {
                Some(0) => assert_eq!(errors, "", "{command}, byte {at}"),
                Some(2) => told += 1,
                code => panic!("{command}, byte {at}: exit code {code:?}, {errors}"),
            }
        }
    }
    assert!(told >= 10, "only {told} of the damages were told");
    // An empty file is no empty index, and looking at it makes none.
    std::fs::write(&file, b"").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_byline"))
        .args(["index", "verify", "--index"])
        .arg(&folder)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::metadata(&file).unwrap().len(), 0);
    std::fs::remove_dir_all(&folder).unwrap();
}
