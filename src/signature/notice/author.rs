//! A biography that says of the author, and not of the text, that no person stands behind the name: "Ina Rook covers the docks. Ina is a bot."
//!
//! Articles are about machines with names too. So this is heard only in a short line at the foot of a text, where a full name is given that
//! nothing above it mentions (whom an article is about, it names before its last line), and where the line says that its bearer
//! writes.

use super::Sentence;
use super::words::*;

/// Words of a name.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;
/// Most words of a biography.
const MOST_WORDS: usize = 70;
/// Most bytes below a biography: dates, tags, headlines of other stories, a line of copyright.
const BELOW: usize = 420;
/// Lines above a line, blank ones aside, of which one may be the biography that it belongs to.
const LINES_ABOVE: usize = 2;
/// Words that begin the line of a byline, and lines at the head among which it stands.
const BYLINE_BEGINS: &[&str] = &["by", "words", "text", "author", "written", "reported", "story"];
const HEAD_LINES: usize = 12;
/// What authors have, and few others: a line that speaks of them speaks of an author.
pub(super) const COLUMNS: &str = "column columns articles stories byline";
/// Words of which a biography holds one that says only what its bearer is.
const WRITES: &str =
    "writes write writing files filing prose copy desk newsroom beat column columns articles byline";
/// Words of those who write about texts.
const ESSAYS: &str = "paragraph paragraphs author authors essay passage states argues excerpt";
/// Names of things that end in one of these are no persons'.
const THINGS: &str = "system systems program software network project engine institute technology technologies company group agency machine \
    intelligence lab labs inc corporation model language";
/// Most words of a line that may give the author's name above: a byline.
const BYLINE_WORDS: usize = 14;

/// Somebody whom a line introduces as its author, by the parts of the name in lower case.
pub(super) struct Author(pub(super) Vec<String>);

impl Author {
    /// Longest line that may be a biography, in bytes.
    pub(super) const LONGEST: usize = 700;
    /// The same of one above the line that is read.
    const LONGEST_ABOVE: usize = 300;

    /// Whom the line `from..to` of a text, or the biography right above it, introduces.
    pub(super) fn of(text: &str, (from, to): (usize, usize)) -> Option<Self> {
        if text.len().saturating_sub(to) > BELOW || to - from > Self::LONGEST {
            return None;
        }
        let above = text.get(..from)?;
        Self::introduced(above, text.get(from..to)?).or_else(|| {
            let mut end = above.len();
            let lines = above.rsplit('\n').map(|line| {
                let start = end - line.len();
                end = start.saturating_sub(1);
                (start, line)
            });
            let lines = lines
                .filter(|(_, line)| !line.trim().is_empty())
                .take(LINES_ABOVE);
            lines
                .filter(|(start, line)| line.len() <= Self::LONGEST_ABOVE && has_body(above.get(..*start)))
                .find_map(|(start, line)| Self::introduced(above.get(..start)?, line))
        })
    }

    /// Whom a line introduces as its author, below what stands `above`.
    fn introduced(above: &str, line: &str) -> Option<Self> {
        let sentences: Vec<Sentence<'_>> = super::sentences(line)
            .into_iter()
            .map(|(_, sentence)| Sentence::of(sentence))
            .collect();
        let words: usize = sentences.iter().map(|sentence| sentence.words.len()).sum();
        let name = sentences.first().and_then(Sentence::full_name)?;
        let writes = || {
            let speaks = |sentence: &Sentence<'_>| sentence.says_who_writes() || sentence.speaks_of_texts();
            sentences.iter().any(speaks) || in_byline(above, &name)
        };
        let thing = name.last().is_some_and(|last| {
            let last = last.to_lowercase();
            THINGS.split(' ').any(|thing| thing == last)
        });
        let leads_on = sentences.iter().any(Sentence::leads_on);
        if words > MOST_WORDS || thing || leads_on || !writes() {
            return None;
        }
        let last = name.last()?;
        let body = |line: &&str| has_body(Some(line));
        if above.lines().filter(body).any(|line| line.contains(last)) {
            return None;
        }
        Some(Self(name.iter().map(|word| word.to_lowercase()).collect()))
    }
}

