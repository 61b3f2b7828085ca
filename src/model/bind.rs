//! `Model` -> `Scorer`: the only way to a score.

use std::collections::BTreeMap;

use super::check::{check_bank, check_lexicons, check_version};
use super::error::BindError;
use super::forest::Forest;
use super::head::Head;
use super::score::{Observed, Part, Score, Shown};
use super::{Bank, Expert, Hit, Hits, Model, NGRAM_TERM, SIGN_CAP, SIGN_PREFIX, SURPRISAL_TERM};
use crate::measure::ngram::{self, Gram, Unit};
use crate::measure::{self, Features};

/// Largest difference of a replayed number from the frozen one, relative to 1 or the number's size; room for another
/// machine's `exp` and `ln`, far below what any change of a feature does.
const PROBE_TOLERANCE: f64 = 1e-6;

/// Where a term's value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Input {
    Feature(usize),
    Signs(String),
}

/// A checked, immutable model. `Send + Sync`.
#[derive(Debug)]
pub struct Scorer {
    model: Model,
    /// For each expert, the inputs of its terms.
    machine: Vec<Vec<Input>>,
    syndicated: Vec<Vec<Input>>,
    /// For each expert, what its terms measure.
    machine_about: Vec<Vec<&'static str>>,
    syndicated_about: Vec<Vec<&'static str>>,
    /// For each expert its trees, if it has any.
    machine_forests: Vec<Option<Forest>>,
    syndicated_forests: Vec<Option<Forest>>,
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
        let machine = inputs(&model.machine)?;
        let syndicated = inputs(&model.syndicated)?;
        let scorer = Self {
            machine_about: about(&model.machine),
            syndicated_about: about(&model.syndicated),
            machine_forests: forests("machine", &model.machine)?,
            syndicated_forests: forests("syndicated", &model.syndicated)?,
            model,
            machine,
            syndicated,
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

    /// Quantised weight of an n-gram for an expert.
    #[must_use]
    pub fn weight(&self, hit: Hit, expert: usize) -> i8 {
        let weights = self.model.ngram.table.weights_at(hit);
        weights.get(expert).copied().unwrap_or(0)
    }

    /// Score of the machine axis.
    #[must_use]
    pub fn machine(&self, shown: &Shown<'_>) -> Score<'_> {
        self.score(
            &self.model.machine,
            &self.machine,
            &self.machine_about,
            &self.machine_forests,
            shown,
        )
    }

    /// Score of the syndicated axis.
    #[must_use]
    pub fn syndicated(&self, shown: &Shown<'_>) -> Score<'_> {
        self.score(
            &self.model.syndicated,
            &self.syndicated,
            &self.syndicated_about,
            &self.syndicated_forests,
            shown,
        )
    }

    /// Share of the machine axis's measures that lie far outside what training met, 0 to 1: beyond the outermost knots by half of
    /// the range between them. The share of a text that is like some training text is below 0.08.
    #[must_use]
    pub fn strange_share(&self, features: &Features) -> f64 {
        let expert = self.model.machine.experts.first().zip(self.machine.first());
        let (mut strange, mut measured) = (0_u32, 0_u32);
        for (term, input) in expert
            .iter()
            .flat_map(|(expert, inputs)| expert.head.terms.iter().zip(*inputs))
        {
            let Input::Feature(index) = input else { continue };
            let value = features.values().get(*index).copied().flatten();
            if let (Some(value), Some(low), Some(high)) = (value, term.knots.first(), term.knots.last()) {
                let beyond = (high - low) / 2.0;
                measured += 1;
                strange += u32::from(value < low - beyond || value > high + beyond);
            }
        }
        f64::from(strange) / f64::from(measured.max(1))
    }

    fn score<'a>(
        &'a self,
        bank: &'a Bank,
        inputs: &[Vec<Input>],
        about: &[Vec<&'static str>],
        forests: &[Option<Forest>],
        shown: &Shown<'_>,
    ) -> Score<'a> {
        // The groups of the signs, looked up once for all terms that count them.
        let groups: Vec<&str> = shown.signs.iter().filter_map(|id| self.group_of(id)).collect();
        let values: Vec<Vec<Option<f64>>> = inputs
            .iter()
            .map(|inputs| inputs.iter().map(|input| value(input, shown, &groups)).collect())
            .collect();
        let words = shown.words;
        // The n-gram score of an expert; where there is none, it says what is usual.
        let surprise = |expert: &Expert| {
            let heard = expert.surprise.as_ref().zip(shown.surprisal);
            heard.map_or(0.0, |(surprise, mean)| surprise.part(mean, words))
        };
        let ngram = |at: usize, expert: &Expert| {
            let usual = expert.ngram.map_or(0.0, |usual| usual.mean);
            let own = expert.ngram.and_then(|_| shown.ngram.get(at).copied());
            (own, own.unwrap_or(usual), usual)
        };
        // The leaves that the text reaches in the trees of each expert.
        let leaves: Vec<Vec<usize>> = bank
            .experts
            .iter()
            .zip(forests)
            .zip(&values)
            .enumerate()
            .map(|(at, ((expert, forest), values))| {
                let reached = |forest: &Forest| forest.leaves(values, Some(ngram(at, expert).1));
                forest.as_ref().map_or_else(Vec::new, reached)
            })
            .collect();
        let by_trees = |at: usize| {
            let forest = forests.get(at).and_then(Option::as_ref);
            forest.zip(leaves.get(at))
        };
        let said: Vec<f64> = bank
            .experts
            .iter()
            .zip(&values)
            .enumerate()
            .map(|(at, (expert, values))| {
                let head = &expert.head;
                let heard = ngram(at, expert).1;
                let trees = by_trees(at).map_or(0.0, |(forest, leaves)| forest.raw(leaves));
                let raw = head.additive(values) + trees;
                head.calibration.log_odds(raw, heard, words) + surprise(expert)
            })
            .collect();
        let joined = bank.join(&said);
        let outer = bank.calibration.slope_at(words);
        let mut score = Score {
            log_odds: bank.calibration.log_odds(joined.all, 0.0, words),
            p_value: bank.conformal.p_value(words, joined.all),
            expert: "",
            decided: joined.decided,
            baseline: 0.0,
            others: outer * (joined.all - joined.own),
            parts: Vec::new(),
        };
        if let (Some(expert), Some(values)) = (bank.experts.get(joined.decided), values.get(joined.decided)) {
            let head = &expert.head;
            let slope = outer * head.calibration.slope_at(words);
            let (observed_ngram, own, usual_ngram) = ngram(joined.decided, expert);
            // What the trees say of each term and of the n-gram score, against what they usually say.
            let trees = by_trees(joined.decided);
            let told = trees.map_or_else(Vec::new, |(forest, leaves)| forest.told(leaves));
            let told = |at: usize| told.get(at).copied().unwrap_or(0.0);
            let usual = head
                .terms
                .iter()
                .fold(head.intercept, |sum, term| sum + term.usual);
            let usual = usual + trees.map_or(0.0, |(forest, _)| forest.usual());
            let typical = expert.prior.ln() + head.calibration.log_odds(usual, usual_ngram, words);
            score.expert = &expert.name;
            score.baseline = bank.calibration.log_odds(typical, 0.0, words);
            score.parts = head
                .terms
                .iter()
                .zip(values)
                .zip(about.get(joined.decided).into_iter().flatten())
                .enumerate()
                .map(|(at, ((term, &observed), about))| Part {
                    name: &term.feature,
                    about,
                    log_odds: slope * (term.part(observed) - term.usual + told(at)),
                    observed,
                    typical: term.typical,
                })
                .chain(expert.ngram.map(|usual| Part {
                    name: NGRAM_TERM,
                    about: "",
                    log_odds: outer * head.calibration.ngram_at(words) * (own - usual_ngram)
                        + slope * told(head.terms.len()),
                    observed: observed_ngram,
                    typical: usual.typical,
                }))
                // Of a usual text it has no part, so that there is nothing to tell it against.
                .chain(expert.surprise.map(|heard| Part {
                    name: SURPRISAL_TERM,
                    about: super::surprisal::ABOUT,
                    log_odds: outer * surprise(expert),
                    observed: shown.surprisal,
                    typical: heard.usual.typical,
                }))
                .collect();
        }
        score
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

fn value(input: &Input, shown: &Shown<'_>, groups: &[&str]) -> Option<f64> {
    match input {
        Input::Feature(index) => shown.features.values().get(*index).copied().flatten(),
        Input::Signs(group) => {
            let found = groups.iter().filter(|found| *found == group).count();
            Some((found as f64).min(SIGN_CAP))
        }
    }
}

/// What the terms of each expert measure; empty for a count of signs.
fn about(bank: &Bank) -> Vec<Vec<&'static str>> {
    let docs: BTreeMap<&str, &'static str> = measure::specs().map(|spec| (spec.name, spec.doc)).collect();
    let of = |head: &Head| {
        let terms = head.terms.iter();
        terms
            .map(|term| docs.get(&*term.feature).copied().unwrap_or(""))
            .collect()
    };
    bank.experts.iter().map(|expert| of(&expert.head)).collect()
}

/// The trees of each expert, ready.
fn forests(name: &'static str, bank: &Bank) -> Result<Vec<Option<Forest>>, BindError> {
    let ready = |head: &Head| {
        let trees = head.trees.as_ref();
        let ready = |trees| Forest::of(trees, head.terms.len()).ok_or(BindError::Trees(name));
        trees.map(ready).transpose()
    };
    bank.experts.iter().map(|expert| ready(&expert.head)).collect()
}

fn inputs(bank: &Bank) -> Result<Vec<Vec<Input>>, BindError> {
    let input = |name: &str, version: u16| {
        if let Some(group) = name.strip_prefix(SIGN_PREFIX) {
            return Ok(Input::Signs(group.to_owned()));
        }
        let (index, spec) = measure::specs()
            .enumerate()
            .find(|(_, spec)| spec.name == name)
            .ok_or_else(|| BindError::Missing(name.to_owned()))?;
        check_version(name, version, spec.version)?;
        Ok(Input::Feature(index))
    };
    let of = |head: &Head| {
        let terms = head.terms.iter();
        terms.map(|term| input(&term.feature, term.version)).collect()
    };
    bank.experts.iter().map(|expert| of(&expert.head)).collect()
}
