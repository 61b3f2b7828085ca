//! What a document says with its figures, in few bytes and in no words: all that [conflicts](super::super::figures::conflicts)
//! between it and another one are told from.
//!
//! Words of subjects, names and sentences are kept as hashes of 24 bits: the hundred of one document and the hundred of another
//! meet by chance once in 1,700 pairs, and one such meeting decides nothing. Only words that the comparison itself lists
//! ("revenue", "sales") come back as words. Two documents are compared when both have gone this way, so a hash stands for the
//! same word in both. A list of the document's different hashes comes first, and what follows points into it.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::super::figures::{
    Claims, Context, Marks, Part, compared, known_words, often_named, stems, words_around,
};
use super::numbers::{Numbers, put};
use super::record::{code, kind};
use crate::document::{Document, Span, word_hash};
use crate::figure::{Amount, Direction, Figure};

/// Bytes of a kept hash.
const HASH_BYTES: usize = 3;

/// The figures of a document with what is said of each, packed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedClaims(Vec<u8>);

/// Bits of a figure's first number, from the fourth on; the kind is below, the direction above them.
const SENTENCE_START: u64 = 1 << 3;
const SENTENCE: u64 = 1 << 4;
const RANGE: u64 = 1 << 5;
const MARGIN: u64 = 1 << 6;
const PERIOD: u64 = 1 << 7;
const PAIRED: u64 = 1 << 8;
const DIRECTION: u32 = 9;
const APPROXIMATE: u64 = 1 << 11;
/// Records written before these were kept have none of them.
const OF_WHOLE: u64 = 1 << 12;
const MOVED: u64 = 1 << 13;
const YEARLY: u64 = 1 << 14;
const HEADLESS: u64 = 1 << 15;
const AGE: u64 = 1 << 16;

/// The different hashes, or texts, of a document, in order.
struct Table<T>(Vec<T>);

impl<T: PartialEq> Table<T> {
    fn place(&mut self, value: T) -> u64 {
        let place = self.0.iter().position(|known| *known == value);
        place.unwrap_or_else(|| {
            self.0.push(value);
            self.0.len() - 1
        }) as u64
    }
}

pub(in crate::corpus) fn short(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32 & ((1 << (8 * HASH_BYTES)) - 1)
}

fn of_word(word: &str) -> u32 {
    short(word_hash(word))
}

/// A number as printed: its digits and a power of ten, so that it comes back as the same one.
fn put_value(out: &mut Vec<u8>, value: f64) {
    let text = format!("{value:e}");
    let (digits, power) = text.split_once('e').unwrap_or(("0", "0"));
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let whole: String = digits.chars().filter(char::is_ascii_digit).collect();
    let power = power.parse::<i64>().unwrap_or(0) - decimals as i64;
    let whole = whole.parse::<u64>().unwrap_or(0);
    put(out, whole << 1 | u64::from(digits.starts_with('-')));
    put(out, (power << 1 ^ power >> 63) as u64);
}

fn get_value(numbers: &mut Numbers<'_>) -> Option<f64> {
    let (whole, power) = (numbers.next()?, numbers.next()?);
    let power = (power >> 1) as i64 ^ -((power & 1) as i64);
    let sign = if whole & 1 == 1 { "-" } else { "" };
    format!("{sign}{}e{power}", whole >> 1)
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite())
}

/// What is written while the tables grow.
struct Packing {
    hashes: Table<u32>,
    periods: Table<String>,
    out: Vec<u8>,
}

impl Packing {
    /// Words by their places, how many first; none and one empty word are the same.
    fn words(&mut self, text: Option<&str>) {
        let words: Vec<&str> = text
            .into_iter()
            .flat_map(|text| text.split(' '))
            .filter(|word| !word.is_empty())
            .collect();
        put(&mut self.out, words.len() as u64);
        for word in words {
            let place = self.hashes.place(of_word(word));
            put(&mut self.out, place);
        }
    }

    /// Hashes as runs of places: how many runs; of each the place and how many follow one another. Words of a sentence stand
    /// together in the table.
    fn runs(&mut self, hashes: impl Iterator<Item = u32>) {
        let mut places: Vec<u64> = hashes.map(|hash| self.hashes.place(hash)).collect();
        places.sort_unstable();
        places.dedup();
        let runs: Vec<&[u64]> = places.chunk_by(|one, next| one + 1 == *next).collect();
        put(&mut self.out, runs.len() as u64);
        let mut end = 0;
        for run in runs {
            let first = run.first().copied().unwrap_or(0);
            put(&mut self.out, first - end);
            put(&mut self.out, run.len() as u64);
            end = first + run.len() as u64;
        }
    }

