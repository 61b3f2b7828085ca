//! A document and a verdict made up for tests.

use crate::Document;
use crate::document::{Format, RawDocument, Span};
use crate::signature::{Axis, Kind, Place, Strength};
use crate::verdict::{
    Abstention, Action, Declared, Evidence, Figures, FoundSign, Machine, Syndicated, Verdict,
};

/// Markup, terminal controls, CSV quotes and a character of two bytes.
pub const TEXT: &str =
    "<script>alert('x')</script> caf\u{e9}, \"q\" \u{1b}[2J\nThis page was made by Quillbox. End.\n";

pub fn document(id: &str) -> Document {
    Document::new(RawDocument {
        id: id.into(),
        source: Some("in dir/a.txt".into()),
        format: Format::Text,
        text: TEXT.into(),
        ..RawDocument::default()
    })
}

pub fn span_of(needle: &str) -> Span {
    let at = TEXT.find(needle).unwrap();
    Span::new(at, at + needle.len())
}

pub fn sign(id: &str, needle: &str, quoted: bool) -> FoundSign {
    FoundSign {
        id: id.into(),
        kind: Kind::Declared,
        axis: Axis::Declared,
        strength: Strength::Decisive,
        place: Place::Text,
        span: Some(span_of(needle)),
        text: needle.into(),
        quoted,
    }
}

pub fn verdict(id: &str) -> Verdict {
    let part = |name: &str, log_odds, spans| Evidence {
        axis: Axis::Machine,
        name: name.into(),
        log_odds,
        observed: Some(0.38),
        typical: Some([0.45, 0.82]),
        about: "Variation of sentence length <b>",
        spans,
    };
    Verdict {
        format: crate::verdict::FORMAT,
        id: id.into(),
        source: Some("in dir/a.txt".into()),
        model: "test-1".into(),
        profile: None,
        words: 11,
        language: "en".into(),
        declared: Declared {
            found: true,
            producer: Some("Quillbox <i>".into()),
            by: vec!["decl.test".into()],
            linked: Vec::new(),
        },
        machine: Machine {
            probability: 0.95,
            log_odds: 2.94,
            p_value: 0.002,
            resembles: None,
            abstained: None,
        },
        syndicated: Syndicated {
            probability: 0.5,
            log_odds: 0.0,
            head: "document",
            abstained: Some(Abstention::TooShort),
            sources: Vec::new(),
        },
        signs: vec![
            sign("decl.quoted", "alert('x')", true),
            sign("decl.test", "made by Quillbox", false),
        ],
        figures: Figures::default(),
        evidence: vec![
            part("rhythm.cv", 3.44, vec![span_of("by Quillbox. End")]),
            part("baseline", -0.5, Vec::new()),
        ],
        action: Action::Hold,
        decided_by: vec![Axis::Declared],
        reasons: vec!["The text carries \u{201c}made <b>by</b>\u{201d}.".into()],
        parts: None,
    }
}
