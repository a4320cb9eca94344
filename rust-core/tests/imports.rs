//! The import list: every kind, every mismatch, and every kind of malformed record.

mod caller;
use caller::*;
use stowage_wasm_rust::*;

fn open_given(wat: &str, imports: &[u8]) -> Answer<u64> {
    Opening {
        imports,
        ..Opening::default()
    }
    .open(&module(wat))
}

/// A global, a memory and a table, all imported, the memory and the global twice.
const ALL: &str = r#"(module
  (import "e" "m" (memory $m 1 4))
  (import "e" "t" (table $t 2 funcref))
  (import "e" "g" (global $g (mut i32)))
  (import "e" "c" (global $c f64))
  (import "e" "m" (memory $again 1))
  (import "e" "g" (global $g2 (mut i32)))
  (export "g2" (global $g2))
  (func $seven (result i32) i32.const 7)
  (elem (table $t) (i32.const 1) func $seven)
  (func (export "indirect") (result i64)
    (i64.extend_i32_u (call_indirect $t (result i32) (i32.const 1))))
  (func (export "load") (param i64) (result i64)
    (i64.load8_u $m (i32.wrap_i64 (local.get 0))))
  (func (export "sizes") (result i64)
    (i64.extend_i32_u (i32.add (memory.size $m) (memory.size $again))))
  (func (export "set") (param i64) (global.set $g (i32.wrap_i64 (local.get 0)))))"#;

#[test]
fn memories_tables_and_globals_are_made() {
    let _session = Session::start();
    let imports = ImportList::default()
        .add("e", "m", 2, "2..3 pages")
        .add("e", "t", 1, "funcref 5..")
        .add("e", "unused", 2, "4000.. pages")
        .add_global("e", "g", "mut i32", 0xdead_beef_0000_0005)
        .add_global("e", "c", "f64", 0x7ff0_0000_0000_0001)
        .record();
    let instance = open_given(ALL, &imports).unwrap();
    let made = module(ALL).len() as i64 + (2 << 16) + 5 * 4;
    assert_eq!(counters(), (1, made), "what is not used is not made");
    assert_eq!(call(instance, "indirect", &[]), Ok(7));
    assert_eq!(
        call(instance, "sizes", &[]),
        Ok(4),
        "one memory under two names"
    );
    write(instance, "e.m", 70_000, &[42]).unwrap();
    assert_eq!(call(instance, "load", &[70_000]), Ok(42));
    assert_eq!(get(instance, "e.g").unwrap(), (5, "mut i32".into()));
    set(instance, "g2", 9).unwrap();
    assert_eq!(
        get(instance, "e.g").unwrap().0,
        9,
        "one global under three names"
    );
    call(instance, "set", &[11]).unwrap();
    assert_eq!(get(instance, "g2").unwrap().0, 11);
    assert_eq!(get(instance, "e.c").unwrap().0, 0x7ff0_0000_0000_0001);
    let (_, text) = size(instance, "m").unwrap_err();
    assert_eq!(text, "the module has no memory 'm'; its memories are 'e.m'");
    close(instance).unwrap();
}

#[test]
fn an_export_has_its_name_before_an_import() {
    let _session = Session::start();
    let wat = r#"(module (import "e" "m" (memory 1)) (memory (export "e.m") 3))"#;
    let imports = ImportList::default().add("e", "m", 2, "1.. pages").record();
    let instance = open_given(wat, &imports).unwrap();
    assert_eq!(size(instance, "e.m"), Ok(3 << 16));
    close(instance).unwrap();
}

