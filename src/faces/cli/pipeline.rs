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

/// Most documents that are judged at a time, and bytes of text after which no further one joins them. A few are judged stage by
/// stage, because what a stage looks up then stays in the near caches: one by one takes 4 to 6 % longer.
const BATCH: usize = 16;
const BATCH_BYTES: usize = 64 << 10;

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

/// What comes from the reader.
type Item = Result<RawDocument, Unreadable>;

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
    pub fn each(&self, mut take: impl FnMut(Item) -> bool) {
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

/// Examines one document, its parts too if asked for.
pub fn examine(detector: &Detector, raw: RawDocument, parts: bool) -> Examined {
    judge(detector, document(raw)?, parts)
}

/// Examines some documents, stage by stage; the results in their order.
fn examine_all(detector: &Detector, items: Vec<Item>, parts: bool) -> Vec<Examined> {
    let documents: Vec<Result<Document, Unreadable>> =
        items.into_iter().map(|item| item.and_then(document)).collect();
    let judge = move |document: Result<Document, Unreadable>| judge(detector, document?, parts);
    documents.into_iter().map(judge).collect()
}

fn document(raw: RawDocument) -> Result<Document, Unreadable> {
    guarded(raw.id.clone(), || Document::new(raw))
}

fn judge(detector: &Detector, document: Document, parts: bool) -> Examined {
    guarded(document.raw().id.clone(), || {
        let mut verdict = detector.examine(&document);
        if parts {
            verdict.parts = Some(detector.parts(&document));
        }
        Box::new((document, verdict))
    })
}

/// A defect in byline must not take the other documents with it.
fn guarded<T>(id: String, work: impl FnOnce() -> T) -> Result<T, Unreadable> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Unreadable {
        id,
        message: "internal error while examining this document; please report it".to_owned(),
    })
}

/// Whether some items with so many bytes of text are as many as are judged at a time.
fn full(count: usize, bytes: usize) -> bool {
    count >= BATCH || bytes >= BATCH_BYTES
}

fn text_bytes(item: &Item) -> usize {
    item.as_ref().map_or(0, |raw| raw.text.len())
}

/// Runs the job on `threads` workers and hands the results to `write` in input order.
///
/// # Errors
/// What `write` says; reading and examining then stop.
pub fn run(
    job: &Job,
    detector: &Arc<Detector>,
    threads: usize,
    write: &mut dyn FnMut(Examined) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if threads > 1 {
        return run_threads(job, detector, threads, write);
    }
    // A document that somebody pipes in is not kept waiting for the next one.
    let waits = !job.named.iter().all(|path| path.is_file() || path.is_dir());
    let mut flush = |items| {
        examine_all(detector, items, job.parts)
            .into_iter()
            .try_for_each(&mut *write)
    };
    let mut result = Ok(());
    let (mut items, mut bytes) = (Vec::new(), 0);
    job.each(|item| {
        bytes += text_bytes(&item);
        items.push(item);
        if waits || full(items.len(), bytes) {
            result = flush(std::mem::take(&mut items));
            bytes = 0;
        }
        result.is_ok()
    });
    result.and_then(|()| flush(items))
}

/// A document on its way, with its place in the input.
type Numbered<T> = (u64, T);

fn run_threads(
    job: &Job,
    detector: &Arc<Detector>,
    threads: usize,
    write: &mut dyn FnMut(Examined) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let in_flight = threads.saturating_mul(IN_FLIGHT_PER_WORKER);
    let (give_ticket, tickets) = sync_channel::<()>(in_flight);
    let (send_raw, raws) = sync_channel::<Numbered<Item>>(in_flight);
    let (send_done, done) = sync_channel::<Numbered<Examined>>(in_flight);
    for _ in 0..in_flight {
        let _ = give_ticket.send(());
    }
    // The threads are not joined: when writing ends early, they may still wait for a slow input.
    let parts = job.parts;
    let raws = Arc::new(Mutex::new(raws));
    for _ in 0..threads {
        let (detector, raws, send_done) = (Arc::clone(detector), Arc::clone(&raws), send_done.clone());
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
    raws: &Mutex<Receiver<Numbered<Item>>>,
    send_done: &SyncSender<Numbered<Examined>>,
) {
    loop {
        let Ok(some) = raws.lock().map(|raws| some_of(&raws)) else {
            return;
        };
        if some.is_empty() {
            return;
        }
        let (places, items): (Vec<u64>, Vec<Item>) = some.into_iter().unzip();
        for done in places.into_iter().zip(examine_all(detector, items, parts)) {
            if send_done.send(done).is_err() {
                return;
            }
        }
    }
}

/// The next item, and those that are there already: at most half of a worker's share, so that no other one goes without. None at
/// the end.
fn some_of(raws: &Receiver<Numbered<Item>>) -> Vec<Numbered<Item>> {
    let mut some: Vec<Numbered<Item>> = raws.recv().into_iter().collect();
    let mut bytes = some.iter().map(|(_, item)| text_bytes(item)).sum();
    while !some.is_empty() && some.len() < IN_FLIGHT_PER_WORKER / 2 && !full(some.len(), bytes) {
        let Ok(next) = raws.try_recv() else { break };
        bytes += text_bytes(&next.1);
        some.push(next);
    }
    some
}
