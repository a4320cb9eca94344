//! WASI preview 1: what a program gets that was compiled for it, and from where.
//!
//! The functions are those of the crate wasmi_wasi. Nothing is inherited from the process: arguments,
//! environment and stdin come from the caller's record, output goes to the caller of the running call.
//! There are no files and no sockets; clocks and random numbers are the system's.

mod functions;
mod outside;

pub(crate) use functions::function;

use crate::limits::MAX_WASI_TEXTS;
use crate::messages;
use crate::records::Reader;
use crate::running::Running;
use crate::status::Failure;
use outside::{Output, Scheduler};
use rand_core::OsRng;
use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::Arc;
use wasmi_wasi::WasiCtx;
use wasmi_wasi::clocks_ctx;
use wasmi_wasi::wasi_common::pipe::{ReadPipe, WritePipe};
use wasmi_wasi::wasi_common::{StringArrayError, Table};

/// The record that swr_instance_open takes for WASI.
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

    /// The program gets C strings, and variables as "NAME=value".
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

    /// Bytes that the instance keeps of the record.
    pub(crate) fn bytes(&self) -> usize {
        let args = self.args.iter().map(|arg| arg.len());
        let env = self
            .env
            .iter()
            .map(|(name, value)| name.len() + value.len());
        args.chain(env).sum::<usize>() + self.stdin.len()
    }

    /// What the functions of one instance work on.
    pub(crate) fn context(&self, running: &Arc<Running>) -> Result<WasiCtx, Failure> {
        let scheduler = Box::new(Scheduler::new(running));
        let mut context = WasiCtx::new(Box::new(OsRng), clocks_ctx(), scheduler, Table::new());
        let mut add = || -> Result<(), StringArrayError> {
            for arg in &self.args {
                context.push_arg(arg)?;
            }
            for (name, value) in &self.env {
                context.push_env(name, value)?;
            }
            Ok(())
        };
        add().map_err(|error| messages::wasi_texts_too_long(&error.to_string()))?;
        context.set_stdin(Box::new(ReadPipe::new(Cursor::new(self.stdin.to_vec()))));
        context.set_stdout(Box::new(WritePipe::new(Output::new(running, 1))));
        context.set_stderr(Box::new(WritePipe::new(Output::new(running, 2))));
        Ok(context)
    }
}
