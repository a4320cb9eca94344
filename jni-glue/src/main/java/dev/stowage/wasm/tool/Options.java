package dev.stowage.wasm.tool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Every option of the tool, once, with its help. */
final class Options {
  static final Option HELP = Option.flag("--help", "this text");
  static final Option JSON = Option.flag("--json", "one JSON document instead of text");

  static final Option USERNAME =
      Option.setting("--username", "NAME", "who asks; with --password-stdin");
  static final Option PASSWORD =
      Option.flag("--password-stdin", "read the password from standard input");
  static final Option ANONYMOUS = Option.flag("--anonymous", "no credentials, not even Docker's");
  static final Option DOCKER_CONFIG =
      Option.setting("--docker-config", "FILE", "instead of ~/.docker/config.json");
  static final Option PLAIN_HTTP =
      Option.list("--plain-http", "HOST", "allow plain HTTP to host[:port]; may be repeated");
  static final Option PROXY =
      Option.setting("--proxy", "URL", "instead of the environment's; 'none' for none");
  static final Option CA_FILE =
      Option.setting("--ca-file", "FILE", "trust the certificates in this PEM file, too");
  static final Option PLATFORM =
      Option.setting("--platform", "OS/ARCH", "which manifest of an index");
  static final Option RETRIES =
      Option.setting("--retries", "N", "repeat a failed request up to N times; default 3");
  static final Option MAX_BYTES =
      Option.setting("--max-bytes", "N", "refuse larger modules; default 1073741824");
  static final Option TIMEOUT = Option.setting("--timeout", "SECONDS", "stop after that time");

  static final Option FUEL =
      Option.setting("--fuel", "N", "stop after about N simple instructions");
  static final Option ENV =
      Option.list("--env", "NAME=VALUE", "set a variable of a program; may be repeated");
  static final Option STDIN =
      Option.flag("--stdin", "give a program all of standard input, read first");

  private static final List<Option> CONNECTION =
      Arrays.asList(
          USERNAME,
          PASSWORD,
          ANONYMOUS,
          DOCKER_CONFIG,
          PLAIN_HTTP,
          PROXY,
          CA_FILE,
          TIMEOUT,
          RETRIES,
          JSON);

  private Options() {}

  /** What all registry commands have, after {@code own}. */
  static Option[] registry(Option... own) {
    List<Option> all = new ArrayList<>(Arrays.asList(own));
    all.addAll(CONNECTION);
    return all.toArray(new Option[0]);
  }

  /** Unmodifiable; every command has {@code --help}. */
  static List<Option> withHelp(Option... own) {
    List<Option> all = new ArrayList<>(Arrays.asList(own));
    all.add(HELP);
    return Collections.unmodifiableList(all);
  }
}
