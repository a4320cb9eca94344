//! The exports as a foreign caller sees them: raw pointers in, status and buffers out.
//!
//! A test starts with `Session::start()`: then the tests of one binary run one after the other, and at the
//! end of the session everything must be closed and freed.

// Each test binary includes this file and uses a part of it.
#![allow(dead_code)]

use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use stowage_wasm_rust::*;

/// Set when a test failed, and so did not close everything.
static FAILED: AtomicBool = AtomicBool::new(false);
/// Handles and bytes that failed tests had left when the session began.
static LEFT: [AtomicI64; 2] = [AtomicI64::new(0), AtomicI64::new(0)];

pub struct Session(#[allow(dead_code)] MutexGuard<'static, ()>);

impl Session {
    pub fn start() -> Session {
        static ONE: Mutex<()> = Mutex::new(());
        let session = Session(ONE.lock().unwrap_or_else(PoisonError::into_inner));
        if FAILED.load(Ordering::Relaxed) {
            // The earlier failure is the one to report; this test is responsible only for its own handles and
            // bytes.
            let (handles, bytes) = totals();
            LEFT[0].store(handles, Ordering::Relaxed);
            LEFT[1].store(bytes, Ordering::Relaxed);
        }
        assert_eq!(counters(), (0, 0), "left over from before");
        session
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if std::thread::panicking() {
            FAILED.store(true, Ordering::Relaxed);
        } else {
            assert_eq!(counters(), (0, 0), "live handles, native bytes");
        }
    }
}

/// Live handles and native bytes, without those of failed tests.
pub fn counters() -> (i64, i64) {
    let (handles, bytes) = totals();
    (
        handles - LEFT[0].load(Ordering::Relaxed),
        bytes - LEFT[1].load(Ordering::Relaxed),
    )
}

fn totals() -> (i64, i64) {
    let (mut handles, mut bytes) = (-1, -1);
    unsafe {
        assert_eq!(swr_live_handles(&mut handles), SWR_OK);
        assert_eq!(swr_native_bytes(&mut bytes), SWR_OK);
    }
    (handles, bytes)
}

/// The result of a call: Ok(value), or status and text.
pub type Answer<T> = Result<T, (i32, String)>;

/// A buffer with random content: an out-parameter need not be initialised.
pub fn rubbish() -> Buffer {
    Buffer {
        ptr: std::ptr::dangling_mut(),
        len: 7,
        cap: 9,
    }
}

/// Returns the content of an owned buffer, and frees it twice to prove that this is allowed.
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
    digest::<32>(data, swr_sha256)
}

pub fn sha512(data: &[u8]) -> String {
    digest::<64>(data, swr_sha512)
}

type Digest = unsafe extern "C" fn(*const u8, usize, *mut u8, *mut Buffer) -> i32;

fn digest<const LENGTH: usize>(data: &[u8], function: Digest) -> String {
    let mut out = [0xee_u8; 65];
    answer(|error| unsafe { function(data.as_ptr(), data.len(), out.as_mut_ptr(), error) })
        .expect("a digest");
    let (digest, behind) = out.split_at(LENGTH);
    assert!(behind.iter().all(|byte| *byte == 0xee), "written behind");
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The arguments of swr_instance_open.
#[derive(Default)]
pub struct Opening<'a> {
    pub limits: Option<Limits>,
    pub imports: &'a [u8],
    pub wasi: &'a [u8],
    pub token: u64,
    pub host: Option<&'a Host>,
}

