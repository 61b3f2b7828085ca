//! What the families share: the document's words with their classes and punctuation, counted once.

use std::ops::Range;

use super::class::{COUNT, Class, Classes};
use super::lexicon::{Entry, TABLE};
use super::types::Types;
use crate::document::{Document, Sentence, Span, Word};

/// Marks between two words, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Gap(pub(super) u16);

impl Gap {
    pub(super) const COMMA: u16 = 1;
    pub(super) const SEMICOLON: u16 = 1 << 1;
    pub(super) const COLON: u16 = 1 << 2;
    pub(super) const DASH: u16 = 1 << 3;
    pub(super) const OPEN: u16 = 1 << 4;
    pub(super) const CLOSE: u16 = 1 << 5;
    pub(super) const STOP: u16 = 1 << 6;
    pub(super) const QUESTION: u16 = 1 << 7;
    pub(super) const EXCLAMATION: u16 = 1 << 8;
    pub(super) const QUOTE: u16 = 1 << 9;
    pub(super) const SLASH: u16 = 1 << 10;
    pub(super) const PERCENT: u16 = 1 << 11;
    pub(super) const MONEY: u16 = 1 << 12;
    /// A lone hyphen that joins two words.
    pub(super) const HYPHEN: u16 = 1 << 13;
    /// Marks that end a clause.
    pub(super) const CLAUSE: u16 =
        Self::COMMA | Self::SEMICOLON | Self::COLON | Self::DASH | Self::OPEN | Self::CLOSE;
    /// Marks that no phrase runs over.
    const BREAK: u16 = Self::CLAUSE | Self::STOP | Self::QUESTION | Self::EXCLAMATION | Self::QUOTE;

    /// Whether one of `marks` stands in it.
    pub(super) const fn has(self, marks: u16) -> bool {
        self.0 & marks != 0
    }
}

/// How often each mark stands in the style stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Marks {
    pub(super) commas: usize,
    pub(super) semicolons: usize,
    pub(super) colons: usize,
    pub(super) dashes: usize,
    pub(super) brackets: usize,
    pub(super) stops: usize,
    pub(super) ellipses: usize,
    pub(super) questions: usize,
    pub(super) exclamations: usize,
    pub(super) quotes: usize,
    pub(super) slashes: usize,
    pub(super) percents: usize,
    pub(super) money: usize,
}

impl Marks {
    /// Reads and counts the marks in a stretch between two words.
    fn gap(&mut self, text: &str, from: u32, to: u32) -> Gap {
        let span = Span {
            start: from,
            end: to.max(from),
        };
        match text.as_bytes().get(span.range()) {
            None | Some([] | [b' ' | b'\n']) => Gap::default(),
            Some(b"-") => Gap(Gap::HYPHEN),
            Some(long) if long.len() > MAX_GAP_BYTES => Gap::default(),
            Some(_) => self.read(span.of(text)),
        }
    }

    fn read(&mut self, text: &str) -> Gap {
        let mut gap = 0;
        let mut previous = ' ';
        let mut stops = 0_usize;
        let mut hyphens = 0_usize;
        for (at, letter) in text.char_indices() {
            let (bit, count) = match letter {
                ',' => (Gap::COMMA, &mut self.commas),
                ';' => (Gap::SEMICOLON, &mut self.semicolons),
                ':' => (Gap::COLON, &mut self.colons),
                '(' => (Gap::OPEN, &mut self.brackets),
                ')' => {
                    gap |= Gap::CLOSE;
                    previous = letter;
                    continue;
                }
                '.' => {
                    stops += 1;
                    (Gap::STOP, &mut self.stops)
                }
                '?' => (Gap::QUESTION, &mut self.questions),
                '!' => (Gap::EXCLAMATION, &mut self.exclamations),
                '"' => (Gap::QUOTE, &mut self.quotes),
                '/' => (Gap::SLASH, &mut self.slashes),
                '%' => (Gap::PERCENT, &mut self.percents),
                '$' | '\u{20ac}' | '\u{a3}' | '\u{a5}' => (Gap::MONEY, &mut self.money),
                '\u{2012}'..='\u{2015}' => (Gap::DASH, &mut self.dashes),
                '-' => {
                    // A lone hyphen is a dash where a space stands before it, a pair is always one.
                    hyphens += 1;
                    let spaced = previous.is_whitespace() && at > 0;
                    previous = letter;
                    if (spaced && hyphens == 1) || hyphens == 2 && gap & Gap::DASH == 0 {
                        gap |= Gap::DASH;
                        self.dashes += 1;
                    }
                    continue;
                }
                _ => {
                    previous = letter;
                    continue;
                }
            };
            gap |= bit;
            *count += 1;
            previous = letter;
        }
        if stops >= 3 {
            // Three stops are one ellipsis, not three ends.
            self.stops -= stops;
            self.ellipses += 1;
        }
        Gap(gap)
    }
}

