//! Times that figures are about, in one form.
//!
//! `2025`, `2025-2031`, `2025-08`, `--08` (a month without its year, as ISO 8601 writes it), `2026-Q1`, `Q1`, `2025-H1`, `FY2025`,
//! `FY2026-Q1`, `past-5-year`, `next-1-quarter`, `last-year`, `this-year`, `year-to-2025-03`, `summer`.

use super::lexicon::Roles;
use super::token::{Kind, Token, Tokens};
use super::year::{CENTURY, YEARS, is, number, plain_year, with_year, year, year_after};

/// Words that put a time beside the day of writing, each with its form.
const RELATIVE: [(&str, &str); 12] = [
    ("past", "past"),
    ("preceding", "past"),
    ("trailing", "past"),
    ("last", "last"),
    ("previous", "last"),
    ("prior", "last"),
    ("latest", "last"),
    ("next", "next"),
    ("coming", "next"),
    ("following", "next"),
    ("this", "this"),
    ("current", "this"),
];

/// A time named in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period {
    /// First token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
    /// In one form.
    pub name: String,
}

/// The times named between two tokens, in order.
pub(super) fn periods(tokens: &Tokens<'_>, within: std::ops::Range<usize>) -> Vec<Period> {
    let mut found = Vec::new();
    let mut at = within.start;
    while at < within.end {
        match period(tokens, at).or_else(|| that_year(tokens, at, &found)) {
            Some((to, name)) => {
                found.push(Period { from: at, to, name });
                at = to.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

fn period(tokens: &Tokens<'_>, at: usize) -> Option<(usize, String)> {
    let token = tokens.at(at);
    match token.kind {
        Kind::Number => {
            let quarter = number(tokens, at).filter(|n| (1..=4).contains(n));
            if let Some(quarter) = quarter
                && tokens.glued(at + 1)
                && matches!(tokens.slice(at + 1), "Q" | "H")
            {
                // "1Q25", "2H 2025".
                let part = format!("{}{quarter}", tokens.slice(at + 1));
                let short = number(tokens, at + 2).filter(|year| *year < 100 && tokens.glued(at + 2));
                return Some(match short {
                    Some(year) => (at + 3, format!("{}-{part}", CENTURY + year)),
                    None => with_year(tokens, at + 2, &part, false),
                });
            }
            let first = plain_year(tokens, at)?;
            if let Some(last) = last_year(tokens, at, first) {
                return Some((at + 3, format!("{first}-{last}")));
            }
            if tokens.at(at + 1).is_mark('-') && tokens.glued(at + 2) {
                if let Some(last) =
                    number(tokens, at + 2).filter(|last| *last > first && YEARS.contains(last))
                {
                    return Some((at + 3, format!("{first}-{last}")));
                }
                if let Some(last) =
                    number(tokens, at + 2).filter(|last| *last < 100 && *last == (first + 1) % 100)
                {
                    return Some((at + 3, format!("{first}-{}", first - first % 100 + last)));
                }
            }
            Some((at + 1, first.to_string()))
        }
        Kind::Word => word_period(tokens, at),
        _ => None,
    }
}

/// "That year", "over the same year": the one that was named before it.
fn that_year(tokens: &Tokens<'_>, at: usize, before: &[Period]) -> Option<(usize, String)> {
    let again = is(tokens, at, "that") || is(tokens, at, "same");
    let year = before.last().and_then(|period| period.name.get(..4));
    let known = year.filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
    (again && is(tokens, at + 1, "year")).then_some((at + 2, known?.to_owned()))
}

/// "2025 to 2027", "between 2025 and 2027": the last year, if one follows.
fn last_year(tokens: &Tokens<'_>, at: usize, first: u32) -> Option<u32> {
    let to = ["to", "until", "through"]
        .iter()
        .any(|word| is(tokens, at + 1, word));
    let and = is(tokens, at + 1, "and") && at > 0 && is(tokens, at - 1, "between");
    let last = plain_year(tokens, at + 2).filter(|last| *last > first);
    last.filter(|_| to || and)
}

/// Words that can open a time, besides ordinals and months; without them most words are passed over at once.
const OPENERS: [&str; 27] = [
    "final",
    "closing",
    "opening",
    "q",
    "h",
    "fy",
    "fiscal",
    "financial",
    "summer",
    "winter",
    "autumn",
    "spring",
    "year",
    "months",
    "quarter",
    "past",
    "preceding",
    "trailing",
    "last",
    "previous",
    "prior",
    "latest",
    "next",
    "coming",
    "following",
    "this",
    "current",
];

fn can_open(token: &Token, text: &str) -> bool {
    if token.is(Roles::ORDINAL.or(Roles::MONTH)) {
        return true;
    }
    let text = text.strip_suffix("'s").unwrap_or(text);
    OPENERS
        .iter()
        .any(|word| word.len() == text.len() && word.eq_ignore_ascii_case(text))
}

fn word_period(tokens: &Tokens<'_>, at: usize) -> Option<(usize, String)> {
    let token = tokens.at(at);
    let text = tokens.slice(at);
    if !can_open(token, text) {
        return None;
    }
    if matches!(text, "Q" | "H") && tokens.glued(at + 1) {
        let part = number(tokens, at + 1).filter(|n| (1..=4).contains(n))?;
        return Some(with_year(tokens, at + 2, &format!("{text}{part}"), false));
    }
    if token.is(Roles::ORDINAL) && token.entry.value <= 4 {
        let hyphen = usize::from(tokens.at(at + 1).is_mark('-'));
        let mut noun = at + 1 + hyphen;
        if let Some(part) = of_months(tokens, noun).filter(|_| token.entry.value == 1 && hyphen == 0) {
            // "The first six months of 2025".
            return Some(with_year(tokens, noun + 2, &format!("{part}1"), false));
        }
        let fiscal = is(tokens, noun, "fiscal") || is(tokens, noun, "financial");
        noun += usize::from(fiscal);
        let part = match tokens.slice(noun).to_ascii_lowercase().as_str() {
            "quarter" => format!("Q{}", token.entry.value),
            "half" if token.entry.value <= 2 => format!("H{}", token.entry.value),
            _ => return None,
        };
        return Some(with_year(tokens, noun + 1, &part, fiscal));
    }
    if token.upper && token.is(Roles::MONTH) && !is_the_verb(tokens, at) {
        return Some(part_of_months(tokens, at).unwrap_or_else(|| month(tokens, at)));
    }
    if let Some(found) = edge_quarter(tokens, at) {
        return Some(found);
    }
    if let Some(year) = year(tokens, at) {
        return Some((year.to, year.name()));
    }
    if let Some(season) = season(tokens, at) {
        return Some((at + 1, season.to_owned()));
    }
    closing(tokens, at).or_else(|| relative(tokens, at))
}

/// Whether "MAY" in a line of capitals is no month: one has a number after it, or a word such as "in" before.
fn is_the_verb(tokens: &Tokens<'_>, at: usize) -> bool {
    let before = tokens.slice(at.saturating_sub(1)).to_ascii_lowercase();
    let dated = number(tokens, at + 1).is_some() || at > 0 && BEFORE_A_MONTH.contains(&before.as_str());
    tokens.slice(at) == "MAY" && !dated
}

/// Words before a month.
const BEFORE_A_MONTH: [&str; 12] = [
    "in", "of", "by", "to", "until", "since", "from", "last", "next", "this", "early", "late",
];

/// "The final quarter of 2025", "the opening quarter of 2026": without its year it is the last one, or any.
fn edge_quarter(tokens: &Tokens<'_>, at: usize) -> Option<(usize, String)> {
    let part = match tokens.slice(at).to_ascii_lowercase().as_str() {
        "final" | "closing" | "last" => "Q4",
        "opening" => "Q1",
        _ => return None,
    };
    let year = is(tokens, at + 1, "quarter").then(|| year_after(tokens, at + 2))??;
    Some((year.to, format!("{}-{part}", year.name())))
}

/// "October-December", "the January-March quarter of 2026", "between July and December 2025": the months of a quarter or of half a year.
fn part_of_months(tokens: &Tokens<'_>, at: usize) -> Option<(usize, String)> {
    let hyphen = tokens.at(at + 1).is_mark('-') && tokens.glued(at + 1);
    let to = ["to", "through"].iter().any(|word| is(tokens, at + 1, word));
    let and = is(tokens, at + 1, "and") && at > 0 && is(tokens, at - 1, "between");
    let last = tokens.at(at + 2);
    if !((hyphen || to || and) && last.upper && last.is(Roles::MONTH)) {
        return None;
    }
    let (from, to) = (tokens.at(at).entry.value, last.entry.value);
    let part = match (to + 1).checked_sub(from)? {
        3 if to % 3 == 0 => format!("Q{}", to / 3),
        6 if to % 6 == 0 => format!("H{}", to / 6),
        _ => return None,
    };
    let noun = usize::from(is(tokens, at + 3, "quarter") || is(tokens, at + 3, "period"));
    Some(with_year(tokens, at + 3 + noun, &part, false))
}

/// "this summer", "the summer's".
fn season(tokens: &Tokens<'_>, at: usize) -> Option<&'static str> {
    let word = tokens.slice(at);
    let word = word.strip_suffix("'s").unwrap_or(word);
    let season = ["summer", "winter", "autumn", "spring"]
        .into_iter()
        .find(|season| *season == word)?;
    let before = tokens.slice(at.saturating_sub(1)).to_ascii_lowercase();
    ["this", "last", "the", "next", "in"]
        .contains(&before.as_str())
        .then_some(season)
}

/// Whether "three months" or "six months" starts at a token: `Q` or `H`.
fn of_months(tokens: &Tokens<'_>, at: usize) -> Option<char> {
    let token = tokens.at(at);
    let count = match token.is(Roles::CARDINAL) {
        true => Some(u32::from(token.entry.value)),
        false => number(tokens, at),
    };
    let part = match count? {
        3 => 'Q',
        6 => 'H',
        _ => return None,
    };
    is(tokens, at + 1, "months").then_some(part)
}

/// "the year to March 2025", "the quarter ended June 30, 2025", "three months to June".
fn closing(tokens: &Tokens<'_>, at: usize) -> Option<(usize, String)> {
    let token = tokens.at(at);
    let year_long = is(tokens, at, "year") || at > 0 && twelve_months(tokens, at - 1);
    let months = at.checked_sub(1).and_then(|before| of_months(tokens, before));
    if token.kind != Kind::Word || !(year_long || months.is_some() || is(tokens, at, "quarter")) {
        return None;
    }
    let next = ended(tokens, at + 1)?;
    let day = usize::from(tokens.at(next).kind == Kind::Number);
    let named = tokens.at(next + day);
    if !(named.upper && named.is(Roles::MONTH)) {
        return None;
    }
    let part = match months {
        // Half a year that ends in another month is no half of the calendar.
        Some('H') if !named.entry.value.is_multiple_of(6) => return None,
        Some('H') => format!("H{}", named.entry.value / 6),
        _ => format!("Q{}", named.entry.value.div_ceil(3)),
    };
    let (to, name) = month(tokens, next + day);
    let year = name
        .split_once('-')
        .map(|(year, _)| year)
        .filter(|year| !year.is_empty());
    Some(match (year_long, year) {
        // Whose twelfth month is another count the year by its start or by its end.
        (true, Some(year)) if named.entry.value == 12 => (to, format!("FY{year}")),
        (true, Some(_)) => (to, format!("year-to-{name}")),
        (true, None) => return None,
        (false, Some(year)) => (to, format!("{year}-{part}")),
        (false, None) => (to, part),
    })
}

/// The token after "to", "that ended in" and the like.
fn ended(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    // "The year that ended in June 2025".
    let next = at + usize::from(is(tokens, at, "that") && is(tokens, at + 1, "ended"));
    let last = ["to", "ended", "ending", "through"];
    let next = last
        .iter()
        .any(|word| is(tokens, next, word))
        .then_some(next + 1)?;
    Some(next + usize::from(is(tokens, next, "in") || is(tokens, next, "on")))
}

/// Whether a length of time that ends before a token is the time up to a month: "twelve months" before "to June".
pub(super) fn closes(tokens: &Tokens<'_>, at: usize) -> bool {
    ended(tokens, at).is_some_and(|next| {
        let named = tokens.at(next + usize::from(tokens.at(next).kind == Kind::Number));
        named.upper && named.is(Roles::MONTH)
    })
}

/// Whether "twelve months" starts at a token.
fn twelve_months(tokens: &Tokens<'_>, at: usize) -> bool {
    (is(tokens, at, "twelve") || number(tokens, at) == Some(12)) && is(tokens, at + 1, "months")
}

/// "August 2025", "Aug. 29, 2025", "the June quarter", "August".
fn month(tokens: &Tokens<'_>, at: usize) -> (usize, String) {
    let month = tokens.at(at).entry.value;
    let point = usize::from(tokens.at(at + 1).is_mark('.') && tokens.glued(at + 1));
    let mut next = at + 1 + point;
    if is(tokens, next, "quarter") {
        return with_year(tokens, next + 1, &format!("Q{}", month.div_ceil(3)), false);
    }
    if number(tokens, next).is_some_and(|day| (1..=31).contains(&day)) {
        next += 1;
        let ending = ["st", "nd", "rd", "th"].contains(&tokens.slice(next)) && tokens.glued(next);
        next += usize::from(ending);
    }
    match year_after(tokens, next) {
        Some(year) => (year.to, format!("{}-{month:02}", year.name())),
        None => (next, format!("--{month:02}")),
    }
}

/// "in the past year", "over the next five years", "last quarter", "this year".
fn relative(tokens: &Tokens<'_>, at: usize) -> Option<(usize, String)> {
    let (_, which) = RELATIVE.iter().find(|(word, _)| is(tokens, at, word))?;
    let which = *which;
    let (mut next, mut count) = (at + 1, None);
    if let Some(quantity) = super::number::quantity(tokens, next) {
        count = Some(quantity.value());
        next = quantity.to;
    }
    next += usize::from(tokens.at(next).is_mark('-'));
    let unit = tokens.at(next);
    if !unit.is(Roles::TIME) || unit.kind != Kind::Word {
        return None;
    }
    let name = unit.entry.name;
    let name = match (which, count) {
        ("this", _) => format!("this-{name}"),
        ("last", None) => format!("last-{name}"),
        ("last" | "past", count) => format!("past-{}-{name}", count.unwrap_or(1.0)),
        (_, count) => format!("next-{}-{name}", count.unwrap_or(1.0)),
    };
    Some((next + 1, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_relative_time_can_open_one() {
        for (word, _) in RELATIVE {
            assert!(OPENERS.contains(&word), "{word}");
        }
    }
}
