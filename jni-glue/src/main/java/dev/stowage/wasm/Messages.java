package dev.stowage.wasm;

import java.lang.reflect.Method;
import java.util.Locale;

/** Every sentence this package says itself; the rest comes from the cores. */
final class Messages {
  private Messages() {}

  static String noText(int status) {
    return "the native core failed with status " + status + " and gave no text";
  }

  static String loneSurrogate(String what, int found, int index) {
    return what
        + ": lone surrogate U+"
        + Integer.toHexString(found).toUpperCase(Locale.ROOT)
        + " at index "
        + index
        + "; a Java string crosses into native code only if it is valid Unicode";
  }

  static String negative(String what, long value) {
    return what + ": " + value + " is negative";
  }

  static String noValueType(String name) {
    return "'" + name + "' is no number type; there are i32, i64, f32 and f64";
  }

  static String noFunctionType(String text) {
    return "'" + text + "' is no function type; write it like (i32, f64) -> (i64)";
  }

  static String notOfType(Object value, ValueType type) {
    String found = value == null ? "null" : value + " (" + value.getClass().getName() + ")";
    return found + " is no " + type + ", which is " + type.fromSlot(0).getClass().getName();
  }

  static String noNumber(String text, ValueType type) {
    return "'" + text + "' is no " + type;
  }

  static String outOfRange(String text, ValueType type) {
    return "'" + text + "' is out of range for " + type;
  }

  static String noFunctionalInterface(Class<?> type) {
    return type.getName() + " is no interface with a single abstract method";
  }

  static String noWasmType(Class<?> type, String method, Class<?> java) {
    return type.getName()
        + "."
        + method
        + " has type "
        + java.getName()
        + ", which WebAssembly has not; there are int, long, float, double, and as a result void and"
        + " long[]";
  }

  static String hostWithoutResultTypes(Class<?> type) {
    return type.getName()
        + " returns long[], which does not say the types of the results; offer it with a"
        + " FunctionType";
  }

  static String inaccessible(Class<?> type) {
    return type.getName() + " cannot be called from here; make it public, and open its module";
  }

  static String otherType(String name, FunctionType function, Class<?> type, Shape shape) {
    return "function '" + name + "' is " + function + ", " + type.getName() + " is " + shape;
  }

  static String defaultMethod(Method method) {
    return "a bound function has no "
        + method.getName()
        + "; write bound::apply or the like, which has";
  }

  static String wrongResults(Provided called, FunctionType type, int given) {
    return "host function '"
        + called
        + "' is "
        + type
        + " and must return "
        + type.results().size()
        + " slots, not "
        + given;
  }

  static String outOfBounds(String memory, long offset, int length, long size) {
    return "memory '"
        + memory
        + "' has "
        + size
        + " bytes; "
        + length
        + " at offset "
        + offset
        + " are not among them";
  }

  static String viewTooLarge() {
    return "a view is a ByteBuffer, which holds 2147483647 bytes at most; use read and write";
  }

  static String foreignFileSystem(String what, Object path) {
    return what
        + " '"
        + path
        + "' is not in the default file system; native code can only open files of the operating system";
  }

  static String badRecord(String what, String reason, int at) {
    return what + " from the native core cannot be read: " + reason + " at byte " + at;
  }

  static String recordTooLong() {
    return "arguments of one call must fit into one Java array, 2147483639 bytes";
  }

  static String tokenClosed() {
    return "the cancel token is closed; keep it open until the last call with it has begun";
  }

  static String badTimeout(Object timeout) {
    return "timeout " + timeout + " is not above zero and below 292 million years";
  }

  static String badPassword() {
    return "the password holds a lone surrogate; it has no form in UTF-8";
  }
}
