//! Years, and what is a part of one.

use super::lexicon::Roles;
use super::token::{Kind, Tokens};

/// Two-digit years are of this century.
pub(super) const CENTURY: u32 = 2000;
/// Years that a bare number may stand for.
pub(super) const YEARS: std::ops::Range<u32> = 1900..2100;

/// A year's name: `2025` or `FY2025`.
pub(super) struct Year {
    pub number: u32,
    pub fiscal: bool,
    pub to: usize,
}

impl Year {
    pub fn name(&self) -> String {
        let fiscal = if self.fiscal { "FY" } else { "" };
        format!("{fiscal}{}", self.number)
    }
}

pub(super) fn number(tokens: &Tokens<'_>, at: usize) -> Option<u32> {
    let text = tokens.slice(at);
    let digits = tokens.at(at).kind == Kind::Number && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

pub(super) fn is(tokens: &Tokens<'_>, at: usize, word: &str) -> bool {
    tokens.slice(at).eq_ignore_ascii_case(word)
}

/// A four-digit year standing alone.
pub(super) fn plain_year(tokens: &Tokens<'_>, at: usize) -> Option<u32> {
    let year = number(tokens, at).filter(|year| YEARS.contains(year))?;
    let next = tokens.at(at + 1);
    let unit = next.is_mark('%') || next.is(Roles::PERCENT.or(Roles::CURRENCY).or(Roles::SCALE));
    let joined = tokens.glued(at)
        && matches!(
            tokens.before(at).kind,
            Kind::Word | Kind::Mark('$' | '£' | '€' | '¥' | '/')
        );
    (!unit && !joined).then_some(year)
}

/// "2025", "FY25", "fiscal 2025", "fiscal year 2025", "financial year 2025/26", "'25".
pub(super) fn year(tokens: &Tokens<'_>, at: usize) -> Option<Year> {
    let mut next = at;
    let fiscal = if is(tokens, at, "fiscal") || is(tokens, at, "financial") {
        next += 1 + usize::from(is(tokens, at + 1, "year"));
        true
    } else if is(tokens, at, "fy") {
        next += 1;
        true
    } else {
        false
    };
    let short = |at: usize| {
        number(tokens, at).filter(|year| *year < 100 && tokens.at(at).end - tokens.at(at).start == 2)
    };
    if fiscal {
        let apostrophe = usize::from(tokens.at(next).is_mark('\''));
        let found = number(tokens, next + apostrophe)
            .filter(|year| YEARS.contains(year))
            .or_else(|| short(next + apostrophe).map(|year| CENTURY + year))?;
        return Some(Year {
            number: found,
            fiscal,
            to: next + apostrophe + 1,
        });
    }
    if tokens.at(next).is_mark('\'') && tokens.glued(next + 1) {
        return Some(Year {
            number: CENTURY + short(next + 1)?,
            fiscal,
            to: next + 2,
        });
    }
    Some(Year {
        number: plain_year(tokens, next)?,
        fiscal,
        to: next + 1,
    })
}

/// A year after a quarter, half or month: with "of", "of the" or a comma between.
pub(super) fn year_after(tokens: &Tokens<'_>, at: usize) -> Option<Year> {
    let mut next = at;
    if is(tokens, next, "of") {
        next += 1 + usize::from(is(tokens, next + 1, "the"));
    } else if tokens.at(next).is_mark(',') || tokens.at(next).is_mark('-') && tokens.glued(next) {
        next += 1;
    }
    year(tokens, next)
}

/// A part of a year with the year that follows, if one does: "the first half of 2025", "the second half of last year, 2025".
pub(super) fn with_year(tokens: &Tokens<'_>, at: usize, part: &str, fiscal: bool) -> (usize, String) {
    let relative = relative_year(tokens, at);
    let at = relative.unwrap_or(at);
    let named = match relative.is_none() || tokens.at(at).is_mark(',') {
        true => year_after(tokens, at),
        false => None,
    };
    match named {
        Some(mut year) => {
            year.fiscal |= fiscal;
            (year.to, format!("{}-{part}", year.name()))
        }
        None => (at, part.to_owned()),
    }
}

/// The token after "last year", "of this year".
fn relative_year(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let next = at + usize::from(is(tokens, at, "of"));
    let which = ["last", "this", "next"].iter().any(|word| is(tokens, next, word));
    (which && is(tokens, next + 1, "year")).then_some(next + 2)
}
