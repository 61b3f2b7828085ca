//! Whether a document says beside a biography that no person stands behind the name: "X is a computer program", "this text was composed by
//! software", "X, our machine correspondent".
//!
//! The catalogue of signatures knows notices by their usual wording, and decides what a document declares. Here less is at stake and more is known:
//! which name the biography gives, and that another document carries the same line. So what a sentence says is read from its parts, in any
//! wording: who (the author by name, or this text), and what (a machine, or no person). A beat is no notice: an "artificial intelligence
//! correspondent" or a "robot reporter" is a person who writes about such things, unless something else says otherwise.

/// Nouns that are a machine by themselves.
const MACHINES: &str =
    "ai algorithm algorithms automaton bot chatbot computer llm machine machines robot software";
/// Nouns that are a machine after one of [`MAKES_MACHINE`] or [`MACHINES`]: a "language model", "text generator", "AI system".
const SYSTEMS: &str = "agent engine generator intelligence model network persona program service system tool";
/// Words that make a machine of the nouns after them.
const MAKES_MACHINE: &str =
    "artificial automated automatic generative language neural synthetic text writing";
/// The same of a role: a "synthetic author" is no person. "AI" and "robot" are what many a reporter writes about.
const UNREAL: &str = "artificial automated generated generative machine synthetic virtual";
/// What may be a beat or say that the role is a machine's.
const BEATS: &str = "ai intelligence robot software";
/// Words that say nothing of their own before a machine or a role.
const IDLE: &str =
    "a an desk entirely fully her his house in its large newsroom one our own s small staff the their wholly";
const ROLES: &str =
    "author columnist commentator contributor correspondent editor journalist reporter writer";
/// Words that may follow a machine, besides those of [`MADE`]: whatever else does makes it a part of something, "an AI researcher", "a machine shop".
const AFTER: &str = "and but for from on or that then under which who whose with without";
const PERSONS: &str = "author being hand human journalist person reporter writer";
const MADE: &str = "authored come comes compiled composed composes created drafted drafts generated generates made produced produces write \
    writes writing written wrote";
const TEXTS: &str = "article articles column columns copy lines notes piece pieces post posts report reports stories story text texts words \
    work";
/// Words that point at the text they stand in, or at the author's.
const THIS: &str = "above below following her his its preceding their this under";
/// Reading a text over, which a machine's may lack.
const CHECKED: &str =
    "approval approved check checked corrected edited editing read review reviewed revision";
/// What else than the text may be a machine's, and what turns a notice round.
const NOT_THE_TEXT: &str = "art audio caption chart drawing graphic headline illustration image images map never photo photograph picture pictures \
    portrait summary translation video voice";
/// What a sentence may say, as bits: a machine wrote this.
const ENOUGH: u32 = 1;
/// The author has a role and a word that may be its beat: not enough by itself.
const BEAT: u32 = 2;
/// No person has read this over: not enough by itself.
const UNREAD: u32 = 4;
/// Most words between what is said and of whom.
const REACH: usize = 6;

/// A word of a sentence.
struct Word<'a> {
    lower: String,
    raw: &'a str,
    /// A mark follows that ends a part of the sentence.
    ends: bool,
}

fn words(sentence: &str) -> Vec<Word<'_>> {
    let mut made: Vec<Word<'_>> = Vec::new();
    for part in sentence.split_whitespace() {
        let ends = part.ends_with([',', '.', ';', ':', '!', ')']);
        let bits: Vec<&str> = part
            .split(|c: char| !c.is_alphanumeric())
            .filter(|bit| !bit.is_empty())
            .collect();
        let last = bits.len();
        made.extend(bits.into_iter().enumerate().map(|(at, raw)| Word {
            lower: raw.to_lowercase(),
            raw,
            ends: ends && at + 1 == last,
        }));
    }
    made
}

/// A sentence taken apart.
struct Sentence<'a>(Vec<Word<'a>>);

