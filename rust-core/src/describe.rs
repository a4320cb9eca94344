//! Validation, and the describe buffer: imports and exports of a module, read in place.

use crate::limits::MAX_MODULE_BYTES;
use crate::messages;
use crate::status::Failure;
use crate::types;
use wasmparser::types::{CoreTypeId, EntityType, Types};
use wasmparser::{BinaryReaderError, Parser, Payload, Validator, WasmFeatures};

/// The first word of the describe buffer.
const FORMAT: u32 = 1;

/// Checks the whole module, function bodies included.
pub(crate) fn validate(wasm: &[u8]) -> Result<Types, Failure> {
    if wasm.len() > MAX_MODULE_BYTES {
        return Err(messages::module_too_large(wasm.len(), MAX_MODULE_BYTES));
    }
    Validator::new_with_features(WasmFeatures::WASM3)
        .validate_all(wasm)
        .map_err(|error| messages::invalid_module(wasm, error.message(), Some(error.offset())))
}

/// Imports and exports in the format that the header describes at `swr_describe`.
pub(crate) fn describe(wasm: &[u8]) -> Result<Vec<u8>, Failure> {
    let types = validate(wasm)?;
    write(wasm, &types)
        .map_err(|error| messages::invalid_module(wasm, error.message(), Some(error.offset())))
}

/// Reads the sections once more: `Types` knows what the entries are, not in which order they stand.
fn write(wasm: &[u8], types: &Types) -> Result<Vec<u8>, BinaryReaderError> {
    let mut imports = List::default();
    let mut exports = List::default();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section {
                    let import = import?;
                    if let Some(ty) = types.as_ref().entity_type_from_import(&import) {
                        imports.add(&[import.module, import.name], &ty, types);
                    }
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if let Some(ty) = types.as_ref().entity_type_from_export(&export) {
                        exports.add(&[export.name], &ty, types);
                    }
                }
            }
            _ => {}
        }
    }
    let mut out = FORMAT.to_le_bytes().to_vec();
    imports.append_to(&mut out);
    exports.append_to(&mut out);
    Ok(out)
}

#[derive(Default)]
struct List {
    entries: u32,
    bytes: Vec<u8>,
}

impl List {
    fn add(&mut self, names: &[&str], ty: &EntityType, types: &Types) {
        self.entries += 1;
        for name in names {
            self.text(name);
        }
        let function = |id: CoreTypeId| {
            let ty = types[id].unwrap_func();
            types::signature(ty.params(), ty.results())
        };
        let (kind, ty) = match ty {
            EntityType::Func(id) => (0, function(*id)),
            EntityType::Table(ty) => (1, types::table(ty)),
            EntityType::Memory(ty) => (2, types::memory(ty)),
            EntityType::Global(ty) => (3, types::global(ty)),
            EntityType::Tag(id) => (4, function(*id)),
        };
        self.bytes.push(kind);
        self.text(&ty);
    }

    fn text(&mut self, text: &str) {
        // Names are part of a module of at most MAX_MODULE_BYTES, types are a few words per
        // parameter with at most 1000 of them: a u32 holds every length.
        self.bytes
            .extend_from_slice(&(text.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn append_to(self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.entries.to_le_bytes());
        out.extend_from_slice(&self.bytes);
    }
}
