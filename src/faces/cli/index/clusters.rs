//! `byline index clusters`.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::super::{EXIT_CLEAR, Outcome};
use super::line;
use crate::corpus::index::{Clusters, Index, Record, Redb};
use crate::write::clean;

/// The clusters as JSON.
#[derive(Serialize)]
struct ClustersJson<'a> {
    format: u32,
    clusters: Vec<ClusterJson<'a>>,
}

#[derive(Serialize)]
struct ClusterJson<'a> {
    documents: Vec<MemberJson<'a>>,
    pairs: Vec<PairJson<'a>>,
}

#[derive(Serialize)]
struct MemberJson<'a> {
    id: &'a str,
    source: Option<&'a str>,
    date: Option<&'a str>,
    url: Option<&'a str>,
    words: u32,
    declared: bool,
}

#[derive(Serialize)]
struct PairJson<'a> {
    a: &'a str,
    b: &'a str,
    /// Estimated share of `a`'s wording found in `b`, then of `b`'s in `a`.
    containment: [f64; 2],
}

/// Version of the JSON.
const CLUSTERS_FORMAT: u32 = 1;

/// Shares in the output are rounded to so many parts: they are estimates.
const SHARE_PARTS: f64 = 1000.0;

/// Runs the command.
pub fn run(folder: &Path, human: bool) -> Outcome {
    let found = Redb::read(folder)?.clusters()?;
    let groups = cluster_list(&found);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if human {
        for (group, number) in groups.iter().zip(1..) {
            writeln!(out, "cluster {number}: {} documents", group.documents.len())?;
            for member in &group.documents {
                writeln!(out, "  {}", described(member))?;
            }
        }
        let documents: usize = groups.iter().map(|group| group.documents.len()).sum();
        let clusters = if groups.len() == 1 { "cluster" } else { "clusters" };
        writeln!(out, "{} {clusters}, {documents} documents", groups.len())?;
    } else {
        line(
            &mut out,
            &ClustersJson {
                format: CLUSTERS_FORMAT,
                clusters: groups,
            },
        )?;
    }
    out.flush()?;
    Ok(EXIT_CLEAR)
}

fn described(member: &MemberJson<'_>) -> String {
    let mut text = format!("{} ({} words", clean(member.id), member.words);
    for part in [member.date, member.url].into_iter().flatten() {
        text.push_str(", ");
        text.push_str(&clean(part));
    }
    if member.declared {
        text.push_str(", declares a machine author");
    }
    text.push(')');
    text
}

fn cluster_list(found: &Clusters) -> Vec<ClusterJson<'_>> {
    let groups = found.groups();
    // The group of each document.
    let mut group_of = vec![0; found.records.len()];
    let mut list = Vec::with_capacity(groups.len());
    for (group, number) in groups.iter().zip(0_usize..) {
        for at in group {
            if let Some(slot) = group_of.get_mut(*at as usize) {
                *slot = number;
            }
        }
        list.push(ClusterJson {
            documents: group
                .iter()
                .filter_map(|at| found.records.get(*at as usize))
                .map(member)
                .collect(),
            pairs: Vec::new(),
        });
    }
    for pair in &found.pairs {
        let records = (
            found.records.get(pair.a as usize),
            found.records.get(pair.b as usize),
        );
        let group = group_of.get(pair.a as usize).copied().unwrap_or_default();
        if let ((Some(a), Some(b)), Some(cluster)) = (records, list.get_mut(group)) {
            let containment = pair.overlap.containment();
            cluster.pairs.push(PairJson {
                a: &a.id,
                b: &b.id,
                containment: containment.map(|share| (share * SHARE_PARTS).round() / SHARE_PARTS),
            });
        }
    }
    list
}

fn member(record: &Record) -> MemberJson<'_> {
    MemberJson {
        id: &record.id,
        source: record.source.as_deref(),
        date: record.date.as_deref(),
        url: record.url.as_deref(),
        words: record.size.words,
        declared: record.declared.is_some(),
    }
}
