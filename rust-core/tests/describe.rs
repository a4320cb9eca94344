//! The describe buffer, decoded by hand against the format in the header.

mod caller;
use caller::*;
use stowage_wasm_rust::*;

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> &'a [u8] {
        let (head, tail) = self.0.split_at(len);
        self.0 = tail;
        head
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.take(4).try_into().unwrap())
    }

    fn text(&mut self) -> &'a str {
        let len = self.u32() as usize;
        std::str::from_utf8(self.take(len)).unwrap()
    }

    fn entries(&mut self, names: usize) -> Vec<String> {
        (0..self.u32())
            .map(|_| {
                let name: Vec<_> = (0..names).map(|_| self.text()).collect();
                let kind = self.take(1)[0];
                format!("{} {kind} {}", name.join("."), self.text())
            })
            .collect()
    }
}

fn decoded(wat: &str) -> (Vec<String>, Vec<String>) {
    let bytes = describe(&module(wat)).unwrap();
    let mut reader = Reader(&bytes);
    assert_eq!(reader.u32(), 1, "format");
    let both = (reader.entries(2), reader.entries(1));
    assert!(reader.0.is_empty(), "nothing behind the exports");
    both
}

#[test]
fn an_empty_module() {
    let _session = Session::start();
    assert_eq!(
        describe(b"\0asm\x01\0\0\0").unwrap(),
        [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    );
}

#[test]
fn every_kind_in_the_module_s_order() {
    let _session = Session::start();
    let (imports, exports) = decoded(
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
    );
    assert_eq!(
        imports,
        [
            "z.f 0 (i64, i32) -> (i64)",
            "a.t 1 funcref 1..10",
            "z.m 2 1..16 pages",
            "a.g 3 mut f64",
            "z.tag 4 (i64) -> ()",
        ]
    );
    assert_eq!(
        exports,
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
}

#[test]
fn other_forms_of_webassembly_are_named() {
    let _session = Session::start();
    for (bytes, start) in [
        (
            &b"\0asm\x0d\0\x01\0"[..],
            "this is a WebAssembly component; this core takes core modules",
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
