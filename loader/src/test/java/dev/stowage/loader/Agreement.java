package dev.stowage.loader;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the error of loading with that of the loader doctor. As a program: {@code Agreement
 * <class of the API> <binding>}, for faults that need a JVM of their own; it is on Java 8, too.
 */
final class Agreement {
  private static final Pattern MESSAGE =
      Pattern.compile(
          "(STOW-\\d\\d) ([^\\n]*)\\n  found:  (.*?)\\n  fix:    (.*?)\\n  (tried|more): .*",
          Pattern.DOTALL);

  private Agreement() {}

  public static void main(String[] args) throws ClassNotFoundException {
    NativeLibrary library = NativeLibrary.of(Class.forName(args[0]));
    System.out.println("RESULT ok use " + of(library, args[1]));
  }

  /** The error's id when both agree, {@code none} without an error, else both texts. */
  static String of(NativeLibrary library, String binding) {
    String foreseen = foreseen(LoaderDoctor.findings(library, binding));
    String thrown = "none";
    try {
      library.require(binding);
    } catch (StowageLinkError e) {
      thrown = thrown(e.getMessage());
    }
    return thrown.equals(foreseen)
        ? thrown.replaceFirst("(?s) .*", "")
        : "thrown: " + thrown + "\nforeseen: " + foreseen;
  }

  private static String thrown(String message) {
    Matcher parts = MESSAGE.matcher(message);
    if (!parts.matches()) {
      return message;
    }
    return parts.group(1)
        + " "
        + parts.group(2)
        + ": "
        + parts.group(3)
        + "\n  fix: "
        + parts.group(4);
  }

  /** The finding that has an id. */
  private static String foreseen(List<DoctorFinding> findings) {
    String text = "none";
    for (DoctorFinding finding : findings) {
      if (finding.id != null) {
        text = (text.equals("none") ? "" : text + "\n") + finding.text + "\n  fix: " + finding.fix;
      }
    }
    return text;
  }
}
