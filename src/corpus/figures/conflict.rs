//! Where two documents contradict one another.
//!
//! A contradiction is a claim about two texts, and a wrong one is worse than none. So it takes two figures of one kind, unit and
//! time that no figure of the other text agrees with, and enough that says they are about the same thing: subject, name, the words
//! around them.

use std::collections::{BTreeMap, BTreeSet};

use super::agree::{agrees, same_unit};
use super::alike::{
    entities, inside, is_rounding, misplaced, opposed, ratio, slipped, subjects, unlike_percent,
};
use super::around::{Claims, Context, common, context, related, weights, whose};
use super::change::reversed;
use super::odds::{CLOSE_RATIO, VERY_CLOSE_RATIO, one_fact};
use super::says::{is_age, silent, stands_for, tells};
use super::times::{Times, names_a_year, times_of};
use super::units::{conversion, is_measured};
use super::{Facts, Rarity};
use crate::corpus::day::{far_apart, published};
use crate::corpus::kin::of_claims;
use crate::corpus::{Conflict, ConflictKind};
use crate::figure::{Direction, Figure, Kind};

/// Weight of the words in common against subject and name.
const CONTEXT: f64 = 2.5;
/// Score from which on two figures of unlike value are about the same thing.
pub(super) const SAME_THING: f64 = 1.3;
/// Score from which on two figures of like value are.
const SAME_FACT: f64 = 0.9;
/// The smaller of two contradicting values is at least this share of the larger: 27 and 2 are two things.
const LEAST_RATIO: f64 = 0.5;
/// What the two documents telling one story adds to the score of its figures.
const RELATED: f64 = 1.0;
/// What another common figure in both sentences adds to the score.
const ANCHORED: f64 = 0.8;
/// What it takes from the score that one percentage is a change and the other is none.
const UNLIKE: f64 = -0.7;

/// How much being known to tell the same facts speaks for one story.
const TOGETHER: f64 = 0.7;

/// Values of one fact at two times are one amount from this ratio on.
const ONE_AMOUNT: f64 = 0.95;

/// Without so much in common around them, two figures need the same subject and name.
pub(super) const LEAST_CONTEXT: f64 = 0.12;
/// Score of subject and name that does without common words.
const SAME_NAMED: f64 = 1.25;
/// Score of subject and name that does with values as close as [`VERY_CLOSE_RATIO`]: the same subject.
pub(super) const SAME_SUBJECT: f64 = 1.0;
/// What it adds that either figure is the only one of its unit in its document that the other does not give.
const LONE: f64 = 0.5;
/// Documents with less than this in common tell two stories, which contradict only where subject and name agree.
pub(super) const LEAST_RELATED: f64 = 0.4;

/// Smallest count that may have another noun in the other document.
const MIN_RENAMED: f64 = 12.0;
/// Rareness of the words in common around two counts from which on they may have two nouns ([`common`]).
const TELLING_WORDS: f64 = 4.0;
/// Below this weight a figure comes up by chance.
const COMMON_WEIGHT: f64 = 0.1;

/// Figures of one subject on which the two documents do not agree, in order of `a`.
///
/// Kinds: [`ConflictKind::Value`], the two cannot both hold; [`ConflictKind::Period`], the same amount for two different times;
/// [`ConflictKind::Rounding`], the same printed to another precision, which is no conflict. Cost: the number of figures of `a`
/// times that of `b`, of at most 300 each, twice. Documents published more than two weeks apart contradict only on a time that both figures state. Texts that tell the same facts by all that they have in common contradict more readily.
#[must_use]
pub fn conflicts(a: Facts<'_>, b: Facts<'_>) -> Vec<Conflict> {
    let (ours, theirs) = ((a, &a.into()), (b, &b.into()));
    let together = of_claims(ours, theirs).log_odds > 0.0;
    let far = far_apart(published(a.document), published(b.document));
    conflicts_of(ours, theirs, together, far)
}

