//! Tokens: words, runs of digits and single marks, each with what the lexicon says of it.

use super::lexicon::{Entry, Lexicon, Roles};
use crate::document::{Block, BlockKind, Document, Furniture, Span, ascii_lower_hash};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with inner apostrophes; abbreviations with inner points ("U.S.").
    Word,
    /// Digits, with separators between them.
    Number,
    /// One character that is neither.
    Mark(char),
    /// The border of a block or line that nothing reaches over.
    Break,
}

/// A token of the normalised text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
    /// Whether its first letter is upper case.
    pub upper: bool,
    /// Whether all its letters are upper case, and there are two or more.
    pub capitals: bool,
    /// Whether it is the first of its line.
    pub first: bool,
    /// What the lexicon knows of the word.
    pub entry: &'static Entry,
}

impl Token {
    pub(super) fn is(&self, roles: Roles) -> bool {
        self.entry.roles.any(roles)
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub(super) fn span(&self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }
}

/// The tokens of a document, with its text.
pub(super) struct Tokens<'d> {
    /// The normalised text.
    pub text: &'d str,
    list: Vec<Token>,
}

/// Before the first and after the last token.
const NOTHING: Token = Token {
    start: 0,
    end: 0,
    kind: Kind::Break,
    upper: false,
    capitals: false,
    first: false,
    entry: &Entry::NOTHING,
};

/// Bytes of English text a token, at the least in ordinary text: what to make room for.
const BYTES_PER_TOKEN: usize = 4;

impl<'d> Tokens<'d> {
    /// Tokens of the parts of a document that can state facts: prose, headings, lists, tables, quotations, summaries and
    /// biographies. Linear.
    pub(super) fn of(document: &'d Document) -> Self {
        let text = document.text();
        let mut tokens = Self {
            text,
            list: Vec::with_capacity(text.len() / BYTES_PER_TOKEN),
        };
        let mut sentences = document.sentences().iter().peekable();
        let mut prose_end = None;
        for block in document.blocks().iter().filter(|block| is_searched(block)) {
            let prose = block.kind == BlockKind::Prose;
            // A sentence that layout has split goes on in the next block of prose.
            while sentences
                .next_if(|sentence| sentence.span.end <= block.span.start)
                .is_some()
            {}
            let goes_on = prose
                && prose_end
                    .is_some_and(|end| sentences.peek().is_some_and(|sentence| sentence.span.start < end));
            if !goes_on {
                tokens.push(block.span.start as usize, block.span.start as usize, Kind::Break);
            }
            prose_end = prose.then_some(block.span.end);
            tokens.read(block.span, !prose);
        }
        let end = text.len();
        tokens.push(end, end, Kind::Break);
        tokens
    }

    /// The token at `index`; a break outside the text.
    pub(super) fn at(&self, index: usize) -> &Token {
        self.list.get(index).unwrap_or(&NOTHING)
    }

    /// The token before `index`.
    pub(super) fn before(&self, index: usize) -> &Token {
        index.checked_sub(1).map_or(&NOTHING, |index| self.at(index))
    }

    /// The tokens that start inside a range of bytes.
    pub(super) fn inside(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.list.partition_point(|token| token.start < span.start);
        let to = self.list.partition_point(|token| token.start < span.end);
        from..to.max(from)
    }

    /// Whether the token is a form of "to be" or says that something stands at a value.
    pub(super) fn is_copula(&self, at: usize) -> bool {
        matches!(
            self.slice(at),
            "is" | "was" | "are" | "were" | "reached" | "hit" | "averaged" | "totalled" | "totaled"
        )
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The characters of a token.
    pub(super) fn slice(&self, index: usize) -> &'d str {
        self.at(index).span().of(self.text)
    }

    /// The characters of a token in lower case.
    pub(super) fn lower(&self, index: usize) -> String {
        self.slice(index).to_lowercase()
    }

    /// Whether nothing stands between the token and the one before it.
    pub(super) fn glued(&self, index: usize) -> bool {
        let token = self.at(index);
        index > 0
            && self.before(index).end == token.start
            && self.before(index).kind != Kind::Break
            && token.kind != Kind::Break
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        self.add(start, end, kind, false, false, false, &Entry::NOTHING);
    }

    #[allow(clippy::too_many_arguments, reason = "the fields of a token, in order")]
    fn add(
        &mut self,
        start: usize,
        end: usize,
        kind: Kind,
        upper: bool,
        capitals: bool,
        first: bool,
        entry: &'static Entry,
    ) {
        let Span { start, end } = Span::new(start, end);
        self.list.push(Token {
            start,
            end,
            kind,
            upper,
            capitals,
            first,
            entry,
        });
    }

