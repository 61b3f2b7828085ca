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
    /// Looks the buckets of a text's n-grams up.
    #[must_use]
    pub fn look_up(&self, buckets: impl ExactSizeIterator<Item = u32>) -> Hits {
        let grams = buckets.len();
        let known = self.table.known(buckets);
        Hits {
            grams,
            weights: self.table.gather(&known),
            width: self.table.width,
            known: known.into_iter().map(|hit| hit.gram).collect(),
        }
    }

    /// Score of each expert: sum of the buckets' weights over the root of the number of n-grams, plus the offset. Empty for a
    /// text without n-grams.
    #[must_use]
    pub fn scores(&self, hits: &Hits) -> Vec<f64> {
        if hits.grams == 0 {
            return Vec::new();
        }
        let root = (hits.grams as f64).sqrt();
        let score = |(expert, at): (&NgramExpert, usize)| {
            let sum: i32 = hits.of(at).map(|(_, weight)| i32::from(weight)).sum();
            f64::from(sum) * expert.scale / root + expert.offset
        };
        self.experts.iter().zip(0..).map(score).collect()
    }
}

/// What a text's n-grams met in the table.
#[derive(Debug, Clone)]
pub struct Hits {
    grams: usize,
    /// The indices of those that have weights, in order.
    known: Vec<u32>,
    /// Their weights, gram by gram and within one expert by expert: fetched once from a table that no near cache holds.
    weights: Vec<i8>,
    width: usize,
}

impl Hits {
    /// The n-grams that have weights, by their index among those looked up, each with its weight for an expert.
    pub fn of(&self, expert: usize) -> impl Iterator<Item = (u32, i8)> + '_ {
        let weights = self.weights.iter().skip(expert).step_by(self.width.max(1));
        self.known.iter().copied().zip(weights.copied())
    }
}

/// An n-gram whose bucket has weights.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Hit {
    /// Its index among the n-grams looked up.
    gram: u32,
    /// The bucket's place among those with weights.
    place: u32,
}

/// Buckets in one word of a line.
const BLOCK: u32 = u64::BITS;
/// Words of a line.
const BLOCKS: usize = 6;

/// 384 buckets: which of them have weights, and how many that have some stand before each word of bits. One line of the
/// processor's cache, so that a look-up waits for memory once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(align(64))]
struct Line {
    used: [u64; BLOCKS],
    /// Buckets with weights before this line.
    before: u32,
    /// Buckets with weights of this line before each of its words.
    within: [u16; BLOCKS],
}

/// Buckets in a line.
const LINE: u32 = BLOCK * BLOCKS as u32;

impl Line {
    /// Whether a bucket of this line has weights: 1 or 0.
    fn has(&self, bucket: u32) -> usize {
        let word = self
            .used
            .get((bucket % LINE / BLOCK) as usize)
            .copied()
            .unwrap_or(0);
        (word >> (bucket % LINE % BLOCK) & 1) as usize
    }

    /// How many buckets with weights stand before a bucket of this line.
    fn rank(&self, bucket: u32) -> u32 {
        let at = (bucket % LINE / BLOCK) as usize;
        let below = (1_u64 << (bucket % LINE % BLOCK)) - 1;
        let here = self.used.get(at).map_or(0, |word| (word & below).count_ones());
        let within = self.within.get(at).copied().unwrap_or(0);
        self.before + u32::from(within) + here
    }
}

