//! Adding, removing and merging, each in one transaction.

use redb::{ReadableTable, WriteTransaction};

use super::super::Added;
use super::super::record::{Check, Item, Posting, Space};
use super::segment::{self, BLOCKS, Segment};
use super::{
    Fault, HEAD, IDS, RECORDS, REMOVED, Redb, STATE, Snapshot, Store, Stored, encode, find_id, state,
};
use crate::document::word_hash;

/// Once this share of the documents was removed (one in so many), their keys are cleared away at once.
const REMOVED_SHARE: u64 = 4;

impl Redb {
    /// Merges what is due, and clears removed documents away once they are many.
    pub(super) fn tidy(&self) -> Result<(), Fault> {
        let Store::Writing(database) = &self.store else {
            return Ok(());
        };
        loop {
            let snapshot = self.snapshot()?;
            let state = &snapshot.state;
            let stale = state.removed > 0 && state.removed >= state.documents / REMOVED_SHARE;
            let merged = if stale {
                state.segments.len()
            } else {
                segment::due(&state.segments)
            };
            if merged == 0 {
                return Ok(());
            }
            self.merge(database, &snapshot, merged)?;
        }
    }

    /// Merges all segments, if there is more than one or something removed in them.
    pub(super) fn merge_all(&self, database: &redb::Database) -> Result<(), Fault> {
        let snapshot = self.snapshot()?;
        let segments = snapshot.state.segments.len();
        if segments > 1 || snapshot.state.removed > 0 {
            self.merge(database, &snapshot, segments)?;
        }
        Ok(())
    }

    /// Merges the last `count` segments into one, without the keys of removed documents.
    fn merge(&self, database: &redb::Database, snapshot: &Snapshot, count: usize) -> Result<(), Fault> {
        let transaction = begin(database)?;
        {
            let mut head = transaction.open_table(HEAD)?;
            let mut blocks = transaction.open_table(BLOCKS)?;
            let mut removed = transaction.open_table(REMOVED)?;
            let mut state = state(&head)?;
            let at = state.segments.len().saturating_sub(count);
            let old = state.segments.split_off(at);
            let (first, end) = match (old.first(), old.last()) {
                (Some(first), Some(last)) => (first.first, last.end),
                _ => return Ok(()),
            };
            let mut gone = Vec::new();
            // All segments: nothing is left that a removed document could be in, one without any key included.
            let cleared = if at == 0 {
                0..state.next_document
            } else {
                first..end
            };
            for entry in removed.range(cleared.clone())? {
                gone.push(entry?.0.value());
            }
            let id = state.new_segment();
            let mut writer = segment::Writer::new(&mut blocks, id, first);
            let mut kept = Vec::new();
            segment::each_list(&snapshot.blocks, &old, &Space::ALL, |space, key, carriers| {
                kept.clear();
                kept.extend(
                    carriers
                        .iter()
                        .filter(|carrier| gone.binary_search(&carrier.0).is_err()),
                );
                writer.push(space, key, &kept)
            })?;
            writer.flush()?;
            let postings = writer.postings;
            for segment in &old {
                segment::erase(&mut blocks, segment.id)?;
            }
            removed.retain_in(cleared, |_, ()| false)?;
            state.removed = state.removed.saturating_sub(gone.len() as u64);
            if postings > 0 {
                state.segments.push(Segment {
                    id,
                    first,
                    end,
                    postings,
                });
            }
            head.insert(STATE, encode(&state)?.as_slice())?;
        }
        transaction.commit()?;
        Ok(())
    }

    pub(super) fn add_batch(&self, database: &redb::Database, items: &[Item]) -> Result<Vec<Added>, Fault> {
        let mut results = Vec::with_capacity(items.len());
        let transaction = begin(database)?;
        {
            let mut head = transaction.open_table(HEAD)?;
            let mut records = transaction.open_table(RECORDS)?;
            let mut ids = transaction.open_table(IDS)?;
            let mut removed = transaction.open_table(REMOVED)?;
            let mut blocks = transaction.open_table(BLOCKS)?;
            let mut state = state(&head)?;
            let first = state.next_document;
            let mut postings: Vec<(Posting, u32)> = Vec::new();
            for item in items {
                let own = item.postings();
                let check = Check::of(&own);
                let old = find_id(&ids, &records, &item.record.id)?;
                let hash = word_hash(&item.record.id);
                match old {
                    Some((_, old)) if old.check == check && old.record == item.record => {
                        results.push(Added::Unchanged);
                        continue;
                    }
                    Some((number, old)) => {
                        records.remove(number)?;
                        ids.remove((hash, number))?;
                        removed.insert(number, ())?;
                        state.discount(&old.record);
                        results.push(Added::Replaced);
                    }
                    None => results.push(Added::New),
                }
                let number = state.next_document;
                state.next_document = number.checked_add(1).ok_or(Fault::Full)?;
                state.count(&item.record);
                postings.extend(own.into_iter().map(|posting| (posting, number)));
                let stored = Stored {
                    record: item.record.clone(),
                    check,
                };
                records.insert(number, encode(&stored)?.as_slice())?;
                ids.insert((hash, number), ())?;
            }
            if !postings.is_empty() {
                let id = state.new_segment();
                let mut writer = segment::Writer::new(&mut blocks, id, first);
                segment::write_batch(&mut writer, postings)?;
                let postings = writer.postings;
                state.segments.push(Segment {
                    id,
                    first,
                    end: state.next_document,
                    postings,
                });
            }
            head.insert(STATE, encode(&state)?.as_slice())?;
        }
        transaction.commit()?;
        Ok(results)
    }

    pub(super) fn remove_batch(
        &self,
        database: &redb::Database,
        wanted: &[String],
    ) -> Result<Vec<bool>, Fault> {
        let mut results = Vec::with_capacity(wanted.len());
        let transaction = begin(database)?;
        {
            let mut head = transaction.open_table(HEAD)?;
            let mut records = transaction.open_table(RECORDS)?;
            let mut ids = transaction.open_table(IDS)?;
            let mut removed = transaction.open_table(REMOVED)?;
            let mut state = state(&head)?;
            for id in wanted {
                let found = find_id(&ids, &records, id)?;
                results.push(found.is_some());
                if let Some((number, stored)) = found {
                    records.remove(number)?;
                    ids.remove((word_hash(id), number))?;
                    removed.insert(number, ())?;
                    state.discount(&stored.record);
                }
            }
            head.insert(STATE, encode(&state)?.as_slice())?;
        }
        transaction.commit()?;
        Ok(results)
    }
}

/// A transaction after which the file opens at once, whatever happens.
pub(super) fn begin(database: &redb::Database) -> Result<WriteTransaction, Fault> {
    let mut transaction = database.begin_write()?;
    transaction.set_quick_repair(true);
    Ok(transaction)
}
