//! What is said of a figure: its period, direction, subject and entity, and what it is paired with.

use std::ops::Range;

use super::lexicon::Roles;
use super::name::{self, Name};
use super::period::Period;
use super::scan::Found;
use super::token::{Kind, Tokens};
use super::{Direction, Kind as FigureKind};

/// What is known of a sentence when its figures are looked at.
pub(super) struct Sentence<'t, 'd> {
    pub tokens: &'t Tokens<'d>,
    /// Its tokens.
    pub within: Range<usize>,
    /// Its figures.
    pub figures: &'t [Found],
    pub periods: Vec<Period>,
    pub names: Vec<Name>,
}

/// How far a word of movement may stand before a figure, in tokens.
pub(super) const MOVE_BEFORE: usize = 9;
/// ... and after it.
const MOVE_AFTER: usize = 8;

/// Tokens between a figure and a time beyond which it is not the figure's: a list without full stops is one sentence.
const FAR: usize = 48;
/// What one figure in between adds to the distance between a figure and a period, in tokens.
const FIGURE_BETWEEN: usize = 6;
/// How far behind a list of figures "respectively" may stand, in tokens.
const PHRASE: usize = 9;
/// Tokens between a change and the time that it is measured against, at most.
const MEASURED_AGAINST: usize = 5;
/// Tokens between an amount and its conversion: "(or about".
const MAX_BETWEEN_PAIR: usize = 4;
/// Tokens between a figure and a name behind it that it may belong to.
const MAX_BEHIND: usize = 5;

impl Sentence<'_, '_> {
    /// The period nearest to the figure, as a rule.
    pub(super) fn period(&self, found: &Found) -> Option<String> {
        self.periods
            .iter()
            .filter_map(|period| {
                let (low, high) = if period.from >= found.to {
                    (found.to, period.from)
                } else if period.to <= found.from {
                    (period.to, found.from)
                } else {
                    (0, 0)
                };
                let between = self
                    .figures
                    .iter()
                    .filter(|other| other.from >= low && other.to <= high && low < high);
                // "rose to X from Y in 1985": the time is Y's.
                let base = between.clone().any(|other| {
                    let before = self.tokens.slice(other.from.saturating_sub(1));
                    period.from >= found.to
                        && ["from", "than", "against", "to", "with"].contains(&before)
                        && period.from <= other.to + 3
                });
                // "Came from X in 2024 and grew by Y": so is this one.
                let of_base = period.to <= found.from
                    && between.clone().next().is_none()
                    && self.figures.iter().any(|other| {
                        let near = other.to <= period.from && period.from <= other.to + 2;
                        near && self.tokens.slice(other.from.saturating_sub(1)) == "from"
                    });
                // "Up 12% on 2023", "21% more than in 2023": that time is what it is measured against.
                let measured = period.from >= found.to
                    && found.kind == FigureKind::Percent
                    && between.clone().next().is_none()
                    && self.against(found.to, period);
                // "3.2 billion, to be followed by 4.5 billion by 2027": what a deadline is for stands right before it.
                let deadline = period.from >= found.to
                    && ["by", "until"].contains(&self.tokens.slice(period.from.saturating_sub(1)))
                    && between.clone().next().is_some();
                let gap = high - low + FIGURE_BETWEEN * between.count();
                (!base && !of_base && !measured && !deadline && !self.is_base(period))
                    .then_some((gap, period))
            })
            .filter(|(gap, _)| *gap <= FAR)
            .min_by_key(|(gap, _)| *gap)
            .map(|(_, period)| period.name.clone())
    }

    /// "8% up on 2024": a time that something else is measured against.
    fn is_base(&self, period: &Period) -> bool {
        let before = |back: usize| {
            period
                .from
                .checked_sub(back)
                .map_or("", |at| self.tokens.slice(at))
        };
        before(1) == "on" && ["up", "down"].contains(&before(2)) && self.against(period.from - 1, period)
    }

