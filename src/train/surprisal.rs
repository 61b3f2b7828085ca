//! The language model of an assistant's prose: counts, discounts, back-off ([`crate::model::Surprisal`]).
//!
//! Its only figure that carries over to left-out data sets is the mean surprisal itself, heard by the expert on the family whose prose
//! it is ([`super::calibrate`]). It is always taken by a model that did not see the text's fold.

use std::collections::{BTreeMap, HashMap};

use super::crossfit::left_out;
use super::row::{self, Label, Row};
use crate::measure::ngram::Unit;
use crate::model::{Costs, STEPS, Surprisal, pair, triple};

/// The family whose prose it is, and the expert that hears it: chat assistants of 2022-2024, of which there is most text.
pub const FAMILY: usize = 0;

/// Fewest rows and data sets in which a word must occur; others stand for their class by suffix.
const WORD_ROWS: u32 = 20;
const WORD_SETS: u32 = 5;
/// Fewest data sets in which a pair or a triple must occur: topics and prompts are dropped.
const GRAM_SETS: u32 = 6;
/// Units of a data set after which it is heard no longer, so that none shouts.
const SET_UNITS: usize = 200_000;
/// What is taken off every count (Ney, Essen & Kneser 1994).
const DISCOUNT: f64 = 0.75;
/// What every unit is given before it is met.
const GIVEN: f64 = 0.5;

/// How often something was met, and in how many data sets. Rows come data set by data set.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    times: u32,
    sets: u32,
    /// Number of the last set, from 1.
    last: u32,
}

impl Count {
    /// Notes a set; `times` is counted apart.
    fn in_set(&mut self, set: usize) {
        let set = set as u32 + 1;
        if self.last != set {
            self.last = set;
            self.sets += 1;
        }
    }

    fn kept(self) -> bool {
        self.sets >= GRAM_SETS && self.times >= 2
    }
}

/// Counts of pairs and triples. A pair at the start of a sentence counts as often as it was met, any other once for each
/// unit before it (Kneser & Ney 1995): "Francisco" is frequent, but after one word only.
#[derive(Debug, Default)]
struct Counts {
    units: HashMap<u32, u32>,
    pairs: HashMap<(u32, u32), Count>,
    triples: HashMap<(u32, u32, u32), Count>,
}

impl Counts {
    /// Counts a text of numbered units; 0 is the start of a sentence.
    fn add(&mut self, numbers: &[u32], set: usize) {
        // Without a start nothing is counted.
        let (mut before, mut one) = (None, None);
        for &number in numbers {
            if number == 0 {
                (before, one) = (None, Some(0));
                continue;
            }
            let Some(first) = one else { continue };
            let follows = match before {
                None => true,
                Some(zeroth) => {
                    let count = self.triples.entry((zeroth, first, number)).or_default();
                    count.in_set(set);
                    count.times += 1;
                    count.times == 1
                }
            };
            let count = self.pairs.entry((first, number)).or_default();
            count.in_set(set);
            if follows {
                count.times += 1;
                if count.times == 1 {
                    *self.units.entry(number).or_default() += 1;
                }
            }
            (before, one) = (Some(first), Some(number));
        }
    }

    /// The costs, and that of an unknown unit.
    fn costs(&self) -> (Costs, u8) {
        let all: f64 = self.units.values().map(|&times| f64::from(times)).sum();
        let all = all + GIVEN * self.units.len().max(1) as f64;
        let alone = |unit: u32| {
            let times = self.units.get(&unit).map_or(0.0, |&times| f64::from(times));
            (times + GIVEN) / all
        };
        let pairs = Order::of(
            self.pairs
                .iter()
                .map(|(&(first, second), &count)| (first, second, count)),
        );
        let triples = Order::of(
            self.triples
                .iter()
                .map(|(&(zeroth, first, second), &count)| ((zeroth, first), second, count)),
        );
        let after_one =
            |first: u32, second: u32| pairs.share(&first, second) + pairs.left(&first) * alone(second);
        let mut unit_costs: Vec<(u32, [u8; 2])> = self
            .units
            .keys()
            .map(|&unit| (unit, [cost(alone(unit)), cost(pairs.left(&unit))]))
            .collect();
        unit_costs.push((0, [0, cost(pairs.left(&0))]));
        // Pairs that are expected, and pairs after which something is expected.
        let expected = pairs.kept.keys().map(|&(first, second)| (first, second));
        let mut pair_costs: Vec<(u32, [u8; 2])> = expected
            .chain(triples.left.keys().copied())
            .map(|(first, second)| {
                // At least one step where a triple begins with the pair: 0 says that none does.
                let adds = triples
                    .left
                    .get(&(first, second))
                    .map_or(0, |&left| cost(left).max(1));
                (pair(first, second), [cost(after_one(first, second)), adds])
            })
            .collect();
        let mut triple_costs: Vec<(u32, [u8; 1])> = triples
            .kept
            .iter()
            .map(|(&((zeroth, first), second), &share)| {
                let left = triples.left(&(zeroth, first));
                let probability = share + left * after_one(first, second);
                (triple(pair(zeroth, first), second), [cost(probability)])
            })
            .collect();
        ascending(&mut unit_costs);
        ascending(&mut pair_costs);
        ascending(&mut triple_costs);
        // They are ascending now, and units and hashes of them are in range.
        let costs = Costs::new(&unit_costs, &pair_costs, &triple_costs).unwrap_or_default();
        (costs, cost(GIVEN / all))
    }
}

