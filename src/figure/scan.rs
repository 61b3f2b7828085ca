//! One pass over the tokens: what is a figure, and of which kind.

use std::borrow::Cow;

use super::amount::{Amount, Money, Unit, amount, prefix};
use super::lexicon::Roles;
use super::noun::Noun;
use super::number::slashed;
use super::period::closes;
use super::token::{Kind, Tokens};
use super::{Kind as FigureKind, guard, special};

/// A figure in tokens, before its context is known.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub kind: FigureKind,
    pub low: f64,
    pub high: f64,
    pub unit: Cow<'static, str>,
    /// First token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
    pub precision: u8,
    pub margin: f64,
    pub approximate: bool,
}

/// Tokens before a number in which a word of movement makes "X to Y" a move by X to Y.
const MOVE_REACH: usize = 3;

/// Years are whole numbers in this range.
pub(super) const YEARS: std::ops::Range<f64> = 1900.0..2051.0;

/// Words that can open a figure.
const OPENERS: Roles = Roles::CARDINAL
    .or(Roles::SCALE)
    .or(Roles::MANY)
    .or(Roles::SEVERAL)
    .or(Roles::ORDINAL)
    .or(Roles::FRACTION)
    .or(Roles::MULTIPLE)
    .or(Roles::HALVED)
    .or(Roles::BARE_MULTIPLE)
    .or(Roles::DIGITS)
    .or(Roles::MULTI)
    .or(Roles::CODE)
    .or(Roles::ABBREVIATION)
    .or(Roles::DOLLAR);

/// The scanner at work.
pub(super) struct Scan<'t, 'd> {
    pub tokens: &'t Tokens<'d>,
    pub money: Money,
    pub found: Vec<Found>,
}

/// All figures, in order. Linear: what is looked at around a number has a fixed reach.
pub(super) fn scan(tokens: &Tokens<'_>) -> Vec<Found> {
    let mut scan = Scan {
        tokens,
        money: Money::of(tokens),
        found: Vec::new(),
    };
    let mut at = 0;
    while at < tokens.len() {
        at = scan.step(at).max(at + 1);
    }
    scan.found
}

impl Scan<'_, '_> {
    /// Looks at the token and says which is next.
    fn step(&mut self, at: usize) -> usize {
        let token = self.tokens.at(at);
        match token.kind {
            Kind::Number => self.number(at),
            Kind::Mark(mark) if mark == '$' || !mark.is_ascii() => {
                if prefix(self.tokens, at, &self.money).is_some() {
                    self.number(at)
                } else {
                    at + 1
                }
            }
            Kind::Word if token.is(OPENERS) => self.word(at),
            Kind::Word
                if token.end - token.start == 1 && matches!(self.tokens.slice(at), "a" | "A" | "R") =>
            {
                self.word(at)
            }
            _ => at + 1,
        }
    }

    fn word(&mut self, at: usize) -> usize {
        if prefix(self.tokens, at, &self.money).is_some() {
            return self.number(at);
        }
        if let Some(next) = special::special(self, at) {
            return next;
        }
        let token = self.tokens.at(at);
        let opens = token.is(Roles::CARDINAL.or(Roles::SCALE)) || token.end - token.start == 1;
        if opens && self.tokens.slice(at) != "R" {
            self.number(at)
        } else {
            at + 1
        }
    }

    /// A number, with a currency before it or not.
    fn number(&mut self, at: usize) -> usize {
        let tokens = self.tokens;
        let digits = tokens.at(at).kind == Kind::Number;
        if digits && let Some(next) = guard::skip(tokens, at) {
            return next;
        }
        if let Some((over, under)) = slashed(tokens, at) {
            self.ratio(at, at + 3, over / under);
            return at + 3;
        }
        let Some(first) = amount(tokens, at, &self.money) else {
            return at + 1;
        };
        let next = first.to;
        if tokens.glued(next) && tokens.at(next).kind == Kind::Word && first.unit != Unit::Percent {
            let ending = tokens.slice(next).to_ascii_lowercase();
            if digits && matches!(ending.as_str(), "st" | "nd" | "rd" | "th") {
                return special::ordinal(self, at, next + 1, first.quantity.mantissa, true);
            }
            return next + 1;
        }
        if is_dimension(tokens, next) {
            return next + 1;
        }
        if let Some((low, high)) = self.range(&first) {
            return self.range_found(low, high);
        }
        self.single(first)
    }

