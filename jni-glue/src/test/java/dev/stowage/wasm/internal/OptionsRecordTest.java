package dev.stowage.wasm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The password is in the record and nowhere else: a heap dump shows all copies, also dead ones. */
class OptionsRecordTest {
  private static final int MASK = 0x55;

  @TempDir Path dir;

  @Test
  void thePasswordIsInTheRecordOnly() throws Exception {
    // With few settings and with so many that the record grows.
    for (int settings : new int[] {0, 1, 40}) {
      char[] password = new char[23];
      byte[] masked = new byte[password.length];
      SecureRandom random = new SecureRandom();
      for (int i = 0; i < password.length; i++) {
        password[i] = (char) ('a' + random.nextInt(26));
        masked[i] = (byte) (password[i] ^ MASK);
      }
      byte[] record = OptionsRecord.of(options(settings), () -> password);
      assertThat(copies(masked)).as("the control: the record itself").isEqualTo(1);
      OptionsRecord.clear(record);
      assertThat(copies(masked)).isZero();
      assertThat(record).containsOnly(0);
    }
  }

  private static Map<String, String> options(int count) {
    Map<String, String> options = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      options.put("option" + i, "value");
    }
    return options;
  }

  /** How often a text is in this JVM's heap, as bytes or as chars. */
  private int copies(byte[] masked) throws IOException {
    Path dump = dir.resolve("heap-" + System.nanoTime() + ".hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(dump.toString(), false);
    int found = 0;
    try (FileChannel file = FileChannel.open(dump)) {
      // Outside of the heap, so that the search leaves no copy.
      MappedByteBuffer bytes = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
      for (int at = 0; at < bytes.capacity() - 2 * masked.length; at++) {
        found += isAt(bytes, at, 1, masked) || isAt(bytes, at + 1, 2, masked) ? 1 : 0;
      }
    }
    return found;
  }

  private static boolean isAt(MappedByteBuffer bytes, int at, int step, byte[] masked) {
    for (int i = 0; i < masked.length; i++) {
      if ((bytes.get(at + i * step) ^ MASK) != masked[i]) {
        return false;
      }
    }
    return true;
  }

  @Test
  void nothingIsClearedTwice() {
    OptionsRecord.clear(null);
    byte[] bytes = {1, 2};
    OptionsRecord.clear(bytes);
    assertThat(Arrays.equals(bytes, new byte[2])).isTrue();
  }
}
