//! Where two documents contradict one another.
//!
//! A contradiction is a claim about two texts, and a wrong one is worse than none. So it takes two figures of one kind, unit and
//! time that no figure of the other text agrees with, and enough that says they are about the same thing: subject, name, the words
//! around them.

use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use super::agree::{agrees, same_unit};
use crate::corpus::{Conflict, ConflictKind};
use crate::document::word_hash;
use crate::figure::{Direction, Figure, Kind};

/// Figures of one document that are compared with all of the other's: more make no article.
const MAX_FIGURES: usize = 300;
/// Bytes of the sentence on each side of a figure whose words tell what it is about.
const WINDOW_BYTES: usize = 110;
/// Letters by which forms of one word are the same ("subscriber", "subscribers", "subscription").
const STEM_LETTERS: usize = 5;
/// Shortest word that tells something, in letters.
const MIN_LETTERS: usize = 4;
/// Weight of the words in common against subject and name.
const CONTEXT: f64 = 2.5;
/// Score from which on two figures of unlike value are about the same thing.
const SAME_THING: f64 = 1.3;
/// Score from which on two figures of like value are.
const SAME_FACT: f64 = 1.0;
/// The smaller of two contradicting values is at least this share of the larger: 27 and 2 are two things.
const LEAST_RATIO: f64 = 0.4;
/// Values as close as this are likelier to be two versions of one.
const CLOSE_RATIO: f64 = 0.75;
/// What closeness adds to the score.
const CLOSE: f64 = 0.4;
/// Values that differ by no more than this share differ by rounding or rate of exchange (4.66 and 4.67).
const ROUNDING_SHARE: f64 = 0.005;

/// How well two times fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Times {
    Same,
    Differ,
    Unknown,
}

/// Figures of one subject on which the two documents do not agree, in order of `a`.
///
/// Kinds: [`ConflictKind::Value`], the two cannot both hold; [`ConflictKind::Period`], the same amount for two different times;
/// [`ConflictKind::Rounding`], the same printed to another precision, which is no conflict. Cost: the number of figures of `a`
/// times that of `b`, of at most 300 each.
#[must_use]
pub fn conflicts(a: Facts<'_>, b: Facts<'_>) -> Vec<Conflict> {
    let (ours, theirs) = (contexts(a), contexts(b));
    let common = weights(&ours, &theirs);
    let mut candidates = Vec::new();
    for (at, one) in ours.iter().enumerate() {
        for (to, other) in theirs.iter().enumerate() {
            if let Some((kind, score)) = compare(one, other, &ours, &theirs, &common) {
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
    let mut found: Vec<(usize, Conflict)> = Vec::new();
    for (_, at, to, kind) in candidates {
        if used.0.contains(&at) || used.1.contains(&to) {
            continue;
        }
        let (Some(one), Some(other)) = (ours.get(at), theirs.get(to)) else {
            continue;
        };
        used.0.insert(at);
        used.1.insert(to);
        let conflict = told(a, b, one.figure, other.figure, kind);
        // A text that repeats itself contradicts once.
        let known = found.iter().any(|(_, known)| {
            known.kind == conflict.kind
                && known.a.surface == conflict.a.surface
                && known.b.surface == conflict.b.surface
        });
        if !known {
            found.push((at, conflict));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, conflict)| conflict).collect()
}

/// A figure with the words around it.
struct Context<'a> {
    figure: &'a Figure,
    stems: BTreeSet<u64>,
}

fn contexts<'a>(facts: Facts<'a>) -> Vec<Context<'a>> {
    facts
        .figures
        .iter()
        .take(MAX_FIGURES)
        .map(|figure| Context {
            figure,
            stems: stems(&facts.document.raw().text, figure),
        })
        .collect()
}