    /// The second amount of a range that starts with `low`, both with what they share.
    fn range(&self, low: &Amount) -> Option<(Amount, Amount)> {
        let tokens = self.tokens;
        let at = low.to;
        let joined = match tokens.at(at).kind {
            Kind::Mark('-') => tokens.glued(at) == tokens.glued(at + 1),
            Kind::Mark('—') => tokens.glued(at) && tokens.glued(at + 1),
            Kind::Word => match tokens.slice(at) {
                "to" => !self.moves(low) || self.after_from(low),
                "and" => tokens
                    .slice(low.from.saturating_sub(1))
                    .eq_ignore_ascii_case("between"),
                "or" => low.unit == Unit::None && low.quantity.words,
                _ => false,
            },
            _ => false,
        };
        if !joined {
            return None;
        }
        let mut low = *low;
        let mut high = amount(tokens, at + 1, &self.money)?;
        let rest = tokens.at(high.to);
        // "in fiscal 2024 to 93 billion" is no range.
        let dated = low.unit == Unit::None && low.quantity.is_year() && !tokens.glued(at);
        if dated
            || tokens.glued(high.to) && rest.kind == Kind::Word
            || high.unit == Unit::None && high.quantity.is_year()
        {
            return None;
        }
        let money = |unit| matches!(unit, Unit::Money(_));
        match (low.unit, high.unit) {
            (one, other) if one == other => {}
            (Unit::None, _) => {
                low.unit = high.unit;
                low.minor = high.minor;
            }
            (unit, Unit::None) if money(unit) => high.unit = unit,
            _ => return None,
        }
        if low.quantity.scale == 0
            && high.quantity.scale > 0
            && !low.quantity.grouped
            && low.quantity.mantissa < high.quantity.mantissa
        {
            low.quantity.scale = high.quantity.scale;
        }
        let words = tokens.slice(at) == "or";
        if words && high.quantity.value() - low.quantity.value() > 1.0 {
            return None;
        }
        Some((low, high))
    }

    /// Whether "X to Y" is a move by X to Y: "up 30 cents to $62.10".
    fn moves(&self, low: &Amount) -> bool {
        let verb = (1..=MOVE_REACH).any(|back| {
            low.from.checked_sub(back).is_some_and(|at| {
                let token = self.tokens.at(at);
                token.is(Roles::UP.or(Roles::DOWN)) && !self.is_noun_growth(at)
            })
        });
        verb && low.unit != Unit::Percent
    }

    /// "from X to Y" names two amounts.
    fn after_from(&self, low: &Amount) -> bool {
        self.tokens
            .slice(low.from.saturating_sub(1))
            .eq_ignore_ascii_case("from")
    }

    /// "growth of 3 to 5 points" is no move.
    fn is_noun_growth(&self, at: usize) -> bool {
        self.tokens.slice(at + 1).eq_ignore_ascii_case("of")
    }

    fn range_found(&mut self, low: Amount, high: Amount) -> usize {
        let tokens = self.tokens;
        let hyphen = matches!(tokens.at(low.to).kind, Kind::Mark('-' | '—'));
        let two = tokens.slice(low.to) == "to" && self.after_from(&low);
        let (first, last) = (value(&low), value(&high));
        if first > last || hyphen && first == last {
            // "4-1" is a score; "rose 5 to 3" two numbers.
            if hyphen && low.unit == Unit::None {
                return high.to;
            }
            if !two {
                return self.single(Amount {
                    quantity: low.quantity,
                    ..low
                });
            }
        }
        let noun = if low.unit == Unit::None {
            self.noun(high.to)
        } else {
            None
        };
        if low.unit == Unit::None && noun.is_none() {
            let plain = low.quantity.is_plain() || low.quantity.words;
            if plain && (hyphen || !two) {
                return high.to;
            }
        }
        if low.unit == Unit::None && low.quantity.is_year() && high.quantity.mantissa < YEARS.end {
            return high.to;
        }
        if two {
            self.push(&low, noun.as_ref(), low.to);
            let to = noun.as_ref().map_or(high.to, |noun| noun.to);
            self.push(
                &Amount {
                    from: high.from,
                    ..high
                },
                noun.as_ref(),
                to,
            );
            return to;
        }
        let to = noun.as_ref().map_or(high.to, |noun| noun.to);
        if let Some(mut found) = self.figure(&high, noun.as_ref(), to) {
            found.low = first;
            found.from = low.from;
            found.precision = found.precision.max(low.quantity.digits);
            found.margin =
                low.quantity.margin().min(high.quantity.margin()) / if high.minor { 100.0 } else { 1.0 };
            found.approximate |= self.hedged(low.from);
            self.add(found);
        }
        to
    }

