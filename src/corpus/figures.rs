//! Figures of two documents beside one another: which they share, how telling that is, and where they contradict.
//!
//! Two figures agree when the intervals that they stand for overlap ("$4.7 billion" and "$4.66 billion"), also by a conversion that
//! one of the texts states. How telling an agreement is has two parts: how many figures there are that could stand in its place (a
//! round small number is everywhere, one of four digits is not), and how many documents of the corpus give it.

mod agree;
mod alike;
mod around;
mod change;
mod concepts;
mod conflict;
mod group;
mod odds;
mod pair;
mod part;
mod rarity;
mod says;
#[cfg(test)]
mod tests;
mod times;
mod units;
mod weights;

pub(super) use self::part::Part;
pub(super) use alike::known_words;
pub(super) use around::{
    Claims, Context, Marks, compared, names_in_common, often_named, rareness, stems, words_around,
};
pub(super) use concepts::stem;
pub use conflict::conflicts;
pub(super) use conflict::{Known, Told, conflicts_of, outlasts, set_against};
pub use rarity::Rarity;

#[cfg(feature = "train")]
pub(super) use self::conflict::between;
#[cfg(feature = "train")]
pub(crate) use self::{
    odds::{COUNT, Evidence, TOLD},
    weights::Weights,
};

use self::agree::{ByUnit, agrees};
use super::{Entry, SharedFigure, Side};
use crate::document::Document;
use crate::figure::{Figure, Kind};

/// A document with its figures.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its figures, as [`crate::figure::figures`] gives them.
    pub figures: &'a [Figure],
}

impl<'a> From<&'a Entry> for Facts<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            document: &entry.document,
            figures: &entry.figures,
        }
    }
}

impl Facts<'_> {
    /// A figure as the reports show it.
    fn side(&self, figure: &Figure) -> Side {
        Side {
            surface: figure.surface.clone(),
            span: figure.span,
            sentence: figure.sentence.of(&self.document.raw().text).trim().to_owned(),
        }
    }
}

/// Weight that the smaller document's figures are taken to have besides those it has: few figures that agree are no overlap.
const UNSEEN_WEIGHT: f64 = 1.0;
/// Weight of shared figures at which the overlap is half of what their share of all figures says: two different ones that tell
/// something agree by chance far more rarely than one.
const HALF_BELIEVED: f64 = 0.5;
/// What is left of the weight when the two figures say different things, as far as their subjects and names tell.
const OTHER_SUBJECT: f64 = 0.4;

/// Figures that both documents give, the most telling first.
///
/// Each fact is listed once, however often a document repeats it: with the pair of places that says most about the same thing.
/// Cost: the number of figures of `a` times the logarithm of that of `b`, and of the figures that agree.
#[must_use]
pub fn shared(a: Facts<'_>, b: Facts<'_>, rarity: &Rarity) -> Vec<SharedFigure> {
    let agreeing = agreeing(a.figures, b.figures, rarity);
    let mut found: Vec<SharedFigure> = agreeing
        .into_iter()
        .map(|(one, other, weight)| SharedFigure {
            kind: one.kind,
            low: one.low.max(other.low),
            high: one.high.min(other.high).max(one.low.max(other.low)),
            unit: one.unit.clone(),
            subject: one.subject.clone().or_else(|| other.subject.clone()),
            a: a.side(one),
            b: b.side(other),
            documents: rarity.documents(one).max(rarity.documents(other)),
            weight,
        })
        .collect();
    found.sort_by(|one, other| {
        other
            .weight
            .total_cmp(&one.weight)
            .then(one.a.span.cmp(&other.a.span))
    });
    found
}

/// The figures that both lists give, each once, with what it weighs; in order of `a`.
fn agreeing<'a>(a: &'a [Figure], b: &'a [Figure], rarity: &Rarity) -> Vec<(&'a Figure, &'a Figure, f64)> {
    let index = ByUnit::new(b);
    let mut found: Vec<(&Figure, &Figure, f64)> = Vec::new();
    for one in a {
        // The place in `b` that says most about the same thing; the first of equals.
        let best = index
            .near(one)
            .filter(|other| agrees(one, other))
            .map(|other| (likeness(one, other), other))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let Some((like, other)) = best else { continue };
        let weight =
            rarity.weight(one).min(rarity.weight(other)) * if like < 0.0 { OTHER_SUBJECT } else { 1.0 };
        let same = |known: &&mut (&Figure, &Figure, f64)| {
            known.0.unit == one.unit && known.0.low == one.low && known.0.high == one.high
        };
        match found.iter_mut().find(same) {
            Some(known) if known.2 < weight => *known = (one, other, weight),
            Some(_) => {}
            None => found.push((one, other, weight)),
        }
    }
    found
}

