//! Spoilt inputs: whatever bytes a stranger sends, byline neither panics nor hangs, and what it says of them holds.

mod hostile;
mod mutate;
mod seeds;

use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use byline::document::Format;
use byline::read::{READERS, ReadOptions, read};
use byline::signature::Axis;
use byline::write::{WRITERS, explanation};
use byline::{Detector, Document, RawDocument, Span, Verdict};

use self::mutate::{Random, mutate};

/// Mutated inputs of each of the six tests: more than 20,000 together.
const INPUTS: u64 = 3_400;
/// Longest time for one reading of an input with all that follows: so much a byte, but at least the floor, because a
/// busy machine lets a test wait.
const SECONDS_A_MEGABYTE: f64 = 2.0;
const FLOOR: Duration = Duration::from_secs(2);
/// Evidence adds up to the log-odds within this.
const SUM_TOLERANCE: f64 = 1e-9;

fn detector() -> &'static Detector {
    static DETECTOR: OnceLock<Detector> = OnceLock::new();
    DETECTOR.get_or_init(|| Detector::shipped().unwrap())
}

/// Spoils the seeds [`INPUTS`] times and checks each result.
fn run(name: &str, number: u64, seeds: &[Vec<u8>]) {
    let others = [
        seeds::text(),
        seeds::html(),
        seeds::jsonl(),
        seeds::csv(),
        seeds::encodings(),
    ]
    .concat();
    let mut documents = 0;
    let mut bytes = 0;
    let started = Instant::now();
    for at in 0..INPUTS {
        let mut random = Random::new(number << 32 | at);
        let seed = &seeds[usize::try_from(at).unwrap() % seeds.len()];
        let input = mutate(&mut random, seed, &others);
        bytes += input.len();
        let buffer = *random.pick(&[1, 7, 64, 8 << 10]);
        documents += check(&format!("{name} {at}"), &input, buffer);
    }
    println!(
        "{name}: {INPUTS} inputs of {bytes} bytes gave {documents} documents in {:.1} s",
        started.elapsed().as_secs_f64()
    );
    assert!(documents > INPUTS, "{name}: only {documents} documents");
}

/// Checks one input by every reader and by none named; gives the number of different documents that came of it.
fn check(name: &str, input: &[u8], buffer: usize) -> u64 {
    let formats = READERS.iter().map(|reader| Some(reader.format)).chain([None]);
    let mut seen: Vec<RawDocument> = Vec::new();
    for format in formats {
        let started = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| reading(input, format, buffer, &mut seen)));
        let elapsed = started.elapsed();
        let shown = || {
            String::from_utf8_lossy(&input[..input.len().min(4_000)])
                .escape_debug()
                .to_string()
        };
        match result {
            Err(_) => panic!("{name}, read as {format:?}: panicked on\n{}", shown()),
            Ok(Err(wrong)) => panic!("{name}, read as {format:?}: {wrong}\n{}", shown()),
            Ok(Ok(())) => {}
        }
        let limit = FLOOR.max(Duration::from_secs_f64(
            input.len() as f64 / 1e6 * SECONDS_A_MEGABYTE,
        ));
        assert!(
            elapsed <= limit,
            "{name}, read as {format:?}: {elapsed:?} for {} bytes\n{}",
            input.len(),
            shown()
        );
    }
    seen.len() as u64
}

/// Reads the input as `format` and follows each of its documents to the writers. What another reader has
/// already made of it (`seen`) is not examined again.
fn reading(
    input: &[u8],
    format: Option<Format>,
    buffer: usize,
    seen: &mut Vec<RawDocument>,
) -> Result<(), String> {
    let options = ReadOptions::default();
    let stream = BufReader::with_capacity(buffer, input);
    for item in read(Box::new(stream), format, &options) {
        match item {
            Err(error) => {
                let message = error.to_string();
                if !message.starts_with('-') || error.position().name != "-" {
                    return Err(format!("an error without its input: {message}"));
                }
            }
            Ok(raw) if seen.iter().any(|other| same_content(other, &raw)) => {}
            Ok(raw) => {
                let document = Document::new(raw.clone());
                let verdict = detector().examine(&document);
                holds(&raw.text, &document, &verdict)?;
                written(&document, &verdict)?;
                seen.push(raw);
            }
        }
    }
    Ok(())
}

/// The same but for the format's name and the record's number.
fn same_content(one: &RawDocument, other: &RawDocument) -> bool {
    let layout = |format: Format| matches!(format, Format::Markdown);
    let renamed = || RawDocument {
        id: other.id.clone(),
        format: other.format,
        ..one.clone()
    };
    one.text == other.text && layout(one.format) == layout(other.format) && renamed() == *other
}

