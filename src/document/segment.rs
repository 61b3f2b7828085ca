//! Sentences and words of the style stream.
//!
//! The prose blocks are laid end to end into one *flow* with line breaks made spaces and
//! everything that is no word (addresses, citation marks, markup) blanked, so neither line
//! layout nor markup can reach a sentence or a word. The flow is as long as the blocks it is
//! made of, so places in it lead straight back to the text.

use super::hash::word_hash;
use super::words::{Make, each_word};
use super::{Case, Sentence, Span, Word, WordKind};
use sentencex::languages::Language as Splitter;

/// Longest stretch given to the sentence splitter at once, in bytes: parts of it are quadratic
/// in the number of brackets and quotes. Longer stretches are cut at a space.
const UNIT_BYTES: usize = 8 * 1024;

/// Bytes of prose a word, with the space after it, at the least in ordinary text: what to make room for.
const BYTES_PER_WORD: usize = 5;

/// A prose block in the flow.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// First byte in the flow.
    flow: usize,
    /// Its place in the normalised text.
    span: Span,
    /// Index of the block.
    block: u32,
}

/// The style stream in the making.
#[derive(Debug, Default)]
pub(super) struct Flow {
    text: String,
    parts: Vec<Part>,
}

/// The style stream.
#[derive(Debug, Default)]
pub(super) struct Stream {
    pub sentences: Vec<Sentence>,
    pub words: Vec<Word>,
    pub lower: String,
}

impl Flow {
    /// Adds a prose block; `blanks` are the ranges in it that hold no words, in order.
    pub(super) fn push(&mut self, text: &str, span: Span, block: u32, blanks: &[Span]) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.parts.push(Part {
            flow: self.text.len(),
            span,
            block,
        });
        let mut at = span.start;
        for blank in blanks {
            let (from, to) = (blank.start.clamp(at, span.end), blank.end.clamp(at, span.end));
            self.copy(Span { start: at, end: from }.of(text));
            self.text.extend(std::iter::repeat_n(' ', (to - from) as usize));
            at = to;
        }
        self.copy(
            Span {
                start: at,
                end: span.end,
            }
            .of(text),
        );
    }

    fn copy(&mut self, piece: &str) {
        let mut from = 0;
        for at in memchr::memchr2_iter(b'\n', b'\t', piece.as_bytes()) {
            self.text.push_str(piece.get(from..at).unwrap_or(""));
            self.text.push(' ');
            from = at + 1;
        }
        self.text.push_str(piece.get(from..).unwrap_or(""));
    }

    /// Splits the flow.
    pub(super) fn split(&self, language: &str) -> Stream {
        let splitter = sentencex::language_factory(language);
        let mut stream = Stream::default();
        let mut borders = Vec::new();
        for (from, to) in self.units() {
            borders.push(from);
            self.sentence_starts(from, to, splitter.as_ref(), &mut borders);
        }
        borders.push(self.text.len());
        self.words(&borders, &mut stream);
        stream
    }

    /// Stretches that a sentence cannot leave: a block that ends in a terminal mark ends one.
    fn units(&self) -> Vec<(usize, usize)> {
        let mut units = Vec::new();
        let mut from = 0;
        for (part, next) in self.parts.iter().zip(self.parts.iter().skip(1)) {
            let end = part.flow + part.span.len();
            let before = self.text.get(from..end).unwrap_or("").trim_end();
            if ends_sentence(before) {
                self.push_unit(from, end, &mut units);
                from = next.flow;
            }
        }
        self.push_unit(from, self.text.len(), &mut units);
        units
    }

    fn push_unit(&self, mut from: usize, to: usize, units: &mut Vec<(usize, usize)>) {
        while to - from > UNIT_BYTES {
            let mut end = from + UNIT_BYTES;
            while !self.text.is_char_boundary(end) {
                end -= 1;
            }
            let window = self.text.get(from..end).unwrap_or("");
            let cut = window
                .rfind(". ")
                .map(|at| at + 1)
                .or_else(|| window.rfind(' '))
                .filter(|cut| *cut > 0)
                .unwrap_or(window.len());
            units.push((from, from + cut));
            from += cut;
        }
        if from < to {
            units.push((from, to));
        }
    }

    fn sentence_starts(&self, from: usize, to: usize, splitter: &dyn Splitter, borders: &mut Vec<usize>) {
        let unit = self.text.get(from..to).unwrap_or("");
        let mut at = from;
        for sentence in splitter.segment(unit) {
            if at > from {
                borders.push(at);
            }
            let mut rest = sentence;
            let mut rest_at = at;
            while let Some(cut) = glued(rest) {
                rest_at += cut;
                borders.push(rest_at);
                rest = rest.get(cut..).unwrap_or("");
            }
            at += sentence.len();
        }
    }

    /// Fills in words, and a sentence for every pair of borders that has words between them.
    fn words(&self, borders: &[usize], stream: &mut Stream) {
        stream.lower.reserve(self.text.len());
        stream.words.reserve(self.text.len() / BYTES_PER_WORD);
        let mut ends = borders.iter().copied().skip(1).peekable();
        let mut from = borders.first().copied().unwrap_or(0);
        let mut first_word = 0;
        for part in &self.parts {
            let end = part.flow + part.span.len();
            each_word(self.text.get(part.flow..end).unwrap_or(""), |at, word, make| {
                while let Some(border) = ends.next_if(|border| part.flow + at >= *border) {
                    self.close(from, border, &mut first_word, stream);
                    from = border;
                }
                let start = part.span.start as usize + at;
                let sentence = clip(stream.sentences.len());
                let word = new_word(
                    word,
                    make,
                    Span::new(start, start + word.len()),
                    sentence,
                    &mut stream.lower,
                );
                stream.words.push(word);
            });
        }
        self.close(from, self.text.len(), &mut first_word, stream);
    }

    fn close(&self, from: usize, to: usize, first_word: &mut usize, stream: &mut Stream) {
        if stream.words.len() == *first_word {
            return;
        }
        let piece = self.text.get(from..to).unwrap_or("");
        let start = from + (piece.len() - piece.trim_start().len());
        let end = to - (piece.len() - piece.trim_end().len());
        let (Some(a), Some(b)) = (self.part_at(start), self.part_at(end.saturating_sub(1))) else {
            return;
        };
        stream.sentences.push(Sentence {
            span: Span::new(
                a.span.start as usize + (start - a.flow),
                b.span.start as usize + (end - b.flow).min(b.span.len()),
            ),
            words: clip(*first_word)..clip(stream.words.len()),
            block: a.block,
        });
        *first_word = stream.words.len();
    }

    fn part_at(&self, flow: usize) -> Option<Part> {
        let after = self.parts.partition_point(|part| part.flow <= flow);
        self.parts.get(after.checked_sub(1)?).copied()
    }
}

