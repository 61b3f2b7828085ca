//! The sparse stage: a logistic model over hashed n-grams.
//!
//! linfa's classifiers take dense arrays, so this stage has its own trainer: AdaGrad (Duchi, Hazan & Singer 2011) on
//! the logistic loss, features of equal size 1/sqrt(number of n-grams). A bucket is used only if it occurs in several
//! data sets, which drops topics and names. While it is trained, every data set has an offset of its own (a mixed model; Laird & Ware 1982),
//! which is thrown away afterwards: how often the texts of a set are a machine's is a matter of who collected them, and weights that have
//! to explain it learn what tells the sets apart. Its score is always computed for rows that the
//! weights did not see, and weighed against the dense stage's on such rows ([`super::calibrate`]).

use super::matching;
use super::random::shuffled;
use super::register;
use super::row::{Label, Row};
use super::sets::{FAMILIES, Family, SETS};
use crate::measure::ngram::{BUCKETS, GRAMS, bucket};
use crate::model::{BucketTable, NgramExpert, NgramStage};

/// Passes over the rows.
const EPOCHS: usize = 3;
/// Step of AdaGrad.
const RATE: f32 = 0.1;
/// Decay of the weights a step, relative; pulls weights of rare n-grams to 0.
const DECAY: f32 = 1e-4;
/// How strongly the offset of a data set is drawn to 0: of one that holds both classes, and of one that holds one alone, of which a
/// free offset would leave nothing to learn.
const DRAWN: [f32; 2] = [0.003, 0.03];
/// Step of AdaGrad for these offsets, of which there are few.
const OFFSET_RATE: f32 = 0.3;
/// Fewest rows and data sets in which an n-gram must occur.
const MIN_ROWS: u8 = 60;
const MIN_SETS: u8 = 12;
/// Steps of a quantised weight up to the size that this share of the weights does not exceed; finer ones rank no better, and make
/// a larger file.
const STEPS: u8 = 7;
const CLIP: f64 = 0.995;

/// A trained stage before quantisation: the weight of each used bucket.
#[derive(Debug, Clone)]
struct Sparse {
    weights: Vec<f32>,
    offset: f32,
}

impl Sparse {
    /// Trains one expert on the human rows and the machine rows of its family among `rows`; `vocabulary` are the used buckets.
    fn train(rows: &[&Row], family: usize, vocabulary: &Vocabulary) -> Self {
        let rows: Vec<&Row> = rows
            .iter()
            .copied()
            .filter(|row| row.label == Label::Human || row.family() == Some(family))
            .collect();
        // Only what is used, once, instead of asking again in every pass.
        let kept: Vec<Vec<u32>> = rows
            .iter()
            .map(|row| {
                row.grams
                    .iter()
                    .filter_map(|&number| vocabulary.place(number))
                    .collect()
            })
            .collect();
        let family = FAMILIES.get(family);
        let importance = family.map_or_else(Vec::new, |family| importance(&rows, family));
        let mut offsets = family
            .filter(|family| family.partners)
            .map(|_| Offsets::of(&rows));
        let mut weights = vec![0.0_f32; vocabulary.buckets.len()];
        let mut squares = vec![1e-8_f32; vocabulary.buckets.len()];
        let (mut offset, mut offset_square) = (0.0_f32, 1e-8_f32);
        for epoch in 0..EPOCHS {
            for at in shuffled(rows.len(), epoch as u64) {
                let (Some(row), Some(places), Some(&importance)) =
                    (rows.get(at), kept.get(at), importance.get(at))
                else {
                    continue;
                };
                let size = 1.0 / (row.grams.len() as f32).sqrt();
                let mut score = offset + offsets.as_ref().map_or(0.0, |offsets| offsets.at(row.set));
                for &place in places {
                    score += weights.get(place as usize).copied().unwrap_or(0.0) * size;
                }
                let target = if row.label == Label::Machine { 1.0 } else { 0.0 };
                let slope = (1.0 / (1.0 + (-score).exp()) - target) * importance;
                offset_square += slope * slope;
                offset -= RATE * slope / offset_square.sqrt();
                if let Some(offsets) = &mut offsets {
                    offsets.step(row.set, slope, importance);
                }
                let step = slope * size;
                for &place in places {
                    let place = place as usize;
                    if let (Some(weight), Some(square)) = (weights.get_mut(place), squares.get_mut(place)) {
                        *square += step * step;
                        *weight -= RATE * (step / square.sqrt() + DECAY * *weight);
                    }
                }
            }
        }
        Self { weights, offset }
    }

