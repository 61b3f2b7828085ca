//! `byline train`: corpora -> feature tables -> a model file.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{EXIT_CLEAR, Failure, Outcome, common};
use crate::engine::Stages;
use crate::model::Model;
use crate::signature::Catalogue;
use crate::train::{TrainError, contradictions, pipeline, reuse};

const EXAMPLES: &str = "\
Examples:
  byline train path/to/corpora          measure the corpora, write the tables, train and write the model
  byline train --reuse path/to/corpora  measure pairs of texts, train and evaluate the pair model
  byline train --contradictions path/to/corpora  train the weights of contradictions, from the siblings in datasets as well
  byline train --check                  train the dense stage from the tables alone; must give the model byte for byte";

/// How to come by the feature tables.
const TABLES: &str =
    "name the folder of the feature tables with --tables, or write them with `byline train CORPORA`";

/// Train the model.
///
/// With a corpora folder (NAME.jsonl.gz for every set of src/train/sets/list.rs and human_overlaps.csv), both stages are
/// trained and the feature tables rewritten. Without one, the dense stage, the calibration and the syndicated head
/// are trained from the tables, and the n-gram stage and the language model are taken from the model file.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    /// Folder with the corpora [default: train from the tables].
    #[arg(value_name = "CORPORA")]
    corpora: Option<PathBuf>,

    /// Folder with the sets of texts written for this project.
    #[arg(long, value_name = "DIR", default_value = "datasets")]
    own: PathBuf,

    /// Folder of the feature tables.
    #[arg(long, value_name = "DIR", default_value = "datasets/tables")]
    tables: PathBuf,

    /// Model file.
    #[arg(long, value_name = "FILE", default_value = "models/default/default.model")]
    model: PathBuf,

    /// Write nothing; fail unless the trained model equals the model file byte for byte.
    #[arg(long, conflicts_with = "corpora")]
    check: bool,

    /// Train the pair model of `byline compare` instead (models/reuse/pairs.toml), from the corpora or from its table.
    #[arg(long)]
    reuse: bool,

    /// Train the weights of contradictions of `byline compare` instead (models/figures/contradictions.toml), from the sets of siblings in --own
    /// and reports of the corpora.
    #[arg(long, requires = "corpora", conflicts_with = "reuse")]
    contradictions: bool,
}

/// Runs the command.
pub fn run(args: &Args) -> Outcome {
    let started = Instant::now();
    let say =
        |message: &str| common::complain(&format!("{:7.1} s  {message}", started.elapsed().as_secs_f64()));
    if args.reuse {
        return reuse(args, &say);
    }
    if let (true, Some(corpora)) = (args.contradictions, &args.corpora) {
        return weights(corpora, &args.own, &say);
    }
    if args.corpora.is_none() {
        need_tables(&args.tables)?;
    }
    let stages = stages()?;
    let words = match &args.corpora {
        Some(corpora) => pipeline::tables(corpora, &args.own, &args.tables, &stages, &say).map_err(said)?,
        None => {
            let model = model_file(&args.model)?;
            pipeline::Words {
                ngram: model.ngram,
                surprisal: model.surprisal,
            }
        }
    };
    let model = pipeline::model(&args.tables, words, &stages, &say).map_err(said)?;
    let bytes = model
        .to_bytes()
        .map_err(|error| Failure::Said(error.to_string()))?;
    if args.check {
        let shipped = std::fs::read(&args.model).map_err(|error| failed(&args.model, &error))?;
        if shipped != bytes {
            return Err(Failure::Said(format!(
                "{}: the tables train another model",
                args.model.display()
            )));
        }
        say("the tables train the model file byte for byte");
        return Ok(EXIT_CLEAR);
    }
    std::fs::write(&args.model, &bytes).map_err(|error| failed(&args.model, &error))?;
    say(&format!("{}: {} bytes", args.model.display(), bytes.len()));
    Ok(EXIT_CLEAR)
}

/// Table, model and evaluation of the pair model.
const REUSE_TABLE: &str = "reuse/pairs.csv.gz";
const REUSE_MODEL: &str = "models/reuse/pairs.toml";
const REUSE_EVAL: &str = "models/reuse/eval.csv";
/// How rare words are, for `byline compare`; built into the program, so a new list takes a new build.
const BACKGROUND: &str = "models/reuse/background.txt";
/// Table and model of the corpus head.
const TAKEN_TABLE: &str = "reuse/taken.csv.gz";
const TAKEN_MODEL: &str = "models/reuse/corpus.toml";

