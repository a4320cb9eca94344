//! Texts about WASI programs.

use super::quoted;
use crate::status::*;

fn invalid(text: String) -> Failure {
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

/// `what` is "arguments" or "variables".
pub(crate) fn too_many_wasi_texts(what: &str, count: usize, limit: usize) -> Failure {
    invalid(format!(
        "'wasi' has {count} {what}; a program can get at most {limit}"
    ))
}

pub(crate) fn wasi_texts_too_long(bytes: usize) -> Failure {
    invalid(format!(
        "'wasi' has {bytes} bytes of arguments or variables; a program can address less than 4 GiB"
    ))
}

pub(crate) fn nul_in_argument(place: usize) -> Failure {
    invalid(format!(
        "'wasi' has an argument with a NUL character, at index {place}; to a program the argument would end there"
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
        "'wasi' has the environment variable {} with a NUL character in its value; to a program the value would end there",
        quoted(name)
    ))
}

pub(crate) fn variable_twice(name: &str) -> Failure {
    invalid(format!(
        "'wasi' has the environment variable {} twice; give it once",
        quoted(name)
    ))
}

/// The reason why a call ended while the program wrote.
pub(crate) fn output_stop(stream: i32, code: i32) -> String {
    let stream = match stream {
        1 => "stdout",
        _ => "stderr",
    };
    format!("the output function of its {stream} stopped it with {code}")
}

/// The trap for a program without a memory that calls a WASI function.
pub(crate) const NO_WASI_MEMORY: &str = "missing required WASI memory export";
/// The trap for `proc_raise`.
pub(crate) const NO_SIGNALS: &str = "a program cannot send signals";
/// The trap for `clock_time_get` if the system's clock is wrong.
pub(crate) const BEFORE_1970: &str = "the system's time is before 1970";

/// The text of a trap.
pub(crate) fn wasi_address(at: u32, len: u32) -> String {
    format!("the {len} bytes at address {at} are beyond the memory, or not aligned")
}

/// The text of a trap. `what` is the name of the type in preview 1.
pub(crate) fn wasi_argument(what: &str, value: u64) -> String {
    format!("{value} is not a {what} of WASI preview 1")
}
