//! Numbers that are no figures: dates, times, phone numbers, labels, citation marks, parts of names.

use super::lexicon::Roles;
use super::number::{Quantity, slashed};
use super::token::{Kind, Tokens};

/// Days of the longest month.
const MAX_DAY: f64 = 31.0;
/// Digits of the longest bracketed number that is a list or citation number.
const MAX_LIST_DIGITS: usize = 2;
/// Numbers in a row, with nothing but spaces between, that make a telephone number or a line of a table.
const MIN_RUN: usize = 3;
/// Longest ending of a stock exchange's code ("2501.T", "3231.TW"), in letters.
const MAX_EXCHANGE: usize = 2;
/// Numbers in one pair of square brackets that are still a citation.
const MAX_CITED: usize = 12;

/// If the number in digits at `at` is no figure whatever its unit: the token to go on with.
pub(super) fn skip(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if let Some(next) = joined_before(tokens, at) {
        return Some(next);
    }
    if is_citation(tokens, at) || is_list_number(tokens, at) {
        return Some(at + 1);
    }
    let next = tokens.at(at + 1);
    let glued = tokens.glued(at + 1) && tokens.glued(at + 2);
    match next.kind {
        Kind::Mark(':') if glued && tokens.at(at + 2).kind == Kind::Number => return Some(chain(tokens, at)),
        Kind::Mark('/')
            if glued && tokens.at(at + 2).kind == Kind::Number && slashed(tokens, at).is_none() =>
        {
            return Some(chain(tokens, at));
        }
        Kind::Mark('.') if glued && tokens.at(at + 2).kind == Kind::Word => {
            // A stock code or a host name; a word in lower case or a long one is a missing space.
            let word = tokens.at(at + 2);
            let short = (word.end - word.start) as usize <= MAX_EXCHANGE;
            if word.upper && short && (word.capitals || word.end - word.start == 1) {
                return Some(at + 3);
            }
        }
        Kind::Mark('-') if glued && is_digits_run(tokens, at) => return Some(chain(tokens, at)),
        _ => {}
    }
    phone(tokens, at)
        .or_else(|| date(tokens, at))
        .or_else(|| run(tokens, at))
}

/// Glued to letters or signs before it ("GPT-4", "H20", "#5", "and/12").
fn joined_before(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !tokens.glued(at) {
        return None;
    }
    let rest = || Some(chain(tokens, at));
    match tokens.before(at).kind {
        Kind::Word => rest(),
        Kind::Mark('#' | '_' | '@' | '/' | '\\' | '&' | '=') => {
            if tokens.before(at).is_mark('=') {
                None
            } else {
                rest()
            }
        }
        Kind::Mark('-') => {
            let name = at.checked_sub(2).filter(|_| tokens.glued(at - 1))?;
            let word = tokens.at(name);
            let with_unit = tokens.at(at + 1).is_mark('%') || tokens.at(at + 1).is(Roles::PERCENT);
            match word.kind {
                // "sub-5%" is a figure, "COVID-19" and "mid-30s" are not.
                Kind::Word if !word.upper && with_unit => None,
                Kind::Word | Kind::Number => rest(),
                _ => None,
            }
        }
        Kind::Mark('.' | ':') => {
            let name = at.checked_sub(2).filter(|_| tokens.glued(at - 1))?;
            (tokens.at(name).kind == Kind::Number || tokens.at(name).capitals).then(|| chain(tokens, at))
        }
        _ => None,
    }
}

