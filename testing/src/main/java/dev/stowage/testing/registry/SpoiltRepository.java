package dev.stowage.testing.registry;

import java.util.Locale;

/** Repositories of {@link TestRegistry#serving}: one artifact, spoilt in different ways. */
public enum SpoiltRepository {
  /** Nothing is spoilt. */
  SOUND(null, ""),
  /** The manifest is missing. */
  MISSING(SpoiltAnswer.status(404), "manifests/"),
  /** Every reference returns this one manifest, even a reference with another digest. */
  SUBSTITUTED(null, "manifests/"),
  /** Every blob has the right length and one bit flipped. */
  FLIPPED(SpoiltAnswer.wrongBytes(), "blobs/"),
  /** Half of every blob is sent as if it were complete. */
  TRUNCATED(SpoiltAnswer.truncated(), "blobs/"),
  /**
   * For every blob the whole length is announced, half of it is sent, and the connection is closed.
   */
  CUT(SpoiltAnswer.cut(), "blobs/"),
  /** Half of every blob is sent, then nothing more until the registry is closed. */
  STALLED(null, "blobs/"),
  /** Every answer is an internal error. */
  BROKEN(SpoiltAnswer.status(500), "");

  private final SpoiltAnswer answer;
  private final String spoilt;

  SpoiltRepository(SpoiltAnswer answer, String spoilt) {
    this.answer = answer;
    this.spoilt = spoilt;
  }

  /** The repository's name. */
  String repository() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Makes a registry spoil this repository. */
  void spoil(TestRegistry registry) {
    SpoiltAnswer how =
        switch (this) {
          case STALLED -> registry.stalled();
          case SUBSTITUTED -> registry.substituted(repository(), TestRegistry.TAG);
          default -> answer;
        };
    if (how != null) {
      registry.spoil("(GET|HEAD) /v2/" + repository() + "/" + spoilt, how);
    }
  }
}
