//! The model file.
//!
//! ```text
//! bytes 0..8    magic "BYLINE\r\n" (the line end shows a transfer in text mode)
//!       8..12   format number, little endian
//!      12..16   oldest format number whose readers can read this file
//!      16..24   length of the JSON part
//!      24..32   length of the n-gram part
//!      32..64   SHA-256 of all that follows the header
//!      64..72   from format 4 on: length of the language model's part
//!      64.. or 72..
//!               the model as JSON, then the n-gram part: one bit a hash bucket, set where it has weights (the lowest bit of a byte
//!               first), then for each such bucket one signed byte an expert; then the costs of the language model, if there is one
//!               (`super::surprisal`)
//! ```
//!
//! A model without a language model is written in format 3, which has no room for one.

use sha2::{Digest, Sha256};

use super::{BucketTable, Costs, Model};
use crate::measure::ngram;

/// Newest format, which this build writes.
pub const FORMAT: u32 = 4;
/// Oldest format that this build reads.
pub const OLDEST_FORMAT: u32 = 3;
/// The format of models without a language model.
const WITHOUT_SURPRISAL: u32 = 3;

const MAGIC: &[u8; 8] = b"BYLINE\r\n";
const HEADER: usize = 64;

/// Why a model file could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// Not a model file.
    #[error("not a byline model file (it does not start with the model magic)")]
    Foreign,
    /// Written by a build that this one cannot read.
    #[error(
        "model format {found} (readable from format {oldest_reader}); this build reads {OLDEST_FORMAT} to {FORMAT}"
    )]
    Format {
        /// Format of the file.
        found: u32,
        /// Oldest format whose readers can read it.
        oldest_reader: u32,
    },
    /// Cut short or with bytes added.
    #[error("model file is damaged: {expected} bytes expected, {found} found")]
    Length {
        /// Bytes that the header announces.
        expected: u64,
        /// Bytes there.
        found: u64,
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
        let format = self.surprisal.as_ref().map_or(WITHOUT_SURPRISAL, |_| FORMAT);
        let mut out = Vec::with_capacity(HEADER + 8 + body.len());
        out.extend_from_slice(MAGIC);
        // Which is also the oldest whose readers can read it.
        out.extend_from_slice(&format.to_le_bytes());
        out.extend_from_slice(&format.to_le_bytes());
        out.extend_from_slice(&json.to_le_bytes());
        out.extend_from_slice(&ngram.to_le_bytes());
        out.extend_from_slice(&Sha256::digest(&body));
        if self.surprisal.is_some() {
            out.extend_from_slice(&surprisal.to_le_bytes());
        }
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
        if format < OLDEST_FORMAT || oldest_reader > FORMAT {
            return Err(FileError::Format {
                found: format,
                oldest_reader,
            });
        }
        let (json, rest) = rest.split_first_chunk::<8>().ok_or_else(short)?;
        let (ngram, rest) = rest.split_first_chunk::<8>().ok_or_else(short)?;
        let (digest, body) = rest.split_first_chunk::<32>().ok_or_else(short)?;
        let (surprisal, body) = if format > WITHOUT_SURPRISAL {
            let (length, body) = body.split_first_chunk::<8>().ok_or_else(short)?;
            (Some(u64::from_le_bytes(*length)), body)
        } else {
            (None, body)
        };
        let (json, ngram) = (u64::from_le_bytes(*json), u64::from_le_bytes(*ngram));
        let header = found - body.len() as u64;
        let parts = [json, ngram, surprisal.unwrap_or(0)];
        let expected = parts.into_iter().fold(header, u64::saturating_add);
        if expected != found {
            return Err(FileError::Length { expected, found });
        }
        if Sha256::digest(body).as_slice() != digest {
            return Err(FileError::Checksum);
        }
        // The lengths add up to what is there, so they fit.
        let length = |part: u64| usize::try_from(part).unwrap_or(usize::MAX);
        let (json, rest) = body.split_at_checked(length(json)).ok_or_else(short)?;
        let (ngram, costs) = rest.split_at_checked(length(ngram)).ok_or_else(short)?;
        let mut model: Self = serde_json::from_slice(json)?;
        let table = BucketTable::read(ngram, ngram::BUCKETS, model.ngram.experts.len());
        model.ngram.table = table.ok_or(FileError::Buckets)?;
        if model.surprisal.is_some() != surprisal.is_some() {
            return Err(FileError::Surprisal);
        }
        if let Some(surprisal) = &mut model.surprisal {
            surprisal.costs = Costs::read(costs).ok_or(FileError::Surprisal)?;
        }
        Ok(model)
    }
}
