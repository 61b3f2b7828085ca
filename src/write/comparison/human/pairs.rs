//! Every pair by itself.

use std::io;

use super::super::super::kit::{clean, words::likelihood};
use super::super::diff::{Run, sides};
use super::super::ties::ranked;
use super::super::words::{self, count, fitted, share};
use super::{Page, SHORT};
use crate::corpus::{Pair, Passage};
use crate::verdict::percent;

/// Words shown of each side of a passage.
const PASSAGE_WORDS: usize = 60;
/// Pairs, and figures and passages of one, listed; the rest is counted.
const PAIRS: usize = 20;
const FIGURES: usize = 12;
const PASSAGES: usize = 4;

impl Page<'_> {
    pub(super) fn pairs(&mut self) -> io::Result<()> {
        let pairs = ranked(self.comparison);
        for pair in pairs.iter().take(PAIRS) {
            self.pair(pair)?;
        }
        if pairs.len() > PAIRS {
            writeln!(self.out)?;
        }
        self.more(0, pairs.len(), PAIRS)
    }

    fn pair(&mut self, pair: &Pair) -> io::Result<()> {
        let (a, b) = (self.roster.number(&pair.a), self.roster.number(&pair.b));
        self.title(&clean(&format!("{a} and {b}")))?;
        self.copied(pair, &a, &b)?;
        self.figures(pair, &a, &b)?;
        for conflict in &pair.conflicts {
            let kind = words::conflict(conflict.kind);
            self.text(2, &format!("not the same: {} ({kind})", conflict.about))?;
        }
        if !pair.templates.is_empty() {
            self.text(
                2,
                &format!("templates that both fill: {}", pair.templates.join(", ")),
            )?;
        }
        for link in &pair.links {
            let (heir, declared) = (self.roster.number(&link.from), self.roster.number(&link.to));
            let line = format!(
                "link: {heir} inherits from {declared} by {}, strength {}",
                words::via(link.via),
                share(link.strength)
            );
            self.text(2, &line)?;
        }
        let [in_a, in_b] = pair.containment;
        if !pair.passages.is_empty() {
            let line = format!(
                "{}: {} of the words of {a}, {} of those of {b}",
                count(pair.passages.len(), "shared passage", "shared passages"),
                share(in_a),
                share(in_b)
            );
            self.text(2, &line)?;
        }
        for passage in pair.passages.iter().take(PASSAGES) {
            self.passage(passage, &a, &b)?;
        }
        self.more(4, pair.passages.len(), PASSAGES)
    }

    /// Whether one was taken from the other, and what says so.
    fn copied(&mut self, pair: &Pair, a: &str, b: &str) -> io::Result<()> {
        let copied = &pair.copied;
        let line = format!(
            "wording taken: {}, {} ({})",
            likelihood(copied.probability),
            percent(copied.probability),
            words::level(copied.level)
        );
        self.text(2, &line)?;
        if words::speaks_of_direction(copied) {
            self.text(
                2,
                &format!("direction: {}", words::direction(copied.direction, a, b)),
            )?;
        }
        for evidence in &copied.direction_evidence {
            self.text(6, &format!("- {evidence}"))?;
        }
        Ok(())
    }

    fn figures(&mut self, pair: &Pair, a: &str, b: &str) -> io::Result<()> {
        if pair.figures.is_empty() {
            return Ok(());
        }
        let line = format!(
            "{} ({} of their figures by weight); how telling, in {a}, in {b}",
            count(pair.figures.len(), "shared figure", "shared figures"),
            share(pair.figure_overlap)
        );
        self.text(2, &line)?;
        for figure in pair.figures.iter().take(FIGURES) {
            let subject = figure
                .subject
                .as_deref()
                .map(|of| format!("  {}", fitted(of, SHORT)));
            let line = format!(
                "    {:>5}  {} = {}",
                share(figure.weight),
                fitted(&figure.a.surface, SHORT),
                fitted(&figure.b.surface, SHORT)
            );
            writeln!(
                self.out,
                "{}{}",
                clean(&line),
                self.paint.dim(clean(&subject.unwrap_or_default()))
            )?;
        }
        self.more(4, pair.figures.len(), FIGURES)
    }

    fn passage(&mut self, passage: &Passage, a: &str, b: &str) -> io::Result<()> {
        let quoted = if passage.quoted {
            format!("; {}", words::QUOTED)
        } else {
            String::new()
        };
        let line = format!(
            "    {}, {}{quoted}",
            count(passage.words, "word", "words"),
            words::passage(passage.kind)
        );
        writeln!(self.out, "{}", self.paint.dim(line))?;
        let found = sides(&passage.text_a, &passage.text_b, PASSAGE_WORDS);
        let same = !found.runs.iter().flatten().any(|run| run.differs);
        let [runs_a, runs_b] = &found.runs;
        let [more_a, more_b] = found.more;
        if same {
            return self.runs(&format!("{a}, {b}"), runs_a, more_a);
        }
        self.runs(a, runs_a, more_a)?;
        self.runs(b, runs_b, more_b)
    }

    /// One side of a passage; what the other side has not is in brackets.
    fn runs(&mut self, number: &str, runs: &[Run], more: usize) -> io::Result<()> {
        let mut parts: Vec<String> = runs
            .iter()
            .map(|run| {
                if run.differs {
                    format!("[{}]", run.text)
                } else {
                    run.text.clone()
                }
            })
            .collect();
        if more > 0 {
            parts.push(format!("\u{2026} ({})", count(more, "more word", "more words")));
        }
        self.text(6, &format!("{number}: {}", parts.join(" ")))
    }
}
