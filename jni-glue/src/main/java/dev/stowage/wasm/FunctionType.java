package dev.stowage.wasm;

import dev.stowage.wasm.internal.WasmErrors;
import dev.stowage.wasm.internal.WasmMessages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parameters and results of a function, like {@code (i32, f64) -> (i64)}. Immutable.
 *
 * <pre>{@code
 * FunctionType type = FunctionType.parse("(i32, f64) -> (i64)");
 * System.out.println(type.parameters().size()); // 2
 * System.out.println(type.equals(FunctionType.of(type.parameters(), type.results()))); // true
 * }</pre>
 *
 * @since 0.1.0
 */
public final class FunctionType {
  private static final Pattern TEXT = Pattern.compile("\\s*\\((.*)\\)\\s*->\\s*\\((.*)\\)\\s*");

  private final List<ValueType> parameters;
  private final List<ValueType> results;

  private FunctionType(List<ValueType> parameters, List<ValueType> results) {
    this.parameters = Collections.unmodifiableList(new ArrayList<ValueType>(parameters));
    this.results = Collections.unmodifiableList(new ArrayList<ValueType>(results));
  }

  /**
   * Returns the type with these parameters and results.
   *
   * @throws NullPointerException if a list is null
   */
  public static FunctionType of(List<ValueType> parameters, List<ValueType> results) {
    return new FunctionType(
        Objects.requireNonNull(parameters, "parameters"),
        Objects.requireNonNull(results, "results"));
  }

  /**
   * Reads WebAssembly's text form, as {@link ModuleDescription} shows it. Blanks do not count.
   *
   * @param text like {@code (i32, f64) -> (i64)} or {@code () -> ()}
   * @throws WasmException {@code INVALID_ARGUMENT} if it has another form or names another type
   * @throws NullPointerException if {@code text} is null
   */
  public static FunctionType parse(String text) {
    Matcher parts = TEXT.matcher(Objects.requireNonNull(text, "text"));
    if (!parts.matches()) {
      throw WasmErrors.invalid(WasmMessages.noFunctionType(text));
    }
    return new FunctionType(types(parts.group(1)), types(parts.group(2)));
  }

  private static List<ValueType> types(String text) {
    List<ValueType> types = new ArrayList<ValueType>();
    if (!text.trim().isEmpty()) {
      for (String name : text.split(",", -1)) {
        types.add(ValueType.of(name.trim()));
      }
    }
    return types;
  }

  /** Returns the types of the parameters; cannot be changed. */
  public List<ValueType> parameters() {
    return parameters;
  }

  /** Returns the types of the results; cannot be changed. */
  public List<ValueType> results() {
    return results;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FunctionType
        && parameters.equals(((FunctionType) other).parameters)
        && results.equals(((FunctionType) other).results);
  }

  @Override
  public int hashCode() {
    return 31 * parameters.hashCode() + results.hashCode();
  }

  /** Returns the text form, which {@link #parse} reads. */
  @Override
  public String toString() {
    return text(parameters) + " -> " + text(results);
  }

  private static String text(List<ValueType> types) {
    return types.stream().map(ValueType::toString).collect(Collectors.joining(", ", "(", ")"));
  }
}
