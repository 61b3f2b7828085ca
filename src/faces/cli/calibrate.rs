//! `byline calibrate`: a profile of one's own human texts.

use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use super::common::{Reading, complain, shipped};
use super::inputs::{Counts, named};
use super::pipeline::{self, Job};
use super::score::told;
use super::sink::spare;
use super::{EXIT_CLEAR, EXIT_ERROR, Failure, Outcome};
use crate::document::word_hash;
use crate::model::{Model, OWN_ALONE, Profile};

const EXAMPLES: &str = "\
Examples:
  byline calibrate --human archive/ --out newsroom.toml
  byline score --profile newsroom.toml inbox/
  byline calibrate --human archive/ --check      would the p-values of a profile hold?

Exit codes: 0 done, 2 an error, or documents that could not be read.";

/// Make a profile of your own human texts, for `score --profile`.
///
/// A p-value is the share of human texts that score as high. The shipped ones rest on texts of many kinds; a profile puts the scores of
/// your own in their place, by length, so that the policy's thresholds hold for texts like yours. From 200 texts of a length on
/// they stand alone: of people's texts like them, at most one in a hundred then gets a p-value of 0.01. With fewer, the shipped table
/// fills up, and no p-value is below the share of your own that score as high. Give texts that people surely wrote, of the kind to be judged, at least
/// 20; every text counts once. The file holds scores, not texts, and fits only the model it was made with.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    /// Human texts: files, folders or `-` for standard input.
    #[arg(long, value_name = "FILE|DIR|-", required = true, num_args = 1..)]
    human: Vec<PathBuf>,

    /// Profile file to write [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Write no profile: make one from half of the texts and tell how many of the other half would get a small p-value, over ten
    /// drawings of the halves.
    #[arg(long, conflicts_with = "out")]
    check: bool,

    #[command(flatten)]
    reading: Reading,
}

/// A text that counts.
struct Text {
    /// Hash of what it says, by which the halves of a check are drawn.
    hash: u64,
    words: u32,
    log_odds: f64,
    /// Its p-value without a profile.
    shipped: f64,
}

/// Texts as a profile is made of them.
fn scores<'a>(texts: impl IntoIterator<Item = &'a Text>) -> Vec<(u32, f64)> {
    texts
        .into_iter()
        .map(|text| (text.words, text.log_odds))
        .collect()
}

/// Runs the command.
pub fn run(args: &Args) -> Outcome {
    let named = named(&args.human)?;
    if let Some(out) = &args.out {
        spare(out, &named)?;
    }
    let detector = shipped()?;
    let job = Job {
        named,
        output: args.out.as_ref().and_then(|path| path.canonicalize().ok()),
        reading: args.reading.clone(),
        parts: false,
        counts: Arc::new(Counts::default()),
    };
    let (mut texts, mut seen): (Vec<Text>, _) = (Vec::new(), HashSet::new());
    let (mut silent, mut twice, mut unread) = (0, 0, 0);
    job.each(|item| {
        match item.and_then(|raw| pipeline::examine(&detector, raw, false)) {
            Err(error) => {
                unread += 1;
                complain(&told(&error));
            }
            Ok(examined) => {
                let (document, verdict) = *examined;
                let hash = word_hash(document.text());
                if !seen.insert(hash) {
                    twice += 1;
                } else if verdict.machine.abstained.is_some() {
                    silent += 1;
                } else {
                    let words = u32::try_from(verdict.words).unwrap_or(u32::MAX);
                    texts.push(Text {
                        hash,
                        words,
                        log_odds: verdict.machine.log_odds,
                        shipped: verdict.machine.p_value,
                    });
                }
            }
        }
        true
    });
    for (count, what) in [
        (
            silent,
            "left out: the machine axis does not judge them (too short, not English, not prose)",
        ),
        (twice, "left out: the same text a second time"),
    ] {
        if count > 0 {
            complain(&format!("{count} {what}"));
        }
    }
    let name = args.out.as_ref().and_then(|path| path.file_stem());
    let name = name.map_or("own texts".into(), |stem| stem.to_string_lossy());
    let done = if unread > 0 { EXIT_ERROR } else { EXIT_CLEAR };
    if args.check {
        check(detector.model(), &texts)?;
        return Ok(done);
    }
    let profile = Profile::new(&name, detector.model(), &scores(&texts))
        .map_err(|error| Failure::Said(error.to_string()))?;
    let file = profile.to_toml();
    match &args.out {
        Some(path) => std::fs::write(path, file)
            .map_err(|error| Failure::Said(format!("cannot write {}: {error}", path.display())))?,
        None => std::io::stdout().lock().write_all(file.as_bytes())?,
    }
    summary(&profile, texts.len());
    Ok(done)
}

/// Drawings of the halves.
const ROUNDS: u32 = 10;
/// P-values that are checked.
const NOMINAL: [f64; 4] = [0.1, 0.05, 0.01, 0.005];

/// Tells how often texts that a profile has not seen get a small p-value from it, and from the shipped table.
fn check(model: &Model, texts: &[Text]) -> Result<(), Failure> {
    let mut counts = [[0_usize; 2]; NOMINAL.len()];
    let mut judged = 0_usize;
    for round in 0..ROUNDS {
        // FNV-1a's low bits follow the last bytes alone; a multiplication carries every bit upwards.
        let first = |text: &&Text| {
            text.hash
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(round * 3)
                >> 63
                == 0
        };
        let half = Profile::new("half", model, &scores(texts.iter().filter(first)));
        let profile = half.map_err(|error| {
            let all = texts.len();
            Failure::Said(format!(
                "a check makes its profile from half of the {all} texts that count: {error}"
            ))
        })?;
        for text in texts.iter().filter(|text| !first(text)) {
            judged += 1;
            let own = profile.p_value(text.words, text.log_odds, text.shipped);
            for (count, nominal) in counts.iter_mut().zip(NOMINAL) {
                count[0] += usize::from(own <= nominal);
                count[1] += usize::from(text.shipped <= nominal);
            }
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} texts, {ROUNDS} drawings of halves", texts.len())?;
    writeln!(
        out,
        "p-value at most   with a profile of the other half   as shipped"
    )?;
    for (count, nominal) in counts.iter().zip(NOMINAL) {
        let [own, shipped] = count.map(|count| count as f64 / judged.max(1) as f64);
        writeln!(out, "{nominal:<17} {own:<32.4} {shipped:.4}")?;
    }
    Ok(())
}

/// What the profile can promise.
fn summary(profile: &Profile, texts: usize) {
    let [median, high] = profile.log_odds();
    complain(&format!(
        "{texts} texts: half of them score above {median:+.1} (log-odds), one in a hundred above {high:+.1}"
    ));
    for (min_words, count) in profile.bands() {
        let promise = if count >= OWN_ALONE {
            format!("own p-values, down to {:.4}", 1.0 / (count as f64 + 1.0))
        } else if count > 0 {
            format!("own and shipped p-values mixed; {OWN_ALONE} texts would do without the shipped ones")
        } else {
            "shipped p-values".to_owned()
        };
        complain(&format!("from {min_words:>4} words: {count:>5} texts, {promise}"));
    }
}
