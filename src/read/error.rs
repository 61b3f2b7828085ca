//! What can go wrong while reading, and where.

use std::fmt;
use std::io;

/// Where in the input an error lies; lines from 1, bytes from 0.
///
/// Shown as `name:line (byte n)`, leaving out what is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Name of the input.
    pub name: String,
    /// Line (or record line), from 1.
    pub line: Option<u64>,
    /// Byte offset, from 0. `None` also where the input had to be transcoded as a
    /// stream, because offsets in its UTF-8 form would point nowhere in the file.
    pub byte: Option<u64>,
}

impl Position {
    /// The input as a whole.
    #[must_use]
    pub fn whole(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            line: None,
            byte: None,
        }
    }

    /// A byte offset, without a line.
    #[must_use]
    pub fn byte(name: &str, byte: u64) -> Self {
        Self {
            byte: Some(byte),
            ..Self::whole(name)
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(byte) = self.byte {
            write!(f, " (byte {byte})")?;
        }
        Ok(())
    }
}

/// Why a document could not be read.
///
/// One error stands for one document (or record); only after [`ReadError::Io`],
/// [`ReadError::MissingColumn`] and an over-long CSV record does an input end early.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The input could not be read any further.
    #[error("{at}: cannot read: {source}")]
    Io {
        /// Where reading stopped.
        at: Position,
        /// What the system said.
        source: io::Error,
    },
    /// Nothing but white space.
    #[error("{0}: empty: there is no text to examine")]
    Empty(Position),
    /// A text (or a record's line) is larger than the limit. The rest of it was not buffered.
    #[error(
        "{at}: larger than the limit of {limit} bytes ({seen} bytes seen so far): raise the limit or split the text"
    )]
    TooLarge {
        /// Where the text begins.
        at: Position,
        /// The limit, in bytes.
        limit: u64,
        /// Bytes seen when the limit was found exceeded; the text may be larger.
        seen: u64,
    },
    /// Too many malformed byte sequences for the encoding that the text seems to have.
    #[error(
        "{at}: not valid {encoding} ({malformed} malformed sequences, the first one here): convert the input to UTF-8"
    )]
    Encoding {
        /// The first malformed sequence.
        at: Position,
        /// The encoding that was tried.
        encoding: &'static str,
        /// Number of malformed sequences.
        malformed: u64,
    },
    /// Not a text.
    #[error("{at}: this looks like {looks_like}, not like text: extract its text first")]
    Binary {
        /// The byte that gave it away.
        at: Position,
        /// What it looks like, with its article ("a PDF file").
        looks_like: &'static str,
    },
    /// A line that is not valid JSON.
    #[error("{at}: bad JSON at column {column}: {message}")]
    Json {
        /// The line, and the byte where the parser stopped.
        at: Position,
        /// Byte column in the line, from 1; 0 where the parser stopped before the first byte.
        column: u64,
        /// What the parser said.
        message: String,
    },
    /// A line that is JSON but not an object.
    #[error("{at}: expected a JSON object on each line, found {found}")]
    NotAnObject {
        /// The line.
        at: Position,
        /// What stands there ("an array").
        found: &'static str,
    },
    /// A record without text.
    #[error("{at}: no field `{field}` in this record{}: name the right one as the text field", found_list(.found))]
    MissingText {
        /// The line.
        at: Position,
        /// The field looked for.
        field: String,
        /// The record's first field names, in order.
        found: Vec<String>,
    },
    /// A record whose text is not a string.
    #[error("{at}: field `{field}` must be a string, found {found}")]
    TextNotAString {
        /// The line.
        at: Position,
        /// The text field.
        field: String,
        /// What stands there ("a number").
        found: &'static str,
    },
    /// A CSV header without the text column; the whole input is unreadable.
    #[error("{at}: no column `{field}` in the header{}: name the right one as the text field", found_list(.columns))]
    MissingColumn {
        /// The header line.
        at: Position,
        /// The column looked for.
        field: String,
        /// The columns found, in order.
        columns: Vec<String>,
    },
    /// A CSV record with a field whose quotation mark is never closed.
    #[error("{at}: a quotation mark opens in this row and is never closed{}", if *.rest { "" } else { "; nothing behind it was read" })]
    OpenQuote {
        /// Where the row begins.
        at: Position,
        /// Whether the rows behind it are read.
        rest: bool,
    },
    /// A CSV record with a field whose quotation mark is closed by what looks like the opening mark of another row's.
    #[error("{at}: a quotation mark is not closed in its row; the record runs to line {last_line}")]
    StrayQuote {
        /// Where the record begins.
        at: Position,
        /// Line on which it ends.
        last_line: u64,
    },
    /// A CSV record with more or fewer fields than the header.
    #[error("{at}: {found} fields where the header has {expected}{}", span_hint(.at, *.last_line))]
    FieldCount {
        /// Line on which the record begins.
        at: Position,
        /// Line on which it ends.
        last_line: u64,
        /// Fields in the header.
        expected: usize,
        /// Fields in the record.
        found: usize,
    },
}

fn found_list(names: &[String]) -> String {
    if names.is_empty() {
        return " (it has no fields)".to_owned();
    }
    let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
    format!(" (found {})", quoted.join(", "))
}

fn span_hint(at: &Position, last_line: u64) -> String {
    match at.line {
        Some(first) if last_line > first => {
            format!("; the record runs to line {last_line}: is a quotation mark left open?")
        }
        _ => String::new(),
    }
}

impl ReadError {
    /// Where in the input.
    #[must_use]
    pub fn position(&self) -> &Position {
        match self {
            Self::Empty(at)
            | Self::Io { at, .. }
            | Self::TooLarge { at, .. }
            | Self::Encoding { at, .. }
            | Self::Binary { at, .. }
            | Self::Json { at, .. }
            | Self::NotAnObject { at, .. }
            | Self::MissingText { at, .. }
            | Self::TextNotAString { at, .. }
            | Self::MissingColumn { at, .. }
            | Self::OpenQuote { at, .. }
            | Self::StrayQuote { at, .. }
            | Self::FieldCount { at, .. } => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> Position {
        Position {
            name: "articles.jsonl".into(),
            line: Some(17),
            byte: Some(2301),
        }
    }

    #[test]
    fn messages_lead_with_the_position_and_end_with_advice() {
        let error = ReadError::MissingText {
            at: at(),
            field: "text".into(),
            found: vec!["body".into(), "id".into()],
        };
        assert_eq!(
            error.to_string(),
            "articles.jsonl:17 (byte 2301): no field `text` in this record (found `body`, `id`): name the right one as the text field"
        );
        assert_eq!(error.position(), &at());
    }

    #[test]
    fn a_record_over_many_lines_hints_at_an_open_quotation_mark() {
        let error = |last_line| ReadError::FieldCount {
            at: at(),
            last_line,
            expected: 3,
            found: 1,
        };
        assert!(error(40).to_string().contains("runs to line 40"));
        assert!(!error(17).to_string().contains("runs to"));
    }

    #[test]
    fn unknown_parts_of_a_position_are_left_out() {
        assert_eq!(Position::whole("-").to_string(), "-");
        assert_eq!(Position::byte("a.txt", 4).to_string(), "a.txt (byte 4)");
    }
}
