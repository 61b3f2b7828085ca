//! Text of documents made harmless for the place it is shown in.

use std::borrow::Cow;

/// First of the Unicode control pictures: U+2400 stands for U+0000, and so on.
const CONTROL_PICTURES: u32 = 0x2400;
/// The control picture for delete (U+007F).
const DELETE_PICTURE: char = '\u{2421}';

/// What a character is shown as where it could steer a terminal or garble a line; `None` is itself.
fn shown(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{7f}' => Some(DELETE_PICTURE),
        c if u32::from(c) < 0x20 => char::from_u32(CONTROL_PICTURES + u32::from(c)),
        // C1 controls, and the marks that turn the direction of writing.
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => Some(char::REPLACEMENT_CHARACTER),
        _ => None,
    }
}

/// One line of a document's text, safe for a terminal: line breaks become spaces, control
/// characters their pictures, marks that turn the writing direction U+FFFD.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c).is_none()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(|c| shown(c).unwrap_or(c)).collect())
    }
}

/// Appends text escaped for HTML (content and quoted attributes). Line breaks and tabs stay,
/// other control characters become pictures.
pub fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c => out.push(shown(c).unwrap_or(c)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_not_steered() {
        assert_eq!(clean("plain \u{e9}\u{4e2d}"), "plain \u{e9}\u{4e2d}");
        assert_eq!(
            clean("a\u{1b}[2J\u{9b}31mb\r\nc\u{202e}d\u{7f}\u{0}"),
            "a\u{241b}[2J\u{fffd}31mb  c\u{fffd}d\u{2421}\u{2400}"
        );
    }

    #[test]
    fn markup_is_escaped() {
        let mut out = String::new();
        escape(&mut out, "<script>a('b' & \"c\")</script>\n\u{1b}");
        assert_eq!(
            out,
            "&lt;script&gt;a(&#39;b&#39; &amp; &quot;c&quot;)&lt;/script&gt;\n\u{241b}"
        );
    }
}
