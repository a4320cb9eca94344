//! Cancel tokens: cancelled before, while waiting, while running, and in the start function; and their cost.

mod caller;
use caller::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};
use stowage_wasm_rust::*;

/// More fuel than any test can use up.
const ENDLESS: u64 = u64::MAX;

fn open_endless() -> u64 {
    open_with(&module(SAMPLE), ENDLESS, None).unwrap()
}

#[test]
fn a_token_is_a_handle_like_every_other() {
    let _session = Session::start();
    let first = token();
    assert_eq!(counters().0, 1);
    assert!(counters().1 > 0, "its bytes are counted");
    cancel(first).unwrap();
    cancel(first).expect("cancelling twice is fine");
    close_token(first).unwrap();
    close_token(first).expect("closing twice is fine");
    let (status, text) = cancel(first).unwrap_err();
    assert_eq!((status, text.as_str()), (SWR_CLOSED, "the token is closed"));
    let second = token();
    assert_ne!(first, second);
    assert_eq!(cancel(first).unwrap_err().0, SWR_CLOSED);
    for wrong in [0, 1, 1 << 32, 5 << 32 | 1, u64::MAX] {
        let (status, text) = cancel(wrong).unwrap_err();
        assert_eq!(status, SWR_INVALID_ARGUMENT);
        assert_eq!(
            text,
            format!("{wrong:#x} is not a handle that swr_token_open returned")
        );
        assert_eq!(close_token(wrong).unwrap_err().0, SWR_INVALID_ARGUMENT);
    }
    let instance = open(SAMPLE);
    assert_eq!(
        call(second, "add", &[1, 1]).unwrap_err().0,
        SWR_INVALID_ARGUMENT
    );
    let confused = call_cancellable(instance, "add", &[1, 1], instance, None);
    assert_eq!(confused.unwrap_err().0, SWR_INVALID_ARGUMENT);
    let closed = call_cancellable(instance, "add", &[1, 1], first, None);
    assert_eq!(
        closed.unwrap_err(),
        (SWR_CLOSED, "the token is closed".into())
    );
    assert_eq!(
        call_cancellable(instance, "add", &[1, 1], second, None),
        Ok(2)
    );
    close(instance).unwrap();
    close_token(second).unwrap();
}

#[test]
fn cancelled_before_it_starts() {
    let _session = Session::start();
    let (instance, token) = (open(SAMPLE), token());
    cancel(token).unwrap();
    let (status, text) = call_cancellable(instance, "add", &[1, 1], token, None).unwrap_err();
    assert_eq!(status, SWR_CANCELED);
    assert_eq!(
        text,
        "nothing was run: the token is cancelled; use a new one"
    );
    let opening = Opening {
        token,
        ..Opening::default()
    };
    assert_eq!(
        opening.open(b"\0asm\x01\0\0\0").unwrap_err().0,
        SWR_CANCELED
    );
    let (status, _) = run(instance, token, None).unwrap_err();
    assert_eq!(status, SWR_UNKNOWN_EXPORT, "SAMPLE is not a command");
    assert_eq!(call(instance, "add", &[1, 1]), Ok(2), "usable");
    close(instance).unwrap();
    close_token(token).unwrap();
}

#[test]
fn cancelled_while_it_runs() {
    let _session = Session::start();
    let (instance, token) = (open_endless(), token());
    for closes in [false, true] {
        let begin = Instant::now();
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(20));
                cancel(token).unwrap();
                if closes {
                    close_token(token).unwrap();
                }
            });
            let (status, text) = call_cancellable(instance, "spin", &[], token, None).unwrap_err();
            assert_eq!(status, SWR_CANCELED);
            let expected = "function 'spin' was stopped: its token is cancelled";
            if !closes {
                assert_eq!(text, expected);
            }
        });
        assert!(begin.elapsed() < Duration::from_secs(5), "soon");
        assert_eq!(call(instance, "add", &[1, 1]), Ok(2), "usable");
    }
    close(instance).unwrap();
}

/// The waiting thread returns at once, although the call that it waited for continues.
#[test]
fn cancelled_while_it_waits() {
    let _session = Session::start();
    let (instance, token) = (open(SAMPLE), token());
    let (inside, entered) = mpsc::channel();
    let (go, gone) = mpsc::channel();
    thread::scope(|scope| {
        let runner = scope.spawn(move || {
            let mut callback = Callback::new(|n| {
                inside.send(()).unwrap();
                gone.recv().unwrap();
                Ok(n)
            });
            let host = callback.host();
            call_with(instance, "ask", &[1], Some(&host))
        });
        entered.recv().unwrap();
        let waiter = scope.spawn(|| call_cancellable(instance, "add", &[1, 1], token, None));
        let patient = scope.spawn(|| call(instance, "add", &[2, 2]));
        thread::sleep(Duration::from_millis(50));
        cancel(token).unwrap();
        assert_eq!(waiter.join().unwrap().unwrap_err().0, SWR_CANCELED);
        assert!(!runner.is_finished() && !patient.is_finished());
        go.send(()).unwrap();
        assert_eq!(runner.join().unwrap(), Ok(1));
        assert_eq!(patient.join().unwrap(), Ok(4), "not forgotten");
    });
    close(instance).unwrap();
    close_token(token).unwrap();
}

