//! Feature tables: rows as CSV (gzip), one file a data set. Numbers only.
//!
//! `levels.csv` holds a line a column: its name, the version of the feature, and its levels ([`super::levels`]). In the tables
//! stand `id,label,fold,attacked,cut,generator,group,words`, then `ngram_EXPERT` ... (see [`Row::ngram`]), then `surprisal`
//! ([`Row::surprisal`]; tables of older models lack the column), then `levels`: a letter for each line of `levels.csv`, `.` for an unmeasurable value.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::TrainError;
use super::levels;
use super::matching::{FIGURES, QUOTED};
use super::row::{Column, Columns, Label, Row};
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

/// Column of the mean surprisal.
const SURPRISAL: &str = "surprisal";
/// Column of the letters.
const LEVELS: &str = "levels";
/// File of the columns and their levels.
const LEVELS_FILE: &str = "levels.csv";

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
    write_levels(&folder.join(LEVELS_FILE), columns)?;
    for set in 0..SETS.len() {
        let Some(path) = path_of(folder, set) else {
            continue;
        };
        let bad = |error: &dyn std::fmt::Display| TrainError::table(&path, error);
        let file = File::create(&path).map_err(|error| bad(&error))?;
        let mut writer = csv::Writer::from_writer(GzEncoder::new(file, Compression::best()));
        let mut header: Vec<String> = FACTS.iter().map(ToString::to_string).collect();
        header.extend((0..NGRAMS).map(|expert| format!("ngram_{expert}")));
        header.push(SURPRISAL.to_owned());
        header.push(LEVELS.to_owned());
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
            record.push(row.surprisal.map_or(String::new(), |mean| mean.to_string()));
            let letter = |(column, value): (&Column, &Option<f64>)| {
                char::from(levels::letter(
                    value.and_then(|value| levels::nearest(&column.levels, value)),
                ))
            };
            record.push(columns.all.iter().zip(&row.values).map(letter).collect());
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
    let columns = read_levels(&folder.join(LEVELS_FILE))?;
    let mut rows = Vec::new();
    for (index, set) in SETS.iter().enumerate() {
        let Some(path) = path_of(folder, index) else {
            continue;
        };
        let file = File::open(&path).map_err(|error| TrainError::table(&path, &error))?;
        let mut reader = csv::Reader::from_reader(GzDecoder::new(file));
        for record in reader.records() {
            let record = record.map_err(|error| TrainError::table(&path, &error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let row = parse(&record, index, set, &columns);
            rows.push(row.ok_or_else(|| {
                TrainError::table(
                    &path,
                    &format!("line {line}: not a row of a feature table with the columns of {LEVELS_FILE}"),
                )
            })?);
        }
    }
    Ok((columns, rows))
}

fn parse(record: &csv::StringRecord, index: usize, set: &Set, columns: &Columns) -> Option<Row> {
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
    let surprisal = if record.len() == FACTS.len() + NGRAMS + 2 {
        match cells.next()? {
            "" => None,
            mean => Some(mean.parse().ok()?),
        }
    } else {
        None
    };
    let letters = cells.next()?.as_bytes();
    if letters.len() != columns.all.len() {
        return None;
    }
    let value = |(column, &letter): (&Column, &u8)| levels::value(&column.levels, letter);
    let values = columns
        .all
        .iter()
        .zip(letters)
        .map(value)
        .collect::<Option<Vec<_>>>()?;
    let matched = [FIGURES, QUOTED].map(|name| {
        let value = columns
            .index(name)
            .and_then(|at| values.get(at).copied().flatten());
        value.unwrap_or(0.0)
    });
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
        genre: 0,
        group,
        words,
        matched,
        values,
        grams: Vec::new(),
        units: Vec::new(),
        fingerprint: 0,
        observed: None,
        ngram,
        surprisal,
    })
}

fn write_levels(path: &Path, columns: &Columns) -> Result<(), TrainError> {
    let bad = |error: &dyn std::fmt::Display| TrainError::table(path, error);
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_path(path)
        .map_err(|error| bad(&error))?;
    for column in &columns.all {
        let facts = [column.name.clone(), column.version.to_string()];
        let record = facts.into_iter().chain(column.levels.iter().map(f64::to_string));
        writer.write_record(record).map_err(|error| bad(&error))?;
    }
    writer.flush().map_err(|error| bad(&error))
}

fn read_levels(path: &Path) -> Result<Columns, TrainError> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_path(path)
        .map_err(|error| TrainError::table(path, &error))?;
    let mut all = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| TrainError::table(path, &error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let mut cells = record.iter();
        let name = cells.next().map(str::to_owned);
        let version = cells.next().and_then(|cell| cell.parse().ok());
        let levels: Option<Vec<f64>> = cells.map(|cell| cell.parse().ok()).collect();
        match (name, version, levels.filter(|levels| levels.is_sorted())) {
            (Some(name), Some(version), Some(levels)) => all.push(Column {
                name,
                version,
                levels,
            }),
            _ => {
                let message = format!("line {line}: not a name, a version and ascending levels");
                return Err(TrainError::table(path, &message));
            }
        }
    }
    Ok(Columns { all })
}

/// SHA-256 over the levels and the uncompressed tables in the order of [`SETS`].
///
/// # Errors
/// [`TrainError::Table`] if a table is missing.
pub fn digest(folder: &Path) -> Result<String, TrainError> {
    let mut hasher = Sha256::new();
    let path = folder.join(LEVELS_FILE);
    hasher.update(fs::read(&path).map_err(|error| TrainError::table(&path, &error))?);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_with_their_surprisal_and_from_older_tables_without() {
        let folder = std::env::temp_dir().join(format!("byline-table-{}", std::process::id()));
        let columns = Columns { all: Vec::new() };
        let row = |id: &str, surprisal| Row {
            id: id.to_owned(),
            label: Label::Human,
            tabled: true,
            words: 80,
            ngram: vec![0.5; NGRAMS],
            surprisal,
            ..Row::default()
        };
        write(&folder, &columns, &[row("one", Some(5.23)), row("two", None)]).unwrap();
        let (_, read) = read(&folder).unwrap();
        let told: Vec<_> = read.iter().map(|row| (row.id.as_str(), row.surprisal)).collect();
        assert_eq!(told, [("one", Some(5.23)), ("two", None)]);
        fs::remove_dir_all(&folder).unwrap();
        let cells = ["three", "human", "0", "0", "0", "", "three", "80"];
        let older = cells
            .into_iter()
            .chain(std::iter::repeat_n("0.5", NGRAMS))
            .chain([""]);
        let record: csv::StringRecord = older.collect();
        let row = parse(&record, 0, &SETS[0], &columns).unwrap();
        assert_eq!((row.surprisal, row.ngram), (None, vec![0.5; NGRAMS]));
    }
}
