//! Checking every page, record and list of an index against one another.

use redb::ReadableTable;
use serde::Serialize;

use super::super::IndexError;
use super::super::record::{Check, Space};
use super::{Fault, Redb, Snapshot, State, Stored, decode, segment};
use crate::document::word_hash;

/// Most problems that are told one by one.
const MOST_TOLD: usize = 20;

/// What was checked, and what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Documents whose record is whole and whose keys are all in the lists.
    pub documents: u64,
    /// Postings read.
    pub postings: u64,
    /// Whether the pages of the file had to be repaired.
    pub repaired: bool,
    /// How much is wrong.
    pub problems: u64,
    /// The first of it, in words.
    pub told: Vec<String>,
}

impl Verified {
    fn problem(&mut self, what: impl FnOnce() -> String) {
        self.problems += 1;
        if self.told.len() < MOST_TOLD {
            self.told.push(what());
        }
    }
}

impl Redb {
    /// Reads everything and checks it: the checksum of every page, record and block, that every document is found by its id and
    /// has all its keys in the lists, and the counters. Opened for reading, the pages themselves are not checked.
    ///
    /// Memory: 24 bytes a document.
    ///
    /// # Errors
    /// When the file cannot be read on; what can be read and is wrong is told in the result.
    pub fn verify(&mut self) -> Result<Verified, IndexError> {
        let whole = self.check_pages().map_err(|fault| self.told(fault))?;
        self.guard(|| {
            let snapshot = self.snapshot()?;
            let mut found = Verified {
                repaired: !whole,
                ..Verified::default()
            };
            let sums = lists(&snapshot, &mut found)?;
            records(&snapshot, &sums, &mut found)?;
            Ok(found)
        })
    }
}

/// Reads all lists; gives the sum over each document's keys.
fn lists(snapshot: &Snapshot, found: &mut Verified) -> Result<Vec<Check>, Fault> {
    let mut sums = vec![Check::default(); snapshot.state.next_document as usize];
    for part in &snapshot.state.segments {
        let mut postings = 0;
        let result = segment::each_list(
            &snapshot.blocks,
            std::slice::from_ref(part),
            &Space::ALL,
            |space, key, carriers| {
                for (document, _) in carriers {
                    postings += 1;
                    match sums.get_mut(*document as usize) {
                        Some(sum) if (part.first..part.end).contains(document) => sum.add(space, key),
                        _ => found.problem(|| {
                            format!("a list leads to document {document}, which is not of its segment")
                        }),
                    }
                }
                Ok(())
            },
        );
        found.postings += postings;
        match result {
            Ok(()) if postings == part.postings => {}
            Ok(()) => found.problem(|| {
                format!(
                    "segment {} holds {postings} postings and should hold {}",
                    part.id, part.postings
                )
            }),
            Err(Fault::Damaged(what)) => found.problem(|| what),
            Err(fault) => return Err(fault),
        }
    }
    Ok(sums)
}

/// Reads all records and compares them with the lists, the ids and the counters.
fn records(snapshot: &Snapshot, sums: &[Check], found: &mut Verified) -> Result<(), Fault> {
    let mut counted = State::default();
    for entry in snapshot.records.iter()? {
        let (number, value) = entry?;
        let number = number.value();
        let stored: Stored = match decode(value.value(), || format!("document {number}")) {
            Ok(stored) => stored,
            Err(Fault::Damaged(what)) => {
                found.problem(|| what);
                continue;
            }
            Err(fault) => return Err(fault),
        };
        counted.count(&stored.record);
        let id = &stored.record.id;
        if sums.get(number as usize) != Some(&stored.check) {
            found.problem(|| {
                format!(
                    "document {id:?}: the lists do not hold all its {} keys",
                    stored.check.keys()
                )
            });
        } else if snapshot.ids.get((word_hash(id), number))?.is_none() {
            found.problem(|| format!("document {id:?} is not found by its id"));
        } else {
            found.documents += 1;
        }
    }
    let state = &snapshot.state;
    let counters = |state: &State| (state.documents, state.declared, state.words, state.figures);
    if counters(state) != counters(&counted) {
        found.problem(|| format!("the counters say {state:?}, and the documents are {counted:?}"));
    }
    Ok(())
}
