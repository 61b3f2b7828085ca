//! Whether two texts tell what they have in common in the same order. Whoever rewords a text changes its words far more than its
//! order; two authors of one subject share words, and seldom an order.

/// A content stem that stands once in a text, with its place among the content words.
pub(super) type Place = (u64, u32);

/// The stems that stand just once, sorted, each with its place. Cost: one sort.
pub(super) fn places(stems: impl Iterator<Item = u64>) -> Vec<Place> {
    let mut all: Vec<Place> = stems.zip(0..).collect();
    all.sort_unstable();
    all.chunk_by(|x, y| x.0 == y.0)
        .filter(|group| group.len() == 1)
        .filter_map(|group| group.first().copied())
        .collect()
}

/// How far beyond chance the stems that both lists have stand in the same order: Kendall's S over its standard deviation (Kendall
/// 1938), as a logarithm that keeps the sign. 0 where fewer than two are shared, below 0 for the reverse order. It does not matter
/// which list is first. Cost: a sort of what is shared.
pub(super) fn agreement(a: &[Place], b: &[Place]) -> f64 {
    let mut shared = shared(a, b);
    shared.sort_unstable();
    let mut order: Vec<u32> = shared.into_iter().map(|(_, place)| place).collect();
    let count = order.len() as f64;
    let pairs = count * (count - 1.0) / 2.0;
    if pairs < 1.0 {
        return 0.0;
    }
    let reversed = 2.0 * inversions(&mut order) as f64;
    let deviation = (count * (count - 1.0) * 2.0f64.mul_add(count, 5.0) / 18.0).sqrt();
    let beyond = (pairs - reversed) / deviation;
    beyond.abs().ln_1p().copysign(beyond)
}

/// Places in both texts of the stems that both lists have.
fn shared(a: &[Place], b: &[Place]) -> Vec<(u32, u32)> {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut found = Vec::new();
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                found.push((x.1, y.1));
                a.next();
                b.next();
            }
        }
    }
    found
}

/// Pairs of values of which the first is the larger; sorts the values (Knight 1966).
fn inversions(values: &mut [u32]) -> usize {
    if values.len() < 2 {
        return 0;
    }
    let middle = values.len() / 2;
    let (left, right) = values.split_at_mut(middle);
    let mut count = inversions(left) + inversions(right);
    let mut waiting = left.len();
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let mut left = left.iter().copied().peekable();
    for &value in right.iter() {
        while let Some(smaller) = left.next_if(|first| *first <= value) {
            merged.push(smaller);
            waiting -= 1;
        }
        count += waiting;
        merged.push(value);
    }
    merged.extend(left);
    values.copy_from_slice(&merged);
    count
}

/// Length of the longest run, not necessarily of neighbours, that rises in the values of `order` (Fredman 1975).
pub(super) fn rising(order: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for &value in order {
        let at = ends.partition_point(|&end| end < value);
        match ends.get_mut(at) {
            Some(end) => *end = value,
            None => ends.push(value),
        }
    }
    ends.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rising_run() {
        assert_eq!(rising(&[3, 1, 2, 5, 4, 6]), 4);
        assert_eq!(rising(&[]), 0);
    }

    #[test]
    fn inversions_are_those_of_every_pair() {
        let values = [5, 1, 4, 2, 3, 9, 0];
        let mut by_hand = 0;
        for (at, one) in values.iter().enumerate() {
            by_hand += values[at + 1..].iter().filter(|other| *other < one).count();
        }
        let mut sorted = values;
        assert_eq!(inversions(&mut sorted), by_hand);
        assert_eq!(sorted, [0, 1, 2, 3, 4, 5, 9]);
        assert_eq!(inversions(&mut []), 0);
    }

    #[test]
    fn only_stems_that_stand_once_have_a_place() {
        assert_eq!(places([7, 3, 7, 5].into_iter()), [(3, 1), (5, 3)]);
    }

    #[test]
    fn the_same_order_speaks_for_itself_and_the_reverse_against() {
        let one = places(0..12);
        let reverse = places((0..12).rev());
        let same = agreement(&one, &one);
        // S = 66 pairs; its deviation is the root of 12 * 11 * 29 / 18.
        assert!((same - (66.0 / (12.0 * 11.0 * 29.0 / 18.0_f64).sqrt()).ln_1p()).abs() < 1e-12);
        assert!((same + agreement(&one, &reverse)).abs() < 1e-12);
        assert!(same > agreement(&places(0..6), &one), "more words say more");
        let mixed = places([4, 9, 1, 0, 7, 3].into_iter());
        assert!((agreement(&mixed, &one) - agreement(&one, &mixed)).abs() < 1e-12);
        assert_eq!(agreement(&one, &places(40..50)), 0.0);
        assert_eq!(agreement(&[], &one), 0.0);
    }
}
