//! Texts about the records that a caller passes: encoding, imports, limits.

use super::{listed, quoted, typed};
use crate::limits::MAX_CALL_DEPTH;
use crate::status::*;

/// The module that WASI preview 1 programs import.
pub(crate) const WASI_MODULE: &str = "wasi_snapshot_preview1";

pub(crate) fn call_depth_too_large(given: u32) -> Failure {
    let text = format!("'call_depth' is {given}; the maximum of this core is {MAX_CALL_DEPTH}");
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

pub(crate) fn record_cut(what: &str, len: usize, at: usize, wanted: usize) -> Failure {
    let text = format!("'{what}' has {len} bytes, but needs {wanted} more at byte {at}");
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

pub(crate) fn record_too_long(what: &str, len: usize, end: usize) -> Failure {
    let text = format!("'{what}' has {len} bytes, but ends at byte {end}");
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

pub(crate) fn import_twice(module: &str, name: &str) -> Failure {
    let import = quoted(&format!("{module}.{name}"));
    let text = format!("'imports' has {import} twice; give it once");
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

pub(crate) fn import_kind(module: &str, name: &str, kind: u8) -> Failure {
    let import = quoted(&format!("{module}.{name}"));
    let text = format!(
        "'imports' has {import} with kind {kind}; kinds are 0 func, 1 table, 2 memory, 3 global"
    );
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

pub(crate) fn import_type(module: &str, name: &str, kind: u8, given: &str) -> Failure {
    let (kind, example) = match kind {
        0 => ("func", "(i32, f64) -> (i64), of at most 1000 numbers each"),
        1 => ("table", "funcref 1..10 or externref 0.."),
        2 => ("memory", "1..16 pages or 1.. pages"),
        _ => ("global", "i32 or mut i32, of a number"),
    };
    let text = format!(
        "'imports' has {} as {kind} with type {}; write it as {example}",
        quoted(&format!("{module}.{name}")),
        quoted(given)
    );
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

fn and_more(more: usize) -> String {
    match more {
        0 => String::new(),
        more => format!(" (and {more} more missing)"),
    }
}

/// `ask_for_wasi`: WASI has this function, but the caller did not request WASI.
pub(crate) fn missing_import(
    name: &str,
    wanted: &str,
    more: usize,
    ask_for_wasi: bool,
    given: impl Iterator<Item = (String, String)>,
) -> Failure {
    let given = match listed(given) {
        Some(given) => format!("given: {given}"),
        None => "no imports were given".into(),
    };
    let wasi = match ask_for_wasi {
        true => "; it is a program for WASI: open it with WASI options",
        false => "",
    };
    let text = format!(
        "the module imports {} ({}), which was not given{}; {given}{wasi}",
        quoted(name),
        typed(wanted),
        and_more(more)
    );
    Failure::new(SWR_MISSING_IMPORT, text)
}

pub(crate) fn other_import_type(name: &str, wanted: &str, given: &str, more: usize) -> Failure {
    let text = format!(
        "the module imports {} as {}, but it was given as {}{}",
        quoted(name),
        typed(wanted),
        typed(given),
        and_more(more)
    );
    Failure::new(SWR_MISSING_IMPORT, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_imports_say_what_was_given() {
        let given = || [("e.g".to_owned(), "global i32".to_owned())].into_iter();
        assert_eq!(
            missing_import("e.f", "memory 1.. pages", 2, false, given()).message,
            "the module imports 'e.f' (memory 1.. pages), which was not given (and 2 more missing); \
             given: 'e.g' global i32"
        );
        assert_eq!(
            missing_import(
                "wasi_snapshot_preview1.f",
                "func () -> ()",
                0,
                true,
                given().skip(1)
            )
            .message,
            "the module imports 'wasi_snapshot_preview1.f' (func () -> ()), which was not given; no \
             imports were given; it is a program for WASI: open it with WASI options"
        );
        assert_eq!(
            other_import_type("e.f", "func () -> ()", "global i32", 1).message,
            "the module imports 'e.f' as func () -> (), but it was given as global i32 (and 1 more \
             missing)"
        );
    }

    #[test]
    fn records_say_where_they_are_wrong() {
        assert_eq!(
            record_cut("wasi", 6, 4, 7).message,
            "'wasi' has 6 bytes, but needs 7 more at byte 4"
        );
        assert_eq!(
            import_type("e", "f", 0, "(v128) -> ()").message,
            "'imports' has 'e.f' as func with type '(v128) -> ()'; write it as (i32, f64) -> (i64), \
             of at most 1000 numbers each"
        );
    }
}
