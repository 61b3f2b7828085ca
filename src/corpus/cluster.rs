//! Pairs -> groups of documents that belong together: copies, families of one template, articles that tell the same facts.
//!
//! Wording and templates join whoever shares them. Facts join groups, not pairs: two groups become one when their documents tell the same
//! facts *on average* (Sokal and Michener 1958), so that a text that has a name and a figure in common with one article of a story is not
//! drawn in by that one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::report::{Cluster, ClusterKind, Level, Pair};
use super::template::Mined;
use super::template::Sets;

/// Probability from which a pair counts as copied.
const COPIED: f64 = 0.5;
/// Share of one text that stands in the other from which wording ties them, whatever the judge says.
const CONTAINED: f64 = 0.3;
/// Log-odds of a pair that nothing suggested: it was not looked at.
const UNSEEN: f64 = -4.0;
/// Most that one pair counts on average: a near copy must not outvote the rest.
const MOST: f64 = 3.0;
/// Figures named in a reason.
const SHOWN: usize = 3;
/// What is said of every group that facts hold together.
const CAVEAT: &str = "that they tell the same facts says nothing about who wrote them, nor that one was taken from another: two reporters \
    of one event do so too";
/// Reasons told of a cluster.
const REASONS: usize = 6;

/// Why the wording of a pair ties two documents, in words; `None` where it does not.
fn worded(pair: &Pair) -> Option<String> {
    let contained = pair.containment[0].max(pair.containment[1]);
    let level = matches!(pair.copied.level, Level::Light | Level::Paraphrase);
    (contained >= CONTAINED || (pair.copied.probability >= COPIED && level)).then(|| {
        format!(
            "{} and {} share wording: up to {:.0} % of one stands in the other",
            pair.a,
            pair.b,
            100.0 * contained
        )
    })
}

/// What two documents that tell the same facts have in common, in words.
fn factual(pair: &Pair) -> String {
    let figures: Vec<&str> = pair
        .figures
        .iter()
        .take(SHOWN)
        .map(|figure| figure.a.surface.as_str())
        .collect();
    let (a, b) = (&pair.a, &pair.b);
    match figures.len() {
        0 => format!("{a} and {b} tell of the same things: they share many words that few texts have"),
        _ => format!(
            "{a} and {b} tell the same facts, {} among them",
            figures.join(", ")
        ),
    }
}

/// How two documents of a pair stand to one another: the pair as it is told, if it is, and the log-odds that they tell the same facts.
pub(super) struct Tied {
    /// Indices of the documents, the smaller first.
    pub at: (usize, usize),
    /// See [`super::report::SameFacts`].
    pub log_odds: f64,
}

/// The groups, as indices of documents.
pub(super) fn groups(
    count: usize,
    pairs: &[((usize, usize), Pair)],
    tied: &[Tied],
    templates: &[Mined],
) -> Vec<Vec<usize>> {
    let mut sets = Sets::new(count);
    for ((a, b), pair) in pairs {
        if worded(pair).is_some() {
            sets.join(*a, *b);
        }
    }
    for mined in whole(templates) {
        for (a, b) in mined.documents.iter().zip(mined.documents.iter().skip(1)) {
            sets.join(*a, *b);
        }
    }
    for (a, b) in joined(count, &sets.groups(), tied) {
        sets.join(a, b);
    }
    sets.groups()
}

/// Templates of whole documents.
fn whole(templates: &[Mined]) -> impl Iterator<Item = &Mined> {
    templates
        .iter()
        .filter(|mined| mined.template.place == "document")
}

