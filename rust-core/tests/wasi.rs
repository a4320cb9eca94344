//! WASI preview 1 programs that a real compiler made: Go.

mod caller;
mod program;
use caller::*;
use program::*;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use stowage_wasm_rust::*;

#[test]
fn arguments_and_output() {
    let _session = Session::start();
    let Some(wasm) = built("hello") else { return };
    let given = Given {
        args: &["hello.wasm", "", "Grüße \u{1f6a2}", "a b"],
        ..Given::default()
    };
    let (answer, output) = run_program(&wasm, given);
    assert_eq!(answer, Ok(0));
    let expected = "hello [\"hello.wasm\" \"\" \"Grüße \u{1f6a2}\" \"a b\"]\n";
    assert_eq!(output.texts(), (expected, "aside\n"));
    let here = thread::current().id();
    assert!(output.threads.iter().all(|thread| *thread == here));
}

#[test]
fn no_arguments_at_all_and_output_that_nobody_takes() {
    let _session = Session::start();
    let Some(wasm) = built("hello") else { return };
    let (answer, output) = run_program(&wasm, Given::default());
    assert_eq!(answer, Ok(0));
    assert_eq!(output.texts(), ("hello []\n", "aside\n"));
    let instance = open_program(&wasm, Given::default(), Limits::default().fuel).unwrap();
    assert_eq!(run(instance, 0, None), Ok(0), "it is dropped");
    close(instance).unwrap();
}

#[test]
fn exit_codes() {
    let _session = Session::start();
    let Some(wasm) = built("exit") else { return };
    for code in [0, 3, 125, 126, 255, 1 << 20, -1] {
        let text = code.to_string();
        let args = ["exit", text.as_str()];
        let given = Given {
            args: &args,
            ..Given::default()
        };
        assert_eq!(run_program(&wasm, given).0, Ok(code));
        let instance = open_program(&wasm, given, Limits::default().fuel).unwrap();
        let (status, text) = call(instance, "_start", &[]).unwrap_err();
        assert_eq!(status, SWR_EXIT, "not run, but called");
        assert!(text.contains(&code.to_string()), "{text}");
        close(instance).unwrap();
    }
}

#[test]
fn a_panic_of_the_program() {
    let _session = Session::start();
    let Some(wasm) = built("panic") else { return };
    let (answer, output) = run_program(&wasm, Given::default());
    assert_eq!(answer, Ok(2), "Go's exit code of a panic");
    let (out, err) = output.texts();
    assert_eq!(out, "");
    assert!(
        err.starts_with("panic: out of tea\n\ngoroutine 1 "),
        "{err}"
    );
}

#[test]
fn stdin() {
    let _session = Session::start();
    let Some(wasm) = built("upper") else { return };
    let many: Vec<u8> = (0..200_003_u32).map(|i| (i % 251) as u8).collect();
    for stdin in [&b""[..], b"some words\0\n", &many] {
        let given = Given {
            stdin,
            ..Given::default()
        };
        let (answer, output) = run_program(&wasm, given);
        assert_eq!(answer, Ok(0));
        assert_eq!(output.err, format!("{}\n", stdin.len()).as_bytes());
        if stdin.is_ascii() {
            assert_eq!(output.out, stdin.to_ascii_uppercase());
        } else {
            assert!(output.out.len() > stdin.len(), "invalid UTF-8 is replaced");
            assert_eq!(output.longest, 64 << 10, "in pieces");
        }
    }
}

#[test]
fn the_environment_is_the_record_s_and_nothing_else() {
    let _session = Session::start();
    assert!(
        std::env::var_os("PATH").is_some(),
        "there is something to inherit"
    );
    let Some(wasm) = built("env") else { return };
    assert_eq!(run_program(&wasm, Given::default()).1.out, b"[]\n");
    let given = Given {
        env: &[("B", "2=3"), ("a", ""), ("Ü", "\u{1f6a2}")],
        ..Given::default()
    };
    let (answer, output) = run_program(&wasm, given);
    assert_eq!(answer, Ok(0));
    assert_eq!(output.texts().0, "[\"B=2=3\" \"a=\" \"Ü=\u{1f6a2}\"]\n");
}

