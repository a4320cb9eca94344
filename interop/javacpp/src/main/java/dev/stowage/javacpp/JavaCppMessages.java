package dev.stowage.javacpp;

/** All texts of this adapter that users read. */
final class JavaCppMessages {
  private JavaCppMessages() {}

  static String layout() {
    return "JavaCPP's layout";
  }

  static String otherBuild(String found, String name) {
    return "the preset names a core from another build than the one that this process has loaded\n  found:  "
        + found
        + "; loaded: "
        + name
        + "\n  fix:    build the preset against the natives that are on the class path, and leave the core out of @Platform:"
        + " JavaCppCore.use adds it";
  }
}
