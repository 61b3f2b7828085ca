//! One document's part of the page.

use std::fmt::Write;

use super::super::kit::words::{
    self, axis, likelihood, machine_likelihood, number, question, resemblance, silence,
};
use super::super::kit::{Mark, Markup as Page, marks, pieces};
use super::conflicts;
use crate::document::Document;
use crate::signature::Axis;
use crate::verdict::{Evidence, Verdict, humans_as_high, percent};

/// Half of an evidence bar, in per cent of its track.
const HALF_TRACK: f64 = 50.0;

/// The axes in the order in which a mark takes its colour where several lie on each other.
const COLOUR_ORDER: [Axis; 4] = [Axis::Declared, Axis::Syndicated, Axis::Machine, Axis::None];

/// The inside of a document's `<details>`, with its end tag.
pub(super) fn body(document: &Document, verdict: &Verdict) -> String {
    let mut page = Page {
        html: String::with_capacity(document.raw().text.len() * 2),
    };
    page.summary(verdict);
    page.raw("<div class=\"inside\">\n");
    page.answers(verdict);
    page.reasons(verdict);
    page.text(document, verdict);
    conflicts::write(&mut page, document, verdict);
    page.stretches(document, verdict);
    for axis in [Axis::Machine, Axis::Syndicated] {
        page.parts(axis, verdict);
    }
    page.signs(verdict);
    page.raw("<p class=\"dim\">Model ");
    page.say(&verdict.model);
    page.raw("</p>\n</div>\n</details>\n");
    page.html
}

impl Page {
    fn summary(&mut self, verdict: &Verdict) {
        let action = words::action(verdict.action);
        self.raw("<summary>");
        self.element("span", &format!("act {action}"), action);
        self.element("span", "id", &verdict.id);
        let machine = match verdict.machine.abstained {
            Some(_) => "no answer".to_owned(),
            None => format!(
                "{} {}",
                machine_likelihood(&verdict.machine),
                percent(verdict.machine.probability)
            ),
        };
        let syndicated = match verdict.syndicated.abstained {
            Some(_) => "no answer".to_owned(),
            None => percent(verdict.syndicated.probability),
        };
        let declared = if verdict.declared.found { "yes" } else { "no" };
        for (label, cell) in [
            (Axis::Declared, declared),
            (Axis::Machine, &machine),
            (Axis::Syndicated, &syndicated),
        ] {
            let _ = write!(self.html, "<span class=\"cell\" data-label=\"{}\">", axis(label));
            self.say(cell);
            self.raw("</span>");
        }
        self.raw("</summary>\n");
    }

    fn answers(&mut self, verdict: &Verdict) {
        let (machine, syndicated) = (&verdict.machine, &verdict.syndicated);
        let declared = if verdict.declared.found {
            let by = verdict.declared.producer.as_deref();
            (
                "Yes, it says so".to_owned(),
                by.map(|name| format!("Named: {name}")).unwrap_or_default(),
            )
        } else {
            ("No declaration found".to_owned(), String::new())
        };
        let machine = match machine.abstained {
            Some(why) => ("No answer".to_owned(), format!("{}.", capital(silence(why)))),
            None => (
                format!(
                    "{}, {}",
                    capital(machine_likelihood(machine)),
                    percent(machine.probability)
                ),
                format!(
                    "Of {}{}. An estimate from style, not a proof.",
                    humans_as_high(machine.p_value),
                    resemblance(machine)
                ),
            ),
        };
        let syndicated = match syndicated.abstained {
            Some(why) => ("No answer".to_owned(), format!("{}.", capital(silence(why)))),
            None => (
                format!(
                    "{}, {}",
                    capital(likelihood(syndicated.probability)),
                    percent(syndicated.probability)
                ),
                if syndicated.head == "corpus" {
                    "Compared with other documents.".to_owned()
                } else {
                    "Judged by the text alone.".to_owned()
                },
            ),
        };
        self.raw("<div class=\"answers\">\n");
        for (which, (answer, note)) in [
            (Axis::Declared, declared),
            (Axis::Machine, machine),
            (Axis::Syndicated, syndicated),
        ] {
            let _ = write!(self.html, "<div class=\"answer {}\">", axis(which));
            self.element("span", "q", question(which));
            self.element("b", "a", &answer);
            self.element("span", "dim", &note);
            self.raw("</div>\n");
        }
        self.raw("</div>\n");
        self.element(
            "p",
            "dim",
            &format!(
                "{} words of prose, {}",
                verdict.words,
                words::language(&verdict.language)
            ),
        );
    }

    fn reasons(&mut self, verdict: &Verdict) {
        let _ = write!(
            self.html,
            "<h2>What follows: {} ({})</h2>\n<ul>\n",
            words::action(verdict.action),
            words::action_meaning(verdict.action)
        );
        for reason in &verdict.reasons {
            self.raw("<li>");
            self.say(reason);
            self.raw("</li>\n");
        }
        if verdict.reasons.is_empty() {
            self.raw("<li>No answer reached a threshold of the policy.</li>\n");
        }
        self.raw("</ul>\n");
    }

