//! Instances: open, call, run, close.

use crate::buffer::Buffer;
use crate::host::Host;
use crate::imports::Imports;
use crate::instance::{Call, INSTANCES, Instance};
use crate::limits::Limits;
use crate::panic::guard;
use crate::wasi::Wasi;
use crate::{input, token};

/// Compiles and instantiates a module and runs its start function. Close `*out_handle` with
/// swr_instance_close. If `limits` is NULL, the defaults apply. Fuel does not limit compilation; the length
/// of the module does, which is at most 1 GiB.
///
/// `imports` is empty (length 0) or a record: list of {str module, str name, u8 kind, str type}, kind and
/// type as in swr_describe, kinds 0 func, 1 table, 2 memory, 3 global; a global is followed by its first
/// value, a slot (u64). Functions and globals can have number types only. `host` implements the functions;
/// tables, memories and globals are created for this instance. Entries that the module does not import are
/// ignored; a repeated entry is SWR_INVALID_ARGUMENT.
///
/// `wasi` is empty, or a record that requests WASI preview 1 (wasi_snapshot_preview1): list of arguments
/// (str), the program's name first; list of environment variables {str, str}; stdin (u32 length and bytes).
/// At most 10000 arguments and 10000 variables, without NUL. The program inherits nothing from the process,
/// and has no files and no sockets. Clocks and random numbers are the system's. WASI functions and sleeping
/// use no fuel, but a token ends both. An entry of `imports` replaces the WASI function of the same name.
///
/// `token` (0: none) and `host` (may be NULL) are for the start function. `*out_handle` is set before it
/// runs, so that a host function can use the instance's memories and globals.
///
/// Fails with SWR_INVALID_MODULE, SWR_MISSING_IMPORT, SWR_TOO_LARGE; SWR_CANCELED; SWR_TRAP if a segment does
/// not fit; and like swr_instance_call for the start function.
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

/// Finds the exported function `name`. Stores its number for swr_instance_call, and unless `out_type` is NULL
/// its type, like "(i32, f64) -> (i64, i64)", owned by the caller. The number of a function never changes.
/// This function never waits.
///
/// Fails with SWR_UNKNOWN_EXPORT (the text lists the functions), SWR_WRONG_ARGUMENTS if the type contains
/// other types than i32, i64, f32 and f64, SWR_CLOSED.
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

/// Calls a function by its number. `args` and `results` are slots, as many of each as the function's type
/// has. `token` (0: none) can stop the call, which then runs in slices of fuel, at a small cost. `host` is
/// used for this call only; it and its members may be NULL.
///
/// An instance runs one call at a time, and other threads wait. A call that would wait for itself is
/// SWR_BUSY. After a failure the instance stays usable, and its memory is as the failed call left it; after
/// SWR_PANIC it can only be closed.
///
/// Fails with SWR_CLOSED, SWR_BUSY, SWR_WRONG_ARGUMENTS (another number of arguments or results), SWR_TRAP,
/// SWR_OUT_OF_FUEL, SWR_CALL_DEPTH, SWR_HOST, SWR_CANCELED, SWR_EXIT; SWR_INVALID_ARGUMENT if
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

/// Runs a WASI command: calls its export `_start`. `*exit_code` is the argument of proc_exit, or 0 if the
/// program returned. Token and host are used as in swr_instance_call. Run a command once only: most programs
/// cannot start a second time in the same memory.
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

/// Closes an instance. This function never waits, and a callback of the instance may call it: a call that is
/// running on any thread finishes, and the memory is released when it returns. Later calls, and those that
/// are still waiting, return SWR_CLOSED. Closing twice is SWR_OK.
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
