//! The state of the call that an instance runs now: what its caller passed, and how a callback reaches the store.
//!
//! The pointers are set and used by the thread that holds the instance's lock and by no other; they
//! are atomic so that the type may move between threads, which the lock orders.

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
    /// Only of an instance with WASI.
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

/// Ends a call: what its caller passed is removed, also when a panic unwinds.
pub(crate) struct CallGuard<'a>(&'a CallState);

impl Drop for CallGuard<'_> {
    fn drop(&mut self) {
        self.0.host.store(ptr::null_mut(), Relaxed);
        self.0.token.store(ptr::null_mut(), Relaxed);
    }
}

/// Puts the former frame back on drop.
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
    /// Begins a call: `host` and `token` are used until the returned value, which borrows them, is dropped.
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

    /// What the caller of the running call passed; only for its thread.
    pub(crate) fn host(&self) -> Option<Host> {
        // SAFETY: `begin` set it, for the call on whose thread we are; its guard clears it.
        unsafe { self.host.load(Relaxed).as_ref() }.copied()
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        // SAFETY: as for `host`.
        unsafe { self.token.load(Relaxed).as_ref() }.is_some_and(Token::is_cancelled)
    }

    /// Runs `body` with the store of the callback that this thread is in; None if there is no
    /// callback, or if its store is in use further up on this thread's stack. Only for the thread that
    /// holds the instance's lock.
    pub(crate) fn with_frame<R>(
        &self,
        body: impl FnOnce(StoreContextMut<'_, StoreData>) -> R,
    ) -> Option<R> {
        let mut frame = NonNull::new(self.frame.load(Relaxed))?;
        // Taken away meanwhile: nobody else gets the store as long as `body` has it.
        let _lent = self.lend(ptr::null_mut());
        // SAFETY: `call_host` put it there, and waits for the callback that we are in. Only one
        // reference is made of it at a time, as `frame` is NULL until `_lent` is dropped.
        let caller = unsafe { frame.as_mut() };
        Some(body(caller.as_context_mut()))
    }

    fn lend(&self, frame: *mut Caller<'static, StoreData>) -> FrameGuard<'_> {
        FrameGuard {
            call_state: self,
            former: self.frame.swap(frame, Relaxed),
        }
    }

    /// A host function that calls the caller of the running call back. `name` is for texts.
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
            // A host function may run long: after it, the token is checked at once, not at the end of the slice.
            match call_state.is_cancelled() {
                true => Err(Error::host(Cancelled)),
                false => Ok(()),
            }
        })
    }

    /// Err holds the function's non-zero result, or nothing if there is no function.
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
            // SAFETY: the caller of the export gave us this function for the time of the call.
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
