//! The data-set manifests: complete, consistent, and all listed in the folder's README.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::Digest;

/// A manifest. Unknown and missing keys are errors, so a typing slip shows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: u32,
    name: String,
    title: String,
    origin: String,
    commit: String,
    source_files: String,
    licence: String,
    redistribution: String,
    file: String,
    sha256: String,
    sidecars: Vec<String>,
    rows: u64,
    median_words: f64,
    used_for: String,
    domains: Vec<String>,
    domain_count: usize,
    period: String,
    machine_era: String,
    label_provenance: String,
    group_key: String,
    quirks: Vec<String>,
    overlaps: Vec<String>,
    counts: Counts,
    generators: Generators,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    human: u64,
    machine: u64,
    template: u64,
    unknown: u64,
    human_with_attack: u64,
    machine_with_attack: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Generators {
    count: usize,
    top: Vec<Generator>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Generator {
    name: String,
    rows: u64,
}

fn sha256(bytes: &[u8]) -> String {
    byline::model::hex(&sha2::Sha256::digest(bytes))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets")
}

fn manifests() -> BTreeMap<String, Manifest> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let manifest = path.join("dataset.toml");
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !manifest.is_file() {
            let other = ["README.md", "figures", "samples", "tables"];
            assert!(
                other.contains(&name.as_str()),
                "datasets/{name} holds no dataset.toml"
            );
            continue;
        }
        let text = std::fs::read_to_string(&manifest).unwrap();
        let parsed = toml::from_str(&text).unwrap_or_else(|e| panic!("datasets/{name}/dataset.toml: {e}"));
        found.insert(name, parsed);
    }
    found
}

#[test]
fn every_manifest_is_complete_and_names_its_file() {
    let all = manifests();
    assert!(all.len() >= 82, "only {} manifests", all.len());
    for (folder, m) in &all {
        assert_eq!(m.format, 1, "{folder}");
        assert_eq!(&m.name, folder, "name differs from the folder's");
        let shipped = self::folder().join(folder).join(&m.file);
        if shipped.is_file() {
            assert_eq!(
                m.file, "texts.jsonl",
                "{folder}: the name of a set that stands here"
            );
            let bytes = std::fs::read(&shipped).unwrap();
            assert_eq!(sha256(&bytes), m.sha256, "{folder}: the texts have changed");
            let lines = bytes.iter().filter(|&&byte| byte == b'\n').count();
            assert_eq!(lines as u64, m.rows, "{folder}");
        } else {
            assert_eq!(m.file, format!("{folder}.jsonl.gz"), "{folder}");
        }
        for (key, value) in [
            ("title", &m.title),
            ("origin", &m.origin),
            ("commit", &m.commit),
            ("source_files", &m.source_files),
            ("licence", &m.licence),
            ("used_for", &m.used_for),
            ("period", &m.period),
            ("label_provenance", &m.label_provenance),
            ("group_key", &m.group_key),
        ] {
            assert!(!value.trim().is_empty(), "{folder}: {key} is empty");
        }
        assert!(!m.quirks.is_empty(), "{folder}: every collection has a quirk");
        assert!(m.quirks.iter().all(|q| !q.trim().is_empty()), "{folder}");
        for sidecar in &m.sidecars {
            assert!(sidecar.starts_with(folder.as_str()), "{folder}: {sidecar}");
        }
        let own = m.origin == "written for this project" && !m.licence.starts_with("none stated");
        let redistribution = if own {
            "written for this project; may be redistributed"
        } else {
            "texts are not redistributed; numbers only"
        };
        assert_eq!(m.redistribution, redistribution, "{folder}");
    }
}

#[test]
fn checksums_are_sha256_and_no_two_sets_are_the_same_file() {
    let mut seen = BTreeSet::new();
    for (folder, m) in manifests() {
        let hex = m.sha256.len() == 64
            && m.sha256
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        assert!(
            hex,
            "{folder}: sha256 is not 64 lower-case hex digits: {}",
            m.sha256
        );
        assert!(
            seen.insert(m.sha256),
            "{folder}: same checksum as another set's file"
        );
    }
}

