package dev.stowage.testing.registry;

import java.util.Locale;

/** Repositories of {@link TestRegistry#serving}: one artifact, spoilt in different ways. */
public enum SpoiltRepository {
  /** Everything is as it should be. */
  SOUND(null, ""),
  /** The manifest is not there. */
  MISSING(SpoiltAnswer.status(404), "manifests/"),
  /** Every reference, also one by another digest, is answered with this one manifest. */
  SUBSTITUTED(null, "manifests/"),
  /** Every blob has the right length and one bit flipped. */
  FLIPPED(SpoiltAnswer.wrongBytes(), "blobs/"),
  /** Half of every blob is sent as if it were all. */
  TRUNCATED(SpoiltAnswer.truncated(), "blobs/"),
  /** Every blob's length is announced, half of it sent, and the connection closed. */
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
