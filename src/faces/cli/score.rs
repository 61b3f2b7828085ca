//! `byline score`: the main job.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use clap::builder::RangedU64ValueParser;

#[cfg(feature = "store")]
use super::Failure;
use super::common::{Judging, Reading, complain};
use super::inputs::{Counts, named, total_bytes};
use super::pipeline::{self, Job};
use super::progress::Progress;
use super::sink::Writing;
use super::{EXIT_CLEAR, EXIT_ERROR, EXIT_FLAGGED, Outcome};
#[cfg(feature = "store")]
use crate::corpus::index::{Index, Item, Redb};
use crate::verdict::Action;
#[cfg(feature = "store")]
use crate::{Detector, Document, Verdict};

/// Most threads that can be asked for.
const MAX_THREADS: u64 = 256;

const EXAMPLES: &str = "\
Examples:
  byline score article.txt                     one article, a short page on the terminal
  byline score posts.jsonl > verdicts.jsonl    one object a line, in the same order
  byline score --to html -o report.html inbox/ every readable file of a folder, one page
  pbpaste | byline score                       standard input
  byline score --index news.idx --add posts.jsonl  judge beside an index, then add to it
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

    /// The machine score over the parts of each document in jsonl too (json and html have it anyway; human, csv and sarif
    /// never show it): several times the time.
    #[arg(long)]
    parts: bool,

    #[cfg(feature = "store")]
    #[command(flatten)]
    beside: Beside,

    /// Documents examined at once [default: one a processor]. The output is the same with any number.
    #[arg(long, value_name = "N", value_parser = RangedU64ValueParser::<usize>::new().range(1..=MAX_THREADS))]
    threads: Option<usize>,

    /// No progress bar and no closing notes; errors are still told.
    #[arg(short, long)]
    quiet: bool,
}

/// An index to judge beside.
#[cfg(feature = "store")]
#[derive(clap::Args)]
struct Beside {
    /// Judge beside the documents of this index: what was taken from them, and which declared ones speak for a silent sibling.
    #[arg(long, value_name = "DIR")]
    index: Option<PathBuf>,

    /// Add the documents to the index, a hundred at once, after they were judged.
    #[arg(long, requires = "index")]
    add: bool,
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
    let detector = Arc::new(args.judging.detector()?);
    let mut out = args.writing.open(&args.judging.beside(&named))?;
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
    #[cfg(feature = "store")]
    let mut corpus = args.beside.open()?;
    writer.begin(&mut out)?;
    let result = pipeline::run(&job, &detector, threads, &mut |examined| {
        match examined {
            Ok(examined) => {
                let (document, verdict) = *examined;
                #[cfg(feature = "store")]
                let verdict = match &mut corpus {
                    Some(corpus) => corpus.judge(&detector, &document, verdict)?,
                    None => verdict,
                };
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
    #[cfg(feature = "store")]
    if let Some(corpus) = &mut corpus {
        corpus.add()?;
    }
    writer.end(&mut out)?;
    out.flush()?;
    if !args.quiet {
        closing_notes(&tally, &counts);
    }
    // The process ends here: to give back the detector piece by piece would cost more than to score a short article.
    std::mem::forget(detector);
    Ok(match tally {
        Tally { errors: 1.., .. } => EXIT_ERROR,
        Tally { flagged: 1.., .. } => EXIT_FLAGGED,
        _ => EXIT_CLEAR,
    })
}

/// Documents added to the index at once.
#[cfg(feature = "store")]
const BATCH: usize = 100;

/// The index that documents are judged beside.
#[cfg(feature = "store")]
struct Corpus {
    index: Redb,
    adds: bool,
    batch: Vec<Item>,
}

#[cfg(feature = "store")]
impl Beside {
    fn open(&self) -> Result<Option<Corpus>, Failure> {
        let Some(folder) = &self.index else {
            return Ok(None);
        };
        let index = if self.add {
            Redb::create(folder)?
        } else {
            Redb::read(folder)?
        };
        Ok(Some(Corpus {
            index,
            adds: self.add,
            batch: Vec::new(),
        }))
    }
}

#[cfg(feature = "store")]
impl Corpus {
    fn judge(
        &mut self,
        detector: &Detector,
        document: &Document,
        verdict: Verdict,
    ) -> Result<Verdict, Failure> {
        let item = detector.item(document, &verdict);
        let answer = self.index.ask(&item)?;
        let verdict = detector.among(verdict, &item, &answer);
        if self.adds {
            self.batch.push(item);
            if self.batch.len() >= BATCH {
                self.add()?;
            }
        }
        Ok(verdict)
    }

    fn add(&mut self) -> Result<(), Failure> {
        if !self.batch.is_empty() {
            self.index.add(&self.batch)?;
            self.batch.clear();
        }
        Ok(())
    }
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
    if tally.documents + tally.errors == 0 {
        complain("no document was found");
    }
    let skipped = counts.skipped.load(Ordering::Relaxed);
    if skipped > 0 {
        complain(&format!(
            "{skipped} file{} in folders skipped: no reader for the ending, or a link",
            plural(skipped)
        ));
    }
}
