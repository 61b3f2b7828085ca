//! The sparse stage: a linear score of hashed n-grams for each expert of the machine axis.

use serde::{Deserialize, Serialize};

/// The n-gram stage of all experts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NgramStage {
    /// [`crate::measure::ngram::VERSION`] at training time.
    pub version: u16,
    /// In the order of the experts.
    pub experts: Vec<NgramExpert>,
    /// Quantised weights; kept apart from the JSON.
    #[serde(skip)]
    pub table: BucketTable,
}

/// Scale of one expert's n-gram score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NgramExpert {
    /// Weight of one quantisation step.
    pub scale: f64,
    /// Constant of the score.
    pub offset: f64,
}

impl NgramStage {
    /// Score of each expert: sum of the buckets' weights over the root of their number, plus the offset. Empty for a
    /// text without n-grams.
    #[must_use]
    pub fn scores(&self, buckets: impl ExactSizeIterator<Item = u32>) -> Vec<f64> {
        let count = buckets.len();
        if count == 0 {
            return Vec::new();
        }
        let sums = match self.experts.len() {
            1 => self.table.sums::<1>(buckets),
            2 => self.table.sums::<2>(buckets),
            3 => self.table.sums::<3>(buckets),
            4 => self.table.sums::<4>(buckets),
            width => self.table.sums_of(width, buckets),
        };
        let root = (count as f64).sqrt();
        let score =
            |(expert, &sum): (&NgramExpert, &i32)| f64::from(sum) * expert.scale / root + expert.offset;
        self.experts.iter().zip(&sums).map(score).collect()
    }
}

/// Buckets in one [`Block`].
const BLOCK: u32 = u64::BITS;

/// 64 buckets: which of them have weights, and how many have before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block {
    used: u64,
    before: u32,
}

/// Weights of the buckets that have any. Most buckets have none: a bit tells, so that an n-gram that training did not meet costs
/// one look at a small table (rank over a bit vector; Jacobson 1989).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BucketTable {
    blocks: Vec<Block>,
    /// Used bucket by used bucket and within one expert by expert, so that one look-up serves all experts.
    weights: Vec<i8>,
    width: usize,
}

impl BucketTable {
    /// A table of `buckets` buckets (a multiple of 64) with the weights of `width` experts each, from those that have some, in
    /// ascending order; `None` if they are not ascending, too high, or of another width.
    #[must_use]
    pub fn new<'a>(
        buckets: u32,
        width: usize,
        used: impl IntoIterator<Item = (u32, &'a [i8])>,
    ) -> Option<Self> {
        let mut blocks = vec![Block { used: 0, before: 0 }; (buckets / BLOCK) as usize];
        let mut weights = Vec::new();
        let mut least = 0;
        for (bucket, mine) in used {
            if bucket < least || mine.len() != width {
                return None;
            }
            least = bucket + 1;
            blocks.get_mut((bucket / BLOCK) as usize)?.used |= 1 << (bucket % BLOCK);
            weights.extend_from_slice(mine);
        }
        rank(&mut blocks);
        Some(Self {
            blocks,
            weights,
            width,
        })
    }

    /// Number of buckets, with or without weights.
    #[must_use]
    pub fn buckets(&self) -> usize {
        self.blocks.len() * BLOCK as usize
    }

    /// Number of buckets that have weights.
    #[must_use]
    pub fn used(&self) -> usize {
        self.weights.len() / self.width.max(1)
    }

    /// Number of experts.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Place of a bucket among the used ones.
    fn place(&self, bucket: u32) -> Option<usize> {
        let block = self.blocks.get((bucket / BLOCK) as usize)?;
        let bit = 1_u64 << (bucket % BLOCK);
        (block.used & bit != 0).then(|| (block.before + (block.used & (bit - 1)).count_ones()) as usize)
    }

    /// The weights of a bucket, one an expert; empty for a bucket without.
    #[must_use]
    pub fn weights_of(&self, bucket: u32) -> &[i8] {
        let start = self.place(bucket).map(|place| place * self.width);
        start
            .and_then(|start| self.weights.get(start..start + self.width))
            .unwrap_or(&[])
    }

