//! Reading, examining and writing at once: one reader, several workers, one writer, in input order.
//!
//! A document in flight holds a ticket, and there are only so many: memory depends on the number of
//! threads, never on the number of documents. Results are put back into input order before they are
//! written, so the output is the same with any number of threads.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use super::Failure;
use super::common::Reading;
use super::inputs::{Counts, Walk, open};
use crate::read::read;
use crate::{Detector, Document, RawDocument, Verdict};

/// Documents in flight for each worker: enough that nobody waits for a slow neighbour.
const IN_FLIGHT_PER_WORKER: usize = 16;

/// Stack of a thread, in bytes: that of a main thread, so that all behave alike.
const STACK_BYTES: usize = 8 << 20;

/// A document that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Name of the input, with the line where one is known: the id in the output.
    pub id: String,
    /// What is wrong.
    pub message: String,
}

/// One document's result.
pub type Examined = Result<Box<(Document, Verdict)>, Unreadable>;

/// What to read and how.
#[derive(Clone)]
pub struct Job {
    /// The named inputs.
    pub named: Vec<PathBuf>,
    /// The output file, left out of folders.
    pub output: Option<PathBuf>,
    /// How to read.
    pub reading: Reading,
    /// Whether the parts of each document are wanted.
    pub parts: bool,
    /// What is counted on the way.
    pub counts: Arc<Counts>,
}

impl Job {
    /// Hands every document of every input to `take`, in order, until it says no.
    pub fn each(&self, mut take: impl FnMut(Result<RawDocument, Unreadable>) -> bool) {
        let walk = Walk::new(self.named.clone(), self.output.clone(), Arc::clone(&self.counts));
        for input in walk {
            let name = input.name();
            let stream = match open(&input, &self.counts) {
                Ok(stream) => stream,
                Err(message) => {
                    if !take(Err(Unreadable { id: name, message })) {
                        return;
                    }
                    continue;
                }
            };
            let options = self.reading.options(name.clone());
            for item in read(Box::new(stream), self.reading.format(), &options) {
                let item = item.map_err(|error| {
                    let at = error.position();
                    Unreadable {
                        id: at
                            .line
                            .map_or_else(|| at.name.clone(), |line| format!("{}:{line}", at.name)),
                        message: error.to_string(),
                    }
                });
                if !take(item) {
                    return;
                }
            }
        }
    }
}

/// Examines one document, its parts too if asked for. A defect in byline must not take the other documents with it.
pub fn examine(detector: &Detector, raw: RawDocument, parts: bool) -> Examined {
    let id = raw.id.clone();
    catch_unwind(AssertUnwindSafe(|| {
        let document = Document::new(raw);
        let mut verdict = detector.examine(&document);
        if parts {
            verdict.parts = Some(detector.parts(&document));
        }
        Box::new((document, verdict))
    }))
    .map_err(|_| Unreadable {
        id,
        message: "internal error while examining this document; please report it".to_owned(),
    })
}

/// Runs the job on `threads` workers and hands the results to `write` in input order.
///
/// # Errors
/// What `write` says; reading and examining then stop.
pub fn run(
    job: &Job,
    detector: Detector,
    threads: usize,
    write: &mut dyn FnMut(Examined) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if threads > 1 {
        return run_threads(job, detector, threads, write);
    }
    let mut result = Ok(());
    job.each(|item| {
        result = write(item.and_then(|raw| examine(&detector, raw, job.parts)));
        result.is_ok()
    });
    result
}

/// A document on its way, with its place in the input.
type Numbered<T> = (u64, T);

fn run_threads(
    job: &Job,
    detector: Detector,
    threads: usize,
    write: &mut dyn FnMut(Examined) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let in_flight = threads.saturating_mul(IN_FLIGHT_PER_WORKER);
    let (give_ticket, tickets) = sync_channel::<()>(in_flight);
    let (send_raw, raws) = sync_channel::<Numbered<Result<RawDocument, Unreadable>>>(in_flight);
    let (send_done, done) = sync_channel::<Numbered<Examined>>(in_flight);
    for _ in 0..in_flight {
        let _ = give_ticket.send(());
    }
    // The threads are not joined: when writing ends early, they may still wait for a slow input.
    let parts = job.parts;
    let detector = Arc::new(detector);
    let raws = Arc::new(Mutex::new(raws));
    for _ in 0..threads {
        let (detector, raws, send_done) = (Arc::clone(&detector), Arc::clone(&raws), send_done.clone());
        spawn(move || work(&detector, parts, &raws, &send_done))?;
    }
    drop(send_done);
    let reading = job.clone();
    spawn(move || {
        let mut at = 0;
        reading.each(|item| {
            let sent = tickets.recv().is_ok() && send_raw.send((at, item)).is_ok();
            at += 1;
            sent
        });
    })?;

    let mut waiting: BTreeMap<u64, Examined> = BTreeMap::new();
    let mut next = 0;
    for (at, examined) in &done {
        waiting.insert(at, examined);
        while let Some(examined) = waiting.remove(&next) {
            write(examined)?;
            next += 1;
            // Fails only after the reader has come to the end of the input.
            let _ = give_ticket.send(());
        }
    }
    Ok(())
}

fn spawn(body: impl FnOnce() + Send + 'static) -> Result<(), Failure> {
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(body)
        .map(drop)
        .map_err(|error| Failure::Said(format!("cannot start a thread: {error}")))
}

fn work(
    detector: &Detector,
    parts: bool,
    raws: &Mutex<Receiver<Numbered<Result<RawDocument, Unreadable>>>>,
    send_done: &SyncSender<Numbered<Examined>>,
) {
    loop {
        let next = match raws.lock() {
            Ok(raws) => raws.recv(),
            Err(_) => return,
        };
        let Ok((at, item)) = next else { return };
        if send_done
            .send((at, item.and_then(|raw| examine(detector, raw, parts))))
            .is_err()
        {
            return;
        }
    }
}
