//! `byline evaluate`: how far the model can be trusted on data it never saw.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::train::{need_tables, said, stages};
use super::{EXIT_CLEAR, Failure, Outcome, common};
use crate::Policy;
use crate::train::calibrate::Stacked;
use crate::train::evaluate::{Threshold, judged, left_out_scores, lines, text, write_csv, write_scores};
use crate::train::pipeline::MIN_WORDS;
use crate::train::protocols::{self, Protocol};
use crate::train::row::Label;
use crate::train::{attacks, leaks, pipeline, plots, splice, syndicated, table};

const EXAMPLES: &str = "\
Examples:
  byline evaluate                                        print the table
  byline evaluate --out models/default/eval.csv          and write it
  byline evaluate --plots models/default/plots           and draw it
  byline evaluate --leaks                                what else than style gives a label away
  byline evaluate --makers path/to/corpora               the models of one maker left out
  byline evaluate --spliced path/to/corpora              borders found in texts of two authors
  byline evaluate --attacks path/to/corpora              what is still found of disguised texts";

/// Evaluate on left-out data sets.
///
/// Every data set is scored by a model, a calibration and a threshold that never saw it (nor the sets of its fold). From the
/// feature tables alone. Columns: AUROC with its 95 % interval (bootstrap over prompts); share of machine texts found at 1 %
/// and 5 % false alarms among the set's own human texts; the same at a mean of 1 % over ten kinds of human text ("kinds"); false-alarm share among human texts at the shipped policy's threshold with its 95 % interval (Wilson);
/// share of machine texts found there; expected calibration error.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    /// Folder of the feature tables.
    #[arg(long, value_name = "DIR", default_value = "datasets/tables")]
    tables: PathBuf,

    /// Splice texts of the corpora in this folder that did not train, and look for the borders between their parts.
    #[arg(long, value_name = "CORPORA")]
    spliced: Option<PathBuf>,

    /// Disguise texts of the corpora in this folder that did not train, and compare what is found before and after.
    #[arg(long, value_name = "CORPORA", conflicts_with = "spliced")]
    attacks: Option<PathBuf>,

    /// Leave out all models of one maker after another, whatever their set, and train anew on the corpora in this folder.
    #[arg(long, value_name = "CORPORA", conflicts_with_all = ["spliced", "attacks", "genres", "own_texts"])]
    makers: Option<PathBuf>,

    /// Leave out one group of genres after another, texts by people included, and train anew on the corpora in this folder.
    #[arg(long, value_name = "CORPORA", conflicts_with_all = ["spliced", "attacks", "own_texts"])]
    genres: Option<PathBuf>,

    /// Measure what each hundred of the texts written for this project adds (a curve for --learning), with the corpora in this folder.
    #[arg(long, value_name = "CORPORA", conflicts_with_all = ["spliced", "attacks"])]
    own_texts: Option<PathBuf>,

    /// Measure how well length, digits or quotation marks alone tell the classes apart in the training mix; .5 is not at all.
    #[arg(long, conflicts_with_all = ["spliced", "attacks"])]
    leaks: bool,

    /// Folder with the sets of texts written for this project.
    #[arg(long, value_name = "DIR", default_value = "datasets")]
    own: PathBuf,

    /// Write the table as CSV.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Write the left-out scores of every text as CSV, for looking at what is judged wrongly.
    #[arg(long, value_name = "FILE")]
    scores: Option<PathBuf>,

    /// Draw the evaluation as SVG files into this folder: ROC by family and by length, reliability, scores by set.
    #[arg(long, value_name = "DIR")]
    plots: Option<PathBuf>,

    /// With --plots: a CSV file with a learning curve to draw too. First column: number of texts; every other column: a curve.
    #[arg(long, value_name = "FILE", requires = "plots")]
    learning: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &Args) -> Outcome {
    if let Some(corpora) = &args.spliced {
        return spliced(args, corpora);
    }
    if let Some(corpora) = &args.attacks {
        return attacked(args, corpora);
    }
    for (corpora, protocol) in [
        (&args.makers, Protocol::Maker),
        (&args.genres, Protocol::Genre),
        (&args.own_texts, Protocol::OwnTexts),
    ] {
        if let Some(corpora) = corpora {
            return left_out(args, corpora, protocol);
        }
    }
    need_tables(&args.tables)?;
    let (columns, rows) = table::read(&args.tables).map_err(said)?;
    if args.leaks {
        let lines = leaks::evaluate(&rows, &columns).map_err(said)?;
        write!(std::io::stdout().lock(), "{}", leaks::text(&lines))?;
        return Ok(EXIT_CLEAR);
    }
    let raw = left_out_scores(&rows, &columns, &common::complain).map_err(said)?;
    let Some(flag) = Policy::default().machine.flag else {
        return Err(Failure::Said(
            "the shipped policy flags nothing on the machine axis".to_owned(),
        ));
    };
    let threshold = Threshold {
        p_value: flag.p_value,
        probability: flag.probability,
        min_words: MIN_WORDS,
    };
    let scored = judged(&rows, &raw, threshold).map_err(said)?;
    let table = lines(&scored);
    let mut out = std::io::stdout().lock();
    write!(out, "{}", text(&table))?;
    writeln!(
        out,
        "\nsyndicated head: AUROC of each left-out set against all texts that are not syndicated"
    )?;
    for (set, texts, auroc) in syndicated::evaluate(&rows, &columns).map_err(said)? {
        writeln!(out, "{set:<34} {texts:>6}  {auroc:.3}")?;
    }
    if let Some(path) = &args.out {
        let mut file = std::fs::File::create(path).map_err(|error| failed(path, &error))?;
        write_csv(&table, &mut file).map_err(|error| failed(path, &error))?;
    }
    if let Some(folder) = &args.plots {
        let learning = args.learning.as_deref();
        let labelled = scored.iter().filter(|(row, _)| row.label != Label::Unknown);
        let labelled: Vec<_> = labelled.copied().collect();
        plots::write(folder, &labelled, threshold.probability, learning).map_err(said)?;
    }
    if let Some(path) = &args.scores {
        let mut file = std::fs::File::create(path).map_err(|error| failed(path, &error))?;
        write_scores(&rows, &raw, &scored, &mut file).map_err(|error| failed(path, &error))?;
    }
    Ok(EXIT_CLEAR)
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::Said(format!("{}: {error}", path.display()))
}

