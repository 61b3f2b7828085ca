//! Where the output goes: standard output or a file, and in which format.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, LineWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::Failure;
use super::common::Color;
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
    if inputs.iter().any(|input| same_file(input, path)) {
        return Err(Failure::Said(format!(
            "{} is an input: the output would destroy it",
            path.display()
        )));
    }
    let file = File::create(path)
        .map_err(|error| Failure::Said(format!("cannot write {}: {error}", path.display())))?;
    Ok(Box::new(BufWriter::new(file)))
}

fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
