//! Figures for `bench`: what the interpreter costs in Rust alone, and what the C ABI adds.
//!
//! ```text
//! cargo run --release --example figures -- calls            calls and callbacks, in ns each
//! cargo run --release --example figures -- file <module>    digests and description of a file, in ms
//! ```
//!
//! Each line is `name <tab> value <tab> unit`, the value the least of five rounds: what disturbs a
//! round makes it longer, never shorter. `wasmi.*` is the interpreter called as a Rust program calls it,
//! with the engine that the core makes; `abi.*` is the same through the exports of this core.

use std::ffi::c_void;
use std::hint::black_box;
use std::process::ExitCode;
use std::ptr::{null, null_mut};
use std::time::{Duration, Instant};
use stowage_wasm_rust::*;
use wasmi::{Caller, Func, Instance, Module, Store, Val};

const ROUNDS: usize = 5;
const CALLS: u32 = 1_000_000;

/// `ask` calls the host once per iteration of a loop, `count` only counts.
const MODULE: &str = r#"(module
  (import "host" "call" (func $host (param i64) (result i64)))
  (memory (export "memory") 1)
  (func (export "add") (param i64 i64) (result i64) local.get 0 local.get 1 i64.add)
  (func (export "ask") (param i64)
    (loop $again
      local.get 0 call $host drop
      (br_if $again (i64.ne (i64.const 0) (local.tee 0 (i64.sub (local.get 0) (i64.const 1)))))))
  (func (export "count") (param i64)
    (loop $again
      (br_if $again (i64.ne (i64.const 0) (local.tee 0 (i64.sub (local.get 0) (i64.const 1))))))))"#;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["calls"] => {
            let wasm = wat::parse_str(MODULE).expect("valid text");
            through_wasmi(&wasm);
            through_the_abi(&wasm);
            ExitCode::SUCCESS
        }
        ["file", path] => match std::fs::read(path) {
            Ok(bytes) => {
                file(&bytes);
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("figures: {path}: {error}");
                ExitCode::FAILURE
            }
        },
        _ => {
            eprintln!("usage: figures calls | figures file <module>");
            ExitCode::from(2)
        }
    }
}

fn least(mut round: impl FnMut()) -> Duration {
    let times = (0..ROUNDS).map(|_| {
        let begin = Instant::now();
        round();
        begin.elapsed()
    });
    times.min().expect("rounds")
}

/// Per call, of rounds that make `CALLS` of them.
fn report_calls(name: &str, round: impl FnMut()) {
    let time = least(round);
    println!(
        "{name}\t{:.1}\tns",
        time.as_secs_f64() * 1e9 / f64::from(CALLS)
    );
}

fn report_ms(name: &str, round: impl FnMut()) {
    println!("{name}\t{:.3}\tms", least(round).as_secs_f64() * 1e3);
}

