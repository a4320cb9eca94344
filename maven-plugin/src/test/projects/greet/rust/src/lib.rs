//! The core behind `greet.h`, which documents every function.

use std::ffi::c_void;

#[repr(C)]
pub struct Buffer {
    ptr: *mut u8,
    len: usize,
    cap: usize,
}

type Met = extern "C" fn(ctx: *mut c_void, person: i64) -> i32;

/// Stores bytes in a buffer, if there is one.
unsafe fn store(buffer: *mut Buffer, bytes: Vec<u8>) {
    if let Some(buffer) = buffer.as_mut() {
        let mut bytes = std::mem::ManuallyDrop::new(bytes);
        *buffer = Buffer {
            ptr: bytes.as_mut_ptr(),
            len: bytes.len(),
            cap: bytes.capacity(),
        };
    }
}

unsafe fn failed(status: i32, text: &str, error: *mut Buffer) -> i32 {
    store(error, text.into());
    status
}

unsafe fn input<'a>(ptr: *const u8, len: usize) -> &'a [u8] {
    if len == 0 {
        &[]
    } else {
        std::slice::from_raw_parts(ptr, len)
    }
}

fn greetings(people: i64) -> i64 {
    people.wrapping_mul(people.wrapping_sub(1))
}

#[no_mangle]
pub unsafe extern "C" fn greet_buffer_free(buffer: *mut Buffer) {
    if let Some(buffer) = buffer.as_mut() {
        if buffer.cap > 0 {
            drop(Vec::from_raw_parts(buffer.ptr, buffer.len, buffer.cap));
        }
        *buffer = Buffer {
            ptr: std::ptr::null_mut(),
            len: 0,
            cap: 0,
        };
    }
}

#[no_mangle]
pub unsafe extern "C" fn greet_reversed(
    bytes: *const u8,
    len: usize,
    out: *mut Buffer,
    _error: *mut Buffer,
) -> i32 {
    store(out, input(bytes, len).iter().rev().copied().collect());
    0
}

#[no_mangle]
pub unsafe extern "C" fn greet_hello(
    name: *const u8,
    len: usize,
    out: *mut Buffer,
    error: *mut Buffer,
) -> i32 {
    match std::str::from_utf8(input(name, len)) {
        Ok(name) => {
            store(out, format!("Hello, {name}!").into_bytes());
            0
        }
        Err(_) => failed(1, "the name is not UTF-8", error),
    }
}

#[no_mangle]
pub unsafe extern "C" fn greet_table(out: *mut u64, len: usize, _error: *mut Buffer) -> i32 {
    for people in 0..len {
        *out.add(people) = greetings(people as i64) as u64;
    }
    0
}

#[no_mangle]
pub unsafe extern "C" fn greet_count(people: i64, out: *mut i64, error: *mut Buffer) -> i32 {
    if people < 0 {
        return failed(1, &format!("{people} people cannot meet \u{2639}"), error);
    }
    *out = greetings(people);
    0
}

#[no_mangle]
pub unsafe extern "C" fn greet_each(
    people: i64,
    met: Met,
    ctx: *mut c_void,
    error: *mut Buffer,
) -> i32 {
    for person in 0..people {
        if met(ctx, person) != 0 {
            return failed(2, "the callback stopped the call", error);
        }
    }
    0
}

#[no_mangle]
pub unsafe extern "C" fn greet_strength(
    password: *const u8,
    len: usize,
    out: *mut i32,
    _error: *mut Buffer,
) -> i32 {
    let mut seen = [false; 256];
    for byte in input(password, len) {
        seen[usize::from(*byte)] = true;
    }
    *out = seen.iter().filter(|seen| **seen).count() as i32;
    0
}
