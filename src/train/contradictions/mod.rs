//! The weights of contradictions: sibling articles with planted ones -> pairs of figures -> `models/figures/contradictions.toml`.
//!
//! Two figures are one example. It is a positive one where a contradiction of values was planted between them, and a negative one in any
//! other case: nearly all pairs of figures of two articles are of two facts. Two articles of a group are looked at three times: with what the
//! group's others give, as if they were the only two, and as if nothing were known of them; so the weights serve groups, pairs and an
//! index. Articles that were made up for this are tidier than reports, so figures of reports and press releases ([`REPORTS`]) are negative
//! examples as well, though now and then two reports do contradict one another. linfa fits (logistic regression; L2), on evidence divided by
//! its standard deviation.

mod gold;

use std::path::Path;

use linfa::prelude::*;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2};

pub use gold::{Article, Cluster, Planted, Several, Siblings, Trap, Value};

use super::TrainError;
use super::reuse::texts::Set;
use crate::corpus::figures::{COUNT, Evidence, TOLD, Weights};
use crate::corpus::taught::{FigurePair, figure_pairs};
use crate::document::{Document, RawDocument};
use crate::engine::Detector;

/// The sets that train; in the folder of own sets. `siblings_m_2026` and those after `n` are left to test, and so are the siblings of the corpora.
pub const SETS: [&str; 13] = [
    "siblings_2026",
    "siblings_b_2026",
    "siblings_c_2026",
    "siblings_d_2026",
    "siblings_e_2026",
    "siblings_f_2026",
    "siblings_g_2026",
    "siblings_h_2026",
    "siblings_i_2026",
    "siblings_j_2026",
    "siblings_k_2026",
    "siblings_l_2026",
    "siblings_n_2026",
];

/// Sets of the corpora whose figures are taken for no contradictions, and how many texts of each are looked at, the first ones: reports of one
/// event with the story made of them, a wire's company news with its dates, press releases.
pub const REPORTS: [(&str, usize); 3] = [
    ("wikinews_sources", 300),
    ("reuters_fin_2006_2013", 800),
    ("prosecutor_press", 600),
];
/// Of their pairs of figures one in so many trains: they are many, and speak of two facts far more often than two sheets of facts do.
const ONE_IN: usize = 5;

/// L2 penalty.
const PENALTY: f64 = 12.0;
/// Iterations of L-BFGS, enough to converge.
const ITERATIONS: u64 = 500;
/// How often what a group tells is repeated: it counts as much as the two ways of knowing less.
const REPEATS: usize = 2;
/// Smallest standard deviation that evidence is divided by.
const LEAST_DEVIATION: f64 = 1e-6;
/// Largest difference allowed between our score and linfa's probability.
const AGREEMENT: f64 = 1e-9;

/// A set's pairs of figures.
#[derive(Debug, Clone)]
pub struct Taught {
    set: String,
    /// Whether they are reports, not siblings.
    reports: bool,
    /// Whether a contradiction was planted between the two.
    pairs: Vec<(FigurePair, bool)>,
}

/// How many of a set's contradictions weights that never saw it tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The set.
    pub set: String,
    /// Pairs of figures that were set beside one another.
    pub pairs: usize,
    /// Those with a planted contradiction of values.
    pub planted: usize,
    /// Those that are told.
    pub right: usize,
    /// Other pairs of figures that are told.
    pub wrong: usize,
}

/// Reads the sets and sets their figures beside one another.
///
/// # Errors
/// [`TrainError::Siblings`], [`TrainError::Corpora`].
pub fn read(corpora: &Path, own: &Path, detector: &Detector) -> Result<Vec<Taught>, TrainError> {
    let siblings = SETS
        .iter()
        .map(|set| Ok(siblings(set, &Siblings::read(&own.join(set))?, detector)));
    let reports = REPORTS
        .iter()
        .map(|(set, most)| reports(corpora, set, *most, detector));
    siblings.chain(reports).collect()
}

fn reports(corpora: &Path, name: &str, most: usize, detector: &Detector) -> Result<Taught, TrainError> {
    let set = Set::read(corpora, name)?;
    let entries: Vec<_> = set
        .order
        .iter()
        .filter_map(|id| set.by_id.get(id))
        .filter(|text| text.label.as_deref() == Some("human"))
        .take(most)
        .map(|text| {
            detector.entry(Document::new(RawDocument {
                id: text.id.clone(),
                text: text.text.clone(),
                date: text.date.clone(),
                ..RawDocument::default()
            }))
        })
        .collect();
    let pairs = figure_pairs(&entries).into_iter().map(|pair| (pair, false));
    Ok(Taught {
        set: name.to_owned(),
        reports: true,
        pairs: pairs.collect(),
    })
}

