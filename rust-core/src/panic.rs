//! Catches panics in every export and returns `SWR_PANIC` with their message and place.

use crate::buffer::Buffer;
use crate::messages;
use crate::status::{Failure, SWR_OK};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

thread_local! {
    /// Number of exports that this thread is currently in; callbacks nest them.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    /// The text that the hook recorded for the panic that is unwinding on this thread.
    static CAUGHT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs the body of an export, returns its status and stores the error text in `error`.
///
/// # Safety
/// `error` is NULL or writable.
pub(crate) unsafe fn guard(error: *mut Buffer, body: impl FnOnce() -> Result<(), Failure>) -> i32 {
    let outcome = catch(body).unwrap_or_else(|text| Err(messages::panicked(text)));
    let (status, text) = match outcome {
        Ok(()) => (SWR_OK, Buffer::EMPTY),
        Err(failure) if error.is_null() => (failure.status, Buffer::EMPTY),
        Err(failure) => (failure.status, Buffer::new(failure.message.into_bytes())),
    };
    if !error.is_null() {
        // SAFETY: not NULL, writable by contract; the old content may be uninitialised.
        unsafe { error.write(text) };
    }
    status
}

/// Runs `body`; if it panics, the text of the panic is the error.
pub(crate) fn catch<T>(body: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(install_hook);
    // The thread-local is looked up only once, because in a shared library each look-up is a call.
    DEPTH.with(|depth| {
        depth.set(depth.get() + 1);
        // AssertUnwindSafe: the data that `body` can reach is either behind a lock that a panic poisons
        // (instance) or changed in one step (handles, memory_stats).
        let outcome = panic::catch_unwind(AssertUnwindSafe(body));
        let outcome = outcome.map_err(|payload| {
            discard(payload);
            CAUGHT.take().unwrap_or_else(messages::panic_unseen)
        });
        depth.set(depth.get() - 1);
        outcome
    })
}

/// Drops a panic's payload. Its Drop is foreign code and may panic, too. That second panic is caught here,
/// and its payload is leaked, because dropping it could panic again.
fn discard(payload: Box<dyn Any + Send>) {
    let first = CAUGHT.take();
    if let Err(second) = panic::catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(second);
    }
    CAUGHT.set(first);
}

/// Installs a hook that records panics inside an export and prints nothing, because stderr belongs to the
/// application. Outside of exports (only in tests, because this core starts no threads) it calls the previous
/// hook.
fn install_hook() {
    let former = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if DEPTH.get() > 0 {
            CAUGHT.set(Some(text(info)));
        } else {
            former(info);
        }
    }));
}

fn text(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map(|at| (at.file(), at.line()));
    messages::panic_text(info.payload_as_str(), place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::SWR_PANIC;

    struct PanicsOnDrop;

    impl Drop for PanicsOnDrop {
        fn drop(&mut self) {
            panic!("from the payload's drop");
        }
    }

    fn text_of(body: impl FnOnce()) -> String {
        let mut error = Buffer::EMPTY;
        // SAFETY: `error` is a local variable.
        let status = unsafe {
            guard(&mut error, || {
                body();
                Ok(())
            })
        };
        assert_eq!(status, SWR_PANIC);
        assert_eq!(DEPTH.get(), 0);
        // SAFETY: filled by guard, not yet freed.
        unsafe {
            let text = std::slice::from_raw_parts(error.ptr, error.len).to_vec();
            error.free();
            String::from_utf8(text).expect("UTF-8")
        }
    }

    #[test]
    fn payloads_of_every_kind() {
        let text = text_of(|| panic!("literal"));
        assert!(text.starts_with("literal (src/panic.rs:"), "{text}");
        let text = text_of(|| panic!("{} formatted", 1));
        assert!(text.starts_with("1 formatted (src/panic.rs:"), "{text}");
        let text = text_of(|| panic::panic_any(7_u8));
        assert!(text.starts_with("panic with a payload that is not text (src/"));
    }

    #[test]
    fn a_payload_that_panics_when_dropped() {
        let text = text_of(|| panic::panic_any(PanicsOnDrop));
        assert!(text.starts_with("panic with a payload that is not text (src/"));
    }

    /// Unwinding runs destructors. A destructor that catches a panic of its own must not hide the first one.
    #[test]
    fn an_export_called_from_an_export_keeps_its_own_text() {
        let text = text_of(|| {
            let inner = text_of_inner();
            assert!(inner.starts_with("inner"), "{inner}");
            panic!("outer");
        });
        assert!(text.starts_with("outer (src/panic.rs:"), "{text}");
    }

    fn text_of_inner() -> String {
        catch(|| panic!("inner")).map_or_else(|text| text, |()| String::new())
    }

    #[test]
    fn the_hook_leaves_panics_outside_of_exports_alone() {
        let _ = catch(|| ());
        let seen = std::thread::spawn(|| {
            let _ = panic::catch_unwind(|| panic!("expected on stderr: outside of an export"));
            CAUGHT.take()
        });
        assert_eq!(seen.join().expect("no panic"), None);
    }
}