impl Sentence<'_> {
    /// Whether the word is one of a list.
    fn is(&self, at: usize, list: &str) -> bool {
        let word = self.0.get(at);
        word.is_some_and(|word| list.split(' ').any(|one| one == word.lower))
    }

    fn any(&self, list: &str) -> bool {
        (0..self.0.len()).any(|at| self.is(at, list))
    }

    fn ends(&self, at: usize) -> bool {
        self.0.get(at).is_none_or(|word| word.ends) || at + 1 == self.0.len()
    }

    /// Past idle words, and names that own what follows ("the Courier's").
    fn past_idle(&self, mut at: usize) -> usize {
        let owner = |at: usize| {
            self.0
                .get(at)
                .is_some_and(|word| word.raw.starts_with(char::is_uppercase))
                && !self.is(at, MACHINES)
                && self.is(at + 1, "s")
        };
        for _ in 0..REACH {
            if !(self.is(at, IDLE) && !self.ends(at) || owner(at)) {
                break;
            }
            at += 1;
        }
        at
    }

    /// Whether a machine is named here: its noun, and nothing after it that it is but a part of.
    fn machine(&self, at: usize) -> bool {
        let mut at = self.past_idle(at);
        let mut made = false;
        while self.is(at, MAKES_MACHINE) && !self.ends(at) {
            (at, made) = (at + 1, true);
        }
        let mut named = false;
        while self.is(at, MACHINES) || (made || named) && self.is(at, SYSTEMS) {
            named = true;
            if self.ends(at) {
                return true;
            }
            at += 1;
        }
        named && (self.is(at, AFTER) || self.is(at, MADE))
    }

    /// What is said of the author in the words from here on, which follow the name.
    fn of_author(&self, at: usize) -> u32 {
        let not = self.is(at, "not no");
        let start = if not { at + 1 } else { at };
        let mut person = self.past_idle(start);
        if self.is(person, "real living") {
            person += 1;
        }
        if self.is(person, "human") && self.is(person + 1, "being") {
            person += 1;
        }
        if not && self.is(person, "person human being") {
            return if self.ends(person) || self.is(person + 1, "but and") {
                ENOUGH
            } else {
                0
            };
        }
        if not {
            return 0;
        }
        if self.machine(at) {
            return ENOUGH;
        }
        let at = self.past_idle(at);
        // "A virtual journalist", "the Courier's machine correspondent"; an "artificial intelligence correspondent" is not enough.
        let role = |at: usize| self.is(at, ROLES);
        if self.is(at, UNREAL) && role(at + 1) {
            return ENOUGH;
        }
        if self.is(at, "artificial") && self.ends(at) {
            return ENOUGH;
        }
        let beat = (at..at + 3).any(|at| self.is(at, BEATS) && (role(at + 1) || role(at + 2)));
        if beat { BEAT } else { 0 }
    }

    /// What the sentence says of the text itself.
    fn of_text(&self) -> u32 {
        let count = self.0.len();
        // "No part of this was written by AI"; but "no human wrote this".
        let none = self.is(0, "no none not") && !self.is(1, PERSONS);
        let denied =
            |at: usize| none || (at.saturating_sub(3)..at).any(|at| self.is(at, "not no nor t none"));
        let about = self.any(TEXTS) && self.any(THIS);
        let mut found = 0;
        for at in 0..count {
            let opens = at <= 1;
            // "Composed by software", "comes from a language model".
            if self.is(at, MADE) && !denied(at) && (opens || about) {
                let by = (at + 1..(at + 1 + REACH).min(count)).find(|at| self.is(*at, "by with from using"));
                if by.is_some_and(|by| self.machine(by + 1)) {
                    found |= ENOUGH;
                }
                // "Written by an AI reporter": a beat, or not.
                let by = by.map(|by| self.past_idle(by + 1));
                if by.is_some_and(|by| {
                    self.is(by, BEATS) && (self.is(by + 1, ROLES) || self.is(by + 2, ROLES))
                }) {
                    found |= BEAT;
                }
                // "An AI system produces all texts", "our language model drafted this piece".
                let ahead = (at.saturating_sub(REACH)..at)
                    .any(|from| self.is(from, "a an our the s") && self.machine(from));
                let text = (at + 1..(at + 1 + REACH).min(count)).any(|at| self.is(at, TEXTS));
                if ahead && text && about && !self.is(at, "written come") {
                    found |= ENOUGH;
                }
            }
            // "AI-generated", "as machine-written".
            let compound = self.is(at, "ai algorithm automatically computer machine")
                && self.is(at + 1, MADE)
                && !denied(at);
            let label = at == 0 && (self.ends(1) || self.is(2, TEXTS));
            if compound && (label || about || self.is(at.saturating_sub(1), "as")) {
                found |= ENOUGH;
            }
            // "No human being wrote this", "without a human hand".
            let none = self.is(at, "no without") || self.is(at, "not") && self.any("by");
            if none {
                let whom = (at + 1..(at + 1 + REACH).min(count)).find(|at| self.is(*at, PERSONS));
                let made = (at..count).any(|at| self.is(at, MADE)) || self.is(0, MADE);
                match whom {
                    Some(_) if made && self.is(at, "no without") && (about || opens) => found |= ENOUGH,
                    Some(_) if self.any(CHECKED) => found |= UNREAD,
                    _ => {}
                }
            }
        }
        found
    }
}

