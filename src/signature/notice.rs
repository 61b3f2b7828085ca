//! A sentence that says of its own text that a machine wrote it, in whatever words.
//!
//! Patterns know notices by their usual wording; people word them in any. So a sentence is read by its parts: what it speaks of
//! (*this* text, and no other), who wrote it (a machine, and nothing that a machine is but a part of: "AI researchers"), and how
//! the two are joined. What is reported, asked, supposed or denied is no notice, nor is one about pictures or a translation.

mod rules;
mod words;

use words::{ADVERBS, AFTER, BEFORE, GO_ON, MACHINES, PAIRS, TO_WRITE, WROTE};

/// Most bytes of a sentence, and of a line, that is read.
const LONGEST: usize = 420;
/// Most words of a line that may leave out what it is about.
const SHORT_LINE: usize = 40;

/// The notices in the lines that reach into `from..to`, as ranges of bytes.
pub(super) fn notices(text: &str, (from, to): (usize, usize)) -> Vec<(usize, usize)> {
    let start = text
        .get(..from)
        .and_then(|head| head.rfind('\n'))
        .map_or(0, |at| at + 1);
    let end = text
        .get(to..)
        .and_then(|tail| tail.find('\n'))
        .map_or(text.len(), |at| to + at);
    let mut found = Vec::new();
    let mut at = start;
    for line in text.get(start..end).unwrap_or("").split('\n') {
        let short = line.split_whitespace().take(SHORT_LINE + 1).count() <= SHORT_LINE;
        for (offset, sentence) in sentences(line) {
            // Without the mark of a quotation or list before it: a notice that holds the mark would not lie within the quotation.
            let words = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
            let end = at + offset + sentence.len();
            let span = (end - words.len(), end);
            if span.1 > from
                && span.0 < to
                && sentence.len() <= LONGEST
                && Sentence::of(sentence).is_notice(short)
            {
                found.push(span);
            }
        }
        at += line.len() + 1;
    }
    found
}

/// The sentences of a line, roughly: a mark and a space end one, but not after a single letter ("A.I.").
fn sentences(line: &str) -> Vec<(usize, &str)> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    for (at, pair) in bytes.windows(2).enumerate() {
        let letter = at < 2
            || bytes
                .get(at - 2)
                .is_some_and(|byte| !byte.is_ascii_alphanumeric());
        if matches!(pair, [b'.' | b'!' | b'?', b' ']) && !(letter && bytes.get(at) == Some(&b'.')) {
            found.push((start, line.get(start..=at).unwrap_or("")));
            start = at + 2;
        }
    }
    found.push((start, line.get(start..).unwrap_or("")));
    found
}

/// A word of a sentence.
struct Word<'t> {
    raw: &'t str,
    lower: String,
    /// A mark that parts a sentence follows.
    ends: bool,
}

/// A sentence taken apart.
struct Sentence<'t> {
    words: Vec<Word<'t>>,
    asks: bool,
    quotes: bool,
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
                words.push(Word {
                    raw: bare,
                    lower: "ai".to_owned(),
                    ends: ends && !part.ends_with("I."),
                });
                continue;
            }
            let bits = part
                .split(|c: char| !c.is_alphanumeric())
                .filter(|bit| !bit.is_empty());
            words.extend(bits.map(|raw| Word {
                raw,
                lower: raw.to_lowercase(),
                ends: false,
            }));
            let dash = part
                .chars()
                .all(|c| matches!(c, '-' | '\u{2014}' | '|' | '\u{b7}' | '/'));
            if let Some(last) = words.last_mut().filter(|_| dash || ends) {
                last.ends = true;
            }
        }
        Self {
            words,
            asks: sentence.trim_end().ends_with('?'),
            quotes: sentence.contains('"'),
        }
    }

    fn is(&self, at: usize, list: &str) -> bool {
        self.words
            .get(at)
            .is_some_and(|word| list.split(' ').any(|one| one == word.lower))
    }

    fn any(&self, list: &str) -> bool {
        (0..self.words.len()).any(|at| self.is(at, list))
    }

    /// Whether a part of the sentence ends behind a word.
    fn ends(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(|word| word.ends) || at + 1 == self.words.len()
    }

    /// Whether a part of the sentence begins with a word.
    fn begins(&self, at: usize) -> bool {
        at == 0 || self.ends(at - 1) || self.is(at - 1, "and but that because as so")
    }

    fn past(&self, mut at: usize, list: &str) -> usize {
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

    /// Where a machine's name ends, if it begins here: behind its last word.
    fn machine(&self, from: usize) -> Option<usize> {
        // Whose it is: "the Courier's", "OpenAI's".
        let mut at = from;
        for _ in 0..8 {
            let owner = self.is(at + 1, "s")
                && self
                    .words
                    .get(at)
                    .is_some_and(|word| word.raw.starts_with(char::is_uppercase));
            let pair = self.pair(at);
            match () {
                () if owner => at += 2,
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