/// Parts of documents that were spliced from texts of two authors.
fn spliced(args: &Args, corpora: &Path) -> Outcome {
    let detector = common::shipped()?;
    let lines = splice::evaluate(corpora, &args.own, &detector, &common::complain).map_err(said)?;
    write!(std::io::stdout().lock(), "{}", splice::text(&lines))?;
    write(args, |file| splice::write_csv(&lines, file))
}

/// Something else than a data set left out.
fn left_out(args: &Args, corpora: &Path, protocol: Protocol) -> Outcome {
    let detector = common::shipped()?;
    let experts = &detector.model().machine.experts;
    let stacked: Vec<Stacked> = experts
        .iter()
        .map(|expert| Stacked {
            calibration: expert.head.calibration,
            surprise: expert.surprise,
        })
        .collect();
    let (columns, rows) = pipeline::read(corpora, &args.own, &stages()?).map_err(said)?;
    let lines = protocols::evaluate(protocol, &rows, &columns, &stacked, &common::complain).map_err(said)?;
    write!(std::io::stdout().lock(), "{}", protocols::text(&lines))?;
    write(args, |file| match protocol {
        Protocol::OwnTexts => protocols::write_curve(&lines, file),
        _ => protocols::write_csv(&lines, file),
    })
}

/// Texts before and after each attack.
fn attacked(args: &Args, corpora: &Path) -> Outcome {
    let detector = common::shipped()?;
    let lines = attacks::evaluate(corpora, &args.own, &detector, &common::complain).map_err(said)?;
    write!(std::io::stdout().lock(), "{}", attacks::text(&lines))?;
    write(args, |file| attacks::write_csv(&lines, file))
}

/// Writes the table where `--out` says, if it does.
fn write(args: &Args, table: impl Fn(&mut dyn Write) -> Result<(), csv::Error>) -> Outcome {
    if let Some(path) = &args.out {
        let mut file = std::fs::File::create(path).map_err(|error| failed(path, &error))?;
        table(&mut file).map_err(|error| failed(path, &error))?;
    }
    Ok(EXIT_CLEAR)
}
