//! Figures: numbers, years, percentages and money.

use super::class::Class;
use super::view::Gap;
use super::{Family, Slots, Spec, View};
use crate::document::{Document, Word, WordKind, word_hash};

/// The family.
pub static FAMILY: Family = Family {
    name: "figures",
    doc: "Numbers, years, percentages and money.",
    specs: SPECS,
    measure,
};

static SPECS: &[Spec] = &[
    Spec::rate("figures.number", "Numbers in digits.", "byline"),
    Spec::rate("figures.year", "Years from 1800 to 2099.", "byline"),
    Spec::rate(
        "figures.percentage",
        "Percentages, with the sign or the word alike; the word itself does not count as one of the words.",
        "byline",
    ),
    Spec::rate(
        "figures.money",
        "Sums of money, with a sign or a currency's name alike.",
        "byline",
    ),
    Spec::rate("figures.number_word", "Numbers written out.", "byline"),
    Spec::rate("figures.magnitude", "Magnitudes such as 'million'.", "byline"),
    Spec::rate("figures.ordinal", "Ordinals written out.", "byline"),
    Spec::rate("figures.comparison", "Words that compare quantities.", "byline"),
    Spec::share(
        "figures.decimal_share",
        40,
        "Share of the numbers with a decimal point, among three or more.",
        "byline",
    ),
    Spec::share(
        "figures.round_share",
        40,
        "Share of the whole numbers of two or more digits, years left out, that end in 0; among three or more.",
        "byline",
    ),
    Spec::share(
        "figures.sentence_share",
        60,
        "Share of the sentences with a number in digits.",
        "byline",
    ),
];

/// Fewest numbers for a share of them.
const MIN_NUMBERS: usize = 3;
/// Fewest sentences for a share of them.
const MIN_SENTENCES: usize = 3;
/// What is read as a year: earlier ones are mostly quantities.
const YEARS: std::ops::RangeInclusive<u32> = 1800..=2099;

/// Number of figures in the prose: words that are numbers in digits, or begin with a digit ("3rd").
/// O(words).
#[must_use]
pub fn figure_count(document: &Document) -> usize {
    document
        .words()
        .iter()
        .filter(|word| is_figure(document, word))
        .count()
}

fn is_figure(document: &Document, word: &Word) -> bool {
    match word.kind {
        WordKind::Number => true,
        WordKind::Mixed => document.lower(word).starts_with(|c: char| c.is_ascii_digit()),
        WordKind::Letters => false,
    }
}

fn figure_at(view: &View<'_>, at: usize) -> bool {
    view.words
        .get(at)
        .is_some_and(|word| is_figure(view.document, word))
}

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let figures: Vec<usize> = (0..view.words.len()).filter(|at| figure_at(view, *at)).collect();
    let count = |test: &dyn Fn(usize) -> bool| figures.iter().filter(|at| test(**at)).count() as f64;
    slots.set("figures.number", view.rate(figures.len() as f64));
    slots.set("figures.year", view.rate(count(&|at| is_year(view, at))));
    slots.set("figures.money", view.rate(count(&|at| is_money(view, at))));
    for (name, class) in [
        ("figures.number_word", Class::NumberWord),
        ("figures.magnitude", Class::Magnitude),
        ("figures.ordinal", Class::Ordinal),
        ("figures.comparison", Class::Compare),
    ] {
        slots.set(name, view.rate_of(class));
    }
    let (percentages, percent_words) = percentages(view);
    let words = view.words.len().saturating_sub(percent_words) as f64;
    // A text of nothing but the word "percent" would pass 100.
    slots.set_share(
        "figures.percentage",
        100.0 * (percentages as f64).min(words),
        words,
    );
    if figures.len() >= MIN_NUMBERS {
        let decimals = count(&|at| view.lower(at).contains('.'));
        slots.set("figures.decimal_share", decimals / figures.len() as f64);
    }
    let whole = |at: usize| {
        let text = view.lower(at);
        text.len() >= 2 && text.bytes().all(|b| b.is_ascii_digit() || b == b',') && !is_year(view, at)
    };
    let wholes = count(&whole);
    if wholes >= MIN_NUMBERS as f64 {
        let round = count(&|at| whole(at) && view.lower(at).ends_with('0'));
        slots.set("figures.round_share", round / wholes);
    }
    let sentences = view.sentences().count();
    if sentences >= MIN_SENTENCES {
        let with = view
            .sentences()
            .filter(|range| range.clone().any(|at| figure_at(view, at)))
            .count();
        slots.set("figures.sentence_share", with as f64 / sentences as f64);
    }
}

