//! `byline explain`: one document, long form.

use std::path::PathBuf;
use std::sync::Arc;

use super::common::{Judging, Reading, complain};
use super::inputs::{Counts, named};
use super::pipeline::{self, Job};
use super::score::told;
use super::sink::Writing;
use super::{EXIT_CLEAR, EXIT_FLAGGED, Failure, Outcome};
use crate::verdict::Action;

const EXAMPLES: &str = "\
Examples:
  byline explain article.html
  byline explain --id a17 posts.jsonl          the record with this id
  byline explain --to html article.txt -o page.html

Exit codes: 0 not flagged, 1 flagged, 2 an error.";

/// Explain one document: every axis, the parts of its score, the marked passages.
///
/// Shows what the three answers are made of: each part of each score in log-odds with the measured
/// value beside the range usual in human texts, every sign with its passage, what was taken for
/// furniture of the site and so left out, and why an axis is silent where it is. The machine score is also shown for windows
/// of the text, with the places where the style changes: information for a reader, never a ground for an action.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    /// File, or `-` for standard input [default: standard input, when piped].
    #[arg(value_name = "FILE|-")]
    input: Option<PathBuf>,

    /// Which document of an input with several [default: the first].
    #[arg(long, value_name = "ID")]
    id: Option<String>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    judging: Judging,

    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub fn run(args: &Args) -> Outcome {
    let named = named(args.input.as_slice())?;
    let detector = args.judging.detector()?;
    let name = named
        .iter()
        .map(|path| path.display().to_string())
        .collect::<String>();
    let job = Job {
        named: named.clone(),
        output: None,
        reading: args.reading.clone(),
        parts: true,
        counts: Arc::new(Counts::default()),
    };
    let mut found = None;
    let mut further = 0_u64;
    let mut failed = None;
    job.each(|item| {
        match item {
            Ok(raw) if found.is_none() && args.id.as_ref().is_none_or(|id| *id == raw.id) => {
                found = Some(raw)
            }
            Ok(_) if found.is_some() => further += 1,
            Ok(_) => {}
            Err(error) if found.is_none() && failed.is_none() => failed = Some(error),
            Err(_) => {}
        }
        // Without an id one look further tells whether there are more.
        found.is_none() || (args.id.is_none() && further == 0)
    });
    let Some(raw) = found else {
        return Err(Failure::Said(match (failed, &args.id) {
            (Some(error), None) => told(&error),
            (_, Some(id)) => format!("{name}: no document has the id {id}"),
            (None, None) => format!("{name}: no document"),
        }));
    };
    if further > 0 {
        complain(&format!(
            "{name} holds more documents; explaining the first ({}), see --id",
            raw.id
        ));
    }
    let examined =
        pipeline::examine(&detector, raw, job.parts).map_err(|error| Failure::Said(told(&error)))?;
    let (document, verdict) = *examined;
    let mut out = args.writing.open(&args.judging.beside(&named))?;
    let mut writer = match args.writing.to.as_deref() {
        Some(name) if name != "human" => (args.writing.format()?.writer)(args.writing.colored()),
        // Explaining is for people: the long form also when piped.
        _ => crate::write::explanation(args.writing.colored()),
    };
    writer.begin(&mut out)?;
    writer.document(&mut out, &document, &verdict)?;
    writer.end(&mut out)?;
    out.flush()?;
    Ok(match verdict.action {
        Action::Allow => EXIT_CLEAR,
        _ => EXIT_FLAGGED,
    })
}
