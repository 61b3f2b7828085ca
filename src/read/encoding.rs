//! Bytes -> text: which encoding, and whether it is text at all.
//!
//! Order: byte-order mark, valid UTF-8, UTF-16 by its zero bytes, a label the page
//! declares, UTF-8 with a few slips, and last a guess from byte statistics (chardetng).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::error::{Position, ReadError};

/// Malformed sequences that are replaced without an error whatever the length:
/// a text cut in the middle of a character at both ends, and one slip between.
const MALFORMED_ALWAYS_TOLERATED: u64 = 3;
/// Beyond that, one malformed sequence in this many bytes is tolerated (0.5 %);
/// a wrong encoding produces ten times more in any language that is not plain ASCII.
const BYTES_PER_TOLERATED_SLIP: u64 = 200;
/// A text counts as damaged UTF-8, not as a legacy encoding, from this many
/// well-formed multi-byte sequences for each malformed one: legacy text forms
/// a valid UTF-8 sequence by chance in well under one of ten places.
const UTF8_WELL_FORMED_PER_SLIP: u64 = 2;
/// Bytes given to the statistical detector, from just before the first non-ASCII byte:
/// enough for its statistics, and it runs at some 20 MB/s only.
const DETECTION_WINDOW: usize = 64 << 10;
/// Non-ASCII bytes below which statistics cannot tell one single-byte encoding from
/// another; windows-1252 is what a stray quotation mark or accent almost always is in.
const ENOUGH_EVIDENCE: usize = 6;
/// Bytes inspected for the zero-byte pattern of UTF-16.
const UTF16_SAMPLE: usize = 8 << 10;
/// Smallest share of 16-bit units with a zero byte on the right side for UTF-16
/// without a mark: spaces and punctuation alone give more than this in any alphabet.
const UTF16_MIN_ZERO_SHARE: f64 = 0.05;
/// Share of control characters (tab, line and page breaks, escape aside) above which
/// decoded bytes are no text.
const MAX_CONTROL_SHARE: f64 = 0.02;
/// Control characters always let pass, so that one stray byte does not condemn a short text.
const CONTROLS_ALWAYS_TOLERATED: usize = 3;

/// What the first bytes of common binary formats look like.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (or a DOCX, ODT or EPUB file)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x7fELF", "an ELF program"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard-compressed data"),
    (b"\xfd7zXZ\x00", "XZ-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office file (DOC, XLS, PPT)",
    ),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"{\\rtf", "an RTF file"),
    (b"%!PS-", "a PostScript file"),
    (b"\xfe\xed\xfa\xce", "a Mach-O program"),
    (b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    (b"\x00asm", "a WebAssembly module"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"\xff\xfe\x00\x00", "UTF-32 text"),
    (b"\x00\x00\xfe\xff", "UTF-32 text"),
];
/// bzip2: `BZh`, a level digit, then this block mark.
const BZIP2_BLOCK: &[u8] = b"1AY&SY";

/// What the first bytes look like, if they are those of a known binary format.
pub(super) fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"BZh") && bytes.get(4..).is_some_and(|rest| rest.starts_with(BZIP2_BLOCK)) {
        return Some("bzip2-compressed data");
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("a WebP image");
    }
    MAGIC
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, kind)| *kind)
}

