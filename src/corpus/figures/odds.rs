//! Whether two figures that do not agree are two values of one fact: an additive score.
//!
//! No single sign tells it: articles about one thing are full of pairs of percentages that are close, or the only ones of their unit, and
//! have nothing to do with each other. So what speaks for one fact and against it is added up, as log-odds. The weights follow a logistic
//! regression, by a program that is not in this repository, on the pairs of figures of seven sets of siblings and their controls
//! (`datasets/siblings_2026` to `siblings_f_2026`, and the older ones), rounded by hand; [`BARE_WHOLE`] and [`FORECAST`] were set by hand later.

use super::alike::{misplaced, ratio, slipped, subjects, unlike_percent};
use super::around::{Context, common};
use super::conflict::Pair;
use crate::figure::{Figure, Kind};

/// Log-odds of two figures of one kind and unit of which nothing else is known.
const BASELINE: f64 = -4.9;
/// For each unit of likeness of what they measure, 0 to 1.
const SUBJECT: f64 = 1.1;
/// The same of two shares whose subject is but the whole ("63% of sales"): those of two things have other words around them.
const WHOLE: f64 = 1.5;
/// What is left of it without common words of this rareness around both, and of [`LONE`] nothing.
const BARE_WHOLE: f64 = 1.1;
const WHOLE_WORDS: f64 = 0.5;
/// The same where they measure two things, -1 to 0.
const OTHER_SUBJECT: f64 = 0.8;
/// Both are lengths of time: a story has few, so that two of one unit are seldom of two things.
const DURATION: f64 = 0.7;
/// Either is a range: few figures are.
const RANGE: f64 = 1.3;
/// Both sentences have another figure in common.
const ANCHORED: f64 = 0.8;
/// The values have the same digits in another order.
const SLIPPED: f64 = 2.2;
/// They have at least [`MANY_DIGITS`] of them: on top of [`SLIPPED`].
const MANY_SLIPPED: f64 = 1.7;
/// Significant digits that seldom come up twice by chance, whatever their order.
const MANY_DIGITS: u8 = 3;
/// The smaller value is at least [`CLOSE_RATIO`] of the larger.
const CLOSE: f64 = 1.3;
/// It is at least [`VERY_CLOSE_RATIO`] of it: on top of [`CLOSE`].
const VERY_CLOSE: f64 = 0.8;
/// Each is the only one of its unit and size in its document that the other does not back.
const LONE: f64 = 1.0;
/// Only one of them has a time.
const HALF_DATED: f64 = -0.5;
/// Both have a time, and it cannot be told whether it is the same.
const OTHER_TIMES: f64 = -0.9;
/// One percentage is a change, the other is none.
const UNLIKE: f64 = -0.5;
/// One is what is expected, the other what was.
const FORECAST: f64 = -1.8;
/// For the two documents telling one story, 0 to 1.
const RELATED: f64 = 1.2;
/// The documents are known to tell the same facts.
const TOGETHER: f64 = 1.1;
/// For the share of the words around both that are the same, 0 to 1.
const AROUND: f64 = 1.6;
/// For each unit of rareness of the words in common around both, unless they are two shares of a whole, whose name is among the words.
const COMMON: f64 = 0.15;
/// Rareness of common words beyond which they prove no more.
const MOST_COMMON: f64 = 15.0;

/// Rareness of the words in common without which a number with another unit is another number.
const MISPLACED_WORDS: f64 = 4.0;

/// Values as close as this are likelier to be two versions of one.
pub(super) const CLOSE_RATIO: f64 = 0.7;
/// Values as close as this are even likelier to.
pub(super) const VERY_CLOSE_RATIO: f64 = 0.9;
/// The log-odds; `None` where they are below 0. `around` is the share of the words around both that are the same, `anchored` says that their
/// sentences share another figure.
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
    let slip = slipped(first, second);
    let long_slip = slip && first.precision.min(second.precision) >= MANY_DIGITS;
    let when = |holds: bool, weight: f64| if holds { weight } else { 0.0 };
    let wholes = one.of_whole && other.of_whole;
    let bare = wholes && words < WHOLE_WORDS;
    let per_subject = match () {
        () if subject < 0.0 => OTHER_SUBJECT,
        () if bare => BARE_WHOLE,
        () if wholes => WHOLE,
        () => SUBJECT,
    };
    let range = |figure: &Figure| figure.low < figure.high;
    let dated = first.period.is_some() && second.period.is_some();
    let odds = BASELINE
        + per_subject * subject
        + RELATED * pair.known_related
        + when(pair.together, TOGETHER)
        + AROUND * around
        + when(!wholes, COMMON * words.min(MOST_COMMON))
        + when(
            first.kind == Kind::Duration && first.unit == second.unit,
            DURATION,
        )
        + when(range(first) || range(second), RANGE)
        + when(anchored, ANCHORED)
        + when(misplaced || slip, SLIPPED)
        + when(long_slip, MANY_SLIPPED)
        + when(ratio >= CLOSE_RATIO, CLOSE)
        + when(ratio >= VERY_CLOSE_RATIO, VERY_CLOSE)
        + when(first.period.is_some() != second.period.is_some(), HALF_DATED)
        + when(dated && first.period != second.period, OTHER_TIMES)
        + when(one.part.forecast != other.part.forecast, FORECAST)
        + when(unlike_percent(first, second), UNLIKE);
    // Whether others could be meant is the dear part.
    if odds + LONE < 0.0 {
        return None;
    }
    let odds = odds + when(!bare && pair.lone(first, second), LONE);
    (odds >= 0.0).then_some(odds)
}

/// Whether a percentage is one of a whole that is named right after it: "63% of sales".
pub(super) fn of_whole(text: &str, figure: &Figure) -> bool {
    let after = text.get(figure.span.end as usize..).unwrap_or("");
    figure.kind == Kind::Percent && after.trim_start().starts_with("of ")
}
