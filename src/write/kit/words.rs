//! Names and plain words for what a verdict holds.

use crate::document::{BlockKind, Furniture};
use crate::signature::{Axis, Kind, Place, Strength};
use crate::verdict::{Abstention, Action, Evidence, Machine};

/// The name of an action, as in the JSON.
pub fn action(action: Action) -> &'static str {
    match action {
        Action::Allow => "allow",
        Action::Flag => "flag",
        Action::Hold => "hold",
        Action::Reject => "reject",
    }
}

/// What an action means.
pub fn action_meaning(action: Action) -> &'static str {
    match action {
        Action::Allow => "no action",
        Action::Flag => "marked for a look",
        Action::Hold => "held until a person has looked",
        Action::Reject => "refused",
    }
}

/// The name of an axis, as in the JSON.
pub fn axis(axis: Axis) -> &'static str {
    match axis {
        Axis::Declared => "declared",
        Axis::Machine => "machine",
        Axis::Syndicated => "syndicated",
        Axis::None => "none",
    }
}

/// The question that an axis answers.
pub fn question(axis: Axis) -> &'static str {
    match axis {
        Axis::Declared => "Does it say that a machine wrote it?",
        Axis::Machine => "Does the style read machine-written?",
        Axis::Syndicated => "Was it taken (wire copy, press release, template)?",
        Axis::None => "Noted only",
    }
}

/// The name of an abstention, as in the JSON.
pub fn abstention(why: Abstention) -> &'static str {
    match why {
        Abstention::TooShort => "too_short",
        Abstention::Language => "language",
        Abstention::NotProse => "not_prose",
        Abstention::Quoted => "quoted",
        Abstention::Unfamiliar => "unfamiliar",
    }
}

/// Why an axis is silent.
pub fn silence(why: Abstention) -> &'static str {
    match why {
        Abstention::TooShort => "too few words of prose to judge fairly",
        Abstention::Language => "not in a language the model was trained for",
        Abstention::NotProse => "mostly lists, tables, code or verse, not prose",
        Abstention::Quoted => "mostly in quotation marks, so somebody else's words",
        Abstention::Unfamiliar => "unlike everything the model has learnt from",
    }
}

/// What a part of a score is, in words where it has some.
pub fn part(part: &Evidence) -> &str {
    match (part.name.as_str(), part.axis) {
        ("baseline", Axis::Syndicated) => "Score of a typical text that was not taken.",
        ("baseline", _) => "Score of a typical human text.",
        ("other", _) => "All smaller parts together.",
        ("ngram.score", _) => {
            "How much more usual its word sequences are in machine texts than in human ones."
        }
        (name, _) if part.about.is_empty() => name,
        _ => part.about,
    }
}

/// The name of a kind of sign, as in the JSON.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Declared => "declared",
        Kind::Leak => "leak",
        Kind::Template => "template",
        Kind::Syndication => "syndication",
        Kind::Provenance => "provenance",
        Kind::Tamper => "tamper",
        Kind::Lexical => "lexical",
    }
}

/// What a sign of this kind is.
pub fn kind_meaning(kind: Kind) -> &'static str {
    match kind {
        Kind::Declared => "The text says that a machine wrote it.",
        Kind::Leak => "A leftover of a chat assistant or a generation pipeline.",
        Kind::Template => "The artefact of a template or an automatic pipeline.",
        Kind::Syndication => "A mark of syndication: wire credit, press-release shell, republish note.",
        Kind::Provenance => "Provenance metadata of the page.",
        Kind::Tamper => "A trace of tampering with the characters of the text.",
        Kind::Lexical => "A word or phrase that machines overuse.",
    }
}

/// Where a sign was found.
pub fn place(place: Place) -> &'static str {
    match place {
        Place::Text => "text",
        Place::Title => "title",
        Place::Byline => "byline",
        Place::Url => "address",
        Place::Markup => "metadata",
    }
}

/// How much a sign weighs.
pub fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Weak => "weak",
        Strength::Medium => "medium",
        Strength::Strong => "strong",
        Strength::Decisive => "decisive",
    }
}

/// What a block was taken for; `None` for the body's prose.
pub fn block(kind: BlockKind) -> Option<&'static str> {
    Some(match kind {
        BlockKind::Prose => return None,
        BlockKind::Heading => "heading",
        BlockKind::List => "list",
        BlockKind::Table => "table",
        BlockKind::Code => "code",
        BlockKind::Quotation => "quotation",
        BlockKind::Verse => "verse",
        BlockKind::Furniture(furniture) => match furniture {
            Furniture::Promotion => "promotion or page chrome",
            Furniture::Ticker => "stock ticker",
            Furniture::Date => "date line",
            Furniture::Comments => "comments",
            Furniture::Bio => "author's biography",
            Furniture::Byline => "byline or credit",
            Furniture::References => "references",
            Furniture::Summary => "summary box",
        },
    })
}