#[test]
fn other_types_are_refused_with_both() {
    let _session = Session::start();
    let cases = [
        ("(func)", 0, "(i32) -> ()", "func () -> ()"),
        ("(func)", 2, "1.. pages", "func () -> ()"),
        ("(func (param v128))", 0, "() -> ()", "func (v128) -> ()"),
        ("(memory 2)", 2, "1.. pages", "memory 2.. pages"),
        ("(memory 1 4)", 2, "1.. pages", "memory 1..4 pages"),
        ("(memory 1 4)", 2, "1..5 pages", "memory 1..4 pages"),
        ("(memory i64 1)", 2, "1.. pages", "memory i64 1.. pages"),
        ("(table 1 funcref)", 1, "externref 1..", "table funcref 1.."),
        (
            "(table i64 1 funcref)",
            1,
            "funcref 1..",
            "table i64 funcref 1..",
        ),
        (
            "(table 2 3 funcref)",
            1,
            "funcref 2..",
            "table funcref 2..3",
        ),
    ];
    for (ty, kind, given, wanted) in cases {
        let wat = format!(r#"(module (import "e" "x" {ty}))"#);
        let imports = ImportList::default().add("e", "x", kind, given).record();
        let (status, text) = open_given(&wat, &imports).unwrap_err();
        assert_eq!(status, SWR_MISSING_IMPORT, "{wat}: {text}");
        let kind = ["func", "table", "memory"][usize::from(kind)];
        assert_eq!(
            text,
            format!("the module imports 'e.x' as {wanted}, but it was given as {kind} {given}")
        );
    }
    for (wanted, given) in [("i32", "mut i32"), ("(mut i32)", "i32"), ("i64", "i32")] {
        let wat = format!(r#"(module (import "e" "x" (global {wanted})))"#);
        let imports = ImportList::default().add_global("e", "x", given, 0);
        let (status, text) = open_given(&wat, &imports.record()).unwrap_err();
        assert_eq!(status, SWR_MISSING_IMPORT, "{wat}: {text}");
    }
}

#[test]
fn what_is_missing_is_named() {
    let _session = Session::start();
    let wat = r#"(module (import "e" "a" (func)) (import "e" "b" (global i32))
                   (import "e" "c" (memory 1)))"#;
    let imports = ImportList::default().add("e", "a", 0, "() -> ()").record();
    let (status, text) = open_given(wat, &imports).unwrap_err();
    assert_eq!(status, SWR_MISSING_IMPORT);
    assert_eq!(
        text,
        "the module imports 'e.c' (memory 1.. pages), which was not given (and 1 more missing); given: \
         'e.a' func () -> ()"
    );
    let wat = r#"(module (import "wasi_snapshot_preview1" "proc_exit" (func (param i32))))"#;
    let (_, text) = open_given(wat, &[]).unwrap_err();
    assert!(text.ends_with("open it with WASI options"), "{text}");
}

#[test]
fn broken_lists_say_where() {
    let _session = Session::start();
    let text = |imports: Vec<u8>| {
        let (status, text) = open_given("(module)", &imports).unwrap_err();
        assert_eq!(status, SWR_INVALID_ARGUMENT, "{text}");
        text
    };
    let one = |kind, ty| ImportList::default().add("e", "x", kind, ty).record();
    assert_eq!(
        text(one(4, "")),
        "'imports' has 'e.x' with kind 4; kinds are 0 func, 1 table, 2 memory, 3 global"
    );
    assert_eq!(
        text(one(2, "1 page")),
        "'imports' has 'e.x' as memory with type '1 page'; write it as 1..16 pages or 1.. pages"
    );
    let twice = ImportList::default()
        .add("e", "x", 0, "() -> ()")
        .add("e", "x", 1, "funcref 0..");
    assert_eq!(
        text(twice.record()),
        "'imports' has 'e.x' twice; give it once"
    );
    let mut longer = one(0, "() -> ()");
    longer.push(0);
    assert_eq!(text(longer), "'imports' has 28 bytes, but ends at byte 27");
    let mut latin = one(0, "() -> ()");
    latin[8] = 0xe4;
    assert!(text(latin).starts_with("'imports' is not UTF-8: byte 8 "));
    assert_eq!(
        text(vec![0xff; 4]),
        "'imports' has 4 bytes, but needs 4 more at byte 4"
    );
}

/// A list that is cut at any byte, or has any length or count replaced by a huge one, is an error and
/// allocates nothing.
#[test]
fn hostile_lists() {
    let _session = Session::start();
    let list = ImportList::default()
        .add("module", "function", 0, "(i32) -> ()")
        .add_global("e", "g", "mut i64", 1);
    let whole = list.record();
    close(open_given("(module)", &whole).unwrap()).unwrap();
    for len in 1..whole.len() {
        let (status, text) = open_given("(module)", &whole[..len]).unwrap_err();
        assert_eq!(status, SWR_INVALID_ARGUMENT, "{len}: {text}");
    }
    for at in 0..whole.len() - 3 {
        let mut list = whole.clone();
        list[at..at + 4].fill(0xff);
        match open_given("(module)", &list) {
            Ok(instance) => close(instance).unwrap(), // the value of a global
            Err((status, text)) => assert_eq!(status, SWR_INVALID_ARGUMENT, "{at}: {text}"),
        }
    }
}
