package dev.stowage.it.scenario;

import dev.stowage.wasm.Wasm;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;

/**
 * Direct buffers over memory that was freed or belongs to another thread. It uses {@code
 * java.lang.foreign.Arena} of Java 22 by reflection, because these sources are Java 8.
 */
public final class ClosedArena {
  /** Larger than the pools of allocators, so that closing really unmaps it. */
  private static final int SIZE = 64 << 20;

  private ClosedArena() {}

  public static void main(String[] args) throws Exception {
    byte[] padded = SampleModules.padded(SIZE);
    Class<?> arenas = Class.forName("java.lang.foreign.Arena");
    Object arena = arenas.getMethod("ofConfined").invoke(null);
    Method allocate = arenas.getMethod("allocate", long.class, long.class);
    Object segment = allocate.invoke(arena, (long) padded.length, 8L);
    Class<?> segments = Class.forName("java.lang.foreign.MemorySegment");
    ByteBuffer module = (ByteBuffer) segments.getMethod("asByteBuffer").invoke(segment);
    module.put(padded).flip();
    Wasm.validate(module);
    ScenarioReport.ok("open", module.isDirect() + " " + Wasm.describe(module).exports().size());
    Thread other = new Thread(() -> ScenarioReport.thrown("foreign", () -> Wasm.validate(module)));
    other.start();
    other.join();
    arenas.getMethod("close").invoke(arena);
    ScenarioReport.thrown("validate", () -> Wasm.validate(module));
    ScenarioReport.thrown("describe", () -> Wasm.describe(module));
    ScenarioReport.thrown("sha256", () -> Wasm.sha256(module));
    ScenarioReport.check("bytes", Wasm.nativeBytes() == 0, Wasm.nativeBytes());
    ScenarioReport.ok("after", UsesBoth.rust());
  }
}
