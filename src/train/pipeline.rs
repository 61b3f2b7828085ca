//! The stages of training, in order.

use std::collections::BTreeMap;
use std::path::Path;

use super::TrainError;
use super::calibrate::{conformal, platt};
use super::crossfit::{machine_head, ngram_scores, training_rows};
use super::evaluate::left_out_scores;
use super::row::{Columns, Label, Row};
use super::{corpus, sets, syndicated, table};
use crate::engine::Stages;
use crate::model::{Model, NgramStage, Probe, Scorer, Shown, Training, lexicon_digests};

/// Name of the model that this code trains; raised with every model that is shipped.
pub const NAME: &str = "default-1";
/// Fewest words of prose that the machine axis speaks on.
pub const MIN_WORDS: u32 = 60;
/// Smallest share of prose that the machine axis speaks on.
const MIN_PROSE_SHARE: f64 = 0.5;

/// Texts written for this project whose scores are frozen in the model.
const PROBES: &str = include_str!("../../models/probes.toml");

/// Reads and measures the corpora, trains the n-gram stages, and writes the feature tables.
///
/// # Errors
/// See [`TrainError`].
pub fn tables(
    corpora: &Path,
    folder: &Path,
    stages: &Stages,
    say: &(dyn Fn(&str) + Sync),
) -> Result<NgramStage, TrainError> {
    let counted: BTreeMap<String, String> = stages.counted().map(|used| (used.id, used.group)).collect();
    let columns = Columns::of_build(&counted.values().cloned().collect());
    let mut rows = corpus::read(corpora, stages)?;
    for row in &mut rows {
        columns.fill(row, &counted);
    }
    say(&format!("{} texts measured", rows.len()));
    let stage = ngram_scores(&mut rows, say);
    table::write(folder, &columns, &rows)?;
    Ok(stage)
}

/// Trains both heads from feature tables, calibrates them on left-out scores, and binds the result.
///
/// # Errors
/// See [`TrainError`].
pub fn model(
    folder: &Path,
    ngram: NgramStage,
    stages: &Stages,
    say: &(dyn Fn(&str) + Sync),
) -> Result<Model, TrainError> {
    let (columns, rows) = table::read(folder)?;
    let raw = left_out_scores(&rows, &columns, say)?;
    let known: Vec<(&Row, f64)> = rows
        .iter()
        .zip(raw.iter().copied())
        .filter(|(row, _)| row.label != Label::Unknown)
        .collect();
    let mut machine = machine_head(&rows, &columns, None)?;
    machine.calibration = platt(&known, &|row| row.label == Label::Machine)?;
    machine.conformal = conformal(&known, &|row| row.label == Label::Human);
    say("machine head");
    let (syndicated, syndicated_rows) = syndicated::train(&rows, &columns)?;
    say("syndicated head");
    let fitted = training_rows(&rows, None);
    let humans = fitted.iter().filter(|row| row.label == Label::Human).count();
    let mut model = Model {
        name: NAME.to_owned(),
        language: "en".to_owned(),
        min_words: MIN_WORDS,
        min_prose_share: MIN_PROSE_SHARE,
        machine,
        syndicated,
        ngram,
        lexicons: lexicon_digests(),
        signatures: stages.counted().collect(),
        training: Training {
            rows: [humans, fitted.len() - humans],
            syndicated_rows,
            tables: table::digest(folder)?,
            split: sets::digest(),
        },
        probes: Vec::new(),
    };
    model.signatures.sort_by(|a, b| a.id.cmp(&b.id));
    model.probes = freeze(&model, stages)?;
    stages
        .bind(model.clone())
        .map_err(|error| TrainError::Model(error.to_string()))?;
    Ok(model)
}

#[derive(serde::Deserialize)]
struct ProbeTexts {
    text: Vec<String>,
}

/// Examines the probe texts with the model as it is and freezes what comes out.
fn freeze(model: &Model, stages: &Stages) -> Result<Vec<Probe>, TrainError> {
    let bad = |error: &dyn std::fmt::Display| TrainError::Model(error.to_string());
    let texts: ProbeTexts = toml::from_str(PROBES).map_err(|error| bad(&error))?;
    let scorer: Scorer = stages.bind(model.clone()).map_err(|error| bad(&error))?;
    let probe = |text: &String| {
        let seen = stages.observe_text(text);
        let ngram = scorer.ngram_score(&seen.grams);
        let shown = Shown {
            words: seen.words,
            features: &seen.features,
            ngram,
            signs: &seen.signs,
        };
        let measured = |name: &str| Some((name.to_owned(), seen.features.get(name)?));
        Probe {
            text: text.clone(),
            machine: scorer.machine(&shown).log_odds,
            syndicated: scorer.syndicated(&shown).log_odds,
            features: model
                .machine
                .terms
                .iter()
                .filter_map(|term| measured(&term.feature))
                .collect(),
        }
    };
    Ok(texts.text.iter().map(probe).collect())
}
