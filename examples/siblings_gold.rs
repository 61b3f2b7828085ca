//! What `byline::corpus::compare` finds among the sibling articles of `datasets/siblings_2026`, or of another set of the kind: clusters, planted conflicts
//! and traps, declared articles, and links to them.
//!
//! `cargo run --release --features train --example siblings_gold -- [SET] [--errors] [--index]`, SET being a folder of `datasets` such as `siblings_b_2026`, or the path of
//! a `NAME.jsonl.gz` with `NAME_facts.jsonl` beside it; a set of `datasets` needs nothing but this repository.
//!
//! All articles of a set are compared at once, so that a conflict or a cluster across two stories counts as wrong too. A planted conflict counts as
//! found when one of its kind is told whose two figures overlap the planted ones; every other one told is false, at a trap or elsewhere.
//! Conflicts that are told as mere rounding claim nothing and count for neither side.
//!
//! With `--index` every article is asked of an index of all, as `byline score --index` does, and only conflicts are looked at: those of two values and of
//! two times of one. One counts as told if either article's question tells it.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for a terminal"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use byline::Detector;
use byline::corpus::index::{Index, Item, Memory, conflicting};
use byline::corpus::{Comparison, ConflictKind, Entry, Via, compare};
use byline::document::Span;
use byline::figure::Figure;
use byline::train::contradictions::{Article, Cluster, Planted, Several, Siblings, Value};

/// A conflict that was told, with the articles it stands between.
struct Told {
    a: String,
    b: String,
    kind: ConflictKind,
    /// The figure of either.
    spans: [Span; 2],
    /// What it is about, and the sentence of either.
    shown: [String; 3],
}

/// The articles by id.
type Articles = BTreeMap<String, Article>;

impl Told {
    fn is(&self, articles: &Articles, values: &[Value; 2]) -> bool {
        let ([one, other], [a, b]) = (values, self.spans);
        let gives = |id: &str, value: &Value, span: Span| {
            articles.get(id).is_some_and(|article| article.gives(value, span))
        };
        let same = |x: &Value, y: &Value| gives(&self.a, x, a) && gives(&self.b, y, b);
        same(one, other) || same(other, one)
    }

    fn show(&self, what: &str) {
        let [about, one, other] = &self.shown;
        println!("{what} {} {}: {:?} {about}", self.a, self.b, self.kind);
        for sentence in [one, other] {
            println!("         {}", sentence.replace('\n', " "));
        }
    }
}

/// What the comparison of all articles tells, but for roundings.
fn compared(comparison: &Comparison) -> Vec<Told> {
    let pairs = comparison.pairs.iter();
    let conflicts = pairs.flat_map(|pair| pair.conflicts.iter().map(move |conflict| (pair, conflict)));
    let told = conflicts.map(|(pair, conflict)| Told {
        a: pair.a.clone(),
        b: pair.b.clone(),
        kind: conflict.kind,
        spans: [conflict.a.span, conflict.b.span],
        shown: [
            conflict.about.clone(),
            conflict.a.sentence.clone(),
            conflict.b.sentence.clone(),
        ],
    });
    told.filter(|told| told.kind != ConflictKind::Rounding).collect()
}

/// What an index of all articles tells of each of them.
fn asked(entries: &[Entry]) -> Result<Vec<Told>, Box<dyn std::error::Error>> {
    let items: Vec<Item> = entries.iter().map(Item::new).collect();
    let mut index = Memory::new();
    index.add(&items)?;
    let by_id: BTreeMap<&str, &Entry> = entries
        .iter()
        .map(|entry| (entry.document.raw().id.as_str(), entry))
        .collect();
    let mut told: BTreeMap<(String, String, [Span; 2]), Told> = BTreeMap::new();
    for (entry, item) in entries.iter().zip(&items) {
        for conflict in conflicting(item, &index.ask(item)?) {
            let own = (entry, entry.figures.get(conflict.figure));
            let sibling = by_id.get(conflict.document.as_str());
            let theirs = sibling.map(|sibling| (*sibling, sibling.figures.get(conflict.theirs)));
            let (Some((one, Some(first))), Some((other, Some(second)))) = (Some(own), theirs) else {
                return Err(format!("a contradiction of no figure of {}", conflict.document).into());
            };
            let id = |entry: &Entry| entry.document.raw().id.clone();
            let sentence = |entry: &Entry, figure: &Figure| {
                figure.sentence.of(&entry.document.raw().text).trim().to_owned()
            };
            let about = format!("{} here, {} there", first.surface, second.surface);
            let this = Told {
                a: id(one),
                b: id(other),
                kind: conflict.kind,
                spans: [first.span, second.span],
                shown: [about, sentence(one, first), sentence(other, second)],
            };
            let key = match this.a <= this.b {
                true => (this.a.clone(), this.b.clone(), this.spans),
                false => (this.b.clone(), this.a.clone(), [second.span, first.span]),
            };
            told.entry(key).or_insert(this);
        }
    }
    Ok(told.into_values().collect())
}

