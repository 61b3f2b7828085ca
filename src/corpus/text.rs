//! `Document` -> [`Text`]: the words of the body as the cross-article side compares them.
//!
//! Site furniture (newsletter lines, biographies, comments, lists of sources) is out; headings, lists, tables and set-off
//! quotations are in, since what is copied is copied whole. A word is its letters and digits in lower case: hyphens part
//! words, a possessive 's falls, separators of thousands fall, so that layout and house style do not hide a copy.

use crate::document::{BlockKind, Document, Span, word_hash};

use super::common_words::is_common;

/// A word of the body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Fixed hash of the word.
    pub hash: u64,
    /// Fixed hash of its stem (see [`STEM_CHARS`]).
    pub stem: u64,
    /// Where it stands in the normalised text.
    pub span: Span,
    /// Index of its unit: a sentence of prose, or a heading, list item, line.
    pub unit: u32,
    /// A word of grammar, or of one or two letters: says nothing of what the text is about.
    pub common: bool,
    /// It holds a digit.
    pub number: bool,
    /// It is capitalised inside a unit: a name, most likely.
    pub name: bool,
    /// It stands in quotation marks or a set-off quotation.
    pub quoted: bool,
}

impl Token {
    /// A content word of the author's own: no name, no number, not quoted.
    pub fn plain(&self) -> bool {
        !(self.common || self.number || self.name || self.quoted)
    }

    /// A content word, whoever's.
    pub fn content(&self) -> bool {
        !self.common
    }
}

/// The comparable words of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    /// The words, in order.
    pub tokens: Vec<Token>,
    /// The units, each a range of `tokens`.
    pub units: Vec<std::ops::Range<usize>>,
    /// Which of the units are headings.
    pub headings: Vec<bool>,
    /// Which of the units have furniture right before them.
    pub parted: Vec<bool>,
}

/// Letters that are kept of a longer word for its stem. Truncation is the simplest stemmer and close to the others on news
/// (Can et al. 2008); six letters keep "announced" with "announcement" and part "company" from "compare".
pub(super) const STEM_CHARS: usize = 6;

/// Fewest words of a full sentence: page furniture seldom has a full stop, and never after so many words.
const SENTENCE_WORDS: usize = 8;

impl Text {
    /// The words of a document's body. Linear in its length.
    pub fn of(document: &Document) -> Self {
        let text = document.text();
        let mut starts: Vec<u32> = document.sentences().iter().map(|s| s.span.start).collect();
        starts.sort_unstable();
        let mut made = Self::default();
        let mut next_sentence = 0;
        let mut quotes = document.quotes().iter().peekable();
        let mut unit_open = false;
        let mut parted = false;
        let wrapped = wrapped(document);
        // Whether the line before ended its sentence: then the sentences' own borders part the units.
        let mut closed = true;
        for block in document.blocks() {
            if matches!(block.kind, BlockKind::Furniture(_)) {
                parted = true;
                continue;
            }
            let prose = block.kind == BlockKind::Prose;
            if !(prose && (wrapped || closed)) {
                unit_open = false;
            }
            closed = ended(block.span.of(text));
            let quotation = block.kind == BlockKind::Quotation;
            for word in words(block.span.of(text), block.span.start) {
                // A sentence may begin at a quotation mark before its first word.
                while starts
                    .get(next_sentence)
                    .is_some_and(|&start| start <= word.span.start)
                {
                    next_sentence += 1;
                    unit_open &= !prose;
                }
                while quotes.peek().is_some_and(|quote| quote.end <= word.span.start) {
                    quotes.next();
                }
                let quoted = quotation || quotes.peek().is_some_and(|quote| quote.start <= word.span.start);
                made.push(&word, quoted, !unit_open);
                if let Some(last) = made.parted.last_mut() {
                    *last |= parted && !unit_open;
                    parted = false;
                }
                if let Some(last) = made.headings.last_mut() {
                    *last = block.kind == BlockKind::Heading;
                }
                unit_open = true;
            }
            if !prose {
                unit_open = false;
            }
        }
        made
    }

