//! The one place that calls the stages in order.

mod abstain;
mod among;
mod parts;
mod telling;

use std::sync::Arc;

use crate::document::{Document, RawDocument};
use crate::measure;
use crate::measure::ngram;
use crate::model::{
    BindError, FileError, Model, Observed, Part, Profile, Score, Scorer, Shown, SignatureUse,
};
use crate::signature::{Axis, Catalogue, CatalogueError, Sign};
use crate::verdict::{self, Action, Evidence, Figures, FoundSign, Machine, Policy, Syndicated, Verdict};

/// The model that byline ships.
static SHIPPED_MODEL: &[u8] = include_bytes!("../models/default/default.model");

/// The stages before the model: what they find is what a model is trained on and bound with.
#[derive(Debug)]
pub struct Stages {
    catalogue: Catalogue,
}

impl Stages {
    /// The stages with a catalogue.
    #[must_use]
    pub fn new(catalogue: Catalogue) -> Self {
        Self { catalogue }
    }

    /// The catalogue.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The signatures that the syndicated head counts: those that speak to its axis and belong to a group.
    pub fn counted(&self) -> impl Iterator<Item = SignatureUse> + '_ {
        self.catalogue
            .entries()
            .filter(|entry| entry.axis == Axis::Syndicated)
            .filter_map(|entry| {
                Some(SignatureUse {
                    id: entry.id,
                    group: entry.group?,
                    digest: entry.digest,
                })
            })
    }

    /// Measures a document.
    #[must_use]
    pub fn observe(&self, document: &Document) -> Observed {
        let signs = self.catalogue.scan(document);
        Observed {
            words: words(document),
            features: measure::measure(document),
            reading: ngram::read(document),
            signs: signs.into_iter().map(|sign| sign.id).collect(),
        }
    }

    /// Measures the style of a bare text, without looking for signatures: for the probes of a model. The signatures that
    /// a model counts are bound by their digests instead, and need not be compiled for it.
    #[must_use]
    pub fn observe_style(&self, text: &str) -> Observed {
        let document = Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        });
        Observed {
            words: words(&document),
            features: measure::measure(&document),
            reading: ngram::read(&document),
            signs: Vec::new(),
        }
    }

    /// Binds a model to these stages.
    ///
    /// # Errors
    /// See [`BindError`].
    pub fn bind(&self, model: Model) -> Result<Scorer, BindError> {
        let digest = |id: &str| self.catalogue.entry(id).map(|entry| entry.digest.to_string());
        Scorer::bind(model, &digest, &|text| self.observe_style(text))
    }
}

fn words(document: &Document) -> u32 {
    u32::try_from(document.words().len()).unwrap_or(u32::MAX)
}

/// Built once, then shared: examines documents. `Send + Sync`, no locks, no global state.
#[derive(Debug)]
pub struct Detector {
    stages: Stages,
    scorer: Scorer,
    policy: Policy,
    profile: Option<Profile>,
}

/// Why a detector could not be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DetectorError {
    /// The signature catalogue has errors.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Catalogue(Vec<CatalogueError>),
    /// The model file could not be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The model does not fit this build.
    #[error(transparent)]
    Bind(#[from] BindError),
}

impl Detector {
    /// The detector with everything that byline ships: catalogue, model, policy.
    ///
    /// # Errors
    /// Only if the embedded files are damaged or do not fit one another; a test builds it.
    pub fn shipped() -> Result<Self, DetectorError> {
        let catalogue = Catalogue::shipped().map_err(DetectorError::Catalogue)?;
        Self::new(catalogue, Model::from_bytes(SHIPPED_MODEL)?, Policy::default())
    }

    /// A detector of given parts.
    ///
    /// # Errors
    /// [`DetectorError::Bind`] if the model does not fit this build or the catalogue.
    pub fn new(catalogue: Catalogue, model: Model, policy: Policy) -> Result<Self, DetectorError> {
        let stages = Stages::new(catalogue);
        let scorer = stages.bind(model)?;
        Ok(Self {
            stages,
            scorer,
            policy,
            profile: None,
        })
    }

    /// The same with another policy.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// The same with another catalogue (the shipped one and a user's entries, say).
    ///
    /// # Errors
    /// [`DetectorError::Bind`] if an entry that the model counts is missing or changed.
    pub fn with_catalogue(self, catalogue: Catalogue) -> Result<Self, DetectorError> {
        let stages = Stages::new(catalogue);
        let scorer = stages.bind(self.scorer.into_model())?;
        Ok(Self {
            stages,
            scorer,
            policy: self.policy,
            profile: self.profile,
        })
    }

    /// The same with p-values from a user's own human texts; see [`Profile`].
    #[must_use]
    pub fn with_profile(mut self, profile: Profile) -> Self {
        self.profile = Some(profile);
        self
    }

    /// The p-value by the profile in use, if there is one.
    fn p_value(&self, words: u32, score: &Score<'_>) -> f64 {
        self.profile.as_ref().map_or(score.p_value, |profile| {
            profile.p_value(words, score.log_odds, score.p_value)
        })
    }

