//! Each limit of swr_limits: values within it work, and an error beyond it names the limit.

mod caller;
use caller::*;
use stowage_wasm_rust::*;

fn open_limited(wasm: &[u8], limits: Limits) -> Answer<u64> {
    let imports = host_call();
    let opening = Opening {
        limits: Some(limits),
        imports: &imports,
        ..Opening::default()
    };
    opening.open(wasm)
}

#[test]
fn fuel_of_nothing() {
    let _session = Session::start();
    let limits = Limits {
        fuel: 0,
        ..Limits::default()
    };
    let instance = open_limited(&module(SAMPLE), limits).unwrap();
    let (status, text) = call(instance, "add", &[1, 1]).unwrap_err();
    assert_eq!(status, SWR_OUT_OF_FUEL);
    assert_eq!(
        text,
        "function 'add' used up its fuel; open the instance with more, or look for a loop"
    );
    let token = token();
    let answer = call_cancellable(instance, "add", &[1, 1], token, None);
    assert_eq!(answer.unwrap_err().0, SWR_OUT_OF_FUEL);
    close(instance).unwrap();
    close_token(token).unwrap();
}

/// The first call of a function translates it, which must not use fuel: all calls use the same amount.
#[test]
fn the_first_call_needs_no_more_fuel_than_the_next() {
    let _session = Session::start();
    let limits = Limits {
        fuel: 10,
        ..Limits::default()
    };
    let instance = open_limited(&module(SAMPLE), limits).unwrap();
    for _ in 0..2 {
        assert_eq!(call(instance, "add", &[1, 1]), Ok(2));
    }
    close(instance).unwrap();
}

#[test]
fn pages() {
    let _session = Session::start();
    let limited = |memory_pages| Limits {
        memory_pages,
        ..Limits::default()
    };
    let wasm = module(SAMPLE); // one page, at most 16
    let (status, text) = open_limited(&wasm, limited(0)).unwrap_err();
    assert_eq!(status, SWR_TOO_LARGE);
    assert_eq!(
        text,
        "the memories of the instance would have 1 page; its limit 'memory_pages' is 0"
    );
    let instance = open_limited(&wasm, limited(3)).unwrap();
    assert_eq!(call(instance, "grow", &[3]), Ok(-1));
    assert_eq!(call(instance, "grow", &[2]), Ok(1));
    let (status, text) = grow(instance, "memory", 2).unwrap_err();
    assert_eq!(status, SWR_TOO_LARGE);
    assert_eq!(
        text,
        "the memories of the instance would have 5 pages; its limit 'memory_pages' is 3"
    );
    close(instance).unwrap();
    let instance = open_limited(&module("(module (memory 5000))"), limited(u64::MAX)).unwrap();
    close(instance).unwrap();

    let imports = ImportList::default().add("e", "m", 2, "2.. pages").record();
    let opening = Opening {
        limits: Some(limited(2)),
        imports: &imports,
        ..Opening::default()
    };
    let imported = module(r#"(module (import "e" "m" (memory 1)) (memory 1))"#);
    let (status, text) = opening.open(&imported).unwrap_err();
    assert_eq!(status, SWR_TOO_LARGE, "{text}");
    assert!(text.contains("would have 3 pages"), "{text}");
}

#[test]
fn elements() {
    let _session = Session::start();
    let limited = |table_elements| Limits {
        table_elements,
        ..Limits::default()
    };
    let wasm = module(
        r#"(module (table $a 3 externref) (table $b 2 funcref)
             (func (export "grow") (param i64) (result i64) (i64.extend_i32_s
               (table.grow $a (ref.null extern) (i32.wrap_i64 (local.get 0))))))"#,
    );
    let (status, text) = open_limited(&wasm, limited(4)).unwrap_err();
    assert_eq!(status, SWR_TOO_LARGE);
    assert_eq!(
        text,
        "the tables of the instance would have 5 elements; its limit 'table_elements' is 4"
    );
    let instance = open_limited(&wasm, limited(7)).unwrap();
    assert_eq!(call(instance, "grow", &[3]), Ok(-1));
    assert_eq!(call(instance, "grow", &[2]), Ok(3));
    assert_eq!(call(instance, "grow", &[1]), Ok(-1));
    close(instance).unwrap();
}

#[test]
fn call_depth() {
    let _session = Session::start();
    let wasm = module(SAMPLE);
    let limited = |call_depth| Limits {
        call_depth,
        ..Limits::default()
    };
    let instance = open_limited(&wasm, Limits::default()).unwrap();
    assert_eq!(call(instance, "deep", &[9_000]), Ok(9_000));
    let (status, text) = call(instance, "deep", &[10_001]).unwrap_err();
    assert_eq!(status, SWR_CALL_DEPTH);
    assert_eq!(
        text,
        "function 'deep' exhausted the call stack: more than 10000 nested calls, or 8 MiB of values in \
         them; open the instance with a larger 'call_depth', or look for a recursion"
    );
    assert_eq!(call(instance, "deep", &[9]), Ok(9), "usable");
    close(instance).unwrap();

    for depth in [0, 1, 2, 50] {
        let instance = open_limited(&wasm, limited(depth)).unwrap();
        let deepest = (0..200).take_while(|n| call(instance, "deep", &[*n]).is_ok());
        let deepest = deepest.count() as u32;
        assert!(deepest.abs_diff(depth) <= 1, "{depth}: {deepest}");
        close(instance).unwrap();
    }

    let instance = open_limited(&wasm, limited(1_000_000)).unwrap();
    assert_eq!(call(instance, "deep", &[50_000]), Ok(50_000));
    let (status, _) = call(instance, "deep", &[-1]).unwrap_err();
    assert_eq!(status, SWR_CALL_DEPTH, "the values' own limit");
    close(instance).unwrap();

    let (status, text) = open_limited(&wasm, limited(1_000_001)).unwrap_err();
    assert_eq!(status, SWR_INVALID_ARGUMENT);
    assert_eq!(
        text,
        "'call_depth' is 1000001; the maximum of this core is 1000000"
    );
}

/// A function that calls itself through the host is nested on the native stack; such calls stay refused.
#[test]
fn recursion_through_the_host_is_busy() {
    let _session = Session::start();
    let instance = open(SAMPLE);
    let mut depth = 0;
    let mut callback = Callback::new(|n| {
        depth += 1;
        call(instance, "add", &[n, n]).map_err(|(status, _)| status)
    });
    let host = callback.host();
    let answer = call_with(instance, "ask", &[1], Some(&host));
    assert_eq!(answer.unwrap_err().0, SWR_HOST);
    assert_eq!(depth, 1);
    close(instance).unwrap();
}
