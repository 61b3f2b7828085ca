//! Contradictions side by side: each document's sentence with the figure marked in it.

use super::super::super::kit::Markup;
use super::super::diff::around;
use super::super::facts::Dispute;
use super::super::words::{self, count, fitted};
use super::{View, more, section};
use crate::corpus::{ConflictKind, Side};

/// Contradictions shown outright, and folded below them.
const DISPUTES: usize = 15;
const FOLDED: usize = 60;
/// Versions of one contradiction shown.
const VERSIONS: usize = 12;
/// Facts printed to another precision shown.
const ROUNDED: usize = 40;
/// Width of a title and of a document's name, in characters.
const TITLE: usize = 120;
const NAME: usize = 60;

pub(super) fn write(page: &mut Markup, view: &View<'_>) {
    if view.disputes.is_empty() {
        return;
    }
    section(
        page,
        "conflicts",
        "Figures and dates that do not agree",
        "What the documents say of one subject. A sentence is quoted as it was read; the figure is marked.",
    );
    let (rounded, open): (Vec<_>, Vec<_>) = view
        .disputes
        .iter()
        .partition(|dispute| dispute.kind == ConflictKind::Rounding);
    if open.is_empty() {
        page.raw("<p>No contradiction was found.</p>\n");
    }
    for dispute in open.iter().take(DISPUTES) {
        one(page, view, dispute);
    }
    let folded = open.get(DISPUTES..).unwrap_or_default();
    if !folded.is_empty() {
        page.put(format_args!(
            "<details><summary>{} more contradictions</summary>\n",
            folded.len()
        ));
        for dispute in folded.iter().take(FOLDED) {
            one(page, view, dispute);
        }
        more(page, folded.len(), FOLDED, "contradictions");
        page.raw("</details>\n");
    }
    if !rounded.is_empty() {
        page.raw("<details><summary>");
        page.say(&count(rounded.len(), "fact", "facts"));
        page.raw(" printed to another precision: no conflict</summary>\n");
        for dispute in rounded.iter().take(ROUNDED) {
            one(page, view, dispute);
        }
        more(page, rounded.len(), ROUNDED, "facts");
        page.raw("</details>\n");
    }
    page.raw("</section>\n");
}

fn one(page: &mut Markup, view: &View<'_>, dispute: &Dispute<'_>) {
    let class = class(dispute.kind);
    page.put(format_args!("<article class=\"card dispute {class}\">\n<h3>"));
    page.say(&fitted(&dispute.title, TITLE));
    page.put(format_args!(
        " <span class=\"tag {class}\">{}</span></h3>\n<div class=\"versions\">\n",
        words::conflict(dispute.kind)
    ));
    for (place, side) in dispute.versions.iter().take(VERSIONS) {
        page.raw("<figure class=\"version\">\n<figcaption>");
        view.badge(page, *place);
        page.raw(" ");
        page.element("span", "dim", &view.name(*place, NAME));
        page.raw("</figcaption>\n");
        page.element("p", "value", &fitted(&side.surface, NAME));
        sentence(page, side);
        page.raw("</figure>\n");
    }
    page.raw("</div>\n");
    more(page, dispute.versions.len(), VERSIONS, "versions");
    page.raw("</article>\n");
}

/// A sentence with its figure marked.
pub(super) fn sentence(page: &mut Markup, side: &Side) {
    page.raw("<blockquote>");
    match around(&side.sentence, &side.surface) {
        Some((before, inside, after)) => {
            page.say(before);
            page.element("mark", "figure", inside);
            page.say(after);
        }
        None => page.say(&side.sentence),
    }
    page.raw("</blockquote>\n");
}

fn class(kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::Value => "value-kind",
        ConflictKind::Period => "period-kind",
        ConflictKind::Rounding => "rounding-kind",
    }
}
