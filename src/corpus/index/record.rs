//! What an index keeps of a document beside its wording: who and where it is, its figures and its authors' names.

use serde::{Deserialize, Serialize};

use super::super::bio::{bio_lines, pen_name};
use super::super::fingerprint::Fingerprint;
use super::super::near::Size;
use super::super::{Declaration, Entry};
use super::claims::PackedClaims;
use crate::document::{Document, Span, word_hash};
use crate::figure::{Figure, Kind};

/// Significant digits that two figures must share to meet in the index; whether they agree is then told exactly.
const KEY_DIGITS: i32 = 2;

/// Values beyond this power of ten, up or down, meet in one key.
const KEY_POWERS: i32 = 100;

/// Places of runs are kept in units of so many words: exact enough to tell a long stretch, and one byte shorter.
const PLACE_WORDS: u32 = 4;

/// A figure as an index keeps it: 10 bytes on disk.
///
/// Values are kept to 7 digits, more than a text prints of a rounded figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FigureKey {
    kind: u8,
    unit: u16,
    low: f32,
    /// Upper end above `low`.
    width: Option<f32>,
    /// Power of ten of the last printed digit; [`EXACT`] where nothing was rounded.
    digit: i8,
}

/// [`FigureKey`] of a value without rounding.
const EXACT: i8 = i8::MIN;

impl FigureKey {
    /// What is kept of a figure.
    #[must_use]
    pub fn of(figure: &Figure) -> Self {
        let digit = if figure.margin > 0.0 {
            // A margin is half a unit of the last digit.
            (2.0 * figure.margin).log10().round().clamp(-100.0, 100.0) as i8
        } else {
            EXACT
        };
        Self {
            kind: code(figure.kind),
            unit: word_hash(&figure.unit) as u16,
            low: figure.low as f32,
            width: (figure.high > figure.low).then_some((figure.high - figure.low) as f32),
            digit,
        }
    }

    /// Lower and upper end of what the true value may be.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        let low = f64::from(self.low);
        let margin = if self.digit == EXACT {
            0.0
        } else {
            10_f64.powi(i32::from(self.digit)) / 2.0
        };
        (low - margin, low + f64::from(self.width.unwrap_or(0.0)) + margin)
    }

    /// Whether both can be the same fact: one kind, one unit, and intervals that meet.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        let ((low, high), (other_low, other_high)) = (self.interval(), other.interval());
        self.kind == other.kind && self.unit == other.unit && low <= other_high && other_low <= high
    }

    /// Keys under which it is found: its value rounded to two digits, and where rounding could go either way, both.
    pub(super) fn keys(&self) -> Vec<u64> {
        let (low, high) = self.interval();
        let mut keys = vec![self.key(low), self.key(f64::from(self.low)), self.key(high)];
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn key(&self, value: f64) -> u64 {
        let size = value.abs();
        let power = if size > 0.0 {
            size.log10()
                .floor()
                .clamp(f64::from(-KEY_POWERS), f64::from(KEY_POWERS)) as i32
        } else {
            -KEY_POWERS
        };
        let step = 10_f64.powi(power - KEY_DIGITS + 1);
        // 9.96 rounds to 10: told by its value, not by its power.
        let rounded = ((value / step).round() * step) as f32;
        short(word_hash(&format!("{} {} {rounded:e}", self.kind, self.unit)))
    }
}

/// The kinds by number: what a file on disk holds.
pub(super) fn code(kind: Kind) -> u8 {
    match kind {
        Kind::Money => 1,
        Kind::Percent => 2,
        Kind::Count => 3,
        Kind::Ratio => 4,
        Kind::Duration => 5,
        Kind::Ordinal => 6,
        Kind::Magnitude => 7,
    }
}

/// The kind with this number.
pub(super) fn kind(number: u8) -> Option<Kind> {
    Some(match number {
        1 => Kind::Money,
        2 => Kind::Percent,
        3 => Kind::Count,
        4 => Kind::Ratio,
        5 => Kind::Duration,
        6 => Kind::Ordinal,
        7 => Kind::Magnitude,
        _ => return None,
    })
}

/// A hash cut to the bits that an index keeps.
fn short(hash: u64) -> u64 {
    (hash ^ (hash >> 40)) & ((1 << super::super::fingerprint::KEY_BITS) - 1)
}

