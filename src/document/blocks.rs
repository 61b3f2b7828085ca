//! Lines -> blocks: tells prose, headings, lists, tables, code, quotations and verse apart.
//!
//! A line is the unit: a scraped page has a paragraph a line, and a hard-wrapped text loses nothing, because the style
//! stream runs on over a line that does not end a sentence. Every rule looks at the line, its neighbours and its place, never
//! at what the text is about.

use super::furniture::{self, Place};
use super::make::Make;
use super::segment::ends_sentence;
use super::{Block, BlockKind, Format, Furniture, Span};

/// A non-empty line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Its text without the white space around it.
    pub text: &'a str,
    /// Its place in the normalised text.
    pub span: Span,
    /// White space in front of it, in characters (a tab counts four).
    pub indent: usize,
    /// Whether an empty line, or the start of the text, stands before it.
    pub after_gap: bool,
    /// What it is made of.
    pub make: Make,
}

/// Finds the blocks of a normalised text, one a line.
pub(super) fn blocks(text: &str, format: Format) -> Vec<Block> {
    let lines = lines(text);
    let mut kinds = vec![None; lines.len()];
    front_matter(&lines, format, &mut kinds);
    fences(&lines, &mut kinds);
    furniture::mark(&lines, text.len(), &mut kinds);
    verse(&lines, &mut kinds);
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let kind = match kinds.get(at).copied().flatten() {
            Some(kind) => kind,
            None => kind(
                line,
                blocks.last(),
                lines.get(at.wrapping_sub(1)),
                lines.get(at + 1),
            ),
        };
        blocks.push(Block {
            span: line.span,
            kind,
        });
    }
    blocks
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut at, mut gap) = (0, true);
    for raw in text.split_inclusive('\n') {
        let body = raw.trim();
        let lead = raw.len() - raw.trim_start().len();
        if body.is_empty() {
            gap = true;
        } else {
            let indent = raw
                .get(..lead)
                .unwrap_or("")
                .chars()
                .map(|c| if c == '\t' { 4 } else { 1 })
                .sum();
            lines.push(Line {
                text: body,
                span: Span::new(at + lead, at + lead + body.len()),
                indent,
                after_gap: gap,
                make: Make::of(body),
            });
            gap = false;
        }
        at += raw.len();
    }
    lines
}

