//! Access of the host to memories: bounds, growth, views, and use from a host function.

mod caller;
use caller::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use stowage_wasm_rust::*;

const PAGE: u64 = 1 << 16;

#[test]
fn bounds() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    assert_eq!(size(instance, "memory"), Ok(PAGE));
    write(instance, "memory", 0, b"begin").unwrap();
    write(instance, "memory", PAGE - 3, b"end").unwrap();
    assert_eq!(read(instance, "memory", 0, 5).unwrap(), b"begin");
    assert_eq!(read(instance, "memory", PAGE - 3, 3).unwrap(), b"end");
    assert_eq!(read(instance, "memory", PAGE, 0).unwrap(), b"");
    write(instance, "memory", PAGE, b"").unwrap();
    for (offset, len) in [
        (PAGE + 1, 0),
        (PAGE, 1),
        (PAGE - 2, 3),
        (0, PAGE as usize + 1),
        (u64::MAX, 0),
        (u64::MAX, 1),
        (u64::MAX - 4, 5),
        (1 << 63, 1),
        (1 << 32, 1),
    ] {
        let (status, text) = read(instance, "memory", offset, len).unwrap_err();
        assert_eq!(status, SWR_OUT_OF_BOUNDS);
        let bytes = if len == 1 { "byte" } else { "bytes" };
        assert_eq!(
            text,
            format!(
                "{len} {bytes} from {offset} are outside memory 'memory', which has 65536 bytes"
            )
        );
        let (status, _) = write(instance, "memory", offset, &vec![7; len]).unwrap_err();
        assert_eq!(status, SWR_OUT_OF_BOUNDS);
    }
    let rest = read(instance, "memory", 5, PAGE as usize - 8).unwrap();
    assert!(rest.iter().all(|byte| *byte == 0), "nothing half-written");
    close(instance).unwrap();
    for (status, _) in [
        size(instance, "memory").unwrap_err(),
        read(instance, "memory", 0, 1).unwrap_err(),
        write(instance, "memory", 0, &[1]).unwrap_err(),
        grow(instance, "memory", 1).unwrap_err(),
        view(instance, "memory", |_| 0).unwrap_err(),
        get(instance, "x").unwrap_err(),
        set(instance, "x", 0).unwrap_err(),
        function(instance, "add").unwrap_err(),
    ] {
        assert_eq!(status, SWR_CLOSED);
    }
}

#[test]
fn lengths_that_are_none() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    let (byte, name) = (&mut 0_u8 as *mut u8, "memory");
    for len in [usize::MAX, isize::MAX as usize + 1] {
        let (status, _) = answer(|e| unsafe {
            swr_memory_read(instance, name.as_ptr(), name.len(), 0, byte, len, e)
        })
        .unwrap_err();
        assert_eq!(status, SWR_INVALID_ARGUMENT);
        let (status, _) = answer(|e| unsafe {
            swr_memory_write(instance, name.as_ptr(), name.len(), 0, byte, len, e)
        })
        .unwrap_err();
        assert_eq!(status, SWR_INVALID_ARGUMENT);
    }
    let null = std::ptr::null_mut();
    let (status, text) =
        answer(|e| unsafe { swr_memory_read(instance, name.as_ptr(), name.len(), 0, null, 1, e) })
            .unwrap_err();
    assert_eq!(status, SWR_INVALID_ARGUMENT, "{text}");
    let (status, text) = answer(|e| unsafe {
        swr_memory_view(instance, name.as_ptr(), name.len(), None, null.cast(), e)
    })
    .unwrap_err();
    assert_eq!(status, SWR_INVALID_ARGUMENT);
    assert_eq!(text, "'view' is NULL, but must be a function");
    close(instance).unwrap();
}