fn siblings(set: &str, siblings: &Siblings, detector: &Detector) -> Taught {
    let articles = siblings.articles.iter();
    let entries: Vec<_> = articles
        .map(|article| detector.entry(article.document()))
        .collect();
    let planted: Vec<Planted> = siblings
        .planted()
        .into_iter()
        .filter(|one| one.kind == "value")
        .collect();
    let is_planted = |pair: &FigurePair| {
        let (Some(a), Some(b)) = (siblings.articles.get(pair.at.0), siblings.articles.get(pair.at.1)) else {
            return false;
        };
        let [here, there] = pair.spans;
        planted.iter().any(|planted| {
            let [one, other] = &planted.values;
            a.gives(one, here) && b.gives(other, there) || a.gives(other, here) && b.gives(one, there)
        })
    };
    let labelled = |pair: FigurePair| {
        let contradicts = is_planted(&pair);
        (pair, contradicts)
    };
    Taught {
        set: set.to_owned(),
        reports: false,
        pairs: figure_pairs(&entries).into_iter().map(labelled).collect(),
    }
}

/// The file of the weights that all sets give.
///
/// # Errors
/// [`TrainError::Fit`] if linfa fails or its result cannot be trusted.
pub fn train(sets: &[Taught]) -> Result<String, TrainError> {
    let weights = fit(sets.iter())?;
    let pairs = sets.iter().flat_map(|set| &set.pairs);
    let contradict = pairs.clone().filter(|(_, contradicts)| *contradicts).count();
    weights
        .write(pairs.count(), contradict)
        .map_err(|error| TrainError::Fit(error.to_string()))
}

/// Each set left out in turn.
///
/// # Errors
/// See [`train`].
pub fn left_out(sets: &[Taught]) -> Result<Vec<LeftOut>, TrainError> {
    let evaluate = |out: &Taught| {
        let weights = fit(sets.iter().filter(|set| set.set != out.set))?;
        let told = |wanted: bool| {
            let pairs = out.pairs.iter().filter(|(_, contradicts)| *contradicts == wanted);
            pairs
                .filter(|(pair, _)| weights.log_odds(&pair.evidence) >= TOLD)
                .count()
        };
        Ok(LeftOut {
            set: out.set.clone(),
            pairs: out.pairs.len(),
            planted: out.pairs.iter().filter(|(_, contradicts)| *contradicts).count(),
            right: told(true),
            wrong: told(false),
        })
    };
    sets.iter().map(evaluate).collect()
}

fn fit<'a>(sets: impl Iterator<Item = &'a Taught>) -> Result<Weights, TrainError> {
    let bad = |error: &dyn std::fmt::Display| TrainError::Fit(format!("contradictions: {error}"));
    let mut rows: Vec<(&Evidence, bool)> = Vec::new();
    let (reports, siblings): (Vec<&Taught>, Vec<&Taught>) = sets.partition(|set| set.reports);
    let few = reports.iter().flat_map(|set| set.pairs.iter().step_by(ONE_IN));
    rows.extend(few.map(|(pair, contradicts)| (&pair.evidence, *contradicts)));
    for (pair, contradicts) in siblings.iter().flat_map(|set| &set.pairs) {
        let repeats = if pair.less.is_empty() { 1 } else { REPEATS };
        rows.extend(std::iter::repeat_n((&pair.evidence, *contradicts), repeats));
        rows.extend(pair.less.iter().map(|evidence| (evidence, *contradicts)));
    }
    let deviations = deviations(&rows);
    let cells: Vec<f64> = rows
        .iter()
        .flat_map(|(evidence, _)| evidence.iter().zip(&deviations).map(|(value, by)| value / by))
        .collect();
    let records = Array2::from_shape_vec((rows.len(), COUNT), cells).map_err(|error| bad(&error))?;
    let labels: Array1<bool> = rows.iter().map(|(_, contradicts)| *contradicts).collect();
    let model = LogisticRegression::default()
        .alpha(PENALTY)
        .max_iterations(ITERATIONS)
        .fit(&Dataset::new(records.clone(), labels))
        .map_err(|error| bad(&error))?;
    // linfa 0.8 calls the more frequent class positive; the fitted labels say which one that is.
    let sign = if model.labels().pos.class { 1.0 } else { -1.0 };
    let mut of = [0.0; COUNT];
    for ((slot, weight), by) in of.iter_mut().zip(model.params()).zip(&deviations) {
        *slot = sign * weight / by;
    }
    let weights = Weights::new(sign * model.intercept(), of);
    for ((evidence, _), said) in rows.iter().zip(&model.predict_probabilities(&records)) {
        let linfa = if sign > 0.0 { *said } else { 1.0 - *said };
        let ours = crate::model::sigmoid(weights.log_odds(evidence));
        if (ours - linfa).abs() > AGREEMENT {
            return Err(bad(&format!("{ours}, linfa says {linfa}")));
        }
    }
    Ok(weights)
}

