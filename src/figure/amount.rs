//! A number with the unit that is printed beside it: money, percent, points, multiples.

use super::cents::{and_hundredths, hundredths_of};
use super::lexicon::{Roles, national};
use super::number::{Quantity, quantity};
use super::token::{Kind, Token, Tokens};

/// The unit printed beside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// None that can be told without looking for a noun.
    None,
    /// Money, by its ISO 4217 code.
    Money(&'static str),
    /// Per cent.
    Percent,
    /// Percentage points.
    Points,
    /// Basis points.
    Basis,
    /// A multiple.
    Times,
    /// A measure glued to the digits ("16km").
    Measure(&'static str),
}

/// A number with its unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amount {
    /// First token, the currency before the number included.
    pub from: usize,
    /// One past the last token, the unit included.
    pub to: usize,
    /// The number.
    pub quantity: Quantity,
    /// Its unit.
    pub unit: Unit,
    /// Hundredths of the unit (cents, pence).
    pub minor: bool,
}

/// What the text so far says about amounts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Money {
    /// What `¥` stands for in this text.
    pub yen_or_yuan: &'static str,
    /// Currency of the last amount, and the token where it ends.
    pub last: Option<(&'static str, usize)>,
}

/// Reach of "the currency of the amount before", in tokens: about six sentences.
const CURRENCY_REACH: usize = 200;

impl Money {
    /// Looks whether the text is about China or Japan.
    pub(super) fn of(tokens: &Tokens<'_>) -> Self {
        let mut china = 0_usize;
        let mut japan = 0_usize;
        if tokens.text.contains('¥') {
            for at in 0..tokens.len() {
                china += usize::from(tokens.at(at).is(Roles::CHINA));
                japan += usize::from(tokens.at(at).is(Roles::JAPAN));
            }
        }
        Self {
            yen_or_yuan: if china > japan { "CNY" } else { "JPY" },
            last: None,
        }
    }

    /// The currency of an amount just before `at`.
    pub(super) fn before(&self, at: usize) -> Option<&'static str> {
        self.last
            .filter(|(_, end)| at.saturating_sub(*end) <= CURRENCY_REACH)
            .map(|(code, _)| code)
    }

    fn symbol(&self, mark: char) -> Option<&'static str> {
        Some(match mark {
            '$' => "USD",
            '€' => "EUR",
            '£' => "GBP",
            '¥' => self.yen_or_yuan,
            '₹' => "INR",
            '₩' => "KRW",
            '₽' => "RUB",
            '₺' => "TRY",
            '₪' => "ILS",
            '₫' => "VND",
            '₦' => "NGN",
            '₱' => "PHP",
            '฿' => "THB",
            '₴' => "UAH",
            '₸' => "KZT",
            '₵' => "GHS",
            _ => return None,
        })
    }
}

/// A currency before a number: its code and the token after it.
pub(super) fn prefix(tokens: &Tokens<'_>, at: usize, money: &Money) -> Option<(&'static str, usize)> {
    let token = tokens.at(at);
    match token.kind {
        Kind::Mark(mark) => money.symbol(mark).map(|code| (code, at + 1)),
        Kind::Word if token.upper => {
            let next = tokens.at(at + 1);
            if token.is(Roles::DOLLAR) && next.is_mark('$') && tokens.glued(at + 1) {
                return Some((token.entry.name, at + 2));
            }
            let text = tokens.slice(at);
            // "Rs. 40", and the sol, "S/40".
            let point = next.is_mark('.') || text == "S" && next.is_mark('/') && tokens.glued(at + 2);
            let number = at + 1 + usize::from(point && tokens.glued(at + 1));
            if tokens.at(number).kind != Kind::Number {
                return None;
            }
            if number > at + 1 && text == "S" {
                return Some(("PEN", number));
            }
            if matches!(text, "R" | "Sh") {
                // The rand, the shilling; "R2" alone may be anything.
                let known = tokens.glued(number)
                    && quantity(tokens, number).is_some_and(|found| found.scale > 0 || found.grouped);
                return known.then_some((if text == "R" { "ZAR" } else { "KES" }, number));
            }
            // Codes in capitals; some currencies are usually written with a small letter too: "Rs", "KSh".
            let code =
                token.is(Roles::ABBREVIATION) || token.is(Roles::CODE) && token.capitals && number == at + 1;
            (code && (text != "TRY" || tokens.glued(number))).then_some((token.entry.currency, number))
        }
        _ => None,
    }
}

