//! The start function runs as a call, and this does not change the meaning of any module.

mod caller;
use caller::*;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use stowage_wasm_rust::*;

fn started(wat: &str) -> u64 {
    let host = Host {
        call: Some(add_one),
        write: None,
        ctx: std::ptr::null_mut(),
    };
    open_with(&module(wat), FUEL, Some(&host)).unwrap_or_else(|error| panic!("{error:?}\n{wat}"))
}

unsafe extern "C" fn add_one(
    _ctx: *mut std::ffi::c_void,
    _import: u32,
    args: *const u64,
    results: *mut u64,
) -> i32 {
    unsafe { results.write(args.read() + 1) };
    0
}

const G: &str = r#"(global $g (mut i64) (i64.const 0))
    (func $s (global.set $g (i64.add (global.get $g) (i64.const 5))))"#;

#[test]
fn with_and_without_exports_and_custom_sections() {
    let _session = Session::start();
    for (exports, named) in [
        ("", None),
        (r#"(export "g" (global $g))"#, Some("g")),
        (
            r#"(export "the start function" (global $g)) (export "the start function'" (func $s))"#,
            Some("the start function"),
        ),
        (
            r#"(export "the start function'" (func $s)) (export "the start function" (global $g))"#,
            Some("the start function"),
        ),
        (
            r#"(@custom "a" (after export) "text") (export "g" (global $g)) (@custom "b" "more")"#,
            Some("g"),
        ),
    ] {
        let instance = started(&format!("(module {G} {exports} (start $s))"));
        if let Some(name) = named {
            assert_eq!(get(instance, name).unwrap().0, 5, "once: {exports}");
        }
        close(instance).unwrap();
    }
}

#[test]
fn the_module_seems_to_export_what_it_did() {
    let _session = Session::start();
    let instance = started(&format!("(module {G} (start $s))"));
    let (status, text) = function(instance, "the start function").unwrap_err();
    assert_eq!(status, SWR_UNKNOWN_EXPORT);
    assert_eq!(
        text,
        "the module has no function 'the start function'; it has no functions at all"
    );
    let (status, _) = call_slots(instance, 0, &[], 0, 0, None).unwrap_err();
    assert_eq!(status, SWR_INVALID_ARGUMENT, "and has no number");
    close(instance).unwrap();
}

#[test]
fn an_imported_function_that_is_the_start_function() {
    let _session = Session::start();
    let wasm = module(r#"(module (import "e" "f" (func $f)) (start $f))"#);
    let imports = ImportList::default().add("e", "f", 0, "() -> ()").record();
    let mut calls = 0;
    let mut functions = Functions::new(&[(0, 0)], |_, _, _| {
        calls += 1;
        0
    });
    let host = functions.host();
    let opening = Opening {
        imports: &imports,
        host: Some(&host),
        ..Opening::default()
    };
    close(opening.open(&wasm).unwrap()).unwrap();
    assert_eq!(calls, 1);
}

/// Data and elements are in place before the start function runs. If it traps, nothing is left.
#[test]
fn it_runs_after_the_segments() {
    let _session = Session::start();
    let wat = r#"(module (memory (export "m") 1) (table 1 funcref) (data (i32.const 0) "\07")
      (func $seven (result i32) (i32.load8_u (i32.const 0))) (elem (i32.const 0) $seven)
      (func $s (i32.store8 (i32.const 1) (call_indirect (result i32) (i32.const 0)))) (start $s))"#;
    let instance = started(wat);
    assert_eq!(read(instance, "m", 0, 2).unwrap(), [7, 7]);
    close(instance).unwrap();
    for (body, status, expected) in [
        (
            "unreachable",
            SWR_TRAP,
            "trap in the start of the module: wasm",
        ),
        (
            "(loop br 0)",
            SWR_OUT_OF_FUEL,
            "the start of the module used up",
        ),
        (
            "call $s",
            SWR_CALL_DEPTH,
            "the start of the module exhausted the call",
        ),
    ] {
        let wasm = module(&format!("(module (memory 9) (func $s {body}) (start $s))"));
        let (found, text) = open_with(&wasm, FUEL, None).unwrap_err();
        assert_eq!(found, status, "{text}");
        assert!(text.starts_with(expected), "{text}");
    }
}

/// A closed handle must be the work of the start function itself.
#[test]
fn the_start_function_s_host_function_closes_the_instance() {
    let _session = Session::start();
    let wasm = module(
        r#"(module (import "host" "call" (func $h (param i64) (result i64)))
             (func $s (drop (call $h (i64.const 0)))) (start $s))"#,
    );
    let handle = std::cell::Cell::new(0);
    let mut callback = Callback::new(|n| {
        close(handle.get()).unwrap();
        Ok(n)
    });
    let host = callback.host();
    let imports = host_call();
    let none = std::ptr::null();
    answer(|error| unsafe {
        let (wasm, wasm_len) = (wasm.as_ptr(), wasm.len());
        let (imports, len) = (imports.as_ptr(), imports.len());
        let (limits, out) = (std::ptr::null(), handle.as_ptr());
        swr_instance_open(
            wasm, wasm_len, limits, imports, len, none, 0, 0, &host, out, error,
        )
    })
    .unwrap();
    assert_eq!(size(handle.get(), "m").unwrap_err().0, SWR_CLOSED);
}

