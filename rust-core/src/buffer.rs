//! Output that the caller owns: it frees the bytes with `swr_buffer_free`.

use crate::memory_stats::Charge;
use std::ptr;

/// Bytes that this core allocated and the caller owns. Free them with `swr_buffer_free`. If there is nothing
/// to free, `ptr` is NULL and `len` and `cap` are 0. Read `ptr` and `len`, and do not change any member.
#[repr(C)]
#[derive(Debug)]
pub struct Buffer {
    /// First byte, or NULL.
    pub ptr: *mut u8,
    /// Bytes in use.
    pub len: usize,
    /// Bytes allocated, which swr_buffer_free needs.
    pub cap: usize,
}

impl Buffer {
    /// The empty buffer {NULL, 0, 0}.
    pub const EMPTY: Buffer = Buffer {
        ptr: ptr::null_mut(),
        len: 0,
        cap: 0,
    };

    pub(crate) fn new(bytes: Vec<u8>) -> Buffer {
        if bytes.capacity() == 0 {
            return Buffer::EMPTY;
        }
        let mut charge = Charge::default();
        charge.add(bytes.capacity());
        charge.suspend();
        let mut bytes = std::mem::ManuallyDrop::new(bytes);
        Buffer {
            ptr: bytes.as_mut_ptr(),
            len: bytes.len(),
            cap: bytes.capacity(),
        }
    }

    /// Frees the bytes and leaves the empty buffer behind, so a second call does nothing.
    ///
    /// # Safety
    /// `self` is the empty buffer, or was made by `new` and has not changed.
    pub(crate) unsafe fn free(&mut self) {
        let Buffer { ptr, cap, .. } = std::mem::replace(self, Buffer::EMPTY);
        if !ptr.is_null() {
            drop(Charge::resume(cap));
            // SAFETY: ptr and cap come from the Vec<u8> of `new`; the length may be 0, because bytes need no
            // drop.
            drop(unsafe { Vec::from_raw_parts(ptr, 0, cap) });
        }
    }
}
