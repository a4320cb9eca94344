//! Edge cases of WASI: invalid records, and programs that try to do what they must not.

mod caller;
mod program;
use caller::*;
use program::*;
use std::thread;
use std::time::{Duration, Instant};
use stowage_wasm_rust::*;

/// A program with some functions of preview 1; its exports pass their arguments to them.
const EDGES: &str = r#"(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read"
    (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff"
    (func $poll (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "wasi_snapshot_preview1" "proc_raise" (func $raise (param i32) (result i32)))
  (memory (export "memory") 2)
  (func (export "write") (param i64 i64 i64 i64) (result i64)
    (i64.extend_i32_u (call $fd_write (i32.wrap_i64 (local.get 0)) (i32.wrap_i64 (local.get 1))
      (i32.wrap_i64 (local.get 2)) (i32.wrap_i64 (local.get 3)))))
  (func (export "read") (param i64 i64 i64 i64) (result i64)
    (i64.extend_i32_u (call $fd_read (i32.wrap_i64 (local.get 0)) (i32.wrap_i64 (local.get 1))
      (i32.wrap_i64 (local.get 2)) (i32.wrap_i64 (local.get 3)))))
  (func (export "poll") (param i64 i64 i64 i64) (result i64)
    (i64.extend_i32_u (call $poll (i32.wrap_i64 (local.get 0)) (i32.wrap_i64 (local.get 1))
      (i32.wrap_i64 (local.get 2)) (i32.wrap_i64 (local.get 3)))))
  (func (export "random") (param i64 i64) (result i64)
    (i64.extend_i32_u (call $random (i32.wrap_i64 (local.get 0)) (i32.wrap_i64 (local.get 1)))))
  (func (export "exit") (param i64) (call $exit (i32.wrap_i64 (local.get 0))))
  (func (export "raise") (param i64) (result i64)
    (i64.extend_i32_u (call $raise (i32.wrap_i64 (local.get 0)))))
  (func (export "_start")))"#;

/// `errno` of preview 1 (wasi_snapshot_preview1.witx).
const SUCCESS: i64 = 0;
const BADF: i64 = 8;
const INVAL: i64 = 28;

fn edges() -> u64 {
    let stdin = b"from outside";
    let given = Given {
        stdin,
        ..Given::default()
    };
    open_program(&module(EDGES), given, FUEL).unwrap()
}

/// Writes buffers at `offset`: pairs of address and length.
fn buffers(instance: u64, offset: u64, list: &[(u32, u32)]) {
    let bytes = list.iter().flat_map(|(at, len)| [at, len]);
    let bytes: Vec<u8> = bytes.flat_map(|word| word.to_le_bytes()).collect();
    write(instance, "memory", offset, &bytes).unwrap();
}

#[test]
fn all_buffers_of_a_write_are_written() {
    let _session = Session::start();
    let instance = edges();
    write(instance, "memory", 1000, b"onetwothree").unwrap();
    buffers(instance, 0, &[(1000, 3), (0, 0), (1003, 3), (1006, 5)]);
    let mut output = Output::default();
    let host = output.host();
    let answer = call_with(instance, "write", &[1, 0, 4, 500], Some(&host));
    assert_eq!(answer, Ok(SUCCESS));
    assert_eq!(output.texts(), ("onetwothree", ""));
    let written = read(instance, "memory", 500, 4).unwrap();
    assert_eq!(written, 11_u32.to_le_bytes());
    for stream in [0, 3, -1] {
        let answer = call_with(instance, "write", &[stream, 0, 4, 500], Some(&host));
        assert_eq!(answer, Ok(BADF), "{stream} is not an output");
    }
    close(instance).unwrap();
}

#[test]
fn lists_longer_than_posix_has_them_are_refused() {
    let _session = Session::start();
    let instance = edges();
    for count in [1025, 16_000, i64::from(u32::MAX), 1 << 31] {
        for function in ["write", "read", "poll"] {
            let answer = call(instance, function, &[1, 0, count, 500]);
            assert_eq!(answer, Ok(INVAL), "{function} of {count}");
        }
    }
    assert_eq!(call(instance, "write", &[1, 0, 1024, 500]), Ok(SUCCESS));
    close(instance).unwrap();
}

#[test]
fn pointers_beyond_the_memory_trap() {
    let _session = Session::start();
    let instance = edges();
    buffers(instance, 0, &[(131_070, 3)]);
    for (function, args) in [
        ("write", &[1, 0, 1, 500][..]),
        ("write", &[1, 131_072, 1, 500]),
        ("write", &[1, 1, 0, 131_072]),
        ("read", &[0, 0, 1, 500]),
        ("random", &[0, 131_073]),
        ("random", &[-1, 1]),
        ("poll", &[131_040, 0, 1, 500]),
    ] {
        let (status, text) = call(instance, function, args).unwrap_err();
        assert_eq!(status, SWR_TRAP, "{function} {args:?}: {text}");
    }
    assert_eq!(call(instance, "random", &[0, 131_072]), Ok(SUCCESS));
    let (status, text) = call(instance, "raise", &[2]).unwrap_err();
    assert_eq!(status, SWR_TRAP, "no signals: {text}");
    close(instance).unwrap();
}

#[test]
fn stdin_ends() {
    let _session = Session::start();
    let instance = edges();
    buffers(instance, 0, &[(1000, 5)]);
    let mut all = Vec::new();
    loop {
        assert_eq!(call(instance, "read", &[0, 0, 1, 500]), Ok(SUCCESS));
        let count = read(instance, "memory", 500, 4).unwrap();
        match u32::from_le_bytes(count.try_into().unwrap()) as usize {
            0 => break,
            count => all.extend(read(instance, "memory", 1000, count).unwrap()),
        }
    }
    assert_eq!(all, b"from outside");
    close(instance).unwrap();
}

/// A subscription to a clock, 48 bytes: userdata, kind 0, clock 1 (monotonic), timeout, flags.
fn to_the_clock(timeout: Duration) -> Vec<u8> {
    let mut bytes = vec![0; 48];
    bytes[0] = 7;
    bytes[16] = 1;
    bytes[24..32].copy_from_slice(&(timeout.as_nanos() as u64).to_le_bytes());
    bytes
}

/// The same for a stream: kind 1 reads, 2 writes.
fn to_a_stream(kind: u8, stream: u8) -> Vec<u8> {
    let mut bytes = vec![0; 48];
    (bytes[0], bytes[8], bytes[16]) = (8, kind, stream);
    bytes
}

#[test]
fn streams_are_always_ready_and_clocks_in_time() {
    let _session = Session::start();
    let instance = edges();
    let poll = |subscriptions: &[Vec<u8>]| {
        write(instance, "memory", 0, &subscriptions.concat()).unwrap();
        let count = subscriptions.len() as i64;
        assert_eq!(call(instance, "poll", &[0, 1000, count, 500]), Ok(SUCCESS));
        let events = read(instance, "memory", 500, 4).unwrap();
        let events = u32::from_le_bytes(events.try_into().unwrap()) as usize;
        let bytes = read(instance, "memory", 1000, events * 32).unwrap();
        let event = |at: usize| (bytes[at * 32], bytes[at * 32 + 10]); // userdata, kind
        (0..events).map(event).collect::<Vec<_>>()
    };
    let long = to_the_clock(Duration::from_secs(100_000));
    let started = Instant::now();
    assert_eq!(poll(&[long.clone(), to_a_stream(1, 0)]), [(8, 1)]);
    assert_eq!(poll(&[to_a_stream(2, 1), long.clone()]), [(8, 2)]);
    assert!(started.elapsed() < Duration::from_secs(100));
    let short = to_the_clock(Duration::from_millis(40));
    let started = Instant::now();
    assert_eq!(poll(&[long, short.clone()]), [(7, 0)]);
    assert_eq!(poll(&[short]), [(7, 0)]);
    assert!(started.elapsed() >= Duration::from_millis(80));
    assert_eq!(call(instance, "poll", &[0, 1000, 0, 500]), Ok(INVAL));
    close(instance).unwrap();
}

#[test]
fn waiting_for_the_end_of_time_is_cancelled_too() {
    let _session = Session::start();
    let instance = edges();
    let forever = to_the_clock(Duration::from_nanos(u64::MAX));
    write(instance, "memory", 0, &[forever.clone(), forever].concat()).unwrap();
    for count in [1, 2] {
        let token = token();
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(50));
                cancel(token).unwrap();
            });
            let args = [0, 1000, count, 500];
            let answer = call_cancellable(instance, "poll", &args, token, None);
            assert_eq!(answer.unwrap_err().0, SWR_CANCELED);
        });
        close_token(token).unwrap();
    }
    assert_eq!(
        call(instance, "random", &[0, 8]),
        Ok(SUCCESS),
        "usable after it"
    );
    close(instance).unwrap();
}

