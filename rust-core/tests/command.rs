//! swr_instance_run with programs that need no WASI.

mod caller;
use caller::*;
use stowage_wasm_rust::*;

fn open_start(body: &str) -> u64 {
    let host = r#"(import "host" "call" (func $host (param i64) (result i64)))"#;
    open(&format!("(module {host} {body})"))
}

#[test]
fn a_program_that_returns_has_code_0() {
    let _session = Session::start();
    let instance = open_start(
        r#"(global (export "runs") (mut i64) (i64.const 0))
           (func (export "_start") (global.set 0 (call $host (global.get 0))))"#,
    );
    let mut callback = Callback::new(|n| Ok(n + 1));
    let host = callback.host();
    let token = token();
    assert_eq!(run(instance, 0, Some(&host)), Ok(0));
    assert_eq!(run(instance, token, Some(&host)), Ok(0));
    assert_eq!(get(instance, "runs").unwrap().0, 2);
    assert_eq!(run(instance, 0, None).unwrap_err().0, SWR_HOST);
    cancel(token).unwrap();
    assert_eq!(run(instance, token, None).unwrap_err().0, SWR_CANCELED);
    close(instance).unwrap();
    close_token(token).unwrap();
    assert_eq!(run(instance, 0, None).unwrap_err().0, SWR_CLOSED);
}

#[test]
fn failures_are_those_of_a_call() {
    let _session = Session::start();
    for (body, status, expected) in [
        (
            r#"(func (export "_start") unreachable)"#,
            SWR_TRAP,
            "trap in function '_start': wasm 'unreachable' instruction executed",
        ),
        (
            r#"(func (export "_start") (loop br 0))"#,
            SWR_OUT_OF_FUEL,
            "function '_start' used up its fuel; open the instance with more, or look for a loop",
        ),
        (
            r#"(func (export "main"))"#,
            SWR_UNKNOWN_EXPORT,
            "the module has no function '_start'; its functions are 'main' () -> ()",
        ),
        (
            r#"(func (export "_start") (result i32) i32.const 3)"#,
            SWR_WRONG_ARGUMENTS,
            "function '_start' is () -> (i32); a command needs the type () -> ()",
        ),
    ] {
        let instance = open_start(body);
        let (found, text) = run(instance, 0, None).unwrap_err();
        assert_eq!((found, text.as_str()), (status, expected));
        close(instance).unwrap();
    }
}
