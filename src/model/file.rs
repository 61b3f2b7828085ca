//! The model file.
//!
//! ```text
//! bytes 0..8    magic "BYLINE\r\n" (the line end shows a transfer in text mode)
//!       8..12   format number, little endian
//!      12..16   oldest format number whose readers can read this file
//!      16..24   length of the JSON part
//!      24..32   length of the n-gram part
//!      32..64   SHA-256 of all that follows the header
//!      64..72   length of the language model's part, 0 without one
//!      72..     the parts one after another, deflated (zlib): the model as JSON; the n-gram part: one bit a hash bucket, set where it
//!               has weights (the lowest bit of a byte first), then for each such bucket one signed byte an expert; the costs of the
//!               language model (`super::surprisal`)
//! ```

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use sha2::{Digest, Sha256};
use zlib_rs::{InflateConfig, ReturnCode, decompress_slice};

use super::{BucketTable, Costs, Model};
use crate::measure::ngram;

/// The format that this build writes. Since 5, heads may have trees.
pub const FORMAT: u32 = 5;
/// The oldest format that it reads.
const OLDEST: u32 = 4;

const MAGIC: &[u8; 8] = b"BYLINE\r\n";
const HEADER: usize = 72;
/// Most bytes that the parts may have together, so that a small file cannot claim all memory.
const MOST_BYTES: usize = 256 << 20;

/// Why a model file could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// Not a model file.
    #[error("not a byline model file (it does not start with the model magic)")]
    Foreign,
    /// Written by a build that this one cannot read.
    #[error(
        "model format {found} (readable from format {oldest_reader}); this build reads formats {OLDEST} to {FORMAT}"
    )]
    Format {
        /// Format of the file.
        found: u32,
        /// Oldest format whose readers can read it.
        oldest_reader: u32,
    },
    /// Cut short, or its parts have other lengths than the header says.
    #[error("model file is damaged: {expected} bytes expected, {found} found")]
    Length {
        /// Bytes of the header, or those that it announces.
        expected: u64,
        /// Bytes there.
        found: u64,
    },
    /// Its parts are longer than the header says.
    #[error("model file is damaged: its parts have more than the {expected} bytes that its header announces")]
    Longer {
        /// Bytes that the header announces.
        expected: u64,
    },
    /// The header announces more than a model may have.
    #[error("model file is damaged: its header announces {expected} bytes, more than any model has")]
    TooLarge {
        /// Bytes that the header announces.
        expected: u64,
    },
    /// A byte has changed.
    #[error("model file is damaged: its checksum does not match")]
    Checksum,
    /// Its n-gram part is not that of this build.
    #[error("model file: its n-gram weights do not fit the buckets of this build")]
    Buckets,
    /// Its language model is not one.
    #[error("model file: its language model is damaged")]
    Surprisal,
    /// Its parts do not inflate.
    #[error("model file is damaged: it does not inflate")]
    Inflate,
    /// It could not be written.
    #[error("model file could not be deflated: {0}")]
    Deflate(#[from] std::io::Error),
    /// The JSON part is not a model.
    #[error("model file: {0}")]
    Json(#[from] serde_json::Error),
}

impl Model {
    /// The model as a file.
    ///
    /// # Errors
    /// [`FileError::Json`] if a number is not finite.
    pub fn to_bytes(&self) -> Result<Vec<u8>, FileError> {
        let mut body = serde_json::to_vec(self)?;
        let json = body.len() as u64;
        self.ngram.table.write(&mut body);
        let ngram = body.len() as u64 - json;
        if let Some(surprisal) = &self.surprisal {
            surprisal.costs.write(&mut body);
        }
        let surprisal = body.len() as u64 - json - ngram;
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&body)?;
        let body = encoder.finish()?;
        let mut out = Vec::with_capacity(HEADER + body.len());
        out.extend_from_slice(MAGIC);
        // Which is also the oldest whose readers can read it.
        out.extend_from_slice(&FORMAT.to_le_bytes());
        out.extend_from_slice(&FORMAT.to_le_bytes());
        out.extend_from_slice(&json.to_le_bytes());
        out.extend_from_slice(&ngram.to_le_bytes());
        out.extend_from_slice(&Sha256::digest(&body));
        out.extend_from_slice(&surprisal.to_le_bytes());
        out.extend_from_slice(&body);
        Ok(out)
    }

    /// Reads a model file; every length and the checksum are verified before use.
    ///
    /// # Errors
    /// See [`FileError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FileError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(FileError::Foreign)?;
        let found = bytes.len() as u64;
        let short = || FileError::Length {
            expected: HEADER as u64,
            found,
        };
        let (format, rest) = rest.split_first_chunk::<4>().ok_or_else(short)?;
        let (oldest, rest) = rest.split_first_chunk::<4>().ok_or_else(short)?;
        let (format, oldest_reader) = (u32::from_le_bytes(*format), u32::from_le_bytes(*oldest));
        if format < OLDEST || oldest_reader > FORMAT {
            return Err(FileError::Format {
                found: format,
                oldest_reader,
            });
        }
        let (json, rest) = rest.split_first_chunk::<8>().ok_or_else(short)?;
        let (ngram, rest) = rest.split_first_chunk::<8>().ok_or_else(short)?;
        let (digest, body) = rest.split_first_chunk::<32>().ok_or_else(short)?;
        let (surprisal, body) = body.split_first_chunk::<8>().ok_or_else(short)?;
        if Sha256::digest(body).as_slice() != digest {
            return Err(FileError::Checksum);
        }
        let [json, ngram, surprisal] = [json, ngram, surprisal].map(|length| u64::from_le_bytes(*length));
        let expected = json.saturating_add(ngram).saturating_add(surprisal);
        let mut inflated = room(expected)?;
        let (body, code) = decompress_slice(&mut inflated, body, InflateConfig::default());
        let found = body.len() as u64;
        match code {
            ReturnCode::Ok if expected == found => {}
            ReturnCode::Ok => return Err(FileError::Length { expected, found }),
            ReturnCode::BufError => return Err(FileError::Longer { expected }),
            _ => return Err(FileError::Inflate),
        }
        let body = &*body;
        // The lengths add up to what is there, so they fit.
        let length = |part: u64| usize::try_from(part).unwrap_or(usize::MAX);
        let (json, rest) = body.split_at_checked(length(json)).ok_or_else(short)?;
        let (ngram, costs) = rest.split_at_checked(length(ngram)).ok_or_else(short)?;
        let mut model: Self = serde_json::from_slice(json)?;
        let table = BucketTable::read(ngram, ngram::BUCKETS, model.ngram.experts.len());
        model.ngram.table = table.ok_or(FileError::Buckets)?;
        if model.surprisal.is_some() != (surprisal > 0) {
            return Err(FileError::Surprisal);
        }
        if let Some(surprisal) = &mut model.surprisal {
            surprisal.costs = Costs::read(costs).ok_or(FileError::Surprisal)?;
        }
        Ok(model)
    }
}

/// Room for the bytes that a header announces.
fn room(expected: u64) -> Result<Vec<u8>, FileError> {
    let length = usize::try_from(expected)
        .ok()
        .filter(|length| *length <= MOST_BYTES);
    let length = length.ok_or(FileError::TooLarge { expected })?;
    Ok(vec![0; length])
}
