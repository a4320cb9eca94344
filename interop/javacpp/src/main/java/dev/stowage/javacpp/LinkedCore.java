package dev.stowage.javacpp;

import dev.stowage.loader.header.ElfFile;
import dev.stowage.loader.header.FileKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;

/**
 * Finds out which core the library of a preset was linked with. If it is another build, that build
 * may be loaded in addition, and a second Go core ends the process.
 */
final class LinkedCore {
  private LinkedCore() {}

  /**
   * Compares the core that the preset's library needs, by its ELF header, with the one that this
   * process has loaded. Files of other formats are not read; there the system compares the names.
   *
   * @throws UnsatisfiedLinkError if it is another build
   */
  static void check(ClassProperties properties, String core) {
    List<?> classes = properties.getEffectiveClasses();
    String library = properties.getProperty("platform.library");
    if (library == null || classes == null || classes.isEmpty() || core.indexOf('-') < 0) {
      return;
    }
    String family = core.substring(0, core.indexOf('-') + 1);
    Class<?> target = (Class<?>) classes.get(classes.size() - 1);
    for (URL url : Loader.findLibrary(target, properties, library)) {
      for (String needed : needed(url)) {
        if (needed.startsWith(family) && !needed.equals(core)) {
          throw new UnsatisfiedLinkError(
              JavaCppMessages.otherBuild(url + " needs " + needed, core));
        }
      }
    }
  }

  private static List<String> needed(URL url) {
    try {
      byte[] content = read(url);
      return FileKind.of(content) == FileKind.ELF
          ? ElfFile.read(content).needed()
          : Collections.emptyList();
    } catch (IOException e) {
      return Collections.emptyList(); // JavaCPP or the system will report the reason.
    }
  }

  private static byte[] read(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int read; (read = in.read(buffer)) > 0; ) {
        out.write(buffer, 0, read);
      }
      return out.toByteArray();
    }
  }
}
