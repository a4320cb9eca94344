//! Where a program's output goes, and how it waits.

use crate::messages;
use crate::running::{Cancelled, Running};
use std::fmt;
use std::io::{self, IoSlice, Write};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use wasmi::errors::HostError;
use wasmi_wasi::wasi_common::sched::{Poll, RwEventFlags, Subscription};
use wasmi_wasi::wasi_common::{Error, WasiSched};

/// Bytes that the output function gets at a time, at most.
const CHUNK: usize = 64 << 10;
/// The longest that a waiting program does not look at its token.
const SLICE: Duration = Duration::from_millis(10);

/// stdout or stderr.
pub(super) struct Output {
    running: Arc<Running>,
    stream: i32,
}

impl Output {
    pub(super) fn new(running: &Arc<Running>, stream: i32) -> Self {
        Output {
            running: Arc::clone(running),
            stream,
        }
    }

    /// Writes at most CHUNK bytes, all of which are taken.
    fn put(&self, bytes: &[u8]) -> io::Result<()> {
        if let Some((write, ctx)) = self.running.host().and_then(|it| Some((it.write?, it.ctx))) {
            // SAFETY: the caller of the export gave us this function for the time of the call, on whose
            // thread we are.
            let code = unsafe { write(ctx, self.stream, bytes.as_ptr(), bytes.len()) };
            if code != 0 {
                let stream = self.stream;
                self.running
                    .stop(wasmi::Error::host(OutputStop { stream, code }));
                return Err(stopped());
            }
        }
        match self.running.is_cancelled() {
            true => {
                self.running.stop(wasmi::Error::host(Cancelled));
                Err(stopped())
            }
            false => Ok(()),
        }
    }
}

/// Of a kind that wasi-common makes a trap of. What happened is in `Running` already.
fn stopped() -> io::Error {
    io::Error::other("stopped")
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for chunk in bytes.chunks(CHUNK) {
            self.put(chunk)?;
        }
        Ok(bytes.len())
    }

    /// All buffers: there are programs that do not look at how much was written.
    fn write_vectored(&mut self, buffers: &[IoSlice<'_>]) -> io::Result<usize> {
        let mut written = 0;
        for buffer in buffers {
            written += self.write(buffer)?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The output function stopped the call.
#[derive(Debug)]
struct OutputStop {
    stream: i32,
    code: i32,
}

impl fmt::Display for OutputStop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&messages::output_stop(self.stream, self.code))
    }
}

impl HostError for OutputStop {}

/// Lets a program wait for a time. Its streams never make it wait.
pub(super) struct Scheduler(Arc<Running>);

impl Scheduler {
    pub(super) fn new(running: &Arc<Running>) -> Self {
        Scheduler(Arc::clone(running))
    }

    /// In slices, so that a cancelled token ends it soon.
    fn wait(&self, duration: Duration) -> Result<(), Error> {
        let started = Instant::now();
        loop {
            if self.0.is_cancelled() {
                self.0.stop(wasmi::Error::host(Cancelled));
                return Err(stopped().into());
            }
            let left = duration.saturating_sub(started.elapsed());
            if left.is_zero() {
                return Ok(());
            }
            thread::sleep(left.min(SLICE));
        }
    }
}

#[async_trait::async_trait]
impl WasiSched for Scheduler {
    async fn poll_oneoff<'a>(&self, poll: &mut Poll<'a>) -> Result<(), Error> {
        let mut ready = false;
        for subscription in poll.rw_subscriptions() {
            ready = true;
            match subscription {
                // What stdin still has is not known here; one byte, or its end, can be read at once.
                Subscription::Read(stream) => stream.complete(1, RwEventFlags::empty()),
                Subscription::Write(stream) => stream.complete(CHUNK as u64, RwEventFlags::empty()),
                Subscription::MonotonicClock(_) => unreachable!("not a stream"),
            }
        }
        if let (false, Some(clock)) = (ready, poll.earliest_clock_deadline()) {
            self.wait(clock.duration_until().unwrap_or_default())?;
        }
        Ok(())
    }

    async fn sched_yield(&self) -> Result<(), Error> {
        thread::yield_now();
        Ok(())
    }

    async fn sleep(&self, duration: Duration) -> Result<(), Error> {
        self.wait(duration)
    }
}
