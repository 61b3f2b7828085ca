//! Which texts are near copies of one another, told from what their fingerprints share.
//!
//! *Near copy* is a statement about containment (Broder 1997): a share of one text's sampled runs that is found in the other.
//! The share is an estimate from a sample, so it is its lower confidence limit (Wilson 1927) that must pass: three runs of three
//! are enough for a short excerpt, three of ten are not.
//!
//! A run that very many texts carry is either the wording of a text that was copied very often, or a site's boilerplate, and its
//! frequency alone cannot tell. Where it stands can: in a copy such runs cover the text throughout; in a page that only has its
//! shell in common with others, a long stretch of the text's own words is free of them. There they count for nothing.

mod groups;

use serde::{Deserialize, Serialize};

pub use groups::groups;

use super::fingerprint::{Fingerprint, LEVELS, SHINGLE_WORDS, key_level};

/// A text is a near copy if this share of its runs is found in the other, or the other way round, by the lower limit of the
/// estimate. 20 % of words edited leave 0.41 of the runs, 10 % 0.66; unrelated stories of one event share 0.02.
const NEAR_CONTAINMENT: f64 = 0.25;

/// Quantile of the normal distribution for the lower limit: 97.5 % one-sided.
const LIMIT_QUANTILE: f64 = 1.96;

/// Fewest shared runs: two may meet by chance among a million texts.
pub const MIN_SHARED: u32 = 3;

/// A run that more texts than this carry is *common*: few texts are printed by more outlets, boilerplate is by hundreds.
pub const COMMON: usize = 32;

/// So many words without a common run are a text's own, at the finest three levels. Where 10 % of the words of a copy are edited,
/// a stretch as long as this stays free of the common wording once in 50 texts of 300 words.
const OWN_WORDS: u32 = 48;

/// The same in sampled runs, for the coarser levels.
const OWN_RUNS: u32 = 12;

/// A common run is compared with the first so many of the texts that carry it, which bounds the work: copies of a text that
/// was copied more often meet in these.
pub const LEADERS: usize = 64;

/// What two texts share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap {
    /// Sampled runs found in both.
    pub shared: u32,
    /// Runs of the first at the common rate.
    pub of_a: u32,
    /// Runs of the second at the common rate.
    pub of_b: u32,
}

impl Overlap {
    /// The share of the first text that is found in the second and that of the second in the first, 0 to 1.
    #[must_use]
    pub fn containment(&self) -> [f64; 2] {
        [share(self.shared, self.of_a), share(self.shared, self.of_b)]
    }

    /// Whether one is a near copy or a part of the other.
    #[must_use]
    pub fn is_near(&self) -> bool {
        self.shared >= MIN_SHARED
            && lower_limit(self.shared, self.of_a.min(self.of_b).max(self.shared)) >= NEAR_CONTAINMENT
    }
}

fn share(shared: u32, of: u32) -> f64 {
    if of == 0 {
        0.0
    } else {
        (f64::from(shared) / f64::from(of)).min(1.0)
    }
}

/// Lower limit of the share of which `hits` of `of` are a sample (Wilson 1927).
fn lower_limit(hits: u32, of: u32) -> f64 {
    if of == 0 {
        return 0.0;
    }
    let n = f64::from(of);
    let p = f64::from(hits) / n;
    let z2 = LIMIT_QUANTILE * LIMIT_QUANTILE;
    let middle = p + z2 / (2.0 * n);
    let spread = LIMIT_QUANTILE * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    (middle - spread) / (1.0 + z2 / n)
}

/// How long a text is, in words and in sampled runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Words of the body.
    pub words: u32,
    /// Its sampling level.
    pub level: u8,
    /// Runs kept at each level; see [`Fingerprint::counts`].
    pub counts: [u32; LEVELS],
}

impl Size {
    /// The size of a text.
    #[must_use]
    pub fn of(fingerprint: &Fingerprint) -> Self {
        Self {
            words: fingerprint.words(),
            level: fingerprint.level(),
            counts: fingerprint.counts(),
        }
    }

    fn at(&self, level: u8) -> u32 {
        self.counts.get(usize::from(level)).copied().unwrap_or(0)
    }