/// In the order of numbers; of the few that share one, one stays.
fn ascending<const N: usize>(costs: &mut Vec<(u32, [u8; N])>) {
    costs.sort_unstable();
    costs.dedup_by_key(|(number, _)| *number);
}

/// A probability as a cost in steps.
fn cost(probability: f64) -> u8 {
    // At most 255 steps, which is less likely than anything that training gives.
    (-probability.ln() * STEPS).round().clamp(0.0, 255.0) as u8
}

/// What is kept of the n-grams of one order.
struct Order<Context> {
    /// Discounted shares of what follows a context.
    kept: BTreeMap<(Context, u32), f64>,
    /// What they leave to the lower order, for each context of something kept.
    left: BTreeMap<Context, f64>,
}

impl<Context: Ord + Copy> Order<Context> {
    fn of(counts: impl Iterator<Item = (Context, u32, Count)>) -> Self {
        let mut sums: BTreeMap<Context, u64> = BTreeMap::new();
        let mut chosen: BTreeMap<(Context, u32), u32> = BTreeMap::new();
        for (context, unit, count) in counts {
            *sums.entry(context).or_default() += u64::from(count.times);
            if count.kept() {
                chosen.insert((context, unit), count.times);
            }
        }
        let mut kept = BTreeMap::new();
        let mut left = BTreeMap::new();
        for ((context, unit), times) in chosen {
            let sum = sums.get(&context).map_or(1.0, |&sum| sum as f64);
            let share = (f64::from(times) - DISCOUNT) / sum;
            *left.entry(context).or_insert(1.0) -= share;
            kept.insert((context, unit), share);
        }
        Self { kept, left }
    }

    fn share(&self, context: &Context, unit: u32) -> f64 {
        self.kept.get(&(*context, unit)).copied().unwrap_or(0.0)
    }

    fn left(&self, context: &Context) -> f64 {
        self.left.get(context).copied().unwrap_or(1.0)
    }
}

/// Whether a row is the prose that the model is of. Cut texts are parts of whole ones.
fn heard(row: &Row) -> bool {
    row.trains && !row.cut && row.family() == Some(FAMILY)
}

/// Trains the language model on those of some rows that are its family's.
#[must_use]
pub fn train(rows: &[&Row]) -> Surprisal {
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let rows: Vec<&Row> = rows
        .iter()
        .copied()
        .filter(|row| heard(row))
        .filter(|row| {
            let taken = taken.entry(row.set).or_default();
            let more = *taken < SET_UNITS;
            *taken += row.units.len();
            more
        })
        .collect();
    let mut words: HashMap<u32, Count> = HashMap::new();
    for row in &rows {
        let mut own: Vec<u32> = row.units.iter().map(|unit| unit.word).collect();
        own.sort_unstable();
        own.dedup();
        for word in own {
            let count = words.entry(word).or_default();
            count.in_set(row.set);
            count.times += 1;
        }
    }
    let known = |word: u32| {
        words
            .get(&word)
            .is_some_and(|count| count.times >= WORD_ROWS && count.sets >= WORD_SETS)
    };
    let mut counts = Counts::default();
    for row in &rows {
        let number = |unit: &Unit| match *unit {
            Unit::START => 0,
            Unit { word, .. } if known(word) => word,
            Unit { class, .. } => class,
        };
        let numbers: Vec<u32> = row.units.iter().map(number).collect();
        counts.add(&numbers, row.set);
    }
    let (costs, unknown) = counts.costs();
    Surprisal {
        version: crate::measure::ngram::VERSION,
        unknown,
        costs,
    }
}

/// Trains the model without each fold, fills the `surprisal` of every row that keeps its units, and returns the model of all rows.
#[must_use]
pub fn cross_fitted(rows: &mut [Row], say: &(dyn Fn(&str) + Sync)) -> Surprisal {
    let means = left_out(rows, "language model", say, |kept, out| {
        let model = train(kept);
        let mean = |row: &Row| model.mean(&row.units).map(row::round);
        out.iter()
            .filter_map(|&(at, row)| Some((at, mean(row)?)))
            .collect()
    });
    for (at, mean) in means {
        if let Some(row) = rows.get_mut(at) {
            row.surprisal = Some(mean);
        }
    }
    let all: Vec<&Row> = rows.iter().collect();
    train(&all)
}

