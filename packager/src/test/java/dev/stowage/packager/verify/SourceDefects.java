package dev.stowage.packager.verify;

import static dev.stowage.packager.verify.Defect.core;
import static dev.stowage.packager.verify.Defect.shim;

import dev.stowage.packager.project.Role;
import java.util.ArrayList;
import java.util.List;

/** Defects in the C source, for one classifier of each format. */
final class SourceDefects {
  private static final String AGREE = "; fix: make demo.h and the library agree";

  private SourceDefects() {}

  static List<Defect> of(Samples samples) {
    List<Defect> all = new ArrayList<>();
    for (String classifier : List.of("linux-x86_64", "osx-x86_64", "windows-x86_64")) {
      all.add(
          core(
              Rule.EXPORTS,
              classifier,
              () ->
                  bytes(
                      samples,
                      classifier,
                      Role.CORE,
                      Samples.CORE + "E int helper(void) { return 1; }"),
              "has the unexpected exports helper" + AGREE));
      all.add(
          core(
              Rule.EXPORTS,
              classifier,
              () ->
                  bytes(
                      samples,
                      classifier,
                      Role.CORE,
                      Samples.EXPORT + "E int demo_sub(int a) { return a; }"),
              "has the unexpected exports demo_sub and does not export demo_add" + AGREE));
      all.add(missing(samples, classifier));
      all.add(
          shim(
              Rule.EXPORTS,
              classifier,
              () ->
                  bytes(
                      samples,
                      classifier,
                      Role.SHIM,
                      Samples.SHIM + Samples.MARK + "E int x(void) { return 1; }"),
              "has the unexpected exports x; fix: make the list of exports (JNI_OnLoad, JNI_OnUnload) and the"
                  + " library agree"));
      all.addAll(marks(samples, classifier));
      all.add(otherContract(samples, classifier));
    }
    all.add(importedGo(samples));
    return all;
  }

  /** A shim of another build, whose natives had other signatures. */
  private static Defect otherContract(Samples samples, String classifier) {
    String digest = Samples.DIGEST.replace('0', 'f');
    return shim(
        Rule.CONTRACT,
        classifier,
        () ->
            bytes(
                samples,
                classifier,
                Role.SHIM,
                Samples.SHIM + Samples.MARK.replace(Samples.DIGEST, digest)),
        "was compiled for contract "
            + digest
            + ", but Java has "
            + Samples.DIGEST
            + "; fix: define STOWAGE_CONTRACT_ONLOAD in exactly one C file of the shim, and"
            + " build it again");
  }

  /** A core that leaves a symbol of cgo to another library. Weak, so that the linker lets it be. */
  private static Defect importedGo(Samples samples) {
    String source =
        Samples.EXPORT
            + "__attribute__((weak)) extern int crosscall2(int);\n"
            + "E int demo_add(int a, int b) { return crosscall2 ? crosscall2(a) : a + b; }\n";
    return core(
        Rule.GO_RUNTIME,
        "linux-x86_64",
        () -> bytes(samples, "linux-x86_64", Role.CORE, source),
        "contains a Go runtime (crosscall2); fix: call Go through the shared library of its core; a"
            + " process can have one Go runtime");
  }

  /** A shim that lacks one of its two functions, and has no other one too many. */
  private static Defect missing(Samples samples, String classifier) {
    String half = Samples.SHIM.substring(0, Samples.SHIM.indexOf("E void JNI_OnUnload"));
    return shim(
        Rule.EXPORTS,
        classifier,
        () -> bytes(samples, classifier, Role.SHIM, half + Samples.MARK),
        "does not export JNI_OnUnload; fix: make the list of exports (JNI_OnLoad, JNI_OnUnload) and the"
            + " library agree");
  }

  private static List<Defect> marks(Samples samples, String classifier) {
    String home = "/ho" + "me/me/core/core.c";
    return List.of(
        shim(
            Rule.CONTRACT,
            classifier,
            () -> bytes(samples, classifier, Role.SHIM, Samples.SHIM),
            "contains no contract digest, but Java has "
                + Samples.DIGEST
                + "; fix: define STOWAGE_CONTRACT_ONLOAD in exactly one C file of the shim, and"
                + " build it again"),
        core(
            Rule.CONTRACT,
            classifier,
            () -> bytes(samples, classifier, Role.CORE, Samples.CORE + Samples.MARK),
            "contains a contract digest, but a core must not; fix: do not link shim sources into the core"),
        core(
            Rule.GO_RUNTIME,
            classifier,
            () -> bytes(samples, classifier, Role.CORE, Samples.CORE + text("\\377 Go buildinf:")),
            "contains a Go runtime (Go build information); fix: call Go through the"
                + " shared library of its core; a process can have one Go runtime"),
        core(
            Rule.ABSOLUTE_PATHS,
            classifier,
            () -> bytes(samples, classifier, Role.CORE, Samples.CORE + text(home)),
            "contains paths of the build machine: "
                + home
                + "; fix: build with --remap-path-prefix, and -ffile-prefix-map for C"));
  }

  private static String text(String content) {
    return "__attribute__((used)) static const char text[] = \"" + content + "\";\n";
  }

  private static byte[] bytes(Samples samples, String classifier, Role role, String source) {
    return Samples.bytes(samples.build(classifier, role, source));
  }
}
