//! `byline signatures`: the catalogue, and checks of files of one's own.

use std::io::Write;
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::common::{Reading, catalogue_with, complain, lines, shipped, shipped_catalogue, signature_files};
use super::compare::entries;
use super::{EXIT_CLEAR, EXIT_ERROR, Failure, Outcome};
use crate::signature::{Catalogue, EntryInfo, Scope};
use crate::write::clean;

const EXAMPLES: &str = "\
Examples:
  byline signatures list                       every shipped entry
  byline signatures list --to csv my-signatures/
  byline signatures check my-signatures/       run the entries' own hit and miss examples
  byline signatures propose pages/ > my-signatures/proposed.toml";

/// List the signature catalogue, check files of your own, or propose entries.
///
/// A signature is a TOML table with patterns, a strength, and examples that it must and must not
/// find. `--signatures DIR` of other commands uses a folder of such files besides the shipped ones.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// List the entries of the shipped catalogue and of a folder, if one is named.
    List {
        /// Folder with signature files (*.toml) besides the shipped ones.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,

        /// Output format.
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = To::Human)]
        to: To,
    },
    /// Check signature files: keys, patterns, ids, and that every example behaves.
    ///
    /// Tells everything that is wrong, with file, line and entry. Exit code 0: all is well, 2: not.
    Check {
        /// Folder with signature files (*.toml) [default: the shipped catalogue].
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Propose entries for the templates that recur in documents, for a person to review.
    ///
    /// Writes TOML on standard output: a pattern of the words that stay the same, hit examples from the documents and a miss
    /// example to be replaced. Every entry behaves on its own examples; whether it should be used is yours to judge.
    Propose {
        /// Files, folders or `-` for standard input.
        #[arg(value_name = "FILE|DIR|-", required = true)]
        inputs: Vec<PathBuf>,

        #[command(flatten)]
        reading: Reading,
    },
}

/// Output formats of the list.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    /// For people.
    Human,
    /// One JSON object a line.
    Jsonl,
    /// A table.
    Csv,
}

/// Runs the command.
pub fn run(args: &Args) -> Outcome {
    match &args.what {
        What::List { folder, to } => {
            let catalogue = match folder {
                Some(folder) => catalogue_with(folder)?,
                None => shipped_catalogue()?,
            };
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            list(&mut out, &catalogue, *to)?;
            out.flush()?;
            Ok(EXIT_CLEAR)
        }
        What::Check { folder } => check(folder.as_ref()),
        What::Propose { inputs, reading } => propose(inputs, reading),
    }
}

fn propose(inputs: &[PathBuf], reading: &Reading) -> Outcome {
    let (entries, unread) = entries(inputs, reading, &shipped()?);
    let proposals = crate::corpus::propose(&entries);
    let mut stdout = std::io::stdout().lock();
    writeln!(
        stdout,
        "# Proposed from {} documents: read each entry, name it, and replace its miss example by a near miss.",
        entries.len()
    )?;
    let mut kept = 0_usize;
    for proposal in &proposals {
        // What does not behave on its own examples is no use to anybody.
        let file = vec![(proposal.id.clone(), proposal.toml.clone())];
        if Catalogue::check(&file).is_empty() {
            kept += 1;
            write!(stdout, "\n{}", proposal.toml)?;
        }
    }
    stdout.flush()?;
    complain(&format!(
        "{kept} {} proposed, {} left out because their examples do not behave",
        if kept == 1 { "entry" } else { "entries" },
        proposals.len() - kept
    ));
    Ok(if unread > 0 { EXIT_ERROR } else { EXIT_CLEAR })
}

