//! A flat table: one row a document, for spreadsheets and data frames.

use std::io;

use super::kit::words::{abstention, action, axis};
use super::{Output, Writer};
use crate::document::Document;
use crate::verdict::Verdict;

/// The format.
pub const OUTPUT: Output = Output {
    name: "csv",
    shows_errors: true,
    shows_parts: false,
    writer: |_| Box::new(Csv),
};

/// The columns; new ones are added at the end, before `error`.
const COLUMNS: [&str; 23] = [
    "id",
    "source",
    "model",
    "words",
    "language",
    "declared",
    "producer",
    "declared_by",
    "machine_probability",
    "machine_log_odds",
    "machine_p_value",
    "machine_resembles",
    "machine_abstained",
    "syndicated_probability",
    "syndicated_log_odds",
    "syndicated_head",
    "syndicated_abstained",
    "signs",
    "figures",
    "action",
    "decided_by",
    "reasons",
    "error",
];

/// Size of a usual row in bytes, to start with.
const ROW_BYTES: usize = 1024;

/// Separates the values of a list inside one cell.
const IN_CELL: &str = "; ";

struct Csv;

impl Writer for Csv {
    fn begin(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        row(out, &COLUMNS)
    }

    fn document(&mut self, out: &mut dyn io::Write, _: &Document, verdict: &Verdict) -> io::Result<()> {
        let (machine, syndicated) = (&verdict.machine, &verdict.syndicated);
        let decided: Vec<&str> = verdict.decided_by.iter().map(|by| axis(*by)).collect();
        let cells: [&str; COLUMNS.len()] = [
            &verdict.id,
            verdict.source.as_deref().unwrap_or(""),
            &verdict.model,
            &verdict.words.to_string(),
            &verdict.language,
            if verdict.declared.found { "true" } else { "false" },
            verdict.declared.producer.as_deref().unwrap_or(""),
            &verdict.declared.by.join(IN_CELL),
            &machine.probability.to_string(),
            &machine.log_odds.to_string(),
            &machine.p_value.to_string(),
            machine.resembles.as_deref().unwrap_or(""),
            machine.abstained.map(abstention).unwrap_or(""),
            &syndicated.probability.to_string(),
            &syndicated.log_odds.to_string(),
            syndicated.head,
            syndicated.abstained.map(abstention).unwrap_or(""),
            &verdict.signs.len().to_string(),
            &verdict.figures.found.to_string(),
            action(verdict.action),
            &decided.join(IN_CELL),
            &verdict.reasons.join(IN_CELL),
            "",
        ];
        row(out, &cells)
    }

    fn error(&mut self, out: &mut dyn io::Write, id: &str, message: &str) -> io::Result<()> {
        let mut cells = [""; COLUMNS.len()];
        let [first, .., last] = &mut cells;
        *first = id;
        *last = message;
        row(out, &cells)
    }
}

/// Writes one row. It is put together in memory first, so that the sink's errors come through as they are.
fn row(out: &mut dyn io::Write, cells: &[&str]) -> io::Result<()> {
    let mut table = ::csv::WriterBuilder::new()
        .buffer_capacity(ROW_BYTES)
        .from_writer(Vec::with_capacity(ROW_BYTES));
    table.write_record(cells).map_err(io::Error::other)?;
    let line = table
        .into_inner()
        .map_err(|error| io::Error::other(error.to_string()))?;
    out.write_all(&line)
}
