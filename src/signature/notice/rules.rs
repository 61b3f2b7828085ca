//! What a sentence must say to be a notice.

use super::Sentence;
use super::words::*;

/// Words with which all of a sentence is supposed.
pub(super) const CONDITIONS: &str = "if whether unless suppose imagine pretend";

impl Sentence<'_> {
    /// Whether the sentence says that a machine wrote the text it stands in. `short` says that its line is, so that it may be a label.
    pub(super) fn is_notice(&self, short: bool) -> bool {
        let cued = self.lists.has(MACHINES) || self.lists.has(CUES);
        let other = self.told_of() || self.reported() || self.lists.has(NOT_THE_TEXT);
        if !cued || self.speech || self.asks {
            return false;
        }
        if short && self.byline() {
            return true;
        }
        if other {
            return !self.lists.has(NOT_THE_TEXT) && self.nobody_before_a_claim();
        }
        if (0..self.words.len()).any(|at| self.author_is_one(at)) && !self.any(CONDITIONS) {
            return true;
        }
        // Without a word for a text it can be a label alone.
        let text = self.lists.has(TEXTS) || self.lists.has(HERE) || self.any("this what");
        if !text && !self.made(0, WRITTEN) {
            return short && self.label();
        }
        let start = self.past_heading();
        // "How this was made: a chatbot was told to write a column."
        // "A neural network was told to be stern": of a language machine, as any other may be told anything.
        let writer = (start..start + 6).any(|at| self.is(at, WRITERS) || self.is(at, "ai network"));
        let told = |at: usize| writer && self.is(at, "told asked instructed") && self.is(at + 1, "to");
        let writes = (start..self.words.len())
            .any(|at| self.is(at, TO_WRITE) || self.is(at, WROTE) || at > start && told(at));
        if start > 0 && self.machine(start).is_some() && writes && !self.lists.has(PERSONS) {
            return true;
        }
        if self.you_are_reading() {
            return true;
        }
        let mut left_open = false;
        for at in start..self.words.len() {
            // "I have never met a reader, and no person wrote this": the next part says something of its own.
            left_open &= at == 0 || !self.ends(at - 1) || !self.is(at, "and but") || self.any(CONDITIONS);
            // "Could this have been", "if an algorithm wrote": whatever follows is left open.
            left_open |= self.is(at, SUPPOSED) && !self.told_to_know(at);
            if !left_open
                && (self.passive(at)
                    || self.active(at)
                    || self.used(at)
                    || self.nobody(at)
                    || self.legend(at)
                    || self.first_person(at))
            {
                return true;
            }
        }
        short && self.label()
    }

    /// Whether it gives an example, or tells whose words it was: "For instance: ...", "all end the same way: ...", "..., wrote the Bugle".
    fn told_of(&self) -> bool {
        let names = |at: usize| self.is(at, "the a an") && !self.is(at + 1, TEXTS) && !self.is(at + 1, HERE);
        (self.is(0, "for") && self.is(1, "example instance"))
            || (0..self.words.len()).any(|at| {
                self.is(at, "same")
                    && self.is(at + 1, "way")
                    && self.ends(at + 1)
                    && at + 2 < self.words.len()
            })
            || (1..self.words.len()).any(|at| self.is(at, "wrote") && self.ends(at - 1) && names(at + 1))
    }

    /// Whether it tells somebody else's words; "software that reads filings" and "was told to be stern" do not.
    pub(super) fn reported(&self) -> bool {
        let says = |at: usize| {
            let relative = self.is(at, "reads") && at > 0 && self.is(at - 1, "that which");
            let ordered = self.is(at, "told") && self.is(at + 1, "to");
            self.is(at, REPORTED) && !relative && !ordered
        };
        self.lists.has(REPORTED) && (0..self.words.len()).any(says)
    }

    /// "I am a program, and the name above is a courtesy."
    fn first_person(&self, at: usize) -> bool {
        let am = self.is(at, "i") && (self.is(at + 1, "am") || self.is(at + 1, "m")) && self.begins(at);
        let what = self.past(at + 2, "a an");
        let program = self.is(what, "program") && self.ends(what);
        let above = (what..self.words.len()).any(|at| self.is(at, "name byline") && self.is(at + 1, HERE));
        am && above && (program || self.machine(at + 2).is_some())
    }

    /// "The author owns no shares, being a computer program."
    fn author_is_one(&self, at: usize) -> bool {
        let author = (0..at).any(|at| self.is(at, "the this") && self.is(at + 1, "author writer columnist"));
        author
            && self.is(at, "being")
            && self.begins(at)
            && self.machine(at + 1).is_some_and(|end| self.ends(end - 1))
    }

    /// Behind "How this story was made:", so that what follows is no question.
    fn past_heading(&self) -> usize {
        if !self.is(0, "how about") || !self.is(1, "this these") {
            return 0;
        }
        let end = (2..7).find(|at| self.ends(*at)).unwrap_or(1);
        // "How this works" is about something else.
        let text = (2..=end).any(|at| self.is(at, TEXTS)) || self.is(2, "was were is");
        if text && end > 1 { end + 1 } else { 0 }
    }

    /// Whether "it" stands here for a text that the sentence has named before.
    fn text_again(&self, at: usize) -> bool {
        let named = |at: usize| self.is(at, "this") && (self.this_text(at).is_some() || self.is(at + 1, AUX));
        self.is(at, "it them") && (0..at).any(named)
    }

    /// "The asterisk marks texts composed by our language model".
    fn legend(&self, at: usize) -> bool {
        self.is(
            at,
            "asterisk star dagger symbol sign mark label tag icon byline badge",
        ) && self.is(
            at + 1,
            "marks denotes means signals indicates signifies identifies",
        ) && (at + 2..at + 6).any(|at| self.made_text(at))
    }

    /// Where the name of this text ends, if it begins here.
    pub(super) fn this_text(&self, at: usize) -> Option<usize> {
        if self.is(at, "what") && self.is(at + 1, "follows") {
            return Some(at + 2);
        }
        // "What you have just read was", "what you are reading is".
        if self.is(at, "what") && self.is(at + 1, "you") && self.is(at + 2, "are re have ve") {
            let read = self.past(at + 3, "just now about to");
            return (self.is(read, "read reading") && self.is(read + 1, AUX)).then_some(read + 1);
        }
        // "Our articles, including this one", but "none of our articles, including this one".
        if at > 0 && self.is(at - 1, "including") && self.is(at, "this") && self.is(at + 1, "one") {
            return (!(0..at).any(|at| self.is(at, NOT))).then_some(at + 2);
        }
        // Behind a byline: "what appears under it".
        if self.is(at, "what") && self.is(at + 1, "appears stands runs") && self.is(at + 2, "under below") {
            return Some(at + 3 + usize::from(self.is(at + 3, "it this")));
        }
        let own = self.is(at, "this these") || self.is(at, "our") && self.begins(at);
        let the = self.is(at, "the all most some every each");
        if !own && !the {
            return None;
        }
        let above = self.is(at + 1, HERE) || self.is(at + 1, "preceding entire present");
        let mut end = at + 1;
        while end <= at + 6 {
            // "This month's newsletter", but "this month the report".
            if self.is(end, "year week month day morning") && self.is(end + 1, "s") {
                end += 2;
                continue;
            }
            if self.is(end, TEXTS) {
                // "Blog post", "press release", "write-up".
                while !self.ends(end) && (self.is(end + 1, TEXTS) || self.is(end + 1, "up")) {
                    end += 1;
                }
                let here = !self.ends(end) && self.is(end + 1, HERE);
                let reader = self.is(end + 1, "you") && self.is(end + 2, "are re have ve just");
                let behind = here || reader || self.is(end + 1, "on in under") && self.is(end + 2, "this");
                let last = if here { end + 1 } else { end };
                return (own || above || behind).then_some(last + 1);
            }
            let name = self.is(end, NO_ADJECTIVE) || self.is(end, AUX) || self.is(end, NOT);
            if name || self.ends(end) {
                break;
            }
            end += 1;
        }
        // "The above was", "the following is".
        (above && self.is(at + 2, AUX) && self.is(at + 1, "above following")).then_some(at + 2)
    }

    /// Whether this text is named within so many words from here on: as a whole, or a portion of it.
    pub(super) fn names_text(&self, from: usize, within: usize) -> bool {
        (from..from + within).any(|at| {
            let whole =
                self.this_text(at).is_some() || self.is(at, "this") && self.ends(at) || self.text_again(at);
            whole && !self.denied(at)
        })
    }

    /// Whether a verb of making stands here, by itself or with a word behind it.
    pub(super) fn made(&self, at: usize, kinds: List) -> bool {
        let phrase = |(verb, behind): &(&str, &str)| self.is(at, *verb) && self.is(at + 1, *behind);
        self.is(at, kinds) || PHRASES.iter().any(phrase)
    }

    /// Whether a denial stands just before: "not by", "none of".
    pub(super) fn denied(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at).any(|at| self.is(at, NOT))
    }

    /// Whether a machine follows, "with the help of" it or not; where its name ends.
    pub(super) fn by_machine(&self, at: usize) -> Option<usize> {
        if !self.is(at, WITH) {
            return None;
        }
        // "By Ina Rook, an AI columnist maintained by the Tide."
        let name = self.full_name_at(at + 1);
        let beside = || {
            self.machine(at + 1 + name)
                .filter(|_| name > 0 && self.ends(at + name))
        };
        self.machine(at + 1)
            .or_else(|| self.machine(self.past(at + 1, HELP)))
            .or_else(beside)
    }

    /// "This story was put together by a program", "this is an automatically generated report".
    fn passive(&self, at: usize) -> bool {
        if self.denied(at) {
            return false;
        }
        let Some(end) = self.this_text(at) else {
            return self.is(at, "this") && self.begins(at) && self.told(at + 1, true);
        };
        let inside =
            at > 0 && !self.ends(at - 1) && self.is(at - 1, "of in on for to about behind at with from over");
        if !inside {
            return self.told(end, false);
        }
        // "Of this text": its author, or portions of it, and nothing else that belongs to it.
        if !self.is(at - 1, "of in behind") || at < 2 {
            return false;
        }
        if self.is(at - 2, "author writer") {
            let verb = self.past(end, "is was");
            let person = self.past(verb + 1, "a an real human");
            let none = self.is(verb, "not") && self.is(person, "person being")
                || self.is(verb, "not") && self.is(person - 1, "human");
            return verb > end && (none || self.machine(verb).is_some());
        }
        // "Sections two and three of this essay".
        (at.saturating_sub(5)..at - 1).any(|at| self.is(at, PORTIONS)) && self.told(end, false)
    }

    /// What is said of this text, from its verb on. `bare` says that it is called nothing but "this".
    fn told(&self, from: usize, bare: bool) -> bool {
        if self.is(from, "comes came come originated originates") {
            let of = from + 1 + usize::from(self.is(from + 1, "out"));
            return self.is(of, "from of") && self.machine(of + 1).is_some();
        }
        if self.is(from, "belongs belong") {
            return self.is(from + 1, "to") && self.machine(from + 2).is_some();
        }
        if self.is(from, "contains includes features uses used") {
            return (from + 1..from + 5).any(|at| self.made_text(at) && !self.denied(at));
        }
        // "This article and its headings were": on to the verb.
        let verb =
            (from..from + if bare { 1 } else { 6 }).find(|at| self.is(*at, AUX) || self.is(*at, SUPPOSED));
        let Some(verb) = verb.filter(|at| self.is(*at, AUX)) else {
            return false;
        };
        let verb = self.past_adverbs(self.past(verb, AUX));
        if self.is(verb, NOT) {
            return !bare && self.not_by_a_person(verb + 1);
        }
        let named = self.past(verb, "a an the 100 99");
        let what = self.past_adverbs(named);
        let text = |at: usize| self.is(at, TEXTS) || self.is(at + 1, TEXTS);
        // "Is AI-generated", "is an automatically generated report".
        let ways = "automatically algorithmically synthetically artificially";
        let by_itself = self.is(what.wrapping_sub(1), ways) && self.is(what, MADE_BY);
        if self.is(what, MAKES) && self.is(what + 1, MADE_BY) {
            return !bare || text(what + 2);
        }
        if by_itself {
            return !bare || text(what + 1);
        }
        if self.is(what, "synthetic generated") && self.ends(what) {
            return !bare;
        }
        if self.machines_work(named) {
            return !bare;
        }
        let work = self.past(
            what,
            "unedited unaided unassisted unchecked unreviewed entire sole",
        );
        if self.is(work, "work product output result creation handiwork") && self.is(work + 1, "of") {
            return !bare && self.machine(work + 2).is_some();
        }
        let verb = self.past(verb, "co auto ghost semi pre re");
        // "Was reported by our staff and drafted by a program": the second verb may be the one.
        let goes_on = |at: &usize| !self.is(*at, "who which that") && !self.is(*at, SUPPOSED);
        let kinds = if bare { WRITTEN } else { MADE };
        let second = (verb + 1..verb + 9).take_while(goes_on);
        let second = second.filter(|at| self.is(*at - 1, "and then"));
        let made = std::iter::once(verb)
            .chain(second)
            .find(|at| self.made(*at, kinds));
        made.is_some_and(|made| {
            let mut by = (made + 1..made + 9).take_while(goes_on);
            by.any(|at| !self.denied(at) && self.by_machine(at).is_some())
                || (made + 1..made + 3).any(|at| self.is(at, ways))
        })
    }

    /// "The chatbot's unaided work".
    pub(super) fn machines_work(&self, at: usize) -> bool {
        let works = "composition work output product handiwork creation writing";
        let owner = self.past(at, BEFORE);
        let own = self.is(owner, MACHINES) && self.is(owner + 1, "s") && !self.ends(owner);
        own && (owner + 2..owner + 5).any(|at| self.is(at, works))
    }

    /// "AI-generated text", "text generated by AI".
    pub(super) fn made_text(&self, at: usize) -> bool {
        let before = self.is(at, MAKES) && self.is(at + 1, MADE_BY) && self.is(at + 2, TEXTS);
        before || self.is(at, TEXTS) && self.is(at + 1, MADE) && self.by_machine(at + 2).is_some()
    }

    /// "An algorithm wrote this story", "our model drafted the words above", "ChatGPT was used to write parts of this post".
    fn active(&self, at: usize) -> bool {
        // "We gave the minutes to a language model, and it wrote what follows", "the model that wrote this piece".
        let follows = self.is(at + 2, "what") && self.is(at + 3, "follows");
        let it = self.is(at, "it") && self.begins(at) && (0..at).any(|from| self.machine(from).is_some());
        if it && self.is(at + 1, WROTE) && (follows || self.names_text(at + 2, 9)) {
            return true;
        }
        let model = self.is(at, "model system engine program software") && self.is(at + 1, "that which");
        if model && self.is(at + 2, WROTE) && self.names_text(at + 3, 4) {
            return true;
        }
        let Some(end) = self.machine(at).filter(|_| self.begins(at)) else {
            return false;
        };
        let end = self.past_whose(self.and_no_person(self.past_name(end)));
        let verb =
            self.past_adverbs(self.past(end, "has have had helped help helps us me to was were been is"));
        if (end..verb).any(|at| self.is(at, NOT)) {
            return false;
        }
        if self.is(verb, USED) {
            return (verb + 1..verb + 7).any(|at| self.is(at, TO_WRITE) && self.names_text(at + 1, 9));
        }
        (self.made(verb, WROTE) || self.is(verb, "assisted contributed")) && self.names_text(verb + 1, 9)
    }

    /// Behind "run by the Courier", "trained on match reports", if that follows and a verb is not far.
    pub(super) fn past_whose(&self, at: usize) -> usize {
        let run = self.is(
            at,
            "operated run owned developed built employed maintained made trained used",
        ) && self.is(at + 1, "by for at on in");
        let verb = (at + 2..at + 7).find(|at| self.is(*at, WROTE) || self.ends(*at));
        verb.filter(|verb| run && self.is(*verb, WROTE)).unwrap_or(at)
    }

    /// "We used a language model to draft this piece", "I wrote this post with ChatGPT".
    fn used(&self, at: usize) -> bool {
        let people = "we i author authors editors team newsroom staff writer editor";
        if !(0..at).any(|at| self.is(at, people)) || (0..at + 6).any(|at| self.is(at, NOT)) {
            return false;
        }
        if self.is(at, USED) {
            let from = self.past(at + 1, "on heavily partly");
            let Some(end) = (from..from + 4).find_map(|at| self.machine(at)) else {
                return false;
            };
            // What a program that writes nothing but text was used for is known: "preparing this paper, I used ChatGPT to draft a part".
            let writer = (from..end).any(|at| self.is(at, WRITERS));
            let anywhere = writer && self.names_text(0, self.words.len());
            let named = |at: usize| anywhere || self.names_text(at + 1, 9);
            return (end..end + 6).any(|at| self.is(at, TO_WRITE) && named(at));
        }
        let text = self
            .is(at, WROTE)
            .then(|| (at + 1..at + 7).find_map(|at| self.this_text(at)));
        let with = text
            .flatten()
            .map(|end| (end..end + 4).any(|at| self.by_machine(at).is_some()));
        with.unwrap_or(false)
    }
}
