package dev.stowage.loader.platform;

/**
 * No target of the targets table fits this JVM. The message has the platform that was found, {@link
 * #known()} the supported ones.
 *
 * @since 0.1.0
 */
public final class UnknownPlatformException extends Exception {
  private static final long serialVersionUID = 1;

  private UnknownPlatformException(String message) {
    super(message);
  }

  /** Always throws. */
  static Target refuse(Facts facts, String libc) throws UnknownPlatformException {
    String os = facts.get("os.name");
    StringBuilder found = new StringBuilder("os.name '" + os + "'");
    found.append(", os.arch '").append(facts.get("os.arch")).append("'");
    String bits = facts.get("sun.arch.data.model");
    if (!bits.isEmpty()) {
      found.append(", ").append(bits).append("-bit JVM");
    }
    if (os.startsWith("Linux")) {
      found.append(", C library ").append(libc.isEmpty() ? "neither glibc nor musl" : libc);
    }
    throw new UnknownPlatformException(found.toString());
  }

  /** The supported platforms, as a list for people. */
  public String known() {
    StringBuilder text = new StringBuilder();
    for (Target target : Targets.all()) {
      text.append(text.length() == 0 ? "" : ", ").append(target.classifier());
    }
    return text.toString();
  }
}