    /// The size without a run of this key.
    fn without(mut self, key_level: u8) -> Self {
        for count in self.counts.iter_mut().take(usize::from(key_level) + 1) {
            *count = count.saturating_sub(1);
        }
        self
    }
}

/// What two texts of these sizes share, given how many runs they share.
#[must_use]
pub fn overlap(a: &Size, b: &Size, shared: u32) -> Overlap {
    let level = a.level.max(b.level);
    Overlap {
        shared,
        of_a: a.at(level),
        of_b: b.at(level),
    }
}

/// Whether the common runs of a text leave a stretch of its own free: then they are its shell. `places` in order.
fn is_shell(size: &Size, places: &[u32]) -> bool {
    let own = OWN_WORDS.max(OWN_RUNS << size.level);
    let last = size.words.saturating_sub(SHINGLE_WORDS as u32);
    let mut from = 0;
    !places.is_empty()
        && places.iter().copied().chain([last]).any(|place| {
            let gap = place.saturating_sub(from);
            from = place;
            gap >= own
        })
}

/// The texts that carry one run of a text asked about.
#[derive(Debug, Clone, Default)]
pub struct Carriers {
    /// How many texts carry it.
    pub total: usize,
    /// The first of them, at most [`LEADERS`].
    pub first: Vec<u32>,
}

/// A text that may be a near copy of the one asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Its number.
    pub text: u32,
    /// Runs shared.
    pub shared: u32,
}

/// The texts that share at least [`MIN_SHARED`] runs with `fingerprint`, most first, and its size without the runs of a shell.
/// `carriers` are those of each of its runs, in order.
#[must_use]
pub fn candidates(fingerprint: &Fingerprint, carriers: &[Carriers]) -> (Size, Vec<Candidate>) {
    let mut size = Size::of(fingerprint);
    let runs = || fingerprint.shingles().iter().zip(carriers);
    let common: Vec<u32> = runs()
        .filter(|(_, carriers)| carriers.total > COMMON)
        .map(|(shingle, _)| shingle.place)
        .collect();
    let shell = is_shell(&size, &common);
    let mut texts = Vec::new();
    for (shingle, carriers) in runs() {
        if shell && carriers.total > COMMON {
            size = size.without(shingle.level());
        } else {
            texts.extend_from_slice(&carriers.first);
        }
    }
    texts.sort_unstable();
    let mut found: Vec<Candidate> = texts
        .chunk_by(|a, b| a == b)
        .filter_map(|chunk| {
            Some(Candidate {
                text: *chunk.first()?,
                shared: u32::try_from(chunk.len()).unwrap_or(u32::MAX),
            })
        })
        .filter(|candidate| candidate.shared >= MIN_SHARED)
        .collect();
    found.sort_by(|a, b| b.shared.cmp(&a.shared).then(a.text.cmp(&b.text)));
    (size, found)
}

/// Two texts that are near copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearPair {
    /// Number of the first; less than that of the second.
    pub a: u32,
    /// Number of the second.
    pub b: u32,
    /// What they share.
    pub overlap: Overlap,
}

/// Every run that two or more texts share, with the texts: what [`Lists::pairs`] works on.
///
/// Memory: 8 bytes a run and text, of the runs that are in two texts at least.
#[derive(Debug, Default)]
pub struct Lists {
    /// The texts of all lists, one list after the other.
    texts: Vec<u32>,
    /// Where each list ends.
    ends: Vec<usize>,
    /// Places of the common runs: text, place, level of the key.
    common: Vec<(u32, u32, u8)>,
}

impl Lists {
    /// Adds a run with the texts that carry it and the place in each; texts in ascending order, each once.
    pub fn push(&mut self, key: u64, carriers: &[(u32, u32)]) {
        if carriers.len() < 2 {
            return;
        }
        if carriers.len() > COMMON {
            let level = key_level(key);
            self.common
                .extend(carriers.iter().map(|(text, place)| (*text, *place, level)));
        }
        self.texts.extend(carriers.iter().map(|(text, _)| *text));
        self.ends.push(self.texts.len());
    }

