package dev.stowage.loader;

import dev.stowage.loader.platform.Detector;
import dev.stowage.loader.platform.Facts;
import dev.stowage.loader.platform.UnknownPlatformException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reports what the loader would find, step by step, without loading or writing anything. The text
 * is for people. The JSON has a version number, and does not contain the user's home directory and
 * name.
 *
 * @since 0.1.0
 */
public final class LoaderDoctor {
  private final Facts facts = Facts.gather();
  private final List<Report> reports = new ArrayList<>();

  /** The findings of one binding. */
  private static final class Report {
    final String binding;

    /** The binding in any target's pins: enough to name it; null without targets. */
    final PinnedBinding named;

    final List<DoctorFinding> findings;

    Report(String binding, PinnedBinding named, List<DoctorFinding> findings) {
      this.binding = binding;
      this.named = named;
      this.findings = findings;
    }
  }

  LoaderDoctor() {}

  /**
   * Reports on some bindings of one library.
   *
   * @param library the library, from {@link NativeLibrary#of}
   * @param bindings the bindings to check, for example {@code rust}
   * @param json one JSON document instead of text
   * @param out receives the report; it is not closed
   * @return an exit code: 0 without errors (warnings do not count), 1 with errors
   */
  public static int report(
      NativeLibrary library, String[] bindings, boolean json, PrintStream out) {
    LoaderDoctor doctor = new LoaderDoctor();
    for (String binding : bindings) {
      doctor.examine(library, binding);
    }
    return doctor.print(json, out);
  }

  /** Examines every binding that the pins of this JVM's platform name, the unsupported ones too. */
  void examine(NativeLibrary library) {
    String text = null;
    try {
      text = library.pins(Detector.detect(facts).classifier());
    } catch (UnknownPlatformException e) {
      // The examination below reports that, with the fix.
    }
    for (String classifier : library.classifiers().split(" ", -1)) {
      text = text == null ? library.pins(classifier) : text; // Every target names all bindings.
    }
    if (text == null) {
      examine(library, "");
      return;
    }
    for (String binding : UnsupportedBinding.bindings(text)) {
      examine(library, binding);
    }
    for (String binding : UnsupportedBinding.names(text)) {
      examine(library, binding);
    }
  }

  private void examine(NativeLibrary library, String binding) {
    reports.add(new Report(binding, named(library, binding), findings(library, binding)));
  }

  /** The findings of the steps that loading takes. */
  static List<DoctorFinding> findings(NativeLibrary library, String binding) {
    DoctorFindings findings = new DoctorFindings();
    findings.result(LoadSteps.foresee(library, binding, findings));
    return findings.all;
  }

  private static PinnedBinding named(NativeLibrary library, String binding) {
    for (String classifier : library.classifiers().split(" ", -1)) {
      String text = library.pins(classifier);
      PinnedBinding named = text == null ? null : PinnedBinding.parse(text, binding);
      if (named != null) {
        return named;
      }
    }
    return null;
  }

  int print(boolean json, PrintStream out) {
    List<DoctorFinding> general = reports.isEmpty() ? general() : Collections.emptyList();
    int errors = count("error", general);
    if (json) {
      json(out, general, errors);
    } else {
      text(out, general);
      out.println(LoaderMessages.doctorVerdict(errors, count("warning", general)));
    }
    out.flush();
    return errors == 0 ? 0 : 1;
  }

  /** The findings that need no library: platform and cache. */
  private static List<DoctorFinding> general() {
    DoctorFindings findings = new DoctorFindings();
    findings.result(LoadSteps.foresee(findings));
    return findings.all;
  }

  private int count(String status, List<DoctorFinding> general) {
    int count = 0;
    List<DoctorFinding> all = new ArrayList<>(general);
    for (Report report : reports) {
      all.addAll(report.findings);
    }
    for (DoctorFinding finding : all) {
      count += finding.status.equals(status) ? 1 : 0;
    }
    return count;
  }

  private void text(PrintStream out, List<DoctorFinding> general) {
    print(out, general);
    for (Report report : reports) {
      out.println(title(report));
      print(out, report.findings);
    }
  }

  private static String title(Report report) {
    PinnedBinding named = report.named;
    return named == null
        ? report.binding
        : LoaderMessages.doctorTitle(named.library, named.version, named.binding);
  }

  private static void print(PrintStream out, List<DoctorFinding> findings) {
    for (DoctorFinding finding : findings) {
      String status = ("[" + finding.status + "]          ").substring(0, 10);
      out.println(status + finding.step + " " + finding.text);
      if (finding.fix != null) {
        out.println("            fix: " + finding.fix);
      }
    }
  }

  private void json(PrintStream out, List<DoctorFinding> general, int errors) {
    JsonWriter json = new JsonWriter();
    StringBuilder text = new StringBuilder("{\n  \"format\": 1,\n  \"ok\": " + (errors == 0));
    text.append(",\n  \"facts\": ").append(json.object(facts.asMap()));
    text.append(",\n  \"findings\": ").append(array(json, general));
    text.append(",\n  \"bindings\": [");
    String separator = "\n";
    for (Report report : reports) {
      PinnedBinding pinned = report.named;
      text.append(separator)
          .append("    {\"library\": ")
          .append(json.string(pinned == null ? null : pinned.library))
          .append(", \"version\": ")
          .append(json.string(pinned == null ? null : pinned.version))
          .append(", \"binding\": ")
          .append(json.string(report.binding))
          .append(", \"findings\": ")
          .append(array(json, report.findings))
          .append('}');
      separator = ",\n";
    }
    out.println(text.append("\n  ]\n}"));
  }

  private static String array(JsonWriter json, List<DoctorFinding> findings) {
    StringBuilder out = new StringBuilder("[");
    for (DoctorFinding finding : findings) {
      out.append(out.length() == 1 ? "\n" : ",\n")
          .append("      {\"step\": ")
          .append(finding.step)
          .append(", \"name\": ")
          .append(json.string(finding.stepName()))
          .append(", \"status\": ")
          .append(json.string(finding.status))
          .append(", \"id\": ")
          .append(json.string(finding.id))
          .append(", \"text\": ")
          .append(json.string(finding.text))
          .append(", \"fix\": ")
          .append(json.string(finding.fix))
          .append('}');
    }
    return out.append(']').toString();
  }
}
