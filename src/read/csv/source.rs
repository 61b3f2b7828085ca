//! What lies under the CSV parser: encoding, delimiter, and a limit for one record.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
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

/// A row that is put behind the last one. If the parser takes it for part of a field, that field's quotation mark is open: the parser
/// itself ends such a field with the input and says nothing.
pub(super) const LAST_ROW: &[u8] = b"\n\x1e\x1fend\x1f\x1e\n";

/// Bytes that the parser may still take before it must have finished a record.
pub(super) struct Left {
    bytes: Cell<usize>,
    each: usize,
    /// Bytes of [`LAST_ROW`] that were given to it.
    last_row: Cell<usize>,
    marks: RefCell<Marks>,
}

/// Follows the quotation marks as the parser does, and keeps where one that looks like an opening mark has closed a field that is open
/// since an earlier line: a delimiter or line end stands before it, and neither behind it. The parser says nothing of these.
#[derive(Debug, Default)]
struct Marks {
    delimiter: u8,
    state: State,
    /// The byte before.
    before: u8,
    /// Bytes seen.
    seen: u64,
    /// Whether a line ended within the field.
    lines: bool,
    /// Whether the mark just seen follows a delimiter or line end.
    opening: bool,
    found: VecDeque<u64>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    /// A field begins here.
    #[default]
    Start,
    Plain,
    Quoted,
    /// Behind a mark within a quoted field: the field is over, or the mark was one of two.
    Mark,
}

impl Marks {
    fn see(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            let border = |byte: u8| byte == self.delimiter || byte == b'\n' || byte == b'\r';
            self.state = match self.state {
                State::Start if byte == b'"' => {
                    self.lines = false;
                    State::Quoted
                }
                State::Quoted if byte == b'"' => {
                    self.opening = border(self.before);
                    State::Mark
                }
                State::Quoted => {
                    self.lines |= byte == b'\n' || byte == b'\r';
                    State::Quoted
                }
                State::Mark if byte == b'"' => State::Quoted,
                _ if border(byte) => State::Start,
                State::Mark => {
                    if self.opening && self.lines {
                        self.found.push_back(self.seen);
                    }
                    State::Plain
                }
                State::Start | State::Plain => State::Plain,
            };
            self.before = byte;
            self.seen += 1;
        }
    }
}

impl Left {
    /// A budget of `limit` bytes a record, of fields parted by `delimiter`.
    pub(super) fn new(limit: usize, delimiter: u8) -> Self {
        let each = limit.saturating_add(1);
        Self {
            bytes: Cell::new(each),
            each,
            last_row: Cell::new(0),
            marks: RefCell::new(Marks {
                delimiter,
                ..Marks::default()
            }),
        }
    }

    /// Whether, before a byte of the input and since the last such question, a field of an earlier line was closed by what looks like
    /// the opening mark of another.
    pub(super) fn is_closed_by_another(&self, before: u64) -> bool {
        let mut marks = self.marks.borrow_mut();
        let mut any = false;
        while marks.found.front().is_some_and(|at| *at < before) {
            marks.found.pop_front();
            any = true;
        }
        any
    }

    /// Whether the parser has seen everything.
    pub(super) fn is_over(&self) -> bool {
        self.last_row.get() == LAST_ROW.len()
    }

    /// Grants the next record its bytes.
    pub(super) fn renew(&self) {
        self.bytes.set(self.each);
    }

    pub(super) fn is_spent(&self) -> bool {
        self.bytes.get() == 0
    }
}

/// An input that fails when one record takes more than its budget (an open quotation mark would otherwise pull the rest of the file
/// into memory), and that ends with [`LAST_ROW`].
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
        self.left.marks.borrow_mut().see(out.get(..read).unwrap_or(&[]));
        if read > 0 || out.is_empty() {
            return Ok(read);
        }
        let given = self.left.last_row.get();
        let mut rest = LAST_ROW.get(given..).unwrap_or(&[]);
        let read = rest.read(out)?;
        self.left.last_row.set(given + read);
        Ok(read)
    }
}
