//! Each status code, with a way to get it.

mod caller;
use caller::*;
use stowage_wasm_rust::*;

#[test]
fn ok_calls_give_results() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    assert_eq!(call(instance, "add", &[40, 2]), Ok(42));
    assert_eq!(call(instance, "add", &[i64::MAX, 1]), Ok(i64::MIN));
    assert_eq!(call(instance, "none", &[]), Ok(0));
    assert_eq!(call(instance, "store", &[8, -7]), Ok(0));
    assert_eq!(call(instance, "load", &[8]), Ok(-7));
    close(instance).unwrap();
}

#[test]
fn invalid_argument() {
    let _session = Session::start();
    let (status, text) = call(0, "add", &[]).unwrap_err();
    assert_eq!(status, SWR_INVALID_ARGUMENT);
    assert_eq!(text, "0x0 is not a handle that swr_instance_open returned");
    assert_eq!(close(1).unwrap_err().0, SWR_INVALID_ARGUMENT);
}

#[test]
fn closed() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    close(instance).unwrap();
    close(instance).expect("closing twice is fine");
    let (status, text) = call(instance, "add", &[1, 2]).unwrap_err();
    assert_eq!(
        (status, text.as_str()),
        (SWR_CLOSED, "the instance is closed")
    );
    let next = open(SAMPLE);
    assert_ne!(next, instance);
    assert_eq!(call(instance, "add", &[1, 2]).unwrap_err().0, SWR_CLOSED);
    close(instance).unwrap();
    assert_eq!(
        call(next, "add", &[1, 2]),
        Ok(3),
        "not closed by the old handle"
    );
    close(next).unwrap();
}

#[test]
fn invalid_module() {
    let _session = Session::start();
    let broken = module("(module (func (result i64) i32.const 1))");
    for answer in [
        validate(&broken).unwrap_err(),
        describe(&broken).unwrap_err(),
        open_with(&broken, FUEL, None).unwrap_err(),
    ] {
        assert_eq!(answer.0, SWR_INVALID_MODULE);
        assert!(
            answer.1.starts_with("not a valid WebAssembly module: "),
            "{}",
            answer.1
        );
    }
}

/// Garbage collection types are valid in WebAssembly 3.0, but the interpreter does not support them.
#[test]
fn a_valid_module_that_the_interpreter_does_not_run() {
    let _session = Session::start();
    let wasm = module("(module (type (struct (field i32))))");
    validate(&wasm).unwrap();
    let (status, text) = open_with(&wasm, FUEL, None).unwrap_err();
    assert_eq!(status, SWR_INVALID_MODULE, "{text}");
}

#[test]
fn missing_import() {
    let _session = Session::start();
    let wasm = module(r#"(module (import "env" "f" (func)) (import "env" "m" (memory 1)))"#);
    validate(&wasm).unwrap();
    let (status, text) = open_with(&wasm, FUEL, None).unwrap_err();
    assert_eq!(status, SWR_MISSING_IMPORT);
    assert_eq!(
        text,
        "the module imports 'env.f' (func () -> ()), which was not given (and 1 more missing); \
         given: 'host.call' func (i64) -> (i64)"
    );
    let wasm = module(r#"(module (import "host" "call" (func (param i32))))"#);
    let (status, text) = open_with(&wasm, FUEL, None).unwrap_err();
    assert_eq!(status, SWR_MISSING_IMPORT);
    assert_eq!(
        text,
        "the module imports 'host.call' as func (i32) -> (), but it was given as func (i64) -> (i64)"
    );
}

#[test]
fn unknown_export() {
    let _session = Session::start();
    let instance = open(r#"(module (memory (export "m") 1) (func (export "f") (param i64)))"#);
    let (status, text) = call(instance, "g", &[]).unwrap_err();
    assert_eq!(status, SWR_UNKNOWN_EXPORT);
    assert_eq!(
        text,
        "the module has no function 'g'; its functions are 'f' (i64) -> ()"
    );
    let (status, text) = call(instance, "m", &[]).unwrap_err();
    assert_eq!(status, SWR_UNKNOWN_EXPORT);
    assert_eq!(
        text,
        "'m' is a memory, not a function; its functions are 'f' (i64) -> ()"
    );
    close(instance).unwrap();
}

#[test]
fn wrong_arguments() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    for (name, args, results, expected) in [
        (
            "add",
            &[1][..],
            1,
            "function 'add' is (i64, i64) -> (i64): it needs 2 arguments and returns 1 result; the call \
             has 1 argument and 1 result",
        ),
        (
            "two",
            &[],
            1,
            "function 'two' is () -> (i64, i64): it needs 0 arguments and returns 2 results; the call has \
             0 arguments and 1 result",
        ),
    ] {
        let (number, _) = function(instance, name).unwrap();
        let (status, text) = call_slots(instance, number, args, results, 0, None).unwrap_err();
        assert_eq!((status, text.as_str()), (SWR_WRONG_ARGUMENTS, expected));
    }
    let (status, text) = function(instance, "vector").unwrap_err();
    assert_eq!(status, SWR_WRONG_ARGUMENTS);
    assert_eq!(
        text,
        "function 'vector' is (v128) -> (); only parameters and results of the types i32, i64, f32 and f64 are supported"
    );
    for number in [16, u32::MAX] {
        let (status, text) = call_slots(instance, number, &[], 0, 0, None).unwrap_err();
        assert_eq!(status, SWR_INVALID_ARGUMENT);
        assert!(
            text.contains("that swr_instance_function returned"),
            "{text}"
        );
    }
    close(instance).unwrap();
}

#[test]
fn trap() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    for (name, args, expected) in [
        ("trap", &[][..], "wasm 'unreachable' instruction executed"),
        ("div", &[1, 0], "integer divide by zero"),
        ("div", &[i64::MIN, -1], "integer overflow"),
        ("load", &[1 << 20], "out of bounds memory access"),
        ("null", &[], "uninitialized element"),
    ] {
        let (status, text) = call(instance, name, args).unwrap_err();
        assert_eq!(status, SWR_TRAP, "{text}");
        assert_eq!(text, format!("trap in function '{name}': {expected}"));
        assert_eq!(call(instance, "add", &[1, 1]), Ok(2), "usable after a trap");
    }
    assert_eq!(call(instance, "deep", &[5_000]), Ok(5_000));
    close(instance).unwrap();
    let wasm = module("(module (memory 1) (data (i32.const 65536) \"x\"))");
    let (status, text) = open_with(&wasm, FUEL, None).unwrap_err();
    assert_eq!(status, SWR_TRAP, "{text}");
    let wasm = module("(module (table 1 funcref) (func $f) (elem (i32.const 1) $f))");
    let (status, text) = open_with(&wasm, FUEL, None).unwrap_err();
    assert_eq!(status, SWR_TRAP, "{text}");
}

#[test]
fn out_of_fuel() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    for _ in 0..3 {
        let (status, text) = call(instance, "spin", &[]).unwrap_err();
        assert_eq!(status, SWR_OUT_OF_FUEL);
        assert_eq!(
            text,
            "function 'spin' used up its fuel; open the instance with more, or look for a loop"
        );
        assert_eq!(
            call(instance, "add", &[1, 1]),
            Ok(2),
            "fresh fuel each time"
        );
    }
    close(instance).unwrap();
    let spins = module("(module (func $s (loop br 0)) (start $s))");
    let (status, text) = open_with(&spins, FUEL, None).unwrap_err();
    assert_eq!(status, SWR_OUT_OF_FUEL);
    assert!(
        text.starts_with("the start of the module used up"),
        "{text}"
    );
}

