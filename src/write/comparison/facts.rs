//! The figures of a comparison put together across its pairs.
//!
//! The pairs of a comparison repeat themselves: a figure that five documents give stands in ten pairs. Here every figure
//! is one row with a cell a document, and every contradiction one dispute with a version a document.

use std::collections::BTreeMap;

use crate::corpus::{Comparison, Conflict, ConflictKind, SharedFigure, Side};
use crate::document::Span;
use crate::figure::Kind;

/// Finds a document's place by its id.
#[derive(Debug)]
pub struct Roster<'a> {
    at: BTreeMap<&'a str, usize>,
}

impl<'a> Roster<'a> {
    /// Of several documents with one id the first counts.
    pub fn new(comparison: &'a Comparison) -> Self {
        let mut at = BTreeMap::new();
        for (place, member) in comparison.documents.iter().enumerate() {
            at.entry(member.id.as_str()).or_insert(place);
        }
        Self { at }
    }

    /// The place of a document among [`Comparison::documents`].
    pub fn place(&self, id: &str) -> Option<usize> {
        self.at.get(id).copied()
    }

    /// What the pages call a document for short: its number from 1, or its id where it is not among the documents.
    pub fn number(&self, id: &str) -> String {
        self.place(id)
            .map_or_else(|| id.to_owned(), |place| (place + 1).to_string())
    }
}

/// A figure where it stands in one document.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// Place of the document.
    pub document: usize,
    /// The figure there.
    pub side: &'a Side,
    /// How telling it is there, 0 to 1.
    pub weight: f64,
    /// Whether it contradicts a figure of another document.
    pub disputed: bool,
}

/// A figure that two or more documents give.
#[derive(Debug)]
pub struct Row<'a> {
    /// How most documents print it.
    pub label: &'a str,
    /// What it measures, where told.
    pub subject: Option<&'a str>,
    /// How telling it is, 0 to 1.
    pub weight: f64,
    /// One cell for each document that gives it, in input order.
    pub cells: Vec<Cell<'a>>,
}

/// Figures of one subject that do not agree.
#[derive(Debug)]
pub struct Dispute<'a> {
    /// How they differ.
    pub kind: ConflictKind,
    /// What they are about, in words.
    pub title: String,
    /// What each document says: its place and the figure, in input order.
    pub versions: Vec<(usize, &'a Side)>,
}

/// Sets that grow together (union by the smaller index; path halving).
#[derive(Debug, Default)]
pub struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    /// A new set of one.
    pub fn add(&mut self) -> usize {
        self.parent.push(self.parent.len());
        self.parent.len() - 1
    }

    /// The set that a member is in.
    pub fn of(&mut self, member: usize) -> usize {
        let mut at = member;
        while let Some(&up) = self.parent.get(at) {
            if up == at {
                break;
            }
            let over = self.parent.get(up).copied().unwrap_or(up);
            if let Some(slot) = self.parent.get_mut(at) {
                *slot = over;
            }
            at = over;
        }
        at
    }

    /// Makes one set of two; the answer is its name.
    pub fn join(&mut self, a: usize, b: usize) -> usize {
        let (a, b) = (self.of(a), self.of(b));
        let (low, high) = (a.min(b), a.max(b));
        if let Some(slot) = self.parent.get_mut(high) {
            *slot = low;
        }
        low
    }
}

/// A figure as a place: the document and the bytes.
type Spot = (usize, Span);

/// What is known of the figures while rows grow.
#[derive(Default)]
struct Growing<'a> {
    spots: BTreeMap<Spot, usize>,
    sides: Vec<(usize, &'a Side, f64)>,
    groups: Groups,
    /// The interval that all figures of a set have in common, by the set's name.
    common: BTreeMap<usize, (f64, f64)>,
    /// The first set of a kind, unit, subject and interval.
    same: BTreeMap<(Kind, &'a str, Option<&'a str>, u64, u64), usize>,
}

