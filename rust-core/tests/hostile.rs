//! Input that tries to break the core: each must give a status, on a small stack, and leave nothing behind.

mod caller;
mod description;
use caller::*;
use description::*;
use stowage_wasm_rust::*;

/// The stack of a Java thread can be as small as 228 KiB.
const SMALL_STACK: usize = 228 << 10;

fn on_a_small_stack<T: Send>(body: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(SMALL_STACK)
            .spawn_scoped(scope, body)
            .expect("a thread")
            .join()
            .expect("no panic")
    })
}

/// Calls every function that reads a module; none may panic, whatever the bytes are.
fn try_all(wasm: &[u8]) -> bool {
    let valid = validate(wasm);
    let described = describe(wasm);
    assert_eq!(valid.is_ok(), described.is_ok());
    let opened = open_with(wasm, 10_000, None);
    let failures = [valid.clone().err(), described.err(), opened.clone().err()];
    for (status, text) in failures.into_iter().flatten() {
        assert_ne!(status, SWR_PANIC, "{text}\n{wasm:x?}");
        assert_ne!(status, SWR_INVALID_ARGUMENT, "{text}");
    }
    if let Ok(instance) = opened {
        assert!(valid.is_ok(), "{valid:?}\n{wasm:x?}");
        for name in ["add", "ask", "trap", "spin", "deep"] {
            if let Err((status, text)) = call(instance, name, &[3]) {
                assert_ne!(status, SWR_PANIC, "{text}\n{wasm:x?}");
            }
        }
        close(instance).unwrap();
    }
    validate(wasm).is_ok()
}

#[test]
fn a_module_cut_off_at_every_offset() {
    let _session = Session::start();
    let wasm = module(SAMPLE);
    for len in 0..wasm.len() {
        try_all(&wasm[..len]);
    }
    assert!(try_all(&wasm));
}

/// xorshift64*, which gives the same bytes in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

#[test]
fn random_bytes_behind_the_magic_number() {
    let _session = Session::start();
    let mut random = Random(1);
    for _ in 0..20_000 {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        for _ in 0..random.below(64) {
            wasm.push(random.next() as u8);
        }
        try_all(&wasm);
    }
}

#[test]
fn mutations_of_a_real_module() {
    let _session = Session::start();
    let original = module(&SAMPLE.replace(
        "(func (export \"none\"))",
        "(func (export \"none\")) (start 3)",
    ));
    let mut random = Random(2);
    let mut valid = 0;
    for _ in 0..20_000 {
        let mut wasm = original.clone();
        for _ in 0..=random.below(3) {
            let at = 8 + random.below(wasm.len() - 8);
            match random.below(3) {
                0 => wasm[at] = random.next() as u8,
                1 => wasm[at] ^= 1 << random.below(8),
                _ => drop(wasm.remove(at)),
            }
        }
        valid += u32::from(try_all(&wasm));
    }
    assert!(valid > 200, "the mutants must get past the parser: {valid}");
}

/// 100 MB in a custom section: they are read in place, and counted only as long as the instance exists.
#[test]
fn a_module_of_100_megabytes() {
    let _session = Session::start();
    let mut wasm = module(SAMPLE);
    let size: u32 = 100 << 20;
    wasm.push(0);
    for shift in [0, 7, 14, 21, 28] {
        let more = if shift < 28 { 0x80 } else { 0 };
        wasm.push(((size >> shift) & 0x7f) as u8 | more);
    }
    wasm.extend_from_slice(b"\x03big");
    wasm.resize(wasm.len() + size as usize - 4, 0x5a);
    validate(&wasm).unwrap();
    let end = module(SAMPLE).len() as u64 + 6; // its id, and its length in five bytes
    let payload = ("big".into(), end + 4, u64::from(size) - 4);
    assert_eq!(decoded(&wasm).custom.pop(), Some(payload));
    let instance = open_with(&wasm, FUEL, None).unwrap();
    assert!(counters().1 > i64::from(size));
    assert_eq!(call(instance, "add", &[1, 2]), Ok(3));
    close(instance).unwrap();
}

#[test]
fn deep_nesting_on_a_small_stack() {
    let _session = Session::start();
    let depth = 200_000;
    let mut body = b"\0".to_vec(); // no locals
    body.extend([0x02, 0x40].repeat(depth)); // block, without a result
    body.extend([0x0b].repeat(depth + 1)); // end
    on_a_small_stack(|| try_all(&one_function(&body)));
}

/// A module with `code` as its only function, of type () -> (), without exports.
fn one_function(body: &[u8]) -> Vec<u8> {
    let mut wasm = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0".to_vec();
    let mut code = vec![1];
    code.extend(leb(body.len()));
    code.extend(body);
    wasm.push(10);
    wasm.extend(leb(code.len()));
    wasm.extend(code);
    wasm
}

