//! Segments: the lists of one batch of documents, and merging them.
//!
//! A batch of documents becomes a segment of its own, so that adding costs what the batch is worth and not what the index is.
//! Segments that are not much larger than what came after them are merged with it (O'Neil et al. 1996, log-structured merge), so
//! a key is looked up in few places, and each posting is rewritten a number of times that grows as the logarithm of the index.

use redb::{ReadableTable, Table, TableDefinition};
use serde::{Deserialize, Serialize};

use super::super::super::near::{Carriers, LEADERS};
use super::super::record::{Posting, Space};
use super::block::{self, Carrier, Packed, Packer};
use super::{Fault, get_sealed};

/// Space (and tail or not), segment, last key of the block: the lists of all segments.
///
/// Under its last key and not its first, a block is the first one at or after a wanted key. redb finds that by reading one leaf;
/// the last block *before* a key it finds by reading the leaf after it, too.
pub(super) type BlockKey = (u8, u32, u64);

/// The blocks.
pub(super) const BLOCKS: TableDefinition<BlockKey, &[u8]> = TableDefinition::new("blocks");

/// Added to the number of a space: its tails.
const TAIL: u8 = 0x80;

/// A segment is at least so many times as large as all younger ones. Of a thousand batches at most seven segments then stand side
/// by side, four in the mean, and a posting is written eight times; four of like size (as before) made it eleven, six, and five
/// times. See the test below.
const GROWTH: u64 = 2;

/// What is known of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Segment {
    /// Its number.
    pub id: u32,
    /// Number of its first document.
    pub first: u32,
    /// Number after that of its last document.
    pub end: u32,
    /// Its postings.
    pub postings: u64,
}

/// Which of the last segments are due to be merged: how many, none if fewer than two.
///
/// Those before which no segment is more than [`GROWTH`] times as large as all of them together: what is left falls off
/// steeply, so that few stand side by side, and what is due is merged in one go.
pub(super) fn due(segments: &[Segment]) -> usize {
    let mut postings = 0_u64;
    let mut count = 0;
    for segment in segments.iter().rev() {
        if count > 0 && segment.postings > postings.max(1).saturating_mul(GROWTH) {
            break;
        }
        postings = postings.saturating_add(segment.postings);
        count += 1;
    }
    if count > 1 { count } else { 0 }
}

/// Writes one segment.
pub(super) struct Writer<'t, 'txn> {
    blocks: &'t mut Table<'txn, BlockKey, &'static [u8]>,
    id: u32,
    space: Space,
    packer: Packer,
    first: u32,
    /// Postings written so far.
    pub postings: u64,
}

impl<'t, 'txn> Writer<'t, 'txn> {
    pub(super) fn new(blocks: &'t mut Table<'txn, BlockKey, &'static [u8]>, id: u32, first: u32) -> Self {
        Self {
            blocks,
            id,
            space: Space::Run,
            packer: Packer::new(first),
            first,
            postings: 0,
        }
    }

    /// Adds a list; spaces, then keys, then documents come in ascending order.
    pub(super) fn push(&mut self, space: Space, key: u64, carriers: &[Carrier]) -> Result<(), Fault> {
        if space != self.space {
            self.flush()?;
            self.space = space;
            self.packer = Packer::new(self.first);
        }
        self.postings += carriers.len() as u64;
        let Self { blocks, id, .. } = self;
        self.packer
            .push(key, carriers, &mut |packed| store(blocks, *id, space, packed))
    }

    /// Writes what is left.
    pub(super) fn flush(&mut self) -> Result<(), Fault> {
        let Self {
            blocks, id, space, ..
        } = self;
        self.packer
            .flush(&mut |packed| store(blocks, *id, *space, packed))
    }
}

fn store(
    blocks: &mut Table<'_, BlockKey, &'static [u8]>,
    id: u32,
    space: Space,
    packed: Packed,
) -> Result<(), Fault> {
    let (key, bytes) = match packed {
        Packed::Block(key, bytes) => ((space as u8, id, key), bytes),
        Packed::Tail(key, bytes) => ((space as u8 | TAIL, id, key), bytes),
    };
    blocks.insert(key, block::seal(&bytes).as_slice())?;
    Ok(())
}

/// Writes the segment of a batch from its documents' numbers and postings.
pub(super) fn write_batch(
    writer: &mut Writer<'_, '_>,
    mut postings: Vec<(Posting, u32)>,
) -> Result<(), Fault> {
    postings.sort_unstable_by_key(|(posting, document)| (posting.space, posting.key, *document));
    let mut carriers = Vec::new();
    for list in postings.chunk_by(|a, b| (a.0.space, a.0.key) == (b.0.space, b.0.key)) {
        carriers.clear();
        carriers.extend(list.iter().map(|(posting, document)| (*document, posting.place)));
        if let Some((posting, _)) = list.first() {
            writer.push(posting.space, posting.key, &carriers)?;
        }
    }
    writer.flush()
}

/// The lists of one space of one segment, in order.
struct Cursor<'t, T> {
    blocks: &'t T,
    segment: Segment,
    space: Space,
    /// Least key of the next block to read; `None` at the end.
    next: Option<u64>,
    /// Lists of the block at hand, and which of them is the next.
    held: block::Held,
    at: usize,
}

