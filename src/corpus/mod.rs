//! Documents beside one another: what they share, who took it from whom, and which of them speak for a silent sibling.
//!
//! Everything here is a pure function of the documents handed in, but for the store on disk (feature `store`).

mod bio;
mod candidates;
mod cluster;
mod common_words;
mod compare;
mod day;
mod direction;
mod events;
pub mod figures;
pub mod fingerprint;
mod house;
pub mod index;
pub mod judge;
pub(crate) mod kin;
mod link;
pub mod near;
mod pair;
mod passage;
mod report;
mod shell;
pub mod taken;
#[cfg(feature = "train")]
pub(crate) mod taught;
mod template;
mod text;
mod view;

pub(crate) use bio::leaves_open;
pub use compare::{compare, compare_with};
pub use kin::facts_in_common;
pub use link::{Indexed, indexed};
pub use report::{
    Cluster, ClusterKind, Comparison, Conflict, ConflictKind, Copied, Direction, Fill, Level, Link, Member,
    Pair, PairEvidence, Passage, PassageKind, SameFacts, SharedFigure, Side, Template, Via,
};
pub use template::{Proposal, propose};

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::figure::Figure;
use crate::signature::Sign;

/// A document as the cross-article side sees it: what the stages before found in it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The document.
    pub document: Document,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// Its signs.
    pub signs: Vec<Sign>,
    /// What it declares itself, if it declares a machine author.
    pub declared: Option<Declaration>,
    /// Whether its style is a machine's, where a biography leaves it open whether its author is one ("AI staff writer"); else not looked at.
    pub reads_machine: bool,
}

/// A document's own declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// Who made the text, where a sign names it.
    pub producer: Option<String>,
    /// Ids of the signs that decide.
    pub by: Vec<String>,
}
