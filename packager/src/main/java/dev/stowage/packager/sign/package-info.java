/**
 * Signs the macOS libraries inside packed JARs, and updates waybills and pins.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.sign;
