//! Comparisons made up for tests: names, texts and figures are invented.

use super::facts::{Fact, facts};
use crate::corpus::{
    Cluster, ClusterKind, Comparison, Conflict, ConflictKind, Copied, Direction, Fill, Level, Link, Member,
    Pair, PairEvidence, Passage, PassageKind, SharedFigure, Side, Template, Via,
};
use crate::document::Span;

/// A figure as a document prints it, in a sentence with `{}` for the figure.
pub fn side(at: u32, surface: &str, sentence: &str) -> Side {
    Side {
        surface: surface.into(),
        span: Span {
            start: at,
            end: at + u32::try_from(surface.len()).unwrap(),
        },
        sentence: sentence.replace("{}", surface),
    }
}

const TITLES: [&str; 6] = [
    "Tarnwell Grid and rivals face an 18-billion bill for new lines",
    "Why the lights stay on: the price of nine districts",
    "Grid spending at a glance",
    "Four operators, one budget: inside the plan for the wires",
    "The bill for the wires \u{2013} who pays?",
    "Dairy co-op of Lower Marrow raises its prices",
];

fn members() -> Vec<Member> {
    TITLES
        .iter()
        .enumerate()
        .map(|(at, title)| Member {
            id: format!("wires/{at:03}.md"),
            source: Some(format!("wires/{at:03}.md")),
            title: Some((*title).into()),
            publisher: (at != 2).then(|| ["Ostmark Courier", "Daily Ferry"][at % 2].into()),
            date: (at != 2).then(|| format!("2026-03-{:02}", 3 + at)),
            words: 640 + 31 * at,
            figures: 19 + at,
            declared: at == 3,
            producer: (at == 3).then(|| "Quillbox newsroom agent".into()),
        })
        .collect()
}

/// Quoted speech that two documents have.
const SAID: &str =
    "\u{201c}We have waited nine years for this cable and can wait for a tenth,\u{201d} the mayor said.";

/// Everything of a pair but its figures and conflicts, by the documents' places.
fn findings(pair: &mut Pair, a: usize, b: usize) {
    match (a, b) {
        (0, 1) => {
            pair.passages = vec![passage(
                "The operators have applied for permits in all nine districts, and the first cranes are expected at \
                 Hollow Ness before the autumn storms, a spokeswoman said on Tuesday.",
                "The four operators applied for permits in all nine districts; the first cranes are due at Hollow Ness \
                 before autumn, a spokeswoman said.",
                0.74,
            )];
            pair.containment = [0.06, 0.05];
            pair.copied = copied(0.71, Level::Paraphrase, Direction::Unknown, &[]);
        }
        (0, 4) => {
            let text = "Nobody on the council could say who would pay for the cables if the levy fell through, and nobody \
                        on the board wanted to.";
            pair.passages = vec![
                passage(
                    "For thirty years the lines across the marsh carried more than they were built for. Every winter the \
                     crews went out with poles and rope, and every spring the council promised a second route that \
                     nobody drew on a map.",
                    "For thirty years the lines over the marsh carried more than they were built for. Every winter the \
                     crews went out with poles and rope. Each spring the council promised a second route.",
                    0.83,
                ),
                passage(text, text, 1.0),
                passage(SAID, SAID, 1.0),
            ];
            pair.containment = [0.31, 0.58];
            pair.copied = copied(
                0.972,
                Level::Light,
                Direction::AToB,
                &[
                    "wires/004.md is dated four days later",
                    "wires/004.md credits \u{201c}Ostmark Courier\u{201d} in its last line",
                    "nearly all of wires/004.md stands in wires/000.md, which has a good deal more",
                ],
            );
        }
        (1, 3) => pair.links = vec![link(1)],
        _ => {}
    }
    if [a, b].iter().all(|at| [1, 2, 3].contains(at)) {
        pair.templates = vec!["t1".into()];
    }
}

fn link(from: usize) -> Link {
    Link {
        from: format!("wires/{from:03}.md"),
        to: "wires/003.md".into(),
        via: Via::Bio,
        text: "Quill writes about power and water for readers who pay the bills. Quill's notes come from a \
               12-billion-word reading list."
            .into(),
        strength: 0.91,
        reason: "Both carry one biography line of 21 words; no document that declares nothing carries it but this one."
            .into(),
    }
}

pub fn passage(a: &str, b: &str, similarity: f64) -> Passage {
    Passage {
        kind: if a == b {
            PassageKind::Exact
        } else {
            PassageKind::Near
        },
        a: Span::new(0, a.len()),
        b: Span::new(0, b.len()),
        text_a: a.into(),
        text_b: b.into(),
        words: b.split_whitespace().count(),
        similarity,
        quoted: a.starts_with('\u{201c}'),
    }
}

