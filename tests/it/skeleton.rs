//! The thinnest path: a text goes through every stage.

use byline::{Detector, Document, RawDocument};

#[test]
fn a_text_goes_through_every_stage() {
    let detector = Detector::shipped().unwrap();
    let raw = RawDocument {
        id: "a".into(),
        text: "One sentence here. And another one.".into(),
        ..RawDocument::default()
    };
    let verdict = detector.examine(&Document::new(raw));
    assert_eq!(verdict.id, "a");
    assert_eq!(verdict.words, 6);
}
