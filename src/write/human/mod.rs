//! For people at a terminal: a short page a document, and the long form of `byline explain`.

mod conflicts;
mod long;
pub(super) mod paint;
mod parts;

use std::io::{self, Write};

use self::paint::Paint;
use super::kit::words::{
    self, abstention, action_meaning, likelihood, machine_likelihood, number, resemblance, silence,
};
use super::kit::{Mark, clean, excerpt, marks};
use super::{Output, Writer};
use crate::document::Document;
use crate::signature::{Axis, Kind};
use crate::verdict::{Evidence, Machine, Syndicated, Verdict, humans_as_high, percent};

/// The format.
pub const OUTPUT: Output = Output {
    name: "human",
    shows_errors: false,
    shows_parts: false,
    writer: |color| {
        Box::new(Human {
            paint: Paint { on: color },
            form: Form::Short,
            first: true,
        })
    },
};

/// The long form.
pub(super) fn long(color: bool) -> Box<dyn Writer> {
    Box::new(Human {
        paint: Paint { on: color },
        form: Form::Long,
        first: true,
    })
}

/// Parts of a score that the short page lists.
const SHORT_PARTS: usize = 4;
/// Passages that the short page lists.
const SHORT_PASSAGES: usize = 5;
/// Surroundings of a passage, in bytes on each side.
const AROUND_BYTES: usize = 36;
/// Longest passage shown whole, in bytes.
const PASSAGE_BYTES: usize = 120;
/// Width of running text, in characters.
const WIDTH: usize = 96;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Short,
    Long,
}

struct Human {
    paint: Paint,
    form: Form,
    first: bool,
}

impl Writer for Human {
    fn document(&mut self, out: &mut dyn Write, document: &Document, verdict: &Verdict) -> io::Result<()> {
        if !self.first {
            writeln!(out)?;
        }
        self.first = false;
        let page = Page {
            out,
            paint: self.paint,
            document,
            verdict,
        };
        match self.form {
            Form::Short => page.short(),
            Form::Long => page.long(),
        }
    }

    /// Told by the caller, on standard error.
    fn error(&mut self, _: &mut dyn Write, _: &str, _: &str) -> io::Result<()> {
        Ok(())
    }
}

/// One document's page being written.
struct Page<'a> {
    out: &'a mut dyn Write,
    paint: Paint,
    document: &'a Document,
    verdict: &'a Verdict,
}

