//! What `swr_native_bytes` reports: memory the core holds on behalf of its caller.

use std::sync::atomic::{AtomicI64, Ordering};

// Relaxed is enough: the figure is a sum that no one derives a happens-before from.
static BYTES: AtomicI64 = AtomicI64::new(0);

pub(crate) fn total() -> i64 {
    BYTES.load(Ordering::Relaxed)
}

/// Bytes charged to the total until this value is dropped.
#[derive(Debug, Default)]
pub(crate) struct Charge(i64);

impl Charge {
    pub(crate) fn add(&mut self, bytes: usize) {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        self.0 += bytes;
        BYTES.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn remove(&mut self, bytes: usize) {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        self.0 -= bytes;
        BYTES.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// Keeps the bytes charged after this value is dropped, until `resume`.
    pub(crate) fn suspend(self) {
        std::mem::forget(self);
    }

    /// The charge of bytes that a suspended one left behind.
    pub(crate) fn resume(bytes: usize) -> Self {
        Charge(i64::try_from(bytes).unwrap_or(i64::MAX))
    }
}

impl Drop for Charge {
    fn drop(&mut self) {
        BYTES.fetch_sub(self.0, Ordering::Relaxed);
    }
}
