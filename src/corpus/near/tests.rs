use proptest::prelude::*;

use super::*;
use crate::corpus::index::{Clusters, Index, Item, Memory, Record};
use crate::document::word_hash;

/// xorshift64* (Vigna 2016).
pub(crate) struct Random(pub u64);

impl Random {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let product = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D);
        (product >> 33) as usize % n
    }

    /// A text of words that no other text has.
    pub(crate) fn text(&mut self, words: usize) -> Vec<u64> {
        (0..words)
            .map(|_| word_hash(&format!("{}", self.below(1 << 30))))
            .collect()
    }

    /// The text with a share of its words changed, dropped or doubled.
    pub(crate) fn edit(&mut self, text: &[u64], percent: usize) -> Vec<u64> {
        let mut edited = Vec::new();
        for word in text {
            if self.below(100) >= percent {
                edited.push(*word);
                continue;
            }
            match self.below(4) {
                0 => {}
                1 => edited.extend([*word, self.below(1 << 30) as u64]),
                _ => edited.push(self.below(1 << 30) as u64),
            }
        }
        edited
    }
}

pub(crate) fn item(id: &str, words: &[u64]) -> Item {
    let fingerprint = Fingerprint::of_words(words);
    Item {
        printed: Vec::new(),
        record: Record {
            id: id.to_owned(),
            size: Size::of(&fingerprint),
            ..Record::default()
        },
        fingerprint,
    }
}

fn clusters(texts: &[Vec<u64>]) -> Clusters {
    let items: Vec<Item> = texts
        .iter()
        .zip(0..)
        .map(|(text, n): (_, usize)| item(&n.to_string(), text))
        .collect();
    let mut index = Memory::new();
    index.add(&items).unwrap();
    index.clusters().unwrap()
}

#[test]
fn the_lower_limit_is_wilsons() {
    // Worked out by hand: 3 of 3, z = 1.96: (1 + 0.6403) - 0.6403 over 2.2805.
    assert!((lower_limit(3, 3) - 0.4385).abs() < 1e-3);
    assert!((lower_limit(50, 100) - 0.4038).abs() < 1e-3);
    assert_eq!(lower_limit(0, 0), 0.0);
}

#[test]
fn edits_trims_and_excerpts_are_found() {
    let mut random = Random(7);
    let mut found = [0; 4];
    let rounds = 100;
    for _ in 0..rounds {
        let text = random.text(300);
        let start = random.below(240);
        let others = [
            random.edit(&text, 10),
            random.edit(&text, 20),
            text[100..].to_vec(),
            text[start..start + 50].to_vec(),
        ];
        for (count, other) in found.iter_mut().zip(others) {
            *count += clusters(&[text.clone(), other]).pairs.len();
        }
    }
    assert!(
        found[0] >= 99 && found[1] >= 40 && found[2] == rounds && found[3] >= 98,
        "{found:?}"
    );
}

#[test]
fn an_excerpt_of_a_long_text_is_found() {
    let mut random = Random(11);
    let text = random.text(4000);
    let found = (0..40)
        .filter(|n| {
            clusters(&[text.clone(), text[n * 90..n * 90 + 120].to_vec()])
                .pairs
                .len()
                == 1
        })
        .count();
    assert!(found >= 38, "{found}");
}

#[test]
fn containment_is_told_in_both_directions() {
    let mut random = Random(3);
    let text = random.text(400);
    let clusters = clusters(&[text.clone(), text[..100].to_vec()]);
    let [whole, part] = clusters.pairs[0].overlap.containment();
    assert!((0.15..0.35).contains(&whole), "{whole}");
    assert!(part > 0.99, "{part}");
}

#[test]
fn a_shell_around_own_words_gives_no_pair() {
    let mut random = Random(5);
    let shell = random.text(200);
    let items: Vec<Vec<u64>> = (0..300)
        .map(|_| [&shell[..120], &random.text(60), &shell[120..]].concat())
        .collect();
    assert!(clusters(&items).pairs.is_empty());
}

#[test]
fn a_phrase_within_the_own_words_of_many_pages_changes_nothing() {
    let mut random = Random(23);
    let (shell, phrase) = (random.text(200), random.text(7));
    let items: Vec<Vec<u64>> = (0..120)
        .map(|_| {
            [
                &shell[..100],
                &random.text(30),
                &phrase,
                &random.text(30),
                &shell[100..],
            ]
            .concat()
        })
        .collect();
    assert!(clusters(&items).pairs.is_empty());
}

