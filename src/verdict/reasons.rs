//! Reasons in words that a moderator can read to an author.

use super::{FoundSign, Machine, Syndicated, Verdict};
use crate::signature::{Kind, Place};

/// Most deciding signs that are quoted to the author: the rest is in the evidence.
const SIGNS_NAMED: usize = 3;

/// Longest quotation of a sign, in characters.
const QUOTED_CHARS: usize = 160;

/// The signs that decide the declared axis: those named in `declared.by`, without quoted ones.
/// One an id, in order of position.
pub(super) fn deciding_signs(verdict: &Verdict) -> impl Iterator<Item = &FoundSign> {
    let declared = &verdict.declared;
    verdict.signs.iter().enumerate().filter_map(move |(at, sign)| {
        let named = declared.found && !sign.quoted && declared.by.contains(&sign.id);
        let first = || {
            !verdict
                .signs
                .iter()
                .take(at)
                .any(|other| !other.quoted && other.id == sign.id)
        };
        (named && first()).then_some(sign)
    })
}

/// One sentence for each deciding sign, up to a limit.
pub(super) fn declared(verdict: &Verdict) -> Vec<String> {
    let producer = verdict
        .declared
        .producer
        .as_deref()
        .map(|name| format!(" (named: {})", flat(name)))
        .unwrap_or_default();
    // Two signs may rest on one passage: it is read to the author once.
    let mut signs: Vec<&FoundSign> = Vec::new();
    for sign in deciding_signs(verdict) {
        if !signs
            .iter()
            .any(|other| (other.place, &other.text) == (sign.place, &sign.text))
        {
            signs.push(sign);
        }
    }
    let mut said: Vec<String> = signs
        .iter()
        .take(SIGNS_NAMED)
        .map(|sign| {
            // A pattern may begin with the end of the sentence before.
            let passage = sign
                .text
                .trim_start_matches(['.', ':', ';', ',', '!', '?', ')', '|', ' ']);
            let quote = format!("\u{201c}{}\u{201d}", flat(passage));
            let place = match sign.place {
                Place::Text => "The text carries",
                Place::Title => "The title carries",
                Place::Byline => "The byline carries",
                Place::Url => "The page's address carries",
                Place::Markup => "The page's metadata carries",
            };
            let meaning = match sign.kind {
                Kind::Declared => "which says that a machine wrote it or helped to write it",
                Kind::Leak => "which a text generator leaves behind",
                Kind::Template => "which an automatic text pipeline leaves behind",
                Kind::Provenance => "which is the technical label of machine-made content",
                _ => "which counts as a declaration of machine authorship",
            };
            format!("{place} {quote}, {meaning}{producer}.")
        })
        .collect();
    let more = signs.len().saturating_sub(SIGNS_NAMED);
    if more > 0 {
        said.push(format!(
            "{more} further {} of this kind {} listed in the evidence.",
            if more == 1 { "sign" } else { "signs" },
            if more == 1 { "is" } else { "are" },
        ));
    }
    said
}

/// The strongest tie to a declared document, in one sentence.
pub(super) fn linked(verdict: &Verdict) -> Vec<String> {
    let sentence = |link: &super::Link| {
        let tie = match link.via.as_str() {
            "bio" => "carries the biography line of",
            "pen_name" => "names the same author as",
            _ => "fills the same template as",
        };
        let document = flat(&link.document);
        format!(
            "The text says nothing itself, but it {tie} {document}, which declares a machine author (strength of the tie: {}).",
            percent(link.strength)
        )
    };
    verdict
        .declared
        .linked
        .first()
        .map(sentence)
        .into_iter()
        .collect()
}

/// The machine axis in one sentence with its false-alarm share.
pub(super) fn machine(axis: &Machine) -> String {
    format!(
        "The style measures like machine-written text (probability {}): of {}. \
         This is an estimate from style, not a proof.",
        percent(axis.probability),
        humans_as_high(axis.p_value)
    )
}

/// The syndicated axis in one sentence.
pub(super) fn syndicated(axis: &Syndicated, note_only: bool) -> String {
    let basis = if axis.head == "corpus" {
        "Compared with the texts it was checked against, the text measures like taken copy"
    } else {
        "The text carries marks of wire copy, a press release or a template"
    };
    let after = if note_only {
        "; this is noted and leads to no action"
    } else {
        ""
    };
    let closest = match axis.sources.as_slice() {
        _ if axis.head != "corpus" => String::new(),
        [] => ", though no single one stands out as its source".to_owned(),
        [one] => format!(", most of all with {one}"),
        [one, others @ ..] => format!(", most of all with {one} and {} more", others.len()),
    };
    format!(
        "{basis} (probability {}){closest}{after}.",
        percent(axis.probability)
    )
}

/// The false-alarm share in counts: "1,000 human texts of this length about 2 score this high".
pub(crate) fn humans_as_high(p_value: f64) -> String {
    // Small shares need a larger crowd to be a whole number of people.
    const CROWDS: [(f64, &str); 3] = [(100.0, "100"), (1_000.0, "1,000"), (10_000.0, "10,000")];
    // A share is told in the smallest crowd in which it is at least two texts.
    const AT_LEAST: f64 = 2.0;
    let told = CROWDS
        .iter()
        .find(|(size, _)| p_value * size >= AT_LEAST)
        .or(CROWDS.last());
    let Some((size, name)) = told else {
        return String::new();
    };
    let count = (p_value * size).round();
    if count < 1.0 {
        format!("{name} human texts of this length fewer than 1 scores this high")
    } else if count < AT_LEAST {
        format!("{name} human texts of this length about 1 scores this high")
    } else {
        format!("{name} human texts of this length about {count:.0} score this high")
    }
}

/// A probability as a percentage that never claims certainty: 99.9 % at most, 0.1 % at least.
pub(crate) fn percent(probability: f64) -> String {
    // Tenths from here on: 97.6 and 99.4 are different claims.
    const TENTHS_FROM: f64 = 95.0;
    let share = (probability * 100.0).clamp(0.1, 99.9);
    if !share.is_finite() {
        "unknown".to_owned()
    } else if !(100.0 - TENTHS_FROM..TENTHS_FROM).contains(&share) {
        format!("{share:.1} %")
    } else {
        format!("{share:.0} %")
    }
}

/// A passage on one line: white space and control characters become single spaces, a long one ends in an ellipsis.
fn flat(text: &str) -> String {
    let mut line = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if line.chars().count() > QUOTED_CHARS {
        line = line.chars().take(QUOTED_CHARS).collect();
        line.truncate(line.trim_end().len());
        line.push('\u{2026}');
    }
    line
}
