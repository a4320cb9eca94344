package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which classes use each other in a circle, from their constant pools (JVMS 4.4). A class in one
 * cannot be understood, tested or changed without all the others.
 */
class ClassCyclesTest {
  private static final Pattern NAME = Pattern.compile("L?(dev/stowage/loader/[\\w/]+)[\\w$]*;?");

  /**
   * The API hands a miss to the steps, and these ask it for the pins and let it load. A file's
   * reader makes its value, and a platform's facts are read with the detector's functions.
   */
  private static final List<Set<String>> KNOWN =
      List.of(
          Set.of("LoadSteps", "NativeLibrary"),
          Set.of("header/DynamicReader", "header/ElfFile", "header/ElfReader", "header/Notes"),
          Set.of("platform/Detector", "platform/Facts", "platform/UnknownPlatformException"));

  @Test
  void noClassIsInACircleButThese() throws Exception {
    assertThat(cycles(uses(Path.of("target/classes/dev/stowage/loader")))).isEqualTo(KNOWN);
  }

  /** The control: circles are found, and what only leads to one is not part of it. */
  @Test
  void circlesAreFound() {
    Map<String, Set<String>> uses = new TreeMap<>();
    uses.put("a", Set.of("b"));
    uses.put("b", Set.of("c"));
    uses.put("c", Set.of("a", "leaf"));
    uses.put("d", Set.of("a"));
    uses.put("x", Set.of("y"));
    uses.put("y", Set.of("x", "leaf"));
    uses.put("leaf", Set.of());
    assertThat(cycles(uses)).containsExactly(Set.of("a", "b", "c"), Set.of("x", "y"));
    assertThat(names("(Ldev/stowage/loader/LoadLog;[Ldev/stowage/loader/platform/Target$1;I)V"))
        .containsExactly("LoadLog", "platform/Target");
  }

  @Test
  void errorsAndTheirTextsAreLeaves() throws Exception {
    Map<String, Set<String>> uses = uses(Path.of("target/classes/dev/stowage/loader"));
    assertThat(uses.get("LoadError")).isEmpty();
    assertThat(uses.get("LoaderMessages")).containsExactly("LoadError");
    assertThat(uses.get("LoadLog"))
        .containsExactly("LoadError", "LoaderMessages", "StowageLinkError");
  }

  /** By class, which others of the loader it uses; nested classes count as their outer one. */
  private static Map<String, Set<String>> uses(Path root) throws IOException {
    Map<String, Set<String>> uses = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = root.relativize(file).toString().replaceFirst("(\\$.*)?\\.class$", "");
        Set<String> used = uses.computeIfAbsent(name, key -> new TreeSet<>());
        for (String text : texts(Files.readAllBytes(file))) {
          used.addAll(names(text));
        }
        used.remove(name);
      }
    }
    return uses;
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    for (Matcher name = NAME.matcher(text); name.find(); ) {
      names.add(name.group(1).substring("dev/stowage/loader/".length()));
    }
    return names;
  }

  /** Names of classes, and descriptors, as the constant pool has them. */
  private static List<String> texts(byte[] file) throws IOException {
    List<String> texts = new ArrayList<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
    in.skipBytes(8);
    int count = in.readUnsignedShort();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      if (tag == 1) {
        texts.add(in.readUTF());
      } else {
        boolean wide = tag == 5 || tag == 6; // long and double take two places
        boolean narrow = tag == 7 || tag == 8 || tag == 16;
        in.skipBytes(wide ? 8 : narrow ? 2 : tag == 15 ? 3 : 4);
        i += wide ? 1 : 0;
      }
    }
    return texts;
  }

  /** Sets of classes that reach each other, in the order of their first names. */
  private static List<Set<String>> cycles(Map<String, Set<String>> uses) {
    Map<String, Set<String>> reach = new TreeMap<>();
    for (String name : uses.keySet()) {
      Set<String> reached = new TreeSet<>();
      List<String> next = new ArrayList<>(uses.get(name));
      while (!next.isEmpty()) {
        String one = next.remove(next.size() - 1);
        if (uses.containsKey(one) && reached.add(one)) {
          next.addAll(uses.get(one));
        }
      }
      reach.put(name, reached);
    }
    List<Set<String>> cycles = new ArrayList<>();
    for (String name : uses.keySet()) {
      Set<String> cycle = new TreeSet<>(reach.get(name));
      cycle.removeIf(other -> !reach.get(other).contains(name));
      if (!cycle.isEmpty() && !cycles.contains(cycle)) {
        cycles.add(cycle);
      }
    }
    return cycles;
  }
}
