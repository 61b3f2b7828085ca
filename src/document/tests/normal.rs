use proptest::prelude::*;

use crate::document::{Normalised, Span};

fn normal(text: &str) -> String {
    Normalised::new(text).text().to_owned()
}

/// Where the first occurrence of `part` in the normalised text came from.
fn origin<'a>(original: &'a str, part: &str) -> &'a str {
    let normalised = Normalised::new(original);
    let at = normalised.text().find(part).unwrap();
    normalised
        .to_original(Span::new(at, at + part.len()))
        .of(original)
}

#[test]
fn ascii_stays_as_it_is() {
    let text = "Plain (text), with 'marks' and \"more\"; 3 < 4 - 1.\n\tTab -- no: a rule\n-----\n";
    let normalised = Normalised::new("plain\ttext\n");
    assert_eq!(normalised.text(), "plain\ttext\n");
    assert_eq!(normalised.changes(), &crate::document::Changes::default());
    assert_eq!(normal(text), text.replace(" -- ", " — "));
}

#[test]
fn quotes_become_straight_and_are_counted() {
    let normalised = Normalised::new("“It’s ‘fine’,” she said. 'No.'");
    assert_eq!(normalised.text(), "\"It's 'fine',\" she said. 'No.'");
    assert_eq!(normalised.changes().curly_quotes, 5);
    assert_eq!(normalised.changes().straight_quotes, 2);
    assert_eq!(normal("``We are fine,'' he said."), "\"We are fine,\" he said.");
    assert_eq!(normal("```\ncode\n```"), "```\ncode\n```");
    assert_eq!(normal("the dogs' and the cats'"), "the dogs' and the cats'");
}

#[test]
fn dashes_become_one_form() {
    assert_eq!(normal("a – b"), "a — b");
    assert_eq!(normal("word–word―word"), "word—word—word");
    assert_eq!(normal("2010–2012, −5%, 3 − 2"), "2010-2012, -5%, 3 — 2");
    assert_eq!(normal("state‑of‑the‑art"), "state-of-the-art");
    assert_eq!(
        normal("he said--and left -- quickly"),
        "he said—and left — quickly"
    );
    assert_eq!(
        normal("XYZQ-- rose; cmd --flag; ----"),
        "XYZQ-- rose; cmd --flag; ----"
    );
    assert_eq!(Normalised::new("a – b — c").changes().dashes, 2);
    assert_eq!(Normalised::new("so--what").changes().typed_dashes, 1);
}

#[test]
fn spaces_and_line_breaks_become_plain() {
    let normalised = Normalised::new("a\u{A0}b\u{202F}c\r\nd\re\u{2028}f");
    assert_eq!(normalised.text(), "a b c\nd\ne\nf");
    assert_eq!(normalised.changes().special_spaces, 2);
    assert_eq!(normalised.changes().control, 0);
    assert_eq!(
        Normalised::new("  in.  Two   runs  \n").changes().double_spaces,
        2
    );
}

#[test]
fn invisible_characters_go_and_are_counted() {
    let normalised = Normalised::new("\u{FEFF}sec\u{200B}ret wo\u{AD}rd end\u{200E} x");
    assert_eq!(normalised.text(), "secret word end x");
    assert_eq!(normalised.changes().invisible, 3);
    assert_eq!(normalised.changes().invisible_in_word, 1);
    assert_eq!(origin("se\u{200B}cret word", "secret"), "se\u{200B}cret");
    assert_eq!(origin("se\u{200B}cret word", "word"), "word");
}

#[test]
fn joiners_stay_where_they_are_needed() {
    for text in ["می‌خواهم", "👩‍👩‍👧 ❤️", "क्‍ष"] {
        let normalised = Normalised::new(text);
        assert_eq!(normalised.text(), text);
        assert_eq!(normalised.changes().invisible, 0, "{text}");
    }
}

#[test]
fn control_characters_go_but_citation_wrappers_stay() {
    let normalised = Normalised::new("a\u{0}b\u{E200}cite\u{E202}turn0\u{E201} \u{F8FF}\u{FFFD}c");
    assert_eq!(normalised.text(), "ab\u{E200}cite\u{E202}turn0\u{E201} c");
    assert_eq!(normalised.changes().control, 6);
}

#[test]
fn imitations_become_latin_inside_latin_words_only() {
    let normalised = Normalised::new("The pаymеnt is due.");
    assert_eq!(normalised.text(), "The payment is due.");
    assert_eq!(normalised.changes().confusable, 2);
    assert_eq!(origin("The pаymеnt is due.", "payment"), "pаymеnt");
    for honest in [
        "Он сказал, что это нос и рот.",
        "η αγορά και το Ολο",
        "5 μm and νe",
        "сор",
    ] {
        assert_eq!(Normalised::new(honest).changes().confusable, 0, "{honest}");
        assert_eq!(normal(honest), honest);
    }
    // Where words are mixed and nothing is really Cyrillic, a lone imitation is one too.
    assert_eq!(normal("а pаyment"), "a payment");
    assert_eq!(normal("а pаyment — Привет"), "а payment — Привет");
}

