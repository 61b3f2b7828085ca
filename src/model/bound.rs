//! A [`Bank`] bound to the measures of this build: what its terms and trees say of a text.

use std::collections::BTreeMap;

use super::check::check_version;
use super::error::BindError;
use super::forest::Forest;
use super::head::Head;
use super::score::{Part, Score, Shown};
use super::{Bank, Expert, NGRAM_TERM, SIGN_CAP, SIGN_PREFIX, SURPRISAL_TERM};
use crate::measure;

/// What one axis needs to score, beside its bank.
#[derive(Debug)]
pub(super) struct Bound {
    experts: Vec<BoundExpert>,
}

#[derive(Debug)]
struct BoundExpert {
    /// The inputs of its terms.
    inputs: Vec<Input>,
    /// What its terms measure.
    about: Vec<&'static str>,
    /// Its trees, if it has any.
    forest: Option<Forest>,
    /// The first expert that says the same by terms and trees, whatever the n-gram score; itself if there is no earlier one.
    same: usize,
}

/// Where a term's value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Input {
    Feature(usize),
    Signs(String),
}

/// What an expert's terms and trees read in a text.
#[derive(Debug, Default)]
struct Dense {
    values: Vec<Option<f64>>,
    /// The leaf that the text reaches in each tree.
    leaves: Vec<u32>,
    raw: f64,
}

impl Bound {
    /// Binds a bank; `name` is its axis.
    pub(super) fn of(name: &'static str, bank: &Bank) -> Result<Self, BindError> {
        let docs: BTreeMap<&str, &'static str> = measure::specs().map(|spec| (spec.name, spec.doc)).collect();
        let bind = |at: usize, expert: &Expert| {
            let head = &expert.head;
            let trees = head.trees.as_ref();
            let ready = |trees| Forest::of(trees, head.terms.len()).ok_or(BindError::Trees(name));
            let about = |feature: &str| docs.get(feature).copied().unwrap_or("");
            let earlier = bank.experts.iter().take(at);
            Ok(BoundExpert {
                inputs: inputs(head)?,
                about: head.terms.iter().map(|term| about(&term.feature)).collect(),
                forest: trees.map(ready).transpose()?,
                same: earlier
                    .enumerate()
                    .find(|(_, other)| alike(&other.head, head))
                    .map_or(at, |(other, _)| other),
            })
        };
        let experts = (0..).zip(&bank.experts).map(|(at, expert)| bind(at, expert));
        Ok(Self {
            experts: experts.collect::<Result<_, BindError>>()?,
        })
    }

    /// Share of the first expert's measures that lie beyond the outermost knots by half of the range between them, 0 to 1.
    pub(super) fn strange_share(&self, bank: &Bank, features: &measure::Features) -> f64 {
        let expert = bank.experts.first().zip(self.experts.first());
        let (mut strange, mut measured) = (0_u32, 0_u32);
        for (term, input) in expert
            .iter()
            .flat_map(|(expert, bound)| expert.head.terms.iter().zip(&bound.inputs))
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

    /// The score of a text. `groups` are those of its signs that the model counts.
    pub(super) fn score<'a>(&'a self, bank: &'a Bank, shown: &Shown<'_>, groups: &[&str]) -> Score<'a> {
        let words = shown.words;
        let dense: Vec<Dense> = (0..)
            .zip(bank.experts.iter().zip(&self.experts))
            .map(|(at, (expert, bound))| {
                if bound.same == at {
                    bound.read(expert, shown, Heard::of(expert, at, shown).score, groups)
                } else {
                    Dense::default()
                }
            })
            .collect();
        let dense = |at: usize| dense.get(self.experts.get(at)?.same);
        let said: Vec<f64> = bank
            .experts
            .iter()
            .enumerate()
            .map(|(at, expert)| {
                let raw = dense(at).map_or(0.0, |dense| dense.raw);
                let heard = Heard::of(expert, at, shown);
                expert.head.calibration.log_odds(raw, heard.score, words) + heard.surprise
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
        let decided = bank
            .experts
            .get(joined.decided)
            .zip(self.experts.get(joined.decided));
        if let (Some((expert, bound)), Some(dense)) = (decided, dense(joined.decided)) {
            let heard = Heard::of(expert, joined.decided, shown);
            // What the trees say of each term and of the n-gram score, against what they usually say.
            let told = bound.forest.as_ref().map(|forest| forest.told(&dense.leaves));
            let told = told.unwrap_or_default();
            let typical = expert.prior.ln() + bound.typical(expert, heard.usual, words);
            score.expert = &expert.name;
            score.baseline = bank.calibration.log_odds(typical, 0.0, words);
            score.parts = bound.parts(expert, (dense, &told), heard, (outer, words));
        }
        score
    }
}

impl BoundExpert {
    /// What terms and trees read in a text, given the n-gram score.
    fn read(&self, expert: &Expert, shown: &Shown<'_>, ngram: f64, groups: &[&str]) -> Dense {
        let values = self.inputs.iter().map(|input| value(input, shown, groups));
        let values: Vec<Option<f64>> = values.collect();
        let leaves = self
            .forest
            .as_ref()
            .map(|forest| forest.leaves(&values, Some(ngram)));
        let leaves = leaves.unwrap_or_default();
        let trees = self.forest.as_ref().map_or(0.0, |forest| forest.raw(&leaves));
        Dense {
            raw: expert.head.additive(&values) + trees,
            values,
            leaves,
        }
    }

