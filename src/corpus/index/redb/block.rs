//! Blocks of lists: how the keys of a segment and the documents they lead to are packed into bytes.
//!
//! A block holds lists in ascending order of their keys: the step from the key before (of the first, from 0), the number of
//! documents, and of the first [`LEADERS`] of them the step from the document before and the place. All numbers are in base 128
//! (7 bits a byte, the eighth says that more follow). The documents beyond those are in a block of their own (a *tail*), which a question never reads.
//! Every stored value is sealed: a CRC-32 stands before it.

use super::super::super::near::LEADERS;
use super::super::numbers::{Numbers, put};

/// Most bytes of a block: with its key and what redb adds, it fills a page of 4,096 bytes.
pub(super) const BLOCK_BYTES: usize = 4_000;

/// Bytes of a seal.
const SEAL_BYTES: usize = 4;

/// A document and a place in it.
pub(super) type Carrier = (u32, u32);

/// Puts the checksum before a value.
pub(super) fn seal(value: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(SEAL_BYTES + value.len());
    sealed.extend_from_slice(&crc32fast::hash(value).to_le_bytes());
    sealed.extend_from_slice(value);
    sealed
}

/// The value behind its checksum; `None` if they do not fit.
pub(super) fn unseal(sealed: &[u8]) -> Option<&[u8]> {
    let (seal, value) = sealed.split_first_chunk::<SEAL_BYTES>()?;
    (u32::from_le_bytes(*seal) == crc32fast::hash(value)).then_some(value)
}

fn put_carriers(out: &mut Vec<u8>, first_document: u32, carriers: &[Carrier]) {
    let mut before = first_document;
    for (document, place) in carriers {
        put(out, u64::from(document.wrapping_sub(before)));
        put(out, u64::from(*place));
        before = *document;
    }
}

fn get_carriers(
    numbers: &mut Numbers<'_>,
    first_document: u32,
    count: usize,
    into: &mut Vec<Carrier>,
) -> Option<()> {
    let mut before = first_document;
    for _ in 0..count {
        before = before.checked_add(numbers.next_u32()?)?;
        into.push((before, numbers.next_u32()?));
    }
    Some(())
}

/// A list on its way out.
#[derive(Debug)]
pub(super) struct Packer {
    first_document: u32,
    block: Vec<u8>,
    /// Last key of the block.
    last: Option<u64>,
}

/// What a [`Packer`] hands out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Packed {
    /// A block, under its last key.
    Block(u64, Vec<u8>),
    /// The rest of the documents of a key.
    Tail(u64, Vec<u8>),
}

impl Packer {
    /// For lists of documents from this number on.
    pub(super) fn new(first_document: u32) -> Self {
        Self {
            first_document,
            block: Vec::with_capacity(BLOCK_BYTES),
            last: None,
        }
    }

    /// Adds a list; keys and documents come in ascending order. Hands out what is full.
    pub(super) fn push<E>(
        &mut self,
        key: u64,
        carriers: &[Carrier],
        out: &mut impl FnMut(Packed) -> Result<(), E>,
    ) -> Result<(), E> {
        let (head, tail) = carriers.split_at(carriers.len().min(LEADERS));
        if head.is_empty() {
            return Ok(());
        }
        if !tail.is_empty() {
            let mut bytes = Vec::new();
            put_carriers(&mut bytes, self.first_document, tail);
            out(Packed::Tail(key, bytes))?;
        }
        let full = self.block.len();
        self.put_list(key, carriers.len(), head);
        // Too long with this list: hand out what was before it, and put it at the start of the next.
        if self.block.len() > BLOCK_BYTES && full > 0 {
            self.block.truncate(full);
            self.flush(out)?;
            self.put_list(key, carriers.len(), head);
        }
        self.last = Some(key);
        Ok(())
    }

    fn put_list(&mut self, key: u64, total: usize, head: &[Carrier]) {
        put(&mut self.block, key.wrapping_sub(self.last.unwrap_or(0)));
        put(&mut self.block, total as u64);
        put_carriers(&mut self.block, self.first_document, head);
    }

    /// Hands out what is left.
    pub(super) fn flush<E>(&mut self, out: &mut impl FnMut(Packed) -> Result<(), E>) -> Result<(), E> {
        if let Some(last) = self.last.take() {
            out(Packed::Block(last, std::mem::take(&mut self.block)))?;
        }
        Ok(())
    }
}

/// A list as it stands in a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct List {
    /// Its key.
    pub key: u64,
    /// How many documents it leads to.
    pub total: usize,
    /// The first of them.
    pub carriers: Vec<Carrier>,
}

/// All lists of a block, in order.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Of each its key, how many documents it leads to, and where in `carriers` those end that stand in the block.
    heads: Vec<(u64, usize, usize)>,
    carriers: Vec<Carrier>,
}

impl Held {
    /// Reads a block in place of what was held; `None` if the bytes make no sense.
    pub(super) fn read(&mut self, block: &[u8], first_document: u32) -> Option<()> {
        self.heads.clear();
        self.carriers.clear();
        let mut numbers = Numbers(block);
        let mut key = 0_u64;
        while !numbers.0.is_empty() {
            key = key.checked_add(numbers.next()?)?;
            let total = numbers.next_usize()?;
            get_carriers(
                &mut numbers,
                first_document,
                total.min(LEADERS),
                &mut self.carriers,
            )?;
            self.heads.push((key, total, self.carriers.len()));
        }
        Some(())
    }

