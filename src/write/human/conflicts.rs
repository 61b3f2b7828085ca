//! Figures that siblings in an index contradict.

use std::io;

use super::super::kit::{clean, contradictions, excerpt};
use super::{AROUND_BYTES, PASSAGE_BYTES, Page};

/// Figures that a page lists.
const LISTED: usize = 8;

impl Page<'_> {
    /// Each figure in its surroundings, with who says otherwise.
    pub(super) fn conflicts(&mut self) -> io::Result<()> {
        let figures = contradictions(&self.verdict.figures.conflicts);
        let text = &self.document.raw().text;
        for (at, figure) in figures.iter().take(LISTED).enumerate() {
            if at == 0 {
                let title = "figures that other documents contradict";
                writeln!(self.out, "  {}", self.paint.dim(title))?;
            }
            let cut = excerpt(text, figure.span, AROUND_BYTES, PASSAGE_BYTES);
            let (open, close) = if self.paint.on { ("", "") } else { ("[", "]") };
            writeln!(
                self.out,
                "    {}{open}{}{close}{}",
                self.paint.dim(clean(cut.before.trim_start())),
                self.paint.bold(clean(&cut.marked)),
                self.paint.dim(clean(cut.after.trim_end()))
            )?;
            for line in &figure.lines {
                writeln!(self.out, "      {}", clean(line))?;
            }
        }
        if let Some(more) = figures.len().checked_sub(LISTED).filter(|more| *more > 0) {
            let more = format_args!("and {more} more: --to jsonl lists all");
            writeln!(self.out, "    {}", self.paint.dim(more))?;
        }
        Ok(())
    }
}
