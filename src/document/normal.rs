//! Normalised text and its map back.

use std::iter::once;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::characters::{is_control, is_invisible, is_joiner, joins_backwards, stays, takes_joiner};
use super::confusables::{Imitation, latin_twin, may_imitate};
use super::map::{Map, MapBuilder};
use super::recase::recase;
use super::{Changes, Span};

/// Normalised text with its map back to the text as it was read.
///
/// Besides Unicode's NFKC: curly quotes become straight; long dashes become an em dash (an en
/// dash between digits and a minus sign before a digit become `-`), as does a typed `--` that
/// stands between words; special spaces become plain; the ellipsis becomes `...`; line breaks
/// become `\n`; invisible and control characters go; letters of other scripts that imitate Latin
/// ones inside Latin words become those; letters whose case was plainly attacked get it back. What NFKC would harm stays as it is: superscripts,
/// fractions, trade marks, free-standing accents. Joiners stay where a script or an emoji
/// needs them.
#[derive(Debug, Clone, Default)]
pub struct Normalised {
    text: String,
    map: Map,
    changes: Changes,
}

impl Normalised {
    /// Normalises `original`. Linear; an ASCII text is looked through once and copied.
    #[must_use]
    pub fn new(original: &str) -> Self {
        let mut work = Work {
            src: original,
            out: String::with_capacity(original.len()),
            map: MapBuilder::default(),
            changes: Changes::default(),
            imitation: Imitation::default(),
            from: 0,
        };
        work.run();
        let text = work.out;
        let mut changes = work.changes;
        changes.double_spaces = double_spaces(&text);
        let map = if text == original {
            Map::identity(original.len())
        } else {
            work.map.build(text.len(), original.len())
        };
        let text = recase(text, &mut changes);
        Self { text, map, changes }
    }

    /// The normalised text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// See [`Document::to_original`](super::Document::to_original). The whole text maps to the
    /// whole original, characters dropped at its ends included. Cost: two binary searches.
    #[must_use]
    pub fn to_original(&self, span: Span) -> Span {
        self.map.to_original(span)
    }

    /// What was changed.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        &self.changes
    }
}

/// A character whose compatibility form is longer than so many times its own bytes stays as it is. These are two Arabic
/// phrases in one character (U+FDFA, U+FDFB: up to eleven times), which would make a hostile text that much larger.
const MAX_GROWTH: usize = 4;
/// Private-use characters that chat assistants wrap their citations in: kept, so that signatures
/// can find them.
const CITATION_WRAPPERS: std::ops::RangeInclusive<char> = '\u{E200}'..='\u{E202}';

/// Bytes that stay as they are, whatever stands beside them.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut rest: &mut [bool] = &mut plain;
    let mut byte = 0_u8;
    while let Some((first, after)) = rest.split_first_mut() {
        *first = matches!(byte, b' '..=b'!' | b'#'..=b'&' | b'('..=b',' | b'.'..=b'_' | b'a'..=b'~' | b'\n' | b'\t');
        rest = after;
        byte = byte.wrapping_add(1);
    }
    plain
};

fn is_plain(byte: u8) -> bool {
    PLAIN.get(usize::from(byte)).copied().unwrap_or(false)
}

/// The normaliser at work: `from..` of `src` is not yet written, everything before it is.
struct Work<'a> {
    src: &'a str,
    out: String,
    map: MapBuilder,
    changes: Changes,
    imitation: Imitation,
    from: usize,
}