fn through_wasmi(wasm: &[u8]) {
    let engine = engine(&Limits::default());
    let module = Module::new(&engine, wasm).expect("a valid module");
    let mut store = Store::new(&engine, ());
    let host = Func::wrap(&mut store, |_: Caller<'_, ()>, n: i64| n + 1);
    let instance = Instance::new(&mut store, &module, &[host.into()]).expect("an instance");
    let func = |store: &Store<()>, name| instance.get_func(store, name).expect("an export");
    let (add, ask) = (func(&store, "add"), func(&store, "ask"));
    let typed = add.typed::<(i64, i64), i64>(&store).expect("its type");
    report_calls("wasmi.typed-call", || {
        for n in 0..i64::from(CALLS) {
            store.set_fuel(1_000_000_000).expect("metering is on");
            black_box(typed.call(&mut store, (n, 1)).expect("no trap"));
        }
    });
    report_calls("wasmi.call", || {
        let mut results = [Val::I64(0)];
        for n in 0..i64::from(CALLS) {
            store.set_fuel(1_000_000_000).expect("metering is on");
            let args = [Val::I64(n), Val::I64(1)];
            add.call(&mut store, &args, &mut results).expect("no trap");
            black_box(&results);
        }
    });
    report_calls("wasmi.callback", || {
        store.set_fuel(1_000_000_000).expect("metering is on");
        let args = [Val::I64(i64::from(CALLS))];
        ask.call(&mut store, &args, &mut []).expect("no trap");
    });
}

/// The import of `MODULE` as a record: one entry, "host", "call", a function.
fn imports() -> Vec<u8> {
    let mut record = 1_u32.to_le_bytes().to_vec();
    let mut text = |text: &str, kind: &[u8]| {
        record.extend((text.len() as u32).to_le_bytes());
        record.extend(text.as_bytes());
        record.extend(kind);
    };
    text("host", &[]);
    text("call", &[0]);
    text("(i64) -> (i64)", &[]);
    record
}

unsafe extern "C" fn plus_one(
    _ctx: *mut c_void,
    _import: u32,
    args: *const u64,
    results: *mut u64,
) -> i32 {
    // SAFETY: the import has one parameter and one result.
    unsafe { results.write(args.read() + 1) };
    0
}

fn through_the_abi(wasm: &[u8]) {
    let imports = imports();
    let host = Host {
        call: Some(plus_one),
        write: None,
        ctx: null_mut(),
    };
    let (mut instance, mut token) = (0, 0);
    // SAFETY: pointers and lengths of this function's own values.
    unsafe {
        let (imports, len) = (imports.as_ptr(), imports.len());
        let (none, out) = (null(), &mut instance);
        let status = swr_instance_open(
            wasm.as_ptr(),
            wasm.len(),
            null(),
            imports,
            len,
            none,
            0,
            0,
            null(),
            out,
            null_mut(),
        );
        assert_eq!(status, SWR_OK);
        assert_eq!(swr_token_open(&mut token, null_mut()), SWR_OK);
    }
    let call = |function: u32, args: &[u64], token: u64, results: &mut [u64]| {
        // SAFETY: as above.
        let status = unsafe {
            swr_instance_call(
                instance,
                function,
                args.as_ptr(),
                args.len(),
                token,
                &host,
                results.as_mut_ptr(),
                results.len(),
                null_mut(),
            )
        };
        assert_eq!(status, SWR_OK);
    };
    for (suffix, token) in [("", 0), ("-with-token", token)] {
        let add = function(instance, "add");
        report_calls(&format!("abi.call{suffix}"), || {
            let mut results = [0];
            for n in 0..u64::from(CALLS) {
                call(add, &[n, 1], token, &mut results);
                black_box(&results);
            }
        });
        let ask = function(instance, "ask");
        report_calls(&format!("abi.callback{suffix}"), || {
            call(ask, &[u64::from(CALLS)], token, &mut []);
        });
        let count = function(instance, "count");
        report_ms(&format!("abi.count-to-50-million{suffix}"), || {
            call(count, &[50_000_000], token, &mut []);
        });
    }
    // SAFETY: both were opened above.
    unsafe {
        assert_eq!(swr_token_close(token, null_mut()), SWR_OK);
        assert_eq!(swr_instance_close(instance, null_mut()), SWR_OK);
    }
}

fn function(instance: u64, name: &str) -> u32 {
    let (mut number, mut ty) = (0, Buffer::EMPTY);
    // SAFETY: pointers and lengths of values of ours.
    unsafe {
        let (name, len) = (name.as_ptr(), name.len());
        let status = swr_instance_function(instance, name, len, &mut number, &mut ty, null_mut());
        assert_eq!(status, SWR_OK);
        swr_buffer_free(&mut ty);
    }
    number
}

fn file(bytes: &[u8]) {
    let (data, len) = (bytes.as_ptr(), bytes.len());
    let mut digest = [0; 32];
    // SAFETY: pointers and lengths of values of ours.
    report_ms("abi.sha256", || unsafe {
        let status = swr_sha256(data, len, digest.as_mut_ptr(), null_mut());
        assert_eq!(status, SWR_OK);
    });
    let mut valid = SWR_OK;
    // SAFETY: as above.
    report_ms("abi.describe", || unsafe {
        let mut out = Buffer::EMPTY;
        valid = swr_describe(data, len, &mut out, null_mut());
        swr_buffer_free(&mut out);
    });
    if valid != SWR_OK {
        eprintln!("figures: not a valid module, which the figure of abi.describe is of");
    }
}
