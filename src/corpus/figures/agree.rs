//! When two figures are the same.

use std::collections::BTreeMap;

use super::units::conversion;
use crate::figure::{Amount, Figure, Kind};

/// Figures of one document by unit, ordered by value, so that those near a value are found at once.
pub(super) struct ByUnit<'a> {
    lists: BTreeMap<&'a str, Vec<&'a Figure>>,
    /// Half the widest printed step of each unit.
    widest: BTreeMap<&'a str, f64>,
    /// Figures by the unit that they are converted to.
    converted: BTreeMap<&'a str, Vec<&'a Figure>>,
}

/// Counts with at least so many significant digits agree whatever they are said to count.
const COUNT_DIGITS: u8 = 3;
/// Conversions may differ by this share: the two texts took the rate of another hour.
const RATE: f64 = 0.01;

/// Counts of all nouns stand in one list.
fn list_of(figure: &Figure) -> &str {
    match figure.kind {
        Kind::Count => "#",
        Kind::Magnitude => "~",
        Kind::Ordinal => "^",
        _ => figure.unit.as_str(),
    }
}

impl<'a> ByUnit<'a> {
    pub(super) fn new(figures: &'a [Figure]) -> Self {
        let mut index = Self {
            lists: BTreeMap::new(),
            widest: BTreeMap::new(),
            converted: BTreeMap::new(),
        };
        for figure in figures {
            let list = list_of(figure);
            index.lists.entry(list).or_default().push(figure);
            let widest = index.widest.entry(list).or_insert(0.0);
            *widest = widest.max(figure.margin + (figure.high - figure.low));
            if let Some(other) = &figure.paired_with {
                index
                    .converted
                    .entry(other.unit.as_str())
                    .or_default()
                    .push(figure);
            }
        }
        for list in index.lists.values_mut() {
            list.sort_by(|one, other| one.low.total_cmp(&other.low));
        }
        index
    }

    /// Figures that may agree with this one.
    pub(super) fn near(&self, figure: &Figure) -> impl Iterator<Item = &'a Figure> {
        let list = list_of(figure);
        let all = self.lists.get(list).map_or(&[][..], Vec::as_slice);
        let reach = self.widest.get(list).copied().unwrap_or(0.0) + figure.margin;
        let from = all.partition_point(|other| other.low < figure.low - reach);
        let to = all.partition_point(|other| other.low <= figure.high + reach);
        let converted = self.converted.get(list).map_or(&[][..], Vec::as_slice);
        let same = all.get(from..to.max(from)).unwrap_or(&[]).iter().copied();
        same.chain(converted.iter().copied())
    }
}

/// Whether both stand for the same amount: the intervals overlap, or a stated conversion matches.
pub(super) fn agrees(one: &Figure, other: &Figure) -> bool {
    same_unit(one, other) && meets(one, other)
        || one
            .paired_with
            .as_ref()
            .is_some_and(|amount| converts(amount, other))
        || other
            .paired_with
            .as_ref()
            .is_some_and(|amount| converts(amount, one))
}

/// Whether the intervals share more than an end.
fn meets(one: &Figure, other: &Figure) -> bool {
    let ((low, high), (from, to)) = (one.interval(), other.interval());
    if let Some(factor) = conversion(one, other) {
        return converted(one, other, factor);
    }
    if one.low == other.low && one.high == other.high {
        return true;
    }
    // In other words only the number itself tells that two counts are one.
    if one.kind == Kind::Count && one.unit != other.unit {
        return false;
    }
    // A range and a point inside it are not the same statement.
    if (one.low < one.high) != (other.low < other.high) {
        return false;
    }
    // The less exact value must be the more exact one, rounded; ends that only touch are two values.
    let (exact, rough) = if one.margin <= other.margin {
        (one, other)
    } else {
        (other, one)
    };
    let contained = exact.low >= rough.low - rough.margin
        && exact.low <= rough.low + rough.margin
        && exact.high >= rough.high - rough.margin
        && exact.high <= rough.high + rough.margin;
    low < to && from < high && contained && rough.margin > exact.margin
}

/// Whether two amounts in two units of one dimension are one, rounded: "465 kilometres", "290 miles".
fn converted(one: &Figure, other: &Figure, factor: f64) -> bool {
    let near = |one_value: f64, other_value: f64| {
        let other_value = other_value * factor;
        let margin = one.margin.max(other.margin * factor).max(RATE * one_value.abs());
        (one_value - other_value).abs() <= margin
    };
    near(one.low, other.low) && near(one.high, other.high)
}

fn converts(amount: &Amount, other: &Figure) -> bool {
    let near = |one: f64, two: f64| (one - two).abs() <= RATE * one.abs().max(two.abs());
    amount.unit == other.unit && near(amount.low, other.low) && near(amount.high, other.high)
}

/// Whether the two are of one kind and unit; counts in other words agree by an exact number.
pub(super) fn same_unit(one: &Figure, other: &Figure) -> bool {
    if one.kind != other.kind {
        return false;
    }
    match one.kind {
        _ if conversion(one, other).is_some() => true,
        Kind::Count => {
            one.unit == other.unit
                || one.unit.is_empty()
                || other.unit.is_empty()
                || one.precision.min(other.precision) >= COUNT_DIGITS
                || one.low >= MANY && other.low >= MANY
        }
        Kind::Magnitude => true,
        _ => one.unit == other.unit,
    }
}

/// Counts from here on may be said of one thing in other words ("31 million players", "31 million people").
const MANY: f64 = 1_000.0;
