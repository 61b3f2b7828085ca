//! A biography that says of the author, and not of the text, that no person stands behind the name: "Ina Rook covers the docks. Ina is a bot."
//!
//! Articles are about machines with names too, so this is heard only where the line begins as a biography does: a full name, then in the
//! present tense what its bearer does for a paper.

use super::Sentence;
use super::words::*;

/// Words of a name.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;

/// Somebody whom a line introduces as its author.
pub(super) struct Author(Vec<String>);

impl Author {
    /// Of the first sentence of a line.
    pub(super) fn of(sentence: &Sentence<'_>) -> Option<Self> {
        let capital = |at: &usize| {
            let word = sentence.words.get(*at);
            word.is_some_and(|word| word.raw.starts_with(char::is_uppercase)) && !sentence.ends(*at)
        };
        let length = (0..=*NAME_WORDS.end()).take_while(capital).count();
        if !NAME_WORDS.contains(&length) || sentence.is(0, "the a an this") {
            return None;
        }
        let writes = sentence.is(length, COVERS)
            || sentence.is(length, "is has keeps reads")
                && (length + 1..sentence.words.len())
                    .any(|at| sentence.is(at, ROLES) || sentence.is(at, PAPERS));
        let name = sentence.words.get(..length).unwrap_or(&[]);
        writes.then(|| Self(name.iter().map(|word| word.lower.to_string()).collect()))
    }
}

impl Sentence<'_> {
    /// Whether the sentence says that the author of its line is a machine, or nobody.
    pub(super) fn unmasks(&self, author: &Author) -> bool {
        let open = |at: usize| self.is(at, SUPPOSED) && !self.told_to_know(at);
        let other = self.lists.has(REPORTED) || self.quotes || self.asks;
        !other
            && (0..self.words.len())
                .take_while(|at| !open(*at))
                .filter_map(|at| self.behind_name(author, at))
                .any(|at| self.is_nobody(at))
    }

    /// "Readers should know": what follows is not left open.
    pub(super) fn told_to_know(&self, at: usize) -> bool {
        self.is(at, "should must") && self.is(at + 1, "know note be")
    }

    /// Where what is said of the author begins, if the author is named here.
    fn behind_name(&self, Author(name): &Author, at: usize) -> Option<usize> {
        let has = |offset: usize, part: &String| {
            let word = self.words.get(at + offset);
            word.is_some_and(|word| word.lower == *part)
        };
        match () {
            () if name.iter().enumerate().all(|(offset, part)| has(offset, part)) => Some(at + name.len()),
            () if name.first().is_some_and(|first| has(0, first)) => Some(at + 1),
            () if at == 0 && self.is(at, "he she it they") => Some(at + 1),
            () => None,
        }
    }

    /// "Is a bot", "is not a real person", "does not exist".
    fn is_nobody(&self, at: usize) -> bool {
        if self.is(at, "does") {
            return self.is(at + 1, NOT) && self.is(at + 2, "exist");
        }
        if !self.is(at, "is") {
            return false;
        }
        let at = at + 1;
        if self.is(at, NOT) {
            let person = self.past(at + 1, "a an any real living human");
            let last = if self.is(person, "person being") {
                person
            } else {
                person - 1
            };
            return self.is(last, "person being human") && (self.ends(last) || self.is(last + 1, "but and"));
        }
        let at = if self.is(at, "one") && self.is(at + 1, "of") {
            at + 2
        } else {
            at
        };
        let role = self.past(at, "a an our the its");
        self.machine(at).is_some()
            || self.is(role, "synthetic virtual machine artificial") && self.is(role + 1, ROLES)
    }
}
