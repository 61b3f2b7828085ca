//! Where two documents contradict one another.
//!
//! A contradiction is a claim about two texts, and a wrong one is worse than none. So it takes two figures of one kind, unit and
//! time that no figure of the other text agrees with, and enough that says they are about the same thing: subject, name, the words
//! around them.

use std::collections::BTreeSet;

use super::Facts;
use super::agree::{agrees, same_unit};
use super::alike::opposed;
use super::around::Claims;
#[cfg(feature = "train")]
use super::odds::Evidence;
use super::pair::Pair;
use super::times::{Times, names_a_year, times_of};
use crate::corpus::day::{far_apart, published};
use crate::corpus::kin::of_claims;
use crate::corpus::{Conflict, ConflictKind};
#[cfg(feature = "train")]
use crate::document::Span;
use crate::figure::{Direction, Figure};

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
    let known = Known {
        together,
        ..Known::default()
    };
    conflicts_of(ours, theirs, known, far)
}

/// [`conflicts`] of documents whose claims are known; `far` says that they were published at two times.
pub(in crate::corpus) fn conflicts_of(
    (a, claims_a): (Facts<'_>, &Claims<'_>),
    (b, claims_b): (Facts<'_>, &Claims<'_>),
    known: Known<'_, '_>,
    far: bool,
) -> Vec<Conflict> {
    set_against(claims_a, claims_b, known)
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

/// What is known of two documents besides what they say.
#[derive(Default, Clone, Copy)]
pub(in crate::corpus) struct Known<'g, 'a> {
    /// That they tell the same facts.
    pub together: bool,
    /// The other documents that do.
    pub others: &'g [&'g Claims<'a>],
    /// The values that two of the group are told to contradict each other by.
    pub told: &'g [Told<'a>],
}

/// Two figures that are told to be two values of one fact.
#[derive(Clone, Copy)]
pub(in crate::corpus) struct Told<'a>(pub [&'a Figure; 2]);

impl Told<'_> {
    /// Whether two other figures give the same two values.
    pub fn is(&self, one: &Figure, other: &Figure) -> bool {
        let Self([first, second]) = self;
        let alike = |a: &Figure, b: &Figure| a.kind == b.kind && same_unit(a, b) && agrees(a, b);
        alike(one, first) && alike(other, second) || alike(one, second) && alike(other, first)
    }
}

/// [`conflicts`] as pairs of figures.
pub(in crate::corpus) fn set_against<'a>(
    a: &Claims<'a>,
    b: &Claims<'a>,
    known: Known<'_, 'a>,
) -> Vec<(ConflictKind, &'a Figure, &'a Figure)> {
    let pair = Pair::new(a, b, known);
    let (ours, theirs) = (pair.ours, pair.theirs);
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

/// Every two figures of two documents that can be two values of one fact, with what speaks for it.
#[cfg(feature = "train")]
pub(in crate::corpus) fn between(
    a: &Claims<'_>,
    b: &Claims<'_>,
    known: Known<'_, '_>,
) -> Vec<([Span; 2], Evidence)> {
    let pair = Pair::new(a, b, known);
    let all = pair
        .ours
        .iter()
        .flat_map(|one| pair.theirs.iter().map(move |other| (one, other)));
    all.filter_map(|(one, other)| Some(([one.figure.span, other.figure.span], pair.evidence(one, other)?)))
        .collect()
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
