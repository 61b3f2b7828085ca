//! The language model: how surprising a text is to somebody who expects an assistant's prose.
//!
//! A trigram model over masked words and punctuation marks ([`crate::measure::ngram::Unit`]) with absolute discounting and
//! Kneser & Ney's (1995) lower orders, in the form of a back-off model: three units in a row that training met in several data sets
//! have a cost of their own for the last of them; any others cost what the first two add for backing off, and what the last costs after
//! the second alone, and so on. A word that is not known stands for its class by suffix. The score of a text is the mean
//! cost of its units, in nats.

use std::iter::once;

use serde::{Deserialize, Serialize};

use super::{Usual, length};
use crate::measure::ngram::{UNITS, Unit};

/// What the evidence says of the mean surprisal.
pub(super) const ABOUT: &str = "Mean surprisal, in nats a word or mark (0 to 16), to a trigram model of chat assistants' prose; low: it goes on as an assistant would.";

/// Steps of a quantised surprisal in a nat.
pub const STEPS: f64 = 8.0;

/// Units of a text that are read: the mean of so many hardly changes any more, and a long text shall not cost more than it tells.
const MOST_UNITS: usize = 256;

/// The language model of one family.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Surprisal {
    /// [`crate::measure::ngram::VERSION`] at training time.
    pub version: u16,
    /// What a unit costs that training did not meet, in steps.
    pub unknown: u8,
    /// What known units cost; kept apart from the JSON.
    #[serde(skip)]
    pub costs: Costs,
}

/// Costs of units, of pairs and of triples of units, in steps of 1 / [`STEPS`] nats.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Costs {
    /// Of a unit: its surprisal alone, and what it adds if the unit after it is not expected after it.
    units: Flat<2>,
    /// Of a pair: the surprisal of the second after the first, and what they add if the unit after them is not expected; 0 if no triple
    /// begins with them.
    pairs: Flat<2>,
    /// Of a triple: the surprisal of the third after the first two.
    triples: Flat<1>,
}

impl Costs {
    /// From the costs by number ([`pair`] of a pair, [`triple`] of a triple), each ascending; `None` if they are not.
    #[must_use]
    pub fn new(
        units: &[(u32, [u8; 2])],
        pairs: &[(u32, [u8; 2])],
        triples: &[(u32, [u8; 1])],
    ) -> Option<Self> {
        Some(Self {
            units: Flat::new(units)?,
            pairs: Flat::new(pairs)?,
            triples: Flat::new(triples)?,
        })
    }

    /// How many units, pairs and triples are known.
    #[must_use]
    pub fn known(&self) -> [usize; 3] {
        [self.units.count, self.pairs.count, self.triples.count]
    }

    /// Appends the costs as they stand in a model file.
    pub fn write(&self, out: &mut Vec<u8>) {
        self.units.write(out);
        self.pairs.write(out);
        self.triples.write(out);
    }

    /// Reads what [`Self::write`] wrote, all of it; `None` if the bytes are something else.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (units, rest) = Flat::read(bytes)?;
        let (pairs, rest) = Flat::read(rest)?;
        let (triples, rest) = Flat::read(rest)?;
        rest.is_empty().then_some(Self {
            units,
            pairs,
            triples,
        })
    }
}

/// Number of different pairs, and of different triples, that are told apart, a power of two: of those that training did not meet one
/// in a thousand shares the number of one that it met. More would make the file larger and no score better.
const PAIRS: u32 = 1 << 26;

