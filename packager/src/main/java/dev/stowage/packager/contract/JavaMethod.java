package dev.stowage.packager.contract;

/**
 * One method of the contract.
 *
 * @param owner the class relative to the project's package, with slashes: {@code RustNative},
 *     {@code io/Native}
 * @param name the method's name
 * @param descriptor the JVM's descriptor (JVMS 4.3.3)
 * @since 0.1.0
 */
public record JavaMethod(String owner, String name, String descriptor) {
  /** The class without its package: {@code RustNative}. */
  public String simpleOwner() {
    return owner.substring(owner.lastIndexOf('/') + 1);
  }

  /** The C function or field: {@code RustNative_validate}. */
  public String cName() {
    return simpleOwner() + "_" + name;
  }
}