    fn list(&self, number: u32) -> &[u32] {
        let number = number as usize;
        let end = self.ends.get(number).copied().unwrap_or(0);
        let start = number
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied();
        self.texts.get(start.unwrap_or(0)..end).unwrap_or(&[])
    }

    /// All pairs of near copies, by the number of the first and then of the second. `sizes` are those of the texts by number.
    ///
    /// Work: for each run and text at most [`LEADERS`] steps.
    #[must_use]
    pub fn pairs(mut self, sizes: &[Size]) -> Vec<NearPair> {
        let mut sizes = sizes.to_vec();
        let shells = self.shells(&mut sizes);
        self.drop_shells(&shells);
        let of = self.by_text(sizes.len());
        let mut shared = vec![0_u32; sizes.len()];
        let mut met = Vec::new();
        let mut pairs = Vec::new();
        for ((text, lists), size) in (0_u32..).zip(of.iter()).zip(&sizes) {
            for list in lists {
                let earlier = self.list(*list).iter().take(LEADERS);
                for other in earlier.take_while(|other| **other < text) {
                    if let Some(count) = shared.get_mut(*other as usize) {
                        if *count == 0 {
                            met.push(*other);
                        }
                        *count += 1;
                    }
                }
            }
            met.sort_unstable();
            for other in met.drain(..) {
                let count = shared.get_mut(other as usize).map(std::mem::take).unwrap_or(0);
                let Some(other_size) = sizes.get(other as usize).filter(|_| count >= MIN_SHARED) else {
                    continue;
                };
                let overlap = overlap(other_size, size, count);
                if overlap.is_near() {
                    pairs.push(NearPair {
                        a: other,
                        b: text,
                        overlap,
                    });
                }
            }
        }
        pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
        pairs
    }

    /// Which texts have but a shell in common with many; the common runs are taken off their sizes.
    fn shells(&mut self, sizes: &mut [Size]) -> Vec<bool> {
        let mut shells = vec![false; sizes.len()];
        let mut common = std::mem::take(&mut self.common);
        common.sort_unstable();
        for runs in common.chunk_by(|a, b| a.0 == b.0) {
            let Some(text) = runs.first().map(|run| run.0 as usize) else {
                continue;
            };
            let places: Vec<u32> = runs.iter().map(|run| run.1).collect();
            if let (Some(size), Some(shell)) = (sizes.get_mut(text), shells.get_mut(text)) {
                *shell = is_shell(size, &places);
                if *shell {
                    *size = runs.iter().fold(*size, |size, run| size.without(run.2));
                }
            }
        }
        shells
    }

    /// Takes the texts that have but a shell in common out of the common runs' lists.
    fn drop_shells(&mut self, shells: &[bool]) {
        let is_shell = |text: u32| shells.get(text as usize).copied().unwrap_or(false);
        let mut kept = Vec::with_capacity(self.texts.len());
        let mut from = 0;
        for end in &mut self.ends {
            let list = self.texts.get(from..*end).unwrap_or(&[]);
            from = *end;
            if list.len() > COMMON {
                kept.extend(list.iter().copied().filter(|text| !is_shell(*text)));
            } else {
                kept.extend_from_slice(list);
            }
            *end = kept.len();
        }
        self.texts = kept;
    }

    /// The lists of each text.
    fn by_text(&self, texts: usize) -> ByText {
        let mut starts = vec![0_usize; texts + 1];
        for text in &self.texts {
            if let Some(count) = starts.get_mut(*text as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut lists = vec![0_u32; self.texts.len()];
        for number in (0..).take(self.ends.len()) {
            for text in self.list(number) {
                let Some(slot) = next.get_mut(*text as usize) else {
                    continue;
                };
                if let Some(list) = lists.get_mut(*slot) {
                    *list = number;
                }
                *slot += 1;
            }
        }
        ByText { starts, lists }
    }
}

/// The numbers of the lists that each text is in.
struct ByText {
    starts: Vec<usize>,
    lists: Vec<u32>,
}

impl ByText {
    fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.starts.windows(2).map(|pair| match pair {
            [from, to] => self.lists.get(*from..*to).unwrap_or(&[]),
            _ => &[],
        })
    }
}

#[cfg(test)]
pub(crate) mod tests;
