//! The exports as a foreign caller sees them: raw pointers in, status and buffers out.
//!
//! A test starts with `Session::start()`: tests of one binary then run one after the other, and when
//! the session ends, nothing may be open or unfreed.

// Each test binary includes this file and uses a part of it.
#![allow(dead_code)]

use std::ffi::c_void;
use std::sync::{Mutex, MutexGuard, PoisonError};
use stowage_wasm_rust::*;

pub struct Session(#[allow(dead_code)] MutexGuard<'static, ()>);

impl Session {
    pub fn start() -> Session {
        static ONE: Mutex<()> = Mutex::new(());
        let session = Session(ONE.lock().unwrap_or_else(PoisonError::into_inner));
        assert_eq!(counters(), (0, 0), "left over from before");
        session
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(counters(), (0, 0), "live handles, native bytes");
        }
    }
}

pub fn counters() -> (i64, i64) {
    let (mut handles, mut bytes) = (-1, -1);
    unsafe {
        assert_eq!(swr_live_handles(&mut handles), SWR_OK);
        assert_eq!(swr_native_bytes(&mut bytes), SWR_OK);
    }
    (handles, bytes)
}

/// What a call gave back: Ok(value), or status and text.
pub type Answer<T> = Result<T, (i32, String)>;

/// A buffer with rubbish in it: an out-parameter need not be initialised.
pub fn rubbish() -> Buffer {
    Buffer {
        ptr: std::ptr::dangling_mut(),
        len: 7,
        cap: 9,
    }
}

/// The content of an owned buffer, which is freed twice to prove that this is allowed.
pub fn take(mut buffer: Buffer) -> Vec<u8> {
    let bytes = if buffer.ptr.is_null() {
        assert_eq!((buffer.len, buffer.cap), (0, 0));
        Vec::new()
    } else {
        unsafe { std::slice::from_raw_parts(buffer.ptr, buffer.len) }.to_vec()
    };
    unsafe {
        swr_buffer_free(&mut buffer);
        assert!(buffer.ptr.is_null() && buffer.len == 0 && buffer.cap == 0);
        swr_buffer_free(&mut buffer);
    }
    bytes
}

/// Runs a call with an error buffer and checks the rules that hold for every status.
pub fn answer(call: impl FnOnce(*mut Buffer) -> i32) -> Answer<()> {
    let mut error = rubbish();
    let status = call(&mut error);
    let text = String::from_utf8(take(error)).expect("messages are UTF-8");
    assert_eq!(status == SWR_OK, text.is_empty(), "{status}: {text}");
    assert!(!text.contains('\n'), "one line: {text}");
    assert!(text.len() < 8192, "{}", text.len());
    if status == SWR_OK {
        Ok(())
    } else {
        Err((status, text))
    }
}

pub fn validate(wasm: &[u8]) -> Answer<()> {
    answer(|error| unsafe { swr_validate(wasm.as_ptr(), wasm.len(), error) })
}

pub fn describe(wasm: &[u8]) -> Answer<Vec<u8>> {
    let mut out = rubbish();
    let answer =
        answer(|error| unsafe { swr_describe(wasm.as_ptr(), wasm.len(), &mut out, error) });
    let bytes = take(out);
    assert_eq!(answer.is_err(), bytes.is_empty());
    answer.map(|()| bytes)
}

