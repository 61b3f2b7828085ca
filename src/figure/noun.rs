//! What is counted: the head noun after a number, in the singular.

use std::borrow::Cow;

use super::lexicon::{Lexicon, Roles};
use super::token::{Kind, Tokens};

/// Words looked at for the noun: "six of the largest privately held regional insurance companies".
const REACH: usize = 7;

/// A counted noun.
pub(super) struct Noun {
    /// Its singular, lower case.
    pub name: Cow<'static, str>,
    /// One past its token.
    pub to: usize,
    /// Whether it is a unit of time.
    pub time: bool,
    /// How many words stand between the number and it.
    pub distance: usize,
}

/// The noun that a number ending before token `at` counts: the first plural before anything that ends the phrase.
pub(super) fn counted(tokens: &Tokens<'_>, at: usize) -> Option<Noun> {
    let mut next = at;
    let mut distance = 0;
    let mut bracket = false;
    let mut joined = false;
    while distance < REACH {
        let token = tokens.at(next);
        match token.kind {
            Kind::Mark('-' | '\'' | '"' | '/' | '&') => {}
            Kind::Mark('(') if !bracket && distance > 0 => {
                // "the four Southern Market (Mercosur) countries".
                let close = (next + 1..next + 5).find(|at| tokens.at(*at).is_mark(')'))?;
                bracket = true;
                next = close;
            }
            Kind::Word => {
                let text = tokens.slice(next);
                if text.eq_ignore_ascii_case("and") && distance > 0 && !joined {
                    joined = true;
                } else if token.is(Roles::STOP) && !token.is(Roles::PLURAL.or(Roles::TIME)) && text != "US" {
                    return None;
                } else if token.is(Roles::SQUARE) && is_plural(tokens, next + 1) {
                    let name = match text {
                        "sq" => "square",
                        text => text,
                    };
                    return Some(Noun {
                        name: Cow::Owned(format!("{} {}", name.to_lowercase(), singular(tokens, next + 1))),
                        to: next + 2,
                        time: false,
                        distance,
                    });
                } else if is_plural(tokens, next) {
                    return Some(head(tokens, next, distance));
                } else if text.ends_with("'s") || text.ends_with("s'") {
                    if !token.upper {
                        return None;
                    }
                } else {
                    distance += 1;
                }
            }
            _ => return None,
        }
        next += 1;
    }
    None
}

/// The plural at `at`, or the one right behind it that it belongs to ("sales people", "sports teams").
fn head(tokens: &Tokens<'_>, at: usize, distance: usize) -> Noun {
    let follows = |at: usize| {
        tokens.at(at).kind == Kind::Word
            && is_plural(tokens, at)
            && !tokens.at(at).is(Roles::STOP.or(Roles::TIME))
            && !tokens.at(at).upper
    };
    let time = tokens.at(at).is(Roles::TIME);
    let at = if !time && !tokens.at(at).upper && follows(at + 1) {
        at + 1
    } else {
        at
    };
    Noun {
        name: singular(tokens, at),
        to: at + 1,
        time: tokens.at(at).is(Roles::TIME),
        distance,
    }
}

/// Whether the word is a noun in the plural, by its form.
pub(super) fn is_plural(tokens: &Tokens<'_>, at: usize) -> bool {
    let token = tokens.at(at);
    if token.kind != Kind::Word {
        return false;
    }
    if token.is(Roles::PLURAL) {
        return true;
    }
    if token.is(Roles::TIME.or(Roles::MEASURE)) {
        let text = tokens.slice(at);
        return text.ends_with(['s', 'S']) || token.is(Roles::MEASURE) || text.len() <= 3;
    }
    if token.is(Roles::STOP.or(Roles::NO_PLURAL)) {
        return false;
    }
    let text = tokens.slice(at);
    if text.len() < 3 || text.ends_with("'s") {
        return false;
    }
    // All capitals: "12 CEOs" is one, "US" or "AWS" is not.
    if token.capitals {
        return text.len() > 4 && text.ends_with('S') && !text.ends_with("SS");
    }
    let lower_end = text.ends_with('s');
    lower_end && !["ss", "us", "is", "ous"].iter().any(|end| text.ends_with(end))
}

/// The singular of the noun at `at`, lower case.
pub(super) fn singular(tokens: &Tokens<'_>, at: usize) -> Cow<'static, str> {
    let token = tokens.at(at);
    if token.is(Roles::PLURAL.or(Roles::TIME).or(Roles::MEASURE))
        && !token.entry.name.is_empty()
        && !token.is(Roles::NATION)
    {
        return Cow::Borrowed(token.entry.name);
    }
    Cow::Owned(singular_of(&tokens.lower(at)))
}

/// The singular of a lower-case noun by the rules of spelling.
pub(super) fn singular_of(lower: &str) -> String {
    let entry = Lexicon::shipped().word(lower);
    if entry.roles.any(Roles::PLURAL) {
        return entry.name.to_owned();
    }
    let lower = lower.strip_suffix("'s").unwrap_or(lower);
    if lower.len() < 3 || ["ss", "us", "is"].iter().any(|end| lower.ends_with(end)) {
        return lower.to_owned();
    }
    if let Some(stem) = lower.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    if ["sses", "shes", "ches", "xes", "zzes", "oes"]
        .iter()
        .any(|end| lower.ends_with(end))
    {
        return lower.strip_suffix("es").unwrap_or(lower).to_owned();
    }
    lower.strip_suffix('s').unwrap_or(lower).to_owned()
}

/// The noun glued behind a hyphen: "32-billion-parameter", "90-seat", "three-year".
pub(super) fn hyphened(tokens: &Tokens<'_>, at: usize) -> Option<Noun> {
    let word = at + 1;
    if !(tokens.at(at).is_mark('-') && tokens.glued(at) && tokens.glued(word)) {
        return None;
    }
    let token = tokens.at(word);
    if token.kind != Kind::Word || token.is(Roles::STOP.or(Roles::CARDINAL)) || token.upper && !token.capitals
    {
        return None;
    }
    // "six-figure", "3-digit" are magnitudes, "one-off", "30-something" nothing.
    if ["figure", "digit", "something", "off", "odd", "sided", "shot"].contains(&tokens.slice(word)) {
        return None;
    }
    Some(Noun {
        name: singular(tokens, word),
        to: word + 1,
        time: token.is(Roles::TIME),
        distance: 0,
    })
}
