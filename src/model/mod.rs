//! The model file, its binding to the features, and the score.
