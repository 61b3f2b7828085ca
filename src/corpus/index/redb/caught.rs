//! redb panics on some pages that something else has changed. Such a panic is caught and told as damage; what is left is that
//! the process's panic hook speaks before anybody can catch it. The hook is the program's and not ours, so it can ask.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    /// Calls of [`caught`] under way on this thread.
    static CATCHING: Cell<u32> = const { Cell::new(0) };
}

/// Whether a panic on this thread would be caught by an index and told as an error. For a panic hook, which need not report it.
#[must_use]
pub fn catches_panics() -> bool {
    CATCHING.with(|catching| catching.get() > 0)
}

/// Counts itself out again, on a panic too.
struct Catching;

impl Catching {
    fn begin() -> Self {
        CATCHING.with(|catching| catching.set(catching.get() + 1));
        Self
    }
}

impl Drop for Catching {
    fn drop(&mut self) {
        CATCHING.with(|catching| catching.set(catching.get().saturating_sub(1)));
    }
}

/// Does the work; `None` if it panicked.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    let _catching = Catching::begin();
    catch_unwind(AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hook_can_tell_while_the_work_runs_and_only_then() {
        assert!(!catches_panics());
        assert_eq!(caught(catches_panics), Some(true));
        assert_eq!(caught(|| caught(|| ()).is_some() && catches_panics()), Some(true));
        assert!(!catches_panics());
    }
}