/// Number of a pair of units, below [`PAIRS`].
#[must_use]
pub const fn pair(first: u32, second: u32) -> u32 {
    let hash = ((first as u64) << 32 | second as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let hash = (hash ^ (hash >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (hash >> (64 - PAIRS.trailing_zeros())) as u32
}

/// Number of a triple of units, by the number of its first two.
#[must_use]
pub const fn triple(pair_of_first: u32, third: u32) -> u32 {
    pair(pair_of_first, third)
}

impl Surprisal {
    /// Mean surprisal of a text's beginning ([`MOST_UNITS`]), in nats a unit; `None` for a text without units.
    #[must_use]
    pub fn mean(&self, units: &[Unit]) -> Option<f64> {
        let units = units.get(..MOST_UNITS).unwrap_or(units);
        // Table by table and not unit by unit, so that no look-up has to wait for another.
        let words = self.costs.units.get_all(units.iter().map(|unit| unit.word));
        let class = |unit: &Unit| (unit.class, self.costs.units.get(unit.class));
        let known: Vec<(u32, Option<[u8; 2]>)> = units
            .iter()
            .zip(words)
            .map(|(unit, word)| word.map_or_else(|| class(unit), |costs| (unit.word, Some(costs))))
            .collect();
        let numbers = || known.iter().map(|(number, _)| *number);
        let both: Vec<u32> = once(0)
            .chain(numbers())
            .zip(numbers())
            .map(|(one, number)| pair(one, number))
            .collect();
        let after_one = self.costs.pairs.get_all(both.iter().copied());
        // What the two units before add if this one is not expected after them; nothing crosses the start of a sentence.
        let adds = |costs: Option<[u8; 2]>| costs.map_or(0, |[_, adds]| adds);
        let two_add = |(unit, costs): (&Unit, &Option<[u8; 2]>)| {
            if *unit == Unit::START { 0 } else { adds(*costs) }
        };
        let two_add: Vec<u8> = once(0).chain(units.iter().zip(&after_one).map(two_add)).collect();
        let triples = once(0).chain(both.iter().copied()).zip(numbers()).zip(&two_add);
        let triples: Vec<u32> = triples
            .filter(|(_, adds)| **adds > 0)
            .map(|((two, number), _)| triple(two, number))
            .collect();
        let mut after_two = self.costs.triples.get_all(triples.iter().copied()).into_iter();

        let one_add = once(0).chain(known.iter().map(|(_, costs)| adds(*costs)));
        let (mut sum, mut count) = (0_u64, 0_u64);
        for ((((unit, (_, alone)), after_one), one_add), two_add) in
            units.iter().zip(&known).zip(after_one).zip(one_add).zip(two_add)
        {
            let after_two = if two_add > 0 {
                after_two.next().flatten()
            } else {
                None
            };
            if *unit == Unit::START {
                continue;
            }
            let alone = alone.map_or(self.unknown, |[alone, _]| alone);
            sum += match (after_two, after_one) {
                (Some([cost]), _) => u64::from(cost),
                (None, Some([cost, _])) => u64::from(two_add) + u64::from(cost),
                (None, None) => u64::from(two_add) + u64::from(one_add) + u64::from(alone),
            };
            count += 1;
        }
        (count > 0).then(|| sum as f64 / (count as f64 * STEPS))
    }
}

/// How a text's mean surprisal moves an expert's log-odds: a slope below what is usual among human texts and one above it, each
/// following the length. Two slopes, because a text that is less surprising than human ones usually are speaks for a machine, and one
/// that is more so for nobody in particular.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Surprise {
    /// Among human texts; the two slopes meet at its mean, where the part is 0.
    pub usual: Usual,
    /// Below and above.
    pub slopes: [f64; 2],
    /// Change of the slopes with the length.
    pub by_length: [f64; 2],
}

impl Surprise {
    /// How far a mean surprisal lies below (at most 0) and above (at least 0) what is usual.
    #[must_use]
    pub fn sides(usual: f64, mean: f64) -> [f64; 2] {
        [(mean - usual).min(0.0), (mean - usual).max(0.0)]
    }

    /// Its part of an expert's log-odds.
    #[must_use]
    pub fn part(&self, mean: f64, words: u32) -> f64 {
        let sides = Self::sides(self.usual.mean, mean);
        let slopes = self.slopes.iter().zip(&self.by_length);
        let long = length(words);
        slopes
            .zip(sides)
            .map(|((&slope, &change), side)| change.mul_add(long, slope) * side)
            .sum()
    }
}

/// A set of numbers below [`UNITS`] with `N` bytes each: open addressing with linear probing, at most three
/// quarters full, so that a text keeps to the fast caches.
#[derive(Debug, Clone, PartialEq, Default)]
struct Flat<const N: usize> {
    /// Number + 1, or 0 for a free place. Apart from the values, so that looking for what is not there stays in the caches.
    numbers: Vec<u32>,
    values: Vec<[u8; N]>,
    count: usize,
}

impl<const N: usize> Flat<N> {
    fn new(entries: &[(u32, [u8; N])]) -> Option<Self> {
        if !entries.is_sorted_by(|a, b| a.0 < b.0) || entries.last().is_some_and(|last| last.0 >= UNITS) {
            return None;
        }
        let places = (entries.len() * 4 / 3 + 1).next_power_of_two();
        let mut flat = Self {
            numbers: vec![0; places],
            values: vec![[0; N]; places],
            count: entries.len(),
        };
        for &(number, value) in entries {
            let mut at = flat.first(number);
            while flat.numbers.get(at).is_some_and(|&there| there != 0) {
                at = (at + 1) & (places - 1);
            }
            if let (Some(there), Some(slot)) = (flat.numbers.get_mut(at), flat.values.get_mut(at)) {
                (*there, *slot) = (number + 1, value);
            }
        }
        Some(flat)
    }

    /// Where to begin to look: numbers are evenly spread hashes.
    fn first(&self, number: u32) -> usize {
        number as usize & (self.numbers.len().wrapping_sub(1))
    }

    fn get(&self, number: u32) -> Option<[u8; N]> {
        let at = self.first(number);
        self.find(number, at, *self.numbers.get(at)?)
    }

    /// The values of many numbers. Where to look first is read for all of them before any is compared, so that no look-up
    /// waits for the outcome of another.
    fn get_all(&self, numbers: impl ExactSizeIterator<Item = u32>) -> Vec<Option<[u8; N]>> {
        let first = |number| {
            let at = self.first(number);
            (number, at, self.numbers.get(at).copied().unwrap_or(0))
        };
        let firsts: Vec<(u32, usize, u32)> = numbers.map(first).collect();
        let find = |(number, at, there)| self.find(number, at, there);
        firsts.into_iter().map(find).collect()
    }

    /// Looks for a number from a place on, where `there` stands.
    fn find(&self, number: u32, mut at: usize, mut there: u32) -> Option<[u8; N]> {
        loop {
            if there == number + 1 {
                return self.values.get(at).copied();
            }
            if there == 0 {
                return None;
            }
            at = (at + 1) & (self.numbers.len() - 1);
            there = *self.numbers.get(at)?;
        }
    }

    /// Count; distances of the ascending numbers, seven bits a byte, the lowest first; then the values.
    fn write(&self, out: &mut Vec<u8>) {
        let places = self.numbers.iter().zip(&self.values);
        let mut entries: Vec<(u32, [u8; N])> = places
            .filter_map(|(&there, &value)| Some((there.checked_sub(1)?, value)))
            .collect();
        entries.sort_unstable();
        out.extend_from_slice(&(entries.len() as u32).to_le_bytes());
        let mut last = 0;
        for &(number, _) in &entries {
            let mut distance = number - last;
            last = number;
            while distance >= 0x80 {
                out.push(distance as u8 | 0x80);
                distance >>= 7;
            }
            out.push(distance as u8);
        }
        out.extend(entries.iter().flat_map(|(_, value)| *value));
    }

    /// What [`Self::write`] wrote, and the bytes after it.
    fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (count, mut rest) = bytes.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        // Every entry takes at least a byte and its value, so that a torn count asks for no more memory than there are bytes.
        if count.checked_mul(N + 1)? > rest.len() {
            return None;
        }
        let mut numbers = Vec::with_capacity(count);
        let mut last = 0_u32;
        for _ in 0..count {
            let mut shift = 0;
            loop {
                let (&byte, after) = rest.split_first()?;
                rest = after;
                let part = u32::from(byte & 0x7F).checked_shl(shift)?;
                last = last.checked_add(part)?;
                if byte & 0x80 == 0 {
                    break;
                }
                shift += 7;
            }
            numbers.push(last);
        }
        let (values, rest) = rest.split_at_checked(count * N)?;
        let (values, _) = values.as_chunks::<N>();
        let entries: Vec<(u32, [u8; N])> = numbers.into_iter().zip(values.iter().copied()).collect();
        Some((Self::new(&entries)?, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(word: u32, class: u32) -> Unit {
        Unit { word, class }
    }

    /// Units 5 (alone 32 steps, adds 8) and 9 (alone 64, adds 0), class 7 (alone 80); 5 at a start costs 4 (the two add 3),
    /// 9 after 5 costs 16, and 1 after 5 at a start.
    fn stage() -> Surprisal {
        let mut pairs = [(pair(5, 9), [16, 0]), (pair(0, 5), [4, 3])];
        pairs.sort_unstable();
        let units = [(0, [0, 2]), (5, [32, 8]), (7, [80, 0]), (9, [64, 0])];
        Surprisal {
            version: crate::measure::ngram::VERSION,
            unknown: 160,
            costs: Costs::new(&units, &pairs, &[(triple(pair(0, 5), 9), [1])]).unwrap(),
        }
    }

    #[test]
    fn what_is_expected_costs_its_own_and_anything_else_backs_off() {
        let stage = stage();
        let mean = |units: &[Unit]| stage.mean(units).map(|mean| mean * STEPS);
        let (five, nine) = (unit(5, 1), unit(9, 1));
        assert_eq!(mean(&[Unit::START, five, nine]), Some((4.0 + 1.0) / 2.0));
        // The pair without a triple before it.
        assert_eq!(
            mean(&[Unit::START, nine, five, nine]),
            Some((2.0 + 64.0 + 32.0 + 16.0) / 3.0)
        );
        // 5 after 5 at a start backs off twice: from the two (3), from the one (8).
        assert_eq!(
            mean(&[Unit::START, five, five]),
            Some((4.0 + 3.0 + 8.0 + 32.0) / 2.0)
        );
        // A start in between: nothing crosses the end of a sentence.
        let two = [Unit::START, five, Unit::START, nine];
        assert_eq!(mean(&two), Some((4.0 + 2.0 + 64.0) / 2.0));
    }

    #[test]
    fn a_word_not_known_stands_for_its_class_and_an_unknown_class_costs_most() {
        let stage = stage();
        let mean = |units: &[Unit]| stage.mean(units).map(|mean| mean * STEPS);
        assert_eq!(mean(&[unit(1000, 7)]), Some(80.0));
        assert_eq!(mean(&[unit(1000, 1001)]), Some(160.0));
        assert_eq!(mean(&[unit(1000, 9), unit(1000, 9)]), Some(64.0));
        assert_eq!(mean(&[Unit::START]), None);
        assert_eq!(mean(&[]), None);
    }

    #[test]
    fn costs_survive_their_file_and_torn_ones_are_refused() {
        let many: Vec<(u32, [u8; 2])> = (0..5000_u32)
            .map(|at| (at * 214_748 + at % 7, [at as u8, (at >> 3) as u8]))
            .collect();
        let costs = Costs::new(&many, &[(7, [1, 2])], &[(3, [9]), (UNITS - 1, [8])]).unwrap();
        assert_eq!(costs.known(), [5000, 1, 2]);
        let mut bytes = Vec::new();
        costs.write(&mut bytes);
        let read = Costs::read(&bytes).unwrap();
        assert_eq!(read, costs);
        assert!(
            many.iter()
                .all(|&(number, value)| read.units.get(number) == Some(value))
        );
        assert_eq!(read.units.get(4), None);
        for length in [0, 3, 4, 100, bytes.len() - 1] {
            assert_eq!(Costs::read(&bytes[..length]), None, "{length}");
        }
        bytes.push(0);
        assert_eq!(Costs::read(&bytes), None);
        assert_eq!(Costs::read(&[255; 64]), None);
        assert_eq!(
            Costs::read(&[4, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 1, 1, 1, 1, 1]),
            None
        );
    }

    #[test]
    fn unsorted_or_too_high_numbers_make_no_costs() {
        assert!(Costs::new(&[(3, [0, 0]), (3, [0, 0])], &[], &[]).is_none());
        assert!(Costs::new(&[], &[], &[(UNITS, [0])]).is_none());
        let none = Costs::new(&[], &[], &[]).unwrap();
        assert_eq!(none.units.get(0), None);
        assert_eq!(Costs::default().units.get(7), None);
    }

    #[test]
    fn the_part_is_nothing_at_what_is_usual_and_has_a_slope_on_either_side() {
        let surprise = Surprise {
            usual: Usual {
                mean: 5.0,
                typical: [4.8, 5.2],
            },
            slopes: [-2.0, -0.5],
            by_length: [-1.0, 0.0],
        };
        assert_eq!(surprise.part(5.0, 150), 0.0);
        assert!((surprise.part(4.0, 150) - 2.0).abs() < 1e-12);
        assert!((surprise.part(6.0, 150) + 0.5).abs() < 1e-12);
        assert!(surprise.part(4.0, 600) > 3.0, "a long text says more");
    }
}
