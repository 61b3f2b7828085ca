//! Quoted speech.

use super::{Block, BlockKind, Span};

/// Longest quotation in bytes; a mark that would open a longer one is taken for a stray.
const LONGEST: usize = 2_000;
/// Longest quotation left open at the end of a paragraph, in bytes.
const LONGEST_OPEN: usize = 800;

/// Passages between double quotation marks in prose and lists, and whole quotation blocks, in order.
///
/// Newspapers leave a quotation open at the end of a paragraph and open it anew in the next: an open mark then reaches the
/// end of its line, but only if the next line opens one. Single marks are too easily apostrophes and are left alone.
pub(super) fn quotes(text: &str, blocks: &[Block]) -> Vec<Span> {
    let mut quotes = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Quotation => quotes.push(block.span),
            BlockKind::Code | BlockKind::Table => {}
            _ => {
                let next = blocks.get(at + 1).map_or("", |next| next.span.of(text));
                line_quotes(text, block.span, next.starts_with('"'), &mut quotes);
            }
        }
    }
    quotes
}

fn line_quotes(text: &str, span: Span, goes_on: bool, quotes: &mut Vec<Span>) {
    let line = span.of(text);
    let bytes = line.as_bytes();
    let start = span.start as usize;
    let mut open: Option<usize> = None;
    for (at, _) in line.match_indices('"') {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before)).copied();
        let after = bytes.get(at + 1).copied();
        let opens = after.is_some_and(|byte| !byte.is_ascii_whitespace())
            && before.is_none_or(|byte| {
                byte.is_ascii_whitespace() || b"([-*_'".contains(&byte) || !byte.is_ascii()
            });
        match open {
            // An inch mark, or the end of something quoted elsewhere.
            None if !opens => {}
            None => open = Some(at),
            Some(from) if at - from > LONGEST => open = opens.then_some(at),
            Some(from) => {
                quotes.push(Span::new(start + from, start + at + 1));
                open = None;
            }
        }
    }
    if let Some(from) = open.filter(|&from| goes_on && line.len() - from <= LONGEST_OPEN) {
        quotes.push(Span::new(start + from, start + line.len()));
    }
}
