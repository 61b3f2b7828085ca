//! Punctuation: which marks are used, how often and how evenly.

use super::class::Class;
use super::stats::{entropy, moments};
use super::view::Gap;
use super::{Family, Slots, Spec, View};

/// The family.
pub static FAMILY: Family = Family {
    name: "punctuation",
    doc: "Which marks are used, how often and how evenly.",
    specs: SPECS,
    measure,
};

const CHASKI: &str = "Chaski 2005";

static SPECS: &[Spec] = &[
    Spec::marks("punctuation.comma", "Commas between words.", CHASKI),
    Spec::marks("punctuation.semicolon", "Semicolons.", CHASKI),
    Spec::marks("punctuation.colon", "Colons between words.", CHASKI),
    Spec::marks(
        "punctuation.dash",
        "Dashes: en and em dashes, spaced and double hyphens. Depends on how dashes are typed.",
        CHASKI,
    )
    .typed(),
    Spec::marks("punctuation.bracket", "Opening round brackets.", CHASKI),
    Spec::marks("punctuation.question", "Question marks.", CHASKI),
    Spec::marks("punctuation.exclamation", "Exclamation marks.", CHASKI),
    Spec::marks("punctuation.quote", "Double quotation marks.", CHASKI),
    Spec::marks(
        "punctuation.ellipsis",
        "Runs of three or more full stops.",
        CHASKI,
    ),
    Spec::marks("punctuation.slash", "Slashes between words.", CHASKI),
    Spec::share(
        "punctuation.serial_comma_share",
        80,
        "Share of lists of three or more short items that have a comma before the last conjunction.",
        "byline",
    ),
    Spec::new(
        "punctuation.entropy",
        "bits",
        (0.0, 4.0),
        80,
        "Entropy of the kinds of marks used, dashes left out.",
        "Darmon et al. 2019",
    ),
    Spec::share(
        "punctuation.comma_share",
        80,
        "Share of commas among all marks, dashes left out.",
        "Darmon et al. 2019",
    ),
    Spec::new(
        "punctuation.comma_spacing_cv",
        "ratio",
        (0.0, f64::INFINITY),
        80,
        "Standard deviation over mean of the number of words from one comma to the next.",
        "byline",
    ),
    Spec::share(
        "punctuation.comma_before_conjunction",
        80,
        "Share of 'and', 'or' and 'but' inside sentences that follow a comma.",
        "byline",
    ),
    Spec::share(
        "punctuation.comma_after_opener",
        80,
        "Share of sentences with a comma after one of their first five words.",
        "byline",
    ),
];

/// Fewest commas or lists for a spread or a share of them.
const MIN_CASES: usize = 3;
/// Words in which the comma after an opening phrase is looked for.
const OPENER_WORDS: usize = 5;
/// Longest item of a list, in words.
const ITEM_WORDS: usize = 4;

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let marks = &view.marks;
    let rates = [
        ("punctuation.comma", marks.commas),
        ("punctuation.semicolon", marks.semicolons),
        ("punctuation.colon", marks.colons),
        ("punctuation.dash", marks.dashes),
        ("punctuation.bracket", marks.brackets),
        ("punctuation.question", marks.questions),
        ("punctuation.exclamation", marks.exclamations),
        ("punctuation.quote", marks.quotes),
        ("punctuation.ellipsis", marks.ellipses),
        ("punctuation.slash", marks.slashes),
    ];
    for (name, count) in rates {
        slots.set(name, view.rate(count as f64));
    }
    let kinds = [
        marks.commas,
        marks.semicolons,
        marks.colons,
        marks.brackets,
        marks.stops,
        marks.questions,
        marks.exclamations,
        marks.quotes,
        marks.ellipses,
        marks.slashes,
    ];
    slots.set_some("punctuation.entropy", entropy(kinds));
    let all: usize = kinds.iter().sum();
    slots.set_share("punctuation.comma_share", marks.commas as f64, all as f64);
    spacing(view, slots);
    let lists = lists(view);
    if lists.serial + lists.plain >= MIN_CASES {
        slots.set_share(
            "punctuation.serial_comma_share",
            lists.serial as f64,
            (lists.serial + lists.plain) as f64,
        );
    }
}

fn spacing(view: &View<'_>, slots: &mut Slots<'_>) {
    let commas: Vec<usize> = (0..view.words.len())
        .filter(|at| view.after(*at).has(Gap::COMMA))
        .collect();
    if commas.len() > MIN_CASES {
        let gaps: Vec<f64> = commas
            .iter()
            .zip(commas.iter().skip(1))
            .map(|(a, b)| (b - a) as f64)
            .collect();
        if let Some(all) = moments(&gaps) {
            slots.set("punctuation.comma_spacing_cv", all.sd / all.mean);
        }
    }
    let (mut joined, mut after_comma) = (0_usize, 0_usize);
    for at in 0..view.words.len() {
        let joins = view.is(at, Class::And) || view.is(at, Class::Or) || view.is(at, Class::But);
        if joins && !view.starts_sentence(at) {
            joined += 1;
            after_comma += usize::from(view.before(at).has(Gap::COMMA));
        }
    }
    if joined >= MIN_CASES {
        slots.set_share(
            "punctuation.comma_before_conjunction",
            after_comma as f64,
            joined as f64,
        );
    }
    let (mut sentences, mut opened) = (0_usize, 0_usize);
    for range in view.sentences() {
        sentences += 1;
        opened += usize::from(range.take(OPENER_WORDS).any(|at| view.after(at).has(Gap::COMMA)));
    }
    if sentences >= MIN_CASES {
        slots.set_share("punctuation.comma_after_opener", opened as f64, sentences as f64);
    }
}

/// Lists of short items found in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Lists {
    /// With a comma before the last conjunction.
    pub(super) serial: usize,
    /// Without.
    pub(super) plain: usize,
    /// Of both, those of exactly three items.
    pub(super) triads: usize,
}

/// Finds "A, B, and C" and "A, B and C" where B has at most [`ITEM_WORDS`] words.
pub(super) fn lists(view: &View<'_>) -> Lists {
    let mut found = Lists::default();
    for at in 0..view.words.len() {
        if !(view.is(at, Class::And) || view.is(at, Class::Or)) || view.starts_sentence(at) {
            continue;
        }
        let serial = view.before(at).has(Gap::COMMA);
        let Some(previous) = comma_before(view, at) else {
            continue;
        };
        if !serial && !item_like(view, previous + 1) {
            continue;
        }
        if serial {
            found.serial += 1;
        } else {
            found.plain += 1;
        }
        found.triads += usize::from(comma_before(view, previous + 1).is_none());
    }
    found
}

/// The word before `at` that a comma follows, if the item between has 1 to [`ITEM_WORDS`] words.
fn comma_before(view: &View<'_>, at: usize) -> Option<usize> {
    let mut word = at.checked_sub(1)?;
    for _ in 0..ITEM_WORDS {
        if view.starts_sentence(word) {
            return None;
        }
        word = word.checked_sub(1)?;
        let gap = view.after(word);
        if gap.has(Gap::COMMA) {
            return Some(word);
        }
        if gap.has(Gap::CLAUSE | Gap::QUOTE) {
            return None;
        }
    }
    None
}

/// Whether a list item, rather than a clause, may begin with this word.
fn item_like(view: &View<'_>, at: usize) -> bool {
    let clause = [
        Class::Personal,
        Class::Relative,
        Class::Conjunction,
        Class::Preposition,
        Class::That,
        Class::Then,
        Class::Modal,
    ];
    !clause.iter().any(|class| view.is(at, *class))
}
