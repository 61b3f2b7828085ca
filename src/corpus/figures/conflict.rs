//! Where two documents contradict one another.
//!
//! A contradiction is a claim about two texts, and a wrong one is worse than none. So it takes two figures of one kind, unit and
//! time that no figure of the other text agrees with, and enough that says they are about the same thing: subject, name, the words
//! around them.

use std::collections::{BTreeMap, BTreeSet};

use super::agree::{ByUnit, agrees, same_unit};
use super::{Facts, Rarity};
use crate::corpus::{Conflict, ConflictKind};
use crate::document::{Case, WordKind, word_hash};
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
const SAME_FACT: f64 = 0.9;
/// The smaller of two contradicting values is at least this share of the larger: 27 and 2 are two things.
const LEAST_RATIO: f64 = 0.5;
/// Values as close as this are likelier to be two versions of one.
const CLOSE_RATIO: f64 = 0.7;
/// What closeness adds to the score.
const CLOSE: f64 = 0.4;
/// What a common time adds to the score.
const SAME_TIME: f64 = 0.4;
/// What the two documents telling one story adds to the score of its figures.
const RELATED: f64 = 1.0;
/// What another common figure in both sentences adds to the score.
const ANCHORED: f64 = 0.8;
/// What it takes from the score that one percentage is a change and the other is none.
const UNLIKE: f64 = -0.7;
/// Weight of shared figures that is half a proof of one story.
const HALF_COMMON: f64 = 0.5;
/// Names of a document that are looked at: the most frequent.
const NAMES: usize = 3;
/// A name is what a text is about from so many mentions on.
const OFTEN: usize = 2;
/// Without so much in common around them, two figures need the same subject and name.
const LEAST_CONTEXT: f64 = 0.12;
/// Score of subject and name that does without common words.
const SAME_NAMED: f64 = 1.25;
/// Score of subject and name that does with values as close as [`VERY_CLOSE_RATIO`]: the same subject.
const SAME_SUBJECT: f64 = 1.0;
/// Values of one subject as close as this are two versions of one.
const VERY_CLOSE_RATIO: f64 = 0.9;
/// What it adds that either figure is the only one of its unit in its document that the other does not give.
const LONE: f64 = 0.5;
/// Documents with less than this in common tell two stories, which contradict only where subject and name agree.
const LEAST_RELATED: f64 = 0.4;
/// How likely one common name makes one story.
const ONE_NAME: f64 = 0.3;
/// How likely two or three do.
const MORE_NAMES: f64 = 0.6;
/// Smallest count that may have another noun in the other document.
const MIN_RENAMED: f64 = 12.0;
/// Below this weight a figure comes up by chance.
const COMMON_WEIGHT: f64 = 0.1;
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
    let pair = Pair {
        weights: weights(&ours, &theirs),
        related: related(a, b),
        ours: &ours,
        theirs: &theirs,
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
    // What is measured counts on its own.
    for word in figure.subject.iter().flat_map(|subject| subject.split(' ')) {
        stems.remove(&stem(word));
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

/// Two documents' figures, when they are set against one another.
struct Pair<'c, 'a> {
    ours: &'c [Context<'a>],
    theirs: &'c [Context<'a>],
    weights: BTreeMap<u64, f64>,
    /// How much speaks for one story, 0 to 1.
    related: f64,
}

