//! Corpora -> a model file (feature `train`).
