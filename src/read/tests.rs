use super::*;

fn first(name: &str, format: Option<Format>, input: &[u8]) -> Result<RawDocument, ReadError> {
    let options = ReadOptions {
        name: name.into(),
        ..ReadOptions::default()
    };
    read(Box::new(input), format, &options).next().unwrap()
}

#[test]
fn every_format_has_one_reader_and_no_extension_two() {
    let formats = [
        Format::Text,
        Format::Markdown,
        Format::Html,
        Format::Jsonl,
        Format::Csv,
    ];
    let found: Vec<_> = READERS.iter().map(|reader| reader.format).collect();
    assert_eq!(found, formats);
    let mut extensions: Vec<_> = READERS.iter().flat_map(|reader| reader.extensions).collect();
    let all = extensions.len();
    extensions.sort_unstable();
    extensions.dedup();
    assert_eq!(extensions.len(), all);
}

#[test]
fn the_format_asked_for_wins_over_name_and_content() {
    let raw = first("a.html", Some(Format::Text), b"<p>a</p>").unwrap();
    assert_eq!((raw.format, raw.text.as_str()), (Format::Text, "<p>a</p>"));
    assert_eq!(first("a.html", None, b"<p>a</p>").unwrap().text, "a");
    assert_eq!(
        first("-", None, b"{\"text\":\"a\"}").unwrap().format,
        Format::Jsonl
    );
}

#[test]
fn standard_input_is_no_source() {
    assert_eq!(first("-", None, b"a").unwrap().source, None);
    assert_eq!(
        first("a.txt", None, b"a").unwrap().source.as_deref(),
        Some("a.txt")
    );
}

#[test]
fn a_text_over_the_limit_is_refused_after_one_byte_more() {
    struct Endless(u64);
    impl std::io::Read for Endless {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            self.0 += out.len() as u64;
            assert!(self.0 < 1 << 20, "read on after the limit");
            out.fill(b'a');
            Ok(out.len())
        }
    }
    for format in [Format::Text, Format::Markdown, Format::Html] {
        let options = ReadOptions {
            max_bytes: 1000,
            ..ReadOptions::default()
        };
        let input = std::io::BufReader::new(Endless(0));
        let error = read(Box::new(input), Some(format), &options)
            .next()
            .unwrap()
            .unwrap_err();
        assert!(
            matches!(
                error,
                ReadError::TooLarge {
                    limit: 1000,
                    seen: 1001,
                    ..
                }
            ),
            "{error}"
        );
    }
}

#[test]
fn blank_input_is_empty_in_every_format() {
    for reader in READERS {
        for input in [&b""[..], b" \r\n\t\n", b"\xef\xbb\xbf\n"] {
            let error = first("x", Some(reader.format), input).unwrap_err();
            assert!(
                matches!(error, ReadError::Empty(_)),
                "{:?}: {error}",
                reader.format
            );
        }
    }
}

#[test]
fn an_input_that_fails_ends_with_its_error_in_every_format() {
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let formats = READERS.iter().map(|reader| Some(reader.format)).chain([None]);
    for format in formats {
        let input = std::io::BufReader::new(Failing);
        let items: Vec<_> = read(Box::new(input), format, &ReadOptions::default())
            .take(3)
            .collect();
        assert!(
            matches!(items[..], [Err(ReadError::Io { .. })]),
            "{format:?}: {items:?}"
        );
    }
}
