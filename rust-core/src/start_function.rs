//! Removes the start function from a module and exports it instead.
//!
//! The interpreter runs a start function during instantiation: not in slices, so a token could not stop it,
//! and before the instance exists, so a host function could not use its memory. As an export it is an
//! ordinary call.

use std::ops::Range;
use wasmparser::{BinaryReaderError, ExportSectionReader, Parser, Payload};

/// Numbers of the section and of the kind "func" (WebAssembly core specification, 5.5.2 and 5.5.10).
const EXPORT_SECTION: u8 = 7;
const FUNC: u8 = 0;

/// A module without start function.
pub(crate) struct WithoutStart {
    pub(crate) wasm: Vec<u8>,
    /// The name of the new export.
    pub(crate) export: String,
}

/// The sections to change, each from its id to its end.
pub(crate) struct Sections<'a> {
    exports: Option<(Range<usize>, ExportSectionReader<'a>)>,
    start: (Range<usize>, u32),
}

impl<'a> Sections<'a> {
    /// None if there is no start section.
    pub(crate) fn find(wasm: &'a [u8]) -> Result<Option<Self>, BinaryReaderError> {
        let (mut exports, mut start) = (None, None);
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
                Payload::ExportSection(section) => exports = Some((begin..end, section)),
                Payload::StartSection { func, .. } => start = Some((begin..end, func)),
                _ => {}
            }
        }
        Ok(start.map(|start| Sections { exports, start }))
    }

    /// Needs a valid module, whose exports come before its start section.
    pub(crate) fn export_start(self, wasm: &[u8]) -> WithoutStart {
        let (start, function) = self.start;
        let (place, count, entries) = match &self.exports {
            None => (start.start..start.start, 0, &[][..]),
            Some((place, section)) => {
                let entries = &wasm[section.original_position()..place.end];
                (place.clone(), section.count(), entries)
            }
        };
        let export = free_name(self.exports.map(|(_, section)| section));
        let body = [
            &leb(count + 1)[..],
            entries,
            &leb(export.len() as u32),
            export.as_bytes(),
            &[FUNC],
            &leb(function),
        ];
        let len: usize = body.iter().map(|part| part.len()).sum();
        // The exports go to the place of the start section; only custom sections can be between the two.
        let mut out = Vec::with_capacity(wasm.len() + export.len() + 32);
        out.extend_from_slice(&wasm[..place.start]);
        out.extend_from_slice(&wasm[place.end..start.start]);
        out.push(EXPORT_SECTION);
        out.extend(leb(len as u32));
        body.iter().for_each(|part| out.extend_from_slice(part));
        out.extend_from_slice(&wasm[start.end..]);
        WithoutStart { wasm: out, export }
    }
}

/// A name that the module does not export yet.
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

/// Encodes a u32 as LEB128.
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
