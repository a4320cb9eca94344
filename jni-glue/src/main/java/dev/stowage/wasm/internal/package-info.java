/**
 * The inside of {@code dev.stowage.wasm}: the native classes, what crosses between them and the
 * cores, and what several API classes share. Its classes are public for the API's package only;
 * they are not part of the API and may change with every version.
 */
package dev.stowage.wasm.internal;
