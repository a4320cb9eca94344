package dev.stowage.packager.project;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Maven coordinates without a version.
 *
 * @param groupId the group
 * @param artifactId the artifact
 * @since 0.1.0
 */
public record Coordinates(String groupId, String artifactId) {
  /** The characters that Maven allows in ids, without names that a file cannot have. */
  static final String PATTERN = "\\w[\\w.-]*:\\w[\\w.-]*";

  /**
   * Coordinates from {@code groupId:artifactId}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  @JsonCreator
  public static Coordinates of(String text) {
    if (!text.matches(PATTERN)) {
      throw new IllegalArgumentException(text);
    }
    int colon = text.indexOf(':');
    return new Coordinates(text.substring(0, colon), text.substring(colon + 1));
  }

  @Override
  @JsonValue
  public String toString() {
    return groupId + ":" + artifactId;
  }
}
