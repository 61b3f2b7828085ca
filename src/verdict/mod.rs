//! The answer: three axes, their evidence, and an action. This is the stable JSON
//! (`format` 1); names are never changed, only added to.

use serde::Serialize;

use crate::document::Span;
use crate::signature::{Axis, Kind, Place, Strength};

mod declared;
mod parts;
mod policy;
mod reasons;

pub use parts::{Change, Part, Parts};
pub use policy::{Policy, PolicyError, Steps, Threshold};
pub(crate) use reasons::{humans_as_high, percent};

/// Version of the JSON.
pub const FORMAT: u32 = 1;

/// What byline says of one document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// [`FORMAT`].
    pub format: u32,
    /// The document's id.
    pub id: String,
    /// Where it came from; `None` for standard input.
    pub source: Option<String>,
    /// Name of the model.
    pub model: String,
    /// Name of the profile of own texts that the p-value rests on, if one is in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Words of prose that style was measured on.
    pub words: usize,
    /// Language code (ISO 639-1 where there is one), `"und"` when it could not be told.
    pub language: String,
    /// Does it say so?
    pub declared: Declared,
    /// Does it read so?
    pub machine: Machine,
    /// Was it taken?
    pub syndicated: Syndicated,
    /// Every sign found, in order of position.
    pub signs: Vec<FoundSign>,
    /// Figures in the text.
    pub figures: Figures,
    /// What the scores are made of: for each of the axes `machine` and `syndicated` the parts'
    /// `log_odds` add up to the axis's `log_odds`.
    pub evidence: Vec<Evidence>,
    /// What the policy says to do.
    pub action: Action,
    /// The axes that asked for this action; empty when it is `allow`.
    pub decided_by: Vec<Axis>,
    /// Why, in words that can be read to an author.
    pub reasons: Vec<String>,
    /// The machine score over the parts of the document, where that was asked for ([`crate::Detector::parts`]).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<Parts>,
}

impl Verdict {
    /// Why an axis is silent, if it is; its numbers then lead to nothing.
    #[must_use]
    pub fn silent(&self, axis: Axis) -> Option<Abstention> {
        match axis {
            Axis::Machine => self.machine.abstained,
            Axis::Syndicated => self.syndicated.abstained,
            Axis::Declared | Axis::None => None,
        }
    }
}

/// The declared axis.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Declared {
    /// Whether a declaration was found.
    pub found: bool,
    /// Who made the text, where a sign names it.
    pub producer: Option<String>,
    /// Ids of the signs that decide.
    pub by: Vec<String>,
    /// Declared documents that this one is tied to (needs a corpus).
    pub linked: Vec<Link>,
}

/// A tie to a declared document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// Its id.
    pub document: String,
    /// What ties them.
    pub via: String,
    /// 0 to 1.
    pub strength: f64,
}

/// The machine axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Machine {
    /// Calibrated probability, 0 to 1.
    pub probability: f64,
    /// Its log-odds; a number even when the axis abstains.
    pub log_odds: f64,
    /// Share of held-out human texts of like length that score at least this high; with a profile, of the user's own.
    pub p_value: f64,
    /// The family of machine texts that this one resembles most; null where it reads rather human.
    pub resembles: Option<String>,
    /// Why the axis is silent, if it is.
    pub abstained: Option<Abstention>,
}

/// The syndicated axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Syndicated {
    /// Calibrated probability, 0 to 1.
    pub probability: f64,
    /// Its log-odds.
    pub log_odds: f64,
    /// `"document"`: judged by the text alone; `"corpus"`: with its siblings.
    pub head: &'static str,
    /// Why the axis is silent, if it is.
    pub abstained: Option<Abstention>,
    /// Documents it was taken from (needs a corpus).
    pub sources: Vec<String>,
}

/// Why an axis is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Abstention {
    /// Fewer words of prose than the model was calibrated for.
    TooShort,
    /// Not in the model's language.
    Language,
    /// Mostly lists, tables, code or verse.
    NotProse,
    /// Mostly in quotation marks: somebody else's words.
    Quoted,
    /// Unlike everything that the model has learnt: hardly a function word, or measures far out of any range.
    Unfamiliar,
}

/// A sign as reported.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoundSign {
    /// Entry id.
    pub id: String,
    /// Kind of sign.
    pub kind: Kind,
    /// Axis it speaks to.
    pub axis: Axis,
    /// Its weight.
    pub strength: Strength,
    /// Where it was found.
    pub place: Place,
    /// Byte range in the document as it was read; null outside the text.
    pub span: Option<Span>,
    /// That slice.
    pub text: String,
    /// Whether it stands in a quotation (and so counts for nothing on the declared axis).
    pub quoted: bool,
}

/// Figures in the text.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Figures {
    /// How many: with a corpus those of [`crate::figure`], without one a quicker count.
    pub found: usize,
    /// How many of them a sibling shares (0 without a corpus).
    pub shared: usize,
    /// How many contradict a sibling's, each pair judged as `byline compare` judges it (0 without a corpus).
    pub conflicting: usize,
    /// Each contradiction, in order of the text's figures; a figure may contradict several siblings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<FigureConflict>,
}

/// A figure that contradicts a sibling's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureConflict {
    /// `"value"`: they give two values of one fact; `"period"`: one amount at two times.
    pub kind: &'static str,
    /// Byte range in the document as it was read.
    pub span: Span,
    /// That slice.
    pub text: String,
    /// Id of the sibling.
    pub document: String,
    /// Lower and upper end of the sibling's figure as printed, in its unit; the two are equal but for ranges.
    pub theirs: [f64; 2],
    /// That unit, if it is the figure's own (an index does not know others): `%`, `pp`, `bp`, `x`, an ISO 4217 code, a noun in the
    /// singular, or nothing.
    pub unit: Option<String>,
}

/// One part of a score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// Axis whose score it is part of.
    pub axis: Axis,
    /// Feature name, `ngram.score`, `sign.` and a group of signs, `other_experts` (what the experts that did not decide add),
    /// `other` (all smaller parts together) or `baseline` (the score of a typical human text, or of one that was not taken).
    pub name: String,
    /// Its part of the axis's log-odds; + speaks for machine (or syndicated).
    pub log_odds: f64,
    /// The measured value; null where it could not be measured or is not one number.
    pub observed: Option<f64>,
    /// First and third quartile among human texts in training.
    pub typical: Option<[f64; 2]>,
    /// What the feature measures, in words.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub about: &'static str,
    /// Passages in the document as it was read.
    pub spans: Vec<Span>,
}

/// What to do with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Nothing.
    Allow,
    /// Mark it for a look.
    Flag,
    /// Hold it until a person has looked.
    Hold,
    /// Refuse it.
    Reject,
}