    /// Log-odds of a typical human text of so many words, given the n-gram score that is usual.
    fn typical(&self, expert: &Expert, ngram: f64, words: u32) -> f64 {
        let head = &expert.head;
        let terms = head.terms.iter();
        let usual = terms.fold(head.intercept, |sum, term| sum + term.usual);
        let trees = self.forest.as_ref().map_or(0.0, Forest::usual);
        head.calibration.log_odds(usual + trees, ngram, words)
    }

    /// The parts of an expert's score: of each term, of the n-gram score, of the surprisal; `outer` is the slope of the axis.
    fn parts<'a>(
        &self,
        expert: &'a Expert,
        (dense, told): (&Dense, &[f64]),
        heard: Heard,
        (outer, words): (f64, u32),
    ) -> Vec<Part<'a>> {
        let head = &expert.head;
        let slope = outer * head.calibration.slope_at(words);
        let told = |at: usize| told.get(at).copied().unwrap_or(0.0);
        let terms = head.terms.iter().zip(&dense.values).zip(&self.about);
        let terms = terms.enumerate().map(|(at, ((term, &observed), about))| Part {
            name: &term.feature,
            about,
            log_odds: slope * (term.part(observed) - term.usual + told(at)),
            observed,
            typical: term.typical,
        });
        let ngram = expert.ngram.map(|usual| Part {
            name: NGRAM_TERM,
            about: "",
            log_odds: outer * head.calibration.ngram_at(words) * (heard.score - heard.usual)
                + slope * told(head.terms.len()),
            observed: heard.observed,
            typical: usual.typical,
        });
        // Of a usual text it has no part, so that there is nothing to tell it against.
        let surprise = expert.surprise.as_ref().map(|surprise| Part {
            name: SURPRISAL_TERM,
            about: super::surprisal::ABOUT,
            log_odds: outer * heard.surprise,
            observed: heard.surprisal,
            typical: surprise.usual.typical,
        });
        terms.chain(ngram).chain(surprise).collect()
    }
}

/// What an expert hears of the stages that read words.
#[derive(Debug, Clone, Copy)]
struct Heard {
    /// The n-gram score, if there is one.
    observed: Option<f64>,
    /// The same; where there is none, it says what is usual.
    score: f64,
    usual: f64,
    /// The mean surprisal, if there is one, and the log-odds that it moves the expert by.
    surprisal: Option<f64>,
    surprise: f64,
}

impl Heard {
    fn of(expert: &Expert, at: usize, shown: &Shown<'_>) -> Self {
        let usual = expert.ngram.map_or(0.0, |usual| usual.mean);
        let observed = expert.ngram.and_then(|_| shown.ngram.get(at).copied());
        let surprise = expert.surprise.as_ref().zip(shown.surprisal);
        Self {
            observed,
            score: observed.unwrap_or(usual),
            usual,
            surprisal: shown.surprisal,
            surprise: surprise.map_or(0.0, |(surprise, mean)| surprise.part(mean, shown.words)),
        }
    }
}

/// Whether two heads give every text the same raw score. Trees that hear an n-gram score hear that of their own expert.
fn alike(one: &Head, other: &Head) -> bool {
    let deaf = |head: &Head| {
        head.trees
            .as_ref()
            .is_none_or(|trees| trees.cuts.len() == head.terms.len())
    };
    let same = one.intercept.to_bits() == other.intercept.to_bits();
    same && one.terms == other.terms && one.trees == other.trees && deaf(one)
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

/// Where the values of a head's terms come from.
fn inputs(head: &Head) -> Result<Vec<Input>, BindError> {
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
    let terms = head.terms.iter();
    terms.map(|term| input(&term.feature, term.version)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;

    #[test]
    fn a_second_stage_that_two_experts_share_is_read_once() {
        let mut model = Model::from_bytes(include_bytes!("../../models/default/default.model")).unwrap();
        let same = |bank: &Bank| -> Vec<usize> {
            let bound = Bound::of("machine", bank).unwrap();
            bound.experts.iter().map(|expert| expert.same).collect()
        };
        assert_eq!(same(&model.machine), [0, 0, 2]);
        let kept = model.machine.clone();
        model.machine.experts[1].head.intercept += 0.5;
        assert_eq!(same(&model.machine), [0, 1, 2]);
        model.machine = kept;
        // Trees that hear an n-gram score say something else for each expert.
        for expert in &mut model.machine.experts[..2] {
            let trees = expert.head.trees.as_mut().unwrap();
            trees.cuts.push(Vec::new());
            trees.usual.push(0.0);
        }
        assert_eq!(same(&model.machine), [0, 1, 2]);
    }
}
