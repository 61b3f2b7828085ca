//! Any text at all: no panic, and spans that hold.

use proptest::prelude::*;

use super::*;

/// Pieces that figures are made of, in any order.
const PIECES: &[&str] = &[
    "5",
    "33.4",
    "1,000",
    "2025",
    "$",
    "€",
    "¥",
    "RMB",
    "US$",
    " ",
    " ",
    " ",
    "-",
    "–",
    "—",
    "%",
    " percent",
    "billion",
    "bn",
    "m",
    " to ",
    "from ",
    "between ",
    " and ",
    "(",
    ")",
    "[",
    "]",
    ",",
    ".",
    "\n",
    "\n\n",
    "three",
    "hundred",
    "a ",
    "half ",
    "-year",
    "twice",
    "third",
    "quarter",
    "dozens of ",
    "people",
    "Orne",
    "'s",
    "Q1 ",
    "May ",
    "/",
    ":",
    "½",
    "é",
    "\u{200b}",
    "respectively",
    "respectively",
    "th",
    "x",
    "k",
    " or ",
    "one in ",
    "million",
    " marks",
    "per cent",
    "basis points",
];

proptest! {
    #[test]
    fn gives_spans_inside_and_never_panics(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn any_characters(text in "\\PC{0,200}") {
        check(&text)?;
    }
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let found = found(text);
    for figure in &found {
        prop_assert!(
            text.get(figure.span.range())
                .is_some_and(|part| part == figure.surface && !part.is_empty())
        );
        prop_assert!(text.get(figure.sentence.range()).is_some());
        prop_assert!(figure.sentence.contains(figure.span));
        prop_assert!(figure.low <= figure.high && figure.low.is_finite() && figure.margin >= 0.0);
        prop_assert!(figure.precision > 0);
    }
    prop_assert!(found.windows(2).all(|two| two[0].span.end <= two[1].span.start));
    Ok(())
}