    fn amount(&mut self, amount: &Amount) {
        put_value(&mut self.out, amount.low);
        put_value(&mut self.out, amount.high);
        self.words(Some(&amount.unit.replace(' ', "-")));
    }

    fn figure(&mut self, document: &Document, figure: &Figure, before: Option<&Figure>) {
        let starts = before.is_some_and(|before| before.sentence.start != figure.sentence.start);
        let changes = before.is_some_and(|before| before.sentence != figure.sentence);
        let direction = match figure.direction {
            None => 0,
            Some(Direction::Up) => 1,
            Some(Direction::Down) => 2,
            Some(Direction::Flat) => 3,
        };
        let marks = Marks::of(document, figure);
        let bit = |set: bool, bit: u64| if set { bit } else { 0 };
        let head = u64::from(code(figure.kind))
            | bit(starts, SENTENCE_START)
            | bit(changes, SENTENCE)
            | bit(figure.high != figure.low, RANGE)
            | bit(figure.margin != 0.0, MARGIN)
            | bit(figure.period.is_some(), PERIOD)
            | bit(figure.paired_with.is_some(), PAIRED)
            | bit(figure.approximate, APPROXIMATE)
            | bit(marks.of_whole, OF_WHOLE)
            | bit(marks.moved, MOVED)
            | bit(marks.yearly, YEARLY)
            | bit(marks.headless, HEADLESS)
            | bit(marks.age, AGE)
            | direction << DIRECTION;
        put(&mut self.out, head);
        put(&mut self.out, u64::from(figure.precision));
        put_value(&mut self.out, figure.low);
        if figure.high != figure.low {
            put_value(&mut self.out, figure.high);
        }
        if figure.margin != 0.0 {
            put_value(&mut self.out, figure.margin);
        }
        // A unit of two words is one word here: units are only asked whether they are the same.
        self.words(Some(&figure.unit.replace(' ', "-")));
        if let Some(period) = &figure.period {
            let place = self.periods.place(period.clone());
            put(&mut self.out, place);
        }
        if let Some(amount) = &figure.paired_with {
            self.amount(amount);
        }
        self.words(figure.subject.as_deref());
        self.words(figure.entity.as_deref());
        let surface = word_hash(&figure.surface) as u16;
        self.out.extend(surface.to_le_bytes());
        self.runs(stems(document, figure).into_iter().map(short));
    }
}

impl PackedClaims {
    /// What a document says with its figures. Cost: a few microseconds a figure.
    #[must_use]
    pub fn of(document: &Document, figures: &[Figure]) -> Self {
        let figures = compared(figures);
        if figures.is_empty() {
            return Self::default();
        }
        let mut packing = Packing {
            hashes: Table(Vec::new()),
            periods: Table(Vec::new()),
            out: Vec::new(),
        };
        let names = often_named(document, &[]);
        packing.runs(names.into_iter().map(short));
        put(&mut packing.out, figures.len() as u64);
        let mut before = None;
        for figure in figures {
            packing.figure(document, figure, before);
            before = Some(figure);
        }
        let mut packed = Vec::new();
        put(&mut packed, packing.hashes.0.len() as u64);
        for hash in &packing.hashes.0 {
            packed.extend(hash.to_le_bytes().iter().take(HASH_BYTES));
        }
        put(&mut packed, packing.periods.0.len() as u64);
        for period in &packing.periods.0 {
            put(&mut packed, period.len() as u64);
            packed.extend(period.as_bytes());
        }
        packed.extend(packing.out);
        Self(packed)
    }