pub fn sha256(data: &[u8]) -> String {
    let mut out = [0xee_u8; 33];
    answer(|error| unsafe { swr_sha256(data.as_ptr(), data.len(), out.as_mut_ptr(), error) })
        .expect("SHA-256");
    assert_eq!(out[32], 0xee, "only 32 bytes are written");
    out[..32].iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn open_with(wasm: &[u8], fuel: u64, host: Option<&Host>) -> Answer<u64> {
    // A copy that is wiped and freed right after the call: the core must not look at it again.
    let mut borrowed = wasm.to_vec();
    let mut handle = u64::MAX;
    let host: *const Host = host.map_or(std::ptr::null(), |host| host);
    let answer = answer(|error| unsafe {
        swr_instance_open(
            borrowed.as_ptr(),
            borrowed.len(),
            fuel,
            host,
            &mut handle,
            error,
        )
    });
    borrowed.fill(0xaa);
    drop(borrowed);
    assert_eq!(answer.is_err(), handle == 0);
    answer.map(|()| handle)
}

pub const FUEL: u64 = 1_000_000;

pub fn open(wat: &str) -> u64 {
    open_with(&module(wat), FUEL, None).unwrap_or_else(|error| panic!("{error:?}\n{wat}"))
}

pub fn call_with(handle: u64, name: &str, args: &[i64], host: Option<&Host>) -> Answer<i64> {
    let mut name = name.as_bytes().to_vec();
    let mut args = args.to_vec();
    let mut result = i64::MIN;
    let host: *const Host = host.map_or(std::ptr::null(), |host| host);
    let answer = answer(|error| unsafe {
        swr_instance_call(
            handle,
            name.as_ptr(),
            name.len(),
            args.as_ptr(),
            args.len(),
            host,
            &mut result,
            error,
        )
    });
    name.fill(0);
    args.fill(0);
    if answer.is_err() {
        assert_eq!(result, 0);
    }
    answer.map(|()| result)
}

pub fn call(handle: u64, name: &str, args: &[i64]) -> Answer<i64> {
    call_with(handle, name, args, None)
}

pub fn close(handle: u64) -> Answer<()> {
    answer(|error| unsafe { swr_instance_close(handle, error) })
}

pub fn module(wat: &str) -> Vec<u8> {
    wat::parse_str(wat).unwrap_or_else(|error| panic!("{error}\n{wat}"))
}

/// A host function made of a Rust closure, which is what `ctx` is for.
pub struct Callback<F>(F);

impl<F: FnMut(i64) -> Result<i64, i32>> Callback<F> {
    pub fn new(function: F) -> Self {
        Callback(function)
    }

    pub fn host(&mut self) -> Host {
        Host {
            call: Some(Self::run),
            ctx: std::ptr::from_mut(&mut self.0).cast(),
        }
    }

    unsafe extern "C" fn run(ctx: *mut c_void, argument: i64, result: *mut i64) -> i32 {
        let function = unsafe { &mut *ctx.cast::<F>() };
        match function(argument) {
            Ok(value) => {
                unsafe { result.write(value) };
                0
            }
            Err(code) => code,
        }
    }
}

/// A module with one of everything that the tests call.
pub const SAMPLE: &str = r#"(module
  (import "host" "call" (func $host (param i64) (result i64)))
  (memory (export "memory") 1 16)
  (func (export "add") (param i64 i64) (result i64)
    local.get 0 local.get 1 i64.add)
  (func (export "ask") (param i64) (result i64) local.get 0 call $host)
  (func (export "none"))
  (func (export "narrow") (param i32) (result i32) local.get 0)
  (func (export "two") (result i64 i64) i64.const 1 i64.const 2)
  (func (export "div") (param i64 i64) (result i64)
    local.get 0 local.get 1 i64.div_s)
  (func (export "trap") unreachable)
  (func (export "load") (param i64) (result i64)
    local.get 0 i32.wrap_i64 i64.load)
  (func (export "store") (param i64 i64)
    local.get 0 i32.wrap_i64 local.get 1 i64.store)
  (func (export "grow") (param i64) (result i64)
    local.get 0 i32.wrap_i64 memory.grow i64.extend_i32_s)
  (func $deep (export "deep") (param i64) (result i64)
    local.get 0 i64.eqz
    if (result i64) i64.const 0
    else local.get 0 i64.const 1 i64.sub call $deep i64.const 1 i64.add end)
  (func (export "spin") (loop br 0)))"#;