/// A document as the families see it. Built once for all of them; O(words).
#[derive(Debug)]
pub struct View<'a> {
    pub(super) document: &'a Document,
    pub(super) words: &'a [Word],
    sentences: &'a [Sentence],
    classes: Vec<Classes>,
    after: Vec<Gap>,
    lead: Vec<Gap>,
    pub(super) types: Types,
    counts: [u32; COUNT],
    initial: [u32; COUNT],
    /// Marks between words.
    pub(super) marks: Marks,
}

/// Longest stretch between two words that is read as punctuation, in bytes; what is longer was
/// not written as part of the sentence (a table or furniture between two parts of it).
const MAX_GAP_BYTES: usize = 48;

impl<'a> View<'a> {
    /// Looks at a document.
    #[must_use]
    pub fn new(document: &'a Document) -> Self {
        let words = document.words();
        let mut view = Self {
            document,
            words,
            sentences: document.sentences(),
            classes: Vec::with_capacity(words.len()),
            after: vec![Gap::default(); words.len()],
            lead: Vec::with_capacity(document.sentences().len()),
            types: Types::new(words),
            counts: [0; COUNT],
            initial: [0; COUNT],
            marks: Marks::default(),
        };
        view.read_gaps();
        view.classify();
        view
    }

    fn read_gaps(&mut self) {
        let text = self.document.text();
        for sentence in self.sentences {
            let words = self.document.words_of(sentence);
            let start = sentence.words.start as usize;
            let mut after = self.after.iter_mut().skip(start);
            let mut from = sentence.span.start;
            for (word, is_first) in words
                .iter()
                .zip(std::iter::once(true).chain(std::iter::repeat(false)))
            {
                let gap = self.marks.gap(text, from, word.span.start);
                if is_first {
                    self.lead.push(gap);
                } else if let Some(slot) = after.next() {
                    *slot = gap;
                }
                from = word.span.end;
            }
            let gap = self
                .marks
                .gap(text, from, sentence.span.end.max(sentence.span.start));
            match after.next() {
                _ if words.is_empty() => self.lead.push(gap),
                Some(slot) => *slot = gap,
                None => {}
            }
        }
    }

    fn classify(&mut self) {
        let table = &*TABLE;
        let types = std::mem::take(&mut self.types);
        let known: Vec<Option<&Entry>> = types
            .first
            .iter()
            .map(|at| table.get(self.words.get(*at as usize)?.hash))
            .collect();
        // Words of classes without phrases cannot overlap with anything of their class: counted by type.
        let alone = |classes: Classes| Classes(classes.0 & !table.phrased.0);
        for (entry, times) in known.iter().zip(&types.frequency) {
            if let Some(entry) = entry {
                alone(entry.classes).each(|class| add(&mut self.counts, class, *times));
            }
        }
        // Where each class may next be counted: a match uses up its words for its class.
        let mut free = [0_usize; COUNT];
        let mut sentence = None;
        for ((id, word), at) in types.ids.iter().zip(self.words).zip(0..) {
            let first = sentence.replace(word.sentence) != Some(word.sentence);
            let Some(Some(entry)) = known.get(*id as usize) else {
                self.classes.push(Classes::default());
                continue;
            };
            self.classes.push(entry.classes);
            if first {
                alone(entry.classes).each(|class| add(&mut self.initial, class, 1));
            }
            let next = self.words.get(at + 1).map_or(0, |word| word.hash);
            if entry.may_go_on(next) {
                for phrase in &entry.phrases {
                    if self.follows(at, &phrase.rest) {
                        self.count(phrase.classes, at, phrase.rest.len() + 1, first, &mut free);
                    }
                }
            }
            let beside_phrases = Classes(entry.classes.0 & table.phrased.0);
            self.count(beside_phrases, at, 1, first, &mut free);
        }
        self.types = types;
    }

