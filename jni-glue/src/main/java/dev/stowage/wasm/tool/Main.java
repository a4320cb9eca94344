package dev.stowage.wasm.tool;

import dev.stowage.loader.Doctor;
import dev.stowage.loader.NativeLibrary;
import dev.stowage.loader.StowageLinkError;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.ModuleDescription;
import dev.stowage.wasm.PullOptions;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmException;
import dev.stowage.wasm.WasmInstance;
import dev.stowage.wasm.WasmRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongUnaryOperator;

/**
 * The drop-in JAR as a command line tool. Results go to standard output, faults to standard error.
 *
 * <p>Exit codes: {@value #OK} done, {@value #FAILED} failed, {@value #USAGE} wrong usage.
 *
 * @since 0.1.0
 */
public final class Main {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private final PrintStream out;

  private Main(PrintStream out) {
    this.out = out;
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    try {
      return new Main(out).dispatch(args);
    } catch (UsageException e) {
      err.println(e.getMessage());
      return USAGE;
    } catch (WasmException e) {
      err.println(Messages.failed(e.code(), e.getMessage()));
    } catch (StowageLinkError e) {
      err.println(Messages.error(e.getMessage()));
    } catch (FileSystemException e) {
      err.println(Messages.error(Messages.unusable(e.getFile(), Messages.reason(e))));
    } catch (IOException e) {
      err.println(Messages.error(e.getMessage()));
    }
    return FAILED;
  }

  private int dispatch(String[] args) throws IOException {
    String command = args.length == 0 ? "--help" : args[0];
    List<String> rest = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
    switch (command) {
      case "--help":
      case "-h":
      case "help":
        out.print(Messages.HELP);
        return args.length == 0 ? USAGE : OK;
      case "--version":
        expect(rest.isEmpty(), command, "");
        out.println(Messages.version(Main.class.getPackage().getImplementationVersion()));
        return OK;
      case "doctor":
        return doctor(rest);
      case "describe":
        expect(rest.size() == 1, command, "FILE");
        return describe(path(rest.get(0)));
      case "run":
        expect(rest.size() >= 2, command, "FILE EXPORT ARGS...");
        return run(path(rest.get(0)), rest.get(1), rest.subList(2, rest.size()));
      case "pull":
        expect(rest.size() == 2, command, "REF FILE");
        return pull(rest.get(0), path(rest.get(1)));
      case "demo":
        expect(rest.isEmpty(), command, "");
        return new Demo(out).run();
      default:
        throw new UsageException(Messages.unknownCommand(command, Nearest.command(command)));
    }
  }

  private int doctor(List<String> args) {
    boolean json = args.equals(Arrays.asList("--json"));
    expect(json || args.isEmpty(), "doctor", "[--json]");
    return Doctor.report(NativeLibrary.of(Wasm.class), new String[] {"rust", "go"}, json, out);
  }

  private int describe(Path file) throws IOException {
    byte[] module = read(file);
    ModuleDescription description = Wasm.describe(module);
    int imports = description.imports().size();
    int exports = description.exports().size();
    say("Valid", Messages.module(file.toString(), module.length, imports, exports));
    members(description, out);
    return OK;
  }

  static void members(ModuleDescription description, PrintStream out) {
    for (ModuleDescription.Import need : description.imports()) {
      String name = need.module() + "." + need.name();
      out.println(Messages.line("Import", Messages.member(kind(need.kind()), name, need.type())));
    }
    for (ModuleDescription.Export offer : description.exports()) {
      out.println(
          Messages.line("Export", Messages.member(kind(offer.kind()), offer.name(), offer.type())));
    }
  }

  private static String kind(ModuleDescription.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private int run(Path file, String export, List<String> args) throws IOException {
    long[] numbers = new long[args.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(args.get(i));
    }
    LongUnaryOperator host =
        argument -> {
          say("Host", Long.toString(argument));
          return argument;
        };
    byte[] module = read(file);
    try (WasmInstance instance =
        WasmInstance.open(
            module,
            InstanceOptions.defaults().withHost("host", "call", LongUnaryOperator.class, host))) {
      long result = instance.function(export).call(numbers)[0];
      say("Returned", Messages.result(export, String.join(", ", args), result));
    }
    return OK;
  }

  private int pull(String reference, Path file) throws IOException {
    String digest = WasmRegistry.pull(reference, file, PullOptions.defaults());
    say("Pulled", Messages.moved(reference, file.toString()));
    say("Digest", digest);
    return OK;
  }

  private void say(String verb, String subject) {
    out.println(Messages.line(verb, subject));
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException(Messages.unreadable(file, Messages.reason(e)), e);
    }
  }

  private static Path path(String text) {
    try {
      return Paths.get(text);
    } catch (InvalidPathException e) {
      throw new UsageException(Messages.noPath(text, e.getReason()));
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UsageException(Messages.notANumber(text));
    }
  }

  private static void expect(boolean fits, String command, String form) {
    if (!fits) {
      throw new UsageException(Messages.usage(command, form));
    }
  }

  private static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String text) {
      super(text);
    }
  }
}
