package dev.stowage.loader;

/** One failure as the user is told it; {@link Messages} makes them, one kind per id. */
final class Fault {
  final String id;
  final String headline;
  final String found;
  final String fix;

  Fault(String id, String headline, String found, String fix) {
    this.id = id;
    this.headline = headline;
    this.found = found;
    this.fix = fix;
  }

  StowageLinkError error(Trace trace) {
    String tried = String.join("\n          ", trace.lines());
    StowageLinkError error = new StowageLinkError(id, Messages.failure(this, tried));
    for (Throwable attempt : trace.attempts()) {
      error.addSuppressed(attempt);
    }
    return error;
  }
}
