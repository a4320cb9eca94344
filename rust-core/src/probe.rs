//! Panics on demand, so that callers can test how they handle a panic.

pub(crate) fn panic_with(message: &str) -> ! {
    panic!("{message}")
}
