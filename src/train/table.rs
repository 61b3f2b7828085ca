//! Feature tables: rows as CSV (gzip), one file a data set. Numbers only.
//!
//! In the tables stand `id,label,fold,attacked,cut,generator,group,words` (no group: the id), then `ngram_EXPERT` ... (see
//! [`Row::ngram`]), then `surprisal` ([`Row::surprisal`]). `levels.csv` holds a line a column: its name, the version of the feature,
//! and its levels ([`super::levels`]). `letters.csv.gz` holds a line a column, too: its name, and a letter for the level of each row, in
//! the order of [`SETS`] and of their tables, `.` for an unmeasurable value. By column, because letters of one feature compress better.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::TrainError;
use super::levels;
use super::matching::MATCHED;
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
/// File of the columns and their levels.
const LEVELS_FILE: &str = "levels.csv";
/// File of the letters.
const LETTERS_FILE: &str = "letters.csv.gz";

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
    write_letters(&folder.join(LETTERS_FILE), columns, rows)?;
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
        writer.write_record(&header).map_err(|error| bad(&error))?;
        for row in tabled(rows, set) {
            let mut record = vec![
                row.id.clone(),
                row.label.name().to_owned(),
                row.fold.to_string(),
                u8::from(row.attacked).to_string(),
                u8::from(row.cut).to_string(),
                row.generator.clone(),
                if row.group == row.id {
                    String::new()
                } else {
                    row.group.clone()
                },
                row.words.to_string(),
            ];
            record.extend(row.ngram.iter().map(ToString::to_string));
            record.push(row.surprisal.map_or(String::new(), |mean| mean.to_string()));
            writer.write_record(&record).map_err(|error| bad(&error))?;
        }
        let encoder = writer.into_inner().map_err(|error| bad(&error))?;
        encoder.finish().map_err(|error| bad(&error))?;
    }
    Ok(())
}

/// The rows of a set that stand in its table.
fn tabled(rows: &[Row], set: usize) -> impl Iterator<Item = &Row> {
    rows.iter().filter(move |row| row.set == set && row.tabled)
}

/// Reads the tables back.
///
/// # Errors
/// [`TrainError::Table`] with file and line: a missing file, other columns than another table, a bad number.
pub fn read(folder: &Path) -> Result<(Columns, Vec<Row>), TrainError> {
    let columns = read_levels(&folder.join(LEVELS_FILE))?;
    let letters_path = folder.join(LETTERS_FILE);
    let letters = read_letters(&letters_path, &columns)?;
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
            let values = values(&columns, &letters, rows.len()).ok_or_else(|| {
                let message = format!(
                    "no letters of {LEVELS_FILE} for row {} of all tables",
                    rows.len() + 1
                );
                TrainError::table(&letters_path, &message)
            })?;
            let row = parse(&record, index, set, &columns, values);
            rows.push(row.ok_or_else(|| {
                TrainError::table(&path, &format!("line {line}: not a row of a feature table"))
            })?);
        }
    }
    if letters.iter().any(|letters| letters.len() != rows.len()) {
        let message = format!("letters for other than the {} rows of all tables", rows.len());
        return Err(TrainError::table(&letters_path, &message));
    }
    Ok((columns, rows))
}

/// The values of the row at this place among all tables.
fn values(columns: &Columns, letters: &[Vec<u8>], at: usize) -> Option<Vec<Option<f64>>> {
    let value = |(column, letters): (&Column, &Vec<u8>)| levels::value(&column.levels, *letters.get(at)?);
    columns.all.iter().zip(letters).map(value).collect()
}

fn parse(
    record: &csv::StringRecord,
    index: usize,
    set: &Set,
    columns: &Columns,
    values: Vec<Option<f64>>,
) -> Option<Row> {
    let mut cells = record.iter();
    let id = cells.next()?.to_owned();
    let label = Label::from_name(cells.next()?)?;
    let fold = cells.next()?.parse().ok().filter(|&fold: &usize| fold < FOLDS)?;
    let attacked = cells.next()? == "1";
    let cut = cells.next()? == "1";
    let generator = cells.next()?.to_owned();
    let group = match cells.next()? {
        "" => id.clone(),
        group => group.to_owned(),
    };
    let words = cells.next()?.parse().ok()?;
    let ngram = cells
        .by_ref()
        .take(NGRAMS)
        .map(str::parse)
        .collect::<Result<Vec<f64>, _>>()
        .ok()?;
    let surprisal = match cells.next()? {
        "" => None,
        mean => Some(mean.parse().ok()?),
    };
    let matched = MATCHED.map(|name| {
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
        register: Default::default(),
        values,
        grams: Vec::new(),
        units: Vec::new(),
        fingerprint: 0,
        observed: None,
        ngram,
        surprisal,
    })
}

