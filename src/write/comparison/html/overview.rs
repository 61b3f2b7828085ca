//! The page's head, its clusters, and the list of documents.

use super::super::super::kit::Markup;
use super::super::words::{self, count, fitted};
use super::{View, more, section};
use crate::corpus::{Cluster, ConflictKind, Member};

/// What a reader must know before any number.
const CAUTION: &str = "Two reporters at one press conference give the same figures: sharing figures is not copying, and \
    sharing a biography line is not proof of who wrote a text. Every finding below comes with the passages it rests on. \
    Read them in their place before you act.";

/// Clusters shown as cards, and as lines below them.
const CLUSTERS: usize = 6;
const CLUSTER_LINES: usize = 100;
/// Documents shown in such a line.
const LINE: usize = 20;
/// Documents of a cluster that are named; the rest is shown by number.
const NAMED: usize = 8;
/// Documents of a cluster that are shown by number after the named ones.
const NUMBERED: usize = 60;
/// Documents listed outright; the others stand folded below.
const LISTED: usize = 40;
/// Width of a name in a cluster, in characters.
const NAME: usize = 70;
/// Longest cell of the list of documents, in characters.
const CELL: usize = 200;

/// Title, what was found in numbers, and where on the page.
pub(super) fn head(page: &mut Markup, view: &View<'_>) {
    let comparison = view.comparison;
    page.put(format_args!(
        "<h1>What do these documents share?</h1>\n<p class=\"dim\">Comparison by byline {}: figures, wording, templates \
         and declarations, each with its evidence.</p>\n",
        env!("CARGO_PKG_VERSION")
    ));
    let open = view
        .disputes
        .iter()
        .filter(|dispute| dispute.kind != ConflictKind::Rounding)
        .count();
    let passages: usize = comparison.pairs.iter().map(|pair| pair.passages.len()).sum();
    let tiles = [
        ("documents", comparison.documents.len(), "document", "documents"),
        ("clusters", comparison.clusters.len(), "cluster", "clusters"),
        ("conflicts", open, "contradiction", "contradictions"),
        ("figures", view.rows.len(), "shared figure", "shared figures"),
        (
            "ties",
            view.ties.len(),
            "tie between documents",
            "ties between documents",
        ),
        ("passages", passages, "shared passage", "shared passages"),
        ("templates", comparison.templates.len(), "template", "templates"),
    ];
    page.raw("<nav class=\"tiles\" aria-label=\"Parts of this page\">\n");
    for (id, number, one, many) in tiles {
        let what = if number == 1 { one } else { many };
        let number = words::thousands(number);
        if number == "0" {
            page.put(format_args!("<span class=\"tile none\"><b>0</b> {what}</span>\n"));
        } else {
            page.put(format_args!(
                "<a class=\"tile\" href=\"#{id}\"><b>{number}</b> {what}</a>\n"
            ));
        }
    }
    page.raw("</nav>\n");
    page.element("p", "caution", CAUTION);
    page.raw("\n");
}

/// Documents that belong together, and why.
pub(super) fn clusters(page: &mut Markup, view: &View<'_>) {
    let clusters = &view.comparison.clusters;
    section(page, "clusters", "Which belong together", "");
    if clusters.is_empty() {
        page.raw("<p>No two of these documents share enough to belong together.</p>\n");
    }
    let (cards, lines) = clusters.split_at_checked(CLUSTERS).unwrap_or((clusters, &[]));
    for (at, cluster) in cards.iter().enumerate() {
        one(page, view, at + 1, cluster);
    }
    if !lines.is_empty() {
        page.put(format_args!(
            "<details class=\"card\"><summary>{} more clusters</summary>\n<ul class=\"lines\">\n",
            lines.len()
        ));
        for (at, cluster) in lines.iter().take(CLUSTER_LINES).enumerate() {
            line(page, view, cards.len() + at + 1, cluster);
        }
        page.raw("</ul>\n");
        more(page, lines.len(), CLUSTER_LINES, "clusters");
        page.raw("</details>\n");
    }
    let inside: std::collections::BTreeSet<&str> = clusters
        .iter()
        .flat_map(|cluster| &cluster.documents)
        .map(String::as_str)
        .collect();
    let alone = view
        .comparison
        .documents
        .iter()
        .filter(|member| !inside.contains(member.id.as_str()))
        .count();
    if alone > 0 && !clusters.is_empty() {
        let verb = if alone == 1 { "stands" } else { "stand" };
        let line = format!("{} {verb} alone.", count(alone, "document", "documents"));
        page.element("p", "dim", &line);
        page.raw("\n");
    }
    page.raw("</section>\n");
}

