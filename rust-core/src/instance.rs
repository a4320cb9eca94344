//! A running module, which one thread at a time can call.

use crate::call;
use crate::call_state::{CallState, StoreData};
use crate::engine::Engine;
use crate::exports_table::{ExportsTable, Function};
use crate::handles::{Handles, Kind};
use crate::host::Host;
use crate::imports::Imports;
use crate::input::Slot;
use crate::limits::Limits;
use crate::lock::{CallLock, Held, Refused};
use crate::messages;
use crate::status::Failure;
use crate::token::Token;
use crate::values;
use crate::wasi::Wasi;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use wasmi::{AsContextMut, Error, FuncType, StoreContextMut};

/// All open instances of this process.
pub(crate) static INSTANCES: Handles<Instance> = Handles::new(Kind {
    object: "the instance",
    opener: "swr_instance_open",
    tag: 0,
});

pub(crate) struct Instance {
    lock: Arc<CallLock>,
    closed: AtomicBool,
    limits: Limits,
    pub(crate) exports: ExportsTable,
    start: Option<Function>,
    call_state: Arc<CallState>,
    /// Never contended, because `lock` is taken first; poisoned if a call panicked.
    engine: Mutex<Engine>,
}

/// The arguments that all calls have.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) host: Option<&'a Host>,
    pub(crate) token: Option<&'a Token>,
}

impl Call<'_> {
    fn is_cancelled(&self) -> bool {
        self.token.is_some_and(Token::is_cancelled)
    }
}

impl Instance {
    /// Compiles and instantiates the module. Nothing in it runs before `start`.
    pub(crate) fn open(
        wasm: &[u8],
        limits: Limits,
        imports: &Imports,
        wasi: Option<&Wasi>,
        token: Option<&Token>,
    ) -> Result<Self, Failure> {
        let call_state = Arc::default();
        let cancelled = || token.is_some_and(Token::is_cancelled);
        let opened = Engine::open(wasm, &limits, imports, wasi, &call_state, cancelled)?;
        Ok(Instance {
            lock: Arc::default(),
            closed: AtomicBool::new(false),
            limits,
            exports: opened.exports,
            start: opened.start,
            call_state,
            engine: Mutex::new(opened.engine),
        })
    }

    /// Runs the start function, if the module has one. If that fails, the instance is closed, so that no
    /// thread that waits for it can use it; a host function may have passed on the handle.
    pub(crate) fn start(&self, call: Call) -> Result<(), Failure> {
        let Some(start) = &self.start else {
            return Ok(());
        };
        let _held = self.enter(|| call.is_cancelled())?;
        let outcome = self.run_held(start, &[], &mut [], call)?;
        outcome.map_err(|error| {
            self.close();
            self.failure("the start of the module", &error)
        })
    }

    pub(crate) fn call(
        &self,
        number: u32,
        args: &[Slot],
        results: &mut [Slot],
        call: Call,
    ) -> Result<(), Failure> {
        let function = self.exports.function(number)?;
        function.check_counts(args.len(), results.len())?;
        let outcome = self.run(function, args, results, call)?;
        outcome.map_err(|error| self.failure(&messages::function(&function.name), &error))
    }

    /// Calls `_start` of a WASI command and returns the exit code of the program.
    pub(crate) fn run_command(&self, call: Call) -> Result<i32, Failure> {
        let (number, ty) = self.exports.find_function(messages::COMMAND)?;
        let function = self.exports.function(number)?;
        if function.ty != FuncType::new([], []) {
            return Err(messages::not_a_command(&ty));
        }
        match self.run(function, &[], &mut [], call)? {
            Ok(()) => Ok(0),
            Err(error) => error
                .i32_exit_status()
                .ok_or_else(|| self.failure(&messages::function(&function.name), &error)),
        }
    }

    fn failure(&self, what: &str, error: &Error) -> Failure {
        call::call_failure(what, self.limits.call_depth, error)
    }

    /// The inner result is an error of the module, the outer one an error of this core.
    fn run(
        &self,
        function: &Function,
        args: &[Slot],
        results: &mut [Slot],
        call: Call,
    ) -> Result<Result<(), Error>, Failure> {
        let _held = self.enter(|| call.is_cancelled())?;
        self.run_held(function, args, results, call)
    }

    /// Like `run`, for the thread that holds the lock.
    fn run_held(
        &self,
        function: &Function,
        args: &[Slot],
        results: &mut [Slot],
        call: Call,
    ) -> Result<Result<(), Error>, Failure> {
        let mut engine = self.engine()?;
        let engine = &mut *engine;
        let args = args.iter().map(|arg| u64::from_ne_bytes(*arg));
        function.fill(args, &mut engine.values);
        let (params, answers) = engine.values.split_at_mut(function.ty.params().len());
        let guard = self.call_state.begin(call.host, call.token);
        let outcome = call::with_fuel(
            &mut engine.store,
            function.func,
            params,
            answers,
            self.limits.fuel,
            call.token,
        );
        drop(guard);
        if outcome.is_ok() {
            for (result, answer) in results.iter_mut().zip(answers) {
                let slot = values::to_slot(answer).expect("the function has numbers only");
                *result = slot.to_ne_bytes();
            }
        }
        Ok(outcome)
    }

    /// Runs `body` with the store: that of the callback on this thread, or like a call.
    pub(crate) fn with_store<R>(
        &self,
        body: impl FnOnce(StoreContextMut<'_, StoreData>) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        if self.lock.is_mine() {
            return self
                .call_state
                .with_frame(body)
                .ok_or_else(messages::busy)?;
        }
        let _held = self.enter(|| false)?;
        let mut engine = self.engine()?;
        body(engine.store.as_context_mut())
    }

    fn enter(&self, cancelled: impl Fn() -> bool) -> Result<Held<'_>, Failure> {
        let held = self
            .lock
            .enter(cancelled)
            .map_err(|refused| match refused {
                Refused::Busy => messages::busy(),
                Refused::Cancelled => messages::cancelled_before(),
            })?;
        match self.closed.load(Ordering::Acquire) {
            true => Err(messages::closed(INSTANCES.object())),
            false => Ok(held),
        }
    }

    fn engine(&self) -> Result<MutexGuard<'_, Engine>, Failure> {
        self.engine.lock().map_err(|_| messages::panicked_before())
    }

    /// Makes waiting calls fail. The memory is released when the last call returns.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::SWR_PANIC;

    /// The interpreter has no known panic, so the test poisons the engine itself.
    #[test]
    fn after_a_panic_the_instance_refuses_calls() {
        let imports = Imports::read(&[]).expect("none");
        let wasm = b"\0asm\x01\0\0\0";
        let instance =
            Instance::open(wasm, Limits::default(), &imports, None, None).expect("empty");
        let panicked = crate::panic::catch(|| {
            let _machine = instance.engine.lock();
            panic!("in the middle of a call");
        });
        assert!(panicked.is_err());
        let failure = instance.with_store(|_| Ok(())).expect_err("refused");
        assert_eq!(failure.status, SWR_PANIC);
        assert!(failure.message.contains("close it"), "{}", failure.message);
    }
}