    /// The key of list number `at`.
    pub(super) fn key(&self, at: usize) -> Option<u64> {
        self.heads.get(at).map(|head| head.0)
    }

    /// The last key.
    pub(super) fn last(&self) -> Option<u64> {
        self.heads.last().map(|head| head.0)
    }

    /// How many documents list number `at` leads to, and the first of them.
    pub(super) fn list(&self, at: usize) -> Option<(usize, &[Carrier])> {
        let (_, total, end) = *self.heads.get(at)?;
        let start = at.checked_sub(1).and_then(|before| self.heads.get(before));
        let carriers = self.carriers.get(start.map_or(0, |head| head.2)..end)?;
        Some((total, carriers))
    }
}

/// The list of one key in a block, empty if it has none; `None` if the bytes make no sense.
pub(super) fn find(block: &[u8], first_document: u32, wanted: u64) -> Option<List> {
    let mut numbers = Numbers(block);
    let mut list = List::default();
    while !numbers.0.is_empty() {
        list.key = list.key.checked_add(numbers.next()?)?;
        let total = numbers.next_usize()?;
        let here = total.min(LEADERS);
        match list.key.cmp(&wanted) {
            std::cmp::Ordering::Less => numbers.skip(2 * here)?,
            std::cmp::Ordering::Equal => {
                list.total = total;
                get_carriers(&mut numbers, first_document, here, &mut list.carriers)?;
                return Some(list);
            }
            std::cmp::Ordering::Greater => break,
        }
    }
    Some(List::default())
}

/// The documents of a tail; `None` if the bytes make no sense.
pub(super) fn tail(bytes: &[u8], first_document: u32, into: &mut Vec<Carrier>) -> Option<()> {
    let mut numbers = Numbers(bytes);
    let mut before = first_document;
    while !numbers.0.is_empty() {
        before = before.checked_add(numbers.next_u32()?)?;
        into.push((before, numbers.next_u32()?));
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pack(lists: &[(u64, Vec<Carrier>)], first: u32) -> Vec<Packed> {
        let mut packed = Vec::new();
        let mut out = |part| {
            packed.push(part);
            Ok::<(), ()>(())
        };
        let mut packer = Packer::new(first);
        for (key, carriers) in lists {
            packer.push(*key, carriers, &mut out).unwrap();
        }
        packer.flush(&mut out).unwrap();
        packed
    }

    proptest! {
        #[test]
        fn lists_come_back_as_they_went_in(
            lists in prop::collection::btree_map(0_u64..1 << 40, prop::collection::btree_map(100_u32..5000, 0_u32..300, 1..90), 1..200)
        ) {
            let lists: Vec<(u64, Vec<Carrier>)> = lists.into_iter().map(|(key, carriers)| (key, carriers.into_iter().collect())).collect();
            let mut back: Vec<(u64, Vec<Carrier>)> = Vec::new();
            let packed = pack(&lists, 100);
            for part in &packed {
                if let Packed::Block(last, bytes) = part {
                    prop_assert!(bytes.len() <= BLOCK_BYTES);
                    let mut held = Held::default();
                    held.read(bytes, 100).unwrap();
                    prop_assert_eq!(held.last(), Some(*last));
                    let mut at = 0;
                    while let Some((total, first)) = held.list(at) {
                        let list = List { key: held.key(at).unwrap(), total, carriers: first.to_vec() };
                        at += 1;
                        prop_assert_eq!(&find(bytes, 100, list.key).unwrap(), &list);
                        let mut carriers = list.carriers;
                        for part in &packed {
                            if let Packed::Tail(key, bytes) = part && *key == list.key {
                                tail(bytes, 100, &mut carriers).unwrap();
                            }
                        }
                        prop_assert_eq!(carriers.len(), list.total);
                        back.push((list.key, carriers));
                    }
                }
            }
            prop_assert_eq!(back, lists);
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), key in any::<u64>()) {
            let _ = Held::default().read(&bytes, 7);
            let _ = find(&bytes, 7, key);
            let _ = tail(&bytes, 7, &mut Vec::new());
            let _ = unseal(&bytes);
        }
    }

    #[test]
    fn a_changed_bit_breaks_the_seal() {
        let mut sealed = seal(b"forty ferries");
        assert_eq!(unseal(&sealed), Some(b"forty ferries".as_slice()));
        sealed[6] ^= 1;
        assert_eq!(unseal(&sealed), None);
    }

    #[test]
    fn a_key_that_is_not_there_leads_nowhere() {
        let lists = [(5, vec![(1, 2)]), (9, vec![(3, 4)])];
        let packed = pack(&lists, 0);
        let [Packed::Block(9, bytes)] = packed.as_slice() else {
            panic!("one block, under its last key");
        };
        for key in [0, 4, 6, 10] {
            assert_eq!(find(bytes, 0, key).unwrap(), List::default(), "{key}");
        }
    }
}
