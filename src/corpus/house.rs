//! Lines of the house: what several documents carry word for word at their head or foot, such as a site's name, its sections and its offers.
//!
//! They are furniture that no phrase betrays; only another document shows it. What they say tells nothing of what a document is about.

use std::collections::BTreeMap;
use std::ops::Range;

use super::text::{Text, gram};
use crate::document::Span;

/// Words at either end of a document among which a line may be the house's.
const EDGE_WORDS: usize = 60;
/// Most words of such a line: longer ones are sentences, which copies share.
const LINE_WORDS: usize = 20;
/// Fewest documents that carry it: two may have one headline because they tell one story.
const CARRIERS: usize = 3;

/// A line or sentence: its words, and their hash.
type Line = (Range<usize>, u64);

/// For each text, which of its words stand in lines of the house. Cost: one map of the lines at the ends.
pub(super) fn lines(texts: &[Text]) -> Vec<Vec<bool>> {
    let mut carriers: BTreeMap<u64, (usize, usize)> = BTreeMap::new();
    for (document, text) in texts.iter().enumerate() {
        for (_, hash) in edges(text) {
            let (last, count) = carriers.entry(hash).or_insert((usize::MAX, 0));
            *count += usize::from(*last != document);
            *last = document;
        }
    }
    let house = |hash: &u64| carriers.get(hash).is_some_and(|(_, count)| *count >= CARRIERS);
    let marked = texts.iter().map(|text| {
        let mut marked = Vec::new();
        for (unit, _) in edges(text).filter(|(_, hash)| house(hash)) {
            marked.resize(text.len(), false);
            let words = marked.iter_mut().skip(unit.start).take(unit.len());
            words.for_each(|word| *word = true);
        }
        marked
    });
    marked.collect()
}

/// For two texts, their words but for the short lines with which both begin and those with which both end: two documents cannot tell
/// whether such a line is the house's, but what was taken from one another shows without it too. `None` if there is no such line.
pub(super) fn between(a: &Text, b: &Text, masked: [&[bool]; 2]) -> Option<[Vec<bool>; 2]> {
    let lines = |text: &Text| -> Vec<Line> { units(text).collect() };
    let (of_a, of_b) = (lines(a), lines(b));
    let alike = |(one, other): &(&Line, &Line)| one.1 == other.1 && one.0.len() <= LINE_WORDS;
    let head = of_a.iter().zip(&of_b).take_while(alike).count();
    let foot = of_a.iter().rev().zip(of_b.iter().rev()).take_while(alike).count();
    if head + foot == 0 {
        return None;
    }
    let without = |text: &Text, units: &[Line], masked: &[bool]| {
        let mut masked = masked.to_vec();
        masked.resize(text.len(), false);
        for (at, (unit, _)) in units.iter().enumerate() {
            if at < head || at + foot >= units.len() {
                let words = masked.iter_mut().skip(unit.start).take(unit.len());
                words.for_each(|word| *word = true);
            }
        }
        masked
    };
    let [masked_a, masked_b] = masked;
    Some([without(a, &of_a, masked_a), without(b, &of_b, masked_b)])
}

/// Where those words stand in the text. Cost: linear in the words.
pub(super) fn spans(text: &Text, marked: &[bool]) -> Vec<Span> {
    let inside = |unit: &&Range<usize>| marked.get(unit.start).copied().unwrap_or(false);
    text.units
        .iter()
        .filter(inside)
        .filter_map(|unit| text.span(unit))
        .collect()
}

/// The short lines near the ends, each with its hash.
fn edges(text: &Text) -> impl Iterator<Item = Line> {
    let foot = text.len().saturating_sub(EDGE_WORDS);
    units(text)
        .filter(move |(unit, _)| unit.end <= EDGE_WORDS || unit.start >= foot)
        .filter(|(unit, _)| unit.len() <= LINE_WORDS)
}

/// The lines and sentences, each with its hash.
fn units(text: &Text) -> impl Iterator<Item = Line> {
    text.units.iter().filter_map(|unit| {
        let words = text.tokens.get(unit.clone())?;
        Some((unit.clone(), gram(words.iter().map(|word| word.hash))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, RawDocument};

    fn text(body: &str) -> Text {
        let page = format!(
            "THE TARN LEDGER\nMills | Weirs | Sluices\n\n{body}\n\nWho owns the brook?\nSend us a sluice"
        );
        Text::of(&Document::new(RawDocument {
            text: page,
            ..RawDocument::default()
        }))
    }

    const BODIES: [&str; 3] = [
        "The mill at Tarnwell sold 40 sacks of spelt to bakers in May, its miller said, and it will close in the autumn when the weir is mended.",
        "A weir at Corvane broke on Friday, and eleven houses stood in the water until the evening, when firemen had laid their hoses.",
        "Nobody has seen the trout since the sluice was opened. Anglers wait on the bridge, and the warden waits with them until he is called home.",
    ];

    #[test]
    fn what_three_documents_carry_at_their_ends_is_the_houses() {
        let texts: Vec<Text> = BODIES.iter().map(|body| text(body)).collect();
        for (text, marked) in texts.iter().zip(lines(&texts)) {
            let count = marked.iter().filter(|word| **word).count();
            assert_eq!(count, 3 + 3 + 4 + 4, "{marked:?}");
            assert_eq!(spans(text, &marked).len(), 4);
        }
    }

    #[test]
    fn what_two_documents_begin_and_end_with_may_be_left_out() {
        let texts: Vec<Text> = BODIES.iter().take(2).map(|body| text(body)).collect();
        let [a, b] = between(&texts[0], &texts[1], [&[], &[true; 3]]).unwrap();
        let count = |marked: &[bool]| marked.iter().filter(|word| **word).count();
        assert_eq!([count(&a), count(&b)], [3 + 3 + 4 + 4; 2]);
        let [bare, other] = [BODIES[0], BODIES[1]].map(|body| {
            Text::of(&Document::new(RawDocument {
                text: body.to_owned(),
                ..RawDocument::default()
            }))
        });
        assert_eq!(between(&bare, &other, [&[], &[]]), None);
    }

    #[test]
    fn two_documents_may_share_a_headline() {
        let texts: Vec<Text> = BODIES.iter().take(2).map(|body| text(body)).collect();
        assert!(lines(&texts).iter().all(Vec::is_empty));
    }
}