/// Where an author's name or words were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NameKind {
    /// A biography line that names nobody.
    Bio,
    /// The author's name.
    PenName,
    /// A biography line that names its author.
    PersonalBio,
}

/// An author's name, or a sentence of a biography, as a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NameKey {
    /// Which of the two.
    pub kind: NameKind,
    /// Hash of its lower-case words, 40 bits.
    pub key: u64,
}

impl NameKey {
    /// The key of a name or a sentence; case and marks do not count. `None` if it holds no word.
    #[must_use]
    pub fn of(kind: NameKind, text: &str) -> Option<Self> {
        let words = words(text);
        let words = match (kind, words.split_first()) {
            (NameKind::PenName, Some((first, rest))) if first == "by" => rest,
            _ => &words,
        };
        (!words.is_empty()).then(|| Self {
            kind,
            key: short(word_hash(&words.join(" "))),
        })
    }

    /// The names of a document: its author and the lines of its biographies, found as `byline compare` finds them.
    fn all(document: &Document) -> Vec<Self> {
        let mut keys: Vec<Self> = pen_name(document)
            .and_then(|(name, _)| Self::of(NameKind::PenName, &name))
            .into_iter()
            .collect();
        keys.extend(bio_lines(document).iter().map(|line| Self {
            kind: if line.personal {
                NameKind::PersonalBio
            } else {
                NameKind::Bio
            },
            key: short(line.key),
        }));
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// A document as an index keeps it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its id: one document of an index has it.
    pub id: String,
    /// Where it was read from.
    pub source: Option<String>,
    /// Date as printed.
    pub date: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// What it declares.
    pub declared: Option<Declaration>,
    /// Length.
    pub size: Size,
    /// Its figures, in order.
    pub figures: Vec<FigureKey>,
    /// What is said of them.
    pub claims: PackedClaims,
    /// Its authors.
    pub names: Vec<NameKey>,
}

/// A document on its way into an index, or asked about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// What is kept of it as it is.
    pub record: Record,
    /// Its wording.
    pub fingerprint: Fingerprint,
    /// Where its figures stand, in the order of the record's; an index does not keep them.
    pub printed: Vec<Printed>,
}

/// A figure as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// Byte range in the document as it was read.
    pub span: Span,
    /// That slice.
    pub surface: String,
    /// Its unit, as in [`Figure::unit`].
    pub unit: String,
}

fn printed(figure: &Figure) -> Printed {
    Printed {
        span: figure.span,
        surface: figure.surface.clone(),
        unit: figure.unit.clone(),
    }
}

impl Item {
    /// What an index keeps of a document.
    #[must_use]
    pub fn new(entry: &Entry) -> Self {
        Self::of(&entry.document, &entry.figures, entry.declared.clone())
    }

    /// The same of a document, its figures and what it declares.
    #[must_use]
    pub fn of(document: &Document, figures: &[Figure], declared: Option<Declaration>) -> Self {
        let raw = document.raw();
        let fingerprint = Fingerprint::of(document);
        Self {
            record: Record {
                id: raw.id.clone(),
                source: raw.source.clone(),
                date: raw.date.clone(),
                url: raw.url.clone(),
                publisher: raw.publisher.clone(),
                declared,
                size: Size::of(&fingerprint),
                figures: figures.iter().map(FigureKey::of).collect(),
                claims: PackedClaims::of(document, figures),
                names: NameKey::all(document),
            },
            fingerprint,
            printed: figures.iter().map(printed).collect(),
        }
    }

    /// Everything it is found by, each key of a space once.
    pub(super) fn postings(&self) -> Vec<Posting> {
        let runs = self.fingerprint.shingles().iter().map(|shingle| Posting {
            space: Space::Run,
            key: shingle.key,
            place: shingle.place / PLACE_WORDS,
        });
        let figures = self
            .record
            .figures
            .iter()
            .zip(0..)
            .flat_map(|(figure, place)| figure.keys().into_iter().map(move |key| (key, place)))
            .map(|(key, place)| Posting {
                space: Space::Figure,
                key,
                place,
            });
        let names = self.record.names.iter().zip(0..).map(|(name, place)| Posting {
            space: Space::Name,
            key: name.key,
            place,
        });
        let mut postings: Vec<Posting> = runs.chain(figures).chain(names).collect();
        postings.sort_unstable();
        postings.dedup_by_key(|posting| (posting.space, posting.key));
        postings
    }
}

