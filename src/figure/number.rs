//! Numbers in digits and in words, without their unit.

use super::lexicon::Roles;
use super::token::{Kind, Tokens};

/// A number with what was printed of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quantity {
    /// First token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
    /// The number before its scale ("33.4" of "33.4 billion").
    pub mantissa: f64,
    /// Power of ten of the scale, 0 where none is printed.
    pub scale: i32,
    /// Digits after the point.
    pub decimals: i32,
    /// Unit of the last printed digit, before the scale; 1/8 for eighths.
    pub step: f64,
    /// Significant digits printed.
    pub digits: u8,
    /// In words.
    pub words: bool,
    /// With separators of thousands.
    pub grouped: bool,
    /// The scale is one glued letter ("5m"), which may mean something else.
    pub letter: bool,
    /// "20-plus", "100+".
    pub open: bool,
}

/// More digits than a 64-bit float tells apart are an account number, not a figure.
const MAX_DIGITS: usize = 15;
/// Largest denominator of a printed fraction, as in prices of bonds (32nds).
const MAX_DENOMINATOR: f64 = 32.0;
/// Most words of one number in words: "nine hundred and ninety nine thousand nine hundred and ninety nine".
const MAX_WORDS: usize = 12;
/// Largest power of ten of all scales together: a thousand trillion.
const MAX_SCALE: i32 = 15;

impl Quantity {
    /// The number, scaled. Exact where the printed decimal fits a float.
    pub(super) fn value(&self) -> f64 {
        scaled(self.mantissa, self.decimals, self.scale)
    }

    /// Half a unit of the last printed digit, scaled.
    pub(super) fn margin(&self) -> f64 {
        self.step * power(self.scale) / 2.0
    }

    /// An integer in digits without separators and scale.
    pub(super) fn is_plain(&self) -> bool {
        !self.words && !self.grouped && self.scale == 0 && self.decimals == 0 && self.step >= 1.0
    }

    /// Whether it may be a year.
    pub(super) fn is_year(&self) -> bool {
        self.is_plain() && (1500.0..2100.0).contains(&self.mantissa) && self.mantissa.fract() == 0.0
    }
}

fn power(exponent: i32) -> f64 {
    10_f64.powi(exponent)
}

/// `mantissa` has `decimals` digits after its point; multiplied by ten to the `scale`, rounding once only.
fn scaled(mantissa: f64, decimals: i32, scale: i32) -> f64 {
    if decimals == 0 || scale == 0 {
        return mantissa * power(scale);
    }
    let whole = (mantissa * power(decimals)).round();
    let shift = scale - decimals;
    if shift >= 0 {
        whole * power(shift)
    } else {
        whole / power(-shift)
    }
}

/// The number that starts at token `at`.
pub(super) fn quantity(tokens: &Tokens<'_>, at: usize) -> Option<Quantity> {
    let token = tokens.at(at);
    let mut found = match token.kind {
        Kind::Number => digits(tokens, at)?,
        Kind::Word if token.is(Roles::CARDINAL) => words(tokens, at)?,
        Kind::Word => return article(tokens, at),
        _ => return None,
    };
    and_a_half(tokens, &mut found);
    if found.scale == 0 {
        scale(tokens, &mut found);
    }
    plus(tokens, &mut found);
    Some(found)
}

/// "a million", "a dozen", "trillion-" before its noun.
fn article(tokens: &Tokens<'_>, at: usize) -> Option<Quantity> {
    let token = tokens.at(at);
    let bare = Quantity {
        from: at,
        to: at + 1,
        mantissa: 1.0,
        scale: 0,
        decimals: 0,
        step: 1.0,
        digits: 1,
        words: true,
        grouped: false,
        letter: false,
        open: false,
    };
    if token.is(Roles::SCALE)
        && token.entry.value >= 3
        && tokens.at(at + 1).is_mark('-')
        && tokens.glued(at + 1)
    {
        return Some(Quantity {
            scale: i32::from(token.entry.value),
            ..bare
        });
    }
    if token.end - token.start > 2
        || !tokens
            .slice(at)
            .trim_end_matches(['n', 'N'])
            .eq_ignore_ascii_case("a")
    {
        return None;
    }
    let next = tokens.at(at + 1);
    if next.is(Roles::DOZEN) {
        return Some(Quantity {
            to: at + 2,
            mantissa: 12.0,
            ..bare
        });
    }
    if !next.is(Roles::SCALE) || next.end - next.start < 4 {
        return None;
    }
    let mut found = Quantity { to: at + 1, ..bare };
    scale(tokens, &mut found);
    Some(found)
}

