//! The description by swr_describe, except features.

mod caller;
mod description;
use caller::*;
use description::*;
use stowage_wasm_rust::*;

#[test]
fn an_empty_module() {
    let _session = Session::start();
    assert_eq!(
        describe(b"\0asm\x01\0\0\0").unwrap(),
        // The format number and eight empty lists.
        [&[1, 0, 0, 0][..], &[0; 32]].concat()
    );
}

#[test]
fn every_kind_in_the_module_s_order() {
    let _session = Session::start();
    let description = decoded(&module(
        r#"(module
            (import "z" "f" (func (param i64 i32) (result i64)))
            (import "a" "t" (table 1 10 funcref))
            (import "z" "m" (memory 1 16))
            (import "a" "g" (global (mut f64)))
            (import "z" "tag" (tag (param i64)))
            (func (export "none"))
            (func (export "many") (result i32 v128 externref) unreachable)
            (table (export "open") 3 externref)
            (memory (export "grows") 1)
            (memory (export "wide") i64 1 2)
            (memory (export "shared") 1 2 shared)
            (global (export "fixed") i32 (i32.const 1))
            (func (export "\u{1f6a2}\00")))"#,
    ));
    assert_eq!(
        description.imports,
        [
            "z.f 0 (i64, i32) -> (i64)",
            "a.t 1 funcref 1..10",
            "z.m 2 1..16 pages",
            "a.g 3 mut f64",
            "z.tag 4 (i64) -> ()",
        ]
    );
    assert_eq!(
        description.exports,
        [
            "none 0 () -> ()",
            "many 0 () -> (i32, v128, externref)",
            "open 1 externref 3..",
            "grows 2 1.. pages",
            "wide 2 i64 1..2 pages",
            "shared 2 1..2 pages shared",
            "fixed 3 i32",
            "\u{1f6a2}\0 0 () -> ()",
        ]
    );
    assert_eq!(
        description.memories,
        [
            "1..16 pages",
            "1.. pages",
            "i64 1..2 pages",
            "1..2 pages shared"
        ]
    );
    assert_eq!(description.tables, ["funcref 1..10", "externref 3.."]);
    assert_eq!(description.globals, ["mut f64", "i32"]);
}

#[test]
fn what_is_not_exported_is_in_the_index_spaces() {
    let _session = Session::start();
    let description = decoded(&module(
        r#"(module (memory 1 2 (pagesize 1)) (memory i64 3)
            (table 2 5 funcref) (table i64 1 (ref null extern))
            (global (mut v128) (v128.const i64x2 0 0)) (global i64 (i64.const 1)))"#,
    ));
    assert_eq!(description.imports, [""; 0]);
    assert_eq!(description.exports, [""; 0]);
    assert_eq!(
        description.memories,
        ["1..2 pages of 2^0 bytes", "i64 3.. pages"]
    );
    assert_eq!(description.tables, ["funcref 2..5", "i64 externref 1.."]);
    assert_eq!(description.globals, ["mut v128", "i64"]);
}

/// A custom section, with its id and its length.
fn custom(name: &str, payload: &[u8]) -> Vec<u8> {
    let content = [&[name.len() as u8], name.as_bytes(), payload].concat();
    [&[0, content.len() as u8][..], &content].concat()
}

#[test]
fn custom_sections_say_where_their_payload_lies() {
    let _session = Session::start();
    let mut wasm = custom("first", b"");
    wasm.splice(0..0, *b"\0asm\x01\0\0\0");
    wasm.extend(&module("(module (memory 1))")[8..]);
    wasm.extend(custom("b\u{e9}", b"payload"));
    wasm.extend(custom("first", b"again"));
    let sections = decoded(&wasm).custom;
    let names: Vec<_> = sections.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["first", "b\u{e9}", "first"]);
    let payload = |(_, offset, size): &(String, u64, u64)| {
        wasm[*offset as usize..(offset + size) as usize].to_vec()
    };
    let payloads: Vec<_> = sections.iter().map(payload).collect();
    assert_eq!(payloads, [&b""[..], b"payload", b"again"]);
    assert_eq!(sections[0], ("first".into(), 16, 0));
}

#[test]
fn producers() {
    let _session = Session::start();
    let text = |text: &str| [&[text.len() as u8], text.as_bytes()].concat();
    let section = [
        &[2][..],
        &text("language"),
        &[2],
        &text("Rust"),
        &text("2024"),
        &text("C"),
        &text(""),
        &text("later-field"),
        &[1],
        &text("tool"),
        &text("1.2.3 (abc)"),
    ]
    .concat();
    let module = |section: &[u8]| [b"\0asm\x01\0\0\0", &custom("producers", section)[..]].concat();
    assert_eq!(
        decoded(&module(&section)).producers,
        [
            "language: Rust 2024",
            "language: C ",
            "later-field: tool 1.2.3 (abc)"
        ]
    );
    for len in 0..section.len() {
        let cut = decoded(&module(&section[..len]));
        assert_eq!(cut.producers, [""; 0], "cut at {len}");
        assert_eq!(cut.custom.len(), 1);
    }
    let longer = [&section[..], &[0]].concat();
    assert_eq!(
        decoded(&module(&longer)).producers,
        [""; 0],
        "a byte too much"
    );
    let not_utf8 = [&[1][..], &text("sdk"), &[1, 1, 0xff, 0]].concat();
    assert_eq!(decoded(&module(&not_utf8)).producers, [""; 0]);
}

/// Small in the module but large in the description: refused before it uses much memory.
#[test]
fn too_many_custom_sections() {
    let _session = Session::start();
    let with = |count: usize| {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend([0, 1, 0].repeat(count));
        wasm
    };
    assert_eq!(decoded(&with(100_000)).custom.len(), 100_000);
    validate(&with(100_001)).unwrap();
    let (status, text) = describe(&with(100_001)).unwrap_err();
    assert_eq!(status, SWR_TOO_LARGE);
    assert_eq!(
        text,
        "the module has 100001 custom sections; a description lists up to 100000"
    );
}

#[test]
fn other_forms_of_webassembly_are_named() {
    let _session = Session::start();
    for (bytes, start) in [
        (
            &b"\0asm\x0d\0\x01\0"[..],
            "this is a WebAssembly component; this core reads core modules only",
        ),
        (
            b" (module)",
            "this is WebAssembly text; make it binary with 'wat2wasm'",
        ),
        (
            b"\0asm\x01\0\0\0\x01\x05",
            "not a WebAssembly module: unexpected end at byte 10",
        ),
        (
            b"\x7fELF",
            "not a WebAssembly module: does not begin with \\0asm (found 7f 45 4c 46)",
        ),
    ] {
        let (status, text) = describe(bytes).unwrap_err();
        assert_eq!(status, SWR_INVALID_MODULE);
        assert!(text.starts_with(start), "{text}");
    }
}
