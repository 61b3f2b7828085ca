//! The passages that show what the n-gram score is made of.

use std::cmp::Reverse;

use super::Detector;
use crate::document::Document;
use crate::measure::ngram::Gram;
use crate::model::Hits;

/// Passages shown for the n-gram score.
const PASSAGES: usize = 8;
/// Heaviest n-grams among which the passages are chosen; they overlap, so it takes many for [`PASSAGES`] that do not.
const CANDIDATES: usize = 256;
/// Those of them that are looked at first.
const FEW: usize = 64;

impl Detector {
    /// The passages whose n-grams weigh most on the side of the n-gram score's part.
    pub(super) fn telling_passages(
        &self,
        document: &Document,
        grams: &[Gram],
        hits: &Hits,
        expert: usize,
        towards_machine: bool,
    ) -> Vec<crate::Span> {
        let range = |gram: u32| grams.get(gram as usize).map(|gram| (gram.first, gram.last));
        // How many passages of several words there are of each weight; without a branch, as nothing foretells the next weight.
        let mut counts = [0_usize; 128];
        let sides: Vec<(i8, u32)> = hits
            .of(expert)
            .map(|(gram, weight)| {
                let side = if towards_machine {
                    weight
                } else {
                    weight.saturating_neg()
                };
                let several = range(gram).is_some_and(|(first, last)| last > first);
                let side = side.max(0) * i8::from(several);
                if let Some(count) = counts.get_mut(side.unsigned_abs() as usize) {
                    *count += 1;
                }
                (side, gram)
            })
            .collect();
        let mut chosen: Vec<(u32, u32)> = Vec::with_capacity(PASSAGES);
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
            let mut heavy: Vec<(Reverse<i8>, (u32, u32))> = heavy
                .filter_map(|(side, gram)| Some((Reverse(*side), range(*gram)?)))
                .collect();
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
        let words = document.words();
        let span = |&(first, last): &(u32, u32)| {
            let (first, last) = (words.get(first as usize)?, words.get(last as usize)?);
            Some(document.to_original(crate::Span {
                start: first.span.start,
                end: last.span.end.max(first.span.start),
            }))
        };
        chosen.iter().filter_map(span).collect()
    }
}
