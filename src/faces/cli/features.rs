//! `byline features`: the registry of measures, or what they measure on documents.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::common::{Reading, complain};
use super::inputs::Counts;
use super::pipeline::{Job, Unreadable};
use super::score::told;
use super::{EXIT_CLEAR, EXIT_ERROR, Failure, Outcome};
use crate::measure::{FAMILIES, Features, Spec, measure, specs};
use crate::write::clean;
use crate::{Document, RawDocument};

const EXAMPLES: &str = "\
Examples:
  byline features                              every measure: name, unit, range, what it is
  byline features article.txt                  the measured values of a document
  byline features --to csv posts.jsonl > features.csv";

/// List the stylometric measures, or measure documents.
///
/// Without inputs: every measure with its unit, range, the fewest words it needs, what it measures
/// and where it comes from. With inputs: its values; a measure that cannot be taken (too few words)
/// is empty, never zero.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    /// Files, folders or `-` to measure [default: list the measures].
    #[arg(value_name = "FILE|DIR|-")]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// Output format.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = To::Human)]
    to: To,
}

/// Output formats of this command.
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
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let code = if args.inputs.is_empty() {
        list(&mut out, args.to)?;
        EXIT_CLEAR
    } else {
        measure_all(&mut out, args)?
    };
    out.flush()?;
    Ok(code)
}

#[derive(Serialize)]
struct Listed {
    name: &'static str,
    version: u16,
    unit: &'static str,
    low: Option<f64>,
    high: Option<f64>,
    min_words: u32,
    layout: bool,
    doc: &'static str,
    source: &'static str,
}

impl From<&'static Spec> for Listed {
    fn from(spec: &'static Spec) -> Self {
        let bound = |value: f64| value.is_finite().then_some(value);
        Self {
            name: spec.name,
            version: spec.version,
            unit: spec.unit,
            low: bound(spec.range.0),
            high: bound(spec.range.1),
            min_words: spec.min_words,
            layout: spec.layout,
            doc: spec.doc,
            source: spec.source,
        }
    }
}

fn list(out: &mut dyn Write, to: To) -> Result<(), Failure> {
    match to {
        To::Jsonl => {
            for spec in specs() {
                json_line(out, &Listed::from(spec))?;
            }
        }
        To::Csv => {
            let mut table = csv::Writer::from_writer(out);
            for spec in specs() {
                table.serialize(Listed::from(spec)).map_err(csv_failure)?;
            }
            table.flush()?;
        }
        To::Human => {
            for family in FAMILIES {
                writeln!(out, "{}: {}", family.name, family.doc)?;
                for spec in family.specs {
                    let layout = if spec.layout { ", depends on layout" } else { "" };
                    writeln!(
                        out,
                        "  {} (v{})\n      {}\n      {}, {} to {}, from {} words{layout}; {}",
                        spec.name,
                        spec.version,
                        spec.doc,
                        spec.unit,
                        spec.range.0,
                        spec.range.1,
                        spec.min_words,
                        spec.source
                    )?;
                }
                writeln!(out)?;
            }
        }
    }
    Ok(())
}

/// One document's values in registry order.
struct Measured<'a> {
    raw: &'a RawDocument,
    words: usize,
    features: &'a Features,
}

/// A document without values.
#[derive(Serialize)]
struct Failed<'a> {
    id: &'a str,
    error: &'a str,
}

struct InOrder<'a>(&'a Features);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let values = self.0.values();
        let mut map = serializer.serialize_map(Some(values.len()))?;
        for (spec, value) in specs().zip(values) {
            map.serialize_entry(spec.name, value)?;
        }
        map.end()
    }
}

impl Serialize for Measured<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.raw.id)?;
        map.serialize_entry("source", &self.raw.source)?;
        map.serialize_entry("words", &self.words)?;
        map.serialize_entry("features", &InOrder(self.features))?;
        map.end()
    }
}

/// Writes documents' values in one of the formats.
enum Table<'a> {
    Human(&'a mut dyn Write),
    Jsonl(&'a mut dyn Write),
    Csv(Box<csv::Writer<&'a mut dyn Write>>),
}

impl<'a> Table<'a> {
    fn new(out: &'a mut dyn Write, to: To) -> Result<Self, Failure> {
        Ok(match to {
            To::Human => Self::Human(out),
            To::Jsonl => Self::Jsonl(out),
            To::Csv => {
                let mut table = csv::Writer::from_writer(out);
                let columns = ["id", "words"].into_iter().chain(specs().map(|spec| spec.name));
                table.write_record(columns).map_err(csv_failure)?;
                Self::Csv(Box::new(table))
            }
        })
    }

    fn row(&mut self, measured: &Measured<'_>) -> Result<(), Failure> {
        match self {
            Self::Jsonl(out) => json_line(out, measured)?,
            Self::Csv(table) => {
                let values = measured.features.values().iter();
                let cells = [measured.raw.id.clone(), measured.words.to_string()]
                    .into_iter()
                    .chain(values.map(|value| value.map(|v| v.to_string()).unwrap_or_default()));
                table.write_record(cells).map_err(csv_failure)?;
            }
            Self::Human(out) => {
                writeln!(out, "{} ({} words)", clean(&measured.raw.id), measured.words)?;
                let width = specs().map(|spec| spec.name.len()).max().unwrap_or(0);
                for (spec, value) in specs().zip(measured.features.values()) {
                    let value = value.map_or_else(|| "-".to_owned(), |value| format!("{value:.4}"));
                    writeln!(out, "  {:width$}  {value:>12}  {}", spec.name, spec.unit)?;
                }
                writeln!(out)?;
            }
        }
        Ok(())
    }

    fn error(&mut self, error: &Unreadable) -> Result<(), Failure> {
        match self {
            Self::Jsonl(out) => json_line(
                out,
                &Failed {
                    id: &error.id,
                    error: &error.message,
                },
            ),
            _ => {
                complain(&told(error));
                Ok(())
            }
        }
    }

    fn finish(self) -> Result<(), Failure> {
        if let Self::Csv(mut table) = self {
            table.flush()?;
        }
        Ok(())
    }
}

fn measure_all(out: &mut dyn Write, args: &Args) -> Outcome {
    let job = Job {
        named: args.inputs.clone(),
        output: None,
        reading: args.reading.clone(),
        counts: Arc::new(Counts::default()),
    };
    let mut table = Table::new(out, args.to)?;
    let mut result = Ok(());
    let mut code = EXIT_CLEAR;
    job.each(|item| {
        result = match item {
            Ok(raw) => {
                let document = Document::new(raw);
                table.row(&Measured {
                    raw: document.raw(),
                    words: document.words().len(),
                    features: &measure(&document),
                })
            }
            Err(error) => {
                code = EXIT_ERROR;
                table.error(&error)
            }
        };
        result.is_ok()
    });
    result?;
    table.finish()?;
    Ok(code)
}

pub(super) fn json_line(out: &mut dyn Write, value: &impl Serialize) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, value).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

pub(super) fn csv_failure(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Failure::Output(error),
        other => Failure::Said(format!("cannot write the table: {other:?}")),
    }
}
