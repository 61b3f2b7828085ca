//! Entries -> [`Comparison`]: calls the stages of the cross-article side in order.

use std::collections::BTreeSet;

use super::Entry;
use super::bio::BioLine;
use super::figures::{
    Facts, Rarity, conflicts, named, names_in_common, often_named, overlap, shared as shared_figures, tell,
};
use super::judge::{Judge, Profile, containment, measure};
use super::link::{self, Tie};
use super::passage::{Match, Prepared, matches};
use super::report::{Comparison, ConflictKind, Member, Pair, Passage, PassageKind};
use super::template::{Mined, mine};
use super::text::Text;
use super::view::View;
use super::{candidates, cluster, direction, shell};

/// Version of the JSON.
const FORMAT: u32 = 1;
/// Probability of copying from which a pair without any passage is told.
const TELLING: f64 = 0.5;
/// Documents that fill a template beyond which it makes no pairs by itself: the template says it all.
const MAX_TEMPLATE_PAIRS: usize = 12;

/// What documents share, judged by the shipped pair model. Documents in, in the order of the output; fewer than two share
/// nothing. Cost: near linear in the number of documents beyond fifty, with a close look at each pair that shares rare words or
/// runs of words.
#[must_use]
pub fn compare(entries: &[Entry]) -> Comparison {
    compare_with(entries, Judge::shipped())
}

/// [`compare`] with another pair model.
#[must_use]
pub fn compare_with(entries: &[Entry], judge: &Judge) -> Comparison {
    let views: Vec<View<'_>> = entries.iter().map(View::of).collect();
    let texts: Vec<Text> = views.iter().map(|view| view.text.clone()).collect();
    let masks: Vec<Vec<bool>> = shell::shells(&texts)
        .into_iter()
        .zip(&views)
        .map(|(shell, view)| masked(shell, view.aside()))
        .collect();
    let profiles: Vec<Profile> = texts
        .iter()
        .zip(&masks)
        .map(|(text, mask)| Profile::of(text, mask))
        .collect();
    let prepared: Vec<Prepared<'_>> = texts
        .iter()
        .zip(masks)
        .map(|(text, mask)| Prepared::new(text, mask))
        .collect();
    let templates = mine(&views);
    // With the lines about authors, which count for no passage of the pair.
    let passages = |a: usize, b: usize| match (views.get(a), views.get(b)) {
        (Some(a), Some(b)) => {
            let running = |view: &View<'_>| view.text.edges(&view.entry.document);
            let (edges_a, edges_b) = (running(a), running(b));
            matches(&Prepared::new(&a.text, edges_a), &Prepared::new(&b.text, edges_b))
        }
        _ => Vec::new(),
    };
    let ties = link::ties(&views, &templates, &passages);
    let mut suggested = candidates::pairs(&prepared, &profiles);
    suggested.extend(ties.iter().map(|tie| ordered(tie.silent, tie.declared)));
    suggested.extend(filled_together(&templates));
    let rarity = Rarity::of(entries.iter().map(|entry| entry.figures.as_slice()));
    let names: Vec<Vec<u64>> = entries.iter().map(|entry| often_named(&entry.document)).collect();
    let mut shared: Vec<((usize, usize), Pair)> = Vec::new();
    // Pairs that are about one name besides.
    let mut of_one_name = BTreeSet::new();
    for (a, b) in suggested {
        let stage = Stage {
            views: &views,
            prepared: &prepared,
            profiles: &profiles,
            templates: &templates,
            ties: &ties,
            rarity: &rarity,
            names: &names,
            judge,
        };
        if stage.names_in_common(a, b) > 0 {
            of_one_name.insert((a, b));
        }
        shared.extend(stage.pair(a, b).map(|pair| ((a, b), pair)));
    }
    let ids: Vec<String> = entries
        .iter()
        .map(|entry| entry.document.raw().id.clone())
        .collect();
    let clusters = cluster::clusters(&ids, &shared, &of_one_name, &templates);
    Comparison {
        format: FORMAT,
        documents: views.iter().map(member).collect(),
        pairs: shared.into_iter().map(|(_, pair)| pair).collect(),
        templates: templates.into_iter().map(|mined| mined.template).collect(),
        clusters,
    }
}

/// Words that one of two masks takes out; either may be empty.
fn masked(shell: Vec<bool>, edges: Vec<bool>) -> Vec<bool> {
    let (long, short) = if shell.len() >= edges.len() {
        (shell, edges)
    } else {
        (edges, shell)
    };
    let mut mask = long;
    mask.iter_mut()
        .zip(short)
        .for_each(|(word, other)| *word |= other);
    mask
}

