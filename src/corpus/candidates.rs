//! Which pairs of many documents are worth a close look: those that share rare words, numbers or runs of words.

use std::collections::BTreeSet;

use super::judge::Profile;
use super::passage::Prepared;

/// Documents up to which every pair is looked at.
const ALL_PAIRS: usize = 48;
/// Documents beyond which a hash is too common to suggest a pair.
const MAX_CARRIERS: usize = 16;
/// Fewest rare stems that two documents share: a story's names and subject words.
const RARE_STEMS: usize = 6;
/// Fewest rare numbers.
const RARE_NUMBERS: usize = 3;
/// Neighbouring seeds of which the least is taken (winnowing: Schleimer, Wilkerson & Aiken 2003): any run of seven words in
/// common gives a common fingerprint.
const WINDOW: usize = 4;

/// Pairs of indices, the smaller first, in order. Cost: sorts of all words; pairs are bounded by [`MAX_CARRIERS`] a hash.
pub(super) fn pairs(prepared: &[Prepared<'_>], profiles: &[Profile]) -> BTreeSet<(usize, usize)> {
    let count = prepared.len();
    if count <= ALL_PAIRS {
        return (0..count)
            .flat_map(|a| (a + 1..count).map(move |b| (a, b)))
            .collect();
    }
    let seeds = |at: usize| prepared.get(at).map(Prepared::fingerprints).unwrap_or_default();
    let stems = |at: usize| profiles.get(at).map(|p| p.stems().to_vec()).unwrap_or_default();
    let numbers = |at: usize| profiles.get(at).map(|p| p.numbers().to_vec()).unwrap_or_default();
    let mut found = shared(count, &seeds, 1);
    found.extend(shared(count, &stems, RARE_STEMS));
    found.extend(shared(count, &numbers, RARE_NUMBERS));
    found
}

/// Pairs that share at least so many hashes that few documents have.
fn shared(count: usize, hashes: &dyn Fn(usize) -> Vec<u64>, fewest: usize) -> BTreeSet<(usize, usize)> {
    let mut places: Vec<(u64, u32)> = Vec::new();
    for at in 0..count {
        let Ok(document) = u32::try_from(at) else { break };
        places.extend(hashes(at).into_iter().map(|hash| (hash, document)));
    }
    places.sort_unstable();
    places.dedup();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for group in places.chunk_by(|x, y| x.0 == y.0) {
        if group.len() > MAX_CARRIERS {
            continue;
        }
        for (at, (_, a)) in group.iter().enumerate() {
            pairs.extend(group.iter().skip(at + 1).map(|(_, b)| (*a, *b)));
        }
    }
    pairs.sort_unstable();
    pairs
        .chunk_by(|x, y| x == y)
        .filter(|group| group.len() >= fewest)
        .filter_map(|group| group.first().map(|&(a, b)| (a as usize, b as usize)))
        .collect()
}

/// The least hash of every window of neighbouring seeds, in order of place.
pub(super) fn winnowed(seeds: &[u64]) -> Vec<u64> {
    if seeds.len() < WINDOW {
        return seeds.iter().min().copied().into_iter().collect();
    }
    let mut kept: Vec<u64> = seeds
        .windows(WINDOW)
        .filter_map(|window| window.iter().min().copied())
        .collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}
