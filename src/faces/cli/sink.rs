//! Where the output goes: standard output or a file, and in which format.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, LineWriter, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::Failure;
use super::common::Color;
use super::inputs::has_reader;
use crate::write::{Output, WRITERS};

/// The format on a terminal.
const ON_TERMINAL: &str = "human";
/// The format when piped or written to a file.
const PIPED: &str = "jsonl";

/// Options on how to write.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Writing")]
pub struct Writing {
    /// Output format [default: human on a terminal, jsonl when piped or with --output].
    #[arg(long, value_name = "FORMAT", value_parser = outputs())]
    pub to: Option<String>,

    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Colours in the human format.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// `--to` follows the list of writers.
fn outputs() -> PossibleValuesParser {
    PossibleValuesParser::new(WRITERS.iter().map(|output| output.name))
}

impl Writing {
    /// Whether the output is shown to a person at once.
    pub fn to_terminal(&self) -> bool {
        self.output.is_none() && std::io::stdout().is_terminal()
    }

    /// Whether to colour.
    pub fn colored(&self) -> bool {
        self.color.on(self.to_terminal())
    }

    /// The format asked for, or the one that suits.
    pub fn format(&self) -> Result<&'static Output, Failure> {
        let fallback = if self.to_terminal() { ON_TERMINAL } else { PIPED };
        let name = self.to.as_deref().unwrap_or(fallback);
        WRITERS
            .iter()
            .find(|output| output.name == name)
            .ok_or_else(|| Failure::Said(format!("no output format is called {name}")))
    }

    /// Opens the output. Refuses to overwrite one of the inputs.
    pub fn open(&self, inputs: &[PathBuf]) -> Result<Box<dyn Write>, Failure> {
        open(self.output.as_deref(), inputs)
    }

    /// The output file as the folder walk compares it.
    pub fn canonical(&self) -> Option<PathBuf> {
        self.output.as_ref().and_then(|path| path.canonicalize().ok())
    }
}

/// Opens a file, or standard output where none is named. Refuses to overwrite one of the inputs.
pub fn open(path: Option<&Path>, inputs: &[PathBuf]) -> Result<Box<dyn Write>, Failure> {
    let Some(path) = path else {
        let stdout = std::io::stdout().lock();
        // A person sees every document as soon as it is done.
        return Ok(if std::io::stdout().is_terminal() {
            Box::new(LineWriter::new(stdout))
        } else {
            Box::new(BufWriter::new(stdout))
        });
    };
    spare(path, inputs)?;
    let file = File::create(path)
        .map_err(|error| Failure::Said(format!("cannot write {}: {error}", path.display())))?;
    Ok(Box::new(BufWriter::new(file)))
}

/// Refuses to overwrite one of the inputs, or what may be a document in a folder among them; a former report there may be replaced if it
/// can be told from a document (JSON lines, CSV, HTML).
pub fn spare(path: &Path, inputs: &[PathBuf]) -> Result<(), Failure> {
    let refused = |why: &str| Failure::Said(format!("{} {why}", path.display()));
    if inputs.iter().any(|input| same_file(input, path)) {
        return Err(refused("is an input: the output would destroy it"));
    }
    let within = |input: &PathBuf| match (input.canonicalize(), path.canonicalize()) {
        (Ok(folder), Ok(path)) => folder.is_dir() && path.starts_with(folder),
        _ => false,
    };
    if has_reader(path) && inputs.iter().any(within) && !is_report(path) {
        return Err(refused(
            "lies in an input folder and may be a document: remove it first, or write elsewhere",
        ));
    }
    if has_other_names(path) && inputs.iter().any(|input| input.is_dir()) {
        return Err(refused(
            "has another name (a hard link), perhaps in an input folder: remove it first, or write elsewhere",
        ));
    }
    Ok(())
}

/// Bytes of a file that are looked at to see whether it is a report.
const REPORT_START: u64 = 4096;

/// Whether a file that exists is a report that byline has written, in one of the formats that a folder's walk would read; an empty one
/// may have been cut off.
fn is_report(path: &Path) -> bool {
    let mut start = Vec::new();
    if File::open(path)
        .and_then(|file| file.take(REPORT_START).read_to_end(&mut start))
        .is_err()
    {
        return false;
    }
    let start = String::from_utf8_lossy(&start);
    let records = start.trim_start_matches("[\n");
    let told = records.starts_with("{\"format\":1,")
        && ["\"machine\":{", "\"documents\":["]
            .iter()
            .any(|key| start.contains(key));
    let unread = records.starts_with("{\"id\":") && start.contains("\"error\":\"");
    let page = start.starts_with("<!doctype html>") && PAGES.iter().any(|title| start.contains(title));
    start.is_empty()
        || start.starts_with("id,source,model,words,")
        || page
        || ((told || unread) && !start.contains("\"text\":"))
}

/// Titles of the pages that byline writes.
const PAGES: [&str; 2] = ["<title>byline report</title>", "<title>byline comparison</title>"];

/// Whether a file has more than one name.
fn has_other_names(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.nlink() > 1)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// Whether two names are of one file, by another path or a hard link.
fn same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    if let (Ok(one), Ok(other)) = (std::fs::metadata(one), std::fs::metadata(other)) {
        use std::os::unix::fs::MetadataExt;
        return one.is_file() && (one.dev(), one.ino()) == (other.dev(), other.ino());
    }
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_input_is_overwritten_but_a_report_is() {
        let root = std::env::temp_dir().join(format!("byline-spare-{}", std::process::id()));
        std::fs::create_dir_all(root.join("in")).unwrap();
        let file = |name: &str, text: &str| {
            let path = root.join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let text = file("in/a.txt", "The ferry is late.");
        let folder = root.join("in");
        let refused = |path: &Path, inputs: &[&PathBuf]| {
            let inputs: Vec<PathBuf> = inputs.iter().map(|&input| input.clone()).collect();
            spare(path, &inputs).is_err()
        };
        assert!(refused(&text, &[&text]));
        assert!(refused(&text, &[&folder]));
        assert!(refused(&root.join("in/../in/a.txt"), &[&folder]));
        let linked = root.join("linked.txt");
        std::fs::hard_link(&text, &linked).unwrap();
        assert_eq!(refused(&linked, &[&text]), cfg!(unix));
        assert_eq!(refused(&linked, &[&folder]), cfg!(unix));
        // Not read, not there yet, or a report.
        assert!(!refused(&file("out.txt", "Kept elsewhere."), &[&folder, &text]));
        assert!(!refused(&root.join("in/new.jsonl"), &[&folder]));
        let record = "{\"format\":1,\"id\":\"a\",\"machine\":{}}\n";
        assert!(!refused(&file("in/old.jsonl", record), &[&folder]));
        assert!(!refused(
            &file("in/old.json", &format!("[\n{record}]")),
            &[&folder]
        ));
        assert!(!refused(
            &file("in/old.csv", "id,source,model,words,language\n"),
            &[&folder]
        ));
        assert!(refused(
            &file("in/own.jsonl", "{\"id\":1,\"text\":\"The ferry is late.\"}\n"),
            &[&folder]
        ));
        std::fs::remove_dir_all(&root).unwrap();
    }
}
