//! Inputs larger than anybody means to send: a clear error or a verdict, in little memory.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

use byline::document::MAX_TEXT_BYTES;

/// What is sent, in bytes.
const SENT: usize = 100_000_000;
/// Most memory that refusing may take, in KB: the limit on a text, its copy while it grows, and the program itself.
const REFUSAL_KB: u64 = 150 << 10;
/// Most memory that a text of the largest size may take, in KB.
const LARGEST_KB: u64 = 800 << 10;
/// Prose of the shape that most texts have.
const PARAGRAPH: &str = "The harbour council turned down the plan for the old grain pier on Tuesday. Nobody said why, and the \
    1,204 kronor were lost.\\n\\n";

/// Peak resident memory of a running process in KB; `None` where the system does not tell.
fn peak_kb(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Runs `byline score` on the pieces; gives its output, its exit code and its peak memory.
fn score(format: &str, pieces: impl Iterator<Item = Vec<u8>>) -> (String, Option<i32>, u64) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_byline"))
        .args([
            "score",
            "--quiet",
            "--to",
            "csv",
            "--threads",
            "1",
            "--from",
            format,
            "-",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut peak = 0;
    for piece in pieces {
        // Refused: nobody reads the rest.
        if input.write_all(&piece).is_err() {
            break;
        }
        peak = peak.max(peak_kb(&child).unwrap_or(0));
    }
    drop(input);
    let mut output = child.stdout.take().unwrap();
    let mut said = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        // The peak is there to be read as long as the output is open.
        peak = peak.max(peak_kb(&child).unwrap_or(0));
        match output.read(&mut buffer).unwrap() {
            0 => break,
            n => said.extend_from_slice(&buffer[..n]),
        }
    }
    let code = child.wait().unwrap().code();
    (String::from_utf8(said).unwrap(), code, peak)
}

/// The paragraph again and again, about a megabyte at once.
fn prose(bytes: usize, escaped: bool) -> impl Iterator<Item = Vec<u8>> {
    let paragraph = if escaped {
        PARAGRAPH.to_owned()
    } else {
        PARAGRAPH.replace("\\n", "\n")
    };
    let piece = paragraph.repeat((1 << 20) / paragraph.len());
    let count = bytes / piece.len();
    std::iter::repeat_n(piece.into_bytes(), count)
}

#[test]
fn a_text_beyond_the_limit_is_refused_in_little_memory() {
    let (said, code, peak) = score("text", prose(SENT, false));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("larger than the limit of 16777216 bytes"), "{said}");
    assert!(peak < REFUSAL_KB, "{peak} KB");
}

#[test]
fn a_line_beyond_the_limit_costs_little_memory_and_not_the_next_line() {
    let line = std::iter::once(b"{\"id\":\"long\",\"text\":\"".to_vec())
        .chain(prose(SENT, true))
        .chain([b"\"}\n{\"id\":\"short\",\"text\":\"Grey cat, one white paw. Please ring.\"}\n".to_vec()]);
    let (said, code, peak) = score("jsonl", line);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("larger than the limit of 16777216 bytes"), "{said}");
    assert!(said.contains("\nshort,"), "{said}");
    assert!(peak < REFUSAL_KB, "{peak} KB");
}

#[test]
fn a_text_of_the_largest_size_gets_a_verdict() {
    let (said, code, peak) = score("text", prose(MAX_TEXT_BYTES, false));
    assert!(matches!(code, Some(0 | 1)), "{code:?}: {said}");
    assert!(said.contains(",en,"), "{said}");
    assert!(peak < LARGEST_KB, "{peak} KB");
}
