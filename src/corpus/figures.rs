//! Figures of two documents beside one another: which they share, how telling that is, and where they contradict.
//!
//! Two figures agree when the intervals that they stand for overlap ("$4.7 billion" and "$4.66 billion"), also by a conversion that
//! one of the texts states. How telling an agreement is has two parts: how many figures there are that could stand in its place (a
//! round small number is everywhere, one of four digits is not), and how many documents of the corpus give it.

mod agree;
mod conflict;
mod rarity;
#[cfg(test)]
mod tests;

pub use conflict::conflicts;
pub use rarity::Rarity;

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
const HALF_BELIEVED: f64 = 1.0;
/// What is left of the weight when the two figures say different things, as far as their subjects and names tell.
const OTHER_SUBJECT: f64 = 0.4;

/// Figures that both documents give, the most telling first.
///
/// Each fact is listed once, however often a document repeats it: with the pair of places that says most about the same thing.
/// Cost: the number of figures of `a` times the logarithm of that of `b`, and of the figures that agree.
#[must_use]
pub fn shared(a: Facts<'_>, b: Facts<'_>, rarity: &Rarity) -> Vec<SharedFigure> {
    let index = ByUnit::new(b.figures);
    let mut found: Vec<SharedFigure> = Vec::new();
    let mut seen: Vec<(&str, f64, f64, usize)> = Vec::new();
    for one in a.figures {
        // The place in `b` that says most about the same thing; the first of equals.
        let best = index
            .near(one)
            .filter(|other| agrees(one, other))
            .map(|other| (likeness(one, other), other))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let Some((like, other)) = best else { continue };
        let weight =
            rarity.weight(one).min(rarity.weight(other)) * if like < 0.0 { OTHER_SUBJECT } else { 1.0 };
        let shared = SharedFigure {
            kind: one.kind,
            low: one.low.max(other.low),
            high: one.high.min(other.high).max(one.low.max(other.low)),
            unit: one.unit.clone(),
            subject: one.subject.clone().or_else(|| other.subject.clone()),
            a: a.side(one),
            b: b.side(other),
            documents: rarity.documents(one).max(rarity.documents(other)),
            weight,
        };
        let same = seen
            .iter()
            .find(|(unit, low, high, _)| *unit == one.unit && *low == one.low && *high == one.high);
        match same {
            Some((.., at)) => {
                if let Some(known) = found.get_mut(*at).filter(|known| known.weight < weight) {
                    *known = shared;
                }
            }
            None => {
                seen.push((&one.unit, one.low, one.high, found.len()));
                found.push(shared);
            }
        }
    }
    found.sort_by(|one, other| {
        other
            .weight
            .total_cmp(&one.weight)
            .then(one.a.span.cmp(&other.a.span))
    });
    found
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

/// Weights of the shared figures, an amount and its conversion counted once: they stand in the same sentences of both.
fn distinct(shared: &[SharedFigure]) -> impl Iterator<Item = f64> {
    shared.iter().enumerate().filter_map(|(at, figure)| {
        let restated = shared.iter().take(at).any(|earlier| {
            figure.kind == Kind::Money
                && earlier.kind == Kind::Money
                && earlier.unit != figure.unit
                && earlier.a.sentence == figure.a.sentence
                && earlier.b.sentence == figure.b.sentence
        });
        (!restated).then_some(figure.weight)
    })
}

/// Whether two figures that agree are about the same thing: below 0 if their subjects or names speak against it.
fn likeness(one: &Figure, other: &Figure) -> f64 {
    let subject = conflict::subjects(one, other);
    let entity = conflict::entities(one, other);
    let period = match (&one.period, &other.period) {
        (Some(one), Some(other)) if one == other => 0.5,
        _ => 0.0,
    };
    subject + entity + period
}
