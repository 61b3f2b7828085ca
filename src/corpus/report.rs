//! What documents share: the stable JSON of `byline compare` (`format` 1). Names are never changed, only added to.
//!
//! Every span is a byte range of the document as it was read.

use serde::Serialize;

use crate::document::Span;
use crate::figure::Kind;

/// What a set of documents shares.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Comparison {
    /// Version of the JSON.
    pub format: u32,
    /// The documents, in input order.
    pub documents: Vec<Member>,
    /// Every pair that shares something, in input order (`a` before `b`).
    pub pairs: Vec<Pair>,
    /// Templates that two or more of the documents fill.
    pub templates: Vec<Template>,
    /// Groups of documents that belong together, largest first.
    pub clusters: Vec<Cluster>,
}

/// One of the documents.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Member {
    /// Its id.
    pub id: String,
    /// Where it came from; `None` for standard input.
    pub source: Option<String>,
    /// Headline, where one is known.
    pub title: Option<String>,
    /// Publisher, where one is known.
    pub publisher: Option<String>,
    /// Date as printed, where one is known.
    pub date: Option<String>,
    /// Words of prose.
    pub words: usize,
    /// Figures found.
    pub figures: usize,
    /// Whether it declares a machine author itself.
    pub declared: bool,
    /// Who made it, where it says so.
    pub producer: Option<String>,
}

/// What two documents share.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Pair {
    /// Id of the first.
    pub a: String,
    /// Id of the second.
    pub b: String,
    /// How much of their figures they share, 0 to 1: weighted by how rare a figure is in the corpus.
    pub figure_overlap: f64,
    /// Shared figures, the rarest first.
    pub figures: Vec<SharedFigure>,
    /// Figures of one subject that do not agree.
    pub conflicts: Vec<Conflict>,
    /// Share of `a`'s words that stand in shared passages, then of `b`'s; 0 to 1.
    pub containment: [f64; 2],
    /// Shared passages, longest first.
    pub passages: Vec<Passage>,
    /// Ids of the templates that both fill.
    pub templates: Vec<String>,
    /// Why one inherits the other's declaration.
    pub links: Vec<Link>,
    /// Whether one was taken from the other.
    pub copied: Copied,
    /// Whether both tell the same facts, whoever wrote first: about contents, and no accusation.
    pub same_facts: SameFacts,
}

/// A figure where it stands in one document.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Side {
    /// As it was read.
    pub surface: String,
    /// Where.
    pub span: Span,
    /// The sentence around it, as it was read.
    pub sentence: String,
}

/// A figure that both documents give.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SharedFigure {
    /// Its kind.
    pub kind: Kind,
    /// Lower end of the common interval, absolute.
    pub low: f64,
    /// Upper end of the common interval.
    pub high: f64,
    /// Its unit.
    pub unit: String,
    /// What it measures, where both or one of them say so.
    pub subject: Option<String>,
    /// In `a`.
    pub a: Side,
    /// In `b`.
    pub b: Side,
    /// How many of the compared (or indexed) documents give it.
    pub documents: usize,
    /// How telling it is: 0 (everybody has it) to 1 (rare and exact).
    pub weight: f64,
}

/// How two figures of one subject differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// They cannot both hold.
    Value,
    /// The same value is given for two different times.
    Period,
    /// The same fact printed to another precision: named, but no conflict.
    Rounding,
}

/// Two figures of one subject, or two dates of one event, that do not agree.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conflict {
    /// How they differ.
    pub kind: ConflictKind,
    /// What they measure; of two dates that of the event ("date of the start").
    pub subject: Option<String>,
    /// Whose they are.
    pub entity: Option<String>,
    /// In `a`.
    pub a: Side,
    /// In `b`.
    pub b: Side,
    /// In words: "AWS market share: 29% here, 30-32% there".
    pub about: String,
}

/// Whether a shared passage is word for word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PassageKind {
    /// Word for word.
    Exact,
    /// With words changed, added or left out.
    Near,
}

