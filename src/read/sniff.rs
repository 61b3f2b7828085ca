//! Which format an input has: by its name, else by its first bytes.

use std::io::{self, BufRead, Cursor, Read};

use super::{READERS, encoding};
use crate::document::Format;

/// First bytes looked at: the first line of most JSON lines files, the head of most pages.
pub(super) const HEAD: usize = 8 << 10;

/// The first `n` bytes (fewer at the end of input) and an input that still yields them.
pub(super) fn peek<'a>(
    mut input: Box<dyn BufRead + 'a>,
    n: usize,
) -> io::Result<(Vec<u8>, Box<dyn BufRead + 'a>)> {
    let available = input.fill_buf()?;
    if let Some(head) = available.get(..n) {
        return Ok((head.to_vec(), input));
    }
    let mut head = Vec::new();
    let limit = u64::try_from(n).unwrap_or(u64::MAX);
    (&mut input).take(limit).read_to_end(&mut head)?;
    let again = Box::new(Cursor::new(head.clone()).chain(input));
    Ok((head, again))
}

/// The format that a file name's ending stands for.
#[must_use]
pub(super) fn by_name(name: &str) -> Option<Format> {
    let file = name.rsplit(['/', '\\']).next()?;
    let (stem, extension) = file.rsplit_once('.')?;
    if stem.is_empty() {
        return None;
    }
    let extension = extension.to_lowercase();
    READERS
        .iter()
        .find(|reader| reader.extensions.contains(&extension.as_str()))
        .map(|reader| reader.format)
}

/// The format that the first bytes suggest; plain text if they suggest none. A table shows by a header that names the field of the text;
/// an array of JSON objects, or an object over several lines, is taken for JSON lines, whose reader says how to give them.
pub(super) fn by_head(head: &[u8], text_field: &str) -> Format {
    let decoded;
    let head = match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, mark)) => {
            let rest = head.get(mark..).unwrap_or_default();
            decoded = encoding.decode_without_bom_handling(rest).0;
            decoded.as_bytes()
        }
        None => head,
    };
    let head = head.trim_ascii_start();
    if is_html(head) {
        Format::Html
    } else if encoding::binary_kind(head).is_some() {
        Format::Text
    } else if is_json_object_line(head) || is_json_over_lines(head) {
        Format::Jsonl
    } else if is_table(head, text_field) {
        Format::Csv
    } else {
        Format::Text
    }
}

fn is_html(head: &[u8]) -> bool {
    let lower = head.to_ascii_lowercase();
    let opens = |with: &[u8]| lower.starts_with(with);
    // A comment or an XML declaration may come first.
    let prologue = opens(b"<!--") || opens(b"<?xml");
    opens(b"<!doctype html")
        || opens(b"<html")
        || opens(b"<head>")
        || opens(b"<body")
        || (prologue && memchr::memmem::find(&lower, b"<html").is_some())
}

/// Whether the first line is a JSON object, or begins as one where the head ends before it does.
fn is_json_object_line(head: &[u8]) -> bool {
    if !head.starts_with(b"{") {
        return false;
    }
    let end = memchr::memchr(b'\n', head);
    let line = end.and_then(|end| head.get(..end)).unwrap_or(head);
    match serde_json::from_slice::<serde::de::IgnoredAny>(line) {
        Ok(_) => true,
        Err(error) => {
            end.is_none() && head.len() > 2 && (error.is_eof() || std::str::from_utf8(line).is_err())
        }
    }
}

/// Whether an array of objects begins, or an object that goes on over lines.
fn is_json_over_lines(head: &[u8]) -> bool {
    let items = head.strip_prefix(b"[".as_slice()).map(<[u8]>::trim_ascii_start);
    let first = items.and_then(|items| items.strip_prefix(b"{".as_slice()));
    let broken =
        |rest: &&[u8]| rest.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) == Some(&b'\n');
    let object = head.strip_prefix(b"{".as_slice()).filter(broken);
    first
        .or(object)
        .is_some_and(|first| first.trim_ascii_start().starts_with(b"\""))
}

/// Longest name of a column, in bytes.
const COLUMN_NAME: usize = 40;

/// Whether the first line is the header of a table with the field of the text among its columns, and the second a row of it.
fn is_table(head: &[u8], text_field: &str) -> bool {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let (Some(header), Some(row)) = (lines.next(), lines.next()) else {
        return false;
    };
    let name = |cell: &str| {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.');
        !cell.is_empty() && cell.len() <= COLUMN_NAME && cell.chars().all(plain)
    };
    [',', ';', '\t'].into_iter().any(|delimiter| {
        let cells: Vec<&str> = header
            .trim_end()
            .split(delimiter)
            .map(|cell| cell.trim_matches('"'))
            .collect();
        let quoted = row.starts_with('"') || row.contains(&format!("{delimiter}\""));
        let row = quoted || row.split(delimiter).count() == cells.len();
        cells.len() > 1 && row && cells.contains(&text_field) && cells.iter().all(|cell| name(cell))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_format() {
        let cases = [
            ("a.txt", Some(Format::Text)),
            ("dir.html/notes", None),
            ("dir/Page.HTML", Some(Format::Html)),
            ("x.y.jsonl", Some(Format::Jsonl)),
            ("t.tsv", Some(Format::Csv)),
            ("README.md", Some(Format::Markdown)),
            (".md", None),
            ("-", None),
            ("a.docx", None),
        ];
        for (name, format) in cases {
            assert_eq!(by_name(name), format, "{name}");
        }
    }

    #[test]
    fn first_bytes_tell_the_format() {
        let long = format!("{{\"id\":1,\"text\":\"{}", "word ".repeat(100));
        let cases: [(&[u8], Format); 21] = [
            (b"<!DOCTYPE html><p>a", Format::Html),
            (b"\xef\xbb\xbf\n <HTML lang=en>", Format::Html),
            (b"<!-- saved --><html>", Format::Html),
            (b"<p>a fragment", Format::Text),
            (b"{\"text\":\"a\"}\nnot json", Format::Jsonl),
            (long.as_bytes(), Format::Jsonl),
            (b"{\nplain", Format::Text),
            (b"{curly} text", Format::Text),
            (b"{", Format::Text),
            (b"a,b\n1,2\n", Format::Text),
            (b"id,text\n1,The ferry is late.\n", Format::Csv),
            (b"\"id\";\"text\"\r\n1;a\n", Format::Csv),
            (b"id\ttext\n1\tThe ferry is late.\n", Format::Csv),
            (b"id,text\n1,\"The ferry\nis late.\"\n", Format::Csv),
            (
                b"Body copy,text\nWe met, and it rained, and so on.\n",
                Format::Text,
            ),
            (b"text\nThe ferry is late.\n", Format::Text),
            (b"The ferry, its crew, text\nand all!", Format::Text),
            (b"[\n {\"text\": \"a\"}]", Format::Jsonl),
            (b"{\n  \"text\": \"a\"\n}\n", Format::Jsonl),
            (b"{\nthe first of the sets\n}\n", Format::Text),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", Format::Html),
        ];
        for (head, format) in cases {
            assert_eq!(by_head(head, "text"), format, "{}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn peeking_takes_nothing_away() {
        let text = b"0123456789";
        for capacity in [1, 4, 100] {
            for n in [0, 3, 10, 50] {
                let input = io::BufReader::with_capacity(capacity, &text[..]);
                let (head, mut input) = peek(Box::new(input), n).unwrap();
                assert_eq!(head, &text[..n.min(10)]);
                let mut all = Vec::new();
                input.read_to_end(&mut all).unwrap();
                assert_eq!(all, text);
            }
        }
    }
}
