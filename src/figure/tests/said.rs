//! Periods, subjects, names, directions, pairs, precision.

use super::super::Figure;
use super::{found, told};

/// A document's figure at a surface.
fn at<'f>(found: &'f [Figure], surface: &str) -> &'f Figure {
    found.iter().find(|figure| figure.surface == surface).unwrap()
}

#[test]
fn brackets_and_lists_belong_to_their_names() {
    let found = found(
        "Its market share of 4% may lag behind Orne (30-32%) and Vell (23%). Tarn and Mosk grew by 17.5% and 26% respectively. \
         Orsk, Pell and Quay hold 31%, 22% and 11% of it.",
    );
    let entity = |surface: &str| at(&found, surface).entity.as_deref();
    assert_eq!(entity("30-32%"), Some("Orne"));
    assert_eq!(entity("23%"), Some("Vell"));
    assert_eq!(entity("17.5%"), Some("Tarn"));
    assert_eq!(entity("26%"), Some("Mosk"));
    assert_eq!(entity("31%"), Some("Orsk"));
    assert_eq!(entity("22%"), Some("Pell"));
    assert_eq!(entity("11%"), Some("Quay"));
    assert_eq!(at(&found, "23%").subject.as_deref(), Some("market share"));
}

#[test]
fn labelled_lines_are_entries_of_their_own() {
    let text = "What the mill reported for the spring:\n\nSales: $6.28 million, against $5.21 million a year before\nNet profit: $1.74 million\nStock: 74 days of sales at the end of March\n\nIt was a good spring.";
    let found = found(text);
    let sentence = |surface: &str| at(&found, surface).sentence.of(text);
    assert_eq!(sentence("$1.74 million"), "Net profit: $1.74 million");
    assert_eq!(at(&found, "$1.74 million").subject.as_deref(), Some("net profit"));
    assert_eq!(
        sentence("$5.21 million"),
        "Sales: $6.28 million, against $5.21 million a year before"
    );
}

#[test]
fn periods_have_one_form() {
    for (text, period) in [
        ("Sales rose 5% in Q1 2026.", "2026-Q1"),
        ("Sales rose 5% in the first quarter of 2026.", "2026-Q1"),
        ("Sales rose 5% in the June quarter.", "Q2"),
        ("Sales rose 5% in the October-December quarter.", "Q4"),
        ("Sales rose 5% in the January-March period of 2026.", "2026-Q1"),
        ("Sales rose 5% in the first six months of 2025.", "2025-H1"),
        ("Sales rose 5% in the six months to June 2025.", "2025-H1"),
        (
            "Sales rose 5% in the year that ended in June 2025.",
            "year-to-2025-06",
        ),
        ("Orders of 2024 were up 5% on 2023.", "2024"),
        (
            "Sales rose 5% in the twelve months to June 2025.",
            "year-to-2025-06",
        ),
        ("In 2024 sales were 5% more than in 2023.", "2024"),
        ("Sales rose 5% in the final quarter of 2025.", "2025-Q4"),
        ("Sales rose 5% in the opening quarter of 2026.", "2026-Q1"),
        ("Sales rose 5% in the last quarter.", "last-quarter"),
        ("Sales rose 5% in FY25.", "FY2025"),
        ("Sales rose 5% in fiscal year 2025.", "FY2025"),
        ("Sales rose 5% in Q3 FY2026.", "FY2026-Q3"),
        ("Sales rose 5% in the second half of 2025.", "2025-H2"),
        ("Sales rose 5% in the second half of last year, 2025.", "2025-H2"),
        ("Sales rose 5% in the third quarter of last year.", "Q3"),
        ("Sales rose 5% between July and December 2025.", "2025-H2"),
        ("Sales rose 5% from October to December 2025.", "2025-Q4"),
        ("Sales rose 5% in August 2025.", "2025-08"),
        ("Sales rose 5% on Aug. 29, 2025.", "2025-08"),
        ("Sales rose 5% in August.", "--08"),
        ("SALES ROSE 5% IN MAY.", "--05"),
        ("Sales rose 5% in the past year.", "past-1-year"),
        ("Sales rose 5% over the last five years.", "past-5-year"),
        ("Sales rose 5% last year.", "last-year"),
        ("Sales rose 5% in 2025.", "2025"),
        ("Sales rose 5% in 2Q25.", "2025-Q2"),
        ("Sales rose 5% in the quarter ended June 30, 2025.", "2025-Q2"),
        ("Sales rose 5% between then and 2025-2031.", "2025-2031"),
    ] {
        assert_eq!(at(&found(text), "5%").period.as_deref(), Some(period), "{text}");
    }
    let verb = found("ONE THING THAT MAY CHANGE IT: a hall for $148 million.");
    assert!(verb.iter().all(|figure| figure.period.is_none()));
    let far = format!(
        "The licence ends in 2029, and then {} the plant costs 48 million euros.",
        "fog, ".repeat(30)
    );
    assert_eq!(at(&found(&far), "48 million euros").period, None);
    let based = found("Some 46,000 tonnes passed through, 8% up on 2024.");
    assert!(based.iter().all(|figure| figure.period.is_none()));
    let two = found("Investment rose to 12.53 billion dollars from 6.19 billion dollars in 1985.");
    assert_eq!(two[0].period, None);
    assert_eq!(two[1].period.as_deref(), Some("1985"));
}

