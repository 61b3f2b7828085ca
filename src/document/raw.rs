//! What a reader hands over: decoded text and what was said about it.

/// One document as a reader found it: decoded, not yet normalised.
///
/// `text` is the *document as it was read*: every span in an output is a byte
/// range of it. For plain text, Markdown and the record formats that is the
/// decoded input (a UTF-8 file keeps its byte offsets, a leading byte-order
/// mark included); for HTML it is the extracted main content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawDocument {
    /// Name in outputs: the record's `id`, else the file name and record number.
    pub id: String,
    /// Where it came from (a path as given, or `None` for standard input).
    pub source: Option<String>,
    /// Format it was read from.
    pub format: Format,
    /// The text, UTF-8.
    pub text: String,
    /// Headline, if the input names one apart from the text.
    pub title: Option<String>,
    /// Author line, if the input names one apart from the text.
    pub byline: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Publisher or site name.
    pub publisher: Option<String>,
    /// Date of publication as printed.
    pub date: Option<String>,
    /// Page metadata as (name, value) in page order: `canonical`, `og:url`, `generator`,
    /// `jsonld:digitalSourceType`, `c2pa-manifest`, ... Names are lower case but for JSON-LD keys.
    pub metadata: Vec<(String, String)>,
    /// Source markup (HTML), searched by signatures of scope `markup`; `None` for other formats.
    pub markup: Option<String>,
}

/// Input formats.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text: one document.
    #[default]
    Text,
    /// Markdown: one document, marks understood as layout.
    Markdown,
    /// HTML: one document, its main content and its metadata.
    Html,
    /// JSON lines: one document a line.
    Jsonl,
    /// CSV with a header: one document a row.
    Csv,
}

impl Format {
    /// The name used by `--from`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
        }
    }
}
