//! What the rest of a group of documents tells of two figures.
//!
//! Five reports of one fact sheet leave out different things, but hardly ever do two facts of it never stand in one report: where another
//! document gives both values, they are two facts.

use super::agree::{agrees, same_unit};
use super::around::Claims;
use crate::figure::Figure;

/// What the other documents of a group give of two figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Elsewhere {
    /// Whether one of them gives both.
    pub both: bool,
    /// How many give either, each at most [`MOST_TELLERS`].
    pub tellers: usize,
    /// How many others there are.
    pub others: usize,
}

/// Documents beyond which more that give a figure say no more.
const MOST_TELLERS: usize = 2;

impl Elsewhere {
    /// Looks through the others. Cost: linear in their figures.
    pub fn of(one: &Figure, other: &Figure, others: &[&Claims<'_>]) -> Self {
        let gives = |claims: &Claims<'_>, figure: &Figure| {
            let mut figures = claims.contexts.iter().map(|context| context.figure);
            figures
                .any(|their| their.kind == figure.kind && same_unit(their, figure) && agrees(their, figure))
        };
        let (mut first, mut second, mut both) = (0, 0, false);
        for claims in others {
            let given = (gives(claims, one), gives(claims, other));
            first += usize::from(given.0);
            second += usize::from(given.1);
            both |= given.0 && given.1;
        }
        Self {
            both,
            tellers: first.min(MOST_TELLERS) + second.min(MOST_TELLERS),
            others: others.len(),
        }
    }
}
