use super::document;
use crate::document::{Case, Document, WordKind, word_hash};

fn sentences(document: &Document) -> Vec<String> {
    document
        .sentences()
        .iter()
        .map(|sentence| document.slice(sentence.span).to_owned())
        .collect()
}

fn words(document: &Document) -> Vec<&str> {
    document
        .words()
        .iter()
        .map(|word| document.slice(word.span))
        .collect()
}

#[test]
fn sentences_end_at_terminal_marks_not_at_abbreviations() {
    let document = document("Dr. Rowe of the U.S. Navy spoke at 5 p.m. on Monday. Nobody came! Why?");
    assert_eq!(
        sentences(&document),
        [
            "Dr. Rowe of the U.S. Navy spoke at 5 p.m. on Monday.",
            "Nobody came!",
            "Why?"
        ]
    );
    assert_eq!(document.sentences()[1].words, 12..14);
    assert_eq!(document.words()[13].sentence, 1);
}

#[test]
fn glued_sentences_are_parted() {
    let document = document(
        "Profits fell.Shares rose 3% (or 4%).The board met at example.com in the U.S.A Ltd offices.",
    );
    assert_eq!(
        sentences(&document)[..2],
        ["Profits fell.".to_owned(), "Shares rose 3% (or 4%).".to_owned()]
    );
    assert!(sentences(&document)[2].starts_with("The board met at example.com in the U.S."));
}

#[test]
fn words_carry_kind_case_and_hash() {
    let document = document("Don't pay $4.67 for state-of-the-art iPhones or Q2 NASA Éclairs, said I.");
    assert_eq!(
        words(&document),
        [
            "Don't", "pay", "4.67", "for", "state", "of", "the", "art", "iPhones", "or", "Q2", "NASA",
            "Éclairs", "said", "I"
        ]
    );
    let of = |text: &str| {
        *document
            .words()
            .iter()
            .find(|word| document.slice(word.span) == text)
            .unwrap()
    };
    assert_eq!(
        (of("Don't").kind, of("Don't").case, of("Don't").chars),
        (WordKind::Letters, Case::Title, 5)
    );
    assert_eq!(of("4.67").kind, WordKind::Number);
    assert_eq!(
        (of("Q2").kind, of("iPhones").case, of("NASA").case),
        (WordKind::Mixed, Case::Mixed, Case::Upper)
    );
    assert_eq!((of("I").case, of("Éclairs").case), (Case::Title, Case::Title));
    assert_eq!(document.lower(&of("Éclairs")), "éclairs");
    assert_eq!(of("NASA").hash, word_hash("nasa"));
    // The published test vector of FNV-1a.
    assert_eq!(word_hash("foobar"), 0x8594_4171_f739_67e8);
}

#[test]
fn words_and_sentences_point_at_each_other() {
    let document = document("One two. Three four five.\n\nSix “seven” eight. Nine.");
    for (index, sentence) in document.sentences().iter().enumerate() {
        for word in document.words_of(sentence) {
            assert_eq!(word.sentence as usize, index);
            assert!(sentence.span.contains(word.span));
        }
    }
    assert_eq!(
        document.sentences().iter().map(|s| s.words.len()).sum::<usize>(),
        9
    );
}
