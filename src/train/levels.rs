//! Levels: the few values by which a feature stands in the tables.
//!
//! A number of full precision says no more to the dense stage, whose knots are quantiles, than the nearest of ten quantiles does,
//! and takes four times the room. A cell of a table is therefore one letter: `a` for the lowest level of its column, `.` for
//! unmeasurable. The shipped model scores exact values; its knots are levels.

use super::dense::quantile;

/// Quantiles that become levels. Those of the dense stage's knots are among them.
const QUANTILES: &[f64] = &[0.03, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 0.97, 0.999];

/// Letter of an unmeasurable value.
pub const NONE: u8 = b'.';

/// Two columns that correlate more than this say the same: the later one is left out.
const SAME: f64 = 0.8;
/// Fewest rows with both values by which that is judged.
const LEAST_ROWS: usize = 200;

/// Levels of a column: distinct quantiles of its measured values, ascending; at least one if any value is measured.
#[must_use]
pub fn of(values: &[Option<f64>]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let mut levels: Vec<f64> = QUANTILES.iter().filter_map(|&q| quantile(&sorted, q)).collect();
    levels.dedup();
    levels
}

/// Index of the level that is nearest to a value.
#[must_use]
pub fn nearest(levels: &[f64], value: f64) -> Option<usize> {
    let above = levels.partition_point(|&level| level <= value);
    let below = above.saturating_sub(1);
    let far = |at: usize| levels.get(at).map(|level| (level - value).abs());
    match (far(below), far(above)) {
        (Some(under), Some(over)) if over < under => Some(above),
        (Some(_), _) => Some(below),
        _ => None,
    }
}

/// Letter of a level.
#[must_use]
pub fn letter(level: Option<usize>) -> u8 {
    level.map_or(NONE, |level| b'a' + level as u8)
}

/// The value that a letter stands for; `None` if it is not one of this column's.
#[must_use]
pub fn value(levels: &[f64], letter: u8) -> Option<Option<f64>> {
    if letter == NONE {
        return Some(None);
    }
    let level = letter.checked_sub(b'a')?;
    levels.get(usize::from(level)).map(|&value| Some(value))
}

/// Which columns to keep, given for each its letters over the rows: those with more than one level that do not repeat an earlier
/// one, and those of `always`.
#[must_use]
pub fn independent(columns: &[Vec<u8>], always: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for (at, mine) in columns.iter().enumerate() {
        let repeats = || {
            kept.iter()
                .filter_map(|&other| columns.get(other))
                .any(|other| correlation(mine, other).abs() > SAME)
        };
        if always(at) || (varies(mine) && !repeats()) {
            kept.push(at);
        }
    }
    kept
}

fn varies(letters: &[u8]) -> bool {
    let mut measured = letters.iter().filter(|&&letter| letter != NONE);
    let first = measured.next();
    measured.any(|letter| Some(letter) != first)
}

/// Correlation of two columns' levels, near to the rank correlation (Spearman 1904); 0 if too few rows have both or one is
/// constant.
fn correlation(left: &[u8], right: &[u8]) -> f64 {
    let (mut n, mut sums) = (0_usize, [0_u64; 5]);
    for (&x, &y) in left.iter().zip(right) {
        if x == NONE || y == NONE {
            continue;
        }
        n += 1;
        let (x, y) = (u64::from(x), u64::from(y));
        for (sum, add) in sums.iter_mut().zip([x, y, x * x, y * y, x * y]) {
            *sum += add;
        }
    }
    if n < LEAST_ROWS {
        return 0.0;
    }
    let [x, y, xx, yy, xy] = sums.map(|sum| sum as f64 / n as f64);
    let spread = ((xx - x * x) * (yy - y * y)).sqrt();
    if spread > 1e-9 { (xy - x * y) / spread } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_level_is_found_on_both_sides_and_beyond() {
        let levels = [0.0, 1.0, 4.0];
        for (value, level) in [(-9.0, 0), (0.4, 0), (0.6, 1), (2.0, 1), (3.0, 2), (99.0, 2)] {
            assert_eq!(nearest(&levels, value), Some(level), "{value}");
        }
        assert_eq!(nearest(&[], 1.0), None);
    }

    #[test]
    fn a_letter_gives_its_level_back() {
        let levels = [0.0, 1.0, 4.0];
        for level in [None, Some(0), Some(2)] {
            let value = value(&levels, letter(level));
            assert_eq!(value, Some(level.map(|at| levels[at])));
        }
        assert_eq!(value(&levels, b'd'), None);
        assert_eq!(value(&levels, b'!'), None);
    }

    #[test]
    fn few_values_are_their_own_levels() {
        let counts: Vec<Option<f64>> = (0..100)
            .map(|at| Some(f64::from(u8::from(at > 96))))
            .chain([None])
            .collect();
        assert_eq!(of(&counts), [0.0, 1.0]);
        assert!(of(&[None]).is_empty());
    }

    #[test]
    fn a_column_that_repeats_another_is_left_out() {
        let first: Vec<u8> = (0..1000).map(|at| b'a' + (at * 7 % 10) as u8).collect();
        let mirrored: Vec<u8> = first.iter().map(|letter| b'a' + (b'j' - letter)).collect();
        let other: Vec<u8> = (0..1000).map(|at| b'a' + (at / 100) as u8).collect();
        let constant = vec![b'a'; 1000];
        let columns = [first, mirrored, other, constant];
        assert_eq!(independent(&columns, &|_| false), [0, 2]);
        assert_eq!(independent(&columns, &|at| at == 3), [0, 2, 3]);
    }
}