/// Steps of a probability in words, from high to low: each from this probability on.
const LIKELIHOODS: [(f64, &str); 5] = [
    (0.98, "very likely"),
    (0.9, "likely"),
    (0.6, "leans so"),
    (0.4, "undecided"),
    (0.1, "unlikely"),
];

/// A probability in words.
pub fn likelihood(probability: f64) -> &'static str {
    LIKELIHOODS
        .iter()
        .find(|(from, _)| probability >= *from)
        .map_or("very unlikely", |(_, word)| word)
}

/// Largest share of human texts that score as high for which the style may be called likely
/// machine-written: one in a hundred.
const RARE_AMONG_HUMANS: f64 = 0.01;

/// Which machine texts a text reads like, for a sentence's end; empty where it reads rather human.
pub fn resemblance(machine: &Machine) -> String {
    let told = machine.resembles.as_ref();
    told.map_or(String::new(), |family| format!("; most like texts of {family}"))
}

/// The machine axis in words. However high the probability: where more than one human text in a
/// hundred scores as high, it is not called likely.
pub fn machine_likelihood(machine: &Machine) -> &'static str {
    // From here on a probability would be called likely.
    const LIKELY: f64 = 0.9;
    if machine.probability >= LIKELY && machine.p_value > RARE_AMONG_HUMANS {
        "possibly"
    } else {
        likelihood(machine.probability)
    }
}

/// English name of a language code; the code itself where it is not one of the common ones.
pub fn language(code: &str) -> &str {
    match code {
        "en" => "English",
        "de" => "German",
        "fr" => "French",
        "es" => "Spanish",
        "it" => "Italian",
        "pt" => "Portuguese",
        "nl" => "Dutch",
        "pl" => "Polish",
        "ru" => "Russian",
        "uk" => "Ukrainian",
        "zh" => "Chinese",
        "ja" => "Japanese",
        "ko" => "Korean",
        "ar" => "Arabic",
        "hi" => "Hindi",
        "tr" => "Turkish",
        "sv" => "Swedish",
        "da" => "Danish",
        "fi" => "Finnish",
        "cs" => "Czech",
        "und" => "language unknown",
        other => other,
    }
}

/// A measured value in few digits.
pub fn number(value: f64) -> String {
    // From here on decimals say nothing.
    const LARGE: f64 = 100.0;
    const SMALL: f64 = 1.0;
    if value.abs() >= LARGE {
        return format!("{value:.0}");
    }
    let digits = if value.abs() >= SMALL {
        format!("{value:.2}")
    } else {
        format!("{value:.3}")
    };
    match digits.trim_end_matches('0').trim_end_matches('.') {
        "-0" | "" => "0".to_owned(),
        trimmed => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that are also names in the JSON are the JSON's.
    #[test]
    fn names_are_those_of_the_json() {
        fn name(value: &impl serde::Serialize) -> String {
            serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
        }
        for value in [Action::Allow, Action::Flag, Action::Hold, Action::Reject] {
            assert_eq!(action(value), name(&value));
        }
        for value in [Axis::Declared, Axis::Machine, Axis::Syndicated, Axis::None] {
            assert_eq!(axis(value), name(&value));
        }
        for value in [
            Abstention::TooShort,
            Abstention::Language,
            Abstention::NotProse,
            Abstention::Quoted,
            Abstention::Unfamiliar,
        ] {
            assert_eq!(abstention(value), name(&value));
        }
        for value in [
            Strength::Weak,
            Strength::Medium,
            Strength::Strong,
            Strength::Decisive,
        ] {
            assert_eq!(strength(value), name(&value));
        }
        for value in [
            Kind::Declared,
            Kind::Leak,
            Kind::Template,
            Kind::Syndication,
            Kind::Provenance,
            Kind::Tamper,
            Kind::Lexical,
        ] {
            assert_eq!(kind(value), name(&value));
        }
    }

    #[test]
    fn numbers_are_short() {
        let shown = [0.0, -0.0001, 0.1, 0.4567, 1.8, 10.0, 2.125, 100.0, 5321.4].map(number);
        assert_eq!(
            shown,
            ["0", "0", "0.1", "0.457", "1.8", "10", "2.12", "100", "5321"]
        );
    }

    #[test]
    fn a_high_probability_that_humans_reach_too_is_not_called_likely() {
        let mut machine = Machine {
            probability: 0.99,
            log_odds: 4.6,
            p_value: 0.03,
            resembles: None,
            abstained: None,
        };
        assert_eq!(machine_likelihood(&machine), "possibly");
        machine.p_value = 0.002;
        assert_eq!(machine_likelihood(&machine), "very likely");
        machine.probability = 0.3;
        assert_eq!(machine_likelihood(&machine), "unlikely");
    }
}
