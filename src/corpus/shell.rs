//! House shells: the words that many documents of a set carry around bodies of their own. They are no sign of a copy.

use super::passage::SEED_WORDS;
use super::text::{Text, gram};

/// Documents beyond which a passage is the house's, if they have bodies of their own: fewer may well be copies of one text.
const MAX_CARRIERS: usize = 5;
/// Fewest words in a row, outside of what many carry, of a body of one's own.
const OWN_RUN: usize = 12;
/// Fewest words of such runs together.
const OWN_WORDS: usize = 25;
/// Least share of such runs in the document.
const OWN_SHARE: f64 = 0.12;

/// A seed's hash, its document and its place there.
type Place = (u64, u32, u32);

/// For each text, which of its words stand in the house's shell. Empty for a set that is too small to tell.
/// Cost: one sort of all words.
pub(super) fn shells(texts: &[Text]) -> Vec<Vec<bool>> {
    if texts.len() <= MAX_CARRIERS {
        return vec![Vec::new(); texts.len()];
    }
    let mut places: Vec<Place> = Vec::new();
    for (document, text) in texts.iter().enumerate() {
        let seeds = text.tokens.windows(SEED_WORDS).enumerate();
        places.extend(seeds.filter_map(|(at, words)| {
            let hash = gram(words.iter().map(|word| word.hash));
            Some((hash, u32::try_from(document).ok()?, u32::try_from(at).ok()?))
        }));
    }
    places.sort_unstable();
    let groups = || {
        places
            .chunk_by(|x, y| x.0 == y.0)
            .filter(|group| carriers(group) > MAX_CARRIERS)
    };
    let mark = |telling: &dyn Fn(&[Place]) -> bool| {
        let mut marked: Vec<Vec<bool>> = texts.iter().map(|text| vec![false; text.len()]).collect();
        for group in groups().filter(|group| telling(group)) {
            for &(_, document, at) in group {
                let words = marked.get_mut(document as usize).into_iter().flatten();
                words
                    .skip(at as usize)
                    .take(SEED_WORDS)
                    .for_each(|word| *word = true);
            }
        }
        marked
    };
    let own: Vec<bool> = mark(&|_| true).iter().map(|carried| has_own(carried)).collect();
    mark(&|group| {
        let mut documents: Vec<u32> = group.iter().map(|place| place.1).collect();
        documents.dedup();
        let with_own = documents
            .iter()
            .filter(|document| own.get(**document as usize).copied().unwrap_or(false))
            .count();
        with_own > MAX_CARRIERS && with_own * 2 > documents.len()
    })
}

/// Documents of a group that is sorted by document.
fn carriers(group: &[Place]) -> usize {
    group.chunk_by(|x, y| x.1 == y.1).count()
}

/// Whether a document has a body outside of what many carry.
fn has_own(carried: &[bool]) -> bool {
    let own: usize = carried
        .chunk_by(|x, y| x == y)
        .filter(|run| run.first() == Some(&false) && run.len() >= OWN_RUN)
        .map(<[bool]>::len)
        .sum();
    own >= OWN_WORDS && own as f64 >= OWN_SHARE * carried.len() as f64
}
