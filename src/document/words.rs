//! Word borders (Unicode UAX 29), with a short way for the ASCII parts of a text.
//!
//! A text that has one letter beyond ASCII anywhere would otherwise go the long way as a whole. A border never depends on what
//! lies beyond a space, so only the stretch around such a letter has to.

use unicode_segmentation::UnicodeSegmentation;

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

/// Calls `found(at, word)` for every word of `text` in order: those of `unicode_word_indices`, exactly. Linear.
pub(super) fn each_word<'t>(text: &'t str, mut found: impl FnMut(usize, &'t str)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let end = match kind(byte) {
            Kind::Letter | Kind::Digit | Kind::Joiner => run(bytes, at),
            // What follows a mark or space may belong to it, if it is no ASCII.
            Kind::Other => {
                let end = if byte == b' ' { spaces(bytes, at) } else { at + 1 };
                match bytes.get(end) {
                    Some(next) if *next >= 0x80 => None,
                    _ => {
                        at = end;
                        continue;
                    }
                }
            }
            Kind::Wide => None,
        };
        match end {
            Some((end, is_word)) => {
                if is_word {
                    found(at, text.get(at..end).unwrap_or(""));
                }
                at = end;
            }
            None => {
                let body = spaces(bytes, at);
                let end = bytes
                    .iter()
                    .skip(body)
                    .position(|byte| *byte == b' ')
                    .map_or(bytes.len(), |length| body + length);
                for (offset, word) in text.get(at..end).unwrap_or("").unicode_word_indices() {
                    found(at + offset, word);
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

/// The end of the run of letters, digits and what joins them at `at`, and whether it is a word (not underscores alone);
/// `None` if it may go on beyond ASCII.
fn run(bytes: &[u8], at: usize) -> Option<(usize, bool)> {
    let mut end = at;
    let mut before = Kind::Other;
    let mut is_word = false;
    while let Some(&byte) = bytes.get(end) {
        let now = kind(byte);
        match now {
            Kind::Letter | Kind::Digit => is_word = true,
            Kind::Joiner => {}
            Kind::Wide => return None,
            Kind::Other => {
                let joins = match byte {
                    b'.' | b'\'' => before == Kind::Letter || before == Kind::Digit,
                    b':' => before == Kind::Letter,
                    b',' | b';' => before == Kind::Digit,
                    _ => false,
                };
                match bytes.get(end + 1).map(|next| kind(*next)) {
                    // Between two letters or two digits. A combining mark may stand in between, so the other mark
                    // need not be one of those above for the run to be looked at in full.
                    Some(Kind::Wide) => return None,
                    Some(next) if joins && next == before => {}
                    _ => break,
                }
            }
        }
        before = now;
        end += 1;
    }
    Some((end, is_word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn own(text: &str) -> Vec<(usize, &str)> {
        let mut words = Vec::new();
        each_word(text, |at, word| words.push((at, word)));
        words
    }

    #[test]
    fn words_by_hand() {
        assert_eq!(
            own("a.b x_1 3,5 don't - café,9 __"),
            [(0, "a.b"), (4, "x_1"), (8, "3,5"), (12, "don't"), (20, "café"), (26, "9")]
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
