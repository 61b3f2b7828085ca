//! `byline compare`: what documents share.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use clap::builder::PossibleValuesParser;

use super::common::{Color, Judging, Reading, complain};
use super::inputs::{Counts, named};
use super::pipeline::Job;
use super::score::told;
use super::sink::{open, spare};
use super::{EXIT_CLEAR, EXIT_ERROR, EXIT_FLAGGED, Failure, Outcome};
use crate::corpus::{Entry, compare};
use crate::write::{COMPARISON_WRITERS, comparison as comparison_writer};
use crate::{Detector, Document, RawDocument};

/// Heading of the options on how to write.
const WRITING: &str = "Writing";

const EXAMPLES: &str = "\
Examples:
  byline compare a.txt b.txt                   two articles
  byline compare --to json inbox/ posts.jsonl  every document of a folder and of a file

Exit codes: 0 nothing taken and nobody linked, 1 a copy or a link was found, 2 an error.";

/// Compare documents: passages, templates and figures that they share, who took it from whom, who speaks for whom.
///
/// Shared passages leave out the furniture of the site, quoted speech counts for no copy, and what many of the documents carry
/// around bodies of their own is the house's shell. A document that declares nothing is linked to one that declares a machine
/// author if both carry the same biography line, author or template.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    /// Files, folders or `-` for standard input; at least two documents.
    #[arg(value_name = "FILE|DIR|-", required = true)]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    judging: Judging,

    /// Output format.
    #[arg(long, value_name = "FORMAT", value_parser = outputs(), default_value = "human", help_heading = WRITING)]
    to: String,

    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE", help_heading = WRITING)]
    output: Option<PathBuf>,

    /// Colours in the human format.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto, help_heading = WRITING)]
    color: Color,
}

/// `--to` follows the list of writers.
fn outputs() -> PossibleValuesParser {
    PossibleValuesParser::new(COMPARISON_WRITERS.iter().map(|output| output.name))
}

/// The documents that the arguments name, examined, and how many could not be read (each is told).
pub fn entries(inputs: &[PathBuf], reading: &Reading, detector: &Detector) -> (Vec<Entry>, usize) {
    let job = Job {
        named: inputs.to_vec(),
        output: None,
        parts: false,
        reading: reading.clone(),
        counts: Arc::new(Counts {
            bytes: AtomicU64::new(0),
            skipped: AtomicU64::new(0),
        }),
    };
    let (mut entries, mut unread) = (Vec::new(), 0);
    let mut names = Names::default();
    job.each(|item| {
        match item {
            Ok(mut raw) => {
                raw.id = names.of(&raw);
                entries.push(detector.entry(Document::new(raw)));
            }
            Err(error) => {
                unread += 1;
                complain(&told(&error));
            }
        }
        true
    });
    (entries, unread)
}

/// Gives documents that have one id names of their own: with their file, and from the third on with a number.
#[derive(Default)]
struct Names {
    taken: BTreeSet<String>,
    /// By id and file, how many were named.
    count: BTreeMap<(String, String), usize>,
}

impl Names {
    fn of(&mut self, raw: &RawDocument) -> String {
        if self.taken.insert(raw.id.clone()) {
            return raw.id.clone();
        }
        let file = raw.source.as_deref().unwrap_or("standard input");
        let count = self.count.entry((raw.id.clone(), file.to_owned())).or_insert(0);
        loop {
            *count += 1;
            let name = match *count {
                1 => format!("{} ({file})", raw.id),
                number => format!("{} ({file}, {number})", raw.id),
            };
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// Runs the command.
pub fn run(args: &Args) -> Outcome {
    let named = named(&args.inputs)?;
    if let Some(output) = &args.output {
        spare(output, &args.judging.beside(&named))?;
    }
    let detector = args.judging.detector()?;
    let (entries, unread) = entries(&named, &args.reading, &detector);
    if entries.len() < 2 {
        return Err(Failure::Said(format!(
            "comparing takes two documents or more; {} could be read",
            entries.len()
        )));
    }
    let comparison = compare(&entries);
    let format = comparison_writer(&args.to)
        .ok_or_else(|| Failure::Said(format!("no output format is called {}", args.to)))?;
    let on_terminal = args.output.is_none() && std::io::stdout().is_terminal();
    let mut out = open(args.output.as_deref(), &args.inputs)?;
    (format.write)(&mut out, &comparison, args.color.on(on_terminal))?;
    out.flush()?;
    let found = comparison
        .pairs
        .iter()
        .any(|pair| !pair.links.is_empty() || pair.copied.probability >= COPIED);
    Ok(match (unread, found) {
        (1.., _) => EXIT_ERROR,
        (0, true) => EXIT_FLAGGED,
        (0, false) => EXIT_CLEAR,
    })
}

/// Probability from which a pair is told as a copy.
const COPIED: f64 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_one_id_are_told_apart_by_their_files() {
        let raw = |id: &str, source: Option<&str>| RawDocument {
            id: id.to_owned(),
            source: source.map(str::to_owned),
            ..RawDocument::default()
        };
        let mut names = Names::default();
        let all = [
            raw("1", Some("a.csv")),
            raw("1", Some("b.csv")),
            raw("1", Some("b.csv")),
            raw("1", None),
            raw("2", None),
        ];
        let names: Vec<String> = all.iter().map(|raw| names.of(raw)).collect();
        assert_eq!(
            names,
            ["1", "1 (b.csv)", "1 (b.csv, 2)", "1 (standard input)", "2"]
        );
    }
}
