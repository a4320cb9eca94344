/**
 * Signs the macOS libraries inside packed JARs, and brings waybill and pins up to date.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.resign;
