//! What a figure measures: the head noun, better one that is known to be measured.

use super::Kind as FigureKind;
use super::context::{MOVE_BEFORE, Sentence};
use super::guard::opens_sentence;
use super::lexicon::Roles;
use super::noun::{is_plural, singular_of};
use super::scan::Found;
use super::token::{Kind, Tokens};

/// How far after a figure its own noun phrase may reach, in tokens.
const PHRASE: usize = 9;
/// Words before a metric that are part of its name.
const MAX_MODIFIERS: usize = 3;

impl Sentence<'_, '_> {
    /// What it measures.
    pub(super) fn subject(&self, found: &Found) -> Option<String> {
        if found.kind == FigureKind::Count && !found.unit.is_empty() && found.unit != "time" {
            return Some(found.unit.to_string());
        }
        // "the source of 71% of sales" is about sales.
        let of = matches!(self.tokens.slice(found.to), "of" | "in");
        let first = if of { None } else { self.measured_of(found) };
        first
            .or_else(|| self.after(found))
            .or_else(|| self.earlier(found))
            .or_else(|| self.measured_of(found))
            .or_else(|| self.plain_noun(found))
            .or_else(|| self.shared_out(found))
    }

    /// "34% of all containers", "of all containers, 34%": what is shared out.
    fn shared_out(&self, found: &Found) -> Option<String> {
        if found.kind != FigureKind::Percent {
            return None;
        }
        let tokens = self.tokens;
        let quantified = |of: usize| {
            let all = usize::from(matches!(tokens.slice(of + 1), "all" | "the" | "its" | "their"));
            let noun = of + 1 + all;
            let there = matches!(tokens.slice(of), "of" | "Of") && noun < self.within.end;
            (there && all > 0 && self.is_noun(noun)).then_some(noun)
        };
        let before = || {
            let comma = found
                .from
                .checked_sub(1)
                .filter(|at| tokens.at(*at).is_mark(','))?;
            let of = comma.checked_sub(3).filter(|of| *of >= self.within.start)?;
            quantified(of).filter(|noun| noun + 1 == comma)
        };
        let noun = quantified(found.to).or_else(before)?;
        Some(singular_of(&tokens.lower(noun)))
    }

    /// "a load factor of 83%": the noun before "of".
    fn measured_of(&self, found: &Found) -> Option<String> {
        let mut at = found.from.checked_sub(1)?;
        while at > self.within.start && self.tokens.at(at).is(Roles::HEDGE) {
            at -= 1;
        }
        let noun = at.checked_sub(1).filter(|noun| *noun >= self.within.start)?;
        // "has been set at": a verb.
        if matches!(self.tokens.slice(noun.saturating_sub(1)), "been" | "be") {
            return None;
        }
        let linked = matches!(self.tokens.slice(at), "of" | "at") || self.tokens.is_copula(at);
        (linked && self.is_noun(noun) && !is_movement(self.tokens, noun)).then(|| self.phrase(noun))
    }

    /// Without a known metric: what rose or fell ("passenger numbers rose 21%", "passenger growth, which reached 21%").
    fn plain_noun(&self, found: &Found) -> Option<String> {
        let start = self.within.start.max(found.from.saturating_sub(MOVE_BEFORE));
        let moved = (start..found.from)
            .rev()
            .find(|at| self.tokens.at(*at).is(Roles::UP.or(Roles::DOWN)))?;
        let noun = moved
            .checked_sub(1)
            .filter(|noun| *noun >= self.within.start && self.is_noun(*noun))?;
        let before = noun
            .checked_sub(1)
            .filter(|before| *before >= self.within.start && self.is_noun(*before));
        let mut words: Vec<String> = before.into_iter().map(|at| self.tokens.lower(at)).collect();
        words.push(singular_of(&self.tokens.lower(noun)));
        Some(words.join(" "))
    }

    /// A word that can be a noun: nothing that the list knows to be something else.
    fn is_noun(&self, at: usize) -> bool {
        let token = self.tokens.at(at);
        let other = Roles::STOP
            .or(Roles::PREPOSITION)
            .or(Roles::HEDGE)
            .or(Roles::CARDINAL)
            .or(Roles::MONTH)
            .or(Roles::TIME);
        let word = self.tokens.slice(at);
        token.kind == Kind::Word
            && !token.is(other)
            && !self.in_figure(at)
            && token.end - token.start > 2
            && (!token.upper || opens_sentence(self.tokens, at))
            && !word.ends_with("ly")
            && !word.ends_with("ed")
    }

