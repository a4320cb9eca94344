//! Compares the features of a description with the validator: a module must be valid with the reported
//! features, and invalid without any one of them.

mod caller;
mod description;
use caller::*;
use description::*;
use wasmparser::{Validator, WasmFeatures};

/// The validator's flags by name of the feature.
const SWITCHES: [(&str, WasmFeatures); 20] = [
    ("atomics", WasmFeatures::THREADS),
    ("bulk-memory", WasmFeatures::BULK_MEMORY),
    ("call-indirect-overlong", WasmFeatures::REFERENCE_TYPES),
    ("custom-page-sizes", WasmFeatures::CUSTOM_PAGE_SIZES),
    ("exception-handling", WasmFeatures::EXCEPTIONS),
    ("extended-const", WasmFeatures::EXTENDED_CONST),
    ("function-references", WasmFeatures::FUNCTION_REFERENCES),
    ("gc", WasmFeatures::GC),
    ("legacy-exceptions", WasmFeatures::LEGACY_EXCEPTIONS),
    ("memory64", WasmFeatures::MEMORY64),
    ("multimemory", WasmFeatures::MULTI_MEMORY),
    ("multivalue", WasmFeatures::MULTI_VALUE),
    ("mutable-globals", WasmFeatures::MUTABLE_GLOBAL),
    ("nontrapping-fptoint", WasmFeatures::SATURATING_FLOAT_TO_INT),
    ("reference-types", WasmFeatures::REFERENCE_TYPES),
    ("relaxed-simd", WasmFeatures::RELAXED_SIMD),
    ("sign-ext", WasmFeatures::SIGN_EXTENSION),
    ("simd128", WasmFeatures::SIMD),
    ("tail-call", WasmFeatures::TAIL_CALL),
    ("wide-arithmetic", WasmFeatures::WIDE_ARITHMETIC),
];

fn switch(name: &str) -> WasmFeatures {
    let found = SWITCHES.iter().find(|(known, _)| *known == name);
    found
        .unwrap_or_else(|| panic!("an unknown feature: {name}"))
        .1
}

fn valid(wasm: &[u8], features: WasmFeatures) -> bool {
    let mut validator = Validator::new_with_features(features | WasmFeatures::MVP);
    validator.validate_all(wasm).is_ok()
}

/// Checks that the reported features are sufficient and all of them necessary. `lenient` is a feature whose
/// encoding the validator accepts without it, unlike other decoders.
fn check(wasm: &[u8], lenient: &str) -> Vec<String> {
    let names = decoded(wasm).features;
    assert!(names.is_sorted());
    let of = |without: &str| {
        let others = names.iter().filter(|name| *name != without);
        others.fold(WasmFeatures::empty(), |set, name| set | switch(name))
    };
    assert!(valid(wasm, of("")), "{names:?} are not enough");
    for name in &names {
        assert_eq!(
            valid(wasm, of(name)),
            name == lenient,
            "{name} of {names:?} is too many"
        );
    }
    names
}

