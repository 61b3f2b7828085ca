//! The shipped pair model: that it binds, refuses what does not fit, and judges made-up pairs sensibly.

use super::*;

fn broken(change: impl Fn(&mut Fitted)) -> JudgeError {
    let mut fitted = Judge::shipped().fitted().clone();
    change(&mut fitted);
    Judge::bind(&fitted.write().unwrap()).unwrap_err()
}

#[test]
fn the_shipped_model_binds_and_has_probes() {
    assert!(Judge::bind(SHIPPED).is_ok());
    assert!(Judge::shipped().fitted().probe.len() >= 4);
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let renamed = broken(|fitted| fitted.term[3].feature = "runs.other".to_owned());
    assert!(renamed.to_string().contains("runs.other version 1"), "{renamed}");
    let newer = broken(|fitted| fitted.term[0].version = 9);
    assert!(newer.to_string().contains("passages.more version 9"), "{newer}");
    let short = broken(|fitted| drop(fitted.term.pop()));
    assert!(short.to_string().contains("the file has nothing"), "{short}");
    assert!(matches!(broken(|f| f.format = 7), JudgeError::Format(7)));
    assert!(matches!(broken(|f| f.slope = 0.0), JudgeError::Numbers(_)));
    assert!(matches!(
        broken(|f| f.probe[0].log_odds += 0.5),
        JudgeError::Probe { .. }
    ));
    assert!(matches!(Judge::bind("format = "), Err(JudgeError::File(_))));
}

#[test]
fn the_evidence_adds_up_to_the_log_odds() {
    let probe = &Judge::shipped().fitted().probe[0];
    let copied = Judge::shipped().score(&pair_features(&probe.a, &probe.b));
    let sum: f64 = copied.evidence.iter().map(|part| part.log_odds).sum();
    assert!((sum - copied.log_odds).abs() < 1e-9);
    assert!((copied.log_odds - probe.log_odds).abs() < 1e-6);
}
