//! The words of a text as types and tokens: which are the same, how often each occurs and where last before.

use crate::document::Word;

/// Types and tokens of a text. Equal words (by their hash) are one type.
#[derive(Debug, Default)]
pub(super) struct Types {
    /// Type of each token, numbered from 0 in order of first appearance.
    pub(super) ids: Vec<u32>,
    /// First token of each type.
    pub(super) first: Vec<u32>,
    /// Tokens of each type.
    pub(super) frequency: Vec<u32>,
    /// Where each token's type stood last.
    pub(super) recurrence: Recurrence,
}

/// Where the type of each token stands last before it and first after it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Recurrence {
    /// Place of the one before, from 1; 0 for a type's first token.
    pub(super) before: Vec<u32>,
    /// Place of the one after, from 0; the number of tokens for a type's last token.
    pub(super) after: Vec<u32>,
}

impl Types {
    pub(super) fn new(words: &[Word]) -> Self {
        let (ids, first) = intern(words);
        let mut frequency = vec![0_u32; first.len()];
        for id in &ids {
            if let Some(count) = frequency.get_mut(*id as usize) {
                *count += 1;
            }
        }
        let recurrence = Recurrence::new(&ids, first.len());
        Self {
            ids,
            first,
            frequency,
            recurrence,
        }
    }

    /// Number of types.
    pub(super) fn len(&self) -> usize {
        self.first.len()
    }

    /// First token and number of tokens of each type.
    pub(super) fn counted(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.first
            .iter()
            .zip(&self.frequency)
            .map(|(first, count)| (*first as usize, *count as usize))
    }
}

impl Recurrence {
    /// Of a sequence of types below `types`. Linear.
    pub(super) fn new(ids: &[u32], types: usize) -> Self {
        let all = clip(ids.len());
        let mut last = vec![0_u32; types];
        let mut before = Vec::with_capacity(ids.len());
        let mut after = vec![all; ids.len()];
        for (id, place) in ids.iter().zip(0_u32..) {
            let Some(last) = last.get_mut(*id as usize) else {
                before.push(0);
                continue;
            };
            before.push(*last);
            let earlier = last.checked_sub(1).and_then(|at| after.get_mut(at as usize));
            if let Some(earlier) = earlier {
                *earlier = place;
            }
            *last = place + 1;
        }
        Self { before, after }
    }
}

/// Numbers the words by their hash, in order of first appearance; and the first word of each number.
fn intern(words: &[Word]) -> (Vec<u32>, Vec<u32>) {
    // Half full at most.
    let size = (words.len() * 2).next_power_of_two().max(2);
    let mask = size as u64 - 1;
    // Number of the type in each slot, from 1.
    let mut slots = vec![0_u32; size];
    let mut hashes: Vec<u64> = Vec::with_capacity(words.len() / 2);
    let mut ids = Vec::with_capacity(words.len());
    let mut first = Vec::with_capacity(words.len() / 2);
    for (word, place) in words.iter().zip(0_u32..) {
        // The low bits of FNV-1a are its weakest for short words: fold the high half in.
        let mut at = (word.hash ^ (word.hash >> 32)) & mask;
        while let Some(slot) = slots.get_mut(at as usize) {
            if *slot == 0 {
                hashes.push(word.hash);
                first.push(place);
                *slot = clip(first.len());
            }
            let id = *slot - 1;
            if hashes.get(id as usize) == Some(&word.hash) {
                ids.push(id);
                break;
            }
            at = (at + 1) & mask;
        }
    }
    (ids, first)
}

fn clip(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recurrence_by_hand() {
        let found = Recurrence::new(&[0, 1, 0, 0, 2], 3);
        assert_eq!(found.before, [0, 0, 1, 3, 0]);
        assert_eq!(found.after, [2, 5, 3, 5, 5]);
    }
}
