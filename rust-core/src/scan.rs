//! Reads a module once: validates it, and collects the contents of a description.

use crate::features::{ACCEPTED, Needs};
use crate::limits::MAX_MODULE_BYTES;
use crate::messages;
use crate::operators;
use crate::status::Failure;
use wasmparser::types::Types;
use wasmparser::{
    BinaryReaderError, CustomSectionReader, ExportSectionReader, FuncValidatorAllocations,
    ImportSectionReader, Parser, Payload, ValidPayload, Validator,
};

/// Maximum number of custom sections, and of producers, in one description. A module can contain hundreds of
/// millions of empty ones, and each would need more bytes in the description than in the module.
pub(crate) const MAX_DESCRIBED_CUSTOM: usize = 100_000;

/// The parts of a valid module that a description needs.
pub(crate) struct Found<'a> {
    pub(crate) types: Types,
    pub(crate) needs: Needs,
    pub(crate) imports: Option<ImportSectionReader<'a>>,
    pub(crate) exports: Option<ExportSectionReader<'a>>,
    /// At most MAX_DESCRIBED_CUSTOM.
    pub(crate) custom: Vec<CustomSectionReader<'a>>,
    pub(crate) custom_count: usize,
}

pub(crate) fn scan(wasm: &[u8]) -> Result<Found<'_>, Failure> {
    if wasm.len() > MAX_MODULE_BYTES {
        return Err(messages::module_too_large(wasm.len(), MAX_MODULE_BYTES));
    }
    pass(wasm).map_err(|error| messages::unreadable(wasm, &error))
}

/// Reads the module. Each section is validated before it is used.
fn pass(wasm: &[u8]) -> Result<Found<'_>, BinaryReaderError> {
    let mut parser = Parser::new(0);
    parser.set_features(ACCEPTED);
    let mut validator = Validator::new_with_features(ACCEPTED);
    let mut allocations = FuncValidatorAllocations::default();
    let mut needs = Needs::new();
    let (mut imports, mut exports, mut custom, mut custom_count) = (None, None, Vec::new(), 0);
    for payload in parser.parse_all(wasm) {
        let payload = payload?;
        match validator.payload(&payload)? {
            ValidPayload::Func(function, body) => {
                allocations = operators::validate(wasm, function, &body, &mut needs, allocations)?;
                continue;
            }
            ValidPayload::End(types) => {
                needs.finish(types.as_ref());
                return Ok(Found {
                    types,
                    needs,
                    imports,
                    exports,
                    custom,
                    custom_count,
                });
            }
            _ => needs.payload(&payload, validator.types(0))?,
        }
        match payload {
            Payload::ImportSection(section) => imports = Some(section),
            Payload::ExportSection(section) => exports = Some(section),
            Payload::CustomSection(section) => {
                custom_count += 1;
                if custom_count <= MAX_DESCRIBED_CUSTOM {
                    custom.push(section);
                }
            }
            _ => {}
        }
    }
    unreachable!("the parser reports the end of the module or an error")
}
