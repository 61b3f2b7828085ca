use super::*;
use crate::document::RawDocument;

fn document(text: &str) -> Document {
    Document::new(RawDocument {
        text: text.to_owned(),
        ..RawDocument::default()
    })
}

fn told(a: &str, b: &str, same_facts: bool) -> Vec<String> {
    let (a, b) = (document(a), document(b));
    let (ours, theirs) = (Events::of(&a, &[]), Events::of(&b, &[]));
    let found = contradictions((&a, &ours), (&b, &theirs), same_facts);
    found.into_iter().map(|conflict| conflict.about).collect()
}

const YARD: &str = "The Tarnwell shipyard is due to open in October 2026.";

#[test]
fn two_dates_of_one_opening_contradict() {
    let other = "Brask's shipyard in Tarnwell will be opened in the second quarter of 2026.";
    assert_eq!(
        told(YARD, other, false),
        ["date of the start: October 2026 here, second quarter of 2026 there"]
    );
    // An amount of years is no event, and the end of a quarter none either.
    assert_eq!(
        told(
            YARD,
            "The Tarnwell shipyard had 40 berths at the end of June 2026.",
            true
        ),
        [""; 0]
    );
}

#[test]
fn dates_that_can_both_hold_do_not() {
    for other in [
        "Work starts at the shipyard in Tarnwell in the fourth quarter of 2026.",
        "The shipyard in Tarnwell opens in late 2026.",
        "The shipyard in Tarnwell should open by December 2026.",
        "The Tarnwell shipyard is not expected to open before August 2026.",
        "The shipyard in Tarnwell opens after 2026.",
        // Put off, and said so.
        "The Tarnwell shipyard, originally due to open in March 2026, is late.",
        "The opening of the Tarnwell shipyard in March 2026 was put off.",
        // Another event, or none.
        "The online house of the Tarnwell shipyard took 300 orders in March 2026.",
        "The Tarnwell shipyard was founded in March 2026.",
        // Long ago.
        "The shipyard in Tarnwell first opened in May 1987.",
    ] {
        assert_eq!(told(YARD, other, true), [""; 0], "{other}");
        assert_eq!(told(other, YARD, true), [""; 0], "{other}");
    }
}

#[test]
fn a_date_that_both_give_settles_it() {
    let both = "The Tarnwell shipyard opens in October 2026. Its slipway, the Tarnwell shipyard's pride, opens in March 2026.";
    assert_eq!(told(YARD, both, true), [""; 0]);
}

#[test]
fn signing_a_deal_is_not_its_completion() {
    let signed = "Brask put its signature to the purchase of Tarnwell Ropes in March 2025.";
    let done = "Tarnwell Ropes is Brask's now: the purchase was completed in October 2025.";
    let earlier = "Brask's acquisition of Tarnwell Ropes went through in July 2025.";
    assert_eq!(told(signed, done, true), [""; 0]);
    assert_eq!(
        told(done, earlier, true),
        ["date of the completion: October 2025 here, July 2025 there"]
    );
}

#[test]
fn an_entry_of_a_list_is_read_by_itself() {
    let list = "FIVE THINGS\n\n• Ropes. The Tarnwell ropeway will be delayed. • Ships. The Tarnwell shipyard is to open in March 2026.";
    assert_eq!(
        told(YARD, list, false),
        ["date of the start: October 2026 here, March 2026 there"]
    );
}

#[test]
fn two_of_a_row_are_two_events() {
    let (first, second) = (
        "The first hall of the Tarnwell shipyard opens in October 2026.",
        "The second hall of the Tarnwell shipyard opens in March 2027.",
    );
    assert_eq!(told(first, second, true), [""; 0]);
}

#[test]
fn the_only_plan_of_its_kind_is_one_where_the_facts_are() {
    let (one, other) = (
        "Doors open in May 2027.",
        "Visitors will have to wait: it is to open in October 2027.",
    );
    assert_eq!(
        told(one, other, true),
        ["date of the start: May 2027 here, October 2027 there"]
    );
    assert_eq!(told(one, other, false), [""; 0], "not of any two texts");
    let more = "The bridge opens in October 2027, and the road will open in December 2027.";
    assert_eq!(
        told(one, more, true),
        [""; 0],
        "which of the two is meant cannot be told"
    );
    assert_eq!(told(one, "It opened in October 2027.", true), [""; 0], "no plan");
}

#[test]
fn a_conflict_shows_both_sentences_as_they_were_read() {
    let (a, b) = (
        document("The \u{201c}Tarnwell\u{201d} shipyard opens in\nOctober 2026. It is large."),
        document("Tarnwell's shipyard opens in June 2026."),
    );
    let found = contradictions((&a, &Events::of(&a, &[])), (&b, &Events::of(&b, &[])), false);
    assert_eq!(found.len(), 1);
    let side = &found[0].a;
    assert_eq!(side.surface, "October 2026");
    assert_eq!(side.span.of(&a.raw().text), "October 2026");
    assert!(
        side.sentence.starts_with("The \u{201c}Tarnwell"),
        "{}",
        side.sentence
    );
}

#[test]
fn a_sentence_of_many_dates_costs_no_more_than_its_length() {
    let text = "The Tarnwell yard opens in March 2027 and ".repeat(20_000);
    let document = document(&text);
    let started = std::time::Instant::now();
    let events = Events::of(&document, &[]);
    assert!(!events.list.is_empty());
    assert_eq!(
        contradictions((&document, &events), (&document, &events), true),
        []
    );
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
