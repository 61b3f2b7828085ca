//! JSON-LD: what a page says about itself in schema.org terms.

use serde_json::{Map, Value};

/// Values nested deeper are passed over (`author.affiliation.address.name` is four).
const MAX_DEPTH: usize = 6;
/// Properties taken from one page.
const MAX_PROPERTIES: usize = 300;
/// Longest script parsed, in bytes.
const MAX_SCRIPT: usize = 1 << 20;
/// Longest value kept whole, in bytes; longer ones are texts, not metadata.
const MAX_VALUE: usize = 2048;
/// Properties that repeat the article or list other ones.
const PASSED_OVER: [&str; 7] = [
    "articleBody",
    "text",
    "reviewBody",
    "itemListElement",
    "comment",
    "mentions",
    "potentialAction",
];
/// Property of a page that holds what the page is about.
const MAIN: &str = "mainEntity";
/// Name of a list of nodes.
const GRAPH: &str = "@graph";
/// Types of nodes that are the page's own text end so (NewsArticle, BlogPosting, Report, ...).
const ARTICLE_TYPES: [&str; 4] = ["Article", "Posting", "Report", "Review"];

/// What the page's article node says.
#[derive(Debug, Default)]
pub(super) struct Article {
    pub headline: Option<String>,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub date: Option<String>,
    pub url: Option<String>,
    /// Whether a node was met.
    met: bool,
}

/// What of the page's article node is told apart from what a page says of other things: where it comes from and who wrote it.
const OF_THE_ARTICLE: [&str; 3] = ["digitalSourceType", "author", "creator"];

/// Reads one script, adding (`jsonld:path`, value) entries and filling what `article` lacks; the source and the author of the page's
/// article (the first one that is nobody's part) are added as `jsonld-article:path`. A script that is not JSON adds nothing.
pub(super) fn read(script: &str, entries: &mut Vec<(String, String)>, article: &mut Article) {
    let Some(value) = parse(script) else { return };
    let nodes = nodes(&value);
    let main = nodes.iter().filter_map(|node| node.get(MAIN)?.as_object());
    let all = nodes.iter().copied().chain(main);
    for node in all.filter(|node| is_article(node)) {
        if !std::mem::replace(&mut article.met, true) {
            let own = OF_THE_ARTICLE.iter().filter_map(|key| node.get_key_value(*key));
            let own = own.map(|(key, value)| (key.clone(), meant(value, &nodes)));
            flatten(&own.collect(), "jsonld-article:", 0, entries);
        }
        fill(article, node, &nodes);
    }
    for node in &nodes {
        flatten(node, "jsonld:", 0, entries);
    }
}

/// A value, or the node that it refers to by its `@id`.
fn meant(value: &Value, nodes: &[&Map<String, Value>]) -> Value {
    let id = value
        .as_object()
        .filter(|object| object.len() == 1)
        .and_then(|object| object.get("@id"));
    let node = id.and_then(|id| nodes.iter().find(|node| node.get("@id") == Some(id)));
    node.map_or_else(|| value.clone(), |node| Value::Object((*node).clone()))
}

/// JSON without the commas before a closing bracket, which publishing systems leave.
fn without_trailing_commas(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut inside, mut escaped) = (false, false);
    for c in json.chars() {
        if inside {
            (inside, escaped) = (escaped || c != '"', !escaped && c == '\\');
        } else if c == '"' {
            inside = true;
        } else if matches!(c, '}' | ']') && out.trim_end().ends_with(',') {
            out.truncate(out.trim_end().len() - 1);
        }
        out.push(c);
    }
    out
}

fn parse(script: &str) -> Option<Value> {
    // Comment and CDATA wrappers stand around it.
    let script = script.rsplit("<![CDATA[").next()?.split("]]>").next()?;
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])?;
    let json = script.get(start..=end).filter(|json| json.len() <= MAX_SCRIPT)?;
    serde_json::from_str(json).ok().or_else(|| {
        // Publishing systems paste raw line breaks into strings.
        let spaced: String = json
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        serde_json::from_str(&without_trailing_commas(&spaced)).ok()
    })
}

