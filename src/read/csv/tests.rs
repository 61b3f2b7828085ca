use super::*;

fn with(input: &[u8], change: impl FnOnce(&mut ReadOptions)) -> Vec<Result<RawDocument, ReadError>> {
    let mut options = ReadOptions {
        name: "a.csv".into(),
        ..ReadOptions::default()
    };
    change(&mut options);
    open(Box::new(input), &options).collect()
}

fn all(input: &[u8]) -> Vec<Result<RawDocument, ReadError>> {
    with(input, |_| {})
}

fn texts(items: &[Result<RawDocument, ReadError>]) -> Vec<&str> {
    items.iter().flatten().map(|raw| raw.text.as_str()).collect()
}

#[test]
fn quoted_fields_over_many_lines_and_known_columns() {
    let items = all(b"\xef\xbb\xbfid,Title,Text,other\n1,T,\"two\nlines, \"\"so\"\"\",x\n,,plain,\n");
    assert_eq!(texts(&items), ["two\nlines, \"so\"", "plain"]);
    let first = items[0].as_ref().unwrap();
    assert_eq!((first.id.as_str(), first.title.as_deref()), ("1", Some("T")));
    let second = items[1].as_ref().unwrap();
    assert_eq!((second.id.as_str(), second.title.as_deref()), ("a.csv:4", None));
    assert_eq!(second.format, Format::Csv);
}

#[test]
fn the_delimiter_is_found_in_the_header() {
    for (delimiter, header) in [
        (',', "id,text"),
        (';', "id;\"a,b,c\";text"),
        ('\t', "id\ttext\tz;z"),
    ] {
        let row = header
            .replace("text", "words, and; more")
            .replace(", and; more", "");
        let items = all(format!("{header}\n{row}\n").as_bytes());
        assert_eq!(texts(&items), ["words"], "{delimiter:?}");
    }
    assert_eq!(texts(&all(b"text\nalone\n")), ["alone"]);
}

#[test]
fn a_bad_record_never_costs_the_rows_after_it() {
    let input = b"id,text\n1,a\n2,b,c\n3\n4,\xff\xffx\n5, \n6,z\xc3\xa9\n";
    let items = all(input);
    assert_eq!(texts(&items), ["a", "zé"]);
    let errors: Vec<_> = items.iter().filter_map(|item| item.as_ref().err()).collect();
    let lines: Vec<_> = errors.iter().map(|e| e.position().line).collect();
    assert_eq!(lines, [Some(3), Some(4), Some(5), Some(6)]);
    assert!(matches!(
        errors[0],
        ReadError::FieldCount {
            expected: 2,
            found: 3,
            ..
        }
    ));
    assert!(matches!(errors[1], ReadError::FieldCount { found: 1, .. }));
    assert!(matches!(errors[2], ReadError::Encoding { .. }));
    assert!(matches!(errors[3], ReadError::Empty(_)));
    assert_eq!(errors[0].position().byte, Some(12));
}

#[test]
fn a_missing_text_column_is_one_error_that_lists_the_columns() {
    let items = all(b"id,body\n1,a\n2,b\n");
    let [Err(error)] = &items[..] else {
        panic!("{items:?}")
    };
    let message = error.to_string();
    assert!(message.starts_with("a.csv:1 (byte 0)"), "{message}");
    assert!(message.contains("`id`, `body`"), "{message}");
    assert_eq!(
        texts(&with(b"id,body\n1,a\n", |o| o.text_field = "body".into())),
        ["a"]
    );
}

#[test]
fn a_record_with_an_open_quotation_mark_takes_bounded_memory() {
    let mut long = b"id,text\n1,a\n2,\"b".to_vec();
    long.extend(std::iter::repeat_n(b"x\n", 100_000).flatten());
    let items = with(&long, |o| o.max_bytes = 20_000);
    assert_eq!(texts(&items), ["a"]);
    let error = items[1].as_ref().unwrap_err();
    assert!(
        matches!(error, ReadError::TooLarge { limit: 20_000, .. }),
        "{error}"
    );
    assert_eq!(items.len(), 2);
}

#[test]
fn a_legacy_export_is_transcoded_and_has_no_byte_offsets() {
    let items = all(b"id;text\n1;K\xe4se und Br\xfccke\n2;Gr\xfc\xdfe\n3\n");
    assert_eq!(texts(&items), ["Käse und Brücke", "Grüße"]);
    let at = items[2].as_ref().unwrap_err().position();
    assert_eq!((at.line, at.byte), (Some(4), None));
}

#[test]
fn nothing_to_read_is_empty_and_archives_are_named() {
    for input in ["", "\n\n", "id,text\n"] {
        assert!(
            matches!(all(input.as_bytes())[..], [Err(ReadError::Empty(_))]),
            "{input:?}"
        );
    }
    let items = all(b"PK\x03\x04\x14\0\0\0");
    assert!(matches!(items[..], [Err(ReadError::Binary { .. })]));
}

