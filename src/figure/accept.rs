//! Which numbers without a printed unit are figures, and of what.

use std::borrow::Cow;

use super::amount::{Amount, Unit};
use super::guard;
use super::lexicon::Roles;
use super::noun::{Noun, counted, hyphened, singular};
use super::number::{Quantity, quantity};
use super::scan::{Scan, YEARS};
use super::token::Kind;

/// Oldest age in years that a bare number beside a name is taken for.
const MAX_AGE: f64 = 110.0;
/// Smallest whole number that counts without noun, separator or decimals: smaller ones are too often labels.
const MIN_BARE: f64 = 10.0;
/// "N in M" and "N out of M" are shares when M is one of these.
const SHARES_OF: [f64; 14] = [
    3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 20.0, 25.0, 50.0, 100.0, 1000.0,
];

impl Scan<'_, '_> {
    /// One amount that is no part of a range.
    pub(super) fn single(&mut self, amount: Amount) -> usize {
        let tokens = self.tokens;
        let quantity = amount.quantity;
        if amount.unit != Unit::None {
            if amount.unit == Unit::Times
                || !matches!(amount.unit, Unit::Measure(_))
                || !guard::is_label(tokens, &quantity, true)
            {
                self.push(&amount, None, amount.to);
            }
            return amount.to;
        }
        if let Some((to, over)) = self.share(&amount) {
            self.ratio(amount.from, to, over);
            return to;
        }
        let noun = self.noun(amount.to);
        if guard::is_label(tokens, &quantity, noun.is_some()) || self.is_name(&amount) {
            return amount.to;
        }
        if quantity.value() == 1.0 {
            return self.one(&amount);
        }
        if quantity.is_year()
            && YEARS.contains(&quantity.mantissa)
            && !noun.as_ref().is_some_and(|noun| noun.time && noun.distance == 0)
        {
            return amount.to;
        }
        if let Some(noun) = noun {
            let to = noun.to;
            self.push(&amount, Some(&noun), to);
            return to;
        }
        if self.is_age(&amount) {
            self.push(&amount, Some(&years(amount.to)), amount.to);
        } else if let Some(noun) = self.of_noun(&amount) {
            // "six of 10 indicators", "three of its members".
            self.push(&amount, Some(&noun), amount.to);
        } else if self.stands_alone(&amount) {
            self.push(&amount, None, amount.to);
        }
        amount.to
    }

    /// The noun after a number.
    pub(super) fn noun(&self, at: usize) -> Option<Noun> {
        hyphened(self.tokens, at).or_else(|| {
            let glued = self.tokens.at(at).is_mark('-') && self.tokens.glued(at);
            if glued { None } else { counted(self.tokens, at) }
        })
    }

    /// "one" counts only time; a printed 1 counts what follows it.
    pub(super) fn one(&mut self, amount: &Amount) -> usize {
        let at = amount.to;
        let hyphen = usize::from(self.tokens.at(at).is_mark('-') && self.tokens.glued(at));
        let token = self.tokens.at(at + hyphen);
        let counts = token.kind == Kind::Word
            && !token.upper
            && (token.is(Roles::TIME)
                || !amount.quantity.words
                    && hyphen == 0
                    && !token.is(Roles::STOP)
                    && amount.quantity.is_plain());
        if counts && (hyphen == 0 || token.is(Roles::TIME)) {
            let noun = Noun {
                name: singular(self.tokens, at + hyphen),
                to: at + hyphen + 1,
                time: token.is(Roles::TIME),
                distance: 0,
            };
            self.push(amount, Some(&noun), noun.to);
            return noun.to;
        }
        if amount.quantity.decimals > 0 {
            self.push(amount, None, amount.to);
        }
        amount.to
    }

    /// "one in five", "nine out of ten": the value, and where it ends.
    pub(super) fn share(&self, amount: &Amount) -> Option<(usize, f64)> {
        let tokens = self.tokens;
        let small = amount.quantity.is_plain() || amount.quantity.words;
        let at = match tokens.slice(amount.to) {
            "in" => amount.to + 1,
            "out" if tokens.slice(amount.to + 1) == "of" => amount.to + 2,
            _ => return None,
        };
        let every = usize::from(tokens.slice(at) == "every");
        let of = quantity(tokens, at + every)?;
        let (over, under) = (amount.quantity.value(), of.value());
        let good = small
            && over < under
            && SHARES_OF.contains(&under)
            && !tokens.at(of.to).is(Roles::TIME.or(Roles::MONTH))
            && !tokens.at(of.to).is_mark('%')
            && !tokens.glued(of.to);
        good.then_some((of.to, over / under))
    }

