//! Wire style: what agency copy and press releases show in their prose.

use super::class::Class;
use super::view::Gap;
use super::{Family, Slots, Spec, View};
use crate::document::{Case, WordKind};

/// The family.
pub static FAMILY: Family = Family {
    name: "wire",
    doc: "What agency copy and press releases show in their prose.",
    specs: SPECS,
    measure,
};

const BELL: &str = "byline, after Bell 1991";

static SPECS: &[Spec] = &[
    Spec::rate("wire.weekday", "Names of weekdays.", BELL),
    Spec::rate(
        "wire.weekday_attribution",
        "Attribution verbs with a weekday within four words of the same sentence ('said on Monday').",
        BELL,
    ),
    Spec::rate("wire.dated", "Names of months next to a number.", "byline"),
    Spec::rate(
        "wire.statement",
        "Named channels of a statement, such as 'in a statement' or 'told reporters'.",
        BELL,
    ),
    Spec::rate(
        "wire.reporter",
        "Turns of the reporter's voice, such as 'declined to comment' or 'police said'.",
        BELL,
    ),
    Spec::rate("wire.title", "Titles and offices of people.", BELL),
    Spec::rate(
        "wire.title_name",
        "Titles that stand directly before a capitalised name.",
        BELL,
    ),
    Spec::rate(
        "wire.age",
        "Ages set off by commas after a capitalised name.",
        BELL,
    ),
    Spec::rate("wire.press", "Turns of the press release's own voice.", "byline"),
    Spec::rate(
        "wire.agency",
        "Names of news agencies and release services.",
        "byline",
    ),
    Spec::rate("wire.company", "Company forms and stock market terms.", "byline"),
    Spec::share(
        "wire.dateline",
        40,
        "1 if the first sentence opens like a dateline (a place in capitals, or an agency in brackets, then a dash), else 0.",
        BELL,
    ),
];

/// Words between an attribution verb and the weekday that dates it.
const WEEKDAY_REACH: usize = 4;
/// Ages that a report gives.
const AGES: std::ops::RangeInclusive<u32> = 1..=115;
/// Words of the first sentence in which a dateline's dash is looked for: place, state, date, agency.
const DATELINE_WORDS: usize = 8;

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let rates = [
        ("wire.weekday", Class::Weekday),
        ("wire.statement", Class::WireStatement),
        ("wire.reporter", Class::WireReporter),
        ("wire.title", Class::WireTitle),
        ("wire.press", Class::WirePress),
        ("wire.agency", Class::WireAgency),
        ("wire.company", Class::WireCompany),
    ];
    for (name, class) in rates {
        slots.set(name, view.rate_of(class));
    }
    let count = |test: fn(&View<'_>, usize) -> bool| {
        let found = (0..view.words.len()).filter(|at| test(view, *at)).count();
        view.rate(found as f64)
    };
    slots.set("wire.weekday_attribution", count(is_dated_attribution));
    slots.set("wire.dated", count(is_date));
    slots.set("wire.title_name", count(is_titled_name));
    slots.set("wire.age", count(is_age));
    if let Some(first) = view.sentences().next() {
        slots.set("wire.dateline", f64::from(u8::from(is_dateline(view, first))));
    }
}

fn same_sentence(view: &View<'_>, a: usize, b: usize) -> bool {
    matches!((view.words.get(a), view.words.get(b)), (Some(x), Some(y)) if x.sentence == y.sentence)
}

fn is_dated_attribution(view: &View<'_>, at: usize) -> bool {
    view.is(at, Class::Saying)
        && (at.saturating_sub(WEEKDAY_REACH)..=at + WEEKDAY_REACH)
            .any(|near| view.is(near, Class::Weekday) && same_sentence(view, at, near))
}

fn is_date(view: &View<'_>, at: usize) -> bool {
    let number = |near: usize| {
        same_sentence(view, at, near)
            && view
                .words
                .get(near)
                .is_some_and(|word| word.kind == WordKind::Number)
    };
    view.is(at, Class::Month) && (at.checked_sub(1).is_some_and(number) || number(at + 1))
}

