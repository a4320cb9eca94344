//! The Rust core of stowage-wasm: validate, describe and run WebAssembly modules behind a C ABI.
//!
//! [`exports`] is the whole public surface; its doc comments become `include/stowage_wasm_rust.h`.
//! Below it, one concept per file, in one direction: `exports` -> `instance`, `describe`, `digest`,
//! `probe` -> `budget`, `handles`, `panic`, `input` -> `messages` -> `limits`, `status`, `buffer`,
//! `account`.

// The tests are one long unsafe caller; the reasons belong to this side of the boundary.
#![deny(clippy::undocumented_unsafe_blocks)]

mod account;
mod budget;
mod buffer;
mod describe;
mod digest;
mod exports;
mod handles;
mod input;
mod instance;
mod limits;
mod lock;
mod messages;
mod panic;
mod probe;
mod status;
mod types;

pub use buffer::Buffer;
pub use exports::*;
pub use instance::{Host, HostFn};
pub use status::*;
