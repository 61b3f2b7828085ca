//! The words around figures, and what speaks for two documents telling one story.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use super::agree::{ByUnit, agrees};
use super::alike::entities;
use super::concepts::stem;
use super::odds::of_whole;
use super::part::Part;
use super::says::is_age;
use super::{Facts, Rarity};
use crate::corpus::bio::bio_lines;
use crate::corpus::common_words::common_words;
use crate::corpus::index::short;
use crate::corpus::kin::{Spread, UNLISTED, Words, background};
use crate::corpus::text::Text;
use crate::corpus::view::about_author;
use crate::document::{Case, Document, Span, WordKind};
use crate::figure::{Figure, moves_right_after};

/// Figures of one document that are compared with all of the other's: more make no article.
const MAX_FIGURES: usize = 300;
/// Bytes of the sentence on each side of a figure whose words tell what it is about.
const WINDOW_BYTES: usize = 110;
/// Shortest word that tells something, in letters.
const MIN_LETTERS: usize = 4;
/// Weight of shared figures that is half a proof of one story.
const HALF_COMMON: f64 = 0.5;
/// Likeness of their words that is half a proof of one story.
const HALF_ALIKE: f64 = 0.1;
/// Rareness up to which a word around a figure says nothing: more than one report in three has it.
const EVERYWHERE: f64 = 1.0;
/// Names of a document that are looked at: the most frequent.
const NAMES: usize = 3;
/// A name is what a text is about from so many mentions on.
const OFTEN: usize = 2;
/// Words of the opening, in which a report names what it is about.
const OPENING_WORDS: usize = 60;
/// How likely one common name makes one story.
const ONE_NAME: f64 = 0.3;
/// How likely two or three do.
const MORE_NAMES: f64 = 0.6;

/// A figure with the words around it.
pub(in crate::corpus) struct Context<'a> {
    /// The figure.
    pub figure: &'a Figure,
    /// Stems of the words around it.
    pub stems: BTreeSet<u64>,
    /// What its sentence shows by its form.
    pub marks: Marks,
    /// What its sentence says it is about only: see [`Part`].
    pub part: Part,
}

/// What a figure's sentence shows by its form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::corpus) struct Marks {
    /// Whether it is a share of a whole that is named right after it: "63% of sales".
    pub of_whole: bool,
    /// Whether the word for its direction stands right before it: "fell by 4%".
    pub moved: bool,
    /// Whether it is an amount of each year, told so in its sentence.
    pub yearly: bool,
    /// Whether the beginning of its sentence is lost, and with it what it measures: "to $5.6 billion."
    pub headless: bool,
    /// Whether it is somebody's age.
    pub age: bool,
}

impl Marks {
    /// Of a figure of a document.
    pub fn of(document: &Document, figure: &Figure) -> Self {
        let text = &document.raw().text;
        let sentence = figure.sentence.of(text);
        let before = text.get(figure.sentence.start as usize..figure.span.start as usize);
        Self {
            of_whole: of_whole(text, figure),
            moved: moves_right_after(before.unwrap_or("")),
            yearly: is_yearly(sentence),
            headless: is_headless(figure, sentence),
            age: is_age(figure),
        }
    }
}

/// A document's figures, ready to be set against another's.
pub(in crate::corpus) struct Claims<'a> {
    /// All of them.
    pub figures: &'a [Figure],
    /// Those that are compared one by one, at most [`MAX_FIGURES`].
    pub contexts: Vec<Context<'a>>,
    /// The names it is about.
    pub names: Vec<u64>,
    /// Its telling words; of an index those around its figures.
    pub words: Words,
    /// Whether the text is at hand: an index keeps the words of a subject as numbers.
    pub texts: bool,
}

impl<'a> From<Facts<'a>> for Claims<'a> {
    fn from(facts: Facts<'a>) -> Self {
        let text = Text::of(facts.document);
        let words = Words::of(&text, &about_author(&text, &bio_lines(facts.document)));
        Self::with(facts, words, &[])
    }
}

