//! Feature bagging: the additive stage as the mean of models of which each hears a part of the features.
//!
//! A model that hears all features leans on the few that tell the texts of the training sets apart best, and the weights of the
//! others stay small; on texts of which these few say nothing it is left with little (weight undertraining; Sutton, Sindelar &
//! McCallum 2006). A model that hears a part of them must make the best of it, and parts dealt at random make unlike mistakes
//! (random subspaces; Ho 1998). All are additive in the same coordinates, so that their mean is one head, no larger or slower than
//! one model's.

use super::TrainError;
use super::dense::{self, Column};
use super::random::shuffled;
use super::row::Row;
use crate::model::{Calibration, Head, Term};

/// Into how many parts the features are dealt, and how often. Chosen on left-out sets among 1, 2, 3 and 6 parts: the more, the
/// better the worst of the older sets are ranked; with six fewer texts of the newer families are found.
const PARTS: usize = 3;
/// See [`PARTS`].
const DEALS: usize = 4;
/// What the mean is stretched by: models of parts say the same with less force than one of all features does. Chosen on left-out sets
/// among 1 and 1.4: with 1 the trees, which begin where the mean ends, find fewer texts of the newer families.
const STRETCH: f64 = 1.4;
/// Fewest features of a part; what is fewer than two parts is not dealt.
const FEWEST: usize = 10;

/// Fits a head on `rows`: the mean, weight by weight and stretched, of linfa's models of every part; see [`dense::fit`].
///
/// Cost: [`DEALS`] times that of one model of all columns.
///
/// # Errors
/// See [`dense::fit`].
pub fn fit(
    rows: &[&Row],
    columns: &[Column<'_>],
    class: &str,
    positive: &dyn Fn(&Row) -> bool,
) -> Result<Head, TrainError> {
    let parts = PARTS.min(columns.len() / FEWEST);
    if parts < 2 {
        return dense::fit(rows, &columns.iter().collect::<Vec<_>>(), class, positive);
    }
    let share = STRETCH / (parts * DEALS) as f64;
    let mut intercept = 0.0;
    let mut terms: Vec<Option<Term>> = columns.iter().map(|_| None).collect();
    for deal in 0..DEALS {
        let order = shuffled(columns.len(), deal as u64);
        for part in 0..parts {
            let mine: Vec<usize> = order.iter().skip(part).step_by(parts).copied().collect();
            let heard: Vec<&Column<'_>> = mine.iter().filter_map(|&at| columns.get(at)).collect();
            let head = dense::fit(rows, &heard, class, positive)?;
            intercept += share * head.intercept;
            for (at, term) in mine.into_iter().zip(head.terms) {
                if let Some(mean) = terms.get_mut(at) {
                    add(mean, term, share);
                }
            }
        }
    }
    Ok(Head {
        positive: class.to_owned(),
        intercept,
        terms: terms.into_iter().flatten().collect(),
        trees: None,
        calibration: Calibration::IDENTITY,
    })
}

/// Adds a share of a part's term to the mean. Knots and quartiles are those of the rows and the same in every part.
fn add(mean: &mut Option<Term>, term: Term, share: f64) {
    let mean = mean.get_or_insert_with(|| Term {
        weights: vec![0.0; term.weights.len()],
        usual: 0.0,
        ..term.clone()
    });
    mean.usual += share * term.usual;
    for (sum, weight) in mean.weights.iter_mut().zip(term.weights) {
        *sum += share * weight;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::dense::FEATURE_QUANTILES;
    use crate::train::random::Random;
    use crate::train::row::Label;

    fn columns(count: usize) -> Vec<Column<'static>> {
        let column = |at: usize| Column {
            name: format!("f{at}"),
            version: 1,
            value: Box::new(move |row: &Row| row.values.get(at).copied().flatten()),
            quantiles: FEATURE_QUANTILES,
        };
        (0..count).map(column).collect()
    }

    /// Rows with `width` features: the first is wrong about one row in fifty, each of the others about one in three.
    fn rows(width: usize) -> Vec<Row> {
        let mut random = Random::new(3);
        let mut row = |at: usize| {
            let machine = at % 2 == 1;
            let mut said = |feature: usize| {
                let wrong = random.below(100) < if feature == 0 { 2 } else { 33 };
                f64::from(u8::from(machine != wrong)) + random.below(10) as f64 / 100.0
            };
            Row {
                id: at.to_string(),
                label: if machine { Label::Machine } else { Label::Human },
                words: 100,
                values: (0..width).map(|feature| Some(said(feature))).collect(),
                ..Row::default()
            }
        };
        (0..2000).map(&mut row).collect()
    }

    fn machine(row: &Row) -> bool {
        row.label == Label::Machine
    }

    #[test]
    fn the_mean_leans_less_on_the_best_feature_than_one_model_does() {
        let rows = rows(30);
        let rows: Vec<&Row> = rows.iter().collect();
        let columns = columns(30);
        let bagged = fit(&rows, &columns, "machine", &machine).unwrap();
        let one = dense::fit(&rows, &columns.iter().collect::<Vec<_>>(), "machine", &machine).unwrap();
        // How much of all that speaks for a machine the first feature says.
        let lean = |head: &Head| {
            let reach = |term: &Term| term.part(Some(1.0)) - term.part(Some(0.0));
            let all: f64 = head.terms.iter().map(reach).sum();
            reach(&head.terms[0]) / all
        };
        assert_eq!(bagged.terms.len(), 30);
        assert!(
            bagged
                .terms
                .iter()
                .zip(&columns)
                .all(|(term, column)| term.feature == column.name)
        );
        assert!(
            lean(&bagged) < 0.95 * lean(&one),
            "{} {}",
            lean(&bagged),
            lean(&one)
        );
    }

    #[test]
    fn what_is_usual_is_the_mean_of_what_the_terms_say_of_people() {
        let rows = rows(30);
        let rows: Vec<&Row> = rows.iter().collect();
        let head = fit(&rows, &columns(30), "machine", &machine).unwrap();
        for (at, term) in head.terms.iter().enumerate() {
            let human = rows.iter().filter(|row| !machine(row));
            let parts: Vec<f64> = human.map(|row| term.part(row.values[at])).collect();
            let mean = parts.iter().sum::<f64>() / parts.len() as f64;
            assert!((mean - term.usual).abs() < 1e-9, "{mean} {}", term.usual);
        }
    }

    #[test]
    fn few_features_are_heard_together() {
        let rows = rows(5);
        let rows: Vec<&Row> = rows.iter().collect();
        let columns = columns(5);
        let one = dense::fit(&rows, &columns.iter().collect::<Vec<_>>(), "machine", &machine).unwrap();
        assert_eq!(fit(&rows, &columns, "machine", &machine).unwrap(), one);
    }
}
