//! Was a document taken from one of the corpus? The syndicated axis's second head: what the text itself shows, and what an index
//! knows of it.
//!
//! An index holds no texts, so what counts here are shares of sampled word runs and figures; two texts side by side are compared
//! by [`judge`](super::judge). The weights are fitted with linfa by `byline train --reuse` and stand in
//! `models/reuse/corpus.toml`.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::day::read_day;
use super::index::{Answer, Item, Near, Record};

/// The head that byline ships.
const SHIPPED: &str = include_str!("../../models/reuse/corpus.toml");

/// Format of the file.
const FORMAT: u32 = 1;

/// Largest size of the document head's log-odds that counts: beyond, it has no more to say.
const MOST_DOCUMENT: f64 = 6.0;

/// Most sources named.
const MOST_SOURCES: usize = 8;

/// An input of the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spec {
    /// Its name in the evidence.
    pub name: &'static str,
    /// What it measures, in words.
    pub about: &'static str,
}

/// The inputs, in order. The first one stands for the document head's parts.
pub const SPECS: [Spec; 5] = [
    Spec {
        name: "document",
        about: "What the text itself shows: log-odds of the head that sees no corpus, -6 to 6.",
    },
    Spec {
        name: "corpus.contained",
        about: "Share of this text's word runs that one document of the corpus holds, 0 to 1.",
    },
    Spec {
        name: "corpus.contains",
        about: "Share of that document's word runs that this text holds, 0 to 1.",
    },
    Spec {
        name: "corpus.runs",
        about: "Logarithm of 1 plus the sampled word runs shared with that document.",
    },
    Spec {
        name: "corpus.figures",
        about: "Logarithm of 1 plus the weight of the rare figures shared with one document.",
    },
];

/// Number of inputs.
pub const WIDTH: usize = SPECS.len();

/// What an index tells of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Reuse {
    /// The inputs, in the order of [`SPECS`].
    pub values: [f64; WIDTH],
    /// Documents that it may have been taken from: near copies that are not known to be younger, the closest first.
    pub sources: Vec<String>,
    /// How many of its figures other documents give.
    pub shared_figures: usize,
}

/// Whether a document of the index may be older: it is, or a date is not known.
fn may_be_source(item: &Item, record: &Record) -> bool {
    let day = |record: &Record| record.date.as_deref().and_then(read_day);
    match (day(&item.record), day(record)) {
        (Some(own), Some(other)) => other <= own,
        _ => true,
    }
}

impl Reuse {
    /// Measures what the index answered about a document. `document` is the document head's log-odds.
    #[must_use]
    pub fn of(document: f64, item: &Item, answer: &Answer) -> Self {
        let older: Vec<&Near> = answer
            .wording
            .iter()
            .filter(|near| may_be_source(item, &near.record))
            .collect();
        let closest = older
            .iter()
            .max_by(|a, b| a.overlap.containment()[0].total_cmp(&b.overlap.containment()[0]));
        let [contained, contains] = closest.map_or([0.0; 2], |near| near.overlap.containment());
        let runs = closest.map_or(0.0, |near| f64::from(near.overlap.shared).ln_1p());
        let figures = answer
            .figures
            .iter()
            .filter(|hit| may_be_source(item, &hit.record))
            .map(|hit| hit.weight)
            .fold(0.0, f64::max);
        let mut shared: Vec<usize> = answer
            .figures
            .iter()
            .flat_map(|hit| hit.shared.iter().map(|shared| shared.0))
            .collect();
        shared.sort_unstable();
        shared.dedup();
        Self {
            values: [
                document.clamp(-MOST_DOCUMENT, MOST_DOCUMENT),
                contained,
                contains,
                runs,
                figures.ln_1p(),
            ],
            sources: older
                .iter()
                .filter(|near| near.near)
                .take(MOST_SOURCES)
                .map(|near| near.record.id.clone())
                .collect(),
            shared_figures: shared.len(),
        }
    }
}

/// One input's weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weight {
    /// Name of the input.
    pub input: String,
    /// Weight; above 0 speaks for a taken text.
    pub weight: f64,
}

/// The head as its file holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Taken {
    /// Version of the file.
    pub format: u32,
    /// Documents it was fitted on: not taken, taken.
    pub rows: [usize; 2],
    /// Constant.
    pub intercept: f64,
    /// The inputs, in the order of [`SPECS`].
    pub weight: Vec<Weight>,
}

/// Why a file cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TakenError {
    /// Not a readable file.
    #[error("corpus head: {0}")]
    File(String),
    /// A format of another time.
    #[error("corpus head: format {0}, this build reads {FORMAT}")]
    Format(u32),
    /// Other inputs than this build has.
    #[error("corpus head: its inputs are {0}; train again with `byline train --reuse`")]
    Inputs(String),
}

