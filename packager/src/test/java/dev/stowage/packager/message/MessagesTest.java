package dev.stowage.packager.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.RealFailures;
import dev.stowage.testing.TextSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares all texts for users with committed ones, and requires a heading in the documentation for
 * every id. The texts are in the classes {@code ...Messages}, one or more in each package.
 */
class MessagesTest {
  private static final Pattern ID = Pattern.compile("\"(STOW-\\d+)\"");
  private static final Path DOCUMENT = Path.of("../docs/build-errors.md");
  private static final Path SOURCES = Path.of("src/main/java");

  /** The sources of all classes with texts, sorted by path. */
  private static List<Path> tables() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> tables =
          files.filter(file -> file.toString().endsWith("Messages.java")).sorted().toList();
      assertThat(tables).hasSizeGreaterThan(7);
      return tables;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Class<?>> classes() {
    return tables().stream().map(MessagesTest::loaded);
  }

  private static Class<?> loaded(Path source) {
    String path = SOURCES.relativize(source).toString();
    try {
      return Class.forName(path.replaceAll("\\.java$", "").replaceAll("[/\\\\]", "."));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Texts that no test provokes, for made-up arguments; all others are committed as users get them,
   * see {@link RealFailures}.
   */
  @ParameterizedTest
  @MethodSource("classes")
  void theOthersReadAsCommitted(Class<?> messages) throws ReflectiveOperationException {
    Set<String> provoked = RealFailures.ids();
    List<Method> methods =
        Arrays.stream(messages.getDeclaredMethods())
            .filter(m -> Modifier.isStatic(m.getModifiers()))
            .filter(m -> !Modifier.isPrivate(m.getModifiers()) && !m.isSynthetic())
            .sorted(Comparator.comparing(Method::getName))
            .toList();
    StringBuilder all = new StringBuilder();
    for (Method method : methods) {
      method.setAccessible(true);
      String yes = text(method, true);
      String no = text(method, false);
      if (provoked.stream().anyMatch(id -> yes.contains(" " + id + " "))) {
        continue;
      }
      all.append("== ").append(method.getName()).append('\n').append(yes).append('\n');
      all.append(no.equals(yes) ? "" : "-- or\n" + no + "\n");
    }
    TextSnapshot.check(messages.getSimpleName() + ".txt", all.toString());
  }

  /**
   * The text for sample arguments; booleans are {@code yes}, and the option style depends on it.
   */
  private static String text(Method method, boolean yes) throws ReflectiveOperationException {
    Object[] arguments = new Object[method.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = argument(method.getParameterTypes()[i], i, yes);
    }
    Object text = method.invoke(null, arguments);
    return text instanceof PackagerException e ? e.kind() + " " + e.getMessage() : text.toString();
  }

  private static Object argument(Class<?> type, int index, boolean yes)
      throws ReflectiveOperationException {
    if (type == String.class) {
      return "<text " + index + ">";
    }
    if (type == boolean.class) {
      return yes;
    }
    if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[yes ? 0 : constants.length - 1];
    }
    if (type == Path.class) {
      return Path.of("some", "file" + index);
    }
    if (type == List.class || type == Collection.class) {
      return yes ? List.of("one", "two", "three", "four") : List.of("one");
    }
    if (type == IOException.class) {
      return new NoSuchFileException("some/file");
    }
    if (type.isRecord()) {
      return made(type, yes);
    }
    return type == long.class ? (Object) (yes ? 1_234_567L : 321L) : (Object) (yes ? 3 : 0);
  }

  /** A record with sample components. */
  private static Object made(Class<?> type, boolean yes) throws ReflectiveOperationException {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents()).map(c -> c.getType()).toArray(Class<?>[]::new);
    Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      values[i] = argument(types[i], i, yes);
    }
    var constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  @Test
  void everyIdHasOneHeadingWithAFix() throws IOException {
    TreeSet<String> ids = new TreeSet<>();
    tables().forEach(file -> ids(file).forEach(ids::add));
    assertThat(ids).hasSizeGreaterThan(40);
    String document = Files.readString(DOCUMENT);
    Pattern section =
        Pattern.compile(
            "<a id=\"stow-(\\d+)\"></a>\n### STOW-\\1: [^\n]+\n\n[^\n]+\n\n\\*\\*Fix\\.\\*\\* ");
    List<String> documented =
        section.matcher(document).results().map(MessagesTest::id).sorted().toList();
    assertThat(documented).containsExactlyElementsOf(ids);
    assertThat(document.split("### STOW-", -1)).hasSize(ids.size() + 1);
  }

  private static String id(MatchResult section) {
    return "STOW-" + section.group(1);
  }

  /** Every id belongs to one message. */
  @Test
  void noIdIsUsedTwice() {
    assertThat(tables().stream().flatMap(MessagesTest::ids).toList()).doesNotHaveDuplicates();
  }

  /** The two tests above would miss ids in other classes. */
  @Test
  void onlyTheTablesNameIds() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> others =
          files
              .filter(file -> file.toString().endsWith(".java") && !tables().contains(file))
              .filter(file -> ids(file).findAny().isPresent())
              .toList();
      assertThat(others).isEmpty();
    }
  }

  private static Stream<String> ids(Path file) {
    try {
      return ID.matcher(Files.readString(file)).results().map(r -> r.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