/// Stems of the words around a figure, in its sentence.
fn stems(text: &str, figure: &Figure) -> BTreeSet<u64> {
    let (start, end) = (figure.span.start as usize, figure.span.end as usize);
    let from = (figure.sentence.start as usize).max(start.saturating_sub(WINDOW_BYTES));
    let to = (figure.sentence.end as usize).min(end + WINDOW_BYTES);
    let whole = |mut at: usize| {
        while at > 0 && !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let around = [text.get(whole(from)..start), text.get(end..whole(to))];
    let mut stems: BTreeSet<u64> = around
        .into_iter()
        .flatten()
        .flat_map(|part| part.split(|c: char| !c.is_alphabetic()))
        .filter(|word| word.chars().count() >= MIN_LETTERS)
        .map(|word| stem(&word.to_lowercase()))
        .collect();
    let said = [
        Some(&figure.unit).filter(|_| figure.kind == Kind::Count),
        figure.subject.as_ref(),
    ];
    for word in said.into_iter().flatten().flat_map(|said| said.split(' ')) {
        if word.len() >= MIN_LETTERS {
            stems.insert(stem(word));
        }
    }
    stems
}

fn stem(word: &str) -> u64 {
    let end = word
        .char_indices()
        .nth(STEM_LETTERS)
        .map_or(word.len(), |(at, _)| at);
    word_hash(word.get(..end).unwrap_or(word))
}

/// Weight of each stem: the more figures of both documents have it around them, the less it tells.
fn weights(ours: &[Context<'_>], theirs: &[Context<'_>]) -> BTreeMap<u64, f64> {
    let mut count: BTreeMap<u64, f64> = BTreeMap::new();
    for stem in ours.iter().chain(theirs).flat_map(|context| &context.stems) {
        *count.entry(*stem).or_insert(0.0) += 1.0;
    }
    count
        .into_iter()
        .map(|(stem, count)| (stem, 1.0 / count))
        .collect()
}

/// Share of the words around both that are the same, 0 to 1.
fn context(one: &Context<'_>, other: &Context<'_>, weights: &BTreeMap<u64, f64>) -> f64 {
    let weight = |stem: &u64| weights.get(stem).copied().unwrap_or(0.0).sqrt();
    let total = |stems: &BTreeSet<u64>| stems.iter().map(weight).sum::<f64>();
    let common: f64 = one.stems.intersection(&other.stems).map(weight).sum();
    let smaller = total(&one.stems).min(total(&other.stems));
    if smaller > 0.0 {
        common / (smaller + 1.0)
    } else {
        0.0
    }
}

/// The kind of conflict between two figures, if there is one, and how sure it is that they are about one thing.
fn compare(
    one: &Context<'_>,
    other: &Context<'_>,
    ours: &[Context<'_>],
    theirs: &[Context<'_>],
    weights: &BTreeMap<u64, f64>,
) -> Option<(ConflictKind, f64)> {
    let (first, second) = (one.figure, other.figure);
    if !same_unit(first, second)
        || matches!(first.kind, Kind::Magnitude | Kind::Ordinal)
        || opposed(first, second)
    {
        return None;
    }
    let score = subjects(first, second) + entities(first, second) + CONTEXT * context(one, other, weights);
    let times = times(first.period.as_deref(), second.period.as_deref());
    if agrees(first, second) {
        let rounded = first.low != second.low || first.high != second.high;
        if times == Times::Differ && score >= SAME_FACT && tells(first) {
            let settled = |figure: &Figure, list: &[Context<'_>]| {
                list.iter().any(|context| {
                    agrees(figure, context.figure) && times_of(figure, context.figure) == Times::Same
                })
            };
            let settled = settled(first, theirs) || settled(second, ours);
            return (!settled).then_some((ConflictKind::Period, score));
        }
        return (rounded && score >= SAME_FACT && first.unit == second.unit)
            .then_some((ConflictKind::Rounding, score));
    }
    let ratio = ratio(first, second);
    if times == Times::Differ || ratio < LEAST_RATIO || !tells(first) && !tells(second) {
        return None;
    }
    let rounding = is_rounding(first, second);
    let score = score
        + if ratio >= CLOSE_RATIO { CLOSE } else { 0.0 }
        + if times == Times::Same { CLOSE } else { 0.0 };
    if score < SAME_THING || !rounding && (backed(first, theirs) || backed(second, ours)) {
        return None;
    }
    Some((
        if rounding {
            ConflictKind::Rounding
        } else {
            ConflictKind::Value
        },
        score,
    ))
}

/// Whether the other document has a figure that agrees with this one, about the same thing.
fn backed(figure: &Figure, other: &[Context<'_>]) -> bool {
    other.iter().any(|context| {
        agrees(figure, context.figure)
            && subjects(figure, context.figure) + entities(figure, context.figure) >= 0.0
    })
}

/// A figure that says enough to contradict: no "two" or "three" of things.
fn tells(figure: &Figure) -> bool {
    figure.kind != Kind::Count || figure.high > FEW
}

/// Counts up to this one are told of too many things to be set against one another.
const FEW: f64 = 4.0;

fn opposed(one: &Figure, other: &Figure) -> bool {
    matches!(
        (one.direction, other.direction),
        (Some(Direction::Up), Some(Direction::Down)) | (Some(Direction::Down), Some(Direction::Up))
    ) && one.kind == Kind::Percent
}

fn ratio(one: &Figure, other: &Figure) -> f64 {
    let part = |one: f64, other: f64| {
        let (low, high) = (one.abs().min(other.abs()), one.abs().max(other.abs()));
        if high > 0.0 { low / high } else { 1.0 }
    };
    part(one.low, other.low).min(part(one.high, other.high))
}

/// 4.66 and 4.67 billion, or a range that the other's value ends.
fn is_rounding(one: &Figure, other: &Figure) -> bool {
    let inside = |range: &Figure, point: &Figure| {
        range.low < range.high && point.low == point.high && range.low <= point.low && point.low <= range.high
    };
    ratio(one, other) >= 1.0 - ROUNDING_SHARE || inside(one, other) || inside(other, one)
}

/// How well two texts' words for what is measured fit: 1 the same, below 0 unlike, 0 not known.
pub(super) fn subjects(one: &Figure, other: &Figure) -> f64 {
    let (Some(first), Some(second)) = (&one.subject, &other.subject) else {
        return 0.0;
    };
    let (first, second) = (words(first), words(second));
    if first == second {
        1.0
    } else if first.is_subset(&second) || second.is_subset(&first) {
        0.7
    } else if first.is_disjoint(&second) {
        -0.5
    } else {
        0.1
    }
}

/// How well two texts' names for whose it is fit.
pub(super) fn entities(one: &Figure, other: &Figure) -> f64 {
    let (Some(first), Some(second)) = (&one.entity, &other.entity) else {
        return 0.0;
    };
    let (first, second) = (words(first), words(second));
    if first.is_subset(&second) || second.is_subset(&first) {
        0.6
    } else if first.is_disjoint(&second) {
        -0.8
    } else {
        0.2
    }
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(' ').collect()
}

fn times_of(one: &Figure, other: &Figure) -> Times {
    times(one.period.as_deref(), other.period.as_deref())
}

/// Whether two periods are the same time, two different ones of a like length, or cannot be told.
fn times(one: Option<&str>, other: Option<&str>) -> Times {
    let (Some(one), Some(other)) = (one, other) else {
        return Times::Unknown;
    };
    if one == other {
        return Times::Same;
    }
    let (Some(one), Some(other)) = (Dated::of(one), Dated::of(other)) else {
        return Times::Unknown;
    };
    one.beside(other)
}

/// A period taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Dated<'a> {
    fiscal: bool,
    year: Option<&'a str>,
    /// `Q1`, `H2` or a month; empty for a whole year.
    part: &'a str,
}

impl<'a> Dated<'a> {
    fn of(period: &'a str) -> Option<Self> {
        let fiscal = period.starts_with("FY");
        let rest = period.strip_prefix("FY").unwrap_or(period);
        let is_year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        let is_part = |text: &str| text.len() == 2 && text.bytes().skip(1).all(|b| b.is_ascii_digit());
        if let Some(part) = rest.strip_prefix("--") {
            return is_part(part).then_some(Self {
                fiscal,
                year: None,
                part,
            });
        }
        match rest.split_once('-') {
            Some((year, part)) if is_year(year) && is_part(part) => Some(Self {
                fiscal,
                year: Some(year),
                part,
            }),
            None if is_year(rest) => Some(Self {
                fiscal,
                year: Some(rest),
                part: "",
            }),
            None if is_part(rest) => Some(Self {
                fiscal,
                year: None,
                part: rest,
            }),
            _ => None,
        }
    }

    fn beside(self, other: Self) -> Times {
        let kind = |part: &str| {
            part.chars()
                .next()
                .map(|c| if c.is_ascii_digit() { 'M' } else { c })
        };
        if kind(self.part) != kind(other.part) {
            return Times::Unknown;
        }
        let years = match (self.year, other.year) {
            (Some(one), Some(other)) => Some(one == other),
            _ => None,
        };
        match (self.part == other.part, years) {
            // A quarter of a financial year may be any quarter of the calendar, but not of another year of its own kind.
            (false, _) | (_, Some(false)) if self.fiscal == other.fiscal || years.is_none() => Times::Differ,
            (true, Some(true)) if self.fiscal == other.fiscal => Times::Same,
            _ => Times::Unknown,
        }
    }
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
    let time = |figure: &Figure| match (&figure.period, kind) {
        (Some(period), ConflictKind::Period) => format!("{} in {period}", line(&figure.surface)),
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
