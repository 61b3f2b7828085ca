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
fn an_open_quotation_mark_is_hinted_at_and_its_memory_bounded() {
    let items = all(b"id,text\n1,a\n2,\"b\n3,c\n4,d\n");
    assert_eq!(texts(&items)[0], "a");
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