/// One small module per feature, for which exactly that feature is reported.
#[test]
fn one_feature_each() {
    let _session = Session::start();
    for (feature, wat) in [
        ("atomics", "(module (memory 1 1 shared))"),
        (
            "atomics",
            "(module (memory 1) (func (drop (i32.atomic.load (i32.const 0)))))",
        ),
        ("atomics", "(module (func atomic.fence))"),
        (
            "bulk-memory",
            "(module (memory 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))))",
        ),
        ("bulk-memory", "(module (func $f) (elem func $f))"),
        ("custom-page-sizes", "(module (memory 1 1 (pagesize 1)))"),
        ("exception-handling", "(module (tag))"),
        (
            "exception-handling",
            r#"(module (import "" "" (tag (param i32))))"#,
        ),
        ("exception-handling", "(module (func try_table end))"),
        (
            "extended-const",
            "(module (global i32 (i32.add (i32.const 1) (i32.const 2))))",
        ),
        (
            "extended-const",
            "(module (memory 1) (data (i32.mul (i32.const 1) (i32.const 2)) \"\"))",
        ),
        (
            "function-references",
            "(module (type $t (func)) (func (unreachable) (call_ref $t)))",
        ),
        ("gc", "(module (type (struct (field i32))))"),
        ("gc", "(module (type (array i8)))"),
        ("gc", "(module (rec (type (func)) (type (func))))"),
        ("gc", "(module (type (sub (func))))"),
        (
            "gc",
            "(module (global i32 (i32.const 1)) (global i32 (global.get 0)))",
        ),
        ("legacy-exceptions", "(module (func try end))"),
        ("memory64", "(module (memory i64 1))"),
        ("memory64", r#"(module (import "" "" (memory i64 1)))"#),
        ("memory64", "(module (table i64 1 funcref))"),
        ("multimemory", "(module (memory 1) (memory 1))"),
        (
            "multimemory",
            r#"(module (import "" "" (memory 1)) (memory 1))"#,
        ),
        ("multivalue", "(module (type (func (result i32 i32))))"),
        (
            "multivalue",
            "(module (func (i32.const 1) (block (param i32) (drop))))",
        ),
        (
            "mutable-globals",
            r#"(module (import "" "" (global (mut i32))))"#,
        ),
        (
            "mutable-globals",
            r#"(module (global (export "g") (mut i32) (i32.const 0)))"#,
        ),
        (
            "nontrapping-fptoint",
            "(module (func (drop (i32.trunc_sat_f32_s (f32.const 0)))))",
        ),
        (
            "reference-types",
            "(module (table 1 funcref) (table 1 funcref))",
        ),
        ("reference-types", "(module (table 1 externref))"),
        ("reference-types", "(module (func (param externref)))"),
        ("reference-types", "(module (func (local funcref)))"),
        (
            "reference-types",
            "(module (func (block (result funcref) unreachable) drop))",
        ),
        ("reference-types", "(module (func (drop (ref.null func))))"),
        (
            "reference-types",
            "(module (func (drop (select (result i32) (i32.const 0) (i32.const 0) (i32.const 0)))))",
        ),
        (
            "reference-types",
            "(module (table 1 funcref) (func (drop (table.size 0))))",
        ),
        (
            "reference-types",
            "(module (global funcref (ref.null func)))",
        ),
        (
            "reference-types",
            "(module (table 1 funcref) (elem (offset (i32.const 0)) funcref (ref.null func)))",
        ),
        (
            "sign-ext",
            "(module (func (drop (i32.extend8_s (i32.const 0)))))",
        ),
        ("simd128", "(module (func (param v128)))"),
        ("simd128", "(module (func (local v128)))"),
        ("simd128", "(module (global v128 (v128.const i64x2 0 0)))"),
        (
            "simd128",
            "(module (memory 1) (func (v128.store (i32.const 0) (unreachable))))",
        ),
        ("tail-call", "(module (func $f (return_call $f)))"),
        (
            "wide-arithmetic",
            "(module (func (unreachable) (i64.add128) (drop) (drop)))",
        ),
    ] {
        let names = check(&module(wat), "");
        assert_eq!(names, [feature], "{wat}");
    }
}

/// Features that require another feature.
#[test]
fn features_that_build_on_others() {
    let _session = Session::start();
    for (features, wat) in [
        (
            &["relaxed-simd"][..],
            "(module (func (unreachable) (f32x4.relaxed_madd) (drop)))",
        ),
        (
            &["function-references", "reference-types"],
            "(module (func (param (ref func))))",
        ),
        (
            &["function-references", "reference-types"],
            "(module (type $t (func)) (func (param (ref null $t))))",
        ),
        (
            &["gc", "reference-types"],
            "(module (type $t (struct)) (func (param (ref null $t))))",
        ),
        (
            &["gc", "reference-types"],
            "(module (type $t (func (param (ref null $t)))))",
        ),
        (
            &["exception-handling", "reference-types"],
            "(module (func (param exnref)))",
        ),
        (
            &["function-references", "reference-types"],
            "(module (func $f) (table 1 (ref func) (ref.func $f)) (export \"f\" (func $f)))",
        ),
        (
            &["multimemory", "multivalue", "sign-ext"],
            "(module (memory 1) (memory 1)
                (func (result i32 i32) (i32.const 0) (i32.extend8_s (i32.const 1))))",
        ),
        (&[], SAMPLE_MVP),
    ] {
        assert_eq!(check(&module(wat), ""), features, "{wat}");
    }
}

