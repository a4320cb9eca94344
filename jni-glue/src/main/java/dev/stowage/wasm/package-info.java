/**
 * Pull, check and run WebAssembly modules. Start at {@link dev.stowage.wasm.Wasm}, {@link
 * dev.stowage.wasm.WasmInstance} or {@link dev.stowage.wasm.WasmRegistry}.
 *
 * <p>The first call into each core loads its native code and throws {@code
 * dev.stowage.loader.StowageLinkError} if that fails; so does each later one, with the same full
 * text.
 */
package dev.stowage.wasm;
