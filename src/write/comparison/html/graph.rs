//! Links and direction as a small graph: documents on a circle in the order they came, arrows from the source.

use std::f64::consts::TAU;

use super::super::super::kit::{Markup, words::likelihood};
use super::super::ties::{Island, Tie, What, islands};
use super::super::words::{self, count, fitted, share};
use super::{HINT, View, more, section};
use crate::corpus::Level;
use crate::verdict::percent;

/// Connected parts drawn, documents of one part, and ties listed in words outright and folded below.
const ISLANDS: usize = 6;
const NODES: usize = 18;
const LISTED: usize = 12;
const FOLDED: usize = 100;
/// Words of a link that are quoted, in characters.
const QUOTED: usize = 240;

/// Sizes in user units (CSS pixels): width of a picture (two fit beside each other), radius of a node, room beside a node for its name, least
/// radius of the circle, and what each document adds to it.
const WIDTH: f64 = 512.0;
const NODE: f64 = 15.0;
const LEAST_RADIUS: f64 = 66.0;
const RADIUS_A_NODE: f64 = 8.0;
const MARGIN: f64 = 42.0;
/// Width of a letter of a name.
const LETTER: f64 = 6.7;
/// How far an edge bends out of the straight line, as a share of its length: two edges between the same nodes part.
const BEND: f64 = 0.14;
/// Space between a node and the head of an arrow.
const CLEAR: f64 = 4.0;
/// Width of the faintest and of the strongest line.
const THIN: f64 = 1.2;
const THICK: f64 = 3.2;

pub(super) fn write(page: &mut Markup, view: &View<'_>) {
    if view.ties.is_empty() {
        return;
    }
    section(
        page,
        "ties",
        "Who took it from whom, who inherits a declaration",
        "An arrow leads from the source to the document that took its wording, or from a declared document to the one \
         that inherits the declaration; a line without a head means that wording was shared and the direction is not \
         known. The thicker, the surer.",
    );
    page.raw(
        "<p class=\"legend keys\"><span class=\"key took\">wording</span> <span class=\"key inherits\">declaration</span> \
         <span class=\"ring\">declares itself</span></p>\n",
    );
    let all = islands(&view.ties, view.comparison.documents.len());
    page.raw("<div class=\"graphs\">\n");
    for (at, island) in all.iter().take(ISLANDS).enumerate() {
        picture(page, view, island, at);
    }
    page.raw("</div>\n");
    more(
        page,
        all.len(),
        ISLANDS,
        "groups of tied documents (in words below)",
    );
    list(page, view);
    page.raw("</section>\n");
}

/// A node's place in the picture.
#[derive(Clone, Copy)]
struct Node {
    document: usize,
    x: f64,
    y: f64,
}

/// The documents drawn: those with most ties where there are too many, in input order.
fn drawn(island: &Island<'_>) -> Vec<usize> {
    let mut documents = island.documents.clone();
    if documents.len() > NODES {
        let degree = |place: usize| {
            island
                .ties
                .iter()
                .filter(|tie| tie.from == place || tie.to == place)
                .count()
        };
        let mut by_ties: Vec<(usize, usize)> =
            documents.iter().map(|place| (degree(*place), *place)).collect();
        by_ties.sort_by_key(|(ties, place)| (std::cmp::Reverse(*ties), *place));
        documents = by_ties.into_iter().take(NODES).map(|(_, place)| place).collect();
        documents.sort_unstable();
    }
    documents
}

