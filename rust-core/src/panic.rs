//! The wall around every export: a panic stops here and becomes `SWR_PANIC` with message and place.

use crate::buffer::Buffer;
use crate::messages;
use crate::status::{Failure, SWR_OK};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

thread_local! {
    /// How many exports this thread is inside of; callbacks nest them.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    /// What the hook saw of the panic that is unwinding on this thread.
    static CAUGHT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs the body of an export: its status, with the error text put into `error`.
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

/// Runs `body`; a panic inside comes back as its text.
pub(crate) fn catch<T>(body: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(install_hook);
    // One look-up of the thread's variable: in a shared library each is a call.
    DEPTH.with(|depth| {
        depth.set(depth.get() + 1);
        // AssertUnwindSafe: what `body` reaches is either behind a lock that notices (instance) or
        // updated in one step (handles, memory_stats).
        let outcome = panic::catch_unwind(AssertUnwindSafe(body));
        let outcome = outcome.map_err(|payload| {
            discard(payload);
            CAUGHT.take().unwrap_or_else(messages::panic_unseen)
        });
        depth.set(depth.get() - 1);
        outcome
    })
}

/// Drops a panic's payload. Its Drop is foreign code and may panic as well: that second panic is
/// stopped here too, and its own payload leaks rather than being given a third chance.
fn discard(payload: Box<dyn Any + Send>) {
    let first = CAUGHT.take();
    if let Err(second) = panic::catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(second);
    }
    CAUGHT.set(first);
}

/// Inside an export the hook records and prints nothing, for stderr belongs to the application.
/// Elsewhere (only the tests' own threads, as this core starts none) it calls the former hook.
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
        // SAFETY: `error` is ours.
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

    /// Unwinding runs destructors; one that catches its own panic must not hide the first one.
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
