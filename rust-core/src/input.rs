//! Borrowed input: makes slices of pointers and lengths, with the checks that the ABI promises.

use crate::messages;
use crate::status::Failure;
use std::mem::MaybeUninit;
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
    // A slice longer than isize::MAX is undefined behaviour, and no allocation can be that long. Such a
    // length was a negative number before a conversion.
    if isize::try_from(len).is_err() {
        return Err(messages::impossible_length(what, len));
    }
    // SAFETY: not NULL, a possible length, readable by the contract of the export.
    Ok(unsafe { slice::from_raw_parts(pointer, len) })
}

/// Like `bytes`, and checks that they are UTF-8.
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

/// A number in an array of the caller, which may be unaligned.
pub(crate) type Slot = [u8; size_of::<u64>()];

/// An array of u64.
///
/// # Safety
/// When not NULL, `pointer` is readable for `len` elements during the call.
pub(crate) unsafe fn slots<'a>(
    what: &str,
    pointer: *const u64,
    len: usize,
) -> Result<&'a [Slot], Failure> {
    let size = len
        .checked_mul(size_of::<Slot>())
        .ok_or_else(|| messages::impossible_length(what, len))?;
    // SAFETY: passed on to the caller; `size` bytes are `len` elements.
    let bytes = unsafe { bytes(what, pointer.cast(), size) }?;
    Ok(bytes.as_chunks().0)
}

/// An array of u64 for results. It is set to 0 first, so that it has defined values if the call fails.
///
/// # Safety
/// When not NULL, `pointer` is writable for `len` elements during the call.
pub(crate) unsafe fn slots_out<'a>(
    what: &str,
    pointer: *mut u64,
    len: usize,
) -> Result<&'a mut [Slot], Failure> {
    // SAFETY: passed on to the caller.
    let bytes = unsafe { bytes_out(what, pointer.cast(), len, size_of::<Slot>()) }?;
    bytes.fill(MaybeUninit::new(0));
    // SAFETY: just initialised.
    let bytes = unsafe { bytes.assume_init_mut() };
    Ok(bytes.as_chunks_mut().0)
}

/// Room for `len` elements of `size` bytes each.
///
/// # Safety
/// When not NULL, `pointer` is writable for `len` times `size` bytes during the call.
pub(crate) unsafe fn bytes_out<'a>(
    what: &str,
    pointer: *mut u8,
    len: usize,
    size: usize,
) -> Result<&'a mut [MaybeUninit<u8>], Failure> {
    let bytes = len.checked_mul(size);
    let bytes = bytes.filter(|bytes| isize::try_from(*bytes).is_ok());
    let bytes = bytes.ok_or_else(|| messages::impossible_length(what, len))?;
    if bytes == 0 {
        return Ok(&mut []);
    }
    if pointer.is_null() {
        return Err(messages::null_output(what));
    }
    // SAFETY: not NULL, a possible length, writable by the contract of the export.
    Ok(unsafe { slice::from_raw_parts_mut(pointer.cast(), bytes) })
}

/// An out-parameter. It is set to `empty` first, so that it has a defined value if the call fails.
///
/// # Safety
/// When not NULL, `pointer` is writable.
pub(crate) unsafe fn out<'a, T>(
    what: &str,
    pointer: *mut T,
    empty: T,
) -> Result<&'a mut T, Failure> {
    // SAFETY: passed on to the caller.
    unsafe { optional_out(pointer, empty) }.ok_or_else(|| messages::null_output(what))
}

/// An out-parameter that may be NULL.
///
/// # Safety
/// When not NULL, `pointer` is writable.
pub(crate) unsafe fn optional_out<'a, T>(pointer: *mut T, empty: T) -> Option<&'a mut T> {
    if pointer.is_null() {
        return None;
    }
    // SAFETY: not NULL, writable by contract; `write` does not drop the old content, which may be
    // uninitialised.
    unsafe {
        pointer.write(empty);
        Some(&mut *pointer)
    }
}
