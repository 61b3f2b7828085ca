//! What is body and what is not, on pages written for these tests.

use super::{BlockKind, Document, Format, Furniture, RawDocument};

fn document(text: &str) -> Document {
    Document::new(RawDocument {
        text: text.into(),
        ..RawDocument::default()
    })
}

fn kinds(text: &str) -> Vec<(BlockKind, String)> {
    let document = document(text);
    document
        .blocks()
        .iter()
        .map(|block| (block.kind, document.slice(block.span).to_owned()))
        .collect()
}

/// Kind of the one line that begins with `start`.
fn kind_of(text: &str, start: &str) -> BlockKind {
    kinds(text)
        .into_iter()
        .find(|(_, line)| line.starts_with(start))
        .map(|(kind, _)| kind)
        .unwrap()
}

/// A body long enough for a head and a tail.
const BODY: &str = "The ferry company raised its fares on Monday for the third time this year, and the islanders were not \
amused. The council had asked for a delay until autumn, when the school contracts are renewed.\n\nA spokeswoman said the \
new boat uses more fuel than the old one. She told readers of the local newsletter to sign up for the hearing in May, where \
the board will explain its sums.\n\n";

fn page(head: &str, tail: &str) -> String {
    format!(
        "{head}\n\n{}{}{}{tail}",
        BODY,
        BODY.replace("ferry", "bus"),
        BODY.replace("ferry", "tram")
    )
}

#[test]
fn page_furniture_is_told_from_the_body() {
    let text = page(
        "Harbour Ledger Newsletter\nDaily fares & tides headlines, free to your inbox\nBy Mara Quill\nMonday, May 4, 2026 9:12 am ET4min read\nHRBR--",
        "About the author\nMara Quill is a reporter covering ports and ferries for the Harbour Ledger.\n\nMay.04 2026\n\nAll rights reserved.\nComments\nNo comments yet",
    );
    let furniture = [
        ("Harbour Ledger", Furniture::Promotion),
        ("Daily fares", Furniture::Promotion),
        ("By Mara", Furniture::Byline),
        ("Monday, May", Furniture::Date),
        ("HRBR--", Furniture::Ticker),
        ("About the author", Furniture::Bio),
        ("Mara Quill is", Furniture::Bio),
        ("May.04", Furniture::Date),
        ("All rights", Furniture::Promotion),
        ("Comments", Furniture::Comments),
        ("No comments", Furniture::Comments),
    ];
    for (start, kind) in furniture {
        assert_eq!(kind_of(&text, start), BlockKind::Furniture(kind), "{start}");
    }
    assert_eq!(kind_of(&text, "The ferry"), BlockKind::Prose);
    assert_eq!(kind_of(&text, "A spokeswoman"), BlockKind::Prose);
}

#[test]
fn furniture_is_not_counted_in_style() {
    let plain = document(&page("", ""));
    let dressed = document(&page(
        "Daily headlines, free to your inbox\nSubscribe now",
        "Comments\nNo comments yet",
    ));
    assert_eq!(plain.words().len(), dressed.words().len());
    assert!(dressed.text().contains("Subscribe"));
}

#[test]
fn body_sentences_that_mention_furniture_stay() {
    for line in [
        "The company said it would sign up for our regional scheme only if the ministry paid for half of the berths and the fuel.",
        "Copyright law, the judge wrote, was never meant to cover the timetable of a ferry, and she dismissed the claim in full.",
        "Dr Ilves was a reporter before she turned to politics, and she still reads the proofs herself on most evenings of the week.",
    ] {
        let text = page("", "").replacen("A spokeswoman", &format!("{line}\n\nA spokeswoman"), 1);
        let start: String = line.chars().take(20).collect();
        assert_eq!(kind_of(&text, &start), BlockKind::Prose, "{line}");
    }
}

#[test]
fn references_run_to_the_end_of_their_list() {
    let text = page(
        "",
        "Sources:\n[1] Fares and fuel [https://example.org/fares]\n[2] Boats of the bay [https://example.org/boats]\n",
    );
    for start in ["Sources:", "[1]", "[2]"] {
        assert_eq!(kind_of(&text, start), BlockKind::Furniture(Furniture::References));
    }
}

#[test]
fn what_an_assistant_leaves_behind_is_no_code() {
    let text = format!(
        "{BODY}:contentReference[oaicite:2]{{index=2}}\n\n{BODY}display(ink) = {{ new Ink(); }};\n\n{BODY}"
    );
    assert_ne!(kind_of(&text, ":content"), BlockKind::Code);
    assert_eq!(kind_of(&text, "display"), BlockKind::Code);
}

