package dev.stowage.loader.child;

import java.util.Map;

/** The Java sources of the fake library, for any package. */
final class SampleSources {
  private SampleSources() {}

  static Map<String, String> of(String apiPackage, String pins, String classifier) {
    String head = "package " + apiPackage + ";\n";
    String text = pins.replace("\n", "\\n");
    return Map.of(
        apiPackage + ".StowagePins", head + PINS.formatted(classifier, text, classifier),
        apiPackage + ".FakeNative", head + NATIVE,
        apiPackage + ".App", head + APP);
  }

  private static final String PINS =
      """
      import dev.stowage.loader.NativeLibrary;
      public final class StowagePins extends NativeLibrary {
        static { register(new StowagePins()); }
        private StowagePins() {}
        @Override protected String pins(String classifier) {
          return classifier.equals("%s") ? "%s" : null;
        }
        @Override protected String classifiers() { return "%s"; }
        @Override protected void load(String path) {
          if (System.clearProperty("fake.moved") != null) { // Another JVM repairs the entry just now.
            java.io.File entry = new java.io.File(path).getParentFile();
            if (!entry.renameTo(new java.io.File(entry.getPath() + ".moved"))) throw new Error(path);
          }
          System.load(path);
        }
      }
      """;

  private static final String NATIVE =
      """
      final class FakeNative {
        static native int count();
        static native int own();
      }
      """;

  /**
   * Loads a binding (default rust) and prints one RESULT line, or the whole failure and exits with
   * 3.
   */
  private static final String APP =
      """
      import dev.stowage.loader.NativeLibrary;
      public final class App {
        public static String use(String binding) {
          NativeLibrary.of(App.class).require(binding);
          return FakeNative.count() + " " + FakeNative.own();
        }
        public static void main(String[] args) {
          try {
            String result = use(args.length == 0 ? "rust" : args[0]);
            System.out.println("RESULT ok use " + result);
          } catch (LinkageError e) { // A class that a warm start has loaded anyway.
            System.out.println("RESULT FAILED use " + e.getMessage().substring(0, 7));
            e.printStackTrace();
            System.exit(3);
          }
        }
      }
      """;
}