/// What a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Space {
    /// A run of words.
    Run,
    /// A figure.
    Figure,
    /// A name or a sentence of a biography.
    Name,
}

impl Space {
    /// What the places of its keys are counted in.
    pub(super) fn unit(self) -> u32 {
        match self {
            Self::Run => PLACE_WORDS,
            Self::Figure | Self::Name => 1,
        }
    }

    /// All of them.
    #[cfg(feature = "store")]
    pub(super) const ALL: [Self; 3] = [Self::Run, Self::Figure, Self::Name];
}

/// One key of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting {
    /// What the key stands for.
    pub space: Space,
    /// The key.
    pub key: u64,
    /// Where it stands: the word (in units of [`PLACE_WORDS`]), or the number of the figure or name.
    pub place: u32,
}

/// A sum over the keys of a document, in any order: tells whether all of them are in the lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Check {
    keys: u32,
    sum: u64,
}

impl Check {
    /// The sum of a document's keys.
    pub(super) fn of(postings: &[Posting]) -> Self {
        let mut check = Self::default();
        for posting in postings {
            check.add(posting.space, posting.key);
        }
        check
    }

    /// Adds a key.
    pub(super) fn add(&mut self, space: Space, key: u64) {
        let mixed = (key << 2 | space as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.keys = self.keys.wrapping_add(1);
        self.sum = self.sum.wrapping_add(mixed ^ (mixed >> 32));
    }

    /// How many keys.
    #[cfg(feature = "store")]
    pub(super) fn keys(self) -> u64 {
        u64::from(self.keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{RawDocument, Span};

    fn figure(low: f64, margin: f64, unit: &str) -> FigureKey {
        FigureKey::of(&Figure {
            kind: Kind::Money,
            low,
            high: low,
            unit: unit.to_owned(),
            surface: String::new(),
            span: Span::default(),
            precision: 3,
            margin,
            approximate: false,
            period: None,
            subject: None,
            entity: None,
            direction: None,
            paired_with: None,
            sentence: Span::default(),
        })
    }

    fn meet(a: &FigureKey, b: &FigureKey) -> bool {
        a.keys().iter().any(|key| b.keys().contains(key))
    }

    #[test]
    fn a_fact_printed_to_another_precision_agrees_and_meets() {
        let fine = figure(4.67e9, 5e6, "USD");
        let coarse = figure(4.7e9, 5e7, "USD");
        assert!(fine.agrees(&coarse) && meet(&fine, &coarse));
        let edge = figure(4.65e9, 5e6, "USD");
        assert!(edge.agrees(&coarse) && meet(&edge, &coarse));
        assert!(!fine.agrees(&figure(4.5e9, 5e7, "USD")));
        assert!(!fine.agrees(&figure(4.67e9, 5e6, "EUR")));
    }

    #[test]
    fn a_figure_survives_the_disk() {
        let key = figure(1.234_567e12, 5e5, "CNY");
        let (low, high) = key.interval();
        assert!(
            (low - 1.234_567e12).abs() < 1e6 && high > low && high - low < 1.1e6,
            "{low} {high}"
        );
        assert_eq!(figure(3.0, 0.0, "x").interval(), (3.0, 3.0));
    }

    #[test]
    fn names_meet_whatever_their_case_and_marks() {
        let of = |text| NameKey::of(NameKind::PenName, text);
        assert_eq!(of("By Ada Tornqvist"), of("ADA  TORNQVIST,"));
        assert_ne!(of("Ada Tornqvist"), of("Ida Tornqvist"));
        assert_eq!(of(" — "), None);
    }

    #[test]
    fn an_item_holds_what_the_document_says() {
        let document = Document::new(RawDocument {
            id: "a".to_owned(),
            text: "The ferry to Skarholm was late again on Monday, the harbour office said.".to_owned(),
            byline: Some("By Ada Tornqvist".to_owned()),
            date: Some("2026-03-02".to_owned()),
            ..RawDocument::default()
        });
        let item = Item::new(&Entry {
            document,
            figures: Vec::new(),
            signs: Vec::new(),
            declared: None,
            reads_machine: false,
        });
        assert_eq!(item.record.id, "a");
        assert_eq!(item.record.date.as_deref(), Some("2026-03-02"));
        assert_eq!(item.record.names.len(), 1);
        assert_eq!(item.record.size.words, 13);
        assert_eq!(item.postings().len(), 11);
    }
}