    fn follows(&self, at: usize, rest: &[u64]) -> bool {
        let Some(here) = self.words.get(at) else {
            return false;
        };
        rest.iter().enumerate().all(|(offset, hash)| {
            let place = at + offset;
            self.words
                .get(place + 1)
                .is_some_and(|word| word.hash == *hash && word.sentence == here.sentence)
                && !self.after(place).has(Gap::BREAK)
        })
    }

    fn count(&mut self, classes: Classes, at: usize, length: usize, first: bool, free: &mut [usize; COUNT]) {
        classes.each(|class| {
            if let Some(next) = free.get_mut(class)
                && at >= *next
            {
                add(&mut self.counts, class, 1);
                add(&mut self.initial, class, u32::from(first));
                *next = at + length;
            }
        });
    }

    /// How often a class occurs (its words and phrases, without overlap).
    pub(super) fn of(&self, class: Class) -> f64 {
        f64::from(self.counts.get(class as usize).copied().unwrap_or(0))
    }

    /// The same per 100 words; not finite for a text without words.
    pub(super) fn rate_of(&self, class: Class) -> f64 {
        self.rate(self.of(class))
    }

    /// A count per 100 words; not finite for a text without words.
    pub(super) fn rate(&self, count: f64) -> f64 {
        100.0 * count / self.words.len() as f64
    }

    /// How many sentences begin with the class.
    pub(super) fn initial(&self, class: Class) -> f64 {
        f64::from(self.initial.get(class as usize).copied().unwrap_or(0))
    }

    /// Classes of the word at an index.
    pub(super) fn classes(&self, at: usize) -> Classes {
        self.classes.get(at).copied().unwrap_or_default()
    }

    /// Classes of all words.
    pub(super) fn all_classes(&self) -> &[Classes] {
        &self.classes
    }

    /// Whether the word at an index is of a class by itself.
    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.classes(at).has(class)
    }

    /// Marks between the word at an index and the next, or the end of its sentence.
    pub(super) fn after(&self, at: usize) -> Gap {
        self.after.get(at).copied().unwrap_or_default()
    }

    /// Marks before the word at an index, from the word or sentence start before it.
    pub(super) fn before(&self, at: usize) -> Gap {
        match at.checked_sub(1) {
            Some(previous) if !self.starts_sentence(at) => self.after(previous),
            _ => self
                .words
                .get(at)
                .and_then(|word| self.lead.get(word.sentence as usize))
                .copied()
                .unwrap_or_default(),
        }
    }

    /// Whether the word at an index is its sentence's first.
    pub(super) fn starts_sentence(&self, at: usize) -> bool {
        match (
            self.words.get(at),
            at.checked_sub(1).and_then(|p| self.words.get(p)),
        ) {
            (Some(word), Some(previous)) => word.sentence != previous.sentence,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }

    /// Numbers of the words: equal words have equal numbers, from 0 to the number of [`types`](Self::types).
    pub(super) fn ids(&self) -> &[u32] {
        &self.types.ids
    }

    /// Word ranges of the sentences that have words.
    pub(super) fn sentences(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let all = self.words.len();
        self.sentences
            .iter()
            .map(move |sentence| {
                (sentence.words.start as usize).min(all)..(sentence.words.end as usize).min(all)
            })
            .filter(|range| !range.is_empty())
    }

    /// The lower-case form of the word at an index.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| self.document.lower(word))
    }
}

fn add(counts: &mut [u32; COUNT], class: usize, times: u32) {
    if let Some(count) = counts.get_mut(class) {
        *count += times;
    }
}
