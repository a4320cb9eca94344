//! The functions of `wasi_snapshot_preview1`, and a module that imports all of them.

/// Name and parameters, one letter each, which determines good and bad arguments.
///
/// f: file descriptor; p: address, of an out-value or a text; n: length in bytes; v: address of a list of
/// buffers; s: address of a list of subscriptions; c: number of list entries; g: flags or a number out of a
/// few; e: address for events; l, r: 64 bits, a number or rights.
pub const FUNCTIONS: &[(&str, &str)] = &[
    ("args_get", "pp"),
    ("args_sizes_get", "pp"),
    ("clock_res_get", "gp"),
    ("clock_time_get", "glp"),
    ("environ_get", "pp"),
    ("environ_sizes_get", "pp"),
    ("fd_advise", "fllg"),
    ("fd_allocate", "fll"),
    ("fd_close", "f"),
    ("fd_datasync", "f"),
    ("fd_fdstat_get", "fp"),
    ("fd_fdstat_set_flags", "fg"),
    ("fd_fdstat_set_rights", "frr"),
    ("fd_filestat_get", "fp"),
    ("fd_filestat_set_size", "fl"),
    ("fd_filestat_set_times", "fllg"),
    ("fd_pread", "fvclp"),
    ("fd_prestat_dir_name", "fpn"),
    ("fd_prestat_get", "fp"),
    ("fd_pwrite", "fvclp"),
    ("fd_read", "fvcp"),
    ("fd_readdir", "fpnlp"),
    ("fd_renumber", "ff"),
    ("fd_seek", "flgp"),
    ("fd_sync", "f"),
    ("fd_tell", "fp"),
    ("fd_write", "fvcp"),
    ("path_create_directory", "fpn"),
    ("path_filestat_get", "fgpnp"),
    ("path_filestat_set_times", "fgpnllg"),
    ("path_link", "fgpnfpn"),
    ("path_open", "fgpngrrgp"),
    ("path_readlink", "fpnpnp"),
    ("path_remove_directory", "fpn"),
    ("path_rename", "fpnfpn"),
    ("path_symlink", "pnfpn"),
    ("path_unlink_file", "fpn"),
    ("poll_oneoff", "secp"),
    ("proc_exit", "g"),
    ("proc_raise", "g"),
    ("random_get", "pn"),
    ("sched_yield", ""),
    ("sock_accept", "fgp"),
    ("sock_recv", "fvcgpp"),
    ("sock_send", "fvcgp"),
    ("sock_shutdown", "fg"),
];

/// Exports each function under its name, with i64 for i32.
pub fn module() -> String {
    let (mut imports, mut exports) = (String::new(), String::new());
    for (name, kinds) in FUNCTIONS {
        let wide = |kind| matches!(kind, 'l' | 'r');
        let types: String = kinds
            .chars()
            .map(|kind| if wide(kind) { " i64" } else { " i32" })
            .collect();
        let args: String = kinds
            .chars()
            .enumerate()
            .map(|(at, kind)| match wide(kind) {
                true => format!(" (local.get {at})"),
                false => format!(" (i32.wrap_i64 (local.get {at}))"),
            })
            .collect();
        let params = " i64".repeat(kinds.len());
        let call = format!("(call ${name}{args})");
        let (result, outer, call) = match *name {
            "proc_exit" => ("", "", call),
            _ => (
                "(result i32)",
                "(result i64)",
                format!("(i64.extend_i32_u {call})"),
            ),
        };
        imports += &format!(
            "(import \"wasi_snapshot_preview1\" \"{name}\" (func ${name} (param{types}) {result}))\n"
        );
        exports += &format!("(func (export \"{name}\") (param{params}) {outer} {call})\n");
    }
    format!("(module {imports} (memory (export \"memory\") 2) {exports})")
}
