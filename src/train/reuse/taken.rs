//! Documents beside an index -> the corpus head of the syndicated axis (`models/reuse/corpus.toml`).
//!
//! Texts of corpora are put into an index, each set into its own. Beside half of them stands a copy that was made here: with
//! words changed, trimmed, cut to an excerpt, or the text asked about is itself the excerpt. A text with such a copy, and one of a
//! wire or press-release set, was *taken*; a text of any other set without one was not. Pairs that the corpora's own lists of
//! duplicates name are left out: nobody knows which side of them was taken.

use std::collections::HashSet;
use std::fs::File;
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use linfa::prelude::*;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};

use super::eval::Figure;
use super::texts::{Set, document};
use crate::Detector;
use crate::corpus::index::{Index, Item, Memory};
use crate::corpus::taken::{Reuse, SPECS, Taken, WIDTH};
use crate::document::{Document, word_hash};
use crate::train::TrainError;
use crate::train::metrics::{Scored, auroc};
use crate::train::random::{Random, shuffled};

/// Sets and whether their texts are wire copy or releases.
const SETS: [(&str, bool); 12] = [
    ("reuters21578", true),
    ("reuters_c50", true),
    ("reuters_fin_2006_2013", true),
    ("prosecutor_press", true),
    ("newsramp_press", true),
    ("imdb_reviews", false),
    ("blogs_2004", false),
    ("persuade", false),
    ("acl_abstracts", false),
    ("presidential_speeches", false),
    ("wikipedia_2022", false),
    ("opspam_hotels", false),
];
/// Most texts of a set.
const MOST: usize = 300;
/// Shortest text, in words.
const SHORTEST: usize = 60;
/// Longest text that is asked about, in words.
const LONGEST: usize = 1000;
/// L2 penalty.
const PENALTY: f64 = 1.0;
/// Iterations of L-BFGS, enough to converge on a few thousand rows.
const ITERATIONS: u64 = 200;
/// Largest difference allowed between our score and linfa's probability.
const AGREEMENT: f64 = 1e-9;
/// Values are kept to so many parts of one.
const PLACES: f64 = 1e5;
/// Probability from which a text is called taken in the evaluation.
const CALLED: f64 = 0.9;

/// How a text's copy was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Made {
    /// There is none.
    None,
    /// One of 100 words changed.
    Edited1,
    /// Five of 100 words changed.
    Edited5,
    /// Ten of 100 words changed.
    Edited10,
    /// Twenty of 100 words changed.
    Edited20,
    /// A third cut off its end.
    Trimmed,
    /// The copy is an excerpt of a third.
    Excerpt,
    /// The text asked about is an excerpt of a third of the copy.
    Within,
}

/// Kinds of copies, dealt in turn.
const KINDS: [Made; 7] = [
    Made::Edited1,
    Made::Edited5,
    Made::Edited10,
    Made::Edited20,
    Made::Trimmed,
    Made::Excerpt,
    Made::Within,
];

/// A text beside an index, measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TakenRow {
    /// Its data set.
    pub set: String,
    /// Whether that set is wire copy or releases.
    pub wire: bool,
    /// The copy beside it.
    pub made: Made,
    /// The inputs of the head.
    pub values: [f64; WIDTH],
}

impl TakenRow {
    fn taken(&self) -> bool {
        self.wire || self.made != Made::None
    }
}

/// Measures the corpora's texts.
///
/// # Errors
/// [`TrainError::Corpora`] names what is missing or unreadable.
pub fn read(folder: &Path, detector: &Detector, say: &dyn Fn(&str)) -> Result<Vec<TakenRow>, TrainError> {
    let mut rows = Vec::new();
    for (name, wire) in SETS {
        let set = Set::read(folder, name)?;
        let doubled = doubled(folder, name)?;
        let seed = word_hash(name);
        let order = shuffled(set.order.len(), seed);
        let ids = order.into_iter().filter_map(|at| set.order.get(at));
        let texts = ids.filter(|id| !doubled.contains(*id)).filter_map(|id| {
            let words: Vec<String> = set.by_id.get(id)?.text.split(' ').map(str::to_owned).collect();
            (words.len() >= SHORTEST).then(|| words.into_iter().take(LONGEST).collect())
        });
        let texts: Vec<Vec<String>> = texts.take(MOST).collect();
        measure(name, wire, &texts, detector, &mut Random::new(seed), &mut rows);
        say(&format!("{name}: {} texts", texts.len()));
    }
    Ok(rows)
}

/// Ids that the corpus's own list of near copies names.
fn doubled(folder: &Path, name: &str) -> Result<HashSet<String>, TrainError> {
    let path = folder.join(format!("{name}.computed_dups.csv"));
    let mut ids = HashSet::new();
    if !path.is_file() {
        return Ok(ids);
    }
    let mut reader = csv::Reader::from_path(&path).map_err(|error| TrainError::corpora(&path, &error))?;
    for record in reader.records() {
        let record = record.map_err(|error| TrainError::corpora(&path, &error))?;
        ids.extend(record.iter().take(2).map(str::to_owned));
    }
    Ok(ids)
}

