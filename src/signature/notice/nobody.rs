//! Notices that name no machine: that no person wrote the text.

use super::Sentence;
use super::rules::CONDITIONS;
use super::words::*;

impl Sentence<'_> {
    /// "No person wrote this text, so the Tide claims no copyright": what is claimed comes in another part.
    pub(super) fn nobody_before_a_claim(&self) -> bool {
        let claim = (0..self.words.len()).find(|at| self.is(*at, REPORTED));
        claim.is_some_and(|claim| {
            (0..claim)
                .any(|at| self.nobody(at) && (at..claim).any(|end| self.ends(end)) && !self.any(CONDITIONS))
        })
    }

    /// "No human wrote this article", "this text was put together without a human hand".
    pub(super) fn nobody(&self, at: usize) -> bool {
        let text = || self.names_text(0, self.words.len());
        // "Nobody wrote this story better" is no notice.
        let whole = |at: usize| self.this_text(at).is_some_and(|end| self.ends(end - 1));
        // "Nobody typed this", "there is no reporter behind this piece".
        if self.is(at, "nobody") && self.begins(at) && self.is(at + 1, "typed wrote penned composed drafted")
        {
            return whole(at + 2) || self.is(at + 2, "this them") && self.ends(at + 2);
        }
        let there = at > 1 && self.is(at - 2, "there") && self.is(at - 1, "is");
        let person = self.past(at + 1, "human");
        let nobody = self.is(person, PERSONS) || person > at + 1 && self.is(person, "behind");
        if there && self.is(at, "no") && nobody {
            return (at + 2..at + 4).any(|at| self.is(at, "behind") && whole(at + 1));
        }
        if self.is(at, "no") && self.begins(at) {
            let person = self.past(at + 1, "a any single human living of our");
            let person = if self.is(person, PERSONS) {
                person
            } else {
                person - 1
            };
            let part = (person + 1..person + 8).any(|at| self.is(at, PART));
            let bad = self.any("accident hurt injured killed arrested charged died");
            return self.is(person, PERSONS)
                && part
                && !bad
                && (0..self.words.len())
                    .any(|at| self.this_text(at).is_some() || self.is(at, "this") && self.ends(at));
        }
        let human = self.is(at + 1, "human") || self.is(at + 1, "a any") && self.is(at + 2, "human");
        self.is(at, "without")
            && human
            && (self.is(0, WRITTEN)
                || text() && (0..at).any(|at| self.is(at, MADE) || self.is(at, "filed wrote")))
    }

    /// "Wasn't written by a human.", from the verb on; of a journalist, or with more behind it, it may be said of another person.
    pub(super) fn not_by_a_person(&self, at: usize) -> bool {
        let being = usize::from(self.is(at + 3, "human") && self.is(at + 4, "being"));
        self.is(at, WRITTEN)
            && self.is(at + 1, "by")
            && self.is(at + 2, "a any")
            && self.is(at + 3, "human person")
            && at + 4 + being == self.words.len()
    }

    /// Behind "and not a journalist", "rather than a person", if that follows.
    pub(super) fn and_no_person(&self, at: usize) -> usize {
        let not = self.past(at, "and");
        let rather = self.is(not, "rather") && self.is(not + 1, "than");
        let person = match () {
            () if rather => not + 2,
            () if self.is(not, "not no") => not + 1,
            () => return at,
        };
        let person = self.past(person, "a an any human");
        if self.is(person, PERSONS) { person + 1 } else { at }
    }
}
