//! Clocks, and waiting.

use super::Context;
use super::memory::{List, Memory, offset};
use super::stop::{Done, Errno, Stop, check_number};
use super::streams::CHUNK;
use crate::call_state::{CallState, Cancelled};
use crate::messages;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use wasmi::Error;

/// The maximum time for which a waiting program does not check its token.
const SLICE: Duration = Duration::from_millis(10);

/// Values of `clockid`. Two more, which count CPU time, are not supported.
const REALTIME: u32 = 0;
const MONOTONIC: u32 = 1;
const CLOCKS: u32 = 4;

/// The resolution in nanoseconds, that of the systems' own clocks.
const RESOLUTION: u64 = if cfg!(windows) {
    100
} else if cfg!(target_os = "macos") {
    1000
} else {
    1
};

/// The kinds of a subscription and of an event (`eventtype`).
const CLOCK: u8 = 0;
const FD_READ: u8 = 1;
const FD_WRITE: u8 = 2;
/// Bit of `subclockflags`: the timeout is a time, not a duration.
const ABSOLUTE: u16 = 1;

const SUBSCRIPTION_BYTES: u32 = 48;
const EVENT_BYTES: u32 = 32;

/// A subscription of preview 1.
struct Subscription {
    userdata: u64,
    /// The kind of its event.
    kind: u8,
    /// The number of the clock or of the file descriptor.
    id: u32,
    /// The timeout of a clock.
    timeout: Duration,
    absolute: bool,
}

impl Subscription {
    /// Reads the fields in their order, so that the first invalid one is the error.
    fn read(memory: &Memory, at: u32) -> Done<Self> {
        let userdata = memory.get_u64(at, 0)?;
        let [kind] = memory.get(at, 8)?;
        if kind > FD_WRITE {
            return Err(Errno::Inval.into());
        }
        let id = memory.get_u32(at, 16)?;
        let mut subscription = Subscription {
            userdata,
            kind,
            id,
            timeout: Duration::ZERO,
            absolute: false,
        };
        if kind == CLOCK {
            if id >= CLOCKS {
                return Err(Errno::Inval.into());
            }
            subscription.timeout = Duration::from_nanos(memory.get_u64(at, 24)?);
            // The precision, which is ignored: every clock has its best one.
            memory.get_u64(at, 32)?;
            let flags = u16::from_le_bytes(memory.get(at, 40)?);
            if flags & !ABSOLUTE != 0 {
                return Err(Errno::Inval.into());
            }
            subscription.absolute = flags == ABSOLUTE;
        }
        Ok(subscription)
    }
}

/// Events in the order in which they are written: clocks, reads, writes.
#[derive(Default)]
struct Poll {
    /// Each with its userdata.
    clocks: Vec<(u64, Instant)>,
    reads: Vec<u64>,
    writes: Vec<u64>,
}

impl Context {
    pub(super) fn clock_resolution(id: u32) -> Done<u64> {
        check_number("clock", id, CLOCKS)?;
        match id {
            REALTIME | MONOTONIC => Ok(RESOLUTION),
            _ => Err(Errno::Badf.into()),
        }
    }

    /// Nanoseconds since 1970, or since the instance was opened.
    pub(super) fn clock_time(&self, id: u32) -> Done<u64> {
        check_number("clock", id, CLOCKS)?;
        let time = match id {
            REALTIME => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_err(|_| Stop::Misuse(messages::BEFORE_1970.into()))?,
            MONOTONIC => self.opened.elapsed(),
            _ => return Err(Errno::Badf.into()),
        };
        u64::try_from(time.as_nanos()).map_err(|_| Errno::Overflow.into())
    }

    /// poll_oneoff; returns the number of events.
    pub(super) fn poll(&self, memory: &mut Memory, list: List, events: u32) -> Done<u32> {
        if list.count == 0 {
            return Err(Errno::Inval.into());
        }
        let first = Subscription::read(memory, list.at)?;
        let found = if list.count == 1 && first.kind == CLOCK && !first.absolute {
            // Programs sleep this way, on any of the clocks.
            wait(&self.call_state, first.timeout)?;
            vec![(first.userdata, CLOCK, 0)]
        } else {
            let poll = self.subscribe(memory, list)?;
            if let Some(deadline) = poll.deadline() {
                let left = deadline.saturating_duration_since(Instant::now());
                wait(&self.call_state, left)?;
            }
            poll.events()
        };
        for (number, (userdata, kind, bytes)) in (0..).zip(&found) {
            // The gaps between the fields are not written.
            let at = offset(events, number * EVENT_BYTES)?;
            memory.put(at, 0, userdata.to_le_bytes())?;
            memory.put(at, 8, 0_u16.to_le_bytes())?;
            memory.put(at, 10, [*kind])?;
            memory.put(at, 16, bytes.to_le_bytes())?;
            memory.put(at, 24, 0_u16.to_le_bytes())?;
        }
        // At most one event per subscription.
        Ok(found.len() as u32)
    }

    fn subscribe(&self, memory: &Memory, list: List) -> Done<Poll> {
        let mut poll = Poll::default();
        for number in 0..list.count {
            let at = offset(list.at, number * SUBSCRIPTION_BYTES)?;
            let it = Subscription::read(memory, at)?;
            match it.kind {
                CLOCK => poll.clocks.push((it.userdata, self.deadline(&it)?)),
                _ => {
                    self.stream(it.id)?;
                    let streams = match it.kind {
                        FD_READ => &mut poll.reads,
                        _ => &mut poll.writes,
                    };
                    streams.push(it.userdata);
                }
            }
        }
        Ok(poll)
    }

    /// The monotonic clock measures durations, as for POSIX nanosleep.
    fn deadline(&self, to: &Subscription) -> Done<Instant> {
        let start = match (to.id, to.absolute) {
            (MONOTONIC, true) => self.opened,
            (MONOTONIC | REALTIME, false) => Instant::now(),
            (REALTIME, true) => return Err(Errno::Notsup.into()),
            _ => return Err(Errno::Inval.into()),
        };
        let deadline = start.checked_add(to.timeout);
        deadline.ok_or_else(|| Errno::Overflow.into())
    }
}

impl Poll {
    /// The time when the first clock expires. A stream never makes a program wait, because both its ends are
    /// in memory.
    fn deadline(&self) -> Option<Instant> {
        let clocks = self.clocks.iter().map(|(_, deadline)| *deadline);
        let streams = self.reads.len() + self.writes.len();
        clocks.min().filter(|_| streams == 0)
    }

    /// Userdata, kind, and the number of bytes that can be read or written.
    fn events(self) -> Vec<(u64, u8, u64)> {
        let now = Instant::now();
        let due = self.clocks.iter().filter(|(_, deadline)| *deadline <= now);
        let due = due.map(|(userdata, _)| (*userdata, CLOCK, 0));
        // One byte, or the end of the stream, can be read at once.
        let reads = self.reads.iter().map(|it| (*it, FD_READ, 1));
        let writes = self.writes.iter().map(|it| (*it, FD_WRITE, CHUNK as u64));
        due.chain(reads).chain(writes).collect()
    }
}

/// Waits in slices, so that a cancelled token ends it soon.
fn wait(call_state: &CallState, duration: Duration) -> Done {
    let started = Instant::now();
    loop {
        if call_state.is_cancelled() {
            return Err(Stop::Call(Error::host(Cancelled)));
        }
        let left = duration.saturating_sub(started.elapsed());
        if left.is_zero() {
            return Ok(());
        }
        thread::sleep(left.min(SLICE));
    }
}