fn measure(
    set: &'static str,
    wire: bool,
    texts: &[Vec<String>],
    detector: &Detector,
    random: &mut Random,
    rows: &mut Vec<TakenRow>,
) {
    let mut index = Memory::new();
    let mut asked: Vec<(Made, Document)> = Vec::new();
    for (at, words) in texts.iter().enumerate() {
        let kind = KINDS.get((at / 2) % KINDS.len()).copied().unwrap_or(Made::None);
        let made = if at % 2 == 0 { Made::None } else { kind };
        let (own, other) = pair(words, made, texts, random);
        let mut beside = vec![(format!("{at}"), own.clone())];
        beside.extend(other.map(|other| (format!("{at}+"), other)));
        for (id, words) in &beside {
            let document = named(id, &words.join(" "));
            let verdict = detector.examine(&document);
            // Both the text and its copy stand in the index; the text itself is left out of its answer by its id.
            if index.add(&[detector.item(&document, &verdict)]).is_err() {
                return;
            }
            if !id.ends_with('+') {
                asked.push((made, document));
            }
        }
    }
    for (made, document) in asked {
        let verdict = detector.examine(&document);
        let item: Item = detector.item(&document, &verdict);
        if let Ok(answer) = index.ask(&item) {
            let exact = Reuse::of(verdict.syndicated.log_odds, &item, &answer).values;
            rows.push(TakenRow {
                set: set.to_owned(),
                wire,
                made,
                values: exact.map(|value| (value * PLACES).round() / PLACES),
            });
        }
    }
}

fn named(id: &str, text: &str) -> Document {
    let mut raw = document(text).raw().clone();
    id.clone_into(&mut raw.id);
    Document::new(raw)
}

/// The text asked about and its copy.
fn pair(
    words: &[String],
    made: Made,
    texts: &[Vec<String>],
    random: &mut Random,
) -> (Vec<String>, Option<Vec<String>>) {
    let changed = match made {
        Made::Edited1 => 1,
        Made::Edited5 => 5,
        Made::Edited10 => 10,
        _ => 20,
    };
    let third = words.len() / 3;
    let middle = || {
        words
            .iter()
            .skip(third)
            .take(third.max(SHORTEST / 2))
            .cloned()
            .collect()
    };
    match made {
        Made::None => (words.to_vec(), None),
        Made::Trimmed => (
            words.to_vec(),
            Some(words.iter().take(2 * third).cloned().collect()),
        ),
        Made::Excerpt => (words.to_vec(), Some(middle())),
        Made::Within => (middle(), Some(words.to_vec())),
        Made::Edited1 | Made::Edited5 | Made::Edited10 | Made::Edited20 => {
            let mut copy = words.to_vec();
            for word in &mut copy {
                if random.below(100) < changed
                    && let Some(other) = texts.get(random.below(texts.len()))
                    && let Some(strange) = other.get(random.below(other.len().max(1)))
                {
                    word.clone_from(strange);
                }
            }
            (words.to_vec(), Some(copy))
        }
    }
}

/// Writes the table: `set,wire,made`, then the inputs.
///
/// # Errors
/// [`TrainError::Table`] with the file.
pub fn write(path: &Path, rows: &[TakenRow]) -> Result<(), TrainError> {
    let bad = |error: &dyn std::fmt::Display| TrainError::table(path, error);
    let file = File::create(path).map_err(|error| bad(&error))?;
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(GzEncoder::new(file, Compression::best()));
    let names = SPECS.map(|spec| spec.name);
    let header = ["set", "wire", "made"].into_iter().chain(names);
    writer.write_record(header).map_err(|error| bad(&error))?;
    for row in rows {
        writer.serialize(row).map_err(|error| bad(&error))?;
    }
    let encoder = writer.into_inner().map_err(|error| bad(&error))?;
    encoder.finish().map(drop).map_err(|error| bad(&error))
}

/// Reads the table.
///
/// # Errors
/// [`TrainError::Table`] with the file: missing, or a row that is not of this form.
pub fn read_table(path: &Path) -> Result<Vec<TakenRow>, TrainError> {
    let bad = |error: &dyn std::fmt::Display| TrainError::table(path, error);
    let file = File::open(path)
        .map_err(|error| bad(&format!("{error}; write it with `byline train --reuse CORPORA`")))?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(GzDecoder::new(file));
    reader
        .deserialize()
        .skip(1)
        .map(|row| row.map_err(|error| bad(&error)))
        .collect()
}

