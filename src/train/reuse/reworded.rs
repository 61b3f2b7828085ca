//! Texts that a program reworded, beside texts written independently on the same subject.
//!
//! What parts the two is how the pair model tells a paraphrase: all else (subject, length, genre) is alike. That programs wrote
//! many of these texts does not matter here: the model looks at what two texts share, never at how one is written.

use std::collections::BTreeMap;
use std::path::Path;

use super::PairRow;
use super::pairs::{Label, MOST, row, sample};
use super::texts::{Entry, Set};
use crate::train::TrainError;

/// Sets, each with how its entries pair up.
const SETS: [(&str, Rule); 4] = [
    ("iu_news_wiki", of_human),
    ("outfox", of_essays),
    ("hart_humanized", of_drafts),
    ("para_lfqa_dipper", of_human),
];

/// What two entries of one subject are to each other; `None` where neither label would be right.
type Rule = fn(&Entry, &Entry) -> Option<(&'static str, bool)>;

fn attack(entry: &Entry) -> &str {
    entry.attack.as_deref().unwrap_or("")
}

fn human(entry: &Entry) -> bool {
    entry.label.as_deref() == Some("human")
}

/// A human text, and what a program made: of the text itself, or of its title alone.
fn of_human(a: &Entry, b: &Entry) -> Option<(&'static str, bool)> {
    if !human(a) || human(b) {
        return None;
    }
    match attack(b) {
        "rephrase-base" | "rephrase-expert" | "paraphrase-of-human" => Some(("reworded", true)),
        "" | "generated-expert" => Some(("same_title", false)),
        _ => None,
    }
}

/// An essay and the same essay reworded, or another author's on the same question.
fn of_essays(a: &Entry, b: &Entry) -> Option<(&'static str, bool)> {
    if !attack(a).is_empty() {
        return None;
    }
    match (attack(b), a.generator == b.generator) {
        ("dipper", true) => Some(("reworded", true)),
        ("" | "dipper", false) => Some(("same_question", false)),
        _ => None,
    }
}

/// A draft and what a rewording tool or a person made of it.
fn of_drafts(a: &Entry, b: &Entry) -> Option<(&'static str, bool)> {
    (attack(a).is_empty() && attack(b).starts_with("humanize")).then_some(("reworded", true))
}

/// Two texts on a subject, with the subject first.
type Pair<'a> = (&'a str, &'a Entry, &'a Entry);

/// Reads and measures the pairs of all sets.
///
/// # Errors
/// [`TrainError::Corpora`] names the file that is missing or unreadable.
pub fn read(folder: &Path, say: &dyn Fn(&str)) -> Result<Vec<PairRow>, TrainError> {
    let mut rows = Vec::new();
    for (name, rule) in SETS {
        let set = Set::read(folder, name)?;
        let mut subjects: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for id in &set.order {
            if let Some(entry) = set.by_id.get(id)
                && let Some(subject) = &entry.prompt_id
            {
                subjects.entry(subject).or_default().push(entry);
            }
        }
        let mut kinds: BTreeMap<(&str, bool), Vec<Pair<'_>>> = BTreeMap::new();
        for (subject, entries) in &subjects {
            for a in entries {
                for b in entries.iter().filter(|b| b.id != a.id) {
                    if let Some(kind) = rule(a, b) {
                        kinds.entry(kind).or_default().push((*subject, *a, *b));
                    }
                }
            }
        }
        for ((kind, copied), pairs) in kinds {
            let pairs = sample(pairs, MOST, 7);
            say(&format!("{name}:{kind}: {} pairs", pairs.len()));
            rows.extend(pairs.iter().filter_map(|(subject, a, b)| {
                let label = Label {
                    set: &format!("{name}:{kind}"),
                    copied: Some(copied),
                    level: None,
                };
                let (one, other) = (set.document(&a.id)?, set.document(&b.id)?);
                Some(row(&label, (subject, &one), (subject, &other)))
            }));
        }
    }
    Ok(rows)
}