    /// The words of a passage that is no body: a biography, a heading.
    pub fn of_passage(document: &Document, span: Span) -> Self {
        let mut made = Self::default();
        for (at, word) in words(span.of(document.text()), span.start).enumerate() {
            made.push(&word, false, at == 0);
        }
        made
    }

    fn push(&mut self, word: &Word, quoted: bool, opens: bool) {
        let at = self.tokens.len();
        if opens || self.units.is_empty() {
            self.units.push(at..at);
            self.headings.push(false);
            self.parted.push(false);
        }
        if let Some(unit) = self.units.last_mut() {
            unit.end = at + 1;
        }
        let unit = u32::try_from(self.units.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let stem_end = word
            .lower
            .char_indices()
            .nth(STEM_CHARS)
            .map_or(word.lower.len(), |(end, _)| end);
        self.tokens.push(Token {
            hash: word_hash(&word.lower),
            stem: word_hash(word.lower.get(..stem_end).unwrap_or(&word.lower)),
            span: word.span,
            unit,
            common: is_common(&word.lower),
            number: word.lower.bytes().any(|byte| byte.is_ascii_digit()),
            name: word.capital && !opens,
            quoted,
        });
    }

    /// Which words stand outside of the running text: before its first two full sentences in a row, and after its last two.
    /// Menus, headlines, notices and lists of other articles that nothing tells from the text by their wording are there. None,
    /// where no two sentences follow one another.
    pub fn edges(&self, document: &Document) -> Vec<bool> {
        let full = |unit: &std::ops::Range<usize>| {
            let tokens = self.slice(unit.clone());
            let last = tokens.last().map_or(0, |token| token.span.end);
            let after = document.text().get(last as usize..).unwrap_or("");
            let mark = after.trim_start_matches(['"', '\'', ')', ']']);
            tokens.len() >= SENTENCE_WORDS && mark.starts_with(['.', '!', '?'])
        };
        let full: Vec<bool> = self.units.iter().map(full).collect();
        let parted = |at: usize| self.parted.get(at).copied().unwrap_or(false);
        let running: Vec<bool> = full
            .windows(2)
            .enumerate()
            .map(|(at, two)| two == [true, true] && !parted(at + 1))
            .collect();
        let first = running.iter().position(|two| *two);
        let last = running.iter().rposition(|two| *two);
        let first = first.and_then(|at| self.units.get(at));
        let last = last.and_then(|at| self.units.get(at + 1));
        match (first, last) {
            (Some(first), Some(last)) => (0..self.len())
                .map(|at| at < first.start || at >= last.end)
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Words in the text.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The words of a range; empty where it does not fit.
    pub fn slice(&self, range: std::ops::Range<usize>) -> &[Token] {
        self.tokens.get(range).unwrap_or(&[])
    }

    /// The span of a range of words in the normalised text.
    pub fn span(&self, range: &std::ops::Range<usize>) -> Option<Span> {
        let tokens = self.tokens.get(range.clone())?;
        let (first, last) = (tokens.first()?, tokens.last()?);
        Some(Span {
            start: first.span.start,
            end: last.span.end.max(first.span.start),
        })
    }
}

/// Whether a line ends with a full stop or its like.
fn ended(line: &str) -> bool {
    line.trim_end()
        .ends_with(['.', '!', '?', '"', '\'', ')', ']', ':', ';', ','])
}

/// Share of the lines of prose that do not end a sentence, from which the text has hard line breaks.
const WRAPPED_SHARE: f64 = 0.4;

/// Whether the text has hard line breaks, so that a sentence runs on over the end of a line.
fn wrapped(document: &Document) -> bool {
    let prose = document
        .blocks()
        .iter()
        .filter(|block| block.kind == BlockKind::Prose);
    let (mut lines, mut open) = (0_usize, 0_usize);
    for block in prose {
        lines += 1;
        open += usize::from(!ended(document.slice(block.span)));
    }
    open as f64 > WRAPPED_SHARE * lines as f64
}

/// A word on its way into a [`Text`].
pub(super) struct Word {
    lower: String,
    span: Span,
    capital: bool,
}

impl Word {
    /// Fixed hash of the word.
    pub fn hash(&self) -> u64 {
        word_hash(&self.lower)
    }
}

/// The words of a text that begins at byte `from`.
pub(super) fn words(text: &str, from: u32) -> impl Iterator<Item = Word> + '_ {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let &(start, first) = rest.peek()?;
        let mut lower = String::new();
        let mut end = start;
        while let Some(&(at, c)) = rest.peek() {
            if c.is_alphanumeric() {
                lower.extend(c.to_lowercase());
                end = at + c.len_utf8();
                rest.next();
                continue;
            }
            let mut ahead = rest.clone();
            ahead.next();
            let after = ahead.peek().map(|&(_, c)| c);
            let before_digit = lower.ends_with(|c: char| c.is_ascii_digit());
            let joins_digits = before_digit && after.is_some_and(|c| c.is_ascii_digit());
            match c {
                ',' if joins_digits => {}
                '.' if joins_digits => lower.push('.'),
                '\'' if after.is_some_and(char::is_alphanumeric) => lower.push('\''),
                _ => break,
            }
            rest.next();
        }
        let kept = lower.strip_suffix("'s").map(str::len);
        if let Some(kept) = kept.filter(|&kept| kept > 0) {
            lower.truncate(kept);
        }
        Some(Word {
            lower,
            span: Span {
                start: from.saturating_add(u32::try_from(start).unwrap_or(u32::MAX)),
                end: from.saturating_add(u32::try_from(end).unwrap_or(u32::MAX)),
            },
            capital: first.is_uppercase(),
        })
    })
}

