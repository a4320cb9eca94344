package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.wasm.WasmException.Code;
import dev.stowage.wasm.internal.FunctionalSignature;
import dev.stowage.wasm.internal.HostFunctions;
import dev.stowage.wasm.internal.RustNative;
import dev.stowage.wasm.internal.Utf8;
import dev.stowage.wasm.internal.WasmMessages;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * An exported function of an instance. {@link WasmInstance#function} finds it. It is usable until
 * the instance is closed. Immutable; may be called from any thread, by the rules of {@link
 * WasmInstance}.
 *
 * <pre>{@code
 * InstanceOptions options =
 *     InstanceOptions.defaults().withHost("host", "call", LongUnaryOperator.class, n -> 2 * n);
 * try (WasmInstance instance = WasmInstance.open(calculator, options)) {
 *   WasmFunction add = instance.function("add");
 *   System.out.println(add.type()); // (i64, i64) -> (i64)
 *   System.out.println(add.call(40, 2)[0]); // 42
 *   LongBinaryOperator typed = add.as(LongBinaryOperator.class);
 *   System.out.println(typed.applyAsLong(40, 2)); // 42
 *   System.out.println(add.callAsync(40, 2).thenApply(results -> results[0]).join()); // 42
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class WasmFunction {
  private final WasmInstance instance;
  private final String name;
  private final int number;
  private final FunctionType type;
  private final CancelToken token;

  private WasmFunction(
      WasmInstance instance, String name, int number, FunctionType type, CancelToken token) {
    this.instance = instance;
    this.name = name;
    this.number = number;
    this.type = type;
    this.token = token;
  }

  static WasmFunction find(WasmInstance instance, String name) {
    byte[] utf8 = Utf8.of("export name", name);
    int[] number = new int[1];
    byte[] type = RustNative.instanceFunction(instance, instance.handle(), utf8, number);
    FunctionType parsed = FunctionType.parse(new String(type, UTF_8));
    return new WasmFunction(instance, name, number[0], parsed, instance.token);
  }

  /** Returns the name it is exported under. */
  public String name() {
    return name;
  }

  /** Returns its parameters and results. */
  public FunctionType type() {
    return type;
  }

  /**
   * Returns this function with another token, which can cancel its calls. The caller closes the
   * token after the last call.
   *
   * @throws NullPointerException if {@code token} is null
   */
  public WasmFunction withCancelToken(CancelToken token) {
    Objects.requireNonNull(token, "token");
    return new WasmFunction(instance, name, number, type, token);
  }

  /**
   * Calls the function: waits until the instance is free, then until the call ends.
   *
   * @param slots one per parameter, see {@link ValueType}
   * @return one slot per result
   * @throws WasmException {@code WRONG_ARGUMENTS} for another number of slots; {@code TRAP}, {@code
   *     OUT_OF_FUEL}, {@code CALL_DEPTH}, {@code TOO_LARGE}, {@code EXIT}; {@code CANCELED}; {@code
   *     BUSY}, {@code CLOSED}, also for the token. Anything that a host function or an output
   *     stream throws is thrown as the same object
   * @throws NullPointerException if {@code slots} is null
   */
  public long[] call(long... slots) {
    return call(token, slots);
  }

  /**
   * Calls the function on a daemon thread of this library, which ends after one idle second.
   *
   * @return completes with what {@link #call} returns or throws. Its {@code cancel} stops the call;
   *     it does not interrupt the thread. Dependent stages do not pass {@code cancel} on to it
   */
  public CompletableFuture<long[]> callAsync(long... slots) {
    return async(null, slots);
  }

  /**
   * Calls the function on a thread of {@code executor}, otherwise like {@link #callAsync(long...)}.
   *
   * @param executor its threads wait while other calls of the instance run
   * @throws NullPointerException if {@code executor} is null
   */
  public CompletableFuture<long[]> callAsync(Executor executor, long... slots) {
    return async(Objects.requireNonNull(executor, "executor"), slots);
  }

  /**
   * Returns this function as an object of a functional interface.
   *
   * <p>{@code int} stands for {@code i32}, {@code long} for {@code i64}, {@code float} for {@code
   * f32}, {@code double} for {@code f64}, {@code void} for no result, {@code long[]} for any
   * results, as slots. Its default methods cannot be called; those of a method reference like
   * {@code add::applyAsLong} can.
   *
   * @param type like {@code LongBinaryOperator.class} or an interface of your own
   * @throws WasmException {@code WRONG_ARGUMENTS} if its types differ from the function's; the text
   *     has both; {@code INVALID_ARGUMENT} if it is not such an interface
   * @throws NullPointerException if {@code type} is null
   */
  public <T> T as(Class<T> type) {
    FunctionalSignature signature = FunctionalSignature.of(Objects.requireNonNull(type, "type"));
    if (!signature.fits(this.type)) {
      throw new WasmException(
          Code.WRONG_ARGUMENTS, WasmMessages.otherType(name, this.type, type, signature));
    }
    InvocationHandler handler = (proxy, method, args) -> invoke(signature, proxy, method, args);
    Class<?>[] interfaces = {type};
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), interfaces, handler));
  }

  /** Returns the name and the type. */
  @Override
  public String toString() {
    return name + " " + type;
  }

  private long[] call(CancelToken with, long[] slots) {
    Objects.requireNonNull(slots, "slots");
    long[] results = new long[type.results().size()];
    HostFunctions hosts = instance.hosts;
    RustNative.instanceCall(
        this,
        instance.handle(),
        number,
        slots,
        results,
        with == null ? 0 : with.rust(),
        hosts,
        hosts.callBuffer);
    return results;
  }

  private CompletableFuture<long[]> async(Executor executor, long[] slots) {
    long[] copy = slots.clone();
    return CancelToken.runAsync(executor, token, with -> call(with, copy));
  }

  private Object invoke(FunctionalSignature signature, Object proxy, Method method, Object[] args) {
    if (method.getDeclaringClass() == Object.class) {
      switch (method.getName()) {
        case "equals":
          return proxy == args[0];
        case "hashCode":
          return System.identityHashCode(proxy);
        default:
          return toString();
      }
    }
    if (method.isDefault()) {
      throw new UnsupportedOperationException(WasmMessages.defaultMethod(method));
    }
    return signature.result(call(signature.slots(args)));
  }
}
