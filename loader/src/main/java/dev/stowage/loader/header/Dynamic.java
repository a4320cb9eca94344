package dev.stowage.loader.header;

import java.util.Collections;
import java.util.List;

/** The dynamic section's content; all empty for a file that has none. */
final class Dynamic {
  List<String> needed = Collections.emptyList();
  String soname;
  String rpath;
  String runpath;
  long flags;
  long flags1;
  boolean bindNow;
  boolean textrel;
  List<VersionNeed> versionNeeds = Collections.emptyList();
  List<String> exported = Collections.emptyList();
  List<String> undefined = Collections.emptyList();
}
