package dev.stowage.packager.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.fixture.ToolScripts;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.tool.DirectoryTools;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.tool.Versions;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice between several Rust compilers. */
class RustToolchainTest {
  private static final Target HOST = Targets.byClassifier("linux-x86_64");
  private static final Target MAC = Targets.byClassifier("osx-aarch_64");
  private static final Target WINDOWS = Targets.byClassifier("windows-x86_64");

  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private ToolScripts first;
  private ToolScripts second;

  @BeforeEach
  void twoCompilers() throws Exception {
    first = new ToolScripts(directory.resolve("first")).rust("1.95.0").std(HOST.rustTriple());
    second = new ToolScripts(directory.resolve("second")).rust("1.96.0");
    environment.put("PATH", first.directory() + File.pathSeparator + second.directory());
  }

  private RustToolchain choose(Target... targets) {
    ToolBox tools = new ToolBox(environment);
    Versions versions = new Versions(directory.resolve("tools.json"), environment);
    return RustToolchain.choose(new DirectoryTools(tools, versions, directory), List.of(targets));
  }

  @Test
  void firstThatMakesAllTargets() throws Exception {
    second.stdSource();
    assertThat(choose(HOST).version()).isEqualTo("rustc 1.95.0");
    assertThat(choose(HOST).std(HOST)).isEqualTo(RustToolchain.Std.INSTALLED);
    RustToolchain other = choose(HOST, MAC);
    assertThat(other.version()).isEqualTo("rustc 1.96.0");
    assertThat(other.std(HOST)).isEqualTo(RustToolchain.Std.SOURCE);
    assertThat(other.cargo().executable()).isEqualTo(second.directory().resolve("cargo"));
    first.std(MAC.rustTriple());
    assertThat(choose(HOST, MAC).version()).isEqualTo("rustc 1.95.0");
  }

  @Test
  void noneMakesAllTargets() throws Exception {
    first.std(MAC.rustTriple());
    assertThatThrownBy(() -> choose(HOST, MAC, WINDOWS))
        .isInstanceOf(PackagerException.class)
        .hasMessage(
            "STOW-131 no rustc here has Rust's standard library for windows-x86_64\n"
                + "  fix:   rustup target add x86_64-pc-windows-gnu; without rustup: a rustc with"
                + " the source of its standard library, apt-get install rustc-web cargo-web"
                + " rust-web-src (Debian)\n"
                + "  tried: %s/rustc 1.95.0 has none for windows-x86_64\n"
                + "  tried: %s/rustc 1.96.0 has none for linux-x86_64, osx-aarch_64,"
                + " windows-x86_64",
            first.directory(), second.directory());
  }

  @Test
  void variableLeavesOne() throws Exception {
    first.stdSource();
    environment.put("RUSTC", second.directory().resolve("rustc").toString());
    assertThatThrownBy(() -> choose(HOST)).hasMessageContaining("STOW-131");
    second.std(HOST.rustTriple());
    assertThat(choose(HOST).version()).isEqualTo("rustc 1.96.0");
  }

  /**
   * One target directory would get libraries of both compilers, and neither can read those of the
   * other (E0514).
   */
  @Test
  void variablesOfTwoInstallations() throws Exception {
    second.std(HOST.rustTriple());
    environment.put("RUSTC", second.directory().resolve("rustc").toString());
    environment.put("CARGO", first.directory().resolve("cargo").toString());
    assertThatThrownBy(() -> choose(HOST))
        .isInstanceOf(PackagerException.class)
        .hasMessage(
            "STOW-133 cargo and rustc are from two Rust installations with different versions\n"
                + "  found: %1$s/cargo is 1.95.0, %2$s/rustc is 1.96.0\n"
                + "  fix:   set both CARGO and RUSTC to one installation, or neither, and put a directory that contains both programs first on the PATH",
            first.directory(), second.directory());
    first.rust("1.96.0");
    assertThat(choose(HOST).cargo().executable()).isEqualTo(first.directory().resolve("cargo"));
  }

  /** Debian once had cargo 1.65 with rustc 1.63. */
  @Test
  void inOneDirectoryTheyBelongTogether() throws Exception {
    first.tool("cargo", "echo 'cargo 1.97.0'");
    assertThat(choose(HOST).version()).isEqualTo("rustc 1.95.0");
  }

  /** rustup without a default toolchain fails like this. */
  @Test
  void oneThatDoesNotWorkIsPassedOver() throws Exception {
    first.tool("rustc", "echo 'no default toolchain' >&2; exit 1");
    second.stdSource();
    assertThat(choose(HOST).version()).isEqualTo("rustc 1.96.0");
    second.tool("rustc", "exit 1");
    assertThatThrownBy(() -> choose(HOST))
        .hasMessageContaining("STOW-122")
        .hasMessageContaining("no default toolchain");
    environment.put("PATH", directory.toString());
    assertThatThrownBy(() -> choose(HOST)).hasMessageContaining("STOW-120");
  }
}
