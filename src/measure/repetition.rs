//! Repetition: word sequences, sentence openers and neighbouring sentences.

use super::class::{Class, Classes, FUNCTION};
use super::stats::{entropy, mean, moments};
use super::types::Types;
use super::{Family, Slots, Spec, View};

/// The family.
pub static FAMILY: Family = Family {
    name: "repetition",
    doc: "Repeated word sequences, sentence openers and neighbouring sentences that share words.",
    specs: SPECS,
    measure,
};

static SPECS: &[Spec] = &[
    Spec::share(
        "repetition.bigram_share",
        200,
        "Share of the word pairs in 200 words that occurred before in them; mean over such windows.",
        "Holtzman et al. 2020",
    ),
    Spec::share(
        "repetition.trigram_share",
        200,
        "The same for sequences of three words.",
        "Holtzman et al. 2020",
    ),
    Spec::share(
        "repetition.fourgram_share",
        200,
        "The same for sequences of four words.",
        "Holtzman et al. 2020",
    ),
    Spec::share(
        "repetition.opener_diversity",
        80,
        "Different first words among ten neighbouring sentences, over ten; mean over such groups.",
        "byline",
    ),
    Spec::share(
        "repetition.opener_top_share",
        80,
        "Share of the most frequent first word among ten neighbouring sentences; mean over such groups.",
        "byline",
    ),
    Spec::share(
        "repetition.opener_repeated_share",
        60,
        "Share of the sentences that begin with the same word as the sentence before.",
        "byline",
    ),
    Spec::new(
        "repetition.opener_class_entropy",
        "bits",
        (0.0, 3.0),
        80,
        "Entropy of the kinds of first word (pronoun, determiner, preposition, conjunction, adverb in -ly, form in \
         -ing, other function word, content word) among ten neighbouring sentences; mean over such groups.",
        "byline",
    ),
    Spec::share(
        "repetition.opener_pronoun_share",
        60,
        "Share of the sentences that begin with a personal pronoun.",
        "byline",
    ),
    Spec::share(
        "repetition.opener_determiner_share",
        60,
        "Share of the sentences that begin with an article or another determiner.",
        "byline",
    ),
    Spec::share(
        "repetition.neighbour_overlap",
        60,
        "Content words that two neighbouring sentences share, over those in either; mean over the pairs.",
        "Jaccard 1901",
    ),
    Spec::new(
        "repetition.paragraph_length_cv",
        "ratio",
        (0.0, f64::INFINITY),
        80,
        "Standard deviation of the paragraphs' lengths in words over their mean; low for paragraphs of one shape.",
        "byline",
    )
    .typed(),
];

/// Words in a window: repetition grows with length, so it is counted on a fixed one.
const WINDOW: usize = 200;
/// Sentences in a group, fixed for the same reason.
const GROUP: usize = 10;
/// Fewest sentences for a share of them.
const MIN_SENTENCES: usize = 4;
/// Fewest paragraphs for the variation of their lengths.
const MIN_PARAGRAPHS: usize = 3;

fn measure(view: &View<'_>, slots: &mut Slots<'_>) {
    let [pairs, triples, fours] = repeated(&view.types);
    slots.set_some("repetition.bigram_share", pairs);
    slots.set_some("repetition.trigram_share", triples);
    slots.set_some("repetition.fourgram_share", fours);
    openers(view, slots);
    slots.set_some("repetition.neighbour_overlap", overlap(view));
    paragraphs(view, slots);
}

/// Longest sequence of words that is looked for.
const LONGEST: usize = 4;

/// Mean shares of repeated sequences of two, three and four words over the whole windows.
fn repeated(types: &Types) -> [Option<f64>; 3] {
    let mut shares = [vec![], vec![], vec![]];
    let mut start = 0;
    for (window, before) in types
        .ids
        .chunks_exact(WINDOW)
        .zip(types.recurrence.before.chunks_exact(WINDOW))
    {
        let found = repetitions(window, before, start);
        for ((shares, found), length) in shares.iter_mut().zip(found).zip(2..) {
            shares.push(found as f64 / (WINDOW + 1 - length) as f64);
        }
        start += WINDOW;
    }
    shares.map(|shares| mean(&shares))
}

