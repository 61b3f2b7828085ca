//! What is wrong with a model that does not bind.

/// Why a model and this build do not fit.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BindError {
    /// A term's feature is not in this build.
    #[error("the model uses the feature `{0}`, which this build does not have")]
    Missing(String),
    /// A term's feature has another version in this build.
    #[error(
        "the model was trained with version {trained} of the feature `{name}`; this build has version {built}"
    )]
    Version {
        /// Feature.
        name: String,
        /// Version in the model.
        trained: u16,
        /// Version in this build.
        built: u16,
    },
    /// A term's knots and weights do not fit together.
    #[error("the model's term `{0}` is malformed: knots must ascend and each have a finite weight")]
    Malformed(String),
    /// A node of a head's trees asks what is not there, or leads back, or a tree has too many leaves.
    #[error(
        "the model's trees of the head `{0}` are malformed: a node must ask an input and a cut that there are and lead to later nodes, and a tree has at most 32 leaves"
    )]
    Trees(&'static str),
    /// A head's positive class is not the one that its place demands.
    #[error("the model's head `{head}` is oriented towards `{found}`")]
    Orientation {
        /// Head.
        head: &'static str,
        /// Its positive class in the file.
        found: String,
    },
    /// All weights are zero: training failed silently.
    #[error("the model's head `{0}` has no weight other than zero")]
    AllZero(&'static str),
    /// The n-gram stage has another number of buckets or experts.
    #[error(
        "the n-gram stage has {} buckets and {} experts; expected are {} and {}",
        found.0,
        found.1,
        expected.0,
        expected.1
    )]
    Buckets {
        /// Buckets and experts in the file.
        found: (usize, usize),
        /// Buckets of this build, experts of the model.
        expected: (usize, usize),
    },
    /// A lexicon differs from the one trained with.
    #[error("the lexicon `{0}` is not the one that the model was trained with")]
    Lexicon(String),
    /// A signature that a head counts differs from the one trained with.
    #[error("the signature `{0}`, which the model counts, is not the one that it was trained with")]
    Signature(String),
    /// A probe text does not give what it gave in training.
    #[error("probe {index}: {what} was {trained} in training and is {now} now")]
    Probe {
        /// Number of the probe, from 0.
        index: usize,
        /// Feature or head.
        what: String,
        /// Value in the file.
        trained: f64,
        /// Value in this build.
        now: f64,
    },
}