/// Markdown's front matter: from a first line `---` to the next.
fn front_matter(lines: &[Line<'_>], format: Format, kinds: &mut [Option<BlockKind>]) {
    let opens = lines
        .first()
        .is_some_and(|line| line.text == "---" && line.span.start < 4);
    if format != Format::Markdown || !opens {
        return;
    }
    let Some(end) = lines.iter().skip(1).position(|line| line.text == "---") else {
        return;
    };
    for kind in kinds.iter_mut().take(end + 2) {
        *kind = Some(BlockKind::Furniture(Furniture::Byline));
    }
}

/// Fenced code, and fence lines themselves. An unclosed fence reaches no further than its paragraph.
fn fences(lines: &[Line<'_>], kinds: &mut [Option<BlockKind>]) {
    let fence = |line: &Line<'_>| line.text.starts_with("```") || line.text.starts_with("~~~");
    let mut at = 0;
    while let Some(start) = lines.iter().skip(at).position(fence).map(|offset| at + offset) {
        let close = lines
            .iter()
            .skip(start + 1)
            .position(fence)
            .map(|offset| start + 1 + offset);
        let paragraph = || {
            lines
                .iter()
                .skip(start + 1)
                .position(|line| line.after_gap)
                .map_or(lines.len(), |o| start + o + 1)
        };
        let end = close.map_or_else(paragraph, |close| close + 1);
        for kind in kinds.iter_mut().take(end).skip(start) {
            *kind = Some(BlockKind::Code);
        }
        at = end;
    }
}

/// Fewest lines in a row that can be verse.
const VERSE_LINES: usize = 4;
/// Longest mean and longest single line of verse, in characters: hard-wrapped prose is wider.
const VERSE_MEAN: usize = 42;
const VERSE_LONGEST: usize = 66;
/// Longest mean line of verse without capitals, in characters.
const VERSE_BARE_MEAN: usize = 34;

/// Verse: runs of short lines of which most start with a capital and most do not end a sentence.
fn verse(lines: &[Line<'_>], kinds: &mut [Option<BlockKind>]) {
    let mut at = 0;
    while at < lines.len() {
        let short = |line: &Line<'_>| line.make.chars <= VERSE_LONGEST && bullet(line.text).is_none();
        let run: Vec<&Line<'_>> = lines
            .iter()
            .zip(kinds.iter())
            .skip(at)
            .take_while(|(line, kind)| kind.is_none() && short(line))
            .map(|(line, _)| line)
            .collect();
        let count = run.len();
        if count >= VERSE_LINES {
            let mean = run.iter().map(|line| line.make.chars).sum::<usize>() / count;
            let open = run.iter().filter(|line| !ends_sentence(line.text)).count();
            let capital = run
                .iter()
                .filter(|line| line.text.starts_with(char::is_uppercase))
                .count();
            let gaps = run.iter().skip(1).filter(|line| line.after_gap).count();
            let capitals = mean <= VERSE_MEAN && open * 5 >= count * 3 && capital * 5 >= count * 4;
            let bare = mean <= VERSE_BARE_MEAN && open * 5 >= count * 4;
            if (capitals || bare) && gaps * 3 <= count {
                for kind in kinds.iter_mut().skip(at).take(count) {
                    *kind = Some(BlockKind::Verse);
                }
            }
        }
        at += count.max(1);
    }
}

/// Most words of a heading.
const HEADING_WORDS: usize = 16;
/// Words from which a list item that ends a sentence is read as prose: items that long are paragraphs with a number.
const PROSE_ITEM_WORDS: usize = 30;

fn kind(
    line: &Line<'_>,
    before: Option<&Block>,
    above: Option<&Line<'_>>,
    below: Option<&Line<'_>>,
) -> BlockKind {
    let text = line.text;
    if text.starts_with('>') {
        return BlockKind::Quotation;
    }
    if table(line) {
        return BlockKind::Table;
    }
    if let Some(mark) = bullet(text) {
        let item = text.get(mark..).unwrap_or("");
        let long = item.split_whitespace().nth(PROSE_ITEM_WORDS - 1).is_some() && ends_sentence(item);
        return if long { BlockKind::Prose } else { BlockKind::List };
    }
    if code(line) {
        return BlockKind::Code;
    }
    if heading(line, before, above, below) {
        return BlockKind::Heading;
    }
    BlockKind::Prose
}

/// Length of a list mark with its space.
pub(super) fn bullet(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let after = |mark: usize| {
        text.get(mark..)
            .is_some_and(|rest| rest.starts_with(' '))
            .then_some(mark + 1)
    };
    if matches!(
        first,
        '-' | '*' | '•' | '–' | '—' | '+' | '▪' | '●' | '◦' | '‣' | '·'
    ) {
        return after(first.len_utf8());
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marked = (1..=3).contains(&digits) && matches!(text.as_bytes().get(digits), Some(b'.' | b')'));
    if marked { after(digits + 1) } else { None }
}

/// Least share of letters, in per cent of the visible characters, that a line of words has.
const LETTER_SHARE: usize = 50;

fn table(line: &Line<'_>) -> bool {
    let Make {
        bars,
        tabs,
        letters,
        visible,
        ..
    } = line.make;
    bars >= 3
        || (line.text.starts_with('|') && bars >= 2)
        || (tabs >= 2 && !sentences(line))
        || letters * 100 < visible * LETTER_SHARE
}

/// Fewest words of a line with tabs that is prose all the same, and their fewest letters, in per cent of what is visible: somebody put
/// tabs for spaces.
const TABBED_WORDS: usize = 30;
const TABBED_LETTERS: usize = 80;

fn sentences(line: &Line<'_>) -> bool {
    line.make.letters * 100 >= line.make.visible * TABBED_LETTERS
        && ends_sentence(line.text)
        && line.text.split_whitespace().nth(TABBED_WORDS - 1).is_some()
}

/// Whether a line holds a Markdown directive, ":name[...]{...}", as chat assistants leave them behind.
fn directive(text: &str) -> bool {
    text.contains("]{")
        && text.split(':').skip(1).any(|rest| {
            let name = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            name.len() < rest.len() && name.starts_with('[')
        })
}

fn code(line: &Line<'_>) -> bool {
    let text = line.text;
    let ends = text.ends_with([';', '{', '}']) && text.contains(['(', '=', '{', '}', ':']);
    let marks = line.make.marks;
    let starts = [
        "def ",
        "fn ",
        "import ",
        "#include",
        "function ",
        "return ",
        "const ",
        "let ",
        "public ",
        "class ",
    ];
    let opens =
        starts.iter().any(|start| text.starts_with(start)) && text.contains(['(', '{', '=', ';', '<']);
    // Code does not open like a sentence: a capitalised word, then one in lower case.
    let mut words = text.split(' ');
    let capital = words
        .next()
        .is_some_and(|word| word.starts_with(char::is_uppercase));
    if capital
        && words
            .next()
            .is_some_and(|word| word.chars().all(char::is_lowercase))
    {
        return false;
    }
    if directive(text) {
        return false;
    }
    let many = marks * 12 > text.len() && marks >= 4;
    (ends && (marks >= 2 || line.indent >= 2))
        || (opens && marks >= 1 && !ends_sentence(text))
        || (many && line.indent >= 2)
}

fn heading(
    line: &Line<'_>,
    before: Option<&Block>,
    above: Option<&Line<'_>>,
    below: Option<&Line<'_>>,
) -> bool {
    let text = line.text;
    let hashes = text.bytes().take_while(|&byte| byte == b'#').count();
    if (1..=6).contains(&hashes) && text.as_bytes().get(hashes) == Some(&b' ') {
        return true;
    }
    let words = text.split_whitespace().take(HEADING_WORDS + 1).count();
    let question = text.ends_with('?') && title_case(text);
    if words > HEADING_WORDS || (ends_sentence(text) && !question && !text.ends_with([':', '*'])) {
        return false;
    }
    // A line in the middle of a paragraph is no heading: the one above must have ended, or not be prose at all.
    let prose_before = before.is_some_and(|block| block.kind == BlockKind::Prose);
    let ended = line.after_gap || !prose_before || above.is_none_or(|above| ends_sentence(above.text));
    let gap_below = below.is_none_or(|below| below.after_gap);
    let capital_below =
        below.is_some_and(|below| below.text.starts_with(|c: char| c.is_uppercase() || c == '"'));
    let bold = text.len() > 4 && text.starts_with("**") && text.ends_with("**");
    let opens = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '"') || bold;
    if !ended || !opens || text.ends_with([',', ';']) {
        return false;
    }
    // With an empty line on both sides a short line is a heading; without, only one in Title Case is.
    (line.after_gap && gap_below) || bold || (capital_below && title_case(text))
}

/// Whether most longer words are capitalised and there are at least two of them.
fn title_case(text: &str) -> bool {
    let long = || {
        text.split_whitespace()
            .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 4)
    };
    let capital = long().filter(|word| word.starts_with(char::is_uppercase)).count();
    let all = long().count();
    all >= 2 && capital * 5 >= all * 4
}

/// The place of a line in its text.
pub(super) fn place(line: &Line<'_>, length: usize) -> Place {
    let (start, length) = (line.span.start as usize, length.max(1));
    if start * 5 <= length || start < 600 {
        Place::Head
    } else if start * 20 >= length * 13 || start + 1500 > length {
        Place::Tail
    } else {
        Place::Middle
    }
}
