//! What a profile promises.

use super::*;

fn shipped() -> Model {
    Model::from_bytes(include_bytes!("../../models/default/default.model")).unwrap()
}

/// So many own texts of 120 words with scores 0, 0.1, 0.2 ...
fn profile(count: u32) -> Profile {
    let own: Vec<(u32, f64)> = (0..count).map(|n| (120, f64::from(n) / 10.0)).collect();
    Profile::new("mine", &shipped(), &own).unwrap()
}

#[test]
fn a_profile_comes_back_from_its_file() {
    let profile = profile(250);
    let text = profile.to_toml();
    assert_eq!(Profile::from_toml(&text, &shipped()), Ok(profile));
}

#[test]
fn with_enough_own_texts_the_shipped_table_plays_no_part() {
    let profile = profile(399);
    for shipped in [0.0001, 0.5, 1.0] {
        assert!((profile.p_value(120, 39.85, shipped) - 1.0 / 400.0).abs() < 1e-12);
        assert!((profile.p_value(120, 39.8, shipped) - 2.0 / 400.0).abs() < 1e-12);
        assert!((profile.p_value(120, -1.0, shipped) - 1.0).abs() < 1e-12);
    }
}

#[test]
fn few_own_texts_are_filled_up_but_never_overruled() {
    let profile = profile(50);
    // 3 of 50 own texts score as high: the shipped table cannot say that fewer do.
    assert!((profile.p_value(120, 4.7, 0.0) - 0.06).abs() < 1e-12);
    // None does: mostly the shipped p-value, never below 1 in 201.
    assert!((profile.p_value(120, 9.0, 0.0) - 1.0 / 201.0).abs() < 1e-12);
    assert!(profile.p_value(120, 9.0, 0.02) > 0.015);
    // A length without own texts.
    assert_eq!(profile.p_value(5_000, 9.0, 0.0123), 0.0123);
}

#[test]
fn p_values_do_not_rise_with_the_score() {
    for count in [20, 100, 199, 200, 500] {
        let profile = profile(count);
        let values: Vec<f64> = (-10..600)
            .map(|step| {
                let score = f64::from(step) / 10.0;
                profile.p_value(120, score, 1.0 / (1.0 + score.max(0.0)))
            })
            .collect();
        assert!(values.is_sorted_by(|one, other| one >= other), "{count}");
        assert!(values.iter().all(|p| *p > 0.0 && *p <= 1.0));
    }
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let model = shipped();
    assert_eq!(
        Profile::new("mine", &model, &[(100, 0.5); 19]),
        Err(ProfileError::TooFew { found: 19 })
    );
    let text = profile(30).to_toml();
    let changed = text.replace("texts = 30", "texts = 31");
    assert_eq!(Profile::from_toml(&changed, &model), Err(ProfileError::Checksum));
    let later = text.replace("format = 1", "format = 9");
    assert_eq!(Profile::from_toml(&later, &model), Err(ProfileError::Format(9)));
    assert!(matches!(
        Profile::from_toml("format = 1", &model),
        Err(ProfileError::Syntax(_))
    ));
    let mut other = shipped();
    other.name = "default-0".to_owned();
    let refused = Profile::from_toml(&text, &other).unwrap_err();
    assert!(refused.to_string().contains("default-0"), "{refused}");
}
