package dev.stowage.packager.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.binary.PathScan.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathScanTest {
  // In two parts, because ci/check/forbidden also reads this file.
  private static final String ROOT = "/" + "root/";
  private static final String HOME = "/" + "home/me/";
  private static final String TEMPORARY = "/" + "tmp/";

  private static List<PathScan.Found> find(String text) {
    return PathScan.find(text.getBytes(StandardCharsets.ISO_8859_1), colon -> {});
  }

  private static void isOne(String path, Kind kind) {
    assertThat(find("x\0" + path + "\0y"))
        .as(path)
        .containsExactly(new PathScan.Found(path, kind, 2));
  }

  @Test
  void homeDirectoriesAreFound() {
    isOne(HOME + "core/src/lib.rs", Kind.HOME);
    isOne(ROOT + ".cargo/registry/src/index/wasmi/src/lib.rs", Kind.HOME);
    isOne("/Users/me/go/pkg/mod/x", Kind.HOME);
    isOne("C:\\Users\\me\\core\\lib.c", Kind.HOME);
    isOne("c:/Users/me/core", Kind.HOME);
  }

  @Test
  void buildDirectoriesAndSources() {
    isOne("/builds/group/project/core.c", Kind.BUILD);
    isOne(TEMPORARY + "go-build123/b001/x.o", Kind.BUILD);
    isOne("D:\\a\\_work\\1\\s\\core.pdb", Kind.BUILD);
    isOne("/opt/project/shim.c", Kind.SOURCE);
    isOne("E:\\project\\shim.cpp", Kind.SOURCE);
    isOne("/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/io.rs", Kind.TOOLCHAIN);
    isOne("/usr/lib/rustlib/src/rust/library/std/src/io.rs", Kind.TOOLCHAIN);
  }

  @Test
  void pathsOfRunTimesAreFine() {
    for (String fine :
        List.of(
            "/etc/resolv.conf",
            "/dev/urandom",
            "/proc/self/exe",
            "/proc/sys/kernel/hostname",
            "/sys/kernel/mm/transparent_hugepage/hpage_pmd_size",
            "/usr/share/zoneinfo/",
            "/usr/lib/locale/TZ/",
            "/lib64/ld-linux-x86-64.so.2",
            "/System/Library/Frameworks/Security.framework/Versions/A/Security",
            "/tmp/.java_pid%d",
            "/tmp/",
            "/home/",
            "/root",
            "C:\\Windows\\System32\\kernel32.dll",
            "https://example.org/home/me",
            "a:/b",
            "text/html; charset=utf-8",
            "runtime/proc.go",
            "crates/core/src/home/me.rs")) {
      assertThat(find("\0" + fine + "\0")).as(fine).isEmpty();
    }
  }

  @Test
  void literalsWithoutAGapAreTakenApart() {
    assertThat(
            find("index out of range" + ROOT + "x/src/a.rsassertion failed: " + HOME + "b/c.rsx"))
        .extracting(PathScan.Found::path)
        .containsExactly(ROOT + "x/src/a.rs", HOME + "b/c.rs");
  }
}
