//! Entries -> [`Comparison`]: calls the stages of the cross-article side in order.

use std::collections::{BTreeMap, BTreeSet};

use super::Entry;
use super::cluster::Tied;
use super::events::Events;
use super::figures::{Claims, Facts, Rarity, Told};
use super::judge::{Judge, Profile};
use super::kin::{Spread, Words};
use super::pair::{Stage, besides, ordered};
use super::passage::{Prepared, matches};
use super::report::{Comparison, ConflictKind, Member, Pair};
use super::template::{Mined, mine};
use super::text::Text;
use super::view::View;
use super::{candidates, cluster, house, link, shell};
use crate::document::Span;
use crate::figure::Figure;

/// Version of the JSON.
const FORMAT: u32 = 1;
/// Documents of a group beyond which its pairs are not looked at once more.
pub(super) const MAX_GROUP: usize = 24;
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
    on_stage(entries, judge, |stage, suggested| {
        let (mut shared, mut tied) = first_look(stage, suggested);
        again(stage, &mut shared, &mut tied);
        let ids: Vec<String> = entries
            .iter()
            .map(|entry| entry.document.raw().id.clone())
            .collect();
        let clusters = cluster::clusters(&ids, &shared, &tied, stage.templates);
        Comparison {
            format: FORMAT,
            documents: stage.views.iter().map(member).collect(),
            pairs: shared.into_iter().map(|(_, pair)| pair).collect(),
            templates: stage
                .templates
                .iter()
                .map(|mined| mined.template.clone())
                .collect(),
            clusters,
        }
    })
}

/// Prepares documents for being looked at in pairs, and finds the pairs that share something rare.
pub(super) fn on_stage<T>(
    entries: &[Entry],
    judge: &Judge,
    act: impl FnOnce(&Stage<'_, '_>, BTreeSet<(usize, usize)>) -> T,
) -> T {
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
    let events: Vec<Events> = entries
        .iter()
        .zip(&houses)
        .map(|(entry, house)| Events::of(&entry.document, house))
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
    let stage = Stage {
        views: &views,
        prepared: &prepared,
        profiles: &profiles,
        templates: &templates,
        ties: &ties,
        rarity: &rarity,
        facts: &facts,
        claims: &claims,
        events: &events,
        spread: &spread,
        judge,
    };
    act(&stage, suggested)
}

/// The pairs that are told, and how each pair that was looked at stands.
pub(super) type Looked = (Vec<((usize, usize), Pair)>, Vec<Tied>);

/// Looks at each pair by itself.
pub(super) fn first_look(stage: &Stage<'_, '_>, suggested: BTreeSet<(usize, usize)>) -> Looked {
    let (mut shared, mut tied) = (Vec::new(), Vec::new());
    for at in suggested {
        let Some((log_odds, pair)) = stage.pair(at, &[], &[]) else {
            continue;
        };
        tied.push(Tied { at, log_odds });
        shared.extend(pair.map(|pair| (at, pair)));
    }
    (shared, tied)
}

/// Pairs that were looked at: how likely they tell the same facts, and what they share.
type Found = BTreeMap<(usize, usize), (f64, Option<Pair>)>;

/// Looks at every pair of a group; `told` as in [`Known`](super::figures::Known).
fn within<'e>(stage: &Stage<'_, 'e>, group: &[usize], told: &[Told<'e>]) -> Found {
    let pairs = group
        .iter()
        .enumerate()
        .flat_map(|(at, a)| group.iter().skip(at + 1).map(move |b| ordered(*a, *b)));
    pairs
        .filter_map(|at| Some((at, stage.pair(at, group, told)?)))
        .collect()
}

/// The values by which pairs contradict each other.
fn told<'e>(stage: &Stage<'_, 'e>, found: &Found) -> Vec<Told<'e>> {
    let figure = |at: usize, span: Span| {
        let facts: &Facts<'e> = stage.facts.get(at)?;
        facts.figures.iter().find(|figure| figure.span == span)
    };
    let pairs = found
        .iter()
        .filter_map(|(at, (_, pair))| Some((*at, pair.as_ref()?)));
    pairs
        .flat_map(|(at, pair)| pair.conflicts.iter().map(move |conflict| (at, conflict)))
        .filter(|(_, conflict)| conflict.kind == ConflictKind::Value)
        .filter_map(|((a, b), conflict)| {
            Some(Told([figure(a, conflict.a.span)?, figure(b, conflict.b.span)?]))
        })
        .collect()
}

/// Looks once more at the pairs of each group: texts that tell the same facts by what the group has in common may be set against each
/// other, however little two of them share by themselves. Texts of two groups are not.
fn again(stage: &Stage<'_, '_>, shared: &mut Vec<((usize, usize), Pair)>, tied: &mut [Tied]) {
    let groups = cluster::groups(stage.views.len(), shared, tied, stage.templates);
    let mut more = BTreeMap::new();
    for group in groups.iter().filter(|group| group.len() <= MAX_GROUP) {
        let looked = within(stage, group, &[]);
        let told = told(stage, &looked);
        // What two contradict each other on, the others are asked about once more.
        more.extend(if told.is_empty() {
            looked
        } else {
            within(stage, group, &told)
        });
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

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
