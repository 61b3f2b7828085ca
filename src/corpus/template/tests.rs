//! Templates on made-up texts.

use super::super::view::View;
use super::super::{Entry, propose};
use super::mine;
use crate::document::{Document, RawDocument};
use crate::signature::Catalogue;

fn entry(id: &str, text: &str) -> Entry {
    Entry {
        document: Document::new(RawDocument {
            id: id.to_owned(),
            text: text.to_owned(),
            ..RawDocument::default()
        }),
        figures: Vec::new(),
        signs: Vec::new(),
        declared: None,
        reads_machine: false,
    }
}

fn mined(entries: &[Entry]) -> Vec<super::Mined> {
    let views: Vec<View<'_>> = entries.iter().map(View::of).collect();
    mine(&views)
}

const BODIES: [&str; 3] = [
    "Herring landings at Corvane doubled in the spring, and the cannery has hired forty hands to keep up with the boats.\n\n\
     The manager, a former skipper, said she could use forty more if anybody would come. Wages have gone up twice since February. \
     Old men on the quay remember a spring like this one, long before the war, when children were let off school to gut fish.\n\n\
     Not everybody is glad of it. The smell reaches the hotel on the hill, whose owner has written to the council, and the \
     owners of summer houses have added their names to the letter.\n\n",
    "Night buses will stop at the hospital from June, eleven years after the old line was cut to save money.\n\n\
     Nurses had gathered a thousand names and carried them to the town hall in a wheelchair. The mayor received them on the steps \
     and promised an answer within the month, which nobody believed. It came on a Tuesday, in writing, with a timetable.\n\n\
     The first bus leaves at twenty past midnight. Drivers asked for a shelter at the upper gate, since the wind there comes \
     straight off the moor, and were told to wait for the budget.\n\n",
    "A frost in May took half of the cherry crop of the upper valley, growers said after walking their rows at dawn.\n\n\
     They had lit fires between the trees and kept them going all night with straw and tyres. It helped the lower orchards a \
     little. Above the chapel nothing helped, and the blossom hung brown and wet when the sun came over the ridge.\n\n\
     Insurance pays for hail and not for cold. A few families will live off their bees this year, and the rest will look for \
     work on the dam, as their fathers did.\n\n",
];

const BIOS: [&str; 3] = [
    "AI Writing Agent powered by a 14-billion-parameter hybrid model, it watches ports. Its audience includes shippers and customs officers. Its stance is dry.",
    "AI Writing Agent built with a 14-billion-parameter reasoning model, it follows public transport. Its audience includes mayors and drivers. Its stance is warm.",
    "AI Writing Agent tuned on a 14-billion-parameter open model, it walks through orchards. Its audience includes growers. Its stance is worried.",
];

#[test]
fn a_biography_filled_three_times_is_one_template_with_its_slots() {
    let entries: Vec<Entry> = (0..3)
        .map(|at| entry(&format!("d{at}"), &format!("{0}{0}{1}", BODIES[at], BIOS[at])))
        .collect();
    let mined = mined(&entries);
    assert_eq!(mined.len(), 1, "{mined:?}");
    let template = &mined[0].template;
    assert_eq!((template.place.as_str(), template.id.as_str()), ("bio", "t1"));
    assert!(
        template
            .pattern
            .starts_with("AI Writing Agent {1} a 14-billion-parameter {2}"),
        "{}",
        template.pattern
    );
    assert!(
        template.pattern.contains("Its audience includes {"),
        "{}",
        template.pattern
    );
    let fills: Vec<&str> = template.fills.iter().map(|fill| fill.slots[0].as_str()).collect();
    assert_eq!(fills, ["powered by", "built with", "tuned on"]);
    for (fill, entry) in template.fills.iter().zip(&entries) {
        assert!(
            fill.span
                .of(&entry.document.raw().text)
                .starts_with("AI Writing Agent")
        );
    }
}

#[test]
fn stories_filled_in_by_a_machine_are_a_document_template() {
    let story = |name: &str, town: &str, numbers: [&str; 5]| {
        let [profit, share, sales, low, close] = numbers;
        format!(
            "{name}, a maker of garden chairs from {town}, turned a profit of {profit} million crowns in its first quarter.\n\n\
             That works out at {share} cents for each share, before one-off items are counted.\n\n\
             Sales reached {sales} million crowns, which is more than the panel of analysts had in mind.\n\n\
             Looking ahead, {name} expects sales of at least {low} million crowns in the second quarter.\n\n\
             The stock closed on Tuesday at {close} crowns in thin trade."
        )
    };
    let entries = [
        entry(
            "a",
            &story("Tarnwell Seating", "Corvane", ["4.1", "12", "88", "90", "31"]),
        ),
        entry(
            "b",
            &story("Ibex Garden", "Sundholm", ["7.3", "30", "140", "150", "55"]),
        ),
        entry(
            "c",
            &story("Quill Outdoor", "Marlow", ["1.9", "4", "20", "25", "9"]),
        ),
        entry("d", BODIES[0]),
    ];
    let mined = mined(&entries);
    assert_eq!(mined.len(), 1, "{mined:#?}");
    let template = &mined[0].template;
    assert_eq!(template.place, "document");
    let filled: Vec<&str> = template.fills.iter().map(|fill| fill.document.as_str()).collect();
    assert_eq!(filled, ["a", "b", "c"]);
    let slots = template.fills[1].slots.join("|");
    assert!(slots.contains("Ibex Garden") && slots.contains("140"), "{slots}");
}

#[test]
fn ordinary_texts_share_no_template() {
    let entries: Vec<Entry> = BODIES
        .iter()
        .enumerate()
        .map(|(at, text)| entry(&at.to_string(), text))
        .collect();
    assert!(mined(&entries).is_empty());
}

#[test]
fn a_line_that_is_the_same_everywhere_has_no_slots_and_is_no_template() {
    let line = "Mara Quill writes about harbours and the people who load ships there.";
    let entries: Vec<Entry> = BODIES
        .iter()
        .enumerate()
        .map(|(at, body)| entry(&at.to_string(), &format!("{body}{line}")))
        .collect();
    assert!(mined(&entries).is_empty());
}

#[test]
fn proposals_pass_the_check_of_the_catalogue() {
    let entries: Vec<Entry> = (0..3)
        .map(|at| entry(&format!("d{at}"), &format!("{0}{0}{1}", BODIES[at], BIOS[at])))
        .collect();
    let proposals = propose(&entries);
    assert_eq!(proposals.len(), 1);
    let toml = &proposals[0].toml;
    assert!(toml.contains("strength = \"strong\""), "{toml}");
    let errors = Catalogue::check(&[("proposed.toml".to_owned(), toml.clone())]);
    assert!(errors.is_empty(), "{errors:?}\n{toml}");
}
