//! Markup -> the same page, well nested, of bounded depth and size.
//!
//! Tree builders are quadratic in nesting depth and in elements left open (every `<p>`
//! asks the whole stack of open elements; unclosed formatting is opened anew in every
//! paragraph), and attributes are compared with each other. Markup that closes all it
//! opens, at most [`MAX_DEPTH`] deep, with few attributes, costs them linear time. It is
//! also less than half as long as most pages: scripts, styles, drawings and comments go.

use super::scan::{Attributes, Scanner, Token};

/// Elements nested deeper lose their tags, not their text. Pages rarely exceed 60.
const MAX_DEPTH: usize = 128;
/// Pages with more elements are not taken apart any further (`None`).
/// Long encyclopedia articles have some 30,000.
const MAX_ELEMENTS: usize = 60_000;
/// Beyond this the page is not taken apart any further either: the sum, over the runs of text between two tags, of a
/// run's bytes times the bytes in it that the tree writer stops at. It looks through the rest of the run at
/// each of them (html5ever 0.3x). Pages of novels stay below a hundredth of it; it is passed within 0.1 s.
const MAX_RUN_WORK: usize = 2 << 30;
/// Longer attribute values (inline images, styles) are left out, in bytes.
const MAX_VALUE: usize = 1024;

/// Elements left out with their content.
const DROPPED: [&str; 17] = [
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "select", "textarea",
    "button", "canvas", "audio", "video", "noembed", "noframes", "xmp",
];
/// Elements kept that stand in running text.
const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark",
    "q", "s", "small", "span", "strong", "sub", "sup", "time", "u",
];
/// Elements kept that form blocks. Any other element loses its tags and keeps its text.
const BLOCK: [&str; 42] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "legend",
];
/// Attributes that content extraction looks at.
const KEPT_ATTRIBUTES: [&str; 11] = [
    "class",
    "id",
    "role",
    "rel",
    "itemprop",
    "href",
    "style",
    "hidden",
    "aria-hidden",
    "aria-modal",
    "dir",
];
/// Of `meta` elements.
const KEPT_META: [&str; 3] = ["name", "property", "content"];

