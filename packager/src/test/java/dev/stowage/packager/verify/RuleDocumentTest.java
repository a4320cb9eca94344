package dev.stowage.packager.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.platform.Format;
import dev.stowage.packager.fixture.GeneratedPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/verify.md: a generated table of all rules, and a section with a fix for each. */
class RuleDocumentTest {
  private static final String DOCUMENT = "../docs/verify.md";

  @Test
  void theTableListsEveryRule() {
    StringBuilder table =
        new StringBuilder("| rule | class | formats | scope |\n|---|---|---|---|\n");
    for (Rule rule : Rule.values()) {
      String formats = rule.formats().stream().map(Format::label).collect(Collectors.joining(", "));
      String scope = rule.scope().name().toLowerCase(Locale.ROOT);
      table.append(
          String.format(
              "| [`%s`](#%s) | %s | %s | %s |%n",
              rule.id(), rule.id(), rule.ruleClass().label(), formats, scope));
    }
    GeneratedPart.check(DOCUMENT, "rules", table.toString());
  }

  @Test
  void everyRuleHasASectionWithAFix() throws IOException {
    Pattern section =
        Pattern.compile(
            "<a id=\"([a-z-]+)\"></a>\n### \\1\n(?:[^\n]+\n)+\n\\*\\*Fix\\.\\*\\* [^\n]+\n");
    String document = Files.readString(Path.of(DOCUMENT));
    assertThat(section.matcher(document).results().map(m -> m.group(1)).toList())
        .containsExactlyElementsOf(Rule.ids());
  }
}
