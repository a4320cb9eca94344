package dev.stowage.packager.linking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.packager.message.PackagerException;
import dev.stowage.testing.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stubs have all symbols of macOS that Go imports, and a Go that imports more is refused. */
class AppleStubsTest {
  private static final String IMPORT =
      "package p\n//go:cgo_import_dynamic p_%1$s %1$s \"/usr/lib/libresolv.9.dylib\"\n";

  @TempDir Path directory;

  @Test
  void theListIsWhatTheInstalledGoImports() {
    String goRoot = Commands.output(directory, List.of("go", "env", "GOROOT")).strip();
    assertThat(AppleStubs.used(Path.of(goRoot))).isEqualTo(AppleStubs.listed());
  }

  @Test
  void writesOneStubPerLibraryWhereTheLinkerLooks() throws Exception {
    List<String> flags = AppleStubs.write(directory.resolve("out"));
    Path stubs = directory.resolve("out/stubs");
    assertThat(flags).containsExactly("-F" + stubs, "-L" + stubs);
    assertThat(stubs.resolve("CoreFoundation.framework/CoreFoundation.tbd")).isRegularFile();
    assertThat(stubs.resolve("Security.framework/Security.tbd")).isRegularFile();
    assertThat(stubs.resolve("libresolv.tbd"))
        .content()
        .startsWith("--- !tapi-tbd\n")
        .contains("install-name: '/usr/lib/libresolv.9.dylib'")
        .contains("symbols: [ _res_9_nclose, _res_9_ninit, _res_9_nsearch ]")
        .endsWith("...\n");
  }

  @Test
  void aSymbolThatIsNotInTheListIsNamed() throws Exception {
    Path goRoot = goRoot("res_9_ninit", "res_10_new", "res_11_newer");
    assertThatThrownBy(() -> AppleStubs.check(goRoot))
        .isInstanceOf(PackagerException.class)
        .hasMessageStartingWith("STOW-132 ")
        .hasMessageContaining(
            "res_10_new (/usr/lib/libresolv.9.dylib), res_11_newer (/usr/lib/libresolv.9.dylib)")
        .hasMessageContaining("found: go:cgo_import_dynamic in " + goRoot.resolve("src"));
  }

  @Test
  void otherSystemsAndTestsDoNotCount() throws Exception {
    Path goRoot = goRoot();
    Path source = goRoot.resolve("src/net");
    Files.writeString(source.resolve("a_solaris.go"), IMPORT.formatted("other_system"));
    Files.writeString(source.resolve("a_darwin_test.go"), IMPORT.formatted("only_a_test"));
    assertThat(AppleStubs.used(goRoot)).isEmpty();
  }

  private Path goRoot(String... symbols) throws IOException {
    Path root = directory.resolve("goroot");
    Path source = Files.createDirectories(root.resolve("src/net"));
    for (String symbol : symbols) {
      Files.writeString(source.resolve(symbol + "_darwin.go"), IMPORT.formatted(symbol));
    }
    return root;
  }
}
