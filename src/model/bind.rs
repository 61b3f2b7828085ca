//! `Model` -> `Scorer`: the only way to a score.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::error::BindError;
use super::head::{Head, sigmoid};
use super::{Model, NGRAM_TERM, SIGN_CAP, SIGN_PREFIX};
use crate::measure::ngram::{self, Gram};
use crate::measure::{self, Features};

/// Largest difference of a replayed number from the frozen one, relative to 1 or the number's size; room for another
/// machine's `exp` and `ln`, far below what any change of a feature does.
const PROBE_TOLERANCE: f64 = 1e-6;

/// Where a term's value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Input {
    Feature(usize),
    Ngram,
    Signs(String),
}

/// A checked, immutable model. `Send + Sync`.
#[derive(Debug)]
pub struct Scorer {
    model: Model,
    machine: Vec<Input>,
    syndicated: Vec<Input>,
    about: Vec<(&'static str, &'static str)>,
}

/// One term's part in a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Part<'a> {
    /// Feature name.
    pub name: &'a str,
    /// What it measures; empty for the n-gram score and sign counts.
    pub about: &'static str,
    /// Its part of the log-odds, against the part that it has in a typical human text.
    pub log_odds: f64,
    /// The measured value.
    pub observed: Option<f64>,
    /// First and third quartile among human training texts.
    pub typical: [f64; 2],
}

/// A head's score of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Score<'a> {
    /// Calibrated log-odds; equals `baseline` plus the parts' log-odds up to rounding.
    pub log_odds: f64,
    /// Share of held-out human texts of like length that score at least this high.
    pub p_value: f64,
    /// Log-odds of a typical human text.
    pub baseline: f64,
    /// The parts, in the order of the model's terms.
    pub parts: Vec<Part<'a>>,
}

impl Score<'_> {
    /// Calibrated probability, 0 to 1.
    #[must_use]
    pub fn probability(&self) -> f64 {
        sigmoid(self.log_odds)
    }
}

/// What a document shows to the heads.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// Words of prose.
    pub words: u32,
    /// The measured features.
    pub features: &'a Features,
    /// Score of the n-gram stage; `None` for a text without n-grams.
    pub ngram: Option<f64>,
    /// Ids of the signs found, one for each sign.
    pub signs: &'a [Arc<str>],
}

impl Scorer {
    /// Checks a model against this build and makes it usable. `signatures` are the (id, digest) pairs of the catalogue
    /// in use; `examine` runs the stages before the model on a probe text.
    ///
    /// # Errors
    /// See [`BindError`]; the message names what does not fit.
    pub fn bind(
        model: Model,
        signatures: &dyn Fn(&str) -> Option<String>,
        examine: &dyn Fn(&str) -> Observed,
    ) -> Result<Self, BindError> {
        let mut model = model;
        model.signatures.sort_by(|a, b| a.id.cmp(&b.id));
        check_head("machine", &model.machine)?;
        check_head("syndicated", &model.syndicated)?;
        let expected = ngram::BUCKETS as usize;
        if model.ngram.weights.len() != expected {
            return Err(BindError::Buckets {
                found: model.ngram.weights.len(),
                expected,
            });
        }
        check_lexicons(&model)?;
        for used in &model.signatures {
            if signatures(&used.id).as_deref() != Some(used.digest.as_str()) {
                return Err(BindError::Signature(used.id.clone()));
            }
        }
        let machine = inputs(&model, &model.machine)?;
        let syndicated = inputs(&model, &model.syndicated)?;
        let about = measure::specs().map(|spec| (spec.name, spec.doc)).collect();
        let scorer = Self {
            model,
            machine,
            syndicated,
            about,
        };
        scorer.replay(examine)?;
        Ok(scorer)
    }