/// Standard deviation of each piece of evidence.
fn deviations(rows: &[(&Evidence, bool)]) -> Evidence {
    let count = rows.len().max(1) as f64;
    let mut deviations = [0.0; COUNT];
    for (at, slot) in deviations.iter_mut().enumerate() {
        let values = rows.iter().filter_map(|(evidence, _)| evidence.get(at));
        let mean = values.clone().sum::<f64>() / count;
        let variance = values.map(|value| (value - mean).powi(2)).sum::<f64>() / count;
        *slot = variance.sqrt().max(LEAST_DEVIATION);
    }
    deviations
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::corpus::index::{Index, Item, Memory, conflicting};
    use crate::corpus::{Entry, compare};
    use crate::document::Span;

    fn own(set: &str, detector: &Detector) -> Taught {
        let datasets = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets");
        siblings(set, &Siblings::read(&datasets.join(set)).unwrap(), detector)
    }

    #[test]
    fn weights_find_contradictions_in_a_set_that_they_have_not_seen() {
        let detector = Detector::shipped().unwrap();
        let taught = ["siblings_k_2026", "siblings_l_2026", "siblings_n_2026"].map(|set| own(set, &detector));
        let weights = fit(taught.iter()).unwrap();
        let unseen = own("siblings_m_2026", &detector);
        let told = |wanted: bool| {
            let pairs = unseen
                .pairs
                .iter()
                .filter(|(_, contradicts)| *contradicts == wanted);
            let told = pairs
                .clone()
                .filter(|(pair, _)| weights.log_odds(&pair.evidence) >= TOLD);
            told.count() as f64 / pairs.count() as f64
        };
        assert!(told(true) > 0.6, "{}", told(true));
        assert!(told(false) < 0.2, "{}", told(false));
    }

    /// Planted contradictions of values between two articles that are told, `told` being the articles and the figures.
    fn found(set: &Siblings, told: &BTreeSet<[(String, Span); 2]>) -> usize {
        let gives = |value: &Value, (id, span): &(String, Span)| {
            let mut articles = set.articles.iter();
            articles.any(|article| article.id == *id && article.gives(value, *span))
        };
        let planted = set.planted();
        let values = planted.iter().filter(|planted| planted.kind == "value");
        values
            .filter(|planted| {
                let [one, other] = &planted.values;
                told.iter()
                    .any(|[a, b]| gives(one, a) && gives(other, b) || gives(one, b) && gives(other, a))
            })
            .count()
    }

    /// By what single pairs tell, the comparison finds 28 of these and the index 22.
    #[test]
    fn what_one_pair_of_a_group_contradicts_each_other_on_the_others_are_asked_about_again() {
        let detector = Detector::shipped().unwrap();
        let read = |set: &str| {
            let datasets = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets");
            let set = Siblings::read(&datasets.join(set)).unwrap();
            let entries: Vec<Entry> = set
                .articles
                .iter()
                .map(|article| detector.entry(article.document()))
                .collect();
            (set, entries)
        };
        let (set, entries) = read("siblings_p_2026");
        let comparison = compare(&entries);
        let pairs = comparison.pairs.iter();
        let told = pairs.flat_map(|pair| {
            pair.conflicts.iter().map(|conflict| {
                [
                    (pair.a.clone(), conflict.a.span),
                    (pair.b.clone(), conflict.b.span),
                ]
            })
        });
        let compared = found(&set, &told.collect());
        assert!(compared >= 36, "{compared}");

        let (set, entries) = read("siblings_n_2026");
        let items: Vec<Item> = entries.iter().map(Item::new).collect();
        let mut index = Memory::new();
        index.add(&items).unwrap();
        let place = |id: &str, figure: usize| {
            let item = items.iter().find(|item| item.record.id == id).unwrap();
            (id.to_owned(), item.printed[figure].span)
        };
        let told = items.iter().flat_map(|item| {
            let conflicts = conflicting(item, &index.ask(item).unwrap()).into_iter();
            conflicts.map(|conflict| {
                [
                    place(&item.record.id, conflict.figure),
                    place(&conflict.document, conflict.theirs),
                ]
            })
        });
        let asked = found(&set, &told.collect());
        assert!(asked >= 26, "{asked}");
    }

    #[test]
    fn a_missing_set_is_named() {
        let error = Siblings::read(Path::new("nowhere/siblings_z"))
            .unwrap_err()
            .to_string();
        assert!(error.contains("nowhere/siblings_z/texts.jsonl"), "{error}");
    }
}
