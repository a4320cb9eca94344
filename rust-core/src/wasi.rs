//! WASI preview 1.
//!
//! A program inherits nothing from the process: arguments, environment and stdin come from the caller's
//! record, and output goes to the caller of the running call. There are no files and no sockets: programs can
//! import the functions for them, which return the errno for an invalid descriptor. Clocks and random numbers
//! are the system's.

mod clocks;
mod functions;
mod memory;
mod stop;
mod streams;

pub(crate) use functions::function;

use crate::call_state::CallState;
use crate::limits::MAX_WASI_TEXTS;
use crate::messages;
use crate::records::Reader;
use crate::status::Failure;
use memory::{Memory, offset};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;
use stop::Done;
use streams::Stream;

/// The parameter `wasi` of swr_instance_open.
pub(crate) struct Wasi<'a> {
    args: Vec<&'a str>,
    env: Vec<(&'a str, &'a str)>,
    stdin: &'a [u8],
}

impl<'a> Wasi<'a> {
    /// None for the empty record: no WASI.
    pub(crate) fn read(record: &'a [u8]) -> Result<Option<Self>, Failure> {
        if record.is_empty() {
            return Ok(None);
        }
        let mut reader = Reader::new("wasi", record);
        let args = reader.list(Reader::text)?;
        let env = reader.list(|reader| Ok((reader.text()?, reader.text()?)))?;
        let stdin = reader.bytes()?;
        reader.end()?;
        let wasi = Wasi { args, env, stdin };
        wasi.check()?;
        Ok(Some(wasi))
    }

    /// Checks that all texts can be C strings, and variables "NAME=value".
    fn check(&self) -> Result<(), Failure> {
        for (what, count) in [
            ("arguments", self.args.len()),
            ("variables", self.env.len()),
        ] {
            if count > MAX_WASI_TEXTS {
                return Err(messages::too_many_wasi_texts(what, count, MAX_WASI_TEXTS));
            }
        }
        if let Some(place) = self.args.iter().position(|arg| arg.contains('\0')) {
            return Err(messages::nul_in_argument(place));
        }
        let mut names = BTreeSet::new();
        for (name, value) in &self.env {
            if name.is_empty() || name.contains(['\0', '=']) {
                return Err(messages::variable_name(name));
            }
            if value.contains('\0') {
                return Err(messages::nul_in_variable(name));
            }
            if !names.insert(name) {
                return Err(messages::variable_twice(name));
            }
        }
        Ok(())
    }

    /// Bytes of the record that the instance keeps.
    pub(crate) fn bytes(&self) -> usize {
        let args = self.args.iter().map(|arg| arg.len());
        let env = self
            .env
            .iter()
            .map(|(name, value)| name.len() + value.len());
        args.chain(env).sum::<usize>() + self.stdin.len()
    }

    /// The data of the functions of one instance.
    pub(crate) fn context(&self, call_state: &Arc<CallState>) -> Result<Context, Failure> {
        let env = self
            .env
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let context = Context {
            args: Texts(self.args.iter().map(|arg| arg.to_string()).collect()),
            env: Texts(env.collect()),
            stdin: self.stdin.to_vec(),
            read: 0,
            streams: [Stream::Stdin, Stream::Stdout, Stream::Stderr].map(Some),
            opened: Instant::now(),
            call_state: Arc::clone(call_state),
        };
        for texts in [&context.args, &context.env] {
            let bytes = texts.bytes();
            u32::try_from(bytes).map_err(|_| messages::wasi_texts_too_long(bytes))?;
        }
        Ok(context)
    }
}

/// The data of the functions of one instance.
pub(crate) struct Context {
    args: Texts,
    env: Texts,
    stdin: Vec<u8>,
    /// Number of bytes of stdin that were read.
    read: usize,
    /// Streams by file descriptor; None if closed.
    streams: [Option<Stream>; 3],
    /// The zero of the monotonic clock.
    opened: Instant,
    call_state: Arc<CallState>,
}

/// Arguments or environment; the program reads them as C strings.
struct Texts(Vec<String>);

impl Texts {
    /// Their length, with a NUL after each.
    fn bytes(&self) -> usize {
        self.0.iter().map(|text| text.len() + 1).sum()
    }

    fn put_sizes(&self, memory: &mut Memory, count: u32, bytes: u32) -> Done {
        // `context` has checked that both numbers fit.
        memory.put(bytes, 0, (self.bytes() as u32).to_le_bytes())?;
        memory.put(count, 0, (self.0.len() as u32).to_le_bytes())
    }

    /// Writes the texts at `texts`, and their addresses at `list`.
    fn put(&self, memory: &mut Memory, list: u32, texts: u32) -> Done {
        let mut at = texts;
        for (number, text) in (0..).zip(&self.0) {
            let len = text.len() as u32;
            if len > 0 {
                memory.bytes_mut(at, len)?.copy_from_slice(text.as_bytes());
            }
            let end = offset(at, len)?;
            memory.put(end, 0, [0])?;
            memory.put(list, number * 4, at.to_le_bytes())?;
            at = offset(end, 1)?;
        }
        Ok(())
    }
}
