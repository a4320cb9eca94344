//! The memory before each call: two pages of filler, with lists of buffers and of subscriptions.

/// The end of the memory.
pub const END: i64 = 2 * 65_536;
/// Neither 0 nor a value that any call writes.
const FILLER: u8 = 0xee;

/// Address of results.
pub const OUT: i64 = 512;
/// Address of events.
pub const EVENTS: i64 = 8192;
/// A text in UTF-8, then one that is not.
pub const TEXT: i64 = 2048;
pub const NO_TEXT: i64 = 2080;

/// Lists of buffers, 32 bytes apart: pairs of address and length.
const BUFFERS: &[&[(u32, u32)]] = &[
    &[(2048, 5), (0, 0), (2053, 6)],
    // Beyond the end: by its length, as the second one, by its address.
    &[(131_070, 3)],
    &[(2048, 5), (131_072, 1)],
    &[(u32::MAX, 1)],
    &[(2048, 0x7fff_ffff)],
    // Empty, and at or beyond the end.
    &[(131_072, 0), (2048, 0), (0, 0)],
    &[(131_073, 0), (2048, 3)],
    // Overlapping: each other, the list itself, the out-value.
    &[(2048, 8), (2050, 8)],
    &[(BUFFERS_AT as u32 + 8 * 32, 16), (2048, 4)],
    &[(512, 8), (510, 4)],
];
const BUFFERS_AT: i64 = 1024;

/// Addresses of lists of buffers, some of which are not lists.
pub fn buffer_lists() -> Vec<i64> {
    let lists = (0..BUFFERS.len() as i64).map(|at| BUFFERS_AT + 32 * at);
    lists
        .chain([BUFFERS_AT + 1, END - 8, END - 4, END, -8])
        .collect()
}

/// A subscription to a clock, or with `file` to a stream.
fn subscription(userdata: u64, tag: u8, id: u32, timeout: u64, flags: u16) -> Vec<u8> {
    let mut bytes = vec![FILLER; 48];
    bytes[..8].copy_from_slice(&userdata.to_le_bytes());
    bytes[8] = tag;
    bytes[16..20].copy_from_slice(&id.to_le_bytes());
    if tag == 0 {
        bytes[24..32].copy_from_slice(&timeout.to_le_bytes());
        bytes[32..40].fill(0);
        bytes[40..42].copy_from_slice(&flags.to_le_bytes());
    }
    bytes
}

/// Hours, in nanoseconds. Never the first in a list, because a call with the count 1 would wait for it.
const FAR: u64 = 1 << 45;
const REALTIME: u32 = 0;
const MONOTONIC: u32 = 1;
const CPU: u32 = 2;
const SUBSCRIPTIONS_AT: i64 = 4096;
/// Room for three subscriptions each.
const STRIDE: i64 = 160;

fn subscriptions() -> Vec<Vec<Vec<u8>>> {
    let clock = |userdata, id, timeout, flags| subscription(userdata, 0, id, timeout, flags);
    let reads = |userdata, fd| subscription(userdata, 1, fd, 0, 0);
    let writes = |userdata, fd| subscription(userdata, 2, fd, 0, 0);
    vec![
        vec![clock(11, MONOTONIC, 0, 0), clock(12, MONOTONIC, FAR, 0)],
        vec![clock(21, REALTIME, 0, 0), reads(22, 0)],
        // Absolute times, both past.
        vec![clock(31, MONOTONIC, 1, 1), clock(32, MONOTONIC, 0, 1)],
        vec![clock(41, REALTIME, 1, 1), writes(42, 1)],
        // The clocks of CPU time: alone, with others, absolute.
        vec![clock(51, CPU, 0, 0), reads(52, 0)],
        vec![clock(61, 3, 0, 1)],
        // A list that is not ordered by kind, with a clock that has expired and one that has not.
        vec![writes(71, 1), clock(72, REALTIME, 0, 0), reads(73, 0)],
        vec![writes(81, 2), clock(82, MONOTONIC, FAR, 0), reads(83, 1)],
        // The same one twice; a stream in the wrong direction; a stream that does not exist.
        vec![reads(91, 0), reads(91, 0), writes(92, 0)],
        vec![reads(101, 3), clock(102, MONOTONIC, 0, 0)],
        vec![clock(111, MONOTONIC, 0, 0), writes(112, u32::MAX)],
        // Not a clock, not a kind, not a flag.
        vec![clock(121, 4, 0, 0)],
        vec![subscription(131, 3, 0, 0, 0)],
        vec![clock(141, MONOTONIC, 0, 2), reads(142, 0)],
        // A time that is never reached.
        vec![writes(151, 1), clock(152, MONOTONIC, u64::MAX, 0)],
    ]
}

/// Addresses of lists of subscriptions. The last ones reach beyond the end, at different fields.
pub fn subscription_lists() -> Vec<i64> {
    let lists = (0..subscriptions().len() as i64).map(|at| SUBSCRIPTIONS_AT + STRIDE * at);
    let cut = [48, 40, 32, 24, 16, 8, 4, 0].map(|left| END - left);
    lists.chain([SUBSCRIPTIONS_AT + 4]).chain(cut).collect()
}

/// The whole memory before a call.
pub fn prepared() -> Vec<u8> {
    let mut memory = vec![FILLER; END as usize];
    let mut put = |at: i64, bytes: &[u8]| {
        memory[at as usize..at as usize + bytes.len()].copy_from_slice(bytes);
    };
    put(TEXT, b"some text, quite long");
    put(NO_TEXT, b"\xff\xfe\xc3\x28");
    for (at, list) in buffer_lists().into_iter().zip(BUFFERS) {
        let words = list.iter().flat_map(|(at, len)| [at, len]);
        let bytes: Vec<u8> = words.flat_map(|word| word.to_le_bytes()).collect();
        put(at, &bytes);
    }
    for (at, list) in subscription_lists().into_iter().zip(subscriptions()) {
        put(at, &list.concat());
    }
    // Two of the lists that reach beyond the end begin with a valid kind: a clock, and a stream.
    put(END - 32 + 8, &[0]);
    put(END - 16 + 8, &[1]);
    memory
}

/// Formats each run of changed bytes as "at: bytes". Bytes of `hidden` are left out.
pub fn changes(before: &[u8], after: &[u8], hidden: std::ops::Range<usize>) -> String {
    let mut text = String::new();
    let mut last = None;
    // Compares whole pages first, because comparing single bytes takes a second for a hundred calls.
    let page = 1024;
    let pages = before.chunks(page).zip(after.chunks(page)).enumerate();
    let changed = pages.filter(|(_, (old, new))| old != new);
    for at in changed.flat_map(|(number, (_, new))| number * page..number * page + new.len()) {
        let (old, new) = (before[at], after[at]);
        if old == new || hidden.contains(&at) {
            continue;
        }
        if last.is_none_or(|last| last + 1 != at) {
            text += &format!(" | {at}: ");
        }
        text += &format!("{new:02x}");
        last = Some(at);
    }
    text
}
