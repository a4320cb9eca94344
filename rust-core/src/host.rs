//! What a caller passes to a call: functions of its own, and the context they are called with.

use std::ffi::c_void;

/// A host function: gets `ctx`, the import's place in the list given to swr_instance_open (from 0),
/// the arguments and where to put the results, as many of each as the import's type has. Non-zero
/// stops the call with SWR_HOST. It runs on the thread of the call that called it, may call any
/// function of this core, must not unwind, and must not keep the pointers.
pub type HostFn = Option<
    unsafe extern "C" fn(ctx: *mut c_void, import: u32, args: *const u64, results: *mut u64) -> i32,
>;

/// Receives what a WASI program writes: stream 1 is stdout, 2 is stderr. At most 64 KiB at a time; a piece
/// may end within a character. `bytes` is valid until it returns. Non-zero stops the call with SWR_HOST.
/// Rules as for swr_host_fn, except that the running instance itself is out of reach: SWR_BUSY.
pub type OutputFn = Option<
    unsafe extern "C" fn(ctx: *mut c_void, stream: i32, bytes: *const u8, len: usize) -> i32,
>;

/// Gets the bytes of a memory in place, to read and to write, until it returns; `bytes` is not NULL.
/// Non-zero makes swr_memory_view return SWR_HOST. Rules as for swr_host_fn.
pub type ViewFn = Option<unsafe extern "C" fn(ctx: *mut c_void, bytes: *mut u8, len: usize) -> i32>;

/// The functions that the caller passes to one open, call or run. Borrowed for that call.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Host {
    /// Called for all functions of the import list. NULL: a call of one is SWR_HOST.
    pub call: HostFn,
    /// NULL: output is dropped.
    pub write: OutputFn,
    /// Passed on unchanged; never looked at.
    pub ctx: *mut c_void,
}
