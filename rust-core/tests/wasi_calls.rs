//! Compares every function of WASI preview 1, call by call, with the results of wasmi_wasi.
//!
//! `wasi_calls/expected.txt` was recorded from the implementation that this core had before its own: the
//! crates wasmi_wasi 2.0.0 and wasi-common 36.0.20 on wasmi 2.0.0, on x86_64 Linux, by this test, which
//! writes its results to the folder that a failure names. A line is a call, its result, and its changes to
//! memory and streams; indented calls run on the instance of the line above. To compare two implementations
//! by more calls, set STOWAGE_WASI_CALLS to a number of random sequences of four calls.

mod caller;
#[path = "wasi_calls/cases.rs"]
mod cases;
#[path = "wasi_calls/functions.rs"]
mod functions;
#[path = "wasi_calls/memory.rs"]
mod memory;
mod program;
use caller::*;
use cases::{Call, random, sequences, sweep};
use program::*;
use std::fmt::Write;
use std::path::Path;
use stowage_wasm_rust::*;

const GIVEN: Given = Given {
    args: &["program", "two words", "", "\u{fc}"],
    env: &[("A", "1"), ("NAME", "a=b")],
    stdin: b"twenty-six bytes of input.",
};

struct Caller {
    wasm: Vec<u8>,
    prepared: Vec<u8>,
}

impl Caller {
    fn new() -> Self {
        Caller {
            wasm: module(&functions::module()),
            prepared: memory::prepared(),
        }
    }

    fn open(&self) -> u64 {
        open_program(&self.wasm, GIVEN, FUEL).expect("every function is there")
    }

    /// Writes a line for each of the calls.
    fn play(&self, calls: &[Call], text: &mut String) {
        let instance = self.open();
        for (at, (name, args)) in calls.iter().enumerate() {
            let indent = if at == 0 { "" } else { "  " };
            write!(text, "{indent}{name}{}", self.line(instance, name, args)).unwrap();
            text.push('\n');
        }
        close(instance).unwrap();
    }

    fn line(&self, instance: u64, name: &str, args: &[i64]) -> String {
        write(instance, "memory", 0, &self.prepared).unwrap();
        let mut output = Output::default();
        let answer = call_with(instance, name, args, Some(&output.host()));
        let result = match answer {
            Ok(0) if name == "proc_exit" => unreachable!("it does not return"),
            Ok(errno) => errno.to_string(),
            Err((SWR_EXIT, text)) => {
                let code = text
                    .split_once("exit code ")
                    .and_then(|(_, rest)| rest.split_once(';'));
                format!("exit {}", code.expect("the message names it").0)
            }
            Err((SWR_TRAP, _)) => String::from("trap"),
            Err((status, text)) => panic!("{name} {args:?}: {status} {text}"),
        };
        let args_text: Vec<String> = args.iter().map(i64::to_string).collect();
        let mut line = format!("({}) = {result}", args_text.join(", "));
        for (name, bytes) in [("out", &output.out), ("err", &output.err)] {
            if !bytes.is_empty() {
                line += &format!(" | {name} \"{}\"", bytes.escape_ascii());
            }
        }
        let after = read(instance, "memory", 0, self.prepared.len()).unwrap();
        line + &memory::changes(&self.prepared, &after, hidden(name, args))
    }
}

/// The bytes of results that differ each time.
fn hidden(name: &str, args: &[i64]) -> std::ops::Range<usize> {
    let place = |at: i64, len: i64| {
        let at = i64::from(at as u32);
        at as usize..(at + i64::from(len as u32)) as usize
    };
    match name {
        "clock_time_get" => place(args[2], 8),
        "random_get" => place(args[0], args[1]),
        _ => 0..0,
    }
}

#[test]
fn every_call_is_answered_as_recorded() {
    let _session = Session::start();
    let caller = Caller::new();
    let count = std::env::var("STOWAGE_WASI_CALLS").map_or(250, |count| count.parse().unwrap());
    let mut found = String::new();
    for calls in sweep().into_iter().chain(sequences()).chain(random(count)) {
        caller.play(&calls, &mut found);
    }
    let recorded = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wasi_calls/expected.txt");
    let expected = std::fs::read_to_string(&recorded).unwrap_or_default();
    if found == expected {
        return;
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wasi_calls.txt");
    std::fs::write(&target, &found).unwrap();
    let mut lines = expected.lines().zip(found.lines()).enumerate();
    let different = lines.find(|(_, (expected, found))| expected != found);
    panic!(
        "not as recorded; all calls are in {}, the first that differs: {different:#?}",
        target.display()
    );
}
