//! What a model must be before it is bound.

use sha2::{Digest, Sha256};

use super::error::BindError;
use super::head::Head;
use super::{Bank, Expert, Model};
use crate::measure::{self, ngram};

pub(super) fn check_bank(name: &'static str, bank: &Bank) -> Result<(), BindError> {
    let sound = |expert: &Expert| {
        let weak = expert
            .weak
            .is_none_or(|weak| weak.below.is_finite() && weak.times.is_finite() && weak.times >= 1.0);
        expert.prior > 0.0 && weak
    };
    if bank.experts.is_empty() || !bank.experts.iter().all(sound) {
        return Err(BindError::Malformed(name.to_owned()));
    }
    bank.experts
        .iter()
        .try_for_each(|expert| check_head(name, &expert.head))
}

pub(super) fn check_head(name: &'static str, head: &Head) -> Result<(), BindError> {
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

pub(super) fn check_lexicons(model: &Model) -> Result<(), BindError> {
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

pub(super) fn check_version(name: &str, trained: u16, built: u16) -> Result<(), BindError> {
    if trained == built {
        return Ok(());
    }
    Err(BindError::Version {
        name: name.to_owned(),
        trained,
        built,
    })
}
