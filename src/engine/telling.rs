//! The passages that show what the n-gram score is made of.

use std::cmp::Reverse;

use crate::document::{Document, Span};
use crate::measure::ngram::Gram;

/// Passages shown for the n-gram score.
const PASSAGES: usize = 8;
/// Heaviest n-grams among which the passages are chosen; they overlap, so it takes many for [`PASSAGES`] that do not.
const CANDIDATES: usize = 256;
/// Those of them that are looked at first.
const FEW: usize = 64;

/// The words of an n-gram, first and last.
type Range = (u32, u32);

/// The passages whose n-grams weigh most on one side. `weights` are n-grams by their index among `grams`, each with its weight.
pub(super) fn telling_passages(
    document: &Document,
    grams: &[Gram],
    weights: impl Iterator<Item = (u32, i8)>,
    towards_machine: bool,
) -> Vec<Span> {
    let sides = weights.map(|(gram, weight)| {
        let gram = grams.get(gram as usize).copied().unwrap_or_default();
        let side = if towards_machine {
            weight
        } else {
            weight.saturating_neg()
        };
        // Of several words, and without a branch: nothing foretells the next weight.
        (
            side.max(0) * i8::from(gram.last > gram.first),
            (gram.first, gram.last),
        )
    });
    let words = document.words();
    let span = |(first, last): Range| {
        let (first, last) = (words.get(first as usize)?, words.get(last as usize)?);
        Some(document.to_original(Span {
            start: first.span.start,
            end: last.span.end.max(first.span.start),
        }))
    };
    let chosen = heaviest(&sides.collect::<Vec<_>>());
    chosen.into_iter().filter_map(span).collect()
}

/// The heaviest ranges that do not overlap, in order: at most [`PASSAGES`], from the [`CANDIDATES`] heaviest of weight above 0. Of
/// equal weight the first one counts.
fn heaviest(sides: &[(i8, Range)]) -> Vec<Range> {
    let mut counts = [0_usize; 128];
    for (side, _) in sides {
        if let Some(count) = counts.get_mut(usize::from(side.unsigned_abs())) {
            *count += 1;
        }
    }
    let mut chosen: Vec<Range> = Vec::with_capacity(PASSAGES);
    let mut candidates = CANDIDATES;
    // The heaviest few are mostly enough, so that the rest need no order.
    let mut lighter_than = i8::MAX.unsigned_abs() + 1;
    for enough in [FEW, CANDIDATES] {
        if chosen.len() == PASSAGES {
            break;
        }
        let mut more = 0;
        let least = (1..=i8::MAX.unsigned_abs()).rev().find(|weight| {
            more += counts.get(usize::from(*weight)).copied().unwrap_or(0);
            more >= enough
        });
        let weights = least.unwrap_or(1)..lighter_than;
        lighter_than = weights.start;
        let heavy = sides
            .iter()
            .filter(|(side, _)| weights.contains(&side.unsigned_abs()));
        let mut heavy: Vec<(Reverse<i8>, Range)> =
            heavy.map(|(side, range)| (Reverse(*side), *range)).collect();
        heavy.sort_unstable();
        heavy.truncate(candidates);
        candidates -= heavy.len();
        for (_, (first, last)) in heavy {
            let overlaps = chosen.iter().any(|&(a, b)| first <= b && a <= last);
            if !overlaps && chosen.len() < PASSAGES {
                chosen.push((first, last));
            }
        }
    }
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All of them put in order.
    fn slowly(sides: &[(i8, Range)]) -> Vec<Range> {
        let mut order: Vec<(Reverse<i8>, Range)> = sides
            .iter()
            .filter(|(side, _)| *side > 0)
            .map(|(side, range)| (Reverse(*side), *range))
            .collect();
        order.sort_unstable();
        let mut chosen: Vec<Range> = Vec::new();
        for (_, (first, last)) in order.into_iter().take(CANDIDATES) {
            if chosen.len() < PASSAGES && chosen.iter().all(|&(a, b)| last < a || b < first) {
                chosen.push((first, last));
            }
        }
        chosen.sort_unstable();
        chosen
    }

    #[test]
    fn one_place_that_holds_the_heaviest_does_not_hide_the_others() {
        // A hundred n-grams of one place, and lighter ones elsewhere.
        let here = (0..100).map(|_| (90, (5, 9)));
        let elsewhere = (1..20).map(|at| (40, (10 * at, 10 * at + 3)));
        let sides: Vec<(i8, Range)> = here.chain(elsewhere).collect();
        let found = heaviest(&sides);
        assert_eq!(found.len(), PASSAGES);
        assert_eq!(found[..2], [(5, 9), (10, 13)]);
        assert_eq!(heaviest(&[(0, (1, 2)), (0, (4, 5))]), []);
    }

    #[test]
    fn beyond_the_heaviest_candidates_nothing_is_looked_at() {
        let here = (1..CANDIDATES).map(|_| (90, (5, 9)));
        let elsewhere = (1..20).map(|at| (40, (10 * at, 10 * at + 3)));
        let sides: Vec<(i8, Range)> = here.chain(elsewhere).collect();
        assert_eq!(heaviest(&sides), [(5, 9), (10, 13)]);
    }

    proptest! {
        #[test]
        fn the_same_as_in_order(
            sides in prop::collection::vec((0..=i8::MAX, 0..60_u32, 1..5_u32), 0..600),
            heavy in 1..=i8::MAX,
        ) {
            // Few different weights, so that many are equal.
            let sides: Vec<(i8, Range)> =
                sides.into_iter().map(|(side, first, more)| (side.min(heavy), (first, first + more))).collect();
            prop_assert_eq!(heaviest(&sides), slowly(&sides));
        }
    }
}