fn write_letters(path: &Path, columns: &Columns, rows: &[Row]) -> Result<(), TrainError> {
    let bad = |error: &dyn std::fmt::Display| TrainError::table(path, error);
    let file = File::create(path).map_err(|error| bad(&error))?;
    let mut writer = csv::Writer::from_writer(GzEncoder::new(file, Compression::best()));
    for (at, column) in columns.all.iter().enumerate() {
        let letter = |row: &Row| {
            let value = row.values.get(at).copied().flatten();
            char::from(levels::letter(
                value.and_then(|value| levels::nearest(&column.levels, value)),
            ))
        };
        let rows = (0..SETS.len()).flat_map(|set| tabled(rows, set));
        let letters: String = rows.map(letter).collect();
        writer
            .write_record([&column.name, &letters])
            .map_err(|error| bad(&error))?;
    }
    let encoder = writer.into_inner().map_err(|error| bad(&error))?;
    encoder.finish().map_err(|error| bad(&error))?;
    Ok(())
}

/// The letters of each column.
fn read_letters(path: &Path, columns: &Columns) -> Result<Vec<Vec<u8>>, TrainError> {
    let bad = |error: &dyn std::fmt::Display| TrainError::table(path, error);
    let file = File::open(path).map_err(|error| bad(&error))?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(GzDecoder::new(file));
    let mut all: Vec<Vec<u8>> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| bad(&error))?;
        let column = columns.all.get(all.len()).map(|column| column.name.as_str());
        match record
            .get(1)
            .filter(|_| column.is_some() && record.get(0) == column)
        {
            Some(letters) => all.push(letters.as_bytes().to_vec()),
            None => {
                let message = format!("line {}: not the column of {LEVELS_FILE}", all.len() + 1);
                return Err(bad(&message));
            }
        }
    }
    if all.len() != columns.all.len() {
        return Err(bad(&format!("{} of {} columns", all.len(), columns.all.len())));
    }
    Ok(all)
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

/// SHA-256 over the levels, the letters and the uncompressed tables in the order of [`SETS`].
///
/// # Errors
/// [`TrainError::Table`] if a table is missing.
pub fn digest(folder: &Path) -> Result<String, TrainError> {
    let mut hasher = Sha256::new();
    let path = folder.join(LEVELS_FILE);
    hasher.update(fs::read(&path).map_err(|error| TrainError::table(&path, &error))?);
    let tables = (0..SETS.len()).filter_map(|set| path_of(folder, set));
    for path in std::iter::once(folder.join(LETTERS_FILE)).chain(tables) {
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
    fn rows_come_back_with_their_levels_and_without_letters_for_all_they_do_not() {
        let folder = std::env::temp_dir().join(format!("byline-table-{}", std::process::id()));
        let columns = Columns {
            all: vec![Column {
                name: "rhythm.sentence_length".to_owned(),
                version: 1,
                levels: vec![10.0, 20.0],
            }],
        };
        let row = |set, id: &str, group: &str, surprisal, value| Row {
            set,
            id: id.to_owned(),
            group: group.to_owned(),
            label: Label::Human,
            tabled: true,
            words: 80,
            ngram: vec![0.5; NGRAMS],
            surprisal,
            values: vec![value],
            ..Row::default()
        };
        // Rows of a later set may come first.
        let rows = [
            row(1, "one", "one", Some(5.23), Some(20.0)),
            row(0, "two", "asked", None, None),
            row(1, "three", "asked", None, Some(10.0)),
        ];
        write(&folder, &columns, &rows).unwrap();
        let (_, found) = read(&folder).unwrap();
        let told = |row: &Row| {
            (
                row.id.clone(),
                row.group.clone(),
                row.surprisal,
                row.values.clone(),
            )
        };
        let wanted = [1, 0, 2].map(|at: usize| told(&rows[at]));
        assert_eq!(found.iter().map(told).collect::<Vec<_>>(), wanted);
        write_letters(&folder.join(LETTERS_FILE), &columns, &rows[..2]).unwrap();
        let error = read(&folder).unwrap_err().to_string();
        assert!(
            error.contains("letters.csv.gz") && error.contains("row 3"),
            "{error}"
        );
        fs::remove_dir_all(&folder).unwrap();
    }
}
