package dev.stowage.loader;

/**
 * A failed load as it is remembered: text only. A kept exception would keep the classes on its
 * stack, and with them the class loader of whoever called first.
 */
final class RememberedFailure {
  final String binding;
  private final String id;
  private final String message;
  private final String[] attempts;

  RememberedFailure(String binding, StowageLinkError error) {
    this.binding = binding;
    id = error.id();
    message = error.getMessage();
    Throwable[] suppressed = error.getSuppressed();
    attempts = new String[suppressed.length];
    for (int i = 0; i < attempts.length; i++) {
      attempts[i] = suppressed[i].toString();
    }
  }

  /** The same failure for another caller: its own stack, the same text, the attempts as text. */
  StowageLinkError error() {
    StowageLinkError error = new StowageLinkError(id, message);
    for (String attempt : attempts) {
      error.addSuppressed(new Attempt(attempt));
    }
    return error;
  }

  /** The text of an earlier exception. */
  private static final class Attempt extends Exception {
    private static final long serialVersionUID = 1;

    Attempt(String text) {
      super(text, null, false, false);
    }

    @Override
    public String toString() {
      return getMessage();
    }
  }
}