/// [`conflicts`] of documents whose claims are known; `together` says that they are known to tell the same facts, `far` that they were
/// published at two times.
pub(in crate::corpus) fn conflicts_of(
    (a, claims_a): (Facts<'_>, &Claims<'_>),
    (b, claims_b): (Facts<'_>, &Claims<'_>),
    together: bool,
    far: bool,
) -> Vec<Conflict> {
    set_against(claims_a, claims_b, together)
        .into_iter()
        .filter(|(kind, one, other)| !far || outlasts(*kind, one, other))
        .map(|(kind, one, other)| told(a, b, one, other, kind))
        .collect()
}

/// Whether a conflict is one between articles of two times as well: both figures are of one time, and both say of which. What states no time is
/// of the day of its article, and one amount at two times is no wonder.
pub(in crate::corpus) fn outlasts(kind: ConflictKind, one: &Figure, other: &Figure) -> bool {
    let dated = one.period.as_deref().is_some_and(names_a_year);
    kind != ConflictKind::Period && dated && times_of(one, other) == Times::Same
}

/// [`conflicts`] as pairs of figures.
pub(in crate::corpus) fn set_against<'a>(
    a: &Claims<'a>,
    b: &Claims<'a>,
    together: bool,
) -> Vec<(ConflictKind, &'a Figure, &'a Figure)> {
    let (ours, theirs) = (&a.contexts, &b.contexts);
    let known_related = related(a, b);
    let pair = Pair {
        weights: weights(ours, theirs),
        related: known_related.max(if together { TOGETHER } else { 0.0 }),
        known_related,
        together,
        ours,
        theirs,
    };
    let mut candidates = Vec::new();
    for (at, one) in ours.iter().enumerate() {
        for (to, other) in theirs.iter().enumerate() {
            if let Some((kind, score)) = pair.compare(one, other) {
                candidates.push((score, at, to, kind));
            }
        }
    }
    candidates.sort_by(|one, other| {
        other
            .0
            .total_cmp(&one.0)
            .then((one.1, one.2).cmp(&(other.1, other.2)))
    });
    let mut used = (BTreeSet::new(), BTreeSet::new());
    let mut found: Vec<(usize, (ConflictKind, &Figure, &Figure))> = Vec::new();
    for (_, at, to, kind) in candidates {
        if used.0.contains(&at) || used.1.contains(&to) {
            continue;
        }
        let (Some(one), Some(other)) = (ours.get(at), theirs.get(to)) else {
            continue;
        };
        used.0.insert(at);
        used.1.insert(to);
        // A text that repeats itself contradicts once.
        let known = found.iter().any(|(_, (known, first, second))| {
            *known == kind && first.surface == one.figure.surface && second.surface == other.figure.surface
        });
        if !known {
            found.push((at, (kind, one.figure, other.figure)));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, conflict)| conflict).collect()
}

/// Two documents' figures, when they are set against one another.
pub(super) struct Pair<'c, 'a> {
    pub ours: &'c [Context<'a>],
    pub theirs: &'c [Context<'a>],
    weights: BTreeMap<u64, f64>,
    /// How much speaks for one story, 0 to 1, what else is known of the two included.
    pub related: f64,
    /// The same by the two texts alone.
    pub known_related: f64,
    /// Whether they are known to tell the same facts.
    pub together: bool,
}

