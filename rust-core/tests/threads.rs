//! Threads and callbacks: one call at a time per instance, and no deadlock.

mod caller;
use caller::*;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Barrier, mpsc};
use std::thread;
use std::time::Duration;
use stowage_wasm_rust::*;

#[test]
fn eight_threads_open_call_and_close() {
    let _session = Session::start();
    let wasm = module(SAMPLE);
    let shared = open(SAMPLE);
    thread::scope(|scope| {
        for thread in 0..8 {
            let wasm = &wasm;
            scope.spawn(move || {
                for round in 0..50 {
                    let own = open_with(wasm, FUEL, None).unwrap();
                    assert_eq!(call(own, "add", &[thread, round]), Ok(thread + round));
                    let mut callback = Callback::new(|n| Ok(n + thread));
                    let host = callback.host();
                    let answer = call_with(shared, "ask", &[round], Some(&host));
                    assert_eq!(answer, Ok(round + thread), "its own callback");
                    close(own).unwrap();
                }
            });
        }
    });
    close(shared).unwrap();
}

#[test]
fn a_callback_into_the_same_instance_is_busy() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    let other = open(SAMPLE);
    let mut inner = Vec::new();
    let mut callback = Callback::new(|n| {
        inner.push(call(instance, "add", &[1, 1]));
        call(other, "add", &[n, 1]).map_err(|(status, _)| status)
    });
    let host = callback.host();
    assert_eq!(call_with(instance, "ask", &[4], Some(&host)), Ok(5));
    let (status, text) = inner.pop().unwrap().unwrap_err();
    assert_eq!(status, SWR_BUSY);
    assert_eq!(
        text,
        "the instance is running a call that waits for this one; \
         use another instance from the host function, or return first"
    );
    assert_eq!(call(instance, "add", &[1, 1]), Ok(2), "free again");
    close(instance).unwrap();
    close(other).unwrap();
}

/// Thread 1 is in A and calls B, thread 2 is in B and calls A.
#[test]
fn two_instances_that_call_each_other_from_two_threads() {
    let _session = Session::start();
    let (a, b) = (open(SAMPLE), open(SAMPLE));
    let both_inside = Barrier::new(2);
    let run = |mine: u64, other: u64| {
        let mut callback = Callback::new(|_| {
            both_inside.wait();
            call(other, "add", &[1, 1]).map_err(|(status, _)| status)
        });
        let host = callback.host();
        call_with(mine, "ask", &[0], Some(&host))
    };
    let (one, two) = thread::scope(|scope| {
        let one = scope.spawn(|| run(a, b));
        let two = run(b, a);
        (one.join().unwrap(), two)
    });
    let text = format!("the host function 'host.call' stopped it with {SWR_BUSY}");
    let refused = [&one, &two]
        .iter()
        .filter(|answer| matches!(answer, Err((SWR_HOST, reason)) if reason.contains(&text)))
        .count();
    assert_eq!(refused, 1, "{one:?} {two:?}");
    assert!(one == Ok(2) || two == Ok(2), "{one:?} {two:?}");
    close(a).unwrap();
    close(b).unwrap();
}

#[test]
fn closing_from_inside_the_callback() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    let mut callback = Callback::new(|n| {
        close(instance).unwrap();
        assert_eq!(counters().0, 0);
        assert!(counters().1 > 0, "memory stays until the call returns");
        assert_eq!(call(instance, "none", &[]).unwrap_err().0, SWR_CLOSED);
        Ok(n)
    });
    let host = callback.host();
    assert_eq!(call_with(instance, "ask", &[9], Some(&host)), Ok(9));
    assert_eq!(call(instance, "none", &[]).unwrap_err().0, SWR_CLOSED);
}

#[test]
fn closing_while_one_thread_runs_and_another_waits() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    let (inside, entered) = mpsc::channel();
    let (go, gone) = mpsc::channel();
    let waiting = AtomicBool::new(false);
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
        let waiter = scope.spawn(|| {
            waiting.store(true, Ordering::SeqCst);
            call(instance, "add", &[1, 1])
        });
        while !waiting.load(Ordering::SeqCst) {
            thread::yield_now();
        }
        // The waiting thread blocks either before the close or after it; both must end with CLOSED.
        thread::sleep(Duration::from_millis(50));
        close(instance).unwrap();
        assert!(!waiter.is_finished() || counters().0 == 0);
        go.send(()).unwrap();
        assert_eq!(runner.join().unwrap(), Ok(1), "the running call finishes");
        assert_eq!(waiter.join().unwrap().unwrap_err().0, SWR_CLOSED);
    });
}

#[test]
fn many_threads_close_one_instance() {
    let _session = Session::start();
    for _ in 0..200 {
        let instance = open(SAMPLE);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(move || {
                    let answer = call(instance, "add", &[1, 1]);
                    assert!(matches!(answer, Ok(2) | Err((SWR_CLOSED, _))), "{answer:?}");
                    close(instance).unwrap();
                });
            }
        });
    }
}

/// Eight threads run random operations on four handles, which are closed and opened again meanwhile.
#[test]
fn everything_at_once() {
    let _session = Session::start();
    let wasm = module(SAMPLE);
    let handles: [AtomicU64; 4] = std::array::from_fn(|_| AtomicU64::new(open(SAMPLE)));
    let token = token();
    thread::scope(|scope| {
        for thread in 0..8_usize {
            let (handles, wasm) = (&handles, &wasm);
            scope.spawn(move || {
                for round in 0..400_usize {
                    let slot = &handles[(thread * 7 + round * 3) % 4];
                    let next = handles[round % 4].load(Ordering::SeqCst);
                    let handle = slot.load(Ordering::SeqCst);
                    let status = match (thread + round) % 9 {
                        0 => call(handle, "add", &[1, 2]).map(|sum| assert_eq!(sum, 3)),
                        1 => call_cancellable(handle, "deep", &[90], token, None).map(drop),
                        2 => view(handle, "memory", |bytes| {
                            bytes[thread] = round as u8;
                            0
                        }),
                        3 => write(handle, "memory", 100, &[thread as u8; 50]),
                        4 => read(handle, "memory", 100, 50)
                            .map(|read| assert!(read.iter().all(|byte| *byte == read[0]))),
                        5 => grow(handle, "memory", 1).map(drop),
                        6 => set(handle, "global", round as u64),
                        7 => ask_with_memory(handle, next),
                        _ => {
                            let new = open_with(wasm, FUEL, None).unwrap();
                            close(slot.swap(new, Ordering::SeqCst))
                        }
                    };
                    // Memories at their limit, closed handles, and threads that wait for each other.
                    let expected = [SWR_CLOSED, SWR_TOO_LARGE, SWR_BUSY, SWR_HOST];
                    if let Err((status, text)) = status {
                        assert!(expected.contains(&status), "{status}: {text}");
                    }
                }
            });
        }
    });
    for handle in &handles {
        close(handle.load(Ordering::SeqCst)).unwrap();
    }
    close_token(token).unwrap();
}

/// Its host function uses its own memory and calls another instance or itself.
fn ask_with_memory(handle: u64, other: u64) -> Answer<()> {
    let mut callback = Callback::new(|n| {
        write(handle, "memory", 100, &[9; 50]).map_err(|(status, _)| status)?;
        call(other, "add", &[n, 1]).map_err(|(status, _)| status)
    });
    let host = callback.host();
    call_with(handle, "ask", &[1], Some(&host)).map(|sum| assert_eq!(sum, 2))
}