/// The amount that starts at token `at`.
pub(super) fn amount(tokens: &Tokens<'_>, at: usize, money: &Money) -> Option<Amount> {
    let prefix = prefix(tokens, at, money);
    let number = prefix.map_or(at, |(_, number)| number);
    if prefix.is_some() && tokens.at(number).kind != Kind::Number {
        return None;
    }
    let mut quantity = quantity(tokens, number)?;
    if prefix.is_some() && quantity.scale == 0 {
        capital_scale(tokens, &mut quantity);
    }
    let mut found = Amount {
        from: at,
        to: quantity.to,
        quantity,
        unit: Unit::None,
        minor: false,
    };
    if let Some((code, _)) = prefix {
        let nation = tokens.at(found.to);
        let code = match national(code, nation.entry.name) {
            Some(code) if nation.is(Roles::NATION) && nation.upper => {
                found.to += 1;
                code
            }
            _ => code,
        };
        found.unit = Unit::Money(code);
        // "$5 million USD", "$5-million": nothing more to learn.
        if tokens.at(found.to).is(Roles::CODE) && tokens.at(found.to).capitals {
            found.to += 1;
        }
        return Some(found);
    }
    suffix(tokens, &mut found, money);
    and_hundredths(tokens, &mut found);
    if found.unit == Unit::None && found.quantity.letter && glued_letter_is_no_scale(tokens, &found) {
        // "100m" before something that cannot be counted in millions is a hundred metres.
        found.quantity.scale = 0;
        found.quantity.letter = false;
        found.unit = Unit::Measure("metre");
    }
    Some(found)
}

/// "$5 B", "$3.2 M" with a space.
fn capital_scale(tokens: &Tokens<'_>, quantity: &mut Quantity) {
    let scale = match tokens.slice(quantity.to) {
        "B" | "b" => 9,
        "M" | "m" => 6,
        "K" => 3,
        _ => return,
    };
    quantity.scale = scale;
    quantity.to += 1;
}

fn glued_letter_is_no_scale(tokens: &Tokens<'_>, found: &Amount) -> bool {
    let letter = tokens.slice(found.to.saturating_sub(1));
    let next = tokens.at(found.to);
    letter == "m" && (next.kind != Kind::Word || next.is(Roles::STOP))
}

/// Looks for a unit after the number.
fn suffix(tokens: &Tokens<'_>, found: &mut Amount, money: &Money) {
    let hyphen =
        usize::from(tokens.at(found.to).is_mark('-') && tokens.glued(found.to) && tokens.glued(found.to + 1));
    let at = found.to + hyphen;
    let token = tokens.at(at);
    match token.kind {
        Kind::Mark('%') => percent(tokens, found, at + 1),
        Kind::Mark('×') => {
            found.unit = Unit::Times;
            found.to = at + 1;
        }
        Kind::Mark('¢') => {
            found.unit = Unit::Money(money.before(at).unwrap_or("USD"));
            found.minor = true;
            found.to = at + 1;
        }
        // Signs that follow the number: "5 €", "20£".
        Kind::Mark(mark) if mark != '$' && tokens.at(at + 1).kind != Kind::Number => {
            if let Some(code) = money.symbol(mark) {
                found.unit = Unit::Money(code);
                found.to = at + 1;
            }
        }
        Kind::Word => word_suffix(tokens, found, at, money),
        _ => {}
    }
}

/// A percentage, or points if the word follows.
fn percent(tokens: &Tokens<'_>, found: &mut Amount, at: usize) {
    let hyphen = usize::from(tokens.at(at).is_mark('-') && tokens.glued(at + 1));
    if is_points(tokens, at + hyphen) {
        found.unit = Unit::Points;
        found.to = at + hyphen + 1;
    } else {
        found.unit = Unit::Percent;
        found.to = at;
    }
}

fn is_points(tokens: &Tokens<'_>, at: usize) -> bool {
    ["point", "points", "pts", "pt"]
        .iter()
        .any(|word| tokens.slice(at).eq_ignore_ascii_case(word))
}