/// Decodes a whole text. `label` is the encoding a page declares, if it does.
///
/// Valid UTF-8 is taken over byte for byte, a byte-order mark included. One pass over
/// the bytes in that case (> 1 GB/s).
///
/// # Errors
/// [`ReadError::Binary`] and [`ReadError::Encoding`], both with a byte offset into `bytes`.
pub(super) fn decode(bytes: Vec<u8>, label: Option<&[u8]>, name: &str) -> Result<String, ReadError> {
    if let Some(looks_like) = binary_kind(&bytes) {
        return Err(binary(name, 0, looks_like));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes)
        && encoding != UTF_8
    {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default(), mark, name);
    }
    let zero = memchr::memchr(0, &bytes);
    if let Some(zero) = zero {
        let Some(encoding) = utf16_without_mark(&bytes) else {
            return Err(binary(name, zero, "binary data (it holds a zero byte)"));
        };
        return decode_as(encoding, &bytes, 0, name);
    }
    refuse_controls(&bytes, name)?;
    let declared = label.and_then(Encoding::for_label);
    match String::from_utf8(bytes) {
        Ok(text) if declared == Some(ISO_2022_JP) && text.contains('\u{1b}') => {
            decode_as(ISO_2022_JP, text.as_bytes(), 0, name)
        }
        Ok(text) => Ok(text),
        Err(error) => decode_not_utf8(error.as_bytes(), declared, name),
    }
}

fn decode_not_utf8(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
    name: &str,
) -> Result<String, ReadError> {
    let slips = utf8_slips(bytes);
    let damaged_utf8 = slips.only_at_end || slips.well_formed >= UTF8_WELL_FORMED_PER_SLIP * slips.malformed;
    // A page that says UTF-16 while its bytes are ASCII-like is taken for UTF-8 (WHATWG, prescan step).
    let declared = declared.filter(|e| e.is_ascii_compatible());
    let encoding = match declared {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ if damaged_utf8 => UTF_8,
        _ => guess(bytes),
    };
    decode_as(encoding, bytes, 0, name)
}

/// The encoding that byte statistics suggest; never UTF-8.
pub(super) fn guess(bytes: &[u8]) -> &'static Encoding {
    /// ASCII bytes before the first other one that the detector sees as context.
    const CONTEXT: usize = 32;
    let first = Encoding::ascii_valid_up_to(bytes);
    let from = first.saturating_sub(CONTEXT);
    let window = bytes.get(from..).unwrap_or_default();
    let window = window.get(..DETECTION_WINDOW).unwrap_or(window);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window, window.len() < DETECTION_WINDOW);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    let evidence = window.iter().filter(|b| !b.is_ascii()).count();
    if evidence < ENOUGH_EVIDENCE && guessed.is_single_byte() {
        return WINDOWS_1252;
    }
    guessed
}

/// How far bytes are from UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slips {
    /// Malformed sequences.
    pub malformed: u64,
    /// Well-formed multi-byte sequences.
    pub well_formed: u64,
    /// Whether the only malformed one is a character cut off at the end.
    pub only_at_end: bool,
}

/// Counts malformed and well-formed sequences.
pub(super) fn utf8_slips(bytes: &[u8]) -> Slips {
    let mut slips = Slips {
        malformed: 0,
        well_formed: 0,
        only_at_end: false,
    };
    let mut rest = bytes;
    loop {
        let (valid, error) = match std::str::from_utf8(rest) {
            Ok(text) => (text.as_bytes(), None),
            Err(error) => (rest.get(..error.valid_up_to()).unwrap_or_default(), Some(error)),
        };
        let starts = valid.iter().filter(|b| **b >= 0xc0).count();
        slips.well_formed += u64::try_from(starts).unwrap_or(u64::MAX);
        let Some(error) = error else { return slips };
        slips.malformed += 1;
        let Some(len) = error.error_len() else {
            slips.only_at_end = slips.malformed == 1;
            return slips;
        };
        rest = rest.get(error.valid_up_to() + len..).unwrap_or_default();
    }
}

/// UTF-16 without a byte-order mark: zero bytes on one side of the 16-bit units only.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..UTF16_SAMPLE).unwrap_or(bytes);
    let (units, _) = sample.as_chunks::<2>();
    let high = units
        .iter()
        .filter(|[first, second]| *first == 0 && *second != 0)
        .count();
    let low = units
        .iter()
        .filter(|[first, second]| *second == 0 && *first != 0)
        .count();
    let both = units.iter().filter(|unit| **unit == [0, 0]).count();
    #[allow(clippy::cast_precision_loss, reason = "at most 4,096 units")]
    let share = |n: usize| n as f64 / units.len().max(1) as f64;
    match (high, low, both) {
        (0, n, 0) if share(n) >= UTF16_MIN_ZERO_SHARE => Some(UTF_16LE),
        (n, 0, 0) if share(n) >= UTF16_MIN_ZERO_SHARE => Some(UTF_16BE),
        _ => None,
    }
}

