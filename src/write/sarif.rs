//! SARIF 2.1.0 (OASIS standard, 2020), for code hosts and review tools.
//!
//! The results are streamed; the list of rules, which grows with the catalogue and not with the
//! documents, follows them (the order of keys in a JSON object is free).
//!
//! A region is given where the text is the file itself (text and Markdown). A record of a JSON
//! lines or CSV file and the content extracted from an HTML page are named as logical locations,
//! with the byte range in that text among the properties: an offset into the file would be wrong.

use std::io;

use serde_json::{Value, json};

use super::kit::words::{self, axis, question};
use super::kit::{Positions, clean};
use super::{Output, Writer};
use crate::document::{Document, Format, Span};
use crate::signature::Axis;
use crate::verdict::{Action, FoundSign, Verdict, humans_as_high, percent};

/// The format.
pub const OUTPUT: Output = Output {
    name: "sarif",
    shows_errors: true,
    shows_parts: false,
    writer: |_| Box::new(Sarif::default()),
};

/// The schema that the output follows.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Most notifications kept: they are written last, so they are bounded; the rest is counted.
const NOTIFICATIONS: usize = 1_000;

/// A rule: an axis or a catalogue entry.
struct Rule {
    id: String,
    short: &'static str,
    kind: &'static str,
}

#[derive(Default)]
struct Sarif {
    /// Rules by first use: their place is the `ruleIndex` of results.
    rules: Vec<Rule>,
    notifications: Vec<Value>,
    unread: usize,
    any: bool,
}

impl Writer for Sarif {
    fn begin(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        write!(
            out,
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\
             \"columnKind\":\"unicodeCodePoints\",\"results\":["
        )
    }

    fn document(
        &mut self,
        out: &mut dyn io::Write,
        document: &Document,
        verdict: &Verdict,
    ) -> io::Result<()> {
        let place = Locator::new(document);
        for axis in [Axis::Declared, Axis::Machine, Axis::Syndicated] {
            if let Some(result) = self.answer(axis, verdict, &place) {
                self.result(out, &result)?;
            }
        }
        for sign in &verdict.signs {
            let result = self.sign(sign, &place);
            self.result(out, &result)?;
        }
        Ok(())
    }

    fn error(&mut self, _: &mut dyn io::Write, id: &str, message: &str) -> io::Result<()> {
        self.unread += 1;
        if self.notifications.len() < NOTIFICATIONS {
            self.notifications.push(json!({
                "level": "error",
                "message": { "text": clean(message) },
                "locations": [{ "logicalLocations": [{ "fullyQualifiedName": id }] }],
            }));
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        let more = self.unread - self.notifications.len();
        if more > 0 {
            self.notifications.push(json!({
                "level": "error",
                "message": { "text": format!("{more} further documents could not be read") },
            }));
        }
        let rules: Vec<Value> = self
            .rules
            .iter()
            .map(|rule| {
                json!({
                    "id": rule.id,
                    "shortDescription": { "text": rule.short },
                    "properties": { "kind": rule.kind },
                })
            })
            .collect();
        let tool = json!({ "driver": {
            "name": "byline",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        }});
        let invocations = json!([{
            "executionSuccessful": self.unread == 0,
            "toolExecutionNotifications": self.notifications,
        }]);
        writeln!(out, "\n],\"tool\":{tool},\"invocations\":{invocations}}}]}}")
    }
}

impl Sarif {
    fn result(&mut self, out: &mut dyn io::Write, result: &Value) -> io::Result<()> {
        out.write_all(if self.any { b",\n" } else { b"\n" })?;
        self.any = true;
        serde_json::to_writer(out, result)?;
        Ok(())
    }

    /// The place of a rule in the list; new ones are added.
    fn rule(&mut self, id: &str, short: &'static str, kind: &'static str) -> usize {
        if let Some(at) = self.rules.iter().position(|rule| rule.id == id) {
            return at;
        }
        self.rules.push(Rule {
            id: id.to_owned(),
            short,
            kind,
        });
        self.rules.len() - 1
    }

