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
/// Most bytes below a biography: dates, tags, a line of copyright.
const BELOW: usize = 240;
/// Most words of a line that may give the author's name above: a byline.
const BYLINE_WORDS: usize = 14;

/// Somebody whom a line introduces as its author, by the parts of the name in lower case.
pub(super) struct Author(Vec<String>);

impl Author {
    /// Longest line that may be a biography, in bytes.
    pub(super) const LONGEST: usize = 700;

    /// Of the line `from..to` of a text, whose sentences are given.
    pub(super) fn of<'s>(
        text: &str,
        (from, to): (usize, usize),
        sentences: impl Iterator<Item = Sentence<'s>>,
    ) -> Option<Self> {
        if text.len().saturating_sub(to) > BELOW {
            return None;
        }
        let sentences: Vec<Sentence<'_>> = sentences.collect();
        let words: usize = sentences.iter().map(|sentence| sentence.words.len()).sum();
        if words > MOST_WORDS || !sentences.iter().any(Sentence::says_who_writes) {
            return None;
        }
        let name = sentences.first().and_then(Sentence::full_name)?;
        let above = text.get(..from)?;
        let last = name.last()?;
        let body = |line: &&str| line.split_whitespace().nth(BYLINE_WORDS).is_some();
        if above.lines().filter(body).any(|line| line.contains(last)) {
            return None;
        }
        Some(Self(name.iter().map(|word| word.to_lowercase()).collect()))
    }
}

impl<'t> Sentence<'t> {
    /// The first run of capitalised words that may be a person's name.
    fn full_name(&self) -> Option<Vec<&'t str>> {
        let capital = |at: usize| {
            let word = self.words.get(at);
            word.is_some_and(|word| {
                word.raw.starts_with(char::is_uppercase)
                    && word.raw.chars().nth(1).is_some_and(char::is_lowercase)
            }) && !self.is(at, NO_NAME)
        };
        let mut at = 0;
        while at < self.words.len() {
            let ends = |to: &usize| *to > at && self.ends(*to - 1);
            let length = (at..self.words.len())
                .take_while(|to| capital(*to) && !ends(to))
                .count();
            if NAME_WORDS.contains(&length) {
                let name = self.words.get(at..at + length)?;
                return Some(name.iter().map(|word| word.raw).collect());
            }
            at += length + 1;
        }
        None
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
            let covers = self.is(at, COVERS)
                && at > 0
                && (capital(at - 1)
                    || after(at, "who that which he she they and to now writing agent model")
                    || self.ends(at - 1) && (!self.is(at, "reports") || self.is(at + 1, "on from")));
            let role = self.is(at, ROLES)
                && (!after(at, "the an a this") || self.ends(at) && after(at, "the") || capital(at + 1));
            let texts = self.is(at, TEXTS) && after(at, "her his their");
            covers || role || texts
        })
    }

    /// Whether the sentence says that the author of its line is a machine, or nobody.
    pub(super) fn unmasks(&self, author: &Author) -> bool {
        if self.lists.has(REPORTED) || self.quotes || self.asks {
            return false;
        }
        // "If the tram is late, Ina Rook is a bot": left open to the end of its part.
        let mut open = false;
        for at in 0..self.words.len() {
            open &= at == 0 || !self.ends(at - 1);
            open |= self.is(at, SUPPOSED) && !self.told_to_know(at);
            let behind = self.behind_name(author, at).filter(|_| !open);
            if behind.is_some_and(|at| self.is_nobody(at) || self.is_also(at)) {
                return true;
            }
        }
        false
    }

    /// "Readers should know": what follows is not left open.
    pub(super) fn told_to_know(&self, at: usize) -> bool {
        self.is(at, "should must") && self.is(at + 1, "know note be")
    }

    /// Where what is said of the author begins, if the author is named here.
    fn behind_name(&self, author: &Author, at: usize) -> Option<usize> {
        let Author(name) = author;
        let has = |offset: usize, part: &String| {
            let word = self.words.get(at + offset);
            word.is_some_and(|word| word.lower == *part)
        };
        match () {
            () if name.iter().enumerate().all(|(offset, part)| has(offset, part)) => Some(at + name.len()),
            () if name.first().is_some_and(|first| has(0, first)) => Some(at + 1),
            () if self.is(at, "he she they")
                && (at == 0 || self.ends(at - 1) && self.just_named(author, at)) =>
            {
                Some(at + 1)
            }
            () => None,
        }
    }

    /// Whether the author is named first in the sentence, or right before a word.
    fn just_named(&self, Author(name): &Author, at: usize) -> bool {
        let stands = |from: usize| {
            (from..)
                .zip(name)
                .all(|(at, part)| self.words.get(at).is_some_and(|word| word.lower == *part))
        };
        stands(0) || at.checked_sub(name.len()).is_some_and(stands)
    }

    /// "Is a bot", "is not a real person", "does not exist".
    fn is_nobody(&self, at: usize) -> bool {
        if self.is(at, "does") {
            return self.is(at + 1, NOT) && self.is(at + 2, "exist");
        }
        if !self.is(at, "is isn are") {
            return false;
        }
        let not = self.is(at, "isn") || self.is(at + 1, NOT);
        let at = at + 1;
        if not {
            let person = self.past(at + 1, "t a an any real living natural human");
            let last = if self.is(person, "person being") {
                person
            } else {
                person - 1
            };
            return self.is(last, "person being human") && (self.ends(last) || self.is(last + 1, "but and"));
        }
        let run = self.is(at, "powered run driven operated") && self.is(at + 1, "by");
        self.is_machine(at) || run && self.machine(at + 2).is_some()
    }

    /// "Ina Rook, an AI agent, writes", "Ina Rook, who is a bot".
    fn is_also(&self, at: usize) -> bool {
        let parted = at > 0 && self.ends(at - 1);
        let who = self.is(at, "who which") && self.is(at + 1, "is");
        parted && self.is_machine(if who { at + 2 } else { at })
    }

    fn is_machine(&self, at: usize) -> bool {
        let at = if self.is(at, "one") && self.is(at + 1, "of") {
            self.past(
                at + 2,
                "two three four five six seven eight nine ten several many",
            )
        } else {
            at
        };
        let role = self.past(at, "a an our the its entirely");
        let unreal = self.is(role, "synthetic virtual automated artificial simulated");
        self.machine(at).is_some()
            || unreal && (self.ends(role) || self.is(role + 1, ROLES) || self.is(role + 2, ROLES))
    }
}

