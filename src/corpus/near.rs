//! Which texts are near copies of one another, told from what their fingerprints share.
//!
//! *Near copy* is a statement about containment (Broder 1997): a share of one text's sampled runs that is found in the other.
//! The share is an estimate from a sample, so it is its lower confidence limit (Wilson 1927) that must pass: three runs of three
//! are enough for a short excerpt, three of ten are not.
//!
//! A run that very many texts carry is either the wording of a text that was copied very often, or a site's boilerplate, and its
//! frequency alone cannot tell. Where it stands can: in a copy such runs cover the text throughout, and a part is covered whole;
//! two pages that only have their shell in common both have a long stretch of their own words, free of shared runs.

mod asked;
mod groups;

use serde::{Deserialize, Serialize};

pub use asked::{Asked, Candidate, Carriers};
pub use groups::groups;

use super::fingerprint::{Fingerprint, LEVELS, SHINGLE_WORDS};

/// A text is a near copy if this share of its runs is found in the other, or the other way round, by the lower limit of the
/// estimate: for a text of 300 words, from 0.41 on. 10 % of words edited leave 0.66 of the runs, 20 % leave 0.41. Unrelated
/// stories of one event share 0.02, and news chained from common sentences or written to one formula 0.3 to 0.4
/// (`mccormick_minhash`, `reuters21578`).
const NEAR_CONTAINMENT: f64 = 0.3;

/// Quantile of the normal distribution for the lower limit: 97.5 % one-sided.
const LIMIT_QUANTILE: f64 = 1.96;

/// Fewest shared runs: two may meet by chance among a million texts.
pub const MIN_SHARED: u32 = 3;

/// A run that more texts than this carry is *common*: few texts are printed by more outlets, boilerplate is by hundreds.
pub const COMMON: usize = 32;

/// A stretch of so many words with at most one shared phrase is a text's own, at the finest three levels. Between two copies that
/// each had 10 % of their words edited, such a stretch is seen in one pair of three; with one of them unedited, almost never.
const OWN_WORDS: u32 = 56;

/// Longest distance between runs of one phrase, in words: stock phrases are found within a text's own words, too.
const PHRASE_WORDS: u32 = 8;

/// The same in sampled runs, for the coarser levels.
const OWN_RUNS: u32 = 14;

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

/// Whether the shared runs leave a stretch of the text free, but for one phrase in it. `places` are those of the shared runs, in
/// any order.
fn leaves_own(size: &Size, level: u8, mut places: Vec<u32>) -> bool {
    let own = OWN_WORDS.max(OWN_RUNS << level);
    places.extend([0, size.words.saturating_sub(SHINGLE_WORDS as u32)]);
    places.sort_unstable();
    let mut rest = places.as_slice();
    while let [from, after @ ..] = rest {
        rest = after;
        let phrase = after
            .first()
            .map_or(u32::MAX, |first| first.saturating_add(PHRASE_WORDS));
        for to in after {
            if to - from >= own {
                return true;
            }
            if *to > phrase {
                break;
            }
        }
    }
    false
}

