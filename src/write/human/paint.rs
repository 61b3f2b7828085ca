//! Terminal colours, or none.

use std::fmt::{Display, Formatter, Result};

use crate::signature::Axis;
use crate::verdict::Action;

/// Whether to colour.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    /// Colours on.
    pub on: bool,
}

/// A text with an SGR code (ECMA-48) around it, or bare.
pub struct Painted<T> {
    text: T,
    code: &'static str,
}

impl<T: Display> Display for Painted<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.code.is_empty() {
            // Keeps width and alignment of the caller's format.
            self.text.fmt(f)
        } else {
            write!(f, "\u{1b}[{}m", self.code)?;
            self.text.fmt(f)?;
            write!(f, "\u{1b}[0m")
        }
    }
}

impl Paint {
    fn with<T>(self, code: &'static str, text: T) -> Painted<T> {
        Painted {
            text,
            code: if self.on { code } else { "" },
        }
    }

    /// Important.
    pub fn bold<T>(self, text: T) -> Painted<T> {
        self.with("1", text)
    }

    /// Less important.
    pub fn dim<T>(self, text: T) -> Painted<T> {
        self.with("2", text)
    }

    /// Worth a look.
    pub fn warn<T>(self, text: T) -> Painted<T> {
        self.with("33", text)
    }

    /// The colour of an action.
    pub fn action<T>(self, action: Action, text: T) -> Painted<T> {
        self.with(
            match action {
                Action::Allow => "1;32",
                Action::Flag => "1;33",
                Action::Hold | Action::Reject => "1;31",
            },
            text,
        )
    }

    /// The colour of an axis.
    pub fn axis<T>(self, axis: Axis, text: T) -> Painted<T> {
        self.with(
            match axis {
                Axis::Declared => "31",
                Axis::Machine => "35",
                Axis::Syndicated => "34",
                Axis::None => "2",
            },
            text,
        )
    }
}
