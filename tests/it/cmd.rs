//! The command line as its users see it: the cases of `tests/cmd` are files with arguments, input and expected output.
//!
//! Numbers that come from the model stand as `[..]` there, so that a new model does not change them. After a change of
//! words, `TRYCMD=overwrite cargo test --all-features cmd` writes the new output; put the `[..]` back and read it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use byline::write::WRITERS;
use regex::Regex;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd")
}

/// The texts of the cases, by file name.
fn cases() -> Vec<(String, String)> {
    let mut cases: Vec<(String, String)> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "trycmd" || e == "toml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    cases.sort();
    cases
}

/// The variants of the enum `Command`, as the command line spells them.
fn commands() -> BTreeSet<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/faces/cli/mod.rs");
    let source = std::fs::read_to_string(source).unwrap();
    let body = source.split("\nenum Command {").nth(1).expect("the enum");
    let body = body.split("\n}").next().unwrap();
    let variant = Regex::new(r"(?m)^    (\w+)\(").unwrap();
    variant
        .captures_iter(body)
        .map(|found| found[1].to_lowercase())
        .collect()
}

#[test]
fn every_case_gives_what_it_says() {
    let cases = trycmd::TestCases::new();
    cases
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml")
        .env("NO_COLOR", "")
        .register_bin("byline", Path::new(env!("CARGO_BIN_EXE_byline")));
    if !cfg!(feature = "train") {
        // Commands of another feature; and the help names them.
        for case in ["train", "evaluate", "byline"] {
            cases.skip(format!("tests/cmd/{case}.trycmd"));
        }
    }
    if !cfg!(feature = "store") {
        for case in ["index", "byline"] {
            cases.skip(format!("tests/cmd/{case}.trycmd"));
        }
    }
}

#[test]
fn every_command_has_a_case() {
    let commands = commands();
    assert!(commands.len() >= 6, "{commands:?}");
    let cases = cases();
    for command in &commands {
        let call = Regex::new(&format!(r#"(?m)^(\$ byline {command}\b|args = \["{command}")"#)).unwrap();
        assert!(
            cases.iter().any(|(_, case)| call.is_match(case)),
            "tests/cmd holds no case for `byline {command}`"
        );
    }
}

#[test]
fn every_output_format_and_every_exit_code_has_a_case() {
    let all: String = cases().into_iter().map(|(_, case)| case).collect();
    for output in WRITERS {
        assert!(
            all.contains(&format!("$ byline score --to {} ", output.name)),
            "--to {}",
            output.name
        );
    }
    for code in ["\n? 1\n", "\n? 2\n"] {
        assert!(all.contains(code), "{code}");
    }
}

#[test]
fn no_case_freezes_what_the_model_says() {
    let score =
        Regex::new(r#"(?:probability|log_odds|p_value)":-?\d|\d %(?:[:,]|$)|[-+]\d\.\d\d  "#).unwrap();
    for (name, case) in cases() {
        let frozen: Vec<&str> = case.lines().filter(|line| score.is_match(line)).collect();
        assert!(
            frozen.is_empty(),
            "{name}: a new model would change\n{}",
            frozen.join("\n")
        );
    }
}