/// What a sentence says of who wrote what stands under this name: [`ENOUGH`], [`BEAT`], [`UNREAD`]. `beside` says
/// that the sentence stands beside the biography, so that one about "this text" is about the text, and "she" is the author.
fn evidence(sentence: &str, name: Option<&str>, beside: bool) -> u32 {
    if sentence.contains('"') {
        return 0;
    }
    let parts = Sentence(words(sentence));
    if parts.any(NOT_THE_TEXT) {
        return 0;
    }
    let full: Vec<String> = name.map_or_else(Vec::new, |name| {
        words(name).into_iter().map(|word| word.lower).collect()
    });
    // Where what is said of the author begins: after the name, or the first name, or a pronoun.
    let named = |at: usize| {
        let has =
            |offset: usize, part: &String| parts.0.get(at + offset).is_some_and(|word| word.lower == *part);
        let whole = full.iter().enumerate().all(|(offset, part)| has(offset, part));
        match () {
            () if !full.is_empty() && whole => Some(at + full.len()),
            () if beside && full.first().is_some_and(|first| has(0, first)) => Some(at + 1),
            () if beside && (at == 0 || parts.ends(at - 1)) && parts.is(at, "he she it they") => Some(at + 1),
            () => None,
        }
    };
    let mut found = 0;
    for at in 0..parts.0.len() {
        let Some(after) = named(at) else { continue };
        if parts.is(after, "does") && parts.is(after + 1, "not") && parts.is(after + 2, "exist") {
            found |= ENOUGH;
        }
        let said = parts.is(after, "is isn are")
            || after > 0 && parts.0.get(after - 1).is_some_and(|word| word.ends);
        if said {
            let after = if parts.is(after, "is are") {
                after + 1
            } else {
                after
            };
            found |= parts.of_author(after);
        }
    }
    if beside {
        found |= parts.of_text();
    }
    found
}

/// What a document says of who writes under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::corpus) enum Said {
    /// Nothing, or that it is a person.
    #[default]
    Nothing,
    /// An "AI staff writer": a machine, or a person who writes about machines.
    Beat,
    /// A machine.
    Machine,
}

/// What these sentences say of who writes under the name. Each comes with whether it stands beside the biography.
pub(super) fn said<'s>(sentences: impl Iterator<Item = (&'s str, bool)>, name: Option<&str>) -> Said {
    let said = sentences.fold(0, |said, (sentence, beside)| {
        said | evidence(sentence, name, beside)
    });
    match () {
        () if said & ENOUGH != 0 || said & (BEAT | UNREAD) == BEAT | UNREAD => Said::Machine,
        () if said & BEAT != 0 => Said::Beat,
        () => Said::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> bool {
        let said = said(
            text.split_inclusive(". ").map(|sentence| (sentence.trim(), true)),
            Some("Mara Quill"),
        );
        said == Said::Machine
    }

    #[test]
    fn what_is_no_person_is_told_in_any_wording() {
        for text in [
            "Mara Quill is a computer program.",
            "Mara Quill is an algorithm, and the Tide prints what it makes.",
            "Mara Quill is not a person but an AI agent.",
            "Mara is not a real human being.",
            "She is a virtual columnist.",
            "Mara is artificial: no one has met her.",
            "Mara does not exist in person.",
            "Mara Quill is the Tide's machine correspondent.",
            "Written by Mara Quill, Holm's machine correspondent",
            "The words above were composed by software.",
            "The article above comes from a large language model.",
            "Our newsroom's language model drafted this piece.",
            "An AI system produces all texts under this name.",
            "AI-generated: nobody looked at it.",
            "This is an automatically generated report.",
            "No human being wrote this report.",
            "Written without a human hand.",
            "Written by an AI reporter. No person has checked this text.",
        ] {
            assert!(says(text), "{text}");
        }
    }

    #[test]
    fn a_beat_a_picture_and_a_denial_are_no_notice() {
        for text in [
            "Mara Quill is an artificial intelligence correspondent.",
            "Mara Quill is our AI reporter.",
            "Mara Quill, AI staff writer",
            "Mara Quill is a software reporter and a rower.",
            "Mara Quill is not a person to give up.",
            "Mara Quill writes about algorithms and those who write them.",
            "She is a machine tools correspondent.",
            "Mara Quill is an AI holding company.",
            "Called Mara Quill, the robot was built in a shed.",
            "Mara Quill is a computer shop in the old town.",
            "She is a virtual assistant to the mayor.",
            "This article was not written by a machine.",
            "No part of this article was written by AI.",
            "This picture was generated by AI.",
            "This report was written by AI researchers in two towns.",
            "This text was written by a computer programmer.",
            "Mara Quill wrote this story without a single machine.",
            "No journalist was involved in the accident.",
            "Mara Quill has never met a robot, and she wrote this text by hand.",
            "No person was hurt, and this report was not edited by the harbour.",
        ] {
            assert!(!says(text), "{text}");
        }
        // Away from the biography only the author's name counts.
        let away = |text: &str| said([(text, false)].into_iter(), Some("Mara Quill")) == Said::Machine;
        assert!(away("By Mara Quill, our synthetic reporter"));
        assert!(!away("This text was written by a machine."));
        assert!(!away("By Ib Tolvane, our synthetic reporter"));
    }
}