/// Fits the head with linfa. An input whose weight would speak against taking is noise beside the others: it is left out, with
/// weight 0, and the rest is fitted anew.
///
/// # Errors
/// [`TrainError::Fit`] if linfa fails or its result disagrees with ours.
pub fn train(rows: &[&TakenRow]) -> Result<Taken, TrainError> {
    let mut used = [true; WIDTH];
    loop {
        let (head, weights) = fit(rows, used)?;
        let worst = weights
            .iter()
            .enumerate()
            .min_by(|a, b| a.1.total_cmp(b.1))
            .filter(|(_, weight)| **weight < 0.0);
        match worst.and_then(|(at, _)| used.get_mut(at)) {
            Some(used) => *used = false,
            None => return Ok(head),
        }
    }
}

fn fit(rows: &[&TakenRow], used: [bool; WIDTH]) -> Result<(Taken, [f64; WIDTH]), TrainError> {
    let bad = |error: &dyn std::fmt::Display| TrainError::Fit(format!("corpus head: {error}"));
    let of_row = |row: &&TakenRow| {
        let mut values = row.values;
        for (value, used) in values.iter_mut().zip(used) {
            if !used {
                *value = 0.0;
            }
        }
        values
    };
    let cells: Vec<f64> = rows.iter().flat_map(of_row).collect();
    let records = Array2::from_shape_vec((rows.len(), WIDTH), cells).map_err(|error| bad(&error))?;
    let labels: Array1<bool> = rows.iter().map(|row| row.taken()).collect();
    let model = LogisticRegression::default()
        .alpha(PENALTY)
        .max_iterations(ITERATIONS)
        .fit(&Dataset::new(records.clone(), labels))
        .map_err(|error| bad(&error))?;
    // linfa 0.8 calls the more frequent class positive; the fitted labels say which one that is.
    let sign = if model.labels().pos.class { 1.0 } else { -1.0 };
    let mut weights = [0.0; WIDTH];
    for ((slot, weight), used) in weights.iter_mut().zip(model.params()).zip(used) {
        *slot = if used { sign * weight } else { 0.0 };
    }
    let yes = rows.iter().filter(|row| row.taken()).count();
    let head = Taken::new([rows.len() - yes, yes], sign * model.intercept(), weights);
    for (row, said) in rows.iter().zip(&model.predict_probabilities(&records)) {
        let linfa = if sign > 0.0 { *said } else { 1.0 - *said };
        let ours = crate::model::sigmoid(head.log_odds(&row.values));
        if (ours - linfa).abs() > AGREEMENT {
            return Err(bad(&format!("{ours}, linfa says {linfa}")));
        }
    }
    if weights.iter().all(|weight| *weight == 0.0) {
        return Err(bad(&"all weights are zero"));
    }
    Ok((head, weights))
}

/// Each set left out in turn: how many texts with a copy of each kind, and without one, are called taken.
///
/// # Errors
/// See [`train`].
pub fn evaluate(rows: &[TakenRow]) -> Result<Vec<Figure>, TrainError> {
    let mut said: Vec<(&TakenRow, f64)> = Vec::with_capacity(rows.len());
    for (name, _) in SETS {
        let kept: Vec<&TakenRow> = rows.iter().filter(|row| row.set != name).collect();
        let head = train(&kept)?;
        let left_out = rows.iter().filter(|row| row.set == name);
        said.extend(left_out.map(|row| (row, crate::model::sigmoid(head.log_odds(&row.values)))));
    }
    let mut figures = Vec::new();
    let mut share = |name: String, mine: Vec<f64>| {
        let called = mine.iter().filter(|probability| **probability >= CALLED).count();
        figures.push(Figure {
            name,
            pairs: mine.len(),
            value: called as f64 / mine.len().max(1) as f64,
        });
    };
    for (name, wire) in SETS {
        let mine = said
            .iter()
            .filter(|(row, _)| row.set == name && row.made == Made::None);
        let kind = if wire { "wire or release" } else { "own text" };
        share(
            format!("corpus head, set left out: {name} ({kind}) without a copy: share called taken"),
            mine.map(|pair| pair.1).collect(),
        );
    }
    for made in KINDS {
        let mine = said.iter().filter(|(row, _)| !row.wire && row.made == made);
        share(
            format!("corpus head, set left out: own texts with a copy ({made:?}): share called taken"),
            mine.map(|pair| pair.1).collect(),
        );
    }
    let scored: Vec<Scored> = said
        .iter()
        .enumerate()
        .map(|(group, (row, probability))| Scored {
            score: *probability,
            probability: *probability,
            positive: row.taken(),
            flagged: *probability >= CALLED,
            group,
        })
        .collect();
    figures.push(Figure {
        name: "corpus head, set left out: AUROC".to_owned(),
        pairs: scored.len(),
        value: auroc(&scored).unwrap_or(0.0),
    });
    Ok(figures)
}