    /// Bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.0.len()
    }

    /// `None` if the bytes make no sense; nothing said if there are none.
    pub(super) fn unpack(&self) -> Option<Unpacked> {
        if self.0.is_empty() {
            return Some(Unpacked::default());
        }
        let mut numbers = Numbers(&self.0);
        let count = numbers.next_usize()?;
        let hashes = numbers.bytes(count.checked_mul(HASH_BYTES)?)?;
        let hashes = hashes.chunks_exact(HASH_BYTES).map(|bytes| {
            let byte = |hash: u64, byte: &u8| hash << 8 | u64::from(*byte);
            bytes.iter().rev().fold(0, byte)
        });
        let mut reading = Reading {
            hashes: hashes.collect(),
            periods: Vec::new(),
            numbers,
        };
        for _ in 0..reading.numbers.next()? {
            let length = reading.numbers.next_usize()?;
            let period = std::str::from_utf8(reading.numbers.bytes(length)?).ok()?;
            reading.periods.push(period.to_owned());
        }
        let mut unpacked = Unpacked {
            names: reading.runs()?,
            ..Unpacked::default()
        };
        let mut sentence = Span::default();
        for number in 0..u32::try_from(reading.numbers.next()?).ok()? {
            let (figure, marks, stems) = reading.figure(number, &mut sentence)?;
            unpacked.figures.push(figure);
            unpacked.marks.push(marks);
            unpacked.stems.push(stems.into_iter().collect());
        }
        Some(unpacked)
    }
}

/// What is read, with its tables.
struct Reading<'a> {
    hashes: Vec<u64>,
    periods: Vec<String>,
    numbers: Numbers<'a>,
}

/// The word that means something to the comparison as a word and has this hash.
fn known_word(hash: u64) -> Option<&'static str> {
    static WORDS: OnceLock<HashMap<u64, &'static str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        known_words()
            .map(|word| (u64::from(of_word(word)), word))
            .collect()
    });
    words.get(&hash).copied()
}

impl Reading<'_> {
    fn words(&mut self) -> Option<String> {
        let mut text = String::new();
        for at in 0..self.numbers.next()? {
            let hash = *self.hashes.get(self.numbers.next_usize()?)?;
            if at > 0 {
                text.push(' ');
            }
            match known_word(hash) {
                Some(word) => text.push_str(word),
                None => text.push_str(&format!("~{hash:x}")),
            }
        }
        Some(text)
    }

    fn runs(&mut self) -> Option<Vec<u64>> {
        let mut found = Vec::new();
        let mut end = 0_usize;
        for _ in 0..self.numbers.next()? {
            let first = end.checked_add(self.numbers.next_usize()?)?;
            end = first.checked_add(self.numbers.next_usize()?)?;
            found.extend(self.hashes.get(first..end)?);
        }
        Some(found)
    }

    fn value(&mut self) -> Option<f64> {
        get_value(&mut self.numbers)
    }

    /// A figure and the stems around it. Places stand for its span and its sentence, which are only compared and put in order.
    fn figure(&mut self, number: u32, sentence: &mut Span) -> Option<(Figure, Marks, Vec<u64>)> {
        let head = self.numbers.next()?;
        let has = |bit: u64| head & bit != 0;
        sentence.start += u32::from(has(SENTENCE_START));
        sentence.end += u32::from(has(SENTENCE));
        let precision = u8::try_from(self.numbers.next()?).ok()?;
        let low = self.value()?;
        let high = if has(RANGE) { self.value()? } else { low };
        let margin = if has(MARGIN) { self.value()? } else { 0.0 };
        let unit = self.words()?;
        let period = match has(PERIOD) {
            true => Some(self.periods.get(self.numbers.next_usize()?)?.clone()),
            false => None,
        };
        let paired_with = match has(PAIRED) {
            true => Some(Amount {
                low: self.value()?,
                high: self.value()?,
                unit: self.words()?,
            }),
            false => None,
        };
        let (subject, entity) = (self.words()?, self.words()?);
        let surface = self.numbers.bytes(2)?;
        let figure = Figure {
            kind: kind(head as u8 & 7)?,
            low,
            high,
            unit,
            surface: format!("{surface:?}"),
            span: Span {
                start: number,
                end: number,
            },
            precision,
            margin,
            approximate: has(APPROXIMATE),
            period,
            subject: (!subject.is_empty()).then_some(subject),
            entity: (!entity.is_empty()).then_some(entity),
            direction: match head >> DIRECTION & 3 {
                1 => Some(Direction::Up),
                2 => Some(Direction::Down),
                3 => Some(Direction::Flat),
                _ => None,
            },
            paired_with,
            sentence: *sentence,
        };
        let marks = Marks {
            of_whole: has(OF_WHOLE),
            moved: has(MOVED),
            yearly: has(YEARLY),
            headless: has(HEADLESS),
            age: has(AGE),
        };
        Some((figure, marks, self.runs()?))
    }
}

/// Figures as they come back.
#[derive(Debug, Default)]
pub(super) struct Unpacked {
    pub(super) figures: Vec<Figure>,
    stems: Vec<BTreeSet<u64>>,
    marks: Vec<Marks>,
    names: Vec<u64>,
}

