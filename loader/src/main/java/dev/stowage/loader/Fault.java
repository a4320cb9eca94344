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

  StowageLinkError error(String unit, Trace trace) {
    String tried = String.join("\n          ", trace.lines());
    String text = Messages.failure(this, tried);
    return new StowageLinkError(id, unit, text, trace.attempts());
  }
}
