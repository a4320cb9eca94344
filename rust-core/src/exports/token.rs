//! Cancel tokens.

use crate::buffer::Buffer;
use crate::input;
use crate::panic::guard;
use crate::token::{TOKENS, Token};

/// Opens a cancel token; Close `*out` with swr_token_close. Any number of calls can use it.
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

/// Cancels all calls with the token, now and later: each returns SWR_CANCELED, except calls that were about
/// to return. A waiting call stops waiting, and a running one stops within about a millisecond. A host
/// function is not interrupted; its call stops when it returns. This function does not wait for the calls.
/// Cancelling twice is SWR_OK. It may be called on any thread, also in a callback.
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

/// Closes a token. Calls with the token continue and can no longer be cancelled. Closing twice is SWR_OK.
/// This may be called on any thread, also in a callback.
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
