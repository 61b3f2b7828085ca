//! A forgiving tag scanner: markup -> tokens, in one pass, whatever the markup.
//!
//! It tells tags, text, comments and raw-text elements apart as a browser's tokenizer
//! does (WHATWG HTML, 13.2.5), builds no tree and keeps no state that could grow, so its
//! cost is linear in the input by construction. What needs a tree gets one only after
//! [`clean`](super::clean) has bounded it.

/// One token. Slices borrow from the markup; text is still escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'m> {
    /// Text between tags.
    Text(&'m str),
    /// The content of a raw-text element (`script`, `style`, ...), up to its end tag.
    Raw(&'m str),
    /// A start tag: its name as written and what stands after it.
    Start {
        /// Name as written.
        name: &'m str,
        /// Everything between the name and the closing `>`.
        attributes: &'m str,
    },
    /// An end tag's name as written.
    End(&'m str),
}

/// Elements whose content is text up to their own end tag.
const RAW_TEXT: [&str; 8] = [
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
];

/// The tokens of some markup; comments, declarations and a tag that the end of input cuts are left out.
pub(super) struct Scanner<'m> {
    markup: &'m str,
    at: usize,
    /// End tag that closes the raw-text element we are in.
    raw: Option<&'m str>,
}

impl<'m> Scanner<'m> {
    pub(super) fn new(markup: &'m str) -> Self {
        Self {
            markup,
            at: 0,
            raw: None,
        }
    }

    /// Bytes consumed so far.
    fn rest(&self) -> &'m str {
        self.markup.get(self.at..).unwrap_or("")
    }

    /// Takes `n` bytes; all that is left if they would split a character.
    fn take(&mut self, n: usize) -> &'m str {
        let rest = self.rest();
        let taken = rest.get(..n).unwrap_or(rest);
        self.at += taken.len();
        taken
    }

    /// Length of the raw text up to `</name` followed by white space, `/` or `>`.
    fn raw_length(rest: &str, name: &str) -> usize {
        let bytes = rest.as_bytes();
        memchr::memmem::find_iter(bytes, b"</")
            .find(|at| {
                let after = bytes.get(at + 2..).unwrap_or_default();
                let (head, tail) = after.split_at(name.len().min(after.len()));
                head.eq_ignore_ascii_case(name.as_bytes())
                    && tail
                        .first()
                        .is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
            })
            .unwrap_or(rest.len())
    }

    /// Skips a comment, declaration or processing instruction at the current `<`.
    fn skip_bogus(&mut self) {
        let rest = self.rest();
        let n = if let Some(body) = rest.strip_prefix("<!--") {
            // "<!-->" and "<!--->" are whole comments.
            if body.starts_with('>') {
                5
            } else if body.starts_with("->") {
                6
            } else {
                memchr::memmem::find(body.as_bytes(), b"-->").map_or(rest.len(), |at| at + 7)
            }
        } else {
            memchr::memchr(b'>', rest.as_bytes()).map_or(rest.len(), |at| at + 1)
        };
        self.take(n);
    }

    /// The tag at the current `<`; `None` where the input ends inside it.
    fn tag(&mut self, name_at: usize) -> Option<(&'m str, &'m str)> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let after_name = bytes
            .iter()
            .skip(name_at)
            .position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
            .map(|n| n + name_at);
        let closing = after_name.and_then(|from| tag_end(bytes, from));
        let (Some(after_name), Some(closing)) = (after_name, closing) else {
            self.at = self.markup.len();
            return None;
        };
        self.take(closing + 1);
        Some((rest.get(name_at..after_name)?, rest.get(after_name..closing)?))
    }
}

/// Index of the `>` that closes a tag: not one inside a quoted attribute value.
fn tag_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let hit = at + memchr::memchr2(b'>', b'=', bytes.get(at..)?)?;
        if bytes.get(hit) == Some(&b'>') {
            return Some(hit);
        }
        // A quotation mark opens a value only right after the equals sign.
        let value = bytes.get(hit + 1..)?;
        let blank = value.iter().take_while(|b| b.is_ascii_whitespace()).count();
        at = hit + 1 + blank;
        if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
            at += 1 + memchr::memchr(*quote, bytes.get(at + 1..)?)? + 1;
        }
    }
}

impl<'m> Iterator for Scanner<'m> {
    type Item = Token<'m>;

