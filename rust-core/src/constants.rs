//! Constant expressions, measured before the interpreter evaluates them.

use crate::limits::MAX_CONST_OPERATORS;
use crate::messages;
use crate::status::Failure;
use wasmparser::{
    BinaryReaderError, ConstExpr, DataKind, ElementItems, ElementKind, Parser, Payload, TableInit,
};

/// Refuses modules with constant expressions that are too long to be evaluated recursively.
pub(crate) fn check(wasm: &[u8]) -> Result<(), Failure> {
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
