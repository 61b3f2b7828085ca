//! When signs amount to a declaration.

use super::Declared;
use crate::signature::{Axis, Kind, Sign, Strength};

/// So many different strong signs declare as one decisive sign does.
const STRONG_SIGNS_THAT_DECLARE: usize = 2;

impl Declared {
    /// Decides from the signs of a document: one decisive sign, or two different strong ones. A sign in a quotation counts
    /// for nothing.
    #[must_use]
    pub fn of(signs: &[Sign]) -> Self {
        let speaks = |sign: &&Sign| sign.axis == Axis::Declared && !sign.quoted && sign.kind != Kind::Lexical;
        let of = |strength: Strength| {
            signs
                .iter()
                .filter(speaks)
                .filter(move |sign| sign.strength == strength)
        };
        let mut strong: Vec<&Sign> = of(Strength::Strong).collect();
        strong.sort_by(|a, b| a.id.cmp(&b.id));
        strong.dedup_by(|a, b| a.id == b.id);
        let mut by: Vec<&Sign> = of(Strength::Decisive).collect();
        if !by.is_empty() || strong.len() >= STRONG_SIGNS_THAT_DECLARE {
            by.extend(strong);
        }
        let mut ids: Vec<String> = Vec::new();
        for sign in &by {
            if !ids.iter().any(|id| **id == *sign.id) {
                ids.push(sign.id.to_string());
            }
        }
        Self {
            found: !ids.is_empty(),
            producer: by
                .iter()
                .find_map(|sign| sign.producer.as_deref().map(str::to_owned)),
            by: ids,
            linked: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::Place;

    fn sign(id: &str, strength: Strength, quoted: bool) -> Sign {
        Sign {
            id: id.into(),
            kind: Kind::Declared,
            axis: Axis::Declared,
            strength,
            producer: Some("Invented Wire".into()),
            group: None,
            place: Place::Text,
            span: None,
            text: String::new(),
            quoted,
        }
    }

    #[test]
    fn one_decisive_sign_declares() {
        let declared = Declared::of(&[sign("a", Strength::Decisive, false)]);
        assert!(declared.found);
        assert_eq!(declared.producer.as_deref(), Some("Invented Wire"));
        assert_eq!(declared.by, ["a"]);
    }

    #[test]
    fn a_quoted_sign_declares_nothing() {
        assert!(!Declared::of(&[sign("a", Strength::Decisive, true)]).found);
        assert!(
            !Declared::of(&[
                sign("a", Strength::Strong, true),
                sign("b", Strength::Strong, false)
            ])
            .found
        );
    }

    #[test]
    fn strong_signs_declare_only_when_two_differ() {
        assert!(
            !Declared::of(&[
                sign("a", Strength::Strong, false),
                sign("a", Strength::Strong, false)
            ])
            .found
        );
        assert!(
            Declared::of(&[
                sign("a", Strength::Strong, false),
                sign("b", Strength::Strong, false)
            ])
            .found
        );
        assert!(
            !Declared::of(&[
                sign("a", Strength::Medium, false),
                sign("b", Strength::Medium, false)
            ])
            .found
        );
    }
}
