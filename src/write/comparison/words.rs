//! Names and plain words for what a comparison holds.

use crate::corpus::{ConflictKind, Copied, Direction, Level, Member, PairEvidence, PassageKind, Via};

/// What kind of contradiction it is.
pub fn conflict(kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::Value => "these cannot both hold",
        ConflictKind::Period => "same value, different times",
        ConflictKind::Rounding => "same fact, other precision: no conflict",
    }
}

/// What ties a document to a declared one.
pub fn via(via: Via) -> &'static str {
    match via {
        Via::Bio => "the same biography line",
        Via::PenName => "the same author name",
        Via::Template => "the same template",
    }
}

/// How much of one document was made from the other.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Light => "the same text with light edits",
        Level::Paraphrase => "reworded sentence by sentence",
        Level::Rewrite => "written anew from the same facts",
        Level::Figures => "only figures in common",
        Level::Unrelated => "nothing that tells of reuse",
    }
}

/// Which way wording went, by the documents' numbers.
pub fn direction(direction: Direction, a: &str, b: &str) -> String {
    match direction {
        Direction::AToB => format!("{b} took it from {a}"),
        Direction::BToA => format!("{a} took it from {b}"),
        Direction::Unknown => "who took it from whom is not known".to_owned(),
    }
}

/// What a part of a pair's score is.
pub fn part(part: &PairEvidence) -> &str {
    match part.name.as_str() {
        "baseline" => "Score of two documents that share nothing.",
        name if part.about.is_empty() => name,
        _ => part.about,
    }
}

/// Whether the direction is worth a line: where wording was taken, or something speaks for a direction.
pub fn speaks_of_direction(copied: &Copied) -> bool {
    matches!(copied.level, Level::Light | Level::Paraphrase | Level::Rewrite)
        || copied.direction != Direction::Unknown
        || !copied.direction_evidence.is_empty()
}

/// Whether a passage is word for word.
pub fn passage(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Exact => "word for word",
        PassageKind::Near => "nearly word for word",
    }
}

/// What is said of a passage that is quoted speech.
pub const QUOTED: &str = "quoted speech in both: counts for no copy";

/// Where a template stands.
pub fn place(place: &str) -> &str {
    match place {
        "body" => "in the text",
        "bio" => "in the author's biography",
        "heading" => "in the headings",
        "document" => "a run of sentences",
        other => other,
    }
}

/// A count with its noun.
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{} {many}", thousands(number))
    }
}

/// A count with commas between the thousands.
pub fn thousands(number: usize) -> String {
    // Digits of a group.
    const GROUP: usize = 3;
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(GROUP) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A share from 0 to 1 in whole per cent; one that is no number is nothing.
pub fn share(share: f64) -> String {
    let share = if share.is_nan() {
        0.0
    } else {
        share.clamp(0.0, 1.0)
    };
    let whole = (share * 100.0).round();
    if share > 0.0 && whole == 0.0 {
        "under 1 %".to_owned()
    } else {
        format!("{whole:.0} %")
    }
}

/// What a reader knows a document by: its headline, else its id.
pub fn name(member: &Member) -> &str {
    match member.title.as_deref().map(str::trim) {
        Some(title) if !title.is_empty() => title,
        _ => &member.id,
    }
}

/// Publisher and date, as far as known.
pub fn origin(member: &Member) -> String {
    let parts = [member.publisher.as_deref(), member.date.as_deref()];
    let known: Vec<&str> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.trim().is_empty())
        .collect();
    known.join(", ")
}

/// Columns of a fixed-width font that a character takes, about: East Asian letters take two.
fn columns(c: char) -> usize {
    // Hangul Jamo, the first of the wide scripts.
    const WIDE_FROM: char = '\u{1100}';
    // The general punctuation and symbols between are narrow.
    let narrow = matches!(c, '\u{1e00}'..='\u{2e7f}');
    if c >= WIDE_FROM && !narrow { 2 } else { 1 }
}

/// A text in at most `width` columns, cut with an ellipsis; white space is made single spaces.
pub fn fitted(text: &str, width: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut used, mut keep) = (0, 0);
    for (at, c) in flat.char_indices() {
        used += columns(c);
        // One column is kept for the ellipsis.
        if used < width {
            keep = at + c.len_utf8();
        }
        if used > width {
            let kept = flat.get(..keep).unwrap_or_default();
            return format!("{}\u{2026}", kept.trim_end());
        }
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_to_columns() {
        assert_eq!(fitted("short", 10), "short");
        assert_eq!(fitted("  two\n words ", 10), "two words");
        assert_eq!(fitted("a longer headline", 9), "a longer\u{2026}");
        assert_eq!(fitted("abcdefghij", 5), "abcd\u{2026}");
        assert_eq!(
            fitted("\u{4e2d}\u{6587}\u{5b57}\u{6bb5}", 5),
            "\u{4e2d}\u{6587}\u{2026}"
        );
        assert_eq!(fitted("", 5), "");
        assert_eq!(fitted("abc", 0), "\u{2026}");
    }

    #[test]
    fn counts_and_shares_read_well() {
        assert_eq!(count(1, "figure", "figures"), "1 figure");
        assert_eq!(count(12_345, "figure", "figures"), "12,345 figures");
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(1_000_000), "1,000,000");
        assert_eq!(
            [0.0, 0.001, 0.5, 1.0, 7.0, f64::NAN].map(share),
            ["0 %", "under 1 %", "50 %", "100 %", "100 %", "0 %"]
        );
    }
}
