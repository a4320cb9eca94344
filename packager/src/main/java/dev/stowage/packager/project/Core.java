package dev.stowage.packager.project;

import java.nio.file.Path;

/**
 * The core of a binding, as {@code stowage.toml} describes it.
 *
 * @param language Rust or Go
 * @param directory the Cargo package or workspace, or the Go module; absolute
 * @param artifact the crate's name (Rust) or the main package relative to the module (Go)
 * @param header the ABI header, committed; absolute
 * @since 0.1.0
 */
public record Core(Language language, Path directory, String artifact, Path header) {}