#[test]
fn compatibility_forms_are_resolved_but_for_harmful_ones() {
    let normalised = Normalised::new("ﬁne ｗｉｄｅ 𝐛𝐨𝐥𝐝");
    assert_eq!(normalised.text(), "fine wide bold");
    assert_eq!(normalised.changes().compatibility, 9);
    assert_eq!(normal("10² km, 5½, Acme™, ´s"), "10² km, 5½, Acme™, 's");
    assert_eq!(origin("wait… now", "..."), "…");
    assert_eq!(origin("wait… now", "now"), "now");
}

#[test]
fn combining_marks_join_their_letter() {
    assert_eq!(normal("cafe\u{301}s"), "cafés");
    assert_eq!(origin("cafe\u{301}s", "é"), "e\u{301}");
    assert_eq!(origin("cafe\u{301}s", "s"), "s");
    assert_eq!(normal("\u{1112}\u{1161}\u{11AB}"), "한");
    assert_eq!(normal("ｶﾞ"), "ガ");
    assert_eq!(normal("\u{301}"), "\u{301}");
    assert_eq!(Normalised::new("cafe\u{301}").changes().compatibility, 0);
}

#[test]
fn a_text_of_nothing_visible_maps_to_all_of_it() {
    let normalised = Normalised::new("\u{200B}\u{200B}");
    assert_eq!(normalised.text(), "");
    assert_eq!(normalised.to_original(Span::new(0, 0)), Span::new(0, 6));
}

/// Strings in which everything that the normaliser looks at is likely.
fn odd_text() -> impl Strategy<Value = String> {
    let odd = proptest::sample::select(vec![
        "a", "e", "B", " ", "  ", "\n", "\r\n", "\r", "--", "''", "``", "\"", "–", "—", "…", "“", "’",
        "\u{301}", "\u{327}", "\u{200B}", "\u{200D}", "\u{FE0F}", "а", "е", "р", "ж", "ν", "ﬁ", "½", "ﷺ",
        "😀", "\u{1161}", "\u{1100}", "ﾞ", "ｶ", "5", "-", "−", "\u{0}", "\u{E200}", "\u{FEFF}", "한", "é",
    ]);
    prop_oneof![
        proptest::collection::vec(odd, 0..40).prop_map(|parts| parts.concat()),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn spans_map_to_ordered_ranges_on_borders(text in odd_text(), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
        let normalised = Normalised::new(&text);
        let borders: Vec<usize> = (0..=normalised.text().len()).filter(|i| normalised.text().is_char_boundary(*i)).collect();
        let (a, b) = (*a.get(&borders), *b.get(&borders));
        let span = Span::new(a.min(b), a.max(b));
        let original = normalised.to_original(span);
        prop_assert!(original.end as usize <= text.len());
        prop_assert!(text.get(original.range()).is_some());
        prop_assert!(span.is_empty() || !original.is_empty());
        // Every character of the span lies inside, in order.
        let mut last = 0;
        for pair in borders.windows(2) {
            let one = normalised.to_original(Span::new(pair[0], pair[1]));
            if borders.len() > 2 {
                prop_assert!(one.start >= last, "{} < {}", one.start, last);
                last = one.start;
            }
            if span.contains(Span::new(pair[0], pair[1])) {
                prop_assert!(original.contains(one));
            }
        }
    }

    #[test]
    fn the_whole_maps_to_the_whole(text in odd_text()) {
        let normalised = Normalised::new(&text);
        let whole = Span::new(0, normalised.text().len());
        prop_assert_eq!(normalised.to_original(whole), Span::new(0, text.len()));
    }

    #[test]
    fn unchanged_characters_map_exactly(text in odd_text()) {
        let normalised = Normalised::new(&text);
        let count = normalised.text().chars().count();
        for (at, c) in normalised.text().char_indices() {
            // A lone character is the whole text, which maps to the whole.
            if count > 1 && c.is_ascii_alphabetic() {
                let original = normalised.to_original(Span::new(at, at + 1)).of(&text);
                if original.starts_with(c) {
                    prop_assert_eq!(original, c.to_string());
                }
            }
        }
    }

    #[test]
    fn nothing_is_left_that_should_have_gone(text in odd_text()) {
        let left = normal(&text);
        for c in left.chars() {
            prop_assert!(!"‘’“”–−…\r\u{A0}\u{202F}\u{200B}\u{FEFF}\u{0}ﬁ".contains(c), "{:?} in {:?}", c, left);
        }
    }
}

#[test]
fn no_character_grows_without_measure() {
    assert_eq!(
        Normalised::new("a \u{fb03} \u{3300}").text(),
        "a ffi \u{30a2}\u{30d1}\u{30fc}\u{30c8}"
    );
    let phrase = "\u{fdfa}\u{fdfb}".repeat(10);
    assert_eq!(Normalised::new(&phrase).text(), phrase);
    let all: String = ('\u{80}'..=char::MAX)
        .filter(|c| Normalised::new(&c.to_string()).text().len() > 4 * c.len_utf8())
        .collect();
    assert_eq!(all, "");
}
