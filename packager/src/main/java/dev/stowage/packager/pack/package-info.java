/**
 * Packs verified libraries: waybills, pins, classifier JARs, debug JARs and SDKs.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.pack;
