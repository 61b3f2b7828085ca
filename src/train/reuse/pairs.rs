//! Corpora -> labelled pairs.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::PairRow;
use super::reworded;
use super::texts::{Set, document, relations};
use crate::corpus::{Level, judge};
use crate::document::Document;
use crate::train::TrainError;
use crate::train::random::Random;

/// Most pairs of one kind: no set may outvote the others.
pub(super) const MOST: usize = 120;
/// Most pairs of unlike texts of one set.
const MOST_UNLIKE: usize = 200;
/// Pairs of a source with versions of other sources, for each version.
const UNLIKE_VERSIONS: usize = 3;
/// Share of the shorter page's word 4-grams that two pages of one template share, from which wording was taken: below, a
/// template's pages were mostly written anew.
const TEMPLATE_SHARED: f64 = 0.3;
/// Share of a story's words in passages that also stand in its source, from which its author took them over.
const STORY_SHARED: f64 = 0.1;
/// Labelled as copies of their source, with no three words in common with it: mislabelled, so they do not train.
const MISLABELLED: [&str; 2] = ["cs-g2pE_taskc", "cs-g4pD_taskb"];

/// A label for a pair.
pub(super) struct Label<'l> {
    pub set: &'l str,
    pub copied: Option<bool>,
    pub level: Option<Level>,
}

pub(super) fn row(label: &Label<'_>, a: (&str, &Document), b: (&str, &Document)) -> PairRow {
    PairRow {
        set: label.set.to_owned(),
        groups: [a.0.to_owned(), b.0.to_owned()],
        copied: label.copied,
        level: label.level,
        trains: true,
        values: judge::features_of(a.1, b.1).values,
    }
}

/// A fixed sample of a list.
pub(super) fn sample<T>(mut all: Vec<T>, most: usize, seed: u64) -> Vec<T> {
    let mut random = Random::new(seed);
    for at in (1..all.len()).rev() {
        all.swap(at, random.below(at + 1));
    }
    all.truncate(most);
    all
}

/// Reads and measures all pairs.
///
/// # Errors
/// [`TrainError::Corpora`] names the file that is missing or unreadable.
pub fn read(folder: &Path, say: &dyn Fn(&str)) -> Result<Vec<PairRow>, TrainError> {
    let mut rows = Vec::new();
    let mut add = |name: &str, more: Vec<PairRow>| {
        say(&format!("{name}: {} pairs", more.len()));
        rows.extend(more);
    };
    add("clough_stevenson", clough(folder)?);
    let c50 = Set::read(folder, "reuters_c50")?;
    add("rewrites", rewrites(folder, &c50)?);
    add("reuters_c50", one_author(folder, &c50)?);
    add("trims and excerpts", parts(&c50));
    drop(c50);
    add("wikinews_sources", wikinews(folder)?);
    for name in [
        "reuters21578",
        "reuters_fin_2006_2013",
        "prosecutor_press",
        "cnn_dailymail_val",
    ] {
        add(name, duplicates(folder, name)?);
    }
    add("mccormick_minhash", mccormick(folder)?);
    add("template_location_pages", templates(folder)?);
    add("reworded", reworded::read(folder, say)?);
    Ok(rows)
}

fn clough(folder: &Path) -> Result<Vec<PairRow>, TrainError> {
    let set = Set::read(folder, "clough_stevenson")?;
    let task = |id: &str| format!("cs-{}", id.rsplit('_').next().unwrap_or(id));
    let mut rows = Vec::new();
    for (a, b, relation) in relations(folder, "clough_stevenson.pairs.csv")? {
        if let (Some(one), Some(other)) = (set.document(&a), set.document(&b)) {
            let label = Label {
                set: &format!("clough_stevenson:{relation}"),
                copied: Some(relation != "non_plagiarised"),
                level: None,
            };
            let mut row = row(&label, (&task(&a), &one), (&task(&b), &other));
            row.trains = !MISLABELLED.contains(&a.as_str());
            rows.push(row);
        }
    }
    Ok(rows)
}

fn level(name: &str) -> Option<Level> {
    Some(match name {
        "light" => Level::Light,
        "paraphrase" => Level::Paraphrase,
        "rewrite" => Level::Rewrite,
        "figures" => Level::Figures,
        _ => return None,
    })
}

