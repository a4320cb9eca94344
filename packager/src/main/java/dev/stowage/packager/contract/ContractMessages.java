package dev.stowage.packager.contract;

import dev.stowage.packager.message.ConsoleText;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;

/** All texts about JNI contracts and ABI headers that a user reads. */
final class ContractMessages {
  private ContractMessages() {}

  /** One line about the contract of a binding. */
  static String generated(String binding, int natives, int upcalls) {
    String facts = "natives: " + natives + ", upcalls: " + upcalls;
    return ConsoleText.line("jni", "binding " + binding, "stowage_contract.h", facts);
  }

  /** STOW-301: a listed class has no class file. */
  static PackagerException classMissing(String binding, String className, Path file) {
    return rule(
        "STOW-301",
        "binding '" + binding + "': no class file of " + className,
        "there is no file " + file,
        "compile the Java sources first, or correct 'classes' under [binding." + binding + "]");
  }

  /** STOW-302: a listed class lies outside the package of the project. */
  static PackagerException classOutside(String binding, String className, String javaPackage) {
    return rule(
        "STOW-302",
        "binding '"
            + binding
            + "': "
            + className
            + " is not in package "
            + javaPackage
            + " or below",
        null,
        "move the class, or set 'package' to a package that holds all native classes");
  }

  /** STOW-303: bytes that are not a class file. */
  static PackagerException classDamaged(Path file, String why) {
    return rule(
        "STOW-303", "not a readable class file: " + file, why, "compile the Java sources again");
  }

  /** STOW-304: a listed class without native methods and upcalls. */
  static PackagerException nothingNative(String binding, String className) {
    return rule(
        "STOW-304",
        "binding '" + binding + "': " + className + " has neither native nor @Upcall methods",
        null,
        "remove it from 'classes' under [binding." + binding + "]");
  }

  /** STOW-305: a native instance method. */
  static PackagerException notStatic(String className, String method) {
    return rule(
        "STOW-305",
        className + "." + method + " is native but not static",
        null,
        "declare it static and pass what it needs as arguments");
  }

  /** STOW-306: one name, two descriptors. */
  static PackagerException overloaded(String className, String method) {
    return rule(
        "STOW-306",
        className + "." + method + " is overloaded",
        "two native or @Upcall methods have this name",
        "give each a name of its own: C has no overloading");
  }

  /** STOW-307: a type that a relocation would rename. */
  static PackagerException foreignType(String className, String method, String type) {
    return rule(
        "STOW-307",
        className + "." + method + " has the type " + type + " in its signature",
        "relocation (shading) renames classes outside java.*, but not in C",
        "declare the parameter or result as Object and cast in Java");
  }

  /** STOW-308: an upcall that the shim cannot call. */
  static PackagerException upcallKind(String className, String method) {
    return rule(
        "STOW-308",
        className + "." + method + " has the annotation @Upcall but is not a static Java method",
        null,
        "declare it static and not native");
  }

  /** STOW-309: a Java name that is not a C name. */
  static PackagerException notACName(String className, String name) {
    return rule(
        "STOW-309",
        className + ": '" + name + "' cannot be part of a C name",
        null,
        "use a top-level class and ASCII letters, digits and '_' in its name and methods");
  }

  /** STOW-310: two Java names with the same C name. */
  static PackagerException sameCName(String binding, String cName) {
    return rule(
        "STOW-310",
        "binding '" + binding + "': two methods or classes become " + cName + " in C",
        null,
        "rename one of them");
  }

  /** STOW-311: native methods that no shim implements. */
  static PackagerException notListed(String className) {
    return rule(
        "STOW-311",
        className + " declares native methods, but no binding lists it",
        null,
        "add it to 'classes' of the binding whose shim implements it");
  }

  /** STOW-312: one class in two bindings, or twice in one. */
  static PackagerException listedTwice(String className) {
    return rule(
        "STOW-312",
        className + " is listed twice",
        "exactly one shim registers a native class",
        "keep it in one 'classes' list");
  }

  /** STOW-320: a header with text that cannot be parsed. */
  static PackagerException header(Path header, int line, String found) {
    return rule(
        "STOW-320",
        "ABI header " + header + " line " + line + ": not a C declaration of a function or type",
        found,
        "write only types and plain function prototypes, with a typedef for each function pointer");
  }

  /** STOW-321: a header without functions. */
  static PackagerException noFunctions(Path header) {
    return rule(
        "STOW-321",
        "ABI header " + header + " declares no function",
        null,
        "correct 'header' in stowage.toml");
  }

  /** STOW-322: a header that cannot be read. */
  static PackagerException headerUnreadable(Path header, String why) {
    return rule(
        "STOW-322",
        "cannot read ABI header " + header,
        why,
        "create it, or correct 'header' in stowage.toml");
  }

  private static PackagerException rule(String id, String headline, String found, String fix) {
    return new PackagerException(Kind.RULE, id, headline, found, fix);
  }
}