/// The end of the numbers, words and joining marks glued to one another from `at` on.
fn chain(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while tokens.glued(end) {
        let goes_on = match tokens.at(end).kind {
            Kind::Word | Kind::Number => true,
            Kind::Mark('-' | '/' | ':' | '.' | '_') => {
                tokens.glued(end + 1) && matches!(tokens.at(end + 1).kind, Kind::Number)
                    || tokens.at(end).is_mark('-')
                        && tokens.glued(end + 1)
                        && tokens.at(end + 1).kind == Kind::Word
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// `[3]`, `[1, 4]`, `[2][5]`; also `(2)`.
fn is_citation(tokens: &Tokens<'_>, at: usize) -> bool {
    let before = tokens.before(at);
    let short = tokens.at(at).end - tokens.at(at).start <= MAX_LIST_DIGITS as u32;
    if before.is_mark('(') {
        return short && tokens.at(at + 1).is_mark(')');
    }
    let mut back = at;
    for _ in 0..MAX_CITED {
        match tokens.before(back).kind {
            Kind::Mark('[') => return true,
            Kind::Number | Kind::Mark(',' | '-' | ';') if back > 0 => back -= 1,
            _ => return false,
        }
    }
    false
}

/// "1." or "1)" at the start of a line.
fn is_list_number(tokens: &Tokens<'_>, at: usize) -> bool {
    let token = tokens.at(at);
    token.first
        && (token.end - token.start) as usize <= MAX_LIST_DIGITS
        && matches!(tokens.at(at + 1).kind, Kind::Mark('.' | ')'))
        && tokens.glued(at + 1)
        && !tokens.glued(at + 2)
}

fn is_integer(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.at(at).kind == Kind::Number && tokens.slice(at).bytes().all(|b| b.is_ascii_digit())
}

/// Three or more whole numbers joined by hyphens: a telephone number or a date.
fn is_digits_run(tokens: &Tokens<'_>, at: usize) -> bool {
    is_integer(tokens, at)
        && is_integer(tokens, at + 2)
        && tokens.at(at + 3).is_mark('-')
        && tokens.glued(at + 3)
        && tokens.glued(at + 4)
        && is_integer(tokens, at + 4)
}

/// "(800) 307-6627", "+45 33 77 03 77".
fn phone(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let area = tokens.before(at).is_mark('(')
        && tokens.at(at + 1).is_mark(')')
        && is_integer(tokens, at)
        && is_integer(tokens, at + 2);
    let country = tokens.before(at).is_mark('+') && tokens.glued(at) && is_integer(tokens, at);
    if !(area || country) {
        return None;
    }
    let mut end = at + 1;
    while matches!(
        tokens.at(end).kind,
        Kind::Number | Kind::Mark('-' | ')' | '(' | '/')
    ) {
        end += 1;
    }
    (end > at + 2).then_some(end)
}

/// Whole numbers in a row with spaces between: telephone numbers, lines of tables.
fn run(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut end = at;
    while tokens.at(end).kind == Kind::Number {
        end += 1;
    }
    (end - at >= MIN_RUN).then_some(end)
}

/// "March 29, 2006", "29 March", "Sept. 5-7", "6 p.m.".
fn date(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let day = is_integer(tokens, at)
        && tokens
            .slice(at)
            .parse::<f64>()
            .is_ok_and(|n| (1.0..=MAX_DAY).contains(&n));
    if tokens.at(at + 1).is(Roles::CLOCK) && (is_integer(tokens, at) || tokens.slice(at).contains('.')) {
        return Some(at + 2);
    }
    let month = |at: usize| {
        let token = tokens.at(at);
        token.kind == Kind::Word && token.upper && token.is(Roles::MONTH)
    };
    let point = usize::from(tokens.before(at).is_mark('.'));
    let before = at.checked_sub(1 + point).is_some_and(month);
    let after = month(at + 1);
    if !(before || after) {
        return None;
    }
    let year = |at: usize| is_integer(tokens, at) && tokens.at(at).end - tokens.at(at).start == 4;
    if before && year(at) {
        return Some(at + 1);
    }
    if !day {
        return None;
    }
    let mut end = at + 1;
    if after && !before {
        end += 1;
    } else if matches!(tokens.at(end).kind, Kind::Mark('-')) && is_integer(tokens, end + 1) {
        end += 2;
    }
    if tokens.at(end).is_mark(',') && year(end + 1) {
        end += 2;
    } else if year(end) {
        end += 1;
    }
    Some(end)
}

/// Whether a number without a unit of its own is the label of the word before it ("page 5", "No. 1") or part of a name
/// ("Boeing 737", "Model 3").
pub(super) fn is_label(tokens: &Tokens<'_>, quantity: &Quantity, noun: bool) -> bool {
    let at = quantity.from;
    let point = usize::from(tokens.before(at).is_mark('.') && !tokens.glued(at));
    let word = at.saturating_sub(1 + point);
    let before = tokens.at(word);
    if at == 0 || before.kind != Kind::Word {
        return false;
    }
    let small = quantity.scale == 0 && !quantity.grouped && !quantity.words;
    if before.is(Roles::NAME) && small {
        return true;
    }
    if before.is(Roles::LABEL) && (small || quantity.words && !noun && before.upper) {
        // "on day 12 people fled" counts people; "week 30" alone is a label.
        let counted = noun && !before.upper && point == 0;
        return !counted;
    }
    if point == 1 || !small || !before.upper || tokens.glued(at) {
        return false;
    }
    let known = before.is(Roles::STOP
        .or(Roles::HEDGE)
        .or(Roles::PREPOSITION)
        .or(Roles::PRONOUN)
        .or(Roles::UP)
        .or(Roles::DOWN)
        .or(Roles::METRIC));
    let possessive = tokens.slice(word).ends_with("'s") || tokens.slice(word).ends_with("s'");
    if known || possessive {
        return false;
    }
    // In a headline every word has a capital; there a number with a noun counts.
    let titled = tokens.at(quantity.to).upper && tokens.before(word).upper;
    !(noun && (titled || opens_sentence(tokens, word)))
}

/// Whether the token opens a sentence, as far as its neighbours tell.
pub(super) fn opens_sentence(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(
        tokens.before(at).kind,
        Kind::Break | Kind::Mark('.' | '!' | '?' | ':' | '"' | '—' | '(' | '-' | '*' | '•')
    ) || tokens.at(at).first && !tokens.before(at).upper && tokens.before(at).kind != Kind::Word
}