const SAMPLE_MVP: &str = r#"(module
  (import "e" "g" (global i32))
  (import "e" "f" (func (param f32 f64)))
  (memory (export "m") 1 2) (table 1 funcref) (elem (i32.const 0) $f)
  (global $own (mut i64) (i64.const 1)) (global f64 (f64.const nan:0x123))
  (data (global.get 0) "x")
  (type $t (func (param i32) (result i32)))
  (func $f (type $t) (local f32)
    (block (result i32) (call_indirect (type $t) (local.get 0) (i32.const 0)))
    (i32.load offset=4294967295 align=1) (memory.grow) (drop) (memory.size)))"#;

/// The validator accepts these without their proposal, but they did not exist in the format before it.
#[test]
fn encodings_that_the_validator_always_reads() {
    let _session = Session::start();
    for wat in [
        "(module (memory 1) (data \"x\"))",
        "(module (table $t 1 funcref) (func $f) (elem (table $t) (i32.const 0) func $f))",
    ] {
        let names = check(&module(wat), "bulk-memory");
        assert_eq!(names, ["bulk-memory"], "{wat}");
    }
    let data_count = b"\0asm\x01\0\0\0\x0c\x01\0";
    assert_eq!(check(data_count, "bulk-memory"), ["bulk-memory"]);
}

/// A module whose only function has `code`, with a memory, a table and a type () -> ().
fn with_code(code: &[u8]) -> Vec<u8> {
    let mut wasm = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0".to_vec();
    wasm.extend(b"\x04\x04\x01\x70\0\x01\x05\x03\x01\0\x01\x0a");
    wasm.extend([code.len() as u8 + 4, 1, code.len() as u8 + 2, 0]);
    wasm.extend(code);
    wasm.push(0x0b);
    wasm
}

/// Numbers may have more bytes than necessary; in these places only later proposals have numbers.
#[test]
fn numbers_with_more_bytes_than_needed() {
    let _session = Session::start();
    let none: &[&str] = &[];
    for (features, code) in [
        // i32.const 0, call_indirect of type 0 and table 0.
        (none, &[0x41, 0, 0x11, 0, 0][..]),
        (none, &[0x41, 0, 0x11, 0x80, 0, 0]),
        (&["call-indirect-overlong"], &[0x41, 0, 0x11, 0, 0x80, 0]),
        (
            &["call-indirect-overlong"],
            &[0x41, 0, 0x11, 0x80, 0, 0x80, 0x80, 0x80, 0x80, 0],
        ),
        (
            &["reference-types"],
            &[0xd0, 0x70, 0x1a, 0x41, 0, 0x11, 0, 0x80, 0],
        ),
        // memory.size, drop.
        (none, &[0x3f, 0, 0x1a]),
        (&["multimemory"], &[0x3f, 0x80, 0, 0x1a]),
        // i32.const 0, memory.grow, drop.
        (&["multimemory"], &[0x41, 0, 0x40, 0x80, 0, 0x1a]),
        // i32.const 0, i32.load with flags and offset, drop.
        (none, &[0x41, 0, 0x28, 2, 0, 0x1a]),
        (
            none,
            &[
                0x41, 0, 0x28, 0x82, 0x80, 0, 0x80, 0x80, 0x80, 0x80, 0, 0x1a,
            ],
        ),
        (
            &["memory64"],
            &[0x41, 0, 0x28, 2, 0x80, 0x80, 0x80, 0x80, 0x80, 0, 0x1a],
        ),
        (&["multimemory"], &[0x41, 0, 0x28, 0x42, 0, 0, 0x1a]),
        (
            &["multimemory"],
            &[0x41, 0, 0x28, 0xc2, 0, 0x80, 0, 0, 0x1a],
        ),
        (
            &["memory64", "multimemory"],
            &[
                0x41, 0, 0x28, 0x42, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0, 0x1a,
            ],
        ),
        // The same for an opcode with a prefix: v128.load, also with its opcode in two bytes.
        (&["simd128"], &[0x41, 0, 0xfd, 0, 0, 0, 0x1a]),
        (
            &["memory64", "multimemory", "simd128"],
            &[
                0x41, 0, 0xfd, 0x80, 0, 0x40, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0, 0x1a,
            ],
        ),
        (
            &["multimemory", "simd128"],
            &[0x41, 0, 0xfd, 0, 0x40, 0, 0, 0x1a],
        ),
        // i32.atomic.load.
        (&["atomics"], &[0x41, 0, 0xfe, 0x10, 2, 0, 0x1a]),
        (
            &["atomics", "multimemory"],
            &[0x41, 0, 0xfe, 0x10, 0x42, 0, 0, 0x1a],
        ),
    ] {
        assert_eq!(check(&with_code(code), ""), features, "{code:x?}");
    }
}

