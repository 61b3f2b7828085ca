//! Feature tables: rows as CSV (gzip), one file a data set. Numbers only.
//!
//! Columns: `id,label,fold,attacked,cut,generator,group,words`, then `ngram_EXPERT` ... (see [`Row::ngram`]), then the columns of the
//! dense stage by name, with `@version` behind it. An empty cell is an unmeasurable value.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::TrainError;
use super::row::{Columns, Label, Row};
use super::sets::{FAMILIES, FOLDS, SETS, Set};
use crate::model::hex;

/// Columns before the n-gram scores.
const FACTS: [&str; 8] = [
    "id",
    "label",
    "fold",
    "attacked",
    "cut",
    "generator",
    "group",
    "words",
];

/// Columns of n-gram scores.
const NGRAMS: usize = FAMILIES.len();

fn path_of(folder: &Path, set: usize) -> Option<PathBuf> {
    SETS.get(set)
        .map(|set| folder.join(format!("{}.csv.gz", set.name)))
}

/// Writes the rows, one file for each data set that has any.
///
/// # Errors
/// [`TrainError::Table`] with the file.
pub fn write(folder: &Path, columns: &Columns, rows: &[Row]) -> Result<(), TrainError> {
    fs::create_dir_all(folder).map_err(|error| TrainError::table(folder, &error))?;
    for set in 0..SETS.len() {
        let Some(path) = path_of(folder, set) else {
            continue;
        };
        let bad = |error: &dyn std::fmt::Display| TrainError::table(&path, error);
        let file = File::create(&path).map_err(|error| bad(&error))?;
        let mut writer = csv::Writer::from_writer(GzEncoder::new(file, Compression::best()));
        let mut header: Vec<String> = FACTS.iter().map(ToString::to_string).collect();
        header.extend((0..NGRAMS).map(|expert| format!("ngram_{expert}")));
        header.extend(
            columns
                .names
                .iter()
                .map(|(name, version)| format!("{name}@{version}")),
        );
        writer.write_record(&header).map_err(|error| bad(&error))?;
        for row in rows.iter().filter(|row| row.set == set && row.tabled) {
            let mut record = vec![
                row.id.clone(),
                row.label.name().to_owned(),
                row.fold.to_string(),
                u8::from(row.attacked).to_string(),
                u8::from(row.cut).to_string(),
                row.generator.clone(),
                row.group.clone(),
                row.words.to_string(),
            ];
            record.extend(row.ngram.iter().map(ToString::to_string));
            record.extend(
                row.values
                    .iter()
                    .map(|value| value.map_or(String::new(), |value| value.to_string())),
            );
            writer.write_record(&record).map_err(|error| bad(&error))?;
        }
        let encoder = writer.into_inner().map_err(|error| bad(&error))?;
        encoder.finish().map_err(|error| bad(&error))?;
    }
    Ok(())
}

/// Reads the tables back.
///
/// # Errors
/// [`TrainError::Table`] with file and line: a missing file, other columns than another table, a bad number.
pub fn read(folder: &Path) -> Result<(Columns, Vec<Row>), TrainError> {
    let mut columns: Option<Columns> = None;
    let mut rows = Vec::new();
    for (index, set) in SETS.iter().enumerate() {
        let Some(path) = path_of(folder, index) else {
            continue;
        };
        let file = File::open(&path).map_err(|error| TrainError::table(&path, &error))?;
        let mut reader = csv::Reader::from_reader(GzDecoder::new(file));
        let header = reader
            .headers()
            .map_err(|error| TrainError::table(&path, &error))?;
        let names = header.iter().skip(FACTS.len() + NGRAMS).map(|cell| {
            let (name, version) = cell.split_once('@').unwrap_or((cell, ""));
            version.parse().map(|version| (name.to_owned(), version))
        });
        let names = names
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| TrainError::table(&path, &error))?;
        let mine = Columns { names };
        if columns.as_ref().is_some_and(|columns| *columns != mine) {
            return Err(TrainError::table(
                &path,
                &"its columns are not those of the other tables",
            ));
        }
        columns = Some(mine);
        for record in reader.records() {
            let record = record.map_err(|error| TrainError::table(&path, &error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let row = parse(&record, index, set);
            rows.push(row.ok_or_else(|| {
                TrainError::table(&path, &format!("line {line}: not a row of a feature table"))
            })?);
        }
    }
    Ok((columns.unwrap_or(Columns { names: Vec::new() }), rows))
}

fn parse(record: &csv::StringRecord, index: usize, set: &Set) -> Option<Row> {
    let mut cells = record.iter();
    let id = cells.next()?.to_owned();
    let label = Label::from_name(cells.next()?)?;
    let fold = cells.next()?.parse().ok().filter(|&fold: &usize| fold < FOLDS)?;
    let attacked = cells.next()? == "1";
    let cut = cells.next()? == "1";
    let generator = cells.next()?.to_owned();
    let group = cells.next()?.to_owned();
    let words = cells.next()?.parse().ok()?;
    let ngram = cells
        .by_ref()
        .take(NGRAMS)
        .map(str::parse)
        .collect::<Result<Vec<f64>, _>>()
        .ok()?;
    let value = |cell: &str| {
        if cell.is_empty() {
            Ok(None)
        } else {
            cell.parse().map(Some)
        }
    };
    let values = cells.map(value).collect::<Result<Vec<_>, _>>().ok()?;
    Some(Row {
        set: index,
        fold,
        id,
        label,
        tabled: true,
        trains: set.trains,
        attacked,
        cut,
        generator,
        group,
        words,
        values,
        grams: Vec::new(),
        fingerprint: 0,
        observed: None,
        ngram,
    })
}

/// SHA-256 over the uncompressed tables in the order of [`SETS`].
///
/// # Errors
/// [`TrainError::Table`] if a table is missing.
pub fn digest(folder: &Path) -> Result<String, TrainError> {
    let mut hasher = Sha256::new();
    for set in 0..SETS.len() {
        let Some(path) = path_of(folder, set) else {
            continue;
        };
        let file = File::open(&path).map_err(|error| TrainError::table(&path, &error))?;
        std::io::copy(&mut GzDecoder::new(file), &mut hasher)
            .map_err(|error| TrainError::table(&path, &error))?;
    }
    Ok(hex(&hasher.finalize()))
}