impl Work<'_> {
    fn run(&mut self) {
        let src = self.src;
        let bytes = src.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at = match byte {
                _ if is_plain(byte) => {
                    let rest = bytes.get(at..).unwrap_or(&[]);
                    at + rest.iter().take_while(|byte| is_plain(**byte)).count()
                }
                b'"' => {
                    self.changes.straight_quotes += 1;
                    at + 1
                }
                b'\'' | b'`' => self.typed_quote(bytes, at),
                b'-' => self.hyphens(bytes, at),
                b'\r' if bytes.get(at + 1) == Some(&b'\n') => self.drop(at, at + 1),
                b'\r' => self.put(at, at + 1, "\n"),
                0x0B | 0x0C => {
                    self.changes.control += 1;
                    self.put(at, at + 1, "\n")
                }
                0..=0x7F => {
                    self.changes.control += 1;
                    self.drop(at, at + 1)
                }
                _ => match src.get(at..).and_then(|rest| rest.chars().next()) {
                    Some(c) => self.wide(at, c),
                    None => at + 1,
                },
            };
        }
        self.flush(src.len());
    }

    /// Writes what was passed over unchanged, up to `to`.
    fn flush(&mut self, to: usize) {
        if let Some(same) = self.src.get(self.from..to)
            && !same.is_empty()
        {
            self.map.same(self.out.len(), self.from);
            self.out.push_str(same);
        }
        self.from = to;
    }

    /// Leaves out `at..to`.
    fn drop(&mut self, at: usize, to: usize) -> usize {
        self.flush(at);
        self.from = to;
        to
    }

    /// Writes `text` in place of `at..to`.
    fn put(&mut self, at: usize, to: usize, text: &str) -> usize {
        self.flush(at);
        self.map.replaced(self.out.len(), at, to);
        self.out.push_str(text);
        self.from = to;
        to
    }

    /// `'` and `` ` ``: two of a kind that open or close a quotation, as typewriters and old
    /// newswires set them, are one double quote.
    fn typed_quote(&mut self, bytes: &[u8], at: usize) -> usize {
        let mark = bytes.get(at).copied().unwrap_or(0);
        let run = bytes.iter().skip(at).take_while(|b| **b == mark).count();
        let outer = |b: Option<&u8>| b.is_none_or(u8::is_ascii_whitespace);
        let before = at.checked_sub(1).and_then(|i| bytes.get(i));
        let after = bytes.get(at + run);
        let pair = run == 2
            && match mark {
                b'`' => !outer(after) && (outer(before) || before.is_some_and(|b| b"([-".contains(b))),
                _ => !outer(before) && after.is_none_or(|b| !b.is_ascii_alphanumeric()),
            };
        if mark == b'\'' || pair {
            self.changes.straight_quotes += if pair { 1 } else { clip(run) };
        }
        if pair {
            self.put(at, at + run, "\"")
        } else {
            at + run
        }
    }

    /// A typed `--` (or `---`) between words is a dash; a rule, a ticker's tail or an option is not.
    fn hyphens(&mut self, bytes: &[u8], at: usize) -> usize {
        let run = bytes.iter().skip(at).take_while(|b| **b == b'-').count();
        if run == 1 || run > 3 {
            return at + run;
        }
        let before = at
            .checked_sub(1)
            .and_then(|i| bytes.get(i))
            .copied()
            .unwrap_or(b'\n');
        let after = bytes.get(at + run).copied().unwrap_or(b'\n');
        let spaced = before == b' ' && matches!(after, b' ' | b'\n') || before == b'\n' && after == b' ';
        let ends_word = |b: u8| b.is_ascii_alphabetic() || b"\"',.!?;)".contains(&b) || b >= 0x80;
        let starts_word = |b: u8| b.is_ascii_alphabetic() || b"\"'(`".contains(&b) || b >= 0x80;
        if spaced && before == b' ' || ends_word(before) && starts_word(after) {
            self.changes.typed_dashes += 1;
            return self.put(at, at + run, "—");
        }
        at + run
    }

    /// A character outside ASCII.
    fn wide(&mut self, at: usize, c: char) -> usize {
        let to = at + c.len_utf8();
        match c {
            '\u{C0}'..='\u{FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => to,
            '‘' | '’' | '‚' | '‛' | '´' | '‹' | '›' => {
                self.changes.curly_quotes += 1;
                self.put(at, to, "'")
            }
            '“' | '”' | '„' | '‟' | '〝' | '〞' => {
                self.changes.curly_quotes += 1;
                self.put(at, to, "\"")
            }
            '′' => self.compatible(at, to, "'"),
            '″' => self.compatible(at, to, "\""),
            '‐' | '‑' | '﹣' | '-' => self.compatible(at, to, "-"),
            '‒' | '–' | '—' | '―' | '−' | '﹘' | '︱' | '︲' | '⸺' | '⸻' => self.dash(at, c),
            '…' => self.put(at, to, "..."),
            '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => {
                self.changes.special_spaces += 1;
                self.put(at, to, " ")
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' => self.put(at, to, "\n"),
            _ if is_invisible(c) => self.invisible(at, c),
            _ if CITATION_WRAPPERS.contains(&c) => {
                self.changes.control += 1;
                to
            }
            _ if is_control(c) => {
                self.changes.control += 1;
                self.drop(at, to)
            }
            _ if stays(c) => to,
            _ if may_imitate(c) => match latin_twin(c) {
                Some(twin) if self.imitation.is_meant(self.src, at) => {
                    self.changes.confusable += 1;
                    self.put(at, to, twin.encode_utf8(&mut [0; 4]))
                }
                _ => self.other(at, c),
            },
            _ => self.other(at, c),
        }
    }

    fn compatible(&mut self, at: usize, to: usize, text: &str) -> usize {
        self.changes.compatibility += 1;
        self.put(at, to, text)
    }

    fn dash(&mut self, at: usize, c: char) -> usize {
        self.changes.dashes += 1;
        let to = at + c.len_utf8();
        let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
        let bytes = self.src.as_bytes();
        let before = digit(at.checked_sub(1).and_then(|i| bytes.get(i)));
        let after = digit(bytes.get(to));
        match c {
            '−' if after => self.put(at, to, "-"),
            '–' | '‒' if before && after => self.put(at, to, "-"),
            '—' => to,
            _ => self.put(at, to, "—"),
        }
    }

    fn invisible(&mut self, at: usize, c: char) -> usize {
        let to = at + c.len_utf8();
        let before = self.src.get(..at).and_then(|s| s.chars().next_back());
        let kept = if at > self.from {
            before
        } else {
            self.out.chars().next_back()
        };
        if is_joiner(c) && kept.is_some_and(takes_joiner) {
            return to;
        }
        // A byte-order mark at the start is how some programs save a file, no trick.
        if at > 0 || c != '\u{FEFF}' {
            self.changes.invisible += 1;
            let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || is_invisible(c));
            let after = self.src.get(to..).and_then(|s| s.chars().next());
            // A soft hyphen is meant to stand inside a word.
            if c != '\u{AD}' && letter(before) && letter(after) {
                self.changes.invisible_in_word += 1;
            }
        }
        self.drop(at, to)
    }

    /// Whatever NFKC says.
    fn other(&mut self, at: usize, c: char) -> usize {
        let to = at + c.len_utf8();
        if c >= '\u{300}' && joins_backwards(c) {
            return self.join_back(at);
        }
        if is_nfkc_quick(once(c)) == IsNormalized::Yes {
            return to;
        }
        let new: String = once(c).nfkc().collect();
        if once(c).eq(new.chars()) || new.len() > MAX_GROWTH * c.len_utf8() {
            return to;
        }
        if !once(c).nfc().eq(new.chars()) {
            self.changes.compatibility += 1;
        }
        self.put(at, to, &new)
    }

    /// Combining marks from `at` on join the character written before them.
    fn join_back(&mut self, at: usize) -> usize {
        self.flush(at);
        let rest = self.src.get(at..).unwrap_or("");
        let len: usize = rest
            .chars()
            .take_while(|c| joins_backwards(*c))
            .map(char::len_utf8)
            .sum();
        let (marks, to) = (rest.get(..len).unwrap_or(""), at + len);
        let base = self.out.chars().next_back();
        let new: String = base.into_iter().chain(marks.chars()).nfkc().collect();
        if base.into_iter().chain(marks.chars()).eq(new.chars()) {
            return to;
        }
        if let Some(marks) = base.map_or(Some(new.as_str()), |base| new.strip_prefix(base)) {
            return self.put(at, to, marks);
        }
        let cut = self.out.len() - base.map_or(0, char::len_utf8);
        let start = if base.is_some() {
            self.map.cut_back(cut)
        } else {
            None
        };
        self.out.truncate(cut);
        self.put_from(start.unwrap_or(at), to, &new)
    }

    fn put_from(&mut self, start: usize, to: usize, text: &str) -> usize {
        self.map.replaced(self.out.len(), start, to);
        self.out.push_str(text);
        self.from = to;
        to
    }
}

/// Runs of two or more spaces between two words of a line.
fn double_spaces(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let mut runs = 0;
    if memchr::memmem::find(bytes, b"  ").is_none() {
        return runs;
    }
    let mut inside = false;
    let mut spaces = 0_usize;
    for &byte in bytes {
        match byte {
            b' ' => spaces += 1,
            b'\n' => (inside, spaces) = (false, 0),
            _ => {
                runs += u32::from(inside && spaces > 1);
                (inside, spaces) = (true, 0);
            }
        }
    }
    runs
}

fn clip(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
