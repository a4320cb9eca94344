//! What one module may cost: its own size, its memories and tables, its constant expressions.

/// Longest module, in bytes: the limit of the WebAssembly JavaScript API, which the parser shares.
pub(crate) const MAX_MODULE_BYTES: usize = 1 << 30;
/// Memories and tables of one instance together, in bytes: 4096 pages of 64 KiB.
pub(crate) const MAX_INSTANCE_BYTES: usize = 4096 << 16;
/// Nested WebAssembly calls; they cost heap, not native stack.
pub(crate) const MAX_CALL_DEPTH: usize = 10_000;
/// The interpreter's own stack per running call, in bytes.
pub(crate) const MAX_STACK_BYTES: usize = 8 << 20;
/// Operators in one constant expression. The interpreter evaluates these recursively on the native
/// stack, of which a Java thread may have little; real modules have one to three.
pub(crate) const MAX_CONST_OPERATORS: usize = 64;
