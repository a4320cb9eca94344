package dev.stowage.packager.cli;

import dev.stowage.packager.sign.Resigner;
import dev.stowage.packager.sign.Signer;
import dev.stowage.packager.tool.ToolBox;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code resign}. */
@Command(name = "resign", description = CliMessages.RESIGN, sortOptions = false)
final class ResignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "JAR", description = CliMessages.PARAMETER_JARS)
  private List<Path> jars;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      required = true,
      description = CliMessages.OPTION_INTO)
  private Path into;

  @ArgGroup(multiplicity = "1")
  private Key key;

  /** The key; exactly one of these options. */
  private static final class Key {
    @Option(names = "--ad-hoc", required = true, description = CliMessages.OPTION_AD_HOC)
    private boolean adHoc;

    @Option(
        names = "--p12",
        paramLabel = "FILE",
        required = true,
        description = CliMessages.OPTION_P12)
    private Path p12;

    @Option(
        names = "--pem",
        paramLabel = "FILE",
        required = true,
        description = CliMessages.OPTION_PEM)
    private List<Path> pem;
  }

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = CliMessages.OPTION_PASSWORD_FILE)
  private Path passwordFile;

  @Option(
      names = "--timestamp-url",
      paramLabel = "URL",
      description = CliMessages.OPTION_TIMESTAMP_URL)
  private String timestampUrl;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = CliMessages.OPTION_HELP)
  boolean help;

  @Override
  public Integer call() {
    new Resigner(new ToolBox(System.getenv()), CommandOutput.console(spec))
        .resign(jars, signer(), into);
    return 0;
  }

  private Signer signer() {
    if (key.adHoc) {
      return new Signer.AdHoc();
    }
    return key.p12 != null
        ? new Signer.Pkcs12(key.p12, password(), timestampUrl)
        : new Signer.Pem(key.pem, timestampUrl);
  }

  private String password() {
    return passwordFile == null
        ? System.getenv().getOrDefault(Signer.PASSWORD_VARIABLE, "")
        : Signer.password(passwordFile);
  }
}
