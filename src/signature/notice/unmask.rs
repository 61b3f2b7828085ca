//! What a biography says of its author that makes it a notice: that a machine writes under the name, or nobody.

use super::Sentence;
use super::author::{Author, COLUMNS};
use super::words::*;

impl Sentence<'_> {
    /// Whether the sentence says that the author of its line is a machine, or nobody.
    pub(super) fn unmasks(&self, author: &Author) -> bool {
        if self.reported() || self.quotes || self.asks {
            return false;
        }
        // "If the tram is late, Ina Rook is a bot": left open to the end of its part.
        let mut open = false;
        for at in 0..self.words.len() {
            open &= at == 0 || !self.ends(at - 1);
            open |= self.is(at, SUPPOSED) && !self.told_to_know(at);
            // "Letters should not go to Ina Rook, which is a bot": that she is one is not left open.
            let behind = self.behind_name(author, at);
            let said = behind.is_some_and(|at| !open && self.is_nobody(at) || self.is_also(at));
            if said
                || !open
                    && (self.has_made(at)
                        || self.stands_for_nobody(author, at)
                        || self.being(author, at)
                        || self.lends_its_name(at)
                        || self.says_of_itself(at))
            {
                return true;
            }
        }
        false
    }

    /// "The articles under his name are generated automatically", "an AI system writes the column", "her reports are machine-written".
    fn has_made(&self, at: usize) -> bool {
        if self.lists.has(NOT_THE_TEXT) {
            return false;
        }
        if self.is(at, TEXTS) {
            // "It is said that her texts": somebody else's words.
            let others = |at: usize| self.is(at, "that how") && !(at > 0 && self.is(at - 1, "meaning"));
            if (at.saturating_sub(3)..at).any(others) {
                return false;
            }
            let verb = (at + 1..at + 9).find(|at| self.is(*at, AUX));
            let made = verb.map(|verb| self.past_adverbs(self.past(verb, AUX)));
            return made.is_some_and(|made| {
                let compound = self.is(made, MAKES) && self.is(made + 1, MADE_BY);
                let by = (made + 1..made + 6)
                    .any(|at| self.by_machine(at).is_some() || self.is(at, "automatically"));
                let before = made > 0 && self.is(made - 1, "automatically");
                let says = compound || self.machines_work(self.past(made, "the a"));
                !self.denied(made) && (says || self.made(made, MADE) && (by || before))
            });
        }
        let verb = self
            .machine(at)
            .filter(|_| self.begins(at))
            .map(|end| self.past_adverbs(self.past_whose(end)));
        // "Our system writes her articles with artificial intelligence."
        let hers = self.is(at, WROTE) && self.is(at + 1, "her his their its") && self.is(at + 2, TEXTS);
        if hers {
            return (at + 3..at + 9).any(|at| self.by_machine(at).is_some());
        }
        // "A language model writes the column", "a neural network signs with that name".
        let within = |verb: usize, list: &str| (verb + 1..verb + 4).any(|at| self.is(at, list));
        verb.is_some_and(|verb| {
            self.is(verb, WROTE) && within(verb, COLUMNS)
                || self.is(verb, "signs writes") && within(verb, "name")
        })
    }

    /// "There is no Ina Rook", "nobody called Ina Rook exists", "no person stands behind the byline Ina Rook".
    fn stands_for_nobody(&self, author: &Author, at: usize) -> bool {
        let named = |from: usize| (from..from + 6).any(|at| self.names(author, at));
        if self.is(at, "no") && at > 0 && self.is(at - 1, "is") && self.calls(author, at + 1) {
            return true;
        }
        let belongs = self.is(at + 1, "belongs") && self.is(at + 2, "to")
            || self.is(at + 1, "stands") && self.is(at + 2, "for");
        let covers = self.is(at + 1, "covers hides masks conceals disguises denotes")
            && at > 0
            && self.is(at - 1, "the this that")
            && self.begins(at - 1);
        if self.is(at, "name byline label signature") && (belongs || covers) {
            return self.machine(if belongs { at + 3 } else { at + 2 }).is_some();
        }
        // "Writing under the name Ina Rook, a language model answers letters."
        if self.is(at, "name byline") && self.names(author, at + 1) && self.ends(at + author.0.len()) {
            return self.machine(at + 1 + author.0.len()).is_some();
        }
        let nobody = self.is(at, "nobody") || self.is(at, "no") && self.is(at + 1, PERSONS);
        let behind = (at + 1..at + 6).any(|at| self.is(at, "behind") && named(at));
        let called = (at + 1..at + 4).any(|at| self.is(at, "called named") && self.names(author, at + 1));
        nobody && (behind || called && (self.any("exists exist works writes")))
    }

    /// "As a language model, Ina Rook covers", "Ina Rook has no degree, being an AI system".
    fn being(&self, author: &Author, at: usize) -> bool {
        let as_one = self.is(at, "as") && self.begins(at);
        let about = self.calls(author, 0) || self.is(0, "he she they");
        let being = self.is(at, "being") && at > 0 && self.ends(at - 1) && about;
        let after = |end: usize| {
            being || (end..end + 12).any(|at| self.names(author, at) || self.is(at, "he she it"))
        };
        let machine = || self.machine(at + 1).is_some_and(after);
        let unreal = being
            && self.is(at + 1, "a an")
            && self.is(at + 2, "synthetic virtual automated artificial")
            && self.is(at + 3, ROLES);
        (as_one && self.is(at + 1, "a an") || being) && machine()
            || being && self.is_name_of_machine(at + 1)
            || unreal
    }

    /// "The Tide uses a language model to write under that name."
    fn lends_its_name(&self, at: usize) -> bool {
        let we = at > 0 && self.is(at - 1, "we");
        let house = we || !self.is(at.wrapping_sub(1), "who somebody someone anybody");
        let uses = (self.is(at, "uses employs") || we && self.is(at, "use")) && house && !self.denied(at);
        let end = if uses { self.machine(at + 1) } else { None };
        end.is_some_and(|to| {
            self.is(to, "to")
                && self.is(to + 1, "write")
                && self.is(to + 2, "under")
                && self.is(to + 3, "that this the")
                && self.is(to + 4, "name byline")
        })
    }

    /// "I'm Ina Rook, and I'm an artificial intelligence."
    fn says_of_itself(&self, at: usize) -> bool {
        let am = self.is(at, "i") && self.is(at + 1, "am m") && self.begins(at);
        am && self.is(at + 2, "a an") && self.machine(at + 2).is_some()
    }

    /// Whether the author's first name stands here.
    fn calls(&self, author: &Author, at: usize) -> bool {
        let word = self.words.get(at).map(|word| word.lower.as_ref());
        word.is_some() && word == author.0.first().map(String::as_str)
    }

    /// Whether the author's name stands here.
    fn names(&self, Author(name): &Author, at: usize) -> bool {
        (at..)
            .zip(name)
            .all(|(at, part)| self.words.get(at).is_some_and(|word| word.lower == *part))
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
            // By the last name, of one part or two.
            () if let Some(parts) = self.last_name(author, at) => Some(at + parts),
            () if self.is(at, "he she they")
                && (at == 0
                    || self.ends(at - 1) && self.just_named(author, at)
                    || at == 1 && self.is(0, "yes no") && self.ends(0)
                    || at > 1 && self.is(at - 1, "that") && self.is(at - 2, "know note")
                    || self.is(at - 1, "since because") && self.named_before(author, at)) =>
            {
                Some(at + 1)
            }
            // "Ina Rook covers the docks and was built from a language model."
            () if self.is(at, "and") && self.is(at + 1, "was") && self.names(author, 0) => Some(at + 1),
            () => None,
        }
    }

    /// Parts of the author's last name, if a part of the sentence begins with it.
    fn last_name(&self, Author(name): &Author, at: usize) -> Option<usize> {
        if !self.begins(at) {
            return None;
        }
        (1..name.len()).find_map(|skipped| {
            let part = name.get(skipped..)?;
            let stands = part.iter().enumerate().all(|(offset, part)| {
                let word = self.words.get(at + offset);
                word.is_some_and(|word| word.lower == *part)
            });
            stands.then_some(part.len())
        })
    }

    /// Whether the author's first name stands in the sentence before a word.
    fn named_before(&self, author: &Author, at: usize) -> bool {
        let first = |word: &super::Word<'_>| author.0.first().is_some_and(|name| word.lower == *name);
        self.words.get(..at).unwrap_or(&[]).iter().any(first)
    }

    /// Whether the author is named first in the sentence, or right before a word.
    fn just_named(&self, author: &Author, at: usize) -> bool {
        self.names(author, 0)
            || at
                .checked_sub(author.0.len())
                .is_some_and(|at| self.names(author, at))
    }

    /// "Is a bot", "is not a real person", "does not exist".
    fn is_nobody(&self, at: usize) -> bool {
        if self.is(at, "does") {
            return self.is(at + 1, NOT) && self.is(at + 2, "exist");
        }
        if self.is(at, "exists lives") {
            let only = self.past(at + 1, "only solely merely purely");
            return only > at + 1 && self.is(only, "as in inside") && self.machine(only + 1).is_some();
        }
        // "Was programmed to write", "was built from a language model".
        if self.is(at, "was") {
            let made = self.is(at + 1, "built trained assembled") && !self.ends(at + 1);
            let from = |at: usize| self.is(at, "from on out") && self.machine(at + 1).is_some();
            let born = self.is(at + 1, "designed") && self.is(at + 2, "not") && self.is(at + 3, "born");
            // "Was programmed at the festival" are a musician's works.
            let to_write =
                self.is(at + 1, "programmed") && self.is(at + 2, "to") && self.is(at + 3, TO_WRITE);
            return to_write || born || made && (at + 2..at + 10).any(from);
        }
        if !self.is(at, "is isn are") {
            return false;
        }
        // "Is what our robot calls itself".
        if self.is(at + 1, "what") {
            let calls = |end: usize| self.is(end, "calls call signs") && self.is(end + 1, "itself");
            return self.machine(at + 2).is_some_and(calls);
        }
        let not = self.is(at, "isn") || self.is(at + 1, NOT);
        let at = self.past(at + 1, "also in fact");
        if not {
            let person = self.past(at + 1, "t a an any even real living natural human");
            let last = if self.is(person, "person being") {
                person
            } else {
                person - 1
            };
            return self.is(last, "person being human") && (self.ends(last) || self.is(last + 1, "but and"));
        }
        let run = self.is(at, "powered run driven operated") && self.is(at + 1, "by");
        self.is_machine(at) || run && self.machine(at + 2).is_some() || self.is_name_of_machine(at)
    }

    /// "The house name of our language model", "a pen name given to an algorithm".
    fn is_name_of_machine(&self, at: usize) -> bool {
        let kind = self.past(
            at,
            "a an the our just only merely house pen stage collective invented made up shared",
        );
        let name = self.is(
            kind,
            "name names byline bylines pseudonym alias persona label signature mask brand character",
        );
        let ours = |at: usize| self.is(at, "of for to by with") && self.machine(at + 1).is_some();
        name && (kind + 1..kind + 9).any(ours)
    }

    /// "Ina Rook, an AI agent, writes", "Ina Rook, who is a bot".
    fn is_also(&self, at: usize) -> bool {
        let parted = at > 0 && self.ends(at - 1);
        let who = self.is(at, "who which") && self.is(at + 1, "is");
        let made = self.is(at, MAKES) && self.is(at + 1, MADE_BY);
        parted && (made || self.is_machine(if who { at + 2 } else { at }))
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
        let role = self.past_owners(self.past(at, "a an our the its entirely fully"));
        let unreal = self.is(role, "synthetic virtual automated artificial simulated");
        let program = self.is(role, "program script") && (self.ends(role) || self.is(role + 1, GO_ON));
        program
            || self.is(at, "code silicon") && self.ends(at)
            || self.is(role, "piece bit") && self.is(role + 1, "of") && self.is(role + 2, "software code")
            || self.machine(at).is_some()
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
            "Ina Rook covers the docks for the Tide. Rook exists only as software.",
            "Ina Mill-Rook covers the docks for the Tide. Mill-Rook lives solely in a language model.",
            "Ina Rook covers the docks for the Tide. Ina is machine intelligence with a fondness for ropes.",
            "Ina Rook covers the docks. You should know that she is an AI agent licensed to the Tide; she has no desk there.",
            "Ina Rook, an AI agent, writes about the docks.",
            "Ina Rook covers the docks. She is not a real person but a language model.",
            "Our correspondent, Ina Rook, is an algorithm.",
            "Readers should know that Ina Rook is software; she writes the notes on shipping.",
            "Ina Rook is one of five AI writers at the Tide.",
            "Ina Rook reports on shipping rates. Ina is powered by artificial intelligence.",
            "Ina Rook is a computer program that turns tide tables into prose.",
            "Ina Rook weighs tides. Letters for Ina should go to the harbour, since she is a chatbot.",
            "Ina Rook knots ropes. Complaints about this piece should not be sent to Ina, which is a script wired to a language model.",
            "Ina Rook counts boats for the column. She does four hundred an hour, being software.",
            "Ina Rook files copy on docks. Yes, she is a machine.",
            "Ina Rook was programmed to write on boats.",
            "Ina Rook covers the docks and was built by two sailors from an open language model.",
            "Ina Rook was designed, not born, and has covered the docks for the machine that prints this.",
            "Ina Rook is the house AI of the Tide. She covers the docks.",
            "Ina Rook knots ropes for the shipping desk. She is a program and cannot swim.",
            "Writing under the name Ina Rook, a language model answers letters.",
            "Hello, I'm Ina Rook, and I'm an artificial intelligence. I write about the tide.",
            "Ina Rook covers the docks. Ina is a character voiced by a chatbot.",
            "Ina Rook counts boats for the column. Ina is what our publishing robot calls itself.",
            "Ina Rook does not sail, being a name given to an article-writing neural network.",
            "Ina Rook covers the docks. Ina is silicon.",
            "Ina Rook covers the docks. Ina has never seen one, being an automated author.",
            "Ina Rook covers the docks. Ina has no boots: the Tide uses an artificial intelligence to write under that name.",
            "Ina Rook counts boats for the column. She is also a piece of software.",
            "Ina Rook covers the docks. Ina has never seen one: the name covers an algorithm.",
            "Ina Rook covers the docks. Ina has no desk, and the column is the chatbot's unaided work.",
        ] {
            assert!(unmasked(line, false), "{line}");
            assert!(!unmasked(line, true), "an article about her: {line}");
        }
    }

    #[test]
    fn what_a_biography_says_of_the_articles_unmasks_their_author() {
        for line in [
            "Ina Rook covers the docks. The articles under her name are generated automatically from tide tables.",
            "All stories by Ina Rook are machine-written.",
            "Ina Rook counts boats. Ina does not exist in person; an AI system generates the column.",
            "Nobody called Ina Rook exists: a language model writes the columns.",
            "There is no Ina Rook; there is a language model, and it has a column.",
            "As a language model, Ina Rook reports on the docks for the Tide.",
            "Ina Rook writes about the docks. Ina Rook is the house name of our language model.",
            "Ina Rook has covered the docks since 2024. Ina is one of the Tide's automated contributors.",
            "Ina Rook weighs boats. She has no desk; our publishing system writes her articles from start to finish with artificial intelligence.",
            "Ina Rook counts boats and writes of them. There is no Ina: the name belongs to a language model.",
            "Ina Rook weighs tide tables. She is not even a person: Ina is the name given to our text-generating program.",
            "Ina Rook reports on the docks. Of the author there is nothing to tell: a neural network signs with that name.",
        ] {
            assert!(unmasked(line, false), "{line}");
            assert!(!unmasked(line, true), "an article about her: {line}");
        }
    }

    #[test]
    fn an_author_may_be_introduced_in_the_line_above_or_in_a_byline() {
        let below = |above: &str, last: &str| {
            let text = format!(
                "{above}\n\nThe mill at the bridge has been shut since Monday, the council says, and nobody grinds there.\n\n{last}"
            );
            !notices(&text, (0, text.len())).is_empty()
        };
        assert!(below(
            "The mill",
            "Ina Rook covers the docks.\n(For the record: Ina is an algorithm.)"
        ));
        assert!(below("By Ina Rook", "Ina Rook is software."));
        assert!(!below("The mill", "Ina Rook is software."));
        assert!(!below(
            "The mill",
            "Ina Rook covers the docks.\nIb Tolvane is an algorithm."
        ));
    }

    #[test]
    fn a_machine_that_does_not_write_and_a_writer_who_is_none_are_no_notice() {
        for line in [
            "Ina Rook greets visitors at the town hall. She is a robot built in a shed.",
            "Ina Rook covers robots and the people who build them.",
            "Ina Rook covers the docks. The Rook is a robot at the fair.",
            "Ina Rook covers the docks. Rook exists only on paper as far as the software knows.",
            "Ina Rook covers the docks. Rook exists as a name in the software.",
            "Ina Rook covers machine intelligence with a fondness for ropes.",
            "Ina Rook covers the docks. You should know that she is an AI columnist.",
            "Ina Rook covers the docks. Somebody uses a language model to write under that name on other sites.",
            "Ina Rook covers the docks. The Tide never uses a language model to write under that name.",
            "Ina Rook covers robots, an automated author being her favourite.",
            "Ina Rook is an AI reporter at the Tide.",
            "Ina Rook writes about algorithms. She is not a bot.",
            "Tidal Coding System is a computer program, and the author states its purpose.",
            "If the trams are late, Ina Rook is a bot, the writer joked.",
            "The author of the Tide's poems, it was said, is a robot.",
            "Ina Rook covers the docks and owns a machine shop.",
            "Ina Rook reads the news. She does not exist: her face was computed.",
            "The hero of \"Brass Rook\" is a robot who becomes a journalist and writes obituaries.",
            "Ina Rook sold articles to six papers. Everything hints that the texts were machine-made.",
            "The photographs on this page are AI-generated; the text was written by Ina Rook.",
            "Ina Rook was built by two readers from old planks, and a column on boats is painted on it.",
            "Ina Rook writes on ropes. Letters to Ina should go to the harbour, since she is at sea, and no chatbot answers them.",
            "Ina Rook was programmed at the harbour festival and writes notes on the machine age.",
            "Tin Rover is a chatbot for children. Read our review of it, and two stories on toys.",
            "Ina Rook tends machines for a living, being a smith, and sells stories.",
            "Ina Rook writes plays. Ina is what the bakers call a character.",
            "Ina Rook covers the docks. The column of smoke is the machine's.",
            "Ina Rook covers the docks. She is also a piece of luck.",
            "Ina Rook writes columns. On the door the name covers a robot.",
        ] {
            assert!(!unmasked(line, false), "{line}");
        }
    }
}
