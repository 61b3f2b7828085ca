//! Excess vocabulary: words and stock phrases that became frequent with assistants.

use super::class::{Class, Classes};
use super::{Family, Slots, Spec, View};

/// The family.
pub static FAMILY: Family = Family {
    name: "excess",
    doc: "Words and stock phrases that became frequent with assistants.",
    specs: SPECS,
    measure,
};

static SPECS: &[Spec] = &[
    Spec::rate(
        "excess.telling",
        "Words whose use in abstracts rose beyond expectation after 2022, everyday words left out.",
        "Kobak et al. 2025",
    ),
    Spec::rate(
        "excess.everyday",
        "The everyday words of the same list.",
        "Kobak et al. 2025",
    ),
    Spec::rate(
        "excess.chat",
        "Words that assistants overuse, from the editors' lists.",
        "Wikipedia 2025",
    ),
    Spec::rate(
        "excess.business",
        "Phrases of machine-written market commentary.",
        "byline",
    ),
    Spec::rate(
        "excess.cliche",
        "Stock phrases of assistant prose.",
        "Wikipedia 2025",
    ),
    Spec::rate(
        "excess.fiction",
        "Stock phrases of machine fiction.",
        "byline, after Paech 2025",
    ),
    Spec::share(
        "excess.content_share",
        60,
        "Share of the content words that are telling or overused by assistants.",
        "byline",
    ),
];

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let rates = [
        ("excess.telling", Class::ExcessTelling),
        ("excess.everyday", Class::ExcessEveryday),
        ("excess.chat", Class::Chat),
        ("excess.business", Class::Business),
        ("excess.cliche", Class::Cliche),
        ("excess.fiction", Class::Fiction),
    ];
    for (name, class) in rates {
        slots.set(name, view.rate_of(class));
    }
    let telling = Classes::of(&[Class::ExcessTelling, Class::Chat]);
    let content = view
        .all_classes()
        .iter()
        .filter(|c| !c.any(super::class::FUNCTION));
    let (all, found) = content.fold((0_usize, 0_usize), |(all, found), classes| {
        (all + 1, found + usize::from(classes.any(telling)))
    });
    slots.set_share("excess.content_share", found as f64, all as f64);
}
