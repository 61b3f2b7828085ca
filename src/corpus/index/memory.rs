//! An index in memory: for one run over many documents, and for tests.

use std::collections::BTreeMap;

use super::super::near::{Carriers, LEADERS, Lists, Size};
use super::answer::{Answer, Lookup, answer};
use super::record::{Check, Item, Record, Space};
use super::{Added, Clusters, Index, IndexError, Stats};

/// Documents it can hold: their numbers share a word with 8 bits of the key.
const MOST_DOCUMENTS: u32 = 1 << 24;

/// So many runs of one size are merged into one.
const FAN: usize = 4;

/// One key of one document in 12 bytes, ordered by key, then document: key (32 high bits), key (8 low bits) and document, place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Packed([u32; 3]);

impl Packed {
    fn new(key: u64, document: u32, place: u32) -> Self {
        Self([(key >> 8) as u32, ((key as u32) << 24) | document, place])
    }

    fn key(self) -> u64 {
        let Self([high, low, _]) = self;
        (u64::from(high) << 8) | u64::from(low >> 24)
    }

    fn document(self) -> u32 {
        let Self([_, low, _]) = self;
        low & (MOST_DOCUMENTS - 1)
    }

    fn place(self) -> u32 {
        let Self([_, _, place]) = self;
        place
    }
}

/// The lists of one space: sorted segments, oldest documents first.
#[derive(Debug, Default)]
struct Segments(Vec<Vec<Packed>>);

impl Segments {
    fn push(&mut self, mut segment: Vec<Packed>) {
        segment.sort_unstable();
        self.0.push(segment);
        while let Some(at) = self.0.len().checked_sub(FAN) {
            let last = self.0.last().map_or(0, Vec::len);
            if self
                .0
                .iter()
                .skip(at)
                .any(|segment| segment.len() > FAN * last.max(1))
            {
                break;
            }
            self.merge(at);
        }
    }

    /// Merges the segments from number `at` on.
    fn merge(&mut self, at: usize) {
        let parts = self.0.split_off(at);
        let mut merged = Vec::with_capacity(parts.iter().map(Vec::len).sum());
        for part in parts {
            merged.extend_from_slice(&part);
        }
        // Sorted runs one after the other: the stable sort finds and merges them.
        merged.sort();
        self.0.push(merged);
    }

    /// `unit` is that of the places.
    fn carriers(&self, key: u64, unit: u32) -> Carriers {
        let mut carriers = Carriers::default();
        let from = Packed::new(key, 0, 0);
        for segment in &self.0 {
            let start = segment.partition_point(|packed| *packed < from);
            for packed in segment
                .iter()
                .skip(start)
                .take_while(|packed| packed.key() == key)
            {
                carriers.total += 1;
                if carriers.first.len() < LEADERS {
                    carriers.first.push((packed.document(), packed.place() * unit));
                }
            }
        }
        carriers
    }
}

/// An index in memory. See [`Index`].
///
/// Memory: 12 bytes a key and the record of each document; about 1.3 KB for one of 300 words.
#[derive(Debug, Default)]
pub struct Memory {
    records: Vec<Option<(Record, Check)>>,
    numbers: BTreeMap<String, u32>,
    runs: Segments,
    figures: Segments,
    names: Segments,
    removed: u64,
}

impl Memory {
    /// An empty index.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn segments(&self, space: Space) -> &Segments {
        match space {
            Space::Run => &self.runs,
            Space::Figure => &self.figures,
            Space::Name => &self.names,
        }
    }

    fn is_there(&self, document: u32) -> bool {
        self.records.get(document as usize).is_some_and(Option::is_some)
    }

    /// Whether the document is there just so.
    fn holds(&self, record: &Record, check: Check) -> bool {
        let number = self.numbers.get(&record.id);
        let kept = number.and_then(|number| self.records.get(*number as usize));
        matches!(kept, Some(Some((kept, keys))) if kept == record && *keys == check)
    }

    fn drop_record(&mut self, number: u32) {
        if let Some(record) = self.records.get_mut(number as usize) {
            *record = None;
            self.removed += 1;
        }
    }

    /// The runs of the index, all segments merged, with the documents that are still there.
    fn lists(&self) -> Lists {
        let mut lists = Lists::default();
        let mut all: Vec<Packed>;
        let sorted: &[Packed] = if let [one] = self.runs.0.as_slice() {
            one
        } else {
            all = self.runs.0.concat();
            all.sort();
            &all
        };
        let mut carriers = Vec::new();
        for list in sorted.chunk_by(|a, b| a.key() == b.key()) {
            if list.len() > 1 {
                carriers.clear();
                carriers.extend(
                    list.iter()
                        .filter(|packed| self.is_there(packed.document()))
                        .map(|packed| (packed.document(), packed.place() * Space::Run.unit())),
                );
                lists.push(&carriers);
            }
        }
        lists
    }
}

