//! The long form: everything a verdict is made of.

use std::io;

use super::super::kit::words::{self, question, strength};
use super::super::kit::{Mark, clean, excerpt, marks};
use super::{PASSAGE_BYTES, Page, WIDTH, measured, wrap};
use crate::document::BlockKind;
use crate::signature::Axis;
use crate::verdict::{Evidence, percent};

/// Width of one half of a bar, in characters.
const HALF_BAR: usize = 12;
/// Longest first line of a block that is shown, in bytes.
const BLOCK_BYTES: usize = 60;
/// Blocks left out of the style that are listed; the rest is counted.
const BLOCKS_LISTED: usize = 40;
/// Passages listed; the rest is counted.
const PASSAGES_LISTED: usize = 200;

impl Page<'_> {
    pub(super) fn long(mut self) -> io::Result<()> {
        self.head()?;
        self.axes()?;
        self.reasons()?;
        for axis in [Axis::Machine, Axis::Syndicated] {
            self.score(axis)?;
        }
        self.parts()?;
        self.signs()?;
        self.marked_passages()?;
        self.structure()?;
        self.changes()
    }

    fn title(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "\n{}", self.paint.bold(text))
    }

    /// The parts of an axis's score and their sum.
    fn score(&mut self, axis: Axis) -> io::Result<()> {
        let verdict = self.verdict;
        let (probability, log_odds) = match axis {
            Axis::Syndicated => (verdict.syndicated.probability, verdict.syndicated.log_odds),
            _ => (verdict.machine.probability, verdict.machine.log_odds),
        };
        let parts: Vec<&Evidence> = verdict.evidence.iter().filter(|part| part.axis == axis).collect();
        self.title(&format!("{}: {}", words::axis(axis), question(axis)))?;
        if let Some(why) = verdict.silent(axis) {
            writeln!(
                self.out,
                "  no answer: {}; the numbers below lead to nothing",
                words::silence(why)
            )?;
        }
        let widest = parts.iter().map(|part| part.log_odds.abs()).fold(0.0, f64::max);
        for part in &parts {
            writeln!(
                self.out,
                "  {:+7.2}  {}  {}",
                part.log_odds,
                self.paint.axis(axis, bar(part.log_odds, widest)),
                self.paint.bold(clean(&part.name))
            )?;
            let text = format!("{}{}", words::part(part), measured(part));
            for line in wrap(&clean(&text), WIDTH - INDENT.len()) {
                writeln!(self.out, "{INDENT}{}", self.paint.dim(line))?;
            }
        }
        writeln!(
            self.out,
            "  {log_odds:+7.2}  log-odds in all: a probability of {}",
            percent(probability)
        )
    }

    fn signs(&mut self) -> io::Result<()> {
        self.title("Signs")?;
        if self.verdict.signs.is_empty() {
            writeln!(self.out, "  none")?;
        }
        for sign in &self.verdict.signs {
            let quoted = if sign.quoted {
                ", quoted or reported: does not declare"
            } else {
                ""
            };
            writeln!(
                self.out,
                "  {} {}",
                self.paint.axis(sign.axis, clean(&sign.id)),
                self.paint.dim(format_args!(
                    "({}, {}, in the {}{quoted})",
                    words::kind(sign.kind),
                    strength(sign.strength),
                    words::place(sign.place)
                ))
            )?;
            writeln!(
                self.out,
                "      {}",
                self.paint.dim(words::kind_meaning(sign.kind))
            )?;
            if sign.span.is_none() {
                writeln!(self.out, "      {}", shortened(&sign.text, PASSAGE_BYTES))?;
            }
        }
        Ok(())
    }

    fn marked_passages(&mut self) -> io::Result<()> {
        let text = &self.document.raw().text;
        let all: Vec<Mark<'_>> = marks(self.verdict);
        if all.is_empty() {
            return Ok(());
        }
        self.title("Marked passages, in order")?;
        for mark in all.iter().take(PASSAGES_LISTED) {
            self.passage(text, mark)?;
        }
        if let Some(more) = all.len().checked_sub(PASSAGES_LISTED).filter(|n| *n > 0) {
            writeln!(self.out, "    and {more} more: --to json lists all")?;
        }
        Ok(())
    }

    /// What was measured on, and what was left out.
    fn structure(&mut self) -> io::Result<()> {
        let document = self.document;
        self.title("What the style was measured on")?;
        writeln!(
            self.out,
            "  {} words in {} sentences of prose; prose is {:.0} % of the text without site furniture; {} \
             (certainty {:.0} %)",
            document.words().len(),
            document.sentences().len(),
            document.prose_share() * 100.0,
            words::language(document.language().code),
            document.language().confidence * 100.0
        )?;
        let left_out: Vec<_> = document
            .blocks()
            .iter()
            .filter(|block| block.kind != BlockKind::Prose)
            .collect();
        for (at, block) in left_out.iter().take(BLOCKS_LISTED).enumerate() {
            if at == 0 {
                writeln!(self.out, "  left out:")?;
            }
            let name = words::block(block.kind).unwrap_or("");
            writeln!(
                self.out,
                "    {name:<25} {}",
                self.paint
                    .dim(shortened(document.slice(block.span).trim(), BLOCK_BYTES))
            )?;
        }
        if let Some(more) = left_out.len().checked_sub(BLOCKS_LISTED).filter(|n| *n > 0) {
            writeln!(self.out, "    and {more} more blocks")?;
        }
        Ok(())
    }

    /// What normalisation changed, where that is unusual.
    fn changes(&mut self) -> io::Result<()> {
        let changes = self.document.changes();
        let counted = [
            (changes.invisible, "invisible characters dropped"),
            (changes.invisible_in_word, "of them inside words"),
            (changes.confusable, "letters that imitate Latin ones replaced"),
            (changes.compatibility, "special letter forms made plain"),
            (changes.control, "control or private characters dropped"),
            (changes.odd_case, "words with capitals at random put right"),
            (changes.shouted, "words in capitals made small"),
        ];
        for (at, (count, what)) in counted.iter().filter(|(count, _)| *count > 0).enumerate() {
            if at == 0 {
                self.title("Unusual characters")?;
            }
            writeln!(self.out, "  {count:>6}  {what}")?;
        }
        Ok(())
    }
}

