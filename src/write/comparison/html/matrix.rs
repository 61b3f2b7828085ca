//! The picture of who shares which figures: a row a figure, a column a document, the shade how telling it is.

use std::collections::BTreeSet;

use super::super::super::kit::Markup;
use super::super::facts::{Cell, Row};
use super::super::words::{fitted, share, thousands};
use super::{HINT, View, more, section};

/// Figures drawn.
const ROWS: usize = 40;
/// Documents drawn: as many as fit the width of the page.
const COLUMNS: usize = 38;
/// Up to this many documents a cell has room for the figure as it is printed.
const ROOMY: usize = 8;
/// Figures in the table below the picture.
const LISTED: usize = 150;
/// Documents of a figure in the table.
const BADGES: usize = 30;

/// Sizes in user units (CSS pixels): height of a row, width of the names of rows, smallest and largest width of a roomy
/// column, what the roomy columns share, width of a narrow column.
const ROW: usize = 24;
const LABELS: usize = 230;
const ROOMY_MIN: usize = 92;
const ROOMY_MAX: usize = 150;
const ROOMY_ALL: usize = 780;
const NARROW: usize = 22;
/// Height of the line of clusters, and of the heads of roomy and of narrow columns.
const BAND: usize = 8;
const ROOMY_HEAD: usize = 52;
const NARROW_HEAD: usize = 24;
/// Gap between cells.
const GAP: usize = 2;
/// Width of a letter at the sizes used, in tenths of a unit: an estimate that is rather too wide.
const LETTER_TENTHS: usize = 66;

/// Faintest and strongest shade: even a common figure must be seen, and letters must stay legible on a rare one.
const FAINT: f64 = 0.12;
const STRONG: f64 = 0.62;

/// The geometry of one picture.
struct Plan {
    /// Places of the documents, left to right.
    columns: Vec<usize>,
    column: usize,
    head: usize,
    roomy: bool,
}

pub(super) fn write(page: &mut Markup, view: &View<'_>) {
    if view.rows.is_empty() {
        return;
    }
    section(
        page,
        "figures",
        "Who shares which figures",
        "A row is one figure, however each document prints it; the darker the cell, the rarer and more exact the figure, and \
         the more telling that two documents share it. A corner marks a figure that contradicts another document's.",
    );
    let (rows, plan) = plan(view);
    picture(page, view, &rows, &plan);
    more(
        page,
        view.rows.len(),
        rows.len(),
        "figures (the table below goes on)",
    );
    table(page, view);
    page.raw("</section>\n");
}

/// The figures and documents drawn: the most telling figures, as long as there is room for the documents that give them.
fn plan<'a, 'b>(view: &'b View<'a>) -> (Vec<&'b Row<'a>>, Plan) {
    let mut drawn: BTreeSet<usize> = BTreeSet::new();
    let mut rows: Vec<&Row<'_>> = Vec::new();
    for row in &view.rows {
        let with: BTreeSet<usize> = row
            .cells
            .iter()
            .map(|cell| cell.document)
            .chain(drawn.iter().copied())
            .collect();
        // A figure that fills the picture by itself is cut.
        if with.len() <= COLUMNS || rows.is_empty() {
            drawn = with.into_iter().take(COLUMNS).collect();
            rows.push(row);
        }
        if rows.len() == ROWS {
            break;
        }
    }
    // Cluster by cluster, then in input order.
    let mut columns: Vec<usize> = drawn.into_iter().collect();
    columns.sort_by_key(|at| (cluster(view, *at).unwrap_or(usize::MAX), *at));
    let roomy = columns.len() <= ROOMY;
    let (column, head) = if roomy {
        (
            (ROOMY_ALL / columns.len().max(1)).clamp(ROOMY_MIN, ROOMY_MAX),
            ROOMY_HEAD,
        )
    } else {
        (NARROW, NARROW_HEAD)
    };
    if !roomy {
        // Figures of the same documents together: the picture falls into blocks.
        let first = |row: &Row<'_>| {
            columns
                .iter()
                .position(|place| row.cells.iter().any(|cell| cell.document == *place))
        };
        rows.sort_by_key(|row| first(row));
    }
    let plan = Plan {
        columns,
        column,
        head: head + BAND,
        roomy,
    };
    (rows, plan)
}

/// Which cluster a document is in.
fn cluster(view: &View<'_>, place: usize) -> Option<usize> {
    let id = &view.comparison.documents.get(place)?.id;
    view.comparison
        .clusters
        .iter()
        .position(|cluster| cluster.documents.contains(id))
}

/// Letters that fit into a width.
fn letters(width: usize) -> usize {
    width * 10 / LETTER_TENTHS
}

fn picture(page: &mut Markup, view: &View<'_>, rows: &[&Row<'_>], plan: &Plan) {
    let width = LABELS + plan.columns.len() * plan.column;
    let height = plan.head + rows.len() * ROW;
    page.put(format_args!(
        "<div class=\"wide\"><svg class=\"matrix\" role=\"img\" aria-labelledby=\"matrix-title\" width=\"{width}\" \
         height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
         <title id=\"matrix-title\">{} figures and the {} documents that give them; the table below says the same</title>\n",
        rows.len(),
        plan.columns.len()
    ));
    heads(page, view, plan);
    for (at, row) in rows.iter().enumerate() {
        let top = plan.head + at * ROW;
        self::row(page, view, row, plan, top);
    }
    page.raw("</svg></div>\n");
}