#[test]
fn headings_lists_tables_code_and_quotations() {
    let text = format!(
        "# A Heading\n\n{BODY}Rising Costs and Falling Trust\n\n- one short item\n- another\n1. first\n2. second\n\n\
         | a | b |\n|---|---|\n\n```\nlet x = 1;\n```\n\n> She said so.\n\n{BODY}"
    );
    assert_eq!(kind_of(&text, "# A"), BlockKind::Heading);
    assert_eq!(kind_of(&text, "Rising"), BlockKind::Heading);
    assert_eq!(kind_of(&text, "- one"), BlockKind::List);
    assert_eq!(kind_of(&text, "2. second"), BlockKind::List);
    assert_eq!(kind_of(&text, "| a"), BlockKind::Table);
    assert_eq!(kind_of(&text, "let x"), BlockKind::Code);
    assert_eq!(kind_of(&text, "> She"), BlockKind::Quotation);
}

#[test]
fn verse_is_not_prose_and_wrapped_prose_is_not_verse() {
    let verse = "The boat is late\nAnd so am I\nThe gulls are loud\nNo one knows why\nThe tide goes out\nThe tide comes in\n";
    assert!(kinds(verse).iter().all(|(kind, _)| *kind == BlockKind::Verse));
    assert!(document(verse).prose_share() < 0.1);
    let wrapped = "The ferry company raised its fares on Monday for the third\ntime this year, and the islanders were not amused. The\n\
                   council had asked for a delay until autumn, when the school\ncontracts are renewed, a spokesman said on Tuesday\nevening.\n";
    assert!(kinds(wrapped).iter().all(|(kind, _)| *kind == BlockKind::Prose));
    assert_eq!(document(wrapped).sentences().len(), 2);
}

#[test]
fn front_matter_is_furniture_only_in_markdown() {
    let text = format!("---\ntitle: Fares\nauthor: Mara\n---\n\n{BODY}");
    let markdown = Document::new(RawDocument {
        text,
        format: Format::Markdown,
        ..RawDocument::default()
    });
    assert_eq!(markdown.blocks()[1].kind, BlockKind::Furniture(Furniture::Byline));
    assert_eq!(markdown.slice(markdown.words()[0].span), "The");
}

#[test]
fn marks_addresses_and_credits_are_no_words() {
    let text = "The **new** boat [1] is at https://example.org/boat today; write to a@example.org or see [the page](https://example.org/x). It sails. (Reporting by Lee Aune; Editing by Sam Toller)";
    let document = document(text);
    let words: Vec<&str> = document
        .words()
        .iter()
        .map(|word| document.slice(word.span))
        .collect();
    assert_eq!(
        words.join(" "),
        "The new boat is at today write to or see the page It sails"
    );
}

#[test]
fn quoted_words_are_marked_and_a_stray_mark_swallows_nothing() {
    let quoted = |text: &str| {
        let document = document(text);
        document
            .words()
            .iter()
            .filter(|word| word.quoted)
            .map(|word| document.slice(word.span).to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        quoted("“We won’t wait,” said Mara. “Not again.”"),
        "We won't wait Not again"
    );
    assert_eq!(
        quoted("The board is 6\" wide and the other is 8\" wide, she said."),
        ""
    );
    assert_eq!(quoted("\"It was late and nobody came"), "");
    assert_eq!(
        quoted("\"It was late and nobody came.\n\"So we left,\" he said."),
        "It was late and nobody came So we left"
    );
}

#[test]
fn languages_are_told() {
    let cases = [
        (
            "en",
            "The council had asked for a delay until autumn, when the school contracts are renewed by the board.",
        ),
        (
            "de",
            "Die Fähre kommt heute später, weil der Wind aus Westen weht und der Kapitän im Hafen auf die Post wartet.",
        ),
        (
            "fr",
            "Le bateau est en retard ce matin parce que le vent souffle très fort et que personne ne veut partir avant midi.",
        ),
        (
            "es",
            "El barco llega tarde porque el viento sopla con fuerza y nadie quiere salir del puerto antes de la tarde.",
        ),
        ("und", "Ok!"),
    ];
    for (code, text) in cases {
        assert_eq!(document(text).language().code, code, "{text}");
    }
}

#[test]
fn hostile_texts_cost_linear_time() {
    for piece in [
        "(", "\n", "\"", "a ", "- a\n", "[1] ", "> ", "```\n", "By A\n", "| ",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let start = std::time::Instant::now();
        let document = document(&text);
        assert!(
            start.elapsed().as_secs_f64() < 3.0,
            "{piece:?}: {:?}",
            start.elapsed()
        );
        assert!(document.prose_share() <= 1.0);
    }
}