    /// Sums of the weights of some buckets for a number of experts known to the compiler: the look-ups are most of the cost.
    fn sums<const WIDTH: usize>(&self, buckets: impl Iterator<Item = u32>) -> Vec<i32> {
        let (lines, _) = self.weights.as_chunks::<WIDTH>();
        let mut sums = [0_i32; WIDTH];
        for line in buckets.filter_map(|bucket| lines.get(self.place(bucket)?)) {
            for (sum, &weight) in sums.iter_mut().zip(line) {
                *sum += i32::from(weight);
            }
        }
        sums.to_vec()
    }

    /// The same for any number of experts.
    fn sums_of(&self, width: usize, buckets: impl Iterator<Item = u32>) -> Vec<i32> {
        let mut sums = vec![0_i32; width];
        for bucket in buckets {
            for (sum, &weight) in sums.iter_mut().zip(self.weights_of(bucket)) {
                *sum += i32::from(weight);
            }
        }
        sums
    }

    /// Appends the table as it stands in a model file.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.blocks.iter().flat_map(|block| block.used.to_le_bytes()));
        out.extend(self.weights.iter().map(|weight| weight.cast_unsigned()));
    }

    /// Reads what [`Self::write`] wrote; `None` if the bytes are not a table of so many buckets and experts.
    #[must_use]
    pub fn read(bytes: &[u8], buckets: u32, width: usize) -> Option<Self> {
        let (bits, weights) = bytes.split_at_checked((buckets / 8) as usize)?;
        let (words, _) = bits.as_chunks::<8>();
        let block = |word: &[u8; 8]| Block {
            used: u64::from_le_bytes(*word),
            before: 0,
        };
        let mut blocks: Vec<Block> = words.iter().map(block).collect();
        let used = rank(&mut blocks) as usize;
        (weights.len() == used * width).then(|| Self {
            blocks,
            weights: weights.iter().map(|byte| byte.cast_signed()).collect(),
            width,
        })
    }
}

/// Fills in how many used buckets stand before each block; returns their number.
fn rank(blocks: &mut [Block]) -> u32 {
    let mut before = 0;
    for block in blocks {
        block.before = before;
        before += block.used.count_ones();
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> BucketTable {
        let used: [(u32, &[i8]); 4] = [(0, &[1, -1]), (63, &[2, -2]), (64, &[3, -3]), (200, &[4, -4])];
        BucketTable::new(256, 2, used).unwrap()
    }

    #[test]
    fn a_bucket_gives_its_own_weights_and_an_unused_one_none() {
        let table = table();
        assert_eq!((table.buckets(), table.used(), table.width()), (256, 4, 2));
        assert_eq!(table.weights_of(63), [2, -2]);
        assert_eq!(table.weights_of(64), [3, -3]);
        assert_eq!(table.weights_of(200), [4, -4]);
        for bucket in [1, 62, 65, 255, 256, u32::MAX] {
            assert!(table.weights_of(bucket).is_empty(), "{bucket}");
        }
        assert_eq!(table.sums::<2>([0, 1, 64, 999].into_iter()), [4, -4]);
        assert_eq!(table.sums_of(2, [0, 1, 64, 999].into_iter()), [4, -4]);
    }

    #[test]
    fn a_table_survives_its_file_and_a_torn_one_is_refused() {
        let mut bytes = Vec::new();
        table().write(&mut bytes);
        assert_eq!(BucketTable::read(&bytes, 256, 2), Some(table()));
        assert_eq!(BucketTable::read(&bytes, 256, 3), None);
        assert_eq!(BucketTable::read(&bytes[..bytes.len() - 1], 256, 2), None);
        assert_eq!(BucketTable::read(&bytes[..9], 256, 2), None);
    }

    #[test]
    fn unsorted_or_foreign_buckets_make_no_table() {
        let weight: &[i8] = &[1];
        assert!(BucketTable::new(64, 1, [(3, weight), (3, weight)]).is_none());
        assert!(BucketTable::new(64, 1, [(64, weight)]).is_none());
        assert!(BucketTable::new(64, 2, [(3, weight)]).is_none());
    }
}