/// Decodes with replacement, counting what was malformed. `offset` is where `bytes` starts in the input.
fn decode_as(
    encoding: &'static Encoding,
    bytes: &[u8],
    offset: usize,
    name: &str,
) -> Result<String, ReadError> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut rest = bytes;
    let mut first_malformed = None;
    let mut malformed = 0u64;
    let mut at = offset;
    loop {
        let room = decoder.max_utf8_buffer_length(rest.len()).unwrap_or(rest.len());
        // Reserving only what may be written keeps a long run of slips from being quadratic.
        text.reserve(room.min(rest.len().saturating_mul(3) + 16));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        at += read;
        rest = rest.get(read..).unwrap_or_default();
        match result {
            encoding_rs::DecoderResult::InputEmpty => break,
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(len, after) => {
                malformed += 1;
                first_malformed.get_or_insert(at.saturating_sub(usize::from(len) + usize::from(after)));
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if let Some(first) = first_malformed
        && malformed > MALFORMED_ALWAYS_TOLERATED.max(length / BYTES_PER_TOLERATED_SLIP)
    {
        return Err(ReadError::Encoding {
            at: position(name, first),
            encoding: encoding.name(),
            malformed,
        });
    }
    Ok(text)
}

/// Refuses bytes of an ASCII-like encoding that are full of control characters.
fn refuse_controls(bytes: &[u8], name: &str) -> Result<(), ReadError> {
    let is_control = |b: &u8| *b < 0x20 && !matches!(*b, b'\t' | b'\n' | 0x0b | 0x0c | b'\r' | 0x1b);
    let controls = bytes.iter().filter(|b| is_control(b)).count();
    #[allow(clippy::cast_precision_loss, reason = "a share; counts stay far below 2^52")]
    let share = controls as f64 / bytes.len().max(1) as f64;
    if controls > CONTROLS_ALWAYS_TOLERATED && share > MAX_CONTROL_SHARE {
        let first = bytes.iter().position(is_control).unwrap_or(0);
        return Err(binary(name, first, "binary data (it is full of control bytes)"));
    }
    Ok(())
}

fn position(name: &str, byte: usize) -> Position {
    Position::byte(name, u64::try_from(byte).unwrap_or(u64::MAX))
}

fn binary(name: &str, byte: usize, looks_like: &'static str) -> ReadError {
    ReadError::Binary {
        at: position(name, byte),
        looks_like,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "Die Brücke über den Kanal war geschlossen, weil die Schlösser fehlten. ";

    fn text(bytes: &[u8]) -> String {
        decode(bytes.to_vec(), None, "a.txt").unwrap()
    }

    #[test]
    fn utf8_keeps_every_byte_and_its_mark() {
        let input = "\u{feff}Grüße — 😀";
        assert_eq!(text(input.as_bytes()), input);
    }

    #[test]
    fn utf16_with_and_without_mark() {
        for text_in in [PROSE, "Мост был закрыт, и никто не знал почему."] {
            for mark in ["", "\u{feff}"] {
                let units: Vec<u16> = mark.encode_utf16().chain(text_in.encode_utf16()).collect();
                let little: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
                let big: Vec<u8> = units.iter().flat_map(|u| u.to_be_bytes()).collect();
                assert_eq!(text(&little), text_in);
                assert_eq!(text(&big), text_in);
            }
        }
    }

    #[test]
    fn legacy_encodings_are_guessed() {
        let cases = [
            (encoding_rs::WINDOWS_1252, PROSE),
            (
                encoding_rs::WINDOWS_1251,
                "Мост был закрыт, и никто не знал почему. ",
            ),
            (
                encoding_rs::SHIFT_JIS,
                "今日は港の橋が閉まっていた。誰もその理由を知らなかったので、町の人々は市役所に電話をかけた。\n",
            ),
            (
                encoding_rs::EUC_KR,
                "다리는 닫혀 있었고 아무도 그 이유를 몰랐다. ",
            ),
        ];
        for (encoding, prose) in cases {
            let long = prose.repeat(20);
            let (bytes, _, unmappable) = encoding.encode(&long);
            assert!(!unmappable);
            assert_eq!(text(&bytes), long, "{}", encoding.name());
        }
    }

    #[test]
    fn one_curly_quote_of_windows_in_ascii() {
        assert_eq!(
            text(b"It\x92s here, and so are we all."),
            "It\u{2019}s here, and so are we all."
        );
    }

    #[test]
    fn a_few_slips_are_replaced_and_many_are_an_error_with_their_place() {
        let mut bytes = PROSE.repeat(10).into_bytes();
        bytes.insert(11, 0xff);
        assert_eq!(text(&bytes).matches('\u{fffd}').count(), 1);
        let cut = &PROSE.as_bytes()[..6];
        assert_eq!(
            text(cut),
            "Die Br\u{fffd}".replace('\u{fffd}', ""),
            "a cut before a character loses nothing"
        );
        let cut = &PROSE.as_bytes()[..7];
        assert_eq!(text(cut), "Die Br\u{fffd}");
        // 19 slips in 1,460 bytes, of which 7 would be tolerated.
        let mut bytes = PROSE.as_bytes().to_vec();
        for _ in 0..19 {
            bytes.push(0xff);
            bytes.extend_from_slice(PROSE.as_bytes());
        }
        let error = decode(bytes, None, "a.txt").unwrap_err();
        assert!(
            matches!(
                error,
                ReadError::Encoding {
                    encoding: "UTF-8",
                    malformed: 19,
                    ..
                }
            ),
            "{error}"
        );
        assert_eq!(error.position().byte, Some(PROSE.len() as u64));
    }

    #[test]
    fn binary_input_is_named_with_its_place() {
        let cases: [(&[u8], &str, u64); 7] = [
            (b"%PDF-1.7\n%\xe2\xe3", "PDF", 0),
            (b"PK\x03\x04\x14\0", "ZIP", 0),
            (b"\x89PNG\r\n\x1a\n\0\0", "PNG", 0),
            (b"\x7fELF\x02\x01", "ELF", 0),
            (b"\x1f\x8b\x08\0", "gzip", 0),
            (b"some text\0and\0\0more", "zero byte", 9),
            (b"abc\x01\x02\x03\x04\x05\x06", "control", 3),
        ];
        for (bytes, kind, byte) in cases {
            let error = decode(bytes.to_vec(), None, "x").unwrap_err();
            assert!(error.to_string().contains(kind), "{error}");
            assert_eq!(error.position().byte, Some(byte), "{error}");
        }
    }

    #[test]
    fn a_label_decides_between_legacy_encodings_only() {
        let bytes = b"na\xefve";
        assert_eq!(decode(bytes.to_vec(), Some(b"iso-8859-5"), "x").unwrap(), "naяve");
        assert_eq!(decode("naïve".into(), Some(b"iso-8859-5"), "x").unwrap(), "naïve");
        assert_eq!(decode(bytes.to_vec(), Some(b"utf-16"), "x").unwrap(), "naïve");
    }

    #[test]
    fn many_slips_take_linear_time() {
        let bytes = [0xc3u8, 0x28].repeat(1 << 20);
        let started = std::time::Instant::now();
        let _ = decode(bytes, Some(b"utf-8"), "x");
        assert!(started.elapsed() < std::time::Duration::from_secs(4));
    }
}
