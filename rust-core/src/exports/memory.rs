//! Access of the host to an instance's memories and globals.
//!
//! The general rules of the header apply to all of these functions.

use crate::buffer::Buffer;
use crate::host::ViewFn;
use crate::input;
use crate::instance::INSTANCES;
use crate::panic::guard;
use std::ffi::c_void;

/// Stores the size of memory `name` in bytes.
///
/// Fails with SWR_UNKNOWN_EXPORT (the text lists the memories), SWR_CLOSED, SWR_BUSY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_memory_size(
    handle: u64,
    name: *const u8,
    name_len: usize,
    out_bytes: *mut u64,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let out = input::out("out_bytes", out_bytes, 0)?;
            let name = input::text("name", name, name_len)?;
            *out = INSTANCES.get(handle)?.memory_size(name)?;
            Ok(())
        })
    }
}

/// Copies `len` bytes of memory `name` from `offset` on to `out`. On failure `out` is unchanged.
///
/// Fails with SWR_OUT_OF_BOUNDS (all bytes must be in the memory; 0 bytes can be read at its end),
/// SWR_UNKNOWN_EXPORT, SWR_CLOSED, SWR_BUSY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_memory_read(
    handle: u64,
    name: *const u8,
    name_len: usize,
    offset: u64,
    out: *mut u8,
    len: usize,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let out = input::bytes_out("out", out, len, 1)?;
            let name = input::text("name", name, name_len)?;
            INSTANCES.get(handle)?.memory_read(name, offset, out)
        })
    }
}

/// Copies `len` bytes from `data` to memory `name` at `offset`. On failure nothing is written.
///
/// Fails like swr_memory_read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_memory_write(
    handle: u64,
    name: *const u8,
    name_len: usize,
    offset: u64,
    data: *const u8,
    len: usize,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let data = input::bytes("data", data, len)?;
            let name = input::text("name", name, name_len)?;
            INSTANCES.get(handle)?.memory_write(name, offset, data)
        })
    }
}

/// Grows memory `name` by `pages` (of 64 KiB); `*out_old_pages` is its previous size in pages, so with 0
/// pages this returns the size.
///
/// Fails with SWR_TOO_LARGE (the text names the limit: the memory's own maximum, or that of swr_limits),
/// SWR_UNKNOWN_EXPORT, SWR_CLOSED, SWR_BUSY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_memory_grow(
    handle: u64,
    name: *const u8,
    name_len: usize,
    pages: u64,
    out_old_pages: *mut u64,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let out = input::out("out_old_pages", out_old_pages, 0)?;
            let name = input::text("name", name, name_len)?;
            *out = INSTANCES.get(handle)?.memory_grow(name, pages)?;
            Ok(())
        })
    }
}

/// Calls `view` once with the bytes of memory `name` in place, on this thread. The pointer is valid until
/// `view` returns, and not after. The instance is locked meanwhile, so that the bytes cannot move: another
/// use of it on this thread is SWR_BUSY, other threads wait, and a close takes effect afterwards. For an
/// empty memory `len` is 0.
///
/// Fails with SWR_HOST if `view` returns non-zero (its changes to the memory remain), SWR_UNKNOWN_EXPORT,
/// SWR_CLOSED, SWR_BUSY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_memory_view(
    handle: u64,
    name: *const u8,
    name_len: usize,
    view: ViewFn,
    ctx: *mut c_void,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let name = input::text("name", name, name_len)?;
            INSTANCES.get(handle)?.memory_view(name, view, ctx)
        })
    }
}

/// Stores the value of global `name` as a slot, and unless `out_type` is NULL its type, like "i32" or "mut
/// f64", owned by the caller.
///
/// Fails with SWR_WRONG_ARGUMENTS if it is not a number, SWR_UNKNOWN_EXPORT (the text lists the globals),
/// SWR_CLOSED, SWR_BUSY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_global_get(
    handle: u64,
    name: *const u8,
    name_len: usize,
    out: *mut u64,
    out_type: *mut Buffer,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let out = input::out("out", out, 0)?;
            let out_type = input::optional_out(out_type, Buffer::EMPTY);
            let name = input::text("name", name, name_len)?;
            let (value, ty) = INSTANCES.get(handle)?.global_get(name)?;
            *out = value;
            if let Some(out_type) = out_type {
                *out_type = Buffer::new(ty.into_bytes());
            }
            Ok(())
        })
    }
}

/// Sets global `name` to the slot `value`.
///
/// Fails with SWR_WRONG_ARGUMENTS if it is constant or not a number, SWR_UNKNOWN_EXPORT, SWR_CLOSED,
/// SWR_BUSY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn swr_global_set(
    handle: u64,
    name: *const u8,
    name_len: usize,
    value: u64,
    error: *mut Buffer,
) -> i32 {
    // SAFETY: the caller keeps the contract above.
    unsafe {
        guard(error, || {
            let name = input::text("name", name, name_len)?;
            INSTANCES.get(handle)?.global_set(name, value)
        })
    }
}
