package dev.stowage.loader;

/** One failure as the user reads it; {@link LoaderMessages} makes them, one kind per id. */
final class LoadError {
  /** The step of {@link NativeLibrary} that errors with this id belong to. */
  final int step;

  final String id;
  final String headline;
  final String found;
  final String fix;

  LoadError(int step, String id, String headline, String found, String fix) {
    this.step = step;
    this.id = id;
    this.headline = headline;
    this.found = found;
    this.fix = fix;
  }
}
