/**
 * JavaCPP and Stowage in one process: {@link dev.stowage.javacpp.JavaCppCore} gives a preset the
 * core that Stowage loaded, {@link dev.stowage.javacpp.JavaCppLayout} lets Stowage find natives in
 * a JAR of JavaCPP's layout.
 *
 * @since 0.1.0
 */
package dev.stowage.javacpp;
