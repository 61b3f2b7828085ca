//! What lies under the CSV parser: encoding, delimiter, and a limit for one record.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use crate::read::sniff::{HEAD, peek};
use crate::read::{encoding, transcode};

/// Delimiters looked for in the header; the first wins a tie.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// Malformed bytes in the head from which a file without a single well-formed
/// multi-byte character is in a legacy encoding (a spreadsheet's export), not damaged.
const LEGACY_FROM: u64 = 2;

/// An input made ready for the parser.
pub(super) struct Opened<'a> {
    pub input: Box<dyn BufRead + 'a>,
    /// Its first bytes, in UTF-8 where that could be told.
    pub head: Vec<u8>,
    /// Whether byte offsets are no longer those of the file.
    pub transcoded: bool,
}

/// Looks at the head and transcodes the stream if it is not UTF-8.
pub(super) fn open<'a>(input: Box<dyn BufRead + 'a>) -> io::Result<Opened<'a>> {
    let (input, utf16) = transcode::utf16(input)?;
    let (head, input) = peek(input, HEAD)?;
    let slips = encoding::utf8_slips(&head);
    // A character cut in two by the end of the head is no slip.
    if utf16
        || slips.well_formed > 0
        || slips.malformed < LEGACY_FROM
        || encoding::binary_kind(&head).is_some()
    {
        return Ok(Opened {
            input,
            head,
            transcoded: utf16,
        });
    }
    let input = transcode::transcoded(input, encoding::guess(&head));
    let (head, input) = peek(input, HEAD)?;
    Ok(Opened {
        input,
        head,
        transcoded: true,
    })
}

/// The delimiter that occurs most often in the header line, outside quotation marks.
pub(super) fn delimiter(head: &[u8]) -> u8 {
    let mut counts = [0usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (count, delimiter) in counts.iter_mut().zip(DELIMITERS) {
                    *count += usize::from(*byte == delimiter);
                }
            }
        }
    }
    let most = counts.into_iter().max().unwrap_or(0);
    let best = counts.into_iter().position(|count| count == most).unwrap_or(0);
    DELIMITERS.get(best).copied().unwrap_or(b',')
}

/// Bytes that the parser may still take before it must have finished a record.
pub(super) struct Left {
    bytes: Cell<usize>,
    each: usize,
}

impl Left {
    /// A budget of `limit` bytes a record.
    pub(super) fn new(limit: usize) -> Self {
        let each = limit.saturating_add(1);
        Self {
            bytes: Cell::new(each),
            each,
        }
    }

    /// Grants the next record its bytes.
    pub(super) fn renew(&self) {
        self.bytes.set(self.each);
    }

    pub(super) fn is_spent(&self) -> bool {
        self.bytes.get() == 0
    }
}

/// An input that fails when one record takes more than its budget: an open quotation
/// mark would otherwise pull the rest of the file into memory.
pub(super) struct Budget<'a> {
    input: Box<dyn BufRead + 'a>,
    left: Rc<Left>,
}

impl<'a> Budget<'a> {
    pub(super) fn new(input: Box<dyn BufRead + 'a>, left: Rc<Left>) -> Self {
        Self { input, left }
    }
}

impl Read for Budget<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = self.left.bytes.get();
        if left == 0 {
            return Err(io::Error::other("the record is larger than the limit"));
        }
        let n = out.len().min(left);
        let out = out.get_mut(..n).unwrap_or_default();
        let read = self.input.read(out)?;
        self.left.bytes.set(left - read);
        Ok(read)
    }
}
