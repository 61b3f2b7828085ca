//! The stages of training, in order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::TrainError;
use super::calibrate::{Calibrated, usual_ngram};
use super::crossfit::{machine_head, ngram_scores, training_rows};
use super::evaluate::left_out_scores;
use super::row::{Columns, Label, Row};
use super::sets::FAMILIES;
use super::{corpus, sets, surprisal, syndicated, table};
use crate::engine::Stages;
use crate::model::{
    Bank, Expert, Model, NgramStage, Probe, Scorer, Shown, Surprisal, Training, lexicon_digests,
};

/// Name of the model that this code trains; raised with every model that is shipped.
pub const NAME: &str = "default-8";
/// Fewest words of prose that the machine axis speaks on.
pub const MIN_WORDS: u32 = 60;
/// Smallest share of prose that the machine axis speaks on.
const MIN_PROSE_SHARE: f64 = 0.5;

/// Texts written for this project whose scores are frozen in the model.
const PROBES: &str = include_str!("../../models/probes.toml");

/// The stages that are trained on the words of texts, and therefore not from the tables.
#[derive(Debug, Clone)]
pub struct Words {
    /// The n-gram stage.
    pub ngram: NgramStage,
    /// The language model; older models have none.
    pub surprisal: Option<Surprisal>,
}

/// Reads and measures the corpora and the texts of our own (the folder `own` of data sets), trains the stages of words, and writes the feature
/// tables.
///
/// # Errors
/// See [`TrainError`].
pub fn tables(
    corpora: &Path,
    own: &Path,
    folder: &Path,
    stages: &Stages,
    say: &(dyn Fn(&str) + Sync),
) -> Result<Words, TrainError> {
    let (columns, mut rows) = read(corpora, own, stages)?;
    say(&format!(
        "{} texts measured, {} columns",
        rows.len(),
        columns.all.len()
    ));
    let ngram = ngram_scores(&mut rows, say);
    let surprisal = surprisal::cross_fitted(&mut rows, say);
    let [units, pairs, triples] = surprisal.costs.known();
    say(&format!(
        "language model: {units} units, {pairs} pairs, {triples} triples"
    ));
    table::write(folder, &columns, &rows)?;
    Ok(Words {
        ngram,
        surprisal: Some(surprisal),
    })
}

/// Reads and measures the corpora and the texts of our own.
///
/// # Errors
/// See [`corpus::read`].
pub fn read(corpora: &Path, own: &Path, stages: &Stages) -> Result<(Columns, Vec<Row>), TrainError> {
    let counted: BTreeMap<String, String> = stages.counted().map(|used| (used.id, used.group)).collect();
    let mut rows = corpus::read(corpora, own, stages)?;
    let columns = Columns::fill(&mut rows, &counted, &syndicated::uses);
    Ok((columns, rows))
}

/// Trains both heads from feature tables, calibrates them on left-out scores, and binds the result.
///
/// # Errors
/// See [`TrainError`].
pub fn model(
    folder: &Path,
    words: Words,
    stages: &Stages,
    say: &(dyn Fn(&str) + Sync),
) -> Result<Model, TrainError> {
    let (columns, rows) = table::read(folder)?;
    let raw = left_out_scores(&rows, &columns, say)?;
    let known: Vec<(&Row, &[f64])> = rows
        .iter()
        .zip(raw.iter().map(Vec::as_slice))
        .filter(|(row, _)| row.label != Label::Unknown)
        .collect();
    let calibrated = Calibrated::fit(&known)?;
    let mut experts: Vec<Expert> = Vec::new();
    for (index, (family, stacked)) in FAMILIES.iter().zip(&calibrated.experts).enumerate() {
        let mut head = match experts.get(sets::stage_of(index)) {
            Some(trained) => trained.head.clone(),
            None => machine_head(&rows, &columns, index)?,
        };
        head.calibration = stacked.calibration;
        experts.push(Expert {
            name: family.name.to_owned(),
            prior: family.prior,
            weak: family.weak,
            head,
            ngram: Some(usual_ngram(&rows, index)),
            surprise: stacked.surprise,
        });
        say(&format!("expert {index}"));
    }
    // Tables without the column teach no expert to hear it.
    let heard = experts.iter().any(|expert| expert.surprise.is_some());
    let machine = Bank {
        experts,
        calibration: calibrated.joined,
        conformal: calibrated.tail,
    };
    let (syndicated, syndicated_rows) = syndicated::train(&rows, &columns)?;
    say("syndicated head");
    let mut fitted: BTreeSet<(usize, &str, bool)> = BTreeSet::new();
    let mut counts = [0; 2];
    for row in (0..FAMILIES.len()).flat_map(|expert| training_rows(&rows, expert)) {
        if fitted.insert((row.set, &row.id, row.cut))
            && let Some(count) = counts.get_mut(usize::from(row.label == Label::Machine))
        {
            *count += 1;
        }
    }
    let mut model = Model {
        name: NAME.to_owned(),
        language: "en".to_owned(),
        min_words: MIN_WORDS,
        min_prose_share: MIN_PROSE_SHARE,
        machine,
        syndicated,
        ngram: words.ngram,
        surprisal: words.surprisal.filter(|_| heard),
        lexicons: lexicon_digests(),
        signatures: stages.counted().collect(),
        training: Training {
            rows: counts,
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
    let heads = model.machine.experts.iter().map(|expert| &expert.head);
    let used: BTreeSet<&str> = heads
        .flat_map(|head| head.terms.iter().map(|term| term.feature.as_str()))
        .collect();
    let probe = |text: &String| {
        let seen = stages.observe_style(text);
        let ngram = scorer.ngram_scores(&scorer.look_up(&seen.reading.grams));
        let shown = Shown {
            words: seen.words,
            features: &seen.features,
            ngram: &ngram,
            surprisal: scorer.surprisal(&seen.reading.units),
            signs: &seen.signs,
        };
        let measured = |name: &str| Some((name.to_owned(), seen.features.get(name)?));
        Probe {
            text: text.clone(),
            machine: scorer.machine(&shown).log_odds,
            syndicated: scorer.syndicated(&shown).log_odds,
            features: used.iter().filter_map(|name| measured(name)).collect(),
        }
    };
    Ok(texts.text.iter().map(probe).collect())
}
