//! One self-contained page: no script, nothing fetched, light and dark.
//!
//! Each document is a row that opens; the rows together are the summary table, so that the page is
//! streamed. Only the first document is held back until it is known whether it is the only one
//! (then it stands open).

mod conflicts;
mod parts;
mod report;

use std::io;

use super::kit::{FOOT, escape, head};
use super::{Output, Writer};
use crate::document::Document;
use crate::verdict::Verdict;

/// The format.
pub const OUTPUT: Output = Output {
    name: "html",
    shows_errors: true,
    shows_parts: true,
    writer: |_| Box::new(Html::default()),
};

/// What a reader must know before any number.
const CAUTION: &str = "The answer \u{201c}machine\u{201d} is an estimate from style with a known share of false \
    alarms, not a proof: some people write in a way that measures like a machine. Nobody should be accused on it \
    alone. Only a declaration in the text or its page is a statement of fact, and it too should be read in its place.";

/// Above the rows when there are several.
const COLUMNS: &str = "<div class=\"columns\"><span>action</span><span>document</span><span>declared</span>\
    <span>machine</span><span>syndicated</span></div>\n";

/// Start tags of a document among several, and of one alone.
const CLOSED: &str = "<details class=\"doc\">";
const OPEN: &str = "<details class=\"doc\" open>";

#[derive(Default)]
struct Html {
    /// The first document until a second comes.
    held: Option<String>,
    several: bool,
}

impl Html {
    /// More than one entry comes: the columns, and the first document closed.
    fn let_go(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        if !self.several {
            self.several = true;
            out.write_all(COLUMNS.as_bytes())?;
        }
        match self.held.take() {
            Some(body) => write!(out, "{CLOSED}{body}"),
            None => Ok(()),
        }
    }
}

impl Writer for Html {
    fn begin(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut caution = String::new();
        escape(&mut caution, CAUTION);
        write!(
            out,
            "{}<h1>Where does this text come from?</h1>\n\
             <p class=\"dim\">Report by byline {}: three separate questions, each with its evidence.</p>\n\
             <p class=\"caution\">{caution}</p>\n",
            head("byline report", ""),
            env!("CARGO_PKG_VERSION")
        )
    }

    fn document(
        &mut self,
        out: &mut dyn io::Write,
        document: &Document,
        verdict: &Verdict,
    ) -> io::Result<()> {
        let body = report::body(document, verdict);
        if self.held.is_none() && !self.several {
            self.held = Some(body);
            return Ok(());
        }
        self.let_go(out)?;
        write!(out, "{CLOSED}{body}")
    }

    fn error(&mut self, out: &mut dyn io::Write, id: &str, message: &str) -> io::Result<()> {
        self.let_go(out)?;
        let mut line = String::new();
        escape(&mut line, id);
        line.push_str("</b> could not be read: ");
        escape(&mut line, message);
        writeln!(out, "<div class=\"failed\"><b>{line}</div>")
    }

    fn end(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        if let Some(body) = self.held.take() {
            write!(out, "{OPEN}{body}")?;
        }
        out.write_all(FOOT.as_bytes())
    }
}
