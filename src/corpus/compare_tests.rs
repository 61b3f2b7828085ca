//! What whole sets of made-up documents share.

use proptest::prelude::*;

use super::*;
use crate::corpus::{Declaration, Via};
use crate::document::{Document, RawDocument};

fn entry(id: &str, text: &str, declared: bool) -> Entry {
    let document = Document::new(RawDocument {
        id: id.to_owned(),
        text: text.to_owned(),
        ..RawDocument::default()
    });
    Entry {
        figures: crate::figure::figures(&document),
        document,
        signs: Vec::new(),
        declared: declared.then(|| Declaration {
            producer: None,
            by: vec!["test.sign".to_owned()],
        }),
        reads_machine: false,
    }
}

#[test]
fn short_texts_on_one_subject_are_no_copies_of_one_another() {
    let stay = "We stayed three nights in this hotel in May. The room was clean and quiet, the breakfast was good and the staff \
        were kind. The lift was slow and the pool was closed. The beach is five minutes away on foot.";
    let other = "Stayed here in July with two children. Staff kind, room clean but not quiet at all. Breakfast was poor and the \
        pool full of people. The beach is close, five minutes on foot, and the lift was broken.";
    let comparison = compare(&[entry("a", stay, false), entry("b", other, false)]);
    let worded = comparison
        .pairs
        .iter()
        .filter(|pair| pair.copied.probability >= 0.5);
    assert_eq!(worded.count(), 0);
    for pair in &comparison.pairs {
        let told: f64 = pair.copied.evidence.iter().map(|part| part.log_odds).sum();
        assert!((told - pair.copied.log_odds).abs() < 1e-9);
    }
    // What is taken word for word is told however short it is.
    let comparison = compare(&[entry("a", stay, false), entry("b", stay, false)]);
    assert!(comparison.pairs.iter().all(|pair| pair.copied.probability > 0.9) && comparison.pairs.len() == 1);
}

/// A body of its own for each number: sentences of made-up words, so that two bodies share nothing.
fn body(seed: usize, sentences: usize) -> String {
    let mut state = seed as u64 * 7919 + 17;
    let mut next = |bound: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let syllables = [
        "ba", "ko", "ri", "mun", "tel", "sa", "gor", "vi", "len", "dak", "pho", "zu",
    ];
    let mut text = String::new();
    for _ in 0..sentences {
        let mut words: Vec<String> = Vec::new();
        for _ in 0..14 {
            let count = 2 + next(3);
            let own: String = (0..3)
                .map(|at| char::from(b'a' + (seed / 26_usize.pow(at) % 26) as u8))
                .collect();
            let rest: String = (0..count).map(|_| syllables[next(12) as usize]).collect();
            words.push(own + &rest);
        }
        let joined = words.join(" ");
        let mut line = joined.chars();
        text.extend(line.next().map(|first| first.to_ascii_uppercase()));
        text.push_str(line.as_str());
        text.push_str(".\n\n");
    }
    text
}

#[test]
fn documents_in_one_house_shell_give_no_pair() {
    let shell = body(99_999, 14);
    let entries: Vec<Entry> = (0..300)
        .map(|at| entry(&format!("d{at}"), &format!("{}{shell}", body(at, 5)), false))
        .collect();
    assert!(shell.split_whitespace().count() >= 190);
    let comparison = compare(&entries);
    assert_eq!(comparison.pairs, Vec::new());
    assert_eq!(comparison.clusters, Vec::new());
}

#[test]
fn a_copy_inside_the_shell_is_found_all_the_same() {
    let shell = body(99_999, 14);
    let mut entries: Vec<Entry> = (0..60)
        .map(|at| entry(&format!("d{at}"), &format!("{}{shell}", body(at, 5)), false))
        .collect();
    entries.push(entry("copy", &format!("{}{shell}", body(7, 5)), false));
    let comparison = compare(&entries);
    let pairs: Vec<(&str, &str)> = comparison
        .pairs
        .iter()
        .map(|p| (p.a.as_str(), p.b.as_str()))
        .collect();
    assert_eq!(pairs, [("d7", "copy")]);
}

