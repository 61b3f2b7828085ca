//! The command line: one file a command.
//!
//! Adding a command touches its own file and the enum [`Command`] (a variant and its arm in
//! [`Command::run`]); `tests/cmd/` must hold a case for it.

mod calibrate;
mod common;
mod compare;
#[cfg(feature = "train")]
mod evaluate;
mod explain;
mod features;
mod figures;
#[cfg(feature = "store")]
mod index;
mod inputs;
mod pipeline;
mod progress;
mod score;
mod signatures;
mod sink;
#[cfg(feature = "train")]
mod train;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Nothing was flagged, or the command did its work.
pub const EXIT_CLEAR: u8 = 0;
/// At least one document was flagged, held or rejected.
pub const EXIT_FLAGGED: u8 = 1;
/// Something could not be done or read.
pub const EXIT_ERROR: u8 = 2;

/// What a command returns: an exit code, or why it failed.
pub type Outcome = Result<u8, Failure>;

/// Why a command could not do its work: told on standard error, exit code [`EXIT_ERROR`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// Said in words.
    #[error("{0}")]
    Said(String),
    /// Writing the output failed.
    #[error("cannot write the output: {0}")]
    Output(#[from] std::io::Error),
}

impl Failure {
    /// Whether the reader of our output went away (`byline ... | head`): not a failure.
    fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

const EXIT_CODES: &str = "\
Exit codes: 0 nothing flagged, 1 something flagged, 2 an error (wrong arguments, or a document
that could not be read; the other documents are scored all the same).";

/// Tells where a text comes from: does it say that a machine wrote it, does it read so, was it taken?
///
/// byline answers three separate questions about a text and shows the evidence of each:
///
///   declared    Does the text, its byline or its page say that a machine wrote it?
///   machine     Does the style read machine-written? An estimate with its false-alarm share.
///   syndicated  Was it taken: wire copy, a press release, a template?
///
/// A policy turns the answers into an action (allow, flag, hold, reject) with reasons in plain words.
#[derive(Parser)]
#[command(
    name = "byline",
    after_long_help = EXIT_CODES,
    disable_version_flag = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    verbatim_doc_comment,
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    /// Print the version and the name of the built-in model.
    #[arg(short = 'V', long)]
    version: bool,
}

/// The commands.
#[derive(Subcommand)]
enum Command {
    Score(score::Args),
    Explain(explain::Args),
    Compare(compare::Args),
    Calibrate(calibrate::Args),
    Features(features::Args),
    Figures(figures::Args),
    #[cfg(feature = "store")]
    Index(index::Args),
    Signatures(signatures::Args),
    #[cfg(feature = "train")]
    Train(train::Args),
    #[cfg(feature = "train")]
    Evaluate(evaluate::Args),
}

impl Command {
    fn run(self) -> Outcome {
        match self {
            Self::Score(args) => score::run(&args),
            Self::Explain(args) => explain::run(&args),
            Self::Compare(args) => compare::run(&args),
            Self::Calibrate(args) => calibrate::run(&args),
            Self::Features(args) => features::run(&args),
            Self::Figures(args) => figures::run(&args),
            #[cfg(feature = "store")]
            Self::Index(args) => index::run(&args),
            Self::Signatures(args) => signatures::run(&args),
            #[cfg(feature = "train")]
            Self::Train(args) => train::run(&args),
            #[cfg(feature = "train")]
            Self::Evaluate(args) => evaluate::run(&args),
        }
    }
}

/// Parses the arguments and runs the command.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    #[cfg(feature = "store")]
    silence_told_damage();
    let outcome = match cli.command {
        Some(command) => command.run(),
        None if cli.version => version(),
        None => usage(),
    };
    ExitCode::from(match outcome {
        Ok(code) => code,
        Err(failure) if failure.is_broken_pipe() => EXIT_CLEAR,
        Err(failure) => {
            common::complain(&failure.to_string());
            EXIT_ERROR
        }
    })
}

/// A damaged index is told in a line of its own: the panic by which its store finds it out is not reported besides.
#[cfg(feature = "store")]
fn silence_told_damage() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !crate::corpus::index::catches_panics() {
            report(panic);
        }
    }));
}

/// `byline` alone: the short help, as an error.
fn usage() -> Outcome {
    let mut stderr = std::io::stderr().lock();
    write!(stderr, "{}", Cli::command().render_help())?;
    Ok(EXIT_ERROR)
}

/// `byline --version`.
fn version() -> Outcome {
    let detector = common::shipped()?;
    let model = detector
        .examine(&crate::Document::new(crate::RawDocument::default()))
        .model;
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "byline {} (model {model})", env!("CARGO_PKG_VERSION"))?;
    Ok(EXIT_CLEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_option_has_a_help_text() {
        fn check(command: &clap::Command) {
            assert!(
                command.get_about().is_some(),
                "{} has no help",
                command.get_name()
            );
            for argument in command.get_arguments() {
                assert!(
                    argument.get_help().is_some(),
                    "{} {} has no help",
                    command.get_name(),
                    argument.get_id()
                );
            }
            command.get_subcommands().for_each(check);
        }
        check(&Cli::command());
    }
}
