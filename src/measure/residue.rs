//! Editing residue: what the medium and the editing left in the text. All of it is typing, not prose.

use super::{Family, Slots, Spec, View};

/// The family.
pub static FAMILY: Family = Family {
    name: "residue",
    doc: "What normalisation changed: traces of the medium and of tampering.",
    specs: SPECS,
    measure,
};

const MARKS: (f64, f64) = (0.0, f64::INFINITY);

const fn residue(name: &'static str, doc: &'static str) -> Spec {
    Spec::new(name, "per 1,000 characters", MARKS, 20, doc, "byline").typed()
}

static SPECS: &[Spec] = &[
    Spec::share(
        "residue.curly_share",
        20,
        "Share of curly marks among quotation marks and apostrophes.",
        "byline",
    )
    .typed(),
    residue("residue.invisible", "Zero-width and other invisible characters."),
    residue("residue.invisible_in_word", "Invisible characters inside words."),
    residue(
        "residue.confusable",
        "Letters of other scripts that imitate Latin ones.",
    ),
    residue(
        "residue.double_space",
        "Runs of two or more spaces inside a line.",
    ),
    residue(
        "residue.special_space",
        "No-break, thin and other special spaces.",
    ),
    residue("residue.dash", "Dashes typed as dash characters."),
    residue("residue.compatibility", "Other compatibility characters."),
    residue(
        "residue.control",
        "Control and private-use characters and replacement marks.",
    ),
];

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let changes = view.document.changes();
    let quotes = f64::from(changes.curly_quotes) + f64::from(changes.straight_quotes);
    slots.set_share("residue.curly_share", f64::from(changes.curly_quotes), quotes);
    let thousands = view.document.raw().text.chars().count() as f64 / 1000.0;
    let rates = [
        ("residue.invisible", changes.invisible),
        ("residue.invisible_in_word", changes.invisible_in_word),
        ("residue.confusable", changes.confusable),
        ("residue.double_space", changes.double_spaces),
        ("residue.special_space", changes.special_spaces),
        ("residue.dash", changes.dashes),
        ("residue.compatibility", changes.compatibility),
        ("residue.control", changes.control),
    ];
    for (name, count) in rates {
        slots.set_share(name, f64::from(count), thousands);
    }
}