#[test]
fn an_excerpt_is_contained_and_the_whole_is_not() {
    let whole = body(1, 20);
    let excerpt: String = whole
        .split("\n\n")
        .skip(5)
        .take(6)
        .map(|line| format!("{line}\n\n"))
        .collect();
    let comparison = compare(&[entry("whole", &whole, false), entry("part", &excerpt, false)]);
    let pair = &comparison.pairs[0];
    assert!(
        pair.containment[0] < 0.4 && pair.containment[1] > 0.9,
        "{:?}",
        pair.containment
    );
    assert!(pair.copied.probability > 0.5, "{}", pair.copied.probability);
}

const LINE: &str =
    "Mara Quillfeather looks at harbours the way a cat looks at a fish, with her whole mind on it.";

fn links(entries: &[Entry]) -> Vec<(String, String, Via, f64)> {
    compare(entries)
        .pairs
        .iter()
        .flat_map(|pair| pair.links.clone())
        .map(|link| (link.from, link.to, link.via, link.strength))
        .collect()
}

#[test]
fn a_silent_document_with_the_line_of_a_declared_one_is_linked() {
    let found = links(&[
        entry("silent", &format!("{}{LINE}", body(1, 12)), false),
        entry("declared", &format!("{}{LINE}", body(2, 12)), true),
        entry("bare", &body(3, 12), false),
    ]);
    assert_eq!(found.len(), 1, "{found:?}");
    let (from, to, via, strength) = &found[0];
    assert_eq!(
        (from.as_str(), to.as_str(), *via),
        ("silent", "declared", Via::Bio)
    );
    assert!(*strength > 0.9);
}

#[test]
fn a_notice_in_other_words_beside_the_line_speaks_for_it() {
    let linked = |notice: &str| {
        links(&[
            entry("silent", &format!("{}{LINE}", body(1, 12)), false),
            entry("avowed", &format!("{}{LINE}\n\n{notice}", body(2, 12)), false),
            entry("bare", &body(3, 12), false),
        ])
    };
    let found = linked("The article above was put together by nobody: it was composed by our software.");
    assert_eq!(found.len(), 1, "{found:?}");
    let (from, to, via, strength) = &found[0];
    assert_eq!((from.as_str(), to.as_str(), *via), ("silent", "avowed", Via::Bio));
    // Less sure than what the catalogue takes for a declaration.
    assert!((0.8..0.9).contains(strength), "{strength}");
    assert_eq!(
        linked("The article above was edited by our artificial intelligence desk."),
        []
    );
}

#[test]
fn a_biography_that_leaves_it_open_speaks_for_it_where_the_style_does() {
    let open = "By Mara Holm, AI staff writer\n\n";
    let entries = |reads_machine| {
        let text = format!(
            "{open}{}{}",
            body(2, 12),
            LINE.replace("Mara Quillfeather", "Mara Holm")
        );
        [
            entry(
                "silent",
                &format!(
                    "{}{}",
                    body(1, 12),
                    LINE.replace("Mara Quillfeather", "Mara Holm")
                ),
                false,
            ),
            Entry {
                reads_machine,
                ..entry("open", &text, false)
            },
            entry("bare", &body(3, 12), false),
        ]
    };
    assert_eq!(links(&entries(false)), []);
    let found = links(&entries(true));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!((0.6..0.75).contains(&found[0].3), "{found:?}");
}

#[test]
fn a_line_that_everybody_carries_links_nobody() {
    let house = "Providing news and analysis on harbours, herring and the weather since the great flood.";
    let entries: Vec<Entry> = (0..12)
        .map(|at| entry(&format!("d{at}"), &format!("{}{house}", body(at, 12)), at == 0))
        .collect();
    assert_eq!(links(&entries), []);
    let newsletter = "Get our newsletter in your inbox every morning";
    let entries: Vec<Entry> = (0..3)
        .map(|at| {
            entry(
                &format!("d{at}"),
                &format!("{}{newsletter}", body(at, 12)),
                at == 0,
            )
        })
        .collect();
    assert_eq!(links(&entries), []);
}