    /// An axis's answer, where it has one to give: a declaration, a style or copy that is more
    /// likely than not. Only what the policy acts on is more than a note.
    fn answer(&mut self, which: Axis, verdict: &Verdict, place: &Locator<'_>) -> Option<Value> {
        // From here on an answer is worth a note.
        const MORE_LIKELY_THAN_NOT: f64 = 0.5;
        let (text, spans): (String, Vec<Span>) = match which {
            Axis::Declared if verdict.declared.found => (
                format!(
                    "The document declares machine authorship: {}",
                    verdict.declared.by.join(", ")
                ),
                verdict
                    .signs
                    .iter()
                    .filter(|sign| !sign.quoted && verdict.declared.by.contains(&sign.id))
                    .filter_map(|sign| sign.span)
                    .collect(),
            ),
            Axis::Machine
                if verdict.machine.abstained.is_none()
                    && verdict.machine.probability >= MORE_LIKELY_THAN_NOT =>
            {
                (
                    format!(
                        "Style estimate, not a proof: machine-written with probability {}; of {}.",
                        percent(verdict.machine.probability),
                        humans_as_high(verdict.machine.p_value)
                    ),
                    Vec::new(),
                )
            }
            Axis::Syndicated
                if verdict.syndicated.abstained.is_none()
                    && verdict.syndicated.probability >= MORE_LIKELY_THAN_NOT =>
            {
                (
                    format!(
                        "Taken copy (wire, press release, template) with probability {}.",
                        percent(verdict.syndicated.probability)
                    ),
                    Vec::new(),
                )
            }
            _ => return None,
        };
        let id = format!("axis.{}", axis(which));
        let index = self.rule(&id, question(which), "axis");
        let level = if verdict.decided_by.contains(&which) {
            level(verdict.action)
        } else {
            "note"
        };
        Some(json!({
            "ruleId": id,
            "ruleIndex": index,
            "level": level,
            "message": { "text": clean(&text) },
            "locations": place.locations(&spans),
            "properties": {
                "action": words::action(verdict.action),
                "reasons": verdict.reasons,
                "spans": spans,
            },
        }))
    }

    fn sign(&mut self, sign: &FoundSign, place: &Locator<'_>) -> Value {
        let index = self.rule(&sign.id, words::kind_meaning(sign.kind), words::kind(sign.kind));
        let quoted = if sign.quoted { ", quoted or reported" } else { "" };
        let spans: Vec<Span> = sign.span.into_iter().collect();
        json!({
            "ruleId": sign.id,
            "ruleIndex": index,
            "level": "note",
            "message": { "text": format!(
                "{} In the {}{quoted}: {}",
                words::kind_meaning(sign.kind), words::place(sign.place), clean(&sign.text)
            )},
            "locations": place.locations(&spans),
            "properties": {
                "axis": axis(sign.axis),
                "strength": words::strength(sign.strength),
                "quoted": sign.quoted,
                "spans": spans,
            },
        })
    }
}

fn level(action: Action) -> &'static str {
    match action {
        Action::Allow => "note",
        Action::Flag => "warning",
        Action::Hold | Action::Reject => "error",
    }
}

/// Turns spans of one document into SARIF locations.
struct Locator<'a> {
    id: &'a str,
    source: Option<&'a str>,
    /// Lines and columns, where the text is the file.
    positions: Option<Positions<'a>>,
}

impl<'a> Locator<'a> {
    fn new(document: &'a Document) -> Self {
        let raw = document.raw();
        let is_file = matches!(raw.format, Format::Text | Format::Markdown);
        Self {
            id: &raw.id,
            source: raw.source.as_deref(),
            positions: is_file.then(|| Positions::new(&raw.text)),
        }
    }

    /// One location a span, or the document as a whole.
    fn locations(&self, spans: &[Span]) -> Vec<Value> {
        if spans.is_empty() {
            return vec![self.location(None)];
        }
        spans.iter().map(|span| self.location(Some(*span))).collect()
    }

    fn location(&self, span: Option<Span>) -> Value {
        let mut location = json!({ "logicalLocations": [{ "fullyQualifiedName": self.id }] });
        let Some(source) = self.source else {
            return location;
        };
        let mut physical = json!({ "artifactLocation": { "uri": uri(source) } });
        if let (Some(span), Some(positions)) = (span, &self.positions) {
            let (start_line, start_column) = positions.of(span.start as usize);
            let (end_line, end_column) = positions.of(span.end as usize);
            insert(
                &mut physical,
                "region",
                json!({
                    "startLine": start_line,
                    "startColumn": start_column,
                    "endLine": end_line,
                    "endColumn": end_column,
                    "byteOffset": span.start,
                    "byteLength": span.len(),
                }),
            );
        }
        insert(&mut location, "physicalLocation", physical);
        location
    }
}

fn insert(object: &mut Value, key: &str, value: Value) {
    if let Value::Object(map) = object {
        map.insert(key.to_owned(), value);
    }
}

/// A path as a URI reference (RFC 3986): everything but unreserved characters and `/` is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uri_references() {
        assert_eq!(uri("a dir/\u{e9}:1.txt"), "a%20dir/%C3%A9%3A1.txt");
    }
}
