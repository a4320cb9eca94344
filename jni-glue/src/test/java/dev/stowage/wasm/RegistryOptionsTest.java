package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.wasm.internal.RecordReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RegistryOptionsTest {
  private static final RegistryOptions NONE = RegistryOptions.defaults();

  @Test
  void nothingSetIsAnEmptyList() {
    assertThat(NONE.encode()).isEqualTo(new byte[4]);
    assertThat(NONE.progress()).isNull();
    assertThat(NONE.cancelToken()).isNull();
  }

  @Test
  void eachWitherSetsItsKey() {
    RegistryOptions all =
        NONE.withCredentials("me", "s\u00e9same"::toCharArray)
            .withDockerConfig(Path.of("/etc/docker.json"))
            .withPlainHttpFor("a", "b:5000")
            .withProxy(URI.create("http://proxy:3128"))
            .withCaFile(Path.of("/etc/ca.pem"))
            .withPlatform("wasip1/wasm")
            .withTimeout(Duration.ofSeconds(2))
            .withRetries(0)
            .withMaxBytes(Long.MAX_VALUE);
    assertThat(decoded(all))
        .isEqualTo(
            Map.of(
                "username", "me",
                "password", "s\u00e9same",
                "docker-config", "/etc/docker.json",
                "plain-http", "a,b:5000",
                "proxy", "http://proxy:3128",
                "ca-file", "/etc/ca.pem",
                "platform", "wasip1/wasm",
                "timeout-ms", "2000",
                "retries", "0",
                "max-bytes", "9223372036854775807"));
    assertThat(decoded(NONE)).as("the defaults are as they were").isEmpty();
  }

  @Test
  void anonymousAndNoProxy() {
    RegistryOptions me = NONE.withCredentials("me", "x"::toCharArray);
    assertThat(decoded(me.withAnonymous().withoutProxy()))
        .isEqualTo(Map.of("docker-config", "none", "proxy", "none"));
    assertThat(decoded(NONE.withAnonymous().withCredentials("me", "x"::toCharArray)))
        .containsOnlyKeys("docker-config", "username", "password");
  }

  @Test
  void timeoutsAreRoundedUp() {
    assertThat(decoded(NONE.withTimeout(Duration.ofNanos(1)))).containsEntry("timeout-ms", "1");
    assertThat(decoded(NONE.withTimeout(Duration.ofNanos(1_000_001))))
        .containsEntry("timeout-ms", "2");
    for (Duration bad :
        List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofDays(106_752_000_000L))) {
      Fails.with(INVALID_ARGUMENT, () -> NONE.withTimeout(bad))
          .isEqualTo("timeout " + bad + " must be positive and less than 292 million years");
    }
  }

  @Test
  void thePasswordIsAskedForEachTimeAndCleared() {
    List<char[]> given = new ArrayList<>();
    RegistryOptions options =
        NONE.withCredentials(
            "me",
            () -> {
              given.add("secret".toCharArray());
              return given.get(given.size() - 1);
            });
    assertThat(given).isEmpty();
    assertThat(decoded(options)).containsEntry("password", "secret");
    assertThat(decoded(options)).containsEntry("password", "secret");
    assertThat(given).hasSize(2).allMatch(chars -> new String(chars).equals("\0".repeat(6)));
  }

  @Test
  void aPasswordThatIsNoUnicodeIsRefusedWithoutIt() {
    for (String bad : new String[] {"ab\uD83D", "ab\uDEA2cd"}) {
      char[] password = bad.toCharArray();
      RegistryOptions options = NONE.withCredentials("me", () -> password);
      Fails.with(INVALID_ARGUMENT, options::encode)
          .isEqualTo("the password holds a lone surrogate, which UTF-8 cannot encode");
      assertThat(new String(password)).isEqualTo("\0".repeat(bad.length()));
    }
    RegistryOptions ship = NONE.withCredentials("me", "\uD83D\uDEA2"::toCharArray);
    assertThat(decoded(ship)).containsEntry("password", "\uD83D\uDEA2");
    RegistryOptions empty = NONE.withCredentials("me", ""::toCharArray);
    assertThat(decoded(empty)).containsEntry("password", "");
  }

  @Test
  void nullsAreNamed() {
    assertThatThrownBy(() -> NONE.withCredentials(null, ""::toCharArray)).hasMessage("username");
    assertThatThrownBy(() -> NONE.withCredentials("me", null)).hasMessage("password");
    assertThatThrownBy(() -> NONE.withCredentials("me", () -> null).encode())
        .hasMessage("password");
    assertThatThrownBy(() -> NONE.withPlatform(null)).hasMessage("platform");
    assertThatThrownBy(() -> NONE.withProgress(null)).hasMessage("progress");
    assertThatThrownBy(() -> NONE.withCancelToken(null)).hasMessage("cancelToken");
    assertThatThrownBy(() -> NONE.withCaFile(null)).hasMessage("file");
  }

  @Test
  void loneSurrogatesNameTheOption() {
    Fails.with(INVALID_ARGUMENT, () -> NONE.withPlatform("\uDEA2").encode())
        .startsWith("platform: lone surrogate U+DEA2");
  }

  private static Map<String, String> decoded(RegistryOptions options) {
    RecordReader in = new RecordReader("the options", options.encode());
    Map<String, String> found = new TreeMap<>();
    for (String[] entry : in.list(r -> new String[] {r.str(), r.str()})) {
      assertThat(found.put(entry[0], entry[1])).isNull();
      assertThat(entry[0].getBytes(UTF_8)).isNotEmpty();
    }
    in.end();
    return found;
  }
}
