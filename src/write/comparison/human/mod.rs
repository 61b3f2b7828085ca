//! For people at a terminal: the groups, what contradicts, who inherits what, then every pair.

mod pairs;

use std::io::{self, Write};

use super::super::human::paint::Paint;
use super::super::human::wrap;
use super::super::kit::clean;
use super::ComparisonOutput;
use super::diff::around;
use super::facts::{Roster, disputes};
use super::words::{self, count, fitted, share};
use crate::corpus::{Comparison, ConflictKind, Link, Side};

/// The format.
pub const OUTPUT: ComparisonOutput = ComparisonOutput {
    name: "human",
    write: |out, comparison, color| {
        Page {
            out,
            paint: Paint { on: color },
            roster: Roster::new(comparison),
            comparison,
        }
        .all()
    },
};

/// Width of running text, in characters.
const WIDTH: usize = 96;
/// Width of a document's name, in characters.
const NAME: usize = 60;
/// Width of a slot's filling, of the words of a link and of a figure, in characters.
const SHORT: usize = 48;
/// Documents, clusters, contradictions and templates listed; the rest is counted.
const DOCUMENTS: usize = 60;
const CLUSTERS: usize = 30;
const DISPUTES: usize = 30;
const TEMPLATES: usize = 12;
/// Versions of a contradiction and fillings of a template listed.
const VERSIONS: usize = 12;
const FILLS: usize = 12;

struct Page<'a> {
    out: &'a mut dyn Write,
    paint: Paint,
    roster: Roster<'a>,
    comparison: &'a Comparison,
}

