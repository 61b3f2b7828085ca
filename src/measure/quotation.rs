//! Quotation and attribution: how much is quoted, and how it is laid to a speaker.

use super::class::Class;
use super::stats::mean;
use super::{Family, Slots, Spec, View};
use crate::document::{Case, word_hash};

/// The family.
pub static FAMILY: Family = Family {
    name: "quotation",
    doc: "How much is quoted, and how it is laid to a speaker.",
    specs: SPECS,
    measure,
};

const BELL: &str = "byline, after Bell 1991";

static SPECS: &[Spec] = &[
    Spec::share(
        "quotation.quoted_share",
        40,
        "Share of the words that are quoted.",
        BELL,
    ),
    Spec::rate("quotation.passages", "Quoted passages.", "byline"),
    Spec::new(
        "quotation.passage_length",
        "words",
        (1.0, f64::INFINITY),
        40,
        "Mean number of words in a quoted passage, where there are two or more.",
        "byline",
    ),
    Spec::rate(
        "quotation.verbs",
        "Attribution verbs outside quoted passages.",
        BELL,
    ),
    Spec::rate(
        "quotation.phrases",
        "Phrases that lay words to a source, such as 'according to'.",
        BELL,
    ),
    Spec::share(
        "quotation.said_share",
        40,
        "Share of 'said' and 'says' among the attribution verbs outside quoted passages.",
        BELL,
    ),
    Spec::share(
        "quotation.verb_diversity",
        40,
        "Different verbs among five neighbouring attribution verbs, over five; mean over such groups.",
        "byline",
    ),
    Spec::share(
        "quotation.name_after_verb_share",
        40,
        "Share of the attribution verbs that a capitalised word follows ('said Marta').",
        "byline",
    ),
    Spec::share(
        "quotation.attributed_share",
        60,
        "Share of the sentences that hold an attribution verb outside quoted passages, or 'according'.",
        BELL,
    ),
];

/// Fewest attribution verbs for a share of them.
const MIN_VERBS: usize = 3;
/// Attribution verbs in a group: a fixed number, so that a long text does not look monotonous.
const GROUP: usize = 5;
/// The word that lays a sentence to a source without a verb.
const ACCORDING: u64 = word_hash("according");
/// Fewest quoted passages for their mean length.
const MIN_PASSAGES: usize = 2;
/// Fewest sentences for a share of them.
const MIN_SENTENCES: usize = 3;

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let quoted = view.words.iter().filter(|word| word.quoted).count();
    // A passage begins where a quoted word follows one that is not.
    let mut inside = false;
    let mut passages = 0_usize;
    for word in view.words {
        passages += usize::from(word.quoted && !inside);
        inside = word.quoted;
    }
    slots.set_share("quotation.quoted_share", quoted as f64, view.words.len() as f64);
    slots.set("quotation.passages", view.rate(passages as f64));
    if passages >= MIN_PASSAGES {
        slots.set("quotation.passage_length", quoted as f64 / passages as f64);
    }
    let verbs: Vec<usize> = (0..view.words.len()).filter(|at| is_verb(view, *at)).collect();
    slots.set("quotation.verbs", view.rate(verbs.len() as f64));
    slots.set("quotation.phrases", view.rate_of(Class::Attribution));
    if verbs.len() >= MIN_VERBS {
        let share = |test: &dyn Fn(usize) -> bool| {
            verbs.iter().filter(|at| test(**at)).count() as f64 / verbs.len() as f64
        };
        slots.set("quotation.said_share", share(&|at| view.is(at, Class::Said)));
        slots.set(
            "quotation.name_after_verb_share",
            share(&|at| {
                !view.starts_sentence(at + 1)
                    && view
                        .words
                        .get(at + 1)
                        .is_some_and(|next| next.case == Case::Title)
            }),
        );
    }
    slots.set_some("quotation.verb_diversity", diversity(view, &verbs));
    let sentences = view.sentences().count();
    if sentences >= MIN_SENTENCES {
        let attributed = view
            .sentences()
            .filter(|range| {
                range.clone().any(|at| {
                    is_verb(view, at) || view.words.get(at).is_some_and(|word| word.hash == ACCORDING)
                })
            })
            .count();
        slots.set("quotation.attributed_share", attributed as f64 / sentences as f64);
    }
}

fn is_verb(view: &View<'_>, at: usize) -> bool {
    view.is(at, Class::Saying) && view.words.get(at).is_some_and(|word| !word.quoted)
}

fn diversity(view: &View<'_>, verbs: &[usize]) -> Option<f64> {
    let groups: Vec<f64> = verbs
        .chunks_exact(GROUP)
        .map(|group| {
            let mut ids: Vec<u32> = group
                .iter()
                .filter_map(|at| view.ids().get(*at).copied())
                .collect();
            ids.sort_unstable();
            ids.dedup();
            ids.len() as f64 / GROUP as f64
        })
        .collect();
    mean(&groups)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{rate_in, value_in};

    const TEXT: &str = "\"The roof leaks,\" said Marta. \"Nobody asked us,\" Jonas said. The board noted the cost. \
        A clerk added that the plan was old. The mayor warned of delays. The river rose again in the spring, and the \
        cellar of the mill was full of water for nine days and nights in a row.";

    #[test]
    fn quotation_by_hand() {
        let words = TEXT.split_whitespace().count() as f64;
        // The roof leaks / Nobody asked us: 6 words in 2 passages; "asked" is quoted and no attribution.
        assert!((rate_in(TEXT, "quotation.quoted_share") - 6.0 / words).abs() < 1e-12);
        assert_eq!(rate_in(TEXT, "quotation.passage_length"), 3.0);
        assert!((rate_in(TEXT, "quotation.verbs") - 500.0 / words).abs() < 1e-9);
        // said, said, noted, added, warned: 2 of 5 said, 4 different, one before a name.
        assert_eq!(rate_in(TEXT, "quotation.said_share"), 0.4);
        assert_eq!(rate_in(TEXT, "quotation.verb_diversity"), 0.8);
        assert_eq!(rate_in(TEXT, "quotation.name_after_verb_share"), 0.2);
    }

    #[test]
    fn too_few_verbs_are_not_shared_out() {
        let text = TEXT
            .replace("noted", "bore")
            .replace("added", "hoped")
            .replace("warned", "spoke");
        assert_eq!(value_in(&text, "quotation.said_share"), None);
    }
}