fn heads(page: &mut Markup, view: &View<'_>, plan: &Plan) {
    let mut last = None;
    for (at, place) in plan.columns.iter().enumerate() {
        let left = LABELS + at * plan.column;
        let number = place + 1;
        let middle = left + plan.column / 2;
        if let Some(cluster) = cluster(view, *place) {
            // Neighbouring clusters take turns in two colours.
            let from = if last == Some(cluster) { left - GAP } else { left };
            page.put(format_args!(
                "<rect class=\"band b{}\" x=\"{from}\" y=\"0\" width=\"{}\" height=\"4\"><title>cluster {}</title></rect>\n",
                cluster % 2,
                left + plan.column - GAP - from,
                cluster + 1
            ));
            last = Some(cluster);
        } else {
            last = None;
        }
        page.raw("<g>");
        page.raw("<title>");
        page.say(&view.name(*place, HINT));
        page.raw("</title>");
        if plan.roomy {
            let width = letters(plan.column - 4 * GAP);
            page.put(format_args!(
                "<text class=\"num\" x=\"{middle}\" y=\"{}\">{number}</text>",
                BAND + 16
            ));
            page.put(format_args!(
                "<text class=\"name\" x=\"{middle}\" y=\"{}\">",
                BAND + 36
            ));
            page.say(&view.name(*place, width));
            page.raw("</text>");
        } else {
            page.put(format_args!(
                "<text class=\"num small\" x=\"{middle}\" y=\"{}\">{number}</text>",
                BAND + 16
            ));
        }
        page.raw("</g>\n");
    }
}

fn row(page: &mut Markup, view: &View<'_>, row: &Row<'_>, plan: &Plan, top: usize) {
    let middle = top + ROW / 2;
    page.put(format_args!(
        "<line class=\"rule\" x1=\"0\" x2=\"{}\" y1=\"{top}\" y2=\"{top}\"/>\n<g><title>",
        LABELS + plan.columns.len() * plan.column
    ));
    page.say(row.label);
    if let Some(subject) = row.subject {
        page.raw(", ");
        page.say(&fitted(subject, HINT));
    }
    page.put(format_args!(
        "</title><text class=\"label\" x=\"0\" y=\"{middle}\">"
    ));
    let room = letters(LABELS) - 1;
    let label = fitted(row.label, room);
    page.say(&label);
    let left = room.saturating_sub(label.chars().count() + 1);
    // Fewer letters of a subject than this say nothing.
    const LEAST: usize = 5;
    if let Some(subject) = row.subject.filter(|_| left >= LEAST) {
        page.raw("<tspan class=\"of\" dx=\"6\">");
        page.say(&fitted(subject, left));
        page.raw("</tspan>");
    }
    page.raw("</text></g>\n");
    for (at, place) in plan.columns.iter().enumerate() {
        if let Some(cell) = row.cells.iter().find(|cell| cell.document == *place) {
            let left = LABELS + at * plan.column;
            self::cell(page, view, cell, plan, (left, top));
        }
    }
}

fn cell(page: &mut Markup, view: &View<'_>, cell: &Cell<'_>, plan: &Plan, (left, top): (usize, usize)) {
    let (width, height) = (plan.column - GAP, ROW - GAP);
    page.raw("<g><title>");
    page.put(format_args!("{}: ", cell.document + 1));
    page.say(&view.name(cell.document, HINT));
    page.raw(": \u{201c}");
    page.say(&fitted(&cell.side.surface, HINT));
    page.put(format_args!("\u{201d}, telling: {}", share(cell.weight)));
    if cell.disputed {
        page.raw(", contradicts another document");
    }
    page.put(format_args!(
        "</title><rect class=\"cell\" x=\"{left}\" y=\"{}\" width=\"{width}\" height=\"{height}\" fill-opacity=\"{:.2}\"/>",
        top + 1,
        shade(cell.weight)
    ));
    if cell.disputed {
        let right = left + width;
        let top = top + 1;
        page.put(format_args!(
            "<path class=\"corner\" d=\"M{} {top}H{right}V{}z\"/>",
            right - 9,
            top + 9
        ));
    }
    if plan.roomy {
        page.put(format_args!(
            "<text class=\"in\" x=\"{}\" y=\"{}\">",
            left + width / 2,
            top + ROW / 2
        ));
        page.say(&fitted(&cell.side.surface, letters(width - 2 * GAP)));
        page.raw("</text>");
    }
    page.raw("</g>\n");
}

/// How strongly a cell is filled.
fn shade(weight: f64) -> f64 {
    let weight = if weight.is_nan() {
        0.0
    } else {
        weight.clamp(0.0, 1.0)
    };
    FAINT + (STRONG - FAINT) * weight
}

/// The picture in words, for those who cannot see it or want to copy from it.
fn table(page: &mut Markup, view: &View<'_>) {
    page.raw("<details><summary>The same as a table</summary>\n<div class=\"wide\"><table>\n<thead><tr><th>Figure</th>\
        <th>Of</th><th class=\"n\">Telling</th><th>Printed as</th></tr></thead>\n<tbody>\n");
    for row in view.rows.iter().take(LISTED) {
        page.raw("<tr><td>");
        page.say(row.label);
        page.raw("</td><td>");
        page.say(row.subject.unwrap_or_default());
        page.put(format_args!(
            "</td><td class=\"n\">{}</td><td class=\"printed\">",
            share(row.weight)
        ));
        for cell in row.cells.iter().take(BADGES) {
            page.raw("<span>");
            view.badge(page, cell.document);
            page.raw(" ");
            page.say(&fitted(&cell.side.surface, HINT));
            page.raw("</span> ");
        }
        if let Some(left) = row.cells.len().checked_sub(BADGES).filter(|left| *left > 0) {
            page.put(format_args!("<span>and {} more</span>", thousands(left)));
        }
        page.raw("</td></tr>\n");
    }
    page.raw("</tbody></table></div>\n");
    more(page, view.rows.len(), LISTED, "figures");
    page.raw("</details>\n");
}
