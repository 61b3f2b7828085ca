//! One text asked about, against lists of which only the start is at hand.

use super::super::fingerprint::Fingerprint;
use super::{COMMON, LEADERS, MIN_SHARED, Overlap, Size, decide, overlap};

/// The texts that carry one run of a text asked about.
#[derive(Debug, Clone, Default)]
pub struct Carriers {
    /// How many texts carry it.
    pub total: usize,
    /// The first of them, at most [`LEADERS`], in ascending order, with the place in each.
    pub first: Vec<(u32, u32)>,
}

/// A text that shares runs with the one asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its number.
    pub text: u32,
    /// The shared runs: place in the text asked about, place in this one, whether the run is common.
    runs: Vec<(u32, u32, bool)>,
}

/// A text asked about, with the carriers of each of its runs.
#[derive(Debug)]
pub struct Asked<'a> {
    fingerprint: &'a Fingerprint,
    size: Size,
    carriers: &'a [Carriers],
}

impl<'a> Asked<'a> {
    /// `carriers` are those of each run of the fingerprint, in order.
    #[must_use]
    pub fn new(fingerprint: &'a Fingerprint, carriers: &'a [Carriers]) -> Self {
        Self {
            fingerprint,
            size: Size::of(fingerprint),
            carriers,
        }
    }

    /// The texts that share at least [`MIN_SHARED`] runs, most first.
    #[must_use]
    pub fn candidates(&self) -> Vec<Candidate> {
        let mut met: Vec<(u32, u32, u32, bool)> = Vec::new();
        for (shingle, carriers) in self.fingerprint.shingles().iter().zip(self.carriers) {
            let common = carriers.total > COMMON;
            let first = carriers.first.iter();
            met.extend(first.map(|(text, place)| (*text, shingle.place, *place, common)));
        }
        met.sort_unstable();
        let mut found: Vec<Candidate> = met
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|chunk| chunk.len() >= MIN_SHARED as usize)
            .filter_map(|chunk| {
                Some(Candidate {
                    text: chunk.first()?.0,
                    runs: chunk.iter().map(|met| (met.1, met.2, met.3)).collect(),
                })
            })
            .collect();
        found.sort_by(|a, b| b.runs.len().cmp(&a.runs.len()).then(a.text.cmp(&b.text)));
        found
    }

    /// What the text asked about (`a`) and a candidate share, and whether they are near copies. A run that so many texts carry
    /// that the candidate's share in it is not at hand counts for neither.
    #[must_use]
    pub fn judge(&self, candidate: &Candidate, size: &Size) -> (Overlap, bool) {
        let level = self.size.level.max(size.level);
        let unknown = self
            .fingerprint
            .shingles()
            .iter()
            .zip(self.carriers)
            .filter(|(shingle, carriers)| {
                let beyond = || carriers.first.last().is_some_and(|last| last.0 < candidate.text);
                carriers.total > LEADERS && shingle.level() >= level && beyond()
            })
            .count();
        let unknown = u32::try_from(unknown).unwrap_or(u32::MAX);
        let shared = u32::try_from(candidate.runs.len()).unwrap_or(u32::MAX);
        let mut overlap = overlap(&self.size, size, shared);
        overlap.of_a = overlap.of_a.saturating_sub(unknown).max(shared);
        overlap.of_b = overlap.of_b.saturating_sub(unknown).max(shared);
        let common = candidate.runs.iter().filter(|run| run.2).count();
        let places = || {
            let runs = candidate.runs.iter().filter(|run| run.2);
            [
                runs.clone().map(|run| run.0).collect(),
                runs.map(|run| run.1).collect(),
            ]
        };
        let common = u32::try_from(common).unwrap_or(u32::MAX);
        let near = decide([&self.size, size], &overlap, common, places);
        (overlap, near)
    }
}
