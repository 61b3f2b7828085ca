mod known;

use super::*;
use crate::corpus::ConflictKind;
use crate::document::RawDocument;
use crate::figure::figures;

struct Text {
    document: Document,
    figures: Vec<Figure>,
}

impl Text {
    fn new(text: &str) -> Self {
        let document = Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        });
        let figures = figures(&document);
        Self { document, figures }
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            document: &self.document,
            figures: &self.figures,
        }
    }
}

const GRID: &str = "Tarnwell Grid's revenue rose 26% to 33.4 billion yuan ($4.67 billion) in Q1 2026. Its market share of 4% trails \
    Orne Power (30%) and Vell (20%). The plan costs $53 billion.";
const LINES: &str = "In Q2 2025 Tarnwell Grid reported a 26% rise in revenue to RMB33.4 billion ($4.66 billion). Its market share is 4%, \
    behind Orne Power (29%) and Vell (20%). The plan is worth $53 billion.";
const BAKER: &str =
    "Mila Orsk sold 1,300 loaves in two days. The oven broke twice, and 10 percent of the flour went bad.";

fn both(one: &str, other: &str) -> (Vec<SharedFigure>, f64, Vec<crate::corpus::Conflict>) {
    let (one, other) = (Text::new(one), Text::new(other));
    let rarity = Rarity::of([&one.figures[..], &other.figures[..]]);
    let found = shared(one.facts(), other.facts(), &rarity);
    let share = overlap(one.facts(), other.facts(), &found, &rarity);
    (found, share, conflicts(one.facts(), other.facts()))
}

#[test]
fn the_same_amount_in_other_clothes_is_shared() {
    let (found, share, _) = both(GRID, LINES);
    let surfaces: Vec<(&str, &str)> = found
        .iter()
        .map(|figure| (figure.a.surface.as_str(), figure.b.surface.as_str()))
        .collect();
    assert!(
        surfaces.contains(&("33.4 billion yuan", "RMB33.4 billion")),
        "{surfaces:?}"
    );
    assert!(surfaces.contains(&("$53 billion", "$53 billion")), "{surfaces:?}");
    assert!(surfaces.contains(&("26%", "26%")), "{surfaces:?}");
    assert!(share > 0.25, "{share}");
    assert!(found.windows(2).all(|two| two[0].weight >= two[1].weight));
}

#[test]
fn contradictions_have_a_kind_and_both_sentences() {
    let (_, _, found) = both(GRID, LINES);
    let told: Vec<(ConflictKind, &str)> = found.iter().map(|one| (one.kind, one.about.as_str())).collect();
    assert!(
        found
            .iter()
            .any(|one| one.kind == ConflictKind::Value && one.entity.as_deref() == Some("Orne Power")),
        "{told:?}"
    );
    assert!(
        found.iter().any(|one| one.kind == ConflictKind::Period
            && one.a.surface == "26%"
            && one.b.sentence.contains("Q2 2025")),
        "{told:?}"
    );
    let dollars: Vec<_> = found
        .iter()
        .filter(|one| one.a.surface == "$4.67 billion")
        .collect();
    assert!(
        dollars.iter().all(|one| one.kind == ConflictKind::Rounding),
        "{told:?}"
    );
    assert!(
        !found.iter().any(|one| one.entity.as_deref() == Some("Vell")),
        "{told:?}"
    );
}

#[test]
fn unrelated_texts_share_next_to_nothing() {
    let (_, share, found) = both(GRID, BAKER);
    assert!(share < 0.01, "{share}");
    assert_eq!(found, []);
}

#[test]
fn round_small_numbers_weigh_next_to_nothing_and_exact_money_most() {
    let text =
        Text::new("It took two years, 10% of staff and $714 million, then $12,345.67 for 54,321 boxes.");
    let rarity = Rarity::default();
    let weight = |surface: &str| {
        let figure = text
            .figures
            .iter()
            .find(|figure| figure.surface.starts_with(surface));
        rarity.weight(figure.unwrap())
    };
    assert!(weight("two") < 0.05 && weight("10%") < 0.05);
    assert!(weight("$714") > 0.6 && weight("$12,345.67") > 0.9 && weight("54,321") > 0.8);
}

#[test]
fn what_many_documents_give_weighs_less() {
    let text = Text::new("The fund raised $714 million.");
    let mut rarity = Rarity::default();
    for _ in 0..2 {
        rarity.add(&text.figures);
    }
    let before = rarity.weight(&text.figures[0]);
    for _ in 0..30 {
        rarity.add(&text.figures);
    }
    assert_eq!(rarity.documents(&text.figures[0]), 32);
    assert!(rarity.weight(&text.figures[0]) < before / 2.0);
    for _ in 0..30 {
        rarity.remove(&text.figures);
    }
    assert!((rarity.weight(&text.figures[0]) - before).abs() < 1e-12);
}