#[test]
fn cancelled_from_inside_of_a_host_function() {
    let _session = Session::start();
    let (instance, token) = (open(SAMPLE), token());
    let mut calls = 0;
    let mut callback = Callback::new(|n| {
        calls += 1;
        cancel(token).unwrap();
        close_token(token).unwrap();
        Ok(n)
    });
    let host = callback.host();
    let answer = call_cancellable(instance, "ask", &[1], token, Some(&host));
    assert_eq!(answer.unwrap_err().0, SWR_CANCELED);
    assert_eq!(calls, 1);
    close(instance).unwrap();
}

#[test]
fn one_token_stops_many_calls() {
    let _session = Session::start();
    let token = token();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let instance = open_endless();
                let answer = call_cancellable(instance, "spin", &[], token, None);
                assert_eq!(answer.unwrap_err().0, SWR_CANCELED);
                close(instance).unwrap();
            });
        }
        thread::sleep(Duration::from_millis(30));
        cancel(token).unwrap();
    });
    close_token(token).unwrap();
}

#[test]
fn the_start_function_is_stopped() {
    let _session = Session::start();
    let token = token();
    let limits = Limits {
        fuel: ENDLESS,
        ..Limits::default()
    };
    let opening = Opening {
        token,
        limits: Some(limits),
        ..Opening::default()
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(20));
            cancel(token).unwrap();
        });
        let spins = module("(module (func $s (loop br 0)) (start $s))");
        let (status, text) = opening.open(&spins).unwrap_err();
        assert_eq!(status, SWR_CANCELED);
        assert_eq!(
            text,
            "the start of the module was stopped: its token is cancelled"
        );
    });
    close_token(token).unwrap();
}

/// Threads call, wait and cancel at random; every call ends in one of three ways, and none hangs.
#[test]
fn cancelling_races_with_everything() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for thread in 0..4 {
            let done = &done;
            scope.spawn(move || {
                for round in 0..300 {
                    let token = token();
                    thread::scope(|scope| {
                        scope.spawn(move || {
                            if round % 3 == 0 {
                                thread::yield_now();
                            }
                            cancel(token).unwrap();
                        });
                        let answer = match round % 2 {
                            0 => call_cancellable(instance, "add", &[thread, 1], token, None),
                            _ => call_cancellable(instance, "deep", &[50], token, None),
                        };
                        match answer {
                            Ok(_) | Err((SWR_CANCELED, _)) => {}
                            other => panic!("{other:?}"),
                        }
                    });
                    close_token(token).unwrap();
                }
                done.store(true, Ordering::SeqCst);
            });
        }
    });
    assert!(done.load(Ordering::SeqCst));
    assert_eq!(call(instance, "add", &[1, 1]), Ok(2));
    close(instance).unwrap();
}

/// Every instruction that uses additional fuel, some of it more than a slice has.
const HUNGRY: &str = r#"(module
  (memory (export "memory") 1) (table $t 1 externref) (elem $e func 0) (data $d "some text")
  (func $down (param i64) (result i64)
    (if (result i64) (i64.eqz (local.get 0)) (then (i64.const 1))
      (else (call $down (i64.sub (local.get 0) (i64.const 1))))))
  (func (export "eat") (param i64) (result i64)
    (loop $again
      (drop (memory.grow (i32.const 1)))
      (memory.fill (i32.const 0) (i32.const 1) (i32.const 65536))
      (memory.copy (i32.const 0) (i32.const 7) (i32.const 65536))
      (memory.init $d (i32.const 0) (i32.const 1) (i32.const 4))
      (drop (table.grow $t (ref.null extern) (i32.const 100)))
      (table.fill $t (i32.const 0) (ref.null extern) (i32.const 100))
      (table.copy $t $t (i32.const 1) (i32.const 0) (i32.const 100))
      (drop (call $down (i64.const 900)))
      (br_if $again (i64.ne (i64.const 0) (local.tee 0 (i64.sub (local.get 0) (i64.const 1))))))
    (i64.add (i64.load32_u (i32.const 0)) (i64.extend_i32_u (memory.size)))))"#;

/// A call uses the same fuel with and without a token: an amount that is enough is enough in slices, too.
#[test]
fn fuel_is_the_same_in_slices() {
    let _session = Session::start();
    let wasm = module(HUNGRY);
    let token = token();
    let eat = |fuel: u64, token: u64| {
        let instance = open_with(&wasm, fuel, None).unwrap();
        let answer = call_cancellable(instance, "eat", &[200], token, None);
        close(instance).unwrap();
        if let Err((status, text)) = &answer {
            assert_eq!(*status, SWR_OUT_OF_FUEL, "{text}");
        }
        answer.ok()
    };
    let (mut short, mut long) = (0_u64, 100_000_000);
    while long - short > 1 {
        let middle = short.midpoint(long);
        match eat(middle, 0) {
            Some(_) => long = middle,
            None => short = middle,
        }
    }
    assert!(long > 1_000_000, "many slices: {long}");
    assert_eq!(eat(short, token), None);
    assert_eq!(eat(long, token), eat(long, 0));
    close_token(token).unwrap();
}
