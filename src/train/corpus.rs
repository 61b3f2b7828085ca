//! Corpora -> [`Row`]s: reads the labelled texts, cleans, measures.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

use super::TrainError;
use super::clean::clean;
use super::matching::MATCHED;
use super::originals::Originals;
use super::register::REGISTER;
use super::row::{Label, Row};
use super::sets::{self, ALL, Origin, SETS, Set};
use super::surprisal::needs_units;
use crate::document::{Document, RawDocument, word_hash};
use crate::engine::Stages;
use crate::measure::ngram;

/// A text as it stands in a corpus file.
#[derive(Debug, Deserialize)]
struct Entry {
    id: String,
    /// Our own texts have none: all are by a machine.
    #[serde(default = "machine")]
    label: String,
    text: String,
    #[serde(default, alias = "genre")]
    domain: Option<String>,
    #[serde(default)]
    attack: Option<String>,
    #[serde(default)]
    generator: Option<String>,
    #[serde(default)]
    prompt_id: Option<serde_json::Value>,
    #[serde(default)]
    extra: Option<serde_json::Value>,
    /// Labelled human, but not what its author wrote.
    #[serde(skip)]
    reworded: bool,
}

fn machine() -> String {
    Label::Machine.name().to_owned()
}

/// Longest text in words: longer ones are cut at a sentence, because few human sets are longer.
const MAX_WORDS: usize = 1000;
/// Shortest text in words.
const MIN_WORDS: usize = 40;
/// Most rows of a set and label that train the n-gram stage; the first of them stand in the tables.
const NGRAM_ROWS: usize = 4000;
/// Shortest text that a cut leaves, in words.
const MIN_CUT: usize = 45;
/// Attacks whose result is neither human nor machine: sentences of both are mixed.
const MIXED: &[&str] = &[
    "data_mixing",
    "mixed-",
    "human-prefix",
    "fusion-with-human",
    "human-edit",
    "light",
];

/// Reads every set of [`SETS`], each up to its cap, and measures it on two threads.
///
/// # Errors
/// [`TrainError::Corpora`] names the folder or file that is missing or unreadable, with the line.
pub fn read(folder: &Path, own: &Path, stages: &Stages) -> Result<Vec<Row>, TrainError> {
    let overlaps = overlaps(folder)?;
    let mut rows = Vec::new();
    let mut seen = HashSet::new();
    for (index, set) in SETS.iter().enumerate() {
        let (entries, _) = dealt(set, entries(folder, own, set, &overlaps)?);
        let half = entries.len() / 2;
        let (left, right) = entries.split_at(half);
        let work = |part: &[(Entry, bool)]| {
            part.iter()
                .flat_map(|(entry, tabled)| lengths(index, entry, *tabled, stages))
                .collect::<Vec<_>>()
        };
        let (left, right) = std::thread::scope(|scope| {
            let other = scope.spawn(|| work(right));
            (work(left), other.join().unwrap_or_default())
        });
        // The same text in two sets would let a left-out set be seen after all.
        rows.extend(
            left.into_iter()
                .chain(right)
                .filter(|row| seen.insert(row.fingerprint)),
        );
    }
    Ok(rows)
}

/// (set, id) of human texts that also stand in a second set.
fn overlaps(folder: &Path) -> Result<HashSet<(String, String)>, TrainError> {
    let path = folder.join("human_overlaps.csv");
    let mut reader = csv::Reader::from_path(&path).map_err(|error| TrainError::corpora(&path, &error))?;
    let mut pairs = HashSet::new();
    for record in reader.records() {
        let record = record.map_err(|error| TrainError::corpora(&path, &error))?;
        if let (Some(set), Some(id)) = (record.get(0), record.get(1)) {
            pairs.insert((set.to_owned(), id.to_owned()));
        }
    }
    Ok(pairs)
}

fn entries(
    folder: &Path,
    own: &Path,
    set: &Set,
    overlaps: &HashSet<(String, String)>,
) -> Result<Vec<Entry>, TrainError> {
    let path = if set.own {
        own.join(set.name).join("texts.jsonl")
    } else {
        folder.join(format!("{}.jsonl.gz", set.name))
    };
    let file = File::open(&path).map_err(|error| TrainError::corpora(&path, &error))?;
    let stream: Box<dyn Read> = if set.own {
        Box::new(file)
    } else {
        Box::new(MultiGzDecoder::new(file))
    };
    let mut all: Vec<(u64, Entry)> = Vec::new();
    for (line, text) in BufReader::new(stream).lines().enumerate() {
        let bad = |error: &dyn std::fmt::Display| {
            TrainError::corpora(&path, &format!("line {}: {error}", line + 1))
        };
        let entry: Entry =
            serde_json::from_str(&text.map_err(|error| bad(&error))?).map_err(|error| bad(&error))?;
        if usable(set, &entry) && !overlaps.contains(&(set.name.to_owned(), entry.id.clone())) {
            all.push((place(&entry.id), entry));
        }
    }
    if let Some(origin) = set.originals {
        let originals = originals(folder, origin)?;
        for (_, entry) in &mut all {
            let covered = entry.label == Label::Human.name() && origin.covers(entry.domain.as_deref());
            entry.reworded = covered && !originals.hold(&entry.text);
        }
    }
    // Order by a hash of the id: a fixed random sample.
    all.sort_by_key(|(hash, _)| *hash);
    Ok(all.into_iter().map(|(_, entry)| entry).collect())
}

