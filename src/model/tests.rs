//! A model that does not fit is refused, and the message names what does not fit.

use super::{BindError, FileError, Model};
use crate::engine::Stages;
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
fn a_file_survives_a_round_trip_and_nothing_less() {
    let model = shipped();
    let bytes = model.to_bytes().unwrap();
    assert_eq!(Model::from_bytes(&bytes).unwrap(), model);
    for length in [0, 7, 8, 12, 31, 63, 64, 1000, bytes.len() - 1] {
        assert!(Model::from_bytes(&bytes[..length]).is_err(), "{length}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(matches!(
        Model::from_bytes(&longer),
        Err(FileError::Length { .. })
    ));
    let mut flipped = bytes.clone();
    flipped[5000] ^= 1;
    assert!(matches!(Model::from_bytes(&flipped), Err(FileError::Checksum)));
    let mut newer = bytes.clone();
    newer[12] = 9;
    assert!(matches!(
        Model::from_bytes(&newer),
        Err(FileError::Format { oldest_reader: 9, .. })
    ));
    assert!(matches!(
        Model::from_bytes(b"PK\x03\x04 something else"),
        Err(FileError::Foreign)
    ));
}
