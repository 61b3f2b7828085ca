//! Which documents are tied to which: wording taken and declarations inherited, as the edges of a graph.

use std::collections::BTreeMap;

use super::facts::{Groups, Roster};
use crate::corpus::{Comparison, Copied, Direction, Link, Pair};

/// Pairs whose probability of taken wording is at least this are drawn: more likely than not.
pub const COPY_SHOWN: f64 = 0.5;

/// A tie between two documents.
#[derive(Debug, Clone, Copy)]
pub struct Tie<'a> {
    /// Place of the source (of wording) or of the declared document.
    pub from: usize,
    /// Place of the document that took the wording or inherits the declaration.
    pub to: usize,
    /// What it is.
    pub what: What<'a>,
}

/// What a tie is.
#[derive(Debug, Clone, Copy)]
pub enum What<'a> {
    /// `to` inherits the declaration of `from`.
    Inherits(&'a Link),
    /// Wording went from `from` to `to`, or between them where the direction is unknown.
    Took(&'a Copied),
}

impl Tie<'_> {
    /// Whether it has a direction.
    pub fn directed(&self) -> bool {
        match self.what {
            What::Inherits(_) => true,
            What::Took(copied) => copied.direction != Direction::Unknown,
        }
    }

    /// How strong it is, 0 to 1.
    pub fn strength(&self) -> f64 {
        match self.what {
            What::Inherits(link) => link.strength,
            What::Took(copied) => copied.probability,
        }
    }
}

/// All ties: inherited declarations first, then wording; the strongest first, then in input order.
pub fn ties<'a>(comparison: &'a Comparison, roster: &Roster<'a>) -> Vec<Tie<'a>> {
    // Of several links between the same two documents the strongest is drawn.
    let mut links: BTreeMap<(usize, usize), &'a Link> = BTreeMap::new();
    let mut copies: Vec<Tie<'a>> = Vec::new();
    for pair in &comparison.pairs {
        for link in &pair.links {
            if let (Some(heir), Some(declared)) = (roster.place(&link.from), roster.place(&link.to)) {
                let known = links.entry((declared, heir)).or_insert(link);
                if link.strength > known.strength {
                    *known = link;
                }
            }
        }
        if let (Some(a), Some(b)) = (roster.place(&pair.a), roster.place(&pair.b))
            && pair.copied.probability >= COPY_SHOWN
        {
            let (from, to) = if pair.copied.direction == Direction::BToA {
                (b, a)
            } else {
                (a, b)
            };
            copies.push(Tie {
                from,
                to,
                what: What::Took(&pair.copied),
            });
        }
    }
    let mut found: Vec<Tie<'a>> = links
        .into_iter()
        .map(|((from, to), link)| Tie {
            from,
            to,
            what: What::Inherits(link),
        })
        .collect();
    found.sort_by(|x, y| y.strength().total_cmp(&x.strength()));
    copies.sort_by(|x, y| y.strength().total_cmp(&x.strength()));
    found.append(&mut copies);
    found
}

/// Documents that ties connect.
#[derive(Debug)]
pub struct Island<'a> {
    /// Places of the documents, in input order.
    pub documents: Vec<usize>,
    /// The ties between them.
    pub ties: Vec<Tie<'a>>,
}

/// The connected parts of the graph, the largest first.
pub fn islands<'a>(ties: &[Tie<'a>], documents: usize) -> Vec<Island<'a>> {
    let mut groups = Groups::default();
    for _ in 0..documents {
        groups.add();
    }
    for tie in ties {
        groups.join(tie.from, tie.to);
    }
    let mut found: BTreeMap<usize, Island<'a>> = BTreeMap::new();
    for tie in ties {
        found
            .entry(groups.of(tie.from))
            .or_insert_with(|| Island {
                documents: Vec::new(),
                ties: Vec::new(),
            })
            .ties
            .push(*tie);
    }
    for place in 0..documents {
        if let Some(island) = found.get_mut(&groups.of(place)) {
            island.documents.push(place);
        }
    }
    let mut found: Vec<Island<'a>> = found.into_values().collect();
    // Stable: among equals the one with the earliest document stays first.
    found.sort_by_key(|island| std::cmp::Reverse(island.documents.len()));
    found
}

/// The pairs, those that share most first: taken wording, then passages, conflicts and figures.
pub fn ranked(comparison: &Comparison) -> Vec<&Pair> {
    let mut pairs: Vec<&Pair> = comparison.pairs.iter().collect();
    pairs.sort_by(|x, y| {
        y.copied
            .probability
            .total_cmp(&x.copied.probability)
            .then_with(|| weight(y).cmp(&weight(x)))
    });
    pairs
}

/// What a pair has to show, for the order alone: words in passages, findings counted.
fn weight(pair: &Pair) -> usize {
    // A shared figure, conflict or link takes about as long to read as this many words.
    const WORDS_A_FINDING: usize = 10;
    let words: usize = pair.passages.iter().map(|passage| passage.words).sum();
    words + WORDS_A_FINDING * (pair.figures.len() + pair.conflicts.len() + pair.links.len())
}
