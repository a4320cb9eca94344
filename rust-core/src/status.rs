//! Status codes of the C ABI, and the error type of the core that has one.

/// The call succeeded.
pub const SWR_OK: i32 = 0;
/// The core panicked; the text is "message (file:line)". This is a bug of the core; please report it.
pub const SWR_PANIC: i32 = 1;
/// NULL where it is not allowed, text that is not UTF-8, or a number that was never a handle.
pub const SWR_INVALID_ARGUMENT: i32 = 2;
/// The handle was closed before the call, or while the call waited for its turn.
pub const SWR_CLOSED: i32 = 3;
/// The bytes are not a valid WebAssembly module, or use a proposal that this core does not support.
pub const SWR_INVALID_MODULE: i32 = 4;
/// The caller did not provide an import of the module, or provided it with another type. The text names the
/// import, both types, and the imports that were provided.
pub const SWR_MISSING_IMPORT: i32 = 5;
/// The instance exports no function, memory or global of that name.
pub const SWR_UNKNOWN_EXPORT: i32 = 6;
/// The number of arguments or results differs from the function's type, the type has other types than
/// numbers, or a global is constant.
pub const SWR_WRONG_ARGUMENTS: i32 = 7;
/// The WebAssembly code trapped: unreachable, division by zero, out of bounds, bad indirect call.
pub const SWR_TRAP: i32 = 8;
/// The fuel of this call was used up. The instance stays usable; the next call gets fresh fuel.
pub const SWR_OUT_OF_FUEL: i32 = 9;
/// A function of the caller (host function, output, view) returned a value other than 0, or the caller passed
/// no such function.
pub const SWR_HOST: i32 = 10;
/// The call would wait for itself: the instance is running a call of the same thread (a callback called back
/// into it), or of a thread that waits for this one.
pub const SWR_BUSY: i32 = 11;
/// The module, its memories or its tables exceed a limit; the text names the limit.
pub const SWR_TOO_LARGE: i32 = 12;
/// The token of this call was cancelled before it began, while it waited for its turn, or while it ran. The
/// instance stays usable; its memory is as the stopped call left it.
pub const SWR_CANCELED: i32 = 13;
/// The program called WASI's proc_exit outside of swr_instance_run; the text has its code.
pub const SWR_EXIT: i32 = 14;
/// The range of a read or write is not inside the memory.
pub const SWR_OUT_OF_BOUNDS: i32 = 15;
/// The call stack was exhausted: too many nested calls, or too many values in them.
pub const SWR_CALL_DEPTH: i32 = 16;

/// A status other than `SWR_OK`, with its text.
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