/// What a verdict promises.
fn holds(text: &str, document: &Document, verdict: &Verdict) -> Result<(), String> {
    if document.raw().text != text {
        return Err("the text as read was changed".to_owned());
    }
    for sign in &verdict.signs {
        if sign
            .span
            .is_some_and(|span| text.get(span.range()) != Some(&sign.text))
        {
            return Err(format!("{}: {:?} is not {:?}", sign.id, sign.span, sign.text));
        }
    }
    let fits = |span: &Span| text.get(span.range()).is_some();
    if let Some(part) = verdict.evidence.iter().find(|part| !part.spans.iter().all(fits)) {
        return Err(format!(
            "{}: spans {:?} do not fit the text",
            part.name, part.spans
        ));
    }
    for (axis, log_odds, probability) in [
        (
            Axis::Machine,
            verdict.machine.log_odds,
            verdict.machine.probability,
        ),
        (
            Axis::Syndicated,
            verdict.syndicated.log_odds,
            verdict.syndicated.probability,
        ),
    ] {
        let parts = verdict.evidence.iter().filter(|part| part.axis == axis);
        let sum: f64 = parts.map(|part| part.log_odds).sum();
        if !log_odds.is_finite() || !(0.0..=1.0).contains(&probability) {
            return Err(format!(
                "{axis:?}: log-odds {log_odds}, probability {probability}"
            ));
        }
        if (sum - log_odds).abs() > SUM_TOLERANCE {
            return Err(format!(
                "{axis:?}: the evidence adds up to {sum}, not to {log_odds}"
            ));
        }
    }
    let p_value = verdict.machine.p_value;
    if !(p_value > 0.0 && p_value <= 1.0) {
        return Err(format!("p-value {p_value}"));
    }
    let odd = |part: &&byline::verdict::Evidence| part.observed.is_some_and(|value| !value.is_finite());
    match verdict.evidence.iter().find(odd) {
        Some(part) => Err(format!("{}: observed {:?}", part.name, part.observed)),
        None => Ok(()),
    }
}

/// Every writer takes it, and what is JSON parses.
fn written(document: &Document, verdict: &Verdict) -> Result<(), String> {
    let writers = WRITERS.iter().map(|output| (output.name, (output.writer)(false)));
    for (name, mut writer) in writers.chain([("explanation", explanation(true))]) {
        let mut out = Vec::new();
        let done = writer
            .begin(&mut out)
            .and_then(|()| writer.document(&mut out, document, verdict))
            .and_then(|()| writer.error(&mut out, &verdict.id, "an error"))
            .and_then(|()| writer.end(&mut out));
        done.map_err(|error| format!("{name}: {error}"))?;
        let text = String::from_utf8(out).map_err(|_| format!("{name}: not UTF-8"))?;
        let parsed = match name {
            "json" | "sarif" => serde_json::from_str(&text).map(|_: serde::de::IgnoredAny| ()),
            "jsonl" => text
                .lines()
                .try_for_each(|line| serde_json::from_str::<serde::de::IgnoredAny>(line).map(drop)),
            _ => Ok(()),
        };
        parsed.map_err(|error| format!("{name}: {error}"))?;
        if name == "jsonl" && text.lines().count() != 2 {
            return Err("jsonl: not one line a document".to_owned());
        }
    }
    Ok(())
}

#[test]
fn spoilt_plain_text() {
    run("text", 1, &seeds::text());
}

#[test]
fn spoilt_markdown() {
    run("markdown", 2, &seeds::markdown());
}

#[test]
fn spoilt_pages() {
    run("html", 3, &seeds::html());
}

#[test]
fn spoilt_json_lines() {
    run("jsonl", 4, &seeds::jsonl());
}

#[test]
fn spoilt_tables() {
    run("csv", 5, &seeds::csv());
}

#[test]
fn spoilt_encodings() {
    run("encodings", 6, &seeds::encodings());
}

/// Two tests share the work, so that two threads do it.
fn hostile(part: usize) {
    let mut slowest = (Duration::ZERO, String::new());
    for (name, input) in hostile::inputs().skip(part).step_by(2) {
        let started = Instant::now();
        check(&name, &input, 8 << 10);
        slowest = slowest.max((started.elapsed(), name));
    }
    println!("slowest: {} in {:.2} s", slowest.1, slowest.0.as_secs_f64());
}

#[test]
fn hostile_inputs() {
    hostile(0);
}

#[test]
fn more_hostile_inputs() {
    hostile(1);
}