impl Pair<'_, '_> {
    /// The kind of conflict between two figures, if there is one, and how sure it is that they are about one thing.
    fn compare(&self, one: &Context<'_>, other: &Context<'_>) -> Option<(ConflictKind, f64)> {
        let (first, second) = (one.figure, other.figure);
        let silent = |kind| matches!(kind, Kind::Magnitude | Kind::Ordinal | Kind::Ratio);
        if first.kind != second.kind || silent(first.kind) || opposed(first, second) {
            return None;
        }
        let anchored = self.anchored(first, second);
        // Beside a common figure a count may have another noun: "76 vehicles for $3 million", "72 carriages for $3 million".
        let renamed = anchored && first.kind == Kind::Count && first.low.min(second.low) > MIN_RENAMED;
        if !same_unit(first, second) && !renamed {
            return None;
        }
        let named = subjects(first, second) + entities(first, second);
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
        if agrees(first, second) {
            return self.of_one_value(first, second, score, times);
        }
        // Two names are two things, unless the sentences are plainly about one.
        if entities(first, second) < 0.0 && !anchored {
            return None;
        }
        let ratio = ratio(first, second);
        if times == Times::Differ || ratio < LEAST_RATIO || !tells(first) && !tells(second) {
            return None;
        }
        let rounding = is_rounding(first, second);
        let close = if ratio >= CLOSE_RATIO { CLOSE } else { 0.0 };
        if !rounding && (backed(first, self.theirs) || backed(second, self.ours)) {
            return None;
        }
        let own = subjects(first, second) >= SAME_SUBJECT && is_own(first);
        let half_dated = first.period.is_some() != second.period.is_some();
        let flows = matches!(first.kind, Kind::Money | Kind::Percent);
        if half_dated && flows && ratio < VERY_CLOSE_RATIO && !anchored && !own {
            return None;
        }
        let needed = if first.kind == Kind::Percent {
            VERY_CLOSE_RATIO
        } else {
            CLOSE_RATIO
        };
        let lone = ratio >= needed && self.lone(first, second);
        let score = score
            + close
            + if times == Times::Same { SAME_TIME } else { 0.0 }
            + if lone { LONE } else { 0.0 };
        let one_thing = around >= LEAST_CONTEXT
            || named >= SAME_NAMED
            || anchored
            || lone
            || own
            || named >= SAME_SUBJECT && ratio >= VERY_CLOSE_RATIO;
        if score < SAME_THING || !one_thing || self.related < LEAST_RELATED && named < SAME_NAMED {
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

    /// Whether the sentences of both have another figure in common that does not come up by chance.
    fn anchored(&self, first: &Figure, second: &Figure) -> bool {
        let beside = |list: &[Context<'_>], figure: &Figure, other: &Figure| -> Vec<usize> {
            list.iter()
                .enumerate()
                .filter(|(_, context)| {
                    context.figure.sentence == figure.sentence && context.figure.span != figure.span
                })
                .filter(|(_, context)| !agrees(context.figure, other) && !agrees(context.figure, figure))
                .map(|(at, _)| at)
                .collect()
        };
        let (ours, theirs) = (
            beside(self.ours, first, second),
            beside(self.theirs, second, first),
        );
        let rarity = Rarity::default();
        let figures = |list: &[Context<'_>], at: &usize| list.get(*at).map(|context| context.figure.clone());
        ours.iter().filter_map(|at| figures(self.ours, at)).any(|one| {
            rarity.weight(&one) >= COMMON_WEIGHT
                && theirs
                    .iter()
                    .filter_map(|at| figures(self.theirs, at))
                    .any(|other| agrees(&one, &other))
        })
    }

    /// Whether each is the only one of its unit and size in its document that the other document does not back.
    fn lone(&self, first: &Figure, second: &Figure) -> bool {
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
        if times == Times::Differ && tells(first) {
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

/// How much speaks for the two documents telling one story: the names they repeat, the figures they share; 0 to 1.
fn related(a: Facts<'_>, b: Facts<'_>) -> f64 {
    let (ours, theirs) = (often_named(a), often_named(b));
    let both = match ours.iter().filter(|name| theirs.contains(name)).count() {
        0 => 0.0,
        1 => ONE_NAME,
        _ => MORE_NAMES,
    };
    let rarity = Rarity::default();
    let index = ByUnit::new(b.figures);
    let mut seen = BTreeSet::new();
    let common: f64 = a
        .figures
        .iter()
        .take(MAX_FIGURES)
        .filter(|one| index.near(one).any(|other| agrees(one, other)) && seen.insert(one.low.to_bits()))
        .map(|one| rarity.weight(one))
        .sum();
    1.0 - (1.0 - both) * (1.0 - common / (common + HALF_COMMON))
}

/// The words that most often stand with a capital, and never without one: the names a text is about.
fn often_named(facts: Facts<'_>) -> Vec<u64> {
    let mut count: BTreeMap<u64, (usize, bool)> = BTreeMap::new();
    for word in facts.document.words() {
        if word.kind == WordKind::Letters {
            let entry = count.entry(word.hash).or_insert((0, false));
            entry.0 += 1;
            entry.1 |= word.case == Case::Lower;
        }
    }
    let mut names: Vec<(usize, u64)> = count
        .into_iter()
        .filter(|(_, (times, lower))| !lower && *times >= OFTEN)
        .map(|(hash, (times, _))| (times, hash))
        .collect();
    names.sort_by(|one, other| other.cmp(one));
    names.into_iter().take(NAMES).map(|(_, hash)| hash).collect()
}

/// Whether the other document has a figure that agrees with this one: then it knows this value, and the other is of something else.
/// A number of one digit comes up by chance, so it must be said of the same thing.
fn backed(figure: &Figure, other: &[Context<'_>]) -> bool {
    let common = Rarity::default().weight(figure) < COMMON_WEIGHT;
    other.iter().any(|context| {
        same_unit(figure, context.figure)
            && agrees(figure, context.figure)
            && (!common || subjects(figure, context.figure) + entities(figure, context.figure) >= 0.0)
    })
}

/// A figure that says enough to contradict: no "two" or "three" of things.
fn tells(figure: &Figure) -> bool {
    figure.kind != Kind::Count || figure.high > FEW
}

/// Counts up to this one are told of too many things to be set against one another.
const FEW: f64 = 4.0;

/// A subject of which a text gives one figure: sales, shares and costs there are many of.
fn is_own(figure: &Figure) -> bool {
    figure.subject.as_ref().is_some_and(|subject| {
        let last = subject.rsplit(' ').next().unwrap_or(subject);
        let common = |word: &str| {
            SYNONYMS.iter().any(|group| group.contains(&word)) || COMMON_SUBJECTS.contains(&word)
        };
        !common(last)
    })
}

/// Subjects of many figures of one text, besides those of [`SYNONYMS`].
const COMMON_SUBJECTS: [&str; 10] = [
    "market", "price", "growth", "rate", "loss", "shares", "stock", "value", "plan", "margin",
];

/// A change ("rose 19%") beside a share ("37% of sales").
fn unlike_percent(one: &Figure, other: &Figure) -> bool {
    let moves = |figure: &Figure| matches!(figure.direction, Some(Direction::Up | Direction::Down));
    one.kind == Kind::Percent && moves(one) != moves(other)
}

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
    let anything = |words: &BTreeSet<&str>| words.iter().all(|word| ANYTHING.contains(word));
    if first == second {
        1.0
    } else if anything(&first) || anything(&second) {
        0.0
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
        -0.6
    } else {
        0.2
    }
}

/// The words, each by the first of those that mean the same in reports.
fn words(text: &str) -> BTreeSet<&str> {
    let first = |word| {
        let group = SYNONYMS.iter().find(|group| group.contains(&word));
        group.and_then(|group| group.first().copied()).unwrap_or(word)
    };
    text.split(' ').map(first).collect()
}

/// Nouns that stand for any other.
const ANYTHING: [&str; 6] = ["person", "unit", "item", "piece", "thing", "figure"];

/// Words that reports use for one another.
const SYNONYMS: &[&[&str]] = &[
    &["revenue", "sales", "turnover"],
    &["profit", "income", "earnings"],
    &["employee", "staff", "worker", "headcount", "workforce", "job"],
    &["customer", "client", "subscriber", "member", "user", "player"],
    &["share", "stake", "portion"],
    &[
        "cost",
        "expense",
        "spending",
        "investment",
        "budget",
        "expenditure",
    ],
];

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
            // A quarter of a financial year may be any quarter of the calendar.
            (false, _) | (_, Some(false)) if self.fiscal == other.fiscal => Times::Differ,
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
