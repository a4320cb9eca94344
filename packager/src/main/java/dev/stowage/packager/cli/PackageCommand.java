package dev.stowage.packager.cli;

import dev.stowage.packager.Packager;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code package}. */
@Command(name = "package", description = CliMessages.PACKAGE, sortOptions = false)
final class PackageCommand implements Callable<Integer> {
  /** The oldest time a ZIP entry can have, plus the day that time zones need. */
  private static final String EPOCH = "1980-01-02T00:00:00Z";

  @Mixin private LibraryOptions options;
  @Mixin private RuleOptions rules;

  @Option(
      names = "--timestamp",
      paramLabel = "INSTANT",
      defaultValue = EPOCH,
      description = CliMessages.OPTION_TIMESTAMP)
  private Instant timestamp;

  @Option(names = "--no-pins", description = CliMessages.OPTION_NO_PINS)
  private boolean noPins;

  @Option(names = "--no-jars", description = CliMessages.OPTION_NO_JARS)
  private boolean noJars;

  @Option(names = "--sdk", description = CliMessages.OPTION_SDK)
  private boolean sdk;

  @Option(names = "--embed", paramLabel = "DIR", description = CliMessages.OPTION_EMBED)
  private Path embed;

  @Override
  public Integer call() {
    Packager packager = options.packager(true);
    if (!noPins) {
      packager.pins(rules.severities());
    }
    if (!noJars) {
      packager.jars(timestamp);
      packager.debugJars(timestamp);
    }
    if (sdk) {
      packager.sdks(timestamp);
    }
    if (embed != null) {
      packager.embed(embed);
    }
    return 0;
  }
}
