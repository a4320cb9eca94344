//! The functions of `wasi_snapshot_preview1`, by name.

use crate::running::State;
use wasmi::{Caller, Error, Func, Store};
use wasmi_wasi::WasiCtx;
use wasmi_wasi::sync::snapshots::preview_1::wrapped;

/// `errno::inval` of WASI preview 1 (wasi_snapshot_preview1.witx).
const INVALID: i32 = 28;
/// Buffers of one read or write, and subscriptions of one poll, as many as POSIX systems take. wasi-common
/// makes a list of them first, which a program could let grow beyond its own limits.
const MAX_ENTRIES: i32 = 1024;

fn context(state: &mut State) -> &mut WasiCtx {
    let context = state.wasi.as_mut();
    context.expect("the functions are only in the store of an instance with WASI")
}

/// The functions below `plain` as they are. Those below `counted` with a limit on their third parameter.
macro_rules! functions {
    (
        ($store:ident, $name:ident);
        plain $($plain:ident)*;
        counted $($counted:ident($first:ident, $list:ident, $count:ident $(, $arg:ident: $ty:ty)*))*;
    ) => {
        match $name {
            $(stringify!($plain) => Func::wrap($store, wrapped::$plain(context)),)*
            $(stringify!($counted) => Func::wrap(
                $store,
                |caller: Caller<'_, State>, $first: i32, $list: i32, $count: i32 $(, $arg: $ty)*| {
                    if !(0..=MAX_ENTRIES).contains(&$count) {
                        return Ok(INVALID);
                    }
                    wrapped::$counted(context)(caller, $first, $list, $count $(, $arg)*)
                },
            ),)*
            "proc_exit" => Func::wrap($store, exit),
            _ => return None,
        }
    };
}

/// None if preview 1 has no function of that name.
pub(crate) fn function(store: &mut Store<State>, name: &str) -> Option<Func> {
    Some(functions! {
        (store, name);
        plain
            args_get args_sizes_get clock_res_get clock_time_get environ_get environ_sizes_get
            fd_advise fd_allocate fd_close fd_datasync fd_fdstat_get fd_fdstat_set_flags
            fd_fdstat_set_rights fd_filestat_get fd_filestat_set_size fd_filestat_set_times
            fd_prestat_dir_name fd_prestat_get fd_readdir fd_renumber fd_seek fd_sync fd_tell
            path_create_directory path_filestat_get path_filestat_set_times path_link path_open
            path_readlink path_remove_directory path_rename path_symlink path_unlink_file proc_raise
            random_get sched_yield sock_accept sock_shutdown;
        counted
            fd_read(fd, list, count, out: i32)
            fd_write(fd, list, count, out: i32)
            fd_pread(fd, list, count, offset: i64, out: i32)
            fd_pwrite(fd, list, count, offset: i64, out: i32)
            sock_recv(fd, list, count, flags: i32, out: i32, out_flags: i32)
            sock_send(fd, list, count, flags: i32, out: i32)
            poll_oneoff(subscriptions, events, count, out: i32);
    })
}

/// wasi-common's own refuses codes above 125, which programs use.
fn exit(_: Caller<'_, State>, code: i32) -> Result<(), Error> {
    Err(Error::i32_exit(code))
}
