//! How like two figures are in what is said of them.

use std::collections::BTreeSet;

use super::concepts::{self, concept};
use super::units::{self, conversion, is_unit_of_measure};
use crate::figure::{Direction, Figure, Kind};

/// Subjects of many figures of one text, besides those of a concept.
const COMMON_SUBJECTS: [&str; 10] = [
    "market", "price", "growth", "rate", "loss", "shares", "stock", "value", "plan", "margin",
];
/// Nouns that stand for any other.
const ANYTHING: [&str; 6] = ["person", "unit", "item", "piece", "thing", "figure"];
/// All words that mean something to the comparison as words.
pub(in crate::corpus) fn known_words() -> impl Iterator<Item = &'static str> {
    let words = ANYTHING.iter().chain(&COMMON_SUBJECTS).copied();
    words.chain(concepts::words()).chain(units::measures())
}

/// Values that differ by no more than this share differ by rounding or rate of exchange (4.66 and 4.67).
const ROUNDING_SHARE: f64 = 0.005;
/// A range of this share of its value is a way of rounding ("30-32%"), a wider one a statement of its own.
const NARROW: f64 = 0.1;

/// A change ("rose 19%") beside a share ("37% of sales").
pub(super) fn unlike_percent(one: &Figure, other: &Figure) -> bool {
    let moves = |figure: &Figure| matches!(figure.direction, Some(Direction::Up | Direction::Down));
    one.kind == Kind::Percent && moves(one) != moves(other)
}

pub(super) fn opposed(one: &Figure, other: &Figure) -> bool {
    matches!(
        (one.direction, other.direction),
        (Some(Direction::Up), Some(Direction::Down)) | (Some(Direction::Down), Some(Direction::Up))
    ) && one.kind == Kind::Percent
}

pub(super) fn ratio(one: &Figure, other: &Figure) -> f64 {
    let part = |one: f64, other: f64| {
        let (low, high) = (one.abs().min(other.abs()), one.abs().max(other.abs()));
        if high > 0.0 { low / high } else { 1.0 }
    };
    let factor = conversion(one, other).unwrap_or(1.0);
    part(one.low, other.low * factor).min(part(one.high, other.high * factor))
}

/// 4.66 and 4.67 billion, or a narrow range that the other's value lies in.
pub(super) fn is_rounding(one: &Figure, other: &Figure) -> bool {
    let narrow = |figure: &Figure| figure.high - figure.low <= NARROW * figure.high.abs();
    if rounds_to(one, other) || rounds_to(other, one) {
        return true;
    }
    ratio(one, other) >= 1.0 - ROUNDING_SHARE || inside(one, other) && narrow(one) && narrow(other)
}

/// Whether the first is hedged and is the second cut or rounded to the digits that it has before its closing zeros: "a little over 600 million"
/// stands for 612.
fn rounds_to(rough: &Figure, exact: &Figure) -> bool {
    let point = |figure: &Figure| figure.low == figure.high;
    if !rough.approximate || exact.approximate || !point(rough) || !point(exact) || rough.low == 0.0 {
        return false;
    }
    let mut step = 10_f64.powi(rough.low.abs().log10().floor() as i32);
    // Two digits are the least that a hedged figure is taken to say: "about 600" is no 640.
    step /= 10.0;
    let whole = |step: f64| (rough.low / step - (rough.low / step).round()).abs() < 1e-6;
    while !whole(step) && step.abs() > f64::MIN_POSITIVE {
        step /= 10.0;
    }
    // Cut as well as rounded: "over 600" lies below what it stands for.
    (rough.low - exact.low).abs() < 2.0 * step && ratio(rough, exact) >= ROUGHLY
}

/// Least ratio of a hedged figure to what it stands for.
const ROUGHLY: f64 = 0.96;

/// Whether one is a range and the other a value in it: they do not contradict.
pub(super) fn inside(one: &Figure, other: &Figure) -> bool {
    let holds = |range: &Figure, point: &Figure| {
        range.low < range.high && point.low >= point.high && range.low <= point.low && point.low <= range.high
    };
    conversion(one, other).is_none() && (holds(one, other) || holds(other, one))
}