    /// The text as it was read, with its marks.
    fn text(&mut self, document: &Document, verdict: &Verdict) {
        let marks = marks(verdict);
        self.raw("<h2>The text</h2>\n");
        if !marks.is_empty() {
            self.raw("<p class=\"legend\">");
            for axis in COLOUR_ORDER {
                if marks.iter().any(|mark| mark.axis == axis) {
                    let name = if axis == Axis::None {
                        "noted only"
                    } else {
                        words::axis(axis)
                    };
                    let _ = write!(self.html, "<mark class=\"{}\">{name}</mark>", words::axis(axis));
                }
            }
            if marks.iter().any(|mark| mark.quoted) {
                self.raw("<mark class=\"quoted\">quoted or reported: does not count</mark>");
            }
            self.raw("</p>\n");
        }
        self.raw("<div class=\"text\">");
        for piece in pieces(&document.raw().text, &marks) {
            if piece.marks.is_empty() {
                self.say(piece.text);
                continue;
            }
            let _ = write!(self.html, "<mark class=\"{}\" title=\"", class(&piece.marks));
            for (at, mark) in piece.marks.iter().enumerate() {
                if at > 0 {
                    self.raw(", ");
                }
                self.say(words::axis(mark.axis));
                self.raw(": ");
                self.say(mark.name);
            }
            self.raw("\">");
            self.say(piece.text);
            self.raw("</mark>");
        }
        self.raw("</div>\n");
    }

    /// The parts of one axis's score.
    fn parts(&mut self, which: Axis, verdict: &Verdict) {
        let parts: Vec<&Evidence> = verdict
            .evidence
            .iter()
            .filter(|part| part.axis == which)
            .collect();
        if parts.is_empty() {
            return;
        }
        let (sum, probability) = match which {
            Axis::Syndicated => (verdict.syndicated.log_odds, verdict.syndicated.probability),
            _ => (verdict.machine.log_odds, verdict.machine.probability),
        };
        let widest = parts.iter().map(|part| part.log_odds.abs()).fold(0.0, f64::max);
        let name = axis(which);
        let _ = write!(
            self.html,
            "<h2>What the answer \u{201c}{name}\u{201d} is made of</h2>\n<p class=\"dim\">Parts of the score in \
             log-odds; they add up. To the right: speaks for it, to the left: against.</p>\n"
        );
        if let Some(why) = verdict.silent(which) {
            self.element(
                "p",
                "dim",
                &format!("No answer: {}. The numbers lead to nothing.", silence(why)),
            );
            self.raw("\n");
        }
        self.raw("<table>\n");
        for part in &parts {
            let share = if widest > 0.0 {
                part.log_odds.abs() / widest * HALF_TRACK
            } else {
                0.0
            };
            let (side, against) = if part.log_odds < 0.0 {
                ("right", " against")
            } else {
                ("left", "")
            };
            let _ = write!(
                self.html,
                "<tr><td class=\"n\">{:+.2}</td><td class=\"bar\"><div class=\"track\"><i class=\"{name}{against}\" \
                 style=\"{side}:50%;width:{share:.1}%\"></i></div></td><td>",
                part.log_odds
            );
            self.say(words::part(part));
            self.raw(" <code>");
            self.say(&part.name);
            self.raw("</code></td><td class=\"n\">");
            if let Some(value) = part.observed {
                self.say(&number(value));
            }
            self.raw("</td><td class=\"dim\">");
            if let Some([low, high]) = part.typical {
                self.say(&format!("human texts mostly {} to {}", number(low), number(high)));
            }
            self.raw("</td></tr>\n");
        }
        let _ = write!(
            self.html,
            "<tr><td class=\"n\"><b>{sum:+.2}</b></td><td></td><td colspan=\"3\"><b>in all: a probability of {}</b>\
             </td></tr>\n</table>\n",
            percent(probability)
        );
    }

    fn signs(&mut self, verdict: &Verdict) {
        if verdict.signs.is_empty() {
            return;
        }
        self.raw("<h2>Signs found</h2>\n<table>\n");
        for sign in &verdict.signs {
            let class = if sign.quoted { "quoted" } else { axis(sign.axis) };
            let _ = write!(self.html, "<tr><td><mark class=\"{class}\">");
            self.say(&sign.id);
            self.raw("</mark></td><td>");
            self.say(words::kind_meaning(sign.kind));
            if sign.quoted {
                self.raw(" It is quoted or reported and so does not count.");
            }
            let _ = write!(
                self.html,
                " <span class=\"dim\">{}, in the {}</span><br>\u{201c}",
                words::strength(sign.strength),
                words::place(sign.place)
            );
            self.say(&sign.text);
            self.raw("\u{201d}</td></tr>\n");
        }
        self.raw("</table>\n");
    }
}

/// The colour of a piece: that of its weightiest axis. All marks quoted: shown as such.
fn class(marks: &[&Mark<'_>]) -> &'static str {
    if marks.iter().all(|mark| mark.quoted) {
        return "quoted";
    }
    COLOUR_ORDER
        .into_iter()
        .find(|axis| marks.iter().any(|mark| mark.axis == *axis && !mark.quoted))
        .map_or("none", axis)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
