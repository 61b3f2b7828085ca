//! Where a match stands: its scope, quotations, code, addresses, and what must or must not be near.

use std::cell::OnceCell;
use std::ops::Range;

use super::definition::Definition;
use super::{Place, Scope, beside};
use crate::document::{Block, BlockKind, Document, Furniture, Span};

/// Quotations looked at before a position: they nest this deep at most.
const QUOTE_DEPTH: usize = 4;

/// Bytes looked back for the opening mark of a quotation that is not closed.
const QUOTE_REACH: usize = 1500;

/// Most bytes of a character: a range moves by less to lie between two.
const CHARACTER: usize = 4;

/// Bytes looked back and on for the borders of a web address.
const URL_REACH: usize = 400;

/// Head of a text: this share of its bytes, but at least [`HEAD_BYTES`].
const HEAD_SHARE: f64 = 0.10;
const HEAD_BYTES: usize = 600;
/// Tail of a text: this share of its bytes, but at least [`TAIL_BYTES`].
const TAIL_SHARE: f64 = 0.20;
const TAIL_BYTES: usize = 1500;

/// A text to search, with what the checks need.
pub(super) struct Haystack<'t> {
    pub(super) place: Place,
    pub(super) text: &'t str,
    pub(super) head_end: usize,
    pub(super) tail_start: usize,
    /// Whether this is the metadata lines, not the markup itself.
    pub(super) metadata: bool,
    /// Where readers' comments stand; looked for once, and only if a sign asks.
    comments: OnceCell<Range<usize>>,
}

impl<'t> Haystack<'t> {
    pub(super) fn new(place: Place, text: &'t str, metadata: bool) -> Self {
        let bytes = text.len();
        Self {
            place,
            text,
            head_end: HEAD_BYTES.max(share(bytes, HEAD_SHARE)),
            tail_start: bytes.saturating_sub(TAIL_BYTES.max(share(bytes, TAIL_SHARE))),
            metadata,
            comments: OnceCell::new(),
        }
    }

    /// Whether a position stands among readers' comments.
    pub(super) fn in_comments(&self, at: usize) -> bool {
        self.comments
            .get_or_init(|| beside::comments(self.text))
            .contains(&at)
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of a length below 16 MiB"
)]
fn share(bytes: usize, share: f64) -> usize {
    (bytes as f64 * share) as usize
}

pub(super) fn in_scope(document: &Document, hay: &Haystack<'_>, entry: &Definition, start: usize) -> bool {
    entry.scopes.iter().any(|scope| match (scope, hay.place) {
        (Scope::Any, Place::Text | Place::Title | Place::Byline)
        | (Scope::Title, Place::Title)
        | (Scope::Byline, Place::Byline)
        | (Scope::Url, Place::Url)
        | (Scope::Markup, Place::Markup) => true,
        (Scope::Head, Place::Text) => start < hay.head_end,
        (Scope::Tail, Place::Text) => start >= hay.tail_start,
        (Scope::Byline, Place::Text) => block_at(document.blocks(), start)
            .is_some_and(|block| block.kind == BlockKind::Furniture(Furniture::Byline)),
        _ => false,
    })
}

/// Whether anything that starts within a range can be in scope: spares the regexes of what would be dropped.
pub(super) fn may_be_in_scope(hay: &Haystack<'_>, entry: &Definition, (from, to): (usize, usize)) -> bool {
    entry.scopes.iter().any(|scope| match (scope, hay.place) {
        (Scope::Head, Place::Text) => from < hay.head_end.saturating_add(CHARACTER),
        (Scope::Tail, Place::Text) => to.saturating_add(CHARACTER) > hay.tail_start,
        (Scope::Any, Place::Text | Place::Title | Place::Byline)
        | (Scope::Byline, Place::Text | Place::Byline)
        | (Scope::Title, Place::Title)
        | (Scope::Url, Place::Url)
        | (Scope::Markup, Place::Markup) => true,
        _ => false,
    })
}

pub(super) fn block_at(blocks: &[Block], start: usize) -> Option<&Block> {
    let after = blocks.partition_point(|block| block.span.start as usize <= start);
    blocks
        .get(after.checked_sub(1)?)
        .filter(|block| (block.span.end as usize) > start)
}

pub(super) fn in_code(blocks: &[Block], start: usize) -> bool {
    block_at(blocks, start).is_some_and(|block| block.kind == BlockKind::Code)
}

/// A sign is quoted if a quotation covers it at least in part; a sign that holds a whole
/// quotation is not.
pub(super) fn is_quoted(quotes: &[Span], span: Span) -> bool {
    let after = quotes.partition_point(|quote| quote.start < span.end);
    quotes
        .get(after.saturating_sub(QUOTE_DEPTH)..after)
        .unwrap_or(&[])
        .iter()
        .any(|quote| quote.overlaps(span) && !span.contains(*quote))
}

/// Whether the sign's line has an odd number of quotation marks up to its end. A quotation whose
/// closing mark is missing is no quotation of the document's, but must not accuse anyone either.
pub(super) fn in_open_quote(text: &str, end: usize) -> bool {
    let from = text.floor_char_boundary(end.saturating_sub(QUOTE_REACH));
    let before = text.get(from..end).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    line.bytes().filter(|byte| *byte == b'"').count() % 2 == 1
}

pub(super) fn in_url(text: &str, start: usize, end: usize) -> bool {
    let from = text.floor_char_boundary(start.saturating_sub(URL_REACH));
    let begin = text
        .get(from..start)
        .and_then(|before| before.rfind(char::is_whitespace))
        .map_or(from, |at| from + at + 1);
    let begin = text.ceil_char_boundary(begin);
    text.get(begin..end)
        .is_some_and(|token| token.contains("://") || token.contains("www."))
}

pub(super) fn surroundings_hold(entry: &Definition, text: &str, start: usize, end: usize) -> bool {
    if entry.near.is_empty() && entry.excludes.is_empty() {
        return true;
    }
    let from = text.floor_char_boundary(start.saturating_sub(entry.within));
    let to = text.ceil_char_boundary(end + entry.within);
    let around = text.get(from..to).unwrap_or("").to_ascii_lowercase();
    let holds = |list: &[String]| list.iter().any(|word| around.contains(word.as_str()));
    (entry.near.is_empty() || holds(&entry.near)) && !holds(&entry.excludes)
}

pub(super) fn rank(place: Place) -> u8 {
    match place {
        Place::Text => 0,
        Place::Title => 1,
        Place::Byline => 2,
        Place::Url => 3,
        Place::Markup => 4,
    }
}
