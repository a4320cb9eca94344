//! Numbers of all four types as arguments and results of calls and host functions.

mod caller;
use caller::*;
use stowage_wasm_rust::*;

/// Bit patterns that a conversion through a float or a sign would change.
const HALVES: [u64; 8] = [
    0,
    1,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_ffff,
    0x7f80_0001, // a signalling NaN of f32
    0xffc1_2345, // a quiet one with payload and sign
    0x8000_0001,
];
const WHOLES: [u64; 6] = [
    0x7fff_ffff_ffff_ffff,
    0x8000_0000_0000_0000,
    0xffff_ffff_ffff_ffff,
    0x7ff0_0000_0000_0001, // a signalling NaN of f64
    0xfff8_0000_dead_beef,
    0x0000_0000_ffff_ffff,
];

#[test]
fn every_bit_of_every_type_passes() {
    let _session = Session::start();
    let instance = open(
        r#"(module
          (func (export "i32") (param i32) (result i32) local.get 0)
          (func (export "f32") (param f32) (result f32) local.get 0)
          (func (export "i64") (param i64) (result i64) local.get 0)
          (func (export "f64") (param f64) (result f64) local.get 0))"#,
    );
    for name in ["i32", "f32"] {
        let (number, ty) = function(instance, name).unwrap();
        assert_eq!(ty, format!("({name}) -> ({name})"));
        for bits in HALVES {
            let high = 0xdead_beef_0000_0000;
            let answer = call_slots(instance, number, &[bits | high], 1, 0, None);
            assert_eq!(answer.unwrap(), [bits], "the high half is ignored, and 0");
        }
    }
    for name in ["i64", "f64"] {
        let (number, _) = function(instance, name).unwrap();
        for bits in HALVES.into_iter().chain(WHOLES) {
            let answer = call_slots(instance, number, &[bits], 1, 0, None);
            assert_eq!(answer.unwrap(), [bits]);
        }
    }
    close(instance).unwrap();
}

#[test]
fn host_functions_of_all_types_with_many_results() {
    let _session = Session::start();
    let ty = "(i32, i64, f32, f64) -> (f64, f32, i64, i32)";
    let imports = ImportList::default()
        .add("unused", "f", 0, "() -> ()")
        .add("e", "turn", 0, ty);
    let wasm = module(
        r#"(module
          (import "e" "turn" (func $turn
            (param i32 i64 f32 f64) (result f64 f32 i64 i32)))
          (func (export "turn") (param i32 i64 f32 f64) (result f64 f32 i64 i32)
            local.get 0 local.get 1 local.get 2 local.get 3 call $turn)
          (export "direct" (func $turn)))"#,
    );
    let imports = imports.record();
    let instance = Opening {
        imports: &imports,
        ..Opening::default()
    }
    .open(&wasm)
    .unwrap();
    let mut seen = Vec::new();
    let mut functions = Functions::new(&[(0, 0), (4, 4)], |import, args, results| {
        assert_eq!(import, 1, "its place in the list");
        seen.push(args.to_vec());
        for (result, arg) in results.iter_mut().zip(args.iter().rev()) {
            *result = *arg;
        }
        results[1] |= 0xdead_0000_0000_0000; // f32: ignored
        0
    });
    let host = functions.host();
    let args = [0xffff_ffff, u64::MAX, 0x7f80_0001, 0x7ff0_0000_0000_0001];
    let turned = [args[3], args[2], args[1], args[0]];
    for name in ["turn", "direct"] {
        let (number, text) = function(instance, name).unwrap();
        assert_eq!(text, ty);
        for token in [0, token()] {
            let answer = call_slots(instance, number, &args, 4, token, Some(&host));
            assert_eq!(answer.unwrap(), turned, "{name}");
            if token != 0 {
                close_token(token).unwrap();
            }
        }
    }
    assert_eq!(seen, vec![args.to_vec(); 4]);
    close(instance).unwrap();
}