impl Pair<'_, '_> {
    /// The kind of conflict between two figures, if there is one, and how sure it is that they are about one thing.
    fn compare(&self, one: &Context<'_>, other: &Context<'_>) -> Option<(ConflictKind, f64)> {
        let (first, second) = (one.figure, other.figure);
        let misplaced = misplaced(first, second);
        if first.kind != second.kind || silent(first) || silent(second) {
            return None;
        }
        let names = whose(one, other);
        let named = subjects(first, second) + names;
        // By their digits alone two counts agree, whatever they count.
        let same = agrees(first, second) && !misplaced;
        let ratio = ratio(first, second);
        if self.related < LEAST_RELATED && named < SAME_NAMED
            || !same && ratio < LEAST_RATIO && !slipped(first, second) && !misplaced
        {
            return None;
        }
        let anchored = self.anchored(first, second);
        // Beside a common figure a count may have another noun: "76 vehicles for $3 million", "72 carriages for $3 million".
        let counted = first.kind == Kind::Count && first.low.min(second.low) > MIN_RENAMED;
        let renamed = counted && (anchored || common(one, other) >= TELLING_WORDS)
            || stands_for(one, other)
            || stands_for(other, one);
        if !same_unit(first, second) && !renamed && !misplaced || one.part.apart(&other.part) {
            return None;
        }
        let around = context(one, other, &self.weights);
        let score = named
            + CONTEXT * around
            + RELATED * self.related
            + if anchored { ANCHORED } else { 0.0 }
            + if unlike_percent(first, second) {
                UNLIKE
            } else {
                0.0
            };
        let times = times_of(first, second);
        if opposed(first, second) {
            let told = same && reversed(self, (one, other), (named, around, score), times);
            return told.then_some((ConflictKind::Value, score));
        }
        if same {
            // What comes each year is of no one time, whatever time its sentence names.
            let of_each_year = one.yearly && other.yearly && times == Times::Differ;
            return if of_each_year {
                None
            } else {
                self.of_one_value(first, second, score, times)
            };
        }
        // Two names are two things, unless the sentences are plainly about one.
        if names < 0.0 && !anchored {
            return None;
        }
        if times == Times::Differ || !tells(first) && !tells(second) {
            return None;
        }
        // A bare "58 percent." says nothing of what it is, and an age is of whoever it stands beside.
        let bare = |context: &Context<'_>| context.figure.subject.is_none() && context.stems.is_empty();
        let ages = is_age(first) || is_age(second);
        if bare(one) || bare(other) || ages && (is_age(first) != is_age(second) || names <= 0.0) {
            return None;
        }
        // Of what is counted and what is measured neither contradicts the other: "214 homes", "300 metres".
        let measured = is_measured(first) || is_measured(second);
        if first.unit != second.unit && measured && !misplaced && conversion(first, second).is_none() {
            return None;
        }
        // Two exact values with the same digits are no rounding of one another, however close: "38,460", "38,640".
        let rounding = !misplaced && !slipped(first, second) && is_rounding(first, second);
        if !rounding && inside(first, second) {
            return None;
        }
        if !rounding && !misplaced && (backed(first, self.theirs) || backed(second, self.ours)) {
            return None;
        }
        // A sum of no stated time may be another year's, or another month's.
        let half_dated = first.period.is_some() != second.period.is_some();
        if half_dated && first.kind == Kind::Money && ratio < VERY_CLOSE_RATIO && !slipped(first, second) {
            return None;
        }
        let score = one_fact(self, (one, other), around, anchored)?;
        Some((
            if rounding {
                ConflictKind::Rounding
            } else {
                ConflictKind::Value
            },
            score,
        ))
    }

