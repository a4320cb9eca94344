package dev.stowage.loader;

/** One failure as the user reads it; {@link LoaderMessages} makes them, one kind per id. */
final class LoadError {
  final String id;
  final String headline;
  final String found;
  final String fix;

  LoadError(String id, String headline, String found, String fix) {
    this.id = id;
    this.headline = headline;
    this.found = found;
    this.fix = fix;
  }
}
