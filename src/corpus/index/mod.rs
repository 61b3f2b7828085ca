//! Many documents, asked about one: which of them are near copies of it, give its figures or name its author.
//!
//! An [`Index`] is in [memory](Memory) or on disk (`Redb`, feature `store`). It never holds a text, only what a
//! [`Record`] holds and the sampled runs of a [`Fingerprint`](super::fingerprint::Fingerprint).

mod answer;
mod claims;
mod conflicting;
mod memory;
mod numbers;
mod record;
#[cfg(feature = "store")]
mod redb;

use serde::Serialize;

pub use answer::{Answer, FigureHit, NameHit, Near};
pub use claims::PackedClaims;
pub(in crate::corpus) use claims::short;
pub use conflicting::{Conflicting, conflicting};
pub use memory::Memory;
pub use record::{FigureKey, Item, NameKey, NameKind, Printed, Record};
#[cfg(feature = "store")]
pub use redb::{Redb, Verified, catches_panics};

use super::near::{self, NearPair};

/// What became of a document that was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Added {
    /// It is new.
    New,
    /// Another one of its id was there and is replaced.
    Replaced,
    /// It was there just so.
    Unchanged,
}

/// How much an index holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Documents.
    pub documents: u64,
    /// Of them, those that declare a machine author.
    pub declared: u64,
    /// Words of their bodies.
    pub words: u64,
    /// Keys by which they are found, those of removed documents that are not yet cleared away included.
    pub postings: u64,
    /// Figures.
    pub figures: u64,
    /// Parts that the postings are in.
    pub segments: u64,
    /// Removed documents whose postings are not yet cleared away.
    pub removed: u64,
    /// Size in bytes: of the file, or in memory.
    pub bytes: u64,
}

impl Stats {
    /// Counts a document in.
    fn count(&mut self, record: &Record) {
        self.documents += 1;
        self.declared += u64::from(record.declared.is_some());
        self.words += u64::from(record.size.words);
        self.figures += record.figures.len() as u64;
    }
}

/// Near copies within an index.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Clusters {
    /// The documents that are in a pair, in the order they were added.
    pub records: Vec<Record>,
    /// The pairs, by number in `records`.
    pub pairs: Vec<NearPair>,
}

impl Clusters {
    /// Groups of documents held together by pairs, as numbers in `records`; the largest first.
    #[must_use]
    pub fn groups(&self) -> Vec<Vec<u32>> {
        near::groups(&self.pairs)
    }
}

/// The pairs with the documents they are of.
fn clusters_of(
    mut pairs: Vec<NearPair>,
    record: impl Fn(u32) -> Result<Option<Record>, IndexError>,
) -> Result<Clusters, IndexError> {
    let mut numbers: Vec<u32> = pairs.iter().flat_map(|pair| [pair.a, pair.b]).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let place = |number: u32| {
        let place = numbers.binary_search(&number).unwrap_or_default();
        u32::try_from(place).unwrap_or(u32::MAX)
    };
    for pair in &mut pairs {
        (pair.a, pair.b) = (place(pair.a), place(pair.b));
    }
    let mut records = Vec::with_capacity(numbers.len());
    for number in numbers {
        records.push(record(number)?.unwrap_or_default());
    }
    Ok(Clusters { records, pairs })
}

/// Why an index could not do something.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// There is none.
    #[error("{path}: there is no index here")]
    Missing {
        /// Where.
        path: String,
    },
    /// Something else is in its place.
    #[error("{path}: this is no byline index: {what}")]
    Foreign {
        /// Where.
        path: String,
        /// What is wrong.
        what: String,
    },
    /// It was made by another version of byline.
    #[error("{path}: {what}")]
    Version {
        /// Where.
        path: String,
        /// What does not fit.
        what: String,
    },
    /// Another process writes to it.
    #[error(
        "{path}: another process is writing to this index; only one may at a time (reading it is possible meanwhile)"
    )]
    Locked {
        /// Where.
        path: String,
    },
    /// It was opened for reading.
    #[error("{path}: the index was opened for reading only")]
    ReadOnly {
        /// Where.
        path: String,
    },
    /// It holds something that cannot be.
    #[error("{path}: the index is damaged: {what}")]
    Damaged {
        /// Where.
        path: String,
        /// What is wrong.
        what: String,
    },
    /// No room for more documents.
    #[error("the index is full: it cannot hold more than {most} documents")]
    Full {
        /// The most it can hold.
        most: u32,
    },
    /// The store on disk failed.
    #[error("{path}: {what}")]
    Store {
        /// Where.
        path: String,
        /// What it says.
        what: String,
    },
}

/// A set of documents that can be asked about one. See the [module](self).
///
/// An id stands for one document: adding it again replaces it, so a load that was broken off can be repeated.
pub trait Index {
    /// Adds documents. When it returns, they are in the index, all of them, and stay there.
    ///
    /// # Errors
    /// When the store fails; then none of them was added.
    fn add(&mut self, items: &[Item]) -> Result<Vec<Added>, IndexError>;

    /// Removes documents by id; tells of each whether it was there.
    ///
    /// # Errors
    /// When the store fails; then none of them was removed.
    fn remove(&mut self, ids: &[String]) -> Result<Vec<bool>, IndexError>;

    /// The document with this id.
    ///
    /// # Errors
    /// When the store fails.
    fn get(&self, id: &str) -> Result<Option<Record>, IndexError>;

    /// What the index knows of a document: near copies, documents with its figures, with its author. A document of the same
    /// id is left out. All parts of the answer are of one moment.
    ///
    /// # Errors
    /// When the store fails.
    fn ask(&self, item: &Item) -> Result<Answer, IndexError>;

    /// All near copies within the index.
    ///
    /// Memory: 8 bytes for each run and document, of the runs in two documents at least, and 28 bytes a document.
    ///
    /// # Errors
    /// When the store fails.
    fn clusters(&self) -> Result<Clusters, IndexError>;

    /// Hands every document to `take` in the order they were added, until it says no.
    ///
    /// # Errors
    /// When the store fails.
    fn each(&self, take: &mut dyn FnMut(Record) -> bool) -> Result<(), IndexError>;

    /// How much it holds.
    ///
    /// # Errors
    /// When the store fails.
    fn stats(&self) -> Result<Stats, IndexError>;
}

#[cfg(test)]
mod tests;
