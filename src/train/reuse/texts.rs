//! The corpora's texts and pairs files.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

use crate::document::{Document, RawDocument};
use crate::train::TrainError;

/// A text as it stands in a corpus file.
#[derive(Deserialize)]
pub(in crate::train) struct Entry {
    pub id: String,
    pub text: String,
    #[serde(default)]
    pub label: Option<String>,
    #[serde(default)]
    pub author: Option<String>,
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub generator: Option<String>,
    #[serde(default)]
    pub source_id: Option<String>,
    #[serde(default)]
    pub level: Option<String>,
    #[serde(default)]
    pub attack: Option<String>,
    #[serde(default)]
    pub prompt_id: Option<String>,
}

/// A corpus by id, in file order.
pub(in crate::train) struct Set {
    pub order: Vec<String>,
    pub by_id: HashMap<String, Entry>,
}

impl Set {
    pub fn read(folder: &Path, name: &str) -> Result<Self, TrainError> {
        let path = folder.join(format!("{name}.jsonl.gz"));
        let bad = |error: &dyn std::fmt::Display| TrainError::corpora(&path, error);
        let file = File::open(&path).map_err(|error| bad(&error))?;
        let (mut order, mut by_id) = (Vec::new(), HashMap::new());
        for line in BufReader::new(MultiGzDecoder::new(file)).lines() {
            let entry: Entry =
                serde_json::from_str(&line.map_err(|error| bad(&error))?).map_err(|error| bad(&error))?;
            order.push(entry.id.clone());
            by_id.insert(entry.id.clone(), entry);
        }
        Ok(Self { order, by_id })
    }

    pub fn document(&self, id: &str) -> Option<Document> {
        self.by_id.get(id).map(|entry| document(&entry.text))
    }

    pub fn field<'e>(&'e self, id: &str, get: impl Fn(&'e Entry) -> Option<&'e str>) -> &'e str {
        self.by_id.get(id).and_then(get).unwrap_or("")
    }
}

pub(super) fn document(text: &str) -> Document {
    Document::new(RawDocument {
        text: text.to_owned(),
        ..RawDocument::default()
    })
}

/// (a, b, relation) of a pairs file.
pub(super) fn relations(folder: &Path, name: &str) -> Result<Vec<(String, String, String)>, TrainError> {
    let path = folder.join(name);
    let mut reader = csv::Reader::from_path(&path).map_err(|error| TrainError::corpora(&path, &error))?;
    let mut pairs = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| TrainError::corpora(&path, &error))?;
        if let (Some(a), Some(b), Some(relation)) = (record.get(0), record.get(1), record.get(2)) {
            pairs.push((a.to_owned(), b.to_owned(), relation.to_owned()));
        }
    }
    Ok(pairs)
}
