/**
 * JavaCPP and Stowage in one process: {@link dev.stowage.javacpp.JavaCppCore} makes a preset use
 * the core that Stowage loaded, {@link dev.stowage.javacpp.JavaCppLayout} makes Stowage find native
 * libraries in a JAR with JavaCPP's layout.
 *
 * @since 0.1.0
 */
package dev.stowage.javacpp;
