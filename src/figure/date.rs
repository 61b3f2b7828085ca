//! Times of the calendar, year and all. They are no figures; `corpus::dates` sets two texts' dates of one event against one another.

use super::find::sentence_of;
use super::period::periods;
use super::token::{Kind, Tokens};
use super::year::is;
use crate::document::{Document, Span};

/// A time of the calendar where a text names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dated {
    /// Byte range in the normalised text.
    pub span: Span,
    /// That of its sentence; outside prose, of its line.
    pub sentence: Span,
    /// Its first and last month, counted from the year 0.
    pub months: (u32, u32),
}

/// The first times of a document that name their year, `most` at the most: "March 2027", "the fourth quarter of 2026", "mid-2027", "in
/// 1987". Linear in the length of the text; each looks once at its sentence.
pub(crate) fn dates(document: &Document, most: usize) -> Vec<Dated> {
    let tokens = Tokens::of(document);
    let dated = |period: super::period::Period| {
        let months = months(&period.name)?;
        let whole_year = months.1 - months.0 == LAST;
        let (from, part) = match edge(&tokens, period.from).filter(|_| whole_year) {
            Some((from, part)) => (from, part),
            // A bare number is a year where a word before it says so.
            None if whole_year && !PLACED.iter().any(|word| is_before(&tokens, period.from, word)) => {
                return None;
            }
            None => (period.from, (0, months.1 - months.0)),
        };
        let span = Span {
            start: tokens.at(from).start,
            end: tokens.before(period.to).end,
        };
        Some(Dated {
            span,
            sentence: sentence_of(document, span),
            months: (months.0 + part.0, months.0 + part.1),
        })
    };
    periods(&tokens, 0..tokens.len())
        .into_iter()
        .filter_map(dated)
        .take(most)
        .collect()
}

/// The last month of a year, from 0.
const LAST: u32 = 11;
/// Words before a year that stands alone.
const PLACED: [&str; 9] = [
    "in", "by", "from", "until", "since", "during", "before", "after", "for",
];

fn is_before(tokens: &Tokens<'_>, at: usize, word: &str) -> bool {
    at > 0 && is(tokens, at - 1, word)
}

/// Months of a time in the form of [`Figure::period`](super::Figure::period), if it has its place in the calendar.
fn months(name: &str) -> Option<(u32, u32)> {
    let (year, part) = name.split_once('-').unwrap_or((name, ""));
    let year: u32 = (year.len() == 4).then(|| year.parse().ok())??;
    let number = |digits: &str| digits.parse::<u32>().ok().filter(|number| *number > 0);
    let (from, to) = match part.split_at_checked(1) {
        None => (0, LAST),
        Some(("Q", quarter)) => (number(quarter)? * 3 - 3, number(quarter)? * 3 - 1),
        Some(("H", half)) => (number(half)? * 6 - 6, number(half)? * 6 - 1),
        Some(_) if part.len() == 2 => (number(part)? - 1, number(part)? - 1),
        Some(_) => return None,
    };
    (to <= LAST).then_some((year * 12 + from, year * 12 + to))
}

/// Words that name a part of the year after them, each with its months, generously.
const EDGES: [(&str, (u32, u32)); 10] = [
    ("early", (0, 4)),
    ("start", (0, 2)),
    ("beginning", (0, 2)),
    ("spring", (1, 5)),
    ("mid", (3, 8)),
    ("middle", (3, 8)),
    ("summer", (4, 8)),
    ("autumn", (7, LAST)),
    ("late", (7, LAST)),
    ("end", (9, LAST)),
];

/// "Mid-2027", "early 2027", "the end of 2027": the first token, and the months meant.
fn edge(tokens: &Tokens<'_>, year: usize) -> Option<(usize, (u32, u32))> {
    let between = year.checked_sub(1)?;
    let joined = tokens.at(between).is_mark('-') || is(tokens, between, "of");
    let at = between.checked_sub(usize::from(joined))?;
    let (_, part) = EDGES.iter().find(|(word, _)| is(tokens, at, word))?;
    (tokens.at(at).kind == Kind::Word).then_some((at, *part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::RawDocument;

    fn found(text: &str) -> Vec<(String, (u32, u32))> {
        let document = Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        });
        let read = |date: &Dated| {
            let from = 2027 * 12;
            (
                date.span.of(document.text()).to_owned(),
                (date.months.0 - from, date.months.1 - from),
            )
        };
        dates(&document, 9).iter().map(read).collect()
    }

    #[test]
    fn a_date_is_an_interval_of_months() {
        let one = |text: &str, surface: &str, months: (u32, u32)| {
            assert_eq!(found(text), [(surface.to_owned(), months)], "{text}");
        };
        one("The yard opens in March 2027.", "March 2027", (2, 2));
        one("The yard opens on 14 March 2027.", "March 2027", (2, 2));
        one(
            "The yard opens in the second quarter of 2027.",
            "second quarter of 2027",
            (3, 5),
        );
        one("The yard opens in Q4 2027.", "Q4 2027", (9, 11));
        one(
            "The yard opens in the second half of 2027.",
            "second half of 2027",
            (6, 11),
        );
        one("The yard opens in mid-2027.", "mid-2027", (3, 8));
        one("The yard opens by the end of 2027.", "end of 2027", (9, 11));
        one("The yard opens in early 2028.", "early 2028", (12, 16));
        one("The yard opens in 2027.", "2027", (0, 11));
    }

    #[test]
    fn what_has_no_place_in_the_calendar_is_no_date() {
        for text in [
            "The yard opens in March.",
            "The yard opens next year.",
            "It made a profit in fiscal 2027.",
            "The yard took 2027 ships in a day.",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
