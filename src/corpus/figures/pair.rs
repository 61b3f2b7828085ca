//! Two figures beside one another: whether they can contradict, and how sure it is that they do.

use std::collections::BTreeMap;

use super::agree::{agrees, same_unit};
use super::alike::{
    entities, inside, is_rounding, misplaced, opposed, ratio, slipped, subjects, unlike_percent,
};
use super::around::{Claims, Context, common, context, related, weights, whose};
use super::change::reversed;
use super::conflict::Known;
use super::odds::{CLOSE_RATIO, Two, VERY_CLOSE_RATIO, one_fact};
#[cfg(feature = "train")]
use super::odds::{Evidence, evidence};
use super::rarity::Rarity;
use super::says::{one_noun, silent, tells};
use super::times::{Times, times_of};
use super::units::{conversion, is_measured};
use crate::corpus::ConflictKind;
use crate::figure::{Figure, Kind};

/// Weight of the words in common against subject and name.
const CONTEXT: f64 = 2.5;
/// Score from which on two changes in opposite directions are about the same thing.
pub(super) const SAME_THING: f64 = 1.3;
/// Score from which on two figures of like value are.
const SAME_FACT: f64 = 0.9;
/// The same of documents that are known to tell the same facts: they seldom give one value for two.
const SAME_FACT_TOGETHER: f64 = 0.5;
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
/// Without so much in common around them, two changes need the same subject and name.
pub(super) const LEAST_CONTEXT: f64 = 0.12;
/// Score of subject and name that makes one subject of two.
pub(super) const SAME_SUBJECT: f64 = 1.0;
/// Score of subject and name that does of documents that tell two stories.
const SAME_NAMED: f64 = 1.25;
/// What it adds that either figure is the only one of its unit in its document that the other does not give.
const LONE: f64 = 0.5;
/// Documents with less than this in common tell two stories, which contradict only where subject and name agree.
pub(super) const LEAST_RELATED: f64 = 0.4;
/// Rareness of the words in common around two counts from which on they may have two nouns ([`common`]).
const TELLING_WORDS: f64 = 4.0;
/// Below this weight a figure comes up by chance.
const COMMON_WEIGHT: f64 = 0.1;

/// Two documents' figures, when they are set against one another.
pub(super) struct Pair<'c, 'a> {
    pub ours: &'c [Context<'a>],
    pub theirs: &'c [Context<'a>],
    weights: BTreeMap<u64, f64>,
    /// How much speaks for one story, 0 to 1, what else is known of the two included.
    pub related: f64,
    /// The same by the two texts alone.
    pub known_related: f64,
    /// What else is known of the two.
    pub known: Known<'c, 'a>,
    /// Whether both texts are at hand: an index keeps the words of a subject as numbers.
    pub texts: bool,
}

impl<'c, 'a> Pair<'c, 'a> {
    pub fn new(a: &'c Claims<'a>, b: &'c Claims<'a>, known: Known<'c, 'a>) -> Self {
        let known_related = related(a, b);
        Self {
            weights: weights(&a.contexts, &b.contexts),
            related: known_related.max(if known.together { TOGETHER } else { 0.0 }),
            known_related,
            known,
            ours: &a.contexts,
            theirs: &b.contexts,
            texts: a.texts && b.texts,
        }
    }
}

impl Pair<'_, '_> {
    /// The kind of conflict between two figures, if there is one, and how sure it is that they are about one thing.
    pub fn compare(&self, one: &Context<'_>, other: &Context<'_>) -> Option<(ConflictKind, f64)> {
        let (first, second) = (one.figure, other.figure);
        if !self.comparable(one, other) {
            return None;
        }
        // By their digits alone two counts agree, whatever they count.
        if !agrees(first, second) || misplaced(first, second) {
            let (kind, two) = (self.of_two_values(one, other)?, self.two(one, other));
            let told = self.known.together || !doubtful(&two);
            return told.then(|| Some((kind, one_fact(self, &two)?)))?;
        }
        let named = subjects(first, second) + whose(one, other);
        let two = self.two(one, other);
        let score = named
            + CONTEXT * two.around
            + RELATED * self.related
            + if two.anchored { ANCHORED } else { 0.0 }
            + if unlike_percent(first, second) {
                UNLIKE
            } else {
                0.0
            };
        let times = times_of(first, second);
        if opposed(first, second) {
            let told = reversed(self, (one, other), (named, two.around, score), times);
            return told.then_some((ConflictKind::Value, score));
        }
        // What comes each year is of no one time, whatever time its sentence names.
        if one.marks.yearly && other.marks.yearly && times == Times::Differ {
            return None;
        }
        self.of_one_value(first, second, score, times)
    }

