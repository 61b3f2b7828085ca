//! The stages of the constructor, in order.

use super::segment::Flow;
use super::{Block, BlockKind, Document, Language, Normalised, RawDocument, Span};

/// Normalise, tell furniture from body, segment, find quotations and language.
pub(super) fn build(raw: RawDocument) -> Document {
    let normal = Normalised::new(&raw.text);
    let text = normal.text();
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let from = at + (line.len() - line.trim_start().len());
        let span = Span::new(from, at + line.trim_end().len());
        at += line.len();
        if !span.is_empty() {
            blocks.push(Block {
                span,
                kind: BlockKind::Prose,
            });
        }
    }
    let mut flow = Flow::default();
    for (index, block) in blocks.iter().enumerate() {
        flow.push(text, block.span, u32::try_from(index).unwrap_or(u32::MAX), &[]);
    }
    let stream = flow.split("en");
    Document {
        blocks,
        sentences: stream.sentences,
        words: stream.words,
        lower: stream.lower,
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
