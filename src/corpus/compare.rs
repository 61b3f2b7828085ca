//! Entries -> [`Comparison`]: calls the stages of the cross-article side in order.

use std::collections::{BTreeMap, BTreeSet};

use super::Entry;
use super::bio::BioLine;
use super::cluster::Tied;
use super::figures::{
    Claims, Facts, Rarity, conflicts_of, named, names_in_common, overlap, shared as shared_figures, tell,
    weight,
};
use super::judge::{Judge, Profile, containment, measure};
use super::kin::{Common, Spread, Words, same_facts};
use super::link::{self, Tie};
use super::passage::{Match, Prepared, matches};
use super::report::{Comparison, ConflictKind, Member, Pair, Passage, PassageKind};
use super::template::{Mined, mine};
use super::text::Text;
use super::view::View;
use super::{candidates, cluster, direction, house, shell};
use crate::document::Span;
use crate::figure::Figure;

/// Version of the JSON.
const FORMAT: u32 = 1;
/// Probability of copying from which a pair without any passage is told.
const TELLING: f64 = 0.5;
/// Likeness of words from which two texts are on one subject, so that their figures may contradict.
const ONE_SUBJECT: f64 = 0.05;
/// Documents of a group beyond which its pairs are not looked at once more.
const MAX_GROUP: usize = 24;
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
    let shells = shell::shells(&texts);
    let houses = house::lines(&texts);
    // A headline says what a text is about, so only the house's shell and lines and the author's biography are left out of its telling words.
    let words: Vec<Words> = shells
        .iter()
        .zip(&houses)
        .zip(&views)
        .map(|((shell, house), view)| {
            let of_house = masked(shell.clone(), house.clone());
            Words::of(&view.text, &masked(of_house, view.about_author()))
        })
        .collect();
    let houses: Vec<Vec<Span>> = texts
        .iter()
        .zip(&houses)
        .map(|(text, house)| house::spans(text, house))
        .collect();
    let figures: Vec<Vec<Figure>> = entries
        .iter()
        .zip(&houses)
        .map(|(entry, house)| own_figures(entry, house))
        .collect();
    let facts: Vec<Facts<'_>> = entries
        .iter()
        .zip(&figures)
        .map(|(entry, figures)| Facts {
            document: &entry.document,
            figures,
        })
        .collect();
    let masks: Vec<Vec<bool>> = shells
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
    let spread = Spread::of(words.iter());
    let claims: Vec<Claims<'_>> = facts
        .iter()
        .zip(words)
        .zip(&houses)
        .map(|((facts, words), house)| Claims::with(*facts, words, house))
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
    let rarity = Rarity::of(figures.iter().map(Vec::as_slice));
    let mut shared: Vec<((usize, usize), Pair)> = Vec::new();
    let mut tied = Vec::new();
    let stage = Stage {
        views: &views,
        prepared: &prepared,
        profiles: &profiles,
        templates: &templates,
        ties: &ties,
        rarity: &rarity,
        facts: &facts,
        claims: &claims,
        spread: &spread,
        judge,
    };
    for at in suggested {
        let Some((log_odds, pair)) = stage.pair(at, false) else {
            continue;
        };
        tied.push(Tied { at, log_odds });
        shared.extend(pair.map(|pair| (at, pair)));
    }
    again(&stage, &mut shared, &mut tied, &templates);
    let ids: Vec<String> = entries
        .iter()
        .map(|entry| entry.document.raw().id.clone())
        .collect();
    let clusters = cluster::clusters(&ids, &shared, &tied, &templates);
    Comparison {
        format: FORMAT,
        documents: views.iter().map(member).collect(),
        pairs: shared.into_iter().map(|(_, pair)| pair).collect(),
        templates: templates.into_iter().map(|mined| mined.template).collect(),
        clusters,
    }
}