fn picture(page: &mut Markup, view: &View<'_>, island: &Island<'_>, at: usize) {
    let documents = drawn(island);
    // Two documents stand side by side; more stand on a circle that begins at the top.
    let radius = LEAST_RADIUS + RADIUS_A_NODE * documents.len().saturating_sub(3) as f64;
    let flat = documents.len() <= 2;
    let height = if flat {
        2.0 * MARGIN + 2.0 * NODE
    } else {
        2.0 * (radius + MARGIN)
    };
    let (middle_x, middle_y) = (WIDTH / 2.0, height / 2.0);
    let start = if flat { 0.5 } else { -0.25 };
    let nodes: Vec<Node> = documents
        .iter()
        .enumerate()
        .map(|(place, document)| {
            let angle = TAU * (start + place as f64 / documents.len() as f64);
            Node {
                document: *document,
                x: middle_x + radius * angle.cos(),
                y: middle_y + radius * angle.sin(),
            }
        })
        .collect();
    page.put(format_args!(
        "<figure class=\"graph\"><div class=\"wide\"><svg role=\"img\" aria-labelledby=\"graph{at}\" width=\"{WIDTH:.0}\" \
         height=\"{height:.0}\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\">\n<title id=\"graph{at}\">Ties between {}; the list \
         below says the same</title>\n<defs>",
        count(island.documents.len(), "document", "documents")
    ));
    for class in ["took", "inherits"] {
        page.put(format_args!(
            "<marker id=\"{class}{at}\" class=\"{class}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"9\" \
             markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker>"
        ));
    }
    page.raw("</defs>\n");
    for tie in &island.ties {
        let end = |place: usize| nodes.iter().find(|node| node.document == place).copied();
        if let (Some(from), Some(to)) = (end(tie.from), end(tie.to)) {
            edge(page, tie, from, to, at);
        }
    }
    for node in &nodes {
        self::node(page, view, *node, middle_x, flat);
    }
    page.raw("</svg></div>\n");
    if island.documents.len() > documents.len() {
        let line = format!(
            "and {} that are tied to these",
            count(
                island.documents.len() - documents.len(),
                "more document",
                "more documents"
            )
        );
        page.element("figcaption", "dim", &line);
    }
    page.raw("</figure>\n");
}

fn class(tie: &Tie<'_>) -> &'static str {
    match tie.what {
        What::Inherits(_) => "inherits",
        What::Took(_) => "took",
    }
}

fn edge(page: &mut Markup, tie: &Tie<'_>, from: Node, to: Node, at: usize) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy).max(1.0);
    // Wording bends to one side, declarations to the other.
    let side = if matches!(tie.what, What::Took(_)) {
        BEND
    } else {
        -BEND
    };
    let (bend_x, bend_y) = (
        (from.x + to.x) / 2.0 - dy * side,
        (from.y + to.y) / 2.0 + dx * side,
    );
    // From rim to rim, along the way the curve leaves and arrives.
    let rim = |node: Node, gap: f64| {
        let (x, y) = (bend_x - node.x, bend_y - node.y);
        let far = x.hypot(y).max(1.0);
        (node.x + x / far * (NODE + gap), node.y + y / far * (NODE + gap))
    };
    let (start, end) = (rim(from, CLEAR), rim(to, CLEAR));
    let strength = tie.strength();
    let strength = if strength.is_nan() {
        0.0
    } else {
        strength.clamp(0.0, 1.0)
    };
    let class = class(tie);
    page.put(format_args!(
        "<path class=\"edge {class}\" stroke-width=\"{:.1}\" d=\"M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}\"",
        THIN + (THICK - THIN) * strength,
        start.0,
        start.1,
        bend_x,
        bend_y,
        end.0,
        end.1
    ));
    if tie.directed() && length > 0.0 {
        page.put(format_args!(" marker-end=\"url(#{class}{at})\""));
    }
    page.raw("><title>");
    page.say(&headline(tie));
    page.raw("</title></path>\n");
}

fn node(page: &mut Markup, view: &View<'_>, node: Node, middle_x: f64, flat: bool) {
    let declared = view
        .comparison
        .documents
        .get(node.document)
        .is_some_and(|member| member.declared);
    let class = if declared { "node declared" } else { "node" };
    page.raw("<g><title>");
    page.say(&view.name(node.document, HINT));
    page.put(format_args!(
        "</title><circle class=\"{class}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"{NODE}\"/><text class=\"num\" x=\"{:.1}\" \
         y=\"{:.1}\">{}</text>",
        node.x,
        node.y,
        node.x,
        node.y,
        node.document + 1
    ));
    // The name stands outside the circle; at its top and bottom, above and below.
    let off = node.x - middle_x;
    let beside = NODE + 6.0;
    let (anchor, x, room) = if flat {
        ("middle", node.x, WIDTH / 2.0 - 2.0 * MARGIN)
    } else if off > NODE {
        ("start", node.x + beside, WIDTH - node.x - beside)
    } else if off < -NODE {
        ("end", node.x - beside, node.x - beside)
    } else {
        ("middle", node.x, WIDTH / 2.0)
    };
    let y = if flat || (off.abs() <= NODE && node.y > NODE + MARGIN) {
        node.y + NODE + 13.0
    } else if off.abs() <= NODE {
        node.y - NODE - 10.0
    } else {
        node.y
    };
    // A width in letters, far below what could be lost.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to WIDTH / LETTER"
    )]
    let letters = (room.max(0.0) / LETTER) as usize;
    page.put(format_args!(
        "<text class=\"name {anchor}\" x=\"{x:.1}\" y=\"{y:.1}\">"
    ));
    page.say(&view.name(node.document, letters));
    page.raw("</text></g>\n");
}

