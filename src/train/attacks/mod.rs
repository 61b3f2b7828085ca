//! Attacks: how much of what is found is still found when a text is disguised.
//!
//! Machine texts that did not train (see [`super::pairs`]) are scored before and after each attack, at the threshold that 1 % of the
//! undisguised human texts of the same kind reach.

mod disguise;

use std::io;
use std::path::Path;

use super::TrainError;
use super::corpus::Untrained;
use super::pairs::{PAIRS, Pair, Texts};
use super::random::Random;
use super::row::Label;
use crate::document::{Document, RawDocument, word_hash};
use crate::engine::Detector;
use crate::signature::Kind;
use crate::verdict::Verdict;

use disguise::{ATTACKS, Attack};

/// Most texts of a kind and label.
const TEXTS: usize = 400;
/// Fewest words of a text before the attack: the axis speaks from there on.
const WORDS: usize = 60;
/// Share of human texts that the threshold accuses.
const FPR: f64 = 0.01;

/// One line of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Kind of text, or `all` (mean over the kinds).
    pub set: String,
    /// The attack, or `none`.
    pub attack: &'static str,
    /// Human and machine texts.
    pub texts: [usize; 2],
    /// Share of machine texts found before the attack.
    pub before: f64,
    /// The same after it.
    pub after: f64,
    /// Share of human texts that reach the threshold after the same attack.
    pub humans: f64,
    /// Share of the attacked machine texts with a sign of tampering.
    pub reported: f64,
    /// Share of the attacked machine texts on which the axis abstains; their score is counted all the same.
    pub abstained: f64,
}

/// What is kept of a verdict.
#[derive(Clone, Copy)]
struct Seen {
    score: f64,
    tampered: bool,
    abstained: bool,
}

impl Seen {
    fn of(verdict: &Verdict) -> Self {
        Self {
            score: verdict.machine.log_odds,
            tampered: verdict.signs.iter().any(|sign| sign.kind == Kind::Tamper),
            abstained: verdict.machine.abstained.is_some(),
        }
    }
}

/// Attacks texts of the corpora.
///
/// # Errors
/// [`TrainError::Corpora`].
pub fn evaluate(
    corpora: &Path,
    own: &Path,
    detector: &Detector,
    say: &(dyn Fn(&str) + Sync),
) -> Result<Vec<Line>, TrainError> {
    let texts = Texts::read(corpora, own)?;
    let mut lines: Vec<Line> = Vec::new();
    for pair in PAIRS {
        lines.extend(pair_lines(pair, &texts, detector));
        say(pair.name);
    }
    let mut all: Vec<Line> = Vec::new();
    for attack in std::iter::once("none").chain(ATTACKS.iter().map(|attack| attack.name)) {
        let of: Vec<&Line> = lines.iter().filter(|line| line.attack == attack).collect();
        let mean = |figure: &dyn Fn(&Line) -> f64| {
            of.iter().map(|line| figure(line)).sum::<f64>() / of.len().max(1) as f64
        };
        let sum = |at: usize| of.iter().filter_map(|line| line.texts.get(at)).sum();
        all.push(Line {
            set: "all".to_owned(),
            attack,
            texts: [sum(0), sum(1)],
            before: mean(&|line| line.before),
            after: mean(&|line| line.after),
            humans: mean(&|line| line.humans),
            reported: mean(&|line| line.reported),
            abstained: mean(&|line| line.abstained),
        });
    }
    all.extend(lines);
    Ok(all)
}

