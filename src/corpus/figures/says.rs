//! Whether a figure says enough to contradict another.

use super::agree::same_unit;
use super::alike::is_anything;
use super::around::Context;
use super::concepts::{concept, stem};
use super::units::is_measured;
use crate::figure::{Figure, Kind};

/// Whether a figure is of a kind that contradicts nothing: magnitudes, places in a row, and multiples but for those that are printed to a digit behind
/// the point ("2.1 times EBITDA").
pub(super) fn silent(figure: &Figure) -> bool {
    match figure.kind {
        Kind::Magnitude | Kind::Ordinal => true,
        Kind::Ratio => figure.precision < 2 || figure.low.fract() == 0.0 || figure.subject.is_none(),
        _ => false,
    }
}

/// A figure that says enough to contradict: no "two" or "three" of things; 2.5 gigawatts do.
pub(super) fn tells(figure: &Figure) -> bool {
    figure.kind != Kind::Count || is_measured(figure) || figure.high > FEW
}

/// Whether a length of time is somebody's age: "Ann Lund, 48, of Brask", "a 27-year-old".
pub(super) fn is_age(figure: &Figure) -> bool {
    let bare = !figure.surface.is_empty() && figure.surface.bytes().all(|byte| byte.is_ascii_digit());
    let old = figure.surface.len() > OLD.len() && figure.surface.to_lowercase().ends_with(OLD);
    figure.kind == Kind::Duration && (bare || old)
}

/// How an age in years ends.
const OLD: &str = "old";

/// Whether the noun of a count stands for any or is left out, and its sentence names the other's: "38 new units", or "38 of them", beside
/// "locomotives".
pub(super) fn stands_for(one: &Context<'_>, other: &Context<'_>) -> bool {
    one.figure.kind == Kind::Count
        && (one.figure.unit.is_empty() || is_anything(&one.figure.unit))
        && !other.figure.unit.is_empty()
        && one.stems.contains(&stem(&other.figure.unit))
}

/// Whether two counts are of one noun, as far as the words for them tell.
pub(super) fn one_noun(one: &Context<'_>, other: &Context<'_>) -> bool {
    let (first, second) = (one.figure, other.figure);
    same_unit(first, second)
        || concept(&first.unit) == concept(&second.unit)
        || stands_for(one, other)
        || stands_for(other, one)
}

/// Counts up to this one are told of too many things to be set against one another.
const FEW: f64 = 4.0;
