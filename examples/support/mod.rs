//! How the examples that measure on a corpora folder read it.

use std::io::{BufRead, BufReader};
use std::path::Path;

use serde_json::Value;

/// A field of a record as text, empty if it has none.
pub fn field<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or("")
}

/// The lines of a file, inflated if its name ends in `.gz`.
pub fn lines(path: &Path) -> Result<Vec<String>, String> {
    let file = std::fs::File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let reader: Box<dyn BufRead> = match path.extension().is_some_and(|ending| ending == "gz") {
        true => Box::new(BufReader::new(flate2::read::MultiGzDecoder::new(file))),
        false => Box::new(BufReader::new(file)),
    };
    reader
        .lines()
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())
}

/// The JSON records of a file, one a line.
pub fn records(path: &Path) -> Result<Vec<Value>, String> {
    let parse =
        |line: &String| serde_json::from_str(line).map_err(|error| format!("{}: {error}", path.display()));
    lines(path)?.iter().map(parse).collect()
}
