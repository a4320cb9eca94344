package dev.stowage.wasm;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A functional interface seen as a WebAssembly function: {@code int} is i32, {@code long} i64,
 * {@code float} f32, {@code double} f64, {@code void} no result, {@code long[]} any results, as
 * slots.
 */
final class Shape {
  private final Method method;
  private final FunctionType type;

  private Shape(Method method, FunctionType type) {
    this.method = method;
    this.type = type;
  }

  /**
   * The shape of an interface.
   *
   * @throws WasmException {@code INVALID_ARGUMENT} if it is no functional interface or its types
   *     are others than above
   */
  static Shape of(Class<?> type) {
    Method method = single(type);
    List<ValueType> parameters = new ArrayList<ValueType>();
    for (Class<?> parameter : method.getParameterTypes()) {
      parameters.add(valueType(type, method, parameter));
    }
    Class<?> result = method.getReturnType();
    if (result == long[].class) {
      return new Shape(method, FunctionType.of(parameters, Collections.<ValueType>emptyList()));
    }
    List<ValueType> results =
        result == void.class
            ? Collections.<ValueType>emptyList()
            : Collections.singletonList(valueType(type, method, result));
    return new Shape(method, FunctionType.of(parameters, results));
  }

  /** The single abstract method. */
  Method method() {
    return method;
  }

  /** The type; without results if {@link #returnsSlots}. */
  FunctionType type() {
    return type;
  }

  /** Whether it returns {@code long[]}, for any number of results. */
  boolean returnsSlots() {
    return method.getReturnType() == long[].class;
  }

  /** Whether a function of that type can be seen as this interface. */
  boolean fits(FunctionType function) {
    return type.parameters().equals(function.parameters())
        && (returnsSlots() || type.results().equals(function.results()));
  }

  @Override
  public String toString() {
    return returnsSlots() ? type.toString().replace("-> ()", "-> long[]") : type.toString();
  }

  /** Slots of boxed arguments. */
  long[] slots(Object[] values) {
    long[] slots = new long[type.parameters().size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = type.parameters().get(i).toSlot(values[i]);
    }
    return slots;
  }

  /** What the interface's method returns for these results. */
  Object result(long[] slots) {
    if (returnsSlots()) {
      return slots;
    }
    return slots.length == 0 ? null : type.results().get(0).fromSlot(slots[0]);
  }

  /** A host function that calls {@code target}, which implements the interface. */
  HostFunction host(Object target) {
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
      throw Shape.<RuntimeException>unchanged(e.getCause());
    } catch (IllegalAccessException e) {
      throw Failures.invalid(Messages.inaccessible(method.getDeclaringClass()));
    }
  }

  /** Throws what the compiler would have us declare. */
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
            throw Failures.invalid(Messages.noFunctionalInterface(type));
          }
          found = method;
        }
      }
    }
    if (found == null) {
      throw Failures.invalid(Messages.noFunctionalInterface(type));
    }
    return accessible(found);
  }

  /** An interface need not be public, unless a module hides it. */
  private static Method accessible(Method method) {
    try {
      method.setAccessible(true);
    } catch (RuntimeException e) {
      // Java 9's InaccessibleObjectException: a public interface needs no such permission, and for
      // another one the call says so.
      return method;
    }
    return method;
  }

  private static boolean sameSignature(Method one, Method other) {
    return one.getName().equals(other.getName())
        && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
  }

  /** {@code Comparator} declares equals: that is no second method. */
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
    throw Failures.invalid(Messages.noWasmType(type, method.getName(), java));
  }
}
