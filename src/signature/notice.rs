//! A sentence that says of its own text that a machine wrote it, in whatever words.
//!
//! Patterns know notices by their usual wording; people word them in any. So a sentence is read by its parts: what it speaks of
//! (*this* text, and no other), who wrote it (a machine, and nothing that a machine is but a part of: "AI researchers"), and how
//! the two are joined. What is reported, asked, supposed or denied is no notice, nor is one about pictures or a translation.

mod author;
mod label;
mod nobody;
mod rules;
mod unmask;
mod words;

use std::borrow::Cow;
use std::cell::OnceCell;

use super::reported::introduces;
use author::Author;
use words::{ADVERBS, AFTER, BEFORE, GO_ON, List, Lists, MACHINES, OPERATED, PAIRS, ROLES, TO_WRITE, WROTE};

/// Most bytes of a sentence that is read.
const LONGEST: usize = 420;
/// Most words of a line that may leave out what it is about.
const SHORT_LINE: usize = 40;

/// Most bytes either side of a range that are read with it: a longer line is cut, so that a hostile one costs no more.
const REACH: usize = 2 * LONGEST;

/// The notices in the lines that reach into `from..to`, as ranges of bytes. Cost: linear in the length of the range.
pub(super) fn notices(text: &str, (from, to): (usize, usize)) -> Vec<(usize, usize)> {
    let first = text.floor_char_boundary(from.saturating_sub(REACH));
    let last = text.ceil_char_boundary(to.saturating_add(REACH).min(text.len()));
    let start = text.get(first..from).and_then(|head| head.rfind('\n'));
    let start = start.map_or(first, |at| first + at + 1);
    let end = text.get(to..last).and_then(|tail| tail.find('\n'));
    let end = end.map_or(last, |at| to + at);
    let cut = |at: usize| {
        at > 0
            && at < text.len()
            && !text.get(..at).is_some_and(|head| head.ends_with('\n'))
            && !text.get(at..).is_some_and(|tail| tail.starts_with('\n'))
    };
    let (cut_before, cut_behind) = (cut(start), cut(end));
    let mut found = Vec::new();
    let mut at = start;
    for line in text.get(start..end).unwrap_or("").split('\n') {
        let broken = (cut_before && at == start, cut_behind && at + line.len() == end);
        let whole = broken == (false, false);
        let short = whole && line.split_whitespace().take(SHORT_LINE + 1).count() <= SHORT_LINE;
        let sentences = sentences(line);
        // Once a line, and only where one is asked for.
        let known: OnceCell<Option<Author>> = OnceCell::new();
        let author = || {
            let find = || whole.then(|| Author::of(text, (at, at + line.len()))).flatten();
            known.get_or_init(find).as_ref()
        };
        let count = sentences.len() - usize::from(broken.1);
        for (offset, sentence) in sentences.iter().take(count).skip(usize::from(broken.0)) {
            // Without the mark of a quotation or list before it: a notice that holds the mark would not lie within the quotation.
            let words = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
            let end = at + offset + sentence.len();
            let span = (end - words.len(), end);
            let plain = unlinked(sentence);
            let near = span.1 > from && span.0 < to && plain.len() <= LONGEST;
            if !near {
                continue;
            }
            let read = Sentence::of(&plain);
            let unmasks = || author().is_some_and(|author| read.unmasks(author));
            if (read.is_notice(short) || unmasks()) && !told_elsewhere(&plain) {
                found.push(span);
            }
        }
        at += line.len() + 1;
    }
    found
}

/// A sentence with the text of each Markdown link in place of the link: "[ChatGPT](https://...)" names ChatGPT.
fn unlinked(sentence: &str) -> Cow<'_, str> {
    let link = |rest: &str| {
        let middle = rest.find("](")?;
        let open = rest.get(..middle)?.rfind('[')?;
        let close = middle + rest.get(middle..)?.find(')')?;
        Some((open, middle, close))
    };
    let (mut plain, mut rest) = (String::new(), sentence);
    while let Some((open, middle, close)) = link(rest) {
        plain.push_str(rest.get(..open).unwrap_or(""));
        plain.push_str(rest.get(open + 1..middle).unwrap_or(""));
        rest = rest.get(close + 1..).unwrap_or("");
    }
    if plain.is_empty() && rest.len() == sentence.len() {
        return Cow::Borrowed(sentence);
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Whether the notice is an example, or stands behind a colon that introduces what was written elsewhere: "The last line read: ...".
fn told_elsewhere(sentence: &str) -> bool {
    let borders = [": ", "e.g. "].map(|border| sentence.split_once(border));
    borders[1].is_some()
        || borders[0].is_some_and(|(label, _)| introduces(label) && !Sentence::of(label).is_notice(false))
}

/// The sentences of a line, roughly: a mark and a space end one, but not after a single letter ("A.I.").
fn sentences(line: &str) -> Vec<(usize, &str)> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    for at in memchr::memchr3_iter(b'.', b'!', b'?', bytes) {
        let letter = at < 2
            || bytes
                .get(at - 2)
                .is_some_and(|byte| !byte.is_ascii_alphanumeric());
        if bytes.get(at + 1) == Some(&b' ') && !(letter && bytes.get(at) == Some(&b'.')) {
            found.push((start, line.get(start..=at).unwrap_or("")));
            start = at + 2;
        }
    }
    found.push((start, line.get(start..).unwrap_or("")));
    found
}

