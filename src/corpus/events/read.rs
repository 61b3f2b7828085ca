//! `Document` -> [`Events`]: what happens on the dates that a text names.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{is_planned, kinds_at, narrowed};
use crate::corpus::figures::stem;
use crate::document::{Document, Span};
use crate::figure::{Dated, dates};

/// Words of a sentence between a date and the word for its event, at the most.
const REACH: usize = 14;
/// Shortest word that tells what an event is about, in letters.
const MIN_LETTERS: usize = 4;
/// Words on each side of the word for an event of which another may say what kind it is too.
const BESIDE: usize = 2;
/// Words before it that may say whether it is still to come.
const TENSE: usize = 5;
/// What a word of the sentence before counts.
const BEFORE: f64 = 0.6;
/// Months by which a date with "by" may be early, and one with "not before" late.
const BOUND: u32 = 12;
/// Words before a date among which a "not" denies it.
const DENIED: usize = 8;

/// Dates of one document that are read: more make no article.
const MOST_DATES: usize = 300;
/// Bytes of a sentence on each side of a date that are read.
const WINDOW_BYTES: usize = 400;

/// Words by which a text says that a date no longer holds, or words that follow one another.
const GIVEN_UP: [&[&str]; 8] = [
    &["originally"],
    &["initially"],
    &["previously"],
    &["postponed"],
    &["delayed"],
    &["brought", "forward"],
    &["pushed", "back"],
    &["put", "off"],
];
/// What ends an entry of a list or a sentence; a line that is merely wrapped goes on.
const STOPS: [&str; 6] = ["\n\n", "\n\u{2022}", "\n-", "\n*", ". ", "? "];
/// Words that tell one of several apart.
const ORDINALS: [&str; 7] = ["first", "second", "third", "fourth", "fifth", "sixth", "last"];

/// A word of a sentence.
pub(super) struct Word<'t> {
    pub lower: String,
    text: &'t str,
    /// First byte in the text.
    start: usize,
}

impl Word<'_> {
    /// The stem, if the word may tell what an event is about.
    fn telling(&self) -> Option<u64> {
        let letters = self.text.chars().all(char::is_alphabetic);
        (letters && self.text.chars().count() >= MIN_LETTERS).then(|| stem(&self.lower))
    }
}

/// The words of a range of the text.
fn words(document: &Document, span: Span) -> Vec<Word<'_>> {
    let text = span.of(document.text());
    let mut words = Vec::new();
    let mut from = None;
    let ends = text.char_indices().chain(std::iter::once((text.len(), ' ')));
    for (at, c) in ends {
        let inside = c.is_alphanumeric() || c == '\'';
        match from {
            None if inside => from = Some(at),
            Some(start) if !inside => {
                let word = text.get(start..at).unwrap_or("");
                words.push(Word {
                    lower: word.to_lowercase(),
                    text: word,
                    start: span.start as usize + start,
                });
                from = None;
            }
            _ => {}
        }
    }
    words
}

/// An event with its date.
pub(super) struct Event {
    pub date: Dated,
    /// First and last month by what the text says.
    pub months: (u32, u32),
    /// Its kinds, a bit each.
    pub kinds: u32,
    /// The words around it, each with what it counts.
    pub about: BTreeMap<u64, f64>,
    /// Whether it is still to come.
    pub planned: bool,
    /// Which of several it is.
    pub ordinals: BTreeSet<String>,
}

/// The events of a document, and how many of its sentences have each word.
pub(in crate::corpus) struct Events {
    pub(super) list: Vec<Event>,
    spread: BTreeMap<u64, f64>,
}

impl Events {
    /// Reads a document but for the lines of its `house`. Cost: that of finding its figures, and a sort of its words.
    pub(in crate::corpus) fn of(document: &Document, house: &[Span]) -> Self {
        let dates = dates(document, MOST_DATES);
        let own = |date: &&Dated| !house.iter().any(|line| line.contains(date.span));
        let events = dates.iter().filter(own);
        let list: Vec<Event> = events.filter_map(|date| event(document, date, &dates)).collect();
        let mut spread = BTreeMap::new();
        for sentence in document.sentences().iter().filter(|_| !list.is_empty()) {
            let words = words(document, sentence.span);
            let stems: BTreeSet<u64> = words.iter().filter_map(Word::telling).collect();
            for stem in stems {
                *spread.entry(stem).or_insert(0.0) += 1.0;
            }
        }
        Self { list, spread }
    }

    /// How many of the sentences have a word.
    pub(super) fn sentences_with(&self, stem: u64) -> f64 {
        self.spread.get(&stem).copied().unwrap_or(0.0)
    }
}

