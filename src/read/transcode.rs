//! Streams in another encoding than UTF-8, turned into UTF-8 as they are read.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE};

use super::sniff::peek;

/// Bytes decoded at a time.
const CHUNK: usize = 32 << 10;

/// Opens a stream of records, transcoding UTF-16 (as spreadsheets and Windows shells write it).
/// The flag says whether it was transcoded.
pub(super) fn utf16<'a>(input: Box<dyn BufRead + 'a>) -> io::Result<(Box<dyn BufRead + 'a>, bool)> {
    let (head, input) = peek(input, 4)?;
    let encoding = match head.as_slice() {
        // UTF-32, which nobody writes: left to be refused.
        [0xff, 0xfe, 0, 0] => None,
        [0xff, 0xfe, ..] | [b'{', 0, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'{', ..] => Some(UTF_16BE),
        _ => None,
    };
    Ok(match encoding {
        Some(encoding) => (transcoded(input, encoding), true),
        None => (input, false),
    })
}

/// The stream as UTF-8, its byte-order mark removed, malformed sequences replaced.
pub(super) fn transcoded<'a>(
    input: Box<dyn BufRead + 'a>,
    encoding: &'static Encoding,
) -> Box<dyn BufRead + 'a> {
    Box::new(Transcoder {
        input,
        decoder: encoding.new_decoder_with_bom_removal(),
        decoded: String::new(),
        at: 0,
        ended: false,
    })
}

struct Transcoder<'a> {
    input: Box<dyn BufRead + 'a>,
    decoder: Decoder,
    decoded: String,
    /// Bytes of `decoded` already handed out.
    at: usize,
    ended: bool,
}

impl Transcoder<'_> {
    fn rest(&self) -> &[u8] {
        self.decoded.as_bytes().get(self.at..).unwrap_or_default()
    }
}

impl BufRead for Transcoder<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.rest().is_empty() && !self.ended {
            self.decoded.clear();
            self.at = 0;
            let available = self.input.fill_buf()?;
            self.ended = available.is_empty();
            let chunk = available.get(..CHUNK).unwrap_or(available);
            // 16 bytes of slack: at the very end the decoder may still owe a replacement character.
            let room = self.decoder.max_utf8_buffer_length(chunk.len());
            self.decoded.reserve(room.unwrap_or(4 * CHUNK) + 16);
            let (_, read, _) = self
                .decoder
                .decode_to_string(chunk, &mut self.decoded, self.ended);
            self.input.consume(read);
        }
        Ok(self.rest())
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

impl Read for Transcoder<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(out)?;
        self.consume(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn utf16_bytes(text: &str, mark: bool) -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        mark.into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect()
    }

    #[test]
    fn utf16_comes_out_as_utf8_whatever_the_buffer_size() {
        let text = format!("{{\"text\":\"Käse 😀 {}\"}}\n", "Brücke ".repeat(9000));
        for capacity in [1, 3, 64, 8192] {
            for mark in [true, false] {
                let bytes = utf16_bytes(&text, mark);
                let input = BufReader::with_capacity(capacity, bytes.as_slice());
                let (mut stream, transcoded) = utf16(Box::new(input)).unwrap();
                let mut out = String::new();
                stream.read_to_string(&mut out).unwrap();
                assert!(transcoded);
                assert!(out == text, "capacity {capacity}, mark {mark}");
            }
        }
    }

    #[test]
    fn a_cut_off_unit_is_replaced() {
        let mut bytes = utf16_bytes("ab", true);
        bytes.pop();
        let (mut stream, _) = utf16(Box::new(std::io::Cursor::new(bytes))).unwrap();
        let mut out = String::new();
        stream.read_to_string(&mut out).unwrap();
        assert_eq!(out, "a\u{fffd}");
    }
}
