//! Cancel tokens: one thread cancels a token, and the calls that have it stop.

use crate::handles::{Handles, Kind};
use crate::lock;
use crate::memory_stats::Charge;
use crate::status::Failure;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// All open tokens of this process.
pub(crate) static TOKENS: Handles<Token> = Handles::new(Kind {
    object: "the token",
    opener: "swr_token_open",
    // Instances have 0: a token passed as instance, or the other way round, is never a valid handle.
    tag: 1 << 31,
});

/// Cancelled once, and then for good.
pub(crate) struct Token {
    cancelled: AtomicBool,
    _charge: Charge,
}

impl Token {
    pub(crate) fn new() -> Self {
        let mut charge = Charge::default();
        charge.add(size_of::<Token>());
        Token {
            cancelled: AtomicBool::new(false),
            _charge: charge,
        }
    }

    /// Returns at once: a running call stops at its next slice, a waiting one is woken.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        lock::wake_all();
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        // Nothing is read because of it, so it need not be ordered with anything.
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// The token of a call: None for 0.
pub(crate) fn find(handle: u64) -> Result<Option<Arc<Token>>, Failure> {
    match handle {
        0 => Ok(None),
        handle => TOKENS.get(handle).map(Some),
    }
}
