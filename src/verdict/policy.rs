//! From axes to an action.

use super::{Action, Verdict};

/// The rules that turn a verdict's axes into an action.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Policy {}

/// What is wrong with a policy file.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("policy: {0}")]
pub struct PolicyError(pub String);

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// Bad TOML, unknown keys, values out of range: with the line.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        let _ = text;
        Ok(Self {})
    }

    /// Sets `action` and `reasons`. An abstaining axis and a quoted sign never lead to an action.
    pub fn decide(&self, verdict: &mut Verdict) {
        verdict.action = if verdict.declared.found {
            Action::Hold
        } else {
            Action::Allow
        };
    }
}