impl Opening<'_> {
    pub fn open(&self, wasm: &[u8]) -> Answer<u64> {
        // Copies that are overwritten and freed right after the call, so that the core cannot read them
        // later.
        let mut borrowed = [wasm.to_vec(), self.imports.to_vec(), self.wasi.to_vec()];
        let mut handle = u64::MAX;
        let [wasm, imports, wasi] = &borrowed;
        let answer = answer(|error| unsafe {
            swr_instance_open(
                wasm.as_ptr(),
                wasm.len(),
                pointer(self.limits.as_ref()),
                imports.as_ptr(),
                imports.len(),
                wasi.as_ptr(),
                wasi.len(),
                self.token,
                pointer(self.host),
                &mut handle,
                error,
            )
        });
        borrowed.iter_mut().for_each(|bytes| bytes.fill(0xaa));
        drop(borrowed);
        assert_eq!(answer.is_err(), handle == 0);
        answer.map(|()| handle)
    }
}

fn pointer<T>(value: Option<&T>) -> *const T {
    value.map_or(std::ptr::null(), |value| value)
}

/// Opens a module with the import of SAMPLE.
pub fn open_with(wasm: &[u8], fuel: u64, host: Option<&Host>) -> Answer<u64> {
    Opening {
        limits: Some(Limits {
            fuel,
            ..Limits::default()
        }),
        imports: &host_call(),
        host,
        ..Opening::default()
    }
    .open(wasm)
}

pub const FUEL: u64 = 1_000_000;

pub fn open(wat: &str) -> u64 {
    open_with(&module(wat), FUEL, None).unwrap_or_else(|error| panic!("{error:?}\n{wat}"))
}

/// An import list in the format of the header.
#[derive(Default)]
pub struct ImportList {
    count: u32,
    entries: Vec<u8>,
}

impl ImportList {
    pub fn add(mut self, module: &str, name: &str, kind: u8, ty: &str) -> Self {
        self.count += 1;
        for text in [module, name] {
            put_text(&mut self.entries, text);
        }
        self.entries.push(kind);
        put_text(&mut self.entries, ty);
        self
    }

    pub fn add_global(mut self, module: &str, name: &str, ty: &str, slot: u64) -> Self {
        self = self.add(module, name, 3, ty);
        self.entries.extend(slot.to_le_bytes());
        self
    }

    pub fn record(&self) -> Vec<u8> {
        [&self.count.to_le_bytes()[..], &self.entries].concat()
    }
}

pub fn put_text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u32).to_le_bytes());
    out.extend(text.as_bytes());
}

/// The record for the imports of SAMPLE.
pub fn host_call() -> Vec<u8> {
    let list = ImportList::default().add("host", "call", 0, "(i64) -> (i64)");
    list.record()
}

/// Number and type of a function.
pub fn function(handle: u64, name: &str) -> Answer<(u32, String)> {
    let (mut number, mut ty) = (u32::MAX, rubbish());
    let answer = answer(|error| unsafe {
        swr_instance_function(
            handle,
            name.as_ptr(),
            name.len(),
            &mut number,
            &mut ty,
            error,
        )
    });
    let ty = String::from_utf8(take(ty)).expect("UTF-8");
    assert!(answer.is_ok() || (number == 0 && ty.is_empty()));
    answer.map(|()| (number, ty))
}

/// Calls a function as the ABI allows: with any slots, a token, and room for `results` results.
pub fn call_slots(
    handle: u64,
    number: u32,
    args: &[u64],
    results: usize,
    token: u64,
    host: Option<&Host>,
) -> Answer<Vec<u64>> {
    let mut args = args.to_vec();
    let mut slots = vec![0xeeee_eeee_eeee_eeee_u64; results + 1];
    let answer = answer(|error| unsafe {
        swr_instance_call(
            handle,
            number,
            args.as_ptr(),
            args.len(),
            token,
            pointer(host),
            slots.as_mut_ptr(),
            results,
            error,
        )
    });
    args.fill(0xaa);
    assert_eq!(slots.pop(), Some(0xeeee_eeee_eeee_eeee), "written behind");
    if answer.is_err() {
        assert!(slots.iter().all(|slot| *slot == 0), "{slots:x?}");
    }
    answer.map(|()| slots)
}