    /// A number word with a capital inside a sentence is part of a name ("the Big Four", "Formula One").
    pub(super) fn is_name(&self, amount: &Amount) -> bool {
        let tokens = self.tokens;
        amount.quantity.words
            && tokens.at(amount.from).upper
            && !tokens.at(amount.to).is_mark('-')
            && !guard::opens_sentence(tokens, amount.from)
            && !(tokens.before(amount.from).upper && tokens.at(amount.to).upper)
    }

    /// "Ann Orne, 31,", "aged 31", "the age of 14".
    pub(super) fn is_age(&self, amount: &Amount) -> bool {
        let tokens = self.tokens;
        let value = amount.quantity.value();
        if !(1.0..=MAX_AGE).contains(&value) || !(amount.quantity.is_plain() || amount.quantity.words) {
            return false;
        }
        let back = |n: usize| amount.from.checked_sub(n).map(|at| tokens.at(at));
        let aged = |n| back(n).is_some_and(|token| token.is(Roles::AGE));
        let of = back(1).is_some_and(|token| token.is(Roles::PREPOSITION)) && aged(2);
        let beside = back(1).is_some_and(|token| token.is_mark(','))
            && back(2)
                .is_some_and(|token| token.kind == Kind::Word && token.upper && !token.is(Roles::MONTH))
            && matches!(tokens.at(amount.to).kind, Kind::Mark(',' | '.' | ';'))
            && amount.quantity.is_plain();
        aged(1) || of || beside
    }

    /// The noun of "six of 10 indicators" or "three of the banks".
    pub(super) fn of_noun(&self, amount: &Amount) -> Option<Noun> {
        let tokens = self.tokens;
        if tokens.slice(amount.to) != "of" {
            return None;
        }
        let mut at = amount.to + 1;
        let mut determined = false;
        while tokens.at(at).is(Roles::PRONOUN) {
            determined = true;
            at += 1;
        }
        if let Some(all) = quantity(tokens, at) {
            if all.is_year() {
                return None;
            }
            determined = true;
            at = all.to;
        }
        if !determined {
            return None;
        }
        counted(tokens, at).filter(|noun| !noun.time)
    }

    /// Whether a number without unit and noun is a figure all the same.
    pub(super) fn stands_alone(&self, amount: &Amount) -> bool {
        let tokens = self.tokens;
        let quantity = &amount.quantity;
        let next = tokens.at(amount.to);
        if quantity.scale > 0 {
            return true;
        }
        if quantity.words {
            return false;
        }
        if quantity.grouped || quantity.decimals > 0 || quantity.step < 1.0 {
            return true;
        }
        if quantity.mantissa < MIN_BARE || quantity.is_year() {
            return false;
        }
        if tokens.slice(amount.to) == "of" {
            let of = tokens.at(amount.to + 1);
            return of.is(Roles::PRONOUN);
        }
        let before = tokens.before(amount.from);
        let led = before.kind == Kind::Word
            && (before.is(Roles::HEDGE)
                || ["to", "from", "of", "than", "reached", "hit", "total"]
                    .contains(&tokens.slice(amount.from.saturating_sub(1))));
        let ends = match next.kind {
            Kind::Word => next.is(Roles::STOP) && !next.upper,
            Kind::Mark(mark) => !matches!(mark, '-' | '/' | ':' | '\''),
            Kind::Number => false,
            Kind::Break => true,
        };
        led && ends
    }

    /// "three times as many" against "three times a week".
    pub(super) fn is_multiple(&self, quantity: &Quantity, noun: &Noun) -> bool {
        let token = self.tokens.at(noun.to);
        quantity.decimals > 0 || quantity.step < 1.0 || token.kind == Kind::Word && token.is(Roles::COMPARE)
    }

    /// "47-year-old", "4 years old": the end of the age.
    pub(super) fn with_old(&self, to: usize) -> usize {
        let hyphen = usize::from(self.tokens.at(to).is_mark('-') && self.tokens.glued(to));
        match self.tokens.slice(to + hyphen) {
            "old" | "olds" => to + hyphen + 1,
            _ => to,
        }
    }
}

fn years(to: usize) -> Noun {
    Noun {
        name: Cow::Borrowed("year"),
        to,
        time: true,
        distance: 0,
    }
}
