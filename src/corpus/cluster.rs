//! Pairs -> groups of documents that belong together: copies, families of one template, articles that tell the same facts.
//!
//! Wording and templates join whoever shares them. Facts join groups, not pairs: two groups become one when their documents tell the same
//! facts *on average* (Sokal and Michener 1958), so that a text that has a name and a figure in common with one article of a story is not
//! drawn in by that one.

use std::collections::BTreeMap;

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
        .map(|group| Cluster {
            kind: kinds
                .iter()
                .filter(|(at, _)| group.contains(at))
                .map(|(_, kind)| *kind)
                .max()
                .unwrap_or_default(),
            because: reasons
                .iter()
                .filter(|reason| group.contains(&reason.0))
                .take(REASONS)
                .map(|reason| reason.2.clone())
                .collect(),
            documents: group.iter().filter_map(|at| ids.get(*at).cloned()).collect(),
        })
        .collect()
}

/// Sum and number of the log-odds between two groups.
type Between = BTreeMap<usize, (f64, usize)>;
/// Documents of each group.
type Members = BTreeMap<usize, Vec<usize>>;

/// Joins that facts make on top of the groups there are: pairs of documents, one of each group.
///
/// The pairs are gone through from the strongest; two groups are joined if the mean over all pairs between them is above 0, and it is
/// done again until nothing changes. Cost: a few sorts of the pairs, and a pass over a group's neighbours for each join.
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
    let mut members: Members = BTreeMap::new();
    for (at, group) in of.iter().enumerate() {
        members.entry(*group).or_default().push(at);
    }
    let group_of = |of: &[usize], at: usize| of.get(at).copied().unwrap_or(at);
    let mut between: BTreeMap<usize, Between> = BTreeMap::new();
    let mut order: Vec<(f64, usize, usize)> = Vec::new();
    for tied in tied {
        let (a, b) = (group_of(&of, tied.at.0), group_of(&of, tied.at.1));
        if a == b {
            continue;
        }
        for (one, other) in [(a, b), (b, a)] {
            let sum = between.entry(one).or_default().entry(other).or_insert((0.0, 0));
            *sum = (sum.0 + tied.log_odds.min(MOST), sum.1 + 1);
        }
        if tied.log_odds > 0.0 {
            order.push((tied.log_odds, tied.at.0, tied.at.1));
        }
    }
    order.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut found = Vec::new();
    loop {
        let before = found.len();
        for (_, one, other) in &order {
            let (a, b) = (group_of(&of, *one), group_of(&of, *other));
            if a == b {
                continue;
            }
            let size = |group: usize| members.get(&group).map_or(1, Vec::len);
            let all = size(a) * size(b);
            let (sum, seen) = between
                .get(&a)
                .and_then(|sums| sums.get(&b))
                .copied()
                .unwrap_or((0.0, 0));
            let mean = (sum + UNSEEN * all.saturating_sub(seen) as f64) / all as f64;
            if mean <= 0.0 {
                continue;
            }
            found.push((*one, *other));
            // The smaller group moves.
            let (a, b) = if size(a) < size(b) { (b, a) } else { (a, b) };
            merge(&mut of, &mut members, &mut between, (a, b));
        }
        if found.len() == before {
            return found;
        }
    }
}

/// Makes group `b` a part of group `a`.
fn merge(
    of: &mut [usize],
    members: &mut Members,
    between: &mut BTreeMap<usize, Between>,
    (a, b): (usize, usize),
) {
    let moved = members.remove(&b).unwrap_or_default();
    for at in &moved {
        if let Some(group) = of.get_mut(*at) {
            *group = a;
        }
    }
    members.entry(a).or_default().extend(moved);
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
        assert_eq!(joined(4, &[], &list), [(0, 1), (1, 2)]);
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
