//! Whether two figures that do not agree are two values of one fact: an additive score.
//!
//! No single sign tells it: articles about one thing are full of pairs of percentages that are close, or the only ones of their unit, and
//! have nothing to do with each other. So what speaks for one fact and against it is added up, as log-odds. The weights are a logistic
//! regression on the pairs of figures of sibling articles with planted contradictions and on those of reports (`byline train --contradictions`).

use super::alike::{misplaced, ratio, slipped, subjects, unlike_percent};
use super::around::{Context, common, rareness, whose};
use super::concepts::stem;
use super::group::Elsewhere;
use super::pair::Pair;
use super::says::{one_noun, stands_for};
use super::times::{Standing, standing};
use super::weights::Weights;
use crate::figure::{Figure, Kind};

/// What is looked at, in the order of the values. All are 0 or 1 unless a range is given.
pub(super) const EVIDENCE: [&str; COUNT] = [
    // Likeness of what they measure, 0 to 1, of figures that are no shares of a whole that is named after both ("63% of sales").
    "subject",
    // The same of two shares.
    "subject.whole",
    // The same of two shares that have no telling word in common but the whole.
    "subject.bare",
    // How far they measure two things, -1 to 0.
    "subject.other",
    // Rareness of the words that both name for it, 0 or more.
    "subject.rare",
    // Rareness of words for what one measures that stand around the other, 0 to 8.
    "subject.around",
    // They are said to be of two names.
    "name.other",
    // Only one is a share of a whole that is named after it.
    "whole.one",
    // Two counts of two nouns.
    "noun.other",
    // How much speaks for the documents telling one story, 0 to 1.
    "story",
    // They are known to tell the same facts.
    "together",
    // Share of the words around both that are the same, 0 to 1.
    "around.share",
    // Rareness of these words, 0 to 15, but of two shares of a whole, whose name is among them.
    "around.words",
    // Both are lengths of time.
    "duration",
    // Either is a range.
    "range",
    // Either is hedged.
    "hedged",
    // Both sentences have another figure in common.
    "anchored",
    // The same digits in another order, or the same number with another unit.
    "slipped",
    // The same with three digits or more.
    "slipped.long",
    // The smaller value against the larger, 0 to 1; and whether it reaches two marks.
    "ratio",
    "ratio.close",
    "ratio.very_close",
    // One is what is expected, the other what was.
    "forecast",
    // One percentage is a change, the other is none.
    "unlike",
    // How their times stand: see `Standing`.
    "time.same",
    "time.half",
    "time.half.money",
    "time.relative",
    "time.one_end",
    "time.nested",
    // Each is the only one of its unit and size in its document that the other document does not give.
    "lone",
    // What the other documents of the group give: see `Elsewhere`.
    "group.both",
    "group.tellers",
    "group.none_gives",
    "group.no_others",
];

/// How much is looked at.
pub(crate) const COUNT: usize = 35;
/// Of these, the last ones are dear to come by.
const DEAR: usize = 5;
/// The most that each of those can be.
const MOST_DEAR: [f64; DEAR] = [1.0, 1.0, 4.0, 1.0, 1.0];

/// Log-odds from which on two figures are told to contradict one another.
pub(crate) const TOLD: f64 = 0.0;
/// The same where two others of the group are told to contradict each other by these very values: who finds a fact in one pair of reports
/// finds it in the next by less.
const TOLD_ELSEWHERE: f64 = TOLD - 2.0;
/// Rareness of the words in common without which a number with another unit is another number.
const MISPLACED_WORDS: f64 = 4.0;
/// Rareness of common words around two shares of a whole without which they have but the whole in common.
const WHOLE_WORDS: f64 = 0.5;
/// Rareness of words beyond which they prove no more: around both, and of what one measures around the other.
const MOST_COMMON: f64 = 15.0;
const MOST_AROUND: f64 = 8.0;
/// Significant digits that seldom come up twice by chance, whatever their order.
const MANY_DIGITS: u8 = 3;
/// Likeness of what two counts count of which one leaves it to its sentence.
const STANDS_FOR: f64 = 0.7;
/// Fit of two names below minus which they are two.
const OTHER_NAME: f64 = 0.3;
/// Fewest letters of a word for what is measured that is looked for around the other.
const MIN_LETTERS: usize = 4;