/// A number in digits, with a printed fraction.
fn digits(tokens: &Tokens<'_>, at: usize) -> Option<Quantity> {
    let text = tokens.slice(at);
    let (mantissa, decimals, grouped) = decimal(text)?;
    let mut found = Quantity {
        from: at,
        to: at + 1,
        mantissa,
        scale: 0,
        decimals,
        step: power(-decimals),
        digits: significant(text, grouped),
        words: false,
        grouped,
        letter: false,
        open: false,
    };
    if grouped && decimals == 0 {
        found.step = rounded_step(mantissa);
    }
    fraction(tokens, &mut found);
    Some(found)
}

/// Value, digits after the point, and whether thousands are separated. Points and commas are told apart by their groups.
fn decimal(text: &str) -> Option<(f64, i32, bool)> {
    let count = text.bytes().filter(u8::is_ascii_digit).count();
    if count > MAX_DIGITS {
        return None;
    }
    let commas = text.matches(',').count();
    let points = text.matches('.').count();
    let groups_fit = |separator: char| {
        let mut groups = text.split(['.', ',']).map(str::len);
        let first = groups.next().unwrap_or(0);
        let rest: Vec<usize> = groups.collect();
        let (last, inner) = rest.split_last().unwrap_or((&0, &[]));
        // Thousands, or lakh and crore: two digits between the first group and the last.
        first <= 3
            && *last == 3
            && inner
                .iter()
                .all(|group| *group == 3 || (separator == ',' && *group == 2))
    };
    let (whole, decimals, grouped) = match (commas, points) {
        (0, 0) => {
            if text.len() > 1 && text.starts_with('0') {
                return None;
            }
            (text.to_owned(), 0, false)
        }
        (0, 1) => (text.to_owned(), after(text, '.'), false),
        (_, 0) if groups_fit(',') => (text.replace(',', ""), 0, true),
        (1, 0) if after(text, ',') <= 2 => (text.replace(',', "."), after(text, ','), false),
        (0, _) if groups_fit('.') => (text.replace('.', ""), 0, true),
        (_, 1) if text.rfind('.') > text.rfind(',') => (text.replace(',', ""), after(text, '.'), true),
        (1, _) if text.rfind(',') > text.rfind('.') => {
            (text.replace('.', "").replace(',', "."), after(text, ','), true)
        }
        _ => return None,
    };
    let value = whole.parse::<f64>().ok()?;
    Some((value, decimals, grouped))
}

/// Digits after the last separator.
fn after(text: &str, separator: char) -> i32 {
    let length = text.rsplit(separator).next().map_or(0, str::len);
    i32::try_from(length).unwrap_or(0)
}

/// Significant digits: leading zeros never count, and the zeros that end a number with separators do not either.
fn significant(text: &str, grouped: bool) -> u8 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    let digits = if grouped && !text.contains('.') {
        digits.trim_end_matches('0')
    } else {
        digits
    };
    u8::try_from(digits.len().max(1)).unwrap_or(u8::MAX)
}

/// The unit of the last digit that is no closing zero: 54,000 is printed to the thousand.
fn rounded_step(value: f64) -> f64 {
    let mut step = 1.0;
    while value > 0.0 && value % (step * 10.0) == 0.0 && step < value {
        step *= 10.0;
    }
    step
}

