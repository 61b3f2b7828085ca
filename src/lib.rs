//! byline tells where a text comes from.

pub mod document;
mod engine;
pub mod measure;
pub mod model;
pub mod read;
pub mod signature;
#[cfg(feature = "train")]
pub mod train;
pub mod verdict;
pub mod write;

#[cfg(feature = "cli")]
pub mod faces;

pub use document::{Document, RawDocument, Span};
pub use engine::{Detector, DetectorError, Stages};
pub use verdict::{Policy, Verdict};
