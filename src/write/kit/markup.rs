//! What the pages for a browser share: their head and style, and text put into markup.

use std::fmt::Write;

use super::escape;

/// Colours, type and tables, light and dark.
const STYLE: &str = include_str!("page.css");

/// A growing piece of a page.
#[derive(Debug, Default)]
pub struct Markup {
    /// What was written.
    pub html: String,
}

impl Markup {
    /// Markup of our own.
    pub fn raw(&mut self, markup: &str) {
        self.html.push_str(markup);
    }

    /// Markup of our own, formatted: `markup.put(format_args!(...))`. Nothing of a document belongs in it.
    pub fn put(&mut self, markup: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.html.write_fmt(markup);
    }

    /// Text of any origin.
    pub fn say(&mut self, text: &str) {
        escape(&mut self.html, text);
    }

    /// An element with a text; `name` and `class` are our own.
    pub fn element(&mut self, name: &str, class: &str, text: &str) {
        let _ = write!(self.html, "<{name} class=\"{class}\">");
        self.say(text);
        let _ = write!(self.html, "</{name}>");
    }
}

/// The page up to and including `<main>`: no script may run in it and nothing is fetched. `title` and `more_style` are our own.
pub fn head(title: &str, more_style: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}{more_style}</style>\n</head>\n<body>\n<main>\n"
    )
}

/// The page's end.
pub const FOOT: &str = "</main>\n</body>\n</html>\n";
