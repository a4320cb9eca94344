//! A running module: opened from bytes, called by name with i64 arguments, with fuel and limits.

use crate::budget::{self, Budget};
use crate::handles::Handles;
use crate::limits::{MAX_CALL_DEPTH, MAX_MODULE_BYTES, MAX_STACK_BYTES};
use crate::lock::CallLock;
use crate::messages;
use crate::status::Failure;
use crate::types;
use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use wasmi::errors::{ErrorKind, HostError, InstantiationError};
use wasmi::{Caller, Config, Engine, Error, Extern, ExternType, Func, FuncType, Module, Store};
use wasmi::{TrapCode, Val, ValType};

/// All open instances of this process.
pub(crate) static INSTANCES: Handles<Instance> = Handles::new();

/// The function a module imports as `host.call`: gets `ctx`, the module's argument and where to put
/// the result. Non-zero stops the call with SWR_HOST. It runs on the thread of the call that it
/// serves, may call any function of this core, must not unwind, and must not keep `result`.
pub type HostFn =
    Option<unsafe extern "C" fn(ctx: *mut c_void, argument: i64, result: *mut i64) -> i32>;

/// A host function with the context it is called with. Borrowed for the call it is given to.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Host {
    /// NULL: no host function.
    pub call: HostFn,
    /// Passed on unchanged; never looked at.
    pub ctx: *mut c_void,
}

// SAFETY: `ctx` is only passed to `call`, and both are in a store only while the call that brought
// them runs, on that call's thread.
unsafe impl Send for Host {}

pub(crate) struct Instance {
    lock: Arc<CallLock>,
    closed: AtomicBool,
    fuel: u64,
    /// Never contended, as `lock` is taken first; its poison tells that a call panicked.
    machine: Mutex<Machine>,
}

struct Machine {
    store: Store<State>,
    instance: wasmi::Instance,
}

/// What the interpreter carries along for us.
#[derive(Default)]
struct State {
    host: Option<Host>,
    budget: Budget,
}

impl Instance {
    pub(crate) fn open(wasm: &[u8], fuel: u64, host: Option<Host>) -> Result<Self, Failure> {
        let machine = Machine::open(wasm, fuel, host)?;
        Ok(Instance {
            lock: Arc::default(),
            closed: AtomicBool::new(false),
            fuel,
            machine: Mutex::new(machine),
        })
    }

    pub(crate) fn call(
        &self,
        name: &str,
        args: &[i64],
        host: Option<Host>,
    ) -> Result<i64, Failure> {
        let _held = self.lock.enter().ok_or_else(messages::busy)?;
        if self.closed.load(Ordering::Acquire) {
            return Err(messages::closed());
        }
        let mut machine = self
            .machine
            .lock()
            .map_err(|_| messages::panicked_before())?;
        machine.call(name, args, self.fuel, host)
    }

    /// Makes calls that wait for their turn fail. The memory goes when the last of them lets go.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
    }
}

impl Machine {
    fn open(wasm: &[u8], fuel: u64, host: Option<Host>) -> Result<Self, Failure> {
        if wasm.len() > MAX_MODULE_BYTES {
            return Err(messages::module_too_large(wasm.len(), MAX_MODULE_BYTES));
        }
        budget::check_const_expressions(wasm)?;
        let engine = engine();
        let module = Module::new(&engine, wasm).map_err(|error| compile_failure(wasm, &error))?;
        check_imports(&module)?;
        let mut store = Store::new(&engine, State::default());
        store.data_mut().budget.charge(wasm.len());
        store.limiter(|state| &mut state.budget);
        let host_call = Func::wrap(&mut store, host_call);
        let imports = vec![Extern::Func(host_call); module.imports().len()];
        let instance = run(&mut store, fuel, host, |store| {
            wasmi::Instance::new(store, &module, &imports)
        })
        .map_err(|error| run_failure("the start of the module", &error))?;
        Ok(Machine { store, instance })
    }

    fn call(
        &mut self,
        name: &str,
        args: &[i64],
        fuel: u64,
        host: Option<Host>,
    ) -> Result<i64, Failure> {
        let func = self.function(name)?;
        let ty = func.ty(&self.store);
        check_arguments(name, &ty, args.len())?;
        let args: Vec<Val> = args.iter().map(|arg| Val::I64(*arg)).collect();
        let mut results = [Val::I64(0)];
        let expected = ty.results().len();
        run(&mut self.store, fuel, host, |store| {
            func.call(store, &args, &mut results[..expected])
        })
        .map_err(|error| run_failure(&messages::function(name), &error))?;
        Ok(results[0].i64().unwrap_or(0))
    }

    fn function(&self, name: &str) -> Result<Func, Failure> {
        match self.instance.get_export(&self.store, name) {
            Some(Extern::Func(func)) => Ok(func),
            Some(_) => Err(messages::not_a_function(name)),
            None => {
                let functions = self.instance.exports(&self.store).filter_map(|export| {
                    let ty = export.ty(&self.store);
                    let text = types::function(ty.func()?);
                    Some((export.name(), text))
                });
                Err(messages::unknown_export(name, functions))
            }
        }
    }
}

