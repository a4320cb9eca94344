//! The baseline for calls from Java: the same crate and the same interpreter, called from Rust. `ci/bench`
//! runs it and a JVM in turns. For each input line "figure file count" it prints a line "NANOS n", the total
//! time of `count` calls.

use std::hint::black_box;
use std::io::{self, BufRead};
use std::time::{Duration, Instant};
use std::{error, fs, ptr};
use stowage_wasm_rust::{
    Buffer, Limits, SWR_OK, swr_buffer_free, swr_describe, swr_sha256, wasmi_engine,
};
use wasmi::{Instance, Linker, Module, Store, Val};

type Outcome<T> = Result<T, Box<dyn error::Error>>;

fn main() -> Outcome<()> {
    for line in io::stdin().lock().lines() {
        let line = line?;
        let [figure, file, count] = line.split(' ').collect::<Vec<_>>()[..] else {
            return Err(format!("'{line}' is not 'figure file count'").into());
        };
        let bytes = fs::read(file)?;
        let nanos = measure(figure, &bytes, count.parse()?)?.as_nanos();
        println!("NANOS {nanos}");
    }
    Ok(())
}

fn measure(figure: &str, wasm: &[u8], count: u32) -> Outcome<Duration> {
    match figure {
        "describe" => repeated(count, || describe(wasm)),
        "sha256" => repeated(count, || sha256(wasm)),
        "calls" => calls(wasm, count),
        "calls-typed" => typed_calls(wasm, count),
        "host" => host(wasm, count),
        _ => Err(format!("no figure is called '{figure}'").into()),
    }
}

fn repeated(count: u32, mut body: impl FnMut() -> i32) -> Outcome<Duration> {
    let start = Instant::now();
    for _ in 0..count {
        if body() != SWR_OK {
            return Err("the core returned an error".into());
        }
    }
    Ok(start.elapsed())
}

fn describe(wasm: &[u8]) -> i32 {
    let mut out = Buffer {
        ptr: ptr::null_mut(),
        len: 0,
        cap: 0,
    };
    // SAFETY: all pointers are valid for these lengths; the buffer is freed once.
    unsafe {
        let status = swr_describe(wasm.as_ptr(), wasm.len(), &mut out, ptr::null_mut());
        swr_buffer_free(black_box(&mut out));
        status
    }
}

fn sha256(data: &[u8]) -> i32 {
    let mut digest = [0; 32];
    // SAFETY: the data has that length, and the digest the 32 bytes that are written.
    let status = unsafe {
        swr_sha256(
            data.as_ptr(),
            data.len(),
            digest.as_mut_ptr(),
            ptr::null_mut(),
        )
    };
    black_box(digest);
    status
}

/// An instance with the engine of the core, without any other part of the core.
fn instance(wasm: &[u8]) -> Outcome<(Store<()>, Instance)> {
    let engine = wasmi_engine(&Limits::default());
    let mut store = Store::new(&engine, ());
    store.set_fuel(Limits::default().fuel)?;
    let mut linker = Linker::new(&engine);
    linker.func_wrap("host", "call", |argument: i64| black_box(argument))?;
    let instance = linker.instantiate_and_start(&mut store, &Module::new(&engine, wasm)?)?;
    Ok((store, instance))
}

/// Calls whose types are checked at run time, as a C interface must do it.
fn calls(wasm: &[u8], count: u32) -> Outcome<Duration> {
    let (mut store, instance) = instance(wasm)?;
    let add = instance.get_func(&store, "add").ok_or("no 'add'")?;
    let mut sum = [Val::I64(0)];
    let start = Instant::now();
    for i in 0..count {
        store.set_fuel(Limits::default().fuel)?;
        let arguments = [sum[0].clone(), Val::I64(i.into())];
        add.call(&mut store, &arguments, &mut sum)?;
    }
    let elapsed = start.elapsed();
    right(sum[0].i64(), count)?;
    Ok(elapsed)
}

/// Calls whose types are known at compile time.
fn typed_calls(wasm: &[u8], count: u32) -> Outcome<Duration> {
    let (mut store, instance) = instance(wasm)?;
    let add = instance.get_typed_func::<(i64, i64), i64>(&store, "add")?;
    let mut sum = 0;
    let start = Instant::now();
    for i in 0..count {
        store.set_fuel(Limits::default().fuel)?;
        sum = add.call(&mut store, (sum, i.into()))?;
    }
    let elapsed = start.elapsed();
    right(Some(sum), count)?;
    Ok(elapsed)
}

/// Checks the sum: a wrong one means that something else than the calls was measured.
fn right(sum: Option<i64>, count: u32) -> Outcome<()> {
    let count = i64::from(count);
    if sum == Some(count * (count - 1) / 2) {
        Ok(())
    } else {
        Err(format!("the sum is {sum:?}").into())
    }
}

/// One call, inside which the module calls the host `count` times.
fn host(wasm: &[u8], count: u32) -> Outcome<Duration> {
    let (mut store, instance) = instance(wasm)?;
    let calls = instance.get_typed_func::<i32, ()>(&store, "loop")?;
    let start = Instant::now();
    calls.call(&mut store, i32::try_from(count)?)?;
    Ok(start.elapsed())
}
