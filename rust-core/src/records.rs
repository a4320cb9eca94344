//! Records: little endian, without padding; a str is a u32 length in bytes and UTF-8, a list is a u32
//! count and its entries.

use crate::messages;
use crate::status::Failure;

/// Reads a record from front to back. It does not allocate memory for a count before it has read the entries.
pub(crate) struct Reader<'a> {
    what: &'static str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// `what` is the name of the parameter, for error texts.
    pub(crate) fn new(what: &'static str, bytes: &'a [u8]) -> Self {
        Reader { what, bytes, at: 0 }
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], Failure> {
        let rest = &self.bytes[self.at..];
        let taken = rest
            .get(..len)
            .ok_or_else(|| messages::record_cut(self.what, self.bytes.len(), self.at, len))?;
        self.at += len;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Failure> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, Failure> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Failure> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Failure> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    /// Reads a u32 length and that many bytes.
    pub(crate) fn bytes(&mut self) -> Result<&'a [u8], Failure> {
        let len = self.u32()?;
        self.take(len as usize)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, Failure> {
        let bytes = self.bytes()?;
        std::str::from_utf8(bytes).map_err(|error| {
            messages::not_utf8(self.what, self.at - bytes.len() + error.valid_up_to())
        })
    }

    /// Reads a u32 count and that many entries by `entry`.
    pub(crate) fn list<T>(
        &mut self,
        mut entry: impl FnMut(&mut Self) -> Result<T, Failure>,
    ) -> Result<Vec<T>, Failure> {
        let count = self.u32()?;
        let mut entries = Vec::new();
        for _ in 0..count {
            entries.push(entry(self)?);
        }
        Ok(entries)
    }

    /// Refuses bytes after the end of the record.
    pub(crate) fn end(self) -> Result<(), Failure> {
        match self.bytes.len() == self.at {
            true => Ok(()),
            false => Err(messages::record_too_long(
                self.what,
                self.bytes.len(),
                self.at,
            )),
        }
    }
}