    /// What speaks for two figures being two values of one fact, if they can be.
    #[cfg(feature = "train")]
    pub fn evidence(&self, one: &Context<'_>, other: &Context<'_>) -> Option<Evidence> {
        let agree = agrees(one.figure, other.figure) && !misplaced(one.figure, other.figure);
        if agree || !self.comparable(one, other) {
            return None;
        }
        let kind = self.of_two_values(one, other)?;
        (kind == ConflictKind::Value).then(|| evidence(self, &self.two(one, other)))?
    }

    fn two<'t, 'b>(&self, one: &'t Context<'b>, other: &'t Context<'b>) -> Two<'t, 'b> {
        Two {
            one,
            other,
            around: context(one, other, &self.weights),
            anchored: self.anchored(one.figure, other.figure),
        }
    }

    /// Whether two figures are of a kind, unit and part that can be set against one another.
    fn comparable(&self, one: &Context<'_>, other: &Context<'_>) -> bool {
        let (first, second) = (one.figure, other.figure);
        if first.kind != second.kind || silent(first) || silent(second) || one.part.apart(&other.part) {
            return false;
        }
        if self.related < LEAST_RELATED && subjects(first, second) + whose(one, other) < SAME_NAMED {
            return false;
        }
        // Two counts may have two nouns: "76 vehicles", "72 carriages". But of things with two names most are two.
        same_unit(first, second)
            || misplaced(first, second)
            || first.kind == Kind::Count && (one_noun(one, other) || self.about_one(one, other))
    }

    /// Whether two others of the group are told to contradict each other by these very values.
    pub fn told_elsewhere(&self, one: &Figure, other: &Figure) -> bool {
        self.known.told.iter().any(|told| told.is(one, other))
    }

    /// Whether much is the same around two figures.
    fn about_one(&self, one: &Context<'_>, other: &Context<'_>) -> bool {
        common(one, other) >= TELLING_WORDS || self.anchored(one.figure, other.figure)
    }

    /// Whether two figures that do not agree can be two values of one fact, or one value in two roundings.
    fn of_two_values(&self, one: &Context<'_>, other: &Context<'_>) -> Option<ConflictKind> {
        let (first, second) = (one.figure, other.figure);
        let (misplaced, slipped) = (misplaced(first, second), slipped(first, second));
        if opposed(first, second) || times_of(first, second) == Times::Differ {
            return None;
        }
        if ratio(first, second) < LEAST_RATIO && !slipped && !misplaced || !tells(first) && !tells(second) {
            return None;
        }
        // A bare "58 percent." says nothing of what it is, nor does the end of a sentence, and an age is of whoever it stands beside.
        let bare = |context: &Context<'_>| {
            context.marks.headless || context.figure.subject.is_none() && context.stems.is_empty()
        };
        let (one_age, other_age) = (one.marks.age, other.marks.age);
        let one_person = one_age == other_age && whose(one, other) > 0.0;
        if bare(one) || bare(other) || (one_age || other_age) && !one_person {
            return None;
        }
        // Of what is counted and what is measured neither contradicts the other: "214 homes", "300 metres".
        let measured = is_measured(first) || is_measured(second);
        if first.unit != second.unit && measured && !misplaced && conversion(first, second).is_none() {
            return None;
        }
        // Two exact values with the same digits are no rounding of one another, however close: "38,460", "38,640".
        let rounding = !misplaced && !slipped && is_rounding(first, second);
        if !rounding && inside(first, second) {
            return None;
        }
        if !rounding && !misplaced && (backed(first, self.theirs) || backed(second, self.ours)) {
            return None;
        }
        Some(if rounding {
            ConflictKind::Rounding
        } else {
            ConflictKind::Value
        })
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
        let told_alike = times == Times::Differ && !unlike_percent(first, second);
        let least = match self.known.together && told_alike {
            true => SAME_FACT_TOGETHER,
            false => SAME_FACT,
        };
        if score < least {
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

/// Whether two figures are of two things as far as can be seen, where nothing says that their documents tell the same facts: whose they are, and
/// of money of no stated time whether it is of one.
fn doubtful(two: &Two<'_, '_>) -> bool {
    let (one, other) = (two.one, two.other);
    let (first, second) = (one.figure, other.figure);
    let half_dated = first.period.is_some() != second.period.is_some();
    let another_sum = half_dated && first.kind == Kind::Money && ratio(first, second) < VERY_CLOSE_RATIO;
    whose(one, other) < 0.0 && !two.anchored || another_sum && !slipped(first, second)
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
