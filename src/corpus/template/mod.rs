//! A set of documents -> the skeletons that recur in it, with what each document put into the slots.
//!
//! Units (biographies, headings, sentences) that share several rare word 3-grams, names and figures masked, are grouped; the
//! words that all of a group have in the same order are the fixed ones, and what stands between them the slots. Chance
//! likeness of ordinary sentences is kept out by what a skeleton must have: enough fixed words, words of its own among them,
//! slots that are filled differently, and several documents - or several skeletons that the same documents fill.

mod consensus;
mod document;
mod group;
mod propose;

use std::collections::BTreeSet;

pub(super) use group::Sets;
pub use propose::{Proposal, propose};

use super::bio::bio_blocks;
use super::report::{Fill, Template};
use super::text::{Text, Token};
use super::view::View;
use crate::document::Span;

/// Where a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Bio,
    Heading,
    Body,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Self::Bio => "bio",
            Self::Heading => "heading",
            Self::Body => "body",
        }
    }

    /// What a skeleton of this place must have.
    fn bar(self) -> Bar {
        match self {
            // A biography is short and its phrases are its own: two of them alike are telling.
            Self::Bio => Bar {
                fixed: 6,
                plain: 3,
                share: 0.25,
                documents: 2,
            },
            Self::Heading => Bar {
                fixed: 3,
                plain: 2,
                share: 0.4,
                documents: 3,
            },
            // In running text more is needed: reporters of one beat write alike.
            Self::Body => Bar {
                fixed: 6,
                plain: 3,
                share: 0.5,
                documents: 2,
            },
        }
    }
}

/// What a skeleton must have to count.
#[derive(Debug, Clone, Copy)]
struct Bar {
    /// Fewest fixed words.
    fixed: usize,
    /// Fewest fixed words that are neither grammar, name nor number.
    plain: usize,
    /// Least share of fixed words in a unit that fills it.
    share: f64,
    /// Fewest documents.
    documents: usize,
}

/// A sentence, heading or biography of one document.
#[derive(Debug, Clone)]
struct Unit {
    document: usize,
    place: Place,
    tokens: Vec<Token>,
}

impl Unit {
    fn span(&self) -> Span {
        match (self.tokens.first(), self.tokens.last()) {
            (Some(first), Some(last)) => Span {
                start: first.span.start,
                end: last.span.end.max(first.span.start),
            },
            _ => Span::default(),
        }
    }
}

/// A template with the documents that fill it, by index.
#[derive(Debug, Clone)]
pub(super) struct Mined {
    pub template: Template,
    pub documents: Vec<usize>,
}

/// A skeleton of one unit, before it is told.
#[derive(Debug, Clone)]
struct Skeleton {
    place: Place,
    /// The fixed words, in runs that a slot parts.
    runs: Vec<Vec<Token>>,
    /// Documents and their unit, in order of the document.
    members: Vec<(usize, Unit)>,
}

impl Skeleton {
    fn documents(&self) -> BTreeSet<usize> {
        self.members.iter().map(|member| member.0).collect()
    }

    fn fixed(&self) -> usize {
        self.runs.iter().map(Vec::len).sum()
    }
}

/// Longest unit that is compared, in words: longer ones are several sentences that lost their full stops.
const MAX_WORDS: usize = 160;
/// Shortest unit, in words.
const MIN_WORDS: usize = 4;