impl Taken {
    /// A head of given numbers, to be written.
    #[must_use]
    pub fn new(rows: [usize; 2], intercept: f64, weights: [f64; WIDTH]) -> Self {
        let weight = SPECS.iter().zip(weights).map(|(spec, weight)| Weight {
            input: spec.name.to_owned(),
            weight,
        });
        Self {
            format: FORMAT,
            rows,
            intercept,
            weight: weight.collect(),
        }
    }

    /// Reads a file and checks it against this build.
    ///
    /// # Errors
    /// See [`TakenError`].
    pub fn read(text: &str) -> Result<Self, TakenError> {
        let head: Self = toml::from_str(text).map_err(|error| TakenError::File(error.to_string()))?;
        if head.format != FORMAT {
            return Err(TakenError::Format(head.format));
        }
        let names: Vec<&str> = head.weight.iter().map(|weight| weight.input.as_str()).collect();
        if names != SPECS.map(|spec| spec.name) {
            return Err(TakenError::Inputs(names.join(", ")));
        }
        Ok(head)
    }

    /// The file's text.
    ///
    /// # Errors
    /// [`TakenError::File`] if a number cannot be written.
    pub fn write(&self) -> Result<String, TakenError> {
        toml::to_string(self).map_err(|error| TakenError::File(error.to_string()))
    }

    /// The head that byline ships, read once.
    #[must_use]
    #[allow(
        clippy::expect_used,
        reason = "the file is part of the build; a test of this module reads it"
    )]
    pub fn shipped() -> &'static Self {
        static SHARED: OnceLock<Taken> = OnceLock::new();
        SHARED.get_or_init(|| Self::read(SHIPPED).expect("the shipped file fits this build"))
    }

    /// What each input adds to the log-odds, in the order of [`SPECS`].
    #[must_use]
    pub fn parts(&self, values: &[f64; WIDTH]) -> [f64; WIDTH] {
        let mut parts = *values;
        for (part, weight) in parts.iter_mut().zip(&self.weight) {
            *part *= weight.weight;
        }
        parts
    }

    /// Log-odds that a text was taken.
    #[must_use]
    pub fn log_odds(&self, values: &[f64; WIDTH]) -> f64 {
        self.parts(values).iter().sum::<f64>() + self.intercept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::index::{Index, Memory};
    use crate::document::{Document, RawDocument};

    const STORY: &str = "The harbour board of Corvane voted on Monday to buy two electric cranes for 14 million crowns. \
        The new cranes replace a pair built in 1971 that stopped 40 times last winter, the chair of the board said. \
        Dockers welcomed the decision but asked for training before the machines arrive in May. The old pair goes to a museum.";

    fn item(id: &str, text: &str, date: &str) -> Item {
        let document = Document::new(RawDocument {
            id: id.to_owned(),
            text: text.to_owned(),
            date: Some(date.to_owned()),
            ..RawDocument::default()
        });
        Item::of(&document, &[], None)
    }

    #[test]
    fn the_shipped_head_is_read_and_a_copy_speaks_for_taking() {
        let head = Taken::read(SHIPPED).unwrap();
        assert!(head.weight.iter().all(|weight| weight.weight >= 0.0), "{head:?}");
        let mut index = Memory::new();
        index.add(&[item("old", STORY, "2026-03-01")]).unwrap();
        let asked = item("new", STORY, "2026-03-02");
        let reuse = Reuse::of(-2.0, &asked, &index.ask(&asked).unwrap());
        assert_eq!(reuse.sources, ["old"]);
        assert!(head.log_odds(&reuse.values) > 0.0, "{:?}", reuse.values);
        let stranger = item(
            "other",
            "Nobody grew apples in the valley that year, she said, and nobody knew why.",
            "",
        );
        let none = Reuse::of(-2.0, &stranger, &index.ask(&stranger).unwrap());
        assert!(none.sources.is_empty() && head.log_odds(&none.values) < 0.0);
    }

    #[test]
    fn a_younger_text_is_no_source() {
        let mut index = Memory::new();
        index.add(&[item("young", STORY, "2026-03-09")]).unwrap();
        let asked = item("new", STORY, "2026-03-02");
        let reuse = Reuse::of(0.0, &asked, &index.ask(&asked).unwrap());
        assert!(reuse.sources.is_empty());
        assert_eq!(reuse.values[1], 0.0);
    }

    #[test]
    fn a_file_of_other_inputs_is_refused() {
        let text = SHIPPED.replace("corpus.runs", "corpus.walks");
        assert!(matches!(Taken::read(&text), Err(TakenError::Inputs(_))));
        assert!(matches!(Taken::read("format = 1"), Err(TakenError::File(_))));
    }
}
