//! An index on disk, in one file of redb: crash-safe, and read by any number of processes while one writes.
//!
//! | table | key | value |
//! |---|---|---|
//! | `head` | `header`, `state` | format and fingerprint parameters; counters and the list of segments |
//! | `records` | number of the document | its [`Record`], and the sum over its keys |
//! | `ids` | hash of the id, number | nothing |
//! | `blocks` | space, segment, last key | lists of documents, see `block.rs` |
//! | `removed` | number of a removed document | nothing; until a merge has cleared its keys away |
//!
//! Every value carries its checksum, besides redb's own over each page. One batch is one transaction: after a crash the file holds
//! the batches whose `add` had returned, and perhaps one more.

mod block;
mod caught;
mod open;
mod segment;
mod verify;
mod write;

use std::path::{Path, PathBuf};

use redb::{ReadOnlyTable, ReadTransaction, ReadableDatabase, ReadableTable, TableDefinition};
use serde::{Deserialize, Serialize};

use super::super::near::{Carriers, Lists, Size};
use super::answer::{Answer, Lookup, answer};
use super::record::{Check, Item, Record, Space};
use super::{Added, Clusters, Index, IndexError, Stats};
use crate::document::word_hash;
pub use caught::catches_panics;
use caught::caught;
use segment::{BLOCKS, BlockKey, Segment};
pub use verify::Verified;

/// Format and counters.
const HEAD: TableDefinition<&str, &[u8]> = TableDefinition::new("head");
const RECORDS: TableDefinition<u32, &[u8]> = TableDefinition::new("records");
const IDS: TableDefinition<(u64, u32), ()> = TableDefinition::new("ids");
const REMOVED: TableDefinition<u32, ()> = TableDefinition::new("removed");

/// Key of the [`State`].
const STATE: &str = "state";

/// What changes with every batch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    documents: u64,
    declared: u64,
    words: u64,
    figures: u64,
    removed: u64,
    next_document: u32,
    next_segment: u32,
    segments: Vec<Segment>,
}

impl State {
    fn count(&mut self, record: &Record) {
        self.documents += 1;
        self.declared += u64::from(record.declared.is_some());
        self.words += u64::from(record.size.words);
        self.figures += record.figures.len() as u64;
    }

    fn discount(&mut self, record: &Record) {
        self.documents = self.documents.saturating_sub(1);
        self.declared = self.declared.saturating_sub(u64::from(record.declared.is_some()));
        self.words = self.words.saturating_sub(u64::from(record.size.words));
        self.figures = self.figures.saturating_sub(record.figures.len() as u64);
        self.removed += 1;
    }

    fn new_segment(&mut self) -> u32 {
        let id = self.next_segment;
        self.next_segment = self.next_segment.wrapping_add(1);
        id
    }
}

/// A record as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Stored {
    record: Record,
    check: Check,
}

/// What goes wrong inside; [`Redb::told`] adds where.
#[derive(Debug)]
enum Fault {
    Store(redb::Error),
    Damaged(String),
    Full,
}

impl Fault {
    /// redb panicked.
    fn senseless() -> Self {
        Self::Damaged("a page of the file makes no sense".to_owned())
    }
}

impl<E: Into<redb::Error>> From<E> for Fault {
    fn from(error: E) -> Self {
        match error.into() {
            redb::Error::Corrupted(what) => Self::Damaged(what),
            error => Self::Store(error),
        }
    }
}

/// The value of a stored one, if its checksum fits.
fn get_sealed(bytes: &[u8], what: impl Fn() -> String) -> Result<&[u8], Fault> {
    block::unseal(bytes).ok_or_else(|| Fault::Damaged(format!("the checksum of {} does not fit", what())))
}

fn decode<'a, T: Deserialize<'a>>(sealed: &'a [u8], what: impl Fn() -> String) -> Result<T, Fault> {
    postcard::from_bytes(get_sealed(sealed, &what)?)
        .map_err(|error| Fault::Damaged(format!("{} cannot be read: {error}", what())))
}

