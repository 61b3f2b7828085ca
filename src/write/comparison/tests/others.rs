//! Comparisons of many documents, and of hostile ones.

use super::sample::{copied, passage, siblings, side};
use crate::corpus::{Cluster, ClusterKind, Comparison, Direction, Level, Member, Pair, SharedFigure, Side};
use crate::figure::Kind;

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
