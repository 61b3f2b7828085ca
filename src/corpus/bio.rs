//! The lines in which a document says who wrote it: biographies and author names.

mod notice;

pub(super) use notice::Said;

use crate::document::{BlockKind, Document, Furniture, Span};

use super::text::{gram, words};

/// A sentence about the author.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BioLine {
    /// Fixed hash of its words.
    pub key: u64,
    /// Where it stands in the normalised text.
    pub span: Span,
    /// Whether it names a person: such a line is one author's, not the house's.
    pub personal: bool,
    /// What the document says of who writes under that name: see [`notice`].
    pub said: Said,
}

/// Lines from either end of a document among which a biography without the usual words is looked for; below it stand dates,
/// related headlines and the comment section.
const EDGE_LINES: usize = 14;
/// The same at the head, where titles and dates stand above it.
const HEAD_LINES: usize = 6;
/// Fewest words of a line that can tell one author from another.
const MIN_WORDS: usize = 8;
/// Sentences at the start of a line among which one about the author stands ("X is our correspondent. X covers ...").
const OPENING_SENTENCES: usize = 2;
/// Words at the start of a sentence among which the author's name stands ("Words by Mara Quill, who ...").
const NAME_WITHIN: usize = 6;
/// Most words of a label before a biography.
const LABEL_WORDS: usize = 4;
/// Words of a name, at least and at most.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;

/// Words in the name of a desk or house, not of a person.
const HOUSE: &[&str] = &[
    "admin",
    "agency",
    "agent",
    "ai",
    "analysis",
    "associated",
    "board",
    "business",
    "capital",
    "center",
    "centre",
    "city",
    "company",
    "contributor",
    "copyright",
    "corp",
    "daily",
    "desk",
    "digital",
    "editor",
    "editorial",
    "editors",
    "finance",
    "financial",
    "foundation",
    "gazette",
    "global",
    "group",
    "inc",
    "institute",
    "international",
    "journal",
    "limited",
    "ltd",
    "magazine",
    "markets",
    "media",
    "ministry",
    "network",
    "news",
    "newsroom",
    "office",
    "online",
    "post",
    "press",
    "research",
    "reuters",
    "service",
    "services",
    "staff",
    "street",
    "team",
    "times",
    "today",
    "tribune",
    "university",
    "weekly",
    "wire",
    "writer",
    "writers",
];

/// The sentences about the author, in order. A line that stands twice in the document is the page's, not the author's.
pub(super) fn bio_lines(document: &Document) -> Vec<BioLine> {
    let blocks = document.blocks();
    let mut found: Vec<BioLine> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let certain = block.kind == BlockKind::Furniture(Furniture::Bio);
        let edge = at < HEAD_LINES || at + EDGE_LINES >= blocks.len();
        let possible = edge
            && matches!(
                block.kind,
                BlockKind::Prose | BlockKind::Furniture(Furniture::Byline) | BlockKind::Quotation
            );
        if !(certain || possible) {
            continue;
        }
        // In a line that is not known for a biography only a sentence near its start, and only one that names somebody.
        let most = if certain { usize::MAX } else { OPENING_SENTENCES };
        for span in sentences(document, block.span).take(most) {
            let text = unlabelled(document.slice(span));
            let personal = name_at_start(text).is_some();
            let telling = certain || personal && text.ends_with(['.', '!']);
            if !telling || text.starts_with("About ") {
                continue;
            }
            let hashes: Vec<u64> = words(text, 0).map(|word| word.hash()).collect();
            if hashes.len() >= MIN_WORDS {
                found.push(BioLine {
                    key: gram(hashes.into_iter()),
                    span,
                    personal,
                    said: Said::Nothing,
                });
            }
        }
    }
    let keys: Vec<u64> = found.iter().map(|line| line.key).collect();
    found.retain(|line| keys.iter().filter(|key| **key == line.key).count() == 1);
    let all: Vec<Said> = found.iter().map(|line| said(document, line)).collect();
    for (line, said) in found.iter_mut().zip(all) {
        line.said = said;
    }
    found
}

/// Whether a biography leaves it open whether its author is a machine: an "AI staff writer".
pub(crate) fn leaves_open(document: &Document) -> bool {
    bio_lines(document).iter().any(|line| line.said == Said::Beat)
}

