//! Markup -> text with the marks that `document` tells blocks apart by.
//!
//! Paragraphs are set apart by blank lines, headings begin with `#`, list items with
//! `- ` (or their number), quotations with `> `, code stands between fences, the cells
//! of a table row are joined by ` | `. Links, emphasis and images leave their text only.

use super::scan::{Scanner, Token};

/// Elements whose content is not text of the page.
const HIDDEN: [&str; 14] = [
    "script", "style", "head", "template", "noscript", "svg", "math", "iframe", "object", "select",
    "textarea", "button", "noembed", "noframes",
];
/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 27] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "figure",
    "figcaption",
    "address",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
    "form",
    "fieldset",
    "legend",
    "table",
    "caption",
    "center",
    "hgroup",
    "body",
    "html",
    "video",
];
/// Quotations nested deeper than this are marked as this deep.
const MAX_QUOTES: usize = 8;
/// Lists nested deeper than this are indented as this deep.
const MAX_LISTS: usize = 16;

/// The text of some markup. Linear in its length; no recursion.
pub(super) fn text(markup: &str) -> String {
    let mut writer = Writer::new(markup.len());
    for token in Scanner::new(markup) {
        writer.token(token);
    }
    writer.finish()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Bullets,
    Numbers(u32),
}

/// What must stand between the text so far and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
    Paragraph,
}

