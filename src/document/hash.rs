//! The fixed hash of words, and maps whose keys are such hashes.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

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

/// A map from hashes: they are not hashed again.
pub(crate) type HashedMap<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;

/// A set of hashes, which are not hashed again.
pub(crate) type HashedSet = HashSet<u64, BuildHasherDefault<AsItIs>>;

/// A hasher for keys that are hashes already.
#[derive(Debug, Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
