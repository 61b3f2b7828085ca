//! `Document` -> `Vec<Figure>`: the figures of a text as facts, not as strings.
//!
//! "33.4 billion yuan ($4.67 billion)", "RMB33.4 billion" and "¥33.4bn" are one figure: a value interval, a unit, and what is
//! said of it (period, subject, direction, what it is paired with). A figure is an interval because it was printed to a
//! precision: "$4.7 billion" stands for anything from 4.65 to 4.75 billion.

mod accept;
mod amount;
mod cents;
mod context;
mod date;
mod find;
mod guard;
mod lexicon;
mod name;
mod noun;
mod number;
mod part;
mod period;
mod scan;
mod special;
mod spelled;
mod subject;
#[cfg(test)]
mod tests;
mod token;
mod year;

pub(crate) use date::{Dated, dates};
pub use find::figures;

use serde::{Deserialize, Serialize};

use crate::document::Span;

/// What kind of figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// An amount of money; the unit is an ISO 4217 code.
    Money,
    /// A percentage (`%`), percentage points (`pp`) or basis points (`bp`).
    Percent,
    /// A number of things; the unit is their noun in the singular.
    Count,
    /// A multiple or ratio ("twice", "3.5x").
    Ratio,
    /// A length of time; the unit is `year`, `month`, ... in the singular.
    Duration,
    /// A place in a row ("eighth consecutive quarter").
    Ordinal,
    /// An order of magnitude in words ("triple-digit").
    Magnitude,
}

/// Which way a figure moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// It rose.
    Up,
    /// It fell.
    Down,
    /// It stayed.
    Flat,
}

/// A value interval with its unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// Lower end, absolute (33.4 billion is 3.34e10; 26 % is 26).
    pub low: f64,
    /// Upper end; equal to `low` but for ranges.
    pub high: f64,
    /// Unit, as in [`Figure::unit`].
    pub unit: String,
}

/// One figure of a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Its kind.
    pub kind: Kind,
    /// Lower end, absolute (33.4 billion is 3.34e10; 26 % is 26).
    pub low: f64,
    /// Upper end; equal to `low` but for ranges ("30-32 %").
    pub high: f64,
    /// ISO 4217 code, `%`, `pp`, `bp`, `x`, or the counted noun or time in the singular; empty where none is named.
    pub unit: String,
    /// The figure as it was read.
    pub surface: String,
    /// Byte range in the document as it was read.
    pub span: Span,
    /// Significant digits printed.
    pub precision: u8,
    /// Half a unit of the last printed digit, in the unit of `low`: the true value lies in `low - margin ..= high + margin`.
    pub margin: f64,
    /// Whether it was hedged ("about", "nearly", "more than").
    pub approximate: bool,
    /// The time it is about, in one form: `2026-Q1`, `FY2025`, `2025`, `2025-08`, `past-1-year`.
    pub period: Option<String>,
    /// What it measures: the nearest head noun, lower case ("revenue", "market share").
    pub subject: Option<String>,
    /// Whose it is: the nearest name ("AWS").
    pub entity: Option<String>,
    /// Which way it moved.
    pub direction: Option<Direction>,
    /// The same amount in another unit, where the text gives one in brackets.
    pub paired_with: Option<Amount>,
    /// Byte range of its sentence in the document as it was read.
    pub sentence: Span,
}

impl Figure {
    /// The interval that the true value lies in by what was printed.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        (self.low - self.margin, self.high + self.margin)
    }
}

/// Whether a word that says which way a figure moved stands right before it, of the text up to there: "rose by about", "down". Such a
/// direction is surely the figure's own.
pub(crate) fn moves_right_after(text: &str) -> bool {
    let mut words = text.split_whitespace().rev().map(str::to_lowercase);
    let hedge = |word: &String| HEDGES.contains(&word.as_str());
    words
        .find(|word| !hedge(word))
        .is_some_and(|word| lexicon::Lexicon::shipped().moves(&word))
}

/// Words between a change and its figure.
const HEDGES: [&str; 14] = [
    "by", "a", "an", "about", "around", "some", "nearly", "almost", "just", "over", "under", "roughly",
    "only", "another",
];