/// The top nodes: the value itself, the items of an array, the items of `@graph`.
fn nodes(value: &Value) -> Vec<&Map<String, Value>> {
    let top: Vec<&Value> = match value {
        Value::Array(items) => items.iter().collect(),
        other => vec![other],
    };
    let mut nodes = Vec::new();
    for node in top.into_iter().filter_map(Value::as_object) {
        match node.get(GRAPH).and_then(Value::as_array) {
            Some(graph) => nodes.extend(graph.iter().filter_map(Value::as_object)),
            None => nodes.push(node),
        }
    }
    nodes
}

/// Recursion is bounded by `MAX_DEPTH`.
fn flatten(node: &Map<String, Value>, path: &str, depth: usize, entries: &mut Vec<(String, String)>) {
    for (key, value) in node {
        if PASSED_OVER.contains(&key.as_str()) || key == "@context" {
            continue;
        }
        let path = format!("{path}{key}");
        let values: &[Value] = match value {
            Value::Array(items) => items,
            one => std::slice::from_ref(one),
        };
        for value in values {
            if entries.len() >= MAX_PROPERTIES {
                return;
            }
            match value {
                Value::Object(inner) if depth < MAX_DEPTH => {
                    flatten(inner, &format!("{path}."), depth + 1, entries);
                }
                other => {
                    if let Some(scalar) = scalar(other) {
                        entries.push((path.clone(), scalar));
                    }
                }
            }
        }
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.len() <= MAX_VALUE => {
            let text = html_escape::decode_html_entities(text.trim());
            Some(text.into_owned()).filter(|t| !t.is_empty())
        }
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn is_article(node: &Map<String, Value>) -> bool {
    let is = |kind: &Value| {
        kind.as_str()
            .is_some_and(|kind| ARTICLE_TYPES.iter().any(|article| kind.ends_with(article)))
    };
    match node.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

fn fill(article: &mut Article, node: &Map<String, Value>, nodes: &[&Map<String, Value>]) {
    let text = |key: &str| node.get(key).and_then(scalar);
    let named = |key: &str| node.get(key).and_then(|value| names(value, nodes));
    let put = |slot: &mut Option<String>, value: Option<String>| {
        if slot.is_none() {
            *slot = value;
        }
    };
    put(&mut article.headline, text("headline").or_else(|| text("name")));
    put(&mut article.author, named("author").or_else(|| named("creator")));
    put(&mut article.publisher, named("publisher"));
    put(
        &mut article.date,
        text("datePublished").or_else(|| text("dateCreated")),
    );
    put(&mut article.url, text("url"));
}

/// The name or names in a value: a string, an object's `name`, a node referred to by `@id`, or a list of these.
fn names(value: &Value, nodes: &[&Map<String, Value>]) -> Option<String> {
    let values: &[Value] = match value {
        Value::Array(items) => items,
        one => std::slice::from_ref(one),
    };
    let name = |value: &Value| match value {
        Value::Object(object) => object.get("name").and_then(scalar).or_else(|| {
            let id = object.get("@id")?;
            let node = nodes.iter().find(|node| node.get("@id") == Some(id))?;
            node.get("name").and_then(scalar)
        }),
        other => scalar(other),
    };
    /// Authors named in a byline; papers list hundreds.
    const MAX_NAMES: usize = 12;
    let names: Vec<String> = values.iter().take(MAX_NAMES).filter_map(name).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(script: &str) -> (Vec<(String, String)>, Article) {
        let (mut entries, mut article) = (Vec::new(), Article::default());
        read(script, &mut entries, &mut article);
        (entries, article)
    }

    #[test]
    fn properties_are_flattened_and_the_article_filled() {
        let (entries, article) = run(r#"//<![CDATA[
            {"@context":"https://schema.org","@type":"NewsArticle","headline":"Locks reopen","articleBody":"long",
             "digitalSourceType":"https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
             "author":[{"@type":"Person","name":"Ida Moss"},{"@type":"Person","name":"Per Lund"}],
             "publisher":{"@type":"Organization","name":"Canal Post"},"datePublished":"2026-03-01","isBasedOn":{"url":"https://wire.example/1"}}
            //]]>"#);
        let has = |name: &str, value: &str| entries.contains(&(name.to_owned(), value.to_owned()));
        assert!(has("jsonld:author.name", "Per Lund"));
        assert!(has("jsonld:author.@type", "Person"));
        assert!(has("jsonld:isBasedOn.url", "https://wire.example/1"));
        assert!(has(
            "jsonld:digitalSourceType",
            "https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
        ));
        assert!(!entries.iter().any(|(name, _)| name.contains("articleBody")));
        assert_eq!(article.author.as_deref(), Some("Ida Moss, Per Lund"));
        assert_eq!(article.publisher.as_deref(), Some("Canal Post"));
        assert_eq!(article.date.as_deref(), Some("2026-03-01"));
        assert_eq!(article.headline.as_deref(), Some("Locks reopen"));
    }

    #[test]
    fn the_source_of_the_article_is_not_that_of_what_it_mentions() {
        let of = |script: &str| -> Vec<(String, String)> {
            let (entries, _) = run(script);
            entries
                .into_iter()
                .filter(|(name, _)| name.starts_with("jsonld-article:"))
                .collect()
        };
        let source = |value: &str| ("jsonld-article:digitalSourceType".to_owned(), value.to_owned());
        let nested = r#"{"@type":"NewsArticle","citation":{"@type":"Article","digitalSourceType":"machine"},
            "image":{"@type":"ImageObject","digitalSourceType":"machine"}}"#;
        assert_eq!(of(nested), []);
        let own = r#"{"@type":"Article","digitalSourceType":"person","hasPart":[{"@type":"Article","digitalSourceType":"machine"}]}"#;
        assert_eq!(of(own), [source("person")]);
        let graph = r#"{"@graph":[{"@type":"ImageObject","digitalSourceType":"machine"},{"@type":"BlogPosting","digitalSourceType":"person"},
            {"@type":"BlogPosting","digitalSourceType":"machine"}]}"#;
        assert_eq!(of(graph), [source("person")]);
        let author = r#"{"@type":"Article","author":[{"@type":"SoftwareApplication","name":"Quay Bot"}]}"#;
        let names: Vec<String> = of(author).into_iter().map(|(name, _)| name).collect();
        let main = r#"{"@type":"WebPage","article":{"digitalSourceType":"x"},
            "mainEntity":{"@type":"NewsArticle","digitalSourceType":"machine, \"own\",}",},}"#;
        assert_eq!(of(main), [source("machine, \"own\",}")]);
        let referred = r##"{"@graph":[{"@type":"Article","author":{"@id":"#b"}},{"@id":"#b","@type":"SoftwareApplication"}]}"##;
        assert!(of(referred).contains(&(
            "jsonld-article:author.@type".to_owned(),
            "SoftwareApplication".to_owned()
        )));
        assert_eq!(
            names,
            ["jsonld-article:author.@type", "jsonld-article:author.name"]
        );
    }

    #[test]
    fn references_inside_a_graph_are_followed() {
        let (_, article) = run(r##"{"@graph":[{"@type":"WebPage","name":"Page"},
            {"@type":["Article"],"headline":"H","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Ida Moss"}]}"##);
        assert_eq!(article.author.as_deref(), Some("Ida Moss"));
        assert_eq!(article.headline.as_deref(), Some("H"));
    }

    #[test]
    fn raw_line_breaks_in_strings_are_forgiven_and_rubbish_ignored() {
        assert_eq!(
            run("{\"name\":\"a\nb\"}").0,
            vec![("jsonld:name".into(), "a b".into())]
        );
        for rubbish in ["", "}{", "{]", "null", "{\"a\":", "]["] {
            assert!(run(rubbish).0.is_empty(), "{rubbish}");
        }
    }

    #[test]
    fn depth_and_number_are_limited() {
        let deep = "{\"a\":".repeat(100) + "1" + &"}".repeat(100);
        assert!(run(&deep).0.is_empty());
        let many = format!("{{\"a\":[{}1]}}", "1,".repeat(5000));
        assert_eq!(run(&many).0.len(), MAX_PROPERTIES);
        assert!(run(&"[".repeat(100_000)).0.is_empty());
    }
}