#[cfg(test)]
mod tests {
    use super::super::notices;

    /// Whether a line at the foot of a text is a notice; the text does not name anybody, or names Ina Rook.
    fn unmasked(line: &str, named: bool) -> bool {
        let whom = if named { "Ina Rook" } else { "somebody" };
        let body = format!(
            "The mill at the bridge has been shut since Monday, and {whom} keeps watch there day and night, the council says."
        );
        let text = format!("{body}\n\n{line}");
        !notices(&text, (body.len() + 2, text.len())).is_empty()
    }

    #[test]
    fn an_author_is_unmasked_in_a_biography() {
        for line in [
            "Ina Rook covers the docks for the Tide. Ina is a bot.",
            "Ina Rook, an AI agent, writes about the docks.",
            "Ina Rook covers the docks. She is not a real person but a language model.",
            "Our correspondent, Ina Rook, is an algorithm.",
            "Readers should know that Ina Rook is software; she writes the notes on shipping.",
            "Ina Rook is one of five AI writers at the Tide.",
            "Ina Rook reports on shipping rates. Ina is powered by artificial intelligence.",
        ] {
            assert!(unmasked(line, false), "{line}");
            assert!(!unmasked(line, true), "an article about her: {line}");
        }
    }

    #[test]
    fn a_machine_that_does_not_write_and_a_writer_who_is_none_are_no_notice() {
        for line in [
            "Ina Rook greets visitors at the town hall. She is a robot built in a shed.",
            "Ina Rook covers robots and the people who build them.",
            "Ina Rook is an AI reporter at the Tide.",
            "Ina Rook writes about algorithms. She is not a bot.",
            "Tidal Coding System is a computer program, and the author states its purpose.",
            "If the trams are late, Ina Rook is a bot, the writer joked.",
            "The author of the Tide's poems, it was said, is a robot.",
            "Ina Rook covers the docks and owns a machine shop.",
        ] {
            assert!(!unmasked(line, false), "{line}");
        }
    }
}