/// What the lines at the ends of the document say of who writes under the name of this biography.
fn said(document: &Document, line: &BioLine) -> Said {
    let blocks = document.blocks();
    let name = name_at_start(unlabelled(document.slice(line.span)));
    let Some(own) = blocks.iter().position(|block| block.span.contains(line.span)) else {
        return Said::Nothing;
    };
    let near = own.saturating_sub(1)..=own + 1;
    let edge = |at: usize| at < HEAD_LINES || at + EDGE_LINES >= blocks.len();
    let sentences = blocks
        .iter()
        .enumerate()
        .filter(|(at, block)| {
            (edge(*at) || near.contains(at))
                && !matches!(block.kind, BlockKind::Quotation | BlockKind::Heading)
        })
        .flat_map(|(at, block)| {
            let beside = near.contains(&at);
            sentences(document, block.span).map(move |span| (unlabelled(document.slice(span)), beside))
        });
    notice::said(sentences, name.as_deref())
}

/// The line without a label before it ("About the author: ...").
fn unlabelled(text: &str) -> &str {
    match text.split_once(": ") {
        Some((label, rest)) if label.split_whitespace().count() <= LABEL_WORDS => rest,
        _ => text,
    }
}

/// The spans of biography blocks.
pub(super) fn bio_blocks(document: &Document) -> Vec<Span> {
    document
        .blocks()
        .iter()
        .filter(|block| block.kind == BlockKind::Furniture(Furniture::Bio))
        .map(|block| block.span)
        .collect()
}

/// Sentences of a line: parted at a full stop before a capital. Biographies hold few abbreviations.
fn sentences(document: &Document, span: Span) -> impl Iterator<Item = Span> + '_ {
    let text = document.slice(span);
    let mut start = 0;
    let stop = |at: usize| matches!(text.as_bytes().get(at), Some(b'.' | b'!' | b'?'));
    let spaces = memchr::memchr2_iter(b' ', b'\n', text.as_bytes());
    let marks = spaces.filter(move |at| at.checked_sub(1).is_some_and(stop));
    marks.chain([text.len()]).filter_map(move |at| {
        let before = text.get(start..at)?;
        if at < text.len() {
            let after = || text.get(at..).unwrap_or("").trim_start();
            let opens = || after().starts_with(|c: char| c.is_uppercase() || c == '[');
            if !opens() || is_initial(before) {
                return None;
            }
        }
        let trimmed = before.trim();
        let lead = before.len() - before.trim_start().len();
        let from = span.start as usize + start + lead;
        start = at;
        (!trimmed.is_empty()).then(|| Span::new(from, from + trimmed.len()))
    })
}

/// Whether a text ends with a single letter and a stop, as in "J. Quill".
fn is_initial(text: &str) -> bool {
    let last = text.trim_end_matches('.').rsplit([' ', '.']).next();
    last.is_some_and(|word| word.chars().count() == 1)
}

/// A person's name near the start of a sentence: two to four capitalised words in a row, none of them a house's; a letter with a stop may stand
/// behind the first ("Mara J. Quill").
pub(super) fn name_at_start(text: &str) -> Option<String> {
    // Short names are listed among the common words.
    let common = |word: &str| word.len() > 2 && super::common_words::is_common(&word.to_lowercase());
    let is_letter = |part: &&str| part.ends_with('.');
    let mut run: Vec<&str> = Vec::new();
    for (at, raw) in text.split_whitespace().enumerate() {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
        let letter = matches!(raw.as_bytes(), [b'A'..=b'Z', b'.']);
        if letter && !run.is_empty() && run.len() < *NAME_WORDS.end() {
            run.push(raw);
            continue;
        }
        let capital = word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
        // "Henry V. The king": a sentence begins behind the letter.
        let capital = capital && !(run.last().is_some_and(is_letter) && common(word));
        let house = capital && HOUSE.binary_search(&word.to_lowercase().as_str()).is_ok();
        if capital && !house {
            run.push(word);
        }
        if !capital || house || raw.ends_with([',', '.', ';', ':', ')']) {
            if is_name(&run) {
                break;
            }
            run.clear();
            if at + 1 >= NAME_WITHIN {
                return None;
            }
        }
        if run.len() > *NAME_WORDS.end() {
            return None;
        }
    }
    while run.last().is_some_and(is_letter) {
        run.pop();
    }
    is_name(&run)
        .then(|| run.join(" "))
        // "Words By", "The Harbour" at the start of a sentence are no name.
        .filter(|name| {
            let first = name.split(' ').next();
            !first.is_some_and(common)
        })
}

