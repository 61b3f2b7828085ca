//! Sentence rhythm: how long sentences are and how much that varies.

use super::stats::{autocorrelation, mean, moments, quantile, skew};
use super::view::Gap;
use super::{Family, Slots, Spec, View};

/// The family.
pub static FAMILY: Family = Family {
    name: "rhythm",
    doc: "How long sentences are and how much that varies.",
    specs: SPECS,
    measure,
};

const WORDS: (f64, f64) = (0.0, f64::INFINITY);

static SPECS: &[Spec] = &[
    Spec::new(
        "rhythm.sentence_length_mean",
        "words",
        WORDS,
        20,
        "Mean number of words in a sentence.",
        "Mendenhall 1887",
    ),
    Spec::new(
        "rhythm.sentence_length_median",
        "words",
        WORDS,
        50,
        "Median number of words in a sentence.",
        "Yule 1939",
    ),
    Spec::new(
        "rhythm.sentence_length_sd",
        "words",
        WORDS,
        50,
        "Standard deviation of sentence lengths.",
        "Yule 1939",
    ),
    Spec::new(
        "rhythm.sentence_length_cv",
        "ratio",
        WORDS,
        50,
        "Standard deviation of sentence lengths over their mean; low for an even rhythm.",
        "Yule 1939",
    ),
    Spec::new(
        "rhythm.sentence_length_q1",
        "words",
        WORDS,
        50,
        "Lower quartile of sentence lengths.",
        "Yule 1939",
    ),
    Spec::new(
        "rhythm.sentence_length_q3",
        "words",
        WORDS,
        50,
        "Upper quartile of sentence lengths.",
        "Yule 1939",
    ),
    Spec::new(
        "rhythm.sentence_length_skew",
        "ratio",
        (f64::NEG_INFINITY, f64::INFINITY),
        80,
        "Skewness of sentence lengths; positive when a few sentences are far longer than the rest.",
        "Pearson 1895",
    ),
    Spec::new(
        "rhythm.burstiness",
        "ratio",
        (-1.0, 1.0),
        50,
        "Spread over mean of sentence lengths as (sd - mean) / (sd + mean); -1 for equal lengths.",
        "Goh & Barabasi 2008",
    ),
    Spec::new(
        "rhythm.neighbour_correlation",
        "correlation",
        (-1.0, 1.0),
        100,
        "Lag-one autocorrelation of sentence lengths.",
        "Drozdz et al. 2016",
    ),
    Spec::new(
        "rhythm.neighbour_change",
        "ratio",
        WORDS,
        50,
        "Mean absolute difference between neighbouring sentence lengths, over the mean length.",
        "byline",
    ),
    Spec::share(
        "rhythm.short_share",
        50,
        "Share of sentences with fewer than 8 words.",
        "byline",
    ),
    Spec::share(
        "rhythm.long_share",
        50,
        "Share of sentences with more than 35 words.",
        "byline",
    ),
    Spec::share(
        "rhythm.middle_share",
        50,
        "Share of sentences whose length lies within a quarter of the median.",
        "byline",
    ),
    Spec::new(
        "rhythm.clause_marks_per_sentence",
        "per sentence",
        WORDS,
        50,
        "Commas, semicolons, colons and brackets inside a sentence, mean.",
        "byline",
    ),
    Spec::new(
        "rhythm.clause_length_mean",
        "words",
        WORDS,
        50,
        "Mean number of words between clause marks or sentence borders.",
        "byline",
    ),
    Spec::new(
        "rhythm.clause_length_cv",
        "ratio",
        WORDS,
        50,
        "Standard deviation over mean of the stretches between clause marks.",
        "byline",
    ),
];

/// A sentence shorter than this is short, in words.
const SHORT_WORDS: f64 = 8.0;
/// A sentence longer than this is long, in words.
const LONG_WORDS: f64 = 35.0;
/// Fewest sentences for a spread to be measured.
const MIN_SENTENCES: usize = 4;
/// Fewest sentences for the relation of neighbours to be measured.
const MIN_NEIGHBOURS: usize = 6;
/// Half-width of the middle, as a share of the median.
const MIDDLE: f64 = 0.25;

/// Clause marks that do not hang on how dashes are typed.
const CLAUSE: u16 = Gap::CLAUSE & !Gap::DASH;

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let lengths: Vec<f64> = view.sentences().map(|range| range.len() as f64).collect();
    let Some(all) = moments(&lengths) else { return };
    slots.set("rhythm.sentence_length_mean", all.mean);
    clauses(view, slots);
    if lengths.len() < MIN_SENTENCES {
        return;
    }
    slots.set("rhythm.sentence_length_sd", all.sd);
    slots.set("rhythm.sentence_length_cv", all.sd / all.mean);
    slots.set("rhythm.sentence_length_skew", skew(&lengths, all));
    slots.set("rhythm.burstiness", (all.sd - all.mean) / (all.sd + all.mean));
    let share = |keep: &dyn Fn(f64) -> bool| {
        lengths.iter().filter(|n| keep(**n)).count() as f64 / lengths.len() as f64
    };
    slots.set("rhythm.short_share", share(&|n| n < SHORT_WORDS));
    slots.set("rhythm.long_share", share(&|n| n > LONG_WORDS));
    let mut sorted = lengths.clone();
    sorted.sort_by(f64::total_cmp);
    slots.set_some("rhythm.sentence_length_q1", quantile(&sorted, 0.25));
    slots.set_some("rhythm.sentence_length_q3", quantile(&sorted, 0.75));
    if let Some(median) = quantile(&sorted, 0.5) {
        slots.set("rhythm.sentence_length_median", median);
        slots.set(
            "rhythm.middle_share",
            share(&|n| (n - median).abs() <= MIDDLE * median),
        );
    }
    if lengths.len() < MIN_NEIGHBOURS {
        return;
    }
    slots.set_some("rhythm.neighbour_correlation", autocorrelation(&lengths));
    let changes: Vec<f64> = lengths.windows(2).filter_map(change).collect();
    slots.set_some("rhythm.neighbour_change", mean(&changes).map(|m| m / all.mean));
}

fn change(pair: &[f64]) -> Option<f64> {
    let [a, b] = pair else { return None };
    Some((b - a).abs())
}

fn clauses(view: &View<'_>, slots: &mut Slots<'_>) {
    let mut stretches = Vec::new();
    let mut marks = 0_usize;
    let mut sentences = 0_usize;
    for range in view.sentences() {
        sentences += 1;
        let last = range.end - 1;
        let mut from = range.start;
        for at in range {
            let ends = at != last && view.after(at).has(CLAUSE);
            marks += usize::from(ends);
            if ends || at == last {
                stretches.push((at + 1 - from) as f64);
                from = at + 1;
            }
        }
    }
    slots.set_share("rhythm.clause_marks_per_sentence", marks as f64, sentences as f64);
    if let Some(all) = moments(&stretches) {
        slots.set("rhythm.clause_length_mean", all.mean);
        if stretches.len() >= MIN_SENTENCES {
            slots.set("rhythm.clause_length_cv", all.sd / all.mean);
        }
    }
}
