//! The Rust core of stowage-wasm: validate, describe and run WebAssembly modules behind a C ABI.
//!
//! [`exports`] is the whole public surface; its doc comments become `include/stowage_wasm_rust.h`.
//! Below it, one concept per file, in one direction: `exports` -> `memory` -> `instance` -> `machine` ->
//! `imports`, `names`, `run`, `start`, `extremes` -> `wasi` -> `running` -> `budget`, `token`, `host`;
//! beside them `describe` -> `scan` -> `operators` -> `features`, and `digest`, `probe`; all of them use
//! `input`, `records`, `parse`, `types`, `values`, `handles`, `lock`, `panic` -> `messages` -> `limits`,
//! `status`, `buffer`, `account`.

// The tests are one long unsafe caller; the reasons belong to this side of the boundary.
#![deny(clippy::undocumented_unsafe_blocks)]

mod account;
mod budget;
mod buffer;
mod describe;
mod digest;
mod exports;
mod extremes;
mod features;
mod handles;
mod host;
mod imports;
mod input;
mod instance;
mod limits;
mod lock;
mod machine;
mod memory;
mod messages;
mod names;
mod operators;
mod panic;
mod parse;
mod probe;
mod records;
mod run;
mod running;
mod scan;
mod start;
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
// For examples/beside.rs, which compares with the interpreter alone.
#[doc(hidden)]
pub use machine::engine;
pub use status::*;