/// Looks once more at the pairs of each group: texts that tell the same facts by what the group has in common may be set against each
/// other, however little two of them share by themselves. Texts of two groups are not.
fn again(
    stage: &Stage<'_, '_>,
    shared: &mut Vec<((usize, usize), Pair)>,
    tied: &mut [Tied],
    templates: &[Mined],
) {
    let groups = cluster::groups(stage.views.len(), shared, tied, templates);
    let mut more = BTreeMap::new();
    for group in groups.iter().filter(|group| group.len() <= MAX_GROUP) {
        for (at, a) in group.iter().enumerate() {
            for b in group.iter().skip(at + 1) {
                let found = stage.pair((*a, *b), true);
                more.extend(found.map(|found| (ordered(*a, *b), found)));
            }
        }
    }
    for tied in tied {
        if let Some((log_odds, _)) = more.get(&tied.at) {
            tied.log_odds = *log_odds;
        }
    }
    let mut large = BTreeMap::new();
    for (number, group) in groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.len() > MAX_GROUP)
    {
        large.extend(group.iter().map(|at| (*at, number)));
    }
    let of_large = |(a, b): &(usize, usize)| large.get(a).is_some_and(|group| large.get(b) == Some(group));
    shared.retain_mut(|(at, pair)| !more.contains_key(at) && (of_large(at) || besides(pair)));
    shared.extend(more.into_iter().filter_map(|(at, (_, pair))| Some((at, pair?))));
    shared.sort_by_key(|(at, _)| *at);
}

/// Takes the contradictions from a pair that is of no one group: they told that two texts may speak of one thing, and the rest of the evidence that
/// they do not. Whether anything is left to tell of it.
fn besides(pair: &mut Pair) -> bool {
    pair.conflicts.clear();
    let worded = pair.copied.probability >= TELLING || !pair.passages.is_empty();
    worded
        || tell(pair.figures.iter().map(|figure| figure.weight))
        || pair.same_facts.log_odds > 0.0
        || !pair.templates.is_empty()
        || !pair.links.is_empty()
}

/// The figures of a document but for those in lines of the house.
fn own_figures(entry: &Entry, house: &[Span]) -> Vec<Figure> {
    let house: Vec<Span> = house
        .iter()
        .map(|span| entry.document.to_original(*span))
        .collect();
    let own = |figure: &&Figure| !house.iter().any(|line| line.overlaps(figure.span));
    entry.figures.iter().filter(own).cloned().collect()
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
    facts: &'s [Facts<'e>],
    claims: &'s [Claims<'e>],
    spread: &'s Spread,
    judge: &'s Judge,
}

impl Stage<'_, '_> {
    /// The log-odds that two documents tell the same facts, and what they share; `None` if nothing.
    ///
    /// `together`: what else is known says that they tell the same facts.
    fn pair(&self, (a, b): (usize, usize), together: bool) -> Option<(f64, Option<Pair>)> {
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
        // Two fillings of one form are alike in words whatever they tell of.
        let form = self.templates.iter().any(|mined| {
            mined.template.place == "document" && mined.documents.contains(&a) && mined.documents.contains(&b)
        });
        let links: Vec<_> = self
            .ties
            .iter()
            .filter(|tie| ordered(tie.silent, tie.declared) == (a, b))
            .map(|tie| tie.link.clone())
            .collect();
        let worded = copied.probability >= TELLING || !passages.is_empty();
        let (facts_a, facts_b) = (*self.facts.get(a)?, *self.facts.get(b)?);
        let figures = shared_figures(facts_a, facts_b, self.rarity);
        let figure_overlap = overlap(facts_a, facts_b, &figures, self.rarity);
        let weights = || figures.iter().map(|figure| figure.weight);
        let told_by_figures = tell(weights());
        let (claims_a, claims_b) = (self.claims.get(a)?, self.claims.get(b)?);
        let words = match (&claims_a.words, &claims_b.words) {
            (Some(a), Some(b)) => a.alike(b, self.spread),
            _ => 0.0,
        };
        let names = names_in_common(&claims_a.names, &claims_b.names);
        let one_subject = worded
            || told_by_figures
            || named(names, weights())
            || (words >= ONE_SUBJECT || together) && !form;
        // Only of texts on one subject do figures contradict one another.
        let conflicts = if one_subject {
            conflicts_of((facts_a, claims_a), (facts_b, claims_b), together && !form)
        } else {
            Vec::new()
        };
        let open = conflicts
            .iter()
            .filter(|conflict| conflict.kind != ConflictKind::Rounding)
            .count();
        let same_facts = same_facts(Common {
            words,
            figures: weight(&figures),
            names,
            conflicts: open,
        });
        let log_odds = same_facts.log_odds;
        let by_facts = told_by_figures || open > 0 || log_odds > 0.0;
        if !worded && !by_facts && templates.is_empty() && links.is_empty() {
            return Some((log_odds, None));
        }
        if worded {
            (copied.direction, copied.direction_evidence) = direction::direction(view_a, view_b, contained);
        }
        let pair = Pair {
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
            same_facts,
        };
        Some((log_odds, Some(pair)))
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
