//! Instances: open, call, run, close.

use crate::buffer::Buffer;
use crate::host::Host;
use crate::imports::Imports;
use crate::instance::{Call, INSTANCES, Instance};
use crate::limits::Limits;
use crate::panic::guard;
use crate::wasi::Wasi;
use crate::{input, token};

/// Compiles and instantiates a module and runs its start function. `*out_handle` is to be closed with
/// swr_instance_close. `limits` may be NULL: the defaults. Compiling is not bounded by fuel but by the
/// length of the module, at most 1 GiB.
///
/// `imports` is empty (length 0) or a record: list of {str module, str name, u8 kind, str type}, kind
/// and type as in swr_describe, kinds 0 func, 1 table, 2 memory, 3 global; a global is followed by its
/// first value, a slot (u64). Functions and globals are of numbers only. Functions are `host`'s;
/// tables, memories and globals are made new for this instance. Entries that the module does not
/// import are fine; the same one twice is SWR_INVALID_ARGUMENT.
///
/// `wasi` is empty, or a record that requests WASI preview 1 (wasi_snapshot_preview1): list of
/// arguments (str), the program's name first; list of environment variables {str, str}; stdin (u32
/// length and bytes). At most 10000 arguments and 10000 variables, without NUL. Nothing is inherited from
/// the process; there are no files and no sockets. Clocks and random numbers are the system's. Fuel does
/// not count what WASI's functions do, nor sleeping; a token ends both. An entry of `imports` comes
/// before WASI's of the same name.
///
/// `token` (0: none) and `host` (may be NULL) are those of the start function. `*out_handle` is set before that
/// runs, so that a host function called by it can use the instance's memories and globals.
///
/// Fails with SWR_INVALID_MODULE, SWR_MISSING_IMPORT, SWR_TOO_LARGE; SWR_CANCELED; SWR_TRAP from segments
/// that do not fit; and from the start function as swr_instance_call does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_instance_open(
    wasm: *const u8,
    wasm_len: usize,
    limits: *const Limits,
    imports: *const u8,
    imports_len: usize,
    wasi: *const u8,
    wasi_len: usize,
    token: u64,
    host: *const Host,
    out_handle: *mut u64,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let out = input::out("out_handle", out_handle, 0)?;
            let wasm = input::bytes("wasm", wasm, wasm_len)?;
            let limits = limits.as_ref().copied().unwrap_or_default();
            let imports = Imports::read(input::bytes("imports", imports, imports_len)?)?;
            let wasi = Wasi::read(input::bytes("wasi", wasi, wasi_len)?)?;
            let token = token::find(token)?;
            let call = Call {
                host: host.as_ref(),
                token: token.as_deref(),
            };
            let instance = Instance::open(wasm, limits, &imports, wasi.as_ref(), call.token)?;
            let handle = INSTANCES.insert(instance);
            *out = handle;
            let started = INSTANCES.get(handle).and_then(|it| it.start(call));
            if started.is_err() {
                *out = 0;
                INSTANCES.remove(handle)?;
            }
            started
        })
    }
}

/// The number of the exported function `name`, for swr_instance_call, and its type, like
/// "(i32, f64) -> (i64, i64)", in `out_type`, owned by the caller, unless that is NULL. The same name has the same number for
/// as long as the instance lives. Never waits.
///
/// Fails with SWR_UNKNOWN_EXPORT (the text lists the functions), SWR_WRONG_ARGUMENTS if the type has
/// something else than i32, i64, f32 and f64, SWR_CLOSED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_instance_function(
    handle: u64,
    name: *const u8,
    name_len: usize,
    out_function: *mut u32,
    out_type: *mut Buffer,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let out = input::out("out_function", out_function, 0)?;
            let out_type = input::optional_out(out_type, Buffer::EMPTY);
            let name = input::text("name", name, name_len)?;
            let (number, ty) = INSTANCES.get(handle)?.exports.find_function(name)?;
            *out = number;
            if let Some(out_type) = out_type {
                *out_type = Buffer::new(ty.into_bytes());
            }
            Ok(())
        })
    }
}

/// Calls a function by its number. `args` and `results` are slots, as many of each as the function's
/// type has. `token` (0: none) can stop the call: it then runs in slices of fuel, which costs little.
/// `host` is for this call only and may be NULL, as may its members.
///
/// One call at a time per instance: another thread waits. A call that would wait for itself is
/// SWR_BUSY. After a failure the instance stays usable (its memory is as the failed call left it),
/// except after SWR_PANIC: close it.
///
/// Fails with SWR_CLOSED, SWR_BUSY, SWR_WRONG_ARGUMENTS (another number of arguments or results),
/// SWR_TRAP, SWR_OUT_OF_FUEL, SWR_CALL_DEPTH, SWR_HOST, SWR_CANCELED, SWR_EXIT; SWR_INVALID_ARGUMENT if
/// swr_instance_function never returned that number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_instance_call(
    handle: u64,
    function: u32,
    args: *const u64,
    args_len: usize,
    token: u64,
    host: *const Host,
    results: *mut u64,
    results_len: usize,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let results = input::slots_out("results", results, results_len)?;
            let args = input::slots("args", args, args_len)?;
            let instance = INSTANCES.get(handle)?;
            let token = token::find(token)?;
            let call = Call {
                host: host.as_ref(),
                token: token.as_deref(),
            };
            instance.call(function, args, results, call)
        })
    }
}

/// Runs a WASI command: calls its export `_start`. `*exit_code` is what the program gave to proc_exit, or
/// 0 if it returned. Token and host as in swr_instance_call. A command is meant to run once: most
/// programs cannot start a second time in the same memory.
///
/// Fails like swr_instance_call, except with SWR_EXIT; SWR_UNKNOWN_EXPORT if there is no `_start`,
/// SWR_WRONG_ARGUMENTS if it is not () -> ().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_instance_run(
    handle: u64,
    token: u64,
    host: *const Host,
    exit_code: *mut i32,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let exit_code = input::out("exit_code", exit_code, 0)?;
            let instance = INSTANCES.get(handle)?;
            let token = token::find(token)?;
            *exit_code = instance.run_command(Call {
                host: host.as_ref(),
                token: token.as_deref(),
            })?;
            Ok(())
        })
    }
}

/// Closes an instance. Never waits and may be called from a callback of the instance: a call that runs
/// on any thread finishes and its memory is released when it returns; calls after this one, and those
/// still waiting, get SWR_CLOSED. Closing twice is SWR_OK.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_instance_close(handle: u64, error: *mut Buffer) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            if let Some(instance) = INSTANCES.remove(handle)? {
                instance.close();
            }
            Ok(())
        })
    }
}
