//! Spliced documents: how well the parts of a document are told apart.
//!
//! A person's text and a machine's of the same kind are joined at a sentence border; the borders that the detector finds are
//! compared with the true ones. Controls are texts by one author, and by two people. No text that trained is used (see
//! [`corpus::untrained`]); half of the remaining ones, by a hash of their ids, chose the constants of `engine/parts.rs`, and only the
//! other half is measured.

mod table;

pub use table::{Line, text, write_csv};

use std::path::Path;

use super::TrainError;
use super::corpus::Untrained;
use super::metrics::{Scored, auroc, share};
use super::pairs::{PAIRS, Pair, Texts};
use super::random::shuffled;
use super::row::Label;
use crate::document::{Document, RawDocument, word_hash};
use crate::engine::Detector;
use crate::verdict::Parts;

/// A way to join texts: who wrote each part, and its words.
struct Layout {
    name: &'static str,
    parts: &'static [(Label, usize)],
}

use Label::{Human as H, Machine as M};

static LAYOUTS: &[Layout] = &[
    Layout {
        name: "human 150 + machine 150",
        parts: &[(H, 150), (M, 150)],
    },
    Layout {
        name: "machine 150 + human 150",
        parts: &[(M, 150), (H, 150)],
    },
    Layout {
        name: "human 300 + machine 100",
        parts: &[(H, 300), (M, 100)],
    },
    Layout {
        name: "human 100 + machine 300",
        parts: &[(H, 100), (M, 300)],
    },
    Layout {
        name: "human 300 + machine 300",
        parts: &[(H, 300), (M, 300)],
    },
    Layout {
        name: "human 150 + machine 150 + human 150",
        parts: &[(H, 150), (M, 150), (H, 150)],
    },
    Layout {
        name: "control: human 150 + other human 150",
        parts: &[(H, 150), (H, 150)],
    },
    Layout {
        name: "control: human 300",
        parts: &[(H, 300)],
    },
    Layout {
        name: "control: machine 300",
        parts: &[(M, 300)],
    },
];

/// Documents made of each kind and layout, where there are as many texts.
const DOCUMENTS: usize = 60;
/// A part may fall short of its words by this share: few reviews have 300 words.
const SHORT_BY: f64 = 0.4;
/// Distances in words at which a border counts as found.
const NEAR: [u32; 3] = [25, 50, 100];

/// What came out for one document.
struct Outcome {
    kind: &'static str,
    layout: &'static str,
    /// For each true border between human and machine, the words to the nearest found one.
    distances: Vec<Option<u32>>,
    sentences: Vec<(bool, [f64; 2])>,
    changes: usize,
    machine: bool,
    human: bool,
    people: bool,
}

/// Splices texts of the corpora and looks for their borders.
///
/// # Errors
/// [`TrainError::Corpora`].
pub fn evaluate(
    corpora: &Path,
    own: &Path,
    detector: &Detector,
    say: &(dyn Fn(&str) + Sync),
) -> Result<Vec<Line>, TrainError> {
    let read = Texts::read(corpora, own)?;
    let jobs: Vec<(&Pair, &Layout)> = PAIRS
        .iter()
        .flat_map(|kind| LAYOUTS.iter().map(move |layout| (kind, layout)))
        .collect();
    let work = |jobs: &[(&'static Pair, &'static Layout)]| {
        let mut outcomes = Vec::new();
        for (kind, layout) in jobs {
            let before = outcomes.len();
            outcomes.extend(
                splices(kind, layout, &read)
                    .iter()
                    .filter_map(|spliced| look(detector, kind, layout, spliced)),
            );
            say(&format!(
                "{}: {}, {} documents",
                kind.name,
                layout.name,
                outcomes.len() - before
            ));
        }
        outcomes
    };
    let (left, right) = jobs.split_at(jobs.len() / 2);
    let outcomes = std::thread::scope(|scope| {
        let other = scope.spawn(|| work(right));
        let mut all = work(left);
        all.extend(other.join().unwrap_or_default());
        all
    });
    let mut lines: Vec<Line> = Vec::new();
    for kind in PAIRS {
        lines.push(line(kind.name, &outcomes, &|outcome| outcome.kind == kind.name));
    }
    for layout in LAYOUTS {
        lines.push(line(layout.name, &outcomes, &|outcome| {
            outcome.layout == layout.name
        }));
    }
    lines.push(line("all", &outcomes, &|_| true));
    Ok(lines)
}

/// A document of several parts: its text, and who wrote each part and where it ends in bytes.
struct Spliced {
    text: String,
    ends: Vec<(Label, u32)>,
}

/// The measured half.
fn measured(text: &Untrained) -> bool {
    word_hash(&text.id) >> 40 & 1 == 1
}

fn splices(kind: &Pair, layout: &Layout, read: &Texts) -> Vec<Spliced> {
    let texts = |label: Label| -> Vec<&Untrained> {
        let mut kept = read.of(kind, label);
        kept.retain(|text| measured(text));
        let seed = word_hash(kind.name) ^ word_hash(layout.name) ^ label as u64;
        shuffled(kept.len(), seed)
            .into_iter()
            .filter_map(|at| kept.get(at).copied())
            .collect()
    };
    let (human, machine) = (texts(H), texts(M));
    let mut next = [0, 0];
    let mut made = Vec::new();
    'documents: while made.len() < DOCUMENTS {
        let mut spliced = Spliced {
            text: String::new(),
            ends: Vec::new(),
        };
        for (label, words) in layout.parts {
            let (texts, next) = if *label == H {
                (&human, &mut next[0])
            } else {
                (&machine, &mut next[1])
            };
            let piece = loop {
                let Some(text) = texts.get(*next) else {
                    break 'documents;
                };
                *next += 1;
                if let Some(piece) = piece(&text.text, *words) {
                    break piece;
                }
            };
            if !spliced.text.is_empty() {
                spliced.text.push(' ');
            }
            spliced.text.push_str(&piece);
            spliced
                .ends
                .push((*label, u32::try_from(spliced.text.len()).unwrap_or(u32::MAX)));
        }
        made.push(spliced);
    }
    made
}

