//! The calls to make: every function with good and bad arguments, and some sequences.

use crate::functions::FUNCTIONS;
use crate::memory::{END, EVENTS, NO_TEXT, OUT, TEXT, buffer_lists, subscription_lists};

pub type Call = (&'static str, Vec<i64>);

/// Possible arguments of a kind; the first one is good.
fn values(kind: char) -> Vec<i64> {
    match kind {
        'f' => vec![1, 0, 2, 3, -1],
        'p' => vec![
            OUT,
            NO_TEXT,
            OUT + 1,
            OUT + 4,
            END - 8,
            END - 4,
            END - 1,
            END,
            -4,
            -1,
        ],
        'n' => vec![8, 0, 1, 65_536, END, END + 1, i64::from(i32::MIN), -1],
        'v' => buffer_lists(),
        's' => subscription_lists(),
        'c' => vec![1, 0, 2, 3, 1024, 1025, i64::from(i32::MIN), -1],
        'g' => vec![
            0, 1, 2, 3, 4, 5, 6, 12, 15, 16, 31, 32, 125, 126, 255, 256, 65_535, 65_536, -1,
        ],
        'e' => vec![EVENTS, EVENTS + 4, END - 32, END - 24, END, -8],
        'l' => vec![0, 1, -1, i64::MAX, i64::MIN],
        'r' => vec![0, 2, 64, (1 << 30) - 1, 1 << 30, -1],
        _ => unreachable!("{kind}"),
    }
}

/// A good argument for a parameter.
fn good(name: &str, kind: char, at: usize) -> i64 {
    match (kind, at) {
        // Results have different addresses, and paths are text.
        ('p', _) if name.starts_with("path_") && at < 5 => TEXT,
        ('p', at) => OUT + 64 * at as i64,
        (kind, _) => values(kind)[0],
    }
}

/// Every function with one argument varied at a time, for each file descriptor; lists with their counts.
pub fn sweep() -> Vec<Vec<Call>> {
    let mut calls = Vec::new();
    for (name, kinds) in FUNCTIONS {
        let base: Vec<i64> = kinds
            .chars()
            .enumerate()
            .map(|(at, kind)| good(name, kind, at))
            .collect();
        calls.push((*name, base.clone()));
        let fds: &[i64] = match kinds.as_bytes() {
            // There are no paths and sockets, so one descriptor is enough.
            [b'f', ..] if name.starts_with("path_") => &[1],
            [b'f', ..] if name.starts_with("sock_") => &[1, 3],
            [b'f', ..] => &[1, 0, 3],
            _ => &[0],
        };
        for (at, kind) in kinds.chars().enumerate() {
            for fd in if at == 0 { &fds[..1] } else { fds } {
                for value in values(kind) {
                    for count in counts(kinds, kind) {
                        let mut args = base.clone();
                        if at > 0 && kinds.starts_with('f') {
                            args[0] = *fd;
                        }
                        args[at] = value;
                        if let Some(count) = count {
                            args[at + if kind == 'v' { 1 } else { 2 }] = count;
                        }
                        if !calls.contains(&(*name, args.clone())) {
                            calls.push((*name, args));
                        }
                    }
                }
            }
        }
    }
    // Calls that change nothing but memory, which is the same before every call, may share an instance.
    let alone = |call: &Call| matches!(call.0, "fd_close" | "fd_read" | "fd_renumber");
    let together = |one: &Call, other: &Call| one.0 == other.0 && !alone(one);
    calls.chunk_by(together).map(<[Call]>::to_vec).collect()
}

/// The counts to try for a list.
fn counts(kinds: &str, kind: char) -> Vec<Option<i64>> {
    match kind {
        'v' | 's' if kinds.contains('c') => vec![Some(1), Some(2), Some(3)],
        _ => vec![None],
    }
}

/// Sequences of calls on one instance, which see each other's effects.
pub fn sequences() -> Vec<Vec<Call>> {
    let list = buffer_lists()[0];
    let all = ["fd_read", "fd_write", "fd_pread", "fd_pwrite"];
    let uses = |fd: i64| -> Vec<Call> {
        let mut calls: Vec<Call> = all[..2]
            .iter()
            .map(|name| (*name, vec![fd, list, 3, OUT]))
            .collect();
        calls.extend(
            all[2..]
                .iter()
                .map(|name| (*name, vec![fd, list, 3, 0, OUT])),
        );
        calls.push(("fd_fdstat_get", vec![fd, OUT]));
        calls.push(("fd_filestat_get", vec![fd, OUT]));
        calls.push(("fd_sync", vec![fd]));
        calls
    };
    let mut sequences = vec![
        // Reads stdin to its end, and beyond.
        vec![("fd_read", vec![0, list, 3, OUT]); 8],
        vec![
            ("poll_oneoff", vec![subscription_lists()[8], EVENTS, 3, OUT]),
            ("fd_read", vec![0, list, 1, OUT]),
            ("poll_oneoff", vec![subscription_lists()[8], EVENTS, 3, OUT]),
        ],
    ];
    for closed in 0..3 {
        let mut calls = vec![("fd_close", vec![closed]), ("fd_close", vec![closed])];
        (0..3).for_each(|fd| calls.extend(uses(fd)));
        calls.push(("fd_renumber", vec![closed, 1]));
        calls.push(("fd_renumber", vec![1, closed]));
        calls.push(("poll_oneoff", vec![subscription_lists()[7], EVENTS, 3, OUT]));
        calls.push(("path_open", vec![closed, 0, TEXT, 8, 0, 0, 0, 0, OUT]));
        calls.push(("sock_recv", vec![closed, list, 2, 0, OUT, OUT + 64]));
        sequences.push(calls);
    }
    for (from, to) in [
        (0, 1),
        (1, 0),
        (1, 2),
        (2, 1),
        (2, 2),
        (1, 3),
        (3, 1),
        (0, -1),
    ] {
        let mut calls = vec![("fd_renumber", vec![from, to])];
        (0..4).for_each(|fd| calls.extend(uses(fd)));
        sequences.push(calls);
    }
    sequences
}

/// Sequences of four calls with random arguments from those of `sweep`.
pub fn random(count: usize) -> impl Iterator<Item = Vec<Call>> {
    let mut state = 1_u64;
    let mut below = move |limit: usize| {
        // The linear congruential generator of Numerical Recipes, which gives the same calls on every
        // machine.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % limit
    };
    (0..count).map(move |_| {
        (0..4)
            .map(|_| {
                let (name, kinds) = FUNCTIONS[below(FUNCTIONS.len())];
                let mut at = 0;
                let args = kinds.chars().map(|kind| {
                    at += 1;
                    // Mostly good arguments, because otherwise the first bad one would decide every call.
                    if below(3) > 0 && !matches!(kind, 'f' | 'v' | 's') {
                        return good(name, kind, at - 1);
                    }
                    let values = values(kind);
                    values[below(values.len())]
                });
                (name, args.collect())
            })
            .collect()
    })
}
