//! The three streams of a program: its input comes from the record, its output goes to the caller.

use super::Context;
use super::memory::{List, Memory};
use super::stop::{Done, Errno, Stop};
use crate::call_state::{CallState, Cancelled, OutputStop};
use wasmi::Error;

/// Maximum number of bytes that the output function receives at a time.
pub(super) const CHUNK: usize = 64 << 10;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Stream {
    Stdin = 0,
    Stdout = 1,
    Stderr = 2,
}

/// Bits of `rights`: to read and to write.
const FD_READ: u64 = 1 << 1;
const FD_WRITE: u64 = 1 << 6;
/// Bit of `fdflags`.
const APPEND: u16 = 1;
/// Value of `filetype` for a stream, because preview 1 has none for a pipe.
const UNKNOWN: [u8; 1] = [0];

impl Stream {
    /// Writes an `fdstat`. The gaps between its fields are not written.
    pub(super) fn put_stat(self, memory: &mut Memory, at: u32) -> Done {
        let (flags, rights) = match self {
            Stream::Stdin => (0, FD_READ),
            Stream::Stdout | Stream::Stderr => (APPEND, FD_WRITE),
        };
        memory.put(at, 0, UNKNOWN)?;
        memory.put(at, 2, flags.to_le_bytes())?;
        memory.put(at, 8, rights.to_le_bytes())?;
        memory.put(at, 16, 0_u64.to_le_bytes())
    }

    /// Writes a `filestat`; a stream has no device, size or times.
    pub(super) fn put_file_stat(memory: &mut Memory, at: u32) -> Done {
        (0..64).step_by(8).try_for_each(|by| match by {
            16 => memory.put(at, by, UNKNOWN),
            _ => memory.put(at, by, 0_u64.to_le_bytes()),
        })
    }
}

impl Context {
    /// The stream of a file descriptor. A program can close it, or replace it by another stream.
    pub(super) fn stream(&self, fd: u32) -> Result<Stream, Errno> {
        let stream = self.streams.get(fd as usize).copied().flatten();
        stream.ok_or(Errno::Badf)
    }

    /// Like `stream`, and checks that it can be read, or written.
    fn readable(&self, fd: u32, readable: bool) -> Result<Stream, Errno> {
        let stream = self.stream(fd)?;
        match (stream == Stream::Stdin) == readable {
            true => Ok(stream),
            false => Err(Errno::Badf),
        }
    }

    pub(super) fn stream_is_there(&self, fd: u32) -> Done {
        self.stream(fd)?;
        Ok(())
    }

    pub(super) fn close(&mut self, fd: u32) -> Done {
        self.stream(fd)?;
        self.streams[fd as usize] = None;
        Ok(())
    }

    /// Moves a stream to another descriptor, whose stream is closed.
    pub(super) fn renumber(&mut self, from: u32, to: u32) -> Done {
        let stream = self.stream(from)?;
        self.stream(to)?;
        self.streams[from as usize] = None;
        self.streams[to as usize] = Some(stream);
        Ok(())
    }

    /// Fills the first buffer that is not empty; a read may return less than is available.
    pub(super) fn read(&mut self, memory: &mut Memory, fd: u32, list: List) -> Done<u32> {
        self.readable(fd, true)?;
        let Some(buffer) = list.first(memory)? else {
            return Ok(0);
        };
        let left = &self.stdin[self.read..];
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.read += count;
        // At most the length of one buffer, which is a u32.
        Ok(count as u32)
    }

    /// Fails, because streams have no positions, unless there is no room to read to.
    pub(super) fn read_at(&self, memory: &mut Memory, fd: u32, list: List) -> Done<u32> {
        self.readable(fd, true)?;
        match list.first(memory)? {
            None => Ok(0),
            Some(_) => Err(Errno::Badf.into()),
        }
    }

    /// Writes all buffers, because some programs ignore how much was written.
    pub(super) fn write(&self, memory: &Memory, fd: u32, list: List) -> Done<u32> {
        let stream = self.readable(fd, false)?;
        let mut written = 0;
        for buffer in list.all(memory)? {
            for chunk in buffer.chunks(CHUNK) {
                put(&self.call_state, stream, chunk)?;
            }
            written += buffer.len() as u64;
        }
        // Buffers may overlap, so their total length can exceed the memory.
        u32::try_from(written).map_err(|_| Errno::Overflow.into())
    }

    pub(super) fn write_at(&self, memory: &Memory, fd: u32, list: List) -> Done<u32> {
        self.readable(fd, false)?;
        list.all(memory)?;
        Err(Errno::Badf.into())
    }

    /// Fails, because a stream is not a socket; its buffers are checked first.
    pub(super) fn receive(&self, memory: &mut Memory, fd: u32, list: List) -> Done<u32> {
        self.stream(fd)?;
        list.first(memory)?;
        Err(Errno::Badf.into())
    }

    pub(super) fn send(&self, memory: &Memory, fd: u32, list: List) -> Done<u32> {
        self.stream(fd)?;
        list.all(memory)?;
        Err(Errno::Badf.into())
    }
}

/// Passes bytes to the caller, at most CHUNK at a time.
fn put(call_state: &CallState, stream: Stream, bytes: &[u8]) -> Done {
    if let Some((write, ctx)) = call_state.host().and_then(|it| Some((it.write?, it.ctx))) {
        let stream = stream as i32;
        // SAFETY: the caller of the export passed this function for the duration of the call, on this thread.
        let code = unsafe { write(ctx, stream, bytes.as_ptr(), bytes.len()) };
        if code != 0 {
            return Err(Stop::Call(Error::host(OutputStop { stream, code })));
        }
    }
    match call_state.is_cancelled() {
        true => Err(Stop::Call(Error::host(Cancelled))),
        false => Ok(()),
    }
}
