package dev.stowage.it.spec;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a version of the specification refuses and a later one accepts, as the interpreter does: by
 * test file and line, with the proposal that changed it. That these modules are accepted is checked
 * as well.
 */
enum Later {
  /** Version 1.0. */
  V1(
      "64-bit memories", "binary-leb128:404 binary-leb128:461",
      "several memories", "imports:405 imports:409 imports:413 memory:8 memory:9"),
  /** Version 2.0. */
  V2(
      "64-bit memories", "",
      "several memories",
          "binary:146 binary:166 binary:185 binary:204 binary:243 binary:262 binary:280 binary:298 "
              + "imports:488 imports:492 imports:496 memory:10 memory:11");

  private final Map<String, String> proposals = new TreeMap<>();

  Later(String proposal, String places, String otherProposal, String otherPlaces) {
    put(proposal, places);
    put(otherProposal, otherPlaces);
  }

  private void put(String proposal, String places) {
    for (String place : places.split(" ")) {
      proposals.put(place, proposal);
    }
  }

  /** The proposal, or null if the module is still refused. */
  String of(String place) {
    return proposals.get(place);
  }
}