    /// Whether the words between a change and a time say that the time is what it is measured against.
    fn against(&self, from: usize, period: &Period) -> bool {
        let words: Vec<&str> = (from..period.from).map(|at| self.tokens.slice(at)).collect();
        match words.as_slice() {
            // "On August 29" is a day.
            ["on" | "from"] => period.name.bytes().all(|byte| byte.is_ascii_digit()),
            [.., "than"] | [.., "than", "in" | "for"] => words.len() <= MEASURED_AGAINST,
            [.., "compared" | "comparison", "with" | "to"] => words.len() <= MEASURED_AGAINST,
            _ => false,
        }
    }

    /// Which way it moved: the nearest word that says so.
    pub(super) fn direction(&self, found: &Found) -> Option<Direction> {
        let of = |at: usize| {
            let token = self.tokens.at(at);
            if token.is(Roles::UP) {
                Some(Direction::Up)
            } else if token.is(Roles::DOWN) {
                Some(Direction::Down)
            } else {
                token.is(Roles::FLAT).then_some(Direction::Flat)
            }
        };
        // "27% less fuel", "21 percent more than a year ago".
        match self.tokens.slice(found.to) {
            "more" | "greater" if found.kind == FigureKind::Percent => return Some(Direction::Up),
            "less" | "fewer" if found.kind == FigureKind::Percent => return Some(Direction::Down),
            _ => {}
        }
        let start = self.within.start.max(found.from.saturating_sub(MOVE_BEFORE));
        let before = (start..found.from)
            .rev()
            .take_while(|at| !matches!(self.tokens.at(*at).kind, Kind::Mark(';' | '.')))
            .find_map(|at| of(at).map(|direction| (found.from - at, direction)));
        let end = self.within.end.min(found.to + MOVE_AFTER);
        let after = (found.to..end)
            .take_while(|at| {
                !matches!(
                    self.tokens.at(*at).kind,
                    Kind::Mark(';' | '.' | ',' | ')' | '(' | '—') | Kind::Number
                )
            })
            .find_map(|at| of(at).map(|direction| (at + 1 - found.to, direction)));
        match (before, after) {
            (Some(before), Some(after)) if after.0 < before.0 => Some(after.1),
            (Some(before), _) => Some(before.1),
            (None, after) => after.map(|(_, direction)| direction),
        }
    }

    pub(super) fn in_figure(&self, at: usize) -> bool {
        self.figures.iter().any(|other| other.from <= at && at < other.to)
    }

    /// Whose it is.
    pub(super) fn entity(&self, found: &Found, index: usize) -> Option<String> {
        let tokens = self.tokens;
        let name = self
            .parallel(index)
            .or_else(|| self.bracketed(found))
            .or_else(|| self.before(found))
            .or_else(|| self.behind(found))?;
        Some(name::text(tokens, name))
    }

    /// The nearest name before the figure; one behind a preposition ("in Hong Kong", "of China's market") only if there is no other.
    fn before(&self, found: &Found) -> Option<Name> {
        let own = |name: &&Name| {
            let mut at = name.from;
            // "in the United States"
            while at > self.within.start
                && (self.tokens.at(at - 1).is(Roles::PRONOUN) || self.tokens.slice(at - 1) == "the")
            {
                at -= 1;
            }
            at == self.within.start || !self.tokens.at(at - 1).is(Roles::PREPOSITION)
        };
        let mut earlier = self.names.iter().rev().filter(|name| name.to <= found.from);
        earlier.clone().find(own).or_else(|| earlier.next()).copied()
    }

    /// A name that owns the noun phrase behind the figure: "33% of Tarnwell's sales", "a 5% fall at Vell".
    fn behind(&self, found: &Found) -> Option<Name> {
        let near = |name: &&Name| {
            name.from >= found.to
                && name.from - found.to <= MAX_BEHIND
                && matches!(
                    self.tokens.slice(name.from.saturating_sub(1)),
                    "of" | "at" | "for" | "by"
                )
        };
        self.names.iter().find(near).copied()
    }