    /// The signature catalogue in use.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.stages.catalogue
    }

    /// The model in use.
    #[must_use]
    pub fn model(&self) -> &Model {
        self.scorer.model()
    }

    /// The policy in use.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Examines a document. Cannot fail or panic. Cost: about 0.5 ms for a 6 KB article.
    #[must_use]
    pub fn examine(&self, document: &Document) -> Verdict {
        let signs = self.stages.catalogue.scan(document);
        let features = measure::measure(document);
        let reading = ngram::read(document);
        let ids: Vec<Arc<str>> = signs.iter().map(|sign| Arc::clone(&sign.id)).collect();
        let hits = self.scorer.look_up(&reading.grams);
        let ngram = self.scorer.ngram_scores(&hits);
        let shown = Shown {
            words: words(document),
            features: &features,
            ngram: &ngram,
            surprisal: self.scorer.surprisal(&reading.units),
            signs: &ids,
        };
        let machine = self.scorer.machine(&shown);
        let syndicated = self.scorer.syndicated(&shown);
        let mut evidence = evidence(Axis::Machine, &machine, MACHINE_PARTS);
        if let Some(part) = evidence
            .iter_mut()
            .find(|part| part.name == crate::model::NGRAM_TERM)
        {
            part.spans = telling::telling_passages(
                document,
                &reading.grams,
                hits.of(machine.decided),
                part.log_odds >= 0.0,
            );
        }
        evidence.extend(self::evidence(Axis::Syndicated, &syndicated, SYNDICATED_PARTS));
        let model = self.scorer.model();
        let mut verdict = Verdict {
            format: verdict::FORMAT,
            id: document.raw().id.clone(),
            source: document.raw().source.clone(),
            model: model.name.clone(),
            profile: self.profile.as_ref().map(|profile| profile.name().to_owned()),
            words: document.words().len(),
            language: document.language().code.to_owned(),
            declared: verdict::Declared::of(&signs),
            machine: Machine {
                probability: machine.probability(),
                log_odds: machine.log_odds,
                p_value: self.p_value(words(document), &machine),
                resembles: (machine.log_odds > 0.0).then(|| machine.expert.to_owned()),
                abstained: abstain::machine(document, &self.scorer, &features),
            },
            syndicated: Syndicated {
                probability: syndicated.probability(),
                log_odds: syndicated.log_odds,
                head: "document",
                abstained: abstain::abstention(document, model, SYNDICATED_MIN_WORDS),
                sources: Vec::new(),
            },
            signs: signs.iter().map(found).collect(),
            figures: Figures {
                found: measure::figure_count(document),
                ..Figures::default()
            },
            evidence,
            action: Action::Allow,
            decided_by: Vec::new(),
            reasons: Vec::new(),
            parts: None,
        };
        self.policy.decide(&mut verdict);
        verdict
    }
}

/// Parts of the machine score that are told one by one; the smaller ones are summed up as `other`.
const MACHINE_PARTS: usize = 12;
/// The same for the syndicated score.
const SYNDICATED_PARTS: usize = 5;
/// Fewest words on which the syndicated axis speaks: its marks show in a news brief already.
const SYNDICATED_MIN_WORDS: u32 = 20;

/// The largest parts of a score, then `other`, then `baseline`: together they make its log-odds.
fn evidence(axis: Axis, score: &Score<'_>, count: usize) -> Vec<Evidence> {
    let heavier = |a: &&Part<'_>, b: &&Part<'_>| {
        let by_weight = b.log_odds.abs().total_cmp(&a.log_odds.abs());
        by_weight.then_with(|| a.name.cmp(b.name))
    };
    let mut order: Vec<&Part<'_>> = score.parts.iter().filter(|part| part.log_odds != 0.0).collect();
    if order.len() > count {
        order.select_nth_unstable_by(count, heavier);
        order.truncate(count);
    }
    order.sort_unstable_by(heavier);
    let mut told: Vec<Evidence> = order
        .iter()
        .map(|part| Evidence {
            axis,
            name: part.name.to_owned(),
            log_odds: part.log_odds,
            observed: part.observed,
            typical: Some(part.typical),
            about: part.about,
            spans: Vec::new(),
        })
        .collect();
    let plain = |name: &str, log_odds: f64, about: &'static str| Evidence {
        axis,
        name: name.to_owned(),
        log_odds,
        observed: None,
        typical: None,
        about,
        spans: Vec::new(),
    };
    if score.others != 0.0 {
        told.push(plain(
            "other_experts",
            score.others,
            "What the experts on other families of machine text add, less what a weak opinion does not count.",
        ));
    }
    let sum: f64 = told.iter().map(|part| part.log_odds).sum();
    told.push(plain(
        "other",
        score.log_odds - score.baseline - sum,
        "All smaller parts together.",
    ));
    told.push(plain(
        "baseline",
        score.baseline,
        "Where a typical text of the other side stands.",
    ));
    told
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