/// Whether some words and letters make a name: as many words as one has.
fn is_name(run: &[&str]) -> bool {
    let words = run.iter().filter(|part| !part.ends_with('.')).count();
    NAME_WORDS.contains(&words)
}

/// The author's name: the page's byline, else a byline or biography in the text.
pub(super) fn pen_name(document: &Document) -> Option<(String, Option<Span>)> {
    let bare = |text: &str| {
        let text = text.trim().trim_start_matches("Generated by AI Agent");
        let text = text
            .strip_prefix("By ")
            .or_else(|| text.strip_prefix("by "))
            .or_else(|| text.strip_prefix("Written by "))
            .unwrap_or(text);
        name_at_start(text)
    };
    if let Some(name) = document.raw().byline.as_deref().and_then(bare) {
        return Some((name, None));
    }
    let blocks = document.blocks().iter();
    let byline = blocks
        .filter(|block| block.kind == BlockKind::Furniture(Furniture::Byline))
        .find_map(|block| Some((bare(document.slice(block.span))?, Some(block.span))));
    byline.or_else(|| {
        // Only of a line that is known for a biography: any sentence may begin with a name.
        bio_blocks(document)
            .iter()
            .find_map(|span| Some((name_at_start(document.slice(*span))?, Some(*span))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::RawDocument;

    fn document(text: &str) -> Document {
        Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        })
    }

    fn lines(text: &str) -> Vec<(String, bool)> {
        let document = document(text);
        bio_lines(&document)
            .iter()
            .map(|line| (document.slice(line.span).to_owned(), line.personal))
            .collect()
    }

    const BODY: &str = "The ferry to Corvane will run every hour from May, the port said.\n\nFares stay as they are, and dogs travel free on weekdays.\n\n";

    #[test]
    fn the_house_words_are_sorted() {
        assert!(HOUSE.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_closing_line_about_a_named_author_is_found() {
        let told =
            "Mara Quillfeather looks at harbours the way a cat looks at a fish, with her whole mind on it.";
        assert_eq!(lines(&format!("{BODY}{told}")), [(told.to_owned(), true)]);
        let told = "Words by Ib Tolvane, who counts every crane between here and the northern cape.";
        assert_eq!(lines(&format!("{BODY}{told}")), [(told.to_owned(), true)]);
    }

    #[test]
    fn an_author_is_named_at_the_start_of_a_line_and_initials_end_no_sentence() {
        let told =
            "The desk is small. Mara Quillfeather looks at the J. Tolvane harbour as a cat looks at a fish.";
        let second = "Mara Quillfeather looks at the J. Tolvane harbour as a cat looks at a fish.";
        assert_eq!(lines(&format!("{BODY}{told}")), [(second.to_owned(), true)]);
        assert!(lines(&format!("{BODY}The desk is small. It is warm. {second}")).is_empty());
    }

    #[test]
    fn promotion_bodies_and_repeated_lines_are_not() {
        let promo = "Upgrade to Corvane Plus for the morning tide table";
        assert!(lines(&format!("{promo}\n\n{BODY}{promo}")).is_empty());
        assert!(lines(BODY).is_empty());
        let twice = "Ib Tolvane counts every crane between here and the northern cape.";
        assert!(lines(&format!("{twice}\n\n{BODY}{twice}")).is_empty());
    }

    #[test]
    fn names_are_persons_names() {
        for (text, name) in [
            ("Mara Quill covers ports.", Some("Mara Quill")),
            ("Words by Ib Tolvane, who walks.", Some("Ib Tolvane")),
            ("Mara J. Quill covers ports.", Some("Mara J. Quill")),
            ("Mara Quill B. was late.", Some("Mara Quill")),
            ("Ib K. Wu covers ports.", Some("Ib K. Wu")),
            ("Henry V. The king is dead.", None),
            ("Mara J. said so.", None),
            ("A. B. C. D. E. F. Mara.", None),
            ("Reuters Staff", None),
            ("Delivering insights on markets and money since spring.", None),
            ("The port said on Monday", None),
        ] {
            assert_eq!(name_at_start(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn the_byline_gives_the_pen_name() {
        for name in ["Mara Quill", "Mara J. Quill"] {
            let document = document(&format!("By {name}\n\n{BODY}"));
            assert_eq!(pen_name(&document).map(|(name, _)| name).as_deref(), Some(name));
        }
    }
}
