//! A model that does not fit is refused, and the message names what does not fit.

use super::{
    BindError, Costs, FileError, Model, SURPRISAL_TERM, Scorer, Shown, Surprisal, Surprise, Trees, Usual,
    pair,
};
use crate::engine::Stages;
use crate::measure::ngram::{self, Unit};
use crate::signature::Catalogue;

fn shipped() -> Model {
    Model::from_bytes(include_bytes!("../../models/default/default.model")).unwrap()
}

fn bind(model: Model) -> Result<(), BindError> {
    Stages::new(Catalogue::shipped().unwrap()).bind(model).map(|_| ())
}

#[test]
fn the_shipped_model_binds_and_its_probes_replay() {
    let model = shipped();
    assert!(model.probes.len() >= 8);
    assert_eq!(bind(model), Ok(()));
}

#[test]
fn a_renamed_feature_is_refused() {
    let mut model = shipped();
    model.machine.experts[0].head.terms[0].feature = "rhythm.no_such_feature".into();
    assert_eq!(
        bind(model),
        Err(BindError::Missing("rhythm.no_such_feature".into()))
    );
}

#[test]
fn a_reversioned_feature_is_refused() {
    let mut model = shipped();
    model.machine.experts[0].head.terms[0].version += 1;
    assert!(matches!(bind(model), Err(BindError::Version { .. })));
}

#[test]
fn a_changed_weight_is_seen_by_the_probes() {
    let mut model = shipped();
    for expert in &mut model.machine.experts {
        expert.head.intercept += 0.01;
    }
    assert!(matches!(bind(model), Err(BindError::Probe { .. })));
    let mut model = shipped();
    for expert in &mut model.ngram.experts {
        expert.scale = -expert.scale;
    }
    assert!(matches!(bind(model), Err(BindError::Probe { .. })));
}

#[test]
fn a_silently_changed_feature_is_seen_by_the_probes() {
    let mut model = shipped();
    model.probes[0].features[0].1 += 0.5;
    assert!(matches!(bind(model), Err(BindError::Probe { index: 0, .. })));
}

#[test]
fn other_lexicons_and_signatures_are_refused() {
    let mut model = shipped();
    model.lexicons[0].1 = "0".repeat(64);
    assert!(matches!(bind(model), Err(BindError::Lexicon(_))));
    let mut model = shipped();
    if let Some(used) = model.signatures.first_mut() {
        used.digest = "0".repeat(64);
        assert!(matches!(bind(model), Err(BindError::Signature(_))));
    }
}

#[test]
fn an_inverted_or_empty_head_is_refused() {
    let mut model = shipped();
    model.machine.experts[1].head.positive = "human".into();
    assert!(matches!(
        bind(model),
        Err(BindError::Orientation { head: "machine", .. })
    ));
    let mut model = shipped();
    model
        .machine
        .experts
        .iter_mut()
        .flat_map(|expert| &mut expert.head.terms)
        .flat_map(|term| &mut term.weights)
        .for_each(|weight| *weight = 0.0);
    assert_eq!(bind(model), Err(BindError::AllZero("machine")));
}

#[test]
fn a_tree_that_leads_nowhere_is_refused_and_another_value_is_seen_by_the_probes() {
    let changed = |change: &dyn Fn(&mut Trees)| {
        let mut model = shipped();
        let trees = model
            .machine
            .experts
            .iter_mut()
            .filter_map(|expert| expert.head.trees.as_mut());
        trees.for_each(change);
        bind(model)
    };
    assert_eq!(changed(&|_| ()), Ok(()));
    let lost = changed(&|trees| trees.trees[0][0].right = 9999);
    assert_eq!(lost, Err(BindError::Trees("machine")));
    let nodes = |trees: &mut Trees| trees.trees.iter_mut().flatten().for_each(|node| node.value += 9);
    assert!(matches!(changed(&nodes), Err(BindError::Probe { .. })));
}

