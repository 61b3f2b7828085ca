//! `byline figures`: the figures of documents.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;
use serde::Serialize;

use super::common::{Reading, complain};
use super::features::{csv_failure, json_line};
use super::inputs::{Counts, named};
use super::pipeline::{Job, Unreadable};
use super::score::told;
use super::{EXIT_CLEAR, EXIT_ERROR, Failure, Outcome};
use crate::Document;
use crate::figure::{Figure, figures};
use crate::write::clean;

const EXAMPLES: &str = "\
Examples:
  byline figures article.txt
  byline figures --to csv posts.jsonl > figures.csv
  byline figures - < article.txt | jq 'select(.kind == \"money\")'";

/// List the figures of documents: value, unit, period, what is measured and whose it is.
///
/// A figure is a value interval with a unit, not a string: '33.4 billion yuan ($4.67 billion)' and
/// 'RMB33.4bn' are the same amount. Dates, times, list numbers, citation marks, phone numbers,
/// addresses and numbers in names are no figures.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    /// Files, folders or `-` for standard input [default: standard input, when piped].
    #[arg(value_name = "FILE|DIR|-")]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// Output format [default: human on a terminal, jsonl when piped].
    #[arg(long, value_name = "FORMAT", value_enum)]
    to: Option<To>,
}

/// Output formats of this command.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    /// For people: one line a figure.
    Human,
    /// One JSON object a figure, one a line.
    Jsonl,
    /// One JSON array of all figures.
    Json,
    /// A table.
    Csv,
}

/// Runs the command.
pub fn run(args: &Args) -> Outcome {
    let named = named(&args.inputs)?;
    let stdout = std::io::stdout().lock();
    let to = args.to.unwrap_or(if stdout.is_terminal() {
        To::Human
    } else {
        To::Jsonl
    });
    let mut out = std::io::BufWriter::new(stdout);
    let job = Job {
        named,
        output: None,
        parts: false,
        reading: args.reading.clone(),
        counts: Arc::new(Counts::default()),
    };
    let mut list = List::new(&mut out, to)?;
    let mut result = Ok(());
    let mut code = EXIT_CLEAR;
    job.each(|item| {
        result = match item {
            Ok(raw) => list.document(&Document::new(raw)),
            Err(error) => {
                code = EXIT_ERROR;
                list.error(&error)
            }
        };
        result.is_ok()
    });
    result?;
    list.finish()?;
    out.flush()?;
    Ok(code)
}

/// A figure with its document.
#[derive(Serialize)]
struct Row<'a> {
    document: &'a str,
    #[serde(flatten)]
    figure: &'a Figure,
}

/// What could not be read.
#[derive(Serialize)]
struct Failed<'a> {
    id: &'a str,
    error: &'a str,
}

/// Columns of the table.
const COLUMNS: [&str; 19] = [
    "document",
    "kind",
    "low",
    "high",
    "unit",
    "surface",
    "start",
    "end",
    "precision",
    "margin",
    "approximate",
    "period",
    "subject",
    "entity",
    "direction",
    "paired_low",
    "paired_high",
    "paired_unit",
    "sentence_start",
];