/// Whether a sentence quotes anything but a name: "the byline "Ina Rook" stands for" quotes nobody.
fn speech(sentence: &str) -> bool {
    let parts: Vec<&str> = sentence.split('"').collect();
    let name = |part: &&str| {
        let mut words = part.split_whitespace();
        words.clone().count() <= 3
            && words.all(|word| word.starts_with(char::is_uppercase) && !word.ends_with(','))
    };
    parts.len().is_multiple_of(2) || !parts.iter().skip(1).step_by(2).all(name)
}

/// A word of a sentence.
struct Word<'t> {
    raw: &'t str,
    lower: Cow<'t, str>,
    lists: Lists,
    /// A mark that parts a sentence follows.
    ends: bool,
    /// A bracket opens before it.
    opened: bool,
}

impl<'t> Word<'t> {
    fn new(raw: &'t str, lower: Cow<'t, str>, ends: bool) -> Self {
        Self {
            raw,
            lists: Lists::of(&lower),
            lower,
            ends,
            opened: false,
        }
    }
}

/// Some words: a list, or a few parted by spaces.
trait Words: Copy {
    fn have(self, word: &Word<'_>) -> bool;
}

impl Words for List {
    fn have(self, word: &Word<'_>) -> bool {
        word.lists.has(self)
    }
}

/// A word in lower case.
fn lower(raw: &str) -> Cow<'_, str> {
    if raw
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        Cow::Borrowed(raw)
    } else {
        Cow::Owned(raw.to_lowercase())
    }
}

impl Words for &str {
    fn have(self, word: &Word<'_>) -> bool {
        self.split(' ').any(|one| one == word.lower)
    }
}

/// A sentence taken apart.
struct Sentence<'t> {
    words: Vec<Word<'t>>,
    /// The lists that one of the words is on.
    lists: Lists,
    asks: bool,
    /// It holds a quotation mark.
    quotes: bool,
    /// It quotes more than a name.
    speech: bool,
}

impl<'t> Sentence<'t> {
    fn of(sentence: &'t str) -> Self {
        let mut words: Vec<Word<'t>> = Vec::new();
        for part in sentence.split_whitespace() {
            // A bracket opens a part of its own.
            if let Some(last) = words.last_mut().filter(|_| part.starts_with(['(', '['])) {
                last.ends = true;
            }
            let ends = part
                .trim_end_matches(['*', '_', ')', ']'])
                .ends_with([',', '.', ';', ':', '!', '?', '\u{2014}'])
                || part.ends_with([')', ']']);
            let bare = part.trim_matches(|c: char| !c.is_alphanumeric());
            if bare.eq_ignore_ascii_case("a.i") {
                words.push(Word::new(
                    bare,
                    Cow::Borrowed("ai"),
                    ends && !part.ends_with("I."),
                ));
                continue;
            }
            let bits = part
                .split(|c: char| !c.is_alphanumeric())
                .filter(|bit| !bit.is_empty());
            let first = words.len();
            words.extend(bits.map(|raw| Word::new(raw, lower(raw), false)));
            if let Some(first) = words.get_mut(first) {
                first.opened = part.starts_with(['(', '[']);
            }
            let dash = part
                .chars()
                .all(|c| matches!(c, '-' | '\u{2014}' | '|' | '\u{b7}' | '/'));
            if let Some(last) = words.last_mut().filter(|_| dash || ends) {
                last.ends = true;
            }
        }
        Self {
            lists: words.iter().map(|word| word.lists).collect(),
            words,
            asks: sentence.trim_end().ends_with('?'),
            quotes: sentence.contains('"'),
            speech: speech(sentence),
        }
    }

    fn is(&self, at: usize, list: impl Words) -> bool {
        self.words.get(at).is_some_and(|word| list.have(word))
    }

    fn any(&self, list: impl Words) -> bool {
        self.words.iter().any(|word| list.have(word))
    }

    /// Whether a part of the sentence ends behind a word.
    fn ends(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(|word| word.ends) || at + 1 == self.words.len()
    }

    /// Whether a part of the sentence begins with a word.
    fn begins(&self, at: usize) -> bool {
        at == 0 || self.ends(at - 1) || self.is(at - 1, "and but that because as so")
    }

    fn past(&self, mut at: usize, list: impl Words) -> usize {
        while self.is(at, list) {
            at += 1;
        }
        at
    }