#[test]
fn a_line_under_several_names_is_the_houses() {
    let house = "Corvane Herald does not own, short or recommend the companies that it covers.";
    let linked = |author: &str| {
        links(&[
            entry(
                "silent",
                &format!("By {author}\n\n{}\n\n{house}", body(1, 12)),
                false,
            ),
            entry(
                "declared",
                &format!("By Ina Rook\n\n{}\n\n{house}", body(2, 12)),
                true,
            ),
        ])
    };
    assert_eq!(linked("Ina Rook").len(), 1);
    assert_eq!(linked("Ib Tolvane"), []);
}

#[test]
fn a_copied_body_that_names_somebody_is_no_biography() {
    let text = format!("{}{LINE} {}", body(1, 12), body(4, 2).replace("\n\n", " "));
    let found = links(&[entry("a", &text, false), entry("b", &text, true)]);
    assert!(found.iter().all(|link| link.2 != Via::Bio), "{found:?}");
}

#[test]
fn three_common_figures_make_a_group_of_texts_in_other_words() {
    let a = format!(
        "{}Tarnwell Grid sold meters worth 14.7 million crowns, 31.4 percent more, and closed 43 depots.\n\n{}",
        body(1, 6),
        body(2, 6)
    );
    let b = format!(
        "{}It runs 43 depots less, while meters brought in 14.7 million crowns, a rise of 31.4 percent.\n\n{}",
        body(3, 6),
        body(4, 6)
    );
    let comparison = compare(&[
        entry("a", &a, false),
        entry("b", &b, false),
        entry("c", &body(5, 12), false),
    ]);
    assert_eq!(comparison.clusters.len(), 1, "{comparison:?}");
    assert_eq!(comparison.clusters[0].documents, ["a", "b"]);
}

const MILL: &str = "The Corvane mill at Tarnwell sold 41,300 sacks of spelt in 2025, its miller said. Profit came to 2.47 million crowns. \
    The trout went upstream when the brook was dammed.";
const FLOUR: &str = "Bakers buy their spelt at Tarnwell, where the Corvane mill sold 43,100 sacks in 2025. The miller, Orsk, keeps trout in the \
    brook behind the dam.";
/// Another mill, with figures like those.
const OTHER: &str = "The paper works at Loam sold 41,900 reams in 2025. Its owner, Dessa Quill, means to buy a second machine, and the unions have \
    asked for a rise of 4 percent.";

#[test]
fn texts_on_the_same_facts_are_a_group_and_say_so() {
    let comparison = compare(&[
        entry("mill", MILL, true),
        entry("flour", FLOUR, false),
        entry("other", OTHER, false),
    ]);
    assert_eq!(comparison.clusters.len(), 1, "{comparison:?}");
    let cluster = &comparison.clusters[0];
    assert_eq!(cluster.documents, ["mill", "flour"]);
    assert_eq!(cluster.kind, crate::corpus::ClusterKind::SameFacts);
    // Nobody is accused: no link, no copy, and the group says what it does not mean.
    let pair = &comparison.pairs[0];
    assert!(pair.links.is_empty() && pair.passages.is_empty(), "{pair:?}");
    assert!(
        cluster
            .because
            .iter()
            .any(|line| line.contains("says nothing about who wrote them"))
    );
    let parts: f64 = pair.same_facts.evidence.iter().map(|part| part.log_odds).sum();
    assert!((parts - pair.same_facts.log_odds).abs() < 1e-12);
    // The sacks contradict one another; the reams of another story contradict nothing.
    assert_eq!(pair.conflicts.len(), 1, "{pair:?}");
    let others = comparison
        .pairs
        .iter()
        .filter(|pair| pair.b == "other" || pair.a == "other");
    assert!(
        others.into_iter().all(|pair| pair.conflicts.is_empty()),
        "{comparison:?}"
    );
}