/// How well two texts' words for what is measured fit: 1 the same, below 0 unlike, 0 not known.
pub(super) fn subjects(one: &Figure, other: &Figure) -> f64 {
    let (Some(first), Some(second)) = (&one.subject, &other.subject) else {
        return 0.0;
    };
    // A measure says how much, not of what: tonnes of wheat are no tonnes of barley.
    if [(one, first), (other, second)]
        .iter()
        .any(|(figure, subject)| is_measure(figure, subject))
    {
        return 0.0;
    }
    let anything = |text: &str| text.split(' ').all(is_anything);
    let any = anything(first) || anything(second);
    let (first, second) = (concepts_of(first), concepts_of(second));
    if first == second {
        1.0
    } else if any {
        0.0
    } else if first.is_subset(&second) || second.is_subset(&first) {
        0.7
    } else if first.is_disjoint(&second) {
        -0.5
    } else {
        0.1
    }
}

/// Whether two values have the same digits in another order and are of one size ("2.84 million", "2.48 million").
pub(super) fn slipped(one: &Figure, other: &Figure) -> bool {
    let point = |figure: &Figure| figure.low == figure.high && figure.low > 0.0;
    if !point(one) || !point(other) || one.low == other.low {
        return false;
    }
    let digits = |value: f64| {
        let power = value.log10().floor() as i32;
        let scaled = (value / 10_f64.powi(power - SLIP_DIGITS + 1)).round();
        let mut digits: Vec<char> = format!("{scaled:.0}").chars().collect();
        while digits.len() > 2 && digits.last() == Some(&'0') {
            digits.pop();
        }
        digits.sort_unstable();
        (power, digits)
    };
    digits(one.low) == digits(other.low)
}

/// Whether the same number is printed with another unit of its dimension, or another power of a thousand: "14 weeks" and "14 months", "2,750 metres"
/// and "2,750 feet", "5.4 million" and "5.4 billion". One digit comes up by chance.
pub(super) fn misplaced(one: &Figure, other: &Figure) -> bool {
    let point = |figure: &Figure| figure.low == figure.high && figure.low > 0.0 && !figure.approximate;
    let exact = one.precision.min(other.precision) >= MISPLACED_DIGITS && point(one) && point(other);
    if !exact || one.kind != other.kind || one.paired_with.is_some() || other.paired_with.is_some() {
        return false;
    }
    let units = match one.kind {
        Kind::Duration => true,
        Kind::Count => conversion(one, other).is_some(),
        _ => false,
    };
    if one.unit != other.unit {
        return units && one.low == other.low;
    }
    let power = (one.low.max(other.low) / one.low.min(other.low)).log10();
    matches!(one.kind, Kind::Count | Kind::Money)
        && [3.0, 6.0].iter().any(|thousand| (power - thousand).abs() < 1e-9)
}

/// Significant digits of a number that is printed with another unit, at least.
const MISPLACED_DIGITS: u8 = 2;

/// Digits of a value that are looked at for a slip.
const SLIP_DIGITS: i32 = 6;

/// Whether a noun stands for any other.
pub(super) fn is_anything(noun: &str) -> bool {
    ANYTHING.contains(&noun)
}

/// Whether what a figure is said to measure is its own unit of measure and nothing else.
fn is_measure(figure: &Figure, subject: &str) -> bool {
    figure.kind == Kind::Count && figure.unit == subject && is_unit_of_measure(subject)
}

/// How well two texts' names for whose it is fit.
pub(super) fn entities(one: &Figure, other: &Figure) -> f64 {
    let (Some(first), Some(second)) = (&one.entity, &other.entity) else {
        return 0.0;
    };
    let words = |text: &'_ str| -> BTreeSet<String> { text.split(' ').map(str::to_owned).collect() };
    let (first, second) = (words(first), words(second));
    if first.is_subset(&second) || second.is_subset(&first) {
        0.6
    } else if first.is_disjoint(&second) {
        -0.6
    } else {
        0.2
    }
}

/// The words by their concepts.
fn concepts_of(text: &str) -> BTreeSet<u64> {
    text.split(' ').map(concept).collect()
}