pub(super) struct Writer {
    out: String,
    gap: Gap,
    /// The element whose content is being left out, and how many of its name are open.
    hidden: Option<(&'static str, usize)>,
    quotes: usize,
    /// Open `q` elements: browsers print quotation marks for them.
    marks: usize,
    lists: Vec<List>,
    /// Lists open beyond `MAX_LISTS`.
    deeper_lists: usize,
    /// Open `pre` elements.
    pre: usize,
    /// Whether a list item's or heading's mark has been asked for and not yet written.
    mark: Option<String>,
    /// Cells begun in the current table row.
    cells: usize,
    /// Whether the current cell holds no text yet: blocks do not break the row there.
    fresh_cell: bool,
}

/// The entry of `names` that equals `name` but for case.
fn find(names: &[&'static str], name: &str) -> Option<&'static str> {
    names.iter().find(|n| n.eq_ignore_ascii_case(name)).copied()
}

impl Writer {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            out: String::with_capacity(capacity / 2),
            gap: Gap::None,
            hidden: None,
            quotes: 0,
            marks: 0,
            lists: Vec::new(),
            deeper_lists: 0,
            pre: 0,
            mark: None,
            cells: 0,
            fresh_cell: false,
        }
    }

    pub(super) fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Raw(_) => {}
            Token::Text(text) if self.hidden.is_none() => self.write(text),
            Token::Text(_) => {}
            Token::Start { name, .. } => match &mut self.hidden {
                Some((hidden, depth)) if hidden.eq_ignore_ascii_case(name) => *depth += 1,
                // The body begins where the head was never closed.
                Some(("head", _)) if name.eq_ignore_ascii_case("body") => self.hidden = None,
                Some(_) => {}
                None => self.start(name),
            },
            Token::End(name) => match &mut self.hidden {
                Some((hidden, depth)) if hidden.eq_ignore_ascii_case(name) => {
                    *depth -= 1;
                    if *depth == 0 {
                        self.hidden = None;
                    }
                }
                Some(_) => {}
                None => self.end(name),
            },
        }
    }

    fn ask(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn start(&mut self, name: &str) {
        if let Some(hidden) = find(&HIDDEN, name) {
            self.hidden = Some((hidden, 1));
            return;
        }
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "br" => self.line_break(),
            "hr" => self.ask(Gap::Paragraph),
            "title" => self.hidden = Some(("title", 1)),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.ask(Gap::Paragraph);
                let level = lower.bytes().last().map_or(1, |digit| usize::from(digit - b'0'));
                self.mark = Some("#".repeat(level) + " ");
            }
            "ul" | "ol" | "menu" => self.open_list(&lower),
            "li" => self.open_item(),
            "blockquote" => {
                self.ask(Gap::Paragraph);
                self.quotes += 1;
            }
            "q" => {
                self.write("\u{201c}");
                self.marks += 1;
            }
            "pre" => {
                self.ask(Gap::Paragraph);
                if self.pre == 0 {
                    self.open_line();
                    self.out.push_str("```\n");
                }
                self.pre += 1;
            }
            "tr" => {
                self.ask(Gap::Line);
                self.cells = 0;
            }
            "td" | "th" => self.open_cell(),
            other if BLOCKS.contains(&other) => self.ask(self.block_gap()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.mark = None;
                self.ask(Gap::Paragraph);
            }
            "ul" | "ol" | "menu" => {
                if self.deeper_lists > 0 {
                    self.deeper_lists -= 1;
                } else {
                    self.lists.pop();
                }
                self.mark = None;
                self.ask(if self.lists.is_empty() {
                    Gap::Paragraph
                } else {
                    Gap::Line
                });
            }
            "li" => {
                self.mark = None;
                self.ask(Gap::Line);
            }
            "blockquote" => {
                self.ask(Gap::Paragraph);
                self.quotes = self.quotes.saturating_sub(1);
            }
            "q" if self.marks > 0 => {
                self.marks -= 1;
                let gap = std::mem::replace(&mut self.gap, Gap::None);
                self.write("\u{201d}");
                self.ask(gap);
            }
            "pre" if self.pre > 0 => {
                self.pre -= 1;
                if self.pre == 0 {
                    self.close_fence();
                }
            }
            "tr" => {
                self.cells = 0;
                self.fresh_cell = false;
                self.ask(Gap::Line);
            }
            other if BLOCKS.contains(&other) => self.ask(self.block_gap()),
            _ => {}
        }
    }

    /// Cells of a row stand on one line. Blocks inside a cell break it only after its first
    /// text: old pages lay out whole articles in one cell.
    fn open_cell(&mut self) {
        if self.cells > 0 {
            self.gap = Gap::None;
            self.out.push_str(" | ");
        }
        self.cells += 1;
        self.fresh_cell = true;
    }

    /// What a block's border asks for; in a list item it does not break the list.
    fn block_gap(&self) -> Gap {
        if self.fresh_cell {
            Gap::None
        } else if self.lists.is_empty() {
            Gap::Paragraph
        } else {
            Gap::Line
        }
    }

    fn line_break(&mut self) {
        if self.pre > 0 {
            self.out.push('\n');
        } else {
            self.ask(Gap::Line);
        }
    }

    fn open_list(&mut self, name: &str) {
        self.ask(if self.lists.is_empty() {
            Gap::Paragraph
        } else {
            Gap::Line
        });
        if self.lists.len() == MAX_LISTS {
            self.deeper_lists += 1;
        } else if name == "ol" {
            self.lists.push(List::Numbers(0));
        } else {
            self.lists.push(List::Bullets);
        }
    }

    fn open_item(&mut self) {
        self.ask(Gap::Line);
        let indent = "  ".repeat(self.lists.len().saturating_sub(1));
        self.mark = Some(match self.lists.last_mut() {
            Some(List::Numbers(n)) => {
                *n = n.saturating_add(1);
                format!("{indent}{n}. ")
            }
            _ => format!("{indent}- "),
        });
    }

    fn close_fence(&mut self) {
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.push_quotes();
        self.out.push_str("```");
        self.gap = Gap::Paragraph;
    }

    fn push_quotes(&mut self) {
        for _ in 0..self.quotes.min(MAX_QUOTES) {
            self.out.push_str("> ");
        }
    }

    /// Writes the line breaks that were asked for and the marks of a new line.
    fn open_line(&mut self) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        let begins = self.out.is_empty();
        if !begins {
            match gap {
                Gap::None => {}
                Gap::Space => {
                    if !self.out.ends_with(char::is_whitespace) {
                        self.out.push(' ');
                    }
                }
                Gap::Line | Gap::Paragraph => {
                    self.out.truncate(self.out.trim_end_matches([' ', '\n']).len());
                    self.out.push_str(if gap == Gap::Line { "\n" } else { "\n\n" });
                }
            }
        }
        if begins || gap >= Gap::Line {
            self.push_quotes();
        }
        if let Some(mark) = self.mark.take() {
            self.out.push_str(&mark);
        }
    }

    fn write(&mut self, escaped: &str) {
        let text = html_escape::decode_html_entities(escaped);
        if self.pre > 0 {
            self.write_preformatted(&text);
            return;
        }
        // White space collapses; no-break spaces and their like are characters and stay.
        let collapses = |c: char| c.is_ascii_whitespace();
        if text.starts_with(collapses) {
            self.ask(Gap::Space);
        }
        for (n, word) in text.split(collapses).filter(|word| !word.is_empty()).enumerate() {
            if n > 0 {
                self.out.push(' ');
            } else {
                self.open_line();
            }
            self.out.push_str(word);
            self.fresh_cell = false;
            self.gap = Gap::None;
        }
        if text.ends_with(collapses) {
            self.ask(Gap::Space);
        }
    }

    fn write_preformatted(&mut self, text: &str) {
        for part in text.split_inclusive('\n') {
            if self.out.ends_with('\n') {
                self.push_quotes();
            }
            self.out.push_str(part);
        }
    }

    pub(super) fn finish(mut self) -> String {
        if self.pre > 0 {
            self.close_fence();
        }
        self.out.truncate(self.out.trim_end().len());
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_inline_marks() {
        let markup =
            "<p>One <b>bold</b> word,\n a <a href=x>link</a>.</p><p>Two&nbsp;&amp; three<br>on a line</p>";
        assert_eq!(
            text(markup),
            "One bold word, a link.\n\nTwo\u{a0}& three\non a line"
        );
    }

    #[test]
    fn quotations_within_a_line_have_their_marks() {
        assert_eq!(
            text("<p>It read <q>a <q>b</q> </q>so.</p></q>"),
            "It read \u{201c}a \u{201c}b\u{201d}\u{201d} so."
        );
    }

    #[test]
    fn headings_lists_quotations_and_rules() {
        let markup = "<h2>Head</h2><ul><li>a</li><li><p>b</p><ol><li>c<li>d</ol></li></ul><p>x</p>\
                      <blockquote><p>q1</p><p>q2</p></blockquote><hr><p>end</p>";
        assert_eq!(
            text(markup),
            "## Head\n\n- a\n- b\n  1. c\n  2. d\n\nx\n\n> q1\n\n> q2\n\nend"
        );
    }

    #[test]
    fn code_is_fenced_and_keeps_its_lines() {
        let markup = "<p>Run:</p><pre><code>if a &lt; b:\n    <b>go</b>()\n</code></pre><p>Done</p>";
        assert_eq!(text(markup), "Run:\n\n```\nif a < b:\n    go()\n```\n\nDone");
    }

    #[test]
    fn table_rows_are_lines_of_cells() {
        let markup = "<table><tr><th>City<th>Ships</tr><tr><td><p>Lund</p></td><td>4</td></tr></table>";
        assert_eq!(text(markup), "City | Ships\nLund | 4");
        let layout = "<table><tr><td>Menu</td><td><p>One.</p><p>Two.</p></td></tr></table><p>End.";
        assert_eq!(text(layout), "Menu | One.\n\nTwo.\n\nEnd.");
    }

    #[test]
    fn scripts_and_heads_are_no_text() {
        let markup = "<head><title>T</title><style>p{}</style></head><body><script>x<p>y</script>a\
                      <noscript><p>n</p></noscript><svg><text>s</text></svg><p>b</p>";
        assert_eq!(text(markup), "a\n\nb");
        assert_eq!(text("<head><meta a=b><body>text"), "text");
    }

    #[test]
    fn nesting_without_end_stays_small_and_linear() {
        for tag in [
            "<div>",
            "<ul><li>",
            "<blockquote>",
            "<pre>",
            "<table><tr><td>",
            "<h1>",
            "<b>",
        ] {
            let out = text(&(tag.repeat(100_000) + "end"));
            assert!(out.trim_end_matches("\n```").ends_with("end"), "{tag}");
            assert!(out.len() < 1000, "{tag}: {}", out.len());
        }
    }
}