/// The reason why one call was stopped must not become the reason of the next one.
#[test]
fn a_stopped_output_leaves_nothing_behind() {
    let _session = Session::start();
    let instance = edges();
    write(instance, "memory", 1000, b"x").unwrap();
    buffers(instance, 0, &[(1000, 1)]);
    let mut output = Output {
        code: 5,
        ..Output::default()
    };
    let host = output.host();
    let (status, text) = call_with(instance, "write", &[2, 0, 1, 500], Some(&host)).unwrap_err();
    assert_eq!(status, SWR_HOST);
    assert_eq!(
        text,
        "function 'write': the output function of its stderr stopped it with 5"
    );
    let (status, _) = call(instance, "random", &[-1, 1]).unwrap_err();
    assert_eq!(status, SWR_TRAP);
    let (status, text) = call(instance, "exit", &[7]).unwrap_err();
    assert_eq!(status, SWR_EXIT, "{text}");
    assert_eq!(run(instance, 0, None), Ok(0), "returned without proc_exit");
    close(instance).unwrap();
}

#[test]
fn a_program_without_a_memory() {
    let _session = Session::start();
    let wasm = module(
        r#"(module (import "wasi_snapshot_preview1" "sched_yield" (func $y (result i32)))
            (func (export "f") (drop (call $y))))"#,
    );
    let instance = open_program(&wasm, Given::default(), FUEL).unwrap();
    let (status, text) = call(instance, "f", &[]).unwrap_err();
    assert_eq!(status, SWR_TRAP);
    assert_eq!(
        text,
        "trap in function 'f': missing required WASI memory export"
    );
    close(instance).unwrap();
}