/// Values as close as this are likelier to be two versions of one.
pub(super) const CLOSE_RATIO: f64 = 0.7;
/// Values as close as this are even likelier to.
pub(super) const VERY_CLOSE_RATIO: f64 = 0.9;

/// The values of [`EVIDENCE`].
pub(crate) type Evidence = [f64; COUNT];

/// Two figures, and what is known of the words around both.
pub(super) struct Two<'c, 'a> {
    pub one: &'c Context<'a>,
    pub other: &'c Context<'a>,
    /// Share of the words around both that are the same.
    pub around: f64,
    /// Whether their sentences share another figure.
    pub anchored: bool,
}

/// The log-odds that two figures are two values of one fact; `None` where they are too low to tell.
pub(super) fn one_fact(pair: &Pair<'_, '_>, two: &Two<'_, '_>) -> Option<f64> {
    if is_no_slip(two) {
        return None;
    }
    // Two shares of one whole, in other words, are of two things, unless a group that gives either never gives both.
    if pair.known.others.is_empty() && is_bare(two.one, two.other, common(two.one, two.other)) {
        return None;
    }
    let weights = Weights::shipped();
    let least = match pair.told_elsewhere(two.one.figure, two.other.figure) {
        true => TOLD_ELSEWHERE,
        false => TOLD,
    };
    let mut evidence = cheap(pair, two);
    // Whether others could be meant, and what the group tells, is the dear part.
    let from = COUNT - DEAR;
    let most = MOST_DEAR.iter().zip(weights.of.iter().skip(from));
    let most: f64 = most.map(|(most, weight)| (most * weight).max(0.0)).sum();
    if weights.log_odds(&evidence) + most < least {
        return None;
    }
    dear(&mut evidence, pair, two);
    Some(weights.log_odds(&evidence)).filter(|odds| *odds >= least)
}

/// All that speaks for and against one fact; `None` where it is none whatever the rest says.
#[cfg(feature = "train")]
pub(super) fn evidence(pair: &Pair<'_, '_>, two: &Two<'_, '_>) -> Option<Evidence> {
    if is_no_slip(two) {
        return None;
    }
    let mut evidence = cheap(pair, two);
    dear(&mut evidence, pair, two);
    Some(evidence)
}

/// The same number with another unit is a slip, however far apart the two amounts are; but numbers come up by chance.
fn is_no_slip(two: &Two<'_, '_>) -> bool {
    misplaced(two.one.figure, two.other.figure) && common(two.one, two.other) < MISPLACED_WORDS
}

