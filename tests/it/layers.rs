//! Who may know whom: the folders of `src` against the table of ARCHITECTURE.md, what only the outer
//! ring may touch, and the length of files. Tests inside `src` may use what they like.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use regex::Regex;

/// A folder (or file) of `src`, and the folders it may name. `engine` stands for `engine.rs`.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("document", &[]),
    ("read", &["document"]),
    ("measure", &["document"]),
    ("signature", &["document"]),
    ("figure", &["document"]),
    ("corpus", &["document", "figure", "signature"]),
    ("model", &["measure"]),
    ("verdict", &["document", "signature"]),
    (
        "engine",
        &[
            "document",
            "measure",
            "signature",
            "figure",
            "corpus",
            "model",
            "verdict",
        ],
    ),
    ("write", &["document", "figure", "corpus", "signature", "verdict"]),
    (
        "train",
        &[
            "document",
            "measure",
            "signature",
            "figure",
            "corpus",
            "model",
            "read",
            "verdict",
            "engine",
        ],
    ),
    (
        "faces",
        &[
            "document",
            "measure",
            "signature",
            "figure",
            "corpus",
            "model",
            "verdict",
            "engine",
            "read",
            "write",
            "train",
        ],
    ),
    ("main", &["faces"]),
];

/// Folders that may touch files, the environment, clocks, threads and the terminal.
const OUTER: &[&str] = &["faces", "train", "main"];

/// The one part of the core that touches files: the index on disk.
const ON_DISK: &str = "src/corpus/index/redb/";

/// What only the outer ring may touch.
const OUTSIDE_WORLD: &[&str] = &[
    "std::fs",
    "std::env",
    "std::thread",
    "std::time",
    "std::net",
    "std::process",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
];

/// Macros that print.
const PRINTING: &str = r"\b(?:e?print(?:ln)?|dbg)!";

/// Crates that only training may use.
const TRAINING_CRATES: &str = r"\b(?:linfa\w*|ndarray|plotters)\b";

/// Longest file, in lines without tests.
const MAX_LINES: usize = 400;

struct Source {
    path: String,
    /// First folder below `src`, or the file's stem.
    layer: String,
    /// How many modules deep the file's module is (1 for `src/a.rs` and `src/a/mod.rs`).
    depth: usize,
    /// The code without comments, literals and tests; line breaks kept.
    code: String,
    /// Lines of the file without those of its tests.
    lines: usize,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().unwrap() != "tests" {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|e| e == "rs") && !holds_tests(&path) {
                found.push(source(&root, path));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// `tests.rs`, or `..._tests.rs` beside the file it tests.
fn holds_tests(path: &Path) -> bool {
    path.file_stem()
        .and_then(|stem| stem.to_str())
        .is_some_and(|stem| stem == "tests" || stem.ends_with("_tests"))
}

fn source(root: &Path, path: PathBuf) -> Source {
    let text = std::fs::read_to_string(&path).unwrap();
    let inner = path.strip_prefix(root).unwrap().with_extension("");
    let mut modules: Vec<&str> = inner.iter().map(|part| part.to_str().unwrap()).collect();
    if modules.last() == Some(&"mod") {
        modules.pop();
    }
    let bare = bare(&text);
    let tests = test_items(&bare);
    let in_tests: usize = tests
        .iter()
        .map(|range| bare[range.clone()].lines().count())
        .sum();
    let mut code = bare;
    for range in tests {
        let blank: String = code[range.clone()].replace(|c| c != '\n', " ");
        code.replace_range(range, &blank);
    }
    Source {
        layer: modules[0].to_owned(),
        depth: modules.len(),
        path: path
            .strip_prefix(root.parent().unwrap())
            .unwrap()
            .display()
            .to_string(),
        lines: text.lines().count() - in_tests,
        code,
    }
}

/// The source with comments and literals blanked, byte for byte: ranges and lines stay the same.
fn bare(text: &str) -> String {
    let pattern = Regex::new(concat!(
        r#"(?s)//[^\n]*|/\*.*?\*/"#,
        r##"|b?r#".*?"#|b?r".*?""##,
        r#"|b?"(?:\\.|[^"\\])*""#,
        r"|b?'(?:\\[^\n]{1,9}?|[^'\\\n])'",
    ))
    .unwrap();
    pattern
        .replace_all(text, |found: &regex::Captures<'_>| {
            found[0]
                .bytes()
                .map(|b| if b == b'\n' { '\n' } else { ' ' })
                .collect::<String>()
        })
        .into_owned()
}

/// Items under `#[cfg(test)]`: from the attribute to the closing brace or semicolon.
fn test_items(bare: &str) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let mut from = 0;
    while let Some(at) = bare[from..].find("#[cfg(test)]").map(|at| from + at) {
        let mut open = 0_usize;
        let mut end = bare.len();
        for (offset, byte) in bare[at..].bytes().enumerate() {
            match byte {
                b'{' => open += 1,
                b'}' => open = open.saturating_sub(1),
                _ => {}
            }
            if open == 0 && (byte == b'}' || byte == b';') {
                end = at + offset + 1;
                break;
            }
        }
        items.push(at..end);
        from = end;
    }
    items
}

