//! Passages of the text as it was read, with their surroundings and the marks on them.

use crate::document::Span;
use crate::signature::Axis;
use crate::verdict::Verdict;

/// A mark on the text: a sign, or a passage behind a part of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark<'a> {
    /// Range in the text as it was read.
    pub span: Span,
    /// Axis it speaks to.
    pub axis: Axis,
    /// Sign id or evidence name.
    pub name: &'a str,
    /// Whether it stands in a quotation and so does not declare.
    pub quoted: bool,
}

/// All marks of a verdict, by position. Passages behind the score of a silent axis are left out: it says nothing of them.
pub fn marks(verdict: &Verdict) -> Vec<Mark<'_>> {
    let signs = verdict.signs.iter().filter_map(|sign| {
        Some(Mark {
            span: sign.span?,
            axis: sign.axis,
            name: &sign.id,
            quoted: sign.quoted,
        })
    });
    let speaking = verdict
        .evidence
        .iter()
        .filter(|part| verdict.silent(part.axis).is_none());
    let parts = speaking.flat_map(|part| {
        part.spans.iter().map(|span| Mark {
            span: *span,
            axis: part.axis,
            name: &part.name,
            quoted: false,
        })
    });
    let mut all: Vec<Mark<'_>> = signs.chain(parts).filter(|mark| !mark.span.is_empty()).collect();
    all.sort_by_key(|mark| (mark.span, mark.axis as u8));
    all
}

/// A run of text under the same marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece<'a, 'b> {
    /// The text.
    pub text: &'a str,
    /// Marks that cover it, by position; none for plain text.
    pub marks: Vec<&'b Mark<'b>>,
}

/// Cuts a text where marks begin and end. The pieces' texts put together are the text.
pub fn pieces<'a, 'b>(text: &'a str, marks: &'b [Mark<'b>]) -> Vec<Piece<'a, 'b>> {
    let fits = |mark: &&Mark<'_>| text.get(mark.span.range()).is_some();
    let mut cuts: Vec<usize> = marks
        .iter()
        .filter(fits)
        .flat_map(|mark| [mark.span.start as usize, mark.span.end as usize])
        .chain([0, text.len()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut coming = marks.iter().filter(fits).peekable();
    let mut open: Vec<&Mark<'_>> = Vec::new();
    let mut pieces = Vec::new();
    for (from, to) in cuts.iter().copied().zip(cuts.iter().copied().skip(1)) {
        open.retain(|mark| mark.span.end as usize > from);
        while let Some(mark) = coming.next_if(|mark| mark.span.start as usize <= from) {
            open.push(mark);
        }
        pieces.push(Piece {
            text: text.get(from..to).unwrap_or(""),
            marks: open.clone(),
        });
    }
    pieces
}

/// A passage with some characters before and after it, cut at word borders where one is near.
/// An ellipsis shows that text was left out; a long passage is shortened in its middle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// What stands before.
    pub before: String,
    /// The passage.
    pub marked: String,
    /// What stands after.
    pub after: String,
}

const ELLIPSIS: char = '\u{2026}';

/// Cuts out a passage with `around` bytes of surroundings and at most about `longest` bytes of itself.
pub fn excerpt(text: &str, span: Span, around: usize, longest: usize) -> Excerpt {
    let (start, end) = (span.start as usize, span.end as usize);
    let (Some(head), Some(marked), Some(tail)) = (text.get(..start), text.get(start..end), text.get(end..))
    else {
        return Excerpt {
            before: String::new(),
            marked: String::new(),
            after: String::new(),
        };
    };
    let before = if head.len() <= around {
        head.to_owned()
    } else {
        let from = head.ceil_char_boundary(head.len() - around);
        let near = head.get(from..).unwrap_or("");
        let word = near
            .split_once(char::is_whitespace)
            .map_or(near, |(_, rest)| rest);
        format!("{ELLIPSIS}{word}")
    };
    let after = if tail.len() <= around {
        tail.to_owned()
    } else {
        let near = tail.get(..tail.floor_char_boundary(around)).unwrap_or("");
        let word = near
            .rsplit_once(char::is_whitespace)
            .map_or(near, |(rest, _)| rest);
        format!("{word}{ELLIPSIS}")
    };
    let marked = if marked.len() <= longest {
        marked.to_owned()
    } else {
        let half = longest / 2;
        format!(
            "{} {ELLIPSIS} {}",
            marked.get(..marked.floor_char_boundary(half)).unwrap_or(""),
            marked
                .get(marked.ceil_char_boundary(marked.len() - half)..)
                .unwrap_or("")
        )
    };
    Excerpt {
        before,
        marked,
        after,
    }
}

/// Lines and columns of byte positions in a text.
#[derive(Debug)]
pub struct Positions<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
}

impl<'a> Positions<'a> {
    /// Finds the lines (`\n` ends one). Linear in the text, once a document.
    pub fn new(text: &'a str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            line_starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// Line and column, both from 1, the column in Unicode code points.
    pub fn of(&self, byte: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= byte);
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.text.get(start..byte).map_or(0, |part| part.chars().count());
        (line, column + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, name: &str) -> Mark<'_> {
        Mark {
            span: Span::new(start, end),
            axis: Axis::Machine,
            name,
            quoted: false,
        }
    }

    #[test]
    fn pieces_put_together_are_the_text_and_carry_overlapping_marks() {
        let text = "abcdefghij";
        let marks = [mark(1, 5, "one"), mark(3, 7, "two"), mark(7, 40, "misfit")];
        let found: Vec<(&str, Vec<&str>)> = pieces(text, &marks)
            .iter()
            .map(|piece| (piece.text, piece.marks.iter().map(|m| m.name).collect()))
            .collect();
        assert_eq!(
            found,
            [
                ("a", vec![]),
                ("bc", vec!["one"]),
                ("de", vec!["one", "two"]),
                ("fg", vec!["two"]),
                ("hij", vec![])
            ]
        );
        let split = mark(1, 2, "inside a character");
        assert_eq!(pieces("\u{e9}\u{e9}", &[split]).len(), 1);
        assert!(pieces("", &[]).is_empty());
    }

    #[test]
    fn an_excerpt_shows_the_surroundings_and_says_what_it_left_out() {
        let text = "one two three MARKED four five six";
        let found = excerpt(text, Span::new(14, 20), 8, 20);
        assert_eq!(
            (found.before.as_str(), found.marked.as_str(), found.after.as_str()),
            ("\u{2026}three ", "MARKED", " four\u{2026}")
        );
        let short = excerpt("a MARK", Span::new(2, 6), 8, 20);
        assert_eq!((short.before.as_str(), short.after.as_str()), ("a ", ""));
        assert_eq!(
            excerpt(&"x".repeat(100), Span::new(0, 100), 5, 10).marked,
            "xxxxx \u{2026} xxxxx"
        );
        assert_eq!(excerpt("\u{e9}", Span::new(1, 9), 5, 10).marked, "");
    }

    #[test]
    fn columns_count_characters() {
        let text = "\u{e9}ab\ncd\n";
        let positions = Positions::new(text);
        assert_eq!(positions.of(0), (1, 1));
        assert_eq!(positions.of(2), (1, 2));
        assert_eq!(positions.of(5), (2, 1));
        assert_eq!(positions.of(6), (2, 2));
        assert_eq!(positions.of(8), (3, 1));
    }
}
