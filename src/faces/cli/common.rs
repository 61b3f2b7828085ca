//! What several commands share: options, the detector, messages.

use std::ffi::OsStr;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::Failure;
use crate::document::{Format, MAX_TEXT_BYTES};
use crate::model::Profile;
use crate::read::{READERS, ReadOptions};
use crate::signature::Catalogue;
use crate::{Detector, Policy};

/// `--from` that chooses by name and content.
const AUTO: &str = "auto";

/// Options on how to read.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Reading")]
pub struct Reading {
    /// Format of the inputs; `auto` goes by file name and first bytes.
    #[arg(long, value_name = "FORMAT", default_value = AUTO, value_parser = formats())]
    pub from: String,

    /// Field or column that holds the text in JSON lines and CSV.
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub text_field: String,

    /// Largest text of one document in bytes; a larger one is an error.
    #[arg(long, value_name = "N", default_value_t = MAX_TEXT_BYTES, value_parser = byte_limit)]
    pub max_bytes: usize,
}

/// `--from` follows the list of readers.
fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(std::iter::once(AUTO).chain(READERS.iter().map(|reader| reader.format.name())))
}

fn byte_limit(value: &str) -> Result<usize, String> {
    match value.parse::<usize>() {
        Ok(n) if (1..=MAX_TEXT_BYTES).contains(&n) => Ok(n),
        _ => Err(format!("must be a whole number from 1 to {MAX_TEXT_BYTES}")),
    }
}

impl Reading {
    /// The format asked for; `None` is automatic.
    pub fn format(&self) -> Option<Format> {
        READERS
            .iter()
            .map(|reader| reader.format)
            .find(|format| format.name() == self.from)
    }

    /// Options for an input of this name.
    pub fn options(&self, name: String) -> ReadOptions {
        ReadOptions {
            name,
            text_field: self.text_field.clone(),
            max_bytes: self.max_bytes,
        }
    }
}

/// Options on how to judge.
#[derive(Args, Debug, Clone, Default)]
#[command(next_help_heading = "Judging")]
pub struct Judging {
    /// Policy file (TOML) instead of the shipped policy.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,

    /// Folder with signature files (*.toml) to use besides the shipped catalogue.
    #[arg(long, value_name = "DIR")]
    pub signatures: Option<PathBuf>,

    /// Profile of your own human texts, made by `byline calibrate`: p-values then rest on them.
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
}

impl Judging {
    /// All files that are read: these inputs and the settings.
    pub fn beside(&self, inputs: &[PathBuf]) -> Vec<PathBuf> {
        let settings = [&self.policy, &self.signatures, &self.profile];
        inputs
            .iter()
            .chain(settings.into_iter().flatten())
            .cloned()
            .collect()
    }

    /// The detector with the user's policy and signatures.
    pub fn detector(&self) -> Result<Detector, Failure> {
        let mut detector = shipped()?;
        if let Some(folder) = &self.signatures {
            detector = detector
                .with_catalogue(catalogue_with(folder)?)
                .map_err(|error| Failure::Said(error.to_string()))?;
        }
        if let Some(path) = &self.policy {
            let text = read_text(path)?;
            let policy = Policy::from_toml(&text)
                .map_err(|error| Failure::Said(format!("{}: {error}", path.display())))?;
            detector = detector.with_policy(policy);
        }
        if let Some(path) = &self.profile {
            let text = read_text(path)?;
            let profile = Profile::from_toml(&text, detector.model())
                .map_err(|error| Failure::Said(format!("{}: {error}", path.display())))?;
            detector = detector.with_profile(profile);
        }
        Ok(detector)
    }
}

/// The shipped detector.
pub fn shipped() -> Result<Detector, Failure> {
    Detector::shipped().map_err(|error| Failure::Said(error.to_string()))
}

/// The shipped catalogue.
pub fn shipped_catalogue() -> Result<Catalogue, Failure> {
    Catalogue::shipped().map_err(|errors| Failure::Said(lines(&errors)))
}

/// The shipped catalogue and a user's folder.
pub fn catalogue_with(folder: &Path) -> Result<Catalogue, Failure> {
    let files = signature_files(folder)?;
    shipped_catalogue()?
        .extend(&files)
        .map_err(|errors| Failure::Said(lines(&errors)))
}

/// Several messages, one a line.
pub fn lines(errors: &[impl ToString]) -> String {
    errors
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The signature files of a folder as (name, text), sorted by name.
pub fn signature_files(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let cannot = |error| Failure::Said(format!("cannot read the folder {}: {error}", folder.display()));
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.extension() == Some(OsStr::new("toml")) {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(Failure::Said(format!(
            "{} holds no *.toml file",
            folder.display()
        )));
    }
    paths.sort();
    paths
        .iter()
        .map(|path| Ok((path.display().to_string(), read_text(path)?)))
        .collect()
}

/// A small text file (policy, signatures) as a whole.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::Said(format!("cannot read {}: {error}", path.display())))
}

/// When to use colours.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set or TERM is dumb.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Whether to colour an output.
    pub fn on(self, terminal: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
                terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }
}

/// A message on standard error. Nobody may be listening, so a failure to write is passed over.
pub fn complain(message: &str) {
    let mut stderr = std::io::stderr().lock();
    for line in message.lines() {
        let _ = writeln!(stderr, "byline: {}", crate::write::clean(line));
    }
}

/// Whether standard input is a person's keyboard.
pub fn stdin_is_terminal() -> bool {
    std::io::stdin().is_terminal()
}
