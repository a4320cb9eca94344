package dev.stowage.loader;

/**
 * Keeps the libraries of other class loaders than our own. The value hangs on the class itself, so
 * a web application that is undeployed takes its entry with it.
 */
final class LibraryRegistry extends ClassValue<Object[]> {
  private static final LibraryRegistry ALL = new LibraryRegistry();

  private LibraryRegistry() {}

  /** Keeps the one instance of its class. */
  static void remember(Object library) {
    ALL.get(library.getClass())[0] = library;
  }

  static Object recall(Class<?> pins) throws ClassNotFoundException {
    Object library = ALL.get(pins)[0];
    if (library == null) {
      throw new ClassNotFoundException(
          pins.getName() + " is not a generated NativeLibrary of this loader");
    }
    return library;
  }

  @Override
  protected Object[] computeValue(Class<?> type) {
    return new Object[1];
  }
}