/// The lines of the errors about open quotation marks.
fn open_lines(items: &[Result<RawDocument, ReadError>]) -> Vec<Option<u64>> {
    let line = |item: &Result<RawDocument, ReadError>| match item {
        Err(error @ ReadError::OpenQuote { .. }) => Some(error.position().line),
        _ => None,
    };
    items.iter().filter_map(line).collect()
}

#[test]
fn an_open_quotation_mark_costs_its_own_row_alone() {
    let input = "id,text\n1,a\n2,\"b\n3,c\n,d \"\"e\"\"\n5,f\n";
    for (input, byte) in [
        (input.to_owned(), " (byte 12)"),
        (input.replace('\n', "\r\n"), " (byte 13)"),
    ] {
        let items = all(input.as_bytes());
        // As the rows would be read in a file without the open mark.
        let whole = all(input.replace("2,\"b", "2,b").as_bytes());
        assert_eq!(texts(&items), ["a", "c", "d \"\"e\"\"", "f"], "{input:?}");
        let ids = |items: &[Result<RawDocument, ReadError>]| -> Vec<String> {
            items
                .iter()
                .flatten()
                .map(|raw| raw.id.clone())
                .filter(|id| id != "2")
                .collect()
        };
        assert_eq!(ids(&items), ids(&whole), "{input:?}");
        let message = items[1].as_ref().unwrap_err().to_string();
        assert!(message.starts_with("a.csv:3"), "{message}");
        assert!(message.ends_with("and is never closed"), "{message}");
        assert!(!message.contains("byte") || message.contains(byte), "{message}");
    }
    // A row over several lines and empty lines stand before it.
    let items = all(b"text,note\n\n\n\"a\nb\",\"open\nc,d\nf,g\nh,i\n");
    assert_eq!(texts(&items), ["c", "f", "h"]);
    assert_eq!(open_lines(&items), [Some(5)]);
    assert_eq!(items[1].as_ref().unwrap().id, "a.csv:6");
    // Lines that end with a carriage return alone.
    assert_eq!(texts(&all(b"id,text\r1,a\r2,\"b\r3,c\r")), ["a", "c"]);
}

#[test]
fn a_text_that_is_cut_short_is_one_error() {
    for input in [
        "id,text\n1,a\n2,\"It rained.\n\nThen it snowed, and froze.\n\nNobody came, they said",
        "text\na\n\"It rained.\nIt snowed.\nNobody came.",
        "id,text\n1,a\n2,\"b",
        "id,text\n1,a\n2,\"",
    ] {
        let items = all(input.as_bytes());
        assert_eq!((texts(&items), items.len()), (vec!["a"], 2), "{input:?}");
        let message = items[1].as_ref().unwrap_err().to_string();
        assert!(message.ends_with("nothing behind it was read"), "{message}");
    }
    // Nothing is open where the last row has no line end, or an empty field in quotation marks.
    for input in [
        "id,text\n1,a",
        "id,text\n1,\"a\"",
        "text,id\na,\"\"",
        "text,id\na,\"\"\n\n",
    ] {
        assert_eq!(texts(&all(input.as_bytes())), ["a"], "{input:?}");
    }
}

#[test]
fn an_open_quotation_mark_in_the_header_is_told() {
    for input in ["id,\"text\n1,a\n2,b\n", "text,\"note\na,b\n"] {
        let items = all(input.as_bytes());
        assert_eq!(items.len(), 1);
        assert_eq!(open_lines(&items), [Some(1)], "{input:?}");
    }
}

#[test]
fn a_field_that_another_rows_mark_closes_is_no_document() {
    for (delimiter, end) in [(",", "\n"), (";", "\r\n")] {
        let input = "id,text\n1,\"a\"\n2,\"b\n3,\"c\"\n4,\"d\"\n"
            .replace(',', delimiter)
            .replace('\n', end);
        let items = all(input.as_bytes());
        assert_eq!(texts(&items), ["a", "d"], "{input:?}");
        let message = items[1].as_ref().unwrap_err().to_string();
        assert!(
            message.starts_with("a.csv:3") && message.ends_with("runs to line 4"),
            "{message}"
        );
    }
    // Marks within a text, doubled or not, and texts over several lines are left alone.
    for input in [
        "id,text\n1,\"He said \"\"yes\"\",\nand \"\"no\"\".\"\n",
        "id,text\n1,\"\"\"Yes\"\",\n\"\"no\"\"\"\n",
        "id,text\n1,\"a \"b\" c\"\n",
    ] {
        assert!(all(input.as_bytes()).iter().all(Result::is_ok), "{input:?}");
    }
}
