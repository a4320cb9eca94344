//! The functions of `wasi_snapshot_preview1`, by name.
//!
//! Their parameters are those of wasi_snapshot_preview1.witx, with one more address for each result.
//! Arguments that preview 1 does not define, and addresses beyond the memory, are traps.

use super::Context;
use super::memory::{List, Memory};
use super::stop::{Done, Errno, Stop, check_flags, check_number};
use super::streams::Stream;
use crate::call_state::StoreData;
use crate::messages;
use std::thread;
use wasmi::{Caller, Error, Extern, Func, Store};

/// The exported memory that the functions use.
const MEMORY: &str = "memory";
/// Maximum number of buffers of one read or write, and of subscriptions of one poll; POSIX systems have the
/// same limit. The list is copied, and without a limit the copy could exceed the program's own limits.
const MAX_ENTRIES: u32 = 1024;

/// All bits that preview 1 defines, and the numbers of values.
const FDFLAGS: u64 = 0x1f;
const FSTFLAGS: u64 = 0xf;
const LOOKUPFLAGS: u64 = 1;
const OFLAGS: u64 = 0xf;
const RIFLAGS: u64 = 3;
const RIGHTS: u64 = (1 << 30) - 1;
const SDFLAGS: u64 = 3;
const SIFLAGS: u64 = 0xffff;
const ADVICES: u32 = 6;
const SIGNALS: u32 = 31;
const WHENCES: u32 = 3;
/// Value of `whence`: from the beginning.
const WHENCE_SET: u32 = 0;

fn run(
    mut caller: Caller<'_, StoreData>,
    function: &str,
    body: impl FnOnce(&mut Context, &mut Memory) -> Done,
) -> Result<i32, Error> {
    let Some(Extern::Memory(memory)) = caller.get_export(MEMORY) else {
        return Err(Error::new(messages::NO_WASI_MEMORY));
    };
    let (bytes, state) = memory.data_and_store_mut(&mut caller);
    let wasi = state.wasi.as_mut();
    let wasi = wasi.expect("the functions are only in the store of an instance with WASI");
    match body(wasi, &mut Memory(bytes)) {
        Ok(()) => Ok(0),
        Err(stop) => stop.into_result(function),
    }
}

/// Makes a match of names to functions with these parameters and bodies.
macro_rules! functions {
    (
        ($store:ident, $name:ident, $wasi:ident, $memory:ident);
        $($function:ident($($arg:ident: $ty:ty),*) $body:expr;)*
    ) => {
        match $name {
            $(stringify!($function) => Func::wrap(
                $store,
                |caller: Caller<'_, StoreData>, $($arg: $ty),*| {
                    run(caller, stringify!($function), |$wasi, $memory| {
                        // Not every function uses both.
                        let _ = (&$wasi, &$memory);
                        $body
                    })
                },
            ),)*
            "proc_exit" => Func::wrap($store, exit),
            _ => return None,
        }
    };
}