/// The groups, largest first. `pairs` holds what is told of pairs with the indices of their documents, `tied` all that were looked at.
pub(super) fn clusters(
    ids: &[String],
    pairs: &[((usize, usize), Pair)],
    tied: &[Tied],
    templates: &[Mined],
) -> Vec<Cluster> {
    let mut sets = Sets::new(ids.len());
    let mut reasons: Vec<(usize, f64, String)> = Vec::new();
    let mut kinds: Vec<(usize, ClusterKind)> = Vec::new();
    for ((a, b), pair) in pairs {
        if let Some(reason) = worded(pair) {
            sets.join(*a, *b);
            kinds.push((*a, ClusterKind::Copies));
            reasons.push((*a, 1.0 + pair.containment[0].max(pair.containment[1]), reason));
        }
    }
    for mined in whole(templates) {
        for two in mined.documents.windows(2) {
            if let [a, b] = two {
                sets.join(*a, *b);
            }
        }
        if let Some(first) = mined.documents.first() {
            kinds.push((*first, ClusterKind::Template));
            reasons.push((
                *first,
                1.0,
                format!(
                    "{} documents fill template {}",
                    mined.documents.len(),
                    mined.template.id
                ),
            ));
        }
    }
    for (a, b) in joined(ids.len(), &sets.groups(), tied) {
        sets.join(a, b);
        kinds.push((a, ClusterKind::SameFacts));
    }
    let mut groups = sets.groups();
    let mut of: Vec<usize> = (0..ids.len()).collect();
    for group in &groups {
        let first = group.first().copied().unwrap_or(0);
        group
            .iter()
            .filter_map(|at| of.get_mut(*at).map(|of| *of = first))
            .count();
    }
    for ((a, b), pair) in pairs {
        if pair.same_facts.log_odds > 0.0 && worded(pair).is_none() && of.get(*a) == of.get(*b) {
            reasons.push((*a, pair.same_facts.probability, factual(pair)));
        }
    }
    reasons.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.2.cmp(&y.2)));
    groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().copied()));
    groups
        .into_iter()
        .map(|group| {
            let inside = |at: usize| group.binary_search(&at).is_ok();
            let kind = kinds
                .iter()
                .filter(|(at, _)| inside(*at))
                .map(|(_, kind)| *kind)
                .max();
            let own = reasons.iter().filter(|reason| inside(reason.0));
            let mut because: Vec<String> = own.take(REASONS).map(|reason| reason.2.clone()).collect();
            if kind == Some(ClusterKind::SameFacts) {
                because.push(CAVEAT.to_owned());
            }
            Cluster {
                kind: kind.unwrap_or_default(),
                because,
                documents: group.iter().filter_map(|at| ids.get(*at).cloned()).collect(),
            }
        })
        .collect()
}

/// Sum and number of the log-odds between two groups.
type Between = BTreeMap<usize, (f64, usize)>;
/// Documents of each group.
type Sizes = BTreeMap<usize, usize>;

