package dev.stowage.packager.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules for a shared library, in the order of reports. Why each exists stands in docs.
 *
 * @since 0.1.0
 */
public enum Rule {
  /** A shared library of the row's machine. */
  MACHINE,
  /** No glibc version above the row's floor; a local build is warned only. */
  FLOOR,
  /** Only libraries that every host of the row has; a shim also needs its core. */
  NEEDED,
  /** SONAME equals the file name. */
  SONAME,
  /** The search path is {@code $ORIGIN:$ORIGIN/..} or none. */
  RPATH,
  /** No executable stack. */
  EXEC_STACK,
  /** No relocations of code. */
  TEXT_RELOCATIONS,
  /** Full RELRO: read-only relocations, all bound at load time. */
  RELRO,
  /** A core is never unloaded. */
  NODELETE,
  /** Exactly the functions of the ABI header, or JNI's two for a shim. */
  EXPORTS,
  /** A shim carries Java's contract digest exactly once, a core none. */
  CONTRACT,
  /** No Go runtime outside of a Go core. */
  GO_RUNTIME,
  /** No static TLS outside of a Go core. */
  STATIC_TLS;

  /** The spelling in options and reports: {@code exec-stack}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All spellings. */
  public static List<String> ids() {
    return List.of(values()).stream().map(Rule::id).toList();
  }

  /** The rule of that spelling, or empty. */
  static Optional<Rule> of(String id) {
    return Arrays.stream(values()).filter(rule -> rule.id().equals(id)).findFirst();
  }

  Optional<Fault> check(Subject subject) {
    return switch (this) {
      case MACHINE -> Rules.machine(subject);
      case FLOOR -> Rules.floor(subject);
      case NEEDED -> Rules.needed(subject);
      case SONAME -> Rules.soname(subject);
      case RPATH -> Rules.rpath(subject);
      case EXEC_STACK -> Rules.execStack(subject);
      case TEXT_RELOCATIONS -> Rules.textRelocations(subject);
      case RELRO -> Rules.relro(subject);
      case NODELETE -> Rules.noDelete(subject);
      case EXPORTS -> Rules.exports(subject);
      case CONTRACT -> Rules.contract(subject);
      case GO_RUNTIME -> Rules.goRuntime(subject);
      case STATIC_TLS -> Rules.staticTls(subject);
    };
  }
}
