//! The interpreter's part of an instance, and how it is created.

use crate::call;
use crate::call_state::{CallState, StoreData};
use crate::exports_table::{ExportsTable, Function};
use crate::imports::{self, Imports, ResolveError};
use crate::limits::{Limits, MAX_CALL_DEPTH, MAX_MODULE_BYTES, MAX_STACK_BYTES};
use crate::limits_check;
use crate::messages;
use crate::start_function::Sections;
use crate::status::Failure;
use crate::wasi::Wasi;
use std::sync::Arc;
use wasmi::{Config, CustomFuelCosts, Error, Module, Store, Val};

pub(crate) struct Engine {
    pub(crate) store: Store<StoreData>,
    /// Arguments and results of the running call. The next call uses the same allocation.
    pub(crate) values: Vec<Val>,
}

/// The parts of an instance before it runs anything.
pub(crate) struct Opened {
    pub(crate) engine: Engine,
    pub(crate) exports: ExportsTable,
    pub(crate) start: Option<Function>,
}

impl Engine {
    pub(crate) fn open(
        wasm: &[u8],
        limits: &Limits,
        imports: &Imports,
        wasi: Option<&Wasi>,
        call_state: &Arc<CallState>,
        cancelled: impl Fn() -> bool,
    ) -> Result<Opened, Failure> {
        if cancelled() {
            return Err(messages::cancelled_before());
        }
        if limits.call_depth > MAX_CALL_DEPTH {
            return Err(messages::call_depth_too_large(limits.call_depth));
        }
        if wasm.len() > MAX_MODULE_BYTES {
            return Err(messages::module_too_large(wasm.len(), MAX_MODULE_BYTES));
        }
        limits_check::check(wasm)?;
        let engine = wasmi_engine(limits);
        let (module, start) = compile(&engine, wasm)?;
        if cancelled() {
            return Err(messages::cancelled_before());
        }
        let mut state = StoreData::new(limits);
        state.budget.charge(wasm.len());
        if let Some(wasi) = wasi {
            state.budget.charge(wasi.bytes());
            state.wasi = Some(wasi.context(call_state)?);
        }
        let mut store = Store::new(&engine, state);
        store.limiter(|state| &mut state.budget);
        let resolved = imports::resolve(&mut store, &module, imports, call_state).map_err(
            |error| match error {
                ResolveError::Failure(failure) => failure,
                ResolveError::Wasmi(error) => instantiate_failure(&mut store, &error),
            },
        )?;
        let instance = wasmi::Instance::new(&mut store, &module, &resolved.externs)
            .map_err(|error| instantiate_failure(&mut store, &error))?;
        let exports = ExportsTable::new(&store, instance, resolved.named, start.as_deref());
        let start = start.and_then(|name| {
            let func = instance.get_func(&store, &name)?;
            let ty = func.ty(&store);
            Some(Function { name, func, ty })
        });
        let values = Vec::new();
        Ok(Opened {
            engine: Engine { store, values },
            exports,
            start,
        })
    }
}

fn instantiate_failure(store: &mut Store<StoreData>, error: &Error) -> Failure {
    call::instantiate_failure(&mut store.data_mut().budget, error)
}

/// Each instance has its own engine, because wasmi's engine keeps the code of every module that it compiled.
pub fn wasmi_engine(limits: &Limits) -> wasmi::Engine {
    let mut config = Config::default();
    config
        .consume_fuel(true)
        // Translation costs no fuel. wasmi translates a function on its first call, and a slice of fuel that
        // ended during that could not be resumed. It counts as part of opening the instance.
        .fuel_cost(CustomFuelCosts {
            bytes_copied_per_fuel: 64, // wasmi's own default
            fuel_per_bytes_translated: 0,
            fuel_per_bytes_validated: 0,
        })
        .ignore_custom_sections(true)
        .set_max_recursion_depth(limits.call_depth as usize)
        .set_max_stack_height(MAX_STACK_BYTES);
    wasmi::Engine::new(&config)
}

/// The module without its start function, and the name under which it exports that function.
fn compile(engine: &wasmi::Engine, wasm: &[u8]) -> Result<(Module, Option<String>), Failure> {
    let failure = |error: Error| call::compile_failure(wasm, &error);
    let sections = Sections::find(wasm)
        .map_err(|error| messages::invalid_module(wasm, error.message(), Some(error.offset())))?;
    let Some(sections) = sections else {
        let module = Module::new(engine, wasm).map_err(failure)?;
        return Ok((module, None));
    };
    // Validates the caller's module first, because the additional export can make an invalid module valid.
    Module::validate(engine, wasm).map_err(failure)?;
    let startless = sections.export_start(wasm);
    let module = Module::new(engine, startless.wasm).map_err(failure)?;
    Ok((module, Some(startless.export)))
}
