//! `Model` -> `Scorer`: the only way to a score.

use super::bound::Bound;
use super::check::{check_bank, check_lexicons, check_version};
use super::error::BindError;
use super::score::{Observed, Score, Shown};
use super::{Hits, Model, NGRAM_TERM, SURPRISAL_TERM};
use crate::measure::Features;
use crate::measure::ngram::{self, Gram, Unit};

/// Largest difference of a replayed number from the frozen one, relative to 1 or the number's size; room for another
/// machine's `exp` and `ln`, far below what any change of a feature does.
const PROBE_TOLERANCE: f64 = 1e-6;

/// A checked, immutable model. `Send + Sync`.
#[derive(Debug)]
pub struct Scorer {
    model: Model,
    machine: Bound,
    syndicated: Bound,
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
        check_bank("machine", &model.machine)?;
        check_bank("syndicated", &model.syndicated)?;
        let expected = (ngram::BUCKETS as usize, model.machine.experts.len());
        let found = (model.ngram.table.buckets(), model.ngram.table.width());
        if found != expected || model.ngram.experts.len() != model.machine.experts.len() {
            return Err(BindError::Buckets { found, expected });
        }
        check_version(NGRAM_TERM, model.ngram.version, ngram::VERSION)?;
        if let Some(surprisal) = &model.surprisal {
            check_version(SURPRISAL_TERM, surprisal.version, ngram::VERSION)?;
        }
        check_lexicons(&model)?;
        for used in &model.signatures {
            if signatures(&used.id).as_deref() != Some(used.digest.as_str()) {
                return Err(BindError::Signature(used.id.clone()));
            }
        }
        let scorer = Self {
            machine: Bound::of("machine", &model.machine)?,
            syndicated: Bound::of("syndicated", &model.syndicated)?,
            model,
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

    /// Looks a text's n-grams up.
    #[must_use]
    pub fn look_up(&self, grams: &[Gram]) -> Hits {
        let buckets = grams.iter().map(|gram| ngram::bucket(gram.number));
        self.model.ngram.look_up(buckets)
    }

    /// Scores of the n-gram stage, one an expert of the machine axis.
    #[must_use]
    pub fn ngram_scores(&self, hits: &Hits) -> Vec<f64> {
        self.model.ngram.scores(hits)
    }

    /// Mean surprisal of a text by the model's language model.
    #[must_use]
    pub fn surprisal(&self, units: &[Unit]) -> Option<f64> {
        self.model.surprisal.as_ref()?.mean(units)
    }

    /// Score of the machine axis.
    #[must_use]
    pub fn machine(&self, shown: &Shown<'_>) -> Score<'_> {
        self.machine
            .score(&self.model.machine, shown, &self.groups(shown))
    }

    /// Score of the syndicated axis.
    #[must_use]
    pub fn syndicated(&self, shown: &Shown<'_>) -> Score<'_> {
        self.syndicated
            .score(&self.model.syndicated, shown, &self.groups(shown))
    }

    /// Share of the machine axis's measures that lie far outside what training met, 0 to 1: beyond the outermost knots by half of
    /// the range between them. The share of a text that is like some training text is below 0.08.
    #[must_use]
    pub fn strange_share(&self, features: &Features) -> f64 {
        self.machine.strange_share(&self.model.machine, features)
    }

    /// The groups of a text's signs, looked up once for all terms that count them.
    fn groups(&self, shown: &Shown<'_>) -> Vec<&str> {
        shown.signs.iter().filter_map(|id| self.group_of(id)).collect()
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
                ngram: &self.ngram_scores(&self.look_up(&seen.reading.grams)),
                surprisal: self.surprisal(&seen.reading.units),
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
