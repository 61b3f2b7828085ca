//! Finds many literals in one pass: a filter of hashed beginnings, then a comparison where one may begin.
//!
//! An automaton waits for memory at every byte, as each step needs the one before. Here every place of the text is asked by itself
//! whether the bytes from it on begin a pattern (hashed blocks as in Wu & Manber 1994), in a table small enough for the
//! fastest cache; one place in thirty passes, and is compared.

use crate::document::HashedMap;

/// Lengths of beginnings: a pattern is filed under the longest that it has, a single byte under each that it may begin.
const LENGTHS: [usize; 4] = [6, 4, 3, 2];
/// Bits of each table, as a power of two: two in a hundred of them are set.
const BITS: u32 = 16;
/// Places that are filtered at a time.
const BLOCK: usize = 1024;

/// The patterns, by their beginnings.
#[derive(Debug)]
pub(super) struct Patterns {
    /// Sorted by length of their beginning, then by bytes: those of one beginning stand together.
    patterns: Vec<Pattern>,
    tables: [Table; LENGTHS.len()],
    /// Beginning, marked with its length -> the patterns that have it.
    groups: HashedMap<(u32, u32)>,
    /// Single byte -> the pattern that it is.
    singles: Vec<Option<u32>>,
}

#[derive(Debug)]
struct Pattern {
    bytes: Box<[u8]>,
    /// Its place among those that were given.
    number: u32,
}

/// A set of hashed beginnings, a bit each.
#[derive(Debug, Clone)]
struct Table(Box<[u64; 1 << (BITS - 6)]>);

impl Table {
    fn has(&self, hash: u64) -> bool {
        let word = self.0.get((hash >> 6) as usize % self.0.len());
        word.is_some_and(|word| word >> (hash % 64) & 1 == 1)
    }

    fn set(&mut self, hash: u64) {
        let at = (hash >> 6) as usize % self.0.len();
        if let Some(word) = self.0.get_mut(at) {
            *word |= 1 << (hash % 64);
        }
    }
}

/// The first bytes of eight.
const fn beginning(eight: u64, length: usize) -> u64 {
    eight & (u64::MAX >> (64 - 8 * length as u32))
}

/// The top bits of a product (Knuth's multiplicative hashing).
const fn hash(beginning: u64) -> u64 {
    beginning.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS)
}

/// Up to eight bytes as a number, the first one lowest.
fn eight(bytes: &[u8]) -> u64 {
    let mut eight = [0; 8];
    for (to, from) in eight.iter_mut().zip(bytes) {
        *to = *from;
    }
    u64::from_le_bytes(eight)
}

