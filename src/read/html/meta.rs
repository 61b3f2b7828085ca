//! What a page says about itself: `meta`, `link`, JSON-LD, provenance attributes.

use super::jsonld::{self, Article};
use super::scan::{Attributes, Scanner, Token};

/// Entries taken from `meta`, `link` and attributes of one page (JSON-LD has its own limit).
const MAX_ENTRIES: usize = 300;
/// Longest value kept, in bytes; the rest is cut off.
const MAX_VALUE: usize = 2048;
/// Beginnings of `meta` names that are kept.
const PREFIXES: [&str; 12] = [
    "og:",
    "article:",
    "author",
    "generator",
    "dc.",
    "dcterms.",
    "parsely-",
    "citation_",
    "byl",
    "iptc",
    "c2pa",
    "cai-",
];
/// `meta` names that are kept.
const NAMES: [&str; 15] = [
    "twitter:title",
    "twitter:creator",
    "syndication-source",
    "original-source",
    "publisher",
    "copyright",
    "source",
    "date",
    "pubdate",
    "publish-date",
    "datepublished",
    "creator",
    "headline",
    "provenance",
    "contentorigin",
];

/// A page's metadata.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The headline.
    pub title: Option<String>,
    /// The `title` element, which often carries the site's name as well.
    pub document_title: Option<String>,
    pub byline: Option<String>,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub date: Option<String>,
    /// All of it, in page order.
    pub entries: Vec<(String, String)>,
}

/// What the next raw text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaited {
    Nothing,
    JsonLd,
    C2pa,
    Title,
}

/// Collects a page's metadata. Linear in its length.
pub(super) fn collect(markup: &str) -> Page {
    let mut page = Page::default();
    let mut article = Article::default();
    let mut awaited = Awaited::Nothing;
    let mentions_ai = memchr::memmem::Finder::new("ai-");
    for token in Scanner::new(markup) {
        match token {
            Token::Start { name, attributes } => {
                awaited = page.tag(name, attributes);
                if mentions_ai.find(attributes.as_bytes()).is_some() {
                    page.attributes(attributes);
                }
            }
            Token::Raw(raw) => match std::mem::replace(&mut awaited, Awaited::Nothing) {
                Awaited::JsonLd => jsonld::read(raw, &mut page.entries, &mut article),
                Awaited::C2pa => page.push("c2pa", raw),
                Awaited::Title if page.document_title.is_none() => {
                    let title = html_escape::decode_html_entities(raw);
                    page.document_title = Some(squeeze(&title)).filter(|t| !t.is_empty());
                }
                _ => {}
            },
            Token::Text(_) | Token::End(_) => {}
        }
    }
    page.fill(article);
    page
}

/// White space made single spaces.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_kept(name: &str) -> bool {
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || NAMES.contains(&name)
        || name.contains("digitalsourcetype")
        || name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|part| part == "ai")
}

impl Page {
    fn push(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() || self.entries.len() >= MAX_ENTRIES {
            return;
        }
        let value = value.get(..value.floor_char_boundary(MAX_VALUE)).unwrap_or(value);
        self.entries.push((name.to_owned(), value.to_owned()));
    }

    /// Takes what a start tag says; tells what the text after it is.
    fn tag(&mut self, name: &str, attributes: &str) -> Awaited {
        let get = |attribute| Attributes::get(attributes, attribute);
        if name.eq_ignore_ascii_case("meta") {
            let names = ["name", "property", "itemprop"];
            let (Some(key), Some(content)) = (names.into_iter().find_map(get), get("content")) else {
                return Awaited::Nothing;
            };
            let key = key.trim().to_lowercase();
            if is_kept(&key) {
                self.push(&key, &content);
            }
        } else if name.eq_ignore_ascii_case("link") {
            let (Some(rel), Some(href)) = (get("rel"), get("href")) else {
                return Awaited::Nothing;
            };
            for wanted in [
                "canonical",
                "c2pa-manifest",
                "syndication-source",
                "original-source",
            ] {
                if rel
                    .split_ascii_whitespace()
                    .any(|rel| rel.eq_ignore_ascii_case(wanted))
                {
                    self.push(wanted, &href);
                }
            }
        } else if name.eq_ignore_ascii_case("script") {
            let kind = get("type").unwrap_or_default();
            let kind = kind.split(';').next().unwrap_or_default().trim();
            if kind.eq_ignore_ascii_case("application/ld+json") {
                return Awaited::JsonLd;
            }
            if kind.eq_ignore_ascii_case("application/c2pa") {
                return Awaited::C2pa;
            }
        } else if name.eq_ignore_ascii_case("title") {
            return Awaited::Title;
        }
        Awaited::Nothing
    }

