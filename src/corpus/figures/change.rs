//! Whether two changes in opposite directions are one change, told wrongly in one of the texts.

use super::agree::agrees;
use super::alike::opposed;
use super::around::Context;
use super::pair::{LEAST_CONTEXT, LEAST_RELATED, Pair, SAME_SUBJECT, SAME_THING};
use super::times::{Times, names_a_year};
use crate::figure::Figure;

/// Words around two figures that are nearly all the same.
const MUCH_CONTEXT: f64 = 0.4;
/// Score from which on two changes of one time are one change, if each surely has its direction.
const SAME_CHANGE: f64 = 0.8;
/// Score of subject and name that does where one of the two has no time: one subject, and no other name.
const ONE_SUBJECT: f64 = 0.7;

/// Whether two figures of one value and opposite directions are one change: "rose 9%" here, "fell 9%" there.
///
/// A direction is easily misread ("a decline despite a 78% boost"), so the same time must be stated too, or the same be said around it, or
/// the word for each direction stand right before the figure.
pub(super) fn reversed(
    pair: &Pair<'_, '_>,
    (one, other): (&Context<'_>, &Context<'_>),
    (named, around, score): (f64, f64, f64),
    times: Times,
) -> bool {
    let (first, second) = (one.figure, other.figure);
    let surely = one.marks.moved && other.marks.moved && first.low == second.low;
    let one_thing = around >= LEAST_CONTEXT || named >= SAME_SUBJECT;
    let told = match (times, &first.period, &second.period) {
        (Times::Differ, ..) => false,
        (Times::Same, ..) => one_thing && score >= SAME_THING || surely && score >= SAME_CHANGE,
        (Times::Unknown, None, None) => {
            around >= MUCH_CONTEXT && named >= SAME_SUBJECT && score >= SAME_THING
        }
        // Two changes of the day are of two days, as a rule; one of a year is told without its year as well.
        (Times::Unknown, Some(period), None) | (Times::Unknown, None, Some(period)) => {
            surely && names_a_year(period) && named >= ONE_SUBJECT && score >= SAME_THING
        }
        (Times::Unknown, Some(_), Some(_)) => false,
    };
    told && pair.related >= LEAST_RELATED && turned(first, pair.theirs) && turned(second, pair.ours)
}

/// Whether the other text gives this change in the opposite direction only: one that tells of both has two changes.
fn turned(figure: &Figure, list: &[Context<'_>]) -> bool {
    let like = |context: &&Context<'_>| agrees(context.figure, figure);
    list.iter()
        .filter(like)
        .all(|context| opposed(context.figure, figure))
}