/// Whether a text is finished: it ends in a terminal mark or a colon, closing marks after it allowed.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | ')' | ']' | '*' | '_' | '»')
    });
    text.ends_with(['.', '!', '?', ':', '。', '！', '？', '…', '।'])
}

/// Shortest run of lower-case letters before a stop that shows it ends a word, not an
/// abbreviation ("U.S.Army", "e.g.The").
const GLUE_LETTERS: usize = 2;

/// What a citation mark (`[3]`) is at the least once blanked.
const BLANKED_CITATION: &[u8] = b"   ";

/// Where pages lost the space between two sentences (`fell.Shares`): the place after the mark.
fn glued(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b'.', b'!', b'?', bytes).find_map(|at| {
        let mut next = at + 1;
        if bytes.get(next) == Some(&b'"') {
            next += 1;
        }
        let first = bytes.get(next).filter(|b| b.is_ascii_uppercase())?;
        let second = bytes.get(next + 1)?;
        let starts = second.is_ascii_lowercase()
            || *second == b'\''
            || (matches!(first, b'A' | b'I') && *second == b' ');
        let before = bytes.get(..at)?;
        let letters = before.iter().rev().take_while(|b| b.is_ascii_lowercase()).count();
        let ends = letters >= GLUE_LETTERS
            || before.last().is_some_and(|b| b")%\"".contains(b))
            || before.ends_with(BLANKED_CITATION);
        (starts && ends).then_some(next)
    })
}

fn new_word(word: &str, make: Make, span: Span, sentence: u32, buffer: &mut String) -> Word {
    let from = buffer.len();
    let hash = if let Some(hash) = make.hash {
        buffer.push_str(word);
        if make.upper > 0
            && let Some(lower) = buffer.get_mut(from..)
        {
            lower.make_ascii_lowercase();
        }
        hash
    } else {
        buffer.extend(word.chars().flat_map(char::to_lowercase));
        word_hash(buffer.get(from..).unwrap_or(""))
    };
    Word {
        span,
        lower: Span::new(from, buffer.len()),
        hash,
        sentence,
        kind: match (make.letters, make.digits) {
            (0, 1..) => WordKind::Number,
            (_, 0) => WordKind::Letters,
            _ => WordKind::Mixed,
        },
        case: match make.upper {
            0 => Case::Lower,
            1 if make.first_upper => Case::Title,
            upper if upper == make.letters => Case::Upper,
            _ => Case::Mixed,
        },
        chars: u16::try_from(make.chars).unwrap_or(u16::MAX),
        quoted: false,
    }
}

fn clip(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
