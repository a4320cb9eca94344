//! The describe buffer: the imports, exports and contents of a validated module.

use crate::messages;
use crate::scan::{Found, MAX_DESCRIBED_CUSTOM, scan};
use crate::status::Failure;
use crate::types;
use wasmparser::types::{CoreTypeId, EntityType, Types};
use wasmparser::{BinaryReader, BinaryReaderError};

/// The first word of the describe buffer.
const FORMAT: u32 = 1;
/// The custom section that names the tools that made the module (WebAssembly tool conventions,
/// ProducersSection.md).
const PRODUCERS: &str = "producers";

/// Validates the whole module, including function bodies.
pub(crate) fn validate(wasm: &[u8]) -> Result<(), Failure> {
    scan(wasm).map(|_| ())
}

/// The description, in the format that the header defines at `swr_describe`.
pub(crate) fn describe(wasm: &[u8]) -> Result<Vec<u8>, Failure> {
    let found = scan(wasm)?;
    if found.custom_count > MAX_DESCRIBED_CUSTOM {
        return Err(messages::too_many_custom_sections(
            found.custom_count,
            MAX_DESCRIBED_CUSTOM,
        ));
    }
    let mut out = FORMAT.to_le_bytes().to_vec();
    imports_and_exports(&found, &mut out).map_err(|error| messages::unreadable(wasm, &error))?;
    index_spaces(&found.types, &mut out);
    custom_sections(&found, &mut out);
    let mut features = List::default();
    for name in found.needs.names() {
        features.entry().text(name);
    }
    features.append_to(&mut out);
    Ok(out)
}

fn imports_and_exports(found: &Found, out: &mut Vec<u8>) -> Result<(), BinaryReaderError> {
    let types = &found.types;
    let mut imports = List::default();
    for import in found.imports.iter().cloned().flatten() {
        let import = import?;
        if let Some(ty) = types.as_ref().entity_type_from_import(&import) {
            let entry = imports.entry().text(import.module).text(import.name);
            entry.entity(&ty, types);
        }
    }
    imports.append_to(out);
    let mut exports = List::default();
    for export in found.exports.iter().cloned().flatten() {
        let export = export?;
        if let Some(ty) = types.as_ref().entity_type_from_export(&export) {
            exports.entry().text(export.name).entity(&ty, types);
        }
    }
    exports.append_to(out);
    Ok(())
}

/// Memories, tables and globals; imported ones come first in each index space.
fn index_spaces(types: &Types, out: &mut Vec<u8>) {
    let types = types.as_ref();
    let texts = |count: u32, text: &dyn Fn(u32) -> String, out: &mut Vec<u8>| {
        let mut list = List::default();
        for index in 0..count {
            list.entry().text(&text(index));
        }
        list.append_to(out);
    };
    let memory = |index| types::memory(&types.memory_at(index));
    texts(types.memory_count(), &memory, out);
    let table = |index| types::table(&types.table_at(index));
    texts(types.table_count(), &table, out);
    let global = |index| types::global(&types.global_at(index));
    texts(types.global_count(), &global, out);
}

fn custom_sections(found: &Found, out: &mut Vec<u8>) {
    let mut sections = List::default();
    let mut producers = List::default();
    for section in &found.custom {
        let entry = sections.entry().text(section.name());
        entry
            .number(section.data_offset())
            .number(section.data().len());
        if section.name() == PRODUCERS {
            // A custom section may be malformed; then it is left out.
            producers = list_of_producers(section.data()).unwrap_or(producers);
        }
    }
    sections.append_to(out);
    producers.append_to(out);
}

fn list_of_producers(section: &[u8]) -> Option<List> {
    let mut reader = BinaryReader::new(section, 0);
    let mut list = List::default();
    for _ in 0..reader.read_var_u32().ok()? {
        let field = reader.read_string().ok()?;
        for _ in 0..reader.read_var_u32().ok()? {
            let name = reader.read_string().ok()?;
            let version = reader.read_string().ok()?;
            if list.entries as usize == MAX_DESCRIBED_CUSTOM {
                return None;
            }
            list.entry().text(field).text(name).text(version);
        }
    }
    reader.eof().then_some(list)
}

#[derive(Default)]
struct List {
    entries: u32,
    bytes: Vec<u8>,
}

impl List {
    /// Begins the next entry; the fields that follow belong to it.
    fn entry(&mut self) -> &mut Self {
        self.entries += 1;
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        // A u32 can hold every length: names are part of a module of at most MAX_MODULE_BYTES, and types are
        // a few words for each of at most 1000 parameters.
        self.bytes
            .extend_from_slice(&(text.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(text.as_bytes());
        self
    }

    fn number(&mut self, number: usize) -> &mut Self {
        self.bytes.extend_from_slice(&(number as u64).to_le_bytes());
        self
    }

    /// Kind and type.
    fn entity(&mut self, ty: &EntityType, types: &Types) {
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

    fn append_to(self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.entries.to_le_bytes());
        out.extend_from_slice(&self.bytes);
    }
}