fn ordered(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

fn filled_together(templates: &[Mined]) -> BTreeSet<(usize, usize)> {
    let narrow = templates
        .iter()
        .filter(|mined| mined.documents.len() <= MAX_TEMPLATE_PAIRS);
    narrow
        .flat_map(|mined| {
            let all = &mined.documents;
            all.iter()
                .enumerate()
                .flat_map(move |(at, a)| all.iter().skip(at + 1).map(move |b| ordered(*a, *b)))
        })
        .collect()
}

fn member(view: &View<'_>) -> Member {
    let raw = view.entry.document.raw();
    let declared = view.entry.declared.as_ref();
    Member {
        id: raw.id.clone(),
        source: raw.source.clone(),
        title: raw.title.clone(),
        publisher: raw.publisher.clone(),
        date: raw.date.clone(),
        words: view.entry.document.words().len(),
        figures: view.entry.figures.len(),
        declared: declared.is_some(),
        producer: declared.and_then(|declared| declared.producer.clone()),
    }
}

/// What a pair is looked at with.
struct Stage<'s, 'e> {
    views: &'s [View<'e>],
    prepared: &'s [Prepared<'s>],
    profiles: &'s [Profile],
    templates: &'s [Mined],
    ties: &'s [Tie],
    rarity: &'s Rarity,
    names: &'s [Vec<u64>],
    judge: &'s Judge,
}

impl Stage<'_, '_> {
    /// How many names both documents are about.
    fn names_in_common(&self, a: usize, b: usize) -> usize {
        match (self.names.get(a), self.names.get(b)) {
            (Some(a), Some(b)) => names_in_common(a, b),
            _ => 0,
        }
    }

    /// What two documents share; `None` if nothing.
    fn pair(&self, a: usize, b: usize) -> Option<Pair> {
        let (view_a, view_b) = (self.views.get(a)?, self.views.get(b)?);
        let (text_a, text_b) = (self.prepared.get(a)?, self.prepared.get(b)?);
        let mut passages = matches(text_a, text_b);
        passages.retain(|passage| !in_bio(view_a, view_b, passage));
        let contained = containment(text_a, text_b, &passages);
        let features = measure(
            (text_a, self.profiles.get(a)?),
            (text_b, self.profiles.get(b)?),
            &passages,
        );
        let mut copied = self.judge.score(&features);
        let templates: Vec<String> = self
            .templates
            .iter()
            .filter(|mined| mined.documents.contains(&a) && mined.documents.contains(&b))
            .map(|mined| mined.template.id.clone())
            .collect();
        let links: Vec<_> = self
            .ties
            .iter()
            .filter(|tie| ordered(tie.silent, tie.declared) == (a, b))
            .map(|tie| tie.link.clone())
            .collect();
        let worded = copied.probability >= TELLING || !passages.is_empty();
        let (facts_a, facts_b) = (Facts::from(view_a.entry), Facts::from(view_b.entry));
        let figures = shared_figures(facts_a, facts_b, self.rarity);
        let figure_overlap = overlap(facts_a, facts_b, &figures, self.rarity);
        let weights = || figures.iter().map(|figure| figure.weight);
        let told_by_figures = tell(weights());
        let one_subject = worded || told_by_figures || named(self.names_in_common(a, b), weights());
        // Only of texts on one subject do figures contradict one another.
        let conflicts = if one_subject {
            conflicts(facts_a, facts_b)
        } else {
            Vec::new()
        };
        let open = conflicts
            .iter()
            .any(|conflict| conflict.kind != ConflictKind::Rounding);
        if !worded && !told_by_figures && !open && templates.is_empty() && links.is_empty() {
            return None;
        }
        if worded {
            (copied.direction, copied.direction_evidence) = direction::direction(view_a, view_b, contained);
        }
        Some(Pair {
            a: view_a.entry.document.raw().id.clone(),
            b: view_b.entry.document.raw().id.clone(),
            figure_overlap,
            conflicts,
            figures,
            containment: contained,
            passages: passages
                .iter()
                .filter_map(|passage| told(view_a, view_b, passage))
                .collect(),
            templates,
            links,
            copied,
        })
    }
}

/// Whether a passage is but a line about the author in both documents.
fn in_bio(a: &View<'_>, b: &View<'_>, passage: &Match) -> bool {
    let inside = |view: &View<'_>, range: &std::ops::Range<usize>| {
        view.text.span(range).is_some_and(|span| {
            let holds = |line: &BioLine| line.span.contains(span);
            view.bios.iter().any(holds)
        })
    };
    inside(a, &passage.a) && inside(b, &passage.b)
}

fn told(a: &View<'_>, b: &View<'_>, passage: &Match) -> Option<Passage> {
    let (span_a, span_b) = (a.text.span(&passage.a)?, b.text.span(&passage.b)?);
    Some(Passage {
        kind: if passage.exact() {
            PassageKind::Exact
        } else {
            PassageKind::Near
        },
        a: a.entry.document.to_original(span_a),
        b: b.entry.document.to_original(span_b),
        text_a: a.original(span_a).to_owned(),
        text_b: b.original(span_b).to_owned(),
        words: passage.words,
        similarity: passage.similarity,
        quoted: passage.quoted,
    })
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