#[test]
fn growth_and_its_limits() {
    let _session = Session::start();
    let instance = open(SAMPLE); // of at most 16 pages
    assert_eq!(grow(instance, "memory", 0), Ok(1));
    assert_eq!(grow(instance, "memory", 14), Ok(1));
    write(instance, "memory", 14 * PAGE, b"new").unwrap();
    assert_eq!(grow(instance, "memory", 1), Ok(15));
    for more in [1, u64::MAX, 1 << 48] {
        let (status, text) = grow(instance, "memory", more).unwrap_err();
        assert_eq!(status, SWR_TOO_LARGE);
        assert_eq!(
            text,
            format!(
                "memory 'memory' has 16 pages and cannot have {more} more: its type is 1..16 pages"
            )
        );
    }
    assert_eq!(size(instance, "memory"), Ok(16 * PAGE));
    close(instance).unwrap();

    let instance = open(r#"(module (memory (export "m") 1) (memory (export "n") 2))"#);
    assert_eq!(grow(instance, "m", 4093), Ok(1), "up to the limit");
    let (status, text) = grow(instance, "n", 1).unwrap_err();
    assert_eq!(status, SWR_TOO_LARGE);
    assert_eq!(
        text,
        "the memories of the instance would have 4097 pages; its limit 'memory_pages' is 4096"
    );
    assert_eq!(counters().1 & 0xffff_0000, 4096 << 16);
    close(instance).unwrap();
}

#[test]
fn a_growth_that_fails_is_not_charged() {
    let _session = Session::start();
    let wat = r#"(module (memory $m (export "m") 1 16) (memory (export "n") 1)
      (table $t 1 16 externref) (table $u 1 externref)
      (func (export "memory") (param i64) (result i64)
        (i64.extend_i32_s (memory.grow $m (i32.wrap_i64 (local.get 0)))))
      (func (export "table") (param i64) (result i64)
        (i64.extend_i32_s (table.grow $t (ref.null extern) (i32.wrap_i64 (local.get 0)))))
      (func (export "other") (param i64) (result i64)
        (i64.extend_i32_s (table.grow $u (ref.null extern) (i32.wrap_i64 (local.get 0))))))"#;
    let instance = open(wat);
    let before = counters();
    for _ in 0..3 {
        assert_eq!(call(instance, "memory", &[4000]), Ok(-1), "its type");
        assert_eq!(call(instance, "table", &[9_000_000]), Ok(-1), "its type");
        assert_eq!(grow(instance, "m", 4000).unwrap_err().0, SWR_TOO_LARGE);
        assert_eq!(counters(), before);
    }
    // Neither limit has changed.
    assert_eq!(grow(instance, "n", 4094), Ok(1));
    assert_eq!(call(instance, "other", &[9_999_998]), Ok(1));
    close(instance).unwrap();

    // Within the limit, but the machine has not enough memory.
    let limits = Limits {
        memory_pages: u64::MAX,
        ..Limits::default()
    };
    let opening = Opening {
        limits: Some(limits),
        ..Opening::default()
    };
    let wat = r#"(module (memory (export "m") i64 1))"#;
    let instance = opening.open(&module(wat)).unwrap();
    let before = counters();
    for _ in 0..3 {
        assert_eq!(grow(instance, "m", 1 << 40).unwrap_err().0, SWR_TOO_LARGE);
        assert_eq!(counters(), before);
    }
    close(instance).unwrap();
}

#[test]
fn a_memory_of_64_bits() {
    let _session = Session::start();
    let wat = r#"(module (memory (export "m") i64 1 281474976710655)
      (func (export "grow") (param i64) (result i64) local.get 0 memory.grow))"#;
    let instance = open(wat);
    assert_eq!(grow(instance, "m", 1), Ok(1));
    assert_eq!(call(instance, "grow", &[1]), Ok(2));
    for more in [1 << 48, u64::MAX, u64::MAX - 3, (1 << 48) - 3] {
        let (status, text) = grow(instance, "m", more).unwrap_err();
        assert_eq!(status, SWR_TOO_LARGE, "{more}: {text}");
        assert_eq!(call(instance, "grow", &[more.cast_signed()]), Ok(-1));
    }
    close(instance).unwrap();

    // Valid, but the interpreter panics when this memory grows.
    let most = module("(module (memory i64 1 281474976710656))");
    validate(&most).unwrap();
    let (status, text) = open_with(&most, FUEL, None).unwrap_err();
    assert_eq!(status, SWR_TOO_LARGE);
    assert_eq!(
        text,
        "the module has a memory with a maximum of 281474976710656 pages; this core supports at most \
         281474976710655, or none"
    );
}

#[test]
fn a_table_of_64_bits() {
    let _session = Session::start();
    let wat = r#"(module (table $t i64 1 18446744073709551615 externref)
      (func (export "grow") (param i64) (result i64)
        (table.grow $t (ref.null extern) (local.get 0))))"#;
    let instance = open(wat);
    assert_eq!(call(instance, "grow", &[1]), Ok(1));
    for more in [i64::MAX, i64::MIN, -1, -3, 1 << 40] {
        assert_eq!(call(instance, "grow", &[more]), Ok(-1));
    }
    assert_eq!(call(instance, "grow", &[1]), Ok(2));
    close(instance).unwrap();
}

