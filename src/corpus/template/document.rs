//! Skeletons that the same documents fill, one after another, are one template of the document.

use std::collections::BTreeSet;

use super::{Mined, Place, Skeleton, consensus, tidy, without_empty};
use crate::corpus::report::{Fill, Template};
use crate::corpus::view::View;
use crate::document::Span;

/// Fewest skeletons of a document's template.
const FEWEST: usize = 3;
/// Least likeness (Jaccard) of the documents of two skeletons that are joined.
const SAME_DOCUMENTS: f64 = 0.5;
/// Share of a template's skeletons that a document fills if it fills the template.
const FILLED: f64 = 0.5;

/// Parts the skeletons into those of documents, each group in order of place, and the rest.
pub(super) fn joined(skeletons: Vec<Skeleton>) -> (Vec<Vec<Skeleton>>, Vec<Skeleton>) {
    let (candidates, mut rest): (Vec<_>, Vec<_>) = skeletons
        .into_iter()
        .partition(|skeleton| skeleton.place != Place::Bio);
    let mut groups: Vec<(BTreeSet<usize>, Vec<Skeleton>)> = Vec::new();
    for skeleton in candidates {
        let documents = skeleton.documents();
        let like = |other: &BTreeSet<usize>| {
            let both = documents.intersection(other).count() as f64;
            both / (documents.len() + other.len())
                .saturating_sub(both as usize)
                .max(1) as f64
        };
        match groups.iter_mut().find(|(other, _)| like(other) >= SAME_DOCUMENTS) {
            Some((_, group)) => group.push(skeleton),
            None => groups.push((documents, vec![skeleton])),
        }
    }
    let mut made = Vec::new();
    for (_, mut group) in groups {
        if group.len() >= FEWEST && filled_in(&group) {
            group.sort_by_key(|skeleton| {
                skeleton
                    .members
                    .first()
                    .map(|(document, unit)| (*document, unit.span()))
            });
            made.push(group);
        } else {
            rest.extend(group);
        }
    }
    (made, rest)
}

/// Whether it is a form that was filled in: where only two documents have it, most of its sentences must have a slot with a name
/// or number in both. An editor's changes to a copy are of another kind.
fn filled_in(group: &[Skeleton]) -> bool {
    let documents: BTreeSet<usize> = group.iter().flat_map(Skeleton::documents).collect();
    if documents.len() > 2 {
        return true;
    }
    let form = group
        .iter()
        .filter(|skeleton| consensus::named_slot(skeleton))
        .count();
    form as f64 >= FORM_SHARE * group.len() as f64
}

/// Share of the sentences of a form of two documents that have a slot for a name or number.
const FORM_SHARE: f64 = 0.7;

/// A document's template as it is reported.
pub(super) fn told(views: &[View<'_>], skeletons: &[Skeleton]) -> Mined {
    let all: BTreeSet<usize> = skeletons.iter().flat_map(Skeleton::documents).collect();
    let fills_enough = |document: &usize| {
        let filled = skeletons
            .iter()
            .filter(|s| s.documents().contains(document))
            .count();
        filled as f64 >= FILLED * skeletons.len() as f64
    };
    let documents: Vec<usize> = all.into_iter().filter(fills_enough).collect();
    let mut pieces = Vec::new();
    for skeleton in skeletons {
        let mut own = consensus::pattern(views, skeleton);
        if !pieces.is_empty()
            && let Some(super::Piece::Fixed(text)) = own.get_mut(1)
        {
            text.insert_str(0, "... ");
        }
        pieces.extend(own);
    }
    let fills = documents.iter().filter_map(|document| {
        let view = views.get(*document)?;
        let mut span: Option<Span> = None;
        let mut slots = Vec::new();
        for skeleton in skeletons {
            match skeleton.members.iter().find(|member| member.0 == *document) {
                Some((_, unit)) => {
                    let here = unit.span();
                    span = Some(span.map_or(here, |all| Span {
                        start: all.start.min(here.start),
                        end: all.end.max(here.end),
                    }));
                    slots.extend(
                        consensus::slots(&skeleton.runs, unit)
                            .into_iter()
                            .map(|span| span.map_or_else(String::new, |span| tidy(view.original(span)))),
                    );
                }
                None => slots.extend(std::iter::repeat_n(String::new(), skeleton.runs.len() + 1)),
            }
        }
        Some(Fill {
            document: view.entry.document.raw().id.clone(),
            span: view.entry.document.to_original(span?),
            slots,
        })
    });
    let fills: Vec<Fill> = fills.collect();
    let (pattern, fills) = without_empty(pieces, fills);
    Mined {
        template: Template {
            id: String::new(),
            pattern,
            place: "document".to_owned(),
            fixed: skeletons.iter().map(Skeleton::fixed).sum(),
            fills,
        },
        documents,
    }
}