/// Where the words beside a bar begin.
const INDENT: &str = "                                        ";

/// A bar to the left (against) or right (for) of its middle.
fn bar(value: f64, widest: f64) -> String {
    let share = if widest > 0.0 {
        (value.abs() / widest).clamp(0.0, 1.0)
    } else {
        0.0
    };
    // At most HALF_BAR, so nothing is lost.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to HALF_BAR"
    )]
    let filled = (share * HALF_BAR as f64).round() as usize;
    let (full, empty) = (
        "\u{2588}".repeat(filled),
        " ".repeat(HALF_BAR - filled.min(HALF_BAR)),
    );
    let blank = " ".repeat(HALF_BAR);
    if value < 0.0 {
        format!("{empty}{full}\u{2502}{blank}")
    } else {
        format!("{blank}\u{2502}{full}{empty}")
    }
}

/// One clean line of at most about `bytes` bytes.
fn shortened(text: &str, bytes: usize) -> String {
    let cut = excerpt(text, crate::Span::new(0, text.len()), 0, bytes);
    clean(&cut.marked).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_have_one_width_and_a_side() {
        assert_eq!(bar(1.0, 2.0).chars().count(), 2 * HALF_BAR + 1);
        assert_eq!(bar(-2.0, 2.0).chars().count(), 2 * HALF_BAR + 1);
        assert!(bar(2.0, 2.0).ends_with('\u{2588}'));
        assert!(bar(-2.0, 2.0).starts_with('\u{2588}'));
        assert!(!bar(0.0, 0.0).contains('\u{2588}'));
    }
}
