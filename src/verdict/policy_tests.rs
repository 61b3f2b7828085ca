//! What the policy must and must never do.

use proptest::prelude::*;

use super::*;
use crate::document::Span;
use crate::signature::{Kind, Place, Strength};
use crate::verdict::{Abstention, Declared, Figures, FoundSign, Machine, Syndicated};

fn verdict() -> Verdict {
    Verdict {
        format: crate::verdict::FORMAT,
        id: "a".into(),
        source: None,
        model: "m".into(),
        profile: None,
        words: 400,
        language: "en".into(),
        declared: Declared::default(),
        machine: Machine {
            probability: 0.2,
            log_odds: -1.4,
            p_value: 0.6,
            resembles: None,
            abstained: None,
        },
        syndicated: Syndicated {
            probability: 0.1,
            log_odds: -2.2,
            head: "document",
            abstained: None,
            sources: Vec::new(),
        },
        signs: Vec::new(),
        figures: Figures::default(),
        evidence: Vec::new(),
        action: Action::Reject,
        decided_by: vec![Axis::None],
        reasons: vec!["stale".into()],
        parts: None,
    }
}

fn sign(id: &str, place: Place, quoted: bool) -> FoundSign {
    FoundSign {
        id: id.into(),
        kind: if place == Place::Markup {
            Kind::Provenance
        } else {
            Kind::Declared
        },
        axis: Axis::Declared,
        strength: Strength::Decisive,
        place,
        span: (place == Place::Text).then(|| Span::new(3, 9)),
        text: "made\nby a \u{1b}[31mmachine".into(),
        quoted,
    }
}

fn declaring(place: Place, quoted: bool) -> Verdict {
    let mut verdict = verdict();
    verdict.signs = vec![sign("decl.test", place, quoted)];
    verdict.declared = Declared {
        found: true,
        producer: Some("Quillbox".into()),
        by: vec!["decl.test".into()],
        linked: Vec::new(),
    };
    verdict
}

fn decided(mut verdict: Verdict) -> Verdict {
    Policy::default().decide(&mut verdict);
    verdict
}

#[test]
fn the_shipped_file_is_read_and_acts() {
    let policy = Policy::from_toml(Policy::shipped_toml()).unwrap();
    assert_eq!(policy, Policy::default());
    assert_ne!(policy, Policy::ALLOW_ALL);
    assert_eq!(policy.declared, Action::Hold);
    let (flag, hold) = (policy.machine.flag.unwrap(), policy.machine.hold.unwrap());
    assert!(
        flag.p_value <= 0.01,
        "one false alarm in a hundred is the most that ships"
    );
    assert!(hold.p_value <= flag.p_value);
    assert_eq!(policy.machine.reject, None, "style alone never rejects");
    assert_eq!(policy.syndicated.flag, None);
}

#[test]
fn nothing_found_is_allowed_without_reasons() {
    let verdict = decided(verdict());
    assert_eq!(verdict.action, Action::Allow);
    assert_eq!(verdict.decided_by, []);
    assert_eq!(verdict.reasons, Vec::<String>::new());
}

#[test]
fn a_quoted_passage_begins_with_its_own_sentence() {
    let mut verdict = declaring(Place::Text, false);
    for sign in &mut verdict.signs {
        sign.text = ". Odd is a bot.".into();
    }
    let verdict = decided(verdict);
    assert!(
        verdict.reasons[0].contains("\u{201c}Odd is a bot.\u{201d}"),
        "{:?}",
        verdict.reasons
    );
}

#[test]
fn a_declaration_holds_and_is_quoted_on_one_clean_line() {
    let verdict = decided(declaring(Place::Text, false));
    assert_eq!(verdict.action, Action::Hold);
    assert_eq!(verdict.decided_by, [Axis::Declared]);
    assert_eq!(
        verdict.reasons,
        [
            "The text carries \u{201c}made by a [31mmachine\u{201d}, which says that a machine wrote it or \
          helped to write it (named: Quillbox)."
        ]
    );
}

#[test]
fn a_declaration_in_the_markup_counts() {
    let verdict = decided(declaring(Place::Markup, false));
    assert_eq!(verdict.action, Action::Hold);
    assert!(
        verdict.reasons[0].starts_with("The page's metadata carries"),
        "{:?}",
        verdict.reasons
    );
}

