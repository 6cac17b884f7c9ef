//! Reading ahead of who takes the items, with many threads.
//!
//! In: what is left to do for each item, threads. Out: the items in their order. Never: holds more than a few batches, however slow
//! the taker is.

use crate::item::{Item, Items, Job, Jobs};
use crate::refusals::few;
use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

/// Bytes of a batch.
const BATCH_BYTES: usize = 4 << 20;
/// Items of a batch.
const BATCH: usize = 256;

/// The items of `jobs`, in order, made by the threads of `pool` while those before are taken.
pub fn read_ahead(mut jobs: Jobs, pool: Arc<ThreadPool>) -> Items {
    let (give, take) = sync_channel::<Vec<Item>>(1);
    std::thread::spawn(move || {
        loop {
            let (mut batch, mut bytes): (Vec<Job>, usize) = (Vec::new(), 0);
            while batch.len() < BATCH && bytes < BATCH_BYTES {
                let Some(job) = jobs.next() else { break };
                bytes += job.bytes();
                batch.push(job);
            }
            if batch.is_empty() {
                return;
            }
            let items: Vec<Item> = pool.install(|| batch.into_par_iter().flat_map_iter(Job::run).collect());
            if give.send(items).is_err() {
                // nobody wants more
                return;
            }
        }
    });
    few(Box::new(take.into_iter().flatten()))
}
