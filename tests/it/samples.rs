//! The samples of `datasets/samples`, scored, against what `expected.toml` says of each.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use byline::read::{ReadOptions, read};
use byline::signature::Axis;
use byline::verdict::Action;
use byline::{Detector, Document, Verdict};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    format: u32,
    sample: Vec<Sample>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    file: String,
    label: String,
    generator: String,
    instruction: String,
    declared: bool,
    syndicated_marks: bool,
    abstained: Option<String>,
    #[serde(default)]
    note: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/samples")
}

fn samples() -> Vec<Sample> {
    let text = std::fs::read_to_string(folder().join("expected.toml")).unwrap();
    let expected: Expected = toml::from_str(&text).unwrap();
    assert_eq!(expected.format, 1);
    expected.sample
}

fn score(detector: &Detector, sample: &Sample) -> Verdict {
    let bytes = std::fs::read(folder().join(&sample.file)).unwrap();
    let options = ReadOptions {
        name: sample.file.clone(),
        ..ReadOptions::default()
    };
    let mut documents = read(Box::new(Cursor::new(bytes)), None, &options);
    let raw = documents.next().expect("one document").expect("readable");
    assert!(documents.next().is_none(), "{}: one document a file", sample.file);
    detector.examine(&Document::new(raw))
}

/// Runs `check` on every sample's verdict and reports all that is wrong at once.
fn check_all(check: impl Fn(&Sample, &Verdict) -> Option<String>) {
    let detector = Detector::shipped().unwrap();
    let wrong: Vec<String> = samples()
        .iter()
        .filter_map(|sample| {
            let message = check(sample, &score(&detector, sample))?;
            Some(format!("{}: {message} ({})", sample.file, sample.note))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_file_is_described_once_and_labelled_openly() {
    let samples = samples();
    let mut described = BTreeSet::new();
    for sample in &samples {
        assert!(described.insert(sample.file.clone()), "{} twice", sample.file);
        assert!(
            ["machine", "template"].contains(&sample.label.as_str()),
            "{}: label {}",
            sample.file,
            sample.label
        );
        assert_eq!(sample.generator, "assistant-2026", "{}", sample.file);
        assert!(sample.instruction.len() > 20, "{}", sample.file);
    }
    let files: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "expected.toml" && name != "README.md")
        .collect();
    assert_eq!(files, described, "files against expected.toml");
    for prefix in ["a", "b", "c", "d", "e"] {
        let count = files.iter().filter(|name| name.starts_with(prefix)).count();
        assert!(count >= 6, "only {count} samples in group {prefix}");
    }
}

#[test]
fn the_demo_pair_differs_by_the_biography_alone() {
    let with = std::fs::read_to_string(folder().join("demo.txt")).unwrap();
    let bare = std::fs::read_to_string(folder().join("demo-bare.txt")).unwrap();
    let bio = with.strip_prefix(&bare).expect("the same article");
    assert!(bio.contains("AI writing agent"), "{bio}");
    assert!(!bare.contains("AI writing agent"));
}

#[test]
fn declarations_are_found_where_they_are_and_nowhere_else() {
    check_all(|sample, verdict| {
        (verdict.declared.found != sample.declared).then(|| {
            format!(
                "declared is {}, by {:?}",
                verdict.declared.found, verdict.declared.by
            )
        })
    });
}

#[test]
fn a_declared_text_is_not_let_through_and_the_reason_is_told() {
    check_all(|sample, verdict| {
        if !sample.declared {
            return None;
        }
        if verdict.action == Action::Allow {
            return Some("let through".to_owned());
        }
        verdict
            .reasons
            .is_empty()
            .then(|| "no reason is given".to_owned())
    });
}

#[test]
fn marks_of_syndication_are_found_where_they_are() {
    check_all(|sample, verdict| {
        let marks: Vec<&str> = verdict
            .signs
            .iter()
            .filter(|sign| sign.axis == Axis::Syndicated && !sign.quoted)
            .map(|sign| sign.id.as_str())
            .collect();
        (sample.syndicated_marks && marks.is_empty()).then(|| "no mark of syndication".to_owned())
    });
}

#[test]
fn a_style_that_cannot_be_judged_is_not_judged() {
    check_all(|sample, verdict| {
        let expected = sample.abstained.as_deref()?;
        let found = serde_json::to_value(verdict.machine.abstained).unwrap();
        (found.as_str() != Some(expected)).then(|| format!("abstained is {found}, not {expected}"))
    });
}

#[test]
fn quoted_signs_span_what_they_quote() {
    // Wherever a sign has a span, its text is that slice of the document as it was read.
    let detector = Detector::shipped().unwrap();
    for sample in samples().iter().filter(|sample| !sample.file.ends_with(".html")) {
        let text = std::fs::read_to_string(folder().join(&sample.file)).unwrap();
        for sign in score(&detector, sample).signs {
            if let Some(span) = sign.span {
                assert_eq!(span.of(&text), sign.text, "{}: {}", sample.file, sign.id);
            }
        }
    }
}