fn is_name(view: &View<'_>, at: usize) -> bool {
    view.words
        .get(at)
        .is_some_and(|word| word.case == Case::Title && word.kind == WordKind::Letters)
}

fn is_titled_name(view: &View<'_>, at: usize) -> bool {
    // "Mr." keeps its stop; any other mark parts title and name.
    view.is(at, Class::WireTitle)
        && same_sentence(view, at, at + 1)
        && view.after(at).0 & !Gap::STOP == 0
        && is_name(view, at + 1)
        && !view.is(at + 1, Class::WireTitle)
}

fn is_age(view: &View<'_>, at: usize) -> bool {
    view.words
        .get(at)
        .is_some_and(|word| word.kind == WordKind::Number)
        && !view.starts_sentence(at)
        && view.before(at).0 == Gap::COMMA
        && view.after(at).has(Gap::COMMA | Gap::STOP)
        && at
            .checked_sub(1)
            .is_some_and(|previous| is_name(view, previous) && !view.is(previous, Class::Month))
        && view.lower(at).parse::<u32>().is_ok_and(|age| AGES.contains(&age))
}

fn is_dateline(view: &View<'_>, sentence: std::ops::Range<usize>) -> bool {
    let end = sentence.end.min(sentence.start + DATELINE_WORDS);
    let head = sentence.start..end;
    let Some(dash) = head.clone().find(|at| view.after(*at).has(Gap::DASH)) else {
        return false;
    };
    let capitals = view
        .words
        .get(sentence.start)
        .is_some_and(|word| word.case == Case::Upper && word.chars > 3);
    let bracketed =
        view.after(dash).has(Gap::CLOSE) && (sentence.start..=dash).any(|at| view.is(at, Class::WireAgency));
    // A dateline's place is followed by the dash, a comma or a bracket, not by running prose.
    let marked = (sentence.start..=dash).any(|at| view.after(at).has(Gap::CLAUSE));
    (capitals && marked) || bracketed
}

#[cfg(test)]
mod tests {
    use super::super::tests::rate_in;

    #[test]
    fn attributions_titles_and_ages_by_hand() {
        let text = "The mill will close, said Mayor Ilse Brandt on Monday, and the town will pay for the repairs this year again. \
            Peter Vorn, 54, left in June 2019 and the owner said nothing about it to the many people who asked then.";
        let words = text.split_whitespace().count() as f64;
        assert_eq!(words, 42.0);
        let one = 100.0 / words;
        for (name, hits) in [
            ("wire.weekday", 1.0),
            ("wire.title_name", 1.0),
            ("wire.age", 1.0),
            ("wire.dated", 1.0),
            ("wire.dateline", 0.0),
        ] {
            let value = rate_in(text, name);
            assert!(
                (value - hits * one).abs() < 1e-9,
                "{name} = {value}, not {}",
                hits * one
            );
        }
        // "said" to "Monday" is five words: out of reach.
        assert_eq!(rate_in(text, "wire.weekday_attribution"), 0.0);
        let near = text.replace("Mayor Ilse Brandt on Monday", "on Monday Mayor Ilse Brandt");
        assert!((rate_in(&near, "wire.weekday_attribution") - one).abs() < 1e-9);
    }

    #[test]
    fn datelines_are_told_from_dashes() {
        let rest = "the town council agreed to rebuild the bridge over the river, and it will take two years to finish. \
            Nobody expects the works to disturb the market, which stays where it has always been, next to the old church.";
        for (opening, expected) in [
            ("OSTERWICK, June 3 -- After a long night ", 1.0),
            ("Osterwick (Reuters) - After a long night ", 1.0),
            ("Osterwick is small - after a long night ", 0.0),
            ("After a long night ", 0.0),
        ] {
            assert_eq!(
                rate_in(&format!("{opening}{rest}"), "wire.dateline"),
                expected,
                "{opening}"
            );
        }
    }
}
