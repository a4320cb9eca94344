package dev.stowage.packager.verify;

import static dev.stowage.loader.platform.Format.ELF;
import static dev.stowage.loader.platform.Format.MACH_O;
import static dev.stowage.loader.platform.Format.PE;
import static dev.stowage.packager.verify.RuleClass.BOUNDARY;
import static dev.stowage.packager.verify.RuleClass.HARDENING;
import static dev.stowage.packager.verify.RuleClass.IDENTITY;
import static dev.stowage.packager.verify.RuleClass.PORTABILITY;

import dev.stowage.loader.platform.Format;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The rules for a shared library, in the order of reports. docs/verify.md explains each under an
 * anchor of its own.
 *
 * @since 0.1.0
 */
public enum Rule {
  /** A shared library for the CPU and the operating system of its platform. */
  MACHINE(IDENTITY, Scope.ANY, IdentityRules::machine, ELF, MACH_O, PE),
  /** The name by which others import it (SONAME, install name, DLL name) is the file's name. */
  NAME(IDENTITY, Scope.OWN, IdentityRules::name, ELF, MACH_O, PE),
  /** It needs no newer system than its platform promises; for a local build a warning only. */
  MINIMUM_VERSION(PORTABILITY, Scope.ANY, PortabilityRules::minimumVersion, ELF, MACH_O, PE),
  /** It needs only libraries that every host has, or that are packed beside it. */
  NEEDED(PORTABILITY, Scope.ANY, PortabilityRules::needed, ELF, MACH_O, PE),
  /** A shim imports its core by the name of the packed file. */
  IMPORT_NAME(PORTABILITY, Scope.OWN, PortabilityRules::importName, ELF, MACH_O, PE),
  /** The search path is the file's directory and the one above, or empty. */
  RPATH(PORTABILITY, Scope.ANY, PortabilityRules::rpath, ELF, MACH_O),
  /** Segments are aligned to the largest pages of the platform. */
  PAGE_ALIGNMENT(PORTABILITY, Scope.ANY, PortabilityRules::pageAlignment, ELF, MACH_O),
  /** No static TLS outside a Go core. */
  STATIC_TLS(PORTABILITY, Scope.OWN, PortabilityRules::staticTls, ELF),
  /** One C runtime, and one that is part of Windows. */
  CRT(PORTABILITY, Scope.ANY, PortabilityRules::crt, PE),
  /** The signature is valid; x86_64 may have room for one instead. */
  SIGNATURE(PORTABILITY, Scope.ANY, PortabilityRules::signature, MACH_O),
  /** No executable stack. */
  EXEC_STACK(HARDENING, Scope.ANY, HardeningRules::execStack, ELF, MACH_O, PE),
  /** No relocations of code. */
  TEXT_RELOCATIONS(HARDENING, Scope.ANY, HardeningRules::textRelocations, ELF, MACH_O),
  /** No memory that is writable and executable at once. */
  WRITABLE_CODE(HARDENING, Scope.ANY, HardeningRules::writableCode, ELF, MACH_O, PE),
  /** Read-only relocations; own libraries also bind all symbols when they are loaded. */
  RELRO(HARDENING, Scope.ANY, HardeningRules::relro, ELF),
  /** Windows can load it at any address. */
  ASLR(HARDENING, Scope.ANY, HardeningRules::aslr, PE),
  /** No path of the build machine. */
  ABSOLUTE_PATHS(HARDENING, Scope.OWN, HardeningRules::absolutePaths, ELF, MACH_O, PE),
  /** A core cannot be unloaded. */
  NODELETE(BOUNDARY, Scope.OWN, BoundaryRules::noDelete, ELF),
  /** A core exports exactly the functions of its ABI header, a shim JNI's two. */
  EXPORTS(BOUNDARY, Scope.OWN, BoundaryRules::exports, ELF, MACH_O, PE),
  /** A shim contains Java's contract digest exactly once, a core contains none. */
  CONTRACT(BOUNDARY, Scope.OWN, BoundaryRules::contract, ELF, MACH_O, PE),
  /** No Go runtime outside a Go core. */
  GO_RUNTIME(BOUNDARY, Scope.OWN, BoundaryRules::goRuntime, ELF, MACH_O, PE);

  /** The libraries that a rule applies to. */
  public enum Scope {
    /** Own and third-party libraries. */
    ANY,
    /** Own libraries only: the rule compares with what the project expects. */
    OWN
  }

  private final RuleClass ruleClass;
  private final Scope scope;

  @SuppressWarnings("ImmutableEnumChecker") // a method of this package, without state
  private final Function<CheckedLibrary, Optional<Violation>> check;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
  private final Set<Format> formats;

  Rule(
      RuleClass ruleClass,
      Scope scope,
      Function<CheckedLibrary, Optional<Violation>> check,
      Format... formats) {
    this.ruleClass = ruleClass;
    this.scope = scope;
    this.check = check;
    this.formats = Collections.unmodifiableSet(EnumSet.copyOf(List.of(formats)));
  }

  /** The name in options and reports, for example {@code exec-stack}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The class of the rule: the kind of risk. */
  public RuleClass ruleClass() {
    return ruleClass;
  }

  /** The libraries that it applies to. */
  public Scope scope() {
    return scope;
  }

  /** The formats in which it can be broken. */
  public Set<Format> formats() {
    return formats;
  }

  /** All ids, in order. */
  public static List<String> ids() {
    return List.of(values()).stream().map(Rule::id).toList();
  }

  /** The rule with that id, or empty. */
  static Optional<Rule> of(String id) {
    return Arrays.stream(values()).filter(rule -> rule.id().equals(id)).findFirst();
  }

  Optional<Violation> check(CheckedLibrary library) {
    boolean applies =
        formats.contains(library.binary().format())
            && (scope == Scope.ANY || !library.isThirdParty());
    return applies ? check.apply(library) : Optional.empty();
  }
}