/// Hash of a run of words: FNV-1a over their hashes, the same in every run.
pub(super) fn gram(hashes: impl Iterator<Item = u64>) -> u64 {
    hashes.fold(0xcbf2_9ce4_8422_2325, |sum, hash| {
        (sum ^ hash).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::RawDocument;

    fn document(text: &str) -> Document {
        Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        })
    }

    fn read(text: &str) -> Vec<String> {
        words(text, 0).map(|word| word.lower).collect()
    }

    #[test]
    fn words_are_letters_and_digits_in_lower_case() {
        assert_eq!(
            read("Tarnwell's 32-billion-parameter model, 1,250 of 33.4% don't."),
            [
                "tarnwell",
                "32",
                "billion",
                "parameter",
                "model",
                "1250",
                "of",
                "33.4",
                "don't"
            ]
        );
    }

    #[test]
    fn furniture_is_out_and_lists_are_in() {
        let document = document(
            "Tin prices rose on Monday in thin trade, dealers said.\n\n- Output fell in the north\n- Stocks rose in the south\n\nSubscribe to our newsletter\n",
        );
        let text = Text::of(&document);
        let all: Vec<&str> = text
            .tokens
            .iter()
            .map(|token| document.slice(token.span))
            .collect();
        assert!(all.contains(&"Output"), "{all:?}");
        assert!(!all.contains(&"newsletter"), "{all:?}");
        assert_eq!(text.units.len(), 3);
    }

    #[test]
    fn quoted_words_and_names_are_marked() {
        let document =
            document("The mayor of Corvane spoke. \"We will build the bridge,\" she said on Tuesday.");
        let text = Text::of(&document);
        let marked: Vec<&str> = text
            .tokens
            .iter()
            .filter(|token| token.quoted)
            .map(|token| document.slice(token.span))
            .collect();
        assert_eq!(marked, ["We", "will", "build", "the", "bridge"]);
        let names: Vec<&str> = text
            .tokens
            .iter()
            .filter(|token| token.name)
            .map(|token| document.slice(token.span))
            .collect();
        assert_eq!(names, ["Corvane", "Tuesday"]);
    }
}
