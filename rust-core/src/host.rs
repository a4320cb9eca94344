//! The callbacks that a caller passes with a call, and their context.

use std::ffi::c_void;

/// A host function. It receives `ctx`, the import's index in the list given to swr_instance_open, the
/// arguments, and room for the results, as many of each as the import's type has. A result other than 0 stops
/// the call with SWR_HOST. It runs on the thread of the call and may call any function of this core. It must
/// not unwind, and must not keep the pointers.
pub type HostFn = Option<
    unsafe extern "C" fn(ctx: *mut c_void, import: u32, args: *const u64, results: *mut u64) -> i32,
>;

/// Receives the output of a WASI program: stream 1 is stdout, 2 is stderr. It is called with at most 64 KiB
/// at a time; a piece can end within a character. `bytes` is valid until it returns. A result other than 0
/// stops the call with SWR_HOST. The rules are those of swr_host_fn, except that it cannot use the running
/// instance, which is SWR_BUSY.
pub type OutputFn = Option<
    unsafe extern "C" fn(ctx: *mut c_void, stream: i32, bytes: *const u8, len: usize) -> i32,
>;

/// Receives the bytes of a memory in place, to read and to write until it returns; `bytes` is not NULL. A
/// result other than 0 makes swr_memory_view return SWR_HOST. The rules are those of swr_host_fn.
pub type ViewFn = Option<unsafe extern "C" fn(ctx: *mut c_void, bytes: *mut u8, len: usize) -> i32>;

/// The functions that the caller passes to one open, call or run; borrowed for that call.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Host {
    /// Called for all functions of the import list. If it is NULL, calling one of them is SWR_HOST.
    pub call: HostFn,
    /// If it is NULL, output is dropped.
    pub write: OutputFn,
    /// Passed to the functions unchanged, and never read.
    pub ctx: *mut c_void,
}
