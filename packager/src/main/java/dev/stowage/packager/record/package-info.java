/**
 * The records that the packager writes and reads again (plan, result, waybill, debug index), their
 * JSON, digests and places. {@code docs/formats.md} describes each format.
 *
 * @since 0.1.0
 */
package dev.stowage.packager.record;