/// Runs a command and returns its exit code.
pub fn run(handle: u64, token: u64, host: Option<&Host>) -> Answer<i32> {
    let mut code = -1;
    let answer =
        answer(|error| unsafe { swr_instance_run(handle, token, pointer(host), &mut code, error) });
    assert!(answer.is_ok() || code == 0);
    answer.map(|()| code)
}

/// Calls a function by name, with i64 arguments and at most one result; returns 0 if there is none.
pub fn call_with(handle: u64, name: &str, args: &[i64], host: Option<&Host>) -> Answer<i64> {
    call_cancellable(handle, name, args, 0, host)
}

pub fn call(handle: u64, name: &str, args: &[i64]) -> Answer<i64> {
    call_with(handle, name, args, None)
}

pub fn call_cancellable(
    handle: u64,
    name: &str,
    args: &[i64],
    token: u64,
    host: Option<&Host>,
) -> Answer<i64> {
    let (number, ty) = function(handle, name)?;
    let results = usize::from(!ty.ends_with("-> ()"));
    let args: Vec<u64> = args.iter().map(|arg| arg.cast_unsigned()).collect();
    let slots = call_slots(handle, number, &args, results, token, host)?;
    Ok(slots.first().map_or(0, |slot| slot.cast_signed()))
}

pub fn close(handle: u64) -> Answer<()> {
    answer(|error| unsafe { swr_instance_close(handle, error) })
}

pub fn module(wat: &str) -> Vec<u8> {
    wat::parse_str(wat).unwrap_or_else(|error| panic!("{error}\n{wat}"))
}

/// The function that SAMPLE imports, made from a Rust closure, which `ctx` refers to.
pub struct Callback<F>(F);

impl<F: FnMut(i64) -> Result<i64, i32>> Callback<F> {
    pub fn new(function: F) -> Self {
        Callback(function)
    }

    pub fn host(&mut self) -> Host {
        Host {
            call: Some(Self::run),
            write: None,
            ctx: std::ptr::from_mut(&mut self.0).cast(),
        }
    }

    unsafe extern "C" fn run(
        ctx: *mut c_void,
        import: u32,
        args: *const u64,
        results: *mut u64,
    ) -> i32 {
        assert_eq!(import, 0);
        let function = unsafe { &mut *ctx.cast::<F>() };
        match function(unsafe { args.read() }.cast_signed()) {
            Ok(value) => {
                unsafe { results.write(value.cast_unsigned()) };
                0
            }
            Err(code) => code,
        }
    }
}

/// Host functions made from a Rust closure that receives the import, its arguments and room for its results.
/// `arities` has the numbers of arguments and results per import.
pub struct Functions<'a, F> {
    arities: &'a [(usize, usize)],
    function: F,
}

impl<'a, F: FnMut(u32, &[u64], &mut [u64]) -> i32> Functions<'a, F> {
    pub fn new(arities: &'a [(usize, usize)], function: F) -> Self {
        Functions { arities, function }
    }

    pub fn host(&mut self) -> Host {
        Host {
            call: Some(Self::run),
            write: None,
            ctx: std::ptr::from_mut(self).cast(),
        }
    }

    unsafe extern "C" fn run(
        ctx: *mut c_void,
        import: u32,
        args: *const u64,
        results: *mut u64,
    ) -> i32 {
        let functions = unsafe { &mut *ctx.cast::<Self>() };
        let (params, answers) = functions.arities[import as usize];
        let args = unsafe { std::slice::from_raw_parts(args, params) };
        let results = unsafe { std::slice::from_raw_parts_mut(results, answers) };
        (functions.function)(import, args, results)
    }
}

pub fn token() -> u64 {
    let mut token = 0;
    answer(|error| unsafe { swr_token_open(&mut token, error) }).expect("a token");
    token
}

pub fn cancel(token: u64) -> Answer<()> {
    answer(|error| unsafe { swr_token_cancel(token, error) })
}

pub fn close_token(token: u64) -> Answer<()> {
    answer(|error| unsafe { swr_token_close(token, error) })
}

