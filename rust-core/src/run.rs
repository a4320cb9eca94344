//! One call of the interpreter: with fuel, in slices if it can be cancelled, and why it failed.

use crate::budget::Budget;
use crate::messages;
use crate::running::{Cancelled, State};
use crate::status::Failure;
use crate::token::Token;
use wasmi::errors::{ErrorKind, InstantiationError};
use wasmi::{Error, Func, ResumableCall, Store, TrapCode, Val};

/// Fuel between two looks at the token: well below a millisecond of interpretation, and thousands of
/// times what resuming costs.
const SLICE: u64 = 100_000;

/// Calls `func`; without a token at full speed.
pub(crate) fn call(
    store: &mut Store<State>,
    func: Func,
    params: &[Val],
    results: &mut [Val],
    fuel: u64,
    token: Option<&Token>,
) -> Result<(), Error> {
    match token {
        None => {
            store.set_fuel(fuel)?;
            func.call(store, params, results)
        }
        Some(token) => Sliced { fuel, token }.call(store, func, params, results, SLICE),
    }
}

struct Sliced<'a> {
    /// What the store was not given yet.
    fuel: u64,
    token: &'a Token,
}

impl Sliced<'_> {
    fn call(
        mut self,
        store: &mut Store<State>,
        func: Func,
        params: &[Val],
        results: &mut [Val],
        slice: u64,
    ) -> Result<(), Error> {
        store.set_fuel(0)?;
        self.refuel(store, slice, 0)?;
        let mut call = func.call_resumable(&mut *store, params, results)?;
        loop {
            call = match call {
                ResumableCall::Finished => return Ok(()),
                ResumableCall::HostTrap(stopped) => return Err(stopped.into_host_error()),
                ResumableCall::OutOfFuel(paused) => {
                    self.refuel(store, slice, paused.required_fuel())?;
                    paused.resume(&mut *store, results)?
                }
            };
        }
    }

    /// Gives the store fuel for a slice, or for the one instruction that needs more.
    fn refuel(&mut self, store: &mut Store<State>, slice: u64, needed: u64) -> Result<(), Error> {
        if self.token.is_cancelled() {
            return Err(Error::host(Cancelled));
        }
        let left = store.get_fuel()?;
        let missing = needed.saturating_sub(left);
        if missing > self.fuel {
            return Err(Error::from(TrapCode::OutOfFuel));
        }
        let more = slice.max(missing).min(self.fuel);
        self.fuel -= more;
        store.set_fuel(left + more)
    }
}

/// Why a module did not compile, with the place in `wasm`.
pub(crate) fn compile_failure(wasm: &[u8], error: &Error) -> Failure {
    match error.kind() {
        ErrorKind::ImplementationLimits(_)
        | ErrorKind::UserLimits(_)
        | ErrorKind::Memory(_)
        | ErrorKind::Table(_) => messages::exceeds_limit(&error.to_string()),
        ErrorKind::Wasm(error) => {
            messages::invalid_module(wasm, error.message(), Some(error.offset()))
        }
        _ => messages::invalid_module(wasm, &error.to_string(), None),
    }
}

/// Why a module was not instantiated: its limits, or segments that do not fit.
pub(crate) fn instantiate_failure(budget: &mut Budget, error: &Error) -> Failure {
    if let Some(refusal) = budget.take_refusal() {
        return refusal;
    }
    match error.kind() {
        ErrorKind::Memory(_)
        | ErrorKind::Table(_)
        | ErrorKind::Instantiation(
            InstantiationError::FailedToInstantiateMemory(_)
            | InstantiationError::FailedToInstantiateTable(_),
        ) if error.as_trap_code().is_none() => messages::exceeds_limit(&error.to_string()),
        _ => call_failure("the start of the module", u32::MAX, error),
    }
}

/// Why a call of `what` failed.
pub(crate) fn call_failure(what: &str, call_depth: u32, error: &Error) -> Failure {
    if error.downcast_ref::<Cancelled>().is_some() {
        return messages::cancelled(what);
    }
    if let ErrorKind::Host(stop) = error.kind() {
        return messages::host(what, &stop.to_string());
    }
    if let Some(code) = error.i32_exit_status() {
        return messages::exited(what, code);
    }
    match error.as_trap_code() {
        Some(TrapCode::OutOfFuel) => messages::out_of_fuel(what),
        Some(TrapCode::StackOverflow) => messages::stack_exhausted(what, call_depth),
        Some(code) => messages::trap(what, code.trap_message()),
        None => messages::trap(what, &error.to_string()),
    }
}
