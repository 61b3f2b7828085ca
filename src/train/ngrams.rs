//! The sparse stage: a logistic model over hashed n-grams.
//!
//! linfa's classifiers take dense arrays, so this stage has its own trainer: AdaGrad (Duchi, Hazan & Singer 2011) on
//! the logistic loss, features of equal size 1/sqrt(number of n-grams). A bucket is used only if it occurs in several
//! data sets, which drops topics and names. Its score enters the dense stage as one feature and is always computed
//! for rows that the weights did not see.

use super::random::shuffled;
use super::row::{Label, Row};
use super::sets::FAMILIES;
use crate::measure::ngram::BUCKETS;
use crate::model::{NgramExpert, NgramStage};

/// Passes over the rows.
const EPOCHS: usize = 3;
/// Step of AdaGrad.
const RATE: f32 = 0.1;
/// Decay of the weights a step, relative; pulls weights of rare n-grams to 0.
const DECAY: f32 = 1e-4;
/// Fewest rows and data sets in which a bucket must occur.
const MIN_ROWS: u32 = 6;
const MIN_SETS: u16 = 4;

/// A trained stage before quantisation.
#[derive(Debug, Clone)]
pub struct Sparse {
    weights: Vec<f32>,
    offset: f32,
}

impl Sparse {
    /// Trains one expert on the human rows and the machine rows of its family among `rows` (in data-set order).
    #[must_use]
    pub fn train(rows: &[&Row], family: usize) -> Self {
        let rows: Vec<&Row> = rows
            .iter()
            .copied()
            .filter(|row| row.trains && !row.grams.is_empty())
            .filter(|row| row.label == Label::Human || row.family() == Some(family))
            .collect();
        let used = used_buckets(&rows);
        // Only what is used, once, instead of asking again in every pass.
        let kept: Vec<Vec<u32>> = rows
            .iter()
            .map(|row| {
                let known = |bucket: &&u32| used.get(**bucket as usize) == Some(&true);
                row.grams.iter().filter(known).copied().collect()
            })
            .collect();
        let importance = importance(&rows);
        let mut weights = vec![0.0_f32; BUCKETS as usize];
        let mut squares = vec![1e-8_f32; BUCKETS as usize];
        let (mut offset, mut offset_square) = (0.0_f32, 1e-8_f32);
        for epoch in 0..EPOCHS {
            for at in shuffled(rows.len(), epoch as u64) {
                let (Some(row), Some(grams), Some(&importance)) =
                    (rows.get(at), kept.get(at), importance.get(at))
                else {
                    continue;
                };
                let size = 1.0 / (row.grams.len() as f32).sqrt();
                let mut score = offset;
                for &bucket in grams {
                    score += weights.get(bucket as usize).copied().unwrap_or(0.0) * size;
                }
                let target = if row.label == Label::Machine { 1.0 } else { 0.0 };
                let slope = (1.0 / (1.0 + (-score).exp()) - target) * importance;
                offset_square += slope * slope;
                offset -= RATE * slope / offset_square.sqrt();
                let step = slope * size;
                for &bucket in grams {
                    let bucket = bucket as usize;
                    if let (Some(weight), Some(square)) = (weights.get_mut(bucket), squares.get_mut(bucket)) {
                        *square += step * step;
                        *weight -= RATE * (step / square.sqrt() + DECAY * *weight);
                    }
                }
            }
        }
        Self { weights, offset }
    }

    /// The weights as signed bytes, with the scale of one step.
    fn quantise(&self) -> (NgramExpert, Vec<i8>) {
        let largest = self
            .weights
            .iter()
            .fold(0.0_f32, |top, weight| top.max(weight.abs()));
        let scale = (f64::from(largest) / f64::from(i8::MAX)).max(1e-12);
        let weights = self
            .weights
            .iter()
            .map(|&weight| (f64::from(weight) / scale).round() as i8)
            .collect();
        let offset = f64::from(self.offset);
        (NgramExpert { scale, offset }, weights)
    }
}

/// Trains the stage of every expert.
#[must_use]
pub fn train(rows: &[&Row]) -> NgramStage {
    let mut stage = NgramStage {
        version: crate::measure::ngram::VERSION,
        experts: Vec::new(),
        weights: vec![0; BUCKETS as usize * FAMILIES.len()],
    };
    for family in 0..FAMILIES.len() {
        let (expert, weights) = Sparse::train(rows, family).quantise();
        stage.experts.push(expert);
        let places = stage.weights.iter_mut().skip(family).step_by(FAMILIES.len());
        for (place, weight) in places.zip(weights) {
            *place = weight;
        }
    }
    stage
}

/// Buckets that occur in enough rows and data sets.
fn used_buckets(rows: &[&Row]) -> Vec<bool> {
    let mut count = vec![0_u32; BUCKETS as usize];
    let mut sets = vec![0_u16; BUCKETS as usize];
    let mut last = vec![usize::MAX; BUCKETS as usize];
    for row in rows {
        for &bucket in &row.grams {
            let bucket = bucket as usize;
            if let (Some(count), Some(sets), Some(last)) =
                (count.get_mut(bucket), sets.get_mut(bucket), last.get_mut(bucket))
            {
                *count += 1;
                if *last != row.set {
                    *last = row.set;
                    *sets += 1;
                }
            }
        }
    }
    count
        .iter()
        .zip(&sets)
        .map(|(&count, &sets)| count >= MIN_ROWS && sets >= MIN_SETS)
        .collect()
}

/// Importance of each row: the two classes weigh alike, and within a class a data set weighs with the root of its size.
fn importance(rows: &[&Row]) -> Vec<f32> {
    let mut sizes = std::collections::BTreeMap::new();
    for row in rows {
        *sizes.entry((row.label, row.set)).or_insert(0_usize) += 1;
    }
    let mass = |label: Label| {
        sizes
            .iter()
            .filter(|(key, _)| key.0 == label)
            .map(|(_, &n)| (n as f64).sqrt())
            .sum::<f64>()
    };
    let (human, machine) = (mass(Label::Human).max(1.0), mass(Label::Machine).max(1.0));
    rows.iter()
        .map(|row| {
            let size = sizes.get(&(row.label, row.set)).map_or(1.0, |&n| n as f64);
            let class = if row.label == Label::Machine {
                machine
            } else {
                human
            };
            (rows.len() as f64 / 2.0 / class / size.sqrt()) as f32
        })
        .collect()
}