impl<'t, T: ReadableTable<BlockKey, &'static [u8]>> Cursor<'t, T> {
    fn new(blocks: &'t T, segment: Segment, space: Space) -> Result<Self, Fault> {
        let mut cursor = Self {
            blocks,
            segment,
            space,
            next: Some(0),
            held: block::Held::default(),
            at: 0,
        };
        cursor.fill()?;
        Ok(cursor)
    }

    fn fill(&mut self) -> Result<(), Fault> {
        let space = self.space as u8;
        while let (None, Some(from)) = (self.key(), self.next) {
            let range = (space, self.segment.id, from)..=(space, self.segment.id, u64::MAX);
            let Some(entry) = self.blocks.range(range)?.next() else {
                self.next = None;
                break;
            };
            let (key, value) = entry?;
            let bytes = get_sealed(value.value(), || format!("block {:?}", key.value()))?;
            self.held
                .read(bytes, self.segment.first)
                .filter(|()| self.held.last() == Some(key.value().2))
                .ok_or_else(|| Fault::Damaged(format!("block {:?} cannot be read", key.value())))?;
            self.at = 0;
            self.next = key.value().2.checked_add(1);
        }
        Ok(())
    }

    fn key(&self) -> Option<u64> {
        self.held.key(self.at)
    }

    /// The list at hand, whole; goes on to the next.
    fn take(&mut self, into: &mut Vec<Carrier>) -> Result<(), Fault> {
        let (Some(key), Some((total, carriers))) = (self.key(), self.held.list(self.at)) else {
            return Ok(());
        };
        self.at += 1;
        let before = into.len();
        into.extend_from_slice(carriers);
        if total > LEADERS {
            let key = (self.space as u8 | TAIL, self.segment.id, key);
            let lost = || Fault::Damaged(format!("the tail {key:?} is missing or cannot be read"));
            let value = self.blocks.get(key)?.ok_or_else(lost)?;
            let bytes = get_sealed(value.value(), || format!("tail {key:?}"))?;
            block::tail(bytes, self.segment.first, into).ok_or_else(lost)?;
        }
        if into.len() - before != total {
            let key = (self.space, self.segment.id, key);
            return Err(Fault::Damaged(format!("list {key:?} is not as long as it says")));
        }
        self.fill()
    }
}

/// Hands every list of the segments to `take`, lists of one key joined, in ascending order of space and key.
pub(super) fn each_list<T: ReadableTable<BlockKey, &'static [u8]>>(
    blocks: &T,
    segments: &[Segment],
    spaces: &[Space],
    mut take: impl FnMut(Space, u64, &[Carrier]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut carriers = Vec::new();
    for space in spaces {
        let mut cursors = segments
            .iter()
            .map(|segment| Cursor::new(blocks, *segment, *space))
            .collect::<Result<Vec<_>, Fault>>()?;
        while let Some(key) = cursors.iter().filter_map(Cursor::key).min() {
            carriers.clear();
            for cursor in &mut cursors {
                if cursor.key() == Some(key) {
                    cursor.take(&mut carriers)?;
                }
            }
            take(*space, key, &carriers)?;
        }
    }
    Ok(())
}

/// The documents found by a key in all segments, oldest first.
pub(super) fn carriers<T: ReadableTable<BlockKey, &'static [u8]>>(
    blocks: &T,
    segments: &[Segment],
    space: Space,
    key: u64,
) -> Result<Carriers, Fault> {
    let mut found = Carriers::default();
    for segment in segments {
        let range = (space as u8, segment.id, key)..=(space as u8, segment.id, u64::MAX);
        let Some(entry) = blocks.range(range)?.next() else {
            continue;
        };
        let (at, value) = entry?;
        let bytes = get_sealed(value.value(), || format!("block {:?}", at.value()))?;
        let list = block::find(bytes, segment.first, key)
            .ok_or_else(|| Fault::Damaged(format!("block {:?} cannot be read", at.value())))?;
        found.total += list.total;
        let room = LEADERS.saturating_sub(found.first.len());
        found.first.extend(
            list.carriers
                .iter()
                .take(room)
                .map(|(document, place)| (*document, place.saturating_mul(space.unit()))),
        );
    }
    Ok(found)
}

/// Removes the blocks of a segment.
pub(super) fn erase(blocks: &mut Table<'_, BlockKey, &'static [u8]>, id: u32) -> Result<(), Fault> {
    for space in Space::ALL {
        for space in [space as u8, space as u8 | TAIL] {
            let range = (space, id, 0)..=(space, id, u64::MAX);
            blocks.retain_in(range, |_, _| false)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Most segments, their mean, and how often a posting is written, over so many batches of one size.
    fn grown(batches: u32) -> (usize, f64, f64) {
        let mut segments: Vec<Segment> = Vec::new();
        let (mut most, mut sum, mut written) = (0, 0, 0);
        for batch in 0..batches {
            segments.push(Segment {
                id: batch,
                first: batch,
                end: batch + 1,
                postings: 70_000,
            });
            written += 70_000;
            let count = due(&segments);
            if count > 0 {
                let merged = segments.split_off(segments.len() - count);
                let postings = merged.iter().map(|segment| segment.postings).sum();
                written += postings;
                segments.push(Segment {
                    postings,
                    first: merged[0].first,
                    ..segments.last().copied().unwrap_or(merged[0])
                });
            }
            assert_eq!(due(&segments), 0, "one merge settles it");
            most = most.max(segments.len());
            sum += segments.len();
        }
        let batches = f64::from(batches);
        (most, sum as f64 / batches, written as f64 / batches / 70_000.0)
    }

    #[test]
    fn few_segments_stand_side_by_side_and_merging_costs_little() {
        for batches in [100, 1_000, 10_000] {
            let (most, mean, written) = grown(batches);
            let log = f64::from(batches).ln();
            assert!(most as f64 <= 1.1 * log, "{batches} batches: {most} segments");
            assert!(mean <= 0.65 * log, "{batches} batches: {mean} segments");
            assert!(written <= 1.3 * log, "{batches} batches: written {written} times");
        }
    }
}
