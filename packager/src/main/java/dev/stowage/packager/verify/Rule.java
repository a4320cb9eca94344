package dev.stowage.packager.verify;

import static dev.stowage.packager.binary.Format.ELF;
import static dev.stowage.packager.binary.Format.MACH_O;
import static dev.stowage.packager.binary.Format.PE;
import static dev.stowage.packager.verify.RuleClass.BOUNDARY;
import static dev.stowage.packager.verify.RuleClass.HARDENING;
import static dev.stowage.packager.verify.RuleClass.IDENTITY;
import static dev.stowage.packager.verify.RuleClass.PORTABILITY;

import dev.stowage.packager.binary.Format;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The rules for a shared library, in the order of reports. Why each exists stands in
 * docs/verify.md, where each has an anchor.
 *
 * @since 0.1.0
 */
public enum Rule {
  /** A shared library for the machine and the operating system of its label. */
  MACHINE(IDENTITY, Scope.ANY, IdentityRules::machine, ELF, MACH_O, PE),
  /** The name that others bind to (SONAME, install name, DLL name) is the file's name. */
  NAME(IDENTITY, Scope.OWN, IdentityRules::name, ELF, MACH_O, PE),
  /** Nothing newer than the row's floor; a local build is warned only. */
  FLOOR(PORTABILITY, Scope.ANY, PortabilityRules::floor, ELF, MACH_O, PE),
  /** Only libraries that every host of the row has, or that are packed beside it. */
  NEEDED(PORTABILITY, Scope.ANY, PortabilityRules::needed, ELF, MACH_O, PE),
  /** A shim imports its core by the name of the packed file. */
  IMPORT_NAME(PORTABILITY, Scope.OWN, PortabilityRules::importName, ELF, MACH_O, PE),
  /** The search path is beside the file and one level up, or none. */
  RPATH(PORTABILITY, Scope.ANY, PortabilityRules::rpath, ELF, MACH_O),
  /** Segments fit the largest pages of the machine. */
  PAGE_ALIGNMENT(PORTABILITY, Scope.ANY, PortabilityRules::pageAlignment, ELF, MACH_O),
  /** No static TLS outside of a Go core. */
  STATIC_TLS(PORTABILITY, Scope.OWN, PortabilityRules::staticTls, ELF),
  /** A C run time that is part of Windows, and only one. */
  CRT(PORTABILITY, Scope.ANY, PortabilityRules::crt, PE),
  /** The signature holds; arm64 has one, x86_64 has one or room for one. */
  SIGNATURE(PORTABILITY, Scope.ANY, PortabilityRules::signature, MACH_O),
  /** No executable stack. */
  EXEC_STACK(HARDENING, Scope.ANY, HardeningRules::execStack, ELF, MACH_O, PE),
  /** No relocations of code. */
  TEXT_RELOCATIONS(HARDENING, Scope.ANY, HardeningRules::textRelocations, ELF, MACH_O),
  /** Nothing is writable and executable at once. */
  WRITABLE_CODE(HARDENING, Scope.ANY, HardeningRules::writableCode, ELF, MACH_O, PE),
  /** Read-only relocations; in a library of one's own all symbols are bound at load time, too. */
  RELRO(HARDENING, Scope.ANY, HardeningRules::relro, ELF),
  /** Windows may load it at any address. */
  ASLR(HARDENING, Scope.ANY, HardeningRules::aslr, PE),
  /** No path of the machine it was built on. */
  ABSOLUTE_PATHS(HARDENING, Scope.OWN, HardeningRules::absolutePaths, ELF, MACH_O, PE),
  /** A core is never unloaded. */
  NODELETE(BOUNDARY, Scope.OWN, BoundaryRules::noDelete, ELF),
  /** Exactly the functions of the ABI header, or JNI's two for a shim. */
  EXPORTS(BOUNDARY, Scope.OWN, BoundaryRules::exports, ELF, MACH_O, PE),
  /** A shim carries Java's contract digest exactly once, a core none. */
  CONTRACT(BOUNDARY, Scope.OWN, BoundaryRules::contract, ELF, MACH_O, PE),
  /** No Go runtime outside of a Go core. */
  GO_RUNTIME(BOUNDARY, Scope.OWN, BoundaryRules::goRuntime, ELF, MACH_O, PE);

  /** Whose libraries a rule can be held against. */
  public enum Scope {
    /** Every library, whoever made it. */
    ANY,
    /** Libraries of a project: the rule asks what the project has promised. */
    OWN
  }

  private final RuleClass ruleClass;
  private final Scope scope;

  @SuppressWarnings("ImmutableEnumChecker") // a method of these packages, without state
  private final Function<Subject, Optional<Fault>> check;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
  private final Set<Format> formats;

  Rule(
      RuleClass ruleClass,
      Scope scope,
      Function<Subject, Optional<Fault>> check,
      Format... formats) {
    this.ruleClass = ruleClass;
    this.scope = scope;
    this.check = check;
    this.formats = Collections.unmodifiableSet(EnumSet.copyOf(List.of(formats)));
  }

  /** The spelling in options and reports: {@code exec-stack}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is at risk. */
  public RuleClass ruleClass() {
    return ruleClass;
  }

  /** Whose libraries it is held against. */
  public Scope scope() {
    return scope;
  }

  /** The formats it can be broken in. */
  public Set<Format> formats() {
    return formats;
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
    boolean applies =
        formats.contains(subject.binary().format())
            && (scope == Scope.ANY || subject.own() != null);
    return applies ? check.apply(subject) : Optional.empty();
  }
}