/// Trains the pair model: measures the pairs of the corpora if they are given, fits from the table, and evaluates.
fn reuse(args: &Args, say: &dyn Fn(&str)) -> Outcome {
    let path = args.tables.join(REUSE_TABLE);
    let taken_path = args.tables.join(TAKEN_TABLE);
    if let Some(corpora) = &args.corpora {
        let list = reuse::background::read(corpora, say).map_err(said)?;
        let background = Path::new(BACKGROUND);
        std::fs::write(background, list).map_err(|error| failed(background, &error))?;
        let rows = reuse::pairs::read(corpora, say).map_err(said)?;
        reuse::table::write(&path, &rows).map_err(said)?;
        let detector = super::common::shipped()?;
        let rows = reuse::taken::read(corpora, &detector, say).map_err(said)?;
        reuse::taken::write(&taken_path, &rows).map_err(said)?;
    }
    let taken_rows = reuse::taken::read_table(&taken_path).map_err(said)?;
    let taken = reuse::taken::train(&taken_rows.iter().collect::<Vec<_>>()).map_err(said)?;
    let taken = taken.write().map_err(|error| Failure::Said(error.to_string()))?;
    let taken_model = Path::new(TAKEN_MODEL);
    let (rows, digest) = reuse::table::read(&path).map_err(said)?;
    let fitted = reuse::fit::train(&rows, &digest).map_err(said)?;
    let text = fitted.write().map_err(|error| Failure::Said(error.to_string()))?;
    let model = Path::new(REUSE_MODEL);
    if args.check {
        if std::fs::read_to_string(model).map_err(|error| failed(model, &error))? != text {
            return Err(Failure::Said(format!(
                "{REUSE_MODEL}: the table trains another model"
            )));
        }
        if std::fs::read_to_string(taken_model).map_err(|error| failed(taken_model, &error))? != taken {
            return Err(Failure::Said(format!(
                "{TAKEN_MODEL}: the table trains another head"
            )));
        }
        say("the tables train the pair model and the corpus head byte for byte");
        return Ok(EXIT_CLEAR);
    }
    std::fs::write(model, &text).map_err(|error| failed(model, &error))?;
    say(&format!(
        "{REUSE_MODEL}: {} bytes from {} pairs",
        text.len(),
        rows.len()
    ));
    std::fs::write(taken_model, &taken).map_err(|error| failed(taken_model, &error))?;
    let mut figures = reuse::eval::evaluate(&rows).map_err(said)?;
    figures.extend(reuse::taken::evaluate(&taken_rows).map_err(said)?);
    for figure in &figures {
        say(&format!(
            "{:.3}  {:>5}  {}",
            figure.value, figure.pairs, figure.name
        ));
    }
    let path = Path::new(REUSE_EVAL);
    std::fs::write(path, reuse::eval::csv(&figures)).map_err(|error| failed(path, &error))?;
    Ok(EXIT_CLEAR)
}

/// Weights of contradictions; built into the program, so new ones take a new build.
const WEIGHTS: &str = "models/figures/contradictions.toml";

/// Trains the weights of contradictions, and says how well those of the other sets do on each.
fn weights(corpora: &Path, own: &Path, say: &dyn Fn(&str)) -> Outcome {
    let path = Path::new(WEIGHTS);
    let sets = contradictions::read(corpora, own, &super::common::shipped()?).map_err(said)?;
    let text = contradictions::train(&sets).map_err(said)?;
    let tables = contradictions::left_out(&sets).map_err(said)?;
    for one in &tables {
        say(&format!(
            "{}, left out: {} of {} contradictions told, and {} of {} other pairs of figures",
            one.set,
            one.right,
            one.planted,
            one.wrong,
            one.pairs - one.planted
        ));
    }
    std::fs::write(path, &text).map_err(|error| failed(path, &error))?;
    Ok(EXIT_CLEAR)
}

/// The feature tables are files that a person may not have: says how to come by them.
pub(super) fn need_tables(folder: &Path) -> Result<(), Failure> {
    let is_table = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.is_ok_and(|entry| entry.file_name().to_string_lossy().ends_with(".csv.gz"))
    };
    let found = std::fs::read_dir(folder).map_err(|error| failed(folder, &error));
    match found.map(|mut entries| entries.any(is_table)) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure::Said(format!(
            "{} holds no feature tables (NAME.csv.gz): {TABLES}",
            folder.display()
        ))),
        Err(failure) => Err(Failure::Said(format!("{failure}\n{TABLES}"))),
    }
}

/// The stages that a model is trained on: the shipped catalogue alone.
pub(super) fn stages() -> Result<Stages, Failure> {
    let catalogue = Catalogue::shipped().map_err(|errors| {
        Failure::Said(
            errors
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("\n"),
        )
    })?;
    Ok(Stages::new(catalogue))
}

fn model_file(path: &Path) -> Result<Model, Failure> {
    let bytes = std::fs::read(path).map_err(|error| failed(path, &error))?;
    Model::from_bytes(&bytes).map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::Said(format!("{}: {error}", path.display()))
}

/// A training error as a failure of the command.
pub(super) fn said(error: TrainError) -> Failure {
    Failure::Said(error.to_string())
}
