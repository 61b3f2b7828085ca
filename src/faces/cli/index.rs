//! `byline index`: many documents on disk, to be asked about one.

mod clusters;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::RangedU64ValueParser;
use clap::{Subcommand, ValueEnum};
use serde::Serialize;

use super::common::{Reading, complain, shipped};
use super::inputs::{Counts, named, total_bytes};
use super::pipeline::{Job, Unreadable};
use super::progress::Progress;
use super::score::told;
use super::{EXIT_CLEAR, EXIT_ERROR, Failure, Outcome};
use crate::corpus::index::{Added, Index, IndexError, Item, Redb};
use crate::write::clean;
use crate::{Detector, Document};

/// Documents added in one transaction: a commit waits for the disk, and a batch is held in memory.
const DEFAULT_BATCH: usize = 1_000;

/// Most documents of one transaction.
const MOST_BATCH: u64 = 100_000;

const EXAMPLES: &str = "\
Examples:
  byline index add --index news.idx inbox/            every readable file of a folder
  byline index add --index news.idx posts.jsonl       one document a line
  byline index stats --index news.idx                 how much it holds
  byline index clusters --index news.idx              groups of near copies
  byline index remove --index news.idx post-17        by id
  byline index verify --index news.idx                check every page, record and list

An index is a folder with one file. It holds no text: a sample of hashed word runs, the figures as numbers with their times and
the hashed words beside them, hashed names, and id, source, date, address and publisher. One process at a time adds; others can read meanwhile.";

/// An index of documents on disk: near copies, shared figures and authors are found in it.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Args)]
struct Place {
    /// Folder of the index.
    #[arg(long, value_name = "DIR")]
    index: PathBuf,
}

#[derive(clap::Args)]
struct Shown {
    /// Output format [default: human on a terminal, json when piped].
    #[arg(long, value_name = "FORMAT", value_enum)]
    to: Option<To>,
}

#[derive(Subcommand)]
enum What {
    /// Add documents; the index is made if there is none.
    ///
    /// A document is in the index once its line (or that of its batch) is printed, and stays there whatever happens. An id
    /// stands for one document: adding it again replaces it, so a run that was broken off can be repeated.
    Add {
        #[command(flatten)]
        place: Place,

        /// Files, folders or `-` for standard input [default: standard input, when piped].
        #[arg(value_name = "FILE|DIR|-")]
        inputs: Vec<PathBuf>,

        #[command(flatten)]
        reading: Reading,

        /// Documents that are added, and acknowledged, at once.
        #[arg(long, value_name = "N", default_value_t = DEFAULT_BATCH,
              value_parser = RangedU64ValueParser::<usize>::new().range(1..=MOST_BATCH))]
        batch: usize,

        #[command(flatten)]
        shown: Shown,
    },
    /// Remove documents by id. Exit code 2 if one is not there.
    Remove {
        #[command(flatten)]
        place: Place,

        /// Ids.
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },
    /// Tell how much the index holds.
    Stats {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        shown: Shown,
    },
    /// List groups of near copies: edited copies, trims and excerpts.
    Clusters {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        shown: Shown,
    },
    /// Check every page, record and list of the index. Exit code 2 if something is wrong.
    Verify {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        shown: Shown,
    },
    /// Merge all parts into one and give unused space back: after large loads, for the fastest questions.
    Compact {
        #[command(flatten)]
        place: Place,
    },
}

/// Output formats.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    /// For people.
    Human,
    /// JSON: one object, or one a document (`jsonl` is the same).
    #[value(alias = "jsonl")]
    Json,
}

impl Shown {
    fn human(&self) -> bool {
        self.to.map_or_else(on_terminal, |to| to == To::Human)
    }
}

fn on_terminal() -> bool {
    std::io::IsTerminal::is_terminal(&std::io::stdout())
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        Self::Said(error.to_string())
    }
}

/// Runs the command.
pub fn run(args: &Args) -> Outcome {
    match &args.what {
        What::Add {
            place,
            inputs,
            reading,
            batch,
            shown,
        } => add(&place.index, inputs, reading, *batch, shown.human()),
        What::Remove { place, ids } => remove(&place.index, ids),
        What::Stats { place, shown } => stats(&place.index, shown.human()),
        What::Clusters { place, shown } => clusters::run(&place.index, shown.human()),
        What::Verify { place, shown } => verify(&place.index, shown.human()),
        What::Compact { place } => compact(&place.index),
    }
}

/// The line of an added document.
#[derive(Serialize)]
struct AddedLine<'a> {
    id: &'a str,
    added: Added,
}

/// The line of a document that could not be read.
#[derive(Serialize)]
struct ErrorLine<'a> {
    id: &'a str,
    error: &'a str,
}

/// What was done so far.
#[derive(Default)]
struct Tally {
    added: [u64; 3],
    errors: u64,
}

impl Tally {
    fn count(&mut self, added: Added) {
        let [new, replaced, unchanged] = &mut self.added;
        *match added {
            Added::New => new,
            Added::Replaced => replaced,
            Added::Unchanged => unchanged,
        } += 1;
    }

