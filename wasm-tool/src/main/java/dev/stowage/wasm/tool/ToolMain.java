package dev.stowage.wasm.tool;

import dev.stowage.loader.StowageLinkError;
import dev.stowage.wasm.WasmException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The drop-in JAR as a command line tool. Results go to standard output, errors to standard error.
 *
 * <p>Exit codes: {@value #OK} done, {@value #FAILED} failed, {@value #USAGE} wrong usage; when a
 * WASI program was run, its own.
 *
 * @since 0.1.0
 */
public final class ToolMain {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private ToolMain() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // By default picocli looks up classes of java.sql and java.time as converters, which loads
    // about 40 classes.
    System.setProperty("picocli.converters.excludes", "java.*");
    System.exit(run(args, new ToolOutput(System.in, System.out, System.err, Terminal.watches())));
  }

  static int run(String[] args, ToolOutput output) {
    try {
      return dispatch(Arrays.asList(args), output);
    } catch (UsageException e) {
      output.err.println(e.getMessage());
      return USAGE;
    } catch (ToolError e) {
      return failed(output, e.code, e.getMessage());
    } catch (WasmException e) {
      return failed(output, e.code().name(), ToolMessages.failed(e.code(), e.getMessage()));
    } catch (StowageLinkError e) {
      return failed(output, e.id(), e.getMessage());
    } catch (FileSystemException e) {
      return failed(output, "IO", ToolMessages.unusable(e.getFile(), ToolMessages.reason(e)));
    } catch (IOException e) {
      return failed(output, "IO", e.getMessage());
    }
  }

  private static int failed(ToolOutput output, String code, String text) {
    output.err.println(ToolMessages.error(text));
    output.document("version", 1, "error", JsonText.object("code", code, "text", text));
    return FAILED;
  }

  private static int dispatch(List<String> words, ToolOutput output) throws IOException {
    String first = words.isEmpty() ? ToolOptions.HELP : words.get(0);
    if (first.equals(ToolOptions.HELP) || first.equals("-h") || first.equals("help")) {
      output.out.print(HelpText.ofTool());
      return words.isEmpty() ? USAGE : OK;
    }
    if (first.equals(ToolOptions.VERSION)) {
      if (words.size() > 1) {
        throw new UsageException(UsageMessages.usage(ToolOptions.VERSION));
      }
      output.out.println(
          ToolMessages.version(ToolMain.class.getPackage().getImplementationVersion()));
      return OK;
    }
    ToolCommand command = ToolCommand.named(first);
    if (command == null) {
      String nearest = Suggestion.firstWord(first);
      throw new UsageException(UsageMessages.unknownCommand(first, nearest));
    }
    CommandSpec model = CommandModel.of(command);
    ParsedArguments arguments =
        ParsedArguments.parse(command, model, words.subList(1, words.size()));
    if (arguments.helpRequested()) {
      output.out.print(HelpText.of(command, model));
      return OK;
    }
    if (arguments.has(ToolOptions.JSON)) {
      output.useJson();
    }
    return ((CommandModel.Action) model.userObject()).run(arguments, output);
  }
}