/// Writes figures in one of the formats.
enum List<'a> {
    Human(&'a mut dyn Write),
    Jsonl(&'a mut dyn Write),
    Json { out: &'a mut dyn Write, any: bool },
    Csv(Box<csv::Writer<&'a mut dyn Write>>),
}

impl<'a> List<'a> {
    fn new(out: &'a mut dyn Write, to: To) -> Result<Self, Failure> {
        Ok(match to {
            To::Human => Self::Human(out),
            To::Jsonl => Self::Jsonl(out),
            To::Json => {
                out.write_all(b"[")?;
                Self::Json { out, any: false }
            }
            To::Csv => {
                let mut table = csv::Writer::from_writer(out);
                table.write_record(COLUMNS).map_err(csv_failure)?;
                Self::Csv(Box::new(table))
            }
        })
    }

    fn document(&mut self, document: &Document) -> Result<(), Failure> {
        let found = figures(document);
        let id = &document.raw().id;
        if let Self::Human(out) = self {
            writeln!(out, "{} ({} figures)", clean(id), found.len())?;
        }
        for figure in &found {
            self.figure(&Row { document: id, figure })?;
        }
        if let Self::Human(out) = self {
            writeln!(out)?;
        }
        Ok(())
    }

    fn figure(&mut self, row: &Row<'_>) -> Result<(), Failure> {
        match self {
            Self::Human(out) => human(*out, row.figure)?,
            Self::Jsonl(out) => json_line(*out, row)?,
            Self::Json { out, any } => element(*out, any, row)?,
            Self::Csv(table) => table.write_record(cells(row)).map_err(csv_failure)?,
        }
        Ok(())
    }

    fn error(&mut self, error: &Unreadable) -> Result<(), Failure> {
        let failed = Failed {
            id: &error.id,
            error: &error.message,
        };
        match self {
            Self::Jsonl(out) => json_line(*out, &failed),
            Self::Json { out, any } => element(*out, any, &failed),
            _ => {
                complain(&told(error));
                Ok(())
            }
        }
    }

    fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Csv(mut table) => table.flush()?,
            Self::Json { out, any } => out.write_all(if any { b"\n]\n" } else { b"]\n" })?,
            _ => {}
        }
        Ok(())
    }
}

/// One element of a JSON array, on a line of its own.
fn element(out: &mut dyn Write, any: &mut bool, value: &impl Serialize) -> Result<(), Failure> {
    out.write_all(if *any { b",\n  " } else { b"\n  " })?;
    *any = true;
    serde_json::to_writer(out, value).map_err(std::io::Error::from)?;
    Ok(())
}

/// The name that the JSON gives to a value ("up", "money").
fn name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn cells(row: &Row<'_>) -> [String; COLUMNS.len()] {
    let figure = row.figure;
    let paired = figure.paired_with.as_ref();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        row.document.to_owned(),
        name(&figure.kind),
        figure.low.to_string(),
        figure.high.to_string(),
        figure.unit.clone(),
        figure.surface.clone(),
        figure.span.start.to_string(),
        figure.span.end.to_string(),
        figure.precision.to_string(),
        figure.margin.to_string(),
        figure.approximate.to_string(),
        text(&figure.period),
        text(&figure.subject),
        text(&figure.entity),
        figure.direction.as_ref().map(name).unwrap_or_default(),
        paired.map(|amount| amount.low.to_string()).unwrap_or_default(),
        paired.map(|amount| amount.high.to_string()).unwrap_or_default(),
        paired.map(|amount| amount.unit.clone()).unwrap_or_default(),
        figure.sentence.start.to_string(),
    ]
}

/// One line for people: kind, value, unit, and in brackets what is known besides.
fn human(out: &mut dyn Write, figure: &Figure) -> Result<(), Failure> {
    let value = if figure.low < figure.high {
        format!("{} to {}", figure.low, figure.high)
    } else {
        figure.low.to_string()
    };
    let mut known: Vec<String> = Vec::new();
    for part in [&figure.entity, &figure.subject, &figure.period] {
        known.extend(part.clone());
    }
    known.extend(figure.direction.as_ref().map(name));
    if let Some(paired) = &figure.paired_with {
        known.push(format!("= {} {}", paired.low, paired.unit));
    }
    let kind = name(&figure.kind);
    let surface = figure.surface.split_whitespace().collect::<Vec<_>>().join(" ");
    let amount = format!("{value} {}", figure.unit);
    writeln!(
        out,
        "  {kind:<9} {:<28} {:<28} {}",
        clean(amount.trim_end()),
        clean(&surface),
        clean(&known.join(", "))
    )?;
    Ok(())
}
