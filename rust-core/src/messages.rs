//! All texts that a caller can read, with their status codes.
//!
//! Names come from untrusted modules, so they are quoted, escaped and cut: a text is always one short line.

mod instance;
mod record;
mod wasi;

pub(crate) use instance::*;
pub(crate) use record::*;
pub(crate) use wasi::*;

use crate::limits::MAX_MEMORY_PAGES;
use crate::status::*;
use std::borrow::Cow;
use wasmparser::BinaryReaderError;

/// The result of `swr_version`.
pub(crate) const VERSION: &str = match option_env!("STOWAGE_VERSION") {
    Some(version) => version,
    None => "dev",
};

/// Characters of a name that are shown.
const NAME_CHARS: usize = 120;
/// Characters of a type that are shown.
const TYPE_CHARS: usize = 160;
/// Characters of another library's text that are shown.
const REASON_CHARS: usize = 400;
/// The first bytes of a binary module (WebAssembly core specification 2.0, 5.5.16).
const MAGIC: &[u8] = b"\0asm";
/// wasmparser's text for a module that ends too early.
const END_OF_FILE: &str = "unexpected end-of-file";
/// Maximum number of exports that a text lists.
const LISTED: usize = 20;

fn quoted(name: &str) -> String {
    let mut chars = name.chars();
    let shown: String = chars.by_ref().take(NAME_CHARS).collect();
    let rest = if chars.next().is_some() { "..." } else { "" };
    let escaped = shown.escape_debug().to_string().replace("\\\"", "\"");
    format!("'{escaped}{rest}'")
}

/// Formats a text of the parser or the interpreter, which may contain parts of the module and line breaks,
/// and has other quotation marks.
fn one_line(reason: &str) -> String {
    let words = reason.split_whitespace();
    let mut line = words.collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = line.char_indices().nth(REASON_CHARS) {
        line.truncate(cut);
        line.push_str("...");
    }
    line.replace(char::is_control, "?").replace('`', "'")
}

/// Shortens a type, which can have up to 2000 values.
fn typed(ty: &str) -> Cow<'_, str> {
    match ty.char_indices().nth(TYPE_CHARS) {
        None => ty.into(),
        Some((cut, _)) => format!("{}...", &ty[..cut]).into(),
    }
}

fn plural(count: u64, noun: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{s}")
}

/// A function as the texts name it: "function 'add'".
pub(crate) fn function(name: &str) -> String {
    format!("function {}", quoted(name))
}

