//! Borrowed input: from pointer and length to a slice, with the checks that the ABI promises.

use crate::messages;
use crate::status::Failure;
use std::slice;

/// The bytes at `pointer`, for as long as the caller's call lasts.
///
/// # Safety
/// When not NULL, `pointer` is readable for `len` bytes during the call.
pub(crate) unsafe fn bytes<'a>(
    what: &str,
    pointer: *const u8,
    len: usize,
) -> Result<&'a [u8], Failure> {
    if len == 0 {
        return Ok(&[]);
    }
    if pointer.is_null() {
        return Err(messages::null_input(what, len));
    }
    // A slice longer than isize::MAX is undefined behaviour, and no allocation can be that long:
    // such a length is a negative number that lost its sign on the way here.
    if isize::try_from(len).is_err() {
        return Err(messages::impossible_length(what, len));
    }
    // SAFETY: not NULL, a possible length, readable by the contract of the export.
    Ok(unsafe { slice::from_raw_parts(pointer, len) })
}

/// As `bytes`, checked to be UTF-8.
///
/// # Safety
/// As for `bytes`.
pub(crate) unsafe fn text<'a>(
    what: &str,
    pointer: *const u8,
    len: usize,
) -> Result<&'a str, Failure> {
    // SAFETY: passed on to the caller.
    let bytes = unsafe { bytes(what, pointer, len) }?;
    std::str::from_utf8(bytes).map_err(|error| messages::not_utf8(what, error.valid_up_to()))
}

/// Copies an array of i64; copying also frees us from the caller's alignment.
///
/// # Safety
/// When not NULL, `pointer` is readable for `len` elements during the call.
pub(crate) unsafe fn numbers(
    what: &str,
    pointer: *const i64,
    len: usize,
) -> Result<Vec<i64>, Failure> {
    let size = len
        .checked_mul(size_of::<i64>())
        .ok_or_else(|| messages::impossible_length(what, len))?;
    // SAFETY: passed on to the caller; `size` bytes are `len` elements.
    let bytes = unsafe { bytes(what, pointer.cast(), size) }?;
    let (elements, _) = bytes.as_chunks::<{ size_of::<i64>() }>();
    Ok(elements.iter().map(|e| i64::from_ne_bytes(*e)).collect())
}

/// An out-parameter, set to `empty` so that a failing call leaves a defined value behind.
///
/// # Safety
/// When not NULL, `pointer` is writable.
pub(crate) unsafe fn out<'a, T>(
    what: &str,
    pointer: *mut T,
    empty: T,
) -> Result<&'a mut T, Failure> {
    if pointer.is_null() {
        return Err(messages::null_output(what));
    }
    // SAFETY: not NULL, writable by contract; `write` because the old content may be uninitialised.
    unsafe {
        pointer.write(empty);
        Ok(&mut *pointer)
    }
}
