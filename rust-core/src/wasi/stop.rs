//! The ways in which a WASI function ends without success.

use crate::messages;
use wasmi::Error;

/// Values of `errno` in preview 1 (wasi_snapshot_preview1.witx) that these functions return.
#[derive(Clone, Copy, Debug)]
pub(super) enum Errno {
    Badf = 8,
    Inval = 28,
    Io = 29,
    Notdir = 54,
    Notsup = 58,
    Overflow = 61,
}

/// The result of a WASI function, or of a part of it.
pub(super) type Done<T = ()> = Result<T, Stop>;

pub(super) enum Stop {
    /// The function returns this errno.
    Errno(Errno),
    /// The program used the function wrongly, which is a trap: for example an address beyond its memory, or
    /// an undefined flag. The text is the reason.
    Misuse(String),
    /// The call ends with this error.
    Call(Error),
}

impl Stop {
    pub(super) fn address(at: u32, len: u32) -> Self {
        Stop::Misuse(messages::wasi_address(at, len))
    }

    /// The result of the function: an errno, or an error that ends the call.
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

/// Refuses numbers outside an enumeration of preview 1 with `count` values.
pub(super) fn check_number(what: &str, number: u32, count: u32) -> Done {
    match number < count {
        true => Ok(()),
        false => Err(Stop::Misuse(messages::wasi_argument(what, number.into()))),
    }
}
