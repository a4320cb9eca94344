//! Access of WASI functions to a program's memory: addresses are checked, values are little-endian.

use super::stop::{Done, Stop};
use std::ops::Range;

pub(super) struct Memory<'a>(pub(super) &'a mut [u8]);

impl Memory<'_> {
    fn range(&self, at: u32, len: u32) -> Done<Range<usize>> {
        let end = (at as usize).checked_add(len as usize);
        match end.filter(|end| *end <= self.0.len()) {
            Some(end) => Ok(at as usize..end),
            None => Err(Stop::address(at, len)),
        }
    }

    pub(super) fn bytes(&self, at: u32, len: u32) -> Done<&[u8]> {
        Ok(&self.0[self.range(at, len)?])
    }

    pub(super) fn bytes_mut(&mut self, at: u32, len: u32) -> Done<&mut [u8]> {
        let range = self.range(at, len)?;
        Ok(&mut self.0[range])
    }

    /// The range of a value that is `by` bytes after the start of its record. Its address must be a multiple
    /// of its size.
    fn place<const SIZE: usize>(&self, at: u32, by: u32) -> Done<Range<usize>> {
        let at = offset(at, by)?;
        match at as usize % SIZE {
            0 => self.range(at, SIZE as u32),
            _ => Err(Stop::address(at, SIZE as u32)),
        }
    }

    pub(super) fn get<const SIZE: usize>(&self, at: u32, by: u32) -> Done<[u8; SIZE]> {
        let place = self.place::<SIZE>(at, by)?;
        Ok(self.0[place].try_into().expect("of that size"))
    }

    pub(super) fn get_u32(&self, at: u32, by: u32) -> Done<u32> {
        Ok(u32::from_le_bytes(self.get(at, by)?))
    }

    pub(super) fn get_u64(&self, at: u32, by: u32) -> Done<u64> {
        Ok(u64::from_le_bytes(self.get(at, by)?))
    }

    /// Writes a value in the form of `to_le_bytes`.
    pub(super) fn put<const SIZE: usize>(&mut self, at: u32, by: u32, bytes: [u8; SIZE]) -> Done {
        let place = self.place::<SIZE>(at, by)?;
        self.0[place].copy_from_slice(&bytes);
        Ok(())
    }
}

/// The address of an entry in a list, or of a field in a record.
pub(super) fn offset(at: u32, by: u32) -> Done<u32> {
    at.checked_add(by).ok_or_else(|| Stop::address(at, by))
}

/// A list of buffers (`iovec_array` or `ciovec_array` of preview 1).
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) at: u32,
    pub(super) count: u32,
}

impl List {
    /// Reads address and length of each buffer, without checking that they are in the memory.
    fn read(self, memory: &Memory) -> Done<Vec<(u32, u32)>> {
        let buffer = |number: u32| {
            let at = offset(self.at, number * 8)?;
            Ok((memory.get_u32(at, 0)?, memory.get_u32(at, 4)?))
        };
        (0..self.count).map(buffer).collect()
    }

    /// The first buffer that is not empty, which must be in the memory; None if all are empty.
    pub(super) fn first<'a>(self, memory: &'a mut Memory) -> Done<Option<&'a mut [u8]>> {
        let buffers = self.read(memory)?;
        let first = buffers.into_iter().find(|(_, len)| *len > 0);
        first.map(|(at, len)| memory.bytes_mut(at, len)).transpose()
    }

    /// All buffers. They must all be in the memory before the first one is used.
    pub(super) fn all<'a>(self, memory: &'a Memory) -> Done<Vec<&'a [u8]>> {
        let buffers = self.read(memory)?.into_iter();
        buffers.map(|(at, len)| memory.bytes(at, len)).collect()
    }
}