/// The maximum number of values of a function: 1000 of each.
#[test]
fn a_thousand_parameters_and_results() {
    let _session = Session::start();
    let many = |ty: &str, count: usize| vec![ty; count].join(" ");
    let gets: String = (0..1000).map(|n| format!("local.get {n} ")).collect();
    let wat = format!(
        r#"(module (import "e" "f" (func $f (param {p}) (result {p})))
             (func (export "f") (param {p}) (result {p}) {gets} call $f))"#,
        p = many("i32", 1000)
    );
    let ty = format!("({p}) -> ({p})", p = many("i32,", 999) + " i32");
    let imports = ImportList::default().add("e", "f", 0, &ty).record();
    let instance = Opening {
        imports: &imports,
        ..Opening::default()
    }
    .open(&module(&wat))
    .unwrap();
    let mut functions = Functions::new(&[(1000, 1000)], |_, args, results| {
        results.iter_mut().zip(args).for_each(|(r, a)| *r = a + 1);
        0
    });
    let host = functions.host();
    let args: Vec<u64> = (0..1000).collect();
    let (number, _) = function(instance, "f").unwrap();
    let answer = call_slots(instance, number, &args, 1000, 0, Some(&host)).unwrap();
    assert_eq!(answer, (1..1001).collect::<Vec<_>>());
    close(instance).unwrap();

    let ty = format!("({} i32) -> ()", many("i32,", 1000));
    let imports = ImportList::default().add("e", "f", 0, &ty).record();
    let opening = Opening {
        imports: &imports,
        ..Opening::default()
    };
    let (status, text) = opening.open(&module("(module)")).unwrap_err();
    assert_eq!(status, SWR_INVALID_ARGUMENT);
    assert!(text.contains("of at most 1000 numbers"), "{text}");
}

#[test]
fn slots_need_not_be_aligned() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    let (number, _) = function(instance, "add").unwrap();
    let mut bytes = [0_u8; 33];
    bytes[1..9].copy_from_slice(&40_u64.to_ne_bytes());
    bytes[9..17].copy_from_slice(&2_u64.to_ne_bytes());
    let (args, results) = bytes.split_at_mut(17);
    answer(|error| unsafe {
        let (args, results) = (args[1..].as_ptr().cast(), results[1..].as_mut_ptr().cast());
        swr_instance_call(
            instance,
            number,
            args,
            2,
            0,
            std::ptr::null(),
            results,
            1,
            error,
        )
    })
    .unwrap();
    assert_eq!(results[1..9], 42_u64.to_ne_bytes());
    close(instance).unwrap();
}

#[test]
fn globals_of_all_types() {
    let _session = Session::start();
    let instance = open(
        r#"(module
          (global (export "i32") (mut i32) (i32.const -1))
          (global (export "f32") (mut f32) (f32.const nan:0x1234))
          (global (export "i64") (mut i64) (i64.const -2))
          (global (export "f64") (mut f64) (f64.const nan:0x1234))
          (global (export "fixed") i32 (i32.const 7))
          (global (export "vector") (mut v128) (v128.const i64x2 1 2))
          (global (export "function") funcref (ref.null func))
          (memory (export "memory") 1))"#,
    );
    for (name, bits) in [
        ("i32", 0xffff_ffff),
        ("f32", 0x7f80_1234),
        ("i64", u64::MAX - 1),
        ("f64", 0x7ff0_0000_0000_1234),
    ] {
        assert_eq!(get(instance, name).unwrap(), (bits, format!("mut {name}")));
        for value in HALVES.into_iter().chain(WHOLES) {
            set(instance, name, value).unwrap();
            let expected = if name.ends_with("32") {
                value & 0xffff_ffff
            } else {
                value
            };
            assert_eq!(get(instance, name).unwrap().0, expected);
        }
    }
    assert_eq!(get(instance, "fixed").unwrap(), (7, "i32".into()));
    for (name, expected) in [
        (
            "fixed",
            "the global 'fixed' is i32: constant; only a 'mut' one can be set",
        ),
        ("vector", "the global 'vector' is mut v128, not a number"),
        ("function", "the global 'function' is funcref, not a number"),
    ] {
        let (status, text) = set(instance, name, 1).unwrap_err();
        assert_eq!((status, text.as_str()), (SWR_WRONG_ARGUMENTS, expected));
    }
    assert_eq!(get(instance, "vector").unwrap_err().0, SWR_WRONG_ARGUMENTS);
    let (status, text) = get(instance, "memory").unwrap_err();
    assert_eq!(status, SWR_UNKNOWN_EXPORT);
    assert!(
        text.starts_with("'memory' is a memory, not a global; its globals are 'f32' mut f32, "),
        "{text}"
    );
    let (status, text) = get(instance, "nothing").unwrap_err();
    assert_eq!(status, SWR_UNKNOWN_EXPORT);
    assert!(
        text.starts_with("the module has no global 'nothing'; "),
        "{text}"
    );
    close(instance).unwrap();
}
