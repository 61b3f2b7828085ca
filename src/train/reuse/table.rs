//! The table of measured pairs: CSV, packed by gzip, numbers only.
//!
//! Columns: `set,group_a,group_b,copied,level,trains`, then the features by name with `@version`. Groups are fixed hashes; an
//! empty cell is an unmeasurable value or an unknown label. Values are rounded, and training reads them back, so a table and
//! a model belong together bit for bit.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::PairRow;
use crate::corpus::{Level, judge};
use crate::document::word_hash;
use crate::model::hex;
use crate::train::TrainError;

/// Columns before the features.
const FACTS: [&str; 6] = ["set", "group_a", "group_b", "copied", "level", "trains"];

fn header() -> Vec<String> {
    let features = judge::SPECS
        .iter()
        .map(|spec| format!("{}@{}", spec.name, spec.version));
    FACTS.iter().map(ToString::to_string).chain(features).collect()
}

/// A level's name in the JSON.
fn level_name(level: Level) -> String {
    serde_json::to_value(level)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Writes a table.
///
/// # Errors
/// [`TrainError::Table`] with the file.
pub fn write(path: &Path, rows: &[PairRow]) -> Result<(), TrainError> {
    let bad = |error: &dyn std::fmt::Display| TrainError::table(path, error);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| bad(&error))?;
    }
    let file = File::create(path).map_err(|error| bad(&error))?;
    let mut writer = csv::Writer::from_writer(GzEncoder::new(file, Compression::best()));
    writer.write_record(header()).map_err(|error| bad(&error))?;
    for row in rows {
        let flag = |flag: bool| u8::from(flag).to_string();
        let mut cells = vec![row.set.clone()];
        // Already hashed groups (of a table that was read) stay as they are.
        cells.extend(
            row.groups
                .iter()
                .map(|group| format!("{:08x}", word_hash(group) >> 32)),
        );
        cells.push(row.copied.map(flag).unwrap_or_default());
        cells.push(row.level.map(level_name).unwrap_or_default());
        cells.push(flag(row.trains));
        cells.extend(
            row.values
                .iter()
                .map(|value| value.map(|value| format!("{value:.5}")).unwrap_or_default()),
        );
        writer.write_record(&cells).map_err(|error| bad(&error))?;
    }
    let packed = writer.into_inner().map_err(|error| bad(&error))?;
    packed.finish().map(drop).map_err(|error| bad(&error))
}

/// Reads a table, with the SHA-256 of its text.
///
/// # Errors
/// [`TrainError::Table`]: missing, another set of features, or a cell that is no number.
pub fn read(path: &Path) -> Result<(Vec<PairRow>, String), TrainError> {
    let bad = |error: &dyn std::fmt::Display| TrainError::table(path, error);
    let file = File::open(path)
        .map_err(|error| bad(&format!("{error}; write it with `byline train --reuse CORPORA`")))?;
    let mut bytes = Vec::new();
    GzDecoder::new(file)
        .read_to_end(&mut bytes)
        .map_err(|error| bad(&error))?;
    let digest = hex(&Sha256::digest(&bytes));
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let found: Vec<String> = reader
        .headers()
        .map_err(|error| bad(&error))?
        .iter()
        .map(str::to_owned)
        .collect();
    if found != header() {
        return Err(bad(
            &"the columns are not those of this build's pair features; write it anew",
        ));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| bad(&error))?;
        let cell = |at: usize| record.get(at).unwrap_or("");
        let level = judge::LEVELS
            .iter()
            .copied()
            .find(|level| level_name(*level) == cell(4));
        let number = |text: &str| -> Result<Option<f64>, TrainError> {
            if text.is_empty() {
                return Ok(None);
            }
            text.parse()
                .map(Some)
                .map_err(|error| bad(&format!("row {}: {text}: {error}", rows.len() + 2)))
        };
        let values = record
            .iter()
            .skip(FACTS.len())
            .map(number)
            .collect::<Result<_, TrainError>>()?;
        rows.push(PairRow {
            set: cell(0).to_owned(),
            groups: [cell(1).to_owned(), cell(2).to_owned()],
            copied: match cell(3) {
                "1" => Some(true),
                "0" => Some(false),
                _ => None,
            },
            level,
            trains: cell(5) == "1",
            values,
        });
    }
    Ok((rows, digest))
}
