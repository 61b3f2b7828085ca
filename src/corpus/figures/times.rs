//! Whether two periods are one time.

use crate::figure::Figure;

/// How well two times fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Same,
    Differ,
    Unknown,
}

pub(super) fn times_of(one: &Figure, other: &Figure) -> Times {
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
    if is_span(one) && is_span(other) {
        return Times::Differ;
    }
    let (Some(one), Some(other)) = (Dated::of(one), Dated::of(other)) else {
        return Times::Unknown;
    };
    one.beside(other)
}

/// Whether a period has its year: not so a month alone, nor what is counted from the day of writing.
pub(super) fn names_a_year(period: &str) -> bool {
    let rest = period.trim_start_matches("year-to-").trim_start_matches("FY");
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
        let years = match (self.year, other.year) {
            (Some(one), Some(other)) => Some(one == other),
            _ => None,
        };
        if kind(self.part) != kind(other.part) {
            // A quarter of 2026 is no part of 2025.
            let apart = years == Some(false) && !self.fiscal && !other.fiscal;
            return if apart { Times::Differ } else { Times::Unknown };
        }
        match (self.part == other.part, years) {
            // A quarter of a financial year may be any quarter of the calendar.
            (false, _) | (_, Some(false)) if self.fiscal == other.fiscal => Times::Differ,
            (true, Some(true)) if self.fiscal == other.fiscal => Times::Same,
            _ => Times::Unknown,
        }
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
            ("FY2026-Q1", "2025", Times::Unknown),
            ("FY2026-Q1", "2026-Q1", Times::Unknown),
            ("--02", "--01", Times::Differ),
            ("--02", "Q1", Times::Unknown),
            ("last-year", "2025", Times::Unknown),
            ("2025-2027", "2025-2029", Times::Differ),
            ("2025-2027", "2027", Times::Unknown),
        ] {
            assert_eq!(times(Some(one), Some(other)), expected, "{one} {other}");
            assert_eq!(times(Some(other), Some(one)), expected, "{other} {one}");
        }
        assert_eq!(times(Some("2025"), None), Times::Unknown);
    }
}