fn rewrites(folder: &Path, c50: &Set) -> Result<Vec<PairRow>, TrainError> {
    let set = Set::read(folder, "rewrites")?;
    let mut sources: BTreeMap<&str, Document> = BTreeMap::new();
    for id in &set.order {
        let source = set.field(id, |entry| entry.source_id.as_deref());
        if let Some(document) = c50.document(source) {
            sources.insert(source, document);
        }
    }
    let names: Vec<&str> = sources.keys().copied().collect();
    let mut random = Random::new(1);
    let mut rows = Vec::new();
    for id in &set.order {
        let own = set.field(id, |entry| entry.source_id.as_deref());
        let kind = set.field(id, |entry| entry.level.as_deref());
        let (Some(source), Some(version), Some(level)) = (sources.get(own), set.document(id), level(kind))
        else {
            continue;
        };
        let label = Label {
            set: &format!("rewrites:{kind}"),
            // A new text from the same facts takes no wording but what the facts force: neither label would be right.
            copied: match level {
                Level::Light | Level::Paraphrase => Some(true),
                Level::Rewrite => None,
                _ => Some(false),
            },
            level: Some(level),
        };
        rows.push(row(&label, (own, source), (own, &version)));
        for _ in 0..UNLIKE_VERSIONS {
            let Some(other) = names.get(random.below(names.len())).filter(|name| **name != own) else {
                continue;
            };
            let label = Label {
                set: "rewrites:unrelated",
                copied: Some(false),
                level: Some(Level::Unrelated),
            };
            if let Some(document) = sources.get(other) {
                rows.push(row(&label, (other, document), (own, &version)));
            }
        }
    }
    Ok(rows)
}

/// Pairs of one author's stories: one beat, one style, other news; and the set's computed duplicates.
fn one_author(folder: &Path, c50: &Set) -> Result<Vec<PairRow>, TrainError> {
    let known = relations(folder, "reuters_c50.computed_dups.csv")?;
    let mut rows = known_duplicates("reuters_c50", c50, &known);
    let mut by_author: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for id in &c50.order {
        by_author
            .entry(c50.field(id, |entry| entry.author.as_deref()))
            .or_default()
            .push(id);
    }
    rows.extend(unlike("reuters_c50:one_author", c50, &known, &by_author));
    Ok(rows)
}

/// Pairs within groups (an author, a day) that are not known to share wording.
fn unlike(
    name: &str,
    set: &Set,
    known: &[(String, String, String)],
    groups: &BTreeMap<&str, Vec<&str>>,
) -> Vec<PairRow> {
    let related: HashSet<&str> = known
        .iter()
        .flat_map(|(a, b, _)| [a.as_str(), b.as_str()])
        .collect();
    let mut random = Random::new(2);
    let groups: Vec<&Vec<&str>> = groups.values().filter(|ids| ids.len() > 1).collect();
    let mut rows = Vec::new();
    for _ in 0..MOST_UNLIKE {
        let Some(ids) = groups.get(random.below(groups.len())) else {
            break;
        };
        let (a, b) = (random.below(ids.len()), random.below(ids.len()));
        let (Some(a), Some(b)) = (ids.get(a), ids.get(b)) else {
            continue;
        };
        if a == b || related.contains(a) || related.contains(b) {
            continue;
        }
        if let (Some(one), Some(other)) = (set.document(a), set.document(b)) {
            let label = Label {
                set: name,
                copied: Some(false),
                level: Some(Level::Unrelated),
            };
            rows.push(row(&label, (a, &one), (b, &other)));
        }
    }
    rows
}

fn known_duplicates(name: &str, set: &Set, known: &[(String, String, String)]) -> Vec<PairRow> {
    let strong: Vec<&(String, String, String)> = known
        .iter()
        .filter(|(_, _, relation)| relation != "computed_j5>=0.25")
        .collect();
    let chosen = sample(strong, MOST, 3).into_iter();
    chosen
        .filter_map(|(a, b, relation)| {
            let label = Label {
                set: &format!("{name}:{relation}"),
                copied: Some(true),
                level: None,
            };
            Some(row(&label, (a, &set.document(a)?), (b, &set.document(b)?)))
        })
        .collect()
}

/// Trimmed copies and excerpts inside other texts: pairs that we make ourselves.
fn parts(c50: &Set) -> Vec<PairRow> {
    let mut random = Random::new(4);
    let mut rows = Vec::new();
    let label = |set: &'static str| Label {
        set,
        copied: Some(true),
        level: None,
    };
    for _ in 0..MOST / 2 {
        let mut pick = || {
            let id = c50.order.get(random.below(c50.order.len()))?;
            Some((id.as_str(), c50.by_id.get(id)?.text.as_str()))
        };
        let (Some((id, text)), Some((other, host))) = (pick(), pick()) else {
            continue;
        };
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        if lines.len() < 8 || id == other {
            continue;
        }
        let whole = document(text);
        let trimmed = document(
            &lines
                .iter()
                .take(lines.len() / 3)
                .copied()
                .collect::<Vec<_>>()
                .join("\n"),
        );
        rows.push(row(&label("made:trimmed"), (id, &whole), (id, &trimmed)));
        let start = random.below(lines.len() - 4);
        let excerpt = lines.iter().skip(start).take(4).copied();
        let middle = host.lines().count() / 2;
        let mixed: Vec<&str> = host
            .lines()
            .take(middle)
            .chain(excerpt)
            .chain(host.lines().skip(middle))
            .collect();
        rows.push(row(
            &label("made:excerpt"),
            (id, &whole),
            (other, &document(&mixed.join("\n"))),
        ));
    }
    rows
}