#[test]
fn counts_add_up() {
    for (folder, m) in manifests() {
        let c = &m.counts;
        assert_eq!(
            c.human + c.machine + c.template + c.unknown,
            m.rows,
            "{folder}: labels"
        );
        assert!(c.human_with_attack <= c.human, "{folder}");
        assert!(c.machine_with_attack <= c.machine, "{folder}");
        assert!(m.median_words >= 1.0, "{folder}");

        assert!(
            !m.domains.is_empty() && m.domains.len() <= m.domain_count,
            "{folder}"
        );
        let g = &m.generators;
        assert!(g.top.len() <= g.count, "{folder}: more generators than counted");
        assert!(
            g.top.is_empty() == (g.count == 0),
            "{folder}: generators without a list"
        );
        assert!(
            g.top
                .iter()
                .zip(g.top.iter().skip(1))
                .all(|(a, b)| a.rows >= b.rows),
            "{folder}: generators are not in order"
        );
        assert!(g.top.iter().all(|g| !g.name.is_empty() && g.rows > 0), "{folder}");
        let listed: u64 = g.top.iter().map(|g| g.rows).sum();
        let not_human = m.rows - c.human;
        assert!(
            listed <= not_human,
            "{folder}: more generated rows than non-human rows"
        );
        if c.machine > 0 && g.top.len() == g.count {
            assert!(
                listed >= c.machine,
                "{folder}: machine rows of no listed generator"
            );
        }
        assert_eq!(c.machine == 0, m.machine_era == "none", "{folder}: machine_era");
        assert!(
            ["none", "old", "mid", "new"].contains(&m.machine_era.as_str()),
            "{folder}: {}",
            m.machine_era
        );
    }
}

#[test]
fn overlaps_name_sets_and_go_both_ways() {
    let all = manifests();
    for (folder, m) in &all {
        for other in &m.overlaps {
            let there = all
                .get(other)
                .unwrap_or_else(|| panic!("{folder}: no set `{other}`"));
            assert_ne!(other, folder);
            assert!(
                there.overlaps.contains(folder),
                "{folder} overlaps {other}, but not the other way round"
            );
        }
    }
}

#[test]
fn the_readme_lists_every_set_once_with_its_counts() {
    let readme = std::fs::read_to_string(folder().join("README.md")).unwrap();
    let mut rows = BTreeMap::new();
    for line in readme.lines().filter(|l| l.starts_with("| [")) {
        let name = line
            .trim_start_matches("| [")
            .split(']')
            .next()
            .unwrap()
            .to_owned();
        assert!(
            line.contains(&format!("({name}/dataset.toml)")),
            "{name}: wrong link"
        );
        assert!(
            rows.insert(name.clone(), line).is_none(),
            "{name} is listed twice"
        );
    }
    let all = manifests();
    let listed: BTreeSet<_> = rows.keys().collect();
    assert_eq!(listed, all.keys().collect(), "README table against folders");

    for (name, m) in &all {
        let c = &m.counts;
        let row: String = rows[name].chars().filter(|c| *c != ',').collect();
        for (label, count) in [
            ("human", c.human),
            ("machine", c.machine),
            ("template", c.template),
            ("unknown", c.unknown),
        ] {
            let cell = format!(" {count} {label} ");
            assert_eq!(
                row.contains(&cell),
                count > 0,
                "{name}: {label} in the README's row: {row}"
            );
        }
        assert!(row.contains(&m.used_for.replace(',', "")), "{name}: used for");
        assert!(row.contains(&m.licence.replace(',', "")), "{name}: licence");
    }

    let total: u64 = all.values().map(|m| m.rows).sum();
    let sum_line = readme.lines().find(|l| l.contains(" sets, ")).unwrap();
    let digits: String = sum_line.chars().filter(|c| *c != ',').collect();
    assert!(
        digits.starts_with(&format!("{} sets {total} texts", all.len())),
        "README's total: {sum_line}"
    );
}