/// Key of a group: beginnings have at most six bytes, so that two are left for the length.
const fn key(beginning: u64, length: usize) -> u64 {
    (beginning | (length as u64) << 56).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A pattern found: bytes `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    end: usize,
    start: usize,
    number: u32,
}

impl Patterns {
    /// Of distinct patterns, none of them empty; they are numbered as they come.
    pub(super) fn new<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Self {
        let length_of = |bytes: &[u8]| LENGTHS.into_iter().find(|length| *length <= bytes.len());
        let pattern = |(text, number): (&str, u32)| Pattern {
            bytes: text.as_bytes().into(),
            number,
        };
        let mut patterns: Vec<Pattern> = patterns.into_iter().zip(0..).map(pattern).collect();
        patterns.sort_by(|a, b| (length_of(&a.bytes), &a.bytes).cmp(&(length_of(&b.bytes), &b.bytes)));
        let mut tables: [Table; LENGTHS.len()] =
            std::array::from_fn(|_| Table(Box::new([0; 1 << (BITS - 6)])));
        let mut singles = vec![None; 256];
        let mut groups: HashedMap<(u32, u32)> = HashedMap::default();
        for (pattern, at) in patterns.iter().zip(0_u32..) {
            let Some(length) = length_of(&pattern.bytes) else {
                let byte = pattern.bytes.first().copied().unwrap_or(0);
                if let Some(single) = singles.get_mut(usize::from(byte)) {
                    *single = Some(pattern.number);
                }
                let [.., twos] = &mut tables;
                (0..=u8::MAX).for_each(|next| twos.set(hash(eight(&[byte, next]))));
                continue;
            };
            let beginning = beginning(eight(&pattern.bytes), length);
            for (table, own) in tables.iter_mut().zip(LENGTHS) {
                if own == length {
                    table.set(hash(beginning));
                }
            }
            groups.entry(key(beginning, length)).or_insert((at, at)).1 = at + 1;
        }
        Self {
            patterns,
            tables,
            groups,
            singles,
        }
    }

    /// Calls `found(start, end, number)` for every place of every pattern, overlapping ones too, in order of `end` and then of
    /// `start`. Cost: linear in the text, times the most patterns that share a beginning of six bytes.
    pub(super) fn find(&self, text: &[u8], mut found: impl FnMut(usize, usize, u32)) {
        let mut hits: Vec<Hit> = Vec::new();
        let mut places = [0_u32; BLOCK];
        let mut from = 0;
        while from < text.len() {
            let to = (from + BLOCK).min(text.len());
            let count = self.filter(text, from, to, &mut places);
            for place in places.iter().take(count) {
                self.compare(text, from + *place as usize, &mut hits);
            }
            // What begins later ends later than these.
            hits.sort_unstable();
            let done = hits.partition_point(|hit| hit.end <= to);
            for hit in hits.drain(..done) {
                found(hit.start, hit.end, hit.number);
            }
            from = to;
        }
    }

    /// Writes the places of `from..to` where a pattern may begin, counted from `from`; how many there are.
    fn filter(&self, text: &[u8], from: usize, to: usize, places: &mut [u32; BLOCK]) -> usize {
        let [six, four, three, two] = &self.tables;
        let mut count = 0;
        let mut ask = |place: u32, eight: u64| {
            let may = six.has(hash(beginning(eight, 6)))
                | four.has(hash(beginning(eight, 4)))
                | three.has(hash(beginning(eight, 3)))
                | two.has(hash(beginning(eight, 2)));
            // Without a branch: whether a place passes is anybody's guess.
            if let Some(slot) = places.get_mut(count) {
                *slot = place;
            }
            count += usize::from(may);
        };
        let mut place = 0;
        for window in text.get(from..(to + 7).min(text.len())).unwrap_or(&[]).windows(8) {
            ask(place, eight(window));
            place += 1;
        }
        // The last ones of the text have fewer bytes behind them.
        while from + (place as usize) < to {
            ask(place, eight(text.get(from + place as usize..).unwrap_or(&[])));
            place += 1;
        }
        count
    }

    /// Adds the patterns that begin at a place.
    fn compare(&self, text: &[u8], start: usize, hits: &mut Vec<Hit>) {
        let rest = text.get(start..).unwrap_or(&[]);
        let single = rest
            .first()
            .and_then(|byte| *self.singles.get(usize::from(*byte))?);
        hits.extend(single.map(|number| Hit {
            end: start + 1,
            start,
            number,
        }));
        let eight = eight(rest);
        for (table, length) in self.tables.iter().zip(LENGTHS) {
            let beginning = beginning(eight, length);
            if !table.has(hash(beginning)) {
                continue;
            }
            let Some(&(first, last)) = self.groups.get(&key(beginning, length)) else {
                continue;
            };
            let group = self.patterns.get(first as usize..last as usize).unwrap_or(&[]);
            hits.extend(
                group
                    .iter()
                    .filter(|pattern| rest.starts_with(&pattern.bytes))
                    .map(|pattern| Hit {
                        end: start + pattern.bytes.len(),
                        start,
                        number: pattern.number,
                    }),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(patterns: &[&str], text: &str) -> Vec<(usize, usize, u32)> {
        let mut hits = Vec::new();
        Patterns::new(patterns.iter().copied()).find(text.as_bytes(), |start, end, number| {
            hits.push((end, start, number));
        });
        hits
    }

    /// Pattern by pattern and place by place.
    fn slowly(patterns: &[&str], text: &str) -> Vec<(usize, usize, u32)> {
        let mut hits = Vec::new();
        for (pattern, number) in patterns.iter().zip(0..) {
            for start in 0..text.len() {
                if text.as_bytes()[start..].starts_with(pattern.as_bytes()) {
                    hits.push((start + pattern.len(), start, number));
                }
            }
        }
        hits.sort_unstable();
        hits
    }

    #[test]
    fn overlapping_patterns_by_hand() {
        let patterns = ["mill", "the mill", "ill", "-", "l-", "wholly other"];
        assert_eq!(
            found(&patterns, "the mill-mill"),
            [
                (8, 0, 1),
                (8, 4, 0),
                (8, 5, 2),
                (9, 7, 4),
                (9, 8, 3),
                (13, 9, 0),
                (13, 10, 2)
            ]
        );
        assert_eq!(found(&patterns, ""), []);
        assert_eq!(found(&[], "the mill"), []);
    }

    #[test]
    fn a_pattern_is_found_across_the_borders_of_blocks() {
        let long = "over the hills and far away";
        for before in BLOCK - long.len() - 1..BLOCK + 2 {
            let text = format!("{}{long}", ".".repeat(before));
            let end = before + long.len();
            assert_eq!(
                found(&[long, "away"], &text),
                [(end, before, 0), (end, end - 4, 1)]
            );
        }
    }

    proptest! {
        #[test]
        fn the_same_as_one_by_one(
            patterns in prop::collection::btree_set("[ab\u{e9}]{1,9}", 0..12),
            text in "[ab\u{e9}]{0,60}",
        ) {
            let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
            prop_assert_eq!(found(&patterns, &text), slowly(&patterns, &text));
        }
    }
}
