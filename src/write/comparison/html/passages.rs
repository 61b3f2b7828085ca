//! Shared passages side by side, the words that differ marked.

use super::super::super::kit::Markup;
use super::super::diff::{Run, sides};
use super::super::ties::ranked;
use super::super::words::{self, count, share};
use super::{View, more, section};
use crate::corpus::{Pair, Passage};

/// Pairs whose passages are shown, passages of one pair, and words of each side.
const PAIRS: usize = 20;
const PASSAGES: usize = 6;
const WORDS: usize = 220;
/// Pairs that stand open.
const OPEN: usize = 4;
/// Width of a name, in characters.
const NAME: usize = 60;

pub(super) fn write(page: &mut Markup, view: &View<'_>) {
    let pairs: Vec<&Pair> = ranked(view.comparison)
        .into_iter()
        .filter(|pair| !pair.passages.is_empty())
        .collect();
    if pairs.is_empty() {
        return;
    }
    section(
        page,
        "passages",
        "Shared passages",
        "Side by side, longest first. Words that the other side does not have are marked; case and punctuation are passed over.",
    );
    for (at, pair) in pairs.iter().take(PAIRS).enumerate() {
        let open = if at < OPEN { " open" } else { "" };
        page.put(format_args!("<details class=\"card pair\"{open}><summary>"));
        view.badge_of(page, &pair.a);
        page.raw(" ");
        view.badge_of(page, &pair.b);
        let [in_a, in_b] = pair.containment;
        page.raw(" <b>");
        page.say(&count(pair.passages.len(), "passage", "passages"));
        page.raw("</b> <span class=\"dim\">");
        page.say(&format!(
            "{} of the words of {}, {} of those of {}",
            share(in_a),
            view.roster.number(&pair.a),
            share(in_b),
            view.roster.number(&pair.b)
        ));
        page.raw("</span></summary>\n");
        for passage in pair.passages.iter().take(PASSAGES) {
            one(page, view, pair, passage);
        }
        more(page, pair.passages.len(), PASSAGES, "passages of these two");
        page.raw("</details>\n");
    }
    more(page, pairs.len(), PAIRS, "pairs with shared passages");
    page.raw("</section>\n");
}

fn one(page: &mut Markup, view: &View<'_>, pair: &Pair, passage: &Passage) {
    let found = sides(&passage.text_a, &passage.text_b, WORDS);
    let same = !found.runs.iter().flatten().any(|run| run.differs);
    page.raw("<p class=\"label\">");
    page.say(&format!(
        "{}, {}",
        count(passage.words, "word", "words"),
        if same {
            "word for word"
        } else {
            words::passage(passage.kind)
        }
    ));
    if !same {
        page.say(&format!(", {} of them agree", share(passage.similarity)));
    }
    if passage.quoted {
        page.raw(" <span class=\"tag\">");
        page.say(words::QUOTED);
        page.raw("</span>");
    }
    page.raw("</p>\n<div class=\"versions\">\n");
    let ids = [pair.a.as_str(), pair.b.as_str()];
    match found.runs.first() {
        Some(runs) if same => side(page, view, &ids, runs, found.more[0]),
        _ => {
            for ((id, runs), more) in ids.iter().zip(&found.runs).zip(found.more) {
                side(page, view, &[id], runs, more);
            }
        }
    }
    page.raw("</div>\n");
}

/// A side of a passage, or both at once where they are the same.
fn side(page: &mut Markup, view: &View<'_>, ids: &[&str], runs: &[Run], more: usize) {
    page.raw("<figure class=\"version\">\n<figcaption>");
    for id in ids {
        view.badge_of(page, id);
        page.raw(" ");
        if let Some(place) = view.roster.place(id) {
            page.element("span", "dim", &view.name(place, NAME));
        }
    }
    page.raw("</figcaption>\n<blockquote>");
    for (at, run) in runs.iter().enumerate() {
        if at > 0 {
            page.raw(" ");
        }
        if run.differs {
            page.element("mark", "differs", &run.text);
        } else {
            page.say(&run.text);
        }
    }
    if more > 0 {
        page.raw(" <span class=\"dim\">\u{2026} ");
        page.say(&count(more, "more word", "more words"));
        page.raw("</span>");
    }
    page.raw("</blockquote>\n</figure>\n");
}
