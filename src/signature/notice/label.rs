//! Notices without a subject: labels, and bylines that mark their author as a machine.

use super::Sentence;
use super::words::*;

/// Most words of a line that gives an author's name.
const BYLINE_WORDS: usize = 14;
/// Most words of one that names a program.
const BYLINE_NAMES: usize = 5;
/// What announces a notice.
const LABELS: &str = "disclosure note notice disclaimer transparency attribution";

impl Sentence<'_> {
    /// A label without a subject: "Written by ChatGPT", "Author: GPT-4", "Disclosure: drafted with an AI assistant".
    pub(super) fn label(&self) -> bool {
        let parts = (0..self.words.len().min(10)).filter(|at| *at == 0 || self.ends(*at - 1));
        parts.into_iter().any(|at| self.label_at(at))
    }

    /// "Words: Ina Rook (AI)", "By Ina Rook | Synthetic reporter"; but "By Ina Rook, AI reporter" may be a person's beat.
    pub(super) fn byline(&self) -> bool {
        let begins = self.past(0, "by words text story author written reported");
        let name = self.full_name_at(begins);
        let marks = begins + name;
        if self.words.len() > BYLINE_WORDS || name == 0 || !self.ends(marks - 1) {
            return false;
        }
        let opened = self.words.get(marks).is_some_and(|word| word.opened);
        let whole = |end: usize| self.ends(end - 1) && (begins > 0 || end == self.words.len());
        let role = self.is(
            marks,
            "synthetic automated artificial robot algorithmic generative",
        ) && self.is(marks + 1, ROLES);
        opened && self.machine(marks).is_some_and(whole) || role && whole(marks + 2)
    }

    /// "You are reading an AI-generated article."
    pub(super) fn you_are_reading(&self) -> bool {
        let read = self.past(2, "just now");
        let made = read + 2;
        self.is(0, "you")
            && self.is(1, "are re have ve")
            && self.is(read, "reading read")
            && self.is(read + 1, "a an")
            && self.made_text(made)
            && (made..made + 4).any(|at| self.is(at, TEXTS) && self.ends(at))
    }

    /// "By AI News Bot", "By Staff and ChatGPT".
    fn by_a_bot(&self) -> bool {
        let names = self.words.iter().skip(1);
        let names = names.filter(|word| !word.raw.starts_with(char::is_uppercase) && word.lower != "and");
        let last = self.words.len() - 1;
        let bot = self.is(1, "ai automated") && self.is(last, "bot robot chatbot");
        let gpt = |word: &super::Word<'_>| word.lower.ends_with("gpt") || word.lower == "copilot";
        let beside = last > 1 && self.is(last - 1, "and") && self.words.last().is_some_and(gpt);
        last > 1 && last <= BYLINE_NAMES && names.count() == 0 && (bot || beside)
    }

    fn label_at(&self, at: usize) -> bool {
        let first = at == 0;
        // "Disclosure: I am software."
        if self.is(at, "i") && self.is(at + 1, "am") && self.is(0, LABELS) && at <= 3 {
            return self.machine(at + 2).is_some_and(|end| self.ends(end - 1));
        }
        let whole = |at: usize| self.machine(at).is_some_and(|end| self.ends(end - 1));
        if first && self.is(at, "author byline writer text words copy wording prose") && self.ends(at) {
            return whole(at + 1) || self.is(at + 1, MADE) && self.by_machine(at + 2).is_some();
        }
        // "Provenance: synthetic (composed by an agent)", "Human drafting: none", "Colophon: facts turned into sentences by software".
        if self.is(at, "provenance") {
            let said = (at + 1..at + 4).find(|at| self.ends(*at - 1));
            let written = self.lists.has(WRITTEN) || self.lists.has(TEXTS);
            return written && said.is_some_and(|at| self.is(self.past_adverbs(at), "synthetic automated"));
        }
        if self.is(at, "human") && self.is(at + 1, "drafting writing authorship authors writers") {
            return self.ends(at + 1) && self.is(at + 2, "none zero 0");
        }
        if first && self.is(at, "colophon imprint") && self.ends(at) {
            let made = |at: usize| {
                let into = self.is(at, "turned made") && self.is(at + 1, "into") && self.is(at + 2, TEXTS);
                let by = if into { at + 3 } else { at + 1 };
                (into || self.is(at, WRITTEN)) && self.by_machine(by).is_some()
            };
            return (at + 1..self.words.len()).any(made);
        }
        if self.is(
            at,
            "author writer reporter contributor byline story article content",
        ) && self.is(at + 1, "type status class kind")
        {
            let unreal = self.is(at + 2, "automated synthetic artificial") && self.ends(at + 2);
            return self.ends(at + 1) && (unreal || whole(at + 2));
        }
        if first
            && self.is(at, "automated synthetic robot machine")
            && self.is(at + 1, "byline author writer")
        {
            return self.ends(at + 1);
        }
        // "[Robot-reported]", alone in its line.
        let opened = first && self.words.len() == 2 && self.words.iter().any(|word| word.opened);
        if opened && self.is(at, "ai robot bot") && self.is(at + 1, "reported filed") {
            return true;
        }
        if first && self.is(at, "generated synthetic") && self.is(at + 1, "text copy") {
            return self.ends(at + 1);
        }
        if first && self.is(at, "by") {
            return !self.is(at + 1, "the a an")
                && (self.machine(at + 1).is_some_and(|end| end >= self.words.len()) || self.by_a_bot());
        }
        if first && self.is(at, "words text story article copy writing wording") && self.is(at + 1, "by") {
            return whole(at + 2);
        }
        if first && self.is(at, "contains includes") {
            return self.made_text(self.past_adverbs(at + 1));
        }
        // "AI-written match report", but "AI-generated articles flood the market".
        if self.is(at, MAKES) && self.is(at + 1, MADE_BY) {
            let noun = (at + 2..at + 5).find(|at| self.is(*at, LABELLED));
            let alone = self.is(at + 1, WRITTEN) && self.ends(at + 1);
            // "AI-generated column.", and no more: of one text, while several may be a heading's.
            let last = self.words.len() - 1;
            let one = |word: &super::Word<'_>| !word.lower.ends_with('s') || word.lower == "analysis";
            let only = first && (at + 2..at + 4).contains(&last) && self.is(last, TEXTS);
            return alone
                || noun.is_some_and(|noun| self.ends(noun))
                || only && self.words.last().is_some_and(one);
        }
        // What it labels may be named: "Text generated by", "Product copy authored by".
        let noun = (at..at + 4).find(|at| self.is(*at, LABELLED) && !self.ends(*at));
        if (at..noun.unwrap_or(at)).any(|at| self.is(at, SUPPOSED)) {
            return false;
        }
        let start = self.past_adverbs(noun.map_or(at, |noun| noun + 1));
        let made = self.past(start, "co ghost re");
        let mut by = (made..made + 7).skip(1).take_while(|at| !self.ends(*at - 1));
        let Some((by, end)) = by.find_map(|at| Some((at, self.by_machine(at)?))) else {
            return false;
        };
        // Behind it nothing that makes a headline of it: "Story written by AI in a day wins prize".
        let over = self.ends(end - 1)
            || self.is(end, "and then but from based before with")
            || self.is(end, "on") && (self.is(end + 1, "behalf") || self.is(end + 2, "basis"));
        let text = noun.is_some() || (by..end).any(|at| self.is(at, WRITERS)) || self.any(EDITED);
        let written = self.is(0, "drawn set typed jotted") && self.made(0, WRITTEN);
        let alone = first && made == 0 && written && self.ends(end - 1);
        over && (alone || self.is(made, WRITTEN) || self.is(made, MADE) && text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::notices;

    fn read(line: &str) -> bool {
        !notices(line, (0, line.len())).is_empty()
    }

    #[test]
    fn headings_bylines_and_legends_are_read() {
        for line in [
            "How this story was made: a language model run by the Tide wrote it from the minutes.",
            "How this report was made: we gave the figures to a language model, and it wrote what follows.",
            "Disclosure: I am software. I have never waited for a boat, and no person wrote or amended this column.",
            "I have never waited for a boat, and no person wrote or amended this column.",
            "Words: Ina Rook (AI) | Pictures: none",
            "By Ina Rook | Synthetic reporter",
            "By Ina Rook. Author type: automated",
            "The asterisk marks texts composed by the Tide's generative model.",
            "The model that wrote this piece signs it with a name.",
            "How this was made: a chatbot was given the minutes and the order to write a column.",
            "Note: the words above are synthetic.",
            "I am a program, and the name above is a courtesy to readers.",
            "By Ina Rook (bot)",
            "Generated text. Nobody read it.",
            "What follows was generated from tide tables without a human author.",
            "Readers should know that this column is generated.",
            "Prose: a large language model, unaided.",
            "Copy: produced by generative software, start to finish.",
            "Provenance label: FULLY SYNTHETIC. Human drafting: none.",
            "Provenance: synthetic, level 3 (composed and posted by an agent).",
            "Colophon: tides weighed and turned into sentences by software.",
            "Rights: no person wrote this text, so the Tide claims no copyright in it.",
            "The author owns no boats and never will, being a computer program.",
            "The Tide's own text model filed this page, and no journalist saw it.",
            "Automated byline. What appears under it comes out of a text generator.",
            "[Robot-reported]",
            "A name is worn here by the Tide's text-generation software, which produced every sentence above.",
            "The column above came out of a text model at five.",
            "Having no byline of its own, the model that wrote this piece signs as somebody.",
            "Note that \"Ina\" is a persona: each piece under this byline is the output of a chatbot.",
            "Drawn up by a bot. Nobody signs it.",
            "What follows was stitched together by automated reporting software.",
            "How this page came to be: a text-generating program took the tide tables and worked out every line above.",
            "The words on this page were set down by software that reads tide tables.",
            "This notice is the chatbot's own work, spelling included.",
            "Our letters are the output of a trained machine.",
            "This feature is the unedited product of artificial intelligence.",
            "How this letter came about: a neural network was given the tide tables and told to be stern.",
            "Written from start to finish by an artificial author.",
            "There is no reporter behind this piece, merely a program.",
            "Before you start: nobody typed this.",
            "Before you start: there is no human behind this letter.",
            "AI-generated column.",
            "AI-written analysis.",
            "This letter was written by Ina Rook, an AI columnist maintained by the Tide.",
            "He filed this article without a human co-author.",
        ] {
            assert!(read(line), "{line}");
        }
        for line in [
            "How this story was made: a reporter spoke to people who write language models.",
            "How this story was made: a chatbot copied the tape, and our reporter wrote the rest.",
            "The clothes above are synthetic, and the words above are their label.",
            "I am a program director, and the name above is my own.",
            "What follows was generated by the wind.",
            "The text \"Written by AI\" stood below the column, and each piece under this byline is the output of a chatbot.",
            "By Ina Rook | AI reporter",
            "This article contains no AI-generated text.",
            "None of our articles, including this one, were written by AI.",
            "This article was not written by a journalist, but by a computer scientist.",
            "This article was not written by a person, but by a computer science class.",
            "You read a lot of AI-generated content.",
            "You are reading AI-generated articles every day.",
            "What you read online is written by bots.",
            "By day she codes with Copilot.",
            "By Noon The Software Had Beaten The Robot",
            "By Ina Rook (Reuters)",
            "By Ina Rook, machine tools correspondent",
            "If I had never waited for a boat, and no person wrote this column, I would be glad.",
            "I am software, says the poster.",
            "The star marks hotels that were built by a robot.",
            "Author: Ina Rook",
            "Prose: Ina Rook, who lives in a mill.",
            "Drawn up by a bot and two donkeys, the cart reached the mill.",
            "What follows was drawn up the hill by a tractor.",
            "How this mill came to be: a program read out every line above the door.",
            "This notice is about the robot's creation, a song.",
            "A reporter who reads tide tables says this page was written by software.",
            "Readers were told that this page was written by software.",
            "How this letter came about: a neural network was given to the school, and the author thanked them.",
            "There is no reporter behind this counter, merely a program for Sunday.",
            "Nobody typed this name into the machine.",
            "Nobody wrote this story better than the robot did.",
            "There is no author behind this column of smoke, merely a machine.",
            "There is no human error behind this story.",
            "There is no human behind the wheel of the machine.",
            "AI-generated articles.",
            "AI-generated column inches fill the web.",
            "This letter was written by Ina Rook, an AI columnist.",
            "This letter was written by Ina Rook, an AI researcher maintained by grants.",
            "She filed for the post without a human lawyer.",
            "How this works: a computer is given a photograph and asked to name it.",
            "How this game began: a robot was told to dance.",
            "This article is about the machine's work in the mill.",
            "Thrown together by a robot.",
            "This article is not the unedited product of artificial intelligence.",
            "The picture is the unedited product of artificial intelligence.",
            "Worked out by a computer.",
            "About this review: the machine was given to us and told to grind.",
            "Copy: produced by Ina Rook, who writes software.",
            "Provenance: a barn near Tolvane. Synthetic stones are marked.",
            "Provenance: synthetic ruby, cut in Tolvane.",
            "AI reported",
            "Colophon: set in Bembo, and cut into boards by a machine.",
            "Critics claim that no person wrote this text, and the Tide sells it.",
            "The author owns no boats, being a computer program manager.",
            "What appears under it comes out of the mill's ovens.",
            "Robot-reported faults are mended first, and the column above came out of a kiln.",
        ] {
            assert!(!read(line), "{line}");
        }
    }
}