#[test]
fn copies_within_a_shell_are_found_and_a_bare_shell_joins_nobody_to_another() {
    let mut random = Random(17);
    let shell = random.text(200);
    let page = |own: &[u64]| [&shell[..90], own, &shell[90..]].concat();
    let mut items: Vec<Vec<u64>> = (0..200).map(|_| page(&random.text(70))).collect();
    let own = random.text(70);
    items.push(page(&own));
    items.push(page(&random.edit(&own, 5)));
    let clusters = clusters(&items);
    let pairs: Vec<(&str, &str)> = clusters
        .pairs
        .iter()
        .map(|pair| {
            let id = |at: u32| clusters.records[at as usize].id.as_str();
            (id(pair.a), id(pair.b))
        })
        .collect();
    assert_eq!(pairs, [("200", "201")]);
    let mut index = Memory::new();
    let items: Vec<Item> = items
        .iter()
        .zip(0..)
        .map(|(text, n): (_, usize)| item(&n.to_string(), text))
        .collect();
    index.add(&items).unwrap();
    let answer = index.ask(&item("new", &page(&own))).unwrap();
    let near: Vec<&str> = answer
        .wording
        .iter()
        .filter(|near| near.near)
        .map(|near| near.record.id.as_str())
        .collect();
    assert_eq!(near, ["200", "201"]);
}

#[test]
fn copies_of_a_text_are_found_however_many_there_are() {
    let mut random = Random(9);
    let text = random.text(300);
    for copies in [30, 200] {
        let exact = vec![text.clone(); copies];
        assert_eq!(clusters(&exact).groups().len(), 1);
        assert_eq!(clusters(&exact).records.len(), copies);
        let edited: Vec<Vec<u64>> = (0..copies).map(|_| random.edit(&text, 5)).collect();
        let clusters = clusters(&edited);
        assert_eq!(clusters.groups().len(), 1);
        assert!(
            clusters.records.len() * 100 >= copies * 97,
            "{}",
            clusters.records.len()
        );
    }
    // Two edited copies share 0.43 of their runs: not every pair is near, but all hold together.
    let edited: Vec<Vec<u64>> = (0..30).map(|_| random.edit(&text, 10)).collect();
    let clusters = clusters(&edited);
    assert_eq!((clusters.groups().len(), clusters.records.len()), (1, 30));
}

#[test]
fn a_question_about_a_page_of_a_shell_finds_none_of_the_others() {
    let mut random = Random(15);
    let shell = random.text(200);
    let page = |random: &mut Random| [&shell[..50], &random.text(80), &shell[50..]].concat();
    let items: Vec<Item> = (0..300)
        .map(|n| item(&n.to_string(), &page(&mut random)))
        .collect();
    let mut index = Memory::new();
    index.add(&items).unwrap();
    let answer = index.ask(&item("new", &page(&mut random))).unwrap();
    assert!(
        answer.wording.iter().all(|near| !near.near),
        "{:?}",
        answer.wording.first()
    );
}

#[test]
fn groups_join_what_pairs_hold_together() {
    let overlap = overlap(&Size::default(), &Size::default(), 0);
    let pairs: Vec<NearPair> = [(0, 1), (4, 5), (1, 7), (5, 9), (7, 8)]
        .into_iter()
        .map(|(a, b)| NearPair { a, b, overlap })
        .collect();
    assert_eq!(groups(&pairs), [vec![0, 1, 7, 8], vec![4, 5, 9]]);
}

proptest! {
    #[test]
    fn unrelated_texts_are_no_pair(seed in 1_u64.., lengths in prop::collection::vec(0_usize..700, 2..8)) {
        let mut random = Random(seed);
        let texts: Vec<Vec<u64>> = lengths.into_iter().map(|length| random.text(length)).collect();
        prop_assert!(clusters(&texts).pairs.is_empty());
    }

    #[test]
    fn containment_is_a_share(shared in 0_u32..50, a in 0_u32..50, b in 0_u32..50) {
        let overlap = Overlap { shared, of_a: a, of_b: b };
        for share in overlap.containment() {
            prop_assert!((0.0..=1.0).contains(&share));
        }
        prop_assert!(!overlap.is_near() || shared >= MIN_SHARED);
    }
}