/// Joins that facts make on top of the groups there are: pairs of documents, one of each group.
///
/// The two groups with the highest mean over all pairs between them are joined, until none is above 0. Cost: a heap of the pairs, and a
/// pass over a group's neighbours for each join.
fn joined(count: usize, groups: &[Vec<usize>], tied: &[Tied]) -> Vec<(usize, usize)> {
    let mut of: Vec<usize> = (0..count).collect();
    for group in groups {
        let first = group.first().copied().unwrap_or(0);
        for at in group {
            if let Some(of) = of.get_mut(*at) {
                *of = first;
            }
        }
    }
    let mut sizes: Sizes = BTreeMap::new();
    for group in &of {
        *sizes.entry(*group).or_insert(0) += 1;
    }
    let group_of = |of: &[usize], at: usize| of.get(at).copied().unwrap_or(at);
    let mut between: BTreeMap<usize, Between> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for tied in tied {
        let (a, b) = (group_of(&of, tied.at.0), group_of(&of, tied.at.1));
        if a == b {
            continue;
        }
        for (one, other) in [(a, b), (b, a)] {
            let sum = between.entry(one).or_default().entry(other).or_insert((0.0, 0));
            *sum = (sum.0 + tied.log_odds.min(MOST), sum.1 + 1);
        }
        seen.insert((a.min(b), a.max(b)));
    }
    // Bits of a positive number are in the order of the number; of equals the first documents go first.
    let mean = |between: &BTreeMap<usize, Between>, sizes: &Sizes, a: usize, b: usize| {
        let size = |group: usize| sizes.get(&group).copied().unwrap_or(0);
        let all = size(a) * size(b);
        let (sum, seen) = *between.get(&a)?.get(&b)?;
        let mean = (sum + UNSEEN * all.saturating_sub(seen) as f64) / all.max(1) as f64;
        (all > 0 && mean > 0.0).then_some((mean.to_bits(), Reverse(a.min(b)), Reverse(a.max(b))))
    };
    let mut next: BinaryHeap<_> = seen
        .iter()
        .filter_map(|(a, b)| mean(&between, &sizes, *a, *b))
        .collect();
    let mut found = Vec::new();
    while let Some(join) = next.pop() {
        let (_, Reverse(a), Reverse(b)) = join;
        // What was put in before one of the two had grown is out of date.
        if mean(&between, &sizes, a, b) != Some(join) {
            continue;
        }
        found.push((a, b));
        let size = |group: usize| sizes.get(&group).copied().unwrap_or(0);
        // The smaller group moves.
        let (a, b) = if size(a) < size(b) { (b, a) } else { (a, b) };
        merge(&mut sizes, &mut between, (a, b));
        let others = between.get(&a).into_iter().flat_map(BTreeMap::keys);
        next.extend(others.filter_map(|other| mean(&between, &sizes, a, *other)));
    }
    found
}

/// Makes group `b` a part of group `a`.
fn merge(sizes: &mut Sizes, between: &mut BTreeMap<usize, Between>, (a, b): (usize, usize)) {
    let moved = sizes.remove(&b).unwrap_or(0);
    *sizes.entry(a).or_insert(0) += moved;
    for (other, (sum, seen)) in between.remove(&b).unwrap_or_default() {
        if let Some(sums) = between.get_mut(&other) {
            sums.remove(&b);
        }
        if other == a {
            continue;
        }
        for (one, two) in [(a, other), (other, a)] {
            let entry = between.entry(one).or_default().entry(two).or_insert((0.0, 0));
            *entry = (entry.0 + sum, entry.1 + seen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tied(list: &[(usize, usize, f64)]) -> Vec<Tied> {
        list.iter()
            .map(|&(a, b, log_odds)| Tied { at: (a, b), log_odds })
            .collect()
    }

    #[test]
    fn facts_join_groups_on_average() {
        // 0, 1 and 2 tell one story; 3 has something in common with 0 alone.
        let list = tied(&[
            (0, 1, 2.0),
            (0, 2, 1.0),
            (1, 2, 1.5),
            (0, 3, 0.5),
            (1, 3, -2.0),
            (2, 3, -2.0),
        ]);
        assert_eq!(joined(4, &[], &list), [(0, 1), (0, 2)]);
    }

    #[test]
    fn a_pair_that_was_not_looked_at_speaks_against() {
        assert_eq!(joined(3, &[], &tied(&[(0, 1, 2.0), (1, 2, 1.5)])), [(0, 1)]);
        assert_eq!(
            joined(3, &[], &tied(&[(0, 1, 3.0), (1, 2, 4.0), (0, 2, -1.0)])).len(),
            2
        );
    }

    #[test]
    fn copies_are_one_side_of_a_join() {
        // 0 and 1 are copies, so both must fit.
        let list = tied(&[(0, 2, 1.0), (1, 2, -3.0)]);
        assert!(joined(3, &[vec![0, 1]], &list).is_empty());
        let list = tied(&[(0, 2, 1.0), (1, 2, -0.5)]);
        assert_eq!(joined(3, &[vec![0, 1]], &list), [(0, 2)]);
    }
}
