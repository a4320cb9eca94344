/**
 * The internals of {@code dev.stowage.wasm}: the native classes, the records that they exchange
 * with the cores, and helpers of several API classes. Its classes are public for the API's package
 * only; they are not part of the API and may change with every version.
 */
package dev.stowage.wasm.internal;
