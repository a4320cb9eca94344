/**
 * How libraries of each executable format are linked: flags, export lists, stubs of a platform's
 * own libraries.
 */
package dev.stowage.packager.linking;
