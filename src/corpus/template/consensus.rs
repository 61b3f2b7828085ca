//! A group of units -> skeletons: the words that all have in one order (progressive alignment: Feng & Doolittle 1987), and the
//! slots between them.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Bar, Piece, Place, Skeleton, Unit};
use crate::corpus::text::Token;
use crate::corpus::view::View;
use crate::document::Span;

/// Share of a skeleton's fixed words that a further unit must leave standing.
const KEPT: f64 = 0.7;
/// Rounds over a group: each takes out one skeleton and leaves what did not fit it.
const MAX_ROUNDS: usize = 12;
/// Largest group in which the two most alike units are looked for to begin with.
const MAX_PAIRED: usize = 40;
/// Least share of documents that fill the slots in their own way: where most say the same, it is a copy with changes.
const DIFFERENT: f64 = 0.6;

/// The skeletons of a group.
pub(super) fn skeletons(group: &[Unit], place: Place) -> Vec<Skeleton> {
    let bar = place.bar();
    let mut left: Vec<Unit> = group.to_vec();
    let mut found: Vec<Skeleton> = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let Some((mut fixed, mut members)) = start(&left, bar) else {
            break;
        };
        let mut rest = Vec::new();
        for unit in left {
            if members
                .iter()
                .any(|member: &Unit| member.document == unit.document)
            {
                continue;
            }
            let shrunk = in_order(&fixed, &unit.tokens);
            if enough(&shrunk, &unit, bar) && shrunk.len() as f64 >= KEPT * fixed.len() as f64 {
                fixed = shrunk;
                members.push(unit);
            } else {
                rest.push(unit);
            }
        }
        left = rest;
        found.extend(made(&fixed, members, place, bar));
    }
    // What all of a family of biographies share, if that is wider than what its closest members do.
    if place == Place::Bio && group.len() > 2 {
        let fixed = group.iter().skip(1).fold(
            group.first().map(|unit| unit.tokens.clone()).unwrap_or_default(),
            |fixed, unit| in_order(&fixed, &unit.tokens),
        );
        let wide = Bar { share: 0.0, ..bar };
        let family = made(&fixed, group.to_vec(), place, wide);
        found
            .extend(family.filter(|family| found.iter().all(|one| one.members.len() < family.members.len())));
    }
    found
}

/// The two units to begin with: the most alike of a small group, else the first with the next that fits it.
fn start(units: &[Unit], bar: Bar) -> Option<(Vec<Token>, Vec<Unit>)> {
    let mut best: Option<(usize, Vec<Token>, Vec<Unit>)> = None;
    for (at, one) in units.iter().enumerate() {
        for other in units.iter().skip(at + 1) {
            let fixed = in_order(&one.tokens, &other.tokens);
            if enough(&fixed, one, bar)
                && enough(&fixed, other, bar)
                && best.as_ref().is_none_or(|best| fixed.len() > best.0)
            {
                best = Some((fixed.len(), fixed, vec![one.clone(), other.clone()]));
            }
        }
        if best.is_some() && units.len() > MAX_PAIRED {
            break;
        }
        // In a large group a first unit that fits nobody is a stray; a few tries keep the cost linear.
        if units.len() > MAX_PAIRED && at > MAX_ROUNDS {
            break;
        }
    }
    best.map(|(_, fixed, members)| (fixed, members))
}

fn enough(fixed: &[Token], unit: &Unit, bar: Bar) -> bool {
    fixed.len() >= bar.fixed
        && fixed.iter().filter(|token| own_word(token, unit.place)).count() >= bar.plain
        && fixed.len() as f64 >= bar.share * own(&unit.tokens)
}

/// Words of a unit that a skeleton could hold: names and numbers are what slots are for.
fn own(tokens: &[Token]) -> f64 {
    tokens.iter().filter(|token| !token.name && !token.number).count() as f64
}

/// A word of a skeleton that ordinary texts do not share. What looks like a name in a biography is its kind of agent or house.
fn own_word(token: &Token, place: Place) -> bool {
    match place {
        Place::Bio => token.content() && !token.number,
        Place::Heading | Place::Body => token.plain(),
    }
}

/// The words of `a` that stand in `b` in the same order.
fn in_order(a: &[Token], b: &[Token]) -> Vec<Token> {
    pairs(a, b)
        .into_iter()
        .filter_map(|(at, _)| a.get(at).copied())
        .collect()
}

/// Places of equal words, in order (Myers 1986).
fn pairs(a: &[Token], b: &[Token]) -> Vec<(usize, usize)> {
    let hashes = |tokens: &[Token]| tokens.iter().map(|token| token.hash).collect::<Vec<u64>>();
    let ops = capture_diff_slices(Algorithm::Myers, &hashes(a), &hashes(b));
    let equal = ops.into_iter().filter_map(|op| match op {
        DiffOp::Equal {
            old_index,
            new_index,
            len,
        } => Some((0..len).map(move |at| (old_index + at, new_index + at))),
        _ => None,
    });
    equal.flatten().collect()
}