    /// Whether the figure that starts at `from` is hedged.
    pub(super) fn hedged(&self, from: usize) -> bool {
        let before = self.tokens.before(from);
        before.is(Roles::HEDGE)
            || before.is_mark('~')
            || matches!(
                self.tokens.slice(from.saturating_sub(1)),
                "to" | "as" | "many" | "much"
            ) && matches!(
                self.tokens.slice(from.saturating_sub(2)),
                "up" | "close" | "many" | "much"
            )
            || before.kind == Kind::Word
                && before.end - before.start == 1
                && self.tokens.before(from.saturating_sub(1)).is(Roles::HEDGE)
    }

    pub(super) fn push(&mut self, amount: &Amount, noun: Option<&Noun>, to: usize) {
        if let Some(found) = self.figure(amount, noun, to) {
            self.add(found);
        }
    }

    /// A figure of this amount; what its unit is decides the kind.
    fn figure(&self, amount: &Amount, noun: Option<&Noun>, to: usize) -> Option<Found> {
        let quantity = &amount.quantity;
        let (kind, unit) = match (amount.unit, noun) {
            (Unit::Money(code), _) => (FigureKind::Money, Cow::Borrowed(code)),
            (Unit::Percent, _) => (FigureKind::Percent, Cow::Borrowed("%")),
            (Unit::Points, _) => (FigureKind::Percent, Cow::Borrowed("pp")),
            (Unit::Basis, _) => (FigureKind::Percent, Cow::Borrowed("bp")),
            (Unit::Times, _) => (FigureKind::Ratio, Cow::Borrowed("x")),
            (Unit::Measure(name), _) => (FigureKind::Count, Cow::Borrowed(name)),
            // "The twelve months to June" are a time and no length of one.
            (Unit::None, Some(noun)) if noun.time && closes(self.tokens, to) => return None,
            (Unit::None, Some(noun)) if noun.time => (FigureKind::Duration, noun.name.clone()),
            (Unit::None, Some(noun)) if noun.name == "time" && self.is_multiple(quantity, noun) => {
                (FigureKind::Ratio, Cow::Borrowed("x"))
            }
            (Unit::None, Some(noun)) if noun.name == "one" => (FigureKind::Count, Cow::Borrowed("")),
            (Unit::None, Some(noun)) => (FigureKind::Count, noun.name.clone()),
            (Unit::None, None) => match self.money.before(amount.from) {
                Some(code) if quantity.scale > 0 => (FigureKind::Money, Cow::Borrowed(code)),
                _ => (FigureKind::Count, Cow::Borrowed("")),
            },
        };
        let value = value(amount);
        let cents = if amount.minor { 100.0 } else { 1.0 };
        // "0 comments" states nothing.
        let nothing = value == 0.0 && kind == FigureKind::Count;
        (value.is_finite() && !nothing).then(|| Found {
            kind,
            low: value,
            high: value,
            unit,
            from: amount.from,
            to: self.with_old(to),
            precision: quantity.digits,
            margin: quantity.margin() / cents,
            approximate: quantity.open
                || self.hedged(amount.from)
                || self.tokens.slice(to) == "or"
                    && matches!(self.tokens.slice(to + 1), "more" | "less" | "so" | "higher"),
        })
    }

    pub(super) fn ratio(&mut self, from: usize, to: usize, value: f64) {
        let approximate = self.hedged(from);
        self.add(Found {
            kind: FigureKind::Ratio,
            low: value,
            high: value,
            unit: Cow::Borrowed("x"),
            from,
            to,
            precision: 1,
            margin: 0.0,
            approximate,
        });
    }

    pub(super) fn add(&mut self, found: Found) {
        if found.kind == FigureKind::Money
            && let Cow::Borrowed(code) = found.unit
        {
            self.money.last = Some((code, found.to));
        }
        self.found.push(found);
    }
}

/// The amount in its unit.
fn value(amount: &Amount) -> f64 {
    let value = amount.quantity.value();
    if amount.minor {
        // Two more digits after the point, rounded once: 94 cents are 0.94.
        return (value * 1e4).round() / 1e6;
    }
    value
}

/// "4x4", "3 x 5".
fn is_dimension(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.slice(at), "x" | "X" | "×") && tokens.at(at + 1).kind == Kind::Number
}
