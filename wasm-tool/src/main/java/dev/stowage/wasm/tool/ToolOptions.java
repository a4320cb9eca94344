package dev.stowage.wasm.tool;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of the tool with their help. Each method returns a new object, because picocli keeps
 * the value of an option in it.
 */
final class ToolOptions {
  static final String HELP = "--help";
  static final String VERSION = "--version";
  static final String JSON = "--json";
  static final String USERNAME = "--username";
  static final String PASSWORD = "--password-stdin";
  static final String ANONYMOUS = "--anonymous";
  static final String DOCKER_CONFIG = "--docker-config";
  static final String PLAIN_HTTP = "--plain-http";
  static final String PROXY = "--proxy";
  static final String CA_FILE = "--ca-file";
  static final String PLATFORM = "--platform";
  static final String RETRIES = "--retries";
  static final String MAX_BYTES = "--max-bytes";
  static final String TIMEOUT = "--timeout";
  static final String FUEL = "--fuel";
  static final String ENV = "--env";
  static final String STDIN = "--stdin";

  /** Leaves a value as text; the type only improves the completion. */
  static final ITypeConverter<String> TEXT =
      new ITypeConverter<String>() {
        @Override
        public String convert(String text) {
          return text;
        }
      };

  private ToolOptions() {}

  static OptionSpec help() {
    return OptionSpec.builder(HELP, "-h")
        .type(boolean.class)
        .usageHelp(true)
        .description("this text")
        .build();
  }

  static OptionSpec version() {
    return flag(VERSION, "the version of this JAR");
  }

  static OptionSpec json() {
    return flag(JSON, "one JSON document instead of text");
  }

  static OptionSpec platform() {
    return setting(PLATFORM, "OS/ARCH", "use this manifest of an index");
  }

  static OptionSpec maxBytes() {
    return setting(MAX_BYTES, "N", "refuse larger modules; default 1073741824");
  }

  static OptionSpec timeout() {
    return setting(TIMEOUT, "SECONDS", "stop after that time");
  }

  /** Returns the options of {@code run}. */
  static List<OptionSpec> run() {
    return Arrays.asList(
        setting(FUEL, "N", "stop after about N simple instructions"),
        timeout(),
        list(ENV, "NAME=VALUE", "set a variable of a program; may be repeated"),
        flag(STDIN, "give a program all of standard input, read first"),
        json());
  }

  /** Returns the options that all registry commands have, after {@code own}. */
  static List<OptionSpec> registry(OptionSpec... own) {
    List<OptionSpec> all = new ArrayList<>(Arrays.asList(own));
    all.add(setting(USERNAME, "NAME", "log in as NAME; with --password-stdin"));
    all.add(flag(PASSWORD, "read the password from standard input"));
    all.add(flag(ANONYMOUS, "no credentials, not even Docker's"));
    all.add(setting(DOCKER_CONFIG, "FILE", "instead of ~/.docker/config.json"));
    all.add(list(PLAIN_HTTP, "HOST", "allow plain HTTP to host[:port]; may be repeated"));
    all.add(setting(PROXY, "URL", "instead of the environment's; 'none' for no proxy"));
    all.add(setting(CA_FILE, "FILE", "trust the certificates in this PEM file, too"));
    all.add(timeout());
    all.add(setting(RETRIES, "N", "repeat a failed request up to N times; default 3"));
    all.add(json());
    return all;
  }

  private static OptionSpec flag(String name, String summary) {
    return OptionSpec.builder(name).type(boolean.class).description(summary).build();
  }

  private static OptionSpec setting(String name, String value, String summary) {
    return OptionSpec.builder(name)
        .type(value.equals("FILE") ? File.class : String.class)
        .converters(TEXT)
        .paramLabel(value)
        .description(summary)
        .build();
  }

  private static OptionSpec list(String name, String value, String summary) {
    return OptionSpec.builder(name)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(value)
        .description(summary)
        .build();
  }
}