#[test]
fn host() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    let mut doubles = Callback::new(|n| Ok(n * 2));
    let doubles = doubles.host();
    assert_eq!(call_with(instance, "ask", &[21], Some(&doubles)), Ok(42));
    let mut stops = Callback::new(|_| Err(-3));
    let stops = stops.host();
    let (status, text) = call_with(instance, "ask", &[1], Some(&stops)).unwrap_err();
    assert_eq!(status, SWR_HOST);
    assert_eq!(
        text,
        "function 'ask': the host function 'host.call' stopped it with -3"
    );
    let empty = Host {
        call: None,
        write: None,
        ctx: std::ptr::null_mut(),
    };
    for host in [None, Some(&empty)] {
        let (status, text) = call_with(instance, "ask", &[1], host).unwrap_err();
        assert_eq!(status, SWR_HOST);
        assert_eq!(
            text,
            "function 'ask': it called 'host.call', but the call was given no host function"
        );
    }
    close(instance).unwrap();
}

#[test]
fn the_start_function_has_a_host_of_its_own() {
    let _session = Session::start();
    let wasm = module(
        r#"(module (import "host" "call" (func $h (param i64) (result i64)))
             (global $g (mut i64) (i64.const 0))
             (func $s i64.const 5 call $h global.set $g) (start $s)
             (func (export "get") (result i64) global.get $g))"#,
    );
    let mut calls = 0;
    let mut callback = Callback::new(|n| {
        calls += 1;
        Ok(n + 1)
    });
    let host = callback.host();
    let instance = open_with(&wasm, FUEL, Some(&host)).unwrap();
    assert_eq!(call(instance, "get", &[]), Ok(6));
    assert_eq!(calls, 1);
    close(instance).unwrap();
    assert_eq!(open_with(&wasm, FUEL, None).unwrap_err().0, SWR_HOST);
}

#[test]
fn too_large() {
    let _session = Session::start();
    let pages = "the memories of the instance would have";
    let elements = "the tables of the instance would have 10000001 elements";
    for (wat, start) in [
        ("(module (memory 4097))", pages),
        ("(module (memory 4000) (memory 97))", pages),
        ("(module (table 10000001 funcref))", elements),
        (
            "(module (table 10000000 funcref) (table 1 externref))",
            elements,
        ),
    ] {
        let (status, text) = open_with(&module(wat), FUEL, None).unwrap_err();
        assert_eq!(status, SWR_TOO_LARGE, "{wat}: {text}");
        assert!(text.starts_with(start), "{text}");
    }
    // One byte more than 1 GiB; no page of it is ever touched.
    let huge = vec![0_u8; (1 << 30) + 1];
    for answer in [validate(&huge).unwrap_err(), describe(&huge).unwrap_err()] {
        assert_eq!(answer.0, SWR_TOO_LARGE, "{}", answer.1);
    }
}

#[test]
fn memory_grows_up_to_the_limit_and_is_counted() {
    let _session = Session::start();
    let wasm = module(
        r#"(module (memory 1) (func (export "grow") (param i64) (result i64)
             local.get 0 i32.wrap_i64 memory.grow i64.extend_i32_s))"#,
    );
    let instance = open_with(&wasm, u64::MAX / 2, None).unwrap();
    let base = wasm.len() as i64;
    assert_eq!(counters(), (1, base + (1 << 16)));
    assert_eq!(call(instance, "grow", &[9]), Ok(1));
    assert_eq!(counters(), (1, base + (10 << 16)));
    assert_eq!(call(instance, "grow", &[4087]), Ok(-1), "one page too many");
    assert_eq!(counters(), (1, base + (10 << 16)));
    assert_eq!(call(instance, "grow", &[4086]), Ok(10));
    assert_eq!(counters(), (1, base + (4096 << 16)));
    close(instance).unwrap();
}