    /// Gives the model back, to be bound anew.
    #[must_use]
    pub fn into_model(self) -> Model {
        self.model
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Score of the n-gram stage: sum of the buckets' weights over the root of their number, plus the offset.
    #[must_use]
    pub fn ngram_score(&self, grams: &[Gram]) -> Option<f64> {
        if grams.is_empty() {
            return None;
        }
        let sum: i64 = grams.iter().map(|gram| i64::from(self.weight(gram.bucket))).sum();
        let stage = &self.model.ngram;
        Some((sum as f64 * stage.scale) / (grams.len() as f64).sqrt() + stage.offset)
    }

    /// Quantised weight of a bucket.
    #[must_use]
    pub fn weight(&self, bucket: u32) -> i8 {
        self.model
            .ngram
            .weights
            .get(bucket as usize)
            .copied()
            .unwrap_or(0)
    }

    /// Score of the machine axis.
    #[must_use]
    pub fn machine(&self, shown: &Shown<'_>) -> Score<'_> {
        self.score(&self.model.machine, &self.machine, shown)
    }

    /// Score of the syndicated axis.
    #[must_use]
    pub fn syndicated(&self, shown: &Shown<'_>) -> Score<'_> {
        self.score(&self.model.syndicated, &self.syndicated, shown)
    }

    fn score<'a>(&'a self, head: &'a Head, inputs: &[Input], shown: &Shown<'_>) -> Score<'a> {
        let values: Vec<Option<f64>> = inputs.iter().map(|input| self.value(input, shown)).collect();
        let raw = head.raw(&values);
        let slope = head.calibration.slope;
        let mut usual = head.intercept;
        let parts = head
            .terms
            .iter()
            .zip(&values)
            .map(|(term, &observed)| {
                usual += term.usual;
                Part {
                    name: &term.feature,
                    about: self
                        .about
                        .iter()
                        .find(|(name, _)| *name == term.feature)
                        .map_or("", |pair| pair.1),
                    log_odds: slope * (term.part(observed) - term.usual),
                    observed,
                    typical: term.typical,
                }
            })
            .collect();
        Score {
            log_odds: head.calibration.log_odds(raw),
            p_value: head.conformal.p_value(shown.words, raw),
            baseline: head.calibration.log_odds(usual),
            parts,
        }
    }

    fn value(&self, input: &Input, shown: &Shown<'_>) -> Option<f64> {
        match input {
            Input::Feature(index) => shown.features.values().get(*index).copied().flatten(),
            Input::Ngram => shown.ngram,
            Input::Signs(group) => {
                let counted = |id: &&Arc<str>| self.group_of(id) == Some(group);
                Some((shown.signs.iter().filter(counted).count() as f64).min(SIGN_CAP))
            }
        }
    }

    /// Group in which the model counts a signature; `None` for one that it was not trained with.
    fn group_of(&self, id: &str) -> Option<&str> {
        let at = self
            .model
            .signatures
            .binary_search_by(|used| (*used.id).cmp(id))
            .ok()?;
        self.model.signatures.get(at).map(|used| used.group.as_str())
    }

    fn replay(&self, examine: &dyn Fn(&str) -> Observed) -> Result<(), BindError> {
        for (index, probe) in self.model.probes.iter().enumerate() {
            let seen = examine(&probe.text);
            let check = |what: &str, trained: f64, now: f64| {
                let close = (trained - now).abs() <= PROBE_TOLERANCE * trained.abs().max(1.0);
                if close {
                    Ok(())
                } else {
                    Err(BindError::Probe {
                        index,
                        what: what.to_owned(),
                        trained,
                        now,
                    })
                }
            };
            for (name, trained) in &probe.features {
                check(name, *trained, seen.features.get(name).unwrap_or(f64::NAN))?;
            }
            let shown = Shown {
                words: seen.words,
                features: &seen.features,
                ngram: self.ngram_score(&seen.grams),
                signs: &seen.signs,
            };
            check("the machine head", probe.machine, self.machine(&shown).log_odds)?;
            check(
                "the syndicated head",
                probe.syndicated,
                self.syndicated(&shown).log_odds,
            )?;
        }
        Ok(())
    }
}

/// What the stages before the model find in a text.
#[derive(Debug, Clone)]
pub struct Observed {
    /// Words of prose.
    pub words: u32,
    /// The measured features.
    pub features: Features,
    /// The n-grams.
    pub grams: Vec<Gram>,
    /// Ids of the signs found, one for each sign.
    pub signs: Vec<Arc<str>>,
}

fn check_head(name: &'static str, head: &Head) -> Result<(), BindError> {
    if head.positive != name {
        return Err(BindError::Orientation {
            head: name,
            found: head.positive.clone(),
        });
    }
    for term in &head.terms {
        let ascending = term.knots.is_sorted_by(|a, b| a < b);
        let finite = term
            .knots
            .iter()
            .chain(&term.weights)
            .all(|number| number.is_finite());
        if term.knots.is_empty() || term.knots.len() != term.weights.len() || !ascending || !finite {
            return Err(BindError::Malformed(term.feature.clone()));
        }
    }
    if head
        .terms
        .iter()
        .all(|term| term.weights.iter().all(|&weight| weight == 0.0))
    {
        return Err(BindError::AllZero(name));
    }
    Ok(())
}

fn check_lexicons(model: &Model) -> Result<(), BindError> {
    for (name, digest) in lexicon_digests() {
        if !model.lexicons.iter().any(|(n, d)| *n == name && *d == digest) {
            return Err(BindError::Lexicon(name));
        }
    }
    Ok(())
}

/// (file name, SHA-256) of every lexicon of this build.
#[must_use]
pub fn lexicon_digests() -> Vec<(String, String)> {
    let all = measure::lexicons().iter().chain(std::iter::once(&ngram::LEXICON));
    all.map(|(name, text)| ((*name).to_owned(), hex(&Sha256::digest(text.as_bytes()))))
        .collect()
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn inputs(model: &Model, head: &Head) -> Result<Vec<Input>, BindError> {
    let input = |name: &str, version: u16| {
        if name == NGRAM_TERM {
            let trained = model.ngram.version;
            return (trained == ngram::VERSION)
                .then_some(Input::Ngram)
                .ok_or(BindError::Version {
                    name: name.to_owned(),
                    trained,
                    built: ngram::VERSION,
                });
        }
        if let Some(group) = name.strip_prefix(SIGN_PREFIX) {
            return Ok(Input::Signs(group.to_owned()));
        }
        let (index, spec) = measure::specs()
            .enumerate()
            .find(|(_, spec)| spec.name == name)
            .ok_or_else(|| BindError::Missing(name.to_owned()))?;
        if spec.version != version {
            return Err(BindError::Version {
                name: name.to_owned(),
                trained: version,
                built: spec.version,
            });
        }
        Ok(Input::Feature(index))
    };
    head.terms
        .iter()
        .map(|term| input(&term.feature, term.version))
        .collect()
}