pub fn read(handle: u64, name: &str, offset: u64, len: usize) -> Answer<Vec<u8>> {
    let mut out = vec![0xee; len + 1];
    let answer = answer(|error| unsafe {
        let (name, name_len) = (name.as_ptr(), name.len());
        swr_memory_read(handle, name, name_len, offset, out.as_mut_ptr(), len, error)
    });
    assert_eq!(out.pop(), Some(0xee), "written behind");
    assert!(answer.is_ok() || out.iter().all(|byte| *byte == 0xee));
    answer.map(|()| out)
}

pub fn write(handle: u64, name: &str, offset: u64, data: &[u8]) -> Answer<()> {
    answer(|error| unsafe {
        let (name, name_len) = (name.as_ptr(), name.len());
        swr_memory_write(
            handle,
            name,
            name_len,
            offset,
            data.as_ptr(),
            data.len(),
            error,
        )
    })
}

pub fn size(handle: u64, name: &str) -> Answer<u64> {
    let mut bytes = u64::MAX;
    let answer = answer(|error| unsafe {
        swr_memory_size(handle, name.as_ptr(), name.len(), &mut bytes, error)
    });
    assert!(answer.is_ok() || bytes == 0);
    answer.map(|()| bytes)
}

pub fn grow(handle: u64, name: &str, pages: u64) -> Answer<u64> {
    let mut old = u64::MAX;
    let answer = answer(|error| unsafe {
        swr_memory_grow(handle, name.as_ptr(), name.len(), pages, &mut old, error)
    });
    assert!(answer.is_ok() || old == 0);
    answer.map(|()| old)
}

pub fn view<F: FnMut(&mut [u8]) -> i32>(handle: u64, name: &str, mut body: F) -> Answer<()> {
    unsafe extern "C" fn run<F: FnMut(&mut [u8]) -> i32>(
        ctx: *mut c_void,
        bytes: *mut u8,
        len: usize,
    ) -> i32 {
        assert!(!bytes.is_null());
        let body = unsafe { &mut *ctx.cast::<F>() };
        body(unsafe { std::slice::from_raw_parts_mut(bytes, len) })
    }
    let ctx = std::ptr::from_mut(&mut body).cast();
    answer(|error| unsafe {
        swr_memory_view(
            handle,
            name.as_ptr(),
            name.len(),
            Some(run::<F>),
            ctx,
            error,
        )
    })
}

pub fn get(handle: u64, name: &str) -> Answer<(u64, String)> {
    let (mut value, mut ty) = (u64::MAX, rubbish());
    let answer = answer(|error| unsafe {
        swr_global_get(
            handle,
            name.as_ptr(),
            name.len(),
            &mut value,
            &mut ty,
            error,
        )
    });
    let ty = String::from_utf8(take(ty)).expect("UTF-8");
    assert!(answer.is_ok() || (value == 0 && ty.is_empty()));
    answer.map(|()| (value, ty))
}

pub fn set(handle: u64, name: &str, value: u64) -> Answer<()> {
    answer(|error| unsafe { swr_global_set(handle, name.as_ptr(), name.len(), value, error) })
}

/// A module with one item of every kind that the tests use.
pub const SAMPLE: &str = r#"(module
  (import "host" "call" (func $host (param i64) (result i64)))
  (memory (export "memory") 1 16)
  (global (export "global") (mut i64) (i64.const 5))
  (func (export "add") (param i64 i64) (result i64)
    local.get 0 local.get 1 i64.add)
  (func (export "ask") (param i64) (result i64) local.get 0 call $host)
  (func (export "none"))
  (func (export "narrow") (param i32) (result i32) local.get 0)
  (func (export "vector") (param v128))
  (func (export "two") (result i64 i64) i64.const 1 i64.const 2)
  (func (export "div") (param i64 i64) (result i64)
    local.get 0 local.get 1 i64.div_s)
  (func (export "trap") unreachable)
  (table 1 funcref)
  (func (export "null") (call_indirect (i32.const 0)))
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