#[test]
fn a_view_is_the_memory_itself() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    let mut calls = 0;
    view(instance, "memory", |bytes| {
        calls += 1;
        assert_eq!(bytes.len(), PAGE as usize);
        bytes[8..16].copy_from_slice(&77_i64.to_le_bytes());
        0
    })
    .unwrap();
    assert_eq!(calls, 1);
    assert_eq!(call(instance, "load", &[8]), Ok(77));
    let (status, text) = view(instance, "memory", |_| -4).unwrap_err();
    assert_eq!(status, SWR_HOST);
    assert_eq!(text, "the view of memory 'memory' stopped with -4");
    let (status, _) = view(instance, "nothing", |_| panic!("not called")).unwrap_err();
    assert_eq!(status, SWR_UNKNOWN_EXPORT);
    close(instance).unwrap();

    let instance = open(r#"(module (memory (export "m") 0))"#);
    view(instance, "m", |bytes| bytes.len() as i32).expect("0 bytes");
    close(instance).unwrap();
}

/// All functions that use the store, on the thread that has a view of it.
fn all_busy(instance: u64) {
    for (status, text) in [
        size(instance, "memory").unwrap_err(),
        read(instance, "memory", 0, 1).unwrap_err(),
        write(instance, "memory", 0, &[1]).unwrap_err(),
        grow(instance, "memory", 1).unwrap_err(),
        view(instance, "memory", |_| 0).unwrap_err(),
        get(instance, "global").unwrap_err(),
        set(instance, "global", 0).unwrap_err(),
        call(instance, "add", &[1, 1]).unwrap_err(),
    ] {
        assert_eq!(status, SWR_BUSY, "{text}");
    }
}

#[test]
fn during_a_view_the_instance_is_busy_for_its_thread() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    view(instance, "memory", |_| {
        all_busy(instance);
        0
    })
    .unwrap();
    let mut callback = Callback::new(|n| {
        view(instance, "memory", |bytes| {
            all_busy(instance);
            bytes[0] = 5;
            0
        })
        .unwrap();
        assert_eq!(read(instance, "memory", 0, 1).unwrap(), [5], "given back");
        Ok(n)
    });
    let host = callback.host();
    assert_eq!(call_with(instance, "ask", &[9], Some(&host)), Ok(9));
    assert_eq!(size(instance, "memory"), Ok(PAGE));
    close(instance).unwrap();
}

#[test]
fn other_threads_wait_for_a_view() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let mut waiters = Vec::new();
        view(instance, "memory", |bytes| {
            waiters.push(scope.spawn(|| {
                let answer = read(instance, "memory", 0, 1).unwrap();
                assert!(done.load(Ordering::SeqCst), "waited");
                answer
            }));
            thread::sleep(Duration::from_millis(50));
            bytes[0] = 9;
            done.store(true, Ordering::SeqCst);
            0
        })
        .unwrap();
        for waiter in waiters {
            assert_eq!(waiter.join().unwrap(), [9]);
        }
    });
    close(instance).unwrap();
}

#[test]
fn closing_during_a_view() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    view(instance, "memory", |bytes| {
        close(instance).unwrap();
        bytes.fill(3); // still there
        assert_eq!(counters().0, 0);
        assert_eq!(size(instance, "memory").unwrap_err().0, SWR_CLOSED);
        0
    })
    .unwrap();
    assert_eq!(counters(), (0, 0));
}

#[test]
fn a_host_function_uses_the_memory_of_its_caller() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    call(instance, "store", &[0, 20]).unwrap();
    let mut callback = Callback::new(|n| {
        let bytes = read(instance, "memory", 0, 8).unwrap();
        let value = i64::from_le_bytes(bytes.try_into().unwrap());
        write(instance, "memory", 8, &(value + n).to_le_bytes()).unwrap();
        assert_eq!(grow(instance, "memory", 1), Ok(1));
        set(instance, "global", 6).unwrap();
        assert_eq!(get(instance, "global").unwrap().0, 6);
        assert_eq!(
            read(instance, "memory", 3 * PAGE, 0).unwrap_err().0,
            SWR_OUT_OF_BOUNDS
        );
        assert_eq!(function(instance, "add").unwrap().1, "(i64, i64) -> (i64)");
        assert_eq!(call(instance, "add", &[1, 1]).unwrap_err().0, SWR_BUSY);
        Ok(n)
    });
    let host = callback.host();
    assert_eq!(call_with(instance, "ask", &[3], Some(&host)), Ok(3));
    assert_eq!(call(instance, "load", &[8]), Ok(23));
    assert_eq!(size(instance, "memory"), Ok(2 * PAGE));
    close(instance).unwrap();
}