#[test]
fn a_document_shares_all_with_itself_and_contradicts_nothing() {
    let (found, share, against) = both(GRID, GRID);
    assert_eq!(found.len(), 7);
    assert!(share > 0.3, "{share}");
    assert_eq!(against, []);
}

#[test]
fn nothing_is_shared_without_figures() {
    let (found, share, against) = both("Nobody counted.", GRID);
    assert_eq!((found.len(), share, against.len()), (0, 0.0, 0));
}

const FERRY: &str = "The ferries of Odderholm had a mixed summer. Freight traffic at Odderholm fell by 12.5% in 2025. Crews numbered 1,310, and the \
    barges of Odderholm carried 3.2 million tonnes of gravel.";

#[test]
fn two_directions_of_one_change_contradict() {
    let up = "Odderholm looks back on a good year. Freight traffic rose by 12.5% in 2025, and Odderholm employs 1,310 people.";
    let (_, _, found) = both(FERRY, up);
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.kind, one.a.surface.as_str()))
        .collect();
    assert_eq!(told, [(ConflictKind::Value, "12.5%")]);
    assert!(
        found[0].about.contains("12.5% here, up 12.5% there"),
        "{}",
        found[0].about
    );
    // Who tells of both changes has two of them.
    let two = "Odderholm looks back on a good year. Freight traffic rose by 12.5% in 2025 and fell by 12.5% on Sundays. Odderholm employs \
        1,310 people.";
    assert_eq!(both(FERRY, two).2, []);
    // So has another year.
    let before = up.replace("in 2025", "in 2023");
    assert_eq!(both(FERRY, &before).2, []);
}

#[test]
fn a_measure_is_no_subject_and_a_hedged_figure_no_contradiction() {
    let other =
        "Odderholm employs 1,310 people. The quarries around Odderholm shipped 1.8 million tonnes of lime.";
    assert_eq!(both(FERRY, other).2, []);
    let sales = |amount: &str| {
        format!("Odderholm Ferries employs 1,310 people. Revenue of Odderholm Ferries was {amount} in 2025.")
    };
    let kinds = |amount: &str| {
        let found = both(&sales("$614 million"), &sales(amount)).2;
        found.iter().map(|one| one.kind).collect::<Vec<_>>()
    };
    assert!(!kinds("over $600 million").contains(&ConflictKind::Value));
    assert_eq!(kinds("$641 million"), [ConflictKind::Value]);
}

fn told(one: &str, other: &str) -> Vec<(ConflictKind, String)> {
    let found = both(one, other).2;
    found.into_iter().map(|one| (one.kind, one.a.surface)).collect()
}

const ROPEWAY: &str = "The ropeway of Odderholm will cost 61.3 million crowns and carry 1,310 visitors an hour. The longest span of the ropeway \
    measures 2,740 metres. Work at Odderholm begins in spring.";

#[test]
fn figures_that_have_but_their_unit_in_common_do_not_contradict() {
    let other = "Odderholm employs 1,310 people. In summer 83 percent of berths were taken, and the ferries burnt 240 tonnes of oil.";
    let this =
        "Odderholm employs 1,310 people. Punctuality stands at 71 percent, and the harbour has 214 sheds.";
    assert_eq!(told(this, other), []);
    assert_eq!(told(ROPEWAY, other), []);
    // Two shares of one whole, in other words, are of two things.
    let share = |sentence: &str| format!("Odderholm employs 1,310 people. {sentence} of sales.");
    let found = told(
        &share("Herring brings in 23%"),
        &share("In summer gravel made up 31%"),
    );
    assert_eq!(found, []);
}

#[test]
fn the_same_number_with_another_unit_contradicts() {
    let other = "Odderholm builds a ropeway for 61.3 million crowns. It carries 1,310 visitors an hour, and the longest span of the ropeway \
        measures 2,740 feet.";
    assert_eq!(
        told(ROPEWAY, other),
        [(ConflictKind::Value, "2,740 metres".to_owned())]
    );
    // Of something else it is another number.
    let other = other.replace("the longest span of the ropeway measures", "its cable weighs");
    assert_eq!(told(ROPEWAY, &other.replace("feet", "kg")), []);
}

/// A page on a ropeway that says one thing more.
fn page(sentence: &str) -> String {
    format!(
        "Odderholm Ropeways employs 1,310 people and runs 23 cabins at Odderholm. {sentence} The ropeway cost 61.3 million crowns."
    )
}

#[test]
fn the_group_is_the_company_and_a_unit_is_what_its_sentence_names() {
    let one = page("In 2024 the group earned an operating profit of 17.20 crowns a seat.");
    let other = page("Operating profit came to 17.20 crowns a seat for 2025.");
    assert_eq!(
        told(&one, &other),
        [(ConflictKind::Period, "17.20 crowns".to_owned())]
    );
    let units = |what: &str| {
        page(&format!(
            "The {what} are old, and 38 new units will come by ship."
        ))
    };
    let other = page("The 36 gondolas will come by ship.");
    assert_eq!(
        told(&units("gondolas"), &other),
        [(ConflictKind::Value, "38 new units".to_owned())]
    );
    // Without a gondola in the sentence they are of something else.
    let lifts = units("lifts").replace("will come by ship", "have been painted");
    assert_eq!(told(&lifts, &other), []);
}

