package dev.stowage.wasm.internal;

import dev.stowage.wasm.FunctionType;
import dev.stowage.wasm.ValueType;
import java.lang.reflect.Method;
import java.util.Locale;

/** The error texts of the Java side; the others come from the cores. */
public final class WasmMessages {
  private WasmMessages() {}

  public static String noText(int status) {
    return "the native core failed with status " + status + " and no text";
  }

  public static String loneSurrogate(String what, int found, int index) {
    return what
        + ": lone surrogate U+"
        + Integer.toHexString(found).toUpperCase(Locale.ROOT)
        + " at index "
        + index
        + "; only valid Unicode can be passed to native code";
  }

  public static String negative(String what, long value) {
    return what + ": " + value + " is negative";
  }

  public static String noValueType(String name) {
    return "'" + name + "' is not a number type; use i32, i64, f32 or f64";
  }

  public static String noFunctionType(String text) {
    return "'" + text + "' is not a function type; write it like (i32, f64) -> (i64)";
  }

  public static String notOfType(Object value, ValueType type) {
    String found = value == null ? "null" : value + " (" + value.getClass().getName() + ")";
    return found + " is not an " + type + "; give a " + type.fromSlot(0).getClass().getName();
  }

  public static String noNumber(String text, ValueType type) {
    return "'" + text + "' is not an " + type;
  }

  public static String outOfRange(String text, ValueType type) {
    return "'" + text + "' is out of range for " + type;
  }

  public static String noFunctionalInterface(Class<?> type) {
    return type.getName() + " is not an interface with a single abstract method";
  }

  public static String noWasmType(Class<?> type, String method, Class<?> java) {
    return type.getName()
        + "."
        + method
        + " has type "
        + java.getName()
        + ", which has no WebAssembly type; use int, long, float or double, and void or long[] for the"
        + " result";
  }

  public static String hostWithoutResultTypes(Class<?> type) {
    return type.getName()
        + " returns long[], which leaves the types of the results open; call withHost with a"
        + " FunctionType";
  }

  public static String inaccessible(Class<?> type) {
    return type.getName()
        + " cannot be called from dev.stowage.wasm; make it public and open its module";
  }

  public static String otherType(
      String name, FunctionType function, Class<?> type, FunctionalSignature signature) {
    return "function '"
        + name
        + "' is "
        + function
        + ", but "
        + type.getName()
        + " is "
        + signature;
  }

  public static String defaultMethod(Method method) {
    return "default method "
        + method.getName()
        + " cannot be called on a bound function; call it on a method reference like bound::apply";
  }

  public static String wrongResults(ImportValue called, FunctionType type, int given) {
    return "host function '"
        + called
        + "' is "
        + type
        + ": it must return "
        + type.results().size()
        + " slots, not "
        + given;
  }

  public static String outOfBounds(String memory, long offset, int length, long size) {
    return "memory '"
        + memory
        + "' has "
        + size
        + " bytes, so "
        + length
        + " bytes at offset "
        + offset
        + " are out of bounds";
  }

  public static String viewTooLarge() {
    return "the memory is larger than a ByteBuffer can be (2147483647 bytes); use read and write";
  }

  public static String foreignFileSystem(String what, Object path) {
    return what
        + " '"
        + path
        + "' is not in the default file system; native code can open only files of the operating system";
  }

  public static String badRecord(String what, String reason, int at) {
    return what + " from the native core cannot be read: " + reason + " at byte " + at;
  }

  public static String recordTooLong() {
    return "the arguments of one call must fit into one Java array (2147483639 bytes)";
  }

  public static String tokenClosed() {
    return "the cancel token is closed; keep it open until the last call with it has begun";
  }

  public static String badTimeout(Object timeout) {
    return "timeout " + timeout + " must be positive and less than 292 million years";
  }

  public static String badPassword() {
    return "the password holds a lone surrogate, which UTF-8 cannot encode";
  }
}