#[test]
fn clocks_and_sleep() {
    let _session = Session::start();
    let Some(wasm) = built("sleep") else { return };
    let started = Instant::now();
    let given = Given {
        args: &["sleep", "250ms"],
        ..Given::default()
    };
    let (answer, output) = run_program(&wasm, given);
    assert_eq!(answer, Ok(0));
    assert_eq!(output.texts(), ("true true\n", ""));
    assert!(started.elapsed() >= Duration::from_millis(250));
}

/// Runs it with a token that is cancelled after some time; returns how long it ran after that.
fn cancelled(wasm: &[u8], args: &[&str]) -> Duration {
    let given = Given {
        args,
        ..Given::default()
    };
    let instance = open_program(wasm, given, u64::MAX).unwrap();
    let token = token();
    let (answer, cancelled) = thread::scope(|scope| {
        let canceller = scope.spawn(|| {
            thread::sleep(Duration::from_millis(300));
            let now = Instant::now();
            cancel(token).unwrap();
            now
        });
        let answer = run(instance, token, None);
        (answer, canceller.join().unwrap())
    });
    let took = cancelled.elapsed();
    let (status, text) = answer.unwrap_err();
    assert_eq!(status, SWR_CANCELED, "{text}");
    close_token(token).unwrap();
    close(instance).unwrap();
    took
}

#[test]
fn a_cancelled_token_ends_sleep_and_loop() {
    let _session = Session::start();
    let Some(sleep) = built("sleep") else { return };
    let took = cancelled(&sleep, &["sleep", "100h"]);
    assert!(took < Duration::from_secs(2), "{took:?}");
    let Some(endless) = built("loop") else { return };
    let took = cancelled(&endless, &[]);
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[test]
fn an_endless_loop_runs_out_of_fuel() {
    let _session = Session::start();
    let Some(wasm) = built("loop") else { return };
    let instance = open_program(&wasm, Given::default(), 100_000_000).unwrap();
    let (status, text) = run(instance, 0, None).unwrap_err();
    assert_eq!(status, SWR_OUT_OF_FUEL, "{text}");
    close(instance).unwrap();
}

#[test]
fn the_output_function_can_stop_the_program() {
    let _session = Session::start();
    let Some(wasm) = built("hello") else { return };
    let mut output = Output {
        code: -3,
        ..Output::default()
    };
    let host = output.host();
    let instance = open_program(&wasm, Given::default(), Limits::default().fuel).unwrap();
    let (status, text) = run(instance, 0, Some(&host)).unwrap_err();
    assert_eq!(status, SWR_HOST);
    assert_eq!(
        text,
        "function '_start': the output function of its stdout stopped it with -3"
    );
    assert_eq!(output.texts(), ("hello []\n", ""), "called once");
    close(instance).unwrap();
}

#[test]
fn nothing_of_the_outside_is_there() {
    let _session = Session::start();
    let Some(wasm) = built("outside") else { return };
    let (answer, output) = run_program(&wasm, Given::default());
    assert_eq!(answer, Ok(0), "{:?}", output.texts());
    let (out, err) = output.texts();
    assert_eq!(err, "");
    assert_eq!(out.lines().count(), 9, "{out}");
    for line in out.lines() {
        assert!(line.ends_with(" true"), "{out}");
    }
    assert!(!Path::new("new").exists());
}

/// The stack of a Java thread can be as small as 228 KiB.
#[test]
fn a_program_on_a_small_stack() {
    let _session = Session::start();
    let Some(wasm) = built("hello") else { return };
    let small = thread::Builder::new().stack_size(228 << 10);
    let run = small.spawn(move || run_program(&wasm, Given::default()).0);
    assert_eq!(run.unwrap().join().unwrap(), Ok(0));
}

/// The content of the record is charged as long as the instance exists; Session checks that it is released.
#[test]
fn accounting() {
    let _session = Session::start();
    let Some(wasm) = built("upper") else { return };
    let base = open_program(&wasm, Given::default(), 1).unwrap();
    let (_, without) = counters();
    close(base).unwrap();
    let given = Given {
        args: &["four"],
        env: &[("A", "bc")],
        stdin: &[7; 1000],
    };
    let instance = open_program(&wasm, given, 1).unwrap();
    assert_eq!(counters(), (1, without + 4 + 3 + 1000));
    close(instance).unwrap();
}
