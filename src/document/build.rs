//! The stages of the constructor, in order.

use super::segment::Flow;
use super::{
    Block, BlockKind, Document, Normalised, RawDocument, Span, Word, blocks, inline, language, quotes,
};

/// Normalise, tell furniture from body, segment, find quotations and language.
pub(super) fn build(raw: RawDocument) -> Document {
    let normal = Normalised::new(&raw.text);
    let text = normal.text();
    let blocks = blocks::blocks(text, raw.format);
    let mut flow = Flow::default();
    for (block, index) in blocks.iter().zip(0..) {
        if block.kind == BlockKind::Prose {
            flow.push(text, block.span, index, &inline::blanks(text, block.span));
        }
    }
    let mut stream = flow.split("en");
    let quotes = quotes::quotes(text, &blocks);
    mark_quoted(&mut stream.words, &quotes);
    let language = language::language(&stream.words, &stream.lower, text);
    Document {
        prose_share: prose_share(&blocks),
        blocks,
        sentences: stream.sentences,
        words: stream.words,
        lower: stream.lower,
        quotes,
        language,
        normal,
        raw,
    }
}

/// Marks the words inside quotations; both lists are in order.
fn mark_quoted(words: &mut [Word], quotes: &[Span]) {
    let mut rest = quotes.iter().peekable();
    for word in words {
        while rest.next_if(|quote| quote.end <= word.span.start).is_some() {}
        word.quoted = rest.peek().is_some_and(|quote| quote.contains(word.span));
    }
}

/// Share of prose among what is not furniture, by bytes.
fn prose_share(blocks: &[Block]) -> f64 {
    let bytes = |wanted: &dyn Fn(BlockKind) -> bool| {
        blocks
            .iter()
            .filter(|block| wanted(block.kind))
            .map(|block| block.span.len())
            .sum::<usize>() as f64
    };
    let body = bytes(&|kind| !matches!(kind, BlockKind::Furniture(_) | BlockKind::Heading));
    if body > 0.0 {
        bytes(&|kind| kind == BlockKind::Prose) / body
    } else {
        0.0
    }
}