impl<'a> Growing<'a> {
    fn node(&mut self, document: usize, side: &'a Side, figure: &SharedFigure) -> usize {
        if let Some(&node) = self.spots.get(&(document, side.span)) {
            if let Some(known) = self.sides.get_mut(node) {
                known.2 = known.2.max(figure.weight);
            }
            return node;
        }
        let node = self.groups.add();
        self.sides.push((document, side, figure.weight));
        self.spots.insert((document, side.span), node);
        self.common.insert(node, (figure.low, figure.high));
        node
    }

    /// Joins two sets unless no value is common to all their figures: "4.6 is 4.65" and "4.65 is 4.7" must not make 4.6 of 4.7.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.groups.of(a), self.groups.of(b));
        if a == b {
            return;
        }
        let of = |set: &usize| {
            self.common
                .get(set)
                .copied()
                .unwrap_or((f64::NEG_INFINITY, f64::INFINITY))
        };
        let (one, two) = (of(&a), of(&b));
        let common = (one.0.max(two.0), one.1.min(two.1));
        // Intervals of the same printed figure may miss each other by rounding of their ends.
        const SLACK: f64 = 1e-9;
        if common.0 <= common.1 + SLACK * common.1.abs() {
            let joined = self.groups.join(a, b);
            self.common.insert(joined, common);
        }
    }
}

/// The figures that documents share, most telling and most shared first.
pub fn rows<'a>(comparison: &'a Comparison, roster: &Roster<'a>) -> Vec<Row<'a>> {
    let mut shared: Vec<(&SharedFigure, usize, usize)> = Vec::new();
    for pair in &comparison.pairs {
        if let (Some(a), Some(b)) = (roster.place(&pair.a), roster.place(&pair.b)) {
            shared.extend(pair.figures.iter().map(|figure| (figure, a, b)));
        }
    }
    // Stable: within one weight the order of the pairs stays.
    shared.sort_by(|x, y| y.0.weight.total_cmp(&x.0.weight));
    let mut growing = Growing::default();
    for (figure, a, b) in &shared {
        let (in_a, in_b) = (
            growing.node(*a, &figure.a, figure),
            growing.node(*b, &figure.b, figure),
        );
        growing.join(in_a, in_b);
        let key = (
            figure.kind,
            figure.unit.as_str(),
            figure.subject.as_deref(),
            figure.low.to_bits(),
            figure.high.to_bits(),
        );
        let first = *growing.same.entry(key).or_insert(in_a);
        growing.join(first, in_a);
    }
    let mut subjects: BTreeMap<usize, &str> = BTreeMap::new();
    for (figure, a, _) in &shared {
        if let (Some(subject), Some(&node)) =
            (figure.subject.as_deref(), growing.spots.get(&(*a, figure.a.span)))
        {
            subjects.entry(growing.groups.of(node)).or_insert(subject);
        }
    }
    let disputed = disputed(comparison, roster);
    let mut sets: BTreeMap<usize, BTreeMap<usize, Cell<'a>>> = BTreeMap::new();
    for (node, (document, side, weight)) in growing.sides.iter().enumerate() {
        let cell = Cell {
            document: *document,
            side,
            weight: *weight,
            disputed: disputed.contains_key(&(*document, side.span)),
        };
        let cells = sets.entry(growing.groups.of(node)).or_default();
        cells
            .entry(*document)
            .and_modify(|known| {
                // The first mention stands for the document.
                if (!known.disputed && cell.disputed)
                    || (known.disputed == cell.disputed && side.span < known.side.span)
                {
                    *known = cell;
                }
            })
            .or_insert(cell);
    }
    let mut rows: Vec<Row<'a>> = sets
        .into_iter()
        .filter(|(_, cells)| cells.len() > 1)
        .map(|(set, cells)| {
            let cells: Vec<Cell<'a>> = cells.into_values().collect();
            Row {
                label: label(&cells),
                subject: subjects.get(&set).copied(),
                weight: cells.iter().map(|cell| cell.weight).fold(0.0, f64::max),
                cells,
            }
        })
        .collect();
    rows.sort_by(|x, y| {
        telling(y)
            .total_cmp(&telling(x))
            .then_with(|| x.label.cmp(y.label))
    });
    rows
}

