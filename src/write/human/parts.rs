//! The parts of a document, as a strip and a list.

use std::io;

use super::super::kit::words::{likelihood, silence};
use super::super::kit::{clean, excerpt};
use super::{Page, WIDTH, wrap};
use crate::signature::Axis;
use crate::verdict::{Part, percent};

/// Height of a window in the strip, from surely human to surely machine.
const LEVELS: [char; 8] = [
    '\u{2581}', '\u{2582}', '\u{2583}', '\u{2584}', '\u{2585}', '\u{2586}', '\u{2587}', '\u{2588}',
];
/// Widest strip, in windows; a longer text shows every second, third ... one.
const WIDEST: usize = 72;
/// Bytes of a part's beginning that are shown.
const BEGINNING_BYTES: usize = 60;

/// What a reader must know before the strip.
const CAUTION: &str = "For reading only, never a ground for an action: a part is picked because it stands out, so its share of \
    human texts understates how often that happens by chance.";

impl Page<'_> {
    /// The machine score over the text, and where it changes.
    pub(super) fn parts(&mut self) -> io::Result<()> {
        let Some(parts) = &self.verdict.parts else {
            return Ok(());
        };
        writeln!(
            self.out,
            "\n{}",
            self.paint.bold("Parts: where does it read machine-written?")
        )?;
        if let Some(why) = parts.abstained {
            return writeln!(self.out, "  not divided: {}", silence(why));
        }
        let every = parts.windows.len().div_ceil(WIDEST).max(1);
        let strip: String = parts.windows.iter().step_by(every).map(level).collect();
        writeln!(
            self.out,
            "  {}  {}",
            self.paint.axis(Axis::Machine, strip),
            self.paint.dim("one mark a window; low: human, high: machine")
        )?;
        let text = &self.document.raw().text;
        for part in &parts.parts {
            writeln!(
                self.out,
                "  {:>6} words  {}, {} {}",
                part.words,
                likelihood(part.probability),
                percent(part.probability),
                self.paint
                    .dim(format_args!("(bytes {} to {})", part.span.start, part.span.end))
            )?;
            let shown = part.span.of(text).trim_start();
            let cut = excerpt(shown, crate::Span::new(0, shown.len()), 0, BEGINNING_BYTES);
            writeln!(self.out, "                {}", self.paint.dim(clean(&cut.marked)))?;
        }
        if parts.changes.is_empty() {
            return writeln!(self.out, "  no change of style found");
        }
        for change in &parts.changes {
            writeln!(
                self.out,
                "  the style changes after {} words (byte {})",
                change.after_words, change.span.start
            )?;
        }
        for line in wrap(CAUTION, WIDTH) {
            writeln!(self.out, "  {}", self.paint.dim(line))?;
        }
        Ok(())
    }
}

fn level(window: &Part) -> char {
    let highest = (LEVELS.len() - 1) as f64;
    // 0 to 7, so nothing is lost.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to the highest level"
    )]
    let at = (window.probability.clamp(0.0, 1.0) * highest).round() as usize;
    LEVELS.get(at).copied().unwrap_or(' ')
}
