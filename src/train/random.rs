//! A small seeded generator, so that every run draws the same.

/// A 64-bit linear congruential generator (Knuth's MMIX constants); ample for sampling.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// A generator; equal seeds give equal draws.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(0x9E37_79B9_7F4A_7C15))
    }

    /// A number below `bound` (0 for a bound of 0).
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

/// A fixed permutation of `0..count` (Fisher & Yates 1938).
#[must_use]
pub fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut random = Random::new(seed);
    for at in (1..count).rev() {
        order.swap(at, random.below(at + 1));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permutation_holds_every_index_once_and_depends_on_the_seed() {
        let mut order = shuffled(1000, 1);
        assert_ne!(order, shuffled(1000, 2));
        order.sort_unstable();
        assert!(order.into_iter().eq(0..1000));
    }
}
