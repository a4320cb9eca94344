package dev.stowage.packager.contract;

import dev.stowage.packager.record.FileDigests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The JNI contract of one binding: the native methods that its shim must define, and the Java
 * methods that the shim can call.
 *
 * @param binding the binding's name
 * @param anchor package prefix the classes were compiled with, for example {@code
 *     dev/stowage/wasm/}
 * @param natives static native methods, sorted by C name
 * @param upcalls static methods that the shim calls, sorted by C name
 * @since 0.1.0
 */
public record Contract(
    String binding, String anchor, List<JavaMethod> natives, List<JavaMethod> upcalls) {
  /** The bytes before the digest in a shim; each shim contains both exactly once. */
  public static final String MARK = "stowage-contract:";

  /** The property the loader sets for JNI_OnLoad, before the first 16 digits of the digest. */
  public static final String ONLOAD_PROPERTY = "stowage.onload.";

  /** Copies the lists. */
  public Contract {
    natives = List.copyOf(natives);
    upcalls = List.copyOf(upcalls);
  }

  /**
   * SHA-256 over the sorted lines {@code n <class> <name><descriptor>} and {@code u ...}, each
   * ended by LF. It does not cover the package, so relocation does not change it. 64 hex digits.
   */
  public String digest() {
    TreeSet<String> lines = new TreeSet<>();
    natives.forEach(m -> lines.add(line('n', m)));
    upcalls.forEach(m -> lines.add(line('u', m)));
    return FileDigests.sha256(String.join("", lines).getBytes(StandardCharsets.UTF_8));
  }

  /** The property through which the loader passes the runtime package to JNI_OnLoad. */
  public String onLoadProperty() {
    return ONLOAD_PROPERTY + digest().substring(0, 16);
  }

  /** Classes with native methods, relative to the package, sorted. */
  public SortedSet<String> nativeOwners() {
    return owners(natives);
  }

  /** Classes with upcalls, relative to the package, sorted. */
  public SortedSet<String> upcallOwners() {
    return owners(upcalls);
  }

  /** One line for the console. */
  public String summary() {
    return ContractMessages.generated(binding, natives.size(), upcalls.size());
  }

  private static SortedSet<String> owners(List<JavaMethod> methods) {
    return methods.stream().map(JavaMethod::owner).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String line(char kind, JavaMethod method) {
    return kind + " " + method.owner() + " " + method.name() + method.descriptor() + "\n";
  }
}
