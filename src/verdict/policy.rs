//! From axes to an action.
//!
//! The rules are data: `models/policy.toml` is the shipped policy and documents every key.

use serde::Deserialize;
use toml::Spanned;

use super::{Action, Verdict, reasons};
use crate::signature::Axis;

/// The shipped policy file.
const SHIPPED: &str = include_str!("../../models/policy.toml");

/// The version of the policy file that this build reads.
const POLICY_FORMAT: i64 = 1;

/// When an axis asks for an action.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold {
    /// Smallest calibrated probability, 0 to 1.
    pub probability: f64,
    /// Largest share of human texts that score as high, 0 to 1. 1 on axes that have none.
    pub p_value: f64,
}

impl Threshold {
    /// Whether an answer reaches it. A number that is not finite reaches nothing.
    fn reached(self, probability: f64, p_value: f64) -> bool {
        probability >= self.probability && p_value <= self.p_value
    }

    /// Whether it is reached by a subset only of what reaches `milder`.
    fn at_least_as_strict_as(self, milder: Self) -> bool {
        self.probability >= milder.probability && self.p_value <= milder.p_value
    }
}

/// The thresholds of one axis, from mild to strict; `None` is "never".
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Steps {
    /// From here on a note among the reasons, without an action.
    pub note: Option<Threshold>,
    /// From here on [`Action::Flag`].
    pub flag: Option<Threshold>,
    /// From here on [`Action::Hold`].
    pub hold: Option<Threshold>,
    /// From here on [`Action::Reject`].
    pub reject: Option<Threshold>,
}

/// What an axis asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Asks {
    Nothing,
    Note,
    For(Action),
}

impl Steps {
    const NEVER: Self = Self {
        note: None,
        flag: None,
        hold: None,
        reject: None,
    };

    fn mild_to_strict(&self) -> [(&'static str, Asks, Option<Threshold>); 4] {
        [
            ("note", Asks::Note, self.note),
            ("flag", Asks::For(Action::Flag), self.flag),
            ("hold", Asks::For(Action::Hold), self.hold),
            ("reject", Asks::For(Action::Reject), self.reject),
        ]
    }

    /// The strictest step that is reached.
    fn ask(&self, probability: f64, p_value: f64) -> Asks {
        self.mild_to_strict()
            .into_iter()
            .filter(|(_, _, step)| step.is_some_and(|step| step.reached(probability, p_value)))
            .map(|(_, asks, _)| asks)
            .max()
            .unwrap_or(Asks::Nothing)
    }
}

/// The rules that turn a verdict's axes into an action.
///
/// [`Policy::default`] is the shipped one (`models/policy.toml`).
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// What a declaration leads to.
    pub declared: Action,
    /// What a declared sibling leads to, and the weakest tie to it that does; see [`Link`](super::Link).
    pub linked: Option<(Action, f64)>,
    /// When a machine-written style leads to what.
    pub machine: Steps,
    /// When marks of syndication lead to what.
    pub syndicated: Steps,
}

impl Default for Policy {
    /// The shipped policy.
    fn default() -> Self {
        // A test reads the shipped file, so the fallback never happens in a released build;
        // if it did, the harmless policy is the right one.
        Self::from_toml(SHIPPED).unwrap_or(Self::ALLOW_ALL)
    }
}