/// What a row adds to the picture: how telling it is, times the documents that give it.
fn telling(row: &Row<'_>) -> f64 {
    row.weight * row.cells.len() as f64
}

/// The surface that most cells have; of several the shortest, then the first by letters.
fn label<'a>(cells: &[Cell<'a>]) -> &'a str {
    let mut counts: BTreeMap<&'a str, usize> = BTreeMap::new();
    for cell in cells {
        *counts.entry(cell.side.surface.as_str()).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by(|x, y| {
            x.1.cmp(&y.1)
                .then_with(|| y.0.len().cmp(&x.0.len()))
                .then_with(|| y.0.cmp(x.0))
        })
        .map_or("", |(surface, _)| surface)
}

/// Where figures stand that contradict another document's.
fn disputed(comparison: &Comparison, roster: &Roster<'_>) -> BTreeMap<Spot, ()> {
    let mut found = BTreeMap::new();
    for pair in &comparison.pairs {
        for conflict in pair
            .conflicts
            .iter()
            .filter(|conflict| conflict.kind != ConflictKind::Rounding)
        {
            for (id, side) in [(&pair.a, &conflict.a), (&pair.b, &conflict.b)] {
                if let Some(place) = roster.place(id) {
                    found.insert((place, side.span), ());
                }
            }
        }
    }
    found
}

/// Contradictions put together: the versions of one fact that the documents give. Values first, then periods, then mere
/// rounding; within a kind those with most versions first.
pub fn disputes<'a>(comparison: &'a Comparison, roster: &Roster<'a>) -> Vec<Dispute<'a>> {
    let mut nodes: BTreeMap<(ConflictKind, Spot), usize> = BTreeMap::new();
    let mut sides: Vec<(usize, &'a Side)> = Vec::new();
    let mut groups = Groups::default();
    let mut named: Vec<(usize, &'a Conflict)> = Vec::new();
    for pair in &comparison.pairs {
        let (Some(a), Some(b)) = (roster.place(&pair.a), roster.place(&pair.b)) else {
            continue;
        };
        for conflict in &pair.conflicts {
            let mut node = |document: usize, side: &'a Side| {
                *nodes
                    .entry((conflict.kind, (document, side.span)))
                    .or_insert_with(|| {
                        sides.push((document, side));
                        groups.add()
                    })
            };
            let (in_a, in_b) = (node(a, &conflict.a), node(b, &conflict.b));
            groups.join(in_a, in_b);
            named.push((in_a, conflict));
        }
    }
    let mut found: BTreeMap<usize, Dispute<'a>> = BTreeMap::new();
    for (node, conflict) in named {
        let dispute = found.entry(groups.of(node)).or_insert_with(|| Dispute {
            kind: conflict.kind,
            title: title(conflict),
            versions: Vec::new(),
        });
        // A name for what is disputed beats the sentence about one pair.
        if dispute.title == conflict.about && (conflict.subject.is_some() || conflict.entity.is_some()) {
            dispute.title = title(conflict);
        }
    }
    for (node, version) in sides.into_iter().enumerate() {
        if let Some(dispute) = found.get_mut(&groups.of(node)) {
            dispute.versions.push(version);
        }
    }
    let mut found: Vec<Dispute<'a>> = found.into_values().collect();
    for dispute in &mut found {
        dispute
            .versions
            .sort_by_key(|(document, side)| (*document, side.span));
    }
    found.sort_by(|x, y| {
        x.kind
            .cmp(&y.kind)
            .then_with(|| y.versions.len().cmp(&x.versions.len()))
    });
    found
}

/// "AWS: market share", or what the conflict says of itself.
fn title(conflict: &Conflict) -> String {
    let parts = [conflict.entity.as_deref(), conflict.subject.as_deref()];
    let known: Vec<&str> = parts.into_iter().flatten().collect();
    if known.is_empty() {
        conflict.about.clone()
    } else {
        known.join(": ")
    }
}
