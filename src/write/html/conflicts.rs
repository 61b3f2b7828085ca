//! Figures that siblings in an index contradict.

use super::super::kit::{Markup as Page, contradictions, excerpt};
use crate::document::Document;
use crate::verdict::Verdict;

/// Surroundings of a figure, in bytes on each side.
const AROUND_BYTES: usize = 80;
/// Longest figure shown whole, in bytes.
const FIGURE_BYTES: usize = 120;

/// Each figure in its surroundings, with who says otherwise; nothing where nobody does.
pub(super) fn write(page: &mut Page, document: &Document, verdict: &Verdict) {
    let figures = contradictions(&verdict.figures.conflicts);
    if figures.is_empty() {
        return;
    }
    page.raw("<h2>Figures that other documents contradict</h2>\n<ul>\n");
    for figure in figures {
        let cut = excerpt(&document.raw().text, figure.span, AROUND_BYTES, FIGURE_BYTES);
        page.raw("<li>");
        page.say(&cut.before);
        page.element("mark", "none", &cut.marked);
        page.say(&cut.after);
        for line in &figure.lines {
            page.raw("<br>");
            page.element("span", "dim", line);
        }
        page.raw("</li>\n");
    }
    page.raw("</ul>\n");
}