/// What is wrong with a policy file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", .line.map(|n| format!("line {n}: ")).unwrap_or_default())]
pub struct PolicyError {
    /// Line in the file, from 1, where known.
    pub line: Option<usize>,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: Spanned<i64>,
    #[serde(default)]
    declared: DeclaredTable,
    #[serde(default)]
    machine: StepsTable<MachineStep>,
    #[serde(default)]
    syndicated: StepsTable<SyndicatedStep>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct DeclaredTable {
    action: Option<Action>,
    linked: Option<Spanned<LinkedStep>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkedStep {
    action: Action,
    strength: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepsTable<S> {
    note: Option<Spanned<S>>,
    flag: Option<Spanned<S>>,
    hold: Option<Spanned<S>>,
    reject: Option<Spanned<S>>,
}

impl<S> Default for StepsTable<S> {
    fn default() -> Self {
        Self {
            note: None,
            flag: None,
            hold: None,
            reject: None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MachineStep {
    p_value: f64,
    probability: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SyndicatedStep {
    probability: f64,
}

impl From<&MachineStep> for Threshold {
    fn from(step: &MachineStep) -> Self {
        Self {
            probability: step.probability,
            p_value: step.p_value,
        }
    }
}

impl From<&SyndicatedStep> for Threshold {
    fn from(step: &SyndicatedStep) -> Self {
        Self {
            probability: step.probability,
            p_value: 1.0,
        }
    }
}

impl Policy {
    /// The policy that allows everything and gives no reasons.
    pub const ALLOW_ALL: Self = Self {
        declared: Action::Allow,
        linked: None,
        machine: Steps::NEVER,
        syndicated: Steps::NEVER,
    };

    /// The shipped policy file with its comments: the starting point for an own one.
    #[must_use]
    pub fn shipped_toml() -> &'static str {
        SHIPPED
    }

    /// Reads a policy file.
    ///
    /// # Errors
    /// Bad TOML, unknown keys, another format, values out of range, a strict step that is
    /// reached more easily than a milder one: with the line.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        let file: File = toml::from_str(text).map_err(|error| PolicyError {
            line: error.span().map(|span| line_of(text, span.start)),
            message: error.message().to_owned(),
        })?;
        let at = |byte: usize, message: String| PolicyError {
            line: Some(line_of(text, byte)),
            message,
        };
        if *file.format.get_ref() != POLICY_FORMAT {
            return Err(at(
                file.format.span().start,
                format!(
                    "policy format {} is unknown; this build reads format {POLICY_FORMAT}",
                    file.format.get_ref()
                ),
            ));
        }
        if let Some(step) = &file.declared.linked
            && !(0.0..=1.0).contains(&step.get_ref().strength)
        {
            let strength = step.get_ref().strength;
            return Err(at(
                step.span().start,
                format!("[declared] linked: strength is {strength}; it must lie between 0 and 1"),
            ));
        }
        Ok(Self {
            declared: file.declared.action.unwrap_or(Action::Allow),
            linked: file
                .declared
                .linked
                .map(|step| (step.get_ref().action, step.get_ref().strength)),
            machine: file.machine.check("machine", &at)?,
            syndicated: file.syndicated.check("syndicated", &at)?,
        })
    }

    /// Sets `action`, `decided_by` and `reasons`. The strictest action that an axis asks for wins;
    /// an abstaining axis and a declaration that only stands in a quotation ask for nothing.
    pub fn decide(&self, verdict: &mut Verdict) {
        let asked = [
            (Axis::Declared, self.ask_declared(verdict)),
            (Axis::Machine, self.ask_machine(verdict)),
            (Axis::Syndicated, self.ask_syndicated(verdict)),
        ];
        let action = asked
            .iter()
            .filter_map(|(_, asks)| match asks {
                Asks::For(action) => Some(*action),
                _ => None,
            })
            .max()
            .unwrap_or(Action::Allow);
        verdict.action = action;
        verdict.decided_by = asked
            .iter()
            .filter(|(_, asks)| action > Action::Allow && *asks == Asks::For(action))
            .map(|(axis, _)| *axis)
            .collect();

        let mut speaking: Vec<(Axis, Asks)> = asked
            .into_iter()
            .filter(|(_, asks)| *asks > Asks::For(Action::Allow) || *asks == Asks::Note)
            .collect();
        // Strictest first; the sort is stable, so equals keep the order of the axes.
        speaking.sort_by_key(|(_, asks)| std::cmp::Reverse(*asks));
        verdict.reasons = speaking
            .iter()
            .flat_map(|(axis, asks)| match axis {
                Axis::Declared if verdict.declared.found => reasons::declared(verdict),
                Axis::Declared => reasons::linked(verdict),
                Axis::Machine => vec![reasons::machine(&verdict.machine)],
                _ => vec![reasons::syndicated(&verdict.syndicated, *asks == Asks::Note)],
            })
            .collect();
    }

    fn ask_declared(&self, verdict: &Verdict) -> Asks {
        if reasons::deciding_signs(verdict).next().is_some() {
            return Asks::For(self.declared);
        }
        let strongest = verdict.declared.linked.iter().map(|link| link.strength);
        match self.linked {
            Some((action, least)) if strongest.fold(0.0, f64::max) >= least => Asks::For(action),
            _ => Asks::Nothing,
        }
    }

    fn ask_machine(&self, verdict: &Verdict) -> Asks {
        let axis = &verdict.machine;
        match axis.abstained {
            Some(_) => Asks::Nothing,
            None => self.machine.ask(axis.probability, axis.p_value),
        }
    }

    fn ask_syndicated(&self, verdict: &Verdict) -> Asks {
        let axis = &verdict.syndicated;
        match axis.abstained {
            Some(_) => Asks::Nothing,
            None => self.syndicated.ask(axis.probability, 0.0),
        }
    }
}

impl<S> StepsTable<S>
where
    Threshold: for<'a> From<&'a S>,
{
    fn check(&self, axis: &str, at: &dyn Fn(usize, String) -> PolicyError) -> Result<Steps, PolicyError> {
        let steps = [&self.note, &self.flag, &self.hold, &self.reject]
            .map(|step| step.as_ref().map(|step| Threshold::from(step.get_ref())));
        let [note, flag, hold, reject] = steps;
        let steps = Steps {
            note,
            flag,
            hold,
            reject,
        };
        let places = [&self.note, &self.flag, &self.hold, &self.reject]
            .map(|step| step.as_ref().map_or(0, |step| step.span().start));
        let mut milder: Option<(&str, Threshold)> = None;
        for ((name, _, step), place) in steps.mild_to_strict().into_iter().zip(places) {
            let Some(step) = step else { continue };
            for (key, value) in [("probability", step.probability), ("p_value", step.p_value)] {
                if !(0.0..=1.0).contains(&value) {
                    return Err(at(
                        place,
                        format!("[{axis}] {name}: {key} is {value}; it must lie between 0 and 1"),
                    ));
                }
            }
            if let Some((other, threshold)) = milder
                && !step.at_least_as_strict_as(threshold)
            {
                return Err(at(
                    place,
                    format!(
                        "[{axis}] {name} is reached more easily than {other}; a stricter action needs \
                         a probability at least as high and a p_value at most as large"
                    ),
                ));
            }
            milder = Some((name, step));
        }
        Ok(steps)
    }
}

/// The line, from 1, that a byte stands in.
fn line_of(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|b| *b == b'\n').count() + 1
}

#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;
