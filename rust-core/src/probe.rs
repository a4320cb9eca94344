//! A panic on demand, so that a caller can test its own side of the wall.

pub(crate) fn panic_with(message: &str) -> ! {
    panic!("{message}")
}
