//! Whether two periods are one time.

use crate::figure::Figure;

/// How well two times fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Same,
    Differ,
    Unknown,
}

/// How two times stand that do not exclude one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Neither figure has one.
    Neither,
    /// Only one has.
    Half,
    Same,
    /// Either is told by the day of writing ("last year"), or cannot be read.
    Relative,
    /// Both end at once, and one is longer: "at the end of June", "in the first half".
    OneEnd,
    /// Anything else, such as a quarter of the year.
    Nested,
}

pub(super) fn times_of(one: &Figure, other: &Figure) -> Times {
    times(one.period.as_deref(), other.period.as_deref())
}

pub(super) fn standing(one: &Figure, other: &Figure) -> Standing {
    let (one, other) = match (one.period.as_deref(), other.period.as_deref()) {
        (None, None) => return Standing::Neither,
        (Some(one), Some(other)) => (one, other),
        _ => return Standing::Half,
    };
    match (Stretch::of(one), Stretch::of(other)) {
        _ if one == other => Standing::Same,
        (Some(one), Some(other)) if one.ends_with(&other) => Standing::OneEnd,
        (Some(_), Some(_)) => Standing::Nested,
        _ => Standing::Relative,
    }
}

/// Whether two periods are the same time, two different ones, or cannot be told.
fn times(one: Option<&str>, other: Option<&str>) -> Times {
    let (Some(one), Some(other)) = (one, other) else {
        return Times::Unknown;
    };
    if one == other {
        return Times::Same;
    }
    if is_span(one) && is_span(other) {
        return Times::Differ;
    }
    match (Stretch::of(one), Stretch::of(other)) {
        (Some(one), Some(other)) => one.beside(&other),
        _ => Times::Unknown,
    }
}

/// Whether a period has its year: not so a month alone, nor what is counted from the day of writing.
pub(super) fn names_a_year(period: &str) -> bool {
    let rest = period.trim_start_matches(YEAR_TO).trim_start_matches("FY");
    let year = rest.get(..4);
    year.is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a period is of several years: "2025-2028".
fn is_span(period: &str) -> bool {
    let year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    period
        .split_once('-')
        .is_some_and(|(from, to)| year(from) && year(to))
}

/// How a period of twelve months is named by its last.
const YEAR_TO: &str = "year-to-";
/// Months of a year.
const YEAR: i32 = 12;
/// The latest last month of a financial year, from 0 for January, that some name by the year it began in: May.
const NAMED_BY_ITS_START: i32 = 4;

/// A period as months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    /// Whether its months are counted from the start of a financial year, whichever month that is.
    fiscal: bool,
    year: Option<i32>,
    /// First month, 0 for that in which the year begins; before it below 0.
    from: i32,
    /// Last month.
    to: i32,
}

impl Stretch {
    fn of(period: &str) -> Option<Self> {
        if let Some(ended) = period.strip_prefix(YEAR_TO) {
            let month = Self::of(ended)?;
            let from = month.to + 1 - YEAR;
            return (month.from == month.to).then_some(Self { from, ..month });
        }
        if let Some((from, to)) = period.split_once('-').filter(|_| is_span(period)) {
            let (from, to) = (Self::of(from)?, Self::of(to)?);
            let years = to.year? - from.year?;
            return (years > 0).then_some(Self {
                to: to.to + years * YEAR,
                ..from
            });
        }
        let fiscal = period.starts_with("FY");
        let rest = period.strip_prefix("FY").unwrap_or(period);
        let year = |text: &str| {
            let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<i32>().ok().filter(|_| digits)
        };
        let (year, part) = match (rest.strip_prefix("--"), rest.split_once('-')) {
            (Some(part), _) => (None, part),
            (_, Some((named, part))) => (Some(year(named)?), part),
            _ => match year(rest) {
                Some(named) => (Some(named), ""),
                None => (None, rest),
            },
        };
        let (from, to) = months(part)?;
        Some(Self {
            fiscal,
            year,
            from,
            to,
        })
    }

    fn length(&self) -> i32 {
        self.to + 1 - self.from
    }

    fn ends_with(&self, other: &Self) -> bool {
        let years = match (self.year, other.year) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        years && self.fiscal == other.fiscal && self.to == other.to
    }