#[test]
fn a_quoted_declaration_never_acts_even_where_the_axis_says_found() {
    let verdict = decided(declaring(Place::Text, true));
    assert_eq!(verdict.action, Action::Allow);
    assert!(verdict.reasons.is_empty());
}

#[test]
fn many_deciding_signs_are_counted_not_listed() {
    let mut v = declaring(Place::Text, false);
    for n in 0..6 {
        let id = format!("decl.more{n}");
        let mut one = sign(&id, Place::Text, false);
        one.text = format!("{} {n}", one.text);
        v.signs.push(one.clone());
        v.signs.push(one);
        v.declared.by.push(id);
    }
    let verdict = decided(v);
    assert_eq!(verdict.reasons.len(), 4);
    assert_eq!(
        verdict.reasons[3],
        "4 further signs of this kind are listed in the evidence."
    );
}

#[test]
fn a_passage_that_two_signs_rest_on_is_read_once() {
    let mut v = declaring(Place::Text, false);
    v.signs.push(sign("decl.same-passage", Place::Text, false));
    v.declared.by.push("decl.same-passage".to_owned());
    assert_eq!(decided(v).reasons.len(), 1);
}

#[test]
fn style_needs_both_conditions() {
    let with = |probability, p_value| {
        let mut v = verdict();
        v.machine.probability = probability;
        v.machine.p_value = p_value;
        decided(v)
    };
    assert_eq!(with(0.95, 0.004).action, Action::Flag);
    assert_eq!(with(0.95, 0.006).action, Action::Allow);
    assert_eq!(with(0.89, 0.001).action, Action::Allow);
    assert_eq!(with(0.99, 0.001).action, Action::Hold);
    assert_eq!(with(0.99, 0.004).action, Action::Flag);
    assert_eq!(with(f64::NAN, 0.0).action, Action::Allow);
    assert_eq!(with(1.0, f64::NAN).action, Action::Allow);
    let flagged = with(0.95, 0.004);
    assert_eq!(
        flagged.reasons,
        [
            "The style measures like machine-written text (probability 95.0 %): of 1,000 human texts of this length \
          about 4 score this high. This is an estimate from style, not a proof."
        ]
    );
    assert_eq!(flagged.decided_by, [Axis::Machine]);
}

#[test]
fn the_strictest_wins_and_all_that_asked_are_told_strictest_first() {
    let mut v = declaring(Place::Byline, false);
    v.machine.probability = 0.95;
    v.machine.p_value = 0.004;
    v.syndicated.probability = 0.97;
    let v = decided(v);
    assert_eq!(v.action, Action::Hold);
    assert_eq!(v.decided_by, [Axis::Declared]);
    assert_eq!(v.reasons.len(), 3);
    assert!(v.reasons[0].starts_with("The byline carries"));
    assert!(v.reasons[1].starts_with("The style measures"));
    assert!(v.reasons[2].ends_with("leads to no action."));
}

#[test]
fn syndication_is_a_note_by_default_and_an_action_if_asked_for() {
    let mut v = verdict();
    v.syndicated.probability = 0.97;
    let noted = decided(v.clone());
    assert_eq!(noted.action, Action::Allow);
    assert_eq!(noted.reasons.len(), 1);
    let policy = Policy::from_toml("format = 1\n[syndicated]\nflag = { probability = 0.95 }\n").unwrap();
    policy.decide(&mut v);
    assert_eq!(v.action, Action::Flag);
    assert_eq!(v.decided_by, [Axis::Syndicated]);
    assert_eq!(policy.declared, Action::Allow, "keys left out mean never");
}

#[test]
fn shares_are_told_in_whole_texts() {
    let say = |p| reasons::humans_as_high(p);
    assert_eq!(
        say(0.5),
        "100 human texts of this length about 50 score this high"
    );
    assert_eq!(
        say(0.005),
        "1,000 human texts of this length about 5 score this high"
    );
    assert_eq!(
        say(0.0004),
        "10,000 human texts of this length about 4 score this high"
    );
    assert_eq!(
        say(0.0001),
        "10,000 human texts of this length about 1 scores this high"
    );
    assert_eq!(
        say(0.0),
        "10,000 human texts of this length fewer than 1 scores this high"
    );
}

#[test]
fn no_probability_is_told_as_certain() {
    assert_eq!(reasons::percent(1.0), "99.9 %");
    assert_eq!(reasons::percent(0.0), "0.1 %");
    assert_eq!(reasons::percent(0.5), "50 %");
    assert_eq!(reasons::percent(0.976), "97.6 %");
}