pub fn copied(probability: f64, level: Level, direction: Direction, evidence: &[&str]) -> Copied {
    let log_odds = (probability / (1.0 - probability)).ln();
    let part = |name: &str, log_odds, observed, about| PairEvidence {
        name: name.into(),
        log_odds,
        observed,
        about,
    };
    Copied {
        probability,
        log_odds,
        level,
        direction,
        direction_evidence: evidence.iter().map(|reason| (*reason).into()).collect(),
        evidence: vec![
            part(
                "reuse.containment",
                log_odds + 2.6,
                Some(0.58),
                "Share of the smaller text in shared passages.",
            ),
            part(
                "reuse.figure_overlap",
                0.4,
                Some(0.31),
                "Shared figures, weighted by how rare they are.",
            ),
            part("baseline", -3.0, None, ""),
        ],
    }
}

/// What two documents print of one fact.
fn conflicts(a: usize, b: usize) -> Vec<Conflict> {
    let share = |at: usize| match at {
        0 => Some((1500, "30%", "Tarnwell Grid holds {} of the regional market.")),
        1 => Some((
            1510,
            "29 percent",
            "With {} of the market, Tarnwell leads the four.",
        )),
        3 => Some((
            1530,
            "30\u{2013}32%",
            "Analysts put Tarnwell's share of the market at {}.",
        )),
        _ => None,
    };
    let dated = |at: usize| match at {
        0 => Some((
            610,
            "26 percent",
            "Revenue of Tarnwell Grid grew {} from a year before in the first quarter of 2026.",
        )),
        2 => Some((
            655,
            "26 %",
            "Tarnwell Grid: revenue up {} (2025, second quarter).",
        )),
        _ => None,
    };
    let rounded = |at: usize| match at {
        0 => Some((1700, "$4.66 billion", "That is about {} at today's rate.")),
        4 => Some((1710, "$4.7 billion", "In dollars it is {}.")),
        _ => None,
    };
    let mut found = Vec::new();
    let mut add = |kind, entity: Option<&str>, subject: &str, versions: [Option<(u32, &str, &str)>; 2]| {
        if let [Some(x), Some(y)] = versions
            && !(kind == ConflictKind::Value && x.1.starts_with("30") && y.1.starts_with("30"))
        {
            let (x, y) = (side(x.0, x.1, x.2), side(y.0, y.1, y.2));
            found.push(Conflict {
                kind,
                subject: Some(subject.into()),
                entity: entity.map(Into::into),
                about: format!("{subject}: {} here, {} there", x.surface, y.surface),
                a: x,
                b: y,
            });
        }
    };
    add(
        ConflictKind::Value,
        Some("Tarnwell Grid"),
        "market share",
        [share(a), share(b)],
    );
    add(
        ConflictKind::Period,
        Some("Tarnwell Grid"),
        "revenue growth",
        [dated(a), dated(b)],
    );
    add(
        ConflictKind::Rounding,
        None,
        "order book in dollars",
        [rounded(a), rounded(b)],
    );
    found
}

fn pair(a: usize, b: usize, facts: &[Fact]) -> Option<Pair> {
    let mut pair = Pair {
        a: format!("wires/{a:03}.md"),
        b: format!("wires/{b:03}.md"),
        figure_overlap: 0.42,
        copied: copied(0.03, Level::Figures, Direction::Unknown, &[]),
        ..Pair::default()
    };
    for fact in facts {
        let said = |at: usize| fact.said.iter().find(|said| said.0 == at);
        if let (Some(x), Some(y)) = (said(a), said(b)) {
            pair.figures.push(SharedFigure {
                kind: fact.kind,
                low: fact.value,
                high: fact.value,
                unit: fact.unit.into(),
                subject: fact.subject.map(Into::into),
                a: side(x.1, x.2, x.3),
                b: side(y.1, y.2, y.3),
                documents: fact.said.len(),
                weight: fact.weight,
            });
        }
    }
    pair.conflicts = conflicts(a, b);
    findings(&mut pair, a, b);
    (!pair.figures.is_empty() || !pair.conflicts.is_empty()).then_some(pair)
}

/// Five texts made from one sheet of facts, and one that has nothing to do with them.
pub fn siblings() -> Comparison {
    let facts = facts();
    let pairs = (0..6)
        .flat_map(|a| (a + 1..6).map(move |b| (a, b)))
        .filter_map(|(a, b)| pair(a, b, &facts))
        .collect();
    let fill = |document: usize, slots: [&str; 3]| Fill {
        document: format!("wires/{document:03}.md"),
        span: Span::new(1800, 1900),
        slots: slots.map(Into::into).to_vec(),
    };
    Comparison {
        format: 1,
        documents: members(),
        pairs,
        templates: vec![Template {
            id: "t1".into(),
            pattern: "{1} writes about {2} for readers who pay the bills. {1}'s notes come from a {3} reading list.".into(),
            place: "bio".into(),
            fixed: 15,
            fills: vec![
                fill(1, ["Quill", "power and water", "12-billion-word"]),
                fill(2, ["Reed", "numbers", ""]),
                fill(3, ["Quill", "power and water", "12-billion-word"]),
            ],
        }],
        clusters: vec![Cluster {
            documents: (0..5).map(|at| format!("wires/{at:03}.md")).collect(),
            because: vec![
                "all five give \u{20ac}18.4 billion, which no other document has".into(),
                "001, 002 and 003 fill one biography template".into(),
                "004 holds 58 % of its words in common with 000".into(),
            ],
            kind: ClusterKind::SameFacts,
        }],
    }
}
