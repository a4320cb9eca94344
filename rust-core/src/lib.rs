//! The Rust core of stowage-wasm: validate, describe and run WebAssembly modules behind a C ABI.
//!
//! [`exports`] is the whole public surface; its doc comments become `include/stowage_wasm_rust.h`.
//! Below it, each file has one concept, and dependencies go one way: `exports` -> `memory` -> `instance` ->
//! `engine` -> `imports`, `exports_table`, `call`, `start_function`, `limits_check` -> `wasi` -> `call_state`
//! -> `budget`, `token`, `host`. Beside them: `describe` -> `scan` -> `operators` -> `features`; `digest`;
//! `probe`. All of them use `input`, `records`, `parse_types`, `types`, `values`, `handles`, `lock`, `panic` ->
//! `messages` -> `limits`, `status`, `buffer`, `memory_stats`.

// The tests call the exports as a foreign caller does; their `unsafe` blocks need no reasons.
#![deny(clippy::undocumented_unsafe_blocks)]

mod budget;
mod buffer;
mod call;
mod call_state;
mod describe;
mod digest;
mod engine;
mod exports;
mod exports_table;
mod features;
mod handles;
mod host;
mod imports;
mod input;
mod instance;
mod limits;
mod limits_check;
mod lock;
mod memory;
mod memory_stats;
mod messages;
mod operators;
mod panic;
mod parse_types;
mod probe;
mod records;
mod scan;
mod start_function;
mod status;
mod token;
mod types;
mod values;
mod wasi;

pub use buffer::Buffer;
pub use exports::*;
pub use host::{Host, HostFn, OutputFn, ViewFn};
pub use limits::{
    Limits, SWR_DEFAULT_CALL_DEPTH, SWR_DEFAULT_FUEL, SWR_DEFAULT_MEMORY_PAGES,
    SWR_DEFAULT_TABLE_ELEMENTS,
};
// For examples/beside.rs, the baseline without this core around the interpreter.
#[doc(hidden)]
pub use engine::wasmi_engine;
pub use status::*;