/// Who contradicts whom among ropeway reports that say one thing more each.
fn contradicting(sentences: &[&str]) -> Vec<(String, String)> {
    let facts = "Odderholm Ropeways employs 1,310 people and runs 23 cabins at Odderholm.";
    let report = |(at, sentence): (usize, &&str)| {
        let text = format!("{facts} {sentence} The ropeway cost 61.3 million crowns.");
        entry(&at.to_string(), &text, false)
    };
    let entries: Vec<Entry> = sentences.iter().enumerate().map(report).collect();
    let pairs = compare(&entries).pairs.into_iter();
    pairs
        .filter(|pair| {
            let mut conflicts = pair.conflicts.iter();
            conflicts.any(|conflict| conflict.kind == ConflictKind::Value)
        })
        .map(|pair| (pair.a, pair.b))
        .collect()
}

#[test]
fn what_is_said_oddly_is_told_where_a_third_report_says_it_plainly() {
    let first = "Punctuality reached 91% in winter.";
    let plain = "Punctuality stood at 87% in winter.";
    let odd = "Departures were punctual in 87% of cases.";
    let told = |sentences: &[&str]| contradicting(sentences).len();
    assert_eq!(told(&[first, "Its cabins are red.", odd]), 0);
    assert_eq!(told(&[first, plain, odd]), 2);
}

#[test]
fn nothing_and_one_document_share_nothing() {
    assert!(compare(&[]).pairs.is_empty());
    let one = compare(&[entry("a", &body(1, 3), false)]);
    assert_eq!((one.documents.len(), one.pairs.len(), one.format), (1, 0, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn spans_lie_inside_the_texts(texts in prop::collection::vec("(\\PC{0,80}[.\n ]{1,2}){0,6}", 0..6), common in "(\\PC{0,60}[.\n]){0,3}") {
        let entries: Vec<Entry> = texts
            .iter()
            .enumerate()
            .map(|(at, text)| entry(&format!("d{at}"), &format!("{text}{common}"), at == 0))
            .collect();
        let comparison = compare(&entries);
        let text = |id: &str| &entries.iter().find(|e| e.document.raw().id == id).unwrap().document.raw().text;
        for pair in &comparison.pairs {
            for passage in &pair.passages {
                prop_assert_eq!(text(&pair.a).get(passage.a.range()), Some(passage.text_a.as_str()));
                prop_assert_eq!(text(&pair.b).get(passage.b.range()), Some(passage.text_b.as_str()));
            }
        }
        for template in &comparison.templates {
            for fill in &template.fills {
                prop_assert!(text(&fill.document).get(fill.span.range()).is_some());
            }
        }
        prop_assert_eq!(compare(&entries), comparison);
    }
}

#[test]
fn one_closing_line_in_common_makes_no_copy() {
    let line = "Write to the Tarnwell Mail reading desk for the bus plan and the hall hours.";
    let bodies = [
        "The Corvane gliding meet was moved to Sunday because of fog. About 40 pilots had signed up. The clubhouse stays open, and soup is served until four.",
        "Anyone can oil a gate. Brush the rust from the hinge, drip a little oil on the pin, and swing the gate until it is quiet. A rag under the hinge spares the paint.",
    ];
    let [a, b] = bodies.map(|body| format!("{body}\n\n{line}"));
    let pairs = compare(&[entry("a", &a, false), entry("b", &b, false)]).pairs;
    assert!(pairs.is_empty(), "{:?}", pairs[0].copied);
    // What was taken shows without it.
    let light = a
        .replace("moved to Sunday", "put off to Monday")
        .replace("soup", "tea");
    let pairs = compare(&[entry("a", &a, false), entry("light", &light, false)]).pairs;
    assert!(pairs[0].copied.probability > 0.9, "{:?}", pairs[0].copied);
}
