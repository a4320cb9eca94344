package dev.stowage.wasm.internal;

import dev.stowage.wasm.FunctionType;
import dev.stowage.wasm.HostFunction;
import dev.stowage.wasm.ValueType;
import dev.stowage.wasm.WasmException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The WebAssembly type of a Java functional interface: {@code int} is i32, {@code long} is i64,
 * {@code float} is f32, {@code double} is f64, {@code void} means no result, and {@code long[]} is
 * any number of results, as slots.
 */
public final class FunctionalSignature {
  private final Method method;
  private final FunctionType type;

  private FunctionalSignature(Method method, FunctionType type) {
    this.method = method;
    this.type = type;
  }

  /**
   * Returns the signature of an interface.
   *
   * @throws WasmException {@code INVALID_ARGUMENT} if it is not a functional interface or has types
   *     other than the ones above
   */
  public static FunctionalSignature of(Class<?> type) {
    Method method = single(type);
    List<ValueType> parameters = new ArrayList<ValueType>();
    for (Class<?> parameter : method.getParameterTypes()) {
      parameters.add(valueType(type, method, parameter));
    }
    Class<?> result = method.getReturnType();
    if (result == long[].class) {
      return new FunctionalSignature(
          method, FunctionType.of(parameters, Collections.<ValueType>emptyList()));
    }
    List<ValueType> results =
        result == void.class
            ? Collections.<ValueType>emptyList()
            : Collections.singletonList(valueType(type, method, result));
    return new FunctionalSignature(method, FunctionType.of(parameters, results));
  }

  /** Returns the type, without results if {@link #returnsSlots}. */
  public FunctionType type() {
    return type;
  }

  /** Whether the method returns {@code long[]}. */
  public boolean returnsSlots() {
    return method.getReturnType() == long[].class;
  }

  /** Whether a function of that type can be called through this interface. */
  public boolean fits(FunctionType function) {
    return type.parameters().equals(function.parameters())
        && (returnsSlots() || type.results().equals(function.results()));
  }

  @Override
  public String toString() {
    return returnsSlots() ? type.toString().replace("-> ()", "-> long[]") : type.toString();
  }

  /** Returns the slots of boxed arguments. */
  public long[] slots(Object[] values) {
    long[] slots = new long[type.parameters().size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = type.parameters().get(i).toSlot(values[i]);
    }
    return slots;
  }

  /** Returns what the interface's method returns for these results. */
  public Object result(long[] slots) {
    if (returnsSlots()) {
      return slots;
    }
    return slots.length == 0 ? null : type.results().get(0).fromSlot(slots[0]);
  }

  /** Returns a host function that calls {@code target}, which implements the interface. */
  public HostFunction host(Object target) {
    Object[] none = new Object[0];
    return (instance, slots) -> {
      Object[] values = slots.length == 0 ? none : new Object[slots.length];
      for (int i = 0; i < slots.length; i++) {
        values[i] = type.parameters().get(i).fromSlot(slots[i]);
      }
      Object result = invoke(target, values);
      return type.results().isEmpty()
          ? new long[0]
          : new long[] {type.results().get(0).toSlot(result)};
    };
  }

  private Object invoke(Object target, Object[] values) {
    try {
      return method.invoke(target, values);
    } catch (InvocationTargetException e) {
      throw FunctionalSignature.<RuntimeException>unchanged(e.getCause());
    } catch (IllegalAccessException e) {
      throw WasmErrors.invalid(WasmMessages.inaccessible(method.getDeclaringClass()));
    }
  }

  /** Lets a checked exception pass without a declaration. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchanged(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private static Method single(Class<?> type) {
    Method found = null;
    if (type.isInterface()) {
      for (Method method : type.getMethods()) {
        if (Modifier.isAbstract(method.getModifiers()) && !isObjects(method)) {
          if (found != null && !sameSignature(found, method)) {
            throw WasmErrors.invalid(WasmMessages.noFunctionalInterface(type));
          }
          found = method;
        }
      }
    }
    if (found == null) {
      throw WasmErrors.invalid(WasmMessages.noFunctionalInterface(type));
    }
    return accessible(found);
  }

  /** Allows calls through an interface that is not public; a module may forbid it. */
  private static Method accessible(Method method) {
    try {
      method.setAccessible(true);
    } catch (RuntimeException e) {
      // InaccessibleObjectException of Java 9 and newer. A public interface needs no permission;
      // for
      // another one invoke reports the error.
      return method;
    }
    return method;
  }

  private static boolean sameSignature(Method one, Method other) {
    return one.getName().equals(other.getName())
        && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
  }

  /** An interface may declare methods of Object, as {@code Comparator} does: they do not count. */
  private static boolean isObjects(Method method) {
    try {
      Method object = Object.class.getMethod(method.getName(), method.getParameterTypes());
      return Modifier.isPublic(object.getModifiers());
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private static ValueType valueType(Class<?> type, Method method, Class<?> java) {
    if (java == int.class) {
      return ValueType.I32;
    }
    if (java == long.class) {
      return ValueType.I64;
    }
    if (java == float.class) {
      return ValueType.F32;
    }
    if (java == double.class) {
      return ValueType.F64;
    }
    throw WasmErrors.invalid(WasmMessages.noWasmType(type, method.getName(), java));
  }
}