impl Unpacked {
    pub(super) fn claims(&self) -> Claims<'_> {
        Claims {
            figures: &self.figures,
            contexts: (self.figures.iter().zip(&self.stems))
                .zip(&self.marks)
                .map(|((figure, stems), marks)| Context {
                    figure,
                    part: Part::named_by(|stem| stems.contains(&u64::from(short(stem)))),
                    marks: *marks,
                    stems: stems.clone(),
                })
                .collect(),
            names: self.names.clone(),
            words: words_around(self.stems.iter()),
            texts: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Index, Item, Memory, conflicting};
    use super::*;
    use crate::corpus::figures::{Facts, Known, set_against};
    use crate::corpus::kin::{Spread, of_kept};
    use crate::corpus::{ConflictKind, Entry, compare};
    use crate::document::RawDocument;
    use crate::figure::figures;

    const PIER: &str = "Tarnwell Grid's revenue rose 26% to 33.4 billion yuan ($4.67 billion) in Q1 2026. Its market share of 4% \
        trails Orne Power (30%) and Vell (20%). The plan costs $53 billion, and 3,140 engineers will work on it.";
    const LINES: &str = "In Q2 2025 Tarnwell Grid reported a 26% rise in revenue to RMB33.4 billion ($4.66 billion). Its market \
        share is 4%, behind Orne Power (29%) and Vell (20%). The plan is worth $53 billion, and 2,870 engineers will work on it.";
    const BAKER: &str = "Mila Orsk sold 1,300 loaves in two days. The oven broke twice, and 10 percent of the flour went bad.";

    fn entry(id: &str, text: &str) -> Entry {
        let document = Document::new(RawDocument {
            id: id.to_owned(),
            text: text.to_owned(),
            ..RawDocument::default()
        });
        Entry {
            figures: figures(&document),
            document,
            signs: Vec::new(),
            declared: None,
            reads_machine: false,
        }
    }

    /// Kinds and places of the conflicts, from the documents and from what an index keeps of them.
    fn both(a: &Entry, b: &Entry) -> [Vec<(ConflictKind, usize, usize)>; 2] {
        let place = |entry: &Entry, span: Span| {
            let found = entry.figures.iter().position(|figure| figure.span == span);
            found.unwrap()
        };
        // All but the words that an index does not keep.
        let [one, other] = [a, b].map(|entry| {
            let claims = Claims::from(Facts::from(entry));
            Claims {
                words: words_around(claims.contexts.iter().map(|context| &context.stems)),
                texts: false,
                ..claims
            }
        });
        let direct = set_against(&one, &other, Known::default());
        let direct = direct
            .into_iter()
            .map(|(kind, one, other)| (kind, place(a, one.span), place(b, other.span)));
        let unpacked = [a, b].map(|entry| Item::new(entry).record.claims.unpack().unwrap());
        let kept = set_against(&unpacked[0].claims(), &unpacked[1].claims(), Known::default());
        let kept = kept
            .into_iter()
            .map(|(kind, one, other)| (kind, one.span.start as usize, other.span.start as usize));
        [direct.collect(), kept.collect()]
    }

    /// What the comparison of two documents says of the first.
    fn compared_by_two(a: &Entry, b: &Entry) -> usize {
        let comparison = compare(&[a.clone(), b.clone()]);
        let conflicts = comparison.pairs.iter().flat_map(|pair| &pair.conflicts);
        let open = conflicts.filter(|conflict| conflict.kind != ConflictKind::Rounding);
        open.map(|conflict| conflict.a.span)
            .collect::<BTreeSet<Span>>()
            .len()
    }

    /// The siblings that contradict a document, as an index of them tells.
    fn who(asked: &Entry, siblings: &[&Entry]) -> BTreeSet<String> {
        let mut index = Memory::new();
        for sibling in siblings {
            index.add(&[Item::new(sibling)]).unwrap();
        }
        let item = Item::new(asked);
        let told = conflicting(&item, &index.ask(&item).unwrap()).into_iter();
        told.map(|conflict| conflict.document).collect()
    }

    fn beside(asked: &Entry, siblings: &[&Entry]) -> usize {
        let mut index = Memory::new();
        for sibling in siblings {
            index.add(&[Item::new(sibling)]).unwrap();
        }
        let item = Item::new(asked);
        let figures = conflicting(&item, &index.ask(&item).unwrap())
            .into_iter()
            .map(|conflict| conflict.figure);
        figures.collect::<BTreeSet<usize>>().len()
    }

