//! Discourse markers and stance: how sentences are tied together, and how sure they sound.

use super::class::Class;
use super::view::Gap;
use super::{Family, Slots, Spec, View};

/// The family.
pub static FAMILY: Family = Family {
    name: "discourse",
    doc: "How sentences are tied together, and how sure they sound.",
    specs: SPECS,
    measure,
};

const PDTB: &str = "Prasad et al. 2008";
const HYLAND: &str = "Hyland 2005";

static SPECS: &[Spec] = &[
    Spec::rate("discourse.additive", "Additive connectives.", PDTB),
    Spec::rate("discourse.contrastive", "Contrastive connectives.", PDTB),
    Spec::rate("discourse.causal", "Causal connectives.", PDTB),
    Spec::rate("discourse.temporal", "Temporal connectives.", PDTB),
    Spec::rate("discourse.example", "Markers of examples and inclusion.", PDTB),
    Spec::rate("discourse.summary", "Markers of summary and conclusion.", HYLAND),
    Spec::rate("discourse.hedge", "Hedges: words that weaken a claim.", HYLAND),
    Spec::rate("discourse.booster", "Boosters and marks of certainty.", HYLAND),
    Spec::rate(
        "discourse.vague_attribution",
        "Claims laid to unnamed experts, studies or observers.",
        "Wikipedia 2025",
    ),
    Spec::share(
        "discourse.initial_connective_share",
        60,
        "Share of sentences that open with a linking adverb or phrase.",
        "byline",
    ),
    Spec::share(
        "discourse.initial_conjunction_share",
        60,
        "Share of sentences that open with 'and', 'but' or 'or'.",
        "byline",
    ),
    Spec::share(
        "discourse.initial_subordinate_share",
        60,
        "Share of sentences that open with a concessive, conditional or causal conjunction.",
        "byline",
    ),
    Spec::share(
        "discourse.initial_adverb_share",
        60,
        "Share of sentences whose first word ends in -ly and is followed by a comma.",
        "byline",
    ),
];

/// Fewest sentences for a share of them.
const MIN_SENTENCES: usize = 3;

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let rates = [
        ("discourse.additive", Class::Additive),
        ("discourse.contrastive", Class::Contrastive),
        ("discourse.causal", Class::Causal),
        ("discourse.temporal", Class::Temporal),
        ("discourse.example", Class::Example),
        ("discourse.summary", Class::Summary),
        ("discourse.hedge", Class::Hedge),
        ("discourse.booster", Class::Booster),
        ("discourse.vague_attribution", Class::Vague),
    ];
    for (name, class) in rates {
        slots.set(name, view.rate_of(class));
    }
    let sentences = view.sentences().count();
    if sentences < MIN_SENTENCES {
        return;
    }
    let share =
        |classes: &[Class]| classes.iter().map(|class| view.initial(*class)).sum::<f64>() / sentences as f64;
    slots.set("discourse.initial_connective_share", share(&[Class::Opener]));
    slots.set(
        "discourse.initial_conjunction_share",
        share(&[Class::And, Class::But, Class::Or]),
    );
    slots.set(
        "discourse.initial_subordinate_share",
        share(&[Class::While, Class::If, Class::Because]),
    );
    let adverbs = view
        .sentences()
        .filter(|range| view.lower(range.start).ends_with("ly") && view.after(range.start).has(Gap::COMMA))
        .count();
    slots.set(
        "discourse.initial_adverb_share",
        adverbs as f64 / sentences as f64,
    );
}