/// Whether a row's units are needed: to train the model, or to be scored in the tables.
#[must_use]
pub fn needs_units(row: &Row) -> bool {
    row.tabled || (row.label == Label::Machine && heard(row))
}

#[cfg(test)]
mod tests {
    use super::super::sets::SETS;
    use super::*;

    fn unit(word: u32) -> Unit {
        Unit { word, class: 1 }
    }

    /// Rows of prose of the family: in each of some sets, `rows` times the same sentence.
    fn rows(sets: usize, rows: usize, sentence: &[u32]) -> Vec<Row> {
        let units: Vec<Unit> = std::iter::once(Unit::START)
            .chain(sentence.iter().map(|&word| unit(word)))
            .collect();
        let family: Vec<usize> = (0..SETS.len())
            .filter(|&set| SETS[set].family == FAMILY && SETS[set].trains)
            .take(sets)
            .collect();
        family
            .into_iter()
            .flat_map(|set| {
                std::iter::repeat_n(
                    Row {
                        set,
                        fold: SETS[set].fold("", ""),
                        label: Label::Machine,
                        trains: true,
                        tabled: true,
                        units: units.clone(),
                        ..Row::default()
                    },
                    rows,
                )
            })
            .collect()
    }

    fn model(rows: &[Row]) -> Surprisal {
        train(&rows.iter().collect::<Vec<_>>())
    }

    fn mean(model: &Surprisal, words: &[u32]) -> f64 {
        let words = words.iter().map(|&word| unit(word));
        let units: Vec<Unit> = std::iter::once(Unit::START).chain(words).collect();
        model.mean(&units).unwrap()
    }

    #[test]
    fn what_was_met_often_surprises_less_than_its_reverse_and_that_less_than_new_words() {
        let mut all = rows(8, 40, &[10, 20, 30, 40]);
        all.extend(rows(8, 40, &[40, 50, 10, 60]));
        all.sort_by_key(|row| row.set);
        let model = model(&all);
        let (met, turned) = (mean(&model, &[10, 20, 30, 40]), mean(&model, &[40, 30, 20, 10]));
        assert!(met < turned - 0.5, "{met} {turned}");
        assert!(turned < mean(&model, &[1000, 1001, 1002, 1003]));
    }

    #[test]
    fn human_and_cut_rows_and_what_few_sets_say_are_not_learnt() {
        let mut all = rows(8, 40, &[10, 20, 30, 40]);
        let learnt = model(&all);
        let mut others = rows(8, 40, &[70, 71, 72, 73]);
        others.iter_mut().enumerate().for_each(|(at, row)| {
            row.cut = at % 2 == 0;
            row.label = if row.cut { Label::Machine } else { Label::Human };
        });
        all.extend(others);
        assert_eq!(model(&all), learnt);
        let few = model(&rows(GRAM_SETS as usize - 1, 100, &[10, 20, 30, 40]));
        assert_eq!(few.costs.known()[1..], [0, 0]);
        assert!(learnt.costs.known()[1..].iter().all(|&known| known > 0));
    }

    #[test]
    fn the_probabilities_after_a_context_sum_to_one() {
        let mut all = rows(8, 40, &[10, 20, 30, 40]);
        all.extend(rows(8, 20, &[10, 30, 20, 40]));
        all.extend(rows(8, 10, &[20, 40, 10, 10]));
        all.sort_by_key(|row| row.set);
        let model = model(&all);
        // All units are known, and all stand for themselves.
        let sum: f64 = [10, 20, 30, 40]
            .iter()
            .map(|&last| {
                let longer = mean(&model, &[10, last]) * 2.0;
                (mean(&model, &[10]) - longer).exp()
            })
            .sum();
        assert!((sum - 1.0).abs() < 0.1, "{sum}");
    }

    #[test]
    fn no_row_is_scored_by_a_model_that_saw_its_fold() {
        let mut all = rows(12, 40, &[10, 20, 30, 40]);
        let fold = all[0].fold;
        // One fold says something that no other does.
        let own: Vec<Unit> = std::iter::once(Unit::START)
            .chain([80, 81, 82].map(unit))
            .collect();
        for row in all.iter_mut().filter(|row| row.fold == fold) {
            row.units = own.clone();
        }
        let kept: Vec<&Row> = all.iter().filter(|row| row.fold != fold).collect();
        let expected = row::round(train(&kept).mean(&own).unwrap());
        let of_all = cross_fitted(&mut all, &|_| {});
        assert_eq!(of_all, model(&all));
        let of_fold = all.iter().filter(|row| row.fold == fold);
        assert!(
            of_fold
                .map(|row| row.surprisal)
                .all(|mean| mean == Some(expected))
        );
    }
}