fn share(part: usize, of: usize) -> f64 {
    part as f64 / of.max(1) as f64
}

fn clusters(articles: &Articles, comparison: &Comparison, errors: bool) {
    let control = |id: &str| articles.get(id).is_none_or(|article| article.role == "control");
    let story = |id: &str| articles.get(id).map(|article| article.cluster.as_str());
    let gold = |a: &str, b: &str| !control(a) && !control(b) && story(a) == story(b);
    let mut said: BTreeSet<(&str, &str)> = BTreeSet::new();
    for cluster in &comparison.clusters {
        for (at, a) in cluster.documents.iter().enumerate() {
            let rest = cluster.documents.iter().skip(at + 1);
            said.extend(rest.map(|b| (a.min(b).as_str(), a.max(b).as_str())));
        }
        if errors {
            println!("cluster {:?}", cluster.documents);
        }
    }
    let ids: Vec<&str> = articles.keys().map(String::as_str).collect();
    let all = ids
        .iter()
        .enumerate()
        .flat_map(|(at, a)| ids.iter().skip(at + 1).map(move |b| (*a, *b)));
    let are = all.filter(|(a, b)| gold(a, b)).count();
    let right = said.iter().filter(|(a, b)| gold(a, b)).count();
    let pulled: BTreeSet<&str> = said
        .iter()
        .flat_map(|(a, b)| [*a, *b])
        .filter(|id| control(id))
        .collect();
    println!(
        "clusters: pairs of siblings put together: recall {:.3} ({right} of {are}), precision {:.3} ({right} of {}), F1 {:.3}; controls pulled in: {} of {}",
        share(right, are),
        share(right, said.len()),
        said.len(),
        share(2 * right, are + said.len()),
        pulled.len(),
        ids.iter().filter(|id| control(id)).count()
    );
}

fn conflicts(articles: &Articles, stories: &[Cluster], told: &[Told], errors: bool) {
    let mut right = vec![false; told.len()];
    let mut by_type: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let planted: Vec<Planted> = stories
        .iter()
        .flat_map(|story| story.conflicts.iter().flat_map(Several::pairs))
        .collect();
    for planted in &planted {
        // Two directions of one change, or two dates of an event, cannot both hold: byline tells them as a conflict of values.
        let kind = match planted.kind.as_str() {
            "period" => ConflictKind::Period,
            _ => ConflictKind::Value,
        };
        let mut found = false;
        for (told, right) in told.iter().zip(&mut right) {
            if told.kind == kind && told.is(articles, &planted.values) {
                (found, *right) = (true, true);
            }
        }
        let (hit, all) = by_type.entry(&planted.kind).or_default();
        *all += 1;
        *hit += usize::from(found);
        if errors && !found {
            let [one, other] = &planted.values;
            println!(
                "missed {} {}: {} {}: {} | {}",
                one.article, other.article, planted.kind, planted.subject, one.value, other.value
            );
        }
    }
    let (hit, all) = by_type
        .values()
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let kinds: Vec<String> = by_type
        .iter()
        .map(|(kind, (hit, all))| format!("{kind} {hit} of {all}"))
        .collect();
    let rights = right.iter().filter(|right| **right).count();
    println!(
        "conflicts: recall {:.3} ({hit} of {all}: {}), precision {:.3} ({rights} of {} told)",
        share(hit, all),
        kinds.join(", "),
        share(rights, told.len()),
        told.len()
    );
    if errors {
        let wrong = told.iter().zip(&right).filter(|(_, right)| !**right);
        wrong.for_each(|(told, _)| told.show("false "));
    }
    traps(articles, stories, told);
}

