//! Takes the start function out of a module and exports it instead.
//!
//! The interpreter runs a start function while it instantiates: not in slices, so no token could stop
//! it, and before there is an instance, so a host function could not reach its memory. As an export it
//! is a call like every other.

use std::borrow::Cow;
use std::ops::Range;
use wasmparser::{BinaryReaderError, ExportSectionReader, Parser, Payload};

/// Numbers of the section and of the kind "func" (WebAssembly core specification, 5.5.2 and 5.5.10).
const EXPORT_SECTION: u8 = 7;
const FUNC: u8 = 0;

/// A module without start function, and the name under which it exports the one it had.
pub(crate) struct Startless<'a> {
    pub(crate) wasm: Cow<'a, [u8]>,
    pub(crate) export: Option<String>,
}

/// Copies the module only if it has a start function. An invalid module stays invalid.
pub(crate) fn export_start(wasm: &[u8]) -> Result<Startless<'_>, BinaryReaderError> {
    let sections = Sections::find(wasm)?;
    let Some((start, function)) = sections.start.filter(|_| sections.in_order) else {
        return Ok(Startless {
            wasm: Cow::Borrowed(wasm),
            export: None,
        });
    };
    let (place, count, entries) = match &sections.exports {
        None => (start.start..start.start, 0, &[][..]),
        Some((place, section)) => {
            let entries = &wasm[section.original_position()..place.end];
            (place.clone(), section.count(), entries)
        }
    };
    let name = free_name(sections.exports.map(|(_, section)| section));
    let body = [
        &leb(count + 1)[..],
        entries,
        &leb(name.len() as u32),
        name.as_bytes(),
        &[FUNC],
        &leb(function),
    ];
    let len: usize = body.iter().map(|part| part.len()).sum();
    // The exports take the place of the start section, which only custom sections may part from them.
    let mut out = Vec::with_capacity(wasm.len() + name.len() + 32);
    out.extend_from_slice(&wasm[..place.start]);
    out.extend_from_slice(&wasm[place.end..start.start]);
    out.push(EXPORT_SECTION);
    out.extend(leb(len as u32));
    body.iter().for_each(|part| out.extend_from_slice(part));
    out.extend_from_slice(&wasm[start.end..]);
    Ok(Startless {
        wasm: Cow::Owned(out),
        export: Some(name),
    })
}

/// The two sections, each from its number to its end.
struct Sections<'a> {
    exports: Option<(Range<usize>, ExportSectionReader<'a>)>,
    start: Option<(Range<usize>, u32)>,
    /// Each is there at most once, the start section last: else the module is not valid.
    in_order: bool,
}

impl<'a> Sections<'a> {
    fn find(wasm: &'a [u8]) -> Result<Self, BinaryReaderError> {
        let mut found = Sections {
            exports: None,
            start: None,
            in_order: true,
        };
        let mut end = 0;
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            let begin = end;
            if let Payload::Version { range, .. } = &payload {
                end = range.end;
            } else if let Some((_, content)) = payload.as_section() {
                end = content.end;
            }
            match payload {
                Payload::ExportSection(section) => {
                    found.in_order &= found.exports.is_none() && found.start.is_none();
                    found.exports = Some((begin..end, section));
                }
                Payload::StartSection { func, .. } => {
                    found.in_order &= found.start.is_none();
                    found.start = Some((begin..end, func));
                }
                _ => {}
            }
        }
        Ok(found)
    }
}

/// A name that the module does not export.
fn free_name(exports: Option<ExportSectionReader>) -> String {
    let mut name = String::from("the start function");
    let taken = |name: &str| {
        let mut all = exports
            .iter()
            .flat_map(|section| section.clone().into_iter());
        all.any(|export| export.is_ok_and(|export| export.name == name))
    };
    while taken(&name) {
        name.push('\'');
    }
    name
}

/// LEB128, as WebAssembly writes u32.
fn leb(mut value: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}
