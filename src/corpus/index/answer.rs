//! Answering a question from the lists of an index, wherever they are kept.

use super::super::near::{Asked, Carriers, LEADERS, Overlap};
use super::IndexError;
use super::record::{Item, NameKind, Record, Space};

/// Most documents looked at for one question: copies come first, so these are only chance meetings.
const MOST_CANDIDATES: usize = 1024;

/// Most documents of an answer that are no near copies.
const MOST_OTHERS: usize = 32;

/// What an index knows of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Documents in the index.
    pub documents: u64,
    /// Documents that share wording: near copies first, then those that share most.
    pub wording: Vec<Near>,
    /// Documents that share figures: those that share most of the rare ones first.
    pub figures: Vec<FigureHit>,
    /// Its names and biography lines that are known, in order.
    pub names: Vec<NameHit>,
}

/// A document that shares wording.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The document.
    pub record: Record,
    /// What is shared; `a` is the document asked about.
    pub overlap: Overlap,
    /// Whether one is a near copy or a part of the other.
    pub near: bool,
}

/// A document that shares figures.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureHit {
    /// The document.
    pub record: Record,
    /// The shared figures: number in the asked document's list, and how many documents may give it.
    pub shared: Vec<(usize, usize)>,
    /// Sum over the shared figures of ln(documents / documents that give it): how telling they are together.
    pub weight: f64,
}

/// A name or biography line that the index knows.
#[derive(Debug, Clone, PartialEq)]
pub struct NameHit {
    /// What it is.
    pub kind: NameKind,
    /// Its number in the asked document's list.
    pub name: usize,
    /// How many documents carry it.
    pub carriers: usize,
    /// The first of them (at most 64).
    pub records: Vec<Record>,
}

/// What an answer needs of an index; all of it of one moment.
pub(super) trait Lookup {
    /// The documents found by a key.
    fn carriers(&self, space: Space, key: u64) -> Result<Carriers, IndexError>;
    /// A document by number; `None` if it was removed.
    fn record(&self, number: u32) -> Result<Option<Record>, IndexError>;
    /// How many documents there are.
    fn documents(&self) -> Result<u64, IndexError>;
}

/// Answers from the lists.
pub(super) fn answer(lists: &impl Lookup, item: &Item) -> Result<Answer, IndexError> {
    let documents = lists.documents()?;
    Ok(Answer {
        documents,
        wording: wording(lists, item)?,
        figures: figures(lists, item, documents)?,
        names: names(lists, item)?,
    })
}

fn wording(lists: &impl Lookup, item: &Item) -> Result<Vec<Near>, IndexError> {
    let carriers = item
        .fingerprint
        .shingles()
        .iter()
        .map(|shingle| lists.carriers(Space::Run, shingle.key))
        .collect::<Result<Vec<Carriers>, IndexError>>()?;
    let asked = Asked::new(&item.fingerprint, &carriers);
    let mut found = Vec::new();
    for candidate in asked.candidates().iter().take(MOST_CANDIDATES) {
        let Some(record) = other(lists, candidate.text, item)? else {
            continue;
        };
        let (overlap, near) = asked.judge(candidate, &record.size);
        found.push(Near {
            record,
            overlap,
            near,
        });
    }
    found.sort_by_key(|near| (!near.near, std::cmp::Reverse(near.overlap.shared)));
    let copies = found.iter().take_while(|near| near.near).count();
    found.truncate(copies + MOST_OTHERS);
    Ok(found)
}

/// A document that one of the asked figures led to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Met {
    document: u32,
    /// Number of the figure.
    figure: usize,
    /// How many documents may give it.
    carriers: usize,
}

fn figures(lists: &impl Lookup, item: &Item, documents: u64) -> Result<Vec<FigureHit>, IndexError> {
    let mut met: Vec<Met> = Vec::new();
    for (figure, number) in item.record.figures.iter().zip(0..) {
        let mut total = 0;
        let mut first = Vec::new();
        for key in figure.keys() {
            let carriers = lists.carriers(Space::Figure, key)?;
            total = carriers.total.max(total);
            first.extend(carriers.first);
        }
        met.extend(first.into_iter().map(|(document, _)| Met {
            document,
            figure: number,
            carriers: total,
        }));
    }
    met.sort_unstable();
    met.dedup();
    let weight = |carriers: usize| (documents.max(1) as f64 / carriers.max(1) as f64).ln().max(0.0);
    let mut candidates: Vec<(f64, &[Met])> = met
        .chunk_by(|a, b| a.document == b.document)
        .map(|chunk| (chunk.iter().map(|met| weight(met.carriers)).sum(), chunk))
        .collect();
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut hits = Vec::new();
    for (_, chunk) in candidates.into_iter().take(MOST_OTHERS) {
        let Some(number) = chunk.first().map(|met| met.document) else {
            continue;
        };
        let Some(record) = other(lists, number, item)? else {
            continue;
        };
        let agrees = |figure: usize| {
            let own = item.record.figures.get(figure);
            own.is_some_and(|own| record.figures.iter().any(|other| own.agrees(other)))
        };
        let shared: Vec<(usize, usize)> = chunk
            .iter()
            .filter(|met| agrees(met.figure))
            .map(|met| (met.figure, met.carriers))
            .collect();
        if !shared.is_empty() {
            hits.push(FigureHit {
                record,
                weight: shared.iter().map(|shared| weight(shared.1)).sum(),
                shared,
            });
        }
    }
    hits.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    Ok(hits)
}

fn names(lists: &impl Lookup, item: &Item) -> Result<Vec<NameHit>, IndexError> {
    let mut hits = Vec::new();
    for (name, number) in item.record.names.iter().zip(0..) {
        let carriers = lists.carriers(Space::Name, name.key)?;
        let mut records = Vec::new();
        for (document, _) in carriers.first.iter().take(LEADERS) {
            records.extend(other(lists, *document, item)?);
        }
        if !records.is_empty() {
            hits.push(NameHit {
                kind: name.kind,
                name: number,
                carriers: carriers.total.max(records.len()),
                records,
            });
        }
    }
    Ok(hits)
}

/// A document by number, unless it is the asked one itself.
fn other(lists: &impl Lookup, number: u32, item: &Item) -> Result<Option<Record>, IndexError> {
    Ok(lists.record(number)?.filter(|record| record.id != item.record.id))
}
