//! The stages in order: tokens, figures, what is said of them.

use super::context::Sentence;
use super::name::{Known, names};
use super::period::periods;
use super::scan::{Found, scan};
use super::token::Tokens;
use super::{Amount, Figure};
use crate::document::{Document, Span};

/// All figures of a document, in order of position.
///
/// Looks at prose, headings, lists, tables, quotations, summaries and biographies; the rest of a site's furniture (tickers, lists of
/// dates and references, comments, promotion) states nothing of the text. What is and what is not a figure is said in
/// `datasets/figures/README.md`. Linear in the length of the text; about half the cost of building the document.
///
/// ```
/// use byline::figure::{Kind, figures};
/// use byline::{Document, RawDocument};
///
/// let text = "Tarnwell Grid's revenue rose 12% to €3.4bn ($3.7 billion) in Q2 2025, its fourth consecutive quarter of growth.";
/// let document = Document::new(RawDocument { text: text.to_owned(), ..RawDocument::default() });
/// let found = figures(&document);
/// assert_eq!(found.len(), 4);
/// let money = &found[1];
/// assert_eq!((money.kind, money.low, money.unit.as_str()), (Kind::Money, 3.4e9, "EUR"));
/// assert_eq!(money.period.as_deref(), Some("2025-Q2"));
/// assert_eq!(money.paired_with.as_ref().map(|other| other.low), Some(3.7e9));
/// assert_eq!(money.span.of(text), "€3.4bn");
/// ```
#[must_use]
pub fn figures(document: &Document) -> Vec<Figure> {
    let tokens = Tokens::of(document);
    let found = scan(&tokens);
    if found.is_empty() {
        return Vec::new();
    }
    let known = Known::of(&tokens);
    let mut figures = Vec::with_capacity(found.len());
    let mut rest = found.as_slice();
    while let Some(first) = rest.first() {
        let span = sentence_of(document, tokens.at(first.from).span());
        let within = tokens.inside(span);
        let count = rest
            .iter()
            .take_while(|found| found.from < within.end)
            .count()
            .max(1);
        let (of_sentence, after) = rest.split_at(count);
        rest = after;
        let sentence = Sentence {
            tokens: &tokens,
            periods: periods(&tokens, within.clone()),
            names: names(&tokens, within.clone(), &known),
            figures: of_sentence,
            within,
        };
        let start = figures.len();
        let original = document.to_original(span);
        for (found, index) in of_sentence.iter().zip(0..) {
            figures.push(figure(document, &sentence, found, index, original));
        }
        pair(&sentence, figures.get_mut(start..).unwrap_or(&mut []));
    }
    figures
}

fn figure(
    document: &Document,
    sentence: &Sentence<'_, '_>,
    found: &Found,
    index: usize,
    within: Span,
) -> Figure {
    let tokens = sentence.tokens;
    let (start, end) = (tokens.at(found.from).start, tokens.before(found.to).end);
    let span = document.to_original(Span {
        start,
        end: end.max(start),
    });
    Figure {
        kind: found.kind,
        low: found.low,
        high: found.high,
        unit: found.unit.to_string(),
        surface: span.of(&document.raw().text).to_owned(),
        span,
        precision: found.precision,
        margin: found.margin,
        approximate: found.approximate,
        period: sentence.period(found),
        subject: sentence.subject(found),
        entity: sentence.entity(found, index),
        direction: sentence.direction(found),
        paired_with: None,
        sentence: Span {
            start: within.start.min(span.start),
            end: within.end.max(span.end),
        },
    }
}

/// Pairs amounts with their conversions; what is said of the first holds for the second.
fn pair(sentence: &Sentence<'_, '_>, figures: &mut [Figure]) {
    for index in 1..figures.len() {
        let (Some(first), Some(second)) = (sentence.figures.get(index - 1), sentence.figures.get(index))
        else {
            continue;
        };
        if !sentence.is_conversion(first, second) {
            continue;
        }
        if let Some([one, other]) = figures.get_mut(index - 1..=index) {
            one.paired_with = Some(amount(other));
            other.paired_with = Some(amount(one));
            other.period.clone_from(&one.period);
            other.subject.clone_from(&one.subject);
            other.entity.clone_from(&one.entity);
            other.direction = one.direction;
        }
    }
}

fn amount(figure: &Figure) -> Amount {
    Amount {
        low: figure.low,
        high: figure.high,
        unit: figure.unit.clone(),
    }
}

/// Most bytes of the label of an entry.
const LABEL: usize = 40;

/// Lines such as "Net profit: $1.74 billion" are entries of their own, though no point parts them: of a sentence that holds several
/// lines, one of which around the range is such a line, that line.
fn entry_of(text: &str, sentence: Span, at: Span) -> Span {
    let whole = sentence.of(text);
    let (start, place) = (sentence.start as usize, (at.start - sentence.start) as usize);
    let before = whole.get(..place).and_then(|head| head.rfind('\n'));
    let after = whole.get(place..).and_then(|tail| tail.find('\n'));
    if before.is_none() && after.is_none() {
        return sentence;
    }
    let from = before.map_or(0, |newline| newline + 1);
    let to = after.map_or(whole.len(), |newline| place + newline);
    if whole.get(from..to).is_some_and(labelled) {
        Span::new(start + from, start + to)
    } else {
        sentence
    }
}

/// Whether a line begins with a label: a capital, a few words, a colon and a space.
fn labelled(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let label = line.split_once(": ").map(|(label, _)| label);
    line.starts_with(char::is_uppercase)
        && label.is_some_and(|label| label.len() <= LABEL && !label.contains(['.', ',', '?', '!']))
}

/// The sentence around a range of the normalised text; outside prose, the line.
pub(super) fn sentence_of(document: &Document, at: Span) -> Span {
    let sentences = document.sentences();
    let after = sentences.partition_point(|sentence| sentence.span.start <= at.start);
    let sentence = after.checked_sub(1).and_then(|index| sentences.get(index));
    if let Some(sentence) = sentence.filter(|sentence| sentence.span.end > at.start) {
        return entry_of(document.text(), sentence.span, at);
    }
    let text = document.text();
    let start = text
        .get(..at.start as usize)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |at| at + 1);
    let end = text
        .get(at.end as usize..)
        .and_then(|after| after.find('\n'))
        .map_or(text.len(), |length| at.end as usize + length);
    Span::new(start, end)
}
