package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {
  @Test
  void everyIdHasItsSectionAndEverySectionItsId() throws Exception {
    String docs = Files.readString(Path.of("../docs/troubleshooting.md"));
    var sections =
        Pattern.compile("<a id=\"(stow-\\d\\d)\"></a>\n## (STOW-\\d\\d): ")
            .matcher(docs)
            .results()
            .toList();
    assertThat(sections.stream().map(match -> match.group(2)))
        .containsExactlyElementsOf(Messages.IDS);
    assertThat(sections.stream().map(match -> match.group(1)))
        .containsExactlyElementsOf(Messages.IDS.stream().map(Messages::anchor).toList());
  }

  @Test
  void theDoctorIsNamedWithTheJarThatHasIt() {
    assertThat(Messages.doctor("/lib/my app.jar"))
        .isEqualTo(
            "\n  doctor: java -cp \"/lib/my app.jar\" dev.stowage.loader.Main doctor <the JARs of the library>");
    assertThat(Messages.doctor("/lib/classes")).isEmpty();
  }

  @Test
  void theSystemsWordsAreEnglish() {
    assertThat(Messages.ioReason(new java.nio.file.NoSuchFileException("/a")))
        .isEqualTo("/a does not exist");
    assertThat(Messages.ioReason(new java.nio.file.AccessDeniedException("/a")))
        .isEqualTo("/a: permission denied");
    assertThat(Messages.ioReason(new java.nio.file.DirectoryNotEmptyException("/a")))
        .isEqualTo("/a is not empty");
  }

  @Test
  void everyIdIsUsedByExactlyOneMessage() throws Exception {
    String source = Files.readString(Path.of("src/main/java/dev/stowage/loader/Messages.java"));
    String faults = source.substring(source.indexOf("// Faults, by id."));
    for (String id : Messages.IDS) {
      assertThat(faults.split("\"" + id + "\"", -1)).as(id).hasSize(2);
    }
  }

  @Test
  void aFailureHasFoundFixAndTried() {
    Trace trace = new Trace();
    trace.step(1, "override: none");
    trace.attempt(new IllegalStateException("first"));
    StowageLinkError error = Messages.notWritable("/cache: No space left").error(trace);
    assertThat(error.id()).isEqualTo("STOW-08");
    assertThat(error)
        .hasMessage(
            """
            STOW-08 the native libraries could not be written to the cache directory
              found:  /cache: No space left
              fix:    free space there, or %s
              tried:  1 override: none
              more:   https://github.com/stowage/stowage/blob/main/docs/troubleshooting.md#stow-08"""
                .formatted(Messages.CACHE_FIX));
    assertThat(error.getSuppressed()).hasSize(1);
    StowageLinkError again = new Failure("rust", error).error();
    assertThat(again).hasMessage(error.getMessage()).hasNoCause();
    assertThat(again.id()).isEqualTo("STOW-08");
    assertThat(again.getSuppressed()).hasSize(1);
    assertThat(again.getSuppressed()[0])
        .hasToString("java.lang.IllegalStateException: first")
        .hasNoSuppressedExceptions();
    assertThat(again.getSuppressed()[0].getStackTrace()).isEmpty();
  }
}