impl<'a> Claims<'a> {
    /// The claims of a document whose words are known; names in its lines of the `house` are none that it is about.
    pub(in crate::corpus) fn with(facts: Facts<'a>, words: Words, house: &[Span]) -> Self {
        let contexts = compared(facts.figures).iter().map(|figure| {
            let stems: BTreeSet<u64> = stems(facts.document, figure).into_iter().collect();
            Context {
                figure,
                part: Part::of(facts.document, figure, &stems),
                marks: Marks::of(facts.document, figure),
                stems,
            }
        });
        Self {
            figures: facts.figures,
            contexts: contexts.collect(),
            names: often_named(facts.document, house),
            words,
            texts: true,
        }
    }
}

/// Whether a figure of no subject stands in a sentence that begins in the middle.
fn is_headless(figure: &Figure, sentence: &str) -> bool {
    let first = sentence.trim_start().chars().next();
    figure.subject.is_none() && first.is_some_and(char::is_lowercase)
}

/// Whether a sentence tells of what there is in each year.
fn is_yearly(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = parts.filter(|word| !word.is_empty()).collect();
    let each = |pair: &[&str]| matches!(pair, [each, "year"] if EACH.contains(each));
    words.windows(2).any(each) || words.iter().any(|word| YEARLY.contains(word))
}

/// Words before "year" by which an amount is one of each year.
const EACH: [&str; 4] = ["a", "per", "each", "every"];
/// Words that say so by themselves.
const YEARLY: [&str; 3] = ["yearly", "annually", "annual"];

/// The figures of a document that are compared with all of another's.
pub(in crate::corpus) fn compared(figures: &[Figure]) -> &[Figure] {
    figures.get(..MAX_FIGURES).unwrap_or(figures)
}

/// Stems of the words around a figure, in its sentence: each once, in order.
pub(in crate::corpus) fn stems(document: &Document, figure: &Figure) -> Vec<u64> {
    let text = &document.raw().text;
    let (start, end) = (figure.span.start as usize, figure.span.end as usize);
    let from = (figure.sentence.start as usize).max(start.saturating_sub(WINDOW_BYTES));
    let to = (figure.sentence.end as usize).min(end + WINDOW_BYTES);
    let (from, to) = (text.floor_char_boundary(from), text.floor_char_boundary(to));
    let around = [text.get(from..start), text.get(end..to)];
    // What is measured counts on its own.
    let subject = figure.subject.iter().flat_map(|subject| subject.split(' '));
    let subject: Vec<u64> = subject.map(stem).collect();
    let mut stems: Vec<u64> = Vec::new();
    let words = around
        .into_iter()
        .flatten()
        .flat_map(|part| part.split(|c: char| !c.is_alphabetic()))
        .filter(|word| word.chars().count() >= MIN_LETTERS);
    for word in words {
        let stem = stem(&word.to_lowercase());
        if !stems.contains(&stem) && !subject.contains(&stem) {
            stems.push(stem);
        }
    }
    stems
}

/// The words around all figures of a document, which stand for those of its text where that is not at hand.
pub(in crate::corpus) fn words_around<'s>(stems: impl Iterator<Item = &'s BTreeSet<u64>>) -> Words {
    let mut count: BTreeMap<u64, f64> = BTreeMap::new();
    for stem in stems.flatten() {
        *count.entry(*stem).or_insert(0.0) += 1.0;
    }
    Words::weighed(count, rareness)
}

/// Weight of each stem: the more figures of both documents have it around them, the less it tells.
pub(super) fn weights(ours: &[Context<'_>], theirs: &[Context<'_>]) -> BTreeMap<u64, f64> {
    let mut count: BTreeMap<u64, f64> = BTreeMap::new();
    for stem in ours.iter().chain(theirs).flat_map(|context| &context.stems) {
        *count.entry(*stem).or_insert(0.0) += 1.0;
    }
    count
        .into_iter()
        .map(|(stem, count)| (stem, 1.0 / count))
        .collect()
}

/// Share of the words around both that are the same, 0 to 1.
pub(super) fn context(one: &Context<'_>, other: &Context<'_>, weights: &BTreeMap<u64, f64>) -> f64 {
    let weight = |stem: &u64| weights.get(stem).copied().unwrap_or(0.0).sqrt();
    let total = |stems: &BTreeSet<u64>| stems.iter().map(weight).sum::<f64>();
    let common: f64 = one.stems.intersection(&other.stems).map(weight).sum();
    let smaller = total(&one.stems).min(total(&other.stems));
    if smaller > 0.0 {
        common / (smaller + 1.0)
    } else {
        0.0
    }
}