/// Every path the code names, `use` groups expanded, white space taken out.
fn paths(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let uses = Regex::new(r"\buse\s+([^;]+);").unwrap();
    for tree in uses.captures_iter(code) {
        let tight: String = tree[1].split_whitespace().collect::<Vec<_>>().join(" ");
        expand("", &tight, &mut found);
    }
    let inline = Regex::new(r"\b\w+(?:\s*::\s*\w+)+").unwrap();
    let rest = uses.replace_all(code, " ");
    for path in inline.find_iter(&rest) {
        found.insert(path.as_str().split_whitespace().collect());
    }
    found
}

fn expand(prefix: &str, tree: &str, found: &mut BTreeSet<String>) {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let path = tree.split(" as ").next().unwrap().replace(' ', "");
        if !path.is_empty() {
            found.insert(format!("{prefix}{path}"));
        }
        return;
    };
    let prefix = format!("{prefix}{}", tree[..open].replace(' ', ""));
    let inside = &tree[open + 1..tree.rfind('}').unwrap()];
    let (mut depth, mut start) = (0, 0);
    for (at, byte) in inside.bytes().chain([b',']).enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b',' if depth == 0 => {
                expand(&prefix, &inside[start..at], found);
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// The folder that a path leads to, if it leads into this crate's root.
fn leads_to(path: &str, depth: usize, exports: &[(String, String)]) -> Option<String> {
    let mut parts: Vec<&str> = path.split("::").filter(|part| *part != "self").collect();
    if matches!(parts.first(), Some(&("crate" | "byline"))) {
        parts.remove(0);
    } else {
        let ups = parts.iter().take_while(|part| **part == "super").count();
        if ups == 0 || ups < depth {
            return None;
        }
        parts.drain(..ups);
    }
    let first = *parts.first()?;
    let export = exports.iter().find(|(name, _)| name == first);
    Some(export.map_or_else(|| first.to_owned(), |(_, folder)| folder.clone()))
}

/// What `lib.rs` exports at the root, and the folder each comes from.
fn exports(sources: &[Source]) -> Vec<(String, String)> {
    let root = sources
        .iter()
        .find(|s| s.layer == "lib")
        .expect("there is a lib.rs");
    paths(&root.code)
        .iter()
        .filter_map(|path| {
            let (folder, name) = path.split_once("::")?;
            Some((name.rsplit("::").next()?.to_owned(), folder.to_owned()))
        })
        .collect()
}

#[test]
fn every_folder_knows_only_whom_it_may() {
    let sources = sources();
    let exports = exports(&sources);
    let layers: BTreeSet<&str> = MAY_KNOW.iter().map(|(layer, _)| *layer).collect();
    let mut wrong = Vec::new();
    for source in sources.iter().filter(|s| s.layer != "lib") {
        let Some((_, allowed)) = MAY_KNOW.iter().find(|(layer, _)| *layer == source.layer) else {
            wrong.push(format!(
                "{}: src/{} is not in the table",
                source.path, source.layer
            ));
            continue;
        };
        for path in paths(&source.code) {
            let Some(target) = leads_to(&path, source.depth, &exports) else {
                continue;
            };
            let known = layers.contains(target.as_str());
            if known && target != source.layer && !allowed.contains(&target.as_str()) {
                wrong.push(format!(
                    "{}: {} may not know {target} ({path})",
                    source.path, source.layer
                ));
            } else if !known {
                wrong.push(format!("{}: {path} leads to no folder of the table", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn only_the_outer_ring_touches_the_world() {
    let printing = Regex::new(PRINTING).unwrap();
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !OUTER.contains(&s.layer.as_str())) {
        for path in paths(&source.code) {
            let stores = source.path.starts_with(ON_DISK) && path.starts_with("std::fs");
            if touches_the_world(&path) && !stores {
                wrong.push(format!("{}: {path}", source.path));
            }
        }
        for found in printing.find_iter(&source.code) {
            wrong.push(format!("{}: {}", source.path, found.as_str()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn touches_the_world(path: &str) -> bool {
    OUTSIDE_WORLD.iter().any(|world| {
        path.strip_prefix(world)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    })
}

#[test]
fn only_training_uses_the_training_crates() {
    let crates = Regex::new(TRAINING_CRATES).unwrap();
    for source in sources().iter().filter(|s| s.layer != "train") {
        let found = crates.find(&source.code).map(|m| m.as_str());
        assert_eq!(found, None, "{}", source.path);
    }
}

#[test]
fn no_file_is_longer_than_the_house_allows() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|s| s.lines > MAX_LINES)
        .map(|s| format!("{}: {} lines without tests", s.path, s.lines))
        .collect();
    assert!(long.is_empty(), "more than {MAX_LINES}:\n{}", long.join("\n"));
}

#[test]
fn the_table_allows_no_circle_and_no_way_back_into_the_core() {
    // Folders in an order in which each knows only earlier ones exist if the table has no circle.
    let mut placed: BTreeSet<&str> = BTreeSet::new();
    while placed.len() < MAY_KNOW.len() {
        let next: Vec<&str> = MAY_KNOW
            .iter()
            .filter(|(layer, allowed)| {
                !placed.contains(layer) && allowed.iter().all(|other| placed.contains(other))
            })
            .map(|(layer, _)| *layer)
            .collect();
        assert!(!next.is_empty(), "the table has a circle beyond {placed:?}");
        placed.extend(next);
    }
    for (layer, allowed) in MAY_KNOW.iter().filter(|(l, _)| !OUTER.contains(l)) {
        assert!(
            !allowed.iter().any(|other| OUTER.contains(other)),
            "{layer} knows the outer ring"
        );
    }
}

#[test]
fn the_check_sees_what_it_should() {
    let code = r##"
        use crate::{document::{Span, Word as W}, Detector};
        // use crate::faces::cli;
        const TEXT: &str = "crate::train::fit";
        const MORE: &str = r#"std::fs "quoted" "#;
        const QUOTE: char = '"';
        use std::{fmt, fs as files};
        fn f() { let _ = super::super::write::WRITERS; crate :: model :: bind(); }
        #[cfg(test)]
        mod tests { use crate::read::read; fn g() { println!("}"); } }
        fn after() { eprintln!("x"); }
    "##;
    let mut bare = bare(code);
    assert_eq!(bare.len(), code.len());
    assert_eq!(bare.lines().count(), code.lines().count());
    let tests = test_items(&bare);
    assert_eq!(tests.len(), 1);
    bare.replace_range(tests[0].clone(), "");
    let exports = [("Detector".to_owned(), "engine".to_owned())];
    let found = paths(&bare);
    let targets: BTreeSet<String> = found
        .iter()
        .filter_map(|path| leads_to(path, 2, &exports))
        .collect();
    let expected = ["document", "engine", "model", "write"].map(str::to_owned);
    assert_eq!(targets, BTreeSet::from(expected));
    assert!(found.iter().any(|path| touches_the_world(path)), "{found:?}");
    assert!(!touches_the_world("std::fmt"));
    assert!(!touches_the_world("std::envelope"));
    let printing: Vec<_> = Regex::new(PRINTING)
        .unwrap()
        .find_iter(&bare)
        .map(|m| m.as_str().to_owned())
        .collect();
    assert_eq!(printing, ["eprintln!"]);
}
