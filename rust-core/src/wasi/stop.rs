//! How a WASI function ends other than with success.

use crate::messages;
use wasmi::Error;

/// `errno` of preview 1 (wasi_snapshot_preview1.witx): those that our functions return.
#[derive(Clone, Copy, Debug)]
pub(super) enum Errno {
    Badf = 8,
    Inval = 28,
    Io = 29,
    Notdir = 54,
    Notsup = 58,
    Overflow = 61,
}

/// What a WASI function, or a part of it, returns.
pub(super) type Done<T = ()> = Result<T, Stop>;

pub(super) enum Stop {
    /// The function returns it.
    Errno(Errno),
    /// The program used the function wrongly, which is a trap: an address beyond its memory, a flag that
    /// does not exist. Holds what is wrong.
    Misuse(String),
    /// The call ends with this error.
    Call(Error),
}

impl Stop {
    pub(super) fn address(at: u32, len: u32) -> Self {
        Stop::Misuse(messages::wasi_address(at, len))
    }

    /// What the function returns: an errno, or an error that ends the call.
    pub(super) fn into_result(self, function: &str) -> Result<i32, Error> {
        match self {
            Stop::Errno(errno) => Ok(errno as i32),
            Stop::Misuse(text) => Err(Error::new(format!("{function}: {text}"))),
            Stop::Call(error) => Err(error),
        }
    }
}

impl From<Errno> for Stop {
    fn from(errno: Errno) -> Self {
        Stop::Errno(errno)
    }
}

/// Refuses bits that preview 1 does not define.
pub(super) fn check_flags(what: &str, flags: u64, defined: u64) -> Done {
    match flags & !defined {
        0 => Ok(()),
        _ => Err(Stop::Misuse(messages::wasi_argument(what, flags))),
    }
}

/// Refuses numbers that preview 1 does not define, of an enumeration with `count` values.
pub(super) fn check_number(what: &str, number: u32, count: u32) -> Done {
    match number < count {
        true => Ok(()),
        false => Err(Stop::Misuse(messages::wasi_argument(what, number.into()))),
    }
}