/// The templates of a set, the widest used and longest first. Cost: near linear in the number of units.
pub(super) fn mine(views: &[View<'_>]) -> Vec<Mined> {
    let (documents, rest) = document::joined(singles(views));
    let alone = rest.into_iter().filter(|skeleton| {
        // A sentence that two documents fill is chance, or a copy with a word changed, unless it tells who wrote it.
        skeleton.place == Place::Bio || skeleton.members.len() >= FEWEST_ALONE
    });
    let mut mined: Vec<Mined> = documents
        .iter()
        .map(|skeletons| document::told(views, skeletons))
        .chain(alone.map(|skeleton| told(views, &skeleton)))
        .collect();
    widest_first(&mut mined);
    for (at, mined) in mined.iter_mut().enumerate() {
        mined.template.id = format!("t{}", at + 1);
    }
    mined
}

/// The skeletons of single units, of at least two documents each.
fn singles(views: &[View<'_>]) -> Vec<Skeleton> {
    let units: Vec<Unit> = views
        .iter()
        .enumerate()
        .flat_map(|(at, view)| units(at, view))
        .collect();
    let mut single: Vec<Skeleton> = Vec::new();
    for place in [Place::Bio, Place::Heading, Place::Body] {
        for group in group::groups(&units, place) {
            single.extend(consensus::skeletons(&group, place));
        }
    }
    single
}

/// The templates of single units that could be looked for elsewhere, the widest used first.
fn sentences(views: &[View<'_>]) -> Vec<Mined> {
    let mut mined: Vec<Mined> = singles(views)
        .iter()
        .filter(|skeleton| skeleton.place == Place::Bio || skeleton.members.len() >= FEWEST_ALONE)
        .map(|skeleton| told(views, skeleton))
        .collect();
    widest_first(&mut mined);
    mined
}

fn widest_first(mined: &mut [Mined]) {
    mined.sort_by(|x, y| {
        y.documents
            .len()
            .cmp(&x.documents.len())
            .then(y.template.fixed.cmp(&x.template.fixed))
            .then(x.template.pattern.cmp(&y.template.pattern))
    });
}

/// Fewest documents that make a skeleton of a single sentence of the body.
const FEWEST_ALONE: usize = 3;

fn units(document: usize, view: &View<'_>) -> Vec<Unit> {
    let size = MIN_WORDS..=MAX_WORDS;
    let body = view.text.units.iter().zip(&view.text.headings);
    let body = body.map(|(range, heading)| {
        let place = if *heading { Place::Heading } else { Place::Body };
        (place, view.text.slice(range.clone()).to_vec())
    });
    let bios = bio_blocks(&view.entry.document)
        .into_iter()
        .map(|span| (Place::Bio, Text::of_passage(&view.entry.document, span).tokens));
    bios.chain(body)
        .filter(|(_, tokens)| size.contains(&tokens.len()))
        .map(|(place, tokens)| Unit {
            document,
            place,
            tokens,
        })
        .collect()
}

/// A skeleton as it is reported.
fn told(views: &[View<'_>], skeleton: &Skeleton) -> Mined {
    let fills = skeleton.members.iter().filter_map(|(document, unit)| {
        let view = views.get(*document)?;
        Some(Fill {
            document: view.entry.document.raw().id.clone(),
            span: view.entry.document.to_original(unit.span()),
            slots: consensus::slots(&skeleton.runs, unit)
                .into_iter()
                .map(|span| span.map_or_else(String::new, |span| tidy(view.original(span))))
                .collect(),
        })
    });
    let fills: Vec<Fill> = fills.collect();
    let pattern = consensus::pattern(views, skeleton);
    let (pattern, fills) = without_empty(pattern, fills);
    Mined {
        template: Template {
            id: String::new(),
            pattern,
            place: skeleton.place.name().to_owned(),
            fixed: skeleton.fixed(),
            fills,
        },
        documents: skeleton.documents().into_iter().collect(),
    }
}

/// White space made single, marks at the ends taken off.
fn tidy(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '-'));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Fixed(String),
    Slot,
}

/// Joins the pieces, numbers the slots and leaves out those that every document left empty.
fn without_empty(pieces: Vec<Piece>, mut fills: Vec<Fill>) -> (String, Vec<Fill>) {
    let slots = pieces.iter().filter(|piece| **piece == Piece::Slot).count();
    let used: Vec<bool> = (0..slots)
        .map(|slot| {
            fills
                .iter()
                .any(|fill| fill.slots.get(slot).is_some_and(|text| !text.is_empty()))
        })
        .collect();
    for fill in &mut fills {
        let mut at = 0;
        fill.slots.retain(|_| {
            at += 1;
            used.get(at - 1).copied().unwrap_or(false)
        });
    }
    let mut parts: Vec<String> = Vec::new();
    let (mut slot, mut number) = (0, 0);
    for piece in pieces {
        match piece {
            Piece::Fixed(text) => parts.push(text),
            Piece::Slot => {
                if used.get(slot).copied().unwrap_or(false) {
                    number += 1;
                    parts.push(format!("{{{number}}}"));
                }
                slot += 1;
            }
        }
    }
    (parts.join(" "), fills)
}

#[cfg(test)]
mod tests;
