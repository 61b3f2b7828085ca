//! Comparisons made up for tests: names, texts and figures are invented.

use crate::corpus::{
    Cluster, ClusterKind, Comparison, Conflict, ConflictKind, Copied, Direction, Fill, Level, Link, Member,
    Pair, PairEvidence, Passage, PassageKind, SharedFigure, Side, Template, Via,
};
use crate::document::Span;
use crate::figure::Kind;

/// A figure as a document prints it, in a sentence with `{}` for the figure.
fn side(at: u32, surface: &str, sentence: &str) -> Side {
    Side {
        surface: surface.into(),
        span: Span {
            start: at,
            end: at + u32::try_from(surface.len()).unwrap(),
        },
        sentence: sentence.replace("{}", surface),
    }
}

/// A fact: kind, unit, value, subject, how telling, and (document, position, surface, sentence) of each mention.
struct Fact {
    kind: Kind,
    unit: &'static str,
    value: f64,
    subject: Option<&'static str>,
    weight: f64,
    said: Vec<(usize, u32, &'static str, &'static str)>,
}

fn facts() -> Vec<Fact> {
    let fact = |kind, unit, value, subject, weight, said: &[(usize, u32, &'static str, &'static str)]| Fact {
        kind,
        unit,
        value,
        subject,
        weight,
        said: said.to_vec(),
    };
    vec![
        fact(
            Kind::Money,
            "EUR",
            18.4e9,
            Some("grid investment"),
            0.94,
            &[
                (
                    0,
                    210,
                    "\u{20ac}18.4 billion",
                    "The operators will put {} into new lines by the end of the decade.",
                ),
                (
                    1,
                    340,
                    "18.4 billion euros",
                    "Some {} is planned for lines and substations.",
                ),
                (2, 120, "\u{20ac}18.4bn", "Planned spending: {} until 2030."),
                (
                    3,
                    502,
                    "EUR 18.4 billion",
                    "Together the four companies budget {}.",
                ),
                (
                    4,
                    95,
                    "\u{20ac}18.4 billion",
                    "A bill of {} awaits the operators.",
                ),
            ],
        ),
        fact(
            Kind::Percent,
            "%",
            26.0,
            Some("revenue growth"),
            0.55,
            &[
                (
                    0,
                    610,
                    "26 percent",
                    "Revenue of Tarnwell Grid grew {} from a year before.",
                ),
                (1, 720, "26%", "Tarnwell's sales climbed {} in the quarter."),
                (2, 655, "26 %", "Tarnwell Grid: revenue up {}."),
                (
                    3,
                    811,
                    "26%",
                    "Growth at Tarnwell came to {}, the fastest in three years.",
                ),
            ],
        ),
        fact(
            Kind::Money,
            "SEK",
            5.31e9,
            Some("order book"),
            0.82,
            &[
                (0, 905, "SEK 5.31 billion", "Its order book stood at {}."),
                (3, 940, "5.31 billion kronor", "Orders worth {} are waiting."),
                (4, 400, "SEK5.31bn", "Orders on hand: {}."),
            ],
        ),
        fact(
            Kind::Percent,
            "%",
            4.0,
            None,
            0.12,
            &[
                (0, 1400, "4%", "Shares rose {} on Friday."),
                (1, 1410, "4 per cent", "The stock gained {}."),
                (2, 1420, "4 %", "Stock: up {}."),
                (3, 1430, "four percent", "Investors sent the shares up {}."),
                (5, 220, "4 %", "Milk prices rose {} in the district."),
            ],
        ),
        fact(
            Kind::Count,
            "substation",
            112.0,
            Some("substations"),
            0.77,
            &[
                (1, 1105, "112 substations", "The plan names {} in nine districts."),
                (2, 1001, "112", "Number of substations: {}."),
            ],
        ),
        fact(
            Kind::Ordinal,
            "quarter",
            7.0,
            Some("quarter of growth"),
            0.48,
            &[
                (0, 1200, "seventh consecutive quarter", "It was the {} of growth."),
                (
                    4,
                    1210,
                    "seventh straight quarter",
                    "The company has grown for the {}.",
                ),
            ],
        ),
    ]
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

fn passage(a: &str, b: &str, similarity: f64) -> Passage {
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

fn copied(probability: f64, level: Level, direction: Direction, evidence: &[&str]) -> Copied {
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

/// As many documents as asked for: stories of four that share a figure and copy the first, with some strays.
pub fn many(documents: usize) -> Comparison {
    let id = |at: usize| format!("wire-{at:03}");
    let story = 4;
    let mut comparison = Comparison {
        format: 1,
        ..Comparison::default()
    };
    for at in 0..documents {
        comparison.documents.push(Member {
            id: id(at),
            title: Some(format!(
                "Notice {at} of the harbour office about berth {} and its fees",
                at / story
            )),
            words: 300 + at,
            figures: 6,
            ..Member::default()
        });
    }
    let surfaces = ["3,{}50 crowns", "3 {}50 crowns", "SEK 3,{}50", "3,{}50 kr"];
    for first in (0..documents).step_by(story) {
        let members: Vec<usize> = (first..documents.min(first + story)).collect();
        for (nth, a) in members.iter().enumerate() {
            for b in members.iter().skip(nth + 1) {
                let figure = |at: usize, of: usize| {
                    let place = u32::try_from(100 * (of + 1)).unwrap();
                    let number = format!("{}{of}", first / story);
                    let surface = surfaces[at % story].replace("{}", &number);
                    side(place, &surface, "The fee for the berth is {} a year.")
                };
                let mut pair = Pair {
                    a: id(*a),
                    b: id(*b),
                    figure_overlap: 0.6,
                    ..Pair::default()
                };
                for of in 0..2 {
                    pair.figures.push(SharedFigure {
                        kind: Kind::Money,
                        low: (first * 10 + of) as f64,
                        high: (first * 10 + of) as f64,
                        unit: "SEK".into(),
                        subject: Some("berth fee".into()),
                        a: figure(*a, of),
                        b: figure(*b, of),
                        documents: story,
                        weight: 0.3 + 0.6 * ((first / story) % 7) as f64 / 7.0,
                    });
                }
                if nth == 0 {
                    let text = format!(
                        "Berth {} was let again on Monday after two quiet years at the quay.",
                        first / story
                    );
                    pair.passages = vec![passage(&text, &text.replace("quiet", "dull"), 0.92)];
                    pair.containment = [0.2, 0.6];
                    pair.copied = copied(
                        0.9,
                        Level::Light,
                        Direction::AToB,
                        &["the other is dated a day later"],
                    );
                }
                comparison.pairs.push(pair);
            }
        }
        comparison.clusters.push(Cluster {
            documents: members.iter().map(|at| id(*at)).collect(),
            because: vec!["they give the same fees".into()],
            kind: ClusterKind::SameFacts,
        });
    }
    comparison
}

/// Text that would do harm if a page took it for markup or a terminal for orders.
pub const HOSTILE: &str = "<script>alert('x')</script>\"'&\u{1b}[31m\u{202e}\u{9b}2J<b>";

/// The siblings with every text of a document or its page replaced by a hostile one.
pub fn hostile() -> Comparison {
    let bad = || HOSTILE.to_owned();
    let mut all = siblings();
    let renamed = |id: &str| format!("{id}{HOSTILE}");
    for member in &mut all.documents {
        member.id = renamed(&member.id);
        member.source = Some(bad());
        (member.title, member.publisher, member.date) = (Some(bad()), Some(bad()), Some(bad()));
        member.producer = member.declared.then(bad);
    }
    let spoil = |side: &mut Side| {
        side.surface = bad();
        side.sentence = format!("{HOSTILE} and {HOSTILE}");
    };
    for pair in &mut all.pairs {
        (pair.a, pair.b) = (renamed(&pair.a), renamed(&pair.b));
        pair.templates = vec![bad()];
        for figure in &mut pair.figures {
            spoil(&mut figure.a);
            spoil(&mut figure.b);
            figure.subject = Some(bad());
            figure.unit = bad();
        }
        for conflict in &mut pair.conflicts {
            spoil(&mut conflict.a);
            spoil(&mut conflict.b);
            conflict.subject = Some(bad());
            conflict.entity = Some(bad());
            conflict.about = bad();
        }
        for passage in &mut pair.passages {
            passage.text_a = format!("{HOSTILE} one {HOSTILE}");
            passage.text_b = format!("{HOSTILE} two {HOSTILE}");
        }
        for link in &mut pair.links {
            (link.from, link.to) = (renamed(&link.from), renamed(&link.to));
            (link.text, link.reason) = (bad(), bad());
        }
        pair.copied.direction_evidence = vec![bad()];
        for part in &mut pair.copied.evidence {
            part.name = bad();
        }
    }
    for template in &mut all.templates {
        (template.id, template.place) = (bad(), bad());
        template.pattern = format!("{{1}} {HOSTILE} {{<i>}} {{2");
        for fill in &mut template.fills {
            fill.document = renamed(&fill.document);
            fill.slots = vec![bad(), bad()];
        }
    }
    for cluster in &mut all.clusters {
        cluster.documents = cluster.documents.iter().map(|id| renamed(id)).collect();
        cluster.because = vec![bad()];
    }
    all
}