    fn is_metric(&self, at: usize) -> bool {
        let token = self.tokens.at(at);
        // "to contract" is a verb.
        let verb = at > self.within.start && self.tokens.slice(at - 1) == "to" && !is_plural(self.tokens, at);
        token.kind == Kind::Word && token.is(Roles::METRIC) && !verb && !self.in_figure(at)
    }

    /// In the noun phrase after the figure ("26% year-over-year revenue increase", "$25 billion in revenue").
    fn after(&self, found: &Found) -> Option<String> {
        let tokens = self.tokens;
        let mut best = None;
        let mut moved = None;
        let mut at = found.to;
        let mut linked = false;
        while at < self.within.end.min(found.to + PHRASE) {
            let token = tokens.at(at);
            let hyphened = tokens.at(at + 1).is_mark('-') && tokens.glued(at + 1)
                || tokens.glued(at) && tokens.before(at).is_mark('-');
            match token.kind {
                Kind::Mark('-') => {}
                Kind::Word if self.in_figure(at) => break,
                Kind::Word if self.is_metric(at) && !token.is(Roles::STOP) && !is_movement(tokens, at) => {
                    best = Some(at)
                }
                Kind::Word if is_movement(tokens, at) && token.is(Roles::METRIC) && best.is_none() => {
                    moved = Some(at)
                }
                Kind::Word if hyphened || is_over_year(tokens, at) => {}
                Kind::Word if matches!(tokens.slice(at), "of" | "in") && best.is_none() && !linked => {
                    linked = true
                }
                Kind::Word
                    if linked
                        && (token.is(Roles::PRONOUN) || matches!(tokens.slice(at), "a" | "an" | "the")) => {}
                Kind::Word if token.is(Roles::STOP) || token.upper && token.is(Roles::MONTH) => break,
                Kind::Word => {}
                _ => break,
            }
            at += 1;
        }
        // A metric behind "in" or "of" must follow at once what the figure measures.
        best.or(moved.filter(|_| self.earlier_at(found).is_none()))
            .map(|at| self.phrase(at))
    }

    /// The nearest metric before the figure.
    fn earlier_at(&self, found: &Found) -> Option<usize> {
        (self.within.start..found.from)
            .rev()
            .take_while(|at| !self.tokens.at(*at).is_mark(';'))
            .find(|at| self.is_metric(*at) && !is_movement(self.tokens, *at))
    }

    fn earlier(&self, found: &Found) -> Option<String> {
        self.earlier_at(found).map(|at| self.phrase(at))
    }

    /// The metric with the words that belong to it, lower case, its last word in the singular.
    fn phrase(&self, at: usize) -> String {
        let mut from = at;
        while from > self.within.start && at - from < MAX_MODIFIERS {
            let token = self.tokens.at(from - 1);
            let belongs = token.kind == Kind::Word
                && token.is(Roles::MODIFIER.or(Roles::METRIC))
                && !self.in_figure(from - 1)
                && !(token.is(Roles::UP.or(Roles::DOWN)) && self.tokens.slice(from - 1) != "growth");
            if !belongs {
                break;
            }
            from -= 1;
        }
        let mut words: Vec<String> = (from..at).map(|at| self.tokens.lower(at)).collect();
        let last = self.tokens.lower(at);
        // "sales", "earnings" and traded "shares" have no singular of that sense.
        let kept = matches!(
            last.as_str(),
            "sales" | "earnings" | "shares" | "stocks" | "savings"
        );
        words.push(if kept { last } else { singular_of(&last) });
        words.join(" ")
    }
}

/// "growth", "decline": they say how something else moved.
fn is_movement(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.at(at).is(Roles::UP.or(Roles::DOWN))
        && !matches!(tokens.slice(at), "loss" | "losses" | "cost" | "costs")
}

/// "year over year", "year on year".
fn is_over_year(tokens: &Tokens<'_>, at: usize) -> bool {
    let year = |at: usize| {
        matches!(
            tokens.slice(at),
            "year" | "quarter" | "month" | "annual" | "yoy" | "YoY"
        )
    };
    year(at) || matches!(tokens.slice(at), "over" | "on") && year(at + 1) && year(at.saturating_sub(1))
}
