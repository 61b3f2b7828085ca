//! Contradictions between a document and its siblings in an index.

use std::collections::BTreeSet;

use super::super::ConflictKind;
use super::super::day::{far_apart, read_day};
use super::super::figures::{Known, on_one_subject, outlasts, set_against};
use super::answer::Answer;
use super::record::{Item, Record};
use crate::document::Span;

/// Most siblings that a document is compared with, copies first: a conflict is a matter of the few texts on one subject.
const MOST_SIBLINGS: usize = 64;

/// How many of a document's figures contradict one of its siblings in the index: its near copies, and documents that share
/// telling figures or names. An index keeps no other words, so texts that only rare words tie are not set against each other.
#[must_use]
pub fn conflicting(item: &Item, answer: &Answer) -> usize {
    let Some(own) = item.record.claims.unpack().filter(|own| !own.figures.is_empty()) else {
        return 0;
    };
    let claims = own.claims();
    let day = |record: &Record| record.date.as_deref().and_then(read_day);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let copies = answer.wording.iter().filter(|near| near.near);
    let siblings = copies
        .map(|near| (&near.record, true))
        .chain(answer.figures.iter().map(|hit| (&hit.record, false)))
        .filter(|(record, _)| seen.insert(&record.id))
        .take(MOST_SIBLINGS);
    let mut against: BTreeSet<Span> = BTreeSet::new();
    for (record, copy) in siblings {
        // A record that makes no sense has passed its checksum, so another version wrote it: it speaks against nothing.
        let Some(other) = record.claims.unpack() else {
            continue;
        };
        let other = other.claims();
        if copy || on_one_subject(&claims, &other) {
            let conflicts = set_against(&claims, &other, Known::default());
            let far = far_apart(day(&item.record), day(record));
            let open = conflicts.iter().filter(|(kind, one, other)| {
                *kind != ConflictKind::Rounding && (!far || outlasts(*kind, one, other))
            });
            against.extend(open.map(|(_, figure, _)| figure.span));
        }
    }
    against.len()
}