fn pair_lines(pair: &Pair, texts: &Texts, detector: &Detector) -> Vec<Line> {
    let chosen = |label: Label| -> Vec<&Untrained> {
        let long = |text: &&Untrained| text.text.split_whitespace().count() >= WORDS;
        texts
            .of(pair, label)
            .into_iter()
            .filter(long)
            .take(TEXTS)
            .collect()
    };
    let (humans, machines) = (chosen(Label::Human), chosen(Label::Machine));
    let (plain_humans, plain_machines) = (seen(detector, &humans, None), seen(detector, &machines, None));
    let threshold = threshold(&plain_humans);
    let line = |attack: &'static str, humans: &[Seen], machines: &[Seen]| Line {
        set: pair.name.to_owned(),
        attack,
        texts: [humans.len(), machines.len()],
        before: share(&plain_machines, |seen| seen.score > threshold),
        after: share(machines, |seen| seen.score > threshold),
        humans: share(humans, |seen| seen.score > threshold),
        reported: share(machines, |seen| seen.tampered),
        abstained: share(machines, |seen| seen.abstained),
    };
    let mut lines = vec![line("none", &plain_humans, &plain_machines)];
    for attack in ATTACKS {
        let (humans, machines) = (
            seen(detector, &humans, Some(attack)),
            seen(detector, &machines, Some(attack)),
        );
        lines.push(line(attack.name, &humans, &machines));
    }
    lines
}

fn share(seen: &[Seen], of: impl Fn(&Seen) -> bool) -> f64 {
    seen.iter().filter(|seen| of(seen)).count() as f64 / seen.len().max(1) as f64
}

/// The score that at most [`FPR`] of these texts exceed.
fn threshold(humans: &[Seen]) -> f64 {
    let mut scores: Vec<f64> = humans.iter().map(|seen| seen.score).collect();
    scores.sort_by(|a, b| b.total_cmp(a));
    let allowed = (FPR * scores.len() as f64).floor() as usize;
    scores.get(allowed).copied().unwrap_or(f64::INFINITY)
}

/// Examines the texts after an attack, on two threads.
fn seen(detector: &Detector, texts: &[&Untrained], attack: Option<&Attack>) -> Vec<Seen> {
    let work = |texts: &[&Untrained]| {
        let one = |text: &&Untrained| {
            let flat = text.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let disguised = match attack {
                Some(attack) => (attack.disguise)(&flat, &mut Random::new(word_hash(&text.id))),
                None => flat,
            };
            Seen::of(&detector.examine(&Document::new(RawDocument {
                text: disguised,
                ..RawDocument::default()
            })))
        };
        texts.iter().map(one).collect::<Vec<Seen>>()
    };
    let (left, right) = texts.split_at(texts.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| work(right));
        let mut all = work(left);
        all.extend(other.join().unwrap_or_default());
        all
    })
}

/// Writes the table as CSV.
///
/// # Errors
/// What the sink says.
pub fn write_csv(lines: &[Line], out: &mut dyn io::Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "set",
        "attack",
        "human",
        "machine",
        "tpr_before",
        "tpr_after",
        "loss",
        "fpr_after",
        "reported",
        "abstained",
    ])?;
    for line in lines {
        let figures = [
            line.before,
            line.after,
            line.before - line.after,
            line.humans,
            line.reported,
            line.abstained,
        ];
        let mut record = vec![line.set.clone(), line.attack.to_owned()];
        record.extend(line.texts.map(|count| count.to_string()));
        record.extend(figures.map(|figure| format!("{figure:.5}")));
        writer.write_record(&record)?;
    }
    writer.flush()?;
    Ok(())
}

/// The table for a terminal.
#[must_use]
pub fn text(lines: &[Line]) -> String {
    let mut out = format!(
        "{:<24} {:<28} {:>6} {:>7}  {:>6} {:>6} {:>6}  {:>9} {:>8} {:>9}\n",
        "kind", "attack", "human", "machine", "before", "after", "loss", "FPR after", "reported", "abstained"
    );
    for line in lines {
        out.push_str(&format!(
            "{:<24} {:<28} {:>6} {:>7}  {:>6.3} {:>6.3} {:>6.3}  {:>9.3} {:>8.3} {:>9.3}\n",
            line.set,
            line.attack,
            line.texts[0],
            line.texts[1],
            line.before,
            line.after,
            line.before - line.after,
            line.humans,
            line.reported,
            line.abstained
        ));
    }
    out
}