/// The texts of the sets from which a set's human texts were taken.
fn originals(folder: &Path, origin: Origin) -> Result<Originals, TrainError> {
    let mut originals = Originals::default();
    for name in origin.sets {
        let path = folder.join(format!("{name}.jsonl.gz"));
        let file = File::open(&path).map_err(|error| TrainError::corpora(&path, &error))?;
        for (line, text) in BufReader::new(MultiGzDecoder::new(file)).lines().enumerate() {
            let bad = |error: &dyn std::fmt::Display| {
                TrainError::corpora(&path, &format!("line {}: {error}", line + 1))
            };
            let entry: Entry =
                serde_json::from_str(&text.map_err(|error| bad(&error))?).map_err(|error| bad(&error))?;
            originals.add(&entry.text);
        }
    }
    Ok(originals)
}

/// A number drawn by an id, evenly spread: FNV-1a alone keeps numbered ids together, so its bits are mixed once more (the finaliser
/// of MurmurHash3; Appleby 2011).
fn place(id: &str) -> u64 {
    let mut hash = word_hash(id);
    for factor in [0xFF51_AFD7_ED55_8CCD_u64, 0xC4CE_B9FE_1A85_EC53] {
        hash = (hash ^ (hash >> 33)).wrapping_mul(factor);
    }
    hash ^ (hash >> 33)
}

/// Splits the usable texts of a set (in the order of the sample) into those that train, with whether they stand in the tables,
/// and those beyond the cap. A text in doubt counts for the label that the set gives it, so that the table holds its fair share of them.
fn dealt(set: &Set, entries: Vec<Entry>) -> (Vec<(Entry, bool)>, Vec<Entry>) {
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut chosen: Vec<(Entry, bool)> = Vec::new();
    let mut rest = Vec::new();
    for entry in entries {
        if label(set, &entry).is_none() {
            continue;
        }
        let count = taken.entry(entry.label.clone()).or_default();
        if *count < set.rows.max(NGRAM_ROWS) {
            chosen.push((entry, *count < set.rows));
            *count += 1;
        } else {
            rest.push(entry);
        }
    }
    (chosen, rest)
}

/// A labelled text that no stage of the model was trained on.
#[derive(Debug, Clone)]
pub struct Untrained {
    /// Id in the corpus.
    pub id: String,
    /// Who wrote it.
    pub label: Label,
    /// Domain or genre, or empty.
    pub domain: String,
    /// The text, cleaned as for training.
    pub text: String,
}

/// Characters of its beginning by which a text is known again.
const KNOWN_BY: usize = 200;

/// The texts of a set that the model was not trained on: all of a set that only tests or is not used at all, of others those beyond
/// the cap of the sample, less those that begin like one that trained. Attacked ones are left out. The *set* may have trained all the
/// same: these texts share authors, topics and generators with what the model has seen.
///
/// # Errors
/// [`TrainError::Corpora`].
pub fn untrained(folder: &Path, own: &Path, set: &Set) -> Result<Vec<Untrained>, TrainError> {
    let entries = entries(folder, own, set, &overlaps(folder)?)?;
    let begins = |text: &str| word_hash(&text.trim().chars().take(KNOWN_BY).collect::<String>());
    let (trained, rest) = if set.trains {
        dealt(set, entries)
    } else {
        (Vec::new(), entries)
    };
    let mut known: HashSet<u64> = trained.iter().map(|(entry, _)| begins(&entry.text)).collect();
    let mut texts = Vec::new();
    for entry in rest {
        let attacked = entry.attack.as_deref().is_some_and(|attack| !attack.is_empty());
        let Some(label) = label(set, &entry).filter(|_| !attacked) else {
            continue;
        };
        if known.insert(begins(&entry.text)) {
            texts.push(Untrained {
                text: cleaned(&entry),
                id: entry.id,
                label,
                domain: entry.domain.unwrap_or_default(),
            });
        }
    }
    Ok(texts)
}

/// The text without what betrays the collection, and without words copied from a prompt.
fn cleaned(entry: &Entry) -> String {
    let prefix = entry
        .extra
        .as_ref()
        .and_then(|extra| extra.get("prefix_words"))
        .and_then(serde_json::Value::as_u64);
    clean(&entry.text, usize::try_from(prefix.unwrap_or(0)).unwrap_or(0))
}

