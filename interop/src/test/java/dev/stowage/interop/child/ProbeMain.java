package dev.stowage.interop.child;

import java.util.List;
import java.util.Locale;
import java.util.Properties;
import kr.motd.maven.os.Detector;
import org.bytedeco.javacpp.Loader;
import org.scijava.nativelib.NativeLibraryUtil;

/**
 * Prints one RESULT line with the platform's name per project. It needs a new JVM, because all
 * three projects read {@code os.name} and {@code os.arch} once, when their classes are initialised.
 */
public final class ProbeMain {
  private ProbeMain() {}

  public static void main(String[] args) {
    System.out.println("RESULT ok os-maven " + osMaven().getProperty("os.detected.classifier"));
    System.out.println("RESULT ok javacpp " + Loader.Detector.getPlatform());
    System.out.println(
        "RESULT ok native-lib-loader "
            + NativeLibraryUtil.getArchitecture().name().toLowerCase(Locale.ROOT));
  }

  private static Properties osMaven() {
    Properties detected = new Properties();
    new Detector() {
      @Override
      protected void log(String message) {}

      @Override
      protected void logProperty(String name, String value) {}

      void run() {
        detect(detected, List.of());
      }
    }.run();
    return detected;
  }
}
