//! What a line is made of, counted once for all rules about lines.

/// Counts of characters in a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Make {
    /// Characters.
    pub chars: usize,
    /// Letters.
    pub letters: usize,
    /// Characters that are no white space.
    pub visible: usize,
    /// Marks that are frequent in program code.
    pub marks: usize,
    /// Vertical bars.
    pub bars: usize,
    /// Tabs.
    pub tabs: usize,
}

// The counts of a stretch are kept in one number, each in its own bits.
const LETTER: u64 = 1;
const VISIBLE: u64 = 1 << 16;
const MARK: u64 = 1 << 32;
const BAR: u64 = 1 << 48;
const TAB: u64 = 1 << 56;
/// Characters in a stretch: as many as the narrowest count can hold.
const STRETCH: usize = 255;

const COUNTS: [u64; 128] = {
    let mut counts = [0; 128];
    let mut rest: &mut [u64] = &mut counts;
    let mut byte = 0_u8;
    while let Some((first, after)) = rest.split_first_mut() {
        *first = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER + VISIBLE,
            b'{' | b'}' | b';' | b'=' | b'<' | b'>' | b'_' | b'(' | b')' | b'[' | b']' => MARK + VISIBLE,
            b'|' => BAR + VISIBLE,
            b'\t' => TAB,
            b'\n' | 0x0B | 0x0C | b'\r' | b' ' => 0,
            _ => VISIBLE,
        };
        rest = after;
        byte += 1;
    }
    counts
};

impl Make {
    /// Counts the characters of a line.
    pub(super) fn of(line: &str) -> Self {
        let mut make = Self::default();
        if line.is_ascii() {
            for stretch in line.as_bytes().chunks(STRETCH) {
                make.chars += stretch.len();
                make.add(stretch.iter().map(|byte| ascii(*byte)).sum());
            }
        } else {
            let mut chars = line.chars();
            loop {
                let before = make.chars;
                let counts = chars.by_ref().take(STRETCH).map(|c| {
                    make.chars += 1;
                    match u8::try_from(c) {
                        Ok(byte) if byte < 0x80 => ascii(byte),
                        _ => u64::from(c.is_alphabetic()) * LETTER + u64::from(!c.is_whitespace()) * VISIBLE,
                    }
                });
                let counts = counts.sum();
                make.add(counts);
                if make.chars == before {
                    break;
                }
            }
        }
        make
    }

    fn add(&mut self, counts: u64) {
        let part = |unit: u64, bits: u32| ((counts / unit) & ((1 << bits) - 1)) as usize;
        self.letters += part(LETTER, 16);
        self.visible += part(VISIBLE, 16);
        self.marks += part(MARK, 16);
        self.bars += part(BAR, 8);
        self.tabs += part(TAB, 8);
    }
}

fn ascii(byte: u8) -> u64 {
    COUNTS.get(usize::from(byte)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, character by character.
    fn slowly(line: &str) -> Make {
        let count = |test: &dyn Fn(char) -> bool| line.chars().filter(|c| test(*c)).count();
        Make {
            chars: line.chars().count(),
            letters: count(&char::is_alphabetic),
            visible: count(&|c| !c.is_whitespace()),
            marks: count(&|c| "{};=<>_()[]".contains(c)),
            bars: count(&|c| c == '|'),
            tabs: count(&|c| c == '\t'),
        }
    }

    #[test]
    fn every_ascii_character_and_long_lines_are_counted() {
        let all: String = ('\0'..='\u{7f}').collect();
        let wide = format!("{all}é\u{a0}日½—");
        for line in [
            "",
            &all,
            &wide,
            &all.repeat(5),
            &wide.repeat(5),
            &"|\t".repeat(700),
            &"é|".repeat(700),
        ] {
            assert_eq!(Make::of(line), slowly(line), "{line:?}");
        }
    }
}
