//! Names in a sentence: runs of capitalised words.

use super::guard::opens_sentence;
use super::lexicon::Roles;
use super::token::{Kind, Tokens};

/// A name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    /// First token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
    /// Ends in 's.
    pub possessive: bool,
}

/// Above this share of capitalised words a line is a headline, where capitals tell nothing.
const HEADLINE_SHARE: f64 = 0.6;
/// Longest name, in words.
const MAX_NAME: usize = 5;

/// Words that stand with a capital inside sentences: at the start of one they are names too.
pub(super) struct Known<'t, 'd> {
    tokens: &'t Tokens<'d>,
    /// Tokens with a capital, gone through when a word is asked about: a text asks about few.
    capitals: Vec<usize>,
}

impl<'t, 'd> Known<'t, 'd> {
    pub(super) fn of(tokens: &'t Tokens<'d>) -> Self {
        Self {
            tokens,
            capitals: (0..tokens.len()).filter(|at| tokens.at(*at).upper).collect(),
        }
    }

    fn has(&self, word: &str) -> bool {
        let (tokens, word) = (self.tokens, bare(word));
        self.capitals.iter().any(|at| {
            bare(tokens.slice(*at)) == word && is_name_word(tokens, *at) && !opens_sentence(tokens, *at)
        })
    }
}

fn bare(word: &str) -> &str {
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix('\''))
        .unwrap_or(word)
}

fn is_name_word(tokens: &Tokens<'_>, at: usize) -> bool {
    let token = tokens.at(at);
    let other = Roles::NOBODY
        .or(Roles::STOP)
        .or(Roles::CARDINAL)
        .or(Roles::ORDINAL)
        .or(Roles::MONTH)
        .or(Roles::WEEKDAY)
        .or(Roles::CODE)
        .or(Roles::ABBREVIATION)
        .or(Roles::CLOCK)
        .or(Roles::HEDGE)
        .or(Roles::PERCENT);
    token.kind == Kind::Word
        && token.upper
        && token.end - token.start > 1
        && (!token.is(other) || token.is(Roles::CHINA))
}

/// The names between two tokens, in order.
pub(super) fn names(tokens: &Tokens<'_>, within: std::ops::Range<usize>, known: &Known<'_, '_>) -> Vec<Name> {
    let mut found = Vec::new();
    if is_headline(tokens, within.clone()) {
        return found;
    }
    let mut at = within.start;
    while at < within.end {
        if !is_name_word(tokens, at) {
            at += 1;
            continue;
        }
        let from = at;
        let mut to = at + 1;
        let mut possessive = tokens.slice(at).ends_with("'s");
        while !possessive && to < within.end && to - from < 2 * MAX_NAME {
            let joint =
                usize::from(matches!(tokens.at(to).kind, Kind::Mark('&' | '-')) && tokens.at(to + 1).upper);
            if !is_name_word(tokens, to + joint) {
                break;
            }
            possessive = tokens.slice(to + joint).ends_with("'s");
            to += joint + 1;
        }
        // "Revenue rose": the capital is the sentence's.
        let initial = opens_sentence(tokens, from) || from == within.start;
        let common = tokens
            .at(from)
            .is(Roles::METRIC.or(Roles::MODIFIER).or(Roles::UP).or(Roles::DOWN));
        // "Tarn and Mosk grew": the second name shows that the first is one.
        let list = matches!(tokens.slice(to), "and" | "," | "&") && is_name_word(tokens, to + 1);
        let real =
            !initial || !common && (to - from > 1 || list || known.has(tokens.slice(from)) || possessive);
        if initial && !real && to - from > 1 {
            found.push(Name {
                from: from + 1,
                to,
                possessive,
            });
        } else if real {
            found.push(Name { from, to, possessive });
        }
        at = to;
    }
    found
}

/// Whether most words have capitals.
fn is_headline(tokens: &Tokens<'_>, within: std::ops::Range<usize>) -> bool {
    let words = within.clone().filter(|at| tokens.at(*at).kind == Kind::Word);
    let count = words.clone().count();
    let upper = words.filter(|at| tokens.at(*at).upper).count();
    count > 3 && upper as f64 > HEADLINE_SHARE * count as f64
}

/// A name as it is given out: without 's.
pub(super) fn text(tokens: &Tokens<'_>, name: Name) -> String {
    let (from, to) = (tokens.at(name.from).start, tokens.before(name.to).end);
    let span = crate::document::Span {
        start: from,
        end: to.max(from),
    };
    let text = span
        .of(tokens.text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    bare(&text).to_owned()
}