fn check(folder: Option<&PathBuf>) -> Outcome {
    let files: Vec<(String, String)> = match folder {
        Some(folder) => signature_files(folder)?,
        None => Catalogue::shipped_files()
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect(),
    };
    let mut errors = Catalogue::check(&files);
    if errors.is_empty() && folder.is_some() {
        // Good by themselves; they must also live beside the shipped entries.
        let shipped = shipped_catalogue()?;
        errors = shipped.extend(&files).err().unwrap_or_default();
    }
    if !errors.is_empty() {
        complain(&lines(&errors));
        complain(&format!(
            "{} {} in {} {}",
            errors.len(),
            if errors.len() == 1 { "problem" } else { "problems" },
            files.len(),
            if files.len() == 1 { "file" } else { "files" }
        ));
        return Ok(EXIT_ERROR);
    }
    let entries = Catalogue::compile(&files).map_or(0, |catalogue| catalogue.len());
    let mut stdout = std::io::stdout().lock();
    let of = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    writeln!(
        stdout,
        "{} in {}: all examples behave",
        of(entries, "entry", "entries"),
        of(files.len(), "file", "files")
    )?;
    Ok(EXIT_CLEAR)
}

/// The columns of the table.
const COLUMNS: [&str; 13] = [
    "id", "file", "kind", "axis", "scopes", "strength", "polarity", "producer", "group", "lang", "verified",
    "summary", "source",
];

fn list(out: &mut dyn Write, catalogue: &Catalogue, to: To) -> Result<(), Failure> {
    match to {
        To::Jsonl => {
            for entry in catalogue.entries() {
                serde_json::to_writer(&mut *out, &entry).map_err(std::io::Error::from)?;
                out.write_all(b"\n")?;
            }
        }
        To::Csv => {
            let mut table = csv::Writer::from_writer(Vec::new());
            let failure = |error: csv::Error| Failure::Said(format!("cannot write the table: {error}"));
            table.write_record(COLUMNS).map_err(failure)?;
            for entry in catalogue.entries() {
                table.write_record(cells(&entry)).map_err(failure)?;
            }
            let bytes = table
                .into_inner()
                .map_err(|error| Failure::Said(error.to_string()))?;
            out.write_all(&bytes)?;
        }
        To::Human => {
            let mut file = None;
            for entry in catalogue.entries() {
                if file.as_ref() != Some(&entry.file) {
                    writeln!(out, "{}", clean(&entry.file))?;
                    file = Some(entry.file.clone());
                }
                human(out, &entry)?;
            }
            writeln!(out, "{} entries", catalogue.len())?;
        }
    }
    Ok(())
}

fn human(out: &mut dyn Write, entry: &EntryInfo) -> Result<(), Failure> {
    let producer = entry.producer.as_deref().map(|name| format!(", names {name}"));
    let verified = if entry.verified {
        ""
    } else {
        ", wording not checked"
    };
    writeln!(
        out,
        "  {}\n      {}\n      {} for the {} axis, {}, in {}{}{verified}",
        clean(&entry.id),
        clean(&entry.summary),
        name_of(&entry.strength),
        name_of(&entry.axis),
        name_of(&entry.kind),
        scopes(entry),
        clean(&producer.unwrap_or_default()),
    )?;
    Ok(())
}

fn cells(entry: &EntryInfo) -> [String; COLUMNS.len()] {
    let or_empty = |text: Option<&str>| text.unwrap_or_default().to_owned();
    [
        entry.id.to_string(),
        entry.file.to_string(),
        name_of(&entry.kind),
        name_of(&entry.axis),
        scopes(entry),
        name_of(&entry.strength),
        name_of(&entry.polarity),
        or_empty(entry.producer.as_deref()),
        or_empty(entry.group.as_deref()),
        or_empty(entry.lang.as_deref()),
        entry.verified.to_string(),
        entry.summary.clone(),
        entry.source.clone(),
    ]
}

fn scopes(entry: &EntryInfo) -> String {
    let names: Vec<String> = entry.scopes.iter().map(|scope: &Scope| name_of(scope)).collect();
    names.join(" ")
}

/// A value's name in the JSON.
fn name_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}
