//! Whether two figures that do not agree are two values of one fact: an additive score.
//!
//! No single sign tells it: articles about one thing are full of pairs of percentages that are close, or the only ones of their unit, and
//! have nothing to do with each other. So what speaks for one fact and against it is added up, as log-odds. The weights follow a logistic
//! regression on all pairs of figures of the three older sets of siblings and their controls, rounded by hand.

use super::agree::{agrees, same_unit};
use super::alike::{misplaced, ratio, slipped, subjects, unlike_percent};
use super::around::{Context, common, whose};
use super::conflict::Pair;
use crate::figure::{Figure, Kind};

/// Log-odds of two figures of one kind and unit of which nothing else is known.
const BASELINE: f64 = -7.1;
/// For each unit of likeness of what they measure, 0 to 1.
const SUBJECT: f64 = 2.8;
/// The same of two shares whose subject is but the whole: "63% of sales" and "71% of sales" share out one thing to two.
const WHOLE: f64 = 0.3;
/// The same where they measure two things, -1 to 0.
const OTHER_SUBJECT: f64 = 1.7;
/// Both are lengths of time: a story has few, so that two of one unit are seldom of two things.
const DURATION: f64 = 1.1;
/// Both sentences have another figure in common.
const ANCHORED: f64 = 1.1;
/// The values have the same digits in another order.
const SLIPPED: f64 = 1.9;
/// They have at least [`MANY_DIGITS`] of them: on top of [`SLIPPED`].
const MANY_SLIPPED: f64 = 1.2;
/// Significant digits that seldom come up twice by chance, whatever their order.
const MANY_DIGITS: u8 = 3;
/// The smaller value is at least [`CLOSE_RATIO`] of the larger.
const CLOSE: f64 = 2.2;
/// It is at least [`VERY_CLOSE_RATIO`] of it: on top of [`CLOSE`].
const VERY_CLOSE: f64 = 2.4;
/// For each other figure of either text that could be the counterpart as well.
const RIVAL: f64 = -0.45;
/// Rivals beyond which it gets no worse.
const MOST_RIVALS: usize = 8;
/// Only one of them has a time.
const HALF_DATED: f64 = -0.4;
/// One percentage is a change, the other is none.
const UNLIKE: f64 = -1.55;
/// For the two documents telling one story, 0 to 1.
const RELATED: f64 = 4.3;
/// For the share of the words around both that are the same, 0 to 1.
const AROUND: f64 = 1.9;
/// For each unit of rareness of the words in common around both.
const COMMON: f64 = 0.22;
/// The same of two shares whose subject is but the whole, as the name of the whole is among the words.
const COMMON_WHOLE: f64 = 0.17;
/// Rareness of common words beyond which they prove no more.
const MOST_COMMON: f64 = 15.0;

/// Rareness of the words in common without which a number with another unit is another number.
const MISPLACED_WORDS: f64 = 4.0;

/// Values as close as this are likelier to be two versions of one.
pub(super) const CLOSE_RATIO: f64 = 0.7;
/// Values as close as this are even likelier to.
pub(super) const VERY_CLOSE_RATIO: f64 = 0.9;
/// The smaller of two rivals' values is at least this share of the larger.
const RIVAL_RATIO: f64 = 0.5;

/// The log-odds; `None` where they are below 0, or nothing at all says that the two are about one thing. `around` is the share of the words around
/// both that are the same, `anchored` says that their sentences share another figure.
pub(super) fn one_fact(
    pair: &Pair<'_, '_>,
    (one, other): (&Context<'_>, &Context<'_>),
    around: f64,
    anchored: bool,
) -> Option<f64> {
    let (first, second) = (one.figure, other.figure);
    let (subject, words) = (subjects(first, second), common(one, other));
    // The same number with another unit is a slip as well, however far apart the two amounts are.
    let misplaced = misplaced(first, second);
    if misplaced && words < MISPLACED_WORDS {
        return None;
    }
    let ratio = if misplaced {
        CLOSE_RATIO
    } else {
        ratio(first, second)
    };
    let close = ratio >= VERY_CLOSE_RATIO && subject >= 0.0 && whose(one, other) >= 0.0;
    let slip = slipped(first, second);
    let long_slip = slip && first.precision.min(second.precision) >= MANY_DIGITS;
    let lone = || close && pair.lone(first, second);
    if subject <= 0.0 && words <= 0.0 && !anchored && !long_slip && !lone() {
        return None;
    }
    let when = |holds: bool, weight: f64| if holds { weight } else { 0.0 };
    let wholes = one.of_whole && other.of_whole;
    let per_subject = match () {
        () if subject < 0.0 => OTHER_SUBJECT,
        () if wholes => WHOLE,
        () => SUBJECT,
    };
    let per_word = if wholes { COMMON_WHOLE } else { COMMON };
    let odds = BASELINE
        + per_subject * subject
        + RELATED * pair.known_related
        + AROUND * around
        + per_word * words.min(MOST_COMMON)
        + when(
            first.kind == Kind::Duration && first.unit == second.unit,
            DURATION,
        )
        + when(anchored, ANCHORED)
        + when(misplaced || slip, SLIPPED)
        + when(long_slip, MANY_SLIPPED)
        + when(ratio >= CLOSE_RATIO, CLOSE)
        + when(ratio >= VERY_CLOSE_RATIO, VERY_CLOSE)
        + when(first.period.is_some() != second.period.is_some(), HALF_DATED)
        + when(unlike_percent(first, second), UNLIKE);
    // Rivals only take away, and counting them is the dear part.
    if odds < 0.0 {
        return None;
    }
    let rivals = rivals(first, pair.ours, pair.theirs) + rivals(second, pair.theirs, pair.ours);
    let odds = odds + RIVAL * rivals.min(MOST_RIVALS) as f64;
    (odds >= 0.0).then_some(odds)
}

/// Other figures of a document that could be meant as well: of the same unit and size, and not in the other document.
fn rivals(figure: &Figure, own: &[Context<'_>], other: &[Context<'_>]) -> usize {
    let rival = |context: &&Context<'_>| {
        let rival = context.figure;
        same_unit(rival, figure)
            && ratio(rival, figure) >= RIVAL_RATIO
            && !agrees(rival, figure)
            && !super::conflict::backed(rival, other)
    };
    own.iter().filter(rival).count()
}

/// Whether a percentage is one of a whole that is named right after it: "63% of sales".
pub(super) fn of_whole(text: &str, figure: &Figure) -> bool {
    let after = text.get(figure.span.end as usize..).unwrap_or("");
    figure.kind == Kind::Percent && after.trim_start().starts_with("of ")
}
