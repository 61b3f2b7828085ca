//! What inside a prose line is no word: addresses, citation marks, markup, credits.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::Span;
use super::blocks::bullet;
use super::pattern::{Matcher, Pattern, Reading};

/// Of what is no word, all but the bullet at the start of a line.
const MARK: &str = concat!(
    r"https?://[^\s)\]]+|www\.[^\s)\]]+",
    r"|[\w.+-]+@[\w-]+\.[\w.]+",
    r"|\]\([^)\s]*\)",
    r"|\[\d{1,3}(?:\s*[,-]\s*\d{1,3})*\]",
    r"|\*{1,3}|__|`+|~~|<[/a-zA-Z][^<>\n]{0,200}>",
    r"|\((?:Additional reporting|Reporting|Editing|Writing|Compiled|Edited|Translated)(?: and [Ee]diting)? by [^)\n]{1,300}\)?",
);

/// For lines of ASCII, and for any.
static MARKS: [LazyLock<Matcher>; 2] = [LazyLock::new(|| marks(false)), LazyLock::new(|| marks(true))];

#[allow(
    clippy::expect_used,
    reason = "the pattern is a constant; tests of this file compile it"
)]
fn marks(characters: bool) -> Matcher {
    let reading = Reading {
        case_sensitive: true,
        multi_line: false,
        characters,
    };
    let built = Pattern::new(MARK).and_then(|pattern| Matcher::new([&pattern], reading));
    built.expect("a valid pattern")
}

static WEB: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("www."));

/// Whether a mark may stand in a line: no mark is without one of these bytes or pairs.
fn hinted(line: &[u8]) -> bool {
    let pair = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| line.get(before));
        match line.get(at) {
            Some(b'(') => {
                before == Some(&b']') || line.get(at + 1).is_some_and(|next| b"AREWCT".contains(next))
            }
            mark => before == if mark == Some(&b'/') { Some(&b':') } else { mark },
        }
    };
    memchr::memchr3(b'[', b'*', b'`', line).is_some()
        || memchr::memchr3(b'@', b'<', b'~', line).is_some()
        || memchr::memchr3_iter(b'(', b'/', b'_', line).any(pair)
        || WEB.find(line).is_some()
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
        let [ascii, any] = &MARKS;
        let marks = if line.is_ascii() { ascii } else { any };
        let found = marks
            .find_iter(line.as_bytes())
            .map(|mark| Span::new(at + mark.start(), at + mark.end()));
        let from = blanks.last().map_or(0, |blank| blank.end);
        blanks.extend(found.filter(|mark| mark.start >= from));
    }
    blanks
}
