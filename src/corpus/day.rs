//! Days of publication.

use crate::document::Document;

/// A calendar day: year, month, day.
pub(super) type Day = (u16, u8, u8);

/// The day on which a document was published, where its page or record tells.
pub(super) fn published(document: &Document) -> Option<Day> {
    document.raw().date.as_deref().and_then(read_day)
}

/// Days after which what stands in an article without a time is of another time than in an older one.
const SAME_TIME: i64 = 14;

/// Whether two days are so far apart that what was true on one need not be on the other.
pub(super) fn far_apart(one: Option<Day>, other: Option<Day>) -> bool {
    one.zip(other)
        .is_some_and(|(one, other)| (count(one) - count(other)).abs() > SAME_TIME)
}

/// Days since some day, by the Gregorian calendar (the months from March on; Richards 1998).
fn count((year, month, day): Day) -> i64 {
    let (year, month) = (
        i64::from(year) - i64::from(month < 3),
        (i64::from(month) + 9) % 12,
    );
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + i64::from(day)
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Reads `2025-08-29`, `29 August 2025`, `Aug. 29, 2025` and the like; `None` where day, month or year is missing.
pub(super) fn read_day(text: &str) -> Option<Day> {
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .take(8)
        .collect();
    let number = |part: &&str| {
        part.trim_end_matches(|c: char| c.is_alphabetic())
            .parse::<u16>()
            .ok()
    };
    // ISO first: a year, then two numbers.
    for three in parts.windows(3) {
        let [year, month, day] = three else { continue };
        if year.len() == 4
            && let (Some(y), Some(m), Some(d)) =
                (number(year), number(month), number(&day.get(..2).unwrap_or(day)))
            && (1..=12).contains(&m)
            && (1..=31).contains(&d)
        {
            return Some((y, u8::try_from(m).ok()?, u8::try_from(d).ok()?));
        }
    }
    if let [packed, ..] = parts.as_slice()
        && packed.len() == 8
        && packed.bytes().all(|byte| byte.is_ascii_digit())
    {
        let part = |range: std::ops::Range<usize>| packed.get(range)?.parse::<u16>().ok();
        return Some((
            part(0..4)?,
            u8::try_from(part(4..6)?).ok()?,
            u8::try_from(part(6..8)?).ok()?,
        ));
    }
    let month = parts.iter().find_map(|part| {
        let lower = part.to_lowercase();
        let at = MONTHS.iter().position(|month| lower.starts_with(month))?;
        u8::try_from(at + 1).ok()
    })?;
    let digits = |part: &&&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let year = parts.iter().find(digits).and_then(number)?;
    let day = parts.iter().filter(|part| part.len() <= 4).find_map(|part| {
        number(part)
            .filter(|day| (1..=31).contains(day))
            .and_then(|day| u8::try_from(day).ok())
    })?;
    (year >= 1000).then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_later_is_another_time() {
        let far = |one, other| far_apart(Some(one), Some(other));
        assert!(!far((2025, 8, 29), (2025, 9, 12)));
        assert!(far((2025, 8, 29), (2025, 9, 13)));
        assert!(!far((2025, 1, 6), (2024, 12, 23)));
        assert!(far((2024, 2, 15), (2024, 3, 1)), "a leap year");
        assert!(!far((2023, 2, 15), (2023, 3, 1)));
        assert!(!far_apart(None, Some((2025, 8, 29))));
    }

    #[test]
    fn days_are_read_in_the_usual_forms() {
        for text in [
            "2025-08-29",
            "2025-08-29T10:00:00Z",
            "Aug. 29, 2025",
            "29 August 2025",
            "Friday, August 29th, 2025",
            "20250829",
        ] {
            assert_eq!(read_day(text), Some((2025, 8, 29)), "{text}");
        }
        assert_eq!(read_day("August 2025"), None);
        assert_eq!(read_day("yesterday"), None);
    }
}
