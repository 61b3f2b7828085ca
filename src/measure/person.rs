//! Person, contractions and the passive: who speaks, and how formally.

use super::class::Class;
use super::{Family, Slots, Spec, View};

/// The family.
pub static FAMILY: Family = Family {
    name: "person",
    doc: "Who speaks and is spoken to, contractions and the passive.",
    specs: SPECS,
    measure,
};

const BIBER: &str = "Biber 1988";

static SPECS: &[Spec] = &[
    Spec::rate("person.first_singular", "First person singular pronouns.", BIBER),
    Spec::rate("person.first_plural", "First person plural pronouns.", BIBER),
    Spec::rate("person.second", "Second person pronouns.", BIBER),
    Spec::rate(
        "person.third",
        "Third person pronouns for people, 'they' included.",
        BIBER,
    ),
    Spec::rate("person.indefinite", "Indefinite pronouns and 'people'.", BIBER),
    Spec::rate(
        "person.impersonal",
        "Impersonal openings such as 'it is' and 'there are'.",
        BIBER,
    ),
    Spec::rate("person.contraction", "Contracted forms.", BIBER),
    Spec::share(
        "person.contraction_share",
        80,
        "Share of contracted forms among the places where one is possible.",
        "byline",
    ),
    Spec::rate(
        "person.passive",
        "Forms of 'be' followed within three words by a past participle.",
        BIBER,
    ),
];

/// Fewest places where a contraction is possible for their share.
const MIN_PLACES: f64 = 3.0;
/// Words after a form of "be" in which its participle is looked for.
const PASSIVE_REACH: usize = 3;

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let rates = [
        ("person.first_singular", Class::FirstSingular),
        ("person.first_plural", Class::FirstPlural),
        ("person.second", Class::Second),
        ("person.third", Class::Third),
        ("person.indefinite", Class::Indefinite),
        ("person.impersonal", Class::Impersonal),
        ("person.contraction", Class::Contracted),
    ];
    for (name, class) in rates {
        slots.set(name, view.rate_of(class));
    }
    let contracted = view.of(Class::Contracted);
    let places = contracted + view.of(Class::Contractible);
    if places >= MIN_PLACES {
        slots.set_share("person.contraction_share", contracted, places);
    }
    let passives = (0..view.words.len()).filter(|at| is_passive(view, *at)).count();
    slots.set("person.passive", view.rate(passives as f64));
}

/// Whether a passive begins at a form of "be": only adverbs and "not" may stand before the participle.
fn is_passive(view: &View<'_>, at: usize) -> bool {
    if !view.is(at, Class::BeForm) {
        return false;
    }
    for next in at + 1..=at + PASSIVE_REACH {
        if view.starts_sentence(next) || view.before(next).0 != 0 {
            return false;
        }
        let word = view.lower(next);
        if view.is(next, Class::Participle) || (word.len() > 4 && word.ends_with("ed")) {
            return true;
        }
        let passes = word.ends_with("ly")
            || view.is(next, Class::Negation)
            || view.is(next, Class::Degree)
            || view.is(next, Class::BeForm);
        if !passes {
            return false;
        }
    }
    false
}
