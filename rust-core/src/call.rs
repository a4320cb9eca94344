//! One call of the interpreter: its fuel, in slices if it can be cancelled, and its error if it fails.

use crate::budget::Budget;
use crate::call_state::{Cancelled, StoreData};
use crate::messages;
use crate::status::Failure;
use crate::token::Token;
use wasmi::errors::{ErrorKind, InstantiationError};
use wasmi::{Error, Func, ResumableCall, Store, TrapCode, Val};

/// Fuel between two checks of the token: well below a millisecond of execution, and thousands of times the
/// cost of resuming.
const SLICE: u64 = 100_000;

/// Calls `func` with this much fuel: in slices if there is a token, else in one run.
pub(crate) fn with_fuel(
    store: &mut Store<StoreData>,
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
    /// Fuel that the store has not received yet.
    fuel: u64,
    token: &'a Token,
}

impl Sliced<'_> {
    fn call(
        mut self,
        store: &mut Store<StoreData>,
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

    /// Gives the store fuel for the next slice, or for a single instruction that needs more.
    fn refuel(
        &mut self,
        store: &mut Store<StoreData>,
        slice: u64,
        needed: u64,
    ) -> Result<(), Error> {
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

/// The failure of a compilation, with the position in `wasm`.
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

/// The failure of an instantiation: a limit, or a segment that does not fit.
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

/// The failure of a call of `what`.
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
        // wasmi's text for this trap contains a number that is not from the module.
        Some(TrapCode::IndirectCallToNull) => messages::trap(what, "uninitialized element"),
        Some(code) => messages::trap(what, code.trap_message()),
        None => messages::trap(what, &error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::wasmi_engine;
    use crate::limits::Limits;
    use wasmi::{Caller, Instance, Module, Store};

    /// Values of all types are live across every kind of instruction, so that a pause that loses one of them
    /// changes the result.
    const MIXED: &str = r#"(module
      (import "host" "mix" (func $mix (param i32 i64 f32 f64) (result i64 f64)))
      (memory 1) (table 3 funcref) (elem (i32.const 0) $a $b $c)
      (global $g (mut f64) (f64.const 0.5))
      (type $step (func (param i64 f64) (result i64)))
      (func $a (type $step) (i64.add (local.get 0) (i64.trunc_sat_f64_s (local.get 1))))
      (func $b (type $step) (i64.xor (local.get 0) (i64.reinterpret_f64 (local.get 1))))
      (func $c (type $step)
        (if (result i64) (i64.eqz (i64.and (local.get 0) (i64.const 3)))
          (then (return_call $a (local.get 0) (local.get 1)))
          (else (i64.rotl (local.get 0) (i64.const 7)))))
      (func (export "run") (param $n i32) (param $x i64) (param $y f32) (result i64 f64 f32 i32)
        (local $z f64) (local $i i32)
        (local.set $z (f64.const 1.25))
        (loop $again
          (call $mix (local.get $i) (local.get $x) (local.get $y) (local.get $z))
          (local.set $z (f64.div (f64.const 3.5)))
          (local.set $x)
          (local.set $x (call_indirect (type $step)
            (local.get $x) (local.get $z) (i32.rem_u (local.get $i) (i32.const 3))))
          (i64.store (i32.and (i32.wrap_i64 (local.get $x)) (i32.const 0xfff8)) (local.get $x))
          (drop (memory.grow (i32.const 1)))
          (memory.copy (i32.const 4) (i32.const 0) (i32.const 20000))
          (local.set $y (f32.add (local.get $y) (f32.demote_f64 (local.get $z))))
          (global.set $g (f64.mul (global.get $g) (f64.const 1.5)))
          (local.set $x (i64.add (local.get $x) (i64.load (i32.const 16))))
          (br_if $again (i32.ne (local.get $n)
            (local.tee $i (i32.add (local.get $i) (i32.const 1))))))
        local.get $x (f64.add (local.get $z) (global.get $g)) local.get $y memory.size))"#;

    fn mix(_: Caller<'_, StoreData>, i: i32, x: i64, y: f32, z: f64) -> (i64, f64) {
        let hash = x.rotate_left(5) ^ i64::from(i) ^ i64::from(y.to_bits());
        (hash, z.abs() + 1.0)
    }

    /// The results, and the remaining fuel.
    fn results(fuel: u64, slice: Option<u64>) -> Result<(String, u64), Option<TrapCode>> {
        let limits = Limits::default();
        let engine = wasmi_engine(&limits);
        let module = Module::new(&engine, wat::parse_str(MIXED).expect("text")).expect("valid");
        let mut store = Store::new(&engine, StoreData::new(&limits));
        let mix = Func::wrap(&mut store, mix);
        let instance = Instance::new(&mut store, &module, &[mix.into()]).expect("fits");
        let run = instance.get_func(&store, "run").expect("exported");
        let params = [Val::I32(50), Val::I64(0x1234_5678), Val::from(0.1_f32)];
        let mut results = vec![Val::I32(0); 4];
        let token = Token::new();
        let outcome = match slice {
            None => with_fuel(&mut store, run, &params, &mut results, fuel, None),
            Some(slice) => {
                let sliced = Sliced {
                    fuel,
                    token: &token,
                };
                sliced.call(&mut store, run, &params, &mut results, slice)
            }
        };
        outcome.map_err(|error| error.as_trap_code())?;
        Ok((format!("{results:?}"), store.get_fuel().expect("metered")))
    }

    #[test]
    fn a_pause_at_every_instruction_changes_nothing() {
        let (expected, left) = results(1_000_000, None).expect("no trap");
        let used = 1_000_000 - left;
        for slice in [0, 1, 2, 3, 5, 8, 13, 100, 1_000, used, u64::MAX] {
            let answer = results(used, Some(slice));
            assert_eq!(answer, Ok((expected.clone(), 0)), "slice {slice}");
            let short = results(used - 1, Some(slice));
            assert_eq!(short, Err(Some(TrapCode::OutOfFuel)), "slice {slice}");
        }
        assert_eq!(results(used, None), Ok((expected, 0)));
        assert_eq!(results(used - 1, None), Err(Some(TrapCode::OutOfFuel)));
    }
}
