//! Whether two documents tell the same facts, whoever took them from whom.
//!
//! Articles made of one fact sheet need not share a sentence, nor more than a figure or two: each picks its own. What they have in common
//! that two reports on one topic have not are many small things at once: rare words, figures, amounts and times that contradict one
//! another *because* they speak of one thing. Each is a part of the log-odds, and the parts add up.
//!
//! The level that is meant is **same facts**, which is a finding about contents. It is no accusation: two reporters of one event tell the same
//! facts as well, and nothing here looks at wording in a row. Whether wording was taken is `judge`'s question, answered apart.

mod words;

pub(in crate::corpus) use words::{Spread, UNLISTED, Words, background};

use crate::document::{Document, word_hash};

use super::Entry;
use super::figures::{
    Claims, Facts, Known, Rarity, common_weight, names_in_common, set_against, shared, weight,
};
use super::report::{ConflictKind, PairEvidence, SameFacts};
use super::text::Text;

/// Distinct stems of a document, as the list of rare words counts them.
#[cfg_attr(
    not(feature = "train"),
    allow(dead_code, reason = "only training counts stems")
)]
pub(crate) fn stems_of(document: &Document) -> std::collections::BTreeSet<String> {
    let text = Text::of(document);
    let tokens = text.tokens.iter().filter(|token| !token.common && !token.number);
    tokens
        .filter_map(|token| {
            let word = token.span.of(document.text()).to_lowercase();
            let word = word.strip_suffix("'s").unwrap_or(&word);
            let stem: String = word.chars().take(super::text::STEM_CHARS).collect();
            (word_hash(&stem) == token.stem).then_some(stem)
        })
        .collect()
}

/// What two documents have in common, measured.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::corpus) struct Common {
    /// How far they are about the same, by their words: [`Words::alike`].
    pub words: f64,
    /// Weight of the figures that both give.
    pub figures: f64,
    /// How many of the names that one is about the other is about too.
    pub names: usize,
    /// How many of their figures contradict one another: two texts that do speak about one thing.
    pub conflicts: usize,
}

/// Log-odds of two documents that have nothing in common.
const BASELINE: f64 = -4.0;
/// Log-odds for each unit of likeness of words.
const WORDS: f64 = 20.0;
/// Likeness beyond which two texts are no more certain to be about the same thing.
const MOST_WORDS: f64 = 0.4;
/// Log-odds for each unit of weight of shared figures.
const FIGURES: f64 = 3.5;
/// Weight beyond which they prove no more: they may all be of one sentence.
const MOST_FIGURES: f64 = 3.0;
/// Log-odds if they are about one name: whoever is told of stands in every article, and elsewhere in passing at most.
const NAMES: f64 = 1.5;
/// Log-odds for each contradiction.
const CONFLICTS: f64 = 1.8;
/// Weight of common figures without which, and without a common name, contradictions say nothing.
const LEAST_FIGURES: f64 = 0.1;
/// Contradictions beyond which texts are no closer.
const MOST_CONFLICTS: usize = 2;

/// Whether two documents tell the same facts, when there are only these two: see [`SameFacts`] for what that says, and what it does not.
#[must_use]
pub fn facts_in_common(a: &Entry, b: &Entry) -> SameFacts {
    let (facts_a, facts_b) = (Facts::from(a), Facts::from(b));
    of_claims((facts_a, &facts_a.into()), (facts_b, &facts_b.into()))
}

/// [`facts_in_common`] of documents whose claims are known.
pub(in crate::corpus) fn of_claims(
    (facts_a, claims_a): (Facts<'_>, &Claims<'_>),
    (facts_b, claims_b): (Facts<'_>, &Claims<'_>),
) -> SameFacts {
    let words = claims_a.words.alike(&claims_b.words, &Spread::default());
    let rarity = Rarity::of([facts_a.figures, facts_b.figures]);
    let conflicts = set_against(claims_a, claims_b, Known::default()).into_iter();
    same_facts(Common {
        words,
        figures: weight(&shared(facts_a, facts_b, &rarity)),
        names: names_in_common(&claims_a.names, &claims_b.names),
        conflicts: conflicts
            .filter(|(kind, ..)| *kind != ConflictKind::Rounding)
            .count(),
    })
}

/// [`facts_in_common`] of documents of which only the figures and names are known: less is certain than with their words.
pub(in crate::corpus) fn of_kept(a: &Claims<'_>, b: &Claims<'_>, spread: &Spread) -> SameFacts {
    let conflicts = set_against(a, b, Known::default()).into_iter();
    let words = a.words.alike(&b.words, spread);
    same_facts(Common {
        words,
        figures: common_weight(a.figures, b.figures),
        names: names_in_common(&a.names, &b.names),
        conflicts: conflicts
            .filter(|(kind, ..)| *kind != ConflictKind::Rounding)
            .count(),
    })
}

/// The parts of the log-odds.
pub(in crate::corpus) fn same_facts(common: Common) -> SameFacts {
    let part = |name: &str, log_odds, observed, about| PairEvidence {
        name: name.to_owned(),
        log_odds,
        observed,
        about,
    };
    // Two firms of one trade differ in the very figures that two reports of one firm give.
    let one_subject = common.names > 0 || common.figures >= LEAST_FIGURES;
    let conflicts = match one_subject {
        true => common.conflicts.min(MOST_CONFLICTS) as f64,
        false => 0.0,
    };
    let evidence = vec![
        part("baseline", BASELINE, None, "What any two documents start from."),
        part(
            "facts.words",
            WORDS * common.words.min(MOST_WORDS),
            Some(common.words),
            "Likeness of the words that few texts have, 0 to 1.",
        ),
        part(
            "facts.figures",
            FIGURES * common.figures.min(MOST_FIGURES),
            Some(common.figures),
            "Weight of the figures that both give.",
        ),
        part(
            "facts.names",
            NAMES * common.names.min(1) as f64,
            Some(common.names as f64),
            "Names that both are about.",
        ),
        part(
            "facts.conflicts",
            CONFLICTS * conflicts,
            Some(common.conflicts as f64),
            "Figures of one subject that contradict: the two speak about one thing.",
        ),
    ];
    let log_odds: f64 = evidence.iter().map(|part| part.log_odds).sum();
    SameFacts {
        probability: 1.0 / (1.0 + (-log_odds).exp()),
        log_odds,
        evidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_speak_for_one_story_beside_a_name_or_a_figure_alone() {
        let log_odds = |names, figures, conflicts| {
            let common = Common {
                words: 0.1,
                figures,
                names,
                conflicts,
            };
            same_facts(common).log_odds
        };
        // Two salmon farmers lose different shares of their fish.
        assert!((log_odds(0, 0.0, 1) - log_odds(0, 0.0, 0)).abs() < 1e-9);
        assert!(log_odds(1, 0.0, 1) > log_odds(1, 0.0, 0) + 1.0);
        assert!(log_odds(0, LEAST_FIGURES, 1) > log_odds(0, LEAST_FIGURES, 0) + 1.0);
    }
}
