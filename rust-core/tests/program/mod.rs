//! WASI programs: compiled from tests/wasip1 by Go, opened with a record, and run with their output
//! collected.

// Each test binary includes this file and uses a part of it.
#![allow(dead_code)]

use crate::caller::*;
use std::ffi::c_void;
use std::path::Path;
use std::process::Command;
use std::thread::{self, ThreadId};
use stowage_wasm_rust::*;

/// The program's bytes; None, with a printed reason, if Go is not installed.
pub fn built(name: &str) -> Option<Vec<u8>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/wasip1/{name}.go"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.wasm"));
    let mut go = Command::new("go");
    go.env("GOOS", "wasip1").env("GOARCH", "wasm");
    go.args(["build", "-trimpath", "-o"]);
    match go.arg(&target).arg(&source).output() {
        Err(error) => {
            eprintln!("skipped: 'go' is needed to build {name}.go, and does not start: {error}");
            None
        }
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{name}.go: {text}");
            Some(std::fs::read(&target).expect("just built"))
        }
    }
}

/// The arguments, environment and input of a program.
#[derive(Default, Clone, Copy)]
pub struct Given<'a> {
    pub args: &'a [&'a str],
    pub env: &'a [(&'a str, &'a str)],
    pub stdin: &'a [u8],
}

impl Given<'_> {
    /// The record in the format of the header.
    pub fn record(&self) -> Vec<u8> {
        let mut record = (self.args.len() as u32).to_le_bytes().to_vec();
        for arg in self.args {
            put_text(&mut record, arg);
        }
        record.extend((self.env.len() as u32).to_le_bytes());
        for (name, value) in self.env {
            put_text(&mut record, name);
            put_text(&mut record, value);
        }
        record.extend((self.stdin.len() as u32).to_le_bytes());
        record.extend(self.stdin);
        record
    }
}

/// Collects output.
#[derive(Default)]
pub struct Output {
    pub out: Vec<u8>,
    pub err: Vec<u8>,
    /// The length of the longest piece.
    pub longest: usize,
    /// The threads that called it.
    pub threads: Vec<ThreadId>,
    /// Its result.
    pub code: i32,
}

impl Output {
    pub fn host(&mut self) -> Host {
        Host {
            call: None,
            write: Some(Self::write),
            ctx: std::ptr::from_mut(self).cast(),
        }
    }

    unsafe extern "C" fn write(ctx: *mut c_void, stream: i32, bytes: *const u8, len: usize) -> i32 {
        let this = unsafe { &mut *ctx.cast::<Self>() };
        let bytes = unsafe { std::slice::from_raw_parts(bytes, len) };
        this.longest = this.longest.max(len);
        this.threads.push(thread::current().id());
        match stream {
            1 => this.out.extend(bytes),
            2 => this.err.extend(bytes),
            _ => panic!("stream {stream}"),
        }
        this.code
    }

    pub fn texts(&self) -> (&str, &str) {
        let text = |bytes| std::str::from_utf8(bytes).expect("UTF-8");
        (text(&self.out), text(&self.err))
    }
}

pub fn open_program(wasm: &[u8], given: Given, fuel: u64) -> Answer<u64> {
    Opening {
        limits: Some(Limits {
            fuel,
            ..Limits::default()
        }),
        wasi: &given.record(),
        ..Opening::default()
    }
    .open(wasm)
}

/// Opens a program, runs it and closes it.
pub fn run_program(wasm: &[u8], given: Given) -> (Answer<i32>, Output) {
    let mut output = Output::default();
    let host = output.host();
    let instance = open_program(wasm, given, Limits::default().fuel).unwrap();
    let answer = run(instance, 0, Some(&host));
    close(instance).unwrap();
    (answer, output)
}
