package dev.stowage.wasm.internal;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;

/**
 * Frees the native resources of objects that were dropped without being closed, and counts them. It
 * is a safety net and does not replace closing, because nothing determines when the garbage
 * collector runs. Java 9 and newer have {@code java.lang.ref.Cleaner} for this.
 *
 * <p>Its thread ends {@link #POLL_MILLIS} after the last object was closed or freed, so that a web
 * application that closed everything can be undeployed.
 */
public final class Reclaimer {
  /** How often the thread checks whether it is still needed, in milliseconds. */
  static final long POLL_MILLIS = 1000;

  static final String THREAD = "stowage-reclaimer";

  private static final ReferenceQueue<Object> DROPPED = new ReferenceQueue<Object>();
  private static final Object LOCK = new Object();

  /** The registered objects; the set keeps the references themselves reachable. */
  private static final Set<Entry> entries = new HashSet<Entry>();

  private static Thread thread;
  private static long reclaimed;

  private Reclaimer() {}

  /**
   * Runs {@code free} once {@code owner} is unreachable.
   *
   * @param free must not refer to {@code owner}; runs on the thread of this class, or in {@link
   *     Entry#close}
   */
  public static Entry register(Object owner, Runnable free) {
    Entry entry = new Entry(owner, free);
    synchronized (LOCK) {
      entries.add(entry);
      if (thread == null) {
        thread = new Thread(Reclaimer::work, THREAD);
        thread.setDaemon(true);
        // Otherwise it inherits the caller's class loader, and keeps a web application in memory.
        thread.setContextClassLoader(null);
        thread.start();
      }
    }
    return entry;
  }

  /** Returns how many objects were dropped unclosed, and freed, so far. */
  public static long reclaimed() {
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
        // An application may interrupt all threads; the registered objects still need this one.
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
  public static final class Entry extends PhantomReference<Object> {
    private final Runnable free;

    private Entry(Object owner, Runnable free) {
      super(owner, DROPPED);
      this.free = free;
    }

    /** Runs {@code free} now, unless it ran before. */
    public void close() {
      if (forget()) {
        free.run();
      }
    }

    /** Removes the entry; returns whether it was still there. */
    private boolean forget() {
      synchronized (LOCK) {
        return entries.remove(this);
      }
    }
  }
}