/// How many of the sequences of two, three and four words in a window occurred before in it. `before` says where each word
/// stood last, counted from 1 from the start of the text; the window begins at `start`.
fn repetitions(window: &[u32], before: &[u32], start: usize) -> [usize; 3] {
    let mut found = [0; 3];
    let earlier = |at: usize| (*before.get(at)? as usize).checked_sub(start + 1);
    for at in 0..window.len() {
        // Both words of a repeated pair have occurred before.
        let (Some(mut place), Some(_)) = (earlier(at), earlier(at + 1)) else {
            continue;
        };
        let second = window.get(at + 1);
        let mut longest = 0;
        // Back along the places of the same word, as long as they are in the window.
        loop {
            if window.get(place + 1) == second {
                let rest = window.iter().skip(place + 1).zip(window.iter().skip(at + 1));
                let same = 1 + rest.take(LONGEST - 1).take_while(|(a, b)| a == b).count();
                longest = longest.max(same);
            }
            match earlier(place) {
                Some(next) if longest < LONGEST => place = next,
                _ => break,
            }
        }
        for (found, length) in found.iter_mut().zip(2..) {
            *found += usize::from(longest >= length);
        }
    }
    found
}

/// Kinds of first word.
fn opener_kind(view: &View<'_>, at: usize) -> usize {
    let classes = view.classes(at);
    let order = [
        Classes::of(&[Class::Personal]),
        Classes::of(&[Class::Determiner, Class::The, Class::Article, Class::Possessive]),
        Classes::of(&[
            Class::Conjunction,
            Class::And,
            Class::But,
            Class::Or,
            Class::While,
            Class::If,
        ]),
        Classes::of(&[Class::Preposition]),
        FUNCTION,
    ];
    if let Some(kind) = order.iter().position(|kind| classes.any(*kind)) {
        return kind;
    }
    let word = view.lower(at);
    order.len()
        + if word.len() > 4 && word.ends_with("ly") {
            0
        } else if word.len() > 4 && word.ends_with("ing") {
            1
        } else {
            2
        }
}

/// Number of opener kinds.
const KINDS: usize = 8;

fn openers(view: &View<'_>, slots: &mut Slots<'_>) {
    let firsts: Vec<usize> = view.sentences().map(|range| range.start).collect();
    let ids: Vec<u32> = firsts
        .iter()
        .filter_map(|at| view.ids().get(*at).copied())
        .collect();
    let (mut diversity, mut top, mut kinds) = (vec![], vec![], vec![]);
    for (group, places) in ids.chunks_exact(GROUP).zip(firsts.chunks_exact(GROUP)) {
        let mut sorted = group.to_vec();
        sorted.sort_unstable();
        let runs = || sorted.chunk_by(|a, b| a == b).map(<[u32]>::len);
        diversity.push(runs().count() as f64 / GROUP as f64);
        top.push(runs().max().unwrap_or(0) as f64 / GROUP as f64);
        let mut counts = [0_usize; KINDS];
        for at in places {
            if let Some(count) = counts.get_mut(opener_kind(view, *at)) {
                *count += 1;
            }
        }
        kinds.extend(entropy(counts));
    }
    slots.set_some("repetition.opener_diversity", mean(&diversity));
    slots.set_some("repetition.opener_top_share", mean(&top));
    slots.set_some("repetition.opener_class_entropy", mean(&kinds));
    if ids.len() < MIN_SENTENCES {
        return;
    }
    let same = ids.iter().zip(ids.iter().skip(1)).filter(|(a, b)| a == b).count();
    slots.set(
        "repetition.opener_repeated_share",
        same as f64 / (ids.len() - 1) as f64,
    );
    let share = |kind: usize| {
        firsts.iter().filter(|at| opener_kind(view, **at) == kind).count() as f64 / firsts.len() as f64
    };
    slots.set("repetition.opener_pronoun_share", share(0));
    slots.set("repetition.opener_determiner_share", share(1));
}

