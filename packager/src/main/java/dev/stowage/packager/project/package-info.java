/**
 * What {@code stowage.toml} describes: the project, its bindings and their libraries. Depends on
 * nothing else of the packager but messages.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.project;
