//! What `byline::corpus::compare` finds among the sibling articles of `datasets/siblings_2026`, or of another set of the kind: clusters, planted conflicts
//! and traps, declared articles, and links to them.
//!
//! `cargo run --release --features train --example siblings_gold -- [SET] [--errors]`, SET being a folder of `datasets` such as `siblings_b_2026`, or the path of
//! a `NAME.jsonl.gz` with `NAME_facts.jsonl` beside it; a set of `datasets` needs nothing but this repository.
//!
//! All articles of a set are compared at once, so that a conflict or a cluster across two stories counts as wrong too. A planted conflict counts as
//! found when one of its kind is told whose two figures overlap the planted ones; every other one told is false, at a trap or elsewhere.
//! Conflicts that are told as mere rounding claim nothing and count for neither side.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for a terminal"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use byline::Detector;
use byline::corpus::{Comparison, Conflict, ConflictKind, Side, Via, compare};
use byline::train::contradictions::{Article, Cluster, Planted, Several, Siblings, Value};

/// A conflict that was told, with the articles it stands between.
struct Told<'c> {
    a: &'c str,
    b: &'c str,
    conflict: &'c Conflict,
}

/// The articles by id.
type Articles = BTreeMap<String, Article>;

impl Told<'_> {
    fn is(&self, articles: &Articles, values: &[Value; 2]) -> bool {
        let [one, other] = values;
        let (a, b) = (&self.conflict.a, &self.conflict.b);
        let gives = |id: &str, value: &Value, side: &Side| {
            articles
                .get(id)
                .is_some_and(|article| article.gives(value, side.span))
        };
        let same = |x: &Value, y: &Value| gives(self.a, x, a) && gives(self.b, y, b);
        same(one, other) || same(other, one)
    }

    fn show(&self, what: &str) {
        println!(
            "{what} {} {}: {:?} {}",
            self.a, self.b, self.conflict.kind, self.conflict.about
        );
        for side in [&self.conflict.a, &self.conflict.b] {
            println!("         {}", side.sentence.replace('\n', " "));
        }
    }
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

fn conflicts(articles: &Articles, stories: &[Cluster], comparison: &Comparison, errors: bool) {
    let told: Vec<Told<'_>> = comparison
        .pairs
        .iter()
        .flat_map(|pair| {
            pair.conflicts.iter().map(|conflict| Told {
                a: &pair.a,
                b: &pair.b,
                conflict,
            })
        })
        .filter(|told| told.conflict.kind != ConflictKind::Rounding)
        .collect();
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
            if told.conflict.kind == kind && told.is(articles, &planted.values) {
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
    traps(articles, stories, &told);
}

fn traps(articles: &Articles, stories: &[Cluster], told: &[Told<'_>]) {
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

fn run(set: &str, errors: bool) -> Result<(), Box<dyn std::error::Error>> {
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
    let comparison = compare(&entries);
    clusters(&articles, &comparison, errors);
    conflicts(&articles, &stories, &comparison, errors);
    links(&articles, &stories, &comparison, errors);
    Ok(())
}

fn main() -> ExitCode {
    let errors = std::env::args().skip(1).any(|argument| argument == "--errors");
    let set = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"))
        .unwrap_or_else(|| "siblings_2026".to_owned());
    match run(&set, errors) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("siblings_gold: {error}");
            ExitCode::from(2)
        }
    }
}
