package dev.stowage.packager.contract;

import dev.stowage.packager.record.Digests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the Java classes of one binding ask of its shim, and offer to it.
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
  /** Bytes before the digest in a shim; together they stand in each shim exactly once. */
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
   * ended by LF. The package is no part of it, so relocation does not change it. 64 hex digits.
   */
  public String digest() {
    TreeSet<String> lines = new TreeSet<>();
    natives.forEach(m -> lines.add(line('n', m)));
    upcalls.forEach(m -> lines.add(line('u', m)));
    return Digests.sha256(String.join("", lines).getBytes(StandardCharsets.UTF_8));
  }

  /** The property through which the loader tells JNI_OnLoad the runtime package. */
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

  private static SortedSet<String> owners(List<JavaMethod> methods) {
    return methods.stream().map(JavaMethod::owner).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String line(char kind, JavaMethod method) {
    return kind + " " + method.owner() + " " + method.name() + method.descriptor() + "\n";
  }
}