/// One engine per instance: an engine keeps the code of every module it ever compiled.
fn engine() -> Engine {
    let mut config = Config::default();
    config
        .consume_fuel(true)
        .ignore_custom_sections(true)
        .set_max_recursion_depth(MAX_CALL_DEPTH)
        .set_max_stack_height(MAX_STACK_BYTES);
    Engine::new(&config)
}

/// Runs `body` with this call's fuel and host function, neither of which outlives it.
fn run<T>(
    store: &mut Store<State>,
    fuel: u64,
    host: Option<Host>,
    body: impl FnOnce(&mut Store<State>) -> Result<T, Error>,
) -> Result<T, Error> {
    store.set_fuel(fuel)?;
    store.data_mut().host = host;
    let outcome = body(store);
    store.data_mut().host = None;
    outcome
}

/// The module's side of `host.call`.
fn host_call(caller: Caller<'_, State>, argument: i64) -> Result<i64, Error> {
    let Some(Host {
        call: Some(call),
        ctx,
    }) = caller.data().host
    else {
        return Err(Error::host(HostStop(None)));
    };
    let mut result = 0;
    // SAFETY: the caller of the export gave us this function for the time of the call.
    match unsafe { call(ctx, argument, &mut result) } {
        0 => Ok(result),
        code => Err(Error::host(HostStop(Some(code)))),
    }
}

/// Why `host.call` stopped the module: its non-zero code, or that there was no function.
#[derive(Debug)]
struct HostStop(Option<i32>);

impl std::fmt::Display for HostStop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&messages::host_stop(self.0))
    }
}

impl HostError for HostStop {}

/// The module may import `host.call` (any number of times) and nothing else.
fn check_imports(module: &Module) -> Result<(), Failure> {
    let provided = FuncType::new([ValType::I64], [ValType::I64]);
    let mut missing = module.imports().filter(|import| {
        let named = (import.module(), import.name()) == ("host", "call");
        !(named && import.ty().func() == Some(&provided))
    });
    let Some(first) = missing.next() else {
        return Ok(());
    };
    let ty = match first.ty() {
        ExternType::Func(ty) => format!("func {}", types::function(ty)),
        ExternType::Table(_) => "table".into(),
        ExternType::Memory(_) => "memory".into(),
        ExternType::Global(_) => "global".into(),
    };
    Err(messages::missing_import(
        first.module(),
        first.name(),
        &ty,
        missing.count(),
    ))
}

fn check_arguments(name: &str, ty: &FuncType, given: usize) -> Result<(), Failure> {
    let is_i64 = |types: &[ValType]| types.iter().all(|ty| *ty == ValType::I64);
    if !is_i64(ty.params()) || !is_i64(ty.results()) || ty.results().len() > 1 {
        return Err(messages::not_callable(name, &types::function(ty)));
    }
    if ty.params().len() != given {
        let expected = ty.params().len();
        let ty = types::function(ty);
        return Err(messages::wrong_count(name, &ty, expected, given));
    }
    Ok(())
}

fn compile_failure(wasm: &[u8], error: &Error) -> Failure {
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

fn run_failure(what: &str, error: &Error) -> Failure {
    if let Some(stop) = error.downcast_ref::<HostStop>() {
        return messages::host(what, &stop.to_string());
    }
    match (error.as_trap_code(), error.kind()) {
        (Some(TrapCode::OutOfFuel), _) => messages::out_of_fuel(what),
        (Some(TrapCode::StackOverflow), _) => messages::trap(what, &messages::stack_limits()),
        (Some(code), _) => messages::trap(what, code.trap_message()),
        (
            None,
            ErrorKind::Memory(_)
            | ErrorKind::Table(_)
            | ErrorKind::Instantiation(
                InstantiationError::FailedToInstantiateMemory(_)
                | InstantiationError::FailedToInstantiateTable(_),
            ),
        ) => messages::exceeds_limit(&error.to_string()),
        (None, _) => messages::trap(what, &error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::SWR_PANIC;

    /// The interpreter has no known panic, so the test poisons the machine itself.
    #[test]
    fn after_a_panic_the_instance_refuses_calls() {
        let instance = Instance::open(b"\0asm\x01\0\0\0", 1, None).expect("an empty module");
        let panicked = crate::panic::catch(|| {
            let _machine = instance.machine.lock();
            panic!("in the middle of a call");
        });
        assert!(panicked.is_err());
        let failure = instance.call("f", &[], None).expect_err("refused");
        assert_eq!(failure.status, SWR_PANIC);
        assert!(failure.message.contains("close it"), "{}", failure.message);
    }

    #[test]
    fn a_store_may_move_between_threads() {
        fn send<T: Send>() {}
        send::<Store<State>>();
    }
}