    /// Whether the sentences of both have another figure in common that does not come up by chance.
    fn anchored(&self, first: &Figure, second: &Figure) -> bool {
        let beside = |list: &'_ [Context<'_>], figure: &Figure, other: &Figure| {
            let of_sentence = |context: &&Context<'_>| {
                context.figure.sentence == figure.sentence
                    && context.figure.span != figure.span
                    && !agrees(context.figure, other)
                    && !agrees(context.figure, figure)
            };
            // The figures stand in order of position, so those of a sentence stand together.
            let from = list.partition_point(|context| context.figure.sentence.start < figure.sentence.start);
            let list = list.get(from..).unwrap_or(&[]).iter();
            let same = list.take_while(|context| context.figure.sentence.start == figure.sentence.start);
            same.filter(of_sentence)
                .map(|context| context.figure.clone())
                .collect::<Vec<Figure>>()
        };
        let theirs = beside(self.theirs, second, first);
        if theirs.is_empty() {
            return false;
        }
        let rarity = Rarity::default();
        beside(self.ours, first, second)
            .iter()
            .any(|one| rarity.weight(one) >= COMMON_WEIGHT && theirs.iter().any(|other| agrees(one, other)))
    }

    /// Whether each is the only one of its unit and size in its document that the other document does not back.
    pub fn lone(&self, first: &Figure, second: &Figure) -> bool {
        let alone = |figure: &Figure, own: &[Context<'_>], other: &[Context<'_>]| {
            own.iter().all(|context| {
                let rival = context.figure;
                rival.kind != figure.kind
                    || !same_unit(rival, figure)
                    || ratio(rival, figure) < CLOSE_RATIO
                    || agrees(rival, figure)
                    || backed(rival, other)
            })
        };
        self.related >= LEAST_RELATED
            && alone(first, self.ours, self.theirs)
            && alone(second, self.theirs, self.ours)
    }

    /// Two figures of one amount: another time, or another precision.
    fn of_one_value(
        &self,
        first: &Figure,
        second: &Figure,
        score: f64,
        times: Times,
    ) -> Option<(ConflictKind, f64)> {
        let score = score
            + if times == Times::Differ && self.lone(first, second) {
                LONE
            } else {
                0.0
            };
        if score < SAME_FACT {
            return None;
        }
        // Of rough values that agree, either may be another year's own: 2.61 million, and "3 million".
        if times == Times::Differ && tells(first) && ratio(first, second) >= ONE_AMOUNT {
            let settled = |figure: &Figure, list: &[Context<'_>]| {
                list.iter().any(|context| {
                    agrees(figure, context.figure) && times_of(figure, context.figure) == Times::Same
                })
            };
            let settled = settled(first, self.theirs) || settled(second, self.ours);
            return (!settled).then_some((ConflictKind::Period, score));
        }
        let rounded = first.low != second.low || first.high != second.high;
        (rounded && first.unit == second.unit).then_some((ConflictKind::Rounding, score))
    }
}

/// Whether the other document has a figure that agrees with this one: then it knows this value, and the other is of something else.
/// A number of one digit comes up by chance, so it must be said of the same thing.
pub(super) fn backed(figure: &Figure, other: &[Context<'_>]) -> bool {
    let common = Rarity::default().weight(figure) < COMMON_WEIGHT;
    other.iter().any(|context| {
        same_unit(figure, context.figure)
            && agrees(figure, context.figure)
            && (!common || subjects(figure, context.figure) + entities(figure, context.figure) >= 0.0)
    })
}

fn told(a: Facts<'_>, b: Facts<'_>, one: &Figure, other: &Figure, kind: ConflictKind) -> Conflict {
    let either = |get: fn(&Figure) -> &Option<String>| get(one).clone().or_else(|| get(other).clone());
    let (subject, entity) = (either(|figure| &figure.subject), either(|figure| &figure.entity));
    let what: Vec<&str> = [entity.as_deref(), subject.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let what = if what.is_empty() {
        "figure".to_owned()
    } else {
        what.join(" ")
    };
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let turned = opposed(one, other);
    let time = |figure: &Figure| match (&figure.period, kind) {
        (Some(period), ConflictKind::Period) => format!("{} in {period}", line(&figure.surface)),
        _ if turned && figure.direction == Some(Direction::Up) => format!("up {}", line(&figure.surface)),
        _ if turned => format!("down {}", line(&figure.surface)),
        _ => line(&figure.surface),
    };
    Conflict {
        kind,
        subject,
        entity,
        a: a.side(one),
        b: b.side(other),
        about: format!("{what}: {} here, {} there", time(one), time(other)),
    }
}
