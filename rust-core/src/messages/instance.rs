//! Texts about a running instance: its calls, its limits, its memories and globals.

use super::{function, listed, one_line, plural, quoted, typed};
use crate::limits::{MAX_STACK_BYTES, PAGE_BYTES};
use crate::status::*;

/// The function that a WASI command exports.
pub(crate) const COMMAND: &str = "_start";

/// The kinds of things that have a name.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Thing {
    Function,
    Memory,
    Global,
    Table,
}

impl Thing {
    fn noun(self) -> &'static str {
        match self {
            Thing::Function => "function",
            Thing::Memory => "memory",
            Thing::Global => "global",
            Thing::Table => "table",
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Thing::Function => "functions",
            Thing::Memory => "memories",
            Thing::Global => "globals",
            Thing::Table => "tables",
        }
    }
}

pub(crate) fn busy() -> Failure {
    let text = "the instance is running a call that waits for this one; \
                use another instance from the host function, or return first";
    Failure::new(SWR_BUSY, text)
}

pub(crate) fn panicked_before() -> Failure {
    let text = "an earlier call of this instance panicked, so its state is unknown; close it";
    Failure::new(SWR_PANIC, text)
}

pub(crate) fn cancelled(what: &str) -> Failure {
    Failure::new(
        SWR_CANCELED,
        format!("{what} was stopped: its token is cancelled"),
    )
}

pub(crate) fn cancelled_before() -> Failure {
    let text = "nothing was run: the token is cancelled; use a new one";
    Failure::new(SWR_CANCELED, text)
}

/// `other`: the kind of thing that has this name; `same`: the names of the wanted kind.
pub(crate) fn unknown_name(
    wanted: Thing,
    name: &str,
    other: Option<Thing>,
    same: impl Iterator<Item = (impl AsRef<str>, String)>,
) -> Failure {
    let found = match other {
        Some(other) => format!(
            "{} is a {}, not a {}",
            quoted(name),
            other.noun(),
            wanted.noun()
        ),
        None => format!("the module has no {} {}", wanted.noun(), quoted(name)),
    };
    let known = match listed(same) {
        Some(known) => format!("its {} are {known}", wanted.plural()),
        None => format!("it has no {} at all", wanted.plural()),
    };
    Failure::new(SWR_UNKNOWN_EXPORT, format!("{found}; {known}"))
}

pub(crate) fn not_callable(name: &str, ty: &str) -> Failure {
    let text = format!(
        "{} is {}; only parameters and results of the types i32, i64, f32 and f64 are supported",
        function(name),
        typed(ty)
    );
    Failure::new(SWR_WRONG_ARGUMENTS, text)
}

