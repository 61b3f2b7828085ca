//! Measures of the built program as a process: memory and start-up time.

use std::io::{BufWriter, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::generate;

/// Document counts whose peak memory is compared.
const FEW: usize = 1_000;
const MANY: usize = 100_000;
/// How often the child's peak is read while it works.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// The larger run may need this much more than the smaller one: reading "flat" off two numbers.
const FLAT: f64 = 1.25;
/// Starts of the program; the best counts.
const STARTS: usize = 20;

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_byline")
}

/// Peak resident memory of a running process in KB (Linux: `VmHWM`).
fn peak_kb(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Scores generated documents through the program and gives its peak memory in KB and the seconds.
fn score(documents: usize, threads: &str) -> (u64, f64) {
    let started = Instant::now();
    let mut child = Command::new(program())
        .args([
            "score",
            "--from",
            "jsonl",
            "--to",
            "jsonl",
            "--quiet",
            "--threads",
            threads,
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let input = child.stdin.take().expect("piped");
    let feeder = std::thread::spawn(move || {
        let mut input = BufWriter::new(input);
        for number in 0..documents {
            input
                .write_all(generate::line(number).as_bytes())
                .expect("the program reads");
        }
    });
    let mut output = child.stdout.take().expect("piped");
    let counter = std::thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        let mut lines = 0;
        loop {
            let n = output.read(&mut buffer).expect("the program writes");
            if n == 0 {
                return lines;
            }
            lines += buffer[..n].iter().filter(|b| **b == b'\n').count();
        }
    });
    let mut peak = 0;
    while child.try_wait().expect("the program runs").is_none() {
        peak = peak.max(peak_kb(&child).unwrap_or(0));
        std::thread::sleep(LOOK_EVERY);
    }
    feeder.join().expect("fed");
    assert_eq!(counter.join().expect("counted"), documents, "one line a document");
    (peak, started.elapsed().as_secs_f64())
}

/// Peak memory for few and many documents: it must not grow with their number.
pub fn memory() {
    for threads in ["1", "2"] {
        let mut peaks = Vec::new();
        for documents in [FEW, MANY] {
            let (peak, seconds) = score(documents, threads);
            println!(
                "{documents:>7} documents, {threads} thread(s): peak {:.1} MB, {seconds:.1} s",
                peak as f64 / 1024.0
            );
            peaks.push(peak);
        }
        let grown = peaks[1] as f64 / peaks[0].max(1) as f64;
        println!("        grown by a factor of {grown:.2}");
        assert!(grown <= FLAT, "memory grows with the number of documents");
    }
}

/// Time from start to end of the program on one short text.
pub fn start() {
    let mut best = Duration::MAX;
    for _ in 0..STARTS {
        let begun = Instant::now();
        let mut child = Command::new(program())
            .args(["score", "--from", "text", "--to", "jsonl", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program starts");
        child
            .stdin
            .take()
            .expect("piped")
            .write_all(b"Grey cat, one white paw. Please ring.\n")
            .expect("the program reads");
        assert!(child.wait().expect("the program ends").success());
        best = best.min(begun.elapsed());
    }
    println!(
        "start to end on a short text: {:.1} ms (best of {STARTS})",
        best.as_secs_f64() * 1e3
    );
}