#[test]
fn imports_that_wasi_does_not_have() {
    let _session = Session::start();
    for (name, ty, expected) in [
        ("fd_write", "(param i64)", "as func (i64) -> ()"),
        (
            "fd_wriet",
            "",
            "'wasi_snapshot_preview1.fd_wriet' (func () -> ())",
        ),
    ] {
        let wat = format!("(module (import \"wasi_snapshot_preview1\" \"{name}\" (func {ty})))");
        let opened = open_program(&module(&wat), Given::default(), FUEL);
        let (status, text) = opened.unwrap_err();
        assert_eq!(status, SWR_MISSING_IMPORT);
        assert!(text.contains(expected), "{text}");
        assert!(!text.contains("WASI options"), "it has them: {text}");
    }
    let (status, text) = Opening::default().open(&module(EDGES)).unwrap_err();
    assert_eq!(status, SWR_MISSING_IMPORT);
    assert!(text.contains("open it with WASI options"), "{text}");
}

#[test]
fn the_caller_s_own_imports_come_first() {
    let _session = Session::start();
    let imports = ImportList::default();
    let imports = imports.add(
        "wasi_snapshot_preview1",
        "random_get",
        0,
        "(i32, i32) -> (i32)",
    );
    let mut functions = Functions::new(&[(2, 1)], |_, args, results| {
        results[0] = args[0] + args[1];
        0
    });
    let host = functions.host();
    let instance = Opening {
        imports: &imports.record(),
        wasi: &Given::default().record(),
        ..Opening::default()
    }
    .open(&module(EDGES))
    .unwrap();
    assert_eq!(call_with(instance, "random", &[40, 2], Some(&host)), Ok(42));
    assert_eq!(call(instance, "write", &[1, 0, 0, 500]), Ok(SUCCESS));
    close(instance).unwrap();
}

