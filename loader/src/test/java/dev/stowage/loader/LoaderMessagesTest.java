package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LoaderMessagesTest {
  @Test
  void everyIdHasItsSectionAndEverySectionItsId() throws Exception {
    String docs = Files.readString(Path.of("../docs/troubleshooting.md"));
    var sections =
        Pattern.compile("<a id=\"(stow-\\d\\d)\"></a>\n## (STOW-\\d\\d): ")
            .matcher(docs)
            .results()
            .toList();
    assertThat(sections.stream().map(match -> match.group(2)))
        .containsExactlyElementsOf(LoaderMessages.IDS);
    assertThat(sections.stream().map(match -> match.group(1)))
        .containsExactlyElementsOf(
            LoaderMessages.IDS.stream().map(LoaderMessages::anchor).toList());
  }

  @Test
  void theDoctorIsNamedWithTheJarThatHasIt() {
    assertThat(LoaderMessages.doctor("/lib/my app.jar"))
        .isEqualTo(
            "\n  doctor: java -cp \"/lib/my app.jar\" dev.stowage.loader.LoaderMain doctor <the JARs of the library>");
    assertThat(LoaderMessages.doctor("/lib/classes")).isEmpty();
  }

  @Test
  void theSystemsWordsAreEnglish() {
    assertThat(LoaderMessages.ioReason(new java.nio.file.NoSuchFileException("/a")))
        .isEqualTo("/a does not exist");
    assertThat(LoaderMessages.ioReason(new java.nio.file.AccessDeniedException("/a")))
        .isEqualTo("/a: permission denied");
    assertThat(LoaderMessages.ioReason(new java.nio.file.DirectoryNotEmptyException("/a")))
        .isEqualTo("/a is not empty");
  }

  @Test
  void everyIdIsUsedByExactlyOneMessage() throws Exception {
    String source =
        Files.readString(Path.of("src/main/java/dev/stowage/loader/LoaderMessages.java"));
    String faults = source.substring(source.indexOf("// Faults, by id."));
    for (String id : LoaderMessages.IDS) {
      assertThat(faults.split("\"" + id + "\"", -1)).as(id).hasSize(2);
    }
  }

  @Test
  void aFailureHasFoundFixAndTried() {
    LoadLog log = new LoadLog();
    log.step(1, "override: {}", "none");
    log.attempt(new IllegalStateException("first"));
    StowageLinkError error = log.error(LoaderMessages.notWritable("/cache: No space left"));
    assertThat(error.id()).isEqualTo("STOW-08");
    assertThat(error)
        .hasMessage(
            """
            STOW-08 the native libraries could not be written to the cache directory
              found:  /cache: No space left
              fix:    free space there, or %s
              tried:  1 override: none
              more:   https://github.com/stowage/stowage/blob/main/docs/troubleshooting.md#stow-08"""
                .formatted(LoaderMessages.CACHE_FIX));
    assertThat(error.getSuppressed()).hasSize(1);
    StowageLinkError again = new RememberedFailure("rust", error).error();
    assertThat(again).hasMessage(error.getMessage()).hasNoCause();
    assertThat(again.id()).isEqualTo("STOW-08");
    assertThat(again.getSuppressed()).hasSize(1);
    assertThat(again.getSuppressed()[0])
        .hasToString("java.lang.IllegalStateException: first")
        .hasNoSuppressedExceptions();
    assertThat(again.getSuppressed()[0].getStackTrace()).isEmpty();
  }
}