fn event(document: &Document, date: &Dated, dates: &[Dated]) -> Option<Event> {
    let within = words(document, clause(document.text(), date));
    let stands = |phrase: &&[&str]| {
        let same = |words: &[Word<'_>]| words.iter().zip(*phrase).all(|(word, part)| word.lower == *part);
        within.windows(phrase.len()).any(same)
    };
    if GIVEN_UP.iter().any(stands) {
        return None;
    }
    let dated = |word: &Word<'_>| {
        let at = word.start as u32;
        dates
            .iter()
            .any(|date| date.span.start <= at && at < date.span.end)
    };
    let before = within.partition_point(|word| word.start < date.span.start as usize);
    let after = within.partition_point(|word| word.start < date.span.end as usize);
    // "At the end of March", "the start of 2027" belong to the date.
    let edge = |at: usize| {
        at < before && at + 4 > before && within.get(at + 1).is_some_and(|word| word.lower == "of")
    };
    let kinds_of = |at: usize| if edge(at) { 0 } else { kinds_at(&within, at) };
    // The nearest one, not beyond another date: before it, or else behind it.
    let free = |at: &usize| within.get(*at).is_some_and(|word| !dated(word));
    let ahead = (before.saturating_sub(REACH)..before).rev().take_while(free);
    let behind = (after..(after + REACH).min(within.len())).take_while(free);
    let nearest = ahead.chain(behind).find(|at| kinds_of(*at) != 0)?;
    // "Handovers begin" is of both kinds.
    let beside = nearest.saturating_sub(BESIDE)..=nearest + BESIDE;
    let kinds = narrowed(beside.map(kinds_of).fold(0, |kinds, more| kinds | more));
    let from = nearest.saturating_sub(TENSE);
    let near = within.get(from..before.max(nearest + 1)).unwrap_or(&[]);
    let mut about = BTreeMap::new();
    let mut take = |words: &[Word<'_>], counts: f64| {
        for (at, word) in words.iter().enumerate().filter(|(_, word)| !dated(word)) {
            let of_kind = kinds_at(words, at) != 0;
            about.extend(
                word.telling()
                    .filter(|stem| !of_kind && !about.contains_key(stem))
                    .map(|stem| (stem, counts)),
            );
        }
    };
    take(&within, 1.0);
    let sentences = document.sentences();
    let at = sentences.partition_point(|sentence| sentence.span.start < date.sentence.start);
    if let Some(sentence) = at.checked_sub(1).and_then(|at| sentences.get(at)) {
        take(&words(document, sentence.span), BEFORE);
    }
    let ordinal = |word: &&Word<'_>| ORDINALS.contains(&word.lower.as_str()) && !dated(word);
    Some(Event {
        date: *date,
        months: bounded(date.months, within.get(..before).unwrap_or(&[]))?,
        kinds,
        about,
        planned: is_planned(near, nearest - from),
        ordinals: within
            .iter()
            .filter(ordinal)
            .map(|word| word.lower.clone())
            .collect(),
    })
}

/// The part of a date's sentence around it that no line or full stop cuts off: the entries of a list may be one sentence. At most
/// [`WINDOW_BYTES`] on each side.
fn clause(text: &str, date: &Dated) -> Span {
    let (from, to) = (date.span.start as usize, date.span.end as usize);
    let first =
        text.floor_char_boundary((date.sentence.start as usize).max(from.saturating_sub(WINDOW_BYTES)));
    let last = text.ceil_char_boundary((date.sentence.end as usize).min(to.saturating_add(WINDOW_BYTES)));
    let (head, tail) = (
        text.get(first..from).unwrap_or(""),
        text.get(to..last).unwrap_or(""),
    );
    let begins = STOPS.iter().filter_map(|stop| head.rfind(stop)).max();
    let ends = STOPS.iter().filter_map(|stop| tail.find(stop)).min();
    Span::new(
        begins.map_or(first, |at| first + at + 1),
        ends.map_or(last, |at| to + at),
    )
}

/// The months that the words before a date leave: "by March", "not before March"; `None` where they leave all of one side.
fn bounded((from, to): (u32, u32), before: &[Word<'_>]) -> Option<(u32, u32)> {
    let (last, rest) = before.split_last()?;
    let denies =
        |word: &Word<'_>| ["not", "no"].contains(&word.lower.as_str()) || word.lower.ends_with("n't");
    let denied = || rest.iter().rev().take(DENIED).any(denies);
    match last.lower.as_str() {
        "by" => Some((from.saturating_sub(BOUND), to)),
        "before" | "until" if denied() => Some((from, to + 2 * BOUND)),
        "before" | "after" => None,
        _ => Some((from, to)),
    }
}