fn word_suffix(tokens: &Tokens<'_>, found: &mut Amount, at: usize, money: &Money) {
    let token = tokens.at(at);
    let text = tokens.slice(at);
    let glued = tokens.glued(at);
    if token.is(Roles::PERCENT) {
        let hyphen = usize::from(tokens.at(at + 1).is_mark('-'));
        if !text.eq_ignore_ascii_case("percentage") {
            percent(tokens, found, at + 1);
        } else if is_points(tokens, at + 1 + hyphen) {
            found.unit = Unit::Points;
            found.to = at + hyphen + 2;
        }
        return;
    }
    let number_end = found.to;
    let mut set = |unit, to| {
        found.unit = unit;
        found.to = to;
    };
    match text {
        "per" | "Per" if tokens.slice(at + 1).eq_ignore_ascii_case("cent") => {
            return percent(tokens, found, at + 2);
        }
        "basis" | "Basis" if is_points(tokens, at + 1) => return set(Unit::Basis, at + 2),
        "basis" if tokens.at(at + 1).is_mark('-') && is_points(tokens, at + 2) => {
            return set(Unit::Basis, at + 3);
        }
        "bp" | "bps" => return set(Unit::Basis, at + 1),
        "pp" | "ppt" | "ppts" | "pps" => return set(Unit::Points, at + 1),
        "x" | "X" if glued && !tokens.glued(at + 1) => return set(Unit::Times, at + 1),
        "x" if glued && !matches!(tokens.at(at + 1).kind, Kind::Word | Kind::Number) => {
            return set(Unit::Times, at + 1);
        }
        "fold" if at > number_end => return set(Unit::Times, at + 1),
        "p" if glued && !found.quantity.words && !is_resolution(found.quantity.mantissa) => {
            set(Unit::Money("GBP"), at + 1);
            found.minor = true;
            return;
        }
        "c" if glued && money.before(at).is_some() => {
            set(Unit::Money(money.before(at).unwrap_or("USD")), at + 1);
            found.minor = true;
            return;
        }
        _ => {}
    }
    if let Some((code, to)) = currency(tokens, found, at) {
        found.unit = Unit::Money(code);
        found.to = to;
    } else if token.is(Roles::MINOR) && !token.upper {
        let code = hundredths_of(token.entry.currency, money.before(at));
        found.unit = Unit::Money(code);
        found.minor = true;
        found.to = at + 1;
    } else if glued && at == found.to && token.is(Roles::MEASURE) && (text.len() > 1 || !token.upper) {
        found.unit = Unit::Measure(token.entry.name);
        found.to = at + 1;
    }
}

/// Heights of video pictures, which are written like pence.
fn is_resolution(value: f64) -> bool {
    [480.0, 720.0, 1080.0, 1440.0, 2160.0].contains(&value)
}

/// The currency in words or as a code at `at`, with the country before it: its code and the token after it.
fn currency(tokens: &Tokens<'_>, found: &Amount, at: usize) -> Option<(&'static str, usize)> {
    let token = tokens.at(at);
    if token.is(Roles::CODE) && token.capitals && tokens.slice(at) != "TRY" {
        return Some((token.entry.currency, at + 1));
    }
    // "Canadian dollars", "Hong Kong dollars", "D-marks".
    for before in 0..=2 {
        let name = tokens.at(at + before);
        if name.kind != Kind::Word {
            let hyphen = name.is_mark('-') && before == 1 && tokens.slice(at).eq_ignore_ascii_case("d");
            if hyphen {
                continue;
            }
            return None;
        }
        if name.is(Roles::CURRENCY) {
            let country = tokens.before(at + before).entry.name;
            if before == 2 && !tokens.before(at + 2).is(Roles::NATION) && !tokens.before(at + 2).is_mark('-')
            {
                return None;
            }
            let code = national(name.entry.currency, country)
                .filter(|_| before > 0)
                .unwrap_or(name.entry.currency);
            let sterling = usize::from(tokens.slice(at + before + 1) == "sterling");
            return is_money(tokens, found, at + before, name).then_some((code, at + before + 1 + sterling));
        }
        if !name.upper || name.is(Roles::STOP) {
            return None;
        }
    }
    None
}

/// Whether the word is money here and not a verb ("won"), a weight ("pounds") or a level ("the 5 billion mark").
fn is_money(tokens: &Tokens<'_>, found: &Amount, at: usize, name: &Token) -> bool {
    if name.upper && !name.capitals && !matches!(name.entry.currency, "USD" | "EUR" | "GBP" | "CNY" | "JPY") {
        return false;
    }
    match name.entry.currency {
        // "He won 5", "a pair of soles", "three lei of flowers".
        "KRW" | "PEN" | "RON" => found.quantity.scale > 0 || found.quantity.grouped,
        "DEM" => !tokens.slice(at).eq_ignore_ascii_case("mark") || tokens.before(at).is_mark('-'),
        "GBP" => {
            let weighed = (1..=WEIGHING_REACH).any(|back| {
                tokens
                    .before(found.from + 1 - back.min(found.from + 1))
                    .is(Roles::WEIGH)
            });
            let of = tokens.slice(at + 1) == "of" && tokens.slice(at) == "pounds";
            found.quantity.scale > 0 || !(weighed || of)
        }
        _ => true,
    }
}

/// How many tokens before "150 pounds" a word of weighing may stand.
const WEIGHING_REACH: usize = 3;
