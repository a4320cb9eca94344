//! What one module may cost: its own size, and what its instance may use.

/// Longest module, in bytes: the limit of the WebAssembly JavaScript API, which the parser shares.
pub(crate) const MAX_MODULE_BYTES: usize = 1 << 30;
/// The most that `call_depth` may be: each nested call needs some words of heap that nothing else counts.
pub(crate) const MAX_CALL_DEPTH: u32 = 1_000_000;
/// The interpreter's own stack per running call, in bytes.
pub(crate) const MAX_STACK_BYTES: usize = 8 << 20;
/// Operators in one constant expression. The interpreter evaluates these recursively on the native
/// stack, of which a Java thread may have little; real modules have one to three.
pub(crate) const MAX_CONST_OPERATORS: usize = 64;
/// Parameters, and results, of one function: the WebAssembly JavaScript API's limit.
pub(crate) const MAX_FUNCTION_VALUES: usize = 1_000;
/// The largest maximum that a memory may declare; its bytes must fit the interpreter's u64.
pub(crate) const MAX_MEMORY_PAGES: u64 = u64::MAX / PAGE_BYTES;
/// Bytes of a page, by which memories are measured.
pub(crate) const PAGE_BYTES: u64 = 1 << 16;

/// Arguments, and environment variables, of a WASI program: adding one costs time for each before it.
pub(crate) const MAX_WASI_TEXTS: usize = 10_000;

/// Of swr_limits, where it is NULL.
pub const SWR_DEFAULT_FUEL: u64 = 1_000_000_000;
/// Of swr_limits, where it is NULL: 256 MiB.
pub const SWR_DEFAULT_MEMORY_PAGES: u64 = 4096;
/// Of swr_limits, where it is NULL: the WebAssembly JavaScript API's limit.
pub const SWR_DEFAULT_TABLE_ELEMENTS: u64 = 10_000_000;
/// Of swr_limits, where it is NULL.
pub const SWR_DEFAULT_CALL_DEPTH: u32 = 10_000;

/// What an instance may use. Where it goes beyond, the text of the error names the limit.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of each call, and of the start function, in wasmi's units: about one per instruction, memory
    /// operations by size. 0 lets nothing run.
    pub fuel: u64,
    /// All memories of the instance together, in pages of 64 KiB.
    pub memory_pages: u64,
    /// All tables of the instance together, in elements.
    pub table_elements: u64,
    /// Nested WebAssembly calls, at most 1,000,000. The values of all nested calls
    /// have 8 MiB, whatever this is.
    pub call_depth: u32,
}

/// The limits of a caller that gives none.
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
