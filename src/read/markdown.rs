//! Markdown: one document an input, with front matter if it has any.
//!
//! The text is kept whole, front matter and marks included, so that spans are
//! offsets into the file; telling blocks apart is the document's task.

use std::io::BufRead;

use super::error::{Position, ReadError};
use super::{Documents, ReadOptions, Reader, encoding, whole};
use crate::document::{Format, RawDocument};

/// The Markdown reader.
pub const READER: Reader = Reader {
    format: Format::Markdown,
    extensions: &["md", "markdown", "mdown", "mkd"],
    open,
};

/// Front matter longer than this many lines is taken for text between two rules.
const MAX_FRONT_MATTER_LINES: usize = 200;

fn open<'a>(mut input: Box<dyn BufRead + 'a>, options: &ReadOptions) -> Documents<'a> {
    whole::once(document(&mut *input, options))
}

fn document(input: &mut dyn BufRead, options: &ReadOptions) -> Result<RawDocument, ReadError> {
    let bytes = whole::bytes(input, options)?;
    let text = encoding::decode(bytes, None, &options.name)?;
    whole::check(&text, || Position::whole(&options.name), options)?;
    let mut raw = whole::document(Format::Markdown, options);
    for (key, value) in front_matter(&text) {
        let slot = match key.as_str() {
            "title" => Some(&mut raw.title),
            "author" | "authors" | "byline" => Some(&mut raw.byline),
            "date" | "published" => Some(&mut raw.date),
            "url" | "canonical" | "canonical_url" => Some(&mut raw.url),
            "publisher" | "site" => Some(&mut raw.publisher),
            _ => None,
        };
        if let Some(slot) = slot {
            slot.get_or_insert_with(|| value.clone());
        }
        raw.metadata.push((key, value));
    }
    raw.text = text;
    Ok(raw)
}

/// The `key: value` lines between `---` on the first line and the next `---` or `...`.
///
/// A forgiving reading of the YAML that static site generators use: quoted and bare
/// scalars, `[a, b]` and `- item` lists (joined by ", "). Nested maps are passed over.
/// Empty where the block is not closed.
fn front_matter(text: &str) -> Vec<(String, String)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines();
    if lines.next().map(str::trim_end) != Some("---") {
        return Vec::new();
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    // Whether `- item` lines belong to the last field.
    let mut list_open = false;
    for line in lines.take(MAX_FRONT_MATTER_LINES) {
        let line = line.trim_end();
        if line == "---" || line == "..." {
            fields.retain(|(_, value)| !value.is_empty());
            return fields;
        }
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            if let (true, Some((_, value))) = (list_open, fields.last_mut()) {
                if !value.is_empty() {
                    value.push_str(", ");
                }
                value.push_str(scalar(item));
            }
            continue;
        }
        if line.starts_with([' ', '\t', '#']) {
            continue;
        }
        let Some((key, value)) = line.split_once(':') else {
            list_open = false;
            continue;
        };
        let value = value.trim();
        list_open = value.is_empty();
        let value = match value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
            Some(list) => list.split(',').map(scalar).collect::<Vec<_>>().join(", "),
            None => scalar(value).to_owned(),
        };
        fields.push((key.trim().to_lowercase(), value));
    }
    Vec::new()
}

/// A YAML scalar without its quotation marks.
fn scalar(value: &str) -> &str {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote)) {
            return inner;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> RawDocument {
        document(&mut text.as_bytes(), &ReadOptions::default()).unwrap()
    }

    #[test]
    fn front_matter_fills_the_fields_and_stays_in_the_text() {
        let text = "---\ntitle: \"Harbour: a plan\"\nauthor:\n  - Ida Moss\n  - Per Lund\ndate: 2026-02-03\nurl: https://harbour.example/a\ntags: [port, 'sea']\nparams:\n  deep: 1\n---\n\n# Harbour\n\nText.\n";
        let raw = read(text);
        assert_eq!(raw.text, text);
        assert_eq!(raw.title.as_deref(), Some("Harbour: a plan"));
        assert_eq!(raw.byline.as_deref(), Some("Ida Moss, Per Lund"));
        assert_eq!(raw.date.as_deref(), Some("2026-02-03"));
        assert_eq!(raw.url.as_deref(), Some("https://harbour.example/a"));
        assert!(raw.metadata.contains(&("tags".into(), "port, sea".into())));
        assert!(
            raw.metadata
                .iter()
                .all(|(key, _)| key != "deep" && key != "params")
        );
        assert_eq!(raw.format, Format::Markdown);
    }

    #[test]
    fn a_rule_at_the_top_is_not_front_matter() {
        for text in [
            "---\nNote: this never closes.\n",
            "----\ntitle: a\n---\n",
            "title: a\n---\n",
        ] {
            let raw = read(text);
            assert_eq!((raw.title, raw.metadata.len()), (None, 0), "{text}");
        }
    }

    #[test]
    fn front_matter_after_a_byte_order_mark_with_windows_line_ends() {
        let raw = read("\u{feff}---\r\ntitle: 'A'\r\n---\r\nText.\r\n");
        assert_eq!(raw.title.as_deref(), Some("A"));
        assert!(raw.text.starts_with('\u{feff}'));
    }
}