fn encode(value: &impl Serialize) -> Result<Vec<u8>, Fault> {
    let bytes = postcard::to_allocvec(value).map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(block::seal(&bytes))
}

/// The database as it was opened.
enum Store {
    Writing(redb::Database),
    Reading(redb::ReadOnlyDatabase),
}

/// An index on disk. See [`Index`] and the [module](self).
///
/// One process at a time may have it open for writing; any number may read it meanwhile, each question seeing the last batch that
/// was added when it began.
pub struct Redb {
    path: PathBuf,
    store: Store,
}

impl std::fmt::Debug for Redb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redb")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// All tables at one moment.
struct Snapshot {
    state: State,
    records: ReadOnlyTable<u32, &'static [u8]>,
    ids: ReadOnlyTable<(u64, u32), ()>,
    blocks: ReadOnlyTable<BlockKey, &'static [u8]>,
    path: String,
}

impl Snapshot {
    fn stored(&self, number: u32) -> Result<Option<Stored>, Fault> {
        get_stored(&self.records, number)
    }
}

fn get_stored(
    records: &impl ReadableTable<u32, &'static [u8]>,
    number: u32,
) -> Result<Option<Stored>, Fault> {
    match records.get(number)? {
        Some(value) => Ok(Some(decode(value.value(), || format!("document {number}"))?)),
        None => Ok(None),
    }
}

/// The number and record of an id.
fn find_id(
    ids: &impl ReadableTable<(u64, u32), ()>,
    records: &impl ReadableTable<u32, &'static [u8]>,
    id: &str,
) -> Result<Option<(u32, Stored)>, Fault> {
    let hash = word_hash(id);
    for entry in ids.range((hash, 0)..=(hash, u32::MAX))? {
        let number = entry?.0.value().1;
        if let Some(stored) = get_stored(records, number)?.filter(|stored| stored.record.id == id) {
            return Ok(Some((number, stored)));
        }
    }
    Ok(None)
}

impl Lookup for Snapshot {
    fn carriers(&self, space: Space, key: u64) -> Result<Carriers, IndexError> {
        segment::carriers(&self.blocks, &self.state.segments, space, key)
            .map_err(|fault| told(&self.path, fault))
    }

    fn record(&self, number: u32) -> Result<Option<Record>, IndexError> {
        let stored = self.stored(number).map_err(|fault| told(&self.path, fault))?;
        Ok(stored.map(|stored| stored.record))
    }

    fn documents(&self) -> Result<u64, IndexError> {
        Ok(self.state.documents)
    }
}

/// What went wrong, with the place.
fn told(path: &str, fault: Fault) -> IndexError {
    let path = path.to_owned();
    match fault {
        Fault::Full => IndexError::Full { most: u32::MAX },
        Fault::Damaged(what) => IndexError::Damaged { path, what },
        Fault::Store(error) => IndexError::Store {
            path,
            what: error.to_string(),
        },
    }
}

impl Redb {
    /// The index file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn told(&self, fault: Fault) -> IndexError {
        told(&self.path.display().to_string(), fault)
    }

    /// Runs something on the file. redb may panic on a page that something else has changed: that is told as damage.
    fn guard<T>(&self, work: impl FnOnce() -> Result<T, Fault>) -> Result<T, IndexError> {
        caught(work)
            .unwrap_or_else(|| Err(Fault::senseless()))
            .map_err(|fault| self.told(fault))
    }

    fn snapshot(&self) -> Result<Snapshot, Fault> {
        let reading: ReadTransaction = match &self.store {
            Store::Writing(database) => database.begin_read()?,
            Store::Reading(database) => database.begin_read()?,
        };
        Ok(Snapshot {
            state: state(&reading.open_table(HEAD)?)?,
            records: reading.open_table(RECORDS)?,
            ids: reading.open_table(IDS)?,
            blocks: reading.open_table(BLOCKS)?,
            path: self.path.display().to_string(),
        })
    }

    fn writable(&self) -> Result<&redb::Database, IndexError> {
        match &self.store {
            Store::Writing(database) => Ok(database),
            Store::Reading(_) => Err(IndexError::ReadOnly {
                path: self.path.display().to_string(),
            }),
        }
    }
}