/// Whether what stands above a line is more than headings and a byline: the line may be a biography, and no part of an article that begins.
fn has_body(above: Option<&str>) -> bool {
    above
        .unwrap_or("")
        .lines()
        .any(|line| line.split_whitespace().nth(BYLINE_WORDS).is_some())
}

/// Whether a line at the head of a text gives the name as its author's.
fn in_byline(text: &str, name: &[&str]) -> bool {
    let is_name = |words: &[&str]| {
        name.iter()
            .enumerate()
            .all(|(at, part)| words.get(at) == Some(part))
    };
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .take(HEAD_LINES)
        .any(|line| {
            let words: Vec<&str> = line
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect();
            let begins = words
                .first()
                .is_some_and(|first| BYLINE_BEGINS.contains(&first.to_lowercase().as_str()));
            let alone = words.len() == name.len() && is_name(&words);
            let behind = (1..3).any(|at| words.get(at..).is_some_and(is_name));
            words.len() <= BYLINE_WORDS && (alone || begins && behind)
        })
}

impl<'t> Sentence<'t> {
    /// The first run of capitalised words that may be a person's name.
    fn full_name(&self) -> Option<Vec<&'t str>> {
        let mut at = 0;
        while at < self.words.len() {
            let length = self.full_name_at(at);
            if length > 0 {
                let name = self.words.get(at..at + length)?;
                return Some(name.iter().map(|word| word.raw).collect());
            }
            at += self.capitals(at).max(1);
        }
        None
    }

    /// Words of the name that begins here, none if none does.
    pub(super) fn full_name_at(&self, at: usize) -> usize {
        let length = self.capitals(at);
        if NAME_WORDS.contains(&length) { length } else { 0 }
    }

    /// Words with a capital from here on, to the end of the part.
    fn capitals(&self, at: usize) -> usize {
        let capital = |at: usize| {
            let word = self.words.get(at);
            word.is_some_and(|word| {
                word.raw.starts_with(char::is_uppercase)
                    && word.raw.chars().nth(1).is_some_and(char::is_lowercase)
            }) && !self.is(at, NO_NAME)
        };
        let ends = |to: &usize| *to > at && self.ends(*to - 1);
        (at..self.words.len())
            .take_while(|to| capital(*to) && !ends(to))
            .count()
    }

    /// Whether a sentence has to do with journalism at all.
    fn speaks_of_texts(&self) -> bool {
        let this = || (0..self.words.len()).any(|at| self.is(at, "this") && self.is(at + 1, TEXTS));
        (self.any(WRITES) || this()) && !self.any(ESSAYS)
    }

    /// "Read our review", "See also": a line that leads to another article.
    fn leads_on(&self) -> bool {
        self.is(0, "see watch related reviewed listen") || self.is(0, "read") && self.is(1, "our also the")
    }

    /// Whether somebody is said to write: "Ina Rook covers", "who reports", "our correspondent", "the author, Ina Rook", "her columns"; but
    /// not "the author states".
    fn says_who_writes(&self) -> bool {
        let capital = |at: usize| {
            let word = self.words.get(at);
            word.is_some_and(|word| word.raw.starts_with(char::is_uppercase))
        };
        let after = |at: usize, list: &str| at > 0 && self.is(at - 1, list);
        (0..self.words.len()).any(|at| {
            let perfect = at > 1 && after(at, "has been") && (capital(at - 2) || self.is(at - 2, "has and"));
            let covers = self.is(at, COVERS)
                && at > 0
                && (capital(at - 1)
                    || perfect
                    || after(at, "who that which he she they and to now writing agent model")
                    || self.ends(at - 1) && (!self.is(at, "reports") || self.is(at + 1, "on from")));
            let role = self.is(at, ROLES)
                && (!after(at, "the an a this") || self.ends(at) && after(at, "the") || capital(at + 1));
            let texts = self.is(at, TEXTS) && after(at, "her his their");
            let byname = self.is(at, "by") && capital(at + 1) && at > 0 && self.is(at - 1, MADE);
            covers || role || texts || byname || self.is(at, COLUMNS)
        })
    }

    /// Behind a name between commas: "our newsroom's AI, Ava, wrote".
    pub(super) fn past_name(&self, at: usize) -> usize {
        let name = self.capitals(at);
        let apart = at > 0 && self.ends(at - 1) && name > 0 && self.ends(at + name - 1);
        if apart { at + name } else { at }
    }
}