    /// The weights in steps of one size, with that size.
    fn quantise(&self) -> (NgramExpert, Vec<i8>) {
        let mut sizes: Vec<f32> = self.weights.iter().map(|weight| weight.abs()).collect();
        sizes.sort_by(f32::total_cmp);
        let last = sizes.len().saturating_sub(1);
        let large = sizes.get((last as f64 * CLIP) as usize).copied().unwrap_or(0.0);
        let scale = (f64::from(large) / f64::from(STEPS)).max(1e-12);
        let step = |&weight: &f32| (f64::from(weight) / scale).round().clamp(-127.0, 127.0) as i8;
        let offset = f64::from(self.offset);
        (
            NgramExpert { scale, offset },
            self.weights.iter().map(step).collect(),
        )
    }
}

/// The offset of every data set while a stage is trained.
struct Offsets {
    sets: Vec<Offset>,
}

#[derive(Clone, Copy)]
struct Offset {
    value: f32,
    square: f32,
    drawn: f32,
}

impl Offsets {
    fn of(rows: &[&Row]) -> Self {
        let holds = |set: usize, label: Label| rows.iter().any(|row| row.set == set && row.label == label);
        let [both, one] = DRAWN;
        let offset = |set: usize| Offset {
            value: 0.0,
            square: 1e-8,
            drawn: if holds(set, Label::Human) && holds(set, Label::Machine) {
                both
            } else {
                one
            },
        };
        Self {
            sets: (0..SETS.len()).map(offset).collect(),
        }
    }

    fn at(&self, set: usize) -> f32 {
        self.sets.get(set).map_or(0.0, |offset| offset.value)
    }

    /// A step for a row of a set: `slope` is that of the loss.
    fn step(&mut self, set: usize, slope: f32, importance: f32) {
        if let Some(offset) = self.sets.get_mut(set) {
            let slope = slope + offset.drawn * offset.value * importance;
            offset.square += slope * slope;
            offset.value -= OFFSET_RATE * slope / offset.square.sqrt();
        }
    }
}

/// Trains the stage of every expert.
#[must_use]
pub fn train(rows: &[&Row]) -> NgramStage {
    train_families(rows, &(0..FAMILIES.len()).collect::<Vec<_>>())
}

/// Trains a stage with an expert for each of these families.
#[must_use]
pub fn train_families(rows: &[&Row], families: &[usize]) -> NgramStage {
    let rows: Vec<&Row> = rows
        .iter()
        .copied()
        .filter(|row| row.trains && !row.grams.is_empty() && row.label != Label::Unknown)
        .collect();
    let vocabulary = Vocabulary::of(&rows);
    let trained = families
        .iter()
        .map(|&family| Sparse::train(&rows, family, &vocabulary).quantise());
    let (experts, weights): (Vec<NgramExpert>, Vec<Vec<i8>>) = trained.unzip();
    let lines: Vec<Vec<i8>> = (0..vocabulary.buckets.len())
        .map(|place| {
            weights
                .iter()
                .filter_map(|mine| mine.get(place).copied())
                .collect()
        })
        .collect();
    // A bucket that says nothing need not be known.
    let used = vocabulary
        .buckets
        .iter()
        .copied()
        .zip(lines.iter().map(Vec::as_slice));
    let used = used.filter(|(_, line)| line.iter().any(|&weight| weight != 0));
    NgramStage {
        version: crate::measure::ngram::VERSION,
        experts,
        // The vocabulary is ascending and below the number of buckets.
        table: BucketTable::new(BUCKETS, families.len(), used).unwrap_or_default(),
    }
}

/// The buckets that are used, and where each stands among them.
struct Vocabulary {
    buckets: Vec<u32>,
    places: Vec<u32>,
}

/// No place.
const NOWHERE: u32 = u32::MAX;