/// A tie in a few words, the documents by number.
fn headline(tie: &Tie<'_>) -> String {
    let (from, to) = (tie.from + 1, tie.to + 1);
    match tie.what {
        What::Inherits(link) => format!(
            "{to} inherits the declaration of {from}: {}, strength {}",
            words::via(link.via),
            share(link.strength)
        ),
        What::Took(copied) if tie.directed() => {
            format!("{to} took wording from {from}: {}", percent(copied.probability))
        }
        What::Took(copied) => {
            format!(
                "{from} and {to} share wording, direction unknown: {}",
                percent(copied.probability)
            )
        }
    }
}

/// The ties in words.
fn list(page: &mut Markup, view: &View<'_>) {
    let (first, rest) = view.ties.split_at_checked(LISTED).unwrap_or((&view.ties, &[]));
    lines(page, view, first);
    if !rest.is_empty() {
        page.put(format_args!(
            "<details><summary>{} more ties</summary>\n",
            rest.len()
        ));
        lines(page, view, rest.get(..FOLDED).unwrap_or(rest));
        more(page, rest.len(), FOLDED, "ties");
        page.raw("</details>\n");
    }
}

fn lines(page: &mut Markup, view: &View<'_>, ties: &[Tie<'_>]) {
    page.raw("<ul class=\"ties\">\n");
    for tie in ties {
        page.put(format_args!("<li class=\"{}\"><div>", class(tie)));
        let arrow = if tie.directed() { "\u{2192}" } else { "\u{2014}" };
        view.badge(page, tie.from);
        page.put(format_args!(" <span aria-hidden=\"true\">{arrow}</span> "));
        view.badge(page, tie.to);
        page.raw("</div><div>");
        match tie.what {
            What::Inherits(link) => {
                page.raw("<b>");
                page.say(&format!(
                    "Inherits the declaration by {}, strength {}",
                    words::via(link.via),
                    share(link.strength)
                ));
                page.raw("</b><br>");
                page.say(&link.reason);
                if !link.text.is_empty() {
                    page.raw("<blockquote>");
                    page.say(&fitted(&link.text, QUOTED));
                    page.raw("</blockquote>");
                }
            }
            What::Took(copied) => {
                page.raw("<b>");
                let what = if tie.directed() {
                    "Wording taken"
                } else {
                    "Wording shared, direction unknown"
                };
                page.say(&format!(
                    "{what}: {}, {}",
                    likelihood(copied.probability),
                    percent(copied.probability)
                ));
                page.raw("</b>");
                if copied.level != Level::Unrelated {
                    page.say(&format!(" \u{2013} {}", words::level(copied.level)));
                }
                evidence(page, &copied.direction_evidence);
            }
        }
        page.raw("</div></li>\n");
    }
    page.raw("</ul>\n");
}

/// What speaks for the direction.
pub(super) fn evidence(page: &mut Markup, evidence: &[String]) {
    if evidence.is_empty() {
        return;
    }
    page.raw("<ul>");
    for reason in evidence {
        page.raw("<li>");
        page.say(reason);
        page.raw("</li>");
    }
    page.raw("</ul>");
}