fn traps(articles: &Articles, stories: &[Cluster], told: &[Told]) {
    let mut by_why: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for trap in stories.iter().flat_map(|story| &story.traps) {
        let fell = told.iter().any(|told| told.is(articles, &trap.values));
        let (into, all) = by_why.entry(&trap.why).or_default();
        *all += 1;
        *into += usize::from(fell);
        if fell {
            println!("fell into a trap: {} ({})", trap.subject, trap.why);
        }
    }
    let list: Vec<String> = by_why
        .iter()
        .map(|(why, (into, all))| format!("{why} {into} of {all}"))
        .collect();
    println!("traps told as conflicts: {}", list.join(", "));
}

fn links(articles: &Articles, stories: &[Cluster], comparison: &Comparison, errors: bool) {
    let count = |role: &str| articles.values().filter(|article| article.role == role).count();
    let declared = |role: &str| {
        let members = comparison.documents.iter().filter(|member| member.declared);
        members
            .filter(|member| {
                articles
                    .get(&member.id)
                    .is_some_and(|article| article.role == role)
            })
            .count()
    };
    let others: usize = ["bare", "bio_only", "control"].into_iter().map(declared).sum();
    println!(
        "declared: {} of {} disclosed; of the {} that disclose nothing: {others}",
        declared("disclosed"),
        count("disclosed"),
        count("bare") + count("bio_only") + count("control")
    );
    let all: Vec<_> = comparison.pairs.iter().flat_map(|pair| &pair.links).collect();
    let gold: Vec<&(String, String)> = stories.iter().flat_map(|story| &story.linked_by_bio).collect();
    let found = gold
        .iter()
        .filter(|(from, to)| {
            all.iter()
                .any(|link| link.via == Via::Bio && &link.from == from && &link.to == to)
        })
        .count();
    if errors {
        let declares = |id: &str| {
            comparison
                .documents
                .iter()
                .any(|member| member.id == id && member.declared)
        };
        for article in articles
            .values()
            .filter(|article| article.role == "disclosed" && !declares(&article.id))
        {
            println!("no notice recognised in {}", article.id);
        }
        for (from, to) in gold.iter().copied() {
            if !all
                .iter()
                .any(|link| link.via == Via::Bio && &link.from == from && &link.to == to)
            {
                println!("no link by the biography from {from} to {to}");
            }
        }
    }
    let wrong = |role: &str| {
        articles
            .values()
            .filter(|article| article.role == role && all.iter().any(|link| link.from == article.id))
            .map(|article| format!(" {} ({})", article.id, article.agent))
            .collect::<Vec<_>>()
    };
    let (bare, control) = (wrong("bare"), wrong("control"));
    println!(
        "links: {found} of {} by the biography; bare linked by anything: {}{}; controls linked: {}{}",
        gold.len(),
        bare.len(),
        bare.concat(),
        control.len(),
        control.concat()
    );
}

fn run(set: &str, errors: bool, index: bool) -> Result<(), Box<dyn std::error::Error>> {
    let path = match set.ends_with(".gz") {
        true => PathBuf::from(set),
        false => Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets").join(set),
    };
    let Siblings {
        articles: list,
        stories,
    } = Siblings::read(&path)?;
    let detector = Detector::shipped()?;
    let entries: Vec<_> = list
        .iter()
        .map(|article| detector.entry(article.document()))
        .collect();
    let articles: Articles = list
        .into_iter()
        .map(|article| (article.id.clone(), article))
        .collect();
    if index {
        conflicts(&articles, &stories, &asked(&entries)?, errors);
        return Ok(());
    }
    let comparison = compare(&entries);
    clusters(&articles, &comparison, errors);
    conflicts(&articles, &stories, &compared(&comparison), errors);
    links(&articles, &stories, &comparison, errors);
    Ok(())
}

fn main() -> ExitCode {
    let flag = |name: &str| std::env::args().skip(1).any(|argument| argument == name);
    let set = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"))
        .unwrap_or_else(|| "siblings_2026".to_owned());
    match run(&set, flag("--errors"), flag("--index")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("siblings_gold: {error}");
            ExitCode::from(2)
        }
    }
}