/// All but the last [`DEAR`] values, which are 0.
fn cheap(pair: &Pair<'_, '_>, two: &Two<'_, '_>) -> Evidence {
    let (one, other) = (two.one, two.other);
    let (first, second) = (one.figure, other.figure);
    let (words, named) = (common(one, other), whose(one, other));
    let stands_for = stands_for(one, other) || stands_for(other, one);
    let subject = match stands_for {
        true => subjects(first, second).max(STANDS_FOR),
        false => subjects(first, second),
    };
    let misplaced = misplaced(first, second);
    let ratio = if misplaced {
        CLOSE_RATIO
    } else {
        ratio(first, second)
    };
    let slip = misplaced || slipped(first, second);
    let wholes = one.marks.of_whole && other.marks.of_whole;
    let bare = is_bare(one, other, words);
    let alike = subject.max(0.0);
    let when = |holds: bool| f64::from(u8::from(holds));
    let only = |holds: bool, value: f64| if holds { value } else { 0.0 };
    let range = |figure: &Figure| figure.low < figure.high;
    let standing = standing(first, second);
    let other_noun = !one_noun(one, other);
    let mut evidence = [0.0; COUNT];
    let values: [f64; COUNT - DEAR] = [
        only(!wholes, alike),
        only(wholes && !bare, alike),
        only(bare, alike),
        subject.min(0.0),
        only(pair.texts, rare_subject(first, second)),
        only(pair.texts, crossing(one, other) + crossing(other, one)).min(MOST_AROUND),
        when(named < -OTHER_NAME),
        when(one.marks.of_whole != other.marks.of_whole),
        when(other_noun && !misplaced),
        pair.known_related,
        when(pair.known.together),
        two.around,
        only(!wholes, words.min(MOST_COMMON)),
        when(first.kind == Kind::Duration),
        when(range(first) || range(second)),
        when(first.approximate || second.approximate),
        when(two.anchored),
        when(slip),
        when(slip && first.precision.min(second.precision) >= MANY_DIGITS),
        ratio,
        when(ratio >= CLOSE_RATIO),
        when(ratio >= VERY_CLOSE_RATIO),
        when(one.part.forecast != other.part.forecast),
        when(unlike_percent(first, second)),
        when(standing == Standing::Same),
        when(standing == Standing::Half),
        when(standing == Standing::Half && first.kind == Kind::Money),
        when(standing == Standing::Relative),
        when(standing == Standing::OneEnd),
        when(standing == Standing::Nested),
    ];
    evidence
        .iter_mut()
        .zip(values)
        .for_each(|(slot, value)| *slot = value);
    evidence
}

/// The last [`DEAR`] values.
fn dear(evidence: &mut Evidence, pair: &Pair<'_, '_>, two: &Two<'_, '_>) {
    let (first, second) = (two.one.figure, two.other.figure);
    let bare = is_bare(two.one, two.other, common(two.one, two.other));
    let group = Elsewhere::of(first, second, pair.known.others);
    let when = |holds: bool| f64::from(u8::from(holds));
    let values: [f64; DEAR] = [
        when(!bare && pair.lone(first, second)),
        when(group.both),
        group.tellers as f64,
        when(group.others > 0 && group.tellers == 0),
        when(group.others == 0),
    ];
    let slots = evidence.iter_mut().skip(COUNT - DEAR);
    slots.zip(values).for_each(|(slot, value)| *slot = value);
}

/// Whether two shares of a whole have nothing but it in common.
fn is_bare(one: &Context<'_>, other: &Context<'_>, words: f64) -> bool {
    one.marks.of_whole && other.marks.of_whole && words < WHOLE_WORDS
}

/// Rareness of the words that both name for what they measure.
fn rare_subject(one: &Figure, other: &Figure) -> f64 {
    let stems = |figure: &Figure| -> Vec<u64> {
        let subject = figure.subject.as_deref().unwrap_or("");
        subject
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(stem)
            .collect()
    };
    let theirs = stems(other);
    let ours = stems(one).into_iter().filter(|stem| theirs.contains(stem));
    ours.map(rareness).sum()
}

/// Rareness of the words for what the first measures that stand around the second.
fn crossing(one: &Context<'_>, other: &Context<'_>) -> f64 {
    let subject = one.figure.subject.as_deref().unwrap_or("");
    let words = subject.split(' ').filter(|word| word.len() >= MIN_LETTERS);
    words
        .map(stem)
        .filter(|stem| other.stems.contains(stem))
        .map(rareness)
        .sum()
}

/// Whether a percentage is one of a whole that is named right after it: "63% of sales".
pub(super) fn of_whole(text: &str, figure: &Figure) -> bool {
    let after = text.get(figure.span.end as usize..).unwrap_or("");
    figure.kind == Kind::Percent && after.trim_start().starts_with("of ")
}
