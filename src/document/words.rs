//! Word borders (Unicode UAX 29), with a short way for the ASCII parts of a text.
//!
//! A text that has one letter beyond ASCII anywhere would otherwise go the long way as a whole. A border never depends on what
//! lies beyond a space, so only the stretch around such a letter has to.

use unicode_segmentation::UnicodeSegmentation;

use super::hash::Fnv;

/// What a byte is to the rules: letter, digit, underscore, other ASCII or beyond ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Joiner,
    Other,
    Wide,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut rest: &mut [Kind] = &mut kinds;
    let mut byte = 0_u8;
    while let Some((first, after)) = rest.split_first_mut() {
        *first = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Kind::Letter,
            b'0'..=b'9' => Kind::Digit,
            b'_' => Kind::Joiner,
            0x80.. => Kind::Wide,
            _ => Kind::Other,
        };
        rest = after;
        byte = byte.wrapping_add(1);
    }
    kinds
};

fn kind(byte: u8) -> Kind {
    KINDS.get(usize::from(byte)).copied().unwrap_or(Kind::Other)
}

/// What a word is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Make {
    /// Letters.
    pub letters: usize,
    /// Digits and other characters that stand for numbers.
    pub digits: usize,
    /// Upper-case letters.
    pub upper: usize,
    /// Characters.
    pub chars: usize,
    /// Whether its first letter is an upper-case one.
    pub first_upper: bool,
    /// Hash of its lower-case form, if it is ASCII.
    pub hash: Option<u64>,
}

impl Make {
    fn of(word: &str) -> Self {
        let mut make = Self::default();
        for c in word.chars() {
            if c.is_numeric() {
                make.digits += 1;
            } else if c.is_alphabetic() {
                make.first_upper |= make.letters == 0 && c.is_uppercase();
                make.letters += 1;
                make.upper += usize::from(c.is_uppercase());
            }
            make.chars += 1;
        }
        make
    }
}

/// Calls `found(at, word, make)` for every word of `text` in order: those of `unicode_word_indices`, exactly. Linear.
pub(super) fn each_word<'t>(text: &'t str, mut found: impl FnMut(usize, &'t str, Make)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let end = match kind(byte) {
            // The common case, first: one space between two ASCII characters.
            Kind::Other => {
                let end = if byte == b' ' { spaces(bytes, at) } else { at + 1 };
                match bytes.get(end) {
                    // What follows a mark or space may belong to it, if it is no ASCII.
                    Some(next) if *next >= 0x80 => None,
                    _ => {
                        at = end;
                        continue;
                    }
                }
            }
            Kind::Wide => None,
            Kind::Letter | Kind::Digit | Kind::Joiner => run(bytes, at),
        };
        match end {
            Some(make) => {
                let end = at + make.chars;
                if make.letters + make.digits > 0 {
                    found(at, text.get(at..end).unwrap_or(""), make);
                }
                at = end;
            }
            None => {
                let mut end = next_space(bytes, spaces(bytes, at));
                // A wide space and a plain one behind it are one, and what belongs to the plain one belongs to both.
                let wide_space = |c: char| !c.is_ascii() && c.is_whitespace();
                while end < bytes.len() && text.get(at..end).unwrap_or("").ends_with(wide_space) {
                    end = next_space(bytes, spaces(bytes, end));
                }
                for (offset, word) in text.get(at..end).unwrap_or("").unicode_word_indices() {
                    found(at + offset, word, Make::of(word));
                }
                at = end;
            }
        }
    }
}

/// The end of the spaces at `at`.
fn spaces(bytes: &[u8], at: usize) -> usize {
    at + bytes.iter().skip(at).take_while(|byte| **byte == b' ').count()
}

/// The first space from `at` on, or the end.
fn next_space(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or(&[]);
    at + memchr::memchr(b' ', rest).unwrap_or(rest.len())
}

/// The run of letters, digits and what joins them at `at` (a word unless it is underscores alone); `None` if it may go on
/// beyond ASCII.
fn run(bytes: &[u8], at: usize) -> Option<Make> {
    let mut make = Make::default();
    let mut hash = Fnv::new();
    let mut before = Kind::Other;
    let mut end = at;
    while let Some(&byte) = bytes.get(end) {
        let now = kind(byte);
        match now {
            Kind::Letter => {
                let upper = byte.is_ascii_uppercase();
                make.first_upper |= upper && make.letters == 0;
                make.letters += 1;
                make.upper += usize::from(upper);
            }
            Kind::Digit => make.digits += 1,
            Kind::Joiner => {}
            Kind::Wide => return None,
            Kind::Other => {
                // Between two letters or two digits.
                let joins = match byte {
                    b'.' | b'\'' => before == Kind::Letter || before == Kind::Digit,
                    b':' => before == Kind::Letter,
                    b',' | b';' => before == Kind::Digit,
                    _ => false,
                };
                match bytes.get(end + 1).map(|next| kind(*next)) {
                    // A mark beyond ASCII may belong to this one, and the run then go on.
                    Some(Kind::Wide) => return None,
                    Some(next) if joins && next == before => {}
                    _ => break,
                }
            }
        }
        hash.add(byte.to_ascii_lowercase());
        before = now;
        end += 1;
    }
    make.chars = end - at;
    make.hash = Some(hash.get());
    Some(make)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::word_hash;

    fn own(text: &str) -> Vec<(usize, &str)> {
        let mut words = Vec::new();
        each_word(text, |at, word, make| {
            let slow = Make::of(word);
            let hash = make.hash.map(|_| word_hash(&word.to_lowercase()));
            assert_eq!(make, Make { hash, ..slow }, "{word:?}");
            words.push((at, word));
        });
        words
    }

    #[test]
    fn words_by_hand() {
        assert_eq!(
            own("a.b x_1 3,5 don't - café,9 __"),
            [
                (0, "a.b"),
                (4, "x_1"),
                (8, "3,5"),
                (12, "don't"),
                (20, "café"),
                (26, "9")
            ]
        );
    }

    #[test]
    fn awkward_texts_split_as_the_library_splits_them() {
        for text in [
            "  \u{93e}a",
            "\"\u{301}a .\u{93e}",
            "a.\u{301}b a\u{ad}.b",
            "\u{1f1e6}\u{1f1e7}\u{1f1e8} x",
            "1,\u{301}2 ,\u{661}",
            "word—word… end—",
            "日本語 テキスト한국어 ไทย",
            "a\u{3000} b",
            "\u{2000} \u{93e}",
            "a\u{2000}  \u{93e}b c",
            "x\r\ny\tz\u{b}",
            "",
        ] {
            let library: Vec<_> = text.unicode_word_indices().collect();
            assert_eq!(own(text), library, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn words_are_those_of_the_library(text in "([a-zA-Z0-9_.,;:' \"—é\u{301}\u{93e}\u{ad}א\u{5d0}カ\u{1f1e6}٣-]|[ a-z]{1,3}|\\PC){0,40}") {
            let library: Vec<_> = text.unicode_word_indices().collect();
            prop_assert_eq!(own(&text), library);
        }
    }
}
