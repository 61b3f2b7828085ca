//! Contradictions between a document and its siblings in an index.

use std::collections::BTreeSet;

use super::super::ConflictKind;
use super::super::day::{far_apart, read_day};
use super::super::figures::{Claims, Known, Told, on_one_subject, outlasts, set_against};
use super::super::kin::{Spread, of_kept};
use super::answer::Answer;
use super::claims::Unpacked;
use super::record::{Item, Record};
use crate::figure::Figure;

/// Most siblings that a document is compared with, copies first: a conflict is a matter of the few texts on one subject.
const MOST_SIBLINGS: usize = 64;

/// A figure of a document that contradicts one of a sibling in an index.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflicting {
    /// Id of the sibling.
    pub document: String,
    /// What they do not agree on; never [`ConflictKind::Rounding`].
    pub kind: ConflictKind,
    /// Number of the figure among those of the document asked about.
    pub figure: usize,
    /// Number of the other one among those of the sibling.
    pub theirs: usize,
    /// Lower and upper end of the other one, as printed.
    pub value: [f64; 2],
    /// Whether it is in the unit of the document's own figure.
    pub same_unit: bool,
}

/// Where a document's figures contradict those of its siblings in the index, in order of its figures: its near copies, and documents that share
/// telling figures or names. An index keeps no other words than those around figures, so texts that only rare words tie are not set against each
/// other. Siblings that by what it keeps tell the same facts are heard about one another, as a group of `byline compare` is.
///
/// Cost: the figures of the document times those of at most [`MOST_SIBLINGS`] others; what a group tells, times the figures of the group.
#[must_use]
pub fn conflicting(item: &Item, answer: &Answer) -> Vec<Conflicting> {
    let Some(own) = item.record.claims.unpack().filter(|own| !own.figures.is_empty()) else {
        return Vec::new();
    };
    let claims = own.claims();
    let siblings = siblings(answer);
    let theirs: Vec<Claims<'_>> = siblings.iter().map(|sibling| sibling.said.claims()).collect();
    // What many of those found have is how things are told there, not what they tell.
    let spread = Spread::of(theirs.iter().chain([&claims]).map(|claims| &claims.words));
    let together: Vec<bool> = theirs
        .iter()
        .map(|other| of_kept(&claims, other, &spread).log_odds > 0.0)
        .collect();
    let asked = Asked {
        record: &item.record,
        claims: &claims,
        siblings: &siblings,
        theirs: &theirs,
        together: &together,
    };
    // What one sibling is told to contradict, the others are asked about once more.
    let mut all: Vec<_> = (0..siblings.len()).map(|at| asked.against(at, &[])).collect();
    let values = all
        .iter()
        .flatten()
        .filter(|(kind, ..)| *kind == ConflictKind::Value);
    let told: Vec<Told<'_>> = values.map(|(_, one, other)| Told([*one, *other])).collect();
    if !told.is_empty() {
        let group = all.iter_mut().enumerate().zip(&together);
        for ((at, open), _) in group.filter(|(_, together)| **together) {
            *open = asked.against(at, &told);
        }
    }
    let mut found = Vec::new();
    for (sibling, open) in siblings.iter().zip(all) {
        found.extend(open.into_iter().map(|(kind, figure, other)| Conflicting {
            document: sibling.record.id.clone(),
            kind,
            // Places stand for the spans of unpacked figures.
            figure: figure.span.start as usize,
            theirs: other.span.start as usize,
            value: [other.low, other.high],
            same_unit: figure.unit == other.unit,
        }));
    }
    found.sort_by_key(|conflict| conflict.figure);
    found
}

/// A document beside its siblings.
struct Asked<'s, 'a> {
    record: &'s Record,
    claims: &'s Claims<'a>,
    siblings: &'s [Sibling<'s>],
    /// What each sibling says.
    theirs: &'s [Claims<'a>],
    /// Whether each tells the same facts.
    together: &'s [bool],
}

impl<'a> Asked<'_, 'a> {
    /// Where it contradicts a sibling; `told` as in [`Known`].
    fn against(&self, at: usize, told: &[Told<'a>]) -> Vec<(ConflictKind, &'a Figure, &'a Figure)> {
        let (Some(sibling), Some(other)) = (self.siblings.get(at), self.theirs.get(at)) else {
            return Vec::new();
        };
        let one_story = self.together.get(at) == Some(&true);
        if !(sibling.copy || one_story || on_one_subject(self.claims, other)) {
            return Vec::new();
        }
        let group = self.theirs.iter().zip(self.together).enumerate();
        let others = group.filter(|(place, (_, together))| **together && *place != at);
        let others: Vec<&Claims<'a>> = others.map(|(_, (claims, _))| claims).collect();
        let known = match one_story {
            true => Known {
                together: true,
                others: &others,
                told,
            },
            false => Known::default(),
        };
        let day = |record: &Record| record.date.as_deref().and_then(read_day);
        let far = far_apart(day(self.record), day(sibling.record));
        let mut open = set_against(self.claims, other, known);
        open.retain(|(kind, one, other)| {
            *kind != ConflictKind::Rounding && (!far || outlasts(*kind, one, other))
        });
        open
    }
}

/// A document of the answer, with what it says.
struct Sibling<'r> {
    record: &'r Record,
    said: Unpacked,
    /// Whether it is a near copy.
    copy: bool,
}

/// Those to be compared with, each once.
fn siblings(answer: &Answer) -> Vec<Sibling<'_>> {
    let copies = answer.wording.iter().filter(|near| near.near);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    copies
        .map(|near| (&near.record, true))
        .chain(answer.figures.iter().map(|hit| (&hit.record, false)))
        .filter(|(record, _)| seen.insert(&record.id))
        .take(MOST_SIBLINGS)
        .filter_map(|(record, copy)| {
            // A record that makes no sense has passed its checksum, so another version wrote it: it speaks against nothing.
            let said = record.claims.unpack()?;
            Some(Sibling { record, said, copy })
        })
        .collect()
}
