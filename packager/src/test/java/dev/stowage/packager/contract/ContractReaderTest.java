package dev.stowage.packager.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.packager.fixture.DemoProjects;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.testing.JavaSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractReaderTest {
  @TempDir Path dir;

  @Test
  void readsNativesAndUpcallsInCOrder() {
    Contract contract =
        read(
            "static native long b(byte[] x); static native int a(int x, Object o);"
                + " @dev.stowage.loader.Upcall static void fail(int code, byte[] text) {} void"
                + " plain() {}");
    assertThat(contract.natives())
        .containsExactly(
            new JavaMethod("N", "a", "(ILjava/lang/Object;)I"), new JavaMethod("N", "b", "([B)J"));
    assertThat(contract.upcalls()).containsExactly(new JavaMethod("N", "fail", "(I[B)V"));
    assertThat(contract.anchor()).isEqualTo("demo/api/");
    assertThat(contract.natives().get(0).cName()).isEqualTo("N_a");
  }

  @Test
  void digestIsOverSortedLinesWithoutThePackage() {
    Contract contract =
        read("static native void z(); @dev.stowage.loader.Upcall static void fail(int c) {}");
    String lines = "n N z()V\nu N fail(I)V\n";
    assertThat(contract.digest())
        .isEqualTo(FileDigests.sha256(lines.getBytes(StandardCharsets.UTF_8)));
    assertThat(contract.onLoadProperty())
        .isEqualTo("stowage.onload." + contract.digest().substring(0, 16));
  }

  @Test
  void refusesInstanceNatives() {
    refuses(
        "native void a();",
        """
        STOW-305 demo.api.N.a is native but not static
          fix:   declare it static and pass what it needs as arguments\
        """);
  }

  @Test
  void refusesOverloads() {
    refuses(
        "static native void a(); static native void a(int x);",
        """
        STOW-306 demo.api.N.a is overloaded
          found: two native or @Upcall methods have this name
          fix:   give each a name of its own: C has no overloading\
        """);
  }

  @Test
  void refusesTypesThatRelocationRenames() {
    refuses(
        "static native void a(N[] x);",
        """
        STOW-307 demo.api.N.a has the type demo.api.N in its signature
          found: relocation (shading) renames classes outside java.*, but not in C
          fix:   declare the parameter or result as Object and cast in Java\
        """);
  }

  @Test
  void refusesInstanceUpcalls() {
    refuses(
        "@dev.stowage.loader.Upcall void a() {}",
        """
        STOW-308 demo.api.N.a has the annotation @Upcall but is not a static Java method
          fix:   declare it static and not native\
        """);
  }

  @Test
  void refusesNamesThatAreNotC() {
    refuses(
        "static native void größe();",
        """
        STOW-309 demo.api.N: 'größe' cannot be part of a C name
          fix:   use a top-level class and ASCII letters, digits and '_' in its name and methods\
        """);
  }

  @Test
  void refusesClassesWithoutNatives() {
    refuses(
        "static void a() {}",
        """
        STOW-304 binding 'one': demo.api.N has neither native nor @Upcall methods
          fix:   remove it from 'classes' under [binding.one]\
        """);
  }

  @Test
  void refusesTwoNamesThatMeetInC() {
    JavaSources.compile(
        dir,
        Map.of(
            "demo.api.A", "package demo.api; class A { static native void b_c(); }",
            "demo.api.A_b", "package demo.api; class A_b { static native void c(); }"));
    assertThatThrownBy(
            () -> ContractGenerator.read(DemoProjects.demo(dir, "demo.api.A", "demo.api.A_b"), dir))
        .hasMessage(
            """
            STOW-310 binding 'one': two methods or classes become A_b_c in C
              fix:   rename one of them\
            """);
  }

  @Test
  void refusesMissingClass() {
    Path file = dir.resolve("demo/api/N.class");
    assertThatThrownBy(() -> ContractGenerator.read(DemoProjects.demo(dir, "demo.api.N"), dir))
        .isInstanceOf(PackagerException.class)
        .hasMessage(
            "STOW-301 binding 'one': no class file of demo.api.N\n  found: there is no file "
                + file
                + "\n  fix:   compile the Java sources first, or correct 'classes' under"
                + " [binding.one]");
  }

  @Test
  void refusesClassOutsideThePackage() {
    assertThatThrownBy(() -> ContractGenerator.read(DemoProjects.demo(dir, "demo.apix.N"), dir))
        .hasMessage(
            """
            STOW-302 binding 'one': demo.apix.N is not in package demo.api or below
              fix:   move the class, or set 'package' to a package that holds all native classes\
            """);
  }

  @Test
  void refusesDamagedClassFile() throws IOException {
    Path file = dir.resolve("demo/api/N.class");
    Files.createDirectories(file.getParent());
    for (byte[] damage : List.of(new byte[0], new byte[] {1, 2, 3}, new byte[64])) {
      Files.write(file, damage);
      assertThatThrownBy(() -> ContractGenerator.read(DemoProjects.demo(dir, "demo.api.N"), dir))
          .isInstanceOf(PackagerException.class)
          .hasMessageStartingWith("STOW-303 not a readable class file: " + file);
    }
  }

  @Test
  void refusesNativesThatNoBindingLists() {
    JavaSources.compile(
        dir,
        Map.of(
            "demo.api.N", "package demo.api; class N { static native void a(); }",
            "demo.api.sub.M", "package demo.api.sub; class M { static native void a(); }"));
    assertThatThrownBy(() -> ContractGenerator.read(DemoProjects.demo(dir, "demo.api.N"), dir))
        .hasMessage(
            """
            STOW-311 demo.api.sub.M declares native methods, but no binding lists it
              fix:   add it to 'classes' of the binding whose shim implements it\
            """);
  }

  @Test
  void refusesAClassListedTwice() {
    JavaSources.compile(
        dir, Map.of("demo.api.N", "package demo.api; class N { static native void a(); }"));
    assertThatThrownBy(
            () -> ContractGenerator.read(DemoProjects.demo(dir, "demo.api.N", "demo.api.N"), dir))
        .hasMessage(
            """
            STOW-312 demo.api.N is listed twice
              found: exactly one shim registers a native class
              fix:   keep it in one 'classes' list\
            """);
  }

  private Contract read(String body) {
    JavaSources.compile(dir, Map.of("demo.api.N", "package demo.api; class N { " + body + " }"));
    return ContractGenerator.read(DemoProjects.demo(dir, "demo.api.N"), dir).get(0);
  }

  private void refuses(String body, String message) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(PackagerException.class).hasMessage(message);
  }
}
