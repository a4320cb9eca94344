package dev.stowage.loader;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a static, non-native method that a shim calls. It enters the contract: the generated header
 * resolves it once, when the shim is loaded. The annotation stays in the class file and is not
 * visible to reflection.
 *
 * @since 0.1.0
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Upcall {}
