//! Cancel tokens.

use crate::buffer::Buffer;
use crate::input;
use crate::panic::guard;
use crate::token::{TOKENS, Token};

/// Opens a cancel token; `*out` is to be closed with swr_token_close. Any number of calls may have it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_token_open(out: *mut u64, error: *mut Buffer) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let out = input::out("out", out, 0)?;
            *out = TOKENS.insert(Token::new());
            Ok(())
        })
    }
}

/// Cancels every call that has the token, now and later: each returns SWR_CANCELED, except those
/// that were about to return. One that waits for its turn stops waiting, one that runs stops within
/// about a millisecond; a host function is not interrupted, but is the last thing that its call does.
/// Returns at once and waits for none of them. Cancelling twice is SWR_OK. Any thread, also a callback.
///
/// Fails with SWR_CLOSED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_token_cancel(token: u64, error: *mut Buffer) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            TOKENS.get(token)?.cancel();
            Ok(())
        })
    }
}

/// Closes a token. A call that has it goes on and can no longer be cancelled. Closing twice is
/// SWR_OK. Any thread, also a callback.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_token_close(token: u64, error: *mut Buffer) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            TOKENS.remove(token)?;
            Ok(())
        })
    }
}
