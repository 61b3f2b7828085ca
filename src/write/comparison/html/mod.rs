//! One self-contained page: no script, nothing fetched, light and dark, for the screen and for paper.
//!
//! Every document has a number, and everything on the page names it by that number. What five documents show at a
//! glance, two hundred must not bury: every list has a cap and says how much it left out.

mod disputes;
mod graph;
mod matrix;
mod overview;
mod pairs;
mod passages;
mod templates;

use super::super::kit::{FOOT, Markup, head};
use super::ComparisonOutput;
use super::facts::{Dispute, Roster, Row, disputes, rows};
use super::ties::{Tie, ties};
use super::words::{self, fitted};
use crate::corpus::Comparison;

/// The format.
pub const OUTPUT: ComparisonOutput = ComparisonOutput {
    name: "html",
    write: |out, comparison, _| out.write_all(page(comparison).as_bytes()),
};

/// What the base style does not have.
const STYLE: &str = include_str!("comparison.css");

/// Longest name of a document in a hint, in characters.
const HINT: usize = 90;

/// What the parts of the page are made from.
struct View<'a> {
    comparison: &'a Comparison,
    roster: Roster<'a>,
    rows: Vec<Row<'a>>,
    disputes: Vec<Dispute<'a>>,
    ties: Vec<Tie<'a>>,
}

fn page(comparison: &Comparison) -> String {
    let roster = Roster::new(comparison);
    let view = View {
        rows: rows(comparison, &roster),
        disputes: disputes(comparison, &roster),
        ties: ties(comparison, &roster),
        roster,
        comparison,
    };
    let mut page = Markup {
        html: head("byline comparison", STYLE),
    };
    overview::head(&mut page, &view);
    overview::clusters(&mut page, &view);
    disputes::write(&mut page, &view);
    matrix::write(&mut page, &view);
    graph::write(&mut page, &view);
    passages::write(&mut page, &view);
    templates::write(&mut page, &view);
    pairs::write(&mut page, &view);
    overview::documents(&mut page, &view);
    page.raw(FOOT);
    page.html
}

impl View<'_> {
    /// A document's name, cut to `width` columns.
    fn name(&self, place: usize, width: usize) -> String {
        let member = self.comparison.documents.get(place);
        fitted(member.map_or("", |member| words::name(member)), width)
    }

    /// A document's number, leading to its row in the list; its name is the hint.
    fn badge(&self, page: &mut Markup, place: usize) {
        let number = place + 1;
        page.put(format_args!("<a class=\"no\" href=\"#d{number}\" title=\""));
        page.say(&self.name(place, HINT));
        page.put(format_args!("\">{number}</a>"));
    }

    /// The badge of a document by its id; the bare id where it is not among the documents.
    fn badge_of(&self, page: &mut Markup, id: &str) {
        match self.roster.place(id) {
            Some(place) => self.badge(page, place),
            None => page.element("span", "no", &fitted(id, HINT)),
        }
    }
}

/// Begins a section. `note` says how to read it.
fn section(page: &mut Markup, id: &str, title: &str, note: &str) {
    page.put(format_args!("<section id=\"{id}\">\n<h2>"));
    page.say(title);
    page.raw("</h2>\n");
    if !note.is_empty() {
        page.element("p", "dim", note);
        page.raw("\n");
    }
}

/// Says how much of a list was left out, if any was.
fn more(page: &mut Markup, all: usize, shown: usize, what: &str) {
    if let Some(more) = all.checked_sub(shown).filter(|more| *more > 0) {
        let line = format!(
            "and {} more {what}; the JSON output has them all",
            words::thousands(more)
        );
        page.element("p", "dim more", &line);
        page.raw("\n");
    }
}
