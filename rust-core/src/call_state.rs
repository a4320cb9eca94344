//! The state of the call that an instance is running: the arguments of its caller, and the store for
//! callbacks.
//!
//! Only the thread that holds the instance's lock sets and uses the pointers. They are atomic so that the
//! type may move between threads; the lock orders these accesses.

use crate::budget::Budget;
use crate::host::Host;
use crate::limits::Limits;
use crate::messages;
use crate::token::Token;
use crate::values;
use crate::wasi::Context;
use std::ptr::{self, NonNull};
use std::sync::Arc;
use std::sync::atomic::{AtomicPtr, Ordering::Relaxed};
use wasmi::errors::HostError;
use wasmi::{AsContextMut, Caller, Error, Func, FuncType, StoreContextMut, Val};

/// Our data in the interpreter's store.
pub(crate) struct StoreData {
    pub(crate) budget: Budget,
    /// Only for an instance with WASI.
    pub(crate) wasi: Option<Context>,
}

impl StoreData {
    pub(crate) fn new(limits: &Limits) -> Self {
        StoreData {
            budget: Budget::new(limits),
            wasi: None,
        }
    }
}

#[derive(Default)]
pub(crate) struct CallState {
    host: AtomicPtr<Host>,
    token: AtomicPtr<Token>,
    frame: AtomicPtr<Caller<'static, StoreData>>,
}

/// Ends a call, even when a panic unwinds: it removes the caller's arguments.
pub(crate) struct CallGuard<'a>(&'a CallState);

impl Drop for CallGuard<'_> {
    fn drop(&mut self) {
        self.0.host.store(ptr::null_mut(), Relaxed);
        self.0.token.store(ptr::null_mut(), Relaxed);
    }
}

/// Restores the previous frame on drop.
struct FrameGuard<'a> {
    call_state: &'a CallState,
    former: *mut Caller<'static, StoreData>,
}

impl Drop for FrameGuard<'_> {
    fn drop(&mut self) {
        self.call_state.frame.store(self.former, Relaxed);
    }
}

impl CallState {
    /// Begins a call. The returned guard borrows `host` and `token`; they are used until it is dropped.
    pub(crate) fn begin<'a>(
        &'a self,
        host: Option<&'a Host>,
        token: Option<&'a Token>,
    ) -> CallGuard<'a> {
        let host = host.map_or(ptr::null(), ptr::from_ref);
        let token = token.map_or(ptr::null(), ptr::from_ref);
        self.host.store(host.cast_mut(), Relaxed);
        self.token.store(token.cast_mut(), Relaxed);
        CallGuard(self)
    }

    /// The host functions of the running call; only for its thread.
    pub(crate) fn host(&self) -> Option<Host> {
        // SAFETY: `begin` set it, for the call on this thread; its guard clears it.
        unsafe { self.host.load(Relaxed).as_ref() }.copied()
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        // SAFETY: as for `host`.
        unsafe { self.token.load(Relaxed).as_ref() }.is_some_and(Token::is_cancelled)
    }

    /// Runs `body` with the store of the callback that this thread is running; None if there is no callback,
    /// or if a function further up on this thread's stack uses its store. Only for the thread that holds the
    /// instance's lock.
    pub(crate) fn with_frame<R>(
        &self,
        body: impl FnOnce(StoreContextMut<'_, StoreData>) -> R,
    ) -> Option<R> {
        let mut frame = NonNull::new(self.frame.load(Relaxed))?;
        // Removed meanwhile, so that the store is not borrowed twice while `body` uses it.
        let _lent = self.lend(ptr::null_mut());
        // SAFETY: `call_host` set it, and waits for the callback on this thread. There is only one reference
        // at a time, because `frame` is NULL until `_lent` is dropped.
        let caller = unsafe { frame.as_mut() };
        Some(body(caller.as_context_mut()))
    }

    fn lend(&self, frame: *mut Caller<'static, StoreData>) -> FrameGuard<'_> {
        FrameGuard {
            call_state: self,
            former: self.frame.swap(frame, Relaxed),
        }
    }

    /// A host function that calls back the caller of the running call. `name` is for error texts.
    pub(crate) fn function(
        self: &Arc<Self>,
        store: impl AsContextMut<Data = StoreData>,
        import: u32,
        name: String,
        ty: FuncType,
    ) -> Func {
        let call_state = Arc::clone(self);
        Func::new(store, ty, move |caller, params, results| {
            call_state
                .call_host(import, caller, params, results)
                .map_err(|code| {
                    Error::host(HostStop {
                        name: name.clone(),
                        code,
                    })
                })?;
            // A host function may run for a long time, so the token is checked right after it, not only at
            // the end of the slice.
            match call_state.is_cancelled() {
                true => Err(Error::host(Cancelled)),
                false => Ok(()),
            }
        })
    }

    /// Err contains the function's non-zero result, or None if there is no function.
    fn call_host(
        &self,
        import: u32,
        mut caller: Caller<'_, StoreData>,
        params: &[Val],
        results: &mut [Val],
    ) -> Result<(), Option<i32>> {
        let host = self.host().ok_or(None)?;
        let call = host.call.ok_or(None)?;
        let mut few = [0; 16];
        let mut many;
        let slots = match few.get_mut(..params.len() + results.len()) {
            Some(few) => few,
            None => {
                many = vec![0; params.len() + results.len()];
                &mut many[..]
            }
        };
        let (args, answers) = slots.split_at_mut(params.len());
        for (arg, param) in args.iter_mut().zip(params) {
            *arg = values::to_slot(param).expect("imported functions have numbers only");
        }
        let code = {
            let _lent = self.lend(ptr::from_mut(&mut caller).cast());
            // SAFETY: the caller of the export passed this function, for the duration of the call.
            unsafe { call(host.ctx, import, args.as_ptr(), answers.as_mut_ptr()) }
        };
        if code != 0 {
            return Err(Some(code));
        }
        for (result, answer) in results.iter_mut().zip(answers) {
            let value = values::from_slot(result.ty(), *answer);
            *result = value.expect("imported functions have numbers only");
        }
        Ok(())
    }
}

/// Why a host function stopped the module: its non-zero code, or that there was no function.
#[derive(Debug)]
struct HostStop {
    name: String,
    code: Option<i32>,
}

impl std::fmt::Display for HostStop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&messages::host_stop(&self.name, self.code))
    }
}

impl HostError for HostStop {}

/// The output function stopped the call.
#[derive(Debug)]
pub(crate) struct OutputStop {
    pub(crate) stream: i32,
    pub(crate) code: i32,
}

impl std::fmt::Display for OutputStop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&messages::output_stop(self.stream, self.code))
    }
}

impl HostError for OutputStop {}

/// The token of the call was cancelled.
#[derive(Debug)]
pub(crate) struct Cancelled;

impl std::fmt::Display for Cancelled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("cancelled")
    }
}

impl HostError for Cancelled {}