/// Rareness of the words in common around two figures: the sum over the words of the natural logarithm of how many
/// reports there are for each that has the word, less [`EVERYWHERE`].
pub(super) fn common(one: &Context<'_>, other: &Context<'_>) -> f64 {
    let shared = one.stems.intersection(&other.stems);
    shared.map(|stem| (rareness(*stem) - EVERYWHERE).max(0.0)).sum()
}

/// Rareness of a stem as far as [`Context::stems`] knows it, by its hash or by what an index keeps of it.
pub(in crate::corpus) fn rareness(of: u64) -> f64 {
    static TABLE: OnceLock<HashMap<u64, f64>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table: HashMap<u64, f64> = HashMap::new();
        // Stems are shorter here, so several of the list may be one: then the commonest counts.
        let grammar = common_words().map(|word| (word, 0.0));
        for (word, rare) in background().chain(grammar) {
            let hash = stem(word);
            for hash in [hash, u64::from(short(hash))] {
                let known = table.entry(hash).or_insert(rare);
                *known = known.min(rare);
            }
        }
        table
    });
    table.get(&of).copied().unwrap_or(UNLISTED)
}

/// How well two figures' names for whose they are fit. A name that stands in the other's sentence is no other one, whichever was the nearest.
pub(super) fn whose(one: &Context<'_>, other: &Context<'_>) -> f64 {
    let fit = entities(one.figure, other.figure);
    let beside = |context: &Context<'_>, other: &Context<'_>| {
        let name = context.figure.entity.as_deref().unwrap_or("");
        let mut words = name.split(' ').filter(|word| word.chars().count() >= MIN_LETTERS);
        words.any(|word| other.stems.contains(&stem(&word.to_lowercase())))
    };
    if fit < 0.0 && (beside(one, other) || beside(other, one)) {
        0.0
    } else {
        fit
    }
}

/// How much speaks for the two documents telling one story: the names they repeat, the figures and the telling words they share; 0 to 1.
pub(super) fn related(a: &Claims<'_>, b: &Claims<'_>) -> f64 {
    let both = match names_in_common(&a.names, &b.names) {
        0 => 0.0,
        1 => ONE_NAME,
        _ => MORE_NAMES,
    };
    let rarity = Rarity::default();
    let index = ByUnit::new(b.figures);
    let mut seen = BTreeSet::new();
    let common: f64 = compared(a.figures)
        .iter()
        .filter(|one| index.near(one).any(|other| agrees(one, other)) && seen.insert(one.low.to_bits()))
        .map(|one| rarity.weight(one))
        .sum();
    let alike = a.words.alike(&b.words, &Spread::default());
    1.0 - (1.0 - both) * (1.0 - common / (common + HALF_COMMON)) * (1.0 - alike / (alike + HALF_ALIKE))
}

/// How many of the names that one document is about the other is about too.
pub(in crate::corpus) fn names_in_common(a: &[u64], b: &[u64]) -> usize {
    a.iter().filter(|name| b.contains(name)).count()
}

/// The words that most often stand with a capital, and never without one: the names a text is about. In the opening, where a report says what
/// it is about, one mention is enough, but for the first word of a sentence, which has its capital in any case.
/// What stands in lines of the `house` is left out.
pub(in crate::corpus) fn often_named(document: &Document, house: &[Span]) -> Vec<u64> {
    let mut count: BTreeMap<u64, (usize, bool)> = BTreeMap::new();
    let mut opening = BTreeSet::new();
    let mut last = None;
    for (at, word) in document.words().iter().enumerate() {
        let first = last.replace(word.sentence) != Some(word.sentence);
        if house.iter().any(|line| line.contains(word.span)) {
            continue;
        }
        if word.kind == WordKind::Letters {
            let entry = count.entry(word.hash).or_insert((0, false));
            entry.0 += 1;
            entry.1 |= word.case == Case::Lower;
            if at < OPENING_WORDS && !first && usize::from(word.chars) >= MIN_LETTERS {
                opening.insert(word.hash);
            }
        }
    }
    let mut names: Vec<(usize, u64)> = count
        .into_iter()
        .filter(|(hash, (times, lower))| !lower && (*times >= OFTEN || opening.contains(hash)))
        .map(|(hash, (times, _))| (times, hash))
        .collect();
    names.sort_by(|one, other| other.cmp(one));
    names.into_iter().take(NAMES).map(|(_, hash)| hash).collect()
}
