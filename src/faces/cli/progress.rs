//! The progress bar on standard error.

use std::io::IsTerminal;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::inputs::Counts;

/// Work shorter than this shows no bar.
const SHOW_AFTER: Duration = Duration::from_secs(1);

/// A bar that shows itself only on a terminal, and only when the work lasts.
pub struct Progress {
    bar: Option<ProgressBar>,
    started: Instant,
    drawn: bool,
    documents: u64,
    total: Option<u64>,
}

impl Progress {
    /// `wanted`: not quiet, and the output itself does not scroll by on the terminal.
    /// `total`: bytes to read, where known.
    pub fn new(wanted: bool, total: Option<u64>) -> Self {
        let bar = (wanted && std::io::stderr().is_terminal())
            .then(|| ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden()));
        Self {
            bar,
            started: Instant::now(),
            drawn: false,
            documents: 0,
            total,
        }
    }

    /// One more document is done.
    pub fn step(&mut self, counts: &Counts) {
        self.documents += 1;
        let Some(bar) = &self.bar else { return };
        if !self.drawn {
            if self.started.elapsed() < SHOW_AFTER {
                return;
            }
            self.drawn = true;
            bar.set_draw_target(ProgressDrawTarget::stderr());
            let template = if self.total.is_some() {
                "{wide_bar} {percent}%  {msg}  {bytes_per_sec}  {eta} left"
            } else {
                "{spinner} {msg}  {bytes} read  {bytes_per_sec}"
            };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
        }
        bar.set_position(counts.bytes.load(Ordering::Relaxed));
        bar.set_message(format!("{} documents", self.documents));
    }

    /// Runs `say` with the bar out of the way.
    pub fn aside(&self, say: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }

    /// Takes the bar away.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
