use std::io::{BufReader, Read};

use super::*;

fn options(max_bytes: usize) -> ReadOptions {
    ReadOptions {
        name: "a.jsonl".into(),
        max_bytes,
        ..ReadOptions::default()
    }
}

fn all(input: &[u8]) -> Vec<Result<RawDocument, ReadError>> {
    open(Box::new(input), &options(1 << 20)).collect()
}

fn texts(items: &[Result<RawDocument, ReadError>]) -> Vec<&str> {
    items.iter().flatten().map(|raw| raw.text.as_str()).collect()
}

#[test]
fn fields_are_taken_and_unknown_ones_passed_over() {
    let items = all(
        br#"{"id": 7, "title":"T","extra":{"text":[1,{}]},"author":"Ida Moss","url":"u","publisher":"P","date":20260102,"text":"a \u00e9\n"}"#,
    );
    let raw = items[0].as_ref().unwrap();
    assert_eq!(raw.id, "7");
    assert_eq!(raw.text, "a é\n");
    assert_eq!(raw.title.as_deref(), Some("T"));
    assert_eq!(raw.byline.as_deref(), Some("Ida Moss"));
    assert_eq!(raw.date.as_deref(), Some("20260102"));
    assert_eq!(
        (raw.url.as_deref(), raw.publisher.as_deref()),
        (Some("u"), Some("P"))
    );
    assert_eq!(raw.source.as_deref(), Some("a.jsonl"));
    assert_eq!(raw.format, Format::Jsonl);
    assert_eq!(items.len(), 1);
}

#[test]
fn a_record_without_id_is_named_by_its_line() {
    let items = all(b"\n{\"text\":\"a\"}\r\n  \n{\"text\":\"b\",\"id\":null}\n");
    let ids: Vec<_> = items.iter().flatten().map(|raw| raw.id.as_str()).collect();
    assert_eq!(ids, ["a.jsonl:2", "a.jsonl:4"]);
}

#[test]
fn a_bad_line_never_costs_the_lines_after_it() {
    let input = b"{\"text\":\"a\"}\n{\"text\":}\n[1]\n\"s\"\n3\n{\"body\":\"x\",\"id\":1}\n{\"text\":5}\n\
                  {\"text\":\" \"}\n{\"text\":\"\xff\xfe\"}\n{\"text\":\"b\"} x\n{\"text\":\"z\"}\n{\"text\":\"cut\n";
    let items = all(input);
    assert_eq!(texts(&items), ["a", "z"]);
    assert_eq!(items.len(), 12);
    let errors: Vec<_> = items.iter().filter_map(|item| item.as_ref().err()).collect();
    for (error, line) in errors.iter().zip([2, 3, 4, 5, 6, 7, 8, 9, 10, 12]) {
        assert_eq!(error.position().line, Some(line), "{error}");
        let byte = usize::try_from(error.position().byte.unwrap()).unwrap();
        let before = input[..byte].iter().filter(|b| **b == b'\n').count();
        assert_eq!(before as u64 + 1, line, "{error}");
    }
    assert!(
        matches!(errors[0], ReadError::Json { column: 9, .. }),
        "{}",
        errors[0]
    );
    let cut = errors.last().unwrap().to_string();
    assert!(cut.contains("the line is cut off"), "{cut}");
    for (error, what) in errors[1..4].iter().zip(["an array", "a string", "a number"]) {
        assert!(
            matches!(error, ReadError::NotAnObject { found, .. } if *found == what),
            "{error}"
        );
    }
    assert!(matches!(errors[4], ReadError::MissingText { found, .. } if found == &["body", "id"]));
    assert!(matches!(
        errors[5],
        ReadError::TextNotAString {
            found: "a number",
            ..
        }
    ));
    assert!(matches!(errors[6], ReadError::Empty(_)));
    assert!(
        matches!(errors[7], ReadError::Encoding { malformed: 2, .. }),
        "{}",
        errors[7]
    );
    assert!(errors[9].to_string().contains("cut off"), "{}", errors[9]);
}