fn error(text: &str) -> PolicyError {
    Policy::from_toml(text).unwrap_err()
}

#[test]
fn mistakes_are_named_with_their_line() {
    let unknown = error("format = 1\n\n[machine]\nflagg = { p_value = 0.1, probability = 0.9 }\n");
    assert_eq!(unknown.line, Some(4));
    assert!(unknown.message.contains("flagg"), "{unknown}");

    let inner = error("format = 1\n[machine]\nflag = { p_value = 0.1, probability = 0.9, words = 3 }\n");
    assert_eq!(inner.line, Some(3));
    assert!(inner.message.contains("words"), "{inner}");

    let range = error("format = 1\n[machine]\nflag = { p_value = 5, probability = 0.9 }\n");
    assert_eq!(
        range.to_string(),
        "line 3: [machine] flag: p_value is 5; it must lie between 0 and 1"
    );

    let nan = error("format = 1\n[syndicated]\n\nflag = { probability = nan }\n");
    assert_eq!(nan.line, Some(4));

    let order = error(
        "format = 1\n[machine]\nflag = { p_value = 0.01, probability = 0.9 }\nhold = { p_value = 0.02, probability = 0.99 }\n",
    );
    assert_eq!(order.line, Some(4));
    assert!(
        order.message.contains("hold is reached more easily than flag"),
        "{order}"
    );

    let action = error("format = 1\n[declared]\naction = \"ban\"\n");
    assert_eq!(action.line, Some(3));
    assert!(action.message.contains("ban"), "{action}");

    let format = error("format = 2\n");
    assert_eq!(
        (format.line, format.message.contains("format 2")),
        (Some(1), true)
    );

    assert!(
        error("[machine]\n").message.contains("format"),
        "the format must be stated"
    );
    assert_eq!(error("format = 1\n[machine\n").line, Some(2));
}

fn abstention() -> impl Strategy<Value = Abstention> {
    prop_oneof![
        Just(Abstention::TooShort),
        Just(Abstention::Language),
        Just(Abstention::NotProse)
    ]
}

proptest! {
    /// Whatever the numbers: a silent axis and quoted signs lead to nothing.
    #[test]
    fn silent_axes_never_act(
        probability in proptest::num::f64::ANY,
        p_value in proptest::num::f64::ANY,
        syndicated in proptest::num::f64::ANY,
        why in abstention(),
        quoted_sign in any::<bool>(),
        found in any::<bool>(),
    ) {
        let mut v = verdict();
        v.machine.probability = probability;
        v.machine.p_value = p_value;
        v.machine.abstained = Some(why);
        v.syndicated.probability = syndicated;
        v.syndicated.abstained = Some(why);
        if quoted_sign {
            v.signs.push(sign("decl.test", Place::Text, true));
            v.declared.found = found;
            v.declared.by = vec!["decl.test".into()];
        }
        let everything = Policy::from_toml(
            "format = 1\n[declared]\naction = \"reject\"\n\
             [machine]\nreject = { p_value = 1, probability = 0 }\n[syndicated]\nreject = { probability = 0 }\n",
        ).unwrap();
        for policy in [Policy::default(), everything] {
            policy.decide(&mut v);
            prop_assert_eq!(v.action, Action::Allow);
            prop_assert!(v.reasons.is_empty());
            prop_assert!(v.decided_by.is_empty());
        }
    }

    /// An action always comes with an axis and a reason, and more suspicion never softens it.
    #[test]
    fn actions_have_reasons_and_grow_with_suspicion(
        probability in 0.0..=1.0f64, more in 0.0..=1.0f64,
        p_value in 0.0..=1.0f64, less in 0.0..=1.0f64,
    ) {
        let at = |probability: f64, p_value: f64| {
            let mut v = verdict();
            v.machine.probability = probability;
            v.machine.p_value = p_value;
            decided(v)
        };
        let (mild, strict) = (at(probability, p_value), at(probability.max(more), p_value.min(less)));
        prop_assert!(strict.action >= mild.action);
        for v in [mild, strict] {
            prop_assert_eq!(v.action > Action::Allow, !v.decided_by.is_empty());
            prop_assert_eq!(v.action > Action::Allow, !v.reasons.is_empty());
        }
    }
}
