//! Parses types in WebAssembly's text form, which [`types`](crate::types) and the describe buffer write.

use crate::limits::{MAX_FUNCTION_VALUES, MAX_MEMORY_PAGES};
use wasmi::{FuncType, GlobalType, MemoryType, Mutability, RefType, TableType, ValType};

/// Parses "(i32, i64) -> (f64)"; number types only.
pub(crate) fn function(text: &str) -> Option<FuncType> {
    let (params, results) = text.split_once(" -> ")?;
    Some(FuncType::new(list(params)?, list(results)?))
}

fn list(text: &str) -> Option<Vec<ValType>> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    if inner.is_empty() {
        return Some(Vec::new());
    }
    let types: Option<Vec<_>> = inner.split(", ").map(number).collect();
    // The interpreter panics on longer lists.
    types.filter(|types| types.len() <= MAX_FUNCTION_VALUES)
}

fn number(text: &str) -> Option<ValType> {
    match text {
        "i32" => Some(ValType::I32),
        "i64" => Some(ValType::I64),
        "f32" => Some(ValType::F32),
        "f64" => Some(ValType::F64),
        _ => None,
    }
}

/// Parses "i32" or "mut i32"; number types only.
pub(crate) fn global(text: &str) -> Option<GlobalType> {
    let (mutability, content) = match text.strip_prefix("mut ") {
        Some(content) => (Mutability::Var, content),
        None => (Mutability::Const, text),
    };
    Some(GlobalType::new(number(content)?, mutability))
}

/// Parses "funcref 1..10" or "i64 externref 1..".
pub(crate) fn table(text: &str) -> Option<TableType> {
    let (is_64, text) = index_type(text);
    let (element, range) = text.split_once(' ')?;
    let element = match element {
        "funcref" => RefType::Func,
        "externref" => RefType::Extern,
        _ => return None,
    };
    let (min, max) = limits(range)?;
    if is_64 {
        return Some(TableType::new64(element, min, max));
    }
    let max = max.map(u32::try_from).transpose().ok()?;
    Some(TableType::new(element, u32::try_from(min).ok()?, max))
}

/// Parses "1..16 pages" or "i64 1.. pages".
pub(crate) fn memory(text: &str) -> Option<MemoryType> {
    let (is_64, text) = index_type(text);
    let (min, max) = limits(text.strip_suffix(" pages")?)?;
    if max.is_some_and(|max| max > MAX_MEMORY_PAGES) {
        return None;
    }
    let mut ty = MemoryType::builder();
    ty.memory64(is_64).min(min).max(max);
    ty.build().ok()
}

fn index_type(text: &str) -> (bool, &str) {
    match text.strip_prefix("i64 ") {
        Some(text) => (true, text),
        None => (false, text),
    }
}

/// Parses "1..16" or "1..". The lower number must come first, because the interpreter panics otherwise.
fn limits(text: &str) -> Option<(u64, Option<u64>)> {
    let (min, max) = text.split_once("..")?;
    let min = min.parse().ok()?;
    let max = match max {
        "" => None,
        max => Some(max.parse().ok()?),
    };
    (max.is_none_or(|max| min <= max)).then_some((min, max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types;

    #[test]
    fn what_types_writes_is_read_back() {
        for text in ["() -> ()", "(i32, i64, f32, f64) -> (f64, i32)"] {
            assert_eq!(types::function(&function(text).expect(text)), text);
        }
        for text in ["i32", "mut f64"] {
            assert_eq!(types::wasmi_global(&global(text).expect(text)), text);
        }
        for text in [
            "funcref 1..10",
            "externref 0..",
            "i64 funcref 1..18446744073709551615",
        ] {
            assert_eq!(types::wasmi_table(&table(text).expect(text)), text);
        }
        for text in [
            "1..65536 pages",
            "0.. pages",
            "i64 1..281474976710655 pages",
        ] {
            assert_eq!(types::wasmi_memory(&memory(text).expect(text)), text);
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let many = format!("({}i32) -> ()", "i32, ".repeat(1000));
        for text in [
            "",
            "()",
            "() -> (",
            "(v128) -> ()",
            "(i32,i32) -> ()",
            " () -> ()",
            &many,
        ] {
            assert!(function(text).is_none(), "{text}");
        }
        for text in ["", "mut", "mut v128", "funcref", "mut mut i32"] {
            assert!(global(text).is_none(), "{text}");
        }
        for text in [
            "funcref",
            "funcref 2..1",
            "anyref 1..",
            "funcref 1",
            "funcref 1..4294967296",
        ] {
            assert!(table(text).is_none(), "{text}");
        }
        for text in [
            "1",
            "1..",
            "2..1 pages",
            "1..65537 pages",
            "1.. pages shared",
            "-1.. pages",
            "i64 1..281474976710656 pages",
        ] {
            assert!(memory(text).is_none(), "{text}");
        }
    }
}
