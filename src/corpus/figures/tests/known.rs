//! What is told where more is known than the two texts, and where less is.

use super::*;

/// The contradictions of two pages of a group with a third.
fn told_among(one: &str, other: &str, third: &str) -> Vec<String> {
    let texts = [one, other, third].map(|sentence| Text::new(&page(sentence)));
    let [one, other, third] = texts.each_ref().map(|text| Claims::from(text.facts()));
    let known = Known {
        together: true,
        others: &[&third],
        told: &[],
    };
    let found = set_against(&one, &other, known).into_iter();
    found.map(|(_, figure, _)| figure.surface.clone()).collect()
}

#[test]
fn a_third_report_that_gives_both_values_settles_it() {
    let (one, other) = (
        "Some 91% of its cabins ran on time.",
        "Of its cabins 87% ran on time.",
    );
    assert_eq!(told_among(one, other, "Its cabins are red."), ["91%"]);
    assert_eq!(
        told_among(one, other, "In all, 91% of cabins ran on time."),
        ["91%"]
    );
    let both = "Of cabins 91% ran on time in summer, and 87% did in winter.";
    assert!(told_among(one, other, both).is_empty());
}

#[test]
fn what_is_doubtful_is_told_of_texts_on_the_same_facts_alone() {
    let told = |one: &str, other: &str, together: bool| {
        let texts =
            [one, other].map(|sentence| Text::new(&format!("Odderholm employs 1,310 people. {sentence}")));
        let [one, other] = texts.each_ref().map(|text| Claims::from(text.facts()));
        let known = Known {
            together,
            others: &[],
            told: &[],
        };
        set_against(&one, &other, known).len()
    };
    // A sum of no stated time may be another year's.
    let (one, other) = (
        "Repairs of the upper station cost 48.3 million crowns in 2024.",
        "Repairs of the upper station cost 42.6 million crowns.",
    );
    assert_eq!(told(one, other, true), 1);
    assert_eq!(told(one, other, false), 0);
    assert_eq!(told(one, &other.replace("crowns", "crowns in 2024"), false), 1);
    // So may one value for two times be of two things; a change and a share always are.
    let freight = "Freight fell by 7.4% in the third quarter of 2025.";
    let dues = "Dues shrank by 7.4% from October to December 2025.";
    assert_eq!(told(freight, dues, true), 1);
    assert_eq!(told(freight, dues, false), 0);
    assert_eq!(told(freight, &dues.replace("shrank by", "were"), true), 0);
}

#[test]
fn a_noun_that_is_left_out_stands_in_the_sentence() {
    let stands = |one: &str, other: &str| {
        let texts = [one, other].map(Text::new);
        let [one, other] = texts.each_ref().map(|text| Claims::from(text.facts()));
        says::stands_for(&one.contexts[0], &other.contexts[0])
    };
    let them = "The gondolas are old, and 38 of them will be sold.";
    assert!(stands(them, "Its 36 gondolas will be sold."));
    assert!(!stands(them, "Its 36 lifts will be sold."));
}

/// The contradictions of two pages of a group, by themselves and once two others are told to contradict each other.
fn told_beside(pages: [&str; 2], others: [&str; 2]) -> [usize; 2] {
    let texts = [pages[0], pages[1], others[0], others[1]].map(|sentence| Text::new(&page(sentence)));
    let [one, other, third, fourth] = texts.each_ref().map(|text| Claims::from(text.facts()));
    let group = |told| Known {
        together: true,
        others: &[],
        told,
    };
    let told: Vec<Told<'_>> = set_against(&third, &fourth, group(&[]))
        .into_iter()
        .map(|(_, first, second)| Told([first, second]))
        .collect();
    assert_eq!(told.len(), 1, "{others:?}");
    [&[], told.as_slice()].map(|told| set_against(&one, &other, group(told)).len())
}

#[test]
fn what_two_others_are_told_to_contradict_each_other_on_takes_less() {
    let others = [
        "Punctuality reached 91% in winter.",
        "Punctuality stood at 87% in winter.",
    ];
    let pages = |other| ["Some 91% kept to the timetable.", other];
    let told = |other| told_beside(pages(other), others);
    assert_eq!(told("Departures were punctual in 87% of cases."), [0, 1]);
    assert_eq!(told("Departures were punctual in 86% of cases."), [0, 0]);
    let [one, other] = pages("Departures were punctual in 87% of cases.");
    assert_eq!(told_beside([other, one], others), [0, 1]);
}
