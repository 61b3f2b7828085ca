//! `byline compare`: what documents share.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use clap::ValueEnum;

use super::common::{Judging, Reading, complain};
use super::inputs::{Counts, named};
use super::pipeline::Job;
use super::score::told;
use super::{EXIT_CLEAR, EXIT_ERROR, EXIT_FLAGGED, Failure, Outcome};
use crate::corpus::{Comparison, ConflictKind, Entry, Level, compare};
use crate::write::clean;
use crate::{Detector, Document};

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
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = To::Human)]
    to: To,
}

/// Output formats.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    /// For people.
    Human,
    /// One JSON object.
    Json,
}

/// The documents that the arguments name, examined, and how many could not be read (each is told).
pub fn entries(inputs: &[PathBuf], reading: &Reading, detector: &Detector) -> (Vec<Entry>, usize) {
    let job = Job {
        named: inputs.to_vec(),
        output: None,
        reading: reading.clone(),
        counts: Arc::new(Counts {
            bytes: AtomicU64::new(0),
            skipped: AtomicU64::new(0),
        }),
    };
    let (mut entries, mut unread) = (Vec::new(), 0);
    job.each(|item| {
        match item {
            Ok(raw) => entries.push(detector.entry(Document::new(raw))),
            Err(error) => {
                unread += 1;
                complain(&told(&error));
            }
        }
        true
    });
    (entries, unread)
}

/// Runs the command.
pub fn run(args: &Args) -> Outcome {
    let named = named(&args.inputs)?;
    let detector = args.judging.detector()?;
    let (entries, unread) = entries(&named, &args.reading, &detector);
    if entries.len() < 2 {
        return Err(Failure::Said(format!(
            "comparing takes two documents or more; {} could be read",
            entries.len()
        )));
    }
    let comparison = compare(&entries);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match args.to {
        To::Json => {
            serde_json::to_writer_pretty(&mut out, &comparison).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
        To::Human => human(&mut out, &comparison)?,
    }
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
/// Passages told of a pair.
const PASSAGES: usize = 3;
/// Longest passage shown, in characters.
const SHOWN: usize = 160;

fn human(out: &mut dyn Write, comparison: &Comparison) -> std::io::Result<()> {
    writeln!(out, "{} documents", comparison.documents.len())?;
    for (at, cluster) in comparison.clusters.iter().enumerate() {
        let named: Vec<String> = cluster
            .documents
            .iter()
            .map(|id| clean(id).into_owned())
            .collect();
        writeln!(out, "\ngroup {}: {}", at + 1, named.join(", "))?;
        for reason in &cluster.because {
            writeln!(out, "    {}", clean(reason))?;
        }
    }
    for pair in &comparison.pairs {
        writeln!(out, "\n{} and {}", clean(&pair.a), clean(&pair.b))?;
        writeln!(
            out,
            "    wording taken: {:.0} % likely, {}; {:.0} % and {:.0} % in shared passages",
            100.0 * pair.copied.probability,
            level(pair.copied.level),
            100.0 * pair.containment[0],
            100.0 * pair.containment[1]
        )?;
        for evidence in &pair.copied.direction_evidence {
            writeln!(out, "    {}", clean(evidence))?;
        }
        for passage in pair.passages.iter().take(PASSAGES) {
            writeln!(
                out,
                "    {} words{}: {}",
                passage.words,
                if passage.quoted { ", quoted speech" } else { "" },
                short(&passage.text_a)
            )?;
        }
        if pair.passages.len() > PASSAGES {
            writeln!(out, "    and {} more passages", pair.passages.len() - PASSAGES)?;
        }
        // The same figure printed to another precision is no contradiction.
        for conflict in pair
            .conflicts
            .iter()
            .filter(|one| one.kind != ConflictKind::Rounding)
        {
            writeln!(out, "    conflict: {}", clean(&conflict.about))?;
        }
        if !pair.figures.is_empty() {
            writeln!(out, "    {} figures in common", pair.figures.len())?;
        }
        for link in &pair.links {
            writeln!(
                out,
                "    {} inherits the declaration of {} (strength {:.2}): {}",
                clean(&link.from),
                clean(&link.to),
                link.strength,
                clean(&link.reason)
            )?;
        }
    }
    for template in &comparison.templates {
        writeln!(
            out,
            "\ntemplate {} ({}, {} documents): {}",
            template.id,
            template.place,
            template.fills.len(),
            short(&template.pattern)
        )?;
        for fill in template.fills.iter().take(PASSAGES) {
            writeln!(
                out,
                "    {}: {}",
                clean(&fill.document),
                short(&fill.slots.join(" | "))
            )?;
        }
    }
    Ok(())
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Light => "lightly edited",
        Level::Paraphrase => "paraphrased",
        Level::Rewrite => "rewritten",
        Level::Figures => "figures in common only",
        Level::Unrelated => "no reuse to be seen",
    }
}

fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = clean(&line).into_owned();
    if line.chars().count() > SHOWN {
        line.chars().take(SHOWN).chain(['…']).collect()
    } else {
        line
    }
}