    /// Documents that are in the index now.
    fn safe(&self) -> u64 {
        self.added.iter().sum()
    }
}

/// Documents on their way into the index.
struct Adding<'a> {
    index: Redb,
    detector: Detector,
    batch: Vec<Item>,
    human: bool,
    tally: Tally,
    out: &'a mut dyn Write,
}

impl Adding<'_> {
    fn document(&mut self, document: Document) {
        self.batch.push(Item::new(&self.detector.entry(document)));
    }

    fn error(&mut self, error: &Unreadable) -> Result<(), Failure> {
        self.tally.errors += 1;
        if self.human {
            complain(&told(error));
        } else {
            let (id, error) = (error.id.as_str(), error.message.as_str());
            line(self.out, &ErrorLine { id, error })?;
        }
        Ok(())
    }

    /// Adds the batch; prints only what is safe.
    fn flush(&mut self) -> Result<(), Failure> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let results = self.index.add(&self.batch)?;
        for (item, added) in self.batch.drain(..).zip(results) {
            self.tally.count(added);
            if !self.human {
                let id = item.record.id.as_str();
                line(self.out, &AddedLine { id, added })?;
            }
        }
        if self.human {
            let [new, replaced, unchanged] = self.tally.added;
            writeln!(
                self.out,
                "{} in the index: {new} new, {replaced} replaced, {unchanged} unchanged",
                self.tally.safe()
            )?;
        }
        self.out.flush()?;
        Ok(())
    }
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, value).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

fn add(folder: &Path, inputs: &[PathBuf], reading: &Reading, batch: usize, human: bool) -> Outcome {
    let named = named(inputs)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut adding = Adding {
        index: Redb::create(folder)?,
        detector: shipped()?,
        batch: Vec::with_capacity(batch),
        human,
        tally: Tally::default(),
        out: &mut out,
    };
    let counts = Arc::new(Counts::default());
    let mut progress = Progress::new(!human && !on_terminal(), total_bytes(&named));
    let job = Job {
        named,
        output: None,
        parts: false,
        reading: reading.clone(),
        counts: Arc::clone(&counts),
    };
    let mut result = Ok(());
    job.each(|item| {
        match item {
            Ok(raw) => adding.document(Document::new(raw)),
            Err(error) => result = adding.error(&error),
        }
        if result.is_ok() && adding.batch.len() >= batch {
            result = adding.flush();
        }
        progress.step(&counts);
        result.is_ok()
    });
    progress.finish();
    result?;
    adding.flush()?;
    let errors = adding.tally.errors;
    out.flush()?;
    Ok(if errors > 0 { EXIT_ERROR } else { EXIT_CLEAR })
}

fn remove(folder: &Path, ids: &[String]) -> Outcome {
    let mut index = Redb::open(folder)?;
    let removed = index.remove(ids)?;
    let mut out = std::io::stdout().lock();
    let mut code = EXIT_CLEAR;
    for (id, removed) in ids.iter().zip(removed) {
        if removed {
            writeln!(out, "{}: removed", clean(id))?;
        } else {
            complain(&format!("{id}: not in the index"));
            code = EXIT_ERROR;
        }
    }
    Ok(code)
}

fn stats(folder: &Path, human: bool) -> Outcome {
    let stats = Redb::read(folder)?.stats()?;
    let mut out = std::io::stdout().lock();
    if !human {
        line(&mut out, &stats)?;
        return Ok(EXIT_CLEAR);
    }
    writeln!(
        out,
        "{} documents of {} words, {} of them declare a machine author; {} figures\n\
         {} keys in {} parts; removed and not yet cleared away: {}\n\
         {:.1} MB, {} bytes a document",
        stats.documents,
        stats.words,
        stats.declared,
        stats.figures,
        stats.postings,
        stats.segments,
        stats.removed,
        stats.bytes as f64 / 1e6,
        stats.bytes / stats.documents.max(1),
    )?;
    Ok(EXIT_CLEAR)
}

fn verify(folder: &Path, human: bool) -> Outcome {
    let found = Redb::open(folder)?.verify()?;
    let mut out = std::io::stdout().lock();
    if human {
        for problem in &found.told {
            writeln!(out, "{}", clean(problem))?;
        }
        if found.repaired {
            writeln!(out, "the pages of the file were repaired")?;
        }
        writeln!(
            out,
            "{} documents and {} keys are sound, {} problems",
            found.documents, found.postings, found.problems
        )?;
    } else {
        line(&mut out, &found)?;
    }
    Ok(if found.problems > 0 {
        EXIT_ERROR
    } else {
        EXIT_CLEAR
    })
}

fn compact(folder: &Path) -> Outcome {
    let mut index = Redb::open(folder)?;
    let before = index.stats()?.bytes;
    index.compact()?;
    let after = index.stats()?.bytes;
    writeln!(
        std::io::stdout().lock(),
        "{:.1} MB, {:.1} MB before",
        after as f64 / 1e6,
        before as f64 / 1e6
    )?;
    Ok(EXIT_CLEAR)
}
