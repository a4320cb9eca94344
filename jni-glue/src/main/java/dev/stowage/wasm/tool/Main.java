package dev.stowage.wasm.tool;

import dev.stowage.loader.StowageLinkError;
import dev.stowage.wasm.WasmException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;

/**
 * The drop-in JAR as a command line tool. Results go to standard output, faults to standard error.
 *
 * <p>Exit codes: {@value #OK} done, {@value #FAILED} failed, {@value #USAGE} wrong usage; when a
 * WASI program was run, its own.
 *
 * @since 0.1.0
 */
public final class Main {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  static final String VERSION = "--version";

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args, new Output(System.in, System.out, System.err, Terminal.watches())));
  }

  static int run(String[] args, Output output) {
    try {
      return dispatch(Arrays.asList(args), output);
    } catch (UsageException e) {
      output.err.println(e.getMessage());
      return USAGE;
    } catch (Failure e) {
      return failed(output, e.code, e.getMessage());
    } catch (WasmException e) {
      return failed(output, e.code().name(), Messages.failed(e.code(), e.getMessage()));
    } catch (StowageLinkError e) {
      return failed(output, e.id(), e.getMessage());
    } catch (FileSystemException e) {
      return failed(output, "IO", Messages.unusable(e.getFile(), Messages.reason(e)));
    } catch (IOException e) {
      return failed(output, "IO", e.getMessage());
    }
  }

  private static int failed(Output output, String code, String text) {
    output.err.println(Messages.error(text));
    output.document("version", 1, "error", Json.object("code", code, "text", text));
    return FAILED;
  }

  private static int dispatch(List<String> words, Output output) throws IOException {
    String first = words.isEmpty() ? Options.HELP.name : words.get(0);
    if (first.equals(Options.HELP.name) || first.equals("-h") || first.equals("help")) {
      output.out.print(Help.all());
      return words.isEmpty() ? USAGE : OK;
    }
    if (first.equals(VERSION)) {
      if (words.size() > 1) {
        throw new UsageException(UsageMessages.usage(VERSION));
      }
      output.out.println(Messages.version(Main.class.getPackage().getImplementationVersion()));
      return OK;
    }
    Command command = Commands.named(first);
    if (command == null) {
      String nearest = Nearest.of(first, Commands.firstWords());
      throw new UsageException(UsageMessages.unknownCommand(first, nearest));
    }
    Arguments arguments = Arguments.parse(command, words.subList(1, words.size()));
    if (arguments.has(Options.HELP)) {
      output.out.print(Help.of(command));
      return OK;
    }
    if (arguments.has(Options.JSON)) {
      output.useJson();
    }
    return command.action.run(arguments, output);
  }
}
