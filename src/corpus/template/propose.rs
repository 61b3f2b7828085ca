//! Templates -> proposed catalogue entries, for a person to review.

use std::fmt::Write as _;

use super::Mined;
use crate::corpus::Entry;
use crate::corpus::view::View;
use crate::document::word_hash;

/// Longest stretch of text that an entry's pattern may cover, in bytes: a pattern sees the text within 400 bytes of its anchor.
const REACH: usize = 360;
/// Longest text of a slot that the pattern allows beyond the longest that was seen, in bytes.
const SLACK: usize = 40;
/// Most entries that are proposed: a person reads them all.
const MOST: usize = 40;
/// Most examples of an entry.
const MAX_HITS: usize = 3;
/// Fixed words of a biography template that is proposed as strong; a shorter one, or any other, as weak.
const STRONG_WORDS: usize = 8;
/// Fewest words in the longest run, which is the entry's anchor: a shorter one would be looked for everywhere.
const ANCHOR_WORDS: usize = 2;

/// A proposed entry: the TOML of one `[[signature]]` table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: String,
    /// The table.
    pub toml: String,
}

/// The entries that the templates of a set of documents suggest, the widest used first. Each has hit examples from the documents
/// and a miss example; whether they behave is for `Catalogue::check` to say.
#[must_use]
pub fn propose(entries: &[Entry]) -> Vec<Proposal> {
    let views: Vec<View<'_>> = entries.iter().map(View::of).collect();
    super::sentences(&views)
        .iter()
        .filter_map(|mined| proposal(&views, mined))
        .take(MOST)
        .collect()
}

/// The fixed runs of a pattern.
fn runs(pattern: &str) -> Vec<String> {
    let mut runs = vec![String::new()];
    for part in pattern.split(' ') {
        let slot = part.starts_with('{') && part.ends_with('}');
        match runs.last_mut() {
            Some(run) if !slot => {
                if !run.is_empty() {
                    run.push(' ');
                }
                run.push_str(part);
            }
            Some(run) if !run.is_empty() => runs.push(String::new()),
            _ => {}
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn proposal(views: &[View<'_>], mined: &Mined) -> Option<Proposal> {
    let template = &mined.template;
    let texts: Vec<String> = mined
        .documents
        .iter()
        .zip(&template.fills)
        .filter_map(|(at, fill)| {
            let raw = &views.get(*at)?.entry.document.raw().text;
            Some(fill.span.of(raw).split_whitespace().collect::<Vec<_>>().join(" "))
        })
        .collect();
    let runs = runs(&template.pattern);
    let (kept, gaps) = kept(&runs, &texts)?;
    let anchor = kept.iter().max_by_key(|run| run.len())?;
    if anchor.split(' ').count() < ANCHOR_WORDS {
        return None;
    }
    let bio = template.place == "bio";
    let strong = bio && template.fixed >= STRONG_WORDS;
    let declared = mined
        .documents
        .iter()
        .filter_map(|at| views.get(*at))
        .filter(|view| view.entry.declared.is_some())
        .count();
    let id = format!(
        "proposed.{}-{:08x}",
        template.place,
        word_hash(&template.pattern) >> 32
    );
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut toml = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        toml,
        "[[signature]]\nid = {}\nsummary = {}\nkind = \"template\"\nscope = [{}]\nstrength = \"{}\"\npolarity = \"{}\"\n",
        quoted(&id),
        quoted(&format!("Template of a {}: {}", template.place, template.pattern)),
        if bio {
            "\"head\", \"tail\", \"byline\""
        } else {
            "\"any\""
        },
        if strong { "strong" } else { "weak" },
        if declared > 0 { "machine" } else { "syndicated" },
    );
    if let [literal] = kept.as_slice() {
        let _ = writeln!(toml, "literal = [{}]", quoted(literal));
    } else {
        let mut pattern = String::new();
        for (at, run) in kept.iter().enumerate() {
            if at > 0 {
                let gap = gaps.get(at - 1).copied().unwrap_or(0) + SLACK;
                let _ = write!(pattern, "[^\\n]{{0,{gap}}}?");
            }
            pattern.push_str(&regex::escape(run));
        }
        let _ = writeln!(toml, "regex = [{}]", quoted(&pattern));
        let _ = writeln!(toml, "anchors = [{}]", quoted(&anchor.to_ascii_lowercase()));
    }
    let _ = writeln!(toml, "skip = [\"quoted\"]\nverified = false");
    let source = format!(
        "M: mined from {} documents, {declared} of which declare a machine author",
        template.fills.len()
    );
    let _ = writeln!(toml, "source = {}", quoted(&source));
    let hits: Vec<String> = texts.iter().take(MAX_HITS).map(|text| quoted(text)).collect();
    let _ = writeln!(toml, "hit = [{}]", hits.join(", "));
    let _ = writeln!(toml, "miss = [{}]", quoted(MISS));
    Some(Proposal { id, toml })
}

/// A text that no template stands in.
const MISS: &str = "Nobody filled in a form to write this; the reviewer should put a near miss in its place.";

/// The runs that every text has in order within reach, from the first that starts such a stretch, and the longest gaps
/// between them, in bytes.
fn kept(runs: &[String], texts: &[String]) -> Option<(Vec<String>, Vec<usize>)> {
    let mut best: Option<(Vec<String>, Vec<usize>)> = None;
    for first in 0..runs.len() {
        let mut chosen: Vec<String> = Vec::new();
        let mut gaps: Vec<usize> = Vec::new();
        // Where each text stands: start of the stretch and end of the last run.
        let mut ends: Vec<(usize, usize)> = vec![(0, 0); texts.len()];
        for run in runs.iter().skip(first) {
            let found: Option<Vec<(usize, usize)>> = texts
                .iter()
                .zip(&ends)
                .map(|(text, &(start, end))| {
                    let at = end + text.get(end..)?.find(run.as_str())?;
                    let start = if chosen.is_empty() { at } else { start };
                    (at + run.len() - start <= REACH).then_some((start, at + run.len()))
                })
                .collect();
            let Some(found) = found else { continue };
            if !chosen.is_empty() {
                let gap = found
                    .iter()
                    .zip(&ends)
                    .map(|(now, before)| now.1 - run.len() - before.1)
                    .max();
                gaps.push(gap.unwrap_or(0));
            }
            chosen.push(run.clone());
            ends = found;
        }
        let words = |chosen: &[String]| chosen.iter().map(|run| run.split(' ').count()).sum::<usize>();
        if !chosen.is_empty() && best.as_ref().is_none_or(|best| words(&best.0) < words(&chosen)) {
            best = Some((chosen, gaps));
        }
    }
    best
}
