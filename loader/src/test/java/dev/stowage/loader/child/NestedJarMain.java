package dev.stowage.loader.child;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A program whose class loader finds resources in a JAR inside a JAR, with its own URL handler,
 * like an executable JAR. Usage: {@code NestedJarMain <API JAR> <outer JAR> <inner entry> <stop>};
 * with {@code stop} the first resource stream prints {@code HALF} after its first bytes and then
 * blocks.
 */
public final class NestedJarMain extends URLClassLoader {
  private final String outer;
  private final String inner;
  private final boolean stop;

  private NestedJarMain(URL api, String outer, String inner, boolean stop) {
    super(new URL[] {api}, NestedJarMain.class.getClassLoader());
    this.outer = outer;
    this.inner = inner;
    this.stop = stop;
  }

  public static void main(String[] args) throws Exception {
    URL api = Path.of(args[0]).toUri().toURL();
    NestedJarMain loader = new NestedJarMain(api, args[1], args[2], Boolean.parseBoolean(args[3]));
    Class<?> app = Class.forName("fake.api.App", true, loader);
    try {
      System.out.println(
          "RESULT ok use " + app.getMethod("use", String.class).invoke(null, (Object) "rust"));
    } catch (InvocationTargetException e) {
      System.out.println("RESULT FAILED use " + e.getCause().getMessage().substring(0, 7));
      e.getCause().printStackTrace();
      System.exit(3);
    }
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    if (open(name) == null) {
      return Collections.emptyEnumeration();
    }
    String spec = "jar:nested:" + outer + "/!" + inner + "!/" + name;
    return Collections.enumeration(Collections.singleton(new URL(null, spec, new Handler())));
  }

  private InputStream open(String name) throws IOException {
    ZipFile zip = new ZipFile(outer);
    JarInputStream in = new JarInputStream(zip.getInputStream(zip.getEntry(inner)));
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      if (entry.getName().equals(name)) {
        return in;
      }
    }
    zip.close();
    return null;
  }

  private final class Handler extends URLStreamHandler {
    @Override
    protected void parseURL(URL url, String spec, int start, int limit) {
      setURL(url, "jar", "", -1, null, null, spec.substring(start, limit), null, null);
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() throws IOException {
          String path = getURL().getPath();
          InputStream content = open(path.substring(path.lastIndexOf("!/") + 2));
          return stop ? new Stopping(content) : content;
        }
      };
    }
  }

  /** A stream that blocks after its first bytes. */
  private static final class Stopping extends FilterInputStream {
    private boolean started;

    Stopping(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (!started) {
        started = true;
        return super.read(bytes, from, 1000);
      }
      System.out.println("HALF");
      while (true) {
        LockSupport.park(); // Only a kill can end this program.
      }
    }
  }
}
