//! Signs counted in the text as it was read, before normalisation takes them away.

use super::definition::{COUNTERS, Counter};
use crate::document::Span;

/// How often something occurs, and where first (in the text as read).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub count: u32,
    pub first: Option<Span>,
}

/// The tallies of every counter.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts([Tally; COUNTERS.len()]);

/// First bytes of a C2PA manifest written into plain text (C2PA 2.4, A.8).
const C2PA_MAGIC: &[u8] = b"C2PATXT\0";

/// Letters of other scripts that are drawn like Latin ones. A subset of Unicode's confusables
/// (UTS 39) chosen so that units and formulas (µ, Δ, π, Ω) are never counted.
const LOOKALIKES: &str = "аеорсухіјѕһԁԛԝɡոАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧο";

impl Counts {
    pub(super) fn get(&self, counter: Counter) -> Tally {
        self.0.get(slot(counter)).copied().unwrap_or_default()
    }

    fn add(&mut self, counter: Counter, start: usize, end: usize) {
        if let Some(tally) = self.0.get_mut(slot(counter)) {
            tally.count = tally.count.saturating_add(1);
            tally.first.get_or_insert(Span::new(start, end));
        }
    }

    /// Counts everything in one pass; about 1 ns a byte.
    pub(super) fn of(text: &str) -> Self {
        let mut counts = Self::default();
        counts.ascii(text);
        if !text.is_ascii() {
            counts.unicode(text);
        }
        counts
    }

    /// Double spaces between two words, and words such as "wOrd".
    fn ascii(&mut self, text: &str) {
        let (mut before, mut last) = (0u8, 0u8);
        let mut spaces = 0usize;
        // Word so far: start, whether it began with a small letter, a capital seen after one.
        let mut word: Option<(usize, bool, bool)> = None;
        for (at, byte) in text.bytes().enumerate() {
            if byte == b' ' {
                spaces += 1;
            } else {
                if spaces > 1 && before.is_ascii_lowercase() && byte.is_ascii_lowercase() {
                    self.add(Counter::DoubleSpace, at - spaces, at);
                }
                spaces = 0;
                before = byte;
            }
            let joined = last.is_ascii_alphanumeric()
                || last >= 0x80
                || matches!(last, b'-' | b'_' | b'/' | b'.' | b'@');
            if byte.is_ascii_alphabetic() {
                word = match word {
                    None if !joined => Some((at, byte.is_ascii_lowercase(), false)),
                    Some((start, small, odd)) => {
                        Some((start, small, odd || (small && byte.is_ascii_uppercase())))
                    }
                    None => None,
                };
            } else {
                if let Some((start, true, true)) = word
                    && at - start > 3
                    && byte < 0x80
                    && !byte.is_ascii_digit()
                    && !matches!(byte, b'(' | b'_' | b'/')
                {
                    self.add(Counter::RandomCapital, start, at);
                }
                word = None;
            }
            last = byte;
        }
    }

    fn unicode(&mut self, text: &str) {
        let mut before = '\0';
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c.is_ascii() {
                before = c;
                continue;
            }
            let end = at + c.len_utf8();
            let after = chars.peek().map_or('\0', |(_, c)| *c);
            let in_word = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
            match c {
                '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{180e}' | '\u{3164}' | '\u{2800}'
                    if in_word =>
                {
                    self.add(Counter::InvisibleInWord, at, end);
                }
                '\u{feff}' if at > 0 && in_word => self.add(Counter::InvisibleInWord, at, end),
                '\u{202f}' if before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric() => {
                    self.add(Counter::NarrowSpace, at, end);
                }
                '\u{e200}'..='\u{e206}' => self.add(Counter::CitationWrapper, at, end),
                '\u{e000}'..='\u{f8ff}' | '\u{80}'..='\u{9f}' | '\u{fffd}' => {
                    self.add(Counter::Control, at, end);
                }
                '\u{ff21}'..='\u{ff5a}' | '\u{1d400}'..='\u{1d6a3}' => {
                    self.add(Counter::Compatibility, at, end);
                }
                '\u{e0001}'..='\u{e007f}' => {
                    // Flags of England and others are a black flag followed by tags.
                    let flag = before == '\u{1f3f4}';
                    if !flag {
                        self.add(Counter::TagCharacter, at, end);
                    }
                    // Keep `before`, so that the whole tag sequence is judged by what it follows.
                    continue;
                }
                _ if (before.is_ascii_alphabetic() || after.is_ascii_alphabetic())
                    && LOOKALIKES.contains(c) =>
                {
                    self.add(Counter::Confusable, at, end);
                }
                _ => {}
            }
            if c == '\u{feff}' && c2pa_follows(text.get(end..).unwrap_or("")) {
                self.add(Counter::C2paText, at, end);
            }
            before = c;
        }
    }
}

fn slot(counter: Counter) -> usize {
    COUNTERS
        .iter()
        .position(|(_, known)| *known == counter)
        .unwrap_or(usize::MAX)
}

/// Whether a run of variation selectors spells the magic: selectors 1-16 are bytes 0-15,
/// 17-256 are bytes 16-255.
fn c2pa_follows(text: &str) -> bool {
    let mut bytes = text.chars().map_while(|c| match c {
        '\u{fe00}'..='\u{fe0f}' => u8::try_from(u32::from(c) - 0xfe00).ok(),
        '\u{e0100}'..='\u{e01ef}' => u8::try_from(u32::from(c) - 0xe0100 + 16).ok(),
        _ => None,
    });
    C2PA_MAGIC.iter().all(|wanted| bytes.next() == Some(*wanted))
}