/// None if preview 1 has no function of that name.
pub(crate) fn function(store: &mut Store<StoreData>, name: &str) -> Option<Func> {
    Some(functions! {
        (store, name, wasi, memory);
        args_get(list: u32, texts: u32) wasi.args.put(memory, list, texts);
        args_sizes_get(count: u32, bytes: u32) wasi.args.put_sizes(memory, count, bytes);
        clock_res_get(id: u32, out: u32) memory.put(out, 0, Context::clock_resolution(id)?.to_le_bytes());
        clock_time_get(id: u32, _precision: u64, out: u32) memory.put(out, 0, wasi.clock_time(id)?.to_le_bytes());
        environ_get(list: u32, texts: u32) wasi.env.put(memory, list, texts);
        environ_sizes_get(count: u32, bytes: u32) wasi.env.put_sizes(memory, count, bytes);
        fd_advise(_fd: u32, _offset: u64, _len: u64, advice: u32) check_number("advice", advice, ADVICES).and(bad_descriptor());
        fd_allocate(fd: u32, _offset: u64, _len: u64) {
            wasi.stream(fd)?;
            Err(Errno::Notsup.into())
        };
        fd_close(fd: u32) wasi.close(fd);
        fd_datasync(fd: u32) wasi.stream_is_there(fd);
        fd_fdstat_get(fd: u32, out: u32) {
            wasi.stream(fd)?.put_stat(memory, out)
        };
        fd_fdstat_set_flags(_fd: u32, flags: u32) check_flags("fdflags", flags.into(), FDFLAGS).and(bad_descriptor());
        fd_fdstat_set_rights(fd: u32, base: u64, inheriting: u64) {
            check_flags("rights", base | inheriting, RIGHTS)?;
            wasi.stream_is_there(fd)
        };
        fd_filestat_get(fd: u32, out: u32) {
            wasi.stream(fd)?;
            Stream::put_file_stat(memory, out)
        };
        fd_filestat_set_size(_fd: u32, _size: u64) bad_descriptor();
        fd_filestat_set_times(_fd: u32, _access: u64, _modification: u64, flags: u32) check_times(flags).and(bad_descriptor());
        fd_pread(fd: u32, list: u32, count: u32, _offset: u64, out: u32)
            list_call(memory, list, count, out, |memory, list| wasi.read_at(memory, fd, list));
        fd_prestat_dir_name(_fd: u32, _path: u32, _len: u32) Err(Errno::Notdir.into());
        fd_prestat_get(_fd: u32, _out: u32) bad_descriptor();
        fd_pwrite(fd: u32, list: u32, count: u32, _offset: u64, out: u32)
            list_call(memory, list, count, out, |memory, list| wasi.write_at(memory, fd, list));
        fd_read(fd: u32, list: u32, count: u32, out: u32)
            list_call(memory, list, count, out, |memory, list| wasi.read(memory, fd, list));
        fd_readdir(_fd: u32, _to: u32, _len: u32, _cookie: u64, _out: u32) bad_descriptor();
        fd_renumber(from: u32, to: u32) wasi.renumber(from, to);
        fd_seek(_fd: u32, offset: i64, whence: u32, _out: u32) {
            check_number("whence", whence, WHENCES)?;
            match whence == WHENCE_SET && offset < 0 {
                true => Err(Errno::Inval.into()),
                false => bad_descriptor(),
            }
        };
        fd_sync(fd: u32) wasi.stream_is_there(fd);
        fd_tell(_fd: u32, _out: u32) bad_descriptor();
        fd_write(fd: u32, list: u32, count: u32, out: u32)
            list_call(memory, list, count, out, |memory, list| wasi.write(memory, fd, list));
        path_create_directory(_fd: u32, _path: u32, _len: u32) bad_descriptor();
        path_filestat_get(_fd: u32, lookup: u32, _path: u32, _len: u32, _out: u32) check_flags("lookupflags", lookup.into(), LOOKUPFLAGS).and(bad_descriptor());
        path_filestat_set_times(
            _fd: u32, lookup: u32, _path: u32, _len: u32, _access: u64, _modification: u64, flags: u32
        ) {
            check_flags("lookupflags", lookup.into(), LOOKUPFLAGS)?;
            check_times(flags)?;
            bad_descriptor()
        };
        path_link(_fd: u32, lookup: u32, _path: u32, _len: u32, _to_fd: u32, _to: u32, _to_len: u32) check_flags("lookupflags", lookup.into(), LOOKUPFLAGS).and(bad_descriptor());
        path_open(
            fd: u32, lookup: u32, _path: u32, _len: u32, open: u32, base: u64, inheriting: u64, flags: u32,
            _out: u32
        ) {
            check_flags("lookupflags", lookup.into(), LOOKUPFLAGS)?;
            check_flags("oflags", open.into(), OFLAGS)?;
            check_flags("rights", base | inheriting, RIGHTS)?;
            check_flags("fdflags", flags.into(), FDFLAGS)?;
            wasi.stream(fd)?;
            Err(Errno::Notdir.into())
        };
        path_readlink(_fd: u32, _path: u32, _len: u32, _to: u32, _to_len: u32, _out: u32) bad_descriptor();
        path_remove_directory(_fd: u32, _path: u32, _len: u32) bad_descriptor();
        path_rename(_fd: u32, _path: u32, _len: u32, _to_fd: u32, _to: u32, _to_len: u32) bad_descriptor();
        path_symlink(_path: u32, _len: u32, _fd: u32, _to: u32, _to_len: u32) bad_descriptor();
        path_unlink_file(_fd: u32, _path: u32, _len: u32) bad_descriptor();
        poll_oneoff(subscriptions: u32, events: u32, count: u32, out: u32)
            list_call(memory, subscriptions, count, out, |memory, list| wasi.poll(memory, list, events));
        proc_raise(signal: u32) {
            check_number("signal", signal, SIGNALS)?;
            Err(Stop::Misuse(messages::NO_SIGNALS.into()))
        };
        random_get(to: u32, len: u32) {
            let random = getrandom::fill(memory.bytes_mut(to, len)?);
            random.map_err(|_| Errno::Io.into())
        };
        sched_yield() {
            thread::yield_now();
            Ok(())
        };
        sock_accept(_fd: u32, flags: u32, _out: u32) check_flags("fdflags", flags.into(), FDFLAGS).and(bad_descriptor());
        sock_recv(fd: u32, list: u32, count: u32, flags: u32, out: u32, _out_flags: u32)
            list_call(memory, list, count, out, |memory, list| {
                check_flags("riflags", flags.into(), RIFLAGS)?;
                wasi.receive(memory, fd, list)
            });
        sock_send(fd: u32, list: u32, count: u32, flags: u32, out: u32)
            list_call(memory, list, count, out, |memory, list| {
                check_flags("siflags", flags.into(), SIFLAGS)?;
                wasi.send(memory, fd, list)
            });
        sock_shutdown(_fd: u32, how: u32) check_flags("sdflags", how.into(), SDFLAGS).and(bad_descriptor());
    })
}

/// A function with a list as argument and a number as result.
fn list_call(
    memory: &mut Memory,
    at: u32,
    count: u32,
    out: u32,
    body: impl FnOnce(&mut Memory, List) -> Done<u32>,
) -> Done {
    if count > MAX_ENTRIES {
        return Err(Errno::Inval.into());
    }
    let number = body(memory, List { at, count })?;
    memory.put(out, 0, number.to_le_bytes())
}

/// The result of every function for files, directories and sockets: a program has none.
fn bad_descriptor() -> Done {
    Err(Errno::Badf.into())
}

/// Checks that each time is set to one value, to now, or not at all.
fn check_times(flags: u32) -> Done {
    check_flags("fstflags", flags.into(), FSTFLAGS)?;
    match flags & 0b11 == 0b11 || flags & 0b1100 == 0b1100 {
        true => Err(Errno::Inval.into()),
        false => Ok(()),
    }
}

/// Accepts any code: programs also use those above 125, which preview 1 reserves for traps.
fn exit(_: Caller<'_, StoreData>, code: i32) -> Result<(), Error> {
    Err(Error::i32_exit(code))
}