fn leb(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

/// The interpreter evaluates constant expressions recursively, so the core checks their length first.
#[test]
fn a_long_constant_expression_on_a_small_stack() {
    let _session = Session::start();
    let with = |additions: usize| {
        module(&format!(
            "(module (global (export \"g\") i32 (i32.const 1) {}))",
            "(i32.const 1) (i32.add) ".repeat(additions)
        ))
    };
    on_a_small_stack(|| {
        close(open_with(&with(31), FUEL, None).unwrap()).unwrap();
        let bomb = with(100_000);
        validate(&bomb).unwrap();
        let (status, text) = open_with(&bomb, FUEL, None).unwrap_err();
        assert_eq!(status, SWR_TOO_LARGE, "{text}");
        assert!(text.contains("more than 64 operators"), "{text}");
    });
}

#[test]
fn endless_recursion_and_loops_on_a_small_stack() {
    let _session = Session::start();
    on_a_small_stack(|| {
        let instance = open_with(&module(SAMPLE), 50_000_000, None).unwrap();
        assert_eq!(call(instance, "deep", &[-1]).unwrap_err().0, SWR_CALL_DEPTH);
        assert_eq!(call(instance, "spin", &[]).unwrap_err().0, SWR_OUT_OF_FUEL);
        close(instance).unwrap();
    });
}

/// Names come from the module, but texts are always short, printable and on one line.
#[test]
fn hostile_names_in_texts() {
    let _session = Session::start();
    let name = format!("a\\n\\1b[31m{}", "x".repeat(90_000));
    let wasm = module(&format!("(module (import \"e\" \"{name}\" (func)))"));
    let (status, text) = open_with(&wasm, FUEL, None).unwrap_err();
    assert_eq!(status, SWR_MISSING_IMPORT);
    assert!(text.contains("'e.a\\n\\u{1b}[31mxxx"), "{text}");
    assert!(text.contains("xxx...'") && text.len() < 400, "{text}");

    let exports: String = (0..1000)
        .map(|i| format!("(func (export \"f{i}\"))"))
        .collect();
    let instance = open(&format!("(module {exports})"));
    let (_, text) = call(instance, "g", &[]).unwrap_err();
    assert!(text.ends_with(", 980 more"), "{text}");
    close(instance).unwrap();
}

/// Types come from the module and from the caller; the longest one has 2000 values.
#[test]
fn hostile_types_in_texts() {
    let _session = Session::start();
    let many = "i32 ".repeat(1000);
    let ty = format!("(param {many}) (result {many})");
    let exports: String = (0..30)
        .map(|i| format!("(func (export \"f{i}\") {ty} unreachable)"))
        .collect();
    let instance = open(&format!("(module {exports})"));
    assert!(
        call(instance, "g", &[])
            .unwrap_err()
            .1
            .ends_with(", 10 more")
    );
    let text = call_slots(instance, 0, &[], 0, 0, None).unwrap_err().1;
    assert!(text.contains("i32,...: it needs 1000 arguments"), "{text}");
    close(instance).unwrap();
    let given = format!("({}i32) -> ()", "i32, ".repeat(999));
    let imports = ImportList::default().add("e", "f", 0, &given).record();
    let opening = Opening {
        imports: &imports,
        ..Opening::default()
    };
    for import in [
        format!("(import \"e\" \"f\" (func {ty}))"),
        "(import \"e\" \"g\" (func))".into(),
    ] {
        let (status, text) = opening
            .open(&module(&format!("(module {import})")))
            .unwrap_err();
        assert_eq!(status, SWR_MISSING_IMPORT);
        assert!(text.len() < 600, "{text}");
    }
}

/// Import lists that are nearly valid, with one wrong length, kind, type or value.
#[test]
fn mutations_of_an_import_list() {
    let _session = Session::start();
    let original = ImportList::default()
        .add("e", "f", 0, "(i32, f64) -> (i64)")
        .add("e", "m", 2, "i64 1..2 pages")
        .add_global("e", "g", "mut f32", 1)
        .add("e", "t", 1, "funcref 1..7")
        .record();
    let wasm = module(
        r#"(module (import "e" "f" (func (param i32 f64) (result i64)))
             (import "e" "m" (memory i64 1)) (import "e" "g" (global (mut f32)))
             (import "e" "t" (table 1 funcref)))"#,
    );
    let mut random = Random(3);
    let mut opened = 0;
    for _ in 0..20_000 {
        let mut imports = original.clone();
        let at = random.below(imports.len());
        match random.below(3) {
            0 => imports[at] = random.next() as u8,
            1 => imports[at] ^= 1 << random.below(8),
            _ => drop(imports.remove(at)),
        }
        let opening = Opening {
            imports: &imports,
            ..Opening::default()
        };
        match opening.open(&wasm) {
            Ok(instance) => {
                opened += 1;
                close(instance).unwrap();
            }
            Err((SWR_INVALID_ARGUMENT | SWR_MISSING_IMPORT | SWR_TOO_LARGE, _)) => {}
            Err(other) => panic!("{other:?}\n{imports:x?}"),
        }
    }
    assert!(opened > 200, "some mutants must be lists: {opened}");
}