#[test]
fn what_two_words_say_is_one_thing() {
    let fleet = |count: &str| page(&format!("It has {count}."));
    let found = told(&fleet("34 ferries"), &fleet("31 vessels"));
    assert_eq!(found, [(ConflictKind::Value, "34 ferries".to_owned())]);
    assert_eq!(told(&fleet("34 ferries"), &fleet("31 walruses")), []);
}

#[test]
fn multiples_with_a_digit_behind_the_point_contradict() {
    let one = page("Net debt at Odderholm stood at 2.1 times EBITDA.");
    let other = page("Net debt at Odderholm stood at 2.6 times EBITDA.");
    assert_eq!(
        told(&one, &other),
        [(ConflictKind::Value, "2.1 times".to_owned())]
    );
    assert_eq!(
        told(
            &page("Traffic at Odderholm grew three times."),
            &page("Traffic at Odderholm grew four times.")
        ),
        []
    );
}

#[test]
fn a_change_told_right_at_its_figure_may_lack_the_time() {
    let one = page("The average fare rose 6% in 2025.");
    let told_of = |other: &str| told(&one, &page(other));
    let opposed = [(ConflictKind::Value, "6%".to_owned())];
    assert_eq!(told_of("Per seat the fare fell by 6% in 2025."), opposed);
    assert_eq!(told_of("The fare fell by about 6%, to general delight."), opposed);
    // Far from the figure a word for a change may be of something else; a day's change is another day's.
    assert_eq!(told_of("The fare fell, which nobody here had expected, 6%."), []);
    assert_eq!(
        told(&page("The fare rose 6%."), &page("On Monday the fare fell 6%.")),
        []
    );
}

#[test]
fn what_comes_each_year_is_of_no_one_time() {
    let one = page("By 2029 the new line should carry 1.4 million visitors a year.");
    let other = "The line opens in May 2026 and brings yearly traffic to 1.4 million visitors.";
    assert_eq!(told(&one, &page(other)), []);
    let once = page("In 2025 the old line carried 1.4 million visitors.");
    let other = page("In 2024 the old line carried 1.4 million visitors.");
    assert_eq!(
        told(&once, &other),
        [(ConflictKind::Period, "1.4 million visitors".to_owned())]
    );
}

#[test]
fn ages_and_bare_figures_contradict_nothing() {
    // A sentence that has lost its beginning does not say what its figure is.
    let sales = page("Ticket sales came to 48.3 million crowns.");
    let lost = page("to 43.6 million crowns, driven by ticket sales.");
    assert_eq!(told(&sales, &lost), []);
    let whole = lost.replace("to 43.6", "They came to 43.6");
    assert_eq!(told(&sales, &whole).len(), 1);
    let one = page("The manager is named as Ann Lund, 48, of Brask.");
    assert_eq!(
        told(&one, &page("The manager is named as Mila Orsk, 45, of Brask.")),
        []
    );
    let share = page("Occupancy of the cabins was 71 percent.");
    assert_eq!(told(&share, &page("And the rest? 68 percent.")), []);
    assert_eq!(
        told(&share, &page("Occupancy of the cabins was 68 percent.")),
        [(ConflictKind::Value, "71 percent".to_owned())]
    );
}

#[test]
fn articles_of_two_times_contradict_only_on_a_time_that_both_state() {
    let told = |one: &str, other: &str, day: &str| {
        let dated = |text: &str, day: &str| {
            let mut text = Text::new(&page(text));
            let raw = RawDocument {
                date: Some(day.to_owned()),
                ..text.document.raw().clone()
            };
            text.document = Document::new(raw);
            text
        };
        let (one, other) = (dated(one, "2026-03-02"), dated(other, day));
        let found = conflicts(one.facts(), other.facts());
        found.into_iter().map(|one| one.kind).collect::<Vec<_>>()
    };
    let bare = [
        "Occupancy of the cabins was 71 percent.",
        "Occupancy of the cabins was 68 percent.",
    ];
    assert_eq!(told(bare[0], bare[1], "2026-03-05"), [ConflictKind::Value]);
    assert_eq!(told(bare[0], bare[1], "2026-06-05"), []);
    let dated = [
        "Occupancy of the cabins was 71 percent in 2025.",
        "Occupancy of the cabins was 68 percent in 2025.",
    ];
    assert_eq!(told(dated[0], dated[1], "2026-06-05"), [ConflictKind::Value]);
    let again = "Occupancy of the cabins was 71 percent in 2026.";
    assert_eq!(told(dated[0], again, "2026-03-05"), [ConflictKind::Period]);
    assert_eq!(told(dated[0], again, "2027-03-05"), []);
}