pub(crate) fn null_input(what: &str, len: usize) -> Failure {
    let text = format!("'{what}' is NULL, but its length is {len}; NULL goes with length 0 only");
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

pub(crate) fn impossible_length(what: &str, len: usize) -> Failure {
    let text = format!("'{what}' has length {len}, which no memory block can have");
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

pub(crate) fn null_output(what: &str) -> Failure {
    let text = format!("'{what}' is NULL, but receives the result");
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

pub(crate) fn not_utf8(what: &str, offset: usize) -> Failure {
    let text = format!("'{what}' is not UTF-8: byte {offset} starts no valid character");
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

pub(crate) fn not_a_handle(handle: u64, opener: &str) -> Failure {
    let text = format!("{handle:#x} is not a handle that {opener} returned");
    Failure::new(SWR_INVALID_ARGUMENT, text)
}

pub(crate) fn closed(object: &str) -> Failure {
    Failure::new(SWR_CLOSED, format!("{object} is closed"))
}

pub(crate) fn panicked(text: String) -> Failure {
    Failure::new(SWR_PANIC, text)
}

/// "message (file:line)".
pub(crate) fn panic_text(message: Option<&str>, place: Option<(&str, u32)>) -> String {
    let message = message.unwrap_or("panic with a payload that is not text");
    match place {
        Some((file, line)) => format!("{message} ({}:{line})", without_registry(file)),
        None => message.into(),
    }
}

/// The text of a panic that no hook recorded.
pub(crate) fn panic_unseen() -> String {
    panic_text(None, None)
}

/// Removes the path of the build machine's registry from the file of a dependency, since it has no meaning
/// for a reader.
fn without_registry(file: &str) -> &str {
    let below = file.split_once("/registry/src/");
    let crate_file = below.and_then(|(_, rest)| rest.split_once('/'));
    crate_file.map_or(file, |(_, crate_file)| crate_file)
}

pub(crate) fn module_too_large(len: usize, limit: usize) -> Failure {
    let text = format!("the module has {len} bytes; the limit is {limit} (1 GiB)");
    Failure::new(SWR_TOO_LARGE, text)
}

pub(crate) fn too_many_custom_sections(count: usize, limit: usize) -> Failure {
    let text = format!("the module has {count} custom sections; a description lists up to {limit}");
    Failure::new(SWR_TOO_LARGE, text)
}

pub(crate) fn const_expression_too_long(limit: usize) -> Failure {
    let text = format!(
        "the module has a constant expression of more than {limit} operators, the limit of this core"
    );
    Failure::new(SWR_TOO_LARGE, text)
}

pub(crate) fn memory_maximum_too_large(pages: u64) -> Failure {
    let text = format!(
        "the module has a memory with a maximum of {pages} pages; this core supports at most \
         {MAX_MEMORY_PAGES}, or none"
    );
    Failure::new(SWR_TOO_LARGE, text)
}

pub(crate) fn exceeds_limit(reason: &str) -> Failure {
    let text = format!(
        "the module exceeds a limit of this core: {}",
        one_line(reason)
    );
    Failure::new(SWR_TOO_LARGE, text)
}

pub(crate) fn invalid_module(wasm: &[u8], reason: &str, offset: Option<usize>) -> Failure {
    let place = offset.map_or(String::new(), |at| format!(" at byte {at}"));
    let text = match other_form(wasm) {
        Some(form) => form,
        None if reason == END_OF_FILE => {
            format!("not a WebAssembly module: unexpected end{place}")
        }
        None => format!(
            "not a valid WebAssembly module: {}{place}",
            one_line(reason)
        ),
    };
    Failure::new(SWR_INVALID_MODULE, text)
}

/// The error for a module that wasmparser refuses.
pub(crate) fn unreadable(wasm: &[u8], error: &BinaryReaderError) -> Failure {
    invalid_module(wasm, error.message(), Some(error.offset()))
}

/// The kind of the bytes, if they do not begin like a binary module.
fn other_form(wasm: &[u8]) -> Option<String> {
    if wasm.is_empty() {
        return Some("not a WebAssembly module: no bytes at all".into());
    }
    if wasm.starts_with(b"\0asm\x0d\0\x01\0") {
        return Some(
            "this is a WebAssembly component; this core reads core modules only: \
             extract them with 'wasm-tools component unbundle'"
                .into(),
        );
    }
    if wasm.trim_ascii_start().starts_with(b"(module") {
        return Some("this is WebAssembly text; make it binary with 'wat2wasm'".into());
    }
    let head = &wasm[..wasm.len().min(MAGIC.len())];
    if MAGIC.starts_with(head) {
        return None;
    }
    let found: Vec<String> = head.iter().map(|byte| format!("{byte:02x}")).collect();
    let found = found.join(" ");
    Some(format!(
        "not a WebAssembly module: does not begin with \\0asm (found {found})"
    ))
}

/// The first of `entries`, quoted and with their types, and the number of the others.
fn listed(entries: impl Iterator<Item = (impl AsRef<str>, String)>) -> Option<String> {
    let mut entries = entries.map(|(name, ty)| {
        let space = if ty.is_empty() { "" } else { " " };
        format!("{}{space}{}", quoted(name.as_ref()), typed(&ty))
    });
    let mut listed: Vec<String> = entries.by_ref().take(LISTED).collect();
    match (listed.is_empty(), entries.count()) {
        (true, _) => return None,
        (false, 0) => {}
        (false, more) => listed.push(format!("{more} more")),
    }
    Some(listed.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_and_cut() {
        assert_eq!(quoted("a\"b'c\\\n"), r#"'a"b\'c\\\n'"#);
        assert_eq!(quoted(&"x".repeat(120)), format!("'{}'", "x".repeat(120)));
        assert_eq!(
            quoted(&"x".repeat(121)),
            format!("'{}...'", "x".repeat(120))
        );
    }

    #[test]
    fn other_libraries_texts_become_one_short_line() {
        assert_eq!(one_line("a\n  - b\u{1b}[0m"), "a - b?[0m");
        assert_eq!(one_line(&"é".repeat(500)).chars().count(), 403);
    }

    #[test]
    fn places_do_not_name_the_build_machine() {
        let at = |file| panic_text(Some("m"), Some((file, 3)));
        assert_eq!(at("src/probe.rs"), "m (src/probe.rs:3)");
        assert_eq!(
            at("/somewhere/registry/src/index.crates.io-1/wasmi-2.0.0/src/lib.rs"),
            "m (wasmi-2.0.0/src/lib.rs:3)"
        );
    }

    #[test]
    fn other_bytes_are_shown_as_people_read_them() {
        let text = |wasm: &[u8]| invalid_module(wasm, END_OF_FILE, Some(wasm.len())).message;
        assert_eq!(text(b""), "not a WebAssembly module: no bytes at all");
        assert_eq!(
            text(b"P\x0cQ\xe4 and more"),
            "not a WebAssembly module: does not begin with \\0asm (found 50 0c 51 e4)"
        );
        assert_eq!(
            text(b"P"),
            "not a WebAssembly module: does not begin with \\0asm (found 50)"
        );
        for cut in [&b"\0a"[..], b"\0asm", b"\0asm\x01\0\0\0\x01\x05"] {
            let end = format!(
                "not a WebAssembly module: unexpected end at byte {}",
                cut.len()
            );
            assert_eq!(text(cut), end);
        }
        assert_eq!(
            invalid_module(b"\0asm\x02", "bad `x`", Some(4)).message,
            "not a valid WebAssembly module: bad 'x' at byte 4"
        );
    }

    /// All texts of the library have names in single quotes.
    #[test]
    fn nothing_is_quoted_in_another_way() {
        for file in [
            include_str!("messages.rs"),
            include_str!("messages/instance.rs"),
            include_str!("messages/record.rs"),
            include_str!("messages/wasi.rs"),
        ] {
            let texts = file.split("#[cfg(test)]").next().unwrap();
            let code = |line: &&str| !line.trim_start().starts_with("//");
            for line in texts.lines().filter(code) {
                let rewrites = line.contains(".replace(");
                let quotes = line.contains('`') || line.contains("\\\"");
                assert!(rewrites || !quotes, "{line}");
            }
        }
    }

    #[test]
    fn limits_are_named() {
        assert_eq!(
            module_too_large(5, 4).message,
            "the module has 5 bytes; the limit is 4 (1 GiB)"
        );
        assert_eq!(
            exceeds_limit("too\nmany").message,
            "the module exceeds a limit of this core: too many"
        );
    }
}