fn is_year(view: &View<'_>, at: usize) -> bool {
    let text = view.lower(at);
    text.len() == 4
        && text.parse::<u32>().is_ok_and(|year| YEARS.contains(&year))
        && !view.after(at).has(Gap::PERCENT)
        && !view.before(at).has(Gap::MONEY)
}

fn is_money(view: &View<'_>, at: usize) -> bool {
    let next = |place: usize| (!view.starts_sentence(place)).then_some(place);
    let unit = next(at + 1).map(|place| {
        if view.is(place, Class::Magnitude) {
            place + 1
        } else {
            place
        }
    });
    view.before(at).has(Gap::MONEY)
        || unit
            .and_then(next)
            .is_some_and(|place| view.is(place, Class::Money))
}

const PERCENT: u64 = word_hash("percent");
const PCT: u64 = word_hash("pct");
const PER: u64 = word_hash("per");
const CENT: u64 = word_hash("cent");

/// Percentages, and how many words their units take ("percent" one, "per cent" two, the sign none).
fn percentages(view: &View<'_>) -> (usize, usize) {
    let (mut found, mut units) = (0, 0);
    for (at, word) in view.words.iter().enumerate() {
        if view.after(at).has(Gap::PERCENT) {
            found += 1;
        }
        match word.hash {
            PERCENT | PCT => {
                found += 1;
                units += 1;
            }
            PER if view.words.get(at + 1).is_some_and(|next| next.hash == CENT) => {
                found += 1;
                units += 2;
            }
            _ => {}
        }
    }
    (found, units)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{document, rate_in};
    use super::*;

    const TEXT: &str = "Sales rose 8% to $12 million in 2019, and 3.5% more in 2021. The firm has 40 shops, 25 vans and \
        130 clerks. It paid 300 euros a month for the old hall, and the owner was glad of it. Nobody complained about \
        the noise, the smell or the rats that came with the place when they took it over from its last tenant.";

    #[test]
    fn figures_by_hand() {
        let words = TEXT.split_whitespace().count() as f64;
        // 8 12 2019 3.5 2021 40 25 130 300.
        assert_eq!(figure_count(&document(TEXT)), 9);
        let hundredth = 100.0 / words;
        for (name, expected) in [
            ("figures.number", 9.0 * hundredth),
            ("figures.year", 2.0 * hundredth),
            ("figures.percentage", 2.0 * hundredth),
            ("figures.money", 2.0 * hundredth),
            ("figures.decimal_share", 1.0 / 9.0),
            // 12 40 25 130 300: three end in 0.
            ("figures.round_share", 0.6),
            ("figures.sentence_share", 0.75),
        ] {
            let value = rate_in(TEXT, name);
            assert!(
                (value - expected).abs() < 1e-9,
                "{name} = {value}, not {expected}"
            );
        }
    }

    #[test]
    fn the_sign_and_the_word_are_one_measure() {
        let sign = rate_in(TEXT, "figures.percentage");
        for word in [" percent", " per cent", " pct"] {
            assert!(
                (rate_in(&TEXT.replace('%', word), "figures.percentage") - sign).abs() < 1e-12,
                "{word}"
            );
        }
    }
}
