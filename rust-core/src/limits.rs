//! Limits of one module: its own size, and the resources of its instance.

/// Longest module, in bytes: the limit of the WebAssembly JavaScript API, which the parser has too.
pub(crate) const MAX_MODULE_BYTES: usize = 1 << 30;
/// The maximum of `call_depth`: each nested call needs some words of heap that no other limit covers.
pub(crate) const MAX_CALL_DEPTH: u32 = 1_000_000;
/// The interpreter's own stack per running call, in bytes.
pub(crate) const MAX_STACK_BYTES: usize = 8 << 20;
/// Operators in one constant expression. The interpreter evaluates them recursively on the native stack, and
/// a Java thread may have a small one. Real modules have one to three.
pub(crate) const MAX_CONST_OPERATORS: usize = 64;
/// Parameters, and results, of one function: the WebAssembly JavaScript API's limit.
pub(crate) const MAX_FUNCTION_VALUES: usize = 1_000;
/// The largest maximum that a memory may declare; the number of bytes must fit into the interpreter's u64.
pub(crate) const MAX_MEMORY_PAGES: u64 = u64::MAX / PAGE_BYTES;
/// Bytes of a page; the sizes of memories are numbers of pages.
pub(crate) const PAGE_BYTES: u64 = 1 << 16;

/// Arguments, and environment variables, of a WASI program; adding one takes time proportional to the number
/// before it.
pub(crate) const MAX_WASI_TEXTS: usize = 10_000;

/// Default of `fuel` in swr_limits.
pub const SWR_DEFAULT_FUEL: u64 = 1_000_000_000;
/// Default of `memory_pages` in swr_limits: 256 MiB.
pub const SWR_DEFAULT_MEMORY_PAGES: u64 = 4096;
/// Default of `table_elements` in swr_limits: the WebAssembly JavaScript API's limit.
pub const SWR_DEFAULT_TABLE_ELEMENTS: u64 = 10_000_000;
/// Default of `call_depth` in swr_limits.
pub const SWR_DEFAULT_CALL_DEPTH: u32 = 10_000;

/// The limits of an instance. If one is exceeded, the text of the error names it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Fuel of each call and of the start function, in wasmi's units: about one per instruction, for memory
    /// operations by size. With 0 nothing can run.
    pub fuel: u64,
    /// Pages of 64 KiB of all memories of the instance together.
    pub memory_pages: u64,
    /// Elements of all tables of the instance together.
    pub table_elements: u64,
    /// Nested WebAssembly calls, at most 1,000,000. In addition, the values of all nested calls have at most
    /// 8 MiB.
    pub call_depth: u32,
}

/// The limits of a caller that passes none.
impl Default for Limits {
    fn default() -> Self {
        Limits {
            fuel: SWR_DEFAULT_FUEL,
            memory_pages: SWR_DEFAULT_MEMORY_PAGES,
            table_elements: SWR_DEFAULT_TABLE_ELEMENTS,
            call_depth: SWR_DEFAULT_CALL_DEPTH,
        }
    }
}