/// A skeleton, if its slots are filled differently and enough of its words stand together.
fn made(fixed: &[Token], mut members: Vec<Unit>, place: Place, bar: Bar) -> Option<Skeleton> {
    members.sort_by_key(|unit| unit.document);
    let mut runs = runs(fixed, &members);
    if place != Place::Heading {
        // A lone word between slots stands there by chance more often than not.
        runs.retain(|run| run.len() > 1);
    }
    // Without a slot between fixed words it is a line that all carry, not one that they fill in.
    if runs.len() < 2 {
        return None;
    }
    let words: Vec<Token> = runs.iter().flatten().copied().collect();
    let plain = words.iter().filter(|token| own_word(token, place)).count();
    if words.len() < bar.fixed || plain < bar.plain || members.len() < bar.documents {
        return None;
    }
    let mut ways: Vec<Vec<Vec<u64>>> = members.iter().map(|unit| filled(&runs, unit)).collect();
    ways.sort();
    ways.dedup();
    let different = ways.len() > 1 && ways.len() as f64 >= DIFFERENT * members.len() as f64;
    different.then(|| Skeleton {
        place,
        runs,
        members: members.into_iter().map(|unit| (unit.document, unit)).collect(),
    })
}

/// The fixed words in runs: two belong to one run if they are neighbours in every unit. A lone word of grammar is dropped: it
/// stands in any sentence.
fn runs(fixed: &[Token], members: &[Unit]) -> Vec<Vec<Token>> {
    let mut apart = vec![false; fixed.len()];
    for unit in members {
        let met = pairs(fixed, &unit.tokens);
        for two in met.windows(2) {
            if let [(_, before), (at, here)] = two
                && *here != before + 1
                && let Some(flag) = apart.get_mut(*at)
            {
                *flag = true;
            }
        }
    }
    let mut runs: Vec<Vec<Token>> = Vec::new();
    for (token, apart) in fixed.iter().zip(apart) {
        match runs.last_mut() {
            Some(run) if !apart => run.push(*token),
            _ => runs.push(vec![*token]),
        }
    }
    runs.retain(|run| run.len() > 1 || run.iter().any(|token| !token.common));
    runs
}

/// Places of the runs' words in a unit: first and last of each run that it has.
fn places(runs: &[Vec<Token>], unit: &Unit) -> Vec<Option<(usize, usize)>> {
    let flat: Vec<Token> = runs.iter().flatten().copied().collect();
    let met = pairs(&flat, &unit.tokens);
    let mut from = 0;
    runs.iter()
        .map(|run| {
            let range = from..from + run.len();
            from = range.end;
            let mut mine = met
                .iter()
                .filter(|(at, _)| range.contains(at))
                .map(|(_, here)| *here);
            let first = mine.next()?;
            Some((first, mine.next_back().unwrap_or(first)))
        })
        .collect()
}

/// Ranges of words in the slots: before the first run, between runs, after the last.
fn slot_ranges(runs: &[Vec<Token>], unit: &Unit) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::with_capacity(runs.len() + 1);
    let mut from = 0;
    for place in places(runs, unit) {
        match place {
            Some((first, last)) => {
                ranges.push(from..first.max(from));
                from = last + 1;
            }
            // A run that this unit lacks: its slot stays empty and the next takes what is there.
            None => ranges.push(from..from),
        }
    }
    ranges.push(from..unit.tokens.len().max(from));
    ranges
}

fn filled(runs: &[Vec<Token>], unit: &Unit) -> Vec<Vec<u64>> {
    slot_ranges(runs, unit)
        .into_iter()
        .map(|range| {
            let words = unit.tokens.get(range).unwrap_or(&[]);
            words.iter().map(|token| token.hash).collect()
        })
        .collect()
}

/// Whether some slot holds a name or number in every unit.
pub(super) fn named_slot(skeleton: &Skeleton) -> bool {
    let named = |unit: &Unit| -> Vec<bool> {
        let ranges = slot_ranges(&skeleton.runs, unit).into_iter();
        ranges
            .map(|range| {
                let words = unit.tokens.get(range).unwrap_or(&[]);
                words.iter().any(|word| word.name || word.number)
            })
            .collect()
    };
    let all: Vec<Vec<bool>> = skeleton.members.iter().map(|(_, unit)| named(unit)).collect();
    (0..=skeleton.runs.len()).any(|slot| all.iter().all(|named| named.get(slot) == Some(&true)))
}

/// Spans of the slots in the normalised text; `None` for an empty one.
pub(super) fn slots(runs: &[Vec<Token>], unit: &Unit) -> Vec<Option<Span>> {
    slot_ranges(runs, unit)
        .into_iter()
        .map(|range| {
            let words = unit.tokens.get(range)?;
            Some(Span {
                start: words.first()?.span.start,
                end: words.last()?.span.end,
            })
        })
        .collect()
}

/// The pattern's pieces: the runs as the first document has them, slots around them.
pub(super) fn pattern(views: &[View<'_>], skeleton: &Skeleton) -> Vec<Piece> {
    let mut pieces = vec![Piece::Slot];
    let Some((document, unit)) = skeleton.members.first() else {
        return pieces;
    };
    let view = views.get(*document);
    for (run, place) in skeleton.runs.iter().zip(places(&skeleton.runs, unit)) {
        let text = place.and_then(|(first, last)| {
            let (first, last) = (unit.tokens.get(first)?, unit.tokens.get(last)?);
            let span = Span {
                start: first.span.start,
                end: last.span.end,
            };
            Some(view?.entry.document.slice(span))
        });
        let text = text.unwrap_or_default();
        debug_assert!(!run.is_empty());
        pieces.push(Piece::Fixed(
            text.split_whitespace().collect::<Vec<_>>().join(" "),
        ));
        pieces.push(Piece::Slot);
    }
    pieces
}
