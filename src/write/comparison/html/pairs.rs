//! Every pair by itself: the score of taken wording with its parts, the shared figures, what ties the two.

use super::super::super::kit::{Markup, words as scores};
use super::super::ties::{COPY_SHOWN, ranked};
use super::super::words::{self, count, fitted, share};
use super::{HINT, View, graph, more, section};
use crate::corpus::{ConflictKind, Pair, PairEvidence};
use crate::verdict::percent;

/// Pairs listed outright and folded below, and figures and contradictions of one.
const PAIRS: usize = 20;
const FOLDED: usize = 60;
const FIGURES: usize = 25;
const CONFLICTS: usize = 12;
/// Width of a name, in characters.
const NAME: usize = 46;
/// Half of a bar, in per cent of its track.
const HALF_TRACK: f64 = 50.0;

pub(super) fn write(page: &mut Markup, view: &View<'_>) {
    let pairs = ranked(view.comparison);
    if pairs.is_empty() {
        return;
    }
    section(
        page,
        "pairs",
        "Pair by pair",
        "The pairs that share most first; each opens.",
    );
    let open = if pairs.len() == 1 { " open" } else { "" };
    let (first, rest) = pairs.split_at_checked(PAIRS).unwrap_or((&pairs, &[]));
    for pair in first {
        one(page, view, pair, open);
    }
    if !rest.is_empty() {
        page.put(format_args!(
            "<details><summary>{} more pairs</summary>\n",
            words::thousands(rest.len())
        ));
        for pair in rest.iter().take(FOLDED) {
            one(page, view, pair, open);
        }
        more(page, rest.len(), FOLDED, "pairs");
        page.raw("</details>\n");
    }
    page.raw("</section>\n");
}

fn one(page: &mut Markup, view: &View<'_>, pair: &Pair, open: &str) {
    page.put(format_args!("<details class=\"card pair slim\"{open}>"));
    summary(page, view, pair);
    inside(page, view, pair);
    page.raw("</details>\n");
}

fn summary(page: &mut Markup, view: &View<'_>, pair: &Pair) {
    page.raw("<summary>");
    view.badge_of(page, &pair.a);
    page.raw(" ");
    view.badge_of(page, &pair.b);
    let disputed = pair
        .conflicts
        .iter()
        .filter(|conflict| conflict.kind != ConflictKind::Rounding);
    let contradictions = disputed.count();
    let mut found = Vec::new();
    if pair.copied.probability >= COPY_SHOWN {
        found.push(format!("wording taken: {}", percent(pair.copied.probability)));
    }
    for (number, one, many) in [
        (pair.figures.len(), "figure", "figures"),
        (contradictions, "contradiction", "contradictions"),
        (pair.passages.len(), "passage", "passages"),
        (pair.templates.len(), "template", "templates"),
        (pair.links.len(), "link", "links"),
    ] {
        if number > 0 {
            found.push(count(number, one, many));
        }
    }
    page.raw(" <span class=\"found\">");
    page.say(&found.join(", "));
    page.raw("</span></summary>\n");
}

fn inside(page: &mut Markup, view: &View<'_>, pair: &Pair) {
    let (a, b) = (view.roster.number(&pair.a), view.roster.number(&pair.b));
    page.raw("<dl class=\"facts\">\n");
    let copied = &pair.copied;
    let taken = format!(
        "{}, {}",
        scores::likelihood(copied.probability),
        percent(copied.probability)
    );
    let [in_a, in_b] = pair.containment;
    for (term, value) in [
        ("Wording taken", taken),
        ("Most likely", words::level(copied.level).to_owned()),
        (
            "Words in shared passages",
            format!("{} of {a}, {} of {b}", share(in_a), share(in_b)),
        ),
        ("Figures in common, by weight", share(pair.figure_overlap)),
    ] {
        page.element("dt", "", term);
        page.element("dd", "", &value);
        page.raw("\n");
    }
    if words::speaks_of_direction(copied) {
        page.raw("<dt>Direction</dt><dd>");
        page.say(&words::direction(copied.direction, &a, &b));
        graph::evidence(page, &copied.direction_evidence);
        page.raw("</dd>\n");
    }
    page.raw("</dl>\n");
    parts(page, &copied.evidence, copied.log_odds);
    figures(page, view, pair);
    findings(page, view, pair);
}

