//! Status codes of the C ABI, and the error type that returns one through the core.

/// The call succeeded.
pub const SWR_OK: i32 = 0;
/// The core panicked; the text is "message (file:line)". A defect of the core: please report it.
pub const SWR_PANIC: i32 = 1;
/// NULL where it is not allowed, text that is not UTF-8, or a handle that was never handed out.
pub const SWR_INVALID_ARGUMENT: i32 = 2;
/// The handle was closed before, or while this call waited for its turn.
pub const SWR_CLOSED: i32 = 3;
/// The bytes are not a valid WebAssembly module, or use a proposal that this core does not run.
pub const SWR_INVALID_MODULE: i32 = 4;
/// The module imports something that the call did not give, or gave with another type; the text names
/// the import, both types, and what was given.
pub const SWR_MISSING_IMPORT: i32 = 5;
/// The instance exports no function, memory or global of that name.
pub const SWR_UNKNOWN_EXPORT: i32 = 6;
/// The number of arguments or results differs from the function's type, the type holds something else
/// than numbers, or a global is constant.
pub const SWR_WRONG_ARGUMENTS: i32 = 7;
/// The WebAssembly code trapped: unreachable, division by zero, out of bounds, bad indirect call.
pub const SWR_TRAP: i32 = 8;
/// The fuel of this call was used up. The instance stays usable; the next call gets fresh fuel.
pub const SWR_OUT_OF_FUEL: i32 = 9;
/// A function that the caller brought (host function, output, view) returned non-zero, or was called
/// and the call brought none.
pub const SWR_HOST: i32 = 10;
/// The call would wait for itself: the instance is running a call of this very thread (a callback
/// called back into it), or of a thread that waits for this one.
pub const SWR_BUSY: i32 = 11;
/// The module, its memories or its tables exceed a limit; the text names the limit.
pub const SWR_TOO_LARGE: i32 = 12;
/// The token of this call was cancelled: before it began, while it waited for its turn, or while it
/// ran. The instance stays usable; its memory is as the stopped call left it.
pub const SWR_CANCELED: i32 = 13;
/// The program called WASI's proc_exit outside of swr_instance_run; the text has its code.
pub const SWR_EXIT: i32 = 14;
/// A read or write by the host does not lie inside of the memory.
pub const SWR_OUT_OF_BOUNDS: i32 = 15;
/// The call stack was exhausted: too many nested calls, or too many values in them.
pub const SWR_CALL_DEPTH: i32 = 16;

/// A status other than `SWR_OK` with its text.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: i32,
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(status: i32, message: impl Into<String>) -> Self {
        Failure {
            status,
            message: message.into(),
        }
    }
}
