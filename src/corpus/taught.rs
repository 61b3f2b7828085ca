//! What the weights of contradictions are learnt from: pairs of figures, with what speaks for each (feature `train`).

use std::collections::BTreeMap;

use super::compare::{MAX_GROUP, first_look, on_stage};
use super::day::{far_apart, published};
use super::figures::{Evidence, Known, between};
use super::judge::Judge;
use super::pair::{Stage, ordered};
use super::{Entry, cluster};
use crate::document::Span;

/// Two figures of two documents, with what speaks for their being two values of one fact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FigurePair {
    /// Indices of the documents.
    pub at: (usize, usize),
    /// Where the figures stand in the text as it was read.
    pub spans: [Span; 2],
    /// By everything that is known: of a group, what its other documents give as well.
    pub evidence: Evidence,
    /// By less, for two documents of a group: as if they were all of it, and as if nothing were known but the two.
    pub less: Vec<Evidence>,
}

/// Every two figures that can contradict one another, of documents that [`super::compare`] sets beside one another and that are of one time.
pub(crate) fn figure_pairs(entries: &[Entry]) -> Vec<FigurePair> {
    on_stage(entries, Judge::shipped(), |stage, suggested| {
        let (shared, tied) = first_look(stage, suggested.clone());
        let groups = cluster::groups(stage.views.len(), &shared, &tied, stage.templates);
        let mut found = Vec::new();
        for group in groups.iter().filter(|group| group.len() <= MAX_GROUP) {
            for (at, a) in group.iter().enumerate() {
                for b in group.iter().skip(at + 1) {
                    found.extend(of_two(stage, ordered(*a, *b), group));
                }
            }
        }
        let of_one =
            |(a, b): &(usize, usize)| groups.iter().any(|group| group.contains(a) && group.contains(b));
        let others = suggested.into_iter().filter(|at| !of_one(at));
        found.extend(others.flat_map(|at| of_two(stage, at, &[])));
        found
    })
}

/// The figures of two documents; `group` as in [`Stage::pair`].
fn of_two(stage: &Stage<'_, '_>, (a, b): (usize, usize), group: &[usize]) -> Vec<FigurePair> {
    let (Some(ours), Some(theirs)) = (stage.claims.get(a), stage.claims.get(b)) else {
        return Vec::new();
    };
    let day = |at: usize| stage.facts.get(at).and_then(|facts| published(facts.document));
    if far_apart(day(a), day(b)) {
        return Vec::new();
    }
    let others = stage.others((a, b), group);
    let together = !group.is_empty();
    let known = |together, others| {
        between(
            ours,
            theirs,
            Known {
                together,
                others,
                told: &[],
            },
        )
    };
    let less: Vec<BTreeMap<[Span; 2], Evidence>> = match together {
        true => [true, false]
            .map(|together| known(together, &[]).into_iter().collect())
            .into(),
        false => Vec::new(),
    };
    known(together, &others)
        .into_iter()
        .map(|(spans, evidence)| FigurePair {
            at: (a, b),
            spans,
            evidence,
            less: less.iter().filter_map(|list| list.get(&spans).copied()).collect(),
        })
        .collect()
}
