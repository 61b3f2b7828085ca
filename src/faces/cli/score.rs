//! `byline score`: the main job.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use clap::builder::RangedU64ValueParser;

use super::common::{Judging, Reading, complain};
use super::inputs::{Counts, named, total_bytes};
use super::pipeline::{self, Job};
use super::progress::Progress;
use super::sink::Writing;
use super::{EXIT_CLEAR, EXIT_ERROR, EXIT_FLAGGED, Outcome};
use crate::verdict::Action;

/// Most threads that can be asked for.
const MAX_THREADS: u64 = 256;

const EXAMPLES: &str = "\
Examples:
  byline score article.txt                     one article, a short page on the terminal
  byline score posts.jsonl > verdicts.jsonl    one object a line, in the same order
  byline score --to html -o report.html inbox/ every readable file of a folder, one page
  pbpaste | byline score                       standard input
  byline score --policy strict.toml --to sarif src/content > byline.sarif

Exit codes: 0 nothing flagged, 1 something flagged, 2 an error (a document that cannot be read is
an error, told in the output; the others are scored all the same).";

/// Score documents: the three answers, their evidence and what to do.
///
/// Documents are read one by one and written in the same order, so memory does not grow with their
/// number. JSON lines and CSV hold one document a record (field `text`, optional `id`, `title`,
/// `url`, `publisher`, `date`); text, Markdown and HTML files one a file. Folders are walked in
/// sorted order without hidden files, links and files of unknown endings.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    /// Files, folders or `-` for standard input [default: standard input, when piped].
    #[arg(value_name = "FILE|DIR|-")]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    judging: Judging,

    #[command(flatten)]
    writing: Writing,

    /// The machine score over the parts of each document too (json and html have it anyway): several times the time.
    #[arg(long)]
    parts: bool,

    /// Documents examined at once [default: one a processor]. The output is the same with any number.
    #[arg(long, value_name = "N", value_parser = RangedU64ValueParser::<usize>::new().range(1..=MAX_THREADS))]
    threads: Option<usize>,

    /// No progress bar and no closing notes; errors are still told.
    #[arg(short, long)]
    quiet: bool,
}

/// What was seen.
#[derive(Default)]
struct Tally {
    documents: u64,
    flagged: u64,
    errors: u64,
}

/// Runs the command.
pub fn run(args: &Args) -> Outcome {
    let named = named(&args.inputs)?;
    let format = args.writing.format()?;
    let detector = args.judging.detector()?;
    let mut out = args.writing.open(&named)?;
    let mut writer = (format.writer)(args.writing.colored());
    let threads = args
        .threads
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get));

    let counts = Arc::new(Counts::default());
    let mut progress = Progress::new(!args.quiet && !args.writing.to_terminal(), total_bytes(&named));
    let job = Job {
        named,
        output: args.writing.canonical(),
        reading: args.reading.clone(),
        parts: args.parts || format.shows_parts,
        counts: Arc::clone(&counts),
    };
    let mut tally = Tally::default();
    writer.begin(&mut out)?;
    let result = pipeline::run(&job, detector, threads, &mut |examined| {
        match examined {
            Ok(examined) => {
                let (document, verdict) = *examined;
                tally.documents += 1;
                tally.flagged += u64::from(verdict.action > Action::Allow);
                writer.document(&mut out, &document, &verdict)?;
            }
            Err(error) => {
                tally.errors += 1;
                if !format.shows_errors {
                    out.flush()?;
                    progress.aside(|| complain(&told(&error)));
                }
                writer.error(&mut out, &error.id, &error.message)?;
            }
        }
        progress.step(&counts);
        Ok(())
    });
    progress.finish();
    result?;
    writer.end(&mut out)?;
    out.flush()?;
    if !args.quiet {
        closing_notes(&tally, &counts);
    }
    Ok(match tally {
        Tally { errors: 1.., .. } => EXIT_ERROR,
        Tally { flagged: 1.., .. } => EXIT_FLAGGED,
        _ => EXIT_CLEAR,
    })
}

/// An error as one line that names the input once.
pub fn told(error: &pipeline::Unreadable) -> String {
    if error.message.starts_with(&error.id) {
        error.message.clone()
    } else {
        format!("{}: {}", error.id, error.message)
    }
}

/// What the output does not show: unread documents and skipped files.
fn closing_notes(tally: &Tally, counts: &Counts) {
    let plural = |n: u64| if n == 1 { "" } else { "s" };
    if tally.errors > 0 {
        complain(&format!(
            "{} of {} document{} could not be read",
            tally.errors,
            tally.documents + tally.errors,
            plural(tally.documents + tally.errors)
        ));
    }
    let skipped = counts.skipped.load(Ordering::Relaxed);
    if skipped > 0 {
        complain(&format!(
            "{skipped} file{} in folders skipped: no reader for the ending, or a link",
            plural(skipped)
        ));
    }
}
