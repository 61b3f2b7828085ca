//! A set of siblings: its articles, and what was planted in them.

use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
pub struct Article {
    pub id: String,
    pub cluster: String,
    pub role: String,
    pub agent: String,
    pub text: String,
}

/// What was planted in a cluster.
#[derive(Deserialize)]
pub struct Cluster {
    pub conflicts: Vec<Several>,
    #[serde(default)]
    pub traps: Vec<Trap>,
    pub linked_by_bio: Vec<(String, String)>,
}

/// What the articles of a cluster give for one fact.
#[derive(Deserialize)]
pub struct Several {
    pub subject: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub values: Vec<Value>,
}

/// Two values of a planted conflict.
pub struct Planted {
    pub subject: String,
    pub kind: String,
    pub values: [Value; 2],
}

#[derive(Deserialize)]
pub struct Trap {
    pub subject: String,
    pub why: String,
    pub values: [Value; 2],
}

/// A figure as one article gives it.
#[derive(Deserialize, Clone)]
pub struct Value {
    pub article: String,
    pub value: String,
    pub low: f64,
    pub high: f64,
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(default)]
    pub period: Option<String>,
}

impl Value {
    /// Whether the words of a change say that it rose; `None` if they do not tell.
    fn rises(&self) -> Option<bool> {
        let has = |list: &[&str]| {
            self.value
                .split(|c: char| !c.is_alphabetic())
                .any(|word| list.contains(&word.to_lowercase().as_str()))
        };
        match (has(&RISEN), has(&FALLEN)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }
}

/// Words for a rise among the planted changes.
const RISEN: [&str; 12] = [
    "rose",
    "risen",
    "up",
    "climbed",
    "crept",
    "grew",
    "gained",
    "increased",
    "higher",
    "more",
    "advance",
    "improved",
];
/// Words for a fall among them.
const FALLEN: [&str; 14] = [
    "fell",
    "fallen",
    "down",
    "declined",
    "dropped",
    "slipped",
    "shrank",
    "dipped",
    "decreased",
    "lower",
    "less",
    "fewer",
    "decline",
    "sank",
];

impl Several {
    /// What contradicts: dates of an event are of a kind of their own, whatever the set calls it.
    fn kind(&self) -> &str {
        let unit = self.values.first().and_then(|value| value.unit.as_deref());
        match unit {
            Some("date" | "month" | "year") => "date",
            _ => &self.kind,
        }
    }

    /// Every two of its values that cannot both hold. Two intervals with a point in common can; two changes in one direction can, too.
    pub fn pairs(&self) -> Vec<Planted> {
        let differ = |one: &Value, other: &Value| match self.kind() {
            "period" => one.period != other.period,
            "direction" => match (one.rises(), other.rises()) {
                (Some(one), Some(other)) => one != other,
                _ => true,
            },
            _ => one.high < other.low || other.high < one.low,
        };
        let values = self.values.iter().enumerate();
        values
            .flat_map(|(at, one)| self.values.iter().skip(at + 1).map(move |other| (one, other)))
            .filter(|(one, other)| differ(one, other))
            .map(|(one, other)| Planted {
                subject: self.subject.clone(),
                kind: self.kind().to_owned(),
                values: [one.clone(), other.clone()],
            })
            .collect()
    }
}

pub type Failed = Box<dyn std::error::Error>;

/// The files of a set: its articles, and what was planted in them.
pub fn files(set: &str) -> (PathBuf, PathBuf) {
    match set.strip_suffix(".jsonl.gz") {
        Some(stem) => (set.into(), format!("{stem}_facts.jsonl").into()),
        None => {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets").join(set);
            (
                folder.join("texts.jsonl"),
                folder.join(format!("{set}_facts.jsonl")),
            )
        }
    }
}

pub fn records<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Failed> {
    let said = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let file = std::fs::File::open(path).map_err(|error| said(&error))?;
    let mut text = String::new();
    match path.extension().is_some_and(|ending| ending == "gz") {
        true => flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text),
        false => BufReader::new(file).read_to_string(&mut text),
    }
    .map_err(|error| said(&error))?;
    text.lines()
        .map(|line| serde_json::from_str(line).map_err(|error| said(&error).into()))
        .collect()
}
