//! Cancel tokens: cancelling a token stops all calls that use it.

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
    // Instances have 0, so a token passed as an instance, or the reverse, is never a valid handle.
    tag: 1 << 31,
});

/// A token; once it is cancelled, it stays cancelled.
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

    /// Returns at once. A running call stops at the end of its slice, a waiting one is woken.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        lock::wake_all();
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        // No other memory access depends on the order of this one.
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// The token for a handle; None for 0.
pub(crate) fn find(handle: u64) -> Result<Option<Arc<Token>>, Failure> {
    match handle {
        0 => Ok(None),
        handle => TOKENS.get(handle).map(Some),
    }
}
