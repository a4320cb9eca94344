/** The build doctor, which reports what this machine can build, and the table of targets. */
package dev.stowage.packager.doctor;
