//! Texts about programs for WASI.

use super::{one_line, quoted};
use crate::status::*;

fn invalid(text: String) -> Failure {
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

/// `what` is "arguments" or "variables".
pub(crate) fn too_many_wasi_texts(what: &str, count: usize, limit: usize) -> Failure {
    invalid(format!(
        "'wasi' has {count} {what}; a program gets up to {limit}"
    ))
}

pub(crate) fn wasi_texts_too_long(reason: &str) -> Failure {
    let reason = one_line(reason);
    invalid(format!(
        "'wasi' has more text than a program can address: {reason}"
    ))
}

pub(crate) fn nul_in_argument(place: usize) -> Failure {
    invalid(format!(
        "'wasi' has an argument with a NUL character, at place {place}; a program would see its end there"
    ))
}

pub(crate) fn variable_name(name: &str) -> Failure {
    invalid(format!(
        "'wasi' has an environment variable {}; a name has at least one character, none of them '=' or NUL",
        quoted(name)
    ))
}

pub(crate) fn nul_in_variable(name: &str) -> Failure {
    invalid(format!(
        "'wasi' has the environment variable {} with a NUL character in its value; a program would see its end there",
        quoted(name)
    ))
}

pub(crate) fn variable_twice(name: &str) -> Failure {
    invalid(format!(
        "'wasi' has the environment variable {} twice; give it once",
        quoted(name)
    ))
}

/// Why a program's output ended the call.
pub(crate) fn output_stop(stream: i32, code: i32) -> String {
    let stream = match stream {
        1 => "stdout",
        _ => "stderr",
    };
    format!("the function that takes its {stream} stopped it with {code}")
}
