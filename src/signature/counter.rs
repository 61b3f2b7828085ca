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

    /// Counts everything. Linear; what cannot hold a sign is passed over quickly.
    pub(super) fn of(text: &str) -> Self {
        let mut counts = Self::default();
        counts.double_spaces(text.as_bytes());
        counts.random_capitals(text.as_bytes());
        if !text.is_ascii() {
            counts.unicode(text);
        }
        counts
    }

    /// Runs of spaces between two words in small letters.
    fn double_spaces(&mut self, bytes: &[u8]) {
        let mut from = 0;
        while let Some(start) = bytes
            .get(from..)
            .and_then(|rest| memchr::memmem::find(rest, b"  "))
            .map(|at| from + at)
        {
            let run = bytes.iter().skip(start).take_while(|byte| **byte == b' ');
            let end = start + run.count();
            let before = start.checked_sub(1).and_then(|at| bytes.get(at));
            if before.is_some_and(u8::is_ascii_lowercase)
                && bytes.get(end).is_some_and(u8::is_ascii_lowercase)
            {
                self.add(Counter::DoubleSpace, start, end);
            }
            from = end;
        }
    }

    /// Words such as "wOrd": a small letter first, a capital later, not part of a name or an address.
    fn random_capitals(&mut self, bytes: &[u8]) {
        let mut from = 0;
        while let Some(small) = small_before_capital(bytes, from) {
            let letters = |byte: &&u8| byte.is_ascii_alphabetic();
            let (before, after) = bytes.split_at_checked(small).unwrap_or((bytes, &[]));
            let start = small - before.iter().rev().take_while(letters).count();
            let end = small + after.iter().take_while(letters).count();
            from = end;
            let Some(next) = bytes.get(end) else { return };
            let joined = start
                .checked_sub(1)
                .and_then(|at| bytes.get(at))
                .is_some_and(|last| {
                    last.is_ascii_digit() || *last >= 0x80 || matches!(last, b'-' | b'_' | b'/' | b'.' | b'@')
                });
            if !joined
                && bytes.get(start).is_some_and(u8::is_ascii_lowercase)
                && end - start > 3
                && *next < 0x80
                && !next.is_ascii_digit()
                && !matches!(next, b'(' | b'_' | b'/')
            {
                self.add(Counter::RandomCapital, start, end);
            }
        }
    }

    fn unicode(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut before = '\0';
        let mut from = 0;
        while let Some(at) = bytes
            .iter()
            .skip(from)
            .position(|byte| *byte >= 0x80)
            .map(|skipped| from + skipped)
        {
            if at > from {
                before = bytes.get(at - 1).map_or('\0', |byte| char::from(*byte));
            }
            let mut chars = text.get(at..).unwrap_or("").chars();
            let Some(c) = chars.next() else { return };
            let end = at + c.len_utf8();
            from = end;
            let after = chars.next().unwrap_or('\0');
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
                '\u{250}'..='\u{58f}'
                    if (before.is_ascii_alphabetic() || after.is_ascii_alphabetic())
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

/// Bytes looked at together: a stretch without a hit, as nearly all are, is passed over with a few wide instructions.
const STRETCH: usize = 64;

/// The next small letter, from `from` on, that a capital follows.
fn small_before_capital(bytes: &[u8], from: usize) -> Option<usize> {
    let hit = |(a, b): (&u8, &u8)| a.is_ascii_lowercase() & b.is_ascii_uppercase();
    let last = bytes.len().checked_sub(1)?;
    let mut at = from;
    while at < last {
        let end = (at + STRETCH).min(last);
        let (small, capital) = (bytes.get(at..end)?, bytes.get(at + 1..=end)?);
        let pairs = || small.iter().zip(capital);
        if pairs().fold(false, |any, pair| any | hit(pair)) {
            return pairs().position(hit).map(|offset| at + offset);
        }
        at = end;
    }
    None
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