#[test]
fn a_line_over_the_limit_is_skipped_without_being_buffered() {
    struct Counting(u64);
    impl Read for Counting {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let n = out.len().min(usize::try_from(self.0).unwrap());
            out[..n].fill(b'x');
            self.0 -= n as u64;
            Ok(n)
        }
    }
    let long = 50_000_000;
    let head = b"{\"text\":\"a\"}\n"
        .chain(Counting(long))
        .chain(&b"\n{\"text\":\"b\"}\n"[..]);
    let options = options(1000);
    let (input, transcoded) = transcode::utf16(Box::new(BufReader::new(head))).unwrap();
    let mut lines = Lines {
        input,
        transcoded,
        options,
        buffer: Vec::new(),
        line: 0,
        byte: 0,
        any: false,
        done: false,
    };
    assert_eq!(lines.next().unwrap().unwrap().text, "a");
    let error = lines.next().unwrap().unwrap_err();
    assert!(
        matches!(error, ReadError::TooLarge { limit: 1000, seen, .. } if seen == long + 1),
        "{error}"
    );
    assert!(lines.buffer.capacity() < 100_000);
    assert_eq!(error.position().line, Some(2));
    let last = lines.next().unwrap().unwrap();
    assert_eq!((last.text.as_str(), last.id.as_str()), ("b", "a.jsonl:3"));
}

#[test]
fn reading_ends_after_an_input_error() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let input = BufReader::new(b"{\"text\":\"a\"}\n".chain(Failing));
    let items: Vec<_> = open(Box::new(input), &options(100)).take(5).collect();
    let last = items.last().unwrap().as_ref().unwrap_err();
    assert!(matches!(last, ReadError::Io { .. }));
    assert!(items.len() <= 2);
}

#[test]
fn an_input_without_records_is_empty() {
    for input in ["", "\n \n", "\u{feff}\n"] {
        let items = all(input.as_bytes());
        assert!(matches!(items[..], [Err(ReadError::Empty(_))]), "{input:?}");
    }
}

#[test]
fn byte_order_marks_and_utf16_are_understood() {
    let items = all("\u{feff}{\"text\":\"a\"}\nx".as_bytes());
    assert_eq!(texts(&items), ["a"]);
    assert_eq!(items[1].as_ref().unwrap_err().position().byte, Some(16));
    let utf16: Vec<u8> = "\u{feff}{\"text\":\"Käse\"}\nx"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let items = all(&utf16);
    assert_eq!(texts(&items), ["Käse"]);
    let at = items[1].as_ref().unwrap_err().position();
    assert_eq!((at.line, at.byte), (Some(2), None));
}

#[test]
fn markup_is_extracted_where_the_text_is_missing() {
    let items = all(
        br#"{"id":"p1","html":"<title>Page</title><meta name=author content='Per Lund'><p>Ships wait at the lock.</p>","author":"Ida Moss"}"#,
    );
    let raw = items[0].as_ref().unwrap();
    assert_eq!(raw.text, "Ships wait at the lock.");
    assert_eq!((raw.id.as_str(), raw.byline.as_deref()), ("p1", Some("Ida Moss")));
    assert_eq!(raw.title.as_deref(), Some("Page"));
    assert!(raw.markup.is_some());
}

#[test]
fn another_text_field_can_be_named() {
    let options = ReadOptions {
        text_field: "title".into(),
        ..ReadOptions::default()
    };
    let input: &[u8] = b"{\"text\":\"a\",\"title\":\"b\"}";
    let items: Vec<_> = open(Box::new(input), &options).collect();
    assert_eq!(texts(&items), ["b"]);
}

#[test]
fn compressed_input_is_named() {
    let items = all(b"\x1f\x8b\x08\x00rest\n");
    let error = items[0].as_ref().unwrap_err();
    assert!(matches!(error, ReadError::Binary { looks_like, .. } if looks_like.contains("gzip")));
}
