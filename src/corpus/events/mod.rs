//! Dates of one event that cannot both hold: "opens in October 2026" here, "in June 2026" there.
//!
//! A date is that of an event where a word for one (`models/figures/events.txt`) stands in its sentence, before it or else behind it. Two events
//! are one if such words have a kind in common and rare words stand around both, or if each is the only plan of its kind in texts that tell
//! the same facts. As with figures, a date that the other text gives as well contradicts nothing.

mod names;
mod read;
#[cfg(test)]
mod tests;

pub(super) use read::Events;

use std::collections::BTreeSet;

use self::names::{in_common, name_of, told_once};
use self::read::Event;
use super::figures::rareness;
use super::{Conflict, ConflictKind, Side};
use crate::document::{Document, Span};
use crate::figure::Dated;

/// Rareness up to which a word says nothing: more than one report in seven has it.
const EVERYWHERE: f64 = 2.0;
/// Rareness of the words in common from which on two events are one.
const ONE_EVENT: f64 = 4.5;
/// How much more they must have in common if of one only the year is told.
const WHOLE_YEAR: f64 = 1.5;
/// Rareness of words in common from which on an agreeing date settles that there is no contradiction.
const SETTLED: f64 = 1.5;
/// Events further apart are two, in months: a plan is put off by a year or two.
const FURTHEST: u32 = 30;

impl Event {
    /// Months between two dates that cannot both hold; `None` if they can.
    fn apart(&self, other: &Self) -> Option<u32> {
        let gap =
            |first: (u32, u32), second: (u32, u32)| second.0.checked_sub(first.1).filter(|gap| *gap > 0);
        let gap = gap(self.months, other.months).or_else(|| gap(other.months, self.months))?;
        // "The end of 2026" may be a month late.
        let exact = |date: Dated| date.months.0 == date.months.1;
        (gap > 1 || exact(self.date) && exact(other.date)).then_some(gap)
    }

    /// Whether they are two of a row.
    fn another(&self, other: &Self) -> bool {
        let told = |event: &Self| !event.ordinals.is_empty();
        told(self) && told(other) && self.ordinals.is_disjoint(&other.ordinals)
    }

    fn whole_year(&self) -> bool {
        self.date.months.1 - self.date.months.0 == 11
    }
}

impl Events {
    /// Whether an event is the only one of these kinds that is planned as it is, or past as it is.
    fn tells_once(&self, event: &Event, kinds: u32) -> bool {
        let alike = |known: &&Event| known.planned == event.planned && known.kinds & kinds != 0;
        self.list.iter().filter(alike).count() == 1
    }

    /// Whether another document's date of an event stands here too.
    fn settles(&self, (event, theirs): (&Event, &Self)) -> bool {
        self.list.iter().any(|known| {
            in_common(known.kinds, event.kinds) != 0
                && known.apart(event).is_none()
                && common((known, self), (event, theirs)) >= SETTLED
        })
    }
}

/// What speaks for two events being one: the rareness of the words in common around both, less the more sentences have them.
fn common((one, ours): (&Event, &Events), (other, theirs): (&Event, &Events)) -> f64 {
    let weight = |(stem, counts): (&u64, &f64)| {
        let counts = counts.min(*other.about.get(stem)?);
        let sentences = ours
            .sentences_with(*stem)
            .max(theirs.sentences_with(*stem))
            .max(1.0);
        Some(counts * (rareness(*stem) - EVERYWHERE).max(0.0) / sentences.sqrt())
    };
    one.about.iter().filter_map(weight).sum()
}

/// Dates of one event that cannot both hold, in order of `a`. Of texts on one subject only; `same_facts` says that they are known to tell
/// the same facts. Cost: the dates of `a` times those of `b`.
pub(super) fn contradictions(
    (a, ours): (&Document, &Events),
    (b, theirs): (&Document, &Events),
    same_facts: bool,
) -> Vec<Conflict> {
    let mut found: Vec<(f64, usize, usize)> = Vec::new();
    for (at, one) in ours.list.iter().enumerate() {
        for (to, other) in theirs.list.iter().enumerate() {
            if in_common(one.kinds, other.kinds) == 0
                || one.apart(other).is_none_or(|gap| gap > FURTHEST)
                || one.another(other)
            {
                continue;
            }
            let score = common((one, ours), (other, theirs));
            let vague = one.whole_year() || other.whole_year();
            let least = ONE_EVENT * if vague { WHOLE_YEAR } else { 1.0 };
            let once = one.kinds & other.kinds & told_once(one.planned);
            let only = once != 0
                && one.planned == other.planned
                && ours.tells_once(one, once)
                && theirs.tells_once(other, once);
            let settled = || ours.settles((other, theirs)) || theirs.settles((one, ours));
            if (score >= least || same_facts && only) && !settled() {
                found.push((score, at, to));
            }
        }
    }
    found.sort_by(|one, other| {
        other
            .0
            .total_cmp(&one.0)
            .then((one.1, one.2).cmp(&(other.1, other.2)))
    });
    let mut used = (BTreeSet::new(), BTreeSet::new());
    found.retain(|(_, at, to)| {
        let free = !used.0.contains(at) && !used.1.contains(to);
        if free {
            used.0.insert(*at);
            used.1.insert(*to);
        }
        free
    });
    found.sort_by_key(|(_, at, _)| *at);
    let told = |(_, at, to): (f64, usize, usize)| {
        let (one, other) = (ours.list.get(at)?, theirs.list.get(to)?);
        let kind = name_of(in_common(one.kinds, other.kinds))?;
        let (a, b) = (side(a, &one.date), side(b, &other.date));
        Some(Conflict {
            kind: ConflictKind::Value,
            subject: Some(format!("date of the {kind}")),
            entity: None,
            about: format!("date of the {kind}: {} here, {} there", a.surface, b.surface),
            a,
            b,
        })
    };
    found.into_iter().filter_map(told).collect()
}

/// A date as the reports show it.
fn side(document: &Document, date: &Dated) -> Side {
    let as_read = |span: Span| {
        let span = document.to_original(span);
        (span, span.of(&document.raw().text).trim())
    };
    let ((span, surface), (_, sentence)) = (as_read(date.span), as_read(date.sentence));
    Side {
        surface: surface.split_whitespace().collect::<Vec<_>>().join(" "),
        span,
        sentence: sentence.to_owned(),
    }
}