/// How many figures, and of what weight together, two documents must share that share nothing else: any two reports have a
/// round number in common.
const TELLING_FIGURES: usize = 2;
const TELLING_WEIGHT: f64 = 0.25;

/// Whether shared figures of these weights show that two documents are on one subject.
pub(super) fn tell(weights: impl Iterator<Item = f64>) -> bool {
    let (count, weight) = weights.fold((0, 0.0), |(count, sum), weight| (count + 1, sum + weight));
    count >= TELLING_FIGURES && weight >= TELLING_WEIGHT
}

/// Names that two documents are both about which show it by themselves: one may be a country's, or a day's.
const TELLING_NAMES: usize = 2;
/// Weight of one shared figure that shows it beside one name. Texts that contradict one another share less than texts that do not, so
/// asking for two figures would leave out the pairs that matter.
const BESIDE_A_NAME: f64 = 0.25;

/// Whether names that two documents are about, with shared figures of these weights, show that they are on one subject.
pub(super) fn named(names: usize, weights: impl Iterator<Item = f64>) -> bool {
    names >= TELLING_NAMES || names > 0 && weights.fold(0.0, f64::max) >= BESIDE_A_NAME
}

/// Whether two documents' figures and names show it, by what the figures' form says of how rare they are.
pub(super) fn on_one_subject(a: &Claims<'_>, b: &Claims<'_>) -> bool {
    let shared = agreeing(a.figures, b.figures, &Rarity::default());
    let weights = || shared.iter().map(|(.., weight)| *weight);
    tell(weights()) || named(names_in_common(&a.names, &b.names), weights())
}

/// How much of their figures two documents share, 0 to 1: the weight of what [`shared`] found against that of the document with
/// fewer figures, held back where little agrees.
#[must_use]
pub fn overlap(a: Facts<'_>, b: Facts<'_>, shared: &[SharedFigure], rarity: &Rarity) -> f64 {
    let common: f64 = distinct(shared).sum();
    let smaller = rarity.total(a.figures).min(rarity.total(b.figures));
    if common <= 0.0 {
        return 0.0;
    }
    let share = (common / (smaller + UNSEEN_WEIGHT)).min(1.0);
    share * common / (common + HALF_BELIEVED)
}

/// What the figures that both give weigh together.
pub(super) fn weight(shared: &[SharedFigure]) -> f64 {
    distinct(shared).sum()
}

/// The same of figures that are all that is kept of their documents.
pub(super) fn common_weight(a: &[Figure], b: &[Figure]) -> f64 {
    let shared = agreeing(a, b, &Rarity::default());
    let restates = |earlier: &(&Figure, &Figure, f64), this: &(&Figure, &Figure, f64)| {
        converts((earlier.0.kind, &earlier.0.unit), (this.0.kind, &this.0.unit))
            && (earlier.0.sentence, earlier.1.sentence) == (this.0.sentence, this.1.sentence)
    };
    once(&shared, restates).map(|(.., weight)| weight).sum()
}

/// Weights of the shared figures.
fn distinct(shared: &[SharedFigure]) -> impl Iterator<Item = f64> {
    let restates = |earlier: &SharedFigure, this: &SharedFigure| {
        converts((earlier.kind, &earlier.unit), (this.kind, &this.unit))
            && (&earlier.a.sentence, &earlier.b.sentence) == (&this.a.sentence, &this.b.sentence)
    };
    once(shared, restates).map(|figure| figure.weight)
}

/// Whether one may be an amount and the other what it is in another currency.
fn converts(one: (Kind, &str), other: (Kind, &str)) -> bool {
    one.0 == Kind::Money && other.0 == Kind::Money && one.1 != other.1
}

/// What is shared, an amount and its conversion counted once: they stand in the same sentences of both.
fn once<T>(shared: &[T], restates: impl Fn(&T, &T) -> bool) -> impl Iterator<Item = &T> {
    let earlier = |at| shared.iter().take(at);
    let kept = shared.iter().enumerate();
    kept.filter(move |(at, this)| !earlier(*at).any(|earlier| restates(earlier, this)))
        .map(|(_, this)| this)
}

/// Whether two figures that agree are about the same thing: below 0 if their subjects or names speak against it.
fn likeness(one: &Figure, other: &Figure) -> f64 {
    let subject = alike::subjects(one, other);
    let entity = alike::entities(one, other);
    let period = match (&one.period, &other.period) {
        (Some(one), Some(other)) if one == other => 0.5,
        _ => 0.0,
    };
    subject + entity + period
}
