package dev.stowage.wasm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.wasm.WasmException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java codes have the names and numbers of the C headers. */
class WasmErrorsTest {
  @Test
  void codesAreThoseOfTheHeaders() throws IOException {
    Map<Integer, String> rust =
        statuses(
            "../rust-core/include/stowage_wasm_rust.h", "#define SWR_(?!DEFAULT_)([A-Z_]+) (\\d+)");
    Map<Integer, String> go =
        statuses("../go-core/include/stowage_wasm_go.h", "SWG_([A-Z_]+) =\\s+(\\d+)");
    Set<Code> used = EnumSet.noneOf(Code.class);
    rust.forEach(
        (status, name) -> {
          assertThat(WasmErrors.rustCode(status).name()).isEqualTo(name);
          used.add(WasmErrors.rustCode(status));
        });
    go.forEach(
        (status, name) -> {
          assertThat(WasmErrors.goCode(status).name()).isEqualTo(name);
          used.add(WasmErrors.goCode(status));
        });
    assertThat(used).isEqualTo(EnumSet.allOf(Code.class));
    assertThat(WasmErrors.rustCode(rust.size() + 1)).isEqualTo(Code.INTERNAL);
    assertThat(WasmErrors.goCode(go.size() + 1)).isEqualTo(Code.INTERNAL);
  }

  @Test
  void unknownStatusStillSaysSomething() {
    assertThat(WasmErrors.rust(99, new byte[0]))
        .hasMessage("the native core failed with status 99 and no text");
    assertThat(WasmErrors.go(-1, "ol\u00e9".getBytes(UTF_8))).hasMessage("ol\u00e9");
  }

  private static Map<Integer, String> statuses(String header, String pattern) throws IOException {
    Matcher found = Pattern.compile(pattern).matcher(Files.readString(Path.of(header)));
    Map<Integer, String> statuses = new TreeMap<>();
    while (found.find()) {
      statuses.put(Integer.parseInt(found.group(2)), found.group(1));
    }
    assertThat(statuses.remove(0)).isEqualTo("OK");
    assertThat(statuses).hasSizeGreaterThan(10);
    return statuses;
  }
}