impl Page<'_> {
    fn all(mut self) -> io::Result<()> {
        self.head()?;
        self.clusters()?;
        self.disputes()?;
        self.links()?;
        self.templates()?;
        self.pairs()
    }

    fn title(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "\n{}", self.paint.bold(text))
    }

    /// A line of running text, wrapped; what follows the first line is indented like it.
    fn text(&mut self, indent: usize, text: &str) -> io::Result<()> {
        for line in wrap(&clean(text), WIDTH.saturating_sub(indent)) {
            writeln!(self.out, "{:indent$}{line}", "")?;
        }
        Ok(())
    }

    fn more(&mut self, indent: usize, all: usize, shown: usize) -> io::Result<()> {
        match all.checked_sub(shown).filter(|more| *more > 0) {
            Some(more) => {
                let line = format!("and {} more: --to json lists all", words::thousands(more));
                writeln!(self.out, "{:indent$}{}", "", self.paint.dim(line))
            }
            None => Ok(()),
        }
    }

    /// The documents and their numbers.
    fn head(&mut self) -> io::Result<()> {
        let comparison = self.comparison;
        writeln!(
            self.out,
            "{}",
            self.paint
                .bold(count(comparison.documents.len(), "document", "documents"))
        )?;
        for (place, member) in comparison.documents.iter().take(DOCUMENTS).enumerate() {
            let mut notes = vec![
                count(member.words, "word", "words"),
                count(member.figures, "figure", "figures"),
            ];
            let origin = words::origin(member);
            if !origin.is_empty() {
                notes.insert(0, fitted(&origin, NAME));
            }
            if words::name(member) != member.id {
                notes.insert(0, fitted(&member.id, NAME));
            }
            writeln!(
                self.out,
                "{:>4}  {}",
                place + 1,
                self.paint.bold(clean(&fitted(words::name(member), NAME)))
            )?;
            writeln!(self.out, "      {}", self.paint.dim(clean(&notes.join("; "))))?;
            if member.declared {
                let by = member
                    .producer
                    .as_deref()
                    .map(|name| format!(", made by: {name}"));
                let line = format!("says itself that a machine wrote it{}", by.unwrap_or_default());
                writeln!(
                    self.out,
                    "      {}",
                    self.paint.warn(clean(&fitted(&line, WIDTH)))
                )?;
            }
        }
        self.more(6, comparison.documents.len(), DOCUMENTS)
    }

    fn clusters(&mut self) -> io::Result<()> {
        let clusters = &self.comparison.clusters;
        if clusters.is_empty() {
            let line = if self.comparison.documents.len() > 1 {
                "No documents that belong together."
            } else {
                "Nothing to compare."
            };
            return writeln!(self.out, "\n{line}");
        }
        self.title("Belong together")?;
        for cluster in clusters.iter().take(CLUSTERS) {
            let numbers: Vec<String> = cluster
                .documents
                .iter()
                .map(|id| self.roster.number(id))
                .collect();
            self.text(
                2,
                &format!(
                    "{}: {}",
                    count(numbers.len(), "document", "documents"),
                    numbers.join(", ")
                ),
            )?;
            for reason in &cluster.because {
                self.text(6, &format!("- {reason}"))?;
            }
        }
        self.more(2, clusters.len(), CLUSTERS)
    }

    fn disputes(&mut self) -> io::Result<()> {
        let comparison = self.comparison;
        let roster = Roster::new(comparison);
        let all = disputes(comparison, &roster);
        let open: Vec<_> = all
            .iter()
            .filter(|dispute| dispute.kind != ConflictKind::Rounding)
            .collect();
        if !open.is_empty() {
            self.title("Figures and dates that do not agree")?;
        }
        for dispute in open.iter().take(DISPUTES) {
            writeln!(
                self.out,
                "  {} {}",
                self.paint.bold(clean(&fitted(&dispute.title, WIDTH - 4))),
                self.paint
                    .dim(format_args!("({})", words::conflict(dispute.kind)))
            )?;
            for (place, side) in dispute.versions.iter().take(VERSIONS) {
                self.side(&(place + 1).to_string(), side)?;
            }
            self.more(6, dispute.versions.len(), VERSIONS)?;
        }
        self.more(2, open.len(), DISPUTES)?;
        let rounded = all.len() - open.len();
        if rounded > 0 {
            let line = format!(
                "{} printed to another precision (no conflict)",
                count(rounded, "figure", "figures")
            );
            writeln!(self.out, "  {}", self.paint.dim(line))?;
        }
        Ok(())
    }

    /// A document's number and its sentence with the figure marked.
    fn side(&mut self, number: &str, side: &Side) -> io::Result<()> {
        let sentence = match around(&side.sentence, &side.surface) {
            // Marked by brackets in any case: colour cannot be wrapped over lines.
            Some((before, inside, after)) => format!("{before}[{inside}]{after}"),
            None => format!("[{}] {}", side.surface, side.sentence),
        };
        let mut lead = format!("{number:>6}  ");
        for line in wrap(&clean(&sentence), WIDTH - lead.chars().count().min(WIDTH / 2)) {
            writeln!(self.out, "{}{line}", self.paint.dim(clean(&lead)))?;
            lead = " ".repeat(lead.chars().count());
        }
        Ok(())
    }

    fn links(&mut self) -> io::Result<()> {
        let links: Vec<&Link> = self
            .comparison
            .pairs
            .iter()
            .flat_map(|pair| &pair.links)
            .collect();
        if links.is_empty() {
            return Ok(());
        }
        self.title("Declarations inherited")?;
        for link in links.iter().take(DISPUTES) {
            let line = format!(
                "{} from {}, by {}: strength {}",
                self.roster.number(&link.from),
                self.roster.number(&link.to),
                words::via(link.via),
                share(link.strength)
            );
            self.text(2, &line)?;
            self.text(6, &link.reason)?;
            if !link.text.is_empty() {
                self.text(6, &format!("\u{201c}{}\u{201d}", fitted(&link.text, 3 * SHORT)))?;
            }
        }
        self.more(2, links.len(), DISPUTES)
    }

    fn templates(&mut self) -> io::Result<()> {
        let templates = &self.comparison.templates;
        if templates.is_empty() {
            return Ok(());
        }
        self.title("Templates")?;
        for template in templates.iter().take(TEMPLATES) {
            let line = format!(
                "{} {}, {}, filled by {}",
                template.id,
                words::place(&template.place),
                count(template.fixed, "fixed word", "fixed words"),
                count(template.fills.len(), "document", "documents")
            );
            self.text(2, &line)?;
            self.text(6, &fitted(&template.pattern, 4 * WIDTH))?;
            for fill in template.fills.iter().take(FILLS) {
                let slots: Vec<String> = fill
                    .slots
                    .iter()
                    .enumerate()
                    .map(|(at, slot)| format!("{{{}}} {}", at + 1, filling(slot)))
                    .collect();
                self.text(
                    6,
                    &format!("{}: {}", self.roster.number(&fill.document), slots.join("; ")),
                )?;
            }
            self.more(6, template.fills.len(), FILLS)?;
        }
        self.more(2, templates.len(), TEMPLATES)
    }
}

/// What stands in a slot.
fn filling(slot: &str) -> String {
    if slot.trim().is_empty() {
        "(nothing)".to_owned()
    } else {
        fitted(slot, SHORT)
    }
}