/// The parts of the score, with bars.
fn parts(page: &mut Markup, parts: &[PairEvidence], sum: f64) {
    if parts.is_empty() {
        return;
    }
    let widest = parts.iter().map(|part| part.log_odds.abs()).fold(0.0, f64::max);
    page.raw(
        "<p class=\"label\">What \u{201c}wording taken\u{201d} is made of, in log-odds (to the right: speaks for it)</p>\n\
         <div class=\"wide\"><table>\n",
    );
    for part in parts {
        let width = if widest > 0.0 {
            part.log_odds.abs() / widest * HALF_TRACK
        } else {
            0.0
        };
        let (side, against) = if part.log_odds < 0.0 {
            ("right", " against")
        } else {
            ("left", "")
        };
        page.put(format_args!(
            "<tr><td class=\"n\">{:+.2}</td><td class=\"bar\"><div class=\"track\"><i class=\"syndicated{against}\" \
             style=\"{side}:50%;width:{width:.1}%\"></i></div></td><td>",
            part.log_odds
        ));
        page.say(words::part(part));
        page.raw(" <code>");
        page.say(&part.name);
        page.raw("</code></td><td class=\"n\">");
        if let Some(value) = part.observed {
            page.say(&scores::number(value));
        }
        page.raw("</td></tr>\n");
    }
    page.put(format_args!(
        "<tr><td class=\"n\"><b>{sum:+.2}</b></td><td></td><td colspan=\"2\"><b>in all</b></td></tr>\n</table></div>\n"
    ));
}

/// The shared figures, both surfaces.
fn figures(page: &mut Markup, view: &View<'_>, pair: &Pair) {
    if pair.figures.is_empty() {
        return;
    }
    page.raw("<div class=\"wide\"><table>\n<thead><tr><th>");
    view.badge_of(page, &pair.a);
    page.raw(" prints</th><th>");
    view.badge_of(page, &pair.b);
    page.raw(
        " prints</th><th>Of</th><th class=\"n\">Telling</th><th class=\"n\">Documents with it</th></tr></thead>\n<tbody>\n",
    );
    for figure in pair.figures.iter().take(FIGURES) {
        page.raw("<tr>");
        for side in [&figure.a, &figure.b] {
            page.raw("<td title=\"");
            page.say(&fitted(&side.sentence, 2 * HINT));
            page.raw("\">");
            page.say(&fitted(&side.surface, NAME));
            page.raw("</td>");
        }
        page.raw("<td>");
        page.say(&fitted(figure.subject.as_deref().unwrap_or_default(), NAME));
        page.put(format_args!(
            "</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
            share(figure.weight),
            words::thousands(figure.documents)
        ));
    }
    page.raw("</tbody></table></div>\n");
    more(page, pair.figures.len(), FIGURES, "shared figures");
}

/// Contradictions, templates and links by name; their passages stand above.
fn findings(page: &mut Markup, view: &View<'_>, pair: &Pair) {
    if pair.conflicts.is_empty() && pair.templates.is_empty() && pair.links.is_empty() {
        return;
    }
    page.raw("<ul>\n");
    for conflict in pair.conflicts.iter().take(CONFLICTS) {
        page.raw("<li>");
        page.say(&conflict.about);
        page.put(format_args!(
            " <span class=\"dim\">({})</span></li>\n",
            words::conflict(conflict.kind)
        ));
    }
    for link in &pair.links {
        page.raw("<li>");
        view.badge_of(page, &link.from);
        page.raw(" inherits the declaration of ");
        view.badge_of(page, &link.to);
        page.say(&format!(
            " by {}, strength {}: {}",
            words::via(link.via),
            share(link.strength),
            link.reason
        ));
        page.raw("</li>\n");
    }
    if !pair.templates.is_empty() {
        page.raw("<li>");
        page.say(&format!(
            "templates that both fill: {}",
            fitted(&pair.templates.join(", "), HINT)
        ));
        page.raw("</li>\n");
    }
    page.raw("</ul>\n");
    more(page, pair.conflicts.len(), CONFLICTS, "contradictions");
}
