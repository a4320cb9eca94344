//! The C ABI. The doc comments here are the contract that cbindgen copies into the header.

// The contract above each symbol is its safety section; a second one would only repeat it.
#![allow(clippy::missing_safety_doc)]

mod instance;
mod memory;
mod token;

pub use instance::*;
pub use memory::*;
pub use token::*;

use crate::buffer::Buffer;
use crate::instance::INSTANCES;
use crate::panic::guard;
use crate::token::TOKENS;
use crate::{describe, digest, input, memory_stats, messages, probe};

/// Stores the version of this core in `out`, as UTF-8: that of the POM it was built from, or "dev".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_version(out: *mut Buffer, error: *mut Buffer) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let out = input::out("out", out, Buffer::EMPTY)?;
            *out = Buffer::new(messages::VERSION.into());
            Ok(())
        })
    }
}

/// Stores the number of open instances and tokens in `*out`. For leak checks: it is 0 when everything is
/// closed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_live_handles(out: *mut i64) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(std::ptr::null_mut(), || {
            *input::out("out", out, 0)? = INSTANCES.live() + TOKENS.live();
            Ok(())
        })
    }
}

/// Stores in `*out` how many bytes the core holds for the caller: buffers that are not freed (their `cap`),
/// tokens, and for each instance the length of its module, its memories and its tables. For leak checks: it
/// is 0 when everything is freed and closed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_native_bytes(out: *mut i64) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(std::ptr::null_mut(), || {
            *input::out("out", out, 0)? = memory_stats::total();
            Ok(())
        })
    }
}

/// Frees the bytes of `buffer` and sets it to {NULL, 0, 0}, so a second call does nothing. NULL is allowed.
/// Only for unchanged buffers of this core, on any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_buffer_free(buffer: *mut Buffer) {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(std::ptr::null_mut(), || {
            if let Some(buffer) = buffer.as_mut() {
                buffer.free();
            }
            Ok(())
        });
    }
}

/// Returns SWR_OK if the bytes are a valid WebAssembly core module in the binary format, including function
/// bodies: version 3.0 with the proposals threads, legacy exceptions, custom page sizes and wide arithmetic.
/// swr_instance_open supports fewer proposals (no garbage collection, exceptions, threads), so it can refuse
/// a valid module.
///
/// Fails with SWR_INVALID_MODULE (the text has the reason and the offset), SWR_TOO_LARGE (above 1 GiB).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_validate(wasm: *const u8, wasm_len: usize, error: *mut Buffer) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            describe::validate(input::bytes("wasm", wasm, wasm_len)?)
        })
    }
}

/// Stores the description of a valid module in `out`, owned by the caller: its imports, exports and contents.
/// The module is read in place, once, at about the cost of swr_validate.
///
/// Format 1, little endian, without padding: u32 format (1), then eight lists, each a u32 number of entries
/// and the entries; str is a u32 length in bytes and UTF-8.
///   imports    {str module, str name, u8 kind, str type}, in the module's order
///   exports    {str name, u8 kind, str type}, in the module's order
///   memories   {str type}, in the order of their index, imported ones first
///   tables     {str type}, likewise
///   globals    {str type}, likewise
///   custom     {str name, u64 offset, u64 size} of custom sections: where the payload behind the name
///              begins in the module, and its length, in bytes
///   producers  {str field, str name, str version} from the section "producers" (tool conventions);
///              none if it is malformed
///   features   {str name}, sorted: the proposals beyond the WebAssembly MVP without which the module
///              would be invalid, by the names of the section "target_features" (tool conventions):
///              atomics, bulk-memory, call-indirect-overlong (a table index in more bytes than needed,
///              if nothing else is of reference-types), custom-page-sizes, exception-handling,
///              extended-const, function-references, gc, legacy-exceptions, memory64, multimemory,
///              multivalue, mutable-globals, nontrapping-fptoint, reference-types, relaxed-simd,
///              sign-ext, simd128, tail-call, wide-arithmetic
///
/// kind: 0 func, 1 table, 2 memory, 3 global, 4 tag. type, in WebAssembly's text form: func and tag "(i64,
/// i64) -> (i64)"; table "funcref 1..10" (without a maximum "funcref 1.."); memory "1..16 pages" / "1..
/// pages", followed by " shared" or " of 2^n bytes"; both start with "i64 " when indexed by i64; global "i32"
/// / "mut i32", after "shared " when shared.
///
/// Fails like swr_validate, and with SWR_TOO_LARGE above 100000 custom sections.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_describe(
    wasm: *const u8,
    wasm_len: usize,
    out: *mut Buffer,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let out = input::out("out", out, Buffer::EMPTY)?;
            let wasm = input::bytes("wasm", wasm, wasm_len)?;
            *out = Buffer::new(describe::describe(wasm)?);
            Ok(())
        })
    }
}

/// Stores the SHA-256 digest of the bytes in `out`, which has room for 32 bytes. There is no size limit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_sha256(
    data: *const u8,
    len: usize,
    out: *mut u8,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above; a byte array has no alignment.
    unsafe {
        guard(error, || {
            let out = input::out("out", out.cast(), [0; digest::SHA256_LENGTH])?;
            *out = digest::sha256(input::bytes("data", data, len)?);
            Ok(())
        })
    }
}

/// Stores the SHA-512 digest of the bytes in `out`, which has room for 64 bytes. There is no size limit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_sha512(
    data: *const u8,
    len: usize,
    out: *mut u8,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above; a byte array has no alignment.
    unsafe {
        guard(error, || {
            let out = input::out("out", out.cast(), [0; digest::SHA512_LENGTH])?;
            *out = digest::sha512(input::bytes("data", data, len)?);
            Ok(())
        })
    }
}

/// Panics inside the core with `msg`, for tests of the boundary. Always returns SWR_PANIC with the text "msg
/// (file:line)", or SWR_INVALID_ARGUMENT if `msg` is not UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_probe_panic(
    msg: *const u8,
    msg_len: usize,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            probe::panic_with(input::text("msg", msg, msg_len)?)
        })
    }
}