fn label(set: &Set, entry: &Entry) -> Option<Label> {
    match entry.label.as_str() {
        "human" if entry.reworded => Some(Label::Unknown),
        "human" => Some(Label::Human),
        "machine" => Some(Label::Machine),
        _ if !set.machine => Some(Label::Unknown),
        _ => None,
    }
}

fn usable(set: &Set, entry: &Entry) -> bool {
    let attacked = entry.attack.as_deref().filter(|attack| !attack.is_empty());
    match label(set, entry) {
        None => false,
        Some(Label::Human) => attacked.is_none(),
        Some(_) => !attacked.is_some_and(|attack| MIXED.iter().any(|mixed| attack.starts_with(mixed))),
    }
}

/// The rows of a text: as it is and, of three in four, cut at a random length, so that the n-gram stage meets every text's
/// style at several lengths. One of the two stands in the tables; of the few texts of current assistants both.
fn lengths(index: usize, entry: &Entry, tabled: bool, stages: &Stages) -> Vec<Row> {
    let Some(set) = SETS.get(index) else {
        return Vec::new();
    };
    let hash = place(&entry.id);
    let short = if hash & 3 != 0 {
        row(index, entry, (tabled, true), stages)
    } else {
        None
    };
    let mut rows: Vec<Row> = row(index, entry, (tabled, false), stages).into_iter().collect();
    if let Some(mut short) = short {
        if set.rows != ALL {
            let cut = set.cut && hash & 1 == 1;
            short.tabled &= cut;
            rows.iter_mut().for_each(|whole| whole.tabled &= !cut);
        }
        rows.push(short);
    }
    rows
}

fn row(index: usize, entry: &Entry, (tabled, cut): (bool, bool), stages: &Stages) -> Option<Row> {
    let set = SETS.get(index)?;
    let cleaned = cleaned(entry);
    let mut document = document(&cleaned);
    let words = document.words().len();
    let longest = if cut {
        random_length(&entry.id, words)
    } else {
        MAX_WORDS
    };
    if cut && longest >= words {
        return None;
    }
    if document.words().len() > longest {
        let last = document
            .sentences()
            .iter()
            .rev()
            .find(|s| (s.words.end as usize) <= longest)?;
        let end = document.to_original(last.span).end as usize;
        document = self::document(cleaned.get(..end)?);
    }
    if document.words().len() < MIN_WORDS || document.language().code != "en" {
        return None;
    }
    let fingerprint = document
        .words()
        .iter()
        .take(60)
        .fold(u64::from(cut), |sum, word| sum.rotate_left(5) ^ word.hash);
    let observed = stages.observe(&document);
    let matched = MATCHED.map(|name| observed.features.get(name).unwrap_or(0.0));
    let register = REGISTER.map(|name| observed.features.get(name).unwrap_or(0.0));
    let group = match &entry.prompt_id {
        Some(serde_json::Value::String(text)) if !text.is_empty() => text.clone(),
        Some(serde_json::Value::Number(number)) => number.to_string(),
        _ => entry.id.clone(),
    };
    let reading = ngram::read(&document);
    let mut row = Row {
        set: index,
        fold: set.fold(
            entry.generator.as_deref().unwrap_or(""),
            entry.domain.as_deref().unwrap_or(""),
        ),
        id: entry.id.clone(),
        label: label(set, entry)?,
        tabled,
        trains: set.trains,
        attacked: entry.attack.as_deref().is_some_and(|attack| !attack.is_empty()),
        cut,
        generator: entry.generator.clone().unwrap_or_default(),
        genre: sets::genre(entry.domain.as_deref().unwrap_or("")),
        group,
        words: u32::try_from(document.words().len()).unwrap_or(u32::MAX),
        matched,
        register,
        values: Vec::new(),
        grams: reading.grams.iter().map(|gram| gram.number).collect(),
        units: reading.units,
        fingerprint,
        observed: tabled.then_some((observed.features, observed.signs)),
        ngram: Vec::new(),
        surprisal: None,
    };
    if !needs_units(&row) {
        row.units = Vec::new();
    }
    Some(row)
}

/// A length drawn evenly on a log scale between [`MIN_CUT`] and the text's own.
fn random_length(id: &str, words: usize) -> usize {
    let hash = place(id);
    if words <= MIN_CUT {
        return MAX_WORDS;
    }
    let share = ((hash >> 11) & 0xFFFF) as f64 / 65536.0;
    let (low, high) = ((MIN_CUT as f64).ln(), (words.min(MAX_WORDS) as f64).ln());
    (low + share * (high - low)).exp() as usize
}

fn document(text: &str) -> Document {
    Document::new(RawDocument {
        text: text.to_owned(),
        ..RawDocument::default()
    })
}
