//! The machine score over the parts of a document: where does it read machine-written?

use serde::Serialize;

use super::Abstention;
use crate::document::Span;

/// The machine score by windows, the parts that they fall into, and the borders between them.
///
/// Information for a reader: the policy never looks at it. A part is chosen because it stands out, so its p-value is smaller
/// than chance alone would make it, and nobody should be accused on a part.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Parts {
    /// Why nothing was looked for, if so: a document that the machine axis abstains on, or one too short to be divided.
    pub abstained: Option<Abstention>,
    /// Overlapping windows of whole sentences, in order.
    pub windows: Vec<Part>,
    /// The parts, in order: one if no border was found.
    pub parts: Vec<Part>,
    /// The borders between the parts, in order.
    pub changes: Vec<Change>,
}

/// A stretch of whole sentences, scored as if it were a document of its own.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Part {
    /// Byte range in the document as it was read.
    pub span: Span,
    /// Words of prose in it.
    pub words: u32,
    /// Calibrated for its own length; + speaks for machine.
    pub log_odds: f64,
    /// Calibrated probability, 0 to 1.
    pub probability: f64,
    /// Share of held-out human texts of its length that score at least this high.
    pub p_value: f64,
}

/// Where the style changes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Change {
    /// From the end of the last sentence before to the start of the first sentence after, in the document as it was read.
    pub span: Span,
    /// Words of prose before it.
    pub after_words: u32,
    /// How much better (in log-likelihood, above 0) different authors on its two sides explain the scores than one does.
    pub gain: f64,
}
