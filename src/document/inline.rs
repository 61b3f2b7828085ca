//! What inside a prose line is no word: addresses, citation marks, markup, credits.

use std::sync::LazyLock;

use regex::Regex;

use super::Span;
use super::blocks::bullet;
use super::furniture::ascii_classes;

#[allow(
    clippy::expect_used,
    reason = "the pattern is a constant; every test of this file compiles it"
)]
static MARKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&ascii_classes(concat!(
        r"https?://[^\s)\]]+|www\.[^\s)\]]+",
        r"|[\w.+-]+@[\w-]+\.[\w.]+",
        r"|\]\([^)\s]*\)",
        r"|\[\d{1,3}(?:\s*[,-]\s*\d{1,3})*\]",
        r"|\*{1,3}|__|`+|~~|<[/a-zA-Z][^<>\n]{0,200}>",
        r"|\((?:Additional reporting|Reporting|Editing|Writing|Compiled|Edited|Translated)(?: and [Ee]diting)? by [^)\n]{1,300}\)?",
    )))
    .expect("a valid pattern")
});

/// Whether a mark may stand in a line: no mark is without one of these bytes or pairs.
fn hinted(line: &[u8]) -> bool {
    let mut before = 0;
    line.iter().zip(line.iter().skip(1).chain([&0])).any(|(&byte, &after)| {
        let hint = match byte {
            b'[' | b'*' | b'`' | b'@' | b'<' => true,
            b'_' | b'~' | b'w' => before == byte,
            b'/' => before == b':',
            b'(' => before == b']' || matches!(after, b'A' | b'R' | b'E' | b'W' | b'C' | b'T'),
            _ => false,
        };
        before = byte;
        hint
    })
}

/// Ranges (in the normalised text) of what is no word in a prose line at `span`, in order.
pub(super) fn blanks(text: &str, span: Span) -> Vec<Span> {
    let line = span.of(text);
    let at = span.start as usize;
    let mut blanks = Vec::new();
    if let Some(mark) = bullet(line) {
        blanks.push(Span::new(at, at + mark));
    }
    if hinted(line.as_bytes()) {
        let found = MARKS
            .find_iter(line)
            .map(|mark| Span::new(at + mark.start(), at + mark.end()));
        let from = blanks.last().map_or(0, |blank| blank.end);
        blanks.extend(found.filter(|mark| mark.start >= from));
    }
    blanks
}