/// Mutants of modules that use many features: for each one that is still valid, the report must be right.
#[test]
fn mutants() {
    let _session = Session::start();
    let mut seed = 3_u64;
    let mut random = |limit: usize| {
        seed ^= seed >> 12;
        seed ^= seed << 25;
        seed ^= seed >> 27;
        (seed.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    };
    let originals = [SAMPLE_MVP, RICH].map(module);
    let names = originals.each_ref().map(|wasm| check(wasm, "").len());
    assert_eq!(names, [0, 15]);
    let mut checked = 0;
    for _ in 0..30_000 {
        let mut wasm = originals[random(originals.len())].clone();
        for _ in 0..=random(2) {
            let at = 8 + random(wasm.len() - 8);
            wasm[at] = random(256) as u8;
        }
        if validate(&wasm).is_ok() {
            check_up_to_bulk_memory(&wasm);
            checked += 1;
        }
    }
    assert!(checked > 1_000, "{checked}");
}

/// Like `check`; the validator requires bulk-memory only for some of the mutants.
fn check_up_to_bulk_memory(wasm: &[u8]) {
    let names = decoded(wasm).features;
    let set = |without: &str| {
        let others = names.iter().filter(|name| *name != without);
        others.fold(WasmFeatures::empty(), |set, name| set | switch(name))
    };
    assert!(valid(wasm, set("")), "{names:?} are not enough: {wasm:x?}");
    for name in names.iter().filter(|name| *name != "bulk-memory") {
        assert!(!valid(wasm, set(name)), "{name} of {names:?}: {wasm:x?}");
    }
}

const RICH: &str = r#"(module
  (rec (type $s (struct (field (mut i32)) (field (ref null $s)))))
  (type $f (func (param i32) (result i32)))
  (import "e" "m" (memory i64 1 2 shared)) (import "e" "g" (global $g (mut i32)))
  (memory $own 1 1)
  (table $t 1 2 funcref) (table $x 1 externref)
  (tag $tag (param i32))
  (global $v v128 (v128.const i64x2 1 2)) (global $c i32 (i32.const 7))
  (global $a i64 (i64.add (i64.const 1) (i64.const 2)))
  (elem $e func $inc) (elem (table $t) (i32.const 0) funcref (ref.func $inc))
  (data $d "abc") (data (memory $own) (i32.const 0) "def")
  (func $inc (type $f) (i32.add (local.get 0) (i32.const 1)))
  (func (export "all") (param i32) (result i32 i64) (local v128 externref (ref null $s))
    (local.set 3 (struct.new $s (i32.const 1) (ref.null $s)))
    (block $h (result i32)
      (try_table (catch $tag $h) (throw $tag (local.get 0)))
      (i32.const 3))
    (i32.extend8_s) (drop)
    (drop (call_ref $f (i32.const 1) (ref.func $inc)))
    (drop (call_indirect $t (type $f) (i32.const 1) (i32.const 0)))
    (local.set 1 (i32x4.add (local.get 1) (v128.load 1 offset=3 (i32.const 0))))
    (drop (i64.atomic.rmw.add 0 (i64.const 0) (i64.const 1)))
    (memory.copy 1 1 (i32.const 0) (i32.const 1) (i32.const 2))
    (drop (i32.trunc_sat_f64_u (f64.const 1)))
    (drop (i32x4.relaxed_trunc_f32x4_s (local.get 1)))
    (i32.store 1 (i32.const 8) (memory.size 1))
    (call $inc (local.get 0)) (i64.load32_u 1 (i32.const 4))))"#;