    /// "AWS (30-32%)": the name right before the bracket.
    fn bracketed(&self, found: &Found) -> Option<Name> {
        let tokens = self.tokens;
        let open = (found.from.saturating_sub(3)..found.from)
            .rev()
            .find(|at| tokens.at(*at).is_mark('('))?;
        if (open + 1..found.from)
            .any(|at| !tokens.at(at).is(Roles::HEDGE) && tokens.at(at).kind == Kind::Word)
        {
            return None;
        }
        self.names.iter().find(|name| name.to == open).copied()
    }

    /// "AWS and Azure grew at 17.5% and 26% respectively": lists of equal length map in order.
    fn parallel(&self, index: usize) -> Option<Name> {
        let list = self.figure_list(index);
        let place = index.checked_sub(list.start)?;
        if list.len() < 2 {
            return None;
        }
        let last = self.figures.get(list.end - 1)?;
        let first = self.figures.get(list.start)?;
        let respectively = (last.to..self.within.end.min(last.to + PHRASE))
            .any(|at| self.tokens.slice(at).eq_ignore_ascii_case("respectively"));
        let lists = self.name_lists();
        let fits = |names: &&Range<usize>| names.len() == list.len();
        let before = lists.iter().rev().filter(fits).find(|names| {
            self.names
                .get(names.end - 1)
                .is_some_and(|name| name.to <= first.from)
        });
        let names = match before {
            None if respectively => lists.iter().find(fits),
            names => names,
        }?;
        self.names.get(names.start + place).copied()
    }

    fn is_link(&self, from: usize, to: usize) -> bool {
        to >= from
            && to - from <= 2
            && (from..to).all(|at| {
                self.tokens.at(at).is_mark(',') || matches!(self.tokens.slice(at), "and" | "or" | "&")
            })
            && to > from
    }

    /// The run of figures joined by commas and "and" around this one.
    fn figure_list(&self, index: usize) -> Range<usize> {
        let linked = |at: usize| match (self.figures.get(at), self.figures.get(at + 1)) {
            (Some(one), Some(next)) => one.kind == next.kind && self.is_link(one.to, next.from),
            _ => false,
        };
        let mut start = index;
        while start > 0 && linked(start - 1) {
            start -= 1;
        }
        let mut end = index + 1;
        while linked(end - 1) {
            end += 1;
        }
        start..end
    }

    fn name_lists(&self) -> Vec<Range<usize>> {
        let mut lists: Vec<Range<usize>> = Vec::new();
        for (index, name) in self.names.iter().enumerate() {
            match lists.last_mut() {
                Some(list)
                    if self
                        .names
                        .get(list.end - 1)
                        .is_some_and(|last| self.is_link(last.to, name.from)) =>
                {
                    list.end = index + 1;
                }
                _ => lists.push(index..index + 1),
            }
        }
        lists
    }

    /// Whether the second figure restates the first in another unit ("33.4 billion yuan ($4.67 billion)").
    pub(super) fn is_conversion(&self, first: &Found, second: &Found) -> bool {
        let same_kind =
            first.kind == second.kind && matches!(first.kind, FigureKind::Money | FigureKind::Count);
        if !same_kind
            || first.unit == second.unit
            || second.from < first.to
            || second.from - first.to > MAX_BETWEEN_PAIR
        {
            return false;
        }
        let measured = |found: &Found| {
            found.kind == FigureKind::Money || found.unit.contains(' ') || {
                super::lexicon::Lexicon::shipped()
                    .word(&found.unit)
                    .roles
                    .any(Roles::MEASURE)
            }
        };
        let between = first.to..second.from;
        let opens = between
            .clone()
            .any(|at| self.tokens.at(at).is_mark('(') || self.tokens.at(at).is_mark('['));
        let or = between.clone().any(|at| self.tokens.slice(at) == "or");
        let quiet = between.clone().all(|at| {
            let token = self.tokens.at(at);
            matches!(token.kind, Kind::Mark('(' | '[' | ',' | '~' | '=' | '≈'))
                || token.is(Roles::HEDGE)
                || matches!(
                    self.tokens.slice(at),
                    "or" | "some" | "equal" | "equivalent" | "to" | "US" | "a"
                )
        });
        quiet && (opens || or) && measured(first) && measured(second)
    }
}