impl Page<'_> {
    fn short(mut self) -> io::Result<()> {
        self.head()?;
        self.axes()?;
        self.reasons()?;
        let axis = self.leading_axis();
        // The parts of a score that leads to nothing would only mislead: the long form has them.
        if self.verdict.silent(axis).is_none() {
            self.top_parts(axis)?;
        }
        self.passages(SHORT_PASSAGES)?;
        self.conflicts()
    }

    /// Action, name, size.
    fn head(&mut self) -> io::Result<()> {
        let verdict = self.verdict;
        let label = words::action(verdict.action).to_uppercase();
        writeln!(
            self.out,
            "{}  {}  {} {}",
            self.paint.action(verdict.action, format_args!("{label:<6}")),
            self.paint.bold(clean(&verdict.id)),
            self.paint.dim(format_args!(
                "{} words, {};",
                verdict.words,
                words::language(&verdict.language)
            )),
            self.paint.dim(action_meaning(verdict.action))
        )
    }

    /// The three answers.
    fn axes(&mut self) -> io::Result<()> {
        let verdict = self.verdict;
        let declared = declared_line(verdict);
        self.axis(Axis::Declared, &declared)?;
        self.axis(Axis::Machine, &machine_line(&verdict.machine))?;
        self.axis(Axis::Syndicated, &syndicated_line(&verdict.syndicated))
    }

    fn axis(&mut self, axis: Axis, line: &str) -> io::Result<()> {
        let name = words::axis(axis);
        writeln!(
            self.out,
            "  {}  {}",
            self.paint.axis(axis, format_args!("{name:<10}")),
            clean(line)
        )
    }

    fn reasons(&mut self) -> io::Result<()> {
        for (at, reason) in self.verdict.reasons.iter().enumerate() {
            let first = if at == 0 {
                "  because     "
            } else {
                "              "
            };
            let mut lead = first;
            for line in wrap(&clean(reason), WIDTH - first.len()) {
                writeln!(self.out, "{}{line}", self.paint.dim(lead))?;
                lead = "              ";
            }
        }
        Ok(())
    }

    /// The scored axis whose parts matter most to a reader: the one that decided, else `machine`.
    fn leading_axis(&self) -> Axis {
        let decided = &self.verdict.decided_by;
        if decided.contains(&Axis::Syndicated) && !decided.contains(&Axis::Machine) {
            Axis::Syndicated
        } else {
            Axis::Machine
        }
    }

    /// The parts that speak loudest, for or against.
    fn top_parts(&mut self, axis: Axis) -> io::Result<()> {
        let mut parts: Vec<&Evidence> = self
            .verdict
            .evidence
            .iter()
            .filter(|part| part.axis == axis && !is_remainder(&part.name))
            .collect();
        parts.sort_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()));
        if parts.is_empty() {
            return Ok(());
        }
        writeln!(
            self.out,
            "  {}",
            self.paint.dim(format_args!(
                "what weighs most on the {} axis (+ for, - against)",
                words::axis(axis)
            ))
        )?;
        for part in parts.into_iter().take(SHORT_PARTS) {
            writeln!(
                self.out,
                "    {:+.2}  {}{}",
                part.log_odds,
                clean(words::part(part)),
                self.paint.dim(measured(part))
            )?;
        }
        Ok(())
    }

    /// Marked passages in their surroundings, signs first.
    fn passages(&mut self, most: usize) -> io::Result<()> {
        let verdict = self.verdict;
        let text = &self.document.raw().text;
        let mut all = marks(verdict);
        let is_sign = |mark: &Mark<'_>| verdict.signs.iter().any(|sign| *sign.id == *mark.name);
        // Stable: within signs and within passages of scores the order of position stays.
        all.sort_by_key(|mark| (!is_sign(mark), mark.axis as u8));
        let shown = all.iter().take(most);
        for (at, mark) in shown.enumerate() {
            if at == 0 {
                writeln!(self.out, "  {}", self.paint.dim("marked passages"))?;
            }
            self.passage(text, mark)?;
        }
        if all.len() > most {
            let more = all.len() - most;
            writeln!(
                self.out,
                "    {}",
                self.paint
                    .dim(format_args!("and {more} more: byline explain shows all"))
            )?;
        }
        Ok(())
    }

    fn passage(&mut self, text: &str, mark: &Mark<'_>) -> io::Result<()> {
        let cut = excerpt(text, mark.span, AROUND_BYTES, PASSAGE_BYTES);
        let quoted = if mark.quoted {
            ", quoted or reported: does not count"
        } else {
            ""
        };
        writeln!(
            self.out,
            "    {} {}",
            self.paint.axis(mark.axis, clean(mark.name)),
            self.paint.dim(format_args!(
                "({}, byte {}{quoted})",
                words::axis(mark.axis),
                mark.span.start
            ))
        )?;
        // Marked by brackets where there is no colour.
        let (open, close) = if self.paint.on { ("", "") } else { ("[", "]") };
        writeln!(
            self.out,
            "      {}{open}{}{close}{}",
            self.paint.dim(clean(cut.before.trim_start())),
            self.paint.axis(mark.axis, clean(&cut.marked)),
            self.paint.dim(clean(cut.after.trim_end()))
        )
    }
}

/// Parts that are no measure of their own.
fn is_remainder(name: &str) -> bool {
    matches!(name, "baseline" | "other")
}

/// The measured value beside the usual range.
fn measured(part: &Evidence) -> String {
    match (part.observed, part.typical) {
        (Some(value), Some([low, high])) => format!(
            " [{}; human texts mostly {} to {}]",
            number(value),
            number(low),
            number(high)
        ),
        (Some(value), None) => format!(" [{}]", number(value)),
        _ => String::new(),
    }
}

fn declared_line(verdict: &Verdict) -> String {
    let declared = &verdict.declared;
    if declared.found {
        let by = declared
            .producer
            .as_deref()
            .map(|name| format!(", made by: {name}"));
        return format!(
            "yes, it says so{} ({})",
            by.unwrap_or_default(),
            declared.by.join(", ")
        );
    }
    let quoted = verdict
        .signs
        .iter()
        .any(|sign| sign.axis == Axis::Declared && sign.quoted && sign.kind != Kind::Lexical);
    if quoted {
        "no declaration of its own (it quotes one)".to_owned()
    } else {
        "no declaration found".to_owned()
    }
}

fn machine_line(machine: &Machine) -> String {
    match machine.abstained {
        Some(why) => format!("no answer: {} ({})", silence(why), abstention(why)),
        None => format!(
            "{}, {}: of {}{}",
            machine_likelihood(machine),
            percent(machine.probability),
            humans_as_high(machine.p_value),
            resemblance(machine)
        ),
    }
}

fn syndicated_line(syndicated: &Syndicated) -> String {
    match syndicated.abstained {
        Some(why) => format!("no answer: {} ({})", silence(why), abstention(why)),
        None => format!(
            "{}, {}: judged {}",
            likelihood(syndicated.probability),
            percent(syndicated.probability),
            if syndicated.head == "corpus" {
                "against other documents"
            } else {
                "by the text alone"
            }
        ),
    }
}

/// Breaks running text into lines of at most `width` characters, at spaces.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let word_length = word.chars().count();
        if length > 0 && length + 1 + word_length > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += word_length;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}
