package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.wasm.internal.RustNative;
import dev.stowage.wasm.internal.Utf8;

/**
 * A global variable or constant of an instance. {@link WasmInstance#global} finds it. It is usable
 * until the instance is closed, from any thread, like {@link WasmMemory}.
 *
 * <pre>{@code
 * InstanceOptions options = InstanceOptions.defaults().withGlobal("env", "base", "mut i32", 7);
 * try (WasmInstance instance = WasmInstance.open(counter, options)) {
 *   WasmGlobal base = instance.global("env.base");
 *   base.set(-8);
 *   System.out.println(base.type().format(base.get())); // -8
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class WasmGlobal {
  private static final String MUTABLE = "mut ";

  private final WasmInstance instance;
  private final String name;
  private final byte[] utf8;
  private final boolean mutable;
  private final ValueType type;

  private WasmGlobal(WasmInstance instance, String name, byte[] utf8, String type) {
    this.instance = instance;
    this.name = name;
    this.utf8 = utf8;
    mutable = type.startsWith(MUTABLE);
    this.type = ValueType.of(mutable ? type.substring(MUTABLE.length()) : type);
  }

  static WasmGlobal find(WasmInstance instance, String name) {
    byte[] utf8 = Utf8.of("global name", name);
    byte[] type = RustNative.globalType(instance, instance.handle(), utf8);
    return new WasmGlobal(instance, name, utf8, new String(type, UTF_8));
  }

  /** Returns the name given to {@link WasmInstance#global}. */
  public String name() {
    return name;
  }

  /** Returns the type of its value. */
  public ValueType type() {
    return type;
  }

  /** Returns whether it can be set. */
  public boolean isMutable() {
    return mutable;
  }

  /**
   * Returns its value, as a slot of {@link #type}.
   *
   * @throws WasmException {@code BUSY}, {@code CLOSED}
   */
  public long get() {
    return RustNative.globalGet(instance, instance.handle(), utf8);
  }

  /**
   * Sets its value.
   *
   * @param slot of {@link #type}
   * @throws WasmException {@code WRONG_ARGUMENTS} if it is a constant; {@code BUSY}, {@code CLOSED}
   */
  public void set(long slot) {
    RustNative.globalSet(instance, instance.handle(), utf8, slot);
  }
}