    #[test]
    fn an_index_tells_the_conflicts_that_the_texts_do() {
        let (pier, lines, baker) = (entry("pier", PIER), entry("lines", LINES), entry("baker", BAKER));
        let [direct, kept] = both(&pier, &lines);
        assert_eq!(direct, kept);
        let kinds: BTreeSet<ConflictKind> = kept.iter().map(|found| found.0).collect();
        assert!(
            kinds.contains(&ConflictKind::Value) && kinds.contains(&ConflictKind::Period),
            "{kept:?}"
        );
        let counted = beside(&pier, &[&baker, &lines]);
        assert_eq!(counted, compared_by_two(&pier, &lines));
        assert!(counted >= 3, "{counted}");
    }

    #[test]
    fn a_rounding_a_stranger_and_a_document_itself_contradict_nothing() {
        let pier = entry("pier", PIER);
        let rough = entry("rough", &PIER.replace("$4.67", "$4.7"));
        assert_eq!(beside(&pier, &[&rough]), 0);
        assert_eq!(beside(&pier, &[&entry("baker", BAKER)]), 0);
        assert_eq!(beside(&pier, &[&pier]), 0);
        assert_eq!(
            beside(&entry("none", "Nobody counted anything here."), &[&pier]),
            0
        );
    }

    #[test]
    fn siblings_of_other_weeks_contradict_only_on_a_time_that_both_state() {
        let dated = |id: &str, text: &str, day: &str| {
            let mut entry = entry(id, text);
            let raw = RawDocument {
                date: Some(day.to_owned()),
                ..entry.document.raw().clone()
            };
            entry.document = Document::new(raw);
            entry
        };
        let share = PIER.replace("(30%)", "(29%)");
        let pier = dated("pier", PIER, "2026-03-02");
        assert_eq!(beside(&pier, &[&dated("same", &share, "2026-03-09")]), 1);
        assert_eq!(beside(&pier, &[&dated("later", &share, "2026-04-09")]), 0);
        let revenue = PIER.replace("26%", "29%");
        assert_eq!(beside(&pier, &[&dated("later", &revenue, "2026-04-09")]), 1);
    }

    #[test]
    fn two_siblings_against_one_figure_count_once() {
        let pier = entry("pier", PIER);
        let other = |id, share: &str| entry(id, &PIER.replace("(30%)", share));
        let (one, two) = (other("one", "(29%)"), other("two", "(27%)"));
        assert_eq!(beside(&pier, &[&one]), 1);
        assert_eq!(beside(&pier, &[&one, &two]), 1);
    }

    /// A page on a ropeway that says one thing more.
    fn ropeway(id: &str, sentence: &str) -> Entry {
        let facts = "Odderholm Ropeways employs 1,310 people and runs 23 cabins at Odderholm.";
        entry(
            id,
            &format!("{facts} {sentence} The ropeway cost 61.3 million crowns."),
        )
    }

    #[test]
    fn a_third_sibling_that_gives_both_values_settles_it() {
        for [one, other, both] in [
            [
                "Punctuality reached 91% in winter.",
                "Punctuality stood at 87% in winter.",
                "Punctuality was 91% in the valley and 87% on the ridge.",
            ],
            [
                "The rope lasts 14 years.",
                "The rope is good for 12 years.",
                "A rope lasts 14 years on the ridge and 12 years in the valley.",
            ],
            [
                "A season ticket costs 412 crowns.",
                "Season tickets go for 437 crowns.",
                "A season ticket costs 412 crowns for locals and 437 crowns for visitors.",
            ],
        ] {
            let asked = ropeway("one", one);
            let (other, both) = (ropeway("other", other), ropeway("both", both));
            let red = ropeway("red", "Its cabins are red.");
            assert_eq!(beside(&asked, &[&other, &red]), 1, "{one}");
            assert_eq!(beside(&asked, &[&other, &both]), 0, "{one}");
        }
    }

    #[test]
    fn what_is_said_oddly_is_told_where_another_sibling_says_it_plainly() {
        let asked = ropeway("asked", "Some 91% kept to the timetable in winter.");
        let plain = ropeway("plain", "In winter 87% kept to the timetable.");
        let odd = ropeway("odd", "Of departures 87% were punctual.");
        assert_eq!(beside(&asked, &[&odd]), 0);
        assert_eq!(
            who(&asked, &[&plain, &odd]),
            ["odd", "plain"].map(str::to_owned).into()
        );
    }

