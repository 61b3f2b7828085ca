//! Units that measure and do not count, and how much of one makes another.

use crate::figure::{Figure, Kind};

/// Of each dimension the units, each with how many of the first it is.
const MEASURES: [&[(&str, f64)]; 5] = [
    &[
        ("metre", 1.0),
        ("kilometre", 1_000.0),
        ("mile", 1_609.344),
        ("foot", 0.3048),
        ("inch", 0.0254),
        ("centimetre", 0.01),
        ("millimetre", 0.001),
    ],
    &[
        ("kilogram", 1.0),
        ("tonne", 1_000.0),
        // Short, long or metric: within what a hedge allows.
        ("ton", 1_000.0),
        ("gram", 0.001),
        ("milligram", 0.000_001),
        ("pound", 0.453_592),
        ("ounce", 0.028_35),
    ],
    &[("hectare", 1.0), ("acre", 0.404_686)],
    &[
        ("litre", 1.0),
        ("millilitre", 0.001),
        ("gallon", 3.785),
        ("barrel", 158.987),
        ("bushel", 35.239),
    ],
    &[
        ("watt", 1.0),
        ("kilowatt", 1e3),
        ("megawatt", 1e6),
        ("gigawatt", 1e9),
    ],
];

/// Lengths of time in days.
const DURATIONS: &[(&str, f64)] = &[
    ("second", 1.0 / 86_400.0),
    ("minute", 1.0 / 1_440.0),
    ("hour", 1.0 / 24.0),
    ("day", 1.0),
    ("week", 7.0),
    ("month", 30.44),
    ("quarter", 91.31),
    ("year", 365.25),
    ("decade", 3_652.5),
];

/// All names of units that measure.
pub(super) fn measures() -> impl Iterator<Item = &'static str> {
    MEASURES.iter().copied().flatten().map(|(name, _)| *name)
}

/// Whether a unit measures and does not count.
pub(super) fn is_unit_of_measure(unit: &str) -> bool {
    measures().any(|name| name == unit)
}

/// Whether a figure measures and does not count.
pub(super) fn is_measured(figure: &Figure) -> bool {
    figure.kind == Kind::Count && is_unit_of_measure(&figure.unit)
}

/// How many units of the first one unit of the second is, if both measure one thing in two units; `None` for one unit.
pub(super) fn conversion(one: &Figure, other: &Figure) -> Option<f64> {
    if one.kind != other.kind || one.unit == other.unit {
        return None;
    }
    let within = |units: &[(&str, f64)]| {
        let size = |unit: &str| {
            units
                .iter()
                .find(|(name, _)| *name == unit)
                .map(|(_, size)| *size)
        };
        Some(size(&other.unit)? / size(&one.unit)?)
    };
    match one.kind {
        Kind::Count => MEASURES.iter().find_map(|units| within(units)),
        Kind::Duration => within(DURATIONS),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, RawDocument};
    use crate::figure::figures;

    fn figure(text: &str) -> Figure {
        let document = Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        });
        figures(&document).into_iter().next().unwrap()
    }

    #[test]
    fn units_of_one_dimension_are_converted() {
        let factor = |one: &str, other: &str| conversion(&figure(one), &figure(other));
        let gigawatt = factor("The park has 2,150 megawatts.", "The park has 2.5 GW.").unwrap();
        assert!((gigawatt - 1_000.0).abs() < 1e-9);
        let week = factor("The wait is 74 days.", "The wait is 14 weeks.").unwrap();
        assert!((week - 7.0).abs() < 1e-9);
        assert_eq!(factor("The wait is 74 days.", "The wait is 70 days."), None);
        assert_eq!(factor("It has 300 metres.", "It has 300 tonnes."), None);
        assert_eq!(factor("It cost $300.", "It cost £300."), None);
    }
}