#[test]
fn who_waits_for_a_start_function_that_fails_finds_it_closed() {
    let _session = Session::start();
    let wasm = module(
        r#"(module (import "host" "call" (func $h (param i64) (result i64)))
             (memory (export "m") 1)
             (func $s (drop (call $h (i64.const 0))) unreachable) (start $s))"#,
    );
    let handle = AtomicU64::new(0);
    std::thread::scope(|scope| {
        let mut waiter = None;
        let mut callback = Callback::new(|n| {
            let handle = handle.load(Ordering::SeqCst);
            waiter = Some(scope.spawn(move || size(handle, "m")));
            std::thread::sleep(Duration::from_millis(50));
            Ok(n)
        });
        let host = callback.host();
        let imports = host_call();
        let none = std::ptr::null();
        let (status, _) = answer(|error| unsafe {
            let (wasm, wasm_len) = (wasm.as_ptr(), wasm.len());
            let (imports, len) = (imports.as_ptr(), imports.len());
            let (limits, out) = (std::ptr::null(), handle.as_ptr());
            swr_instance_open(
                wasm, wasm_len, limits, imports, len, none, 0, 0, &host, out, error,
            )
        })
        .unwrap_err();
        assert_eq!(status, SWR_TRAP);
        assert_eq!(handle.load(Ordering::SeqCst), 0);
        let answer = waiter.expect("spawned").join().unwrap();
        assert_eq!(answer.unwrap_err().0, SWR_CLOSED);
    });
}

/// Sections as bytes: type () -> (), type (i32) -> (), two functions of these types, no locals.
const HEAD: &[u8] = b"\0asm\x01\0\0\0\x01\x08\x02\x60\0\0\x60\x01\x7f\0\x03\x03\x02\0\x01";
const CODE: &[u8] = b"\x0a\x07\x02\x02\0\x0b\x02\0\x0b";
const EXPORT: &[u8] = b"\x07\x05\x01\x01f\0\0";
const START: &[u8] = b"\x08\x01\0";

/// Removing the start section must not make an invalid module valid.
#[test]
fn invalid_modules_stay_invalid() {
    let _session = Session::start();
    let cases: [(&str, &[&[u8]], bool); 11] = [
        ("valid", &[EXPORT, START, CODE], true),
        ("without exports", &[START, CODE], true),
        (
            "padded lengths",
            &[b"\x07\x85\x80\x00\x01\x01f\0\0", b"\x08\x81\x00\0", CODE],
            true,
        ),
        ("start twice", &[EXPORT, START, START, CODE], false),
        ("exports twice", &[EXPORT, EXPORT, START, CODE], false),
        ("start first", &[START, EXPORT, CODE], false),
        ("of another type", &[EXPORT, b"\x08\x01\x01", CODE], false),
        ("no such function", &[EXPORT, b"\x08\x01\x02", CODE], false),
        ("after the code", &[EXPORT, CODE, START], false),
        // drop (ref.func 0): exports declare their functions, a start section does not.
        (
            "not declared",
            &[START, b"\x0a\x0a\x02\x05\0\xd2\0\x1a\x0b\x02\0\x0b"],
            false,
        ),
        ("with more bytes", &[EXPORT, b"\x08\x02\0\0", CODE], false),
    ];
    for (what, sections, valid) in cases {
        let wasm = [HEAD, &sections.concat()].concat();
        let validated = validate(&wasm);
        assert_eq!(validated.is_ok(), valid, "{what}: {validated:?}");
        match (validated, open_with(&wasm, FUEL, None)) {
            (Ok(()), Ok(instance)) => close(instance).unwrap(),
            (Err(expected), Err(found)) => assert_eq!(found, expected, "{what}"),
            other => panic!("{what}: {other:?}"),
        }
    }
}