/// Growing moves the memory; the running function of the module must see the new one.
#[test]
fn the_module_goes_on_in_a_memory_that_its_host_function_grew() {
    let _session = Session::start();
    let instance = open(
        r#"(module (import "host" "call" (func $host (param i64) (result i64)))
          (memory (export "memory") 1) (global $g (export "g") (mut i64) (i64.const 1))
          (func (export "ask") (param i64) (result i64)
            (i64.store (i32.const 8) (i64.const 40))
            (drop (call $host (local.get 0)))
            (i64.store (i32.const 33554432) (global.get $g))
            (i64.add (i64.load (i32.const 8)) (i64.load (i32.const 33554432)))))"#,
    );
    let mut callback = Callback::new(|n| {
        let old = grow(instance, "memory", 1_000).unwrap();
        set(instance, "g", 2).unwrap();
        Ok(n + old.cast_signed())
    });
    let host = callback.host();
    let token = token();
    assert_eq!(call_with(instance, "ask", &[3], Some(&host)), Ok(42));
    let again = call_cancellable(instance, "ask", &[3], token, Some(&host));
    assert_eq!(again, Ok(42));
    assert_eq!(size(instance, "memory"), Ok(2_001 * PAGE));
    close(instance).unwrap();
    close_token(token).unwrap();
}

/// A calls B, and B's host function uses the memories of both.
#[test]
fn nested_callbacks_reach_both_memories() {
    let _session = Session::start();
    let (a, b) = (open(SAMPLE), open(SAMPLE));
    let mut outer = Callback::new(|n| {
        let mut inner = Callback::new(|n| {
            write(a, "memory", 0, b"a").unwrap();
            write(b, "memory", 0, b"b").unwrap();
            Ok(n + 1)
        });
        let host = inner.host();
        let answer = call_with(b, "ask", &[n], Some(&host)).unwrap();
        write(a, "memory", 1, b"!").unwrap();
        write(b, "memory", 1, b"?").unwrap(); // b runs nothing now
        Ok(answer + 1)
    });
    let host = outer.host();
    assert_eq!(call_with(a, "ask", &[1], Some(&host)), Ok(3));
    assert_eq!(read(a, "memory", 0, 2).unwrap(), b"a!");
    assert_eq!(read(b, "memory", 0, 2).unwrap(), b"b?");
    close(a).unwrap();
    close(b).unwrap();
}

/// The frame belongs to the thread of the call: another thread waits and does not use it.
#[test]
fn another_thread_waits_for_the_callback_to_return() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        let mut callback = Callback::new(|n| {
            let send = send.clone();
            scope.spawn(move || send.send(size(instance, "memory")));
            let early = receive.recv_timeout(Duration::from_millis(50));
            assert!(early.is_err(), "{early:?}");
            assert_eq!(grow(instance, "memory", 1), Ok(1));
            Ok(n)
        });
        let host = callback.host();
        call_with(instance, "ask", &[1], Some(&host)).unwrap();
        assert_eq!(receive.recv().unwrap(), Ok(2 * PAGE));
    });
    close(instance).unwrap();
}

#[test]
fn the_start_function_s_host_function_uses_the_memory() {
    let _session = Session::start();
    let wasm = module(
        r#"(module (import "host" "call" (func $h (param i64) (result i64)))
             (memory (export "memory") 1) (data (i32.const 2) "text")
             (func $s i64.const 2 call $h drop) (start $s))"#,
    );
    let handle = std::cell::Cell::new(0);
    let mut seen = Vec::new();
    let mut callback = Callback::new(|at| {
        seen = read(handle.get(), "memory", at.cast_unsigned(), 4).unwrap();
        Ok(0)
    });
    let host = callback.host();
    let imports = host_call();
    let (wasi, none) = (std::ptr::null(), std::ptr::null());
    answer(|error| unsafe {
        let (wasm, wasm_len) = (wasm.as_ptr(), wasm.len());
        let (imports, len) = (imports.as_ptr(), imports.len());
        let out = handle.as_ptr();
        swr_instance_open(
            wasm, wasm_len, none, imports, len, wasi, 0, 0, &host, out, error,
        )
    })
    .unwrap();
    assert_eq!(seen, b"text");
    close(handle.get()).unwrap();
}