/// Weights of the buckets that have any. Most buckets have none: a bit tells, so that an n-gram that training did not meet costs
/// one look at a small table (rank over a bit vector; Jacobson 1989).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BucketTable {
    lines: Vec<Line>,
    buckets: usize,
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
        with_weights: impl IntoIterator<Item = (u32, &'a [i8])>,
    ) -> Option<Self> {
        let mut used = vec![0_u64; (buckets / BLOCK) as usize];
        let mut weights = Vec::new();
        let mut least = 0;
        for (bucket, mine) in with_weights {
            if bucket < least || mine.len() != width {
                return None;
            }
            least = bucket + 1;
            *used.get_mut((bucket / BLOCK) as usize)? |= 1 << (bucket % BLOCK);
            weights.extend_from_slice(mine);
        }
        Some(Self {
            lines: lines(&used),
            buckets: used.len() * BLOCK as usize,
            weights,
            width,
        })
    }

    /// Number of buckets, with or without weights.
    #[must_use]
    pub fn buckets(&self) -> usize {
        self.buckets
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

    /// The buckets that have weights. In two passes without a branch on what the table says: whether a bucket has weights is
    /// anybody's guess, and after a wrong guess the processor would begin anew to fetch what comes next.
    fn known(&self, buckets: impl ExactSizeIterator<Item = u32>) -> Vec<Hit> {
        let mut known = vec![Hit::default(); buckets.len()];
        let mut count = 0;
        for (bucket, gram) in buckets.zip(0..) {
            let line = self.lines.get((bucket / LINE) as usize);
            if let Some(slot) = known.get_mut(count) {
                *slot = Hit { gram, place: bucket };
            }
            count += line.map_or(0, |line| line.has(bucket));
        }
        known.truncate(count);
        for hit in &mut known {
            let line = self.lines.get((hit.place / LINE) as usize);
            hit.place = line.map_or(u32::MAX, |line| line.rank(hit.place));
        }
        known
    }

    /// The weights of a bucket, one an expert; empty for a bucket without.
    #[must_use]
    pub fn weights_of(&self, bucket: u32) -> &[i8] {
        let known = self.known(std::iter::once(bucket));
        known.first().map_or(&[], |hit| self.weights_at(*hit))
    }

    /// The weights of a bucket that was looked up, one an expert.
    fn weights_at(&self, hit: Hit) -> &[i8] {
        let start = hit.place as usize * self.width;
        self.weights.get(start..start + self.width).unwrap_or(&[])
    }

    /// The weights of some buckets, one after another.
    fn gather(&self, hits: &[Hit]) -> Vec<i8> {
        match self.width {
            1 => self.gather_of::<1>(hits),
            2 => self.gather_of::<2>(hits),
            3 => self.gather_of::<3>(hits),
            4 => self.gather_of::<4>(hits),
            _ => hits
                .iter()
                .flat_map(|hit| self.weights_at(*hit))
                .copied()
                .collect(),
        }
    }

    /// The same for a number of experts known to the compiler.
    fn gather_of<const WIDTH: usize>(&self, hits: &[Hit]) -> Vec<i8> {
        let (lines, _) = self.weights.as_chunks::<WIDTH>();
        let line = |hit: &Hit| lines.get(hit.place as usize).copied().unwrap_or([0; WIDTH]);
        hits.iter().flat_map(line).collect()
    }

    /// Appends the table as it stands in a model file.
    pub fn write(&self, out: &mut Vec<u8>) {
        let words = self.lines.iter().flat_map(|line| line.used);
        let words = words.take(self.buckets / BLOCK as usize);
        out.extend(words.flat_map(u64::to_le_bytes));
        out.extend(self.weights.iter().map(|weight| weight.cast_unsigned()));
    }

    /// Reads what [`Self::write`] wrote; `None` if the bytes are not a table of so many buckets and experts.
    #[must_use]
    pub fn read(bytes: &[u8], buckets: u32, width: usize) -> Option<Self> {
        let (bits, weights) = bytes.split_at_checked((buckets / 8) as usize)?;
        let (words, _) = bits.as_chunks::<8>();
        let used: Vec<u64> = words.iter().map(|word| u64::from_le_bytes(*word)).collect();
        let count: usize = used.iter().map(|used| used.count_ones() as usize).sum();
        (weights.len() == count * width).then(|| Self {
            lines: lines(&used),
            buckets: used.len() * BLOCK as usize,
            weights: weights.iter().map(|byte| byte.cast_signed()).collect(),
            width,
        })
    }
}

/// The lines of so many words of bits.
fn lines(used: &[u64]) -> Vec<Line> {
    let mut before = 0;
    let line = |words: &[u64]| {
        let mut line = Line {
            before,
            ..Line::default()
        };
        let mut within = 0_u16;
        for (word, (bits, rank)) in words.iter().zip(line.used.iter_mut().zip(&mut line.within)) {
            (*bits, *rank) = (*word, within);
            within += word.count_ones() as u16;
        }
        before += u32::from(within);
        line
    };
    used.chunks(BLOCKS).map(line).collect()
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
        let hits = table.known([0, 1, 64, 999].into_iter());
        assert_eq!(hits.iter().map(|hit| hit.gram).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(table.weights_at(hits[1]), [3, -3]);
        assert_eq!(table.gather(&hits), [1, -1, 3, -3]);
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
