//! A lock that allows one call at a time per instance: other threads wait, but none waits for itself.
//!
//! A callback may call the instance that called it, or two instances may call each other from two threads.
//! With a plain mutex these threads would hang forever; this lock detects that and returns an error.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// The lock for which each waiting thread waits. A thread is listed only while it is blocked, so the locks
/// that it holds cannot change: a chain of owners that is followed under this mutex is exact.
static WAITING: Mutex<BTreeMap<usize, Arc<CallLock>>> = Mutex::new(BTreeMap::new());

/// No thread.
const NOBODY: usize = 0;

#[derive(Default)]
pub(crate) struct CallLock {
    owner: AtomicUsize,
    waiters: AtomicUsize,
    released: Condvar,
}

/// The right to run; dropping it releases the lock.
pub(crate) struct Held<'a>(&'a CallLock);

/// The reason why a thread did not get the lock.
#[derive(Debug, PartialEq)]
pub(crate) enum Refused {
    /// The thread would have waited for itself.
    Busy,
    /// The call was cancelled.
    Cancelled,
}

impl CallLock {
    /// Waits for the lock, until `cancelled` returns true; `wake_all` makes it check again.
    pub(crate) fn enter(
        self: &Arc<Self>,
        cancelled: impl Fn() -> bool,
    ) -> Result<Held<'_>, Refused> {
        let me = this_thread();
        if cancelled() {
            return Err(Refused::Cancelled);
        }
        if self.try_take(me) {
            return Ok(Held(self));
        }
        let mut waiting = lock_waiting();
        // Set before the next attempt: either the attempt succeeds, or the owner sees a waiter.
        self.waiters.fetch_add(1, SeqCst);
        let taken = loop {
            // Before the check for cancellation: a release wakes one thread, which must not leave while the
            // lock is free.
            if self.try_take(me) {
                break Ok(Held(self));
            }
            if cancelled() {
                break Err(Refused::Cancelled);
            }
            if self.leads_to(me, &waiting) {
                break Err(Refused::Busy);
            }
            waiting.insert(me, Arc::clone(self));
            waiting = self
                .released
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
            waiting.remove(&me);
        };
        self.waiters.fetch_sub(1, SeqCst);
        drop(waiting);
        taken
    }

    /// Whether this thread holds the lock.
    pub(crate) fn is_mine(&self) -> bool {
        self.owner.load(SeqCst) == this_thread()
    }

    fn try_take(&self, me: usize) -> bool {
        self.owner
            .compare_exchange(NOBODY, me, SeqCst, SeqCst)
            .is_ok()
    }

    /// Whether the owner is `me`, or waits for a lock whose owner is `me`, and so on.
    fn leads_to(&self, me: usize, waiting: &BTreeMap<usize, Arc<CallLock>>) -> bool {
        let mut owner = self.owner.load(SeqCst);
        loop {
            if owner == me {
                return true;
            }
            match waiting.get(&owner) {
                Some(next) => owner = next.owner.load(SeqCst),
                None => return false,
            }
        }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.owner.store(NOBODY, SeqCst);
        if self.0.waiters.load(SeqCst) > 0 {
            // The waiting thread holds this mutex from its last attempt until it sleeps.
            let _waiting = lock_waiting();
            self.0.released.notify_one();
        }
    }
}

/// Makes every waiting thread check again whether it is cancelled.
pub(crate) fn wake_all() {
    for lock in lock_waiting().values() {
        lock.released.notify_all();
    }
}

fn lock_waiting() -> MutexGuard<'static, BTreeMap<usize, Arc<CallLock>>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A number that is unique among the living threads: the address of a thread-local.
fn this_thread() -> usize {
    thread_local!(static PLACE: u8 = const { 0 });
    PLACE.with(|place| std::ptr::from_ref(place).addr())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;
    use std::sync::atomic::AtomicU32;
    use std::thread;

    #[test]
    fn a_thread_that_holds_the_lock_is_refused() {
        let lock = Arc::new(CallLock::default());
        let held = lock.enter(|| false).expect("free");
        assert!(lock.enter(|| false).err() == Some(Refused::Busy));
        drop(held);
        assert!(lock.enter(|| false).is_ok());
    }

    #[test]
    fn only_one_thread_is_inside() {
        let lock = Arc::new(CallLock::default());
        let inside = AtomicU32::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..5_000 {
                        let _held = lock.enter(|| false).expect("no cycle");
                        assert_eq!(inside.fetch_add(1, SeqCst), 0);
                        inside.fetch_sub(1, SeqCst);
                    }
                });
            }
        });
        assert_eq!(lock.waiters.load(SeqCst), 0);
    }

    /// Two threads take two locks in opposite order, 1000 times: at least one of them gets through,
    /// and neither hangs.
    #[test]
    fn a_cycle_of_two_threads_is_refused() {
        let (a, b) = (Arc::new(CallLock::default()), Arc::new(CallLock::default()));
        for _ in 0..1_000 {
            let barrier = Barrier::new(2);
            let run = |first: &Arc<CallLock>, second: &Arc<CallLock>| {
                let _first = first.enter(|| false).expect("no cycle yet");
                barrier.wait();
                second.enter(|| false).is_ok()
            };
            let (one, two) = thread::scope(|scope| {
                let one = scope.spawn(|| run(&a, &b));
                let two = run(&b, &a);
                (one.join().expect("no panic"), two)
            });
            assert!(one ^ two, "exactly one is refused: {one} {two}");
        }
    }
}