#[test]
fn subjects_and_directions() {
    use crate::figure::Direction::{Down, Up};
    for (text, surface, subject, direction) in [
        (
            "Orne saw a 26% year-over-year revenue increase.",
            "26%",
            "revenue",
            Some(Up),
        ),
        (
            "A 76% free cash flow decline hurt.",
            "76%",
            "free cash flow",
            Some(Down),
        ),
        ("It has a 15% operating margin.", "15%", "operating margin", None),
        ("Sales fell by 3 percent.", "3 percent", "sales", Some(Down)),
        (
            "It serves 5 million developers.",
            "5 million developers",
            "developer",
            None,
        ),
        (
            "It reported a 26% increase in adjusted earnings.",
            "26%",
            "adjusted earnings",
            Some(Up),
        ),
        ("Passenger numbers rose 21%.", "21%", "passenger number", Some(Up)),
        ("The town has a load factor of 83%.", "83%", "load factor", None),
        ("Of all parcels, 31% went by rail.", "31%", "parcel", None),
        ("Trains carried 34% of all parcels.", "34%", "parcel", None),
        (
            "The list price has been set at 7,450 crowns.",
            "7,450 crowns",
            "price",
            None,
        ),
    ] {
        let found = found(text);
        let figure = at(&found, surface);
        assert_eq!(
            (figure.subject.as_deref(), figure.direction),
            (Some(subject), direction),
            "{text}"
        );
    }
}

#[test]
fn conversions_are_paired_both_ways() {
    for text in [
        "It earned 33.4 billion yuan ($4.67 billion).",
        "It earned 33.4 billion yuan, or about $4.67 billion.",
        "It earned RMB33.4 billion (US$4.67bn) then.",
    ] {
        let found = found(text);
        let [one, other] = found.as_slice() else {
            panic!("{text}")
        };
        assert_eq!(
            one.paired_with
                .as_ref()
                .map(|pair| (pair.low, pair.unit.as_str())),
            Some((4.67e9, "USD")),
            "{text}"
        );
        assert_eq!(
            other.paired_with.as_ref().map(|pair| pair.unit.as_str()),
            Some("CNY"),
            "{text}"
        );
    }
    assert!(
        found("It has $5 (and €4 more).")
            .iter()
            .all(|figure| figure.paired_with.is_none())
    );
}

#[test]
fn precision_and_hedges() {
    let found =
        found("About $4.7 billion, exactly 26%, some 54,000 homes and 20-plus dogs; it paid 94 cents.");
    let of = |surface: &str| {
        let figure = at(&found, surface);
        (figure.precision, figure.margin, figure.approximate)
    };
    assert_eq!(of("$4.7 billion"), (2, 5e7, true));
    assert_eq!(of("26%"), (2, 0.5, false));
    assert_eq!(of("54,000 homes"), (2, 500.0, true));
    assert!(of("20-plus dogs").2);
    assert_eq!(of("94 cents"), (2, 0.005, false));
}

#[test]
fn furniture_states_nothing() {
    let text = "Tarnwell Grid raised its forecast for the valley on Monday, and its shares rose 5% in early trading on the exchange.\n\n\
                Source:\n[1] Orne earns $5 million https://example.org/5\n[2] Vell has 33% https://example.org/6\n\n\
                Dec.25 2025\n\nDec.24 2025\n\nDec.24 2025\nComments\n12 comments\nNo comments yet";
    assert_eq!(told(text), ["percent 5 %"]);
}

#[test]
fn spans_are_of_the_text_as_it_was_read() {
    let text = "\u{feff}The\u{200b} share is 30\u{2013}32\u{a0}% and \u{ffe5}93bn in \u{201c}Osaka\u{201d}\u{2026} about \u{20ac}5\u{202f}million.";
    let found = found(text);
    let surfaces: Vec<&str> = found.iter().map(|figure| figure.span.of(text)).collect();
    assert_eq!(
        surfaces,
        ["30\u{2013}32\u{a0}%", "\u{ffe5}93bn", "\u{20ac}5\u{202f}million"]
    );
    assert!(found.iter().all(|figure| figure.surface == figure.span.of(text)));
}
