//! Numbers in words ("one hundred and twenty", "two and a half").

use super::lexicon::Roles;
use super::number::{Quantity, power, rounded_step};
use super::token::{Kind, Tokens};

/// Most words of one number in words: "nine hundred and ninety nine thousand nine hundred and ninety nine".
const MAX_WORDS: usize = 12;

/// A number in words ("one hundred and twenty", "twenty-five thousand").
pub(super) fn words(tokens: &Tokens<'_>, at: usize) -> Option<Quantity> {
    let mut total = 0.0_f64;
    let mut group = 0.0_f64;
    let mut last = 0.0_f64;
    let mut largest = 0;
    let mut to = at;
    let mut next = at;
    while next < at + MAX_WORDS {
        let token = tokens.at(next);
        let value = f64::from(token.entry.value);
        if token.kind == Kind::Word && token.is(Roles::CARDINAL) {
            // "twenty five" and "hundred (and) five" go on; "two three" does not.
            let fits = to == at
                || (last >= 20.0 && value < 10.0 && last < 100.0)
                || (last >= 100.0 && value < 100.0);
            if !fits {
                break;
            }
            group += value;
            last = value;
        } else if token.is(Roles::SCALE) && token.entry.value == 2 && group > 0.0 && group < 100.0 {
            group *= 100.0;
            last = 100.0;
        } else if token.is(Roles::SCALE) && group > 0.0 && token.entry.value >= 3 {
            let scale = i32::from(token.entry.value);
            // "two million" keeps its scale as printed; only a number that goes on is added up.
            if !goes_on(tokens, next + 1) && total == 0.0 {
                return Some(in_words(at, to.max(next), group, 0));
            }
            total += group * power(scale);
            largest = largest.max(scale);
            group = 0.0;
            last = 1000.0;
        } else {
            break;
        }
        next += 1;
        to = next;
        if tokens.at(next).is_mark('-')
            && tokens.glued(next)
            && tokens.glued(next + 1)
            && tokens.at(next + 1).is(Roles::CARDINAL.or(Roles::SCALE))
            || last >= 100.0 && is_and(tokens, next) && tokens.at(next + 1).is(Roles::CARDINAL)
        {
            next += 1;
        }
    }
    (to > at).then(|| in_words(at, to, total + group, largest))
}

fn goes_on(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.at(at).is(Roles::CARDINAL)
        || is_and(tokens, at) && tokens.at(at + 1).is(Roles::CARDINAL) && {
            // "two million and three others" is two figures; "... thousand and five hundred" is one.
            tokens.at(at + 2).is(Roles::SCALE)
        }
}

fn is_and(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.slice(at).eq_ignore_ascii_case("and")
}

fn in_words(from: usize, to: usize, value: f64, largest: i32) -> Quantity {
    let step = if largest > 0 || value >= 100.0 {
        rounded_step(value)
    } else {
        1.0
    };
    let digits = (value / step).log10().floor().max(0.0) + 1.0;
    Quantity {
        from,
        to,
        mantissa: value,
        scale: 0,
        decimals: 0,
        step,
        digits: if digits.is_finite() { digits as u8 } else { 1 },
        words: true,
        grouped: largest > 0,
        letter: false,
        open: false,
    }
}

/// "two and a half", "3 and a half".
pub(super) fn and_a_half(tokens: &Tokens<'_>, found: &mut Quantity) {
    let at = found.to;
    let is_a = |at: usize| tokens.slice(at).eq_ignore_ascii_case("a");
    let hyphen = usize::from(tokens.at(at).is_mark('-'));
    let (and, a, half) = (at + hyphen, at + 1 + 2 * hyphen, at + 2 + 3 * hyphen);
    let denominator = tokens.at(half).entry.denominator;
    if is_and(tokens, and) && is_a(a) && tokens.at(half).is(Roles::FRACTION) && matches!(denominator, 2 | 4) {
        let under = f64::from(denominator);
        found.mantissa += 1.0 / under;
        found.step = 1.0 / under;
        found.to = half + 1;
    }
}