/// A cluster in a line.
fn line(page: &mut Markup, view: &View<'_>, number: usize, cluster: &Cluster) {
    page.put(format_args!("<li><b>{number}</b> "));
    for id in cluster.documents.iter().take(LINE) {
        view.badge_of(page, id);
        page.raw(" ");
    }
    if let Some(left) = cluster.documents.len().checked_sub(LINE).filter(|left| *left > 0) {
        page.put(format_args!("and {} more ", words::thousands(left)));
    }
    if let Some(reason) = cluster.because.first() {
        page.element("span", "dim", &fitted(reason, CELL));
    }
    page.raw("</li>\n");
}

fn one(page: &mut Markup, view: &View<'_>, number: usize, cluster: &Cluster) {
    page.put(format_args!(
        "<article class=\"card\">\n<h3>Cluster {number} <span class=\"dim\">"
    ));
    page.say(&count(cluster.documents.len(), "document", "documents"));
    page.raw("</span></h3>\n<div class=\"split\">\n<ol class=\"members\">\n");
    for id in cluster.documents.iter().take(NAMED) {
        page.raw("<li>");
        view.badge_of(page, id);
        page.raw(" ");
        if let Some(place) = view.roster.place(id) {
            page.say(&view.name(place, NAME));
            if let Some(member) = view.comparison.documents.get(place) {
                // Reasons may name documents by their ids.
                if words::name(member) != member.id {
                    page.raw(" ");
                    page.element("code", "dim", &fitted(&member.id, NAME));
                }
                declared(page, member);
            }
        }
        page.raw("</li>\n");
    }
    page.raw("</ol>\n<div>\n<p class=\"label\">Because</p>\n<ul>\n");
    for reason in &cluster.because {
        page.raw("<li>");
        page.say(reason);
        page.raw("</li>\n");
    }
    page.raw("</ul>\n</div>\n</div>\n");
    if cluster.documents.len() > NAMED {
        page.raw("<p class=\"badges\">also ");
        for id in cluster.documents.iter().skip(NAMED).take(NUMBERED) {
            view.badge_of(page, id);
            page.raw(" ");
        }
        page.raw("</p>\n");
        more(page, cluster.documents.len(), NAMED + NUMBERED, "documents");
    }
    page.raw("</article>\n");
}

/// A mark on documents that declare a machine author themselves.
fn declared(page: &mut Markup, member: &Member) {
    if !member.declared {
        return;
    }
    page.raw(" <span class=\"tag declared\">says a machine wrote it");
    if let Some(producer) = &member.producer {
        page.raw(": ");
        page.say(&fitted(producer, NAME));
    }
    page.raw("</span>");
}

/// The list that the numbers lead to.
pub(super) fn documents(page: &mut Markup, view: &View<'_>) {
    let all = &view.comparison.documents;
    section(page, "documents", "The documents", "");
    let (first, rest) = all.split_at_checked(LISTED).unwrap_or((all, &[]));
    table(page, first, 0);
    if !rest.is_empty() {
        page.put(format_args!(
            "<details><summary>{} more documents</summary>\n",
            rest.len()
        ));
        table(page, rest, first.len());
        page.raw("</details>\n");
    }
    page.raw("</section>\n");
}

fn table(page: &mut Markup, members: &[Member], before: usize) {
    page.raw(
        "<div class=\"wide\"><table>\n<thead><tr><th>No.</th><th>Document</th>\
         <th class=\"n\">Words</th><th class=\"n\">Figures</th></tr></thead>\n<tbody>\n",
    );
    for (at, member) in members.iter().enumerate() {
        let number = before + at + 1;
        page.put(format_args!(
            "<tr id=\"d{number}\"><td><span class=\"no\">{number}</span></td><td>"
        ));
        let name = words::name(member);
        page.say(&fitted(name, CELL));
        declared(page, member);
        if name != member.id {
            page.raw("<br>");
            page.element("code", "dim", &fitted(&member.id, CELL));
        }
        if let Some(source) = member.source.as_ref().filter(|source| **source != member.id) {
            page.raw("<br>");
            page.element("code", "dim", &fitted(source, CELL));
        }
        let origin = words::origin(member);
        if !origin.is_empty() {
            page.raw("<br>");
            page.element("span", "dim", &fitted(&origin, CELL));
        }
        page.put(format_args!(
            "</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
            words::thousands(member.words),
            words::thousands(member.figures)
        ));
    }
    page.raw("</tbody></table></div>\n");
}