    /// Tokens of one block; `lines`: a line break ends what came before.
    fn read(&mut self, span: Span, lines: bool) {
        let lexicon = Lexicon::shipped();
        let bytes = self.text.as_bytes();
        let stop = span.end as usize;
        let mut at = span.start as usize;
        let mut first = true;
        while at < stop {
            let Some(&byte) = bytes.get(at) else { return };
            let from = at;
            match byte {
                b' ' | b'\t' => {
                    at += 1;
                    continue;
                }
                b'\n' => {
                    at += 1;
                    if lines {
                        self.push(from, from, Kind::Break);
                    }
                    first = true;
                    continue;
                }
                b'0'..=b'9' => {
                    at = number_end(bytes, at);
                    self.add(from, at, Kind::Number, false, false, first, &Entry::NOTHING);
                }
                b'.' if self.opens_decimal(bytes, at) => {
                    at = number_end(bytes, at + 1);
                    self.add(from, at, Kind::Number, false, false, first, &Entry::NOTHING);
                }
                b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => match word_end(self.text, at) {
                    Some(end) => {
                        at = end;
                        let word = self.text.get(from..at).unwrap_or("");
                        if is_address(word, bytes, at) {
                            at = address_end(bytes, from);
                            first = false;
                            continue;
                        }
                        let (upper, capitals) = case(word);
                        self.add(
                            from,
                            at,
                            Kind::Word,
                            upper,
                            capitals,
                            first,
                            look_up(lexicon, word),
                        );
                    }
                    None => {
                        let c = self.text.get(at..).and_then(|rest| rest.chars().next());
                        let c = c.unwrap_or('\u{FFFD}');
                        at += c.len_utf8();
                        self.add(from, at, Kind::Mark(c), false, false, first, &Entry::NOTHING);
                    }
                },
                _ => {
                    at += 1;
                    self.add(
                        from,
                        at,
                        Kind::Mark(char::from(byte)),
                        false,
                        false,
                        first,
                        &Entry::NOTHING,
                    );
                }
            }
            first = false;
        }
    }

    /// `.5`, when it follows no digit or letter.
    fn opens_decimal(&self, bytes: &[u8], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|i| bytes.get(i));
        bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            && before.is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'.' && *b < 0x80)
    }
}

/// Blocks whose figures are statements of the text. Lists of references, tickers, dates, comments and promotion are left out.
fn is_searched(block: &Block) -> bool {
    match block.kind {
        BlockKind::Prose
        | BlockKind::Heading
        | BlockKind::List
        | BlockKind::Table
        | BlockKind::Quotation
        | BlockKind::Verse => true,
        BlockKind::Code => false,
        BlockKind::Furniture(furniture) => matches!(furniture, Furniture::Summary | Furniture::Bio),
    }
}

/// The end of the digits at `at`, with points and commas between digits.
fn number_end(bytes: &[u8], at: usize) -> usize {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = at;
    loop {
        while digit(end) {
            end += 1;
        }
        if !(matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1)) {
            return end;
        }
        end += 1;
    }
}

/// The end of the word at `at`; `None` if no letter stands there.
fn word_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let mut end = at;
    loop {
        match bytes.get(end) {
            Some(b) if b.is_ascii_alphabetic() => end += 1,
            Some(b'\'') if end > at && letter(end + 1) => end += 1,
            // "U.S.", "a.m.": single letters with a point each.
            Some(b'.') if end == at + 1 && letter(end + 1) && bytes.get(end + 2) == Some(&b'.') => {
                end += 1;
                while letter(end) && bytes.get(end + 1) == Some(&b'.') {
                    end += 2;
                }
                return Some(end);
            }
            Some(b) if *b >= 0x80 => {
                let c = text.get(end..)?.chars().next()?;
                if !c.is_alphabetic() {
                    break;
                }
                end += c.len_utf8();
            }
            _ => break,
        }
    }
    (end > at).then_some(end)
}

/// Whether the word opens an address ("https://...", "www....", "name@host").
fn is_address(word: &str, bytes: &[u8], end: usize) -> bool {
    let next = bytes.get(end..).unwrap_or(&[]);
    next.starts_with(b"://")
        || next.starts_with(b"@")
        || word.eq_ignore_ascii_case("www") && next.starts_with(b".")
}

/// The end of an address: the next space or closing bracket.
fn address_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or(&[]);
    at + rest
        .iter()
        .position(|b| b.is_ascii_whitespace() || b"()[]<>\"".contains(b))
        .unwrap_or(rest.len())
}

/// First letter upper case; all of two or more letters upper case.
fn case(word: &str) -> (bool, bool) {
    let bytes = word.as_bytes();
    let upper = match bytes.first() {
        Some(b) if *b < 0x80 => b.is_ascii_uppercase(),
        _ => word.chars().next().is_some_and(char::is_uppercase),
    };
    let capitals = upper && word.len() > 1 && !bytes.iter().any(u8::is_ascii_lowercase);
    (upper, capitals)
}

/// Longest word looked up, in bytes: the longest of the lexicon has 14.
const MAX_WORD_BYTES: usize = 24;

fn look_up(lexicon: &'static Lexicon, word: &str) -> &'static Entry {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let word = word.strip_suffix('.').unwrap_or(word);
    if word.len() > MAX_WORD_BYTES {
        return &Entry::NOTHING;
    }
    lexicon.get(ascii_lower_hash(word.as_bytes()))
}
