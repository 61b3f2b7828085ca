//! The way to the cross-article side: entries and index items, and a verdict with what an index knows of the document: the syndicated axis's second head, and declarations inherited.

use super::Detector;
use crate::corpus;
use crate::corpus::index::{Answer, Item, conflicting};
use crate::corpus::taken::{Reuse, SPECS, Taken};
use crate::corpus::{ConflictKind, Declaration, Entry, Via, indexed};
use crate::document::{Document, Span};
use crate::figure;
use crate::model::sigmoid;
use crate::signature::Axis;
use crate::verdict::{self, Evidence, FigureConflict, Link, Verdict};

/// False-alarm rate at which a style settles what a biography leaves open.
const STYLE_ALARM: f64 = 0.01;

impl Detector {
    /// A document with what the cross-article side needs to know of it.
    #[must_use]
    pub fn entry(&self, document: Document) -> Entry {
        let signs = self.stages.catalogue.scan(&document);
        let declared = verdict::Declared::of(&signs);
        Entry {
            figures: crate::figure::figures(&document),
            declared: declared.found.then_some(Declaration {
                producer: declared.producer,
                by: declared.by,
            }),
            reads_machine: corpus::leaves_open(&document) && self.reads_machine(&document),
            document,
            signs,
        }
    }

    /// Whether a document's style is a machine's, as far as the axis speaks.
    fn reads_machine(&self, document: &Document) -> bool {
        let machine = self.examine(document).machine;
        machine.abstained.is_none() && machine.p_value <= STYLE_ALARM
    }

    /// What an index keeps of an examined document, and is asked about it with.
    #[must_use]
    pub fn item(&self, document: &Document, verdict: &Verdict) -> Item {
        let declared = verdict.declared.found.then(|| Declaration {
            producer: verdict.declared.producer.clone(),
            by: verdict.declared.by.clone(),
        });
        Item::of(document, &figure::figures(document), declared)
    }

    /// The verdict of a document that an index was asked about: the syndicated axis by its corpus head with the sources, the
    /// figures that others give too, and the declared documents that speak for it. The policy decides anew.
    #[must_use]
    pub fn among(&self, mut verdict: Verdict, item: &Item, answer: &Answer) -> Verdict {
        let head = Taken::shipped();
        let reuse = Reuse::of(verdict.syndicated.log_odds, item, answer);
        verdict.syndicated.log_odds = head.log_odds(&reuse.values);
        verdict.syndicated.probability = sigmoid(verdict.syndicated.log_odds);
        verdict.syndicated.head = "corpus";
        verdict.syndicated.sources = reuse.sources;
        // By the same extraction as the shared ones; without an index a quicker count has to do.
        verdict.figures.found = item.record.figures.len();
        verdict.figures.shared = reuse.shared_figures;
        verdict.figures.conflicts = conflicts(item, answer);
        let mut places: Vec<Span> = verdict.figures.conflicts.iter().map(|one| one.span).collect();
        places.dedup();
        verdict.figures.conflicting = places.len();
        add_up(&mut verdict.evidence, head, &reuse.values);
        if !verdict.declared.found {
            let links = indexed(answer, item.record.publisher.as_deref());
            verdict.declared.linked = links
                .into_iter()
                .map(|link| Link {
                    document: link.document,
                    via: via(link.via).to_owned(),
                    strength: link.strength,
                })
                .collect();
        }
        self.policy.decide(&mut verdict);
        verdict
    }
}

/// The contradictions of a document's figures with those of its siblings, in order of their places.
fn conflicts(item: &Item, answer: &Answer) -> Vec<FigureConflict> {
    let told = conflicting(item, answer).into_iter().filter_map(|conflict| {
        let printed = item.printed.get(conflict.figure)?;
        Some(FigureConflict {
            kind: kind(conflict.kind),
            span: printed.span,
            text: printed.surface.clone(),
            document: conflict.document,
            theirs: conflict.value,
            // An index keeps of a unit only what tells it from others.
            unit: conflict.same_unit.then(|| printed.unit.clone()),
        })
    });
    told.collect()
}

/// The name of a contradiction in the JSON.
fn kind(kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::Value => "value",
        ConflictKind::Period => "period",
        ConflictKind::Rounding => "rounding",
    }
}

/// The name of a tie in the JSON.
fn via(via: Via) -> &'static str {
    match via {
        Via::Bio => "bio",
        Via::PenName => "pen_name",
        Via::Template => "template",
    }
}

/// Makes the syndicated axis's evidence that of the corpus head: the document head's parts by their weight, what that head said
/// beyond the limit into `other`, and a part for each thing that the corpus showed.
fn add_up(evidence: &mut Vec<Evidence>, head: &Taken, values: &[f64; SPECS.len()]) {
    let parts = head.parts(values);
    let weight = head.weight.first().map_or(0.0, |weight| weight.weight);
    let syndicated = |part: &&mut Evidence| part.axis == Axis::Syndicated;
    let mut sum = 0.0;
    for part in evidence.iter_mut().filter(syndicated) {
        part.log_odds *= weight;
        sum += part.log_odds;
    }
    let [document, ..] = parts;
    for part in evidence.iter_mut().filter(syndicated) {
        match part.name.as_str() {
            "other" => part.log_odds += document - sum,
            "baseline" => part.log_odds += head.intercept,
            _ => {}
        }
    }
    let shown = SPECS
        .iter()
        .zip(parts)
        .zip(values)
        .skip(1)
        .filter(|((_, part), _)| *part != 0.0)
        .map(|((spec, log_odds), &observed)| Evidence {
            axis: Axis::Syndicated,
            name: spec.name.to_owned(),
            log_odds,
            observed: Some(observed),
            typical: None,
            about: spec.about,
            spans: Vec::new(),
        });
    evidence.extend(shown);
}