    fn beside(self, other: &Self) -> Times {
        if self.fiscal != other.fiscal {
            return self.beside_fiscal(other);
        }
        let apart = match (self.year, other.year) {
            (Some(one), Some(other)) => (other - one) * YEAR,
            // In whichever year: June is in no fourth quarter.
            _ => 0,
        };
        let (from, to) = (other.from + apart, other.to + apart);
        let disjoint = self.to < from || to < self.from;
        let known = self.year.is_some() && other.year.is_some();
        // The year to June is not the calendar's, but may be called after it.
        let alike = self.length() == other.length() && (self.from < 0) == (other.from < 0);
        match self.from == from && self.to == to {
            true if known => Times::Same,
            true => Times::Unknown,
            false if disjoint || alike => Times::Differ,
            false => Times::Unknown,
        }
    }

    /// A financial year beside twelve months that are told by their last: most are named by the year in which they end.
    fn beside_fiscal(self, other: &Self) -> Times {
        let (fiscal, plain) = if self.fiscal {
            (&self, other)
        } else {
            (other, &self)
        };
        let (Some(named), Some(ends)) = (fiscal.year, plain.year) else {
            return Times::Unknown;
        };
        let one = named == ends || named + 1 == ends && plain.to <= NAMED_BY_ITS_START;
        // A calendar year may be the financial one, or most of it.
        let told_by_its_end = plain.from < 0;
        match fiscal.length() == YEAR && told_by_its_end && !one {
            true => Times::Differ,
            false => Times::Unknown,
        }
    }
}

/// The months of a part of a year: `Q1`, `H2`, `08`; all for an empty one.
fn months(part: &str) -> Option<(i32, i32)> {
    let number = |text: &str| text.parse::<i32>().ok().filter(|number| *number >= 1);
    let of = |length: i32, number: i32| {
        let to = length * number - 1;
        (to < YEAR).then_some((to + 1 - length, to))
    };
    match part.as_bytes() {
        [] => Some((0, YEAR - 1)),
        [b'Q', _] => of(3, number(part.get(1..)?)?),
        [b'H', _] => of(6, number(part.get(1..)?)?),
        [_, _] => of(1, number(part)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_by_hand() {
        for (one, other, expected) in [
            ("2026-Q1", "2026-Q1", Times::Same),
            ("2026-Q1", "2025-Q1", Times::Differ),
            ("2026-Q1", "2026-Q2", Times::Differ),
            ("2026-Q1", "2025", Times::Differ),
            ("2026-Q1", "2026", Times::Unknown),
            ("2025-Q4", "2025-09", Times::Differ),
            ("2025-Q4", "2025-12", Times::Unknown),
            ("Q4", "2025-09", Times::Differ),
            ("FY2026-Q1", "2025", Times::Unknown),
            ("FY2026-Q1", "2026-Q1", Times::Unknown),
            ("FY2026-Q1", "FY2025-Q1", Times::Differ),
            ("--02", "--01", Times::Differ),
            ("--02", "Q1", Times::Unknown),
            ("last-year", "2025", Times::Unknown),
            ("2025-2027", "2025-2029", Times::Differ),
            ("2025-2027", "2027", Times::Unknown),
            ("2021-2023", "2025", Times::Differ),
            ("2021-2023", "2023-Q4", Times::Unknown),
            ("year-to-2026-02", "year-to-2025-02", Times::Differ),
            ("year-to-2025-06", "2025", Times::Unknown),
            ("year-to-2025-06", "2025-Q1", Times::Unknown),
            ("year-to-2025-06", "2025-Q3", Times::Differ),
            ("year-to-2025-06", "FY2024", Times::Differ),
            ("year-to-2025-06", "FY2025", Times::Unknown),
            ("year-to-2025-03", "FY2024", Times::Unknown),
            ("2024", "FY2025", Times::Unknown),
            ("Q5", "2025", Times::Unknown),
        ] {
            assert_eq!(times(Some(one), Some(other)), expected, "{one} {other}");
            assert_eq!(times(Some(other), Some(one)), expected, "{other} {one}");
        }
        assert_eq!(times(Some("2025"), None), Times::Unknown);
    }
}