/// Whether two texts are near copies. `common` of the shared runs are common, and stand at `places` in the first and in the
/// second. Where they are most of what is shared, but leave both texts a stretch of their own, they are a shell, and what is left
/// without them decides. A part of the other text has no such stretch, however long the other is.
fn decide(sizes: [&Size; 2], overlap: &Overlap, common: u32, places: impl FnOnce() -> [Vec<u32>; 2]) -> bool {
    if !overlap.is_near() || 2 * common <= overlap.shared {
        return overlap.is_near();
    }
    let [a, b] = sizes;
    let level = a.level.max(b.level);
    let [in_a, in_b] = places();
    let shell = leaves_own(a, level, in_a) && leaves_own(b, level, in_b);
    let rest = Overlap {
        shared: overlap.shared - common,
        of_a: overlap.of_a.saturating_sub(common),
        of_b: overlap.of_b.saturating_sub(common),
    };
    !shell || rest.is_near()
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
/// Memory: 8 bytes a run and text, of the runs that are in two texts at least, and 12 more for the common ones.
#[derive(Debug, Default)]
pub struct Lists {
    /// The texts of all lists, one list after the other.
    texts: Vec<u32>,
    /// Where each list ends.
    ends: Vec<usize>,
    /// The common runs: text, list, place.
    common: Vec<(u32, u32, u32)>,
}

impl Lists {
    /// Adds a run: the texts that carry it and the place in each; texts in ascending order, each once.
    pub fn push(&mut self, carriers: &[(u32, u32)]) {
        if carriers.len() < 2 {
            return;
        }
        if carriers.len() > COMMON {
            let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            self.common
                .extend(carriers.iter().map(|(text, place)| (*text, number, *place)));
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
    /// Work: for each run and text at most [`LEADERS`] steps, and for each two texts that meet, their common runs.
    #[must_use]
    pub fn pairs(mut self, sizes: &[Size]) -> Vec<NearPair> {
        self.common.sort_unstable();
        let starts = starts(self.common.iter().map(|run| run.0), sizes.len());
        let of = self.by_text(sizes.len());
        // For each earlier text: shared runs that are not common, and whether it was met.
        let mut shared = vec![(0_u32, 0_u32); sizes.len()];
        let mut met = Vec::new();
        let mut pairs = Vec::new();
        for ((text, lists), size) in (0_u32..).zip(of.iter()).zip(sizes) {
            for list in lists {
                let list = self.list(*list);
                let rare = u32::from(list.len() <= COMMON);
                let earlier = list.iter().take(LEADERS);
                for other in earlier.take_while(|other| **other < text) {
                    if let Some(count) = shared.get_mut(*other as usize) {
                        if count.1 == 0 {
                            met.push(*other);
                        }
                        count.0 += rare;
                        count.1 += 1;
                    }
                }
            }
            for other in met.drain(..) {
                let count = shared
                    .get_mut(other as usize)
                    .map(std::mem::take)
                    .unwrap_or_default();
                let Some(other_size) = sizes.get(other as usize).filter(|_| count.1 >= MIN_SHARED) else {
                    continue;
                };
                if let Some(overlap) = self.near(&starts, (other, other_size), (text, size), count.0) {
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

    /// What two texts share, if they are near copies; `rare` runs that are not common among it.
    fn near(&self, starts: &[usize], a: (u32, &Size), b: (u32, &Size), rare: u32) -> Option<Overlap> {
        let [mut in_a, mut in_b] = [Vec::new(), Vec::new()];
        let mut of_b = self.common_of(starts, b.0).iter().peekable();
        for (_, list, place) in self.common_of(starts, a.0) {
            while of_b.next_if(|run| run.1 < *list).is_some() {}
            if let Some(run) = of_b.next_if(|run| run.1 == *list) {
                in_a.push(*place);
                in_b.push(run.2);
            }
        }
        let common = u32::try_from(in_a.len()).unwrap_or(u32::MAX);
        let overlap = overlap(a.1, b.1, rare.saturating_add(common));
        let near = decide([a.1, b.1], &overlap, common, || [in_a, in_b]);
        near.then_some(overlap)
    }

    /// The common runs of a text, by list.
    fn common_of(&self, starts: &[usize], text: u32) -> &[(u32, u32, u32)] {
        let text = text as usize;
        match starts.get(text..text + 2) {
            Some([from, to]) => self.common.get(*from..*to).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// The lists of each text.
    fn by_text(&self, texts: usize) -> ByText {
        let starts = starts(self.texts.iter().copied(), texts);
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

/// Where the entries of each text start, and after the last where they end, in a list ordered by text.
fn starts(of: impl Iterator<Item = u32>, texts: usize) -> Vec<usize> {
    let mut starts = vec![0_usize; texts + 1];
    for text in of {
        if let Some(count) = starts.get_mut(text as usize + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
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