    fn past_adverbs(&self, mut at: usize) -> usize {
        while self.is(at, ADVERBS) || self.words.get(at).is_some_and(|word| word.lower.ends_with("ly")) {
            at += 1;
        }
        at
    }

    /// Past whose it is: "the Courier's", "OpenAI's", "Sterile Quarter's".
    fn past_owners(&self, at: usize) -> usize {
        let capital = |at: usize| {
            let word = self.words.get(at);
            word.is_some_and(|word| word.raw.starts_with(char::is_uppercase))
        };
        let the = self.past(at, "the");
        let names = (the..the + 4)
            .take_while(|at| capital(*at) && !self.ends(*at))
            .count();
        match (1..=names).find(|count| self.is(the + count, "s")) {
            Some(count) => the + count + 1,
            None => at,
        }
    }

    /// Where a machine's name ends, if it begins here: behind its last word.
    fn machine(&self, from: usize) -> Option<usize> {
        let mut at = from;
        for _ in 0..8 {
            let pair = self.pair(at);
            let owned = self.past_owners(at);
            match () {
                () if owned > at => at = owned,
                () if self.is(at, BEFORE) && !pair && !self.ends(at) => at += 1,
                () => break,
            }
        }
        let mut end = if self.pair(at) {
            at + 2
        } else if self.is(at, MACHINES) {
            at + 1
        } else {
            return None;
        };
        let number = |word: &Word<'_>| word.raw.starts_with(|c: char| c.is_ascii_digit());
        while !self.ends(end - 1)
            && (self.is(end, AFTER)
                || self.is(end, MACHINES)
                || self.pair(end)
                || self.words.get(end).is_some_and(number))
        {
            end += if self.pair(end) { 2 } else { 1 };
        }
        if !self.ends(end - 1) && self.is(end, ROLES) && self.is(end + 1, OPERATED) {
            end += 1;
        }
        let stands = self.ends(end - 1)
            || self.is(end, GO_ON)
            || self.is(end, WROTE)
            || self.is(end, TO_WRITE)
            || self.words.get(end).is_some_and(|word| word.lower.ends_with("ly"));
        stands.then_some(end)
    }

    fn pair(&self, at: usize) -> bool {
        let second = |pair: &&(&str, &str)| self.is(at, pair.0) && self.is(at + 1, pair.1) && !self.ends(at);
        PAIRS.iter().any(|pair| second(&pair))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_read_near_the_range_alone_and_no_broken_sentence_is_read() {
        let notice = "An algorithm wrote this story.";
        let filler = "The mill sold flour to the bakers of the old town by the river. ".repeat(40);
        let text = format!("{filler}{notice} {filler}");
        let at = filler.len();
        assert_eq!(notices(&text, (at, at + 5)), [(at, at + notice.len())]);
        assert_eq!(notices(&text, (0, 5)), []);
        // What is left of a sentence that is longer than anything read says nothing.
        let long = format!(
            "It is not so that {}an algorithm wrote this story.",
            "on and on, ".repeat(200)
        );
        let end = long.len();
        assert_eq!(notices(&long, (end - 20, end)), []);
    }

    #[test]
    fn a_link_is_read_by_its_text_and_an_example_or_what_stood_elsewhere_is_no_notice() {
        let read = |text: &str| !notices(text, (0, text.len())).is_empty();
        for text in [
            "This story was written with the help of [ChatGPT](https://chatgpt.com).",
            "This story was [written by an AI](https://herald.example/ai), as [all](https://herald.example) are.",
            "A note to readers: this story was written by a machine.",
            "Before you read on: what follows was pieced together by automated writing software.",
            "For the avoidance of doubt, this story was written by a machine.",
            "AI transparency label (see the house rules): the text of this article is artificially generated.",
        ] {
            assert!(read(text), "{text}");
        }
        for text in [
            "A sign hung over the desk that read: This story was written by a machine.",
            "Label your work, e.g. this story was written by a machine.",
            "Nobody believed that this story was written by a machine.",
        ] {
            assert!(!read(text), "{text}");
        }
        for text in ["](", "[a](b", "[](", "a](b) [c](d", "[é](é)"] {
            assert!(!read(text), "{text}");
        }
        assert_eq!(unlinked("See [a](b), [c](d) and [e]."), "See a, c and [e].");
    }

    #[test]
    fn a_line_of_many_sentences_costs_no_more_than_its_length() {
        let text = "Ina Rook is an AI reporter. ".repeat(20_000);
        let started = std::time::Instant::now();
        assert_eq!(notices(&text, (0, text.len())), []);
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }

    #[test]
    fn letters_beyond_ascii_and_marks_do_no_harm() {
        for text in [
            "",
            "\n",
            "…",
            "é".repeat(2_000).as_str(),
            "[(*_ — / |",
            "AI",
            "no",
            "without a",
            "A.I.",
        ] {
            assert_eq!(notices(text, (0, text.len())), [], "{text}");
        }
    }
}
