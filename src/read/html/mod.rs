//! HTML: one document an input, its main content and its metadata.
//!
//! 1. [`meta`] collects what the page says about itself (one linear pass).
//! 2. [`clean`] writes the page anew: well nested, of bounded depth and size, without
//!    scripts and the like (one linear pass). No page reaches the tree builder unbounded.
//! 3. dom_smoothie finds the main content; a page beyond the bounds, or one in which it
//!    finds nothing, gives its whole body instead. [`notes`] keeps what stands beside an article on how it was made.
//! 4. [`text`] turns that into text (one linear pass).
//!
//! Nothing is ever fetched.

mod clean;
mod jsonld;
mod meta;
mod notes;
mod scan;
mod text;

use std::io::BufRead;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_smoothie::{Config, Readability};

use self::meta::Page;
use self::scan::{Attributes, Scanner, Token};
use super::error::{Position, ReadError};
use super::{Documents, ReadOptions, Reader, encoding, whole};
use crate::document::{Format, RawDocument};

/// The HTML reader.
pub const READER: Reader = Reader {
    format: Format::Html,
    extensions: &["html", "htm", "xhtml"],
    open,
};

/// First bytes searched for a declared encoding. Browsers read 1,024; saved pages
/// often carry a comment before it.
const CHARSET_PRESCAN: usize = 4096;

fn open<'a>(mut input: Box<dyn BufRead + 'a>, options: &ReadOptions) -> Documents<'a> {
    whole::once(file(&mut *input, options))
}

fn file(input: &mut dyn BufRead, options: &ReadOptions) -> Result<RawDocument, ReadError> {
    let bytes = whole::bytes(input, options)?;
    let label = declared_encoding(&bytes);
    let label = label.as_deref().map(str::as_bytes);
    let markup = encoding::decode(bytes, label, &options.name)?;
    let at = Position::whole(&options.name);
    whole::check(&markup, || at.clone(), options)?;
    document(markup, at, options)
}

/// The document of a page.
///
/// # Errors
/// [`ReadError::Empty`] where the page holds no text.
pub(super) fn document(
    markup: String,
    at: Position,
    options: &ReadOptions,
) -> Result<RawDocument, ReadError> {
    let page = meta::collect(&markup);
    let found = extract(&markup);
    if whole::is_blank(&found.text) {
        return Err(ReadError::Empty(at));
    }
    // Marks added to the text could carry it over the limit.
    whole::check(&found.text, || at.clone(), options)?;
    let Page {
        title,
        document_title,
        byline,
        url,
        publisher,
        date,
        entries,
    } = page;
    Ok(RawDocument {
        text: found.text,
        title: title.or(found.title).or(document_title),
        byline: byline.or(found.byline),
        url,
        publisher,
        date,
        metadata: entries,
        markup: Some(markup),
        ..whole::document(Format::Html, options)
    })
}

/// What was found in the page's body.
#[derive(Debug, Default)]
struct Found {
    text: String,
    title: Option<String>,
    byline: Option<String>,
}

fn extract(markup: &str) -> Found {
    let Some(cleaned) = clean::clean(markup) else {
        return body(markup);
    };
    match main_content(&cleaned) {
        Some(mut found) if !whole::is_blank(&found.text) => {
            for note in notes::notes(&cleaned) {
                if !found.text.contains(&note) {
                    found.text.push_str("\n\n");
                    found.text.push_str(&note);
                }
            }
            found
        }
        _ => body(&cleaned),
    }
}

fn body(markup: &str) -> Found {
    Found {
        text: text::text(markup),
        ..Found::default()
    }
}

/// The main content by dom_smoothie; `None` where it finds none.
fn main_content(cleaned: &str) -> Option<Found> {
    let config = Config {
        // Read by `jsonld`, with limits.
        disable_json_ld: true,
        ..Config::default()
    };
    // The extractor unwraps in places that could not be proven unreachable. One odd page must
    // not take down a run over millions; nothing of the page survives the unwinding.
    let article = catch_unwind(AssertUnwindSafe(|| {
        let mut readability = Readability::new(cleaned, None, Some(config)).ok()?;
        readability.parse().ok()
    }))
    .ok()??;
    let given = |value: &str| Some(value.trim().to_owned()).filter(|v| !v.is_empty());
    Some(Found {
        text: text::text(&article.content),
        title: given(&article.title),
        byline: article.byline.as_deref().and_then(given),
    })
}

/// The encoding label that the page declares in a `meta` element.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..CHARSET_PRESCAN).unwrap_or(bytes));
    Scanner::new(&head).find_map(|token| match token {
        Token::Start { name, attributes } if name.eq_ignore_ascii_case("meta") => {
            if let Some(label) = Attributes::get(attributes, "charset") {
                return Some(label.trim().to_owned());
            }
            let content = Attributes::get(attributes, "content")?.to_ascii_lowercase();
            let (_, label) = content.split_once("charset=")?;
            let label = label.split([';', ' ']).next()?;
            Some(label.trim_matches(['"', '\'']).to_owned())
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests;
