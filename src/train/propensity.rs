//! How probable it is, by a few factors of a text alone, that a machine wrote it (propensity score; Rosenbaum & Rubin 1983).

/// Steps of the regression of the label on the classes.
const STEPS: usize = 60;
/// Curvature that a class has without rows, so that one of few rows says little.
const LEAST_CURVE: f64 = 1e-3;

/// Rows in the classes of some factors.
#[derive(Debug)]
pub struct Classes {
    /// For each row its class of each factor, as an index among the classes of all factors.
    of: Vec<Vec<usize>>,
    /// Classes of all factors.
    count: usize,
}

impl Classes {
    /// So many rows, without any factor yet.
    #[must_use]
    pub fn of_rows(rows: usize) -> Self {
        Self {
            of: vec![Vec::new(); rows],
            count: 0,
        }
    }

    /// The same with one factor more, a class of each row.
    #[must_use]
    pub fn with(mut self, classes: &[usize]) -> Self {
        let first = self.count;
        self.count += classes.iter().max().map_or(0, |most| most + 1);
        for (row, class) in self.of.iter_mut().zip(classes) {
            row.push(first + class);
        }
        self
    }

    /// The same with one factor more, a number that falls into so many classes by its quantiles.
    #[must_use]
    pub fn with_quantiles(self, values: &[f64], classes: usize) -> Self {
        let mut ascending = values.to_vec();
        ascending.sort_by(f64::total_cmp);
        let quantile = |class: usize| ascending.get(ascending.len() * class / classes).copied();
        let mut ends: Vec<f64> = (1..classes).filter_map(quantile).collect();
        ends.dedup();
        let class = |value: &f64| ends.partition_point(|end| end <= value);
        self.with(&values.iter().map(class).collect::<Vec<_>>())
    }

    /// For each row the probability that it is by a machine: a logistic regression on the classes in which row `at` counts
    /// `counted[at]` and both labels weigh alike, by diagonal Newton steps. For a weight, not for a verdict.
    #[must_use]
    pub fn propensities(&self, by_machine: &[bool], counted: &[f64]) -> Vec<f64> {
        let mass = |machine: bool| -> f64 {
            let mine = by_machine.iter().zip(counted).filter(|(is, _)| **is == machine);
            mine.map(|(_, weight)| weight).sum::<f64>().max(f64::MIN_POSITIVE)
        };
        let (people, machines) = (mass(false), mass(true));
        let factors = self.of.first().map_or(0, Vec::len) as f64;
        let mut regression = Regression {
            slopes: vec![0.0; self.count],
            offset: 0.0,
        };
        for _ in 0..STEPS {
            // Gradient and curvature of each class, and of the offset.
            let mut sums = vec![(0.0, LEAST_CURVE); self.count];
            let mut all = (0.0, LEAST_CURVE);
            for ((classes, &is), counted) in self.of.iter().zip(by_machine).zip(counted) {
                let weight = counted / if is { machines } else { people };
                let machine = regression.of(classes);
                let slope = (machine - f64::from(u8::from(is))) * weight;
                let curve = weight * machine * (1.0 - machine) * factors;
                for &class in classes {
                    if let Some(sum) = sums.get_mut(class) {
                        *sum = (sum.0 + slope, sum.1 + curve);
                    }
                }
                all = (all.0 + slope, all.1 + curve);
            }
            for (value, (slope, curve)) in regression.slopes.iter_mut().zip(&sums) {
                *value -= slope / curve;
            }
            regression.offset -= all.0 / all.1;
        }
        self.of.iter().map(|classes| regression.of(classes)).collect()
    }
}

struct Regression {
    slopes: Vec<f64>,
    offset: f64,
}

impl Regression {
    fn of(&self, classes: &[usize]) -> f64 {
        let slopes = classes.iter().filter_map(|&class| self.slopes.get(class));
        crate::model::sigmoid(self.offset + slopes.sum::<f64>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_machines_in_a_class_is_found_with_both_labels_weighed_alike() {
        // A machine wrote 1 of 10 texts in class 0 and 3 of 10 in class 1; people wrote four times as many in all.
        let classes: Vec<usize> = (0..20).map(|at| at / 10).collect();
        let by_machine: Vec<bool> = (0..20).map(|at| at == 0 || (10..13).contains(&at)).collect();
        let found = Classes::of_rows(20)
            .with(&classes)
            .propensities(&by_machine, &[1.0; 20]);
        let share = |machines: f64, people: f64| machines / 4.0 / (machines / 4.0 + people / 16.0);
        assert!((found[0] - share(1.0, 9.0)).abs() < 0.01, "{}", found[0]);
        assert!((found[19] - share(3.0, 7.0)).abs() < 0.01, "{}", found[19]);
    }

    #[test]
    fn a_number_falls_into_classes_by_its_quantiles() {
        let classes = Classes::of_rows(6)
            .with(&[0, 1, 0, 1, 0, 1])
            .with_quantiles(&[5.0, 0.0, 0.0, 0.0, 9.0, 7.0], 3);
        let of: Vec<[usize; 2]> = classes.of.iter().map(|row| [row[0], row[1]]).collect();
        assert_eq!(of, [[0, 3], [1, 3], [0, 3], [1, 3], [0, 4], [1, 4]]);
    }
}