/// The first whole sentences of a text with at most about so many words, white space collapsed; `None` if it is too short.
fn piece(text: &str, most: usize) -> Option<String> {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let document = document(flat.clone());
    let last = document
        .sentences()
        .iter()
        .rev()
        .find(|sentence| sentence.words.end as usize <= most)?;
    let few = ((1.0 - SHORT_BY) * most as f64) as u32;
    if last.words.end < few || document.language().code != "en" {
        return None;
    }
    flat.get(..document.to_original(last.span).end as usize)
        .map(str::to_owned)
}

fn document(text: String) -> Document {
    Document::new(RawDocument {
        text,
        ..RawDocument::default()
    })
}

fn look(detector: &Detector, kind: &Pair, layout: &Layout, spliced: &Spliced) -> Option<Outcome> {
    let document = document(spliced.text.clone());
    let parts = detector.parts(&document);
    if parts.abstained.is_some() {
        return None;
    }
    let writer = |byte: u32| {
        spliced
            .ends
            .iter()
            .find(|(_, end)| byte < *end)
            .map_or(H, |(label, _)| *label)
    };
    let before = |byte: u32| {
        let inside = |word: &&crate::document::Word| document.to_original(word.span).start < byte;
        document.words().iter().take_while(inside).count() as u32
    };
    let pairs = spliced.ends.iter().zip(spliced.ends.iter().skip(1));
    let borders = pairs
        .filter(|(one, other)| one.0 != other.0)
        .map(|(one, _)| before(one.1));
    let distances = borders
        .map(|border| {
            parts
                .changes
                .iter()
                .map(|change| change.after_words.abs_diff(border))
                .min()
        })
        .collect();
    let sentences = document.sentences().iter().filter_map(|sentence| {
        let middle = document.to_original(sentence.span);
        let middle = middle.start.midpoint(middle.end);
        Some((writer(middle) == M, at(&parts, middle)?))
    });
    let labels: Vec<Label> = layout.parts.iter().map(|part| part.0).collect();
    Some(Outcome {
        kind: kind.name,
        layout: layout.name,
        distances,
        sentences: sentences.collect(),
        changes: parts.changes.len(),
        machine: labels == [M],
        human: labels == [H],
        people: labels == [H, H],
    })
}

/// Mean log-odds of the windows around a byte, and those of its part.
fn at(parts: &Parts, byte: u32) -> Option<[f64; 2]> {
    let inside = |part: &&crate::verdict::Part| (part.span.start..part.span.end).contains(&byte);
    let windows: Vec<f64> = parts
        .windows
        .iter()
        .filter(inside)
        .map(|window| window.log_odds)
        .collect();
    let part = parts.parts.iter().find(inside)?;
    let mean = windows.iter().sum::<f64>() / windows.len().max(1) as f64;
    Some([
        if windows.is_empty() { part.log_odds } else { mean },
        part.log_odds,
    ])
}

fn line(name: &str, outcomes: &[Outcome], keep: &dyn Fn(&Outcome) -> bool) -> Line {
    let kept: Vec<&Outcome> = outcomes.iter().filter(|outcome| keep(outcome)).collect();
    let distances: Vec<Option<u32>> = kept
        .iter()
        .flat_map(|outcome| outcome.distances.clone())
        .collect();
    let mut near: Vec<u32> = distances.iter().copied().flatten().collect();
    near.sort_unstable();
    let within = |most: u32| {
        near.iter().filter(|&&words| words <= most).count() as f64 / distances.len().max(1) as f64
    };
    let spliced = kept.iter().filter(|outcome| !outcome.distances.is_empty());
    let sentences: Vec<&(bool, [f64; 2])> = spliced.flat_map(|outcome| &outcome.sentences).collect();
    let area = |which: usize| {
        let scored = sentences.iter().map(|(positive, scores)| Scored {
            score: scores.get(which).copied().unwrap_or(0.0),
            probability: 0.0,
            positive: *positive,
            flagged: false,
            group: 0,
        });
        auroc(&scored.collect::<Vec<_>>())
    };
    let cut = |which: &dyn Fn(&Outcome) -> bool| {
        let of = kept.iter().filter(|outcome| which(outcome));
        let count = of.clone().filter(|outcome| outcome.changes > 0).count();
        share(count, of.count())
    };
    Line {
        name: name.to_owned(),
        documents: kept.len(),
        borders: distances.len(),
        found: (!distances.is_empty()).then(|| NEAR.map(within)),
        median: near.get(near.len() / 2).map(|&words| f64::from(words)),
        sentences: area(0).zip(area(1)).map(|(windows, parts)| [windows, parts]),
        cut_human: cut(&|outcome| outcome.human),
        cut_people: cut(&|outcome| outcome.people),
        cut_machine: cut(&|outcome| outcome.machine),
    }
}
