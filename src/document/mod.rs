//! `RawDocument` -> `Document`: the text as the rest of byline sees it.
//!
//! [`Document::new`] is the only constructor. It normalises the text (keeping an
//! exact map back to the bytes as they were read and a count of what was changed),
//! tells site furniture from the body, and splits the body's prose into sentences
//! and words. Nothing after it looks at raw text again.
//!
//! The *style stream* is the body's prose: sentences and words of
//! [`BlockKind::Prose`] blocks only, segmented as one flow, so that paragraph and
//! line layout cannot reach a measure that does not ask for it.

#[cfg(test)]
mod block_tests;
mod blocks;
mod build;
mod characters;
mod confusables;
mod furniture;
mod hash;
mod hints;
mod inline;
mod language;
mod make;
mod map;
mod normal;
mod pattern;
mod quotes;
mod raw;
mod recase;
mod segment;
mod span;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use hash::HashedMap;
pub(crate) use hash::ascii_lower_hash;
pub use hash::word_hash;
pub use normal::Normalised;
pub(crate) use pattern::{Matcher, Pattern, PatternError, Reading};
pub use raw::{Format, RawDocument};
pub use span::Span;

/// Largest text of one document, in bytes (readers refuse more): 16 MiB.
pub const MAX_TEXT_BYTES: usize = 16 << 20;

/// What kind of thing a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Running prose of the body: the only kind that style is measured on.
    Prose,
    /// A heading inside the body, or the headline.
    Heading,
    /// A list item or list.
    List,
    /// A table, or lines that are mostly numbers.
    Table,
    /// Program code.
    Code,
    /// A passage set off as quoted (`>` in Markdown, `<blockquote>`).
    Quotation,
    /// Verse: short unpunctuated lines.
    Verse,
    /// Something of the site, not of the text.
    Furniture(Furniture),
}

/// Kinds of site furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Furniture {
    /// Newsletter, subscription and sharing lines, player widgets, page chrome.
    Promotion,
    /// A stock ticker line.
    Ticker,
    /// A bare date, as in a list of related articles.
    Date,
    /// The comment section.
    Comments,
    /// An author's biography.
    Bio,
    /// A byline or credit line.
    Byline,
    /// A list of references or sources.
    References,
    /// A machine summary or key points box above the body.
    Summary,
}

/// A run of lines of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Range in the normalised text.
    pub span: Span,
    /// Its kind.
    pub kind: BlockKind,
}

/// A sentence of the style stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Range in the normalised text (it may run over a block border where layout split a sentence).
    pub span: Span,
    /// Its words: a range of indices into [`Document::words`].
    pub words: std::ops::Range<u32>,
    /// Index of the block it starts in.
    pub block: u32,
}

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordKind {
    /// Letters only (an inner apostrophe or hyphen included).
    Letters,
    /// A number: digits with separators.
    Number,
    /// Letters and digits.
    Mixed,
}

/// How a word is capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// No upper-case letter.
    Lower,
    /// First letter upper case, the rest lower case.
    Title,
    /// Two or more letters, all upper case.
    Upper,
    /// Anything else ("iPhone").
    Mixed,
}

/// A word of the style stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Range in the normalised text.
    pub span: Span,
    /// Range of its lower-case form in the document's lower-case buffer; see [`Document::lower`].
    pub lower: Span,
    /// Fixed 64-bit FNV-1a hash of the lower-case form.
    pub hash: u64,
    /// Index of its sentence.
    pub sentence: u32,
    /// What it is made of.
    pub kind: WordKind,
    /// How it is capitalised.
    pub case: Case,
    /// Length in characters.
    pub chars: u16,
    /// Whether it stands inside quoted speech.
    pub quoted: bool,
}

/// What normalisation changed: a measurement of its own (signs of tampering).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Zero-width and other invisible characters dropped.
    pub invisible: u32,
    /// Of those, the ones inside a word.
    pub invisible_in_word: u32,
    /// Letters replaced because they imitate Latin ones inside Latin words.
    pub confusable: u32,
    /// Curly quotes and apostrophes made straight.
    pub curly_quotes: u32,
    /// Straight quotes and apostrophes that stood in the text as read.
    pub straight_quotes: u32,
    /// Dashes (en, em and their like) mapped to one form.
    pub dashes: u32,
    /// Typed `--` between words made a dash.
    pub typed_dashes: u32,
    /// Special spaces (no-break, thin, hair, narrow no-break) made plain.
    pub special_spaces: u32,
    /// Other compatibility forms changed by NFKC (full-width, mathematical letters, ligatures).
    pub compatibility: u32,
    /// Runs of two or more spaces inside a line.
    pub double_spaces: u32,
    /// Control and private-use characters and replacement marks dropped.
    pub control: u32,
    /// Words of a text written in capitals throughout that were made small.
    pub shouted: u32,
    /// Words whose case was put right in a text with capitals at random.
    pub odd_case: u32,
}

/// Language of the prose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Language {
    /// ISO 639-1 code where there is one, else ISO 639-3; `"und"` when it could not be told.
    pub code: &'static str,
    /// Confidence, 0 to 1.
    pub confidence: f64,
}

/// A document ready to be examined. See the [module](self) for what it holds.
#[derive(Debug, Clone)]
pub struct Document {
    raw: RawDocument,
    normal: Normalised,
    blocks: Vec<Block>,
    sentences: Vec<Sentence>,
    words: Vec<Word>,
    lower: String,
    quotes: Vec<Span>,
    language: Language,
    prose_share: f64,
}

impl Document {
    /// Builds the document. Cannot fail: any text gives a document, if perhaps one without prose.
    #[must_use]
    pub fn new(raw: RawDocument) -> Self {
        build::build(raw)
    }

    /// What the reader handed over.
    #[must_use]
    pub fn raw(&self) -> &RawDocument {
        &self.raw
    }

    /// The normalised text: NFKC, straight quotes, one form of dash, no invisible characters.
    /// Line breaks are kept (as `\n`).
    #[must_use]
    pub fn text(&self) -> &str {
        self.normal.text()
    }

    /// Maps a span of the normalised text to the text as it was read, exactly:
    /// the smallest range there that the normalised characters came from.
    #[must_use]
    pub fn to_original(&self, span: Span) -> Span {
        self.normal.to_original(span)
    }

    /// What normalisation changed.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        self.normal.changes()
    }

    /// All blocks in order; they do not overlap.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Sentences of the style stream.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Words of the style stream.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Words of one sentence.
    #[must_use]
    pub fn words_of(&self, sentence: &Sentence) -> &[Word] {
        self.words
            .get(sentence.words.start as usize..sentence.words.end as usize)
            .unwrap_or(&[])
    }

    /// The lower-case form of a word.
    #[must_use]
    pub fn lower(&self, word: &Word) -> &str {
        word.lower.of(&self.lower)
    }

    /// A slice of the normalised text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.of(self.normal.text())
    }

    /// Passages in quotation marks and set-off quotations, in the normalised text, in order.
    #[must_use]
    pub fn quotes(&self) -> &[Span] {
        &self.quotes
    }

    /// Language of the prose.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Share of the non-furniture text (by bytes) that is prose, 0 to 1. Low for lists, tables, code, verse.
    #[must_use]
    pub fn prose_share(&self) -> f64 {
        self.prose_share
    }
}