#[test]
fn a_file_survives_a_round_trip_and_nothing_less() {
    let model = shipped();
    let bytes = model.to_bytes().unwrap();
    assert_eq!(Model::from_bytes(&bytes).unwrap(), model);
    for length in [0, 7, 8, 12, 31, 63, 64, 1000, bytes.len() - 1] {
        assert!(Model::from_bytes(&bytes[..length]).is_err(), "{length}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(matches!(Model::from_bytes(&longer), Err(FileError::Checksum)));
    let mut flipped = bytes.clone();
    flipped[5000] ^= 1;
    assert!(matches!(Model::from_bytes(&flipped), Err(FileError::Checksum)));
    let mut newer = bytes.clone();
    newer[12] = 9;
    assert!(matches!(
        Model::from_bytes(&newer),
        Err(FileError::Format { oldest_reader: 9, .. })
    ));
    // The format before this one had no trees, and is read still.
    let mut older = bytes.clone();
    (older[8], older[12]) = (4, 4);
    assert_eq!(Model::from_bytes(&older).unwrap(), model);
    (older[8], older[12]) = (3, 3);
    assert!(matches!(
        Model::from_bytes(&older),
        Err(FileError::Format { found: 3, .. })
    ));
    assert!(matches!(
        Model::from_bytes(b"PK\x03\x04 something else"),
        Err(FileError::Foreign)
    ));
}

/// The shipped model with a small language model, which its first expert hears; its probes were frozen without one.
fn listening() -> Model {
    let mut model = shipped();
    model.probes.clear();
    let units = [(0, [0, 3]), (5, [40, 2]), (9, [60, 1])];
    model.surprisal = Some(Surprisal {
        version: ngram::VERSION,
        unknown: 200,
        costs: Costs::new(&units, &[(pair(5, 9), [20, 0])], &[]).unwrap(),
    });
    model.machine.experts[0].surprise = Some(Surprise {
        usual: Usual {
            mean: 5.0,
            typical: [4.8, 5.2],
        },
        slopes: [-2.0, -0.5],
        by_length: [-0.5, 0.1],
    });
    model
}

#[test]
fn a_language_model_survives_its_file_and_one_may_be_missing() {
    let without = Model {
        surprisal: None,
        ..shipped()
    };
    assert_eq!(Model::from_bytes(&without.to_bytes().unwrap()).unwrap(), without);
    let model = listening();
    let bytes = model.to_bytes().unwrap();
    assert_eq!(Model::from_bytes(&bytes).unwrap(), model);
    let claiming = |change: i8| {
        let mut claimed = bytes.clone();
        claimed[64] = claimed[64].wrapping_add_signed(change);
        Model::from_bytes(&claimed)
    };
    assert!(matches!(claiming(1), Err(FileError::Length { .. })));
    assert!(matches!(claiming(-1), Err(FileError::Longer { .. })));
    let mut huge = bytes.clone();
    huge[71] = 0xFF;
    assert!(matches!(
        Model::from_bytes(&huge),
        Err(FileError::TooLarge { .. })
    ));
    // A byte moved from the n-grams to the language model: the lengths still add up.
    let mut moved = bytes.clone();
    let ngram = u64::from_le_bytes(bytes[24..32].try_into().unwrap()) - 1;
    let own = u64::from_le_bytes(bytes[64..72].try_into().unwrap()) + 1;
    moved[24..32].copy_from_slice(&ngram.to_le_bytes());
    moved[64..72].copy_from_slice(&own.to_le_bytes());
    assert!(matches!(Model::from_bytes(&moved), Err(FileError::Buckets)));
}

#[test]
fn a_language_model_of_other_units_is_refused() {
    let mut model = listening();
    if let Some(surprisal) = &mut model.surprisal {
        surprisal.version += 1;
    }
    assert!(matches!(bind(model), Err(BindError::Version { .. })));
}

#[test]
fn the_surprisal_is_a_part_of_the_evidence_which_still_adds_up() {
    let stages = Stages::new(Catalogue::shipped().unwrap());
    let text = &shipped().probes[0].text;
    let seen = stages.observe_style(text);
    let score = |scorer: &Scorer, surprisal: Option<f64>| {
        let shown = Shown {
            words: seen.words,
            features: &seen.features,
            ngram: &scorer.ngram_scores(&scorer.look_up(&seen.reading.grams)),
            surprisal,
            signs: &seen.signs,
        };
        let score = scorer.machine(&shown);
        let parts: f64 = score.parts.iter().map(|part| part.log_odds).sum();
        assert!((score.baseline + score.others + parts - score.log_odds).abs() < 1e-9);
        let told = score.parts.iter().find(|part| part.name == SURPRISAL_TERM);
        (score.log_odds, told.map(|part| (part.log_odds, part.observed)))
    };
    // The first expert alone, so that it decides.
    let mut alone = listening();
    for expert in &mut alone.machine.experts[1..] {
        expert.prior = 1e-300;
    }
    let scorer = stages.bind(alone).unwrap();
    let (usual, nothing) = score(&scorer, Some(5.0));
    assert_eq!(nothing, Some((0.0, Some(5.0))));
    assert_eq!(score(&scorer, None), (usual, Some((0.0, None))));
    let (low, told) = score(&scorer, Some(4.0));
    assert!(low > usual && told.is_some_and(|(part, _)| part > 0.0));
    assert!(score(&scorer, Some(7.0)).0 < usual);
    let mean = scorer.surprisal(&[
        Unit::START,
        Unit { word: 5, class: 1 },
        Unit { word: 9, class: 1 },
    ]);
    assert_eq!(mean, Some((3.0 + 40.0 + 20.0) / 2.0 / super::STEPS));
}

#[test]
fn the_parts_of_every_expert_add_up_to_its_score() {
    let stages = Stages::new(Catalogue::shipped().unwrap());
    let texts: Vec<String> = shipped().probes.into_iter().map(|probe| probe.text).collect();
    for decides in 0..shipped().machine.experts.len() {
        let mut alone = shipped();
        alone.probes.clear();
        for (at, expert) in alone.machine.experts.iter_mut().enumerate() {
            expert.prior = if at == decides { 1.0 } else { 1e-300 };
        }
        let scorer = stages.bind(alone).unwrap();
        for text in &texts {
            let seen = stages.observe_style(text);
            let score = scorer.machine(&Shown {
                words: seen.words,
                features: &seen.features,
                ngram: &scorer.ngram_scores(&scorer.look_up(&seen.reading.grams)),
                surprisal: scorer.surprisal(&seen.reading.units),
                signs: &seen.signs,
            });
            assert_eq!(score.decided, decides);
            let parts: f64 = score.parts.iter().map(|part| part.log_odds).sum();
            let sum = score.baseline + score.others + parts;
            assert!(
                (sum - score.log_odds).abs() < 1e-9,
                "{decides}: {sum} of {}",
                score.log_odds
            );
        }
    }
}
