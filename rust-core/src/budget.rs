//! Counts what one module costs, and refuses what goes beyond the [limits](crate::limits).

use crate::account::Charge;
use crate::limits::{MAX_CONST_OPERATORS, MAX_INSTANCE_BYTES};
use crate::messages;
use crate::status::Failure;
use wasmi::errors::{MemoryError, TableError};
use wasmi_core::{LimiterError, RawRef};
use wasmparser::{
    BinaryReaderError, ConstExpr, DataKind, ElementItems, ElementKind, Parser, Payload, TableInit,
};

/// What one table element costs in the interpreter, in bytes.
const TABLE_ELEMENT_BYTES: usize = size_of::<RawRef>();

/// Counts the memories and tables of one instance, and refuses what goes beyond the limit.
#[derive(Default)]
pub(crate) struct Budget {
    used: usize,
    charge: Charge,
    /// The growth granted last, to be taken back if it then fails for another reason.
    pending: usize,
}

impl Budget {
    /// Charges memory that does not count against the limit, such as the module itself.
    pub(crate) fn charge(&mut self, bytes: usize) {
        self.charge.add(bytes);
    }

    fn grow(&mut self, current: usize, desired: usize) -> bool {
        let more = desired.saturating_sub(current);
        if more > MAX_INSTANCE_BYTES - self.used {
            return false;
        }
        self.used += more;
        self.charge.add(more);
        self.pending = more;
        true
    }

    fn take_back(&mut self) {
        let bytes = std::mem::take(&mut self.pending);
        self.used -= bytes;
        self.charge.remove(bytes);
    }
}

impl wasmi::ResourceLimiter for Budget {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> Result<bool, LimiterError> {
        Ok(self.grow(current, desired))
    }

    fn table_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> Result<bool, LimiterError> {
        let bytes = |elements: usize| elements.saturating_mul(TABLE_ELEMENT_BYTES);
        Ok(self.grow(bytes(current), bytes(desired)))
    }

    fn memory_grow_failed(&mut self, _error: &MemoryError) -> Result<(), LimiterError> {
        self.take_back();
        Ok(())
    }

    fn table_grow_failed(&mut self, _error: &TableError) -> Result<(), LimiterError> {
        self.take_back();
        Ok(())
    }

    fn instances(&self) -> usize {
        1
    }

    // Their number is limited by the parser; what counts here is their size.
    fn tables(&self) -> usize {
        usize::MAX
    }

    fn memories(&self) -> usize {
        usize::MAX
    }
}

/// Refuses modules with constant expressions that are too long to be evaluated recursively.
pub(crate) fn check_const_expressions(wasm: &[u8]) -> Result<(), Failure> {
    let longest = longest_const_expression(wasm)
        .map_err(|error| messages::invalid_module(wasm, error.message(), Some(error.offset())))?;
    if longest > MAX_CONST_OPERATORS {
        return Err(messages::const_expression_too_long(MAX_CONST_OPERATORS));
    }
    Ok(())
}

fn longest_const_expression(wasm: &[u8]) -> Result<usize, BinaryReaderError> {
    let mut longest = 0;
    let mut measure = |expression: &ConstExpr| -> Result<(), BinaryReaderError> {
        longest = longest.max(operators(expression)?);
        Ok(())
    };
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::GlobalSection(section) => {
                for global in section {
                    measure(&global?.init_expr)?;
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    if let TableInit::Expr(expression) = table?.init {
                        measure(&expression)?;
                    }
                }
            }
            Payload::ElementSection(section) => {
                for element in section {
                    let element = element?;
                    if let ElementKind::Active { offset_expr, .. } = &element.kind {
                        measure(offset_expr)?;
                    }
                    if let ElementItems::Expressions(_, items) = element.items {
                        for item in items {
                            measure(&item?)?;
                        }
                    }
                }
            }
            Payload::DataSection(section) => {
                for data in section {
                    if let DataKind::Active { offset_expr, .. } = &data?.kind {
                        measure(offset_expr)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(longest)
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