impl Vocabulary {
    /// The buckets of the n-grams that occur in enough rows and data sets. Rows come data set by data set.
    fn of(rows: &[&Row]) -> Self {
        #[derive(Clone, Copy)]
        struct Count {
            rows: u8,
            sets: u8,
            last: u8,
        }
        let none = Count {
            rows: 0,
            sets: 0,
            last: u8::MAX,
        };
        let mut counts = vec![none; GRAMS as usize];
        for row in rows {
            // There are fewer data sets than that.
            let set = row.set as u8;
            for &number in &row.grams {
                if let Some(count) = counts.get_mut(number as usize) {
                    count.rows = count.rows.saturating_add(1);
                    if count.last != set {
                        count.last = set;
                        count.sets += 1;
                    }
                }
            }
        }
        let mut buckets: Vec<u32> = (0..)
            .zip(&counts)
            .filter(|(_, count)| count.rows >= MIN_ROWS && count.sets >= MIN_SETS)
            .map(|(number, _)| bucket(number))
            .collect();
        buckets.dedup();
        let mut places = vec![NOWHERE; BUCKETS as usize];
        for (at, &bucket) in (0..).zip(&buckets) {
            if let Some(place) = places.get_mut(bucket as usize) {
                *place = at;
            }
        }
        Self { buckets, places }
    }

    /// Place of the bucket of an n-gram.
    fn place(&self, number: u32) -> Option<u32> {
        self.places
            .get(bucket(number) as usize)
            .copied()
            .filter(|&place| place != NOWHERE)
    }
}

/// Importance of each row: the two classes weigh alike, and within a class a data set weighs with the root of its size. Where the
/// sets of the family bring no human rows of their own, people's and machines' are matched; all are weighed by register.
fn importance(rows: &[&Row], family: &Family) -> Vec<f32> {
    let mut sizes = std::collections::BTreeMap::new();
    for row in rows {
        *sizes.entry((row.label, row.set)).or_insert(0_usize) += 1;
    }
    let size = |row: &Row| sizes.get(&(row.label, row.set)).map_or(1.0, |&n| n as f64);
    let matched = if family.partners {
        vec![1.0; rows.len()]
    } else {
        matching::weights(rows)
    };
    let counted: Vec<f64> = rows
        .iter()
        .zip(matched)
        .map(|(row, weight)| weight / size(row).sqrt())
        .collect();
    let by_register = register::weights(rows, &counted, family.register);
    let weights: Vec<f64> = counted
        .iter()
        .zip(by_register)
        .map(|(weight, by_register)| weight * by_register)
        .collect();
    let mass = |label: Label| -> f64 {
        let mine = rows.iter().zip(&weights).filter(|(row, _)| row.label == label);
        mine.map(|(_, weight)| weight).sum()
    };
    let (human, machine) = (mass(Label::Human), mass(Label::Machine));
    rows.iter()
        .zip(&weights)
        .map(|(row, weight)| {
            let class = if row.label == Label::Machine {
                machine
            } else {
                human
            };
            (rows.len() as f64 / 2.0 * weight / class) as f32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ngram_that_tells_sets_apart_weighs_less_than_one_that_tells_authors_apart() {
        let (set_mark, style) = (64, 128);
        let early = (0..SETS.len()).filter(|&set| SETS[set].family == 0 && SETS[set].trains);
        // In half of the sets nine texts in ten are a machine's and all bear a mark of the set; in the other half one in ten, none does.
        // In every set a machine uses a turn of phrase in three texts of four, a person in one of four.
        let mut rows = Vec::new();
        for (set, marked) in early.take(24).zip([true, false].into_iter().cycle()) {
            for at in 0..80 {
                let machine = (at % 10 == 0) != marked;
                let turn = (at / 10 % 4 == 0) != machine;
                let mut grams = vec![at * 64 + 6400];
                grams.extend(marked.then_some(set_mark));
                grams.extend(turn.then_some(style));
                rows.push(Row {
                    set,
                    label: if machine { Label::Machine } else { Label::Human },
                    trains: true,
                    grams,
                    ..Row::default()
                });
            }
        }
        let rows: Vec<&Row> = rows.iter().collect();
        let stage = train_families(&rows, &[0]);
        let weight = |number| {
            let weights = stage.table.weights_of(bucket(number));
            weights.first().copied().unwrap_or(0)
        };
        assert!(weight(style) > 0);
        assert!(
            2 * weight(set_mark) < weight(style),
            "{} {}",
            weight(set_mark),
            weight(style)
        );
    }
}
