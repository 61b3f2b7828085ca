//! A set of sibling articles, and what was planted in them.

use std::io::{BufReader, Read};
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::document::{Document, RawDocument, Span};
use crate::train::TrainError;

/// An article.
#[derive(Debug, Clone, Deserialize)]
pub struct Article {
    /// Its id.
    pub id: String,
    /// The story it is of.
    pub cluster: String,
    /// `disclosed`, `bio_only`, `bare` or `control`.
    pub role: String,
    /// Who signs it.
    pub agent: String,
    /// What it says.
    pub text: String,
}

/// What was planted in a cluster.
#[derive(Debug, Clone, Deserialize)]
pub struct Cluster {
    /// Contradictions.
    pub conflicts: Vec<Several>,
    /// Figures that look like one and are none.
    #[serde(default)]
    pub traps: Vec<Trap>,
    /// Articles that are silent about their author, each with the one that shares its biography and is not.
    pub linked_by_bio: Vec<(String, String)>,
}

/// What the articles of a cluster give for one fact.
#[derive(Debug, Clone, Deserialize)]
pub struct Several {
    /// What it is about.
    pub subject: String,
    /// `value`, `period` or `direction`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What they give.
    pub values: Vec<Value>,
}

/// Two values of a planted conflict.
#[derive(Debug, Clone)]
pub struct Planted {
    /// What it is about.
    pub subject: String,
    /// `value`, `date`, `period` or `direction`.
    pub kind: String,
    /// The two.
    pub values: [Value; 2],
}

/// Two figures that look like a contradiction and are none.
#[derive(Debug, Clone, Deserialize)]
pub struct Trap {
    /// What it is about.
    pub subject: String,
    /// Why it is none.
    pub why: String,
    /// The two.
    pub values: [Value; 2],
}

/// A figure as one article gives it.
#[derive(Debug, Clone, Deserialize)]
pub struct Value {
    /// Id of the article.
    pub article: String,
    /// As it stands there.
    pub value: String,
    /// Its interval.
    pub low: f64,
    /// Its interval.
    pub high: f64,
    /// Its unit.
    #[serde(default)]
    pub unit: Option<String>,
    /// Its time.
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
    #[must_use]
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

/// A set, read.
#[derive(Debug, Clone)]
pub struct Siblings {
    /// Its articles.
    pub articles: Vec<Article>,
    /// What was planted, a story each.
    pub stories: Vec<Cluster>,
}

impl Siblings {
    /// Reads a set: a folder with `texts.jsonl` and `NAME_facts.jsonl`, NAME being its own name, or a file `NAME.jsonl.gz` with
    /// `NAME_facts.jsonl` beside it.
    ///
    /// # Errors
    /// [`TrainError::Siblings`], with the file and what is wrong with it.
    pub fn read(set: &Path) -> Result<Self, TrainError> {
        let name = set
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        let (texts, facts) = match name.strip_suffix(".jsonl.gz") {
            Some(stem) => (set.to_owned(), set.with_file_name(format!("{stem}_facts.jsonl"))),
            None => (set.join("texts.jsonl"), set.join(format!("{name}_facts.jsonl"))),
        };
        Ok(Self {
            articles: records(&texts)?,
            stories: records(&facts)?,
        })
    }

    /// Every planted contradiction between two articles.
    #[must_use]
    pub fn planted(&self) -> Vec<Planted> {
        let stories = self.stories.iter();
        stories
            .flat_map(|story| story.conflicts.iter().flat_map(Several::pairs))
            .collect()
    }
}

impl Article {
    /// As the other stages see it.
    #[must_use]
    pub fn document(&self) -> Document {
        Document::new(RawDocument {
            id: self.id.clone(),
            text: self.text.clone(),
            ..RawDocument::default()
        })
    }

    /// Whether a span of its text overlaps a place where it gives a value.
    #[must_use]
    pub fn gives(&self, value: &Value, span: Span) -> bool {
        let mut places = self.text.match_indices(&value.value);
        self.id == value.article
            && places.any(|(start, found)| {
                (span.start as usize) < start + found.len() && start < span.end as usize
            })
    }
}

fn records<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, TrainError> {
    let wrong = |message: String| TrainError::Siblings {
        path: path.to_owned(),
        message,
    };
    let file = std::fs::File::open(path).map_err(|error| wrong(error.to_string()))?;
    let mut text = String::new();
    match path.extension().is_some_and(|ending| ending == "gz") {
        true => flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text),
        false => BufReader::new(file).read_to_string(&mut text),
    }
    .map_err(|error| wrong(error.to_string()))?;
    text.lines()
        .enumerate()
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| wrong(format!("line {}: {error}", at + 1)))
        })
        .collect()
}
