//! Pairs -> groups of documents that belong together: copies, siblings of one fact sheet, families of one template.

use std::collections::BTreeSet;

use super::report::{Cluster, Level, Pair};
use super::template::Mined;
use super::template::Sets;

/// Fewest different figures that make siblings of two articles: two may stand in any report on the subject.
const FIGURES: usize = 3;
/// The same of articles that are about one name besides.
const NAMED_FIGURES: usize = 2;
/// Least sum of their weights: three round figures ("5 percent", "$1 billion") of two reports of one day stay below 0.2.
const FIGURE_WEIGHT: f64 = 0.25;
/// Probability from which a pair counts as copied.
const COPIED: f64 = 0.5;
/// Share of one text that stands in the other from which wording ties them, whatever the judge says.
const CONTAINED: f64 = 0.3;

/// Why two documents belong together, in words; `None` where they do not. Strongest reason first.
fn tie(pair: &Pair, named: bool) -> Option<String> {
    let contained = pair.containment[0].max(pair.containment[1]);
    let worded = matches!(pair.copied.level, Level::Light | Level::Paraphrase);
    if contained >= CONTAINED || (pair.copied.probability >= COPIED && worded) {
        return Some(format!(
            "{} and {} share wording: up to {:.0} % of one stands in the other",
            pair.a,
            pair.b,
            100.0 * contained
        ));
    }
    let weight: f64 = pair.figures.iter().map(|figure| figure.weight).sum();
    let fewest = if named { NAMED_FIGURES } else { FIGURES };
    if pair.figures.len() >= fewest && weight >= FIGURE_WEIGHT {
        return Some(format!(
            "{} and {} give the same {} figures, {} among them",
            pair.a,
            pair.b,
            pair.figures.len(),
            pair.figures
                .iter()
                .take(SHOWN)
                .map(|figure| figure.a.surface.clone())
                .collect::<Vec<_>>()
                .join(", ")
        ));
    }
    None
}

/// Figures named in a reason.
const SHOWN: usize = 3;
/// Reasons told of a cluster.
const REASONS: usize = 6;

/// The groups, largest first. Pairs come with the indices of their documents; `named` holds those that are about one name.
pub(super) fn clusters(
    ids: &[String],
    pairs: &[((usize, usize), Pair)],
    named: &BTreeSet<(usize, usize)>,
    templates: &[Mined],
) -> Vec<Cluster> {
    let mut sets = Sets::new(ids.len());
    let mut reasons: Vec<(usize, f64, String)> = Vec::new();
    for ((a, b), pair) in pairs {
        if let Some(reason) = tie(pair, named.contains(&(*a, *b))) {
            sets.join(*a, *b);
            let weight = pair.containment[0].max(pair.containment[1]) + pair.figure_overlap;
            reasons.push((*a, weight, reason));
        }
    }
    for mined in templates
        .iter()
        .filter(|mined| mined.template.place == "document")
    {
        for two in mined.documents.windows(2) {
            if let [a, b] = two {
                sets.join(*a, *b);
            }
        }
        if let Some(first) = mined.documents.first() {
            reasons.push((
                *first,
                1.0,
                format!(
                    "{} documents fill template {}",
                    mined.documents.len(),
                    mined.template.id
                ),
            ));
        }
    }
    reasons.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.2.cmp(&y.2)));
    let mut groups = sets.groups();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().copied()));
    groups
        .into_iter()
        .map(|group| Cluster {
            because: reasons
                .iter()
                .filter(|reason| group.contains(&reason.0))
                .take(REASONS)
                .map(|reason| reason.2.clone())
                .collect(),
            documents: group.iter().filter_map(|at| ids.get(*at).cloned()).collect(),
        })
        .collect()
}
