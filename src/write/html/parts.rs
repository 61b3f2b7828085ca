//! The parts of a document: a bar over its length, and a list.

use std::fmt::Write;

use super::super::kit::Markup as Page;
use super::super::kit::words::{likelihood, silence};
use crate::document::Document;
use crate::verdict::{Parts, Verdict, percent};

/// What a reader must know before the bar.
const CAUTION: &str = "For reading only: a part is picked because it stands out, so nobody should be accused on one, and no \
    action follows from it.";
/// Characters of a part's beginning that are shown.
const BEGINNING_CHARS: usize = 80;

impl Page {
    /// The machine score over the text, and where it changes.
    pub(super) fn stretches(&mut self, document: &Document, verdict: &Verdict) {
        let Some(parts) = &verdict.parts else { return };
        self.raw("<h2>Where it reads machine-written</h2>\n");
        if let Some(why) = parts.abstained {
            self.element("p", "dim", &format!("Not divided: {}.", silence(why)));
            self.raw("\n");
            return;
        }
        self.element("p", "dim", CAUTION);
        self.raw("\n");
        self.heat(parts);
        self.raw("<table>\n");
        let text = &document.raw().text;
        for part in &parts.parts {
            let _ = write!(
                self.html,
                "<tr><td class=\"n\">{} words</td><td class=\"n\">{}</td><td>{}</td><td class=\"dim\">",
                part.words,
                percent(part.probability),
                likelihood(part.probability)
            );
            let beginning: String = part
                .span
                .of(text)
                .trim_start()
                .chars()
                .take(BEGINNING_CHARS)
                .collect();
            self.say(&beginning);
            self.raw("\u{2026}</td></tr>\n");
        }
        self.raw("</table>\n");
        let found = match parts.changes.as_slice() {
            [] => "No change of style found.".to_owned(),
            changes => {
                let after: Vec<String> = changes
                    .iter()
                    .map(|change| change.after_words.to_string())
                    .collect();
                format!("The style changes after {} words.", after.join(", "))
            }
        };
        self.element("p", "dim", &found);
        self.raw("\n");
    }

    /// A cell a window, its colour by the probability; lines where the style changes.
    fn heat(&mut self, parts: &Parts) {
        let (Some(first), Some(last)) = (parts.windows.first(), parts.windows.last()) else {
            return;
        };
        let (start, length) = (
            f64::from(first.span.start),
            f64::from(last.span.end) - f64::from(first.span.start),
        );
        let share = |byte: f64| (byte - start) / length.max(1.0) * 100.0;
        self.raw("<div class=\"heat\">");
        let middles: Vec<f64> = parts
            .windows
            .iter()
            .map(|window| share(f64::from(window.span.start.midpoint(window.span.end))))
            .collect();
        for (at, window) in parts.windows.iter().enumerate() {
            // Each window colours the stretch that lies nearest to its middle.
            let middle = |index: Option<usize>| index.and_then(|index| middles.get(index)).copied();
            let own = middle(Some(at)).unwrap_or(0.0);
            let from = middle(at.checked_sub(1)).map_or(0.0, |before| f64::midpoint(before, own));
            let to = middle(Some(at + 1)).map_or(100.0, |after| f64::midpoint(own, after));
            let _ = write!(
                self.html,
                "<i style=\"left:{from:.2}%;width:{:.2}%;opacity:{:.2}\" title=\"{}\"></i>",
                to - from,
                window.probability.clamp(0.0, 1.0),
                percent(window.probability)
            );
        }
        for change in &parts.changes {
            let _ = write!(
                self.html,
                "<b style=\"left:{:.2}%\" title=\"after {} words\"></b>",
                share(f64::from(change.span.start)),
                change.after_words
            );
        }
        self.raw("</div>\n");
    }
}
