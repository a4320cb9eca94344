//! Finds valid modules that make the interpreter crash or panic, before it reads them.

use crate::limits::{MAX_CONST_OPERATORS, MAX_MEMORY_PAGES};
use crate::messages;
use crate::status::Failure;
use wasmparser::{
    BinaryReaderError, ConstExpr, DataKind, Element, ElementItems, ElementKind, Parser, Payload,
    TableInit,
};

/// Refuses constant expressions that are too long to be evaluated recursively, and memories whose maximum in
/// bytes does not fit the interpreter's numbers, because it panics when such a memory grows.
pub(crate) fn check(wasm: &[u8]) -> Result<(), Failure> {
    let found = Largest::find(wasm)
        .map_err(|error| messages::invalid_module(wasm, error.message(), Some(error.offset())))?;
    if found.longest_expression > MAX_CONST_OPERATORS {
        return Err(messages::const_expression_too_long(MAX_CONST_OPERATORS));
    }
    if found.largest_memory > MAX_MEMORY_PAGES {
        return Err(messages::memory_maximum_too_large(found.largest_memory));
    }
    Ok(())
}

#[derive(Default)]
struct Largest {
    /// In operators.
    longest_expression: usize,
    /// The largest maximum, in pages of 64 KiB.
    largest_memory: u64,
}

impl Largest {
    fn find(wasm: &[u8]) -> Result<Self, BinaryReaderError> {
        let mut found = Largest::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::MemorySection(section) => {
                    for memory in section {
                        let maximum = memory?.maximum.unwrap_or(0);
                        found.largest_memory = found.largest_memory.max(maximum);
                    }
                }
                Payload::GlobalSection(section) => {
                    for global in section {
                        found.expression(&global?.init_expr)?;
                    }
                }
                Payload::TableSection(section) => {
                    for table in section {
                        if let TableInit::Expr(expression) = table?.init {
                            found.expression(&expression)?;
                        }
                    }
                }
                Payload::ElementSection(section) => {
                    for element in section {
                        found.element(element?)?;
                    }
                }
                Payload::DataSection(section) => {
                    for data in section {
                        if let DataKind::Active { offset_expr, .. } = &data?.kind {
                            found.expression(offset_expr)?;
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(found)
    }

    fn element(&mut self, element: Element) -> Result<(), BinaryReaderError> {
        if let ElementKind::Active { offset_expr, .. } = &element.kind {
            self.expression(offset_expr)?;
        }
        if let ElementItems::Expressions(_, items) = element.items {
            for item in items {
                self.expression(&item?)?;
            }
        }
        Ok(())
    }

    fn expression(&mut self, expression: &ConstExpr) -> Result<(), BinaryReaderError> {
        self.longest_expression = self.longest_expression.max(operators(expression)?);
        Ok(())
    }
}

fn operators(expression: &ConstExpr) -> Result<usize, BinaryReaderError> {
    let mut reader = expression.get_operators_reader();
    let mut count = 0;
    while !reader.eof() && count <= MAX_CONST_OPERATORS {
        reader.read()?;
        count += 1;
    }
    Ok(count)
}