pub(crate) fn not_a_function(number: u32) -> Failure {
    let text = format!("{number} is not a function's number that swr_instance_function returned");
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

pub(crate) fn wrong_counts(
    name: &str,
    ty: &str,
    expected: (usize, usize),
    given: (usize, usize),
) -> Failure {
    let text = format!(
        "{} is {}: it needs {} and returns {}; the call has {} and {}",
        function(name),
        typed(ty),
        plural(expected.0 as u64, "argument"),
        plural(expected.1 as u64, "result"),
        plural(given.0 as u64, "argument"),
        plural(given.1 as u64, "result")
    );
    Failure::new(SWR_WRONG_ARGUMENTS, text)
}

pub(crate) fn not_a_command(ty: &str) -> Failure {
    let text = format!(
        "{} is {}; a command needs the type () -> ()",
        function(COMMAND),
        typed(ty)
    );
    Failure::new(SWR_WRONG_ARGUMENTS, text)
}

pub(crate) fn not_a_number(name: &str, ty: &str) -> Failure {
    let text = format!("the global {} is {ty}, not a number", quoted(name));
    Failure::new(SWR_WRONG_ARGUMENTS, text)
}

pub(crate) fn constant(name: &str, ty: &str) -> Failure {
    let text = format!(
        "the global {} is {ty}: constant; only a 'mut' one can be set",
        quoted(name)
    );
    Failure::new(SWR_WRONG_ARGUMENTS, text)
}

pub(crate) fn trap(what: &str, reason: &str) -> Failure {
    Failure::new(SWR_TRAP, format!("trap in {what}: {}", one_line(reason)))
}

pub(crate) fn stack_exhausted(what: &str, call_depth: u32) -> Failure {
    let text = format!(
        "{what} exhausted the call stack: more than {call_depth} nested calls, or {} MiB of values \
         in them; open the instance with a larger 'call_depth', or look for a recursion",
        MAX_STACK_BYTES >> 20
    );
    Failure::new(SWR_CALL_DEPTH, text)
}

pub(crate) fn out_of_fuel(what: &str) -> Failure {
    let text = format!("{what} used up its fuel; open the instance with more, or look for a loop");
    Failure::new(SWR_OUT_OF_FUEL, text)
}

pub(crate) fn exited(what: &str, code: i32) -> Failure {
    let text = format!(
        "{what} ended the program with exit code {code}; a command must be run as a whole program"
    );
    Failure::new(SWR_EXIT, text)
}

/// The reason why a host function did not return: its code, or that the caller passed no functions.
pub(crate) fn host_stop(name: &str, code: Option<i32>) -> String {
    match code {
        Some(code) => format!("the host function {} stopped it with {code}", quoted(name)),
        None => format!(
            "it called {}, but the call was given no host function",
            quoted(name)
        ),
    }
}

pub(crate) fn host(what: &str, reason: &str) -> Failure {
    Failure::new(SWR_HOST, format!("{what}: {}", one_line(reason)))
}

pub(crate) fn view_stopped(name: &str, code: i32) -> Failure {
    let text = format!("the view of memory {} stopped with {code}", quoted(name));
    Failure::new(SWR_HOST, text)
}

pub(crate) fn null_function(what: &str) -> Failure {
    Failure::new(
        SWR_INVALID_ARGUMENT,
        format!("'{what}' is NULL, but must be a function"),
    )
}

/// Both in bytes.
pub(crate) fn too_many_pages(used: u64, limit: u64) -> Failure {
    let text = format!(
        "the memories of the instance would have {}; its limit 'memory_pages' is {}",
        plural(used.div_ceil(PAGE_BYTES), "page"),
        limit / PAGE_BYTES
    );
    Failure::new(SWR_TOO_LARGE, text)
}

pub(crate) fn too_many_elements(used: u64, limit: u64) -> Failure {
    let text = format!(
        "the tables of the instance would have {used} elements; its limit 'table_elements' is {limit}"
    );
    Failure::new(SWR_TOO_LARGE, text)
}

/// The growth failed because of the memory's type or the system, not because of a limit of this core.
pub(crate) fn memory_cannot_grow(
    name: &str,
    ty: &str,
    maximum: Option<u64>,
    size: u64,
    more: u64,
) -> Failure {
    let fits = size
        .checked_add(more)
        .is_some_and(|wanted| maximum.is_none_or(|it| wanted <= it));
    let reason = match fits {
        true => "the system has no room for them".into(),
        false => format!("its type is {ty}"),
    };
    let text = format!(
        "memory {} has {} and cannot have {more} more: {reason}",
        quoted(name),
        plural(size, "page")
    );
    Failure::new(SWR_TOO_LARGE, text)
}

pub(crate) fn out_of_bounds(name: &str, offset: u64, len: usize, size: usize) -> Failure {
    let text = format!(
        "{} from {offset} are outside memory {}, which has {}",
        plural(len as u64, "byte"),
        quoted(name),
        plural(size as u64, "byte")
    );
    Failure::new(SWR_OUT_OF_BOUNDS, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_say_what_is_left_out() {
        let none = std::iter::empty::<(&str, String)>();
        assert_eq!(
            unknown_name(Thing::Function, "f", None, none).message,
            "the module has no function 'f'; it has no functions at all"
        );
        let many = (0..21).map(|_| ("g", "() -> ()".to_owned()));
        let text = unknown_name(Thing::Function, "f", Some(Thing::Memory), many).message;
        assert!(
            text.starts_with("'f' is a memory, not a function; its functions are 'g' () -> (),")
        );
        assert!(text.ends_with(", 'g' () -> (), 1 more"), "{text}");
    }

    #[test]
    fn growth_that_fails_has_a_reason() {
        assert_eq!(
            memory_cannot_grow("m", "1..2 pages", Some(2), 1, u64::MAX).message,
            "memory 'm' has 1 page and cannot have 18446744073709551615 more: its type is 1..2 pages"
        );
        assert_eq!(
            memory_cannot_grow("m", "i64 1.. pages", None, 2, 7).message,
            "memory 'm' has 2 pages and cannot have 7 more: the system has no room for them"
        );
    }

    #[test]
    fn limits_are_named() {
        assert_eq!(
            too_many_pages(4097 << 16, 4096 << 16).message,
            "the memories of the instance would have 4097 pages; its limit 'memory_pages' is 4096"
        );
        assert_eq!(
            too_many_elements(11, 10).message,
            "the tables of the instance would have 11 elements; its limit 'table_elements' is 10"
        );
    }
}
