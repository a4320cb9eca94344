package dev.stowage.packager.cli;

import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.record.PackagerVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Reports and JSON go to standard output, errors and warnings to standard error.
 * Exit codes are those of {@link PackagerException.Kind}.
 *
 * @since 0.1.0
 */
@Command(
    name = "stowage-packager",
    description = CliMessages.MAIN,
    subcommands = {
      JniCommand.class,
      BuildCommand.class,
      VerifyCommand.class,
      PackageCommand.class,
      ResignCommand.class,
      TargetsCommand.class,
      BuildDoctorCommand.class,
      CommandLine.HelpCommand.class
    },
    versionProvider = PackagerMain.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n")
public final class PackagerMain {
  private static final int INTERNAL = 70;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = CliMessages.OPTION_HELP)
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = CliMessages.OPTION_TOOL_VERSION)
  boolean version;

  /** The version of this program. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"stowage-packager " + PackagerVersion.current()};
    }
  }

  /** The whole command line, ready to run. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new PackagerMain());
    line.setExecutionExceptionHandler(PackagerMain::failed);
    line.setParameterExceptionHandler(PackagerMain::refused);
    line.registerConverter(Instant.class, PackagerMain::instant);
    line.setUsageHelpAutoWidth(false);
    line.getCommandSpec().usageMessage().exitCodeList(exitCodes());
    return line;
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    for (String line : CliMessages.EXIT_CODES) {
      int colon = line.indexOf(':');
      codes.put(line.substring(0, colon), line.substring(colon + 1));
    }
    return codes;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new CommandLine.TypeConversionException(CliMessages.notATime(text));
    }
  }

  /** Prints what is wrong with a command line, and a fix; the whole help only without a command. */
  private static int refused(CommandLine.ParameterException e, String[] ignoredArguments) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println(line.getColorScheme().errorText(CliMessages.error(e.getMessage())));
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      err.println(CliMessages.suggestion(String.join(", ", unmatched.getSuggestions())));
    } else if (line.getParent() == null) {
      line.usage(err);
    } else {
      err.println(CliMessages.seeHelp(line.getCommandSpec().qualifiedName()));
    }
    return PackagerException.Kind.USAGE.exitCode();
  }

  private static int failed(
      Exception e, CommandLine line, CommandLine.ParseResult ignoredParseResult) {
    PrintWriter err = line.getErr();
    CommandLine.Help.ColorScheme colours = line.getColorScheme();
    if (e instanceof PackagerException known) {
      err.println(colours.errorText(CliMessages.error(known.getMessage())));
      return known.kind().exitCode();
    }
    if (e instanceof UncheckedIOException || e instanceof IOException) {
      err.println(colours.errorText(CliMessages.error(CliMessages.fileError(e.getMessage()))));
      return PackagerException.Kind.ENVIRONMENT.exitCode();
    }
    e.printStackTrace(err);
    return INTERNAL;
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }
}
