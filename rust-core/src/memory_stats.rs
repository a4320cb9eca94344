//! The number that `swr_native_bytes` returns: memory that the core holds for its caller.

use std::sync::atomic::{AtomicI64, Ordering};

// Relaxed is enough, because no other memory access depends on the order of this sum.
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

    /// Keeps the charge after this value is dropped, until `resume`.
    pub(crate) fn suspend(self) {
        std::mem::forget(self);
    }

    /// The charge of bytes that was suspended.
    pub(crate) fn resume(bytes: usize) -> Self {
        Charge(i64::try_from(bytes).unwrap_or(i64::MAX))
    }
}

impl Drop for Charge {
    fn drop(&mut self) {
        BYTES.fetch_sub(self.0, Ordering::Relaxed);
    }
}
