//! The verdict: what adds up, what abstains, what declares.

use std::sync::LazyLock;

use byline::signature::Axis;
use byline::verdict::{Abstention, Action};
use byline::{Detector, Document, RawDocument, Verdict};

static DETECTOR: LazyLock<Detector> = LazyLock::new(|| Detector::shipped().unwrap());

fn examine(text: &str) -> Verdict {
    DETECTOR.examine(&Document::new(RawDocument {
        id: "a".into(),
        text: text.into(),
        ..RawDocument::default()
    }))
}

const PROSE: &str = "The harbour board met on Tuesday and, after two hours of argument, put off the vote. Nobody I spoke to was \
surprised. The chandler on the east quay says that she has heard it four times now and that she is not hopeful. The dredger \
costs about forty thousand a week, the money runs out in June, and the ferry company, which pays for a third of it, has said \
that it will not wait. I asked the chairman whether he had a plan; he laughed, and pointed at the rain.";

#[test]
fn a_detector_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Detector>();
    let alone = examine(PROSE);
    let together: Vec<Verdict> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| examine(PROSE))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(together.iter().all(|verdict| *verdict == alone));
}

#[test]
fn evidence_adds_up_to_the_score() {
    let verdict = examine(PROSE);
    for (axis, log_odds) in [
        (Axis::Machine, verdict.machine.log_odds),
        (Axis::Syndicated, verdict.syndicated.log_odds),
    ] {
        let parts: Vec<f64> = verdict
            .evidence
            .iter()
            .filter(|part| part.axis == axis)
            .map(|part| part.log_odds)
            .collect();
        assert!(parts.len() > 2);
        assert!((parts.iter().sum::<f64>() - log_odds).abs() < 1e-9);
    }
}

#[test]
fn probability_and_log_odds_agree() {
    let machine = examine(PROSE).machine;
    assert!((machine.probability - 1.0 / (1.0 + (-machine.log_odds).exp())).abs() < 1e-12);
    assert!(machine.p_value > 0.0 && machine.p_value <= 1.0);
}

#[test]
fn the_axis_is_silent_where_it_cannot_know() {
    let list = "- eggs\n- milk\n- two kinds of bread\n- paper towels\n".repeat(20);
    let german = "Die Fähre kommt heute später, weil der Wind aus Westen weht und der Kapitän im Hafen auf die Post wartet. ".repeat(8);
    let cases = [
        (PROSE, None),
        (
            "The board met on Tuesday and put off the vote.",
            Some(Abstention::TooShort),
        ),
        (list.as_str(), Some(Abstention::NotProse)),
        (german.as_str(), Some(Abstention::Language)),
        ("", Some(Abstention::NotProse)),
    ];
    for (text, expected) in cases {
        let verdict = examine(text);
        assert_eq!(verdict.machine.abstained, expected, "{text:.40}");
        assert!(verdict.machine.log_odds.is_finite());
        if expected.is_some() {
            assert_eq!(verdict.action, Action::Allow);
        }
    }
}

#[test]
fn a_declaration_holds_and_a_quoted_one_does_not() {
    let bio = "AI Writing Agent built with a mid-sized reasoning system, it looks at ports and shipping.";
    let declared = examine(&format!("{PROSE}\n\n{bio}"));
    assert!(declared.declared.found);
    assert_eq!(declared.action, Action::Hold);
    let sign = declared
        .signs
        .iter()
        .find(|sign| declared.declared.by.contains(&sign.id))
        .unwrap();
    assert!(sign.text.contains("AI Writing Agent"));
    let quoted = examine(&format!(
        "{PROSE} One page ended with the words \"{bio}\" and nothing else."
    ));
    assert!(!quoted.declared.found);
}

#[test]
fn spans_are_slices_of_the_text_as_it_was_read() {
    let text = format!(
        "\u{feff}“Curly” — {PROSE}\n\nAI Writing Agent built with a mid-sized reasoning system, it looks at ports."
    );
    let verdict = examine(&text);
    assert!(!verdict.signs.is_empty());
    for sign in &verdict.signs {
        if let Some(span) = sign.span {
            assert_eq!(text.get(span.range()), Some(sign.text.as_str()));
        }
    }
    for part in &verdict.evidence {
        assert!(
            part.spans
                .iter()
                .all(|span| text.get(span.range()).is_some_and(|passage| !passage.is_empty()))
        );
    }
}