    #[test]
    fn what_a_sentence_shows_by_its_form_is_kept() {
        let text = "Some 63% of sales came from ropes. Revenue fell by 4% in May. It carries 910,000 riders a year. A 48-year-old \
            engineer runs it.\n\nto $5.6 billion.";
        let entry = entry("ropeway", text);
        let claims = Claims::from(Facts::from(&entry));
        let shown: Vec<Marks> = claims.contexts.iter().map(|context| context.marks).collect();
        let kept = Item::new(&entry).record.claims.unpack().unwrap();
        assert_eq!(kept.marks, shown);
        let all: [fn(&Marks) -> bool; 5] = [
            |marks| marks.of_whole,
            |marks| marks.moved,
            |marks| marks.yearly,
            |marks| marks.headless,
            |marks| marks.age,
        ];
        for (at, shows) in all.iter().enumerate() {
            assert_eq!(
                shown.iter().filter(|marks| shows(marks)).count(),
                1,
                "{at}: {shown:?}"
            );
        }
    }

    /// Reports of one office are worded alike, whatever they tell of.
    #[test]
    fn words_that_many_found_have_in_common_tell_less() {
        let report = |name: &str, years: &str| {
            let text = format!(
                "{name} burgled lakeside cottages with a crowbar and was sentenced to {years} years on felony counts."
            );
            Item::new(&entry(name, &text)).record.claims.unpack().unwrap()
        };
        let kept = [report("Ann Lund", "14"), report("Per Falk", "11")];
        let [one, other] = kept.each_ref().map(Unpacked::claims);
        let odds = |spread: &Spread| of_kept(&one, &other, spread).log_odds;
        let many = Spread::of((0..30).map(|_| &other.words));
        assert!(odds(&many) < odds(&Spread::default()) - 1.0);
    }

    #[test]
    fn whose_age_it_is_and_what_comes_each_year_are_kept() {
        let told = |one: &str, other: &str| {
            let [direct, kept] = both(&ropeway("one", one), &ropeway("other", other));
            assert_eq!(direct, kept, "{one} {other}");
            kept.len()
        };
        assert_eq!(
            told(
                "The ropeway is run by a 48-year-old engineer.",
                "The ropeway is run by a 44-year-old engineer."
            ),
            0
        );
        assert_eq!(
            told(
                "It carries 910,000 riders a year.",
                "It carries 970,000 riders a year."
            ),
            1
        );
        assert_eq!(
            told(
                "In 2024 the company spent 4.1 million crowns a year on rope.",
                "In 2025 the company spent 4.1 million crowns a year on rope."
            ),
            0
        );
    }

    /// The project's own samples against one another and against themselves with other digits: what is kept tells the same.
    #[test]
    fn what_is_kept_is_enough_for_every_sample() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/datasets/samples");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
            .collect();
        files.sort();
        let mut entries = Vec::new();
        for path in files {
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            entries.push(entry(
                &format!("{name}, changed"),
                &text.replace('3', "4").replace("2025", "2026"),
            ));
            entries.push(entry(&name, &text));
        }
        let mut conflicts = 0;
        for (at, one) in entries.iter().enumerate() {
            for other in entries.iter().skip(at + 1) {
                let [direct, kept] = both(one, other);
                conflicts += direct.len();
                assert_eq!(
                    direct,
                    kept,
                    "{} {}",
                    one.document.raw().id,
                    other.document.raw().id
                );
            }
        }
        assert!(
            conflicts > 30,
            "only {conflicts} conflicts: the test tells nothing"
        );
    }

    proptest! {
        #[test]
        fn any_value_comes_back(value in prop::num::f64::NORMAL | prop::num::f64::ZERO) {
            let mut out = Vec::new();
            put_value(&mut out, value);
            let back = get_value(&mut Numbers(&out)).unwrap();
            prop_assert_eq!(back, value);
        }

        #[test]
        fn any_bytes_are_unpacked_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = PackedClaims(bytes).unpack();
        }

        #[test]
        fn a_broken_end_is_noticed(cut in 1_usize..100) {
            let PackedClaims(mut bytes) = Item::new(&entry("pier", PIER)).record.claims;
            bytes.truncate(bytes.len() - cut);
            prop_assert!(PackedClaims(bytes).unpack().is_none());
        }
    }
}
