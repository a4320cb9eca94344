package dev.stowage.bench.start;

import java.io.File;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;

/** The same by JavaCPP's cache of resources, without its JNI library. */
public final class JavaCppStart {
  private JavaCppStart() {}

  public static void main(String[] args) throws IOException {
    long start = System.nanoTime();
    File file = Loader.cacheResource(JavaCppStart.class, args[0]);
    System.load(file.getPath());
    System.out.println("NANOS " + (System.nanoTime() - start));
  }
}
