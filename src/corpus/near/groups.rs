//! Pairs -> groups.

use std::collections::BTreeMap;

use super::NearPair;

/// Groups of texts held together by pairs: the largest first, then by their first text.
#[must_use]
pub fn groups(pairs: &[NearPair]) -> Vec<Vec<u32>> {
    let mut parent = BTreeMap::new();
    for pair in pairs {
        let (a, b) = (root(&mut parent, pair.a), root(&mut parent, pair.b));
        parent.insert(a.max(b), a.min(b));
    }
    let texts: Vec<u32> = parent.keys().copied().collect();
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for text in texts {
        let first = root(&mut parent, text);
        groups.entry(first).or_default().push(text);
    }
    let mut groups: Vec<Vec<u32>> = groups.into_values().collect();
    groups.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    groups
}

/// The least text of a text's group so far; paths are shortened on the way.
fn root(parent: &mut BTreeMap<u32, u32>, mut text: u32) -> u32 {
    let mut up = *parent.entry(text).or_insert(text);
    while up != text {
        let next = parent.get(&up).copied().unwrap_or(up);
        parent.insert(text, next);
        text = up;
        up = next;
    }
    text
}