/// Mean Jaccard similarity of neighbouring sentences' content words.
fn overlap(view: &View<'_>) -> Option<f64> {
    // The last sentence (from 1) in which each word stood, and whether the one before held it too.
    let mut last = vec![0_u32; view.types.len()];
    let mut previous = 0_usize;
    let mut pairs = Vec::new();
    let mut number = 0_u32;
    for range in view.sentences() {
        number += 1;
        let (mut own, mut shared) = (0_usize, 0_usize);
        for at in range {
            if view.classes(at).any(FUNCTION) {
                continue;
            }
            let Some(seen) = view.ids().get(at).and_then(|id| last.get_mut(*id as usize)) else {
                continue;
            };
            if *seen != number {
                own += 1;
                shared += usize::from(number > 1 && *seen == number - 1);
                *seen = number;
            }
        }
        let either = own + previous - shared;
        if number > 1 && either > 0 {
            pairs.push(shared as f64 / either as f64);
        }
        previous = own;
    }
    if pairs.len() + 1 < MIN_SENTENCES {
        return None;
    }
    mean(&pairs)
}

fn paragraphs(view: &View<'_>, slots: &mut Slots<'_>) {
    let lengths: Vec<f64> = view
        .document
        .sentences()
        .chunk_by(|a, b| a.block == b.block)
        .map(|block| block.iter().map(|sentence| sentence.words.len() as f64).sum())
        .collect();
    if lengths.len() < MIN_PARAGRAPHS {
        return;
    }
    if let Some(all) = moments(&lengths) {
        slots.set("repetition.paragraph_length_cv", all.sd / all.mean);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::rate_in;
    use super::super::types::Recurrence;
    use super::*;

    fn repeated_in(ids: &[u32]) -> [Option<f64>; 3] {
        let types = ids.iter().max().map_or(0, |most| *most as usize + 1);
        repeated(&Types {
            ids: ids.to_vec(),
            recurrence: Recurrence::new(ids, types),
            ..Types::default()
        })
    }

    #[test]
    fn repeated_sequences_by_hand() {
        // 0 1 0 1 0: pairs 01 10 01 10: 2 occurred before; triples 010 101 010: 1; fours 0101 1010: 0.
        let ids = [0, 1, 0, 1, 0];
        assert_eq!(repetitions(&ids, &Recurrence::new(&ids, 2).before, 0), [2, 1, 0]);
        // 200 words of one kind: 199 pairs, 198 of them repeated.
        let [pairs, triples, fours] = repeated_in(&[7; WINDOW]);
        assert_eq!(pairs, Some(198.0 / 199.0));
        assert_eq!(triples, Some(197.0 / 198.0));
        assert_eq!(fours, Some(196.0 / 197.0));
        let different: Vec<u32> = (0..200).collect();
        assert_eq!(repeated_in(&different), [Some(0.0); 3]);
        assert_eq!(repeated_in(&[7; WINDOW - 1]), [None; 3]);
    }

    #[test]
    fn a_window_knows_nothing_of_the_one_before() {
        let twice: Vec<u32> = (0..200).chain(0..200).collect();
        assert_eq!(repeated_in(&twice), [Some(0.0); 3]);
    }

    #[test]
    fn openers_and_overlap_by_hand() {
        // Openers: she she the she birds she the a quickly in = 10; 7 words each.
        let text = "She painted boats near the old harbour. She sold boats and bought more paint. \
            The harbour was cold in late winter. She kept cats that liked dead fish. \
            Birds came to look at those cats. She did not mind noise or dirt. \
            The roof was old and leaked again. A carpenter came with wood and nails. \
            Quickly he mended every hole he saw. In spring the whole town looked new."
            .replace('.', " that very day.");
        // she x4, the x2, birds, a, quickly, in: 6 different; the most frequent 4.
        assert_eq!(rate_in(&text, "repetition.opener_diversity"), 0.6);
        assert_eq!(rate_in(&text, "repetition.opener_top_share"), 0.4);
        assert_eq!(rate_in(&text, "repetition.opener_repeated_share"), 1.0 / 9.0);
        assert_eq!(rate_in(&text, "repetition.opener_pronoun_share"), 0.4);
        assert_eq!(rate_in(&text, "repetition.opener_determiner_share"), 0.3);
    }
}
