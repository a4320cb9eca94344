//! Formats types in WebAssembly's text form, for the describe buffer and for messages.

use std::fmt::{Display, Write};
use wasmparser::{GlobalType, MemoryType, TableType, ValType};

/// Formats "(i64, i64) -> (i64)".
pub(crate) fn signature<T: Display>(
    params: impl IntoIterator<Item = T>,
    results: impl IntoIterator<Item = T>,
) -> String {
    let mut text = String::new();
    list(&mut text, params);
    text.push_str(" -> ");
    list(&mut text, results);
    text
}

fn list<T: Display>(text: &mut String, items: impl IntoIterator<Item = T>) {
    text.push('(');
    for (i, item) in items.into_iter().enumerate() {
        let comma = if i == 0 { "" } else { ", " };
        let _ = write!(text, "{comma}{item}"); // writing to a String cannot fail
    }
    text.push(')');
}

/// Formats a function type of the interpreter, whose value types have no text form.
pub(crate) fn function(ty: &wasmi::FuncType) -> String {
    let names = |types: &[wasmi::ValType]| types.iter().map(|t| value(*t)).collect::<Vec<_>>();
    signature(names(ty.params()), names(ty.results()))
}

fn value(ty: wasmi::ValType) -> &'static str {
    match ty {
        wasmi::ValType::I32 => "i32",
        wasmi::ValType::I64 => "i64",
        wasmi::ValType::F32 => "f32",
        wasmi::ValType::F64 => "f64",
        wasmi::ValType::V128 => "v128",
        wasmi::ValType::FuncRef => "funcref",
        wasmi::ValType::ExternRef => "externref",
    }
}

/// Formats the other types of the interpreter like those of the parser below.
pub(crate) fn wasmi_global(ty: &wasmi::GlobalType) -> String {
    let mutable = if ty.mutability().is_mut() { "mut " } else { "" };
    format!("{mutable}{}", value(ty.content()))
}

pub(crate) fn wasmi_table(ty: &wasmi::TableType) -> String {
    let element = match ty.element() {
        wasmi::RefType::Func => "funcref",
        wasmi::RefType::Extern => "externref",
    };
    let range = range(ty.minimum(), ty.maximum());
    format!("{}{element} {range}", index_prefix(ty.is_64()))
}

pub(crate) fn wasmi_memory(ty: &wasmi::MemoryType) -> String {
    let range = range(ty.minimum(), ty.maximum());
    format!("{}{range} pages", index_prefix(ty.is_64()))
}

/// Formats "func (i64) -> (i64)", "memory 1..16 pages".
pub(crate) fn external(ty: &wasmi::ExternType) -> String {
    match ty {
        wasmi::ExternType::Func(ty) => format!("func {}", function(ty)),
        wasmi::ExternType::Table(ty) => format!("table {}", wasmi_table(ty)),
        wasmi::ExternType::Memory(ty) => format!("memory {}", wasmi_memory(ty)),
        wasmi::ExternType::Global(ty) => format!("global {}", wasmi_global(ty)),
    }
}

/// Formats "funcref 1..10", "i64 funcref 1..".
pub(crate) fn table(ty: &TableType) -> String {
    let index = index_prefix(ty.table64);
    let shared = if ty.shared { " shared" } else { "" };
    let range = range(ty.initial, ty.maximum);
    format!("{index}{} {range}{shared}", ty.element_type)
}

/// Formats "1..16 pages", "1.. pages", "i64 1..16 pages shared".
pub(crate) fn memory(ty: &MemoryType) -> String {
    let mut text = format!(
        "{}{} pages",
        index_prefix(ty.memory64),
        range(ty.initial, ty.maximum)
    );
    if let Some(log2) = ty.page_size_log2 {
        let _ = write!(text, " of 2^{log2} bytes"); // writing to a String cannot fail
    }
    if ty.shared {
        text.push_str(" shared");
    }
    text
}

/// Formats "i32", "mut i32".
pub(crate) fn global(ty: &GlobalType) -> String {
    let shared = if ty.shared { "shared " } else { "" };
    let mutable = if ty.mutable { "mut " } else { "" };
    format!("{shared}{mutable}{}", ty.content_type)
}

/// i32 is the default index type, as in the text format.
fn index_prefix(is_64: bool) -> String {
    if is_64 {
        format!("{} ", ValType::I64)
    } else {
        String::new()
    }
}

fn range(initial: u64, maximum: Option<u64>) -> String {
    match maximum {
        Some(maximum) => format!("{initial}..{maximum}"),
        None => format!("{initial}.."),
    }
}