fn wikinews(folder: &Path) -> Result<Vec<PairRow>, TrainError> {
    let set = Set::read(folder, "wikinews_sources")?;
    let pairs = relations(folder, "wikinews_sources.pairs.csv")?;
    let story = |id: &str| id.split("-s").next().unwrap_or(id).to_owned();
    Ok(pairs
        .iter()
        .filter_map(|(a, b, _)| {
            let label = Label {
                set: "wikinews_sources:same_story",
                copied: Some(false),
                level: None,
            };
            let (one, other) = (set.document(a)?, set.document(b)?);
            let mut row = row(&label, (&story(a), &one), (&story(b), &other));
            // Some authors took sentences over, whatever the set calls it: they are no example of the contrary.
            if value(&row, "passages.more").unwrap_or(0.0) > STORY_SHARED {
                row.copied = None;
                "wikinews_sources:with_passages".clone_into(&mut row.set);
            }
            Some(row)
        })
        .collect())
}

/// A feature of a row.
fn value(row: &PairRow, name: &str) -> Option<f64> {
    let at = judge::SPECS.iter().position(|spec| spec.name == name)?;
    row.values.get(at).copied().flatten()
}

fn duplicates(folder: &Path, name: &str) -> Result<Vec<PairRow>, TrainError> {
    let set = Set::read(folder, name)?;
    let known = relations(folder, &format!("{name}.computed_dups.csv"))?;
    let mut rows = known_duplicates(name, &set, &known);
    if name.starts_with("reuters") {
        let mut by_day: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for id in &set.order {
            by_day
                .entry(set.field(id, |entry| entry.date.as_deref()))
                .or_default()
                .push(id);
        }
        rows.extend(unlike(&format!("{name}:one_day"), &set, &known, &by_day));
    }
    Ok(rows)
}

fn mccormick(folder: &Path) -> Result<Vec<PairRow>, TrainError> {
    let set = Set::read(folder, "mccormick_minhash")?;
    let known = relations(folder, "mccormick_minhash.pairs.csv")?;
    let mut rows = known_duplicates("mccormick_minhash", &set, &known);
    let all: BTreeMap<&str, Vec<&str>> =
        BTreeMap::from([("", set.order.iter().map(String::as_str).collect())]);
    rows.extend(unlike("mccormick_minhash:unlike", &set, &known, &all));
    Ok(rows)
}

fn templates(folder: &Path) -> Result<Vec<PairRow>, TrainError> {
    let set = Set::read(folder, "template_location_pages")?;
    let known = relations(folder, "template_location_pages.pairs.csv")?;
    let mut rows: Vec<PairRow> = sample(known, 2 * MOST, 5)
        .iter()
        .filter_map(|(a, b, _)| {
            let label = Label {
                set: "template_location_pages:same_template",
                copied: None,
                level: None,
            };
            let family = |id: &str| set.field(id, |entry| entry.generator.as_deref()).to_owned();
            let mut row = row(
                &label,
                (&family(a), &set.document(a)?),
                (&family(b), &set.document(b)?),
            );
            let shared = value(&row, "words.fourgrams");
            row.copied = shared.filter(|share| *share >= TEMPLATE_SHARED).map(|_| true);
            Some(row)
        })
        .collect();
    // Pages of different templates.
    let mut random = Random::new(6);
    for _ in 0..MOST {
        let mut pick = || set.order.get(random.below(set.order.len()));
        let (Some(a), Some(b)) = (pick(), pick()) else {
            break;
        };
        let family = |id: &str| set.field(id, |entry| entry.generator.as_deref());
        if family(a) == family(b) {
            continue;
        }
        if let (Some(one), Some(other)) = (set.document(a), set.document(b)) {
            let label = Label {
                set: "template_location_pages:other_template",
                copied: Some(false),
                level: None,
            };
            rows.push(row(&label, (family(a), &one), (family(b), &other)));
        }
    }
    Ok(rows)
}