/// "4-1/2", "4 1/2", "4½".
fn fraction(tokens: &Tokens<'_>, found: &mut Quantity) {
    if found.decimals > 0 {
        return;
    }
    let at = found.to;
    if let Kind::Mark(mark) = tokens.at(at).kind
        && let Some((over, under)) = glyph(mark)
        && tokens.glued(at)
    {
        add_fraction(found, over, under, 1);
        return;
    }
    let hyphen = usize::from(tokens.at(at).is_mark('-') && tokens.glued(at));
    if let Some((over, under)) = slashed(tokens, at + hyphen)
        && (hyphen == 1 || !tokens.glued(at))
    {
        add_fraction(found, over, under, hyphen + 3);
    }
}

fn add_fraction(found: &mut Quantity, over: f64, under: f64, tokens: usize) {
    found.mantissa += over / under;
    found.step = 1.0 / under;
    found.to += tokens;
}

/// A proper fraction with a slash at `at`: three tokens.
pub(super) fn slashed(tokens: &Tokens<'_>, at: usize) -> Option<(f64, f64)> {
    let is_number = |at| tokens.at(at).kind == Kind::Number;
    if !(is_number(at)
        && tokens.at(at + 1).is_mark('/')
        && tokens.glued(at + 1)
        && is_number(at + 2)
        && tokens.glued(at + 2))
        || tokens.at(at + 3).is_mark('/')
    {
        return None;
    }
    let over = tokens.slice(at).parse::<f64>().ok()?;
    let under = tokens.slice(at + 2).parse::<f64>().ok()?;
    let usual = [2.0, 3.0, 4.0, 5.0, 8.0, 16.0, MAX_DENOMINATOR].contains(&under);
    (over >= 1.0 && over < under && usual).then_some((over, under))
}

/// Fractions that are one character.
pub(super) fn glyph(mark: char) -> Option<(f64, f64)> {
    Some(match mark {
        '½' => (1.0, 2.0),
        '⅓' => (1.0, 3.0),
        '⅔' => (2.0, 3.0),
        '¼' => (1.0, 4.0),
        '¾' => (3.0, 4.0),
        '⅕' => (1.0, 5.0),
        '⅛' => (1.0, 8.0),
        '⅜' => (3.0, 8.0),
        '⅝' => (5.0, 8.0),
        '⅞' => (7.0, 8.0),
        _ => return None,
    })
}

/// A number in words ("one hundred and twenty", "twenty-five thousand").
fn words(tokens: &Tokens<'_>, at: usize) -> Option<Quantity> {
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
fn and_a_half(tokens: &Tokens<'_>, found: &mut Quantity) {
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

/// "billion", "lakh crore", "bn", "-billion".
fn scale(tokens: &Tokens<'_>, found: &mut Quantity) {
    let at = found.to;
    if tokens.glued(at) && tokens.at(at).kind == Kind::Word && !found.words {
        let (scale, letter) = match tokens.slice(at) {
            "k" | "K" => (3, true),
            "m" | "M" => (6, true),
            "b" | "B" | "bn" | "Bn" | "BN" => (9, false),
            "T" | "tn" | "trn" => (12, false),
            word => {
                let entry = super::lexicon::Lexicon::shipped().word(&word.to_lowercase());
                if !entry.roles.any(Roles::SCALE) {
                    return;
                }
                (i32::from(entry.value), false)
            }
        };
        found.scale = scale;
        found.letter = letter;
        found.to += 1;
        return;
    }
    loop {
        let at = found.to;
        let hyphen = usize::from(tokens.at(at).is_mark('-') && tokens.glued(at) && tokens.glued(at + 1));
        let token = tokens.at(at + hyphen);
        if token.kind != Kind::Word || !token.is(Roles::SCALE) {
            return;
        }
        let scale = found.scale + i32::from(token.entry.value);
        if scale > MAX_SCALE {
            return;
        }
        found.scale = scale;
        found.to = at + hyphen + 1;
    }
}

/// "20-plus", "100+".
fn plus(tokens: &Tokens<'_>, found: &mut Quantity) {
    let at = found.to;
    if tokens.at(at).is_mark('+') && tokens.glued(at) {
        found.open = true;
        found.to += 1;
    } else if tokens.at(at).is_mark('-')
        && tokens.glued(at)
        && tokens.slice(at + 1).eq_ignore_ascii_case("plus")
    {
        found.open = true;
        found.to += 2;
    }
}
