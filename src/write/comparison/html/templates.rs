//! Templates: the fixed words with their slots, and what each document put into them.

use super::super::super::kit::Markup;
use super::super::words::{self, count, fitted};
use super::{View, more, section};
use crate::corpus::Template;

/// Templates shown, and documents that fill one.
const TEMPLATES: usize = 25;
const FILLS: usize = 20;
/// Slots of a template with a column of their own.
const SLOTS: usize = 12;
/// Longest filling and longest pattern shown, in characters.
const FILLING: usize = 160;
const PATTERN: usize = 1_500;

pub(super) fn write(page: &mut Markup, view: &View<'_>) {
    let templates = &view.comparison.templates;
    if templates.is_empty() {
        return;
    }
    section(
        page,
        "templates",
        "Templates",
        "Fixed words that several documents fill with their own; a numbered slot is a column of the table.",
    );
    for template in templates.iter().take(TEMPLATES) {
        one(page, view, template);
    }
    more(page, templates.len(), TEMPLATES, "templates");
    page.raw("</section>\n");
}

fn one(page: &mut Markup, view: &View<'_>, template: &Template) {
    page.raw("<article class=\"card\">\n<h3>");
    page.say(&template.id);
    page.raw(" <span class=\"dim\">");
    page.say(&format!(
        "{}; {}, filled by {}",
        words::place(&template.place),
        count(template.fixed, "fixed word", "fixed words"),
        count(template.fills.len(), "document", "documents")
    ));
    page.raw("</span></h3>\n<p class=\"pattern\">");
    pattern(page, &fitted(&template.pattern, PATTERN));
    page.raw("</p>\n<div class=\"wide\"><table>\n<thead><tr><th>Document</th>");
    let slots = template
        .fills
        .iter()
        .map(|fill| fill.slots.len())
        .max()
        .unwrap_or(0);
    for slot in 1..=slots.min(SLOTS) {
        page.put(format_args!("<th><span class=\"slot\">{slot}</span></th>"));
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for fill in template.fills.iter().take(FILLS) {
        page.raw("<tr><td>");
        view.badge_of(page, &fill.document);
        page.raw("</td>");
        for at in 0..slots.min(SLOTS) {
            match fill
                .slots
                .get(at)
                .map(|slot| slot.trim())
                .filter(|slot| !slot.is_empty())
            {
                Some(slot) => page.element("td", "filling", &fitted(slot, FILLING)),
                None => page.raw("<td class=\"dim\">nothing</td>"),
            }
        }
        page.raw("</tr>\n");
    }
    page.raw("</tbody></table></div>\n");
    more(page, slots, SLOTS, "slots");
    more(page, template.fills.len(), FILLS, "documents that fill it");
    page.raw("</article>\n");
}

/// The pattern with its slots `{1}`, `{2}`, ... set off.
fn pattern(page: &mut Markup, pattern: &str) {
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        page.say(before);
        match after.split_once('}') {
            Some((name, tail)) if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit()) => {
                page.element("span", "slot", name);
                rest = tail;
            }
            _ => {
                page.say("{");
                rest = after;
            }
        }
    }
    page.say(rest);
}