/// The page rewritten; `None` if it has too many elements or runs of text too laborious. Linear in its length.
pub(super) fn clean(markup: &str) -> Option<String> {
    let mut cleaner = Cleaner {
        out: String::with_capacity(markup.len() / 2),
        open: Vec::new(),
        beyond: 0,
        dropped: None,
        title: Title::Wanted,
        elements: 0,
        run_start: 0,
        run_stops: 0,
        run_work: 0,
    };
    for token in Scanner::new(markup) {
        cleaner.token(token);
        if cleaner.elements > MAX_ELEMENTS {
            return None;
        }
    }
    cleaner.close_to(0);
    cleaner.end_run();
    (cleaner.run_work <= MAX_RUN_WORK).then_some(cleaner.out)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Title {
    Wanted,
    Open,
    Done,
}

struct Cleaner {
    out: String,
    /// Open elements, outermost first; at most `MAX_DEPTH`.
    open: Vec<&'static str>,
    /// Elements whose tags were left out because they lie too deep.
    beyond: usize,
    /// The element being left out, and how many of its name are open.
    dropped: Option<(&'static str, usize)>,
    title: Title,
    elements: usize,
    /// Where the current run of text begins in `out`.
    run_start: usize,
    /// Bytes in it that the tree writer stops at.
    run_stops: usize,
    /// See [`MAX_RUN_WORK`].
    run_work: usize,
}

fn find(names: &[&'static str], name: &str) -> Option<&'static str> {
    names.iter().find(|n| n.eq_ignore_ascii_case(name)).copied()
}

fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

impl Cleaner {
    fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Raw(title) if self.title == Title::Open => {
                self.title = Title::Done;
                self.out.push_str("<title>");
                self.push_text(title);
                self.out.push_str("</title>");
            }
            Token::Raw(_) => {}
            Token::Text(text) if self.dropped.is_none() => self.push_text(text),
            Token::Text(_) => {}
            Token::Start { name, attributes } => match &mut self.dropped {
                Some((dropped, depth)) if dropped.eq_ignore_ascii_case(name) => *depth += 1,
                Some(_) => {}
                None => self.start(name, attributes),
            },
            Token::End(name) => match &mut self.dropped {
                Some((dropped, depth)) if dropped.eq_ignore_ascii_case(name) => {
                    *depth -= 1;
                    if *depth == 0 {
                        self.dropped = None;
                    }
                }
                Some(_) => {}
                None => self.end(name),
            },
        }
    }

    /// Text, with every `<` escaped: next to a tag left out, it could otherwise open another.
    fn push_text(&mut self, text: &str) {
        // The ampersand, and the first byte of a no-break space and of its neighbours.
        self.run_stops += memchr::memchr2_iter(b'&', 0xc2, text.as_bytes()).count();
        for (n, part) in text.split('<').enumerate() {
            if n > 0 {
                self.out.push_str("&lt;");
            }
            self.out.push_str(part);
        }
    }

    /// Before every tag that is written: a run of text ends there.
    fn end_run(&mut self) {
        let work = (self.out.len() - self.run_start).saturating_mul(self.run_stops);
        self.run_work = self.run_work.saturating_add(work);
        (self.run_start, self.run_stops) = (self.out.len(), 0);
    }

    fn start(&mut self, name: &str, attributes: &str) {
        if let Some(dropped) = find(&DROPPED, name) {
            // `<svg/>` is whole; on HTML's own elements the slash means nothing.
            if !(attributes.ends_with('/') && matches!(dropped, "svg" | "math")) {
                self.dropped = Some((dropped, 1));
            }
            return;
        }
        if name.eq_ignore_ascii_case("title") {
            if self.title == Title::Wanted {
                self.title = Title::Open;
            }
        } else if name.eq_ignore_ascii_case("meta") {
            self.push_tag("meta", attributes, &KEPT_META);
        } else if name.eq_ignore_ascii_case("br") {
            self.push_tag("br", "", &[]);
        } else if name.eq_ignore_ascii_case("hr") {
            self.close_paragraph();
            self.push_tag("hr", "", &[]);
        } else if let Some(name) = find(&BLOCK, name) {
            self.close_before(name);
            self.open(name, attributes);
        } else if let Some(name) = find(&INLINE, name) {
            if name == "a" {
                // Links do not nest.
                self.close_within(|open| open == "a", |open| !is_inline(open));
            }
            self.open(name, attributes);
        }
    }

    fn open(&mut self, name: &'static str, attributes: &str) {
        if self.open.len() >= MAX_DEPTH {
            self.beyond += 1;
            return;
        }
        // The parser would close the outer one of these, wherever it is.
        if matches!(name, "a" | "form") && self.open.contains(&name) {
            return;
        }
        self.open.push(name);
        self.push_tag(name, attributes, &KEPT_ATTRIBUTES);
    }

    fn end(&mut self, name: &str) {
        let Some(name) = find(&BLOCK, name).or_else(|| find(&INLINE, name)) else {
            if name.eq_ignore_ascii_case("br") {
                self.push_tag("br", "", &[]);
            }
            return;
        };
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if is_inline(name) {
            self.close_within(|open| open == name, |open| !is_inline(open));
        } else if matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th") {
            self.close_within(|open| open == name, |open| open == "table");
        } else if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            let heading = |open: &str| matches!(open, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
            self.close_within(heading, |open| matches!(open, "table" | "td" | "th"));
        } else {
            self.close_within(
                |open| open == name,
                |open| matches!(open, "table" | "td" | "th" | "caption"),
            );
        }
    }

    /// Closes what a block's start tag closes by implication.
    fn close_before(&mut self, name: &str) {
        self.close_paragraph();
        let cells = |open: &str| matches!(open, "td" | "th");
        match name {
            "li" => self.close_within(
                |o| o == "li",
                |o| matches!(o, "ul" | "ol" | "menu" | "table" | "td"),
            ),
            "dt" | "dd" => self.close_within(
                |o| matches!(o, "dt" | "dd"),
                |o| matches!(o, "dl" | "table" | "td"),
            ),
            "td" | "th" => self.close_within(cells, |o| matches!(o, "tr" | "table")),
            "tr" => self.close_within(|o| o == "tr", |o| o == "table"),
            "tbody" | "thead" | "tfoot" => {
                self.close_within(|o| matches!(o, "tbody" | "thead" | "tfoot"), |o| o == "table");
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let heading = |o: &str| matches!(o, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
                self.close_within(heading, |o| !heading(o) && !is_inline(o));
            }
            _ => {}
        }
    }

    /// An open paragraph ends where a block begins.
    fn close_paragraph(&mut self) {
        self.close_within(|open| open == "p", |open| open != "p" && !is_inline(open));
    }

    /// Closes the innermost open element that is `wanted`, and all inside it, unless a
    /// `barrier` lies further in.
    fn close_within(&mut self, wanted: impl Fn(&str) -> bool, barrier: impl Fn(&str) -> bool) {
        for (depth, open) in self.open.iter().enumerate().rev() {
            if wanted(open) {
                self.close_to(depth);
                return;
            }
            if barrier(open) {
                return;
            }
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(name) = self.open.pop() else { return };
            self.end_run();
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn push_tag(&mut self, name: &str, attributes: &str, kept: &[&'static str]) {
        self.elements += 1;
        self.end_run();
        self.out.push('<');
        self.out.push_str(name);
        // Kept attributes come to a handful; a page may repeat them without end.
        let mut seen = 0usize;
        for (name, value) in Attributes::new(attributes) {
            let Some(index) = kept.iter().position(|kept| kept.eq_ignore_ascii_case(name)) else {
                continue;
            };
            if value.len() > MAX_VALUE || seen & (1 << index) != 0 {
                continue;
            }
            seen |= 1 << index;
            self.out.push(' ');
            self.out.push_str(kept.get(index).copied().unwrap_or_default());
            self.out.push_str("=\"");
            for (n, part) in value.split('"').enumerate() {
                if n > 0 {
                    self.out.push_str("&quot;");
                }
                self.out.push_str(part);
            }
            self.out.push('"');
        }
        self.out.push('>');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_open_is_closed_and_nothing_crosses() {
        let cases = [
            ("<div><b>a</div>c", "<div><b>a</b></div>c"),
            ("<p>a<p>b<div>c", "<p>a</p><p>b</p><div>c</div>"),
            (
                "<ul><li>a<li>b<ul><li>c</ul></ul>d",
                "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>d",
            ),
            ("<b><i>a</b>b</i>c", "<b><i>a</i></b>bc"),
            ("</div>a</p><span>", "a<span></span>"),
            (
                "<a href=x>a<a href=y>b</a>",
                "<a href=\"x\">a</a><a href=\"y\">b</a>",
            ),
            (
                "<table><tr><td>a<td>b<tr><td>c</table>",
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            ),
            ("<h1>a<h2>b</h3>c", "<h1>a</h1><h2>b</h2>c"),
            ("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ];
        for (markup, cleaned) in cases {
            assert_eq!(clean(markup).as_deref(), Some(cleaned), "{markup}");
        }
    }

    #[test]
    fn scripts_comments_drawings_and_foreign_tags_go() {
        let markup = "<!-- c --><script>a<b></script><x-card CLASS=z><p onclick='x' class='q\"r'>a</p></x-card>\
                      <svg><p>s</p></svg>b<svg/>c";
        assert_eq!(clean(markup).as_deref(), Some("<p class=\"q&quot;r\">a</p>bc"));
    }

    #[test]
    fn text_cannot_become_a_tag() {
        assert_eq!(clean("a <<x>b> c").as_deref(), Some("a &lt;b> c"));
    }

    #[test]
    fn depth_is_bounded_and_the_text_kept() {
        let depth = 100_000;
        let markup = "<div>".repeat(depth) + "deep" + &"</div>".repeat(depth) + "<p>after";
        let cleaned = clean(&markup).unwrap();
        assert_eq!(cleaned.matches("<div>").count(), MAX_DEPTH);
        assert!(cleaned.contains("deep"));
        assert!(
            cleaned.ends_with("<p>after</p>"),
            "the deep end tags close what they opened"
        );
    }

    #[test]
    fn long_runs_of_what_the_tree_writer_stops_at_are_refused() {
        for stop in ["&amp;", "\u{ab}", "&", "&#65;", "a\u{a0}"] {
            let long = stop.repeat(300_000);
            assert_eq!(clean(&format!("<p>{long}</p>")), None, "{stop}");
            // Tags that are left out do not end a run.
            let cut: Vec<String> = (0..3_000).map(|_| stop.repeat(100)).collect();
            assert_eq!(clean(&cut.join("<font>")), None, "{stop}");
            assert!(clean(&cut.join("<br>")).is_some(), "{stop}");
        }
    }

    #[test]
    fn too_many_elements_are_refused() {
        assert!(clean(&"<p>a".repeat(MAX_ELEMENTS + 1)).is_none());
    }
}
