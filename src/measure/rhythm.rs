//! Sentence rhythm: how long sentences are and how much that varies.

use super::{Family, Slots, Spec};
use crate::document::Document;

/// The family.
pub static FAMILY: Family = Family {
    name: "rhythm",
    doc: "How long sentences are and how much that varies.",
    specs: SPECS,
    measure,
};

static SPECS: &[Spec] = &[Spec {
    name: "rhythm.sentence_length_mean",
    version: 1,
    unit: "words",
    range: (0.0, f64::INFINITY),
    min_words: 20,
    layout: false,
    doc: "Mean number of words in a sentence.",
    source: "Mendenhall 1887",
}];

fn measure(document: &Document, slots: &mut Slots<'_>) {
    let sentences = document.sentences().len();
    if sentences > 0 {
        slots.set(
            "rhythm.sentence_length_mean",
            document.words().len() as f64 / sentences as f64,
        );
    }
}
