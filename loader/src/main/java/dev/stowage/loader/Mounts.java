package dev.stowage.loader;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Linux' mount table, {@code /proc/self/mounts} (fstab(5): device, mount point, type, options). */
final class Mounts {
  private Mounts() {}

  /** The mount point that holds a directory when it is mounted noexec, else null. */
  static String noExec(File directory) {
    return with("noexec", directory);
  }

  /** The mount point that holds a directory when it is mounted read-only, else null. */
  static String readOnly(File directory) {
    return with("ro", directory);
  }

  /** The type of the file system that holds a directory when it is one without files of users. */
  static String kernelOwn(File directory) {
    for (String type : new String[] {"proc", "sysfs", "cgroup", "cgroup2"}) {
      if (with("type=" + type, directory) != null) {
        return type;
      }
    }
    return null;
  }

  private static String with(String option, File directory) {
    String best = "";
    boolean set = false;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new FileInputStream("/proc/self/mounts"), StandardCharsets.UTF_8))) {
      String path = directory.getCanonicalPath() + "/";
      for (String line; (line = in.readLine()) != null; ) {
        String[] fields = line.split(" ", -1);
        String point = fields.length < 4 ? "?" : fields[1].replace("\\040", " ");
        boolean holds = path.startsWith(point.endsWith("/") ? point : point + "/");
        // Of two mounts on one point the later one is on top.
        if (holds && point.length() >= best.length()) {
          best = point;
          set = ("," + fields[3] + ",type=" + fields[2] + ",").contains("," + option + ",");
        }
      }
    } catch (IOException e) {
      return null;
    }
    return set ? best : null;
  }
}
