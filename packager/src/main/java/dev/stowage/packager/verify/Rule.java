package dev.stowage.packager.verify;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rules for a shared library, in the order of reports. Why each exists stands in docs.
 *
 * @since 0.1.0
 */
public enum Rule {
  /** A shared library of the row's machine. */
  MACHINE(Rules::machine),
  /** No glibc version above the row's floor; a local build is warned only. */
  FLOOR(Rules::floor),
  /** Only libraries that every host of the row has; a shim also needs its core. */
  NEEDED(Rules::needed),
  /** SONAME equals the file name. */
  SONAME(Rules::soname),
  /** The search path is {@code $ORIGIN:$ORIGIN/..} or none. */
  RPATH(Rules::rpath),
  /** No executable stack. */
  EXEC_STACK(Rules::execStack),
  /** No relocations of code. */
  TEXT_RELOCATIONS(Rules::textRelocations),
  /** Full RELRO: read-only relocations, all bound at load time. */
  RELRO(Rules::relro),
  /** A core is never unloaded. */
  NODELETE(Rules::noDelete),
  /** Exactly the functions of the ABI header, or JNI's two for a shim. */
  EXPORTS(Rules::exports),
  /** A shim carries Java's contract digest exactly once, a core none. */
  CONTRACT(Rules::contract),
  /** No Go runtime outside of a Go core. */
  GO_RUNTIME(Rules::goRuntime),
  /** No static TLS outside of a Go core. */
  STATIC_TLS(Rules::staticTls);

  private final Function<Subject, Optional<Fault>> check;

  Rule(Function<Subject, Optional<Fault>> check) {
    this.check = check;
  }

  /** The spelling in options and reports: {@code exec-stack}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All spellings. */
  public static List<String> ids() {
    return List.of(values()).stream().map(Rule::id).toList();
  }

  Optional<Fault> check(Subject subject) {
    return check.apply(subject);
  }
}