    fn next(&mut self) -> Option<Token<'m>> {
        if let Some(name) = self.raw.take() {
            let n = Self::raw_length(self.rest(), name);
            if n > 0 {
                return Some(Token::Raw(self.take(n)));
            }
        }
        loop {
            let rest = self.rest();
            let bytes = rest.as_bytes();
            if bytes.is_empty() {
                return None;
            }
            // A `<` that opens nothing is text.
            let opens = |at: &usize| {
                matches!(
                    bytes.get(at + 1),
                    Some(b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?')
                )
            };
            let next = memchr::memchr_iter(b'<', bytes)
                .find(opens)
                .unwrap_or(bytes.len());
            if next > 0 {
                return Some(Token::Text(self.take(next)));
            }
            match (bytes.get(1), bytes.get(2)) {
                (Some(b'/'), Some(b'a'..=b'z' | b'A'..=b'Z')) => {
                    return self.tag(2).map(|(name, _)| Token::End(name));
                }
                (Some(b'a'..=b'z' | b'A'..=b'Z'), _) => {
                    let (name, attributes) = self.tag(1)?;
                    if RAW_TEXT.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
                        self.raw = Some(name);
                    }
                    return Some(Token::Start { name, attributes });
                }
                _ => self.skip_bogus(),
            }
        }
    }
}

/// The attributes of a start tag as (name, raw value), in order.
pub(super) struct Attributes<'m> {
    rest: &'m str,
}

impl<'m> Attributes<'m> {
    pub(super) fn new(attributes: &'m str) -> Self {
        Self { rest: attributes }
    }

    /// The unescaped value of the first attribute with this name.
    pub(super) fn get(attributes: &'m str, name: &str) -> Option<std::borrow::Cow<'m, str>> {
        Self::new(attributes)
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| html_escape::decode_html_entities(value))
    }
}

impl<'m> Iterator for Attributes<'m> {
    type Item = (&'m str, &'m str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self
            .rest
            .trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            self.rest = "";
            return None;
        }
        // A leading `=` belongs to the name.
        let after = |c: char| c.is_ascii_whitespace() || c == '/' || c == '=';
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let (_, tail) = rest.split_at_checked(first)?;
        let name_length = first + tail.find(after).unwrap_or(tail.len());
        let (name, tail) = rest.split_at_checked(name_length)?;
        let Some(value) = tail.trim_ascii_start().strip_prefix('=') else {
            self.rest = tail;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let (value, rest) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = value.get(1..).unwrap_or("");
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            _ => {
                let end = value
                    .find(|c: char| c.is_ascii_whitespace())
                    .unwrap_or(value.len());
                value.split_at_checked(end)?
            }
        };
        self.rest = rest;
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(markup: &str) -> Vec<Token<'_>> {
        Scanner::new(markup).collect()
    }

    #[test]
    fn tags_text_and_comments_are_told_apart() {
        let found = tokens("a < b<!-- <p> --><P Class='x>y'>c</p ><?php x ?></>d<br/");
        assert_eq!(
            found,
            vec![
                Token::Text("a < b"),
                Token::Start {
                    name: "P",
                    attributes: " Class='x>y'"
                },
                Token::Text("c"),
                Token::End("p"),
                Token::Text("d"),
            ]
        );
    }

    #[test]
    fn raw_text_ends_at_its_own_end_tag_only() {
        let found = tokens("<script>if (a</b/) '</scripty>'</SCRIPT ><p>");
        assert_eq!(found.get(1), Some(&Token::Raw("if (a</b/) '</scripty>'")));
        assert_eq!(found.get(2), Some(&Token::End("SCRIPT")));
        let open = tokens("<style>p{} <p>never closed");
        assert_eq!(open.last(), Some(&Token::Raw("p{} <p>never closed")));
        assert_eq!(tokens("<title></title>a").len(), 3);
    }

    #[test]
    fn attributes_in_every_spelling() {
        let found: Vec<_> = Attributes::new(" a=1 b = 'two words' c=\"x=y\" hidden d/ =e").collect();
        assert_eq!(
            found,
            vec![
                ("a", "1"),
                ("b", "two words"),
                ("c", "x=y"),
                ("hidden", ""),
                ("d", ""),
                ("=e", "")
            ]
        );
        let value = Attributes::get(" CONTENT='Ida &amp; Per' content=x", "content");
        assert_eq!(value.as_deref(), Some("Ida & Per"));
    }

    #[test]
    fn every_byte_is_passed_over_once() {
        for markup in [
            "<",
            "</",
            "<!",
            "<a",
            "<a b='",
            "<!--",
            "<a =",
            "é<é>é",
            "<a é='é'>é",
        ] {
            assert!(tokens(markup).len() <= 3, "{markup}");
        }
        assert_eq!(tokens("é<é>é"), vec![Token::Text("é<é>é")]);
    }
}
