use super::*;

fn files() -> Vec<(String, String)> {
    Catalogue::shipped_files()
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

#[test]
fn every_example_of_the_shipped_catalogue_holds() {
    let errors = Catalogue::check(&files());
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert!(
        errors.is_empty(),
        "{} errors:\n{}",
        errors.len(),
        lines.join("\n")
    );
}

#[test]
fn what_stands_beside_a_text_is_nobodys_declaration() {
    let catalogue = Catalogue::shipped().unwrap();
    let body = "The ferry was late again on Tuesday, and nobody at the quay could say why. It left at noon with half of the crew, and \
        came back at four with none of the letters that it was sent for.";
    let declares = |below: &str| {
        let document = crate::document::Document::new(crate::document::RawDocument {
            text: format!("{body}\n\n{below}"),
            ..Default::default()
        });
        let signs = catalogue.scan(&document);
        signs
            .iter()
            .any(|sign| sign.axis == Axis::Declared && !sign.quoted)
    };
    for claim in [
        "This article was written by ChatGPT",
        "An algorithm wrote this story",
        "You are reading an AI-generated article",
    ] {
        assert!(declares(&format!("{claim}.")), "{claim}");
        assert!(
            !declares(&format!("3 comments\n\nOdd: Nice.\n\nNela: {claim}.")),
            "{claim}"
        );
        assert!(
            !declares(&format!("Related articles\n\n{claim}\nHow we built a bridge")),
            "{claim}"
        );
    }
}
