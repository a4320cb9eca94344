/**
 * The content of {@code stowage.toml}: the project, its bindings and their libraries. Depends only
 * on {@code message}.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.project;