fn state(head: &impl ReadableTable<&'static str, &'static [u8]>) -> Result<State, Fault> {
    let value = head
        .get(STATE)?
        .ok_or_else(|| Fault::Damaged("its counters are missing".to_owned()))?;
    decode(value.value(), || "the counters".to_owned())
}

impl Index for Redb {
    fn add(&mut self, items: &[Item]) -> Result<Vec<Added>, IndexError> {
        let database = self.writable()?;
        let results = self.guard(|| self.add_batch(database, items))?;
        self.guard(|| self.tidy())?;
        Ok(results)
    }

    fn remove(&mut self, ids: &[String]) -> Result<Vec<bool>, IndexError> {
        let database = self.writable()?;
        let results = self.guard(|| self.remove_batch(database, ids))?;
        self.guard(|| self.tidy())?;
        Ok(results)
    }

    fn get(&self, id: &str) -> Result<Option<Record>, IndexError> {
        self.guard(|| {
            let snapshot = self.snapshot()?;
            let found = find_id(&snapshot.ids, &snapshot.records, id)?;
            Ok(found.map(|(_, stored)| stored.record))
        })
    }

    fn ask(&self, item: &Item) -> Result<Answer, IndexError> {
        let mut result = None;
        self.guard(|| {
            result = Some(answer(&self.snapshot()?, item));
            Ok(())
        })?;
        result.unwrap_or_else(|| Ok(Answer::default()))
    }

    fn clusters(&self) -> Result<Clusters, IndexError> {
        let (snapshot, pairs) = self.guard(|| {
            let snapshot = self.snapshot()?;
            let mut sizes = vec![Size::default(); snapshot.state.next_document as usize];
            let mut there = vec![false; sizes.len()];
            for entry in snapshot.records.iter()? {
                let (number, value) = entry?;
                let number = number.value();
                let stored: Stored = decode(value.value(), || format!("document {number}"))?;
                if let (Some(size), Some(there)) =
                    (sizes.get_mut(number as usize), there.get_mut(number as usize))
                {
                    (*size, *there) = (stored.record.size, true);
                }
            }
            let mut lists = Lists::default();
            let mut kept = Vec::new();
            segment::each_list(
                &snapshot.blocks,
                &snapshot.state.segments,
                &[Space::Run],
                |space, _, carriers| {
                    kept.clear();
                    kept.extend(
                        carriers
                            .iter()
                            .filter(|carrier| there.get(carrier.0 as usize) == Some(&true))
                            .map(|(document, place)| (*document, place.saturating_mul(space.unit()))),
                    );
                    lists.push(&kept);
                    Ok(())
                },
            )?;
            Ok((snapshot, lists.pairs(&sizes)))
        })?;
        self.guard(|| Ok(super::clusters_of(pairs, |number| snapshot.record(number))))?
    }

    fn each(&self, take: &mut dyn FnMut(Record) -> bool) -> Result<(), IndexError> {
        self.guard(|| {
            let snapshot = self.snapshot()?;
            for entry in snapshot.records.iter()? {
                let (number, value) = entry?;
                let stored: Stored = decode(value.value(), || format!("document {}", number.value()))?;
                if !take(stored.record) {
                    break;
                }
            }
            Ok(())
        })
    }

    fn stats(&self) -> Result<Stats, IndexError> {
        let state = self.guard(|| Ok(self.snapshot()?.state))?;
        Ok(Stats {
            documents: state.documents,
            declared: state.declared,
            words: state.words,
            figures: state.figures,
            postings: state.segments.iter().map(|segment| segment.postings).sum(),
            segments: state.segments.len() as u64,
            removed: state.removed,
            bytes: self.file_bytes(),
        })
    }
}
