package dev.stowage.wasm;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;

/**
 * Frees what belongs to objects that were dropped without being closed, and counts them: a net, not
 * a way to close, for nobody knows when the garbage collector runs. What {@code
 * java.lang.ref.Cleaner} does from Java 9 on.
 *
 * <p>Its thread ends {@link #POLL_MILLIS} after the last object was closed or freed: a web
 * application that closed everything can be undeployed.
 */
final class Reclaimer {
  /** How often the thread looks whether it is still needed. */
  static final long POLL_MILLIS = 1000;

  static final String THREAD = "stowage-reclaimer";

  private static final ReferenceQueue<Object> DROPPED = new ReferenceQueue<Object>();
  private static final Object LOCK = new Object();

  /** Keeps the references themselves reachable. */
  private static final Set<Entry> entries = new HashSet<Entry>();

  private static Thread thread;
  private static long reclaimed;

  private Reclaimer() {}

  /**
   * Has {@code free} run once {@code owner} is unreachable.
   *
   * @param free must not refer to {@code owner}; runs on a thread of its own, or in {@link
   *     Entry#close}
   */
  static Entry register(Object owner, Runnable free) {
    Entry entry = new Entry(owner, free);
    synchronized (LOCK) {
      entries.add(entry);
      if (thread == null) {
        thread = new Thread(Reclaimer::work, THREAD);
        thread.setDaemon(true);
        // It would inherit that of the caller, and keep a web application.
        thread.setContextClassLoader(null);
        thread.start();
      }
    }
    return entry;
  }

  /** How many objects were dropped unclosed, and freed, so far. */
  static long reclaimed() {
    synchronized (LOCK) {
      return reclaimed;
    }
  }

  private static void work() {
    while (true) {
      try {
        Reference<?> dropped = DROPPED.remove(POLL_MILLIS);
        if (dropped != null) {
          reclaim((Entry) dropped);
        } else if (idle()) {
          return;
        }
      } catch (InterruptedException e) {
        // Whoever interrupts all threads of an application: what is registered still needs this
        // one.
        continue;
      } catch (RuntimeException | Error e) {
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, e);
      }
    }
  }

  private static void reclaim(Entry entry) {
    if (entry.forget()) {
      synchronized (LOCK) {
        reclaimed++;
      }
      entry.free.run();
    }
  }

  private static boolean idle() {
    synchronized (LOCK) {
      if (entries.isEmpty()) {
        thread = null;
      }
      return thread == null;
    }
  }

  /** One registered object. */
  static final class Entry extends PhantomReference<Object> {
    private final Runnable free;

    private Entry(Object owner, Runnable free) {
      super(owner, DROPPED);
      this.free = free;
    }

    /** Runs {@code free} now, unless it ran before. */
    void close() {
      if (forget()) {
        free.run();
      }
    }

    /** Whether this is the first time. */
    private boolean forget() {
      synchronized (LOCK) {
        return entries.remove(this);
      }
    }
  }
}
