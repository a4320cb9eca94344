package dev.stowage.packager.compile;

import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Result;

/**
 * One library after a build.
 *
 * @param target classifier
 * @param binding the binding's name
 * @param role core or shim
 * @param upToDate true if nothing had to be compiled
 * @param result its record
 * @since 0.1.0
 */
public record CompiledLibrary(
    String target, String binding, Role role, boolean upToDate, Result result) {}
