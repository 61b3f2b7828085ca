//! The one place that calls the stages in order.

use crate::document::Document;
use crate::measure;
use crate::signature::{Axis, Catalogue, CatalogueError, Kind, Sign, Strength};
use crate::verdict::{Action, Declared, Figures, FoundSign, Machine, Policy, Syndicated, Verdict};

/// Built once, then shared: examines documents. `Send + Sync`, no locks, no global state.
#[derive(Debug)]
pub struct Detector {
    catalogue: Catalogue,
    policy: Policy,
}

/// Why a detector could not be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DetectorError {
    /// The signature catalogue has errors.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Catalogue(Vec<CatalogueError>),
}

impl Detector {
    /// The detector with everything that byline ships: catalogue, model, policy.
    ///
    /// # Errors
    /// Only if the embedded files are damaged.
    pub fn shipped() -> Result<Self, DetectorError> {
        Ok(Self {
            catalogue: Catalogue::shipped().map_err(DetectorError::Catalogue)?,
            policy: Policy::default(),
        })
    }

    /// The same with another policy.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// The same with another catalogue.
    #[must_use]
    pub fn with_catalogue(mut self, catalogue: Catalogue) -> Self {
        self.catalogue = catalogue;
        self
    }

    /// Examines a document. Cannot fail or panic.
    #[must_use]
    pub fn examine(&self, document: &Document) -> Verdict {
        let signs = self.catalogue.scan(document);
        let _features = measure::measure(document);
        let mut verdict = Verdict {
            format: crate::verdict::FORMAT,
            id: document.raw().id.clone(),
            source: document.raw().source.clone(),
            model: "none".to_owned(),
            words: document.words().len(),
            language: document.language().code.to_owned(),
            declared: declared(&signs),
            machine: Machine {
                probability: 0.5,
                log_odds: 0.0,
                p_value: 1.0,
                abstained: None,
            },
            syndicated: Syndicated {
                probability: 0.5,
                log_odds: 0.0,
                head: "document",
                abstained: None,
                sources: Vec::new(),
            },
            signs: signs.iter().map(found).collect(),
            figures: Figures::default(),
            evidence: Vec::new(),
            action: Action::Allow,
            decided_by: Vec::new(),
            reasons: Vec::new(),
        };
        self.policy.decide(&mut verdict);
        verdict
    }
}

/// Two different strong signs declare as one decisive sign does.
const STRONG_SIGNS_THAT_DECLARE: usize = 2;

fn declared(signs: &[Sign]) -> Declared {
    let speaks = |sign: &&Sign| sign.axis == Axis::Declared && !sign.quoted && sign.kind != Kind::Lexical;
    let mut by: Vec<&Sign> = signs
        .iter()
        .filter(speaks)
        .filter(|s| s.strength == Strength::Decisive)
        .collect();
    let mut strong: Vec<&Sign> = signs
        .iter()
        .filter(speaks)
        .filter(|s| s.strength == Strength::Strong)
        .collect();
    strong.sort_by(|a, b| a.id.cmp(&b.id));
    strong.dedup_by(|a, b| a.id == b.id);
    if !by.is_empty() || strong.len() >= STRONG_SIGNS_THAT_DECLARE {
        by.extend(strong);
    }
    let mut ids: Vec<String> = Vec::new();
    for sign in &by {
        if !ids.iter().any(|id| **id == *sign.id) {
            ids.push(sign.id.to_string());
        }
    }
    Declared {
        found: !ids.is_empty(),
        producer: by.iter().find_map(|s| s.producer.as_deref().map(str::to_owned)),
        by: ids,
        linked: Vec::new(),
    }
}

fn found(sign: &Sign) -> FoundSign {
    FoundSign {
        id: sign.id.to_string(),
        kind: sign.kind,
        axis: sign.axis,
        strength: sign.strength,
        place: sign.place,
        span: sign.span,
        text: sign.text.clone(),
        quoted: sign.quoted,
    }
}
