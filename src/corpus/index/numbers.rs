//! Whole numbers in base 128: 7 bits a byte, the eighth says that more follow.

/// Writes a number.
pub(super) fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads packed numbers; `None` where the bytes end early.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers<'a>(pub &'a [u8]);

impl<'a> Numbers<'a> {
    pub(super) fn next(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..u64::BITS).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn next_usize(&mut self) -> Option<usize> {
        usize::try_from(self.next()?).ok()
    }

    /// So many bytes as they are.
    pub(super) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    #[cfg(feature = "store")]
    pub(super) fn next_u32(&mut self) -> Option<u32> {
        u32::try_from(self.next()?).ok()
    }

    /// Passes over so many numbers.
    #[cfg(feature = "store")]
    pub(super) fn skip(&mut self, mut numbers: usize) -> Option<()> {
        if numbers == 0 {
            return Some(());
        }
        let last = self.0.iter().position(|byte| {
            numbers -= usize::from(*byte < 0x80);
            numbers == 0
        })?;
        self.0 = self.0.get(last + 1..)?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_of_any_length_come_back(
            numbers in prop::collection::vec((any::<u64>(), 0_u32..64).prop_map(|(n, shift)| n >> shift), 0..40)
        ) {
            let mut bytes = Vec::new();
            for number in &numbers {
                put(&mut bytes, *number);
            }
            let mut reading = Numbers(&bytes);
            for number in &numbers {
                prop_assert_eq!(reading.next(), Some(*number));
            }
            prop_assert_eq!(reading.next(), None);
        }

        #[cfg(feature = "store")]
        #[test]
        fn skipping_is_reading(
            numbers in prop::collection::vec((any::<u64>(), 0_u32..64).prop_map(|(n, shift)| n >> shift), 0..60),
            from in 0_usize..60,
            count in 0_usize..60,
        ) {
            let mut bytes = Vec::new();
            for number in &numbers {
                put(&mut bytes, *number);
            }
            let mut skipping = Numbers(&bytes);
            for _ in 0..from.min(numbers.len()) {
                skipping.next().unwrap();
            }
            let mut reading = skipping;
            let read: Option<()> = (0..count).try_for_each(|_| reading.next().map(|_| ()));
            prop_assert_eq!(skipping.skip(count), read);
            if read.is_some() {
                prop_assert_eq!(skipping.0, reading.0);
            }
        }
    }
}