/// A passage that stands in both documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passage {
    /// Word for word or not.
    pub kind: PassageKind,
    /// Where in `a`.
    pub a: Span,
    /// Where in `b`.
    pub b: Span,
    /// Its text in `a`, as it was read.
    pub text_a: String,
    /// Its text in `b`, as it was read.
    pub text_b: String,
    /// Words that agree.
    pub words: usize,
    /// Share of its words that agree, 0 to 1.
    pub similarity: f64,
    /// Whether it is quoted speech in both: two reporters of one event quote the same people, so it counts for no copy.
    pub quoted: bool,
}

/// A sentence or document skeleton that several documents fill.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Template {
    /// Its name in this comparison ("t1").
    pub id: String,
    /// The fixed words, with slots as `{1}`, `{2}`, ...
    pub pattern: String,
    /// Where it stands: `body`, `bio`, `heading` or `document` (a run of sentences).
    pub place: String,
    /// Fixed words.
    pub fixed: usize,
    /// What each document put into the slots, in input order.
    pub fills: Vec<Fill>,
}

/// What one document put into a template's slots.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Fill {
    /// The document.
    pub document: String,
    /// Where.
    pub span: Span,
    /// The slots in order; empty strings where a slot stayed empty.
    pub slots: Vec<String>,
}

/// What ties a document to a declared one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// The same biography line.
    Bio,
    /// The same author name.
    PenName,
    /// The same template.
    Template,
}

/// Why one document inherits another's declaration.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// The document that inherits.
    pub from: String,
    /// The declared document.
    pub to: String,
    /// What ties them.
    pub via: Via,
    /// The shared words.
    pub text: String,
    /// 0 to 1: falls with how many documents that declare nothing carry the same words.
    pub strength: f64,
    /// In words.
    pub reason: String,
}

/// Who took it from whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub enum Direction {
    /// `b` took it from `a`.
    #[serde(rename = "a->b")]
    AToB,
    /// `a` took it from `b`.
    #[serde(rename = "b->a")]
    BToA,
    /// The evidence is thin.
    #[default]
    #[serde(rename = "unknown")]
    Unknown,
}

/// How much of one document was made from the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The same text, but for an editor's changes.
    Light,
    /// Sentence by sentence in other words.
    Paraphrase,
    /// A new text from the same facts.
    Rewrite,
    /// Only figures in common.
    Figures,
    /// Nothing that tells of reuse.
    #[default]
    Unrelated,
}

/// Whether one document was taken from the other.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Copied {
    /// Calibrated probability that wording was taken, 0 to 1.
    pub probability: f64,
    /// Its log-odds.
    pub log_odds: f64,
    /// The most likely level of reuse.
    pub level: Level,
    /// Who took it.
    pub direction: Direction,
    /// What speaks for the direction, in words.
    pub direction_evidence: Vec<String>,
    /// What the log-odds are made of.
    pub evidence: Vec<PairEvidence>,
}

/// Whether two documents tell the same facts. Two reporters of one event do as well as two articles made of one fact sheet: it says nothing
/// about who wrote them, nor that one was taken from the other.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SameFacts {
    /// The logistic function of the log-odds, 0 to 1; the weights are set by principle, so it is no measured frequency.
    pub probability: f64,
    /// Sum of the evidence.
    pub log_odds: f64,
    /// What the log-odds are made of.
    pub evidence: Vec<PairEvidence>,
}

/// One part of a pair's score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairEvidence {
    /// Name of the reuse feature, or `baseline`.
    pub name: String,
    /// Its part of the log-odds.
    pub log_odds: f64,
    /// The measured value.
    pub observed: Option<f64>,
    /// What it measures, in words.
    pub about: &'static str,
}

/// What holds a group of documents together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClusterKind {
    /// Wording alone.
    Copies,
    /// A form that all fill in, with or without common wording.
    Template,
    /// Common facts, between some of them at least. It says nothing about who wrote them.
    #[default]
    SameFacts,
}

/// Documents that belong together.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Cluster {
    /// Its documents, in input order.
    pub documents: Vec<String>,
    /// What holds them together, in words, strongest first.
    pub because: Vec<String>,
    /// What holds them together: the weakest of the ties that were needed.
    pub kind: ClusterKind,
}