impl Lookup for Memory {
    fn carriers(&self, space: Space, key: u64) -> Result<Carriers, IndexError> {
        Ok(self.segments(space).carriers(key, space.unit()))
    }

    fn record(&self, number: u32) -> Result<Option<Record>, IndexError> {
        let kept = self.records.get(number as usize).and_then(Option::as_ref);
        Ok(kept.map(|(record, _)| record.clone()))
    }

    fn documents(&self) -> Result<u64, IndexError> {
        Ok(self.numbers.len() as u64)
    }
}

impl Index for Memory {
    fn add(&mut self, items: &[Item]) -> Result<Vec<Added>, IndexError> {
        if self.records.len() + items.len() > MOST_DOCUMENTS as usize {
            return Err(IndexError::Full { most: MOST_DOCUMENTS });
        }
        let (mut runs, mut figures, mut names) = (Vec::new(), Vec::new(), Vec::new());
        let mut results = Vec::with_capacity(items.len());
        for item in items {
            let postings = item.postings();
            let check = Check::of(&postings);
            if self.holds(&item.record, check) {
                results.push(Added::Unchanged);
                continue;
            }
            let number = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
            let old = self.numbers.insert(item.record.id.clone(), number);
            results.push(old.map_or(Added::New, |_| Added::Replaced));
            if let Some(old) = old {
                self.drop_record(old);
            }
            for posting in postings {
                let packed = Packed::new(posting.key, number, posting.place);
                match posting.space {
                    Space::Run => runs.push(packed),
                    Space::Figure => figures.push(packed),
                    Space::Name => names.push(packed),
                }
            }
            self.records.push(Some((item.record.clone(), check)));
        }
        self.runs.push(runs);
        self.figures.push(figures);
        self.names.push(names);
        Ok(results)
    }

    fn remove(&mut self, ids: &[String]) -> Result<Vec<bool>, IndexError> {
        Ok(ids
            .iter()
            .map(|id| {
                let number = self.numbers.remove(id);
                if let Some(number) = number {
                    self.drop_record(number);
                }
                number.is_some()
            })
            .collect())
    }

    fn get(&self, id: &str) -> Result<Option<Record>, IndexError> {
        match self.numbers.get(id) {
            Some(number) => self.record(*number),
            None => Ok(None),
        }
    }

    fn ask(&self, item: &Item) -> Result<Answer, IndexError> {
        answer(self, item)
    }

    fn clusters(&self) -> Result<Clusters, IndexError> {
        let sizes: Vec<Size> = self
            .records
            .iter()
            .map(|kept| kept.as_ref().map_or(Size::default(), |(record, _)| record.size))
            .collect();
        let pairs = self.lists().pairs(&sizes);
        super::clusters_of(pairs, |number| self.record(number))
    }

    fn each(&self, take: &mut dyn FnMut(Record) -> bool) -> Result<(), IndexError> {
        for (record, _) in self.records.iter().flatten() {
            if !take(record.clone()) {
                break;
            }
        }
        Ok(())
    }

    fn stats(&self) -> Result<Stats, IndexError> {
        let mut stats = Stats {
            removed: self.removed,
            segments: self.runs.0.len() as u64,
            ..Stats::default()
        };
        let segments = [&self.runs, &self.figures, &self.names];
        stats.postings = segments
            .iter()
            .flat_map(|segments| &segments.0)
            .map(|segment| segment.len() as u64)
            .sum();
        for (record, _) in self.records.iter().flatten() {
            stats.count(record);
            stats.bytes += record_bytes(record);
        }
        stats.bytes += stats.postings * size_of::<Packed>() as u64;
        Ok(stats)
    }
}

/// What a record takes in memory, with its entry in the table of ids.
fn record_bytes(record: &Record) -> u64 {
    let texts = [&record.source, &record.date, &record.url, &record.publisher];
    let texts: usize = texts.into_iter().flatten().map(String::len).sum();
    let lists =
        size_of_val(record.figures.as_slice()) + size_of_val(record.names.as_slice()) + record.claims.bytes();
    (2 * record.id.len() + texts + lists + size_of::<Record>() + size_of::<(String, u32)>()) as u64
}