#[test]
fn a_command_needs_its_start() {
    let _session = Session::start();
    for (wat, status) in [
        ("(module)", SWR_UNKNOWN_EXPORT),
        (
            r#"(module (func (export "_start") (param i32)))"#,
            SWR_WRONG_ARGUMENTS,
        ),
    ] {
        let instance = open_program(&module(wat), Given::default(), FUEL).unwrap();
        assert_eq!(run(instance, 0, None).unwrap_err().0, status, "{wat}");
        close(instance).unwrap();
    }
}

#[test]
fn records_that_are_cut_or_too_long() {
    let _session = Session::start();
    let wasm = module(EDGES);
    let open = |wasi: &[u8]| {
        let opening = Opening {
            wasi,
            ..Opening::default()
        };
        opening.open(&wasm)
    };
    let given = Given {
        args: &["a", "bc"],
        env: &[("NAME", "value")],
        stdin: b"in",
    };
    let record = given.record();
    for len in 1..record.len() {
        let (status, text) = open(&record[..len]).unwrap_err();
        assert_eq!(status, SWR_INVALID_ARGUMENT);
        assert!(text.starts_with("'wasi' has "), "{text}");
    }
    let (status, _) = open(&[&record[..], &[0]].concat()).unwrap_err();
    assert_eq!(status, SWR_INVALID_ARGUMENT);
    let (status, _) = open(&[0xff; 12]).unwrap_err();
    assert_eq!(status, SWR_INVALID_ARGUMENT, "counts are not believed");
    close(open(&record).unwrap()).unwrap();
}

#[test]
fn texts_that_a_program_cannot_get() {
    let _session = Session::start();
    let wasm = module(EDGES);
    let many = vec!["x"; 10_001];
    for (args, env, expected) in [
        (
            &["fine", "nul\0here"][..],
            &[][..],
            "'wasi' has an argument with a NUL character, at index 1; to a program the argument would end there",
        ),
        (
            &[],
            &[("", "x")],
            "'wasi' has an environment variable ''; a name has at least one character, none of them \
             '=' or NUL",
        ),
        (
            &[],
            &[("a=b", "x")],
            "'wasi' has an environment variable 'a=b'; a name has at least one character, none of them \
             '=' or NUL",
        ),
        (
            &[],
            &[("A", "x\0")],
            "'wasi' has the environment variable 'A' with a NUL character in its value; to a program the value would end there",
        ),
        (
            &[],
            &[("A", "1"), ("B", "2"), ("A", "3")],
            "'wasi' has the environment variable 'A' twice; give it once",
        ),
        (
            &many,
            &[],
            "'wasi' has 10001 arguments; a program can get at most 10000",
        ),
    ] {
        let given = Given {
            args,
            env,
            ..Given::default()
        };
        let (status, text) = open_program(&wasm, given, FUEL).unwrap_err();
        assert_eq!((status, text.as_str()), (SWR_INVALID_ARGUMENT, expected));
    }
    let most = Given {
        args: &many[1..],
        ..Given::default()
    };
    close(open_program(&wasm, most, FUEL).unwrap()).unwrap();
}