    /// Takes attributes that declare machine text (`data-ai-generated`, `ai-disclosure`) on any element.
    fn attributes(&mut self, attributes: &str) {
        for (name, value) in Attributes::new(attributes) {
            let lower = name.to_ascii_lowercase();
            if lower.starts_with("ai-") || lower.starts_with("data-ai-") {
                let value = html_escape::decode_html_entities(value);
                // The attribute alone says it; an empty value would be dropped.
                self.push(&lower, if value.trim().is_empty() { "true" } else { &value });
            }
        }
    }

    /// The first non-empty value of the first of these names that the page has.
    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|wanted| {
            let mut entries = self.entries.iter();
            entries
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| squeeze(value))
        })
    }

    fn fill(&mut self, article: Article) {
        let is_name = |value: &String| !value.contains("://");
        self.title = self
            .first(&["og:title"])
            .or(article.headline)
            .or_else(|| self.first(&["twitter:title", "dc.title", "headline"]));
        self.byline = article.author.filter(is_name).or_else(|| {
            [
                "author",
                "article:author",
                "parsely-author",
                "byl",
                "dc.creator",
                "dcterms.creator",
                "citation_author",
            ]
            .into_iter()
            .find_map(|name| self.first(&[name]).filter(is_name))
        });
        self.url = self.first(&["canonical", "og:url"]).or(article.url);
        self.publisher = self
            .first(&["og:site_name"])
            .or(article.publisher)
            .or_else(|| self.first(&["publisher", "dc.publisher"]));
        self.date = self
            .first(&["article:published_time"])
            .or(article.date)
            .or_else(|| {
                self.first(&[
                    "datepublished",
                    "publish-date",
                    "pubdate",
                    "date",
                    "dc.date",
                    "dcterms.created",
                ])
            });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(page: &Page) -> Vec<(&str, &str)> {
        page.entries
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect()
    }

    #[test]
    fn metadata_comes_in_page_order_with_lower_case_names() {
        let page = collect(
            "<title>Locks reopen | Canal Post</title><meta name=viewport content=x><META NAME='Generator' content='Pressmill 4'>\
             <meta property='og:title' content='Locks &amp; gates'><link rel='shortlink canonical' href='https://canal.example/1'>\
             <meta name='ai-content-declaration' content='assisted'><meta name='x-ai-disclosure' content='none'>\
             <meta name='maintainer' content='not kept'><link rel=c2pa-manifest href=/m.c2pa>\
             <script type='application/c2pa'>AAAA</script><p data-ai-generated>x</p><div AI-disclosure='ai-generated; ai-x'>",
        );
        assert_eq!(
            pairs(&page),
            vec![
                ("generator", "Pressmill 4"),
                ("og:title", "Locks & gates"),
                ("canonical", "https://canal.example/1"),
                ("ai-content-declaration", "assisted"),
                ("x-ai-disclosure", "none"),
                ("c2pa-manifest", "/m.c2pa"),
                ("c2pa", "AAAA"),
                ("data-ai-generated", "true"),
                ("ai-disclosure", "ai-generated; ai-x"),
            ]
        );
        assert_eq!(page.title.as_deref(), Some("Locks & gates"));
        assert_eq!(page.document_title.as_deref(), Some("Locks reopen | Canal Post"));
        assert_eq!(page.url.as_deref(), Some("https://canal.example/1"));
    }

    #[test]
    fn fields_have_an_order_of_preference() {
        let page = collect(
            "<meta property='article:author' content='https://social.example/ida'><meta name=parsely-author content='Ida Moss'>\
             <meta property='og:site_name' content='Canal Post'><meta property='article:published_time' content='2026-03-01'>\
             <meta property='og:url' content='https://canal.example/2'>",
        );
        assert_eq!(page.byline.as_deref(), Some("Ida Moss"));
        assert_eq!(page.publisher.as_deref(), Some("Canal Post"));
        assert_eq!(page.date.as_deref(), Some("2026-03-01"));
        assert_eq!(page.url.as_deref(), Some("https://canal.example/2"));
    }

    #[test]
    fn a_page_of_metadata_only_stays_within_the_limits() {
        let page = collect(&"<meta name=author content='a'>".repeat(10_000));
        assert_eq!(page.entries.len(), MAX_ENTRIES);
        let long = format!("<meta name=author content='{}'>", "é".repeat(5000));
        let page = collect(&long);
        assert!(page.entries.iter().all(|(_, value)| value.len() <= MAX_VALUE));
    }
}
