//! The fixed hash of words.

/// FNV-1a, 64 bits (Fowler, Noll, Vo 1991), byte by byte.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fnv(u64);

impl Fnv {
    pub(super) const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub(super) const fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3);
    }

    pub(super) const fn get(self) -> u64 {
        self.0
    }
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo 1991), of a word's lower-case form: the hash that
/// [`Word::hash`](super::Word::hash) holds, the same on every machine and in every version.
#[must_use]
pub const fn word_hash(lower: &str) -> u64 {
    let mut hash = Fnv::new();
    let mut rest = lower.as_bytes();
    while let [byte, after @ ..] = rest {
        hash.add(*byte);
        rest = after;
    }
    hash.get()
}

/// [`word_hash`] of a word whose ASCII letters may be capitals.
pub(crate) fn ascii_lower_hash(word: &[u8]) -> u64 {
    let mut hash = Fnv::new();
    for byte in word {
        hash.add(byte.to_ascii_lowercase());
    }
    hash.get()
}
